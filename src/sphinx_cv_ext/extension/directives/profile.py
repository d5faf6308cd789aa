"""``{profile}``: whose site this is, from the one setting that says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from docutils import nodes

from sphinx_cv_ext.diagnostics import Code
from sphinx_cv_ext.extension import options
from sphinx_cv_ext.extension.directives.base import CvDirective
from sphinx_cv_ext.extension.options import Option
from sphinx_cv_ext.extension.profile import profile
from sphinx_cv_ext.extension.reading import make_context
from sphinx_cv_ext.model.profile import Profile
from sphinx_cv_ext.outputs import listing
from sphinx_cv_ext.outputs.doctree import to_nodes

_Part = Callable[["ProfileDirective", Profile], list[nodes.Node]]


class ProfileDirective(CvDirective):
    """``{profile}``: position, portrait and links of the site's owner."""

    OPTIONS: ClassVar[Mapping[str, Option]] = {
        "show": Option(
            lambda text: options.names_of(PARTS)(text),
            "which parts: by default `portrait`, `position` and `links`; there is also `interests`",
        ),
    }

    def run(self) -> list[nodes.Node]:
        """A paragraph for each part that the profile has."""
        if not self.config.cv_profile:
            # Otherwise a typo in the name of the setting would be silent: Sphinx accepts any name in conf.py.
            self.warn(Code.SETTING_INVALID, "conf.py does not set 'cv_profile'", "nothing is shown")
        owner = profile(self.config)
        shown = self.read_options().get("show", ("portrait", "position", "links"))
        return [node for name in shown for node in PARTS[name](self, owner)]

    def portrait(self, owner: Profile) -> list[nodes.Node]:
        """The picture; Sphinx itself warns if there is none."""
        path = self.config.cv_profile.get("image", "")
        return [nodes.image(uri=f"/{path.lstrip('/')}", alt=owner.name, classes=["cv-portrait"])] if path else []

    def position(self, owner: Profile) -> list[nodes.Node]:
        """The job and where it is."""
        place: nodes.Node = nodes.Text(owner.affiliation)
        if owner.affiliation and owner.affiliation_url:
            place = nodes.reference("", owner.affiliation, refuri=owner.affiliation_url, internal=False)
        words: list[nodes.Node] = [nodes.Text(owner.position)] if owner.position else []
        words += [nodes.Text(", ")] if words and owner.affiliation else []
        words += [place] if owner.affiliation else []
        return [nodes.paragraph("", "", *words, classes=["cv-position"])] if words else []

    def interests(self, owner: Profile) -> list[nodes.Node]:
        """The fields of work."""
        words = " · ".join(owner.interests)
        return [nodes.paragraph(words, words, classes=["cv-interests"])] if words else []

    def links(self, owner: Profile) -> list[nodes.Node]:
        """Buttons that lead to the person elsewhere."""
        made = listing.links(owner.links, "", make_context(self.env))
        return to_nodes([listing.paragraph("cv-links", made)] if made else [])


PARTS: dict[str, _Part] = {
    "portrait": ProfileDirective.portrait,
    "position": ProfileDirective.position,
    "interests": ProfileDirective.interests,
    "links": ProfileDirective.links,
}
"""Every part that ``:show:`` can name."""
