"""``{chart}``: pictures of a list of publications, with the numbers behind them.

HTML pages get the picture, whose rows are links that Sphinx resolves, and the numbers to unfold::

    figure.cv-chart
        figcaption > paragraph
        bullet_list.cv-chart-legend
        bullet_list.cv-chart-rows > list_item > paragraph > pending_xref > words, drawing, words
        div.cv-chart-axis, paragraph.cv-chart-unit
        details > table

Books, paper and text get the caption and the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.addnodes import only, pending_xref

from sphinx_cv_ext.diagnostics import Code, suggestion
from sphinx_cv_ext.extension.directives.base import CvDirective
from sphinx_cv_ext.extension.directives.selecting import MEANT, SELECTING, selection
from sphinx_cv_ext.extension.domain import LISTED
from sphinx_cv_ext.extension.locale import _, ngettext
from sphinx_cv_ext.extension.options import Option

if TYPE_CHECKING:
    from sphinx_cv_ext.outputs.charts import Chart, Mark

_PAGES = "format_html and not builder_epub"
"""Pages with our stylesheet; how e-book readers treat one is not known."""


class ChartDirective(CvDirective):
    """``{chart}``: a picture of the publications that its options select."""

    takes_argument = True
    MEANT = MEANT
    OPTIONS: ClassVar[Mapping[str, Option]] = {
        **SELECTING,
        "title": Option(str, "words that come first in the caption"),
    }

    def run(self) -> list[nodes.Node]:
        """The picture for pages, the table for everything else.

        The drawing code is imported here because few sites have a chart.
        """
        from sphinx_cv_ext.outputs.charts import CHARTS

        given = self.read_options()
        name = " ".join(self.arguments).lower()
        kind = CHARTS.get(name)
        if not kind:
            problem = f"{name!r} is not a kind of chart" if name else "it names no kind of chart"
            problem = f"{problem} {suggestion(name, CHARTS)}"
            self.warn(Code.OPTION_INVALID, problem, "nothing is shown")
            return []
        chosen = selection(given)
        self.tell_unknown(chosen.keys)
        publications = [publication for publication in self.library.select(chosen) if kind.fits(publication)]
        if not publications:
            self.domain.note(chosen)
            self.warn(Code.SELECTION_EMPTY, kind.without, "nothing is shown")
            return []
        chart = kind.make(publications, _, ngettext)
        self.domain.note(chosen, leads_to=chart.keys)
        caption = self._caption(chart, given.get("title", ""))
        picture = only("", *self._picture(name, chart, caption.deepcopy()), expr=_PAGES)
        return [picture, only("", caption, self._table(chart), expr=f"not ({_PAGES})")]

    def _picture(self, name: str, chart: Chart, caption: nodes.paragraph) -> list[nodes.Node]:
        return [
            _raw(f'<figure class="cv-chart cv-chart-{name}"><figcaption>'),
            caption,
            _raw("</figcaption>"),
            *([_legend(chart)] if chart.legend else []),
            *(self._rows(chart) if chart.marks else []),
            _raw(f"<details><summary>{escape(_('The numbers'))}</summary>"),
            self._table(chart),
            _raw("</details></figure>"),
        ]

    @staticmethod
    def _caption(chart: Chart, title: str) -> nodes.paragraph:
        caption = nodes.paragraph(translatable=False)
        if title:
            caption += [nodes.strong(title, title), nodes.Text(" ")]
        caption += nodes.inline(chart.fact, chart.fact)
        return caption

    def _rows(self, chart: Chart) -> list[nodes.Node]:
        rows = nodes.bullet_list(bullet="*", classes=["cv-chart-rows"])
        for mark in chart.marks:
            paragraph = nodes.paragraph("", "", self._link(mark.key, _mark(mark), chart), translatable=False)
            rows += nodes.list_item("", paragraph)
        unit = nodes.paragraph(chart.unit, chart.unit, classes=["cv-chart-unit"], translatable=False)
        return [rows, _raw(f'<div class="cv-chart-axis">{chart.axis}</div>'), unit]

    def _table(self, chart: Chart) -> nodes.table:
        columns = zip(chart.header, *(tuple(cell.words for cell in row) for row in chart.numbers), strict=True)
        group = nodes.tgroup("", cols=len(chart.header))
        # These widths are for plain text, where long titles have to wrap.
        group += [nodes.colspec(colwidth=min(_WIDEST, max(map(len, column)))) for column in columns]
        group += nodes.thead("", self._row(((words, "") for words in chart.header), chart))
        group += nodes.tbody("", *(self._row(((cell.words, cell.key) for cell in row), chart) for row in chart.numbers))
        # In LaTeX only a longtable can continue on the next page.
        longtable = ["longtable"] if len(chart.numbers) > _SHORT else []
        return nodes.table("", group, classes=["cv-chart-numbers", "colwidths-auto", *longtable])

    def _row(self, cells: Iterable[tuple[str, str]], chart: Chart) -> nodes.row:
        """A row of cells: the words of each, and the publication to which it leads, if to any."""
        row = nodes.row()
        for words, key in cells:
            content = self._link(key, nodes.inline(words, words), chart)
            row += nodes.entry("", nodes.paragraph("", "", content, translatable=False))
        return row

    def _link(self, key: str, content: nodes.inline, chart: Chart) -> nodes.Element:
        """``content`` as a link to a publication, or as it is where ``key`` names none."""
        content["support_smartquotes"] = False
        if not key:
            return content
        kind = LISTED if chart.to_list else "publication"
        return pending_xref(
            "", content, refdomain="cv", reftype=kind, reftarget=key, refdoc=self.env.docname, refexplicit=True
        )


_SHORT = 10
"""How many rows a table may have to stay on one page of paper, wherever it begins."""

_WIDEST = 30
"""The greatest width of a column in plain text, in characters."""


def _mark(mark: Mark) -> nodes.inline:
    result = nodes.inline(classes=["cv-chart-mark" if mark.drawing else "cv-chart-gap"])
    words = {"cv-chart-when": mark.when, "cv-chart-label": mark.label}
    for name, text in words.items():
        if text:
            result += [nodes.inline(text, text, classes=[name]), nodes.Text(" ")]
    if mark.drawing:
        result += _raw(mark.drawing)
    result += nodes.inline(mark.value, mark.value, classes=["cv-chart-value"])
    if mark.more:
        result += nodes.inline("", f" {mark.more}", classes=["cv-hidden"])
    return result


def _legend(chart: Chart) -> nodes.bullet_list:
    result = nodes.bullet_list(bullet="*", classes=["cv-chart-legend"])
    for drawing, words in chart.legend:
        paragraph = nodes.paragraph("", "", _raw(drawing), nodes.Text(words), translatable=False)
        result += nodes.list_item("", paragraph)
    return result


def _raw(html: str) -> nodes.raw:
    return nodes.raw("", html, format="html")
