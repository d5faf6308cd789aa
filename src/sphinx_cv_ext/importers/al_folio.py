"""A site of al-folio, or another of Jekyll with jekyll-scholar: https://github.com/alshedivat/al-folio."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx_cv_ext.diagnostics import Location, short_path
from sphinx_cv_ext.importers import bibtex, json_resume, rendercv
from sphinx_cv_ext.importers.coauthors import PeopleDraft
from sphinx_cv_ext.importers.dates import period
from sphinx_cv_ext.importers.imported import DatedEntry, Finding, Imported, People, Profile, Report
from sphinx_cv_ext.importers.left_out import tell_of_pages
from sphinx_cv_ext.importers.local_files import with_files
from sphinx_cv_ext.importers.markup import body, marked
from sphinx_cv_ext.importers.profiles import ProfileDraft, network_kind
from sphinx_cv_ext.importers.records import Record, read_record
from sphinx_cv_ext.importers.sections import PUBLICATIONS, no_kind, section_kind
from sphinx_cv_ext.importers.works import with_keys

# Where al-folio looks for what a field names without an address.
_FOLDERS = ("assets/pdf", "assets/img/publication_preview", "assets/html", "")
_PAGES = ("_pages", "_news", "_projects", "_posts", "_teachings", "_books")
_DATA = {
    "venues.yml": "venues have no addresses here",
    "repositories.yml": "what GitHub draws of repositories is on another host; write {project} entries",
}
# "x_username", "scopus_id" and "strava_userid": older sites have them among their settings.
_ACCOUNT = re.compile(r"_(?:user(?:name|id)|id)$")


def read(path: Path, report: Report) -> Imported:
    """What the folder ``path`` holds."""
    config = path / "_config.yml"
    settings = read_record(config, report) if config.is_file() else Record({}, Location(short_path(path)))
    found = Imported(profile=_profile(path, settings, report), people=_people(path / "_data/coauthors.yml", report))
    works = with_keys(bibtex.entries(_bibfiles(path, settings, report), report))
    folders = [path / folder for folder in _FOLDERS]
    found |= with_files(((work, folders) for work in works), path, report)
    cv, resume = path / "_data/cv.yml", path / "assets/json/resume.json"
    if cv.is_file():
        source = read_record(cv, report)
        if source.has("cv"):
            found |= rendercv.cv(source.record("cv"), report)
        else:
            found |= Imported(entries=tuple(_entries(source, report)))
        if resume.is_file():
            report(Finding(Location(short_path(resume)), "left out: _data/cv.yml is there, too"))
    elif resume.is_file():
        found |= json_resume.read(resume, report)
    tell_of_pages((path / name for name in _PAGES), report)
    if portraits := sorted(path.glob("assets/img/prof_pic.*")):
        report(
            Finding(
                Location(short_path(portraits[0])), "left out: copy it to docs/ and name it as 'image' of cv_profile"
            )
        )
    for name, reason in _DATA.items():
        if (file := path / "_data" / name).is_file():
            report(Finding(Location(short_path(file)), f"left out: {reason}"))
    return found


def _profile(path: Path, settings: Record, report: Report) -> Profile:
    profile = ProfileDraft(report)
    names = [settings.text(name) for name in ("first_name", "middle_name", "last_name")]
    profile.put("description", settings.text("description"))
    socials = path / "_data/socials.yml"
    for name in settings.names():
        if name != "url" and (network_kind(name) or _ACCOUNT.search(name)):
            _put_link(profile, name, settings)
    if socials.is_file():
        source = read_record(socials, report)
        for name in source.names():
            if name == "cv_pdf":
                report(Finding(source.at(name), "'cv_pdf' left out: {cv} makes a PDF of the entries"))
            elif name != "rss_icon":  # Our feeds come by themselves.
                _put_link(profile, name, source)
    scholar = settings.record("scholar")
    spellings = [
        f"{given} {family}"
        for family in scholar.texts("last_name")
        for given in scholar.texts("first_name")
        if len(given.strip(".")) <= 3
    ]
    name = " ".join(filter(None, names))
    profile.put("name", name)
    profile.put_all("spellings", [spelling for spelling in spellings[:8] if spelling != name])
    return profile.made()


def _people(path: Path, report: Report) -> People:
    """Those of ``coauthors.yml``, by family names, usually in lower case; the case does not matter to us either."""
    people = PeopleDraft(report)
    source = read_record(path, report) if path.is_file() else Record({}, Location(short_path(path)))
    for name in source.names():
        family = name.title() if name.islower() else name
        for record in source.records(name):
            names = [f"{given} {family}" for given in record.texts("firstname")]
            people.put(names, record.text("url"), record.location)
            record.tell(report)
    return people.made


def _put_link(profile: ProfileDraft, name: str, source: Record) -> None:
    """Put the account ``name`` of ``source`` in ``profile``; what has an address of its own is a website."""
    own = source.record(name)
    if own.has("url"):
        profile.link("website", own.text("url"), own.location)
        return
    address = source.text(name) or own.text("username")
    if name == "mastodon_username" and address and "://" not in address:
        address = f"https://{address}"
    # Each of these is also in the file as an example.
    if not address.startswith("#"):
        profile.link(name, address, source.at(name))


def _bibfiles(path: Path, settings: Record, report: Report) -> list[Path]:
    source = (path / settings.record("scholar").text("source").strip("/") or path / "_bibliography").resolve()
    if source == path.resolve() or not source.is_relative_to(path.resolve()):
        source = path / "_bibliography"
    found = sorted(file for file in source.glob("*.bib") if file.is_file()) if source.is_dir() else []
    if not found:
        report(Finding(Location(short_path(source)), "there is no .bib file"))
    return found


def _entries(source: Record, report: Report) -> Iterator[DatedEntry]:
    """The sections of al-folio's own form: each has a title, a type and contents."""
    for section in source.records("items"):
        title = section.text("title")
        kind = section_kind(title)
        if not kind or kind == PUBLICATIONS:
            report(no_kind(title, section.location))
            continue
        yield from (DatedEntry(kind, what=marked(text)) for text in section.texts("contents"))
        for record in section.records("contents"):
            yield from _of_contents(kind, record, report)


def _of_contents(kind: str, record: Record, report: Report) -> Iterator[DatedEntry]:
    when = period(record.text("year", "date"), "", record.location, report)
    title = marked(record.text("title", "name"))
    items = record.texts("items", "description")
    if title or record.has("institution"):
        nested = [text for inner in record.records("description") for text in inner.texts("contents")]
        yield DatedEntry(
            kind=kind,
            when=when,
            what=title,
            where=marked(record.text("institution", "company")),
            place=marked(record.text("location")),
            body=body("", (*items, *nested)),
        )
    else:
        # A year with what belongs to it.
        yield from (DatedEntry(kind, when=when, what=marked(text)) for text in items)
    record.tell(report)


def claims(path: Path) -> bool:
    """Whether ``path`` is such a folder."""
    return (path / "_bibliography").is_dir()
