"""The dated entries of a CV, in MyST and reStructuredText alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from docutils import nodes
from sphinx.locale import _

from sphinx_cv_ext.diagnostics import Code
from sphinx_cv_ext.extension.directives.base import CvDirective
from sphinx_cv_ext.extension.options import Option
from sphinx_cv_ext.extension.reading import make_context, page_link
from sphinx_cv_ext.model.cv import ENTRY_KINDS
from sphinx_cv_ext.model.links import LINK_KINDS
from sphinx_cv_ext.outputs import doctree
from sphinx_cv_ext.outputs.words import period_words
from sphinx_cv_ext.sources.dates import parse_period


class DatedEntryDirective(CvDirective):
    """A dated entry of a CV; its kind is the name it is called by."""

    has_content = True
    takes_argument = True
    OPTIONS: ClassVar[Mapping[str, Option]] = {
        "what": Option(str, "the position, degree, title or course"),
        "where": Option(str, "the employer, school, host or event"),
        "place": Option(str, "the town or country"),
        "url": Option(str, "where `what` leads"),
    }

    def run(self) -> list[nodes.Node]:
        """A list of one entry; `JoinEntries` makes one list of neighbours."""
        given = self.read_options()
        kind = ENTRY_KINDS[self.name]
        what = self._text(given.get("what", ""), given.get("url", ""))
        where = self._text(given.get("where", ""))
        place = self._text(given.get("place", ""))
        first, second = (where, what) if kind.lead == "where" else (what, where)
        lead = first or second
        if not lead:
            self.warn(Code.OPTION_INVALID, "it has neither 'what' nor 'where'", "its date and text are shown")
        rest = _comma_separated([part for part in ((second if first else []), place) if part])
        return [doctree.dated_entry(self._when(), lead, rest, self.parse_content_to_nodes())]

    def _when(self) -> str:
        text = " ".join(self.arguments)
        period = parse_period(text) if text else None
        if text and not period:
            problem = f"{text!r} is not a date or a period such as 2019-05, 2017/2018 or 2020/present"
            self.warn(Code.DATE_UNREADABLE, problem, "it is shown as it stands")
        if period and period.end and period.end < period.start:
            self.warn(Code.DATE_UNREADABLE, f"{text!r} ends before it starts", "it is shown as it stands")
            return text
        return period_words(period, self.config.language or "en", _) if period else text

    def _text(self, text: str, url: str = "") -> list[nodes.Node]:
        """The nodes of an option's text, which may hold inline markup; a link around them if there is a URL."""
        parsed, messages = self.parse_inline(text) if text else ([], [])
        if url and parsed:
            link = page_link(self.env, LINK_KINDS["website"], url, self.place)
            if link:
                reference = make_context(self.env).link(link)
                reference += parsed
                return [reference, *messages]
        return [*parsed, *messages]


def _comma_separated(parts: Sequence[list[nodes.Node]]) -> list[nodes.Node]:
    result: list[nodes.Node] = []
    for part in parts:
        result += [nodes.Text(", "), *part] if result else part
    return result
