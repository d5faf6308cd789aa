"""The tables of a project: our rows, and those that its conf.py adds, see `sphinx_cv_ext.extension.additions`.

Our own tables are never changed, because the next build in the same process uses them, too.
"""

from __future__ import annotations

from sphinx.config import Config

from sphinx_cv_ext.model.cv import ENTRY_KINDS, EntryKind
from sphinx_cv_ext.model.links import LINK_KINDS, LinkKind
from sphinx_cv_ext.model.publication import AWARD_KINDS, AwardKind
from sphinx_cv_ext.outputs.exports import EXPORTS, FOR_MANAGERS, Export
from sphinx_cv_ext.sources.kinds import Kinds


def link_kinds(config: Config) -> dict[str, LinkKind]:
    """The kinds of links, in the order in which pages show links."""
    return {**LINK_KINDS, **{kind.name: kind for kind in config.cv_link_kinds}}


def award_kinds(config: Config) -> dict[str, AwardKind]:
    """The kinds of awards, those of the project first, because the last of ours fits any award."""
    return {**{kind.name: kind for kind in config.cv_award_kinds}, **AWARD_KINDS}


def kinds(config: Config) -> Kinds:
    """The kinds that the readers of .bib files need to know."""
    return Kinds(link_kinds(config), award_kinds(config))


def entry_kinds(config: Config) -> dict[str, EntryKind]:
    """The kinds of dated entries."""
    return {**ENTRY_KINDS, **{kind.name: kind for kind in config.cv_entry_kinds}}


def exports(config: Config) -> dict[str, Export]:
    """The formats in which publications can be downloaded."""
    return {**EXPORTS, **{export.name: export for export in config.cv_exports}}


def offered(config: Config) -> list[Export]:
    """The formats that are offered where a page does not name any."""
    return [*map(EXPORTS.__getitem__, FOR_MANAGERS), *config.cv_exports]
