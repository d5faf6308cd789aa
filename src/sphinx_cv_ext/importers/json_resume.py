"""JSON Resume, version 1.0.0: https://jsonresume.org/schema. Some write it in YAML, with the same names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sphinx_cv_ext.importers.dates import period
from sphinx_cv_ext.importers.imported import DatedEntry, Imported, Report, leading
from sphinx_cv_ext.importers.markup import body, marked
from sphinx_cv_ext.importers.profiles import ProfileDraft
from sphinx_cv_ext.importers.records import Record, read_record
from sphinx_cv_ext.importers.works import with_keys, work
from sphinx_cv_ext.sources.raw import RawEntry

_SECTIONS = {
    "work": "position",
    "volunteer": "service",
    "education": "education",
    "awards": "honor",
    "certificates": "honor",
    "projects": "project",
}


def read(path: Path, report: Report) -> Imported:
    """What the file ``path`` holds."""
    source = read_record(path, report)
    entries = [_entry(kind, record, report) for name, kind in _SECTIONS.items() for record in source.records(name)]
    works = [_work(record, report) for record in source.records("publications")]
    profile = ProfileDraft(report)
    basics = source.record("basics")
    for key, name in (("name", "name"), ("position", "label"), ("description", "summary"), ("email", "email")):
        profile.put(key, basics.text(name))
    profile.link("website", basics.text("url", "website"), basics.location)
    for network in basics.records("profiles"):
        profile.link(network.text("network"), network.text("url", "username"), network.location)
        network.skip("username")
    profile.put_all("interests", [record.text("name") for record in source.records("interests")])
    source.skip("$schema", "meta")
    basics.tell(report)
    source.tell(report)
    return Imported(with_keys(works), tuple(entries), profile.made())


def _entry(kind: str, record: Record, report: Report) -> DatedEntry:
    start, end = record.text("startDate", "date"), record.text("endDate")
    goes_on = kind in ("position", "service") and not record.text("date")
    degree = [marked(record.text("studyType")), marked(record.text("area"))]
    what = marked(record.text("position", "title")) or " in ".join(filter(None, degree))
    if kind in ("project", "honor"):
        what = what or marked(record.text("name"))
    entry = DatedEntry(
        kind=kind,
        when=period(start, end, record.location, report, goes_on),
        what=what,
        where=marked(record.text("organization", "institution", "awarder", "issuer", "company", "entity", "name")),
        role=marked(", ".join(record.texts("roles"))),
        place=marked(record.text("location")),
        links=leading(record.text("url", "website")),
        body=body(record.text("summary", "description"), record.texts("highlights", "courses")),
    )
    record.tell(report)
    return replace(entry, where="") if entry.what == entry.where else entry


def _work(record: Record, report: Report) -> RawEntry:
    values = {
        "title": record.text("name"),
        "howpublished": record.text("publisher"),
        "date": record.text("releaseDate"),
        "url": record.text("url", "website"),
        "abstract": record.text("summary"),
    }
    record.tell(report)
    return work("misc", values, record.location, report)
