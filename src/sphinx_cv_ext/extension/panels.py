"""What can be unfolded below an entry of a list: one table."""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import partial

from docutils import nodes

from sphinx_cv_ext.extension.exporting import Exporter
from sphinx_cv_ext.extension.locale import _
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.elements import Element, Part
from sphinx_cv_ext.outputs.listing import Panel
from sphinx_cv_ext.outputs.rich_text import rich_text
from sphinx_cv_ext.outputs.unfolding import bibtex_block


def _abstract(publication: Publication, exporter: Exporter, linked: Container[str]) -> list[Part]:
    return [Element(nodes.paragraph, *rich_text(publication.abstract))] if publication.abstract else []


def _bibtex(publication: Publication, exporter: Exporter, linked: Container[str]) -> list[Part]:
    return [] if publication.key in linked else [bibtex_block(exporter.text("bibtex", [publication]))]


@frozen
class Kind:
    """A kind of panel: its label, and what is in it for a publication."""

    label: str
    content: Callable[..., list[Part]]


PANELS: dict[str, Kind] = {"abstract": Kind("Abstract", _abstract), "bibtex": Kind("BibTeX", _bibtex)}
"""Every panel that ``:panels:`` can name; the labels are translated where they are shown."""


def panels(names: tuple[str, ...], exporter: Exporter, linked: Container[str]) -> tuple[Panel, ...]:
    """The panels with these names, their labels translated; publications in ``linked`` get none for BibTeX."""
    kinds = ((name, PANELS[name]) for name in names)
    given = {"exporter": exporter, "linked": linked}
    return tuple(Panel(name, _(kind.label), partial(kind.content, **given)) for name, kind in kinds)
