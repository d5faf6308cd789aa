"""Publications as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from sphinx_cv_ext.model.dates import Date
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.outputs.feed import FeedEntry, moment, newest_first
from sphinx_cv_ext.outputs.lines import one_line

# XML 1.0, section 2.2, production 2.
_NOT_IN_XML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# RFC 4287, section 2.
_LANGUAGE = pattern(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
# The date of a feed without entries, because RFC 4287, section 4.1.1, demands one.
_NEVER = Date(1970)


def feed(title: str, site_url: str, feed_url: str, author: str, entries: Iterable[FeedEntry]) -> str:
    """The whole document; it depends only on the arguments. All addresses are absolute.

    ``author`` is the site's owner, to whom entries without authors are attributed. Entries without a date are left out,
    because Atom requires one.
    """
    dated = newest_first(entries)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        _element("id", feed_url),
        _element("title", title),
        _element("updated", moment(dated[0].published if dated else _NEVER)),
        f"<author>{_element('name', author or title)}{_element('uri', site_url)}</author>",
        _empty("link", rel="alternate", type="text/html", href=site_url),
        _empty("link", rel="self", type="application/atom+xml", href=feed_url),
        *(line for entry in dated for line in _entry(entry)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(entry: FeedEntry) -> Iterator[str]:
    """The lines of an entry, with the elements that RFC 4287, section 4.1.2, requires."""
    language = entry.language
    yield f'<entry xml:lang="{language}">' if _LANGUAGE.fullmatch(language) else "<entry>"
    yield _element("id", entry.id)
    yield _element("title", entry.title)
    yield _element("updated", moment(entry.published))
    yield _element("published", moment(entry.published))
    for name in filter(None, map(_line, entry.authors)):
        yield f"<author>{_element('name', name)}</author>"
    yield _empty("link", rel="alternate", type="text/html", href=entry.url)
    for category in filter(None, map(_line, entry.categories)):
        yield _empty("category", term=category)
    if _line(entry.summary):
        yield _element("summary", entry.summary)
    if _line(entry.content):
        yield f"<content>{escape(_legal(entry.content).strip(), quote=False)}</content>"
    yield "</entry>"


def _element(name: str, value: str) -> str:
    return f"<{name}>{escape(_line(value), quote=False)}</{name}>"


def _empty(name: str, **attributes: str) -> str:
    written = [f'{key}="{escape(_line(value))}"' for key, value in attributes.items()]
    return f"<{name} {' '.join(written)}/>"


def _line(value: str) -> str:
    return one_line(_legal(value))


def _legal(value: str) -> str:
    """``value`` without characters that are illegal in XML, and with the line ends of XML."""
    return _NOT_IN_XML.sub("", value).replace("\r\n", "\n").replace("\r", "\n")
