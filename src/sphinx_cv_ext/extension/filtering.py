"""What a list with a filter needs: a place for the controls, the data for the script, and the script itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.domain import Shown
from sphinx_cv_ext.extension.locale import _
from sphinx_cv_ext.extension.site import is_site
from sphinx_cv_ext.extension.tables import exports
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.outputs import facets

SCRIPT = "sphinx-cv.js"

_PART = "cv-part"
# What the script works on: lists with a filter, folded groups, and BibTeX entries that can be copied.
_WORK = pattern(r'<div class="cv-filter"|<details class="[^"]*\bcv-(?:bibtex|fold)\b')


def framed(children: Sequence[nodes.Node], keys: Sequence[str], record: Shown, max_authors: int) -> list[nodes.Node]:
    """The nodes of a list, with an empty node before them for the controls and one after them for the data.

    `fill_frames` fills both later. ``keys`` are those of the items. ``record`` names the files in which the list can be
    downloaded; ``max_authors`` is for `facets.facets`.
    """
    room = nodes.raw("", "", format="html", **{_PART: "room"})
    data = nodes.raw("", "", format="html", **{_PART: "data"})
    data["cv-keys"], data["cv-max-authors"] = list(keys), max_authors
    data["cv-file"], data["cv-exports"] = record.file, record.exports
    return [room, *children, data]


def fill_frames(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Fill the nodes that `framed` has put around lists, in sites; in other formats they stay empty."""
    if not is_site(app.builder):
        return
    for node in list(document.findall(nodes.raw)):
        if node.get(_PART) == "room":
            node += nodes.Text(facets.ROOM)
        elif node.get(_PART) == "data":
            node += nodes.Text(facets.island(_data(app, node, docname)))


def _data(app: Sphinx, node: nodes.raw, docname: str) -> dict[str, Any]:
    library = Build.of(app.env).library
    here = app.builder.get_target_uri(docname)
    formats = map(exports(app.config).__getitem__, node["cv-exports"])
    keys = node["cv-keys"]
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return facets.facets(
        [library.by_key[key] for key in places],
        library.owner,
        _,
        {export.label: relative_uri(here, f"{quote(node['cv-file'])}.{export.suffix}") for export in formats},
        node["cv-max-authors"],
        [places[key] for key in keys] if len(keys) > len(places) else (),
    )


def needs_script(body: str) -> bool:
    """Whether a page with the HTML ``body`` needs our script."""
    return _WORK.search(body) is not None


def add_script(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: nodes.document) -> None:
    """Load our script on a page that needs it, with the translated words that are not part of any list's data."""
    builder = app.builder
    if isinstance(builder, StandaloneHTMLBuilder) and needs_script(context.get("body", "")):
        words = {f"data-{name}": _(facets.WORDS[name]) for name in ("copy", "copied", "failed")}
        builder.add_js_file(SCRIPT, defer="defer", **words)
