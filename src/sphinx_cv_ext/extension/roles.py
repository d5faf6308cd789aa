"""The roles: badges, links and people in running text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import ReferenceRole, SphinxRole

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, suggestion
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.domain import ENTRY, PAGE
from sphinx_cv_ext.extension.locale import _
from sphinx_cv_ext.extension.reading import cross_reference, find_publication, make_context, page_awards, page_link
from sphinx_cv_ext.extension.reporting import place, warn
from sphinx_cv_ext.extension.tables import link_kinds
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs import listing
from sphinx_cv_ext.outputs.badges import award_badge, rate_badge
from sphinx_cv_ext.outputs.doctree import to_nodes
from sphinx_cv_ext.outputs.elements import Element, Part, parted
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.sources.rates import parse_rate


class CvRole(SphinxRole):
    """What our roles share: ``@key`` means the values of a publication; any other text is used as it is.

    ``what`` is what a publication may have none of.
    """

    what: ClassVar[str] = ""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The nodes in place of the role; none where there is nothing to show."""
        text = self.text.strip()
        if text.startswith("@"):
            publication = find_publication(self.env, text[1:], self.place)
            found = self.of(publication) if publication else []
            if publication and not found:
                problem = f"{self.name}: {publication.key!r} has no {self.what}"
                warn(Diagnostic(Code.SELECTION_EMPTY, self.place, problem, "nothing is shown"))
        else:
            found = self.own(text)
        return to_nodes(parted(found)), []

    @property
    def place(self) -> Location:
        """The place of the role."""
        return place(*self.get_source_info())

    def of(self, publication: Publication) -> Sequence[Part]:
        """What a publication has of it."""
        raise NotImplementedError

    def own(self, text: str) -> Sequence[Part]:
        """What ``text`` says of it."""
        raise NotImplementedError


class AwardRole(CvRole):
    """``{award}`` in running text."""

    what = "award"

    def of(self, publication: Publication) -> Sequence[Part]:
        """The badges of a publication's awards."""
        return [award_badge(award, _) for award in publication.awards]

    def own(self, text: str) -> Sequence[Part]:
        """The badges of awards written as in the field ``award``."""
        awards = page_awards(self.env, text, f"@{text}", self.place)
        return [award_badge(award, _) for award in awards]


class AcceptanceRole(CvRole):
    """``{acceptance}`` in running text."""

    what = "acceptance rate"

    def of(self, publication: Publication) -> Sequence[Part]:
        """The badge of a publication's acceptance rate."""
        return [rate_badge(publication.acceptance, _)] if publication.acceptance else []

    def own(self, text: str) -> Sequence[Part]:
        """The badge of a rate written as in the field ``acceptance``."""
        rate = parse_rate(text, self.place, warn)
        return [rate_badge(rate, _)] if rate else []


class LinksRole(CvRole):
    """``{links}`` in running text."""

    what = "link"

    def of(self, publication: Publication) -> Sequence[Part]:
        """The links of a publication."""
        return listing.links(publication.links, title_line(publication), make_context(self.env))

    def own(self, text: str) -> Sequence[Part]:
        """One link, written ``KIND ADDRESS``."""
        name, _blank, address = text.partition(" ")
        kinds = link_kinds(self.config)
        kind = kinds.get(name.rstrip(":").lower())
        if not kind:
            problem = f"links: {name!r} is not a kind of link {suggestion(name, kinds)}".rstrip()
            warn(Diagnostic(Code.OPTION_INVALID, self.place, problem, "it is left out"))
            return []
        link = page_link(self.env, kind, address, self.place)
        return listing.links([link], "", make_context(self.env)) if link else []


class PersonRole(ReferenceRole):
    """``{person}``: the name of somebody in ``cv_people``, or ``words <name>``, leads to their page."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The words, as a link if it is known who is meant."""
        people = Build.of(self.env).people
        person = people.written(self.target) if people else None
        if not person:
            known = {one.name: one for one in people.all} if people else {}
            problem = f"person: {self.target!r} is not in cv_people {suggestion(self.target, known)}".rstrip()
            location = place(*self.get_source_info())
            warn(Diagnostic(Code.PERSON_UNKNOWN, location, problem, "it is shown without a link"))
            return [nodes.Text(self.title)], []
        named: dict[str, Any] = {PERSON: person.name}
        if person.url:
            link = Element(nodes.reference, self.title, refuri=person.url, internal=False, **named)
        else:
            page, _number_sign, target = person.page.partition("#")
            words = Element(nodes.inline, self.title)
            link = cross_reference(ENTRY, target, self.env.docname, words, **{PAGE: page}, **named)
        return to_nodes([link]), []


PERSON = "cv-person"
"""The attribute that tells which person of ``cv_people`` a link in running text leads to."""

ROLES: dict[str, SphinxRole] = {
    "award": AwardRole(),
    "acceptance": AcceptanceRole(),
    "links": LinksRole(),
    "person": PersonRole(),
}
"""Every role by name."""
