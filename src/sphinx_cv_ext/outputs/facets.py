"""By what readers narrow a list down in the browser: data beside the list, which no reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sphinx_cv_ext.model.library import OwnerRole, owner_roles
from sphinx_cv_ext.model.people import Owner, folded
from sphinx_cv_ext.model.publication import PUBLICATION_TYPES, Publication
from sphinx_cv_ext.outputs.json_ld import text
from sphinx_cv_ext.outputs.words import Translate

ROLES: dict[OwnerRole, str] = {
    OwnerRole.FIRST: "First author",
    OwnerRole.LAST: "Last author",
    OwnerRole.CORRESPONDING: "Corresponding author",
    OwnerRole.EQUAL: "Equal contribution",
}
"""The roles of the owner that a list can be narrowed down to, in the order of their buttons."""

WORDS: dict[str, str] = {
    "search": "Search these publications",
    "hint": "Title, author, venue, keyword …",
    "filters": "Filters",
    "more": "More filters",
    "award": "Distinction",
    "code": "Code",
    "year": "Year",
    "from": "from",
    "to": "to",
    "type": "Type",
    "venue": "Venue",
    "topic": "Topic",
    "rate": "Acceptance rate",
    "most": "at most {percent}%",
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
"""Every word of the controls; the script itself holds none."""

ROOM = '<div class="cv-filter"></div>'
"""Where the controls will stand, above the list."""


def island(data: Mapping[str, Any]) -> str:
    """``data`` as the element in which the script finds it, below the list."""
    return f'<script type="application/json" class="cv-facets">{text(dict(data))}</script>'


def facets(
    publications: Sequence[Publication],
    ids: Mapping[str, Sequence[str]],
    owner: Owner,
    translate: Translate,
    exports: Mapping[str, str],
    max_authors: int = 0,
) -> dict[str, Any]:
    """What the script needs of a list that shows ``publications``; nothing empty.

    ``ids`` are the ids of the list items by key: more than one where the list shows a publication under several
    headings. ``exports`` maps the name of a format to the address of a file with these publications in this order,
    parted by blank lines. ``max_authors`` is how many authors the list shows at least; the names of others can still
    be searched for.
    """
    venues = _first_spellings(p.venue.short or p.venue.name for p in publications)
    topics = _first_spellings(keyword for p in publications for keyword in p.keywords)
    entries = []
    for publication in publications:
        first, *again = ids[publication.key]
        venue = publication.venue.short or publication.venue.name
        own = owner_roles(publication, owner)
        left_out = publication.authors[max_authors:] if max_authors else ()
        entries.append(
            _without_empty(
                {
                    "id": first,
                    "again": again,
                    "key": publication.key,
                    "year": publication.year,
                    "type": publication.type.name,
                    "venue": venues.get(venue, ""),
                    "topics": list(dict.fromkeys(topics[keyword] for keyword in publication.keywords)),
                    "roles": [role.value for role in ROLES if role in own],
                    "awards": [award.name for award in publication.awards],
                    "code": any(link.kind.name == "code" for link in publication.links),
                    "rate": round(float(publication.acceptance.percent), 3) if publication.acceptance else None,
                    "words": " ".join(str(author.name) for author in left_out),
                }
            )
        )
    present = {publication.type.name for publication in publications}
    return _without_empty(
        {
            "entries": entries,
            "types": {name: translate(kind.plural) for name, kind in PUBLICATION_TYPES.items() if name in present},
            "roles": {role.value: translate(label) for role, label in ROLES.items()},
            "words": {name: translate(word) for name, word in WORDS.items()},
            "exports": dict(exports),
        }
    )


def _first_spellings(values: Iterable[str]) -> dict[str, str]:
    """The first spelling of each value, by every spelling of it."""
    first: dict[str, str] = {}
    return {value: first.setdefault(folded(value), value) for value in dict.fromkeys(values) if value}


def _without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    # A rate of 0.0 is a rate.
    return {name: value for name, value in data.items() if value or isinstance(value, float)}
