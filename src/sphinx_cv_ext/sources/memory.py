"""What was read before, so that what has not changed since is not read again."""

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
    """A publication, and what it was made of.

    ``source`` stands for its entry, wherever that stands in the file, and ``found`` is what else was looked at: local
    files. ``is_clean`` is whether nothing was wrong with the entry; else it must be told of again.
    """

    publication: Publication
    source: bytes
    found: tuple[Found, ...]
    is_clean: bool

    @property
    def said(self) -> bytes:
        """What stands for all that the publication says, but for its place and its label."""
        if not self.found:
            return self.source
        return hashlib.sha256(self.source + repr(self.found).encode("utf-8", "surrogatepass")).digest()

    def is_current(self, files: Files) -> bool:
        """Whether the local files are where they were."""
        return all(files.look(name) == path for name, path in self.found)

    def settled(self, location: Location, label: str) -> Work:
        """The same, where it stands now and under the label that it has now."""
        publication = self.publication
        if publication.location == location and publication.citing_label == label:
            return self
        publication = changed(publication, location=location, citing_label=label)
        return Work(publication, self.source, self.found, self.is_clean)


@frozen
class Reading:
    """What came of reading some .bib files.

    ``state`` stands for all that was read but local files. The ``works`` are in the order of the files; ``parents``
    are the keys of those that lend to others, and ``preprints`` map theirs to those of what they became. Of the entries
    ``read`` some may have been left out. ``told`` is what was wrong.
    """

    state: bytes
    works: Sequence[Work]
    parents: frozenset[str]
    read: int
    told: list[Diagnostic]
    preprints: Mapping[str, str] = field(default_factory=dict)


NOTHING_READ = Reading(b"", (), frozenset(), 0, [])
"""What is known before anything was read."""


@frozen
class Given:
    """An entry that may have to be read, and what it is read with; ``basis`` stands for what that is for all."""

    entry: RawEntry
    anchor: str
    files: Files
    basis: hashlib._Hash

    def source(self) -> bytes:
        """What stands for all that the entry says; the order of its fields is no part of it."""
        entry = self.entry
        fields = sorted([(name, field.value) for name, field in entry.fields.items()])
        said = (entry.type, entry.key, self.anchor, self.files.of_key(entry.key), fields)
        digest = self.basis.copy()
        digest.update(repr(said).encode("utf-8", "surrogatepass"))
        return digest.digest()


class Memory:
    """The works of a reading, by what their entries say; ``basis`` stands for all else that they were made of."""

    def __init__(self, last: Reading, basis: str) -> None:
        self._known = {work.source: work for work in last.works if work.is_clean}
        self._basis = hashlib.sha256(basis.encode("utf-8", "surrogatepass"))

    def work(self, given: Given) -> Work | None:
        """What was made of an entry, if nothing that it was made of has changed."""
        known = self._known.get(given.source()) if self._known else None
        return known if known and known.is_current(given.files) else None

    def given(self, entry: RawEntry, anchor: str, files: Files) -> Given:
        """An entry to ask for, or to read."""
        return Given(entry, anchor, files, self._basis)
