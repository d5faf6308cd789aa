"""Text into the model: BibTeX and the small grammars inside its fields, each problem reported with its place."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sphinx_cv_ext.diagnostics import LEFT_OUT, Code, Diagnostic, Location, Report, suggestion
from sphinx_cv_ext.model.library import Library
from sphinx_cv_ext.model.people import Owner
from sphinx_cv_ext.sources import bibtex, encoding, inherit
from sphinx_cv_ext.sources.fields import canonical
from sphinx_cv_ext.sources.kinds import Kinds
from sphinx_cv_ext.sources.links import Files, files_by_key
from sphinx_cv_ext.sources.memory import Memory
from sphinx_cv_ext.sources.publications import read_publications
from sphinx_cv_ext.sources.raw import RawEntry


@dataclass(frozen=True, slots=True)
class Database:
    """What some .bib files hold: the library, and the raw entries behind it in the same order.

    ``path_of`` is the file of each entry by key. Of the ``read`` entries those that are not among ``entries``
    are left out, and each of them was reported. ``kinds`` are those that they may have.
    """

    library: Library
    entries: list[RawEntry]
    path_of: dict[str, Path]
    read: int
    kinds: Kinds


def load(
    bibfiles: Sequence[Path],
    roots: Sequence[Path],
    owner: Owner,
    report: Report,
    repository: Path | None = None,
    memory: Memory | None = None,
    kinds: Kinds | None = None,
) -> Database:
    """Read ``bibfiles``; local files that they name may lie beside them or in ``roots``.

    Those in the folder ``repository`` need no path, and no field if they are named after the key of an entry.
    Entries that ``memory`` knows are not read again. Without ``kinds`` they may have ours.

    A file that cannot be read is reported. Nothing is raised for what the files hold.
    """
    report = _once(report)
    kinds = kinds or Kinds()
    paths = {short_path(path): path for path in bibfiles}
    texts = [(name, text) for name, path in paths.items() if (text := _text(path, name, report)) is not None]
    bibliography = bibtex.read(texts, report)
    family = inherit.resolve([canonical(entry) for entry in bibliography.entries], report, frozenset(kinds.links))
    entries = family.entries
    path_of = {entry.key: paths[entry.location.file] for entry in entries}
    folders = (repository,) if repository else ()
    by_key = files_by_key(repository, kinds.links) if repository else {}
    files = {path: Files((path.parent, *folders), (path.parent, *roots, *folders), by_key) for path in bibfiles}
    publications = read_publications(
        entries, lambda entry: files[path_of[entry.key]], report, memory or Memory(), kinds
    )
    return Database(Library(publications, owner, family.parents), entries, path_of, bibliography.read, kinds)


def _once(report: Report) -> Report:
    """``report``, but for what it has been told before: a parent's field speaks for all who inherit it.

    An entry that is left out is always named, for the count to add up.
    """
    told: set[Diagnostic] = set()

    def tell(diagnostic: Diagnostic) -> None:
        if diagnostic.code in LEFT_OUT or diagnostic not in told:
            told.add(diagnostic)
            report(diagnostic)

    return tell


def _text(path: Path, name: str, report: Report) -> str | None:
    try:
        data = path.read_bytes()
    except OSError as error:
        beside = {other.name: other for other in sorted(path.parent.glob("*.bib")) if other != path}
        problem = f"cannot read the file: {error.strerror or error} {suggestion(path.name, beside)}".rstrip()
        report(Diagnostic(Code.BIB_MISSING, Location(name), problem, "it counts as empty"))
        return None
    return encoding.decode(data, name, report)


def short_path(path: str | os.PathLike[str]) -> str:
    """A path as a diagnostic says it: from the working directory where it lies below it, else whole."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive of Windows
        return os.fspath(path)
    return os.fspath(path) if relative.startswith(os.pardir) else relative
