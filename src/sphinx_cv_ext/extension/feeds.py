"""The feeds of a site: their formats, and what every page says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx

from sphinx_cv_ext.extension import site
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.features import is_on
from sphinx_cv_ext.extension.locale import _
from sphinx_cv_ext.extension.profile import profile
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.outputs.escaping import in_html

if TYPE_CHECKING:
    from sphinx_cv_ext.outputs.feed import FeedEntry


@frozen
class Feed:
    """A format of feeds: its file, its media type, and the function that writes it.

    ``text`` gets the title, the address of the site, that of the feed, the author and the entries.
    """

    name: str
    media_type: str
    text: Callable[[str, str, str, str, Sequence[FeedEntry]], str]


def _atom(*given: Any) -> str:
    from sphinx_cv_ext.outputs import atom

    return atom.feed(*given)


def _json(*given: Any) -> str:
    from sphinx_cv_ext.outputs import json_feed

    return json_feed.feed(*given)


# Pages name the feeds in every build, but most builds write none; so the formats are loaded by those that do.
FEEDS = (
    Feed("feed.xml", "application/atom+xml", _atom),
    Feed("feed.json", "application/feed+json", _json),
)
"""Every format of feeds."""


def title(app: Sphinx) -> str:
    """The title of the feeds."""
    words = _("Publications and talks of {name}") if Build.of(app.env).gathered.talks else _("Publications of {name}")
    return words.format(name=profile(app.config).name)


def links(app: Sphinx) -> list[str]:
    """The HTML for the head of a page that names the feeds; nothing if no feeds are written."""
    base = site.base(app.config)
    build = Build.of(app.env)
    is_there = bool(build.gathered.talks) or any(publication.date for publication in build.library.listed)
    if not (base and is_on(app.config, "feeds") and is_there):
        return []
    words = in_html(title(app))
    return [
        f'<link rel="alternate" type="{feed.media_type}" title="{words}" href="{in_html(base + feed.name)}">'
        for feed in FEEDS
    ]
