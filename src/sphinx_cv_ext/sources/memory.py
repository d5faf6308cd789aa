"""Remembers what was read in the last build, so that only entries that have changed are read again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import field

from sphinx_cv_ext.diagnostics import Diagnostic, Location
from sphinx_cv_ext.frozen import changed, frozen
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.sources.links import Files, Found
from sphinx_cv_ext.sources.raw import RawEntry


@frozen
class Work:
    """A publication, and what it was made from.

    ``source`` is a digest of its entry, without its place in the file. ``found`` are the local files that were looked
    for. ``is_clean`` is true if there was nothing to report; otherwise the entry is read, and reported, in every build.
    """

    publication: Publication
    source: bytes
    found: tuple[Found, ...]
    is_clean: bool

    @property
    def said(self) -> bytes:
        """A digest of everything that the publication says, without its place and its label."""
        if not self.found:
            return self.source
        return hashlib.sha256(self.source + repr(self.found).encode("utf-8", "surrogatepass")).digest()

    def is_current(self, files: Files) -> bool:
        """Whether looking for the local files would have the same results now."""
        return all(files.look(name) == path for name, path in self.found)

    def settled(self, location: Location, label: str) -> Work:
        """The same work with the place and the label that it has now; both depend on other entries."""
        publication = self.publication
        if publication.location == location and publication.citing_label == label:
            return self
        publication = changed(publication, location=location, citing_label=label)
        return Work(publication, self.source, self.found, self.is_clean)


@frozen
class Reading:
    """The result of reading some .bib files.

    ``state`` is a digest of everything that was read, except local files. The ``works`` are in the order of the files.
    ``parents`` are the keys of entries that lend their fields to others, and ``preprints`` maps the keys of preprints
    to those of the works that they became. ``read`` counts all entries, also those left out. ``told`` is what was
    reported.
    """

    state: bytes
    works: Sequence[Work]
    parents: frozenset[str]
    read: int
    told: list[Diagnostic]
    preprints: Mapping[str, str] = field(default_factory=dict)


NOTHING_READ = Reading(b"", (), frozenset(), 0, [])
"""The result before anything was read."""


@frozen
class Given:
    """An entry that may have to be read, with what is needed for that; ``basis`` is a digest that all share."""

    entry: RawEntry
    anchor: str
    files: Files
    basis: hashlib._Hash

    def source(self) -> bytes:
        """A digest of everything that the publication depends on, except local files and the order of the fields."""
        entry = self.entry
        fields = sorted([(name, field.value) for name, field in entry.fields.items()])
        said = (entry.type, entry.key, self.anchor, self.files.of_key(entry.key), fields)
        digest = self.basis.copy()
        digest.update(repr(said).encode("utf-8", "surrogatepass"))
        return digest.digest()


class Memory:
    """The works of the last reading, by the digests of their entries; ``basis`` is what all works depend on."""

    def __init__(self, last: Reading, basis: str) -> None:
        self._known = {work.source: work for work in last.works if work.is_clean}
        self._basis = hashlib.sha256(basis.encode("utf-8", "surrogatepass"))

    def work(self, given: Given) -> Work | None:
        """The work for an entry from the last reading, if nothing that it depends on has changed."""
        known = self._known.get(given.source()) if self._known else None
        return known if known and known.is_current(given.files) else None

    def given(self, entry: RawEntry, anchor: str, files: Files) -> Given:
        """An entry with what is needed to look it up, or to read it."""
        return Given(entry, anchor, files, self._basis)
