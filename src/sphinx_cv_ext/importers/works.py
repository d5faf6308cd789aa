"""Makes entries for a .bib file from what sources have in plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from sphinx_cv_ext.diagnostics import Location
from sphinx_cv_ext.importers.dates import date
from sphinx_cv_ext.importers.imported import Finding, Report
from sphinx_cv_ext.importers.markup import latex
from sphinx_cv_ext.model.credits import CONTRIBUTOR_FIELDS
from sphinx_cv_ext.model.links import LINK_KINDS, is_safe_url, well_formed
from sphinx_cv_ext.outputs.latex import escape
from sphinx_cv_ext.outputs.lines import one_line
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.links import identifier
from sphinx_cv_ext.sources.raw import RawEntry, RawField

HOUSES = {"phdthesis": "school", "techreport": "institution", "talk": "organization"}
"""The field for whoever published a work, for the types for which that is not ``publisher``."""

_MARKUP = frozenset({"title", "abstract", "note", "booktitle"})
_NAMES = frozenset({"author", *CONTRIBUTOR_FIELDS})
_KEY = re.compile(r"[A-Za-z][\w:./+-]{0,79}", re.ASCII)
_SMALL_WORDS = frozenset({"a", "an", "the", "on", "of", "in", "for", "to", "and", "towards", "der", "die", "das"})


def work(kind: str, values: Mapping[str, str], location: Location, report: Report, key: str = "") -> RawEntry:
    """An entry of the BibTeX type ``kind``, with the key ``key`` if that is a valid one.

    ``values`` maps the names of fields to plain text, except that names of people are in BibTeX's form and addresses as
    they are; empty ones are left out. An unsafe address is reported and left out.
    """
    fields: dict[str, RawField] = {}
    for name, value in values.items():
        text = _value(name, one_line(value), location, report)
        if text:
            fields[name] = RawField(text, location)
    # Zotero uses addresses as ids, which would be no good keys.
    is_key = _KEY.fullmatch(key) and "//" not in key
    return RawEntry(kind, key if is_key else "", fields, location)


def _value(name: str, value: str, location: Location, report: Report) -> str:
    if name in _NAMES or not value:
        return value
    if name == "date":
        return _date(value, location, report)
    if name in ("doi", "eprint"):
        bare = identifier("doi", value) if name == "doi" else value
        if not bare:
            report(Finding(location, f"{value!r} is not a DOI"))
        return re.sub(r"[{}\\]", "", bare)
    if name in LINK_KINDS:
        if is_safe_url(value):
            return re.sub(r"[{}\\]", lambda match: f"%{ord(match[0]):02X}", well_formed(value))
        report(Finding(location, f"{value!r} is not an address that a page may link to"))
        return ""
    return latex(value) if name in _MARKUP else escape(value)


def _date(value: str, location: Location, report: Report) -> str:
    """A date or a range; from a text that is neither, the year, with a report."""
    if (exact := date(value)) and exact != "present":
        return exact
    ends = [date(part) for part in value.split("/")]
    if len(ends) == 2 and all(ends) and "present" not in ends:
        return "/".join(ends)
    year = re.search(r"(?<!\d)\d{4}(?!\d)", value)
    report(Finding(location, f"{value!r} is not a date; {f'the year {year[0]} is kept' if year else 'there is none'}"))
    return year[0] if year else ""


def people(names: Iterable[tuple[str, str] | str]) -> str:
    """A list of names in BibTeX's form: pairs of family and given name, or names as they are written."""
    return " and ".join(filter(None, map(_name, names)))


def _name(name: tuple[str, str] | str) -> str:
    if isinstance(name, str):
        name = one_line(name)
        if name.lower().rstrip(".") in ("et al", "others"):
            return "others"
        # In braces, because an "and" or several commas would be parsed as several names.
        plain = escape(name)
        return f"{{{plain}}}" if re.search(r"\band\b", name, re.IGNORECASE) or name.count(",") > 1 else plain
    family, given = (escape(one_line(part)) for part in name)
    return f"{family}, {given}" if family and given else f"{{{family or given}}}" if family or given else ""


def with_keys(works: Iterable[RawEntry]) -> tuple[RawEntry, ...]:
    """``works`` with unique keys: their own, or keys made of family name, year and title."""
    taken: set[str] = set()
    found = []
    for entry in works:
        wanted = entry.key or _made_key(entry)
        key, number = wanted, 1
        while key.lower() in taken:
            number += 1
            key = f"{wanted}-{number}"
        taken.add(key.lower())
        found.append(RawEntry(entry.type, key, entry.fields, entry.location))
    return tuple(found)


def _made_key(entry: RawEntry) -> str:
    first = decode_plain(re.split(r"\s+and\s+", entry.get("author") or entry.get("editor"))[0])
    family = first.partition(",")[0] if "," in first else first.rpartition(" ")[2]
    year = re.search(r"\d{4}", entry.get("date") or entry.get("year"))
    words = [_ascii(word) for word in decode_plain(entry.get("title")).split()]
    word = next((word for word in words if word and word not in _SMALL_WORDS), "")
    return f"{_ascii(family)}{year[0] if year else ''}{word}"[:60] or "untitled"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", plain)
