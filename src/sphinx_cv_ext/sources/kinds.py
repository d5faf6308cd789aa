"""The kinds of links and awards that entries can have; a project can add some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.links import LINK_KINDS, LinkKind
from sphinx_cv_ext.model.publication import AWARD_KINDS, AwardKind


@frozen
class Kinds:
    """The kinds of links by the names of their fields, and the kinds of awards; of these the first that fits counts."""

    links: Mapping[str, LinkKind] = field(default_factory=lambda: LINK_KINDS)
    awards: Mapping[str, AwardKind] = field(default_factory=lambda: AWARD_KINDS)
