"""The dated entries of a CV beside publications: one table of kinds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntryKind:
    """A kind of dated entry: the name of its directive, and which of its parts leads.

    ``lead`` is ``where`` for what is known by its place (a job), ``what`` for what is known by its title.
    """

    name: str
    lead: str


ENTRY_KINDS: dict[str, EntryKind] = {
    kind.name: kind
    for kind in (
        EntryKind("position", "where"),
        EntryKind("education", "where"),
        EntryKind("talk", "what"),
        EntryKind("teaching", "what"),
        EntryKind("service", "what"),
        EntryKind("media", "what"),
    )
}
"""Every kind of dated entry."""
