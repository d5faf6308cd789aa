"""``{award}``, ``{acceptance}`` and ``{links}``: badges and links in paragraphs of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from docutils import nodes

from sphinx_cv_ext.diagnostics import Code
from sphinx_cv_ext.extension.directives.base import CvDirective, LinkingDirective, link_options
from sphinx_cv_ext.extension.locale import _
from sphinx_cv_ext.extension.options import Option
from sphinx_cv_ext.extension.reading import make_context, page_awards, page_link
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.model.links import LINK_KINDS, Link
from sphinx_cv_ext.outputs import listing
from sphinx_cv_ext.outputs.badges import award_badges, rate_badges
from sphinx_cv_ext.outputs.doctree import to_nodes
from sphinx_cv_ext.outputs.elements import Part
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.sources.rates import parse_rate

_KEY = {"key": Option(str, "the publication whose own values are shown")}


class AwardDirective(CvDirective):
    """``{award}``: the badge of an award, given here or taken from a publication."""

    takes_argument = True
    OPTIONS: ClassVar[Mapping[str, Option]] = {
        **_KEY,
        "rate": Option(str, "the share of works that got it: `2/358` or `3.5%`"),
        "url": Option(str, "a page that shows it"),
    }

    def run(self) -> list[nodes.Node]:
        """A paragraph of badges."""
        given = self.read_options()
        if "key" in given:
            publication = self.publication(given["key"])
            if publication and not publication.awards:
                self.warn(Code.SELECTION_EMPTY, f"{publication.key!r} has no award", "nothing is shown")
            return _badges(award_badges(publication.awards, _) if publication else [])
        if not self.arguments:
            self.warn(Code.OPTION_INVALID, "it has neither an award nor the key of a publication", "nothing is shown")
            return []
        text = " ".join(self.arguments)
        awards = page_awards(self.env, text, f":key: {text}", self.place)
        rate = parse_rate(given["rate"], self.place, warn) if "rate" in given else None
        link = page_link(self.env, LINK_KINDS["website"], given["url"], self.place) if "url" in given else None
        awards = tuple(
            replace(award, rate=award.rate or rate, url=award.url or (link.url if link else "")) for award in awards
        )
        return _badges(award_badges(awards, _))


class AcceptanceDirective(CvDirective):
    """``{acceptance}``: the badge of an acceptance rate, given here or taken from a publication."""

    takes_argument = True
    OPTIONS: ClassVar[Mapping[str, Option]] = _KEY

    def run(self) -> list[nodes.Node]:
        """A paragraph with the badge."""
        given = self.read_options()
        if "key" in given:
            publication = self.publication(given["key"])
            rate = publication.acceptance if publication else None
            if publication and not rate:
                self.warn(Code.SELECTION_EMPTY, f"{publication.key!r} has no acceptance rate", "nothing is shown")
        else:
            rate = parse_rate(" ".join(self.arguments), self.place, warn)
        return _badges(rate_badges(rate, _))


def _badges(found: Sequence[Part]) -> list[nodes.Node]:
    return to_nodes([listing.paragraph("cv-badges", found)] if found else [])


class LinksDirective(LinkingDirective):
    """``{links}``: buttons that lead to resources, given here by kind or taken from a publication."""

    OPTIONS: ClassVar[Mapping[str, Option]] = {
        **_KEY,
        **link_options(LINK_KINDS.values()),
    }

    def run(self) -> list[nodes.Node]:
        """A paragraph of links in the order of their kinds."""
        given = self.read_options()
        of = ""
        found: list[Link] = []
        if not self.options and not self.arguments:  # What is wrong with these has been told.
            self.warn(Code.OPTION_INVALID, "it has neither a link nor the key of a publication", "nothing is shown")
        if "key" in given:
            publication = self.publication(given["key"])
            if publication:
                of = title_line(publication)
                found.extend(publication.links)
                if not found:
                    self.warn(Code.SELECTION_EMPTY, f"{publication.key!r} has no link", "nothing of it is shown")
        found += self.links(given)
        made = listing.links(found, of, make_context(self.env))
        return to_nodes([listing.paragraph("cv-links", made)] if made else [])
