"""A CV in the format of JSON Resume, version 1.0.0: https://jsonresume.org/schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sphinx_cv_ext.model.cv import Bullets, Entry, texts
from sphinx_cv_ext.model.links import Link
from sphinx_cv_ext.model.profile import Profile
from sphinx_cv_ext.outputs import parts
from sphinx_cv_ext.outputs.cv_document import Document, Item
from sphinx_cv_ext.outputs.lines import plain_line
from sphinx_cv_ext.outputs.words import Plural, names_end

_SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"

Node = dict[str, Any]


def text(document: Document) -> str:
    """The whole file."""
    return json.dumps(resume(document), ensure_ascii=False, indent=2) + "\n"


def resume(document: Document) -> Node:
    """The resume, without empty values."""
    made: Node = {"$schema": _SCHEMA, "basics": _basics(document)}
    works: dict[int, Node] = {}
    for section in document.sections:
        for item in section.items:
            if item.entry:
                name = item.entry.kind.resume
                found = _full(SECTIONS[name](item))
                made.setdefault(name, []).extend([found] if found else [])
            elif item.publication and item.number not in works:
                works[item.number] = _publication(item, document.words.plural)
    interests = [{"name": interest} for interest in document.owner.interests]
    return _full({**made, "publications": [*works.values()], "interests": interests})


def _basics(document: Document) -> Node:
    owner = document.owner
    site = document.contacts[0][1] if document.contacts else ""
    return _full(
        {
            "name": owner.name,
            "label": owner.position,
            "image": owner.image_url,
            "email": owner.email,
            "url": site if site.startswith("http") else "",
            "summary": owner.description,
            "profiles": [*_profiles(owner)],
        }
    )


def _profiles(owner: Profile) -> Iterator[Node]:
    for link in owner.links:
        if link.url.startswith("http"):
            yield _full({"network": link.kind.label, "username": _username(link), "url": link.url})


def _username(link: Link) -> str:
    """The user name in the address of a profile; empty if there is none."""
    address = urlsplit(link.url)
    if address.query:  # as Google Scholar has it
        return parse_qs(address.query).get("user", [""])[0]
    before = link.kind.template.partition("{}")[0]
    if before and link.url.startswith(before):
        return link.url.removeprefix(before).rstrip("/")
    return address.path.rstrip("/").rpartition("/")[2]


def _publication(item: Item, plural: Plural) -> Node:
    work = item.publication
    assert work
    names = ", ".join(str(author.name) for author in work.authors) + names_end(work, plural)
    summary = [names, *item.badges]
    return _full(
        {
            "name": plain_line(item.lead),
            "publisher": work.venue.name or work.venue.short or parts.publisher(work),
            "releaseDate": work.date.iso if work.date else "",
            "url": parts.address(work) or next((url for _words, url in item.links), ""),
            "summary": ". ".join(filter(None, summary)),
        }
    )


def _dates(entry: Entry) -> Node:
    return {"startDate": entry.start, "endDate": entry.end}


def _texts(item: Item, named: str = "") -> Node:
    """The text below an entry: paragraphs as a summary, the items of lists as highlights.

    The summary begins with the role and the amount, for which the format has no place, unless the role is ``named``.
    """
    entry = _entry(item)
    facts = [text for text in map(plain_line, (entry.role, entry.amount)) if text and text != named]
    summary = [", ".join(facts)] if facts else []
    summary += [plain_line(line) for line in item.lines]
    highlights: list[str] = []
    for block in item.body:
        match block:
            case Bullets(items):
                highlights += [" ".join(map(plain_line, texts(inner))) for inner in items]
            case _:
                summary += map(plain_line, texts((block,)))
    return {"summary": "\n".join(summary), "highlights": highlights}


def _entry(item: Item) -> Entry:
    assert item.entry
    return item.entry


def _url(entry: Entry) -> str:
    return next(filter(None, (entry.url, *(link.url for link in entry.links))), "")


def _work(item: Item) -> Node:
    entry = _entry(item)
    position = plain_line(entry.what or entry.role)
    named = {"name": plain_line(entry.where), "position": position, "location": plain_line(entry.place)}
    return {**named, "url": _url(entry), **_dates(entry), **_texts(item, position)}


def _education(item: Item) -> Node:
    entry = _entry(item)
    # The format has separate properties for the degree and its field in "Ph.D. in Physics".
    degree, _in, area = plain_line(entry.what).partition(" in ")
    named = {"institution": plain_line(entry.where), "studyType": degree, "area": area}
    # For texts the schema has only "courses" here, but it allows the properties that other sections have for them.
    return {**named, "url": _url(entry), **_dates(entry), **_texts(item)}


def _volunteer(item: Item) -> Node:
    entry = _entry(item)
    where = ", ".join(filter(None, (plain_line(entry.where), plain_line(entry.place))))
    position = plain_line(entry.what or entry.role)
    return {
        "organization": where,
        "position": position,
        "url": _url(entry),
        **_dates(entry),
        **_texts(item, position),
    }


def _award(item: Item) -> Node:
    entry = _entry(item)
    said = _texts(item)
    summary = "\n".join(filter(None, (said["summary"], *said["highlights"])))
    return {
        "title": plain_line(entry.what),
        "date": entry.start,
        "awarder": plain_line(entry.where),
        "summary": summary,
    }


def _project(item: Item) -> Node:
    """A project: the section for all kinds without one of their own; the schema names talks as a type of project."""
    entry = _entry(item)
    role = plain_line(entry.role)
    said = _texts(item, role)
    entity = ", ".join(filter(None, (plain_line(entry.where), plain_line(entry.place))))
    named = {"name": plain_line(entry.what) or plain_line(entry.where), "entity": entity, "type": entry.kind.name}
    about = {"roles": [role] if role else [], "description": said["summary"], "highlights": said["highlights"]}
    return {**named, **about, "url": _url(entry), **_dates(entry)}


SECTIONS: dict[str, Callable[[Item], Node]] = {
    "work": _work,
    "education": _education,
    "volunteer": _volunteer,
    "awards": _award,
    "projects": _project,
}
"""The sections of the format for dated entries, and the functions that make their items."""


def _full(node: Node) -> Node:
    return {name: value for name, value in node.items() if value}
