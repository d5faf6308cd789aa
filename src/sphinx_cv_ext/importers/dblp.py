"""DBLP's page of a person as XML: https://dblp.org/pid/PID.xml, of which M. Ley tells in "DBLP XML Requests" (2009)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from sphinx_cv_ext.diagnostics import Location, short_path
from sphinx_cv_ext.importers.imported import Finding, Imported, Profile, Report
from sphinx_cv_ext.importers.profiles import ProfileDraft
from sphinx_cv_ext.importers.records import read_text
from sphinx_cv_ext.importers.works import people, with_keys, work
from sphinx_cv_ext.sources.raw import RawEntry

_TYPES = frozenset(
    {"article", "inproceedings", "proceedings", "book", "incollection", "phdthesis", "mastersthesis", "data"}
)
_FIELDS = (
    "booktitle",
    "journal",
    "volume",
    "number",
    "pages",
    "series",
    "publisher",
    "school",
    "isbn",
    "year",
    "month",
)
_NUMBER = re.compile(r"\s+\d{4}$")
_DEEPEST = 20


class _ForbiddenError(ValueError):
    """Something that no file of DBLP has, and that could be an attack, such as entities that expand to gigabytes."""


def read(path: Path, report: Report) -> Imported:
    """What the file ``path`` holds."""
    file = short_path(path)
    root = _parse(read_text(path, report), file, report)
    if root is None:
        return Imported()
    works = [found for record in root.iterfind("r/*") if (found := _work(record, file, report))]
    return Imported(with_keys(works), profile=_profile(root, Location(file), report))


def _parse(text: str, file: str, report: Report) -> Element | None:
    """The tree of an XML file; None, with a report, if it cannot be read.

    A file with a document type is refused, because entities could expand to a billion others or read local files.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate()
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _ForbiddenError("it goes too deep")
        builder.start(tag, {**attributes, "line": str(parser.CurrentLineNumber)})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    def refuse(*_: object) -> None:
        raise _ForbiddenError("it has a document type, which no page of DBLP has")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.buffer_text = True
    # The text is decoded already, so the encoding in its XML declaration must be ignored.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        parser.Parse(text, True)
        return builder.close()
    except expat.ExpatError as error:
        problem = f"this is not XML: {expat.ErrorString(error.code)}"
        report(Finding(Location(file, error.lineno), problem, is_broken=True))
    except (_ForbiddenError, ValueError, AssertionError) as error:
        report(Finding(Location(file), f"this XML cannot be read: {error}", is_broken=True))
    return None


def _profile(root: Element, location: Location, report: Report) -> Profile:
    profile = ProfileDraft(report)
    person = root.find("person")
    profile.put("name", _NUMBER.sub("", root.get("name", "")))
    profile.link("dblp", root.get("pid", ""), location)
    if person is not None:
        names = [_NUMBER.sub("", _words(author)) for author in person.iterfind("author")]
        profile.put_all("spellings", names[1:])
        notes = [
            note for note in person.iterfind("note") if note.get("type") == "affiliation" and not note.get("label")
        ]
        profile.put("affiliation", _words(notes[0]) if notes else "")
        for url in person.iterfind("url"):
            address = _words(url)
            kinds = {"orcid.org/": "orcid", "scholar.google.": "scholar", "github.com/": "github"}
            kind = next((kind for host, kind in kinds.items() if host in address), "")
            if kind or url is person.find("url"):
                profile.link(kind or "website", address, location)
    return profile.made()


def _work(record: Element, file: str, report: Report) -> RawEntry | None:
    location = Location(file, int(record.get("line", "0")))
    if record.tag not in _TYPES:
        if record.tag != "www":
            report(Finding(location, f"a record of the kind {record.tag!r} has no place here"))
        return None
    values = {name: " ".join(_words(found) for found in record.iterfind(name)) for name in _FIELDS}
    values |= {
        "author": people(_names(record, "author")),
        "editor": people(_names(record, "editor")),
        "title": re.sub(r"\.$", "", "".join(_marked(record.find("title")))),
        "pages": re.sub(r"(?<=\w)-(?=\w)", "--", values["pages"]),
    }
    # The addresses in "ee" ("electronic edition") lead to the work itself.
    addresses = [_words(found) for found in record.iterfind("ee")]
    doi = next((address for address in addresses if "doi.org/10." in address), "")
    values["doi"], values["url"] = doi, "" if doi or not addresses else addresses[0]
    if record.get("publtype") == "informal":
        values["pubstate"] = "preprint"
    kind = "dataset" if record.tag == "data" else record.tag
    key = f"DBLP:{record.get('key', '')}"
    return work(kind, values, location, report, key)


def _names(record: Element, name: str) -> list[str]:
    return [_NUMBER.sub("", _words(found)) for found in record.iterfind(name)]


def _words(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _marked(element: Element | None) -> Iterator[str]:
    """A title with the tags that it may have: ``i``, ``sub``, ``sup`` and ``tt``."""
    if element is None:
        return
    yield (element.text or "").replace("<", "&lt;")
    for child in element:
        yield from (f"<{child.tag}>", _words(child).replace("<", "&lt;"), f"</{child.tag}>")
        yield (child.tail or "").replace("<", "&lt;")
