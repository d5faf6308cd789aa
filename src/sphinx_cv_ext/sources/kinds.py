"""What the entries of a project can have beyond BibTeX, which depends on the project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.links import LINK_KINDS, LinkKind
from sphinx_cv_ext.model.publication import AWARD_KINDS, AwardKind


@frozen
class Kinds:
    """The kinds of links, each a field, and of awards, of which the first that fits is taken and the last fits any."""

    links: Mapping[str, LinkKind] = field(default_factory=lambda: LINK_KINDS)
    awards: Mapping[str, AwardKind] = field(default_factory=lambda: AWARD_KINDS)
