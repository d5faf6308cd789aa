"""The directives, in MyST and reStructuredText alike: one table."""

from __future__ import annotations

from sphinx_cv_ext.extension.directives.badges import AcceptanceDirective, AwardDirective, LinksDirective
from sphinx_cv_ext.extension.directives.base import CvDirective
from sphinx_cv_ext.extension.directives.charts import ChartDirective
from sphinx_cv_ext.extension.directives.cv import CvDocumentDirective
from sphinx_cv_ext.extension.directives.dated import DatedEntryDirective
from sphinx_cv_ext.extension.directives.entries import EntriesDirective
from sphinx_cv_ext.extension.directives.figures import FiguresDirective
from sphinx_cv_ext.extension.directives.profile import ProfileDirective
from sphinx_cv_ext.extension.directives.publications import PublicationsDirective
from sphinx_cv_ext.model.cv import ENTRY_KINDS

DIRECTIVES: dict[str, type[CvDirective]] = {
    "publications": PublicationsDirective,
    "figures": FiguresDirective,
    "chart": ChartDirective,
    "award": AwardDirective,
    "acceptance": AcceptanceDirective,
    "links": LinksDirective,
    "profile": ProfileDirective,
    "cv": CvDocumentDirective,
    "entries": EntriesDirective,
    **dict.fromkeys(ENTRY_KINDS, DatedEntryDirective),
}
"""Every directive by name."""
