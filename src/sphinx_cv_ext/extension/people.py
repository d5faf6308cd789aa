"""The people in ``cv_people``: one table of what may be said of each, and who they are for lists and pages."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from sphinx.config import Config
from sphinx.project import EXCLUDE_PATHS
from sphinx.util.matching import get_matching_files

from sphinx_cv_ext.diagnostics import Code, Diagnostic
from sphinx_cv_ext.extension.profile import CONF, SettingField, fields, refuse, spelled, text, texts
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.model.links import LINK_KINDS, scheme_of
from sphinx_cv_ext.model.people import People, Person
from sphinx_cv_ext.model.titles import without_titles
from sphinx_cv_ext.sources.links import Files, clean_url, identifier, parse_link

PERSON_FIELDS: dict[str, SettingField] = {
    "url": SettingField(text, "The address of their page, or the name of a page of this site, such as `members/bo`."),
    "spellings": SettingField(texts, "A list of all other ways in which the name is written among authors."),
    "orcid": SettingField(text, "Their ORCID iD, with or without its URL; without `url`, the name leads to its page."),
}
"""The keys of a person in ``cv_people``."""

_MAY_BE = 'an address such as "https://example.org/bo" or a dictionary such as {"url": "https://example.org/bo"}'
_NO_LINK = "the name leads nowhere"


def checked(config: Config, srcdir: Path) -> dict[str, dict[str, Any]]:
    """``cv_people`` with everything in it that can be used; the rest is reported.

    Each person has a ``url`` or a ``page``, and perhaps ``spellings`` and an ``orcid``. The files of pages are in
    ``srcdir``.
    """
    found: dict[str, dict[str, Any]] = {}
    find_page = _finder(config, srcdir)
    for name, value in config.cv_people.items():
        said = {"url": value} if isinstance(value, str) else value
        if not isinstance(said, dict) or not isinstance(name, str):
            refuse(f"cv_people[{name!r}]", value, _NO_LINK, _MAY_BE)
            continue
        person = fields(f"cv_people[{name!r}]", said, PERSON_FIELDS)
        link = parse_link(LINK_KINDS["orcid"], person["orcid"], Files(), CONF, warn) if person.get("orcid") else None
        known = {"orcid": identifier("orcid", person["orcid"])} if link else {}
        place = _place(name, person["url"], find_page) if person.get("url") else {}
        if not place and link:
            place = {"url": link.url}
        elif not (said.get("url") or said.get("orcid")):
            problem = f"cv_people[{name!r}] has neither 'url' nor 'orcid'"
            warn(Diagnostic(Code.SETTING_INVALID, CONF, problem, _NO_LINK))
        if place:
            found[name] = {**place, **known, "spellings": person.get("spellings", ())}
    return found


def _finder(config: Config, srcdir: Path) -> Callable[[str], str]:
    """A function that gives the name of the page for a path; empty if the site has no such page."""

    @cache
    def pages() -> frozenset[str]:
        # Sphinx itself looks for them only after it has compared the settings with those of the last build.
        left_out = [*config.exclude_patterns, *config.templates_path, *EXCLUDE_PATHS]
        files = [*get_matching_files(srcdir, config.include_patterns, left_out)]
        return frozenset(file.removesuffix(end) for end in config.source_suffix for file in files if file.endswith(end))

    def find(path: str) -> str:
        page = posixpath.normpath(path.strip("/"))
        names = (page, *(page.removesuffix(ending) for ending in (*config.source_suffix, ".html")))
        return next((name for name in names if name in pages()), "")

    return find


def _place(name: str, address: str, find_page: Callable[[str], str]) -> dict[str, str]:
    """Where the name leads: a ``url`` on the web, or a ``page`` of the site; empty, with a report, if it is neither."""
    if scheme_of(clean_url(address)) or address.startswith(("//", "www.")):
        link = parse_link(LINK_KINDS["website"], address, Files(), CONF, warn)
        return {"url": link.url} if link else {}
    path, number_sign, target = address.partition("#")
    if page := find_page(path):
        return {"page": f"{page}{number_sign}{target}"}
    problem = (
        f"cv_people[{name!r}]: {address!r} is neither a page of this site nor an address that begins with https://"
    )
    warn(Diagnostic(Code.SETTING_INVALID, CONF, problem, _NO_LINK))
    return {}


def people(config: Config) -> People:
    """The people that ``cv_people`` names; a spelling that two of them share is reported."""
    found: list[Person] = []
    first: dict[str, str] = {}
    for name, said in config.cv_people.items():
        written = dict.fromkeys((name, without_titles(name), *said["spellings"]))
        for spelling in written:
            if first.setdefault(spelling, name) != name:
                problem = f"cv_people: {spelling!r} is written for {first[spelling]!r} and for {name!r}"
                warn(Diagnostic(Code.SETTING_INVALID, CONF, problem, "it leads to the page of the first"))
        given = {key: value for key, value in said.items() if key != "spellings"}
        found.append(Person(name, tuple(spelled(written)), **given))
    return People(found)
