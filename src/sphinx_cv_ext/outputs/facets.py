"""The data that a script in the browser needs to filter a list of publications; it is not shown itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sphinx_cv_ext.model.library import OwnerRole, owner_roles
from sphinx_cv_ext.model.people import Owner, folded
from sphinx_cv_ext.model.publication import PUBLICATION_TYPES, Publication
from sphinx_cv_ext.outputs.escaping import json_in_script
from sphinx_cv_ext.outputs.words import Translate

FACETS: dict[str, str] = {
    "first": "First author",
    "last": "Last author",
    "corresponding": "Corresponding author",
    "equal": "Equal contribution",
    "award": "Distinction",
    "code": "Code",
    "from": "from",
    "to": "to",
    "type": "Type",
    "venue": "Venue",
    "topic": "Topic",
    "rate": "Acceptance rate",
}
"""The filters of a list, in the order of their buttons and menus, and their labels."""

ROLES = (OwnerRole.FIRST, OwnerRole.LAST, OwnerRole.CORRESPONDING, OwnerRole.EQUAL)
"""The roles of the owner for which there is a filter."""

RATES = (1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75)
"""The limits, in percent, that the filter for acceptance rates may offer."""

WORDS: dict[str, str] = {
    "search": "Search these publications",
    "hint": "Title, author, venue, keyword …",
    "filters": "Filters",
    "more": "More filters",
    "year": "Year",
    "any": "Any",
    "count": "{shown} of {all}",
    "none": "No publication fits.",
    "clear": "Clear",
    "export": "Export",
    "format": "Format",
    "copy": "Copy",
    "copied": "Copied",
    "download": "Download",
    "saved": "Saved",
    "failed": "Not possible",
}
"""Every word of the controls; the script itself contains none."""

_Facet = dict[str, Any]

ROOM = '<div class="cv-filter"></div>'
"""The place for the controls, above the list."""


def island(data: Mapping[str, Any]) -> str:
    """The element below the list in which the script finds ``data``."""
    return f'<script type="application/json" class="cv-facets">{json_in_script(dict(data))}</script>'


def facets(
    publications: Sequence[Publication],
    owner: Owner,
    translate: Translate,
    exports: Mapping[str, str],
    max_authors: int = 0,
    items: Sequence[int] = (),
) -> dict[str, Any]:
    """The data that the script needs for a list of ``publications``, without empty values.

    ``exports`` maps the names of formats to the addresses of files with these publications in this order, separated by
    blank lines. If ``max_authors`` limits the authors that the list shows, the others can still be searched for. If
    some publications stand under several headings, ``items`` has the index of the publication for each item of the
    list.
    """
    unseen = [_unseen(publication, max_authors) for publication in publications]
    found = {
        "size": len(publications),
        "facets": [facet for facet in _facets(publications, owner, translate) if _is_useful(facet)],
        "unseen": unseen if any(unseen) else [],
        "items": list(items),
        "words": {name: translate(word) for name, word in WORDS.items()},
        "exports": dict(exports),
    }
    return {name: value for name, value in found.items() if value}


def _facets(publications: Sequence[Publication], owner: Owner, translate: Translate) -> Iterator[_Facet]:
    def facet(kind: str, name: str, labels: Mapping[Any, str], had: Iterable[Sequence[Any]]) -> _Facet:
        return _facet(kind, name, translate(FACETS[name]), labels, had)

    roles = [owner_roles(p, owner) for p in publications]
    for role in ROLES:
        yield facet("button", role.value, _YES, [[1] if role in own else [] for own in roles])
    yield facet("button", "award", _YES, [[1] if p.awards else [] for p in publications])
    has_code = (any(link.kind.name == "code" for link in p.links) for p in publications)
    yield facet("button", "code", _YES, [[1] if has else [] for has in has_code])

    of_year = [[p.year] if p.year else [] for p in publications]
    years = sorted({*chain.from_iterable(of_year)})
    yield facet("ranked", "from", {year: f"{year}" for year in reversed(years)}, of_year)
    yield facet("ranked", "to", {year: f"{year}" for year in years}, of_year)

    types = {p.type.name: translate(PUBLICATION_TYPES[p.type.name].plural) for p in publications}
    yield facet("menu", "type", types, [[p.type.name] for p in publications])
    for name, values in (
        ("venue", [[p.venue.shortest] if p.venue.shortest else [] for p in publications]),
        ("topic", [p.keywords for p in publications]),
    ):
        first = _first_spellings(chain.from_iterable(values))
        yield facet(
            "menu", name, {value: value for value in first.values()}, [[first[v] for v in own] for own in values]
        )

    limits = [_limits(publication) for publication in publications]
    most = translate("at most {percent}%")
    used = sorted({*chain.from_iterable(limits)})
    yield facet("ranked", "rate", {limit: most.format(percent=limit) for limit in used}, limits)


_YES = {1: ""}


def _facet(kind: str, name: str, label: str, labels: Mapping[Any, str], had: Iterable[Sequence[Any]]) -> _Facet:
    """A filter. ``kind`` is ``button``, ``menu`` or ``ranked``: a menu in which each value includes those before it.

    ``labels`` maps the values to what readers see, and ``had`` gives the values of each publication. In the result
    ``of`` has, for each publication, the index of its value, a list of several indices, or an index behind the last if
    none.
    """
    places = {value: place for place, value in enumerate(labels)}
    of = [[places[value] for value in dict.fromkeys(own)] for own in had]
    return {
        "name": name,
        "kind": kind,
        "label": label,
        "values": [str(value) for value in labels],
        "labels": list(labels.values()),
        "of": [own[0] if len(own) == 1 else own or len(places) for own in of],
    }


def _limits(publication: Publication) -> list[int]:
    """The lowest of `RATES` that a publication does not exceed, if there is one."""
    rate = publication.acceptance
    return [limit for limit in RATES if rate and rate.percent <= limit][:1]


def _is_useful(facet: _Facet) -> bool:
    """Whether a value of the filter fits some but not all of the publications."""
    counts = Counter(chain.from_iterable(own if isinstance(own, list) else [own] for own in facet["of"]))
    return any(count < len(facet["of"]) for place, count in counts.items() if place < len(facet["values"]))


def _unseen(publication: Publication, max_authors: int) -> str:
    """Text by which a publication is found although the list does not show it."""
    left_out = publication.authors[max_authors:] if max_authors else ()
    return " ".join([*(award.name for award in publication.awards), *(str(author.name) for author in left_out)])


def _first_spellings(values: Iterable[str]) -> dict[str, str]:
    """Maps every spelling of a value to the first one; case, accents and punctuation make no difference."""
    first: dict[str, str] = {}
    return {value: first.setdefault(folded(value), value) for value in dict.fromkeys(values) if value}
