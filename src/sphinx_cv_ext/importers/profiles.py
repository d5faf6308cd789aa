"""Puts a profile together from the values of a source, which may have other names."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_cv_ext.diagnostics import Diagnostic, Location
from sphinx_cv_ext.importers.imported import Finding, Profile, Report
from sphinx_cv_ext.importers.markup import unmarked
from sphinx_cv_ext.model.links import LINK_KINDS
from sphinx_cv_ext.sources.links import Files, identifier, parse_link

_NETWORKS = {
    **{name: name for name in ("github", "linkedin", "orcid", "mastodon", "bluesky", "dblp", "email", "website")},
    **dict.fromkeys(("scholar", "googlescholar", "googlescholarid", "scholaruserid", "graduationcap"), "scholar"),
    **dict.fromkeys(("twitter", "x", "twitterusername", "xusername"), "twitter"),
    **dict.fromkeys(("envelope", "mail"), "email"),
    **dict.fromkeys(("homepage", "home", "house", "url", "uri", "globe", "link", "workurl"), "website"),
    "blueskyurl": "bluesky",
    "githubusername": "github",
    "mastodonusername": "mastodon",
    "linkedinusername": "linkedin",
    "orcidid": "orcid",
    "dblpurl": "dblp",
}
"""Kinds of links by the names that other tools have for them, in lower case and without punctuation."""


class ProfileDraft:
    """A profile while it is put together; what it cannot hold is reported."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._values: Profile = {}
        self._links: dict[str, str] = {}
        self._urls: dict[str, str] = {}

    def put(self, name: str, text: str) -> None:
        """Set a value of ``cv_profile``, if it is not set yet; markup is dropped."""
        if words := unmarked(text):
            self._values.setdefault(name, words)

    def put_all(self, name: str, texts: Iterable[str]) -> None:
        """Set a list of values."""
        if words := tuple(filter(None, map(unmarked, texts))):
            self._values.setdefault(name, words)

    def link(self, network: str, address: str, location: Location) -> None:
        """Set a link to a page or an account of the person; ``network`` is the source's name for its kind."""
        kind = network_kind(network)
        if not address or not kind:
            if address:
                self._report(Finding(location, f"there is no link of the kind {network!r}"))
            return
        address = address.strip()
        if kind == "email":
            address = address.removeprefix("mailto:")
        problems: list[Diagnostic] = []
        link = parse_link(LINK_KINDS[kind], address, Files(), location, problems.append)
        if not link:
            self._report(Finding(location, f"the link {network!r}: {problems[0].problem}"))
        elif self._urls.setdefault(kind, link.url) != link.url:
            self._report(Finding(location, f"there is a link {kind!r} already; {address!r} is a second one"))
        elif kind in ("email", "orcid"):
            self._values.setdefault(kind, identifier("orcid", address) if kind == "orcid" else address)
        else:
            self._links.setdefault(kind, address)

    def made(self) -> Profile:
        """The finished profile."""
        links: Profile = {"links": self._links} if self._links else {}
        return {**self._values, **links}


def network_kind(network: str) -> str:
    """Our kind of link for a source's name ``network``; empty if there is none."""
    return _NETWORKS.get("".join(c for c in network.lower() if c.isalnum()), "")
