"""Open Graph tags for publications' pages: sphinxext-opengraph writes them once, and they are filled in for each page.

Asking it for every page would be slow: it parses the title as HTML and walks through a document.
"""

from __future__ import annotations

from functools import cache
from html import escape, unescape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import new_document

from sphinx_cv_ext.extension import social
from sphinx_cv_ext.extension.shells import Form, Shell, leaf_of, stand_in
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.lines import title_line

_PROBE = "&amp;&lt;b&gt;  \"'"
_FORM = Form(
    {"title": _PROBE, "summary": _PROBE},
    (
        lambda text: text,
        lambda text: text.replace('"', "&quot;"),
        lambda text: unescape(text).replace('"', "&quot;"),
    ),
)
# sphinxext-opengraph adds a description to pages that have none.
_DESCRIPTION = '<meta name="description" content="…">'


class SocialTags:
    """Writes the Open Graph tags of publications' pages."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._is_on = social.has_tags(app)
        self._draws = social.draws(app)
        cards: dict[str, Any] = (self._is_on and app.config.ogp_social_cards) or {}
        # Otherwise it draws a picture of its own for each page, whose address cannot be filled in.
        self._are_alike = self._draws or cards.get("enable") is False
        self._shell = cache(self._shell_in)

    def of(self, name: str, publication: Publication, summary: str) -> str:
        """The tags of the page ``name``, with ``summary`` as the description; empty if tags are switched off."""
        if not self._is_on:
            return ""
        values = {
            "title": escape(title_line(publication), quote=False),
            "summary": escape(summary, quote=False),
        }
        leaf = leaf_of(name)
        if leaf and self._are_alike and (shell := self._shell(name.rpartition("/")[0], bool(summary))):
            return _FORM.filled(shell, leaf, values)
        return self._asked(name, **values)

    def _shell_in(self, folder: str, has_summary: bool) -> Shell | None:
        words = _FORM.words if has_summary else {**_FORM.words, "summary": ""}
        return _FORM.shell(self._asked(stand_in(folder), **words))

    def _asked(self, name: str, title: str, summary: str) -> str:
        """The tags that sphinxext-opengraph writes for the page ``name``; title and summary are HTML."""
        from sphinxext.opengraph import get_tags

        app = self._app
        fields = {"og:type": "article", "og:description": summary}
        if self._draws:
            fields["og:image"] = social.card_url(app, name)
            fields["og:image:alt"] = title
        document = new_document("")
        document += nodes.paragraph("", summary)
        found: str = get_tags(
            {"meta": fields, "title": title, "pagename": name, "metatags": _DESCRIPTION if summary else ""},
            document,
            srcdir=app.srcdir,
            outdir=app.outdir,
            config=app.config,
            builder=app.builder,
            env=app.env,
        )
        return found
