"""The content of a site of HugoBlox, once called Wowchemy and Academic: https://docs.hugoblox.com."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sphinx_cv_ext.diagnostics import Location
from sphinx_cv_ext.importers import bibtex
from sphinx_cv_ext.importers.coauthors import PeopleDraft
from sphinx_cv_ext.importers.dates import period
from sphinx_cv_ext.importers.imported import DatedEntry, Finding, Imported, People, Profile, Report, leading
from sphinx_cv_ext.importers.left_out import tell_of_pages
from sphinx_cv_ext.importers.local_files import with_files, with_names
from sphinx_cv_ext.importers.markup import marked, paragraphs, unmarked
from sphinx_cv_ext.importers.profiles import ProfileDraft, network_kind
from sphinx_cv_ext.importers.records import Record, front_matter
from sphinx_cv_ext.importers.works import people, with_keys, work
from sphinx_cv_ext.model.links import LINK_KINDS, is_on_web, is_safe_url, scheme_of
from sphinx_cv_ext.sources.fields import SYNONYMS
from sphinx_cv_ext.sources.raw import RawEntry

# The numbers are those of older versions.
TYPES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("1", "paper-conference"), ("inproceedings", "booktitle")),
    **dict.fromkeys(("2", "article-journal"), ("article", "journal")),
    **dict.fromkeys(("3", "article", "manuscript"), ("misc", "howpublished")),
    **dict.fromkeys(("4", "report"), ("techreport", "institution")),
    **dict.fromkeys(("5", "book"), ("book", "publisher")),
    **dict.fromkeys(("6", "chapter"), ("incollection", "booktitle")),
    **dict.fromkeys(("7", "thesis"), ("phdthesis", "school")),
    **dict.fromkeys(("8", "patent"), ("patent", "publisher")),
}
"""The BibTeX type of each of HugoBlox's, and the field for what it calls the publication; "misc" for the others."""

_NOT_SHOWN = (
    *("publishDate", "lastmod", "draft", "image", "projects", "slides", "summary", "categories", "share", "profile"),
    *("author_notes", "all_day", "date_end", "authors", "commentable", "editable", "highlight_name", "user_groups"),
    *("superuser", "weight", "widget", "highlight", "math", "type", "abstract_short", "aliases", "show_date", "header"),
)
_PICTURES = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_PUBLICATIONS = ("publication", "publications")
_PEOPLE = "authors"
_OWNERS = ("admin", "me")
_TALKS = ("event", "events", "talk", "talks")


def read(path: Path, report: Report) -> Imported:
    """What the folder ``path`` holds: a site, or its folder ``content``."""
    content = path / "content" if (path / "content").is_dir() else path
    folders_of = sorted(file for file in (content / _PEOPLE).glob("*/_index.md") if file.is_file())
    others = {file.parent.name: front_matter(file, report)[0] for file in folders_of}
    superusers = (folder for folder, record in others.items() if record.text("superuser") == "true")
    mine = next((folder for folder in (*_OWNERS, *superusers) if folder in others), "")
    profile, entries = _author(others.pop(mine), report) if mine else ({}, ())
    # A publication may name its authors by their folders.
    names = {folder: record.text("title") for folder, record in others.items()}
    names |= dict.fromkeys((mine, *_OWNERS), str(profile.get("name", "")))
    files = _pages(content, _PUBLICATIONS)
    works = with_keys(_work(file, names, report) for file in files)
    folders = [(file.parent, content, path / "static", path / "assets/media") for file in files]
    found = with_files(zip(works, folders, strict=True), path, report)
    talks = [entry for file in _pages(content, _TALKS) for entry in _talk(file, report)]
    read_here = (*_PUBLICATIONS, *_TALKS, _PEOPLE)
    tell_of_pages((folder for folder in sorted(content.glob("*/")) if folder.name not in read_here), report)
    return found | Imported(entries=(*entries, *talks), profile=profile, people=_people(others.values(), report))


def _pages(content: Path, names: tuple[str, ...]) -> list[Path]:
    """The page of each folder; where it is there in several languages, the first."""
    found = sorted(file for name in names for file in (content / name).glob("*/index*.md") if file.is_file())
    return [*{file.parent: file for file in reversed(found)}.values()][::-1]


def _author(record: Record, report: Report) -> tuple[Profile, tuple[DatedEntry, ...]]:
    """Whose site it is, and where they worked and learned."""
    profile = ProfileDraft(report)
    profile.put("name", record.text("title") or f"{record.text('first_name')} {record.text('last_name')}")
    profile.put("position", record.text("role"))
    for organization in record.records("organizations")[:1]:
        profile.put("affiliation", organization.text("name"))
        if is_safe_url(organization.text("url")):
            profile.put("affiliation_url", organization.text("url"))
    profile.put("description", record.text("bio"))
    profile.put_all("interests", record.texts("interests"))
    profile.link("email", record.text("email"), record.location)
    for network, address, location in _socials(record):
        profile.link(network, address, location)
    record.skip("first_name", "last_name", "title", *_NOT_SHOWN)
    entries = tuple(_history(record, report))
    record.tell(report)
    return profile.made(), entries


def _socials(record: Record) -> Iterator[tuple[str, str, Location]]:
    """The pages of a person, each with the name of its network."""
    for social in (*record.records("social"), *record.records("profiles")):
        network, address = social.text("icon"), social.text("link", "url")
        # A link within the old site says nothing to anybody else.
        if is_safe_url(address):
            yield network.rpartition("/")[2].removeprefix("at-symbol") or "envelope", address, social.location
        social.skip("icon_pack", "label", "display")


def _people(records: Iterable[Record], report: Report) -> People:
    """The other people of the site, each with their website, or else with the first page that is theirs."""
    people = PeopleDraft(report)
    for record in records:
        found = {network_kind(network) or network: address for network, address, _ in _socials(record)}
        pages = [address for kind, address in found.items() if kind != "orcid" and is_on_web(address)]
        address = found.get("website") or next(iter(pages), "")
        people.put([record.text("title")], address, record.location, found.get("orcid", ""))
    return people.made


def _history(record: Record, report: Report) -> Iterator[DatedEntry]:
    jobs = [("position", job) for job in (*record.records("work"), *record.records("experience"))]
    courses = record.record("education").records("courses") or record.records("education")
    schools = [("education", school) for school in courses if school.has("institution")]
    honors = [("honor", honor) for honor in record.records("awards")]
    for kind, found in (*jobs, *schools, *honors):
        start, end = found.text("date_start", "year", "date"), found.text("date_end")
        yield DatedEntry(
            kind=kind,
            when=period(start, end, found.location, report, goes_on=kind == "position"),
            what=marked(found.text("position", "course", "area", "title")),
            where=marked(found.text("company_name", "company", "institution", "awarder")),
            place=marked(found.text("location")),
            links=leading(found.text("url", "company_url")),
            body=paragraphs(found.text("summary", "description")),
        )


def _work(file: Path, people_of: Mapping[str, str], report: Report) -> RawEntry:
    """A publication; ``people_of`` are the names of those who have a folder."""
    record, _body = front_matter(file, report)
    types = record.texts("publication_types")
    kind, within = TYPES.get(types[0] if types else "", ("misc", "howpublished"))
    # A user of the site is named by the folder: "admin".
    names = [people_of.get(name) or name for name in record.texts("authors")]
    links = _links(record, report)
    pictures = sorted(picture.name for picture in file.parent.glob("featured.*") if picture.suffix in _PICTURES)
    values = {
        "author": people(map(unmarked, names)),
        "title": unmarked(record.text("title")),
        within: re.sub(r"^In:?\s+", "", unmarked(record.text("publication"))),
        "abbr": re.sub(r"^In:?\s+", "", unmarked(record.text("publication_short"))),
        "date": record.text("date", "publishDate"),
        "doi": record.text("doi"),
        "keywords": ", ".join(record.texts("tags")),
        "abstract": unmarked(record.text("abstract")),
        "selected": "true" if record.text("featured") == "true" else "",
        **{kind: address for kind, address in links.items() if scheme_of(address)},
    }
    here = {kind: name for kind, name in links.items() if not scheme_of(name)}
    if pictures:
        here["preview"] = pictures[0]
    record.skip(*_NOT_SHOWN)
    record.tell(report)
    made = work(kind, values, record.location, report)
    made = with_names(made, here)
    cite = next(iter(sorted(file.parent.glob("*.bib"))), None)
    exact = bibtex.entries([cite], report) if cite else []
    if not exact:
        return made
    # What the .bib file says is the more exact; the page knows of links and of what is featured.
    known = {SYNONYMS.get(name, name) for name in exact[0].fields}
    more = {name: field for name, field in made.fields.items() if _is_more(name, known)}
    return RawEntry(exact[0].type, exact[0].key, {**exact[0].fields, **more}, exact[0].location)


def _is_more(name: str, known: set[str]) -> bool:
    dated = name == "date" and known & {"year", "date"}
    within = name in ("howpublished", "booktitle", "publisher", "journal", "school", "institution")
    return name not in known and not dated and not within


def _links(record: Record, report: Report) -> dict[str, str]:
    found = {}
    for name in record.names():
        kind = SYNONYMS.get(name, "") if name.startswith("url_") else ""
        if kind and (address := record.text(name)):
            found[kind] = address
    for link in (*record.records("links"), *record.records("hugoblox")):
        name, address = link.text("name", "type").lower(), link.text("url")
        if name in LINK_KINDS and address:
            found.setdefault(name, address)
        elif address:
            report(Finding(link.location, f"there is no link of the kind {name!r}"))
        link.skip("icon", "icon_pack")
    return found


def _talk(file: Path, report: Report) -> Iterator[DatedEntry]:
    record, body = front_matter(file, report)
    if not record:
        return
    links = {}
    for kind, address in _links(record, report).items():
        if is_safe_url(address):
            links[kind] = address
        else:
            report(Finding(record.location, f"{address!r} is a file of the old site, or no safe address"))
    place = record.record("address")
    places = (place.text(name) for name in ("city", "country"))
    yield DatedEntry(
        kind="talk",
        when=period(record.text("date"), "", record.location, report),
        what=marked(record.text("title")),
        where=marked(record.text("event")),
        place=marked(", ".join(filter(None, places)) or record.text("location")),
        links=links | leading(record.text("event_url")),
        body=paragraphs(record.text("abstract") or body),
    )
    record.skip("location", "tags", "featured", *_NOT_SHOWN)
    record.tell(report)


def claims(path: Path) -> bool:
    """Whether ``path`` is such a folder."""
    content = path / "content" if (path / "content").is_dir() else path
    return any((content / name).is_dir() for name in (*_PUBLICATIONS, _PEOPLE))
