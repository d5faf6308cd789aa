"""CSL-JSON, as Zotero and pandoc write it.

https://docs.citationstyles.org/en/stable/specification.html, appendix IV, says what each variable means.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx_cv_ext.importers.imported import Imported, Report
from sphinx_cv_ext.importers.markup import unmarked
from sphinx_cv_ext.importers.records import Record, read_record
from sphinx_cv_ext.importers.works import HOUSES, people, with_keys, work
from sphinx_cv_ext.model.credits import EDITOR_FIELDS
from sphinx_cv_ext.sources.raw import RawEntry

TYPES: dict[str, tuple[str, str]] = {
    "article-journal": ("article", "journal"),
    "article-magazine": ("article", "journal"),
    "article-newspaper": ("article", "journal"),
    "periodical": ("periodical", "journal"),
    "review": ("review", "journal"),
    "review-book": ("review", "journal"),
    "article": ("misc", "howpublished"),
    "paper-conference": ("inproceedings", "booktitle"),
    "chapter": ("incollection", "booktitle"),
    "entry-encyclopedia": ("incollection", "booktitle"),
    "book": ("book", "series"),
    "thesis": ("phdthesis", ""),
    "report": ("techreport", ""),
    "patent": ("patent", ""),
    "dataset": ("dataset", ""),
    "software": ("software", ""),
    "speech": ("talk", "booktitle"),
    "webpage": ("online", "howpublished"),
    "post": ("online", "howpublished"),
    "post-weblog": ("online", "howpublished"),
}
"""The BibTeX type of each of CSL's, and the field for what it is part of; "misc" for the others."""

_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
# What biblatex calls those who are editors of a kind there.
_EDITING = {
    "editor": "",
    "compiler": "compiler",
    "director": "director",
    "organizer": "organizer",
    "contributor": "collaborator",
}
_NOT_SHOWN = ("id", "citation-key", "accessed", "source", "archive", "call-number", "shortTitle", "title-short")

# CSL has no variable for the holder of a patent; Zotero has it in the note, and so have our exports.
_HOLDER = re.compile(r"Assignee: ([^;\n]+)(?:[;\n]\s*)?")


def read(path: Path, report: Report) -> Imported:
    """What the file ``path`` holds."""
    source = read_record(path, report)
    records = source.records("items") or ([source] if source.has("title") else [])
    return Imported(with_keys(item(record, report) for record in records))


def item(record: Record, report: Report) -> RawEntry:
    """One item as an entry."""
    kind, within = TYPES.get(record.text("type"), ("misc", "howpublished"))
    container = unmarked(record.text("container-title", "event-title", "event"))
    house = unmarked(record.text("publisher", "authority"))
    note = record.text("note")
    holder = _HOLDER.match(note) if kind == "patent" else None
    values = {
        "entrysubtype": _SUBTYPES.get(record.text("type"), ""),
        "author": _people(record, "author"),
        "title": record.text("title"),
        within or "series": container,
        **_editors(record),
        "translator": _people(record, "translator"),
        "holder": people([holder[1]]) if holder else "",
        "bookauthor": _people(record, "container-author"),
        HOUSES.get(kind, "publisher"): house,
        "address": record.text("publisher-place", "event-place", "jurisdiction"),
        "date": _date(record.record("issued")),
        "origtitle": record.text("original-title"),
        "origdate": _date(record.record("original-date")),
        "volume": record.text("volume"),
        "number": record.text("issue", "number", "collection-number"),
        "series": record.text("collection-title") or ("" if within else container),
        "pages": record.text("page").replace("–", "-"),
        "edition": record.text("edition"),
        "type": record.text("genre"),
        "isbn": record.text("ISBN"),
        "issn": record.text("ISSN"),
        "doi": record.text("DOI"),
        "url": record.text("URL"),
        "pubmed": f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if (pmid := record.text("PMID")).isdigit() else "",
        "shortjournal" if within == "journal" else "abbr": record.text("container-title-short", "journalAbbreviation"),
        "keywords": record.text("keyword"),
        "langid": record.text("language"),
        "note": note[holder.end() :] if holder else note,
        "abstract": record.text("abstract"),
    }
    key = record.text("citation-key", "id")
    record.skip(*_NOT_SHOWN)
    record.tell(report)
    return work(kind, values, record.location, report, key)


def _people(record: Record, name: str) -> str:
    found: list[tuple[str, str] | str] = []
    for person in record.records(name):
        family = " ".join(filter(None, (person.text("non-dropping-particle"), person.text("family"))))
        given = " ".join(filter(None, (person.text("given"), person.text("dropping-particle"))))
        literal = person.text("literal")
        found.append(literal if literal.lower() == "others" else (family or literal, given))
    return people(found)


def _editors(record: Record) -> dict[str, str]:
    """The editors, and others who are in biblatex's fields for such; more than it has fields for are left."""
    found: dict[str, str] = {}
    present = [name for name in _EDITING if record.has(name)]
    for field, name in zip(EDITOR_FIELDS, present, strict=False):
        found |= {field: _people(record, name), f"{field}type": _EDITING[name]}
    return found


def _date(record: Record) -> str:
    parts = record.raw("date-parts")
    season = record.text("season")
    if isinstance(parts, list) and len(parts) == 1 and season in ("1", "2", "3", "4"):
        return f"{_of_parts(parts[0])[:4]}-2{season}"
    # Two are a range.
    dates = [_of_parts(given) for given in (parts[:2] if isinstance(parts, list) else ())]
    if not dates or not dates[0]:
        return record.text("raw", "literal")
    return "/".join(filter(None, dates))


def _of_parts(given: object) -> str:
    found = given[:3] if isinstance(given, list) else []
    numbers = [int(part) for part in found if isinstance(part, int | str) and str(part).isdigit()]
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])]) if any(numbers) else ""
