"""RenderCV's YAML, of which al-folio has one, too: https://docs.rendercv.com/user_guide/yaml_input_structure/."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx_cv_ext.importers.dates import period
from sphinx_cv_ext.importers.imported import DatedEntry, Finding, Imported, Report, leading
from sphinx_cv_ext.importers.markup import body, marked, unmarked
from sphinx_cv_ext.importers.profiles import ProfileDraft
from sphinx_cv_ext.importers.records import Record, read_record
from sphinx_cv_ext.importers.sections import PUBLICATIONS, no_kind, section_kind
from sphinx_cv_ext.importers.works import people, with_keys, work
from sphinx_cv_ext.sources.raw import RawEntry


def read(path: Path, report: Report) -> Imported:
    """What the file ``path`` holds."""
    return cv(read_record(path, report).record("cv"), report)


def cv(source: Record, report: Report) -> Imported:
    """What is under the name ``cv``."""
    profile = ProfileDraft(report)
    for key, names in (("name", ("name",)), ("position", ("headline", "label")), ("description", ("summary",))):
        profile.put(key, source.text(*names))
    for network, address in (("email", source.text("email")), ("website", source.text("website", "url"))):
        profile.link(network, address, source.location)
    for record in source.records("social_networks"):
        profile.link(record.text("network"), record.text("username", "url"), record.location)
    works: list[RawEntry] = []
    entries: list[DatedEntry] = []
    sections = source.record("sections")
    for heading in sections.names():
        kind = section_kind(heading)
        for record in sections.records(heading):
            is_paper = record.has("authors") or (kind == PUBLICATIONS and record.has("title"))
            kept = kind or ("position" if record.has("company") else "education" if record.has("institution") else "")
            if is_paper:
                works.append(_work(record, report))
            elif kept and kept != PUBLICATIONS:
                entries.append(_entry(kept, record, report))
            else:
                report(no_kind(heading, record.location))
        _tell_of_texts(sections, heading, kind, entries, report)
    source.tell(report)
    return Imported(with_keys(works), tuple(entries), profile.made())


def _tell_of_texts(sections: Record, heading: str, kind: str, entries: list[DatedEntry], report: Report) -> None:
    """Entries that are a text alone become entries of their kind; others are reported."""
    texts = sections.texts(heading)
    if kind and kind != PUBLICATIONS:
        entries.extend(DatedEntry(kind, what=marked(text)) for text in texts)
    elif texts:
        report(Finding(sections.location, f"the texts of the section {heading!r} have no place here"))


def _entry(kind: str, record: Record, report: Report) -> DatedEntry:
    degree = [marked(record.text("degree", "studyType")), marked(record.text("area"))]
    what = marked(record.text("position", "title")) or " in ".join(filter(None, degree))
    where = marked(record.text("company", "institution", "organization", "awarder"))
    # Entries of no certain kind have a name, or a label and what belongs to it.
    name = marked(record.text("name", "label", "bullet", "number", "reversed_number"))
    # To RenderCV what has begun and not ended goes on.
    start, end = record.text("start_date"), record.text("end_date")
    entry = DatedEntry(
        kind=kind,
        when=period(start or record.text("date"), end, record.location, report, goes_on=bool(start)),
        what=what or name,
        where=where or (name if what else "") or marked(record.text("details")),
        # RenderCV allows any field, and shows those that a template names.
        role=marked(record.text("role")),
        place=marked(record.text("location")),
        amount=marked(record.text("amount")),
        links=leading(record.text("url")),
        body=body(record.text("summary", "description"), record.texts("highlights")),
    )
    record.skip("date")
    record.tell(report)
    return entry


def _work(record: Record, report: Report) -> RawEntry:
    names = [unmarked(name.replace("*", "")) for name in record.texts("authors")]
    venue = unmarked(record.text("journal", "publisher"))
    values = {
        "author": people(names),
        "title": unmarked(record.text("title", "name")),
        "journal": re.sub(r"^In\s+", "", venue),
        "date": record.text("date", "releaseDate"),
        "doi": record.text("doi"),
        "url": record.text("url"),
        "abstract": record.text("summary"),
    }
    record.tell(report)
    return work("article" if venue else "misc", values, record.location, report)
