"""Figures as a list."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from sphinx_cv_ext.model.figures import Figure
from sphinx_cv_ext.outputs.elements import Element
from sphinx_cv_ext.outputs.words import Plural, Translate, figure_value, figure_words

_WIDE = 24
"""How many characters of a label fit under a figure of usual width, on two lines."""


def figure_list(found: Iterable[Figure], translate: Translate, plural: Plural) -> Element:
    """Figures as a list, each with its value and what it counts."""
    return Element(
        nodes.bullet_list,
        *(_figure(figure, translate, plural) for figure in found),
        bullet="*",
        classes=("cv-figures",),
    )


def _figure(figure: Figure, translate: Translate, plural: Plural) -> Element:
    label = figure_words(figure, translate, plural)
    paragraph = Element(
        nodes.paragraph,
        Element(nodes.strong, figure_value(figure, translate), classes=("cv-figure-value",)),
        " ",
        Element(nodes.inline, label, classes=("cv-figure-label",)),
    )
    return Element(nodes.list_item, paragraph, classes=("cv-figure-wide",) if len(label) > _WIDE else ())
