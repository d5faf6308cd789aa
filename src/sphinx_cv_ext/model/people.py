"""Names, and the people who wrote a publication."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern

FIRST_EAST_ASIAN = "\u3005"
"""The first letter of East Asian scripts in Unicode. Most names are below it, and need no further check."""

# Hangul, Han with its iteration marks, and the kana in Japanese names; a name in katakana alone is a foreign one.
_FAMILY_FIRST = pattern(
    r"(?=.*[\u3041-\u3096\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff])"
    r"[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+"
)


once_per_name = lru_cache(maxsize=1 << 16)
"""Make a function of a name, or of the parts of one, remember its results.

The same people appear again and again in the publications of a group, on every page and in every file.
"""


# A tuple, because names are the keys of much that is remembered, and Python hashes and compares tuples fast.
class Name(NamedTuple):
    """A person's name in BibTeX's four parts, as plain Unicode; a group or company has only ``family``."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        """The name as it is spoken: given name first, ``Jr`` last; in Chinese, Japanese or Korean family first."""
        return _read_out(self)


@once_per_name
def _read_out(name: Name) -> str:
    whole = name.family + name.given
    if whole >= FIRST_EAST_ASIAN and _FAMILY_FIRST.fullmatch(whole):
        return whole
    words = " ".join(filter(None, (name.given, name.particle, name.family)))
    return f"{words}, {name.suffix}" if name.suffix else words


@frozen
class AuthorRole:
    """Something special about an author: the value of the annotation, its mark, and its words in the legend.

    ``mark`` is empty for a role that is not shown.
    """

    name: str
    mark: str
    label: str


AUTHOR_ROLES: dict[str, AuthorRole] = {
    role.name: role
    for role in (
        AuthorRole("corresponding", "†", "Corresponding author"),
        AuthorRole("equal", "*", "Equal contribution"),
        AuthorRole("first", "°", "Joint first author"),
        AuthorRole("last", "‡", "Joint last author"),
        AuthorRole("student", "§", "Student advised by the site's owner"),
        AuthorRole("presenter", "¶", "Presenter"),
        AuthorRole("self", "", "The site's owner"),
    )
}
"""Every role that ``author+an`` can give, in the order of the marks after a name."""


@frozen
class Author:
    """One author of one publication. ``note`` is a remark on this author, such as "Intern manager"."""

    name: Name
    roles: tuple[AuthorRole, ...] = ()
    note: str = ""
    orcid: str = ""

    def has_role(self, name: str) -> bool:
        """Whether the annotation gave the author this role."""
        return any(role.name == name for role in self.roles)

    @property
    def marks(self) -> str:
        """The marks after the name, in the order of `AUTHOR_ROLES`."""
        return "".join(role.mark for role in self.roles)


def folded(text: str) -> str:
    """``text`` without case, accents and punctuation, its words separated by single spaces."""
    return " ".join(unicodedata.normalize("NFKD", text).casefold().translate(_FOLDING).split())


class _Folding(dict[int, str | None]):
    """What is left of a character, by its number; computed when the character first occurs."""

    def __missing__(self, number: int) -> str | None:
        character = chr(number)
        left = None if unicodedata.combining(character) else character if character.isalnum() else " "
        self[number] = left
        return left


_FOLDING = _Folding()


def may_be_one(one: str, other: str) -> bool:
    """Whether two given names, both `folded`, can be those of one person.

    Word by word, they must be equal or one must be the initial of the other. One of them may have fewer words.
    """
    return all(
        a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(one.split(), other.split(), strict=False)
    )


@once_per_name
def _spellings(name: Name) -> frozenset[str]:
    """What is compared of a name: its words, and for names outside ASCII also with the family name first."""
    words = folded(str(name))
    if words.isascii():
        return frozenset({words})
    family_first = folded(f"{name.family} {name.given}")
    return frozenset({words, family_first.replace(" ", "")})


class Owner:
    """Whose site it is, and how to find them among authors.

    ``names`` are all the spellings under which they publish. Only these count, apart from case, accents and
    punctuation: "W. Wen" is found only if it is one of them, "Weiming Wen" and "Wei Weng" are not. ``is_called`` tells
    whether a name is the owner's if nothing but the name is known.
    """

    def __init__(self, names: Iterable[Name] = (), orcid: str = "") -> None:
        self.orcid = orcid
        self._known = frozenset(spelling for name in names for spelling in _spellings(name))
        self._said = "\n".join(self._known)
        # Called for the same people on every page that shows them.
        self.is_called = cache(self._is_called)

    def __repr__(self) -> str:
        return f"Owner({sorted(self._known)}, {self.orcid!r})"

    def is_author(self, author: Author) -> bool:
        """Whether ``author`` is the owner: by the role ``self``, by ORCID iD if both have one, otherwise by name."""
        if author.roles and author.has_role("self"):
            return True
        if self.orcid and author.orcid:
            return author.orcid == self.orcid
        return self.is_called(author.name)

    def _is_called(self, name: Name) -> bool:
        # Every spelling contains the family name, which quickly rules out most people.
        if name.family.isascii() and name.family.isalpha() and name.family.lower() not in self._said:
            return False
        return not self._known.isdisjoint(_spellings(name))


@frozen
class Person:
    """Somebody whose name leads somewhere: to ``url``, or else to ``page``, a page of the site.

    After the name of a page there may be ``#`` and an id. ``names`` are all the spellings under which they publish.
    """

    name: str
    names: tuple[Name, ...]
    url: str = ""
    page: str = ""
    orcid: str = ""

    def address(self, page_uri: Callable[[str], str]) -> str:
        """Where the name leads; ``page_uri`` gives the address of a page of the site."""
        return self.url or page_uri(self.page)


class People:
    """The people whose names lead somewhere, found among authors by the rules of `Owner`.

    Of two people with the same spelling, the first is found under it.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self.all = tuple(people)
        self._by_orcid = {person.orcid: person for person in self.all if person.orcid}
        self._by_spelling: dict[str, Person] = {}
        for person in self.all:
            for name in person.names:
                for spelling in _spellings(name):
                    self._by_spelling.setdefault(spelling, person)
        self._called: Callable[[Name], Person | None] = cache(self._find_called)

    def find(self, author: Author) -> Person | None:
        """Who ``author`` is: by ORCID iD if both have one, otherwise by name."""
        if not author.orcid:
            return self._called(author.name)
        if known := self._by_orcid.get(author.orcid):
            return known
        called = self._called(author.name)
        return None if called and called.orcid else called

    def written(self, text: str) -> Person | None:
        """Who is written as ``text``, given name first."""
        return self._by_spelling.get(folded(text))

    def _find_called(self, name: Name) -> Person | None:
        return next((self._by_spelling[text] for text in _spellings(name) if text in self._by_spelling), None)
