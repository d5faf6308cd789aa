"""``{figures}``: numbers worth knowing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from docutils import nodes

from sphinx_cv_ext.extension import options
from sphinx_cv_ext.extension.directives.base import CvDirective
from sphinx_cv_ext.extension.directives.selecting import MEANT, SELECTING, selection
from sphinx_cv_ext.extension.locale import _, ngettext
from sphinx_cv_ext.extension.options import Option
from sphinx_cv_ext.model.figures import FIGURES, Figure, figures
from sphinx_cv_ext.outputs.words import figure_value, figure_words

_WIDE = 24
"""How many characters of a label fit under a figure of usual width, on two lines."""


class FiguresDirective(CvDirective):
    """``{figures}``: numbers worth knowing, computed from the publications."""

    MEANT = MEANT
    OPTIONS: ClassVar[Mapping[str, Option]] = {
        **SELECTING,
        "show": Option(options.names_of(FIGURES), "which figures; by default all that count something"),
    }

    def run(self) -> list[nodes.Node]:
        """A list of figures; those with nothing to count are left out."""
        given = self.read_options()
        chosen = selection(given)
        self.domain.note(chosen)
        found = figures(given.get("show", FIGURES), self.library.select(chosen), self.library.owner)
        return [nodes.bullet_list("", *map(_item, found), bullet="*", classes=["cv-figures"])] if found else []


def _item(figure: Figure) -> nodes.list_item:
    """The value of a figure, and what it counts."""
    value, label = figure_value(figure, _), figure_words(figure, _, ngettext)
    number = nodes.strong(value, value, classes=["cv-figure-value"])
    words = nodes.inline(label, label, classes=["cv-figure-label"])
    paragraph = nodes.paragraph("", "", number, nodes.Text(" "), words)
    return nodes.list_item("", paragraph, classes=["cv-figure-wide"] if len(label) > _WIDE else [])
