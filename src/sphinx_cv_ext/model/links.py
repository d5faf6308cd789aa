"""The kinds of links of publications and persons, one table, and the rules for safe addresses."""

from __future__ import annotations

from urllib.parse import urlsplit

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern

_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "ftp"})
# RFC 3986, section 3.1. Browsers ignore controls and blanks before an address, and \t, \n and \r anywhere in it (WHATWG
# URL Standard, section 4.4).
_SCHEME = pattern(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\-\t\n\r]*)(?=:)")
# Nearly all addresses are like this, and need no further tests.
_ORDINARY_URL = pattern(r"https?://[A-Za-z0-9.-]+(?:[/?#][!-~]*)?")
_NOT_IN_URLS = pattern(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def scheme_of(address: str) -> str:
    """The scheme of an address as a browser would read it, in lower case; empty if it has none."""
    match = _SCHEME.match(address)
    return "".join(match[1].split()).lower() if match else ""


def is_safe_url(address: str) -> bool:
    """Whether ``address`` is a complete URL that a page may link to: http, https, mailto or ftp, without blanks.

    A URL with a user name before the host is not allowed: it reveals a password, or pretends to lead elsewhere.
    """
    if _ORDINARY_URL.fullmatch(address):
        return True
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return scheme_of(address) in _SAFE_SCHEMES and not _NOT_IN_URLS.search(address) and parts.username is None


def is_on_web(address: str) -> bool:
    """Whether ``address`` is a safe URL with http or https."""
    if _ORDINARY_URL.fullmatch(address):
        return True
    return scheme_of(address) in ("http", "https") and is_safe_url(address)


# Characters that have to be percent-encoded in a URL; browsers would do it anyway (WHATWG URL Standard, section 4.3).
_UP_TO_PATH = pattern(r"[a-zA-Z][\w+.-]*://[^/?#]*")
_TO_ENCODE = pattern(r"""["<>\\^`{|}\[\]]|%(?![0-9A-Fa-f]{2})""")


def well_formed(url: str) -> str:
    """``url`` with illegal characters percent-encoded; brackets around an IPv6 address stay."""
    if not _TO_ENCODE.search(url):
        return url
    start = _UP_TO_PATH.match(url)
    head = start[0] if start else ""
    return head + _TO_ENCODE.sub(lambda match: f"%{ord(match[0]):02X}", url[len(head) :])


@frozen
class LinkKind:
    """A kind of link: ``name`` is the field and the option for it, ``label`` the word on its button.

    ``template`` is for kinds whose value may be an identifier: it makes the URL, with ``{}`` for the identifier.
    """

    name: str
    label: str
    template: str = ""


LINK_KINDS: dict[str, LinkKind] = {
    kind.name: kind
    for kind in (
        LinkKind("paper", "Paper"),
        LinkKind("pdf", "PDF"),
        LinkKind("html", "HTML"),
        LinkKind("doi", "DOI", "https://doi.org/{}"),
        LinkKind("arxiv", "arXiv", "https://arxiv.org/abs/{}"),
        LinkKind("hal", "HAL", "https://hal.science/{}"),
        LinkKind("pubmed", "PubMed", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
        LinkKind("preprint", "Preprint"),
        LinkKind("openreview", "OpenReview", "https://openreview.net/forum?id={}"),
        LinkKind("supplementary", "Supplementary"),
        LinkKind("code", "Code"),
        LinkKind("dataset", "Dataset"),
        LinkKind("model", "Model"),
        LinkKind("demo", "Demo"),
        LinkKind("slides", "Slides"),
        LinkKind("video", "Video"),
        LinkKind("poster", "Poster"),
        LinkKind("blog", "Blog"),
        LinkKind("media", "Media"),
        LinkKind("website", "Website"),
        LinkKind("url", "Web page"),
        LinkKind("scholar", "Google Scholar", "https://scholar.google.com/citations?user={}"),
        LinkKind("orcid", "ORCID", "https://orcid.org/{}"),
        LinkKind("dblp", "DBLP", "https://dblp.org/pid/{}"),
        LinkKind("github", "GitHub", "https://github.com/{}"),
        LinkKind("linkedin", "LinkedIn", "https://www.linkedin.com/in/{}/"),
        LinkKind("mastodon", "Mastodon"),
        LinkKind("bluesky", "Bluesky", "https://bsky.app/profile/{}"),
        LinkKind("twitter", "X", "https://x.com/{}"),
        LinkKind("email", "E-mail", "mailto:{}"),
        LinkKind("cv", "CV"),
    )
}
"""Every kind of link, in the order in which pages show links."""


@frozen
class Link:
    """A link, either to a safe ``url`` or to a local ``file`` (an absolute path) that becomes part of the site."""

    kind: LinkKind
    url: str = ""
    file: str = ""
