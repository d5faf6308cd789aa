"""What machines read in the head of a page: tags for Google Scholar and Zotero, JSON-LD, the addresses of the feeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_cv_ext.extension import feeds, site, social
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.entries import entries_of
from sphinx_cv_ext.extension.features import is_on
from sphinx_cv_ext.extension.lists import TITLES
from sphinx_cv_ext.extension.locale import _, ngettext
from sphinx_cv_ext.extension.profile import portrait, profile
from sphinx_cv_ext.extension.social_tags import SocialTags
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs import highwire, json_ld
from sphinx_cv_ext.outputs.escaping import in_html, json_in_script
from sphinx_cv_ext.outputs.feed import summary_of
from sphinx_cv_ext.outputs.lines import abstract_text

_SUMMARY = 200
"""About how many characters of a description search engines and social networks show."""


@frozen
class Head:
    """What is needed to write the head of a publication's page.

    ``name`` is the name of the page and ``uri`` its address. ``pdf`` is the address of the file beside it with the full
    text, or empty. Both addresses are as seen from the top of the site.
    """

    publication: Publication
    name: str
    uri: str
    pdf: str


class PublicationHeads:
    """Writes the heads of publications' pages; an object holds what is the same for all of them."""

    def __init__(self, app: Sphinx) -> None:
        self._base = site.base(app.config)
        self._build = Build.of(app.env)
        self._owner = self._build.library.owner
        self._ids = {json_ld.OWNER: json_ld.person_id(self._base)}
        self._language = app.config.language
        self._has_tags = is_on(app.config, "citation-tags")
        self._has_json_ld = is_on(app.config, "json-ld")
        self._social = SocialTags(app)

    def html(self, heads: Sequence[Head]) -> list[str]:
        """The HTML of each head. It is made part by part, each for all heads; see `page.make` for the reason."""
        summaries = [
            _shortened(abstract_text(head.publication) or summary_of(head.publication, self._language, _, ngettext))
            for head in heads
        ]
        descriptions = [[_meta("description", summary)] if summary else [] for summary in summaries]
        tags = [self._tags(head) if self._has_tags else [] for head in heads]
        data = [[self._json_ld(head)] if self._has_json_ld else [] for head in heads]
        social = [
            self._social.of(head.name, head.publication, said) for head, said in zip(heads, summaries, strict=True)
        ]
        parts = zip(descriptions, tags, data, social, strict=True)
        return ["\n".join([*description, *tag, *node, tail]) for description, tag, node, tail in parts]

    def _tags(self, head: Head) -> list[str]:
        pdf_url, url = site.below(self._base, head.pdf), site.below(self._base, head.uri)
        return [_meta(name, value) for name, value in highwire.tags(head.publication, pdf_url, url)]

    def _json_ld(self, head: Head) -> str:
        pdf_url, url = site.below(self._base, head.pdf), site.below(self._base, head.uri)
        ids = self._ids if url else {}
        people = self._build.people
        return _script(
            json_ld.publication_node(head.publication, url, ids, self._owner, pdf_url, people, self._page_uri)
        )

    def _page_uri(self, page: str) -> str:
        return site.below(self._base, self._build.uri_of_page(page))


def complete(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Complete the context of the template of any page.

    Every page gets the profile as ``cv_profile``, for templates. Pages of a site also get a description if they have
    none of their own, and links to the feeds; the landing page gets the owner as JSON-LD.
    """
    owner = profile(app.config, site.absolute(app.config, portrait(app)))
    # As a dictionary, because some builders write the context as JSON.
    context["cv_profile"] = asdict(owner)
    # sphinxext-opengraph expects it, and the builders that write JSON or pickles do not set it.
    context.setdefault("pagename", pagename)
    if not site.is_site(app.builder):
        return
    is_landing_page = pagename == app.config.root_doc and bool(app.config.cv_profile)
    own = _description(doctree) if doctree else ""
    summary = own or (owner.description if is_landing_page else "")
    if not summary and doctree and social.has_tags(app):
        summary = _beginning(doctree)
    lines = [_meta("description", summary)] if summary and not own else []
    if summary:
        context["meta"] = {"og:description": escape(summary, quote=False), **(context.get("meta") or {})}
    lines += feeds.links(app)
    if is_landing_page and is_on(app.config, "json-ld"):
        url = site.absolute(app.config, app.builder.get_target_uri(pagename))
        lines.append(_script(json_ld.profile_page(owner, url, site.base(app.config), [*entries_of(app.env)])))
    if lines:
        context["metatags"] = "\n".join([context.get("metatags", ""), *lines, ""])


def _description(document: nodes.document) -> str:
    """The description that a page gives itself, in a ``meta`` node; empty without one."""
    return next((node["content"] for node in document.findall(nodes.meta) if node.get("name") == "description"), "")


def _beginning(document: nodes.document) -> str:
    """The first words of a page: of its first paragraph of prose, or of the titles in its lists, or of all its text."""
    paragraphs = (node for node in document.findall(nodes.paragraph) if isinstance(node.parent, nodes.section))
    prose = (node.astext() for node in paragraphs if not any(name.startswith("cv-") for name in node["classes"]))
    listed = (node[TITLES] for node in document.findall(nodes.Element) if TITLES in node)
    every = (node.astext() for node in document.findall(nodes.paragraph))
    return _shortened(next(prose, "") or "; ".join(listed) or " ".join(every))


def _shortened(text: str) -> str:
    """The beginning of a text on one line, cut between words where it has any."""
    # Looking at so much is enough for most texts; one with very long white space needs a second look.
    line = " ".join(text[: 2 * _SUMMARY].split())
    if len(line) <= _SUMMARY:
        line = " ".join(text[: 10 * _SUMMARY].split())
    if len(line) <= _SUMMARY:
        return line
    head, _blank, tail = line[:_SUMMARY].rpartition(" ")
    return f"{head if head and len(tail) < _SUMMARY // 4 else line[:_SUMMARY]}…"


def _meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{in_html(content)}">'


def _script(node: json_ld.Node) -> str:
    return f'<script type="application/ld+json">{json_in_script(node)}</script>'
