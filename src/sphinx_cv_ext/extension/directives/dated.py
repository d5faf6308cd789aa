"""The dated entries of a CV, in MyST and reStructuredText alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from docutils import nodes

from sphinx_cv_ext.diagnostics import Code
from sphinx_cv_ext.extension import options
from sphinx_cv_ext.extension.directives.base import LinkingDirective, link_options
from sphinx_cv_ext.extension.entries import Draft, drafts
from sphinx_cv_ext.extension.entry_nodes import PARTS
from sphinx_cv_ext.extension.locale import _
from sphinx_cv_ext.extension.options import Option
from sphinx_cv_ext.extension.reading import make_context, page_link, publication_button
from sphinx_cv_ext.extension.tables import entry_kinds
from sphinx_cv_ext.model.cv import Entry
from sphinx_cv_ext.model.dates import SEASONS as FIRST_MONTHS
from sphinx_cv_ext.model.dates import Period
from sphinx_cv_ext.model.library import Selection
from sphinx_cv_ext.model.links import LINK_KINDS, Link
from sphinx_cv_ext.model.locales import month_names
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs import listing
from sphinx_cv_ext.outputs.doctree import dated_item, dated_list, to_node, to_nodes
from sphinx_cv_ext.outputs.elements import Element, parted
from sphinx_cv_ext.outputs.words import SEASONS, when_words
from sphinx_cv_ext.sources.dates import parse_period

_SORTS = {"newest": None, "source": None}
# Of options that are no YAML, MyST takes none at all.
_ANY_LEAD = pattern(r"^:(?:what|where):", re.MULTILINE)
_LOST = "none of its options can be read; a value that starts with a quotation mark has to be quoted as a whole"
_NO_LEAD = "it has neither 'what' nor 'where', each on a line of its own such as ':what: Title'"


class DatedEntryDirective(LinkingDirective):
    """A dated entry of a CV; its kind is the name it is called by."""

    has_content = True
    takes_argument = True
    OPTIONS: ClassVar[Mapping[str, Option]] = {
        "what": Option(str, "the position, degree, title or course"),
        "where": Option(str, "the employer, school, host or event"),
        "role": Option(str, "your part in it: PI, TA, reviewer"),
        "place": Option(str, "the town or country"),
        "amount": Option(str, "the money that a grant or an award comes with, in your words: `EUR 1.2 million`"),
        "people": Option(str, "the people you did it with: a mentor, an advisor, a team"),
        "details": Option(str, "further facts in a few words: the number of a grant, how many students or hours"),
        "publication": Option(
            options.keys, "the keys of the publications that it belongs to; each mentions it in turn"
        ),
        "sort": Option(
            options.names_of(_SORTS),
            "the order of the list: `newest` by default; `source` is the order in which you write it",
        ),
        "url": Option(str, "the address that `what` links to"),
        **link_options(kind for kind in LINK_KINDS.values() if kind.name != "url"),
    }

    MEANT: ClassVar[Mapping[str, str]] = {
        **{
            other: repr(name)
            for name, others in {
                "what": "title name job degree area award subject course",
                "role": "function capacity pi",
                "where": "org organization organisation institution company employer school university venue event "
                "funder agency sponsor host",
                "place": "location town city country",
                "amount": "budget funding sum money",
                "people": "with mentor advisor supervisor team authors",
                "details": "students hours credits number level note",
                "publication": "paper-key key cites",
                "url": "link address",
            }.items()
            for other in others.split()
        },
        **dict.fromkeys(
            ("date", "dates", "when", "year", "period", "start", "end"),
            "the date, which goes after the name, as in '{talk} 2019-05-31'",
        ),
        **dict.fromkeys(
            ("description", "summary", "text"),
            "the text below the options",
        ),
    }

    def run(self) -> list[nodes.Node]:
        """A list of one entry; `JoinEntries` makes one list of neighbours."""
        given = self.read_options()
        # The name may begin with "cv:", and docutils finds a directive in capitals, too.
        kind = entry_kinds(self.config)[self.name.rpartition(":")[2].lower()]
        period, when = self._when()
        what = page_link(self.env, LINK_KINDS["website"], given["url"], self.place) if given.get("url") else None
        links = self.links({name: text for name, text in given.items() if name != "url"})
        publications = [found for key in given.get("publication", ()) if (found := self.publication(key))]
        entry = Entry(
            kind=kind,
            docname=self.env.docname,
            target=self.free_id(f"{kind.name}-{period.start}" if period else kind.name, drafts(self.env)),
            period=period,
            when=when,
            url=what.url if what else "",
            file=what.file if what else "",
            links=tuple(links),
            publications=tuple(dict.fromkeys(publication.key for publication in publications)),
        )
        lines = self._lines(entry, given, what, publications)
        if not lines["lead"]:
            is_lost = not self.options and _ANY_LEAD.search(self.block_text)
            self.warn(Code.OPTION_INVALID, _LOST if is_lost else _NO_LEAD, "its date and text are shown")
        drafts(self.env)[entry.target] = Draft(entry, given.get("sort") == ("source",))
        item = dated_item(lines, self.parse_content_to_nodes())
        item["ids"] = [entry.target]
        return [dated_list([item])]

    def _when(self) -> tuple[Period | None, str]:
        """The period of the argument, and the words of one that cannot be read."""
        text = " ".join(self.arguments)
        period = (parse_period(text) or self._period_here(text)) if text else None
        if text and not period:
            problem = f"{text!r} is not a date or a period such as 2019-05-31, 2017/2018, Fall 2018 or 2020/present"
            self.warn(Code.DATE_UNREADABLE, problem, "it is shown as it is written")
        if period and period.end and period.end < period.start and not _overlap(period):
            self.warn(Code.DATE_UNREADABLE, f"{text!r} ends before it starts", "it is shown as it is written")
            return None, text
        return period, "" if period else text

    def _period_here(self, text: str) -> Period | None:
        """A period as the language of the site writes it; what reads it is only loaded where it is needed."""
        from sphinx_cv_ext.sources.foreign_dates import in_english

        forms = {name: _(SEASONS[month]) for name, month in FIRST_MONTHS.items()}
        return parse_period(in_english(text, month_names(self.config.language), forms))

    def _lines(
        self, entry: Entry, given: Mapping[str, Any], link: Link | None, publications: Sequence[Publication]
    ) -> dict[str, list[nodes.Node]]:
        """The lines of the entry by their names; ``link`` is where its title leads."""
        parts = {name: self._text(name, given.get(name, "")) for name in PARTS}
        if link and parts["what"]:
            reference = to_node(make_context(self.env).link(link))
            reference += parts["what"]
            parts["what"] = [reference]
        lead, rest = entry.kind.arranged(parts)
        when = when_words(entry, self.config.language, _)
        links = listing.links(entry.links, "", make_context(self.env))
        return {
            "when": [nodes.Text(when)] if when else [],
            "lead": lead or [],
            "rest": _comma_separated(rest),
            "people": parts["people"],
            "details": parts["details"],
            "links": to_nodes(parted([*self._publications(publications), *links])),
        }

    def _text(self, name: str, text: str) -> list[nodes.Node]:
        """The nodes of an option's text, which may hold inline markup, under the class by which it is found again."""
        if not text:
            return []
        parsed, messages = self.parse_inline(text)
        return [nodes.inline("", "", *parsed, classes=[f"cv-{name}"]), *messages]

    def _publications(self, publications: Sequence[Publication]) -> Iterator[Element]:
        """A button for each of the publications, which leads to it."""
        for publication in publications:
            self.domain.note(Selection(keys=(publication.key,)), leads_to=(publication.key,))
            yield publication_button(publication, self.env.docname)


def _overlap(period: Period) -> bool:
    """Whether an end that is known less exactly than the start may be after it, as in ``2019-05/2019``."""
    start, end = period.start, period.end
    if end is None or start.year != end.year:
        return end is None
    return not end.month or (start.month == end.month and not end.day)


def _comma_separated(parts: Sequence[list[nodes.Node]]) -> list[nodes.Node]:
    result: list[nodes.Node] = []
    for part in parts:
        result += [nodes.Text(", "), *part] if result else part
    return result
