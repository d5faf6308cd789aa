"""Recognizes the sections of a CV by their headings."""

from __future__ import annotations

import re

from sphinx_cv_ext.diagnostics import Location
from sphinx_cv_ext.importers.imported import Finding

PUBLICATIONS = "publications"
"""What `section_kind` calls a section of publications; all else is a kind of dated entry."""

# The first match counts: "Teaching Experience" is teaching, "Project Grants" are grants.
_WORDS = (
    (PUBLICATIONS, r"publication|papers|articles|preprints"),
    ("teaching", r"teach|course|lectur"),
    ("talk", r"talk|presentation|keynote|invited"),
    ("service", r"service|review|volunteer|committee|organi[sz]|outreach"),
    ("honor", r"honou?r|award|scholarship|fellowship|prize|distinction"),
    ("grant", r"grant|funding"),
    ("media", r"media|press"),
    ("project", r"project|software|open[ _-]?source"),
    ("education", r"education|degrees|academic background"),
    ("position", r"experience|work|employment|position|appointment|career|internship"),
)


def section_kind(heading: str) -> str:
    """`PUBLICATIONS` or a kind of dated entry; empty if the heading is not recognized."""
    return next((kind for kind, words in _WORDS if re.search(words, heading, re.IGNORECASE)), "")


def no_kind(heading: str, location: Location) -> Finding:
    """The finding for a section whose entries have no kind."""
    return Finding(location, f"the section {heading!r} has no kind here; cv_entry_kinds adds kinds")
