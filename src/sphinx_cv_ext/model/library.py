"""All publications of a project, and the ways in which a page selects, sorts and groups some of them."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.people import Author, Name, Owner, folded
from sphinx_cv_ext.model.publication import PUBLICATION_TYPES, Award, Publication


class OwnerRole(enum.Enum):
    """What the owner is among the authors of a publication."""

    FIRST = "first"
    """Named first, or annotated as a joint first author."""
    LAST = "last"
    """Named last of several, or annotated as a joint last author."""
    CORRESPONDING = "corresponding"
    EQUAL = "equal"
    ANY = "any"
    """Among the authors at all, or who edited, translated or introduced the work, and so on."""


def owner_roles(publication: Publication, owner: Owner) -> frozenset[OwnerRole]:
    """The roles of ``owner`` in ``publication``; empty if they have no part in it.

    The position of editors of a work without authors does not make them first or last: they have ``ANY``, and the roles
    that an annotation gives them. So does whoever has one of `CONTRIBUTOR_ROLES` in the work of others.
    """
    people = publication.authors
    for place, author in enumerate(people, start=1):
        if owner.is_author(author):
            named = {
                OwnerRole.ANY: True,
                OwnerRole.FIRST: place == 1 and not publication.are_editors,
                OwnerRole.LAST: place == len(people) > 1 and not (publication.et_al or publication.are_editors),
            }
            return frozenset(role for role in OwnerRole if named.get(role) or author.has_role(role.value))
    for credit in publication.own_credits:
        for person in credit.people:
            if owner.is_author(person):
                return frozenset({OwnerRole.ANY, *(role for role in OwnerRole if person.has_role(role.value))})
    return frozenset()


class Sort(enum.Enum):
    """The possible orders of a list. Publications that are equal keep the order of the .bib file."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    AUTHOR = "author"
    VENUE = "venue"
    RATE = "rate"
    """Most selective first, by acceptance rate; those without one last."""
    FILE = "file"
    KEYS = "keys"
    """In the order of the ``keys`` of the selection."""


FORTHCOMING = "Forthcoming"
"""The group, among those of years, for works that have no year yet."""


class Grouping(enum.Enum):
    """What the publications of a list are grouped by."""

    YEAR = "year"
    TYPE = "type"
    VENUE = "venue"
    KEYWORD = "keyword"
    NONE = "none"


@frozen
class Years:
    """A range of years, both ends included; None leaves an end open.

    Alternatively ``recent`` is the number of years up to and including the year of the build, which only
    `Library.this_year` knows: `seen_from` turns that into a start.
    """

    first: int | None = None
    last: int | None = None
    recent: int = 0

    def seen_from(self, this_year: int) -> Years:
        """The same range, with a definite start instead of ``recent``."""
        return Years(this_year - self.recent + 1) if self.recent else self

    def __contains__(self, year: int) -> bool:
        return bool(year) and (self.first or year) <= year <= (self.last or year)


@frozen
class Selection:
    """The publications that one list asks for, with their order and grouping.

    An empty field does not restrict the selection; all other fields must fit. A field with several values fits if one
    of them does. ``award`` is a kind of award, part of an award's name, or ``any``. ``roles`` are those of the owner,
    or of those ``people`` who are the owner's, as the members of a group are. ``others`` are names of `AUTHOR_ROLES`
    that somebody else has. ``people`` are spellings of anybody's name.
    """

    types: tuple[str, ...] = ()
    years: tuple[Years, ...] = ()
    keywords: tuple[str, ...] = ()
    roles: tuple[OwnerRole, ...] = ()
    others: tuple[str, ...] = ()
    people: tuple[Name, ...] = ()
    award: str = ""
    selected: bool = False
    keys: tuple[str, ...] = ()
    sort: Sort = Sort.NEWEST
    group: Grouping = Grouping.NONE
    limit: int = 0


@frozen
class Group:
    """Publications under one heading; ``name`` is what they have in common, or empty if they have no value.

    If ``is_ours``, the name is one of our own words, and is translated when it is shown.
    """

    name: str
    publications: tuple[Publication, ...]
    is_ours: bool = False


_ALL = Selection()


class Library:
    """The publications of a project in the order of its .bib files; read-only.

    ``parents`` are the keys of entries that lend their fields to others by ``crossref``. A list shows them only if it
    names them, or if the owner is one of their authors or editors. ``preprints`` maps the key of each preprint to the
    key of the work that it became; a list shows a preprint only if it names it. ``this_year`` is the year in which
    ranges such as "the last five years" end.
    """

    def __init__(
        self,
        publications: Iterable[Publication] = (),
        owner: Owner | None = None,
        parents: Iterable[str] = (),
        preprints: Mapping[str, str] = MappingProxyType({}),
        this_year: int = 0,
    ) -> None:
        self.by_key = {publication.key: publication for publication in publications}
        self.owner = owner or Owner()
        self.parents = frozenset(parents)
        self.preprints = preprints
        self.this_year = this_year
        self.listed = tuple(
            publication
            for publication in self.by_key.values()
            if publication.key not in self.preprints
            and (publication.key not in self.parents or owner_roles(publication, self.owner))
        )

    def select(self, selection: Selection = _ALL) -> list[Publication]:
        """The publications of ``selection``, by default all, in its order; unknown keys are ignored."""
        if selection.keys:
            candidates: Sequence[Publication] = [
                self.by_key[key] for key in dict.fromkeys(selection.keys) if key in self.by_key
            ]
        else:
            candidates = self.listed
        years = [span.seen_from(self.this_year) for span in selection.years]
        # Each spelling by itself: the first of several members could have another role than the one who is looked for.
        members = [Owner([name]) for name in selection.people if self.owner.is_called(name)] or [self.owner]
        chosen = [publication for publication in candidates if self._fits(publication, selection, years, members)]
        if selection.people:
            is_called = Owner(selection.people).is_called
            chosen = [publication for publication in chosen if any(map(is_called, _everybody(publication)))]
        if selection.sort is Sort.FILE and selection.keys:
            rank = {key: place for place, key in enumerate(self.by_key)}
            chosen.sort(key=lambda publication: rank[publication.key])
        elif selection.sort in _SORT_KEYS:
            chosen.sort(key=_SORT_KEYS[selection.sort])
        return chosen[: selection.limit or None]

    def groups(self, selection: Selection) -> list[Group]:
        """The publications of ``selection`` in groups; without a grouping there is one group without a name.

        Years (with `FORTHCOMING` among them) and venues come in the order of their first publication, types in that of
        `PUBLICATION_TYPES`, and keywords in alphabetical order; the group without a name is the last.
        """
        groups: dict[str, list[Publication]] = {}
        first_spelling: dict[str, str] = {}
        names = _GROUP_NAMES[selection.group]
        for publication in self.select(selection):
            for name in names(publication) or ("",):
                groups.setdefault(first_spelling.setdefault(folded(name), name), []).append(publication)
        rank: Callable[[str], object] = _GROUP_RANKS.get(selection.group, lambda _name: 0)
        ordered = sorted(groups.items(), key=lambda group: (not group[0], rank(group[0])))
        is_type = selection.group is Grouping.TYPE
        return [Group(name, tuple(found), is_type or name == FORTHCOMING) for name, found in ordered]

    def _fits(
        self, publication: Publication, selection: Selection, spans: Sequence[Years], members: Sequence[Owner]
    ) -> bool:
        return (
            (not selection.types or publication.type.name in selection.types)
            and (not spans or any(publication.year in years for years in spans))
            and (not selection.keywords or _shares(publication.keywords, selection.keywords))
            and (not selection.roles or any(_has_role(publication, one, selection.roles) for one in members))
            and (not selection.others or self._has_others(publication, selection.others))
            and (not selection.award or any(_is_award(a, selection.award) for a in publication.awards))
            and (not selection.selected or publication.selected)
        )

    def _has_others(self, publication: Publication, roles: Iterable[str]) -> bool:
        """Whether somebody who is not the owner has one of ``roles``."""
        return any(
            author.roles and not self.owner.is_author(author) and any(author.has_role(role) for role in roles)
            for author in publication.people
        )


def _has_role(publication: Publication, owner: Owner, roles: Iterable[OwnerRole]) -> bool:
    return not owner_roles(publication, owner).isdisjoint(roles)


def _everybody(publication: Publication) -> Iterator[Name]:
    """All who had a part in a work."""
    yield from (author.name for author in publication.authors)
    for credit in publication.own_credits:
        yield from credit.names


def _shares(some: Iterable[str], others: Iterable[str]) -> bool:
    return not {folded(word) for word in some}.isdisjoint(folded(word) for word in others)


def _is_award(award: Award, wanted: str) -> bool:
    return wanted in ("any", award.kind.name) or folded(wanted) in folded(award.name)


def _author(publication: Publication) -> str:
    first: Author | None = publication.authors[0] if publication.authors else None
    return folded(f"{first.name.family} {first.name.given}") if first else "\uffff"


def _newest_first(publication: Publication) -> tuple[int, int, int, int]:
    """The key to sort by the newest date: works that are still to come are first, other undated ones last."""
    date = publication.date
    if not date:
        return (-1 if publication.is_forthcoming else 1, 0, 0, 0)
    return (0, -date.year, -date.month, -date.day)


def _oldest_first(publication: Publication) -> tuple[bool, int, int, int]:
    date = publication.date
    return (False, date.year, date.month, date.day) if date else (True, 0, 0, 0)


_SORT_KEYS: dict[Sort, Callable[[Publication], tuple[object, ...]]] = {
    Sort.NEWEST: _newest_first,
    Sort.OLDEST: _oldest_first,
    Sort.TITLE: lambda p: (folded(p.plain_title),),
    Sort.AUTHOR: lambda p: (_author(p), -p.year),
    Sort.VENUE: lambda p: (folded(p.venue.shortest) or "\uffff", -p.year),
    Sort.RATE: lambda p: (p.acceptance.percent if p.acceptance else 101,),
}

_GROUP_NAMES: dict[Grouping, Callable[[Publication], tuple[str, ...]]] = {
    Grouping.YEAR: lambda p: (str(p.year),) if p.year else (FORTHCOMING,) if p.is_forthcoming else (),
    Grouping.TYPE: lambda p: (p.type.plural,),
    Grouping.VENUE: lambda p: (p.venue.shortest,),
    Grouping.KEYWORD: lambda p: p.keywords,
    Grouping.NONE: lambda p: (),
}

_TYPE_RANK = {kind.plural: place for place, kind in enumerate(PUBLICATION_TYPES.values())}

_GROUP_RANKS: dict[Grouping, Callable[[str], object]] = {
    Grouping.TYPE: _TYPE_RANK.__getitem__,
    Grouping.KEYWORD: folded,
}
