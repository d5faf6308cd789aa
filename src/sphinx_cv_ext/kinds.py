"""The classes that a project's conf.py imports to add rows to our tables; our own code does not use this module."""

from __future__ import annotations

from sphinx_cv_ext.model.cv import EntryKind
from sphinx_cv_ext.model.links import LinkKind
from sphinx_cv_ext.model.publication import AwardKind, Publication
from sphinx_cv_ext.outputs.exports import Export

__all__ = ["AwardKind", "EntryKind", "Export", "LinkKind", "Publication"]
