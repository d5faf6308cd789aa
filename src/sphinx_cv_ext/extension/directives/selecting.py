"""The options with which directives select publications: one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sphinx_cv_ext.extension import options
from sphinx_cv_ext.extension.options import Option
from sphinx_cv_ext.model.library import Selection, Sort
from sphinx_cv_ext.model.people import AUTHOR_ROLES, folded
from sphinx_cv_ext.model.publication import PUBLICATION_TYPES

OTHERS = {name: role for name, role in AUTHOR_ROLES.items() if name != "self"}
"""The roles that somebody else than the owner may have."""

SELECTING: dict[str, Option] = {
    "type": Option(options.names_of(PUBLICATION_TYPES), "one or more types of publication"),
    "year": Option(options.years, "years and ranges: `2019`, `2015-2017`, `2019-`, `last 5`"),
    "keyword": Option(options.words, "one or more keywords"),
    "role": Option(options.roles_of_owner(), "the owner's place or role among the authors"),
    "with": Option(options.names_of(OTHERS), "a role that somebody else must have: `student`"),
    "by": Option(options.people, "one or more people, by their names among the authors: `Ada Example, A. Example`"),
    "award": Option(
        lambda text: "any" if text.lower() in ("", "any") else folded(text),
        "any award, a kind of award, or part of an award's name",
    ),
    "selected": Option(options.flag, "only publications marked `selected = {true}`"),
    "keys": Option(options.keys, "these publications, in this order"),
    "sort": Option(options.one_of(Sort), "the order; `newest` unless `keys` gives one"),
    "limit": Option(options.number, "show at most this many"),
}

MEANT = dict.fromkeys(("author", "person", "people", "member"), "'by'")
"""What people call these options."""

# The options that have another name than their field of `Selection`.
_FIELDS = {"type": "types", "year": "years", "keyword": "keywords", "role": "roles", "with": "others", "by": "people"}


def selection(given: Mapping[str, Any]) -> Selection:
    """What the options that are ``given`` ask for; ``group`` is one that only lists have."""
    chosen = {_FIELDS.get(name, name): given[name] for name in (*SELECTING, "group") if name in given}
    if "keys" in chosen:
        chosen.setdefault("sort", Sort.KEYS)
    return Selection(**chosen)
