"""Whose site it is, and under which names they publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sphinx_cv_ext.diagnostics import Diagnostic, Location
from sphinx_cv_ext.model.people import Name, Owner, folded, may_be_one
from sphinx_cv_ext.model.titles import without_titles
from sphinx_cv_ext.sources import Database
from sphinx_cv_ext.sources.names import parse_names
from sphinx_cv_ext.starter.quoting import one_line


class NameUnreadableError(ValueError):
    """A name that cannot be looked for among authors; the message says why."""


def name_parts(name: str) -> Name:
    """The parts of ``name`` without titles; a `NameUnreadableError` if it is no name.

    A text with an "and" in it is the name of a group: "Lab for Looms and Cards".
    """
    problems: list[Diagnostic] = []
    text = without_titles(one_line(name))
    names, _others = parse_names(text, Location("name"), problems.append)
    if problems or not names:
        what = problems[0].problem if problems else "there is no name in it"
        raise NameUnreadableError(f"{name!r} is not a name that can be looked for among authors: {what}")
    return names[0].name if len(names) == 1 else Name(text)


def spellings(name: Name, database: Database | None) -> tuple[str, ...]:
    """Other spellings of ``name`` among the authors of ``database``; without a database, the usual ones."""
    if database is None:
        usual = {folded(text): text for text in _usual(name)}
        return tuple(text for key, text in usual.items() if key != folded(str(name)))
    return similar(name, (author.name for publication in database.library.listed for author in publication.authors))


def similar(name: Name, authors: Iterable[Name]) -> tuple[str, ...]:
    """The names among ``authors`` that may be other spellings of ``name``."""
    found = {folded(str(author)): str(author) for author in authors if _may_be(name, author)}
    return tuple(text for key, text in sorted(found.items()) if key != folded(str(name)))


def _usual(name: Name) -> Iterator[str]:
    """The name with its first or all given names, in full or as initials, if the script has capital letters."""
    words = name.given.split()
    if all(word[0].lower() != word[0].upper() for word in words):
        initials = [f"{word[0]}." for word in words]
        for given in (initials[:1], initials, words[:1], [*words[:1], *initials[1:]]):
            yield str(name._replace(given=" ".join(given)))


def _may_be(name: Name, author: Name) -> bool:
    """Whether ``author`` has the same family name, and the same given names or their initials."""
    ours, theirs = folded(name.given), folded(author.given)
    is_family = folded(name.family) == folded(author.family)
    return is_family and bool(ours and theirs) and may_be_one(ours, theirs)


def owner_called(names: Iterable[str]) -> Owner:
    """An owner with these ``names``; texts that are no names are ignored."""
    texts = map(without_titles, map(one_line, names))
    return Owner(name.name for text in texts for name in parse_names(text, _NOWHERE, _unsaid)[0])


def is_author(names: Iterable[str], database: Database) -> bool:
    """Whether one of these ``names`` is an author in ``database``; true as well if it lists no publication."""
    authors = [author for publication in database.library.listed for author in publication.authors]
    return not database.library.listed or any(map(owner_called(names).is_author, authors))


_NOWHERE = Location("")


def _unsaid(_diagnostic: Diagnostic) -> None:
    """Ignore a problem with a name: it has been reported already."""
