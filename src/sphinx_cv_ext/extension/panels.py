"""What can be unfolded below an entry of a list: one table."""

from __future__ import annotations

from docutils import nodes

from sphinx_cv_ext.extension.locale import _
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs import doctree
from sphinx_cv_ext.outputs.doctree import Panel
from sphinx_cv_ext.outputs.exports import EXPORTS


def _abstract(publication: Publication) -> list[nodes.Node]:
    words = doctree.rich_text(publication.abstract)
    return [nodes.paragraph("", "", *words)] if words else []


def _bibtex(publication: Publication) -> list[nodes.Node]:
    return [doctree.bibtex_block(EXPORTS["bibtex"].text([publication]))]


PANELS: dict[str, Panel] = {
    panel.name: panel for panel in (Panel("abstract", "Abstract", _abstract), Panel("bibtex", "BibTeX", _bibtex))
}
"""Every panel that ``:panels:`` can name; the labels are translated where they are shown."""


def panels(names: tuple[str, ...]) -> tuple[Panel, ...]:
    """The panels of these names in the words of the page."""
    return tuple(Panel(name, _(PANELS[name].label), PANELS[name].content) for name in names)
