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
from sphinx_cv_ext.model.figures import FIGURES, figures
from sphinx_cv_ext.outputs.doctree import to_nodes
from sphinx_cv_ext.outputs.figure_list import figure_list


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
        self.domain.note(self.env.docname, chosen)
        shown = figures(given.get("show", FIGURES), self.library.select(chosen), self.library.owner)
        return to_nodes([figure_list(shown, _, ngettext)] if shown else [])
