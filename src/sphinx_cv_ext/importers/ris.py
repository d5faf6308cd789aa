"""RIS, as EndNote, Zotero and publishers write it.

"RIS Format Specifications" of Research Information Systems, 2011.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx_cv_ext.diagnostics import Location, short_path
from sphinx_cv_ext.importers.imported import Finding, Imported, Report
from sphinx_cv_ext.importers.records import read_text
from sphinx_cv_ext.importers.works import HOUSES, people, with_keys, work
from sphinx_cv_ext.model.identifiers import ISSN
from sphinx_cv_ext.sources.raw import RawEntry

TYPES: dict[str, tuple[str, str]] = {
    "JOUR": ("article", "journal"),
    "JFULL": ("periodical", "journal"),
    "MGZN": ("article", "journal"),
    "NEWS": ("article", "journal"),
    "EJOUR": ("article", "journal"),
    "CONF": ("inproceedings", "booktitle"),
    "CPAPER": ("inproceedings", "booktitle"),
    "CHAP": ("incollection", "booktitle"),
    "ECHAP": ("incollection", "booktitle"),
    "BOOK": ("book", "series"),
    "EBOOK": ("book", "series"),
    "THES": ("phdthesis", "series"),
    "RPRT": ("techreport", "series"),
    "PAT": ("patent", "series"),
    "DATA": ("dataset", "series"),
    "COMP": ("software", "series"),
    "SLIDE": ("talk", "booktitle"),
    "ELEC": ("online", "howpublished"),
    "BLOG": ("online", "howpublished"),
    "UNPB": ("unpublished", "howpublished"),
}
"""The BibTeX type of each of RIS's, and the field for what it is part of; "misc" for the others."""

_SUBTYPES = {"MGZN": "magazine", "NEWS": "newspaper"}
_LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?")
# Of these tags the first that is there counts.
_FIELDS = {
    "title": ("TI", "T1", "CT", "BT"),
    "volume": ("VL",),
    "number": ("IS", "M1"),
    "isbn": ("SN",),
    "address": ("CY", "PP"),
    "edition": ("ET",),
    "doi": ("DO",),
    "url": ("UR", "LK", "L2"),
    "abstract": ("AB", "N2"),
    "langid": ("LA",),
    "note": ("N1",),
    "type": ("M3",),
}
_CONTAINER = ("T2", "JO", "JF", "BT", "JA")
_NOT_SHOWN = frozenset(
    {"ER", "TY", "ID", "L1", "L4", "DB", "DP", "Y2", "AN", "C1", "ST", "JA", "J2", "AD", "CN", "SE", "T3", "ED", "A3"}
)
_Tags = dict[str, list[str]]


def read(path: Path, report: Report) -> Imported:
    """What the file ``path`` holds."""
    records = _records(read_text(path, report), short_path(path))
    return Imported(with_keys([_work(tags, location, report) for tags, location in records]))


def _records(text: str, file: str) -> Iterator[tuple[_Tags, Location]]:
    """The tags of each reference, and where it begins; a line without a tag goes on with the one before."""
    tags: _Tags = {}
    location = Location(file)
    last = ""
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.fullmatch(line.rstrip())
        if not match:
            if tags and last and line.strip():
                tags[last][-1] += f" {line.strip()}"
            continue
        last = match[1]
        if last == "TY":
            if tags:
                yield tags, location
            tags, location = {}, Location(file, number)
        if last == "ER":
            if tags:
                yield tags, location
            tags = {}
            continue
        tags.setdefault(last, []).append((match[2] or "").strip())
    if tags:
        yield tags, location


def _work(tags: _Tags, location: Location, report: Report) -> RawEntry:
    used = set(_NOT_SHOWN)

    def each(*names: str) -> list[str]:
        used.update(names)
        return [value for name in names for value in tags.get(name, ()) if value]

    def first(*names: str) -> str:
        return next(iter(each(*names)), "")

    kind, within = TYPES.get(first("TY"), ("misc", "howpublished"))
    title = first(*_FIELDS["title"])
    container = first(*_CONTAINER)
    values = {
        "entrysubtype": _SUBTYPES.get(first("TY"), ""),
        "author": people(map(_name, each("AU", "A1"))),
        "editor": people(map(_name, each("A2", "ED", "A3"))),
        "translator": people(map(_name, each("A4"))),
        "title": title,
        within: container if container != title else "",
        HOUSES.get(kind, "publisher"): first("PB"),
        "date": _date(first("DA", "PY", "Y1"), first("PY", "Y1")),
        "pages": "-".join(filter(None, (first("SP"), first("EP")))),
        "keywords": ", ".join(each("KW")),
        **{name: first(*names) for name, names in _FIELDS.items() if name != "title"},
    }
    if kind == "patent":
        # Other works have their publisher, editors, proceedings and ISBN there.
        office, holder, number = first("A2"), first("PB"), first("SN")
        values |= {"publisher": office, "editor": "", "isbn": "", "number": number or values["number"]}
        values |= {"holder": people([holder]), "address": first("C3") or values["address"]}
    if re.fullmatch(ISSN, values["isbn"].upper()):
        values["issn"] = values.pop("isbn")
    for tag in tags.keys() - used:
        report(Finding(location, f"the tag {tag} has no place here"))
    return work(kind, values, location, report, first("ID"))


def _name(name: str) -> tuple[str, str] | str:
    """A name that is written "Family, Given, Suffix"; nothing may follow a comma at the end."""
    family, *rest = (part.strip() for part in name.split(","))
    if not rest:
        return name
    return ", ".join([family, *filter(None, rest[1:])]), rest[0]


def _date(day: str, year: str) -> str:
    """RIS has ``2019/05/31/other``, and any of the parts may be empty."""
    parts = re.match(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?", day) or re.match(r"(\d{4})()()", year)
    return "-".join(f"{int(part):02}" for part in parts.groups() if part) if parts else year
