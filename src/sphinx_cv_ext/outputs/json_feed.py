"""Publications as a JSON Feed: https://www.jsonfeed.org/version/1.1/ ."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.outputs.feed import FeedEntry, moment, newest_first
from sphinx_cv_ext.outputs.lines import one_line

VERSION = "https://jsonfeed.org/version/1.1"

_SURROGATES = pattern("[\ud800-\udfff]")


def feed(title: str, site_url: str, feed_url: str, author: str, entries: Iterable[FeedEntry]) -> str:
    """The whole document, with the newest entry first; it depends only on the arguments. All addresses are absolute.

    ``author`` is the site's owner. Entries without a date are left out, as in the Atom feed. The format has no date for
    the feed itself.
    """
    document = {
        "version": VERSION,
        "title": one_line(title),
        "home_page_url": site_url,
        "feed_url": feed_url,
        "authors": [{"name": author, "url": site_url}] if author.strip() else [],
        "items": [_item(entry) for entry in newest_first(entries)],
    }
    kept = {name: value for name, value in document.items() if value or name in ("title", "items")}
    return _SURROGATES.sub("", json.dumps(kept, ensure_ascii=False, indent=1)) + "\n"


def _item(entry: FeedEntry) -> dict[str, Any]:
    """The item of an entry; it must have an id, and content."""
    content = entry.content.strip() or entry.summary.strip() or entry.title
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": one_line(entry.title),
        "summary": one_line(entry.summary),
        "content_text": content,
        "date_published": moment(entry.published),
        "authors": [{"name": name} for name in map(one_line, entry.authors) if name],
        "tags": [tag for tag in map(one_line, entry.categories) if tag],
        "language": entry.language,
    }
    return {name: value for name, value in item.items() if value or name == "content_text"}
