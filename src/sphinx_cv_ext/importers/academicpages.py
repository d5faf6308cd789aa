"""A site of academicpages, which has a folder of Markdown files for each kind: https://academicpages.github.io."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx_cv_ext.importers.dates import period
from sphinx_cv_ext.importers.imported import DatedEntry, Finding, Imported, Profile, Report, leading
from sphinx_cv_ext.importers.left_out import tell_of_pages
from sphinx_cv_ext.importers.local_files import with_files, with_names
from sphinx_cv_ext.importers.markup import marked, paragraphs, unmarked
from sphinx_cv_ext.importers.profiles import ProfileDraft
from sphinx_cv_ext.importers.records import front_matter, markdown_files, read_record
from sphinx_cv_ext.importers.works import people, with_keys, work
from sphinx_cv_ext.model.links import scheme_of
from sphinx_cv_ext.sources.raw import RawEntry

_KINDS = {"_talks": "talk", "_teaching": "teaching"}
_TYPES = {
    "conferences": ("inproceedings", "booktitle"),
    "books": ("book", "publisher"),
    "manuscripts": ("article", "journal"),
}
_NOT_TAKEN = ("_pages", "_posts", "_portfolio")
_NO_ACCOUNTS = ("name", "avatar", "bio", "employer", "location", "pronouns")
_LINKS = {"url": "paperurl", "slides": "slidesurl"}
_NOT_SHOWN = (
    "collection",
    "permalink",
    "layout",
    "excerpt",
    "redirect_from",
    "bibtexurl",
    "category",
    "header",
    "tags",
)
# "Example, A., Sample, B., & Third, C. (2009). …": the names are before the year.
_NAMES = re.compile(r"^(?P<names>[^()\"“]{3,1000}?)[.,]?\s*\(\d{4}[a-z]?\)")
_NAME = re.compile(r"(?P<family>[^,&]+?),\s*(?P<given>[^,&]+?)\s*(?:,\s*&?|&|$|\band\b)\s*")


def read(path: Path, report: Report) -> Imported:
    """What the folder ``path`` holds."""
    works = with_keys(_work(file, report) for file in markdown_files(path / "_publications"))
    entries = [
        entry
        for folder, kind in _KINDS.items()
        for file in markdown_files(path / folder)
        for entry in _entry(kind, file, report)
    ]
    profile = _profile(path, report)
    tell_of_pages((path / name for name in _NOT_TAKEN), report)
    found = with_files(((work, [path]) for work in works), path, report)
    return found | Imported(entries=tuple(entries), profile=profile)


def _profile(path: Path, report: Report) -> Profile:
    settings = read_record(path / "_config.yml", report)
    author = settings.record("author")
    profile = ProfileDraft(report)
    profile.put("name", author.text("name") or settings.text("name"))
    profile.put("description", author.text("bio"))
    profile.put("affiliation", author.text("employer"))
    for name in author.names():
        if name not in _NO_ACCOUNTS:
            profile.link(name, author.text(name), author.location)
    return profile.made()


def _work(file: Path, report: Report) -> RawEntry:
    record, _body = front_matter(file, report)
    kind, within = _TYPES.get(record.text("category"), ("misc", "howpublished"))
    citation = unmarked(record.text("citation"))
    authors = _authors(citation)
    if not authors:
        report(Finding(record.location, "no authors can be read from 'citation'; add them in refs.bib"))
    links = {field: address for field, name in _LINKS.items() if (address := record.text(name))}
    values = {
        "author": authors,
        "title": unmarked(record.text("title")),
        within: unmarked(record.text("venue")),
        "date": record.text("date"),
        "abstract": unmarked(record.text("excerpt")),
        **{field: address for field, address in links.items() if scheme_of(address)},
    }
    record.skip(*_NOT_SHOWN)
    record.tell(report)
    made = work(kind, values, record.location, report)
    return with_names(made, {field: name for field, name in links.items() if not scheme_of(name)})


def _authors(citation: str) -> str:
    """The names of a reference that is written "Example, A., & Sample, B. (2009). …"; empty where it is not."""
    match = _NAMES.match(citation)
    if not match:
        return ""
    found, end = [], 0
    while name := _NAME.match(match["names"], end):
        found.append((name["family"], name["given"]))
        end = name.end()
    return people(found) if end == len(match["names"]) else ""


def _entry(kind: str, file: Path, report: Report) -> Iterator[DatedEntry]:
    record, body = front_matter(file, report)
    if not record:
        return
    what = [marked(record.text("title"))]
    what += [] if kind == "talk" else [marked(record.text("type"))]
    record.skip("type", *_NOT_SHOWN)
    entry = DatedEntry(
        kind=kind,
        when=period(record.text("date"), "", record.location, report),
        what=", ".join(filter(None, what)),
        where=marked(record.text("venue")),
        place=marked(record.text("location")),
        links=leading(record.text("link", "url")),
        body=paragraphs(body),
    )
    record.tell(report)
    yield entry


def claims(path: Path) -> bool:
    """Whether ``path`` is such a folder."""
    return any((path / name).is_dir() for name in ("_publications", *_KINDS))
