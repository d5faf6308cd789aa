"""What publications were made of which entries before, so that an entry that has not changed is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from sphinx_cv_ext.diagnostics import Diagnostic, Report
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.sources.links import Files
from sphinx_cv_ext.sources.raw import RawEntry

Remembered = tuple[Publication, bytes]
"""A publication, and its `digest`."""


def digest(publication: Publication) -> bytes:
    """What stands for all that ``publication`` says; where its entry stands in the file is no part of it."""
    return hashlib.sha256(repr(publication).encode("utf-8", "surrogatepass")).digest()


class Memory:
    """Publications by a digest of all that their entries say.

    What is remembered has nothing wrong with it and no file behind it: the rest must be looked at, and told of, anew.
    ``known`` is what was remembered before, ``used`` what should be now. ``said`` stands for all that a publication
    says, by its key, as `digest` has it.
    """

    def __init__(self, known: Mapping[bytes, Remembered] = MappingProxyType({})) -> None:
        self.known = known
        self.used: dict[bytes, Remembered] = {}
        self.said: dict[str, bytes] = {}
        self.read = 0

    def publication(
        self,
        entry: RawEntry,
        anchor: str,
        files: Files,
        report: Report,
        make: Callable[[RawEntry, str, Files, Report], Publication],
    ) -> Publication:
        """What ``make`` gives for ``entry``, without asking it where that is known."""
        source = _digest(entry, anchor)
        is_named_like_files = bool(files.of_key(entry.key))
        if source in self.known and not is_named_like_files:
            self.used[source] = self.known[source]
            known, self.said[entry.key] = self.known[source]
            return replace(known, location=entry.location)
        told: list[Diagnostic] = []

        def tell(diagnostic: Diagnostic) -> None:
            told.append(diagnostic)
            report(diagnostic)

        looked_for = len(files.looked_for)
        made = make(entry, anchor, files, tell)
        self.read += 1
        self.said[entry.key] = digest(made)
        if not told and not is_named_like_files and len(files.looked_for) == looked_for:
            self.used[source] = (made, self.said[entry.key])
        return made


def _digest(entry: RawEntry, anchor: str) -> bytes:
    said = [entry.type, entry.key, anchor]
    for name, field in entry.fields.items():
        said += (name, field.value)
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).digest()
