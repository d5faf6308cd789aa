"""The roles: badges, links and people in running text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

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
from sphinx_cv_ext.outputs.badges import award_badges, rate_badges
from sphinx_cv_ext.outputs.doctree import to_nodes
from sphinx_cv_ext.outputs.elements import Element, Part, parted
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.sources.rates import parse_rate


class CvRole(SphinxRole):
    """A role of ours: ``@key`` means the values ``of`` a publication; any other text says a value of its ``own``.

    ``what`` is what a publication may have none of.
    """

    def __init__(
        self,
        what: str,
        of: Callable[[CvRole, Publication], Sequence[Part]],
        own: Callable[[CvRole, str], Sequence[Part]],
    ) -> None:
        super().__init__()
        self._what = what
        self._of = of
        self._own = own

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The nodes in place of the role; none where there is nothing to show."""
        text = self.text.strip()
        if text.startswith("@"):
            publication = find_publication(self.env, text[1:], self.place)
            found = self._of(self, publication) if publication else []
            if publication and not found:
                problem = f"{self.name}: {publication.key!r} has no {self._what}"
                warn(Diagnostic(Code.SELECTION_EMPTY, self.place, problem, "nothing is shown"))
        else:
            found = self._own(self, text)
        return to_nodes(parted(found)), []

    @property
    def place(self) -> Location:
        """The place of the role."""
        return place(*self.get_source_info())


def _awards(role: CvRole, text: str) -> Sequence[Part]:
    """Awards written as in the field ``award``."""
    return award_badges(page_awards(role.env, text, f"@{text}", role.place), _)


def _rate(role: CvRole, text: str) -> Sequence[Part]:
    """A rate written as in the field ``acceptance``."""
    return rate_badges(parse_rate(text, role.place, warn), _)


def _links_of(role: CvRole, publication: Publication) -> Sequence[Part]:
    return listing.links(publication.links, title_line(publication), make_context(role.env))


def _link(role: CvRole, text: str) -> Sequence[Part]:
    """One link, written ``KIND ADDRESS``."""
    name, _blank, address = text.partition(" ")
    kinds = link_kinds(role.config)
    kind = kinds.get(name.rstrip(":").lower())
    if not kind:
        problem = f"links: {name!r} is not a kind of link {suggestion(name, kinds)}".rstrip()
        warn(Diagnostic(Code.OPTION_INVALID, role.place, problem, "it is left out"))
        return []
    link = page_link(role.env, kind, address, role.place)
    return listing.links([link], "", make_context(role.env)) if link else []


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
    "award": CvRole("award", lambda _role, publication: award_badges(publication.awards, _), _awards),
    "acceptance": CvRole("acceptance rate", lambda _role, publication: rate_badges(publication.acceptance, _), _rate),
    "links": CvRole("link", _links_of, _link),
    "person": PersonRole(),
}
"""Every role by name."""
