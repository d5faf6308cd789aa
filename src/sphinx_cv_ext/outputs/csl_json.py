"""Publications as CSL-JSON, which Zotero, pandoc and every processor of the Citation Style Language read.

Schema 1.0.2, https://github.com/citation-style-language/schema; what each variable means is said in appendix IV
of https://docs.citationstyles.org/en/stable/specification.html.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sphinx_cv_ext.model.dates import Date
from sphinx_cv_ext.model.people import Name, once_per_name
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.model.text import Inline, Linked, Math, RichText, Style, Styled, Text
from sphinx_cv_ext.outputs.lines import abstract_text, plain_text
from sphinx_cv_ext.outputs.parts import (
    address,
    container,
    countries,
    edition,
    eprint,
    eprint_number,
    event,
    genre,
    is_in_journal,
    is_issue,
    is_titled_issue,
    is_undivided,
    is_web_page,
    own_volume,
    patent_office,
    publisher,
    series,
    volumes,
)
from sphinx_cv_ext.outputs.plain_math import characters

# CSL specification, appendix III. Zotero, too, takes "article" for a preprint.
TYPES: dict[str, str] = {
    "article": "article-journal",
    "conference": "paper-conference",
    "workshop": "paper-conference",
    "preprint": "article",
    "book": "book",
    "chapter": "chapter",
    "proceedings": "book",
    "thesis": "thesis",
    "report": "report",
    "patent": "patent",
    "dataset": "dataset",
    "software": "software",
    "talk": "speech",
    "magazine": "article-magazine",
    "newspaper": "article-newspaper",
    "other": "document",
}
"""The CSL type of each of our types; `_type` knows the finer ones."""

# https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html#html-like-formatting-tags
_TAGS = {
    Style.EMPHASIS: ("<i>", "</i>"),
    Style.STRONG: ("<b>", "</b>"),
    Style.CODE: ("", ""),
    Style.SMALL_CAPS: ('<span style="font-variant:small-caps;">', "</span>"),
    Style.SUBSCRIPT: ("<sub>", "</sub>"),
    Style.SUPERSCRIPT: ("<sup>", "</sup>"),
    Style.PROTECTED: ('<span class="nocase">', "</span>"),
}
# CSL specification, appendix IV: the variables for people whose name says what they did; biblatex's word for it is the
# same, but for one. All others are contributors.
_PEOPLE = frozenset(
    {
        *("author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator"),
        *("director", "editor", "editorial-director", "executive-producer", "guest", "host", "illustrator"),
        *("interviewer", "narrator", "organizer", "original-author", "performer", "producer", "recipient"),
        *("reviewed-author", "script-writer", "series-creator", "translator"),
    }
)
_ROLES = {"bookauthor": "container-author"}
# What is JSON already: all else is text.
_JSON = _PEOPLE | {"issued", "original-date"}
_PARTS = ("family", "given", "non-dropping-particle", "suffix")
_string = json.JSONEncoder(ensure_ascii=False).encode


def entry(publication: Publication) -> str:
    """One publication as an item of the array, indented, with one variable on each line."""
    found = [(name, value) for name, value in _variables(publication) if value]
    lines = ",\n".join([f'    "{name}": {value if name in _JSON else _string(value)}' for name, value in found])
    return f"  {{\n{lines}\n  }}"


def join(entries: Iterable[str]) -> str:
    """The array of such entries."""
    items = ",\n".join(entries)
    return f"[\n{items}\n]\n" if items else "[]\n"


_Variables = list[tuple[str, str]]


def _variables(publication: Publication) -> _Variables:
    """The variables of a CSL item; unknown ones have empty values."""
    details, venue, kind = publication.details, publication.venue, publication.type.name
    is_page, house = is_web_page(publication), publisher(publication)
    # The name of a site, as Zotero has it.
    whole = house if is_page else container(publication)
    repository, identifier = eprint(publication)
    eprinted, original = eprint_number(publication), publication.original_date
    is_preprint, is_patent = kind == "preprint", kind == "patent"
    elsewhere = "" if is_preprint or repository == "PubMed" else eprinted
    return [
        ("id", publication.key),
        ("type", _type(publication)),
        *_people(publication),
        ("title", markup(publication.title)),
        ("container-title", whole),
        ("volume-title", details.issuetitle),
        ("container-title-short", venue.short if whole else ""),
        ("collection-title", details.series or volumes(publication)),
        ("event-title", event(publication) or (venue.name if venue.field == "eventtitle" else "")),
        *([] if is_patent else [("event-place" if kind == "talk" else "publisher-place", details.location)]),
        *([] if is_page or is_patent else [("publisher", house)]),
        *(_of_patent(publication) if is_patent else []),
        ("issued", _issued(publication)),
        ("original-title", details.origtitle),
        ("original-date", _dates(_numbers_of(original)) if original else ""),
        ("volume", own_volume(publication)),
        *([] if is_preprint else _numbers(publication)),
        ("page", details.pages.replace("–", "-")),
        ("chapter-number", details.chapter),
        ("edition", edition(publication)),
        ("version", details.version),
        ("genre", "Special issue" if is_titled_issue(publication) else genre(publication)),
        ("PMID", identifier if repository == "PubMed" else ""),
        # As Zotero writes its preprints: the repository is the publisher, the identifier the number. Styles would
        # print an "archive" as well, and so for works that appeared elsewhere, which have it in their note.
        ("number", (eprinted or details.number) if is_preprint and repository != "PubMed" else ""),
        ("ISBN", details.isbn),
        ("ISSN", details.issn),
        ("DOI", details.doi),
        ("URL", address(publication)),
        ("status", publication.state),
        ("language", publication.language),
        ("keyword", ", ".join(publication.keywords)),
        ("note", "; ".join(filter(None, (elsewhere, _holder(publication), *map(plain_text, publication.remarks))))),
        ("abstract", abstract_text(publication)),
    ]


def _type(publication: Publication) -> str:
    if is_issue(publication):
        return "periodical"
    return "webpage" if is_web_page(publication) else TYPES[publication.type.name]


def _numbers(publication: Publication) -> _Variables:
    """The issue and the number within it, or a number within a series, or the work's own."""
    details = publication.details
    if is_in_journal(publication) or is_issue(publication):
        return [("issue", details.number), ("number", details.eid)]
    title, number = series(publication)
    return [("collection-number", number), ("number", details.eid if title else details.number or details.eid)]


def _of_patent(publication: Publication) -> _Variables:
    """The office and the countries; there is no publisher."""
    return [("authority", patent_office(publication)), ("jurisdiction", ", ".join(countries(publication)))]


def _holder(publication: Publication) -> str:
    """The holder of a patent, for whom CSL has no variable, under the name by which Zotero finds it in a note."""
    names = publication.credited("holder") if publication.credits else ()
    return f"Assignee: {', '.join(map(str, names))}" if names else ""


def _people(publication: Publication) -> _Variables:
    """The people, those in the authors' place first; one variable has all who did what it is called by."""
    found = {
        _role(publication.part): [*[_name(author.name) for author in publication.authors], *_others(publication.et_al)]
    }
    for credit in publication.credits:
        if credit.role.name == "holder":
            continue
        found.setdefault(_role(credit.role.name), []).extend([*map(_name, credit.names), *_others(credit.et_al)])
    return [(role, f"[{', '.join(people)}]" if people else "") for role, people in found.items()]


def _others(et_al: bool) -> list[str]:
    """CSL has no word for more people; pandoc writes BibTeX's "and others" like this."""
    return [_literal("others")] if et_al else []


def _role(name: str) -> str:
    role = _ROLES.get(name, name)
    return role if role in _PEOPLE else "contributor"


@once_per_name
def _name(name: Name) -> str:
    if is_undivided(name):
        return _literal(name.family)
    parts = ", ".join([f'"{part}": {_string(value)}' for part, value in zip(_PARTS, name, strict=True) if value])
    return f"{{{parts}}}"


def _literal(name: str) -> str:
    return f'{{"literal": {_string(name)}}}'


def _issued(publication: Publication) -> str:
    date, span = publication.date, publication.span
    if date and date.is_season and not span:
        return f'{{"date-parts": [[{date.year}]], "season": {date.month // 3}}}'
    # A range has two dates, and there is no word for one that goes on.
    return _dates(*(_numbers_of(one) for one in (date, span and span.end) if one))


def _numbers_of(date: Date) -> list[int]:
    return [date.year] if date.is_season else [part for part in (date.year, date.month, date.day) if part]


def _dates(*dates: Sequence[int]) -> str:
    parts = [f"[{', '.join(map(str, numbers))}]" for numbers in dates if numbers]
    return f'{{"date-parts": [{", ".join(parts)}]}}' if parts else ""


def markup(rich: RichText) -> str:
    """Rich text with the tags of CSL processors; links lose their address, and formulas become Unicode."""
    return "".join(map(_inline, rich))


def _inline(inline: Inline) -> str:
    match inline:
        case Text(value):
            return value
        case Math(latex):
            return characters(latex)
        case Linked(_, children):
            return markup(children)
        case Styled(style, children):
            opening, closing = _TAGS[style]
            return f"{opening}{markup(children)}{closing}"
