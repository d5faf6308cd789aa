"""The site's owner: one table of what ``cv_profile`` may say, and the profile that is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, suggestion
from sphinx_cv_ext.extension import tables
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.links import LINK_KINDS, Link, LinkKind
from sphinx_cv_ext.model.people import Name, Owner
from sphinx_cv_ext.model.profile import Profile
from sphinx_cv_ext.model.titles import without_titles
from sphinx_cv_ext.sources.links import Files, identifier, parse_link
from sphinx_cv_ext.sources.names import parse_names

CONF = Location("conf.py")


def text(value: object) -> str:
    """A text on one line; a TypeError for anything else, as for all readers of values."""
    if not isinstance(value, str):
        raise TypeError("a string")
    return " ".join(value.split())


def texts(value: object) -> tuple[str, ...]:
    """Several texts, or a single one."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple):
        raise TypeError("a list of strings")
    return tuple(filter(None, map(text, values)))


def _links(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError('a dictionary such as {"github": "ada-example"}')
    return {text(kind): text(address) for kind, address in value.items()}


@frozen
class SettingField:
    """A key of a setting such as ``cv_profile``. The guide shows ``meaning``.

    ``read`` checks its value, or raises a TypeError that says what it may be.
    """

    read: Callable[[object], Any]
    meaning: str


PROFILE_FIELDS: dict[str, SettingField] = {
    "name": SettingField(text, "Your name, as pages show it."),
    "native_name": SettingField(
        text, "Your name in another script. It is recognised among authors, too, and shown at the top of CVs."
    ),
    "spellings": SettingField(texts, "A list of all other ways in which your name is written among authors."),
    "orcid": SettingField(text, "Your ORCID iD, with or without its URL."),
    "position": SettingField(text, "Your job, such as `Research Scientist`."),
    "affiliation": SettingField(text, "Where you work: the university or company."),
    "affiliation_url": SettingField(text, "Its web page."),
    "alumni_of": SettingField(texts, "A list of the schools where you took your degrees."),
    "interests": SettingField(
        texts, "A list of your fields of work; `{profile}` shows them if `:show:` names `interests`."
    ),
    "description": SettingField(
        text,
        "One sentence about you, for search engines and shared links; the section `profile` of a CV begins with it.",
    ),
    "image": SettingField(text, "Your portrait: a picture file, relative to the folder of the pages."),
    "email": SettingField(text, "Your e-mail address, if you want it to be public."),
    "links": SettingField(
        _links, "A dictionary from a kind of link, such as `github`, to an address or your name there."
    ),
}
"""The keys of ``cv_profile``."""

# What people call some kinds of links.
_MEANT = {
    **dict.fromkeys(("homepage", "home", "web", "www"), "'website'"),
    **dict.fromkeys(("google-scholar", "google_scholar", "googlescholar", "gscholar"), "'scholar'"),
    **dict.fromkeys(("x", "x.com"), "'twitter'"),
    **dict.fromkeys(("mail", "e-mail"), "'email'"),
}


def checked(given: object, kinds: Mapping[str, LinkKind]) -> dict[str, Any]:
    """``cv_profile`` with everything in it that can be used, in the order of `PROFILE_FIELDS`; the rest is reported.

    ``kinds`` are the kinds of links that are known.
    """
    if not isinstance(given, dict):
        refuse("cv_profile", given, "it counts as empty", 'a dictionary such as {"name": "Ada Example"}')
        return {}
    found = fields("cv_profile", given, PROFILE_FIELDS)
    if address := found.pop("affiliation_url", ""):
        website = parse_link(LINK_KINDS["website"], address, Files(), CONF, warn)
        found |= {"affiliation_url": website.url} if website else {}
    addresses = {kind: found[kind] for kind in ("orcid", "email") if found.get(kind)} | found.get("links", {})
    if addresses:
        found["links"] = dict(_known(addresses, kinds))
    return {key: found[key] for key in PROFILE_FIELDS if key in found}


def fields(name: str, given: Mapping[object, object], known: Mapping[str, SettingField]) -> dict[str, Any]:
    """The values of the setting ``name`` that can be used, of the keys that are ``known``; the rest is reported."""
    found: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            problem = f"{name} has no key {key!r} {suggestion(str(key), known)}"
            warn(Diagnostic(Code.SETTING_INVALID, CONF, problem, "it is ignored"))
            continue
        try:
            found[str(key)] = known[str(key)].read(value)
        except TypeError as error:
            refuse(f"{name}[{key!r}]", value, "it is ignored", str(error))
    return found


def refuse(name: str, value: object, fallback: str, may_be: str) -> None:
    """Report a ``value`` in conf.py that cannot be used."""
    warn(Diagnostic(Code.SETTING_INVALID, CONF, f"{name} cannot be {value!r}, only {may_be}", fallback))


def _known(links: Mapping[str, str], kinds: Mapping[str, LinkKind]) -> Iterator[tuple[str, str]]:
    """The links that can be used, by kind: those of known kinds with safe addresses. The others are reported."""
    for name, address in links.items():
        kind = kinds.get(name.lower())
        if not kind:
            problem = f"cv_profile['links'] has no kind {name!r} {suggestion(name, kinds, _MEANT)}".rstrip()
            warn(Diagnostic(Code.SETTING_INVALID, CONF, problem, "it is ignored"))
        elif link := parse_link(kind, address, Files(), CONF, warn):
            yield kind.name, link.url


def profile(config: Config, image_url: str = "") -> Profile:
    """The profile that ``cv_profile`` describes; without a name in it, the name of the project is used.

    ``image_url`` is the address of the portrait on the finished site.
    """
    given: dict[str, Any] = config.cv_profile
    plain = {key: value for key, value in given.items() if key not in ("orcid", "links", "image")}
    addresses: Mapping[str, str] = given.get("links", {})
    kinds = tables.link_kinds(config)
    links = tuple(Link(kind, url=addresses[name]) for name, kind in kinds.items() if name in addresses)
    orcid = identifier("orcid", given.get("orcid", ""))
    return Profile(**{"name": config.project, **plain, "orcid": orcid, "links": links, "image_url": image_url})


def portrait(app: Sphinx) -> str:
    """The address of the portrait, as seen from the top of the site; empty if no page shows it."""
    name = app.builder.images.get(app.config.cv_profile.get("image", ""), "")
    return f"{app.builder.imagedir}/{name}" if name else ""


def owner(config: Config) -> Owner:
    """The owner, to be looked for among authors; nobody if ``cv_profile`` has no name."""
    given: dict[str, Any] = config.cv_profile
    return Owner(_names(given), identifier("orcid", given.get("orcid", "")))


def _names(given: Mapping[str, Any]) -> Iterator[Name]:
    name = given.get("name", "")
    yield from spelled((name, without_titles(name), given.get("native_name", ""), *given.get("spellings", ())))


def spelled(given: Iterable[str]) -> Iterator[Name]:
    """The names that are written in conf.py as ``given``."""
    for written in filter(None, given):
        names, _ = parse_names(written, CONF, warn)
        yield from (name.name for name in names)
        if len(names) > 1:  # A group that has an "and" in its name.
            yield Name(written)
