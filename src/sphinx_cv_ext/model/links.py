"""What a publication or a person can be linked to: one table of kinds, and which addresses are safe."""

from __future__ import annotations

from urllib.parse import urlsplit

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern

_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "ftp"})
# RFC 3986, section 3.1. Browsers drop what stands before an address, and \t, \n and \r anywhere in it (WHATWG URL
# Standard, section 4.4).
_SCHEME = pattern(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\-\t\n\r]*)(?=:)")
# Nearly all are like this, and need no closer look.
_ORDINARY_URL = pattern(r"https?://[A-Za-z0-9.-]+(?:[/?#][!-~]*)?")
_NOT_IN_URLS = pattern(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def scheme_of(address: str) -> str:
    """The scheme of an address in lower case as a browser would read it; empty where it has none."""
    match = _SCHEME.match(address)
    return "".join(match[1].split()).lower() if match else ""


def is_safe_url(address: str) -> bool:
    """Whether ``address`` is a whole URL that a page may link to: http, https, mailto or ftp, and no blanks.

    One that names a user before the host is none: it gives a password away, or pretends to lead elsewhere.
    """
    if _ORDINARY_URL.fullmatch(address):
        return True
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return scheme_of(address) in _SAFE_SCHEMES and not _NOT_IN_URLS.search(address) and parts.username is None


def is_on_web(address: str) -> bool:
    """Whether ``address`` is such a URL of a page or a file on the web: http or https."""
    if _ORDINARY_URL.fullmatch(address):
        return True
    return scheme_of(address) in ("http", "https") and is_safe_url(address)


# What a URL holds only in percent-encoding, and browsers encode anyway (WHATWG URL Standard, section 4.3).
_UP_TO_PATH = pattern(r"[a-zA-Z][\w+.-]*://[^/?#]*")
_TO_ENCODE = pattern(r"""["<>\\^`{|}\[\]]|%(?![0-9A-Fa-f]{2})""")


def well_formed(url: str) -> str:
    """``url`` with what must not stand in one percent-encoded; brackets stay around the number of a host."""
    if not _TO_ENCODE.search(url):
        return url
    start = _UP_TO_PATH.match(url)
    head = start[0] if start else ""
    return head + _TO_ENCODE.sub(lambda match: f"%{ord(match[0]):02X}", url[len(head) :])


@frozen
class LinkKind:
    """A kind of link: the field and option it is written in, and the word on its button.

    ``template`` makes a URL of an identifier (``{}`` stands for it) for kinds whose value need not be a URL.
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
"""Every kind of link, in the order in which links stand on a page."""


@frozen
class Link:
    """A link of one kind: to a safe ``url``, or to a local ``file`` (an absolute path) that goes with the site."""

    kind: LinkKind
    url: str = ""
    file: str = ""
