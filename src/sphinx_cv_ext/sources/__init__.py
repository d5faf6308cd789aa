"""Text into the model: BibTeX and the small grammars inside its fields, each problem reported with its place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cache
from pathlib import Path

from sphinx_cv_ext.diagnostics import LEFT_OUT, Code, Diagnostic, Location, Report, short_path, suggestion
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.library import Library
from sphinx_cv_ext.model.people import Owner
from sphinx_cv_ext.sources import bibtex, encoding, inherit, preprints
from sphinx_cv_ext.sources.fields import canonical
from sphinx_cv_ext.sources.kinds import Kinds
from sphinx_cv_ext.sources.links import Files, files_by_key
from sphinx_cv_ext.sources.memory import NOTHING_READ, Reading
from sphinx_cv_ext.sources.publications import Share, read_publications
from sphinx_cv_ext.sources.raw import RawEntry


@frozen
class Database:
    """The content of some .bib files: the library, and the raw entries behind it in the same order.

    ``path_of`` maps keys to the files of the entries. ``kinds`` are the kinds of links and awards that entries may
    have. ``reading`` is for the next call of `load`. ``_scan`` reads the raw entries, if that has not been done.
    """

    library: Library
    path_of: dict[str, Path]
    kinds: Kinds
    reading: Reading
    _scan: Callable[[], list[RawEntry]]

    @property
    def read(self) -> int:
        """How many entries the files have. Those that are not in ``entries`` were left out, and each was reported."""
        return self.reading.read

    @property
    def entries(self) -> list[RawEntry]:
        """The raw entries. If nothing has changed since the last reading, the files are only scanned for this."""
        return self._scan()


@frozen
class Settings:
    """Which .bib files are read, and what a project says about what they hold.

    Local files that they name may lie beside them or in ``roots``. Files in the folder ``repository`` are found by
    their name alone, and without a field if they are named after the key of an entry. ``kinds`` are the kinds of links
    and awards that entries may have, ours unless given. ``this_year`` is handed to the library.
    """

    bibfiles: Sequence[Path]
    owner: Owner = field(default_factory=Owner)
    roots: Sequence[Path] = ()
    repository: Path | None = None
    kinds: Kinds = field(default_factory=Kinds)
    this_year: int = 0


def load(
    settings: Settings,
    report: Report,
    last: Reading = NOTHING_READ,
    rules: Sequence[Rule] = (),
    share: Share = lambda read, entries: read(entries),
) -> Database:
    """Read the .bib files of ``settings``.

    If nothing has changed since the reading ``last``, its result is returned again and its reports are repeated;
    otherwise only the entries that have changed are read. ``rules`` look at all that was read, and what they find is
    reported, too. ``share`` runs the function that reads entries, perhaps in several processes.

    A file that cannot be read is reported. Nothing is raised, whatever the files hold.
    """
    told: list[Diagnostic] = []
    tell = _once(report, told)
    kinds, repository = settings.kinds, settings.repository
    paths = {short_path(path): path for path in settings.bibfiles}
    found = {name: data for name, path in paths.items() if (data := _bytes(path, name, tell)) is not None}
    folders = (repository,) if repository else ()
    by_key = files_by_key(repository, kinds.links) if repository else {}
    files = {
        name: Files((path.parent, *folders), (path.parent, *settings.roots, *folders), by_key)
        for name, path in paths.items()
    }

    def database(reading: Reading, scan: Callable[[], list[RawEntry]]) -> Database:
        publications = [work.publication for work in reading.works]
        path_of = {publication.key: paths[publication.location.file] for publication in publications}
        library = Library(publications, settings.owner, reading.parents, reading.preprints, settings.this_year)
        return Database(library, path_of, kinds, reading, cache(scan))

    state = _state(found, repr((paths, settings, by_key, [rule.__name__ for rule in rules])))
    if (
        not told
        and state == last.state
        and all(work.is_current(files[work.publication.location.file]) for work in last.works)
    ):
        for diagnostic in last.told:
            report(diagnostic)
        return database(last, lambda: _family(found, kinds, lambda _diagnostic: None)[0].entries)
    family, read = _family(found, kinds, tell)
    works = read_publications(family.entries, lambda entry: files[entry.location.file], tell, last, kinds, share)
    # What the rules find is added to ``told`` below, which ``reading`` holds: the next `load` reports it again.
    reading = Reading(state, works, family.parents, read, told, family.preprints)
    now = database(reading, lambda: family.entries)
    for rule in rules:
        for diagnostic in rule(now):
            tell(diagnostic)
    return now


Rule = Callable[[Database], Iterable[Diagnostic]]
"""Looks at everything that was read, and yields what it finds wrong."""


def _state(found: Mapping[str, bytes], settings: str) -> bytes:
    """A digest of everything that the result depends on, except local files."""
    digest = hashlib.sha256(settings.encode("utf-8", "surrogatepass"))
    for data in found.values():
        digest.update(hashlib.sha256(data).digest())
    return digest.digest()


def _family(found: Mapping[str, bytes], kinds: Kinds, report: Report) -> tuple[inherit.Family, int]:
    """The entries of some files, with everything that they inherit, and how many were read."""
    texts = [(name, encoding.decode(data, name, report)) for name, data in found.items()]
    bibliography = bibtex.read(texts, report)
    entries = [canonical(entry) for entry in bibliography.entries]
    family = inherit.resolve(entries, report, frozenset(kinds.links))
    joined = preprints.join(family.entries, report)
    return replace(family, entries=joined.entries, preprints=joined.works), bibliography.read


def _once(report: Report, told: list[Diagnostic]) -> Report:
    """A ``report`` that drops repetitions: an inherited field would be reported once for every child.

    An entry that is left out is reported in any case, so that the count of entries adds up. Everything that is reported
    is added to ``told``.
    """
    seen: set[Diagnostic] = set()

    def tell(diagnostic: Diagnostic) -> None:
        if diagnostic.code in LEFT_OUT or diagnostic not in seen:
            seen.add(diagnostic)
            told.append(diagnostic)
            report(diagnostic)

    return tell


def _bytes(path: Path, name: str, report: Report) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        beside = {other.name: other for other in sorted(path.parent.glob("*.bib")) if other != path}
        hint = suggestion(path.name, beside) or _moved(path)
        problem = f"cannot read the file: {error.strerror or error} {hint}".rstrip()
        report(Diagnostic(Code.BIB_MISSING, Location(name), problem, "it counts as empty"))
        return None


def _moved(path: Path) -> str:
    """``(there is one in 'docs')``: where a file of that name is near by, above or below."""
    folders = (path.parent.parent, *sorted(path.parent.glob("[!._]*/")))
    found = next((folder for folder in folders if (folder / path.name).is_file()), None)
    return f"(there is one in {short_path(found)!r})" if found else ""
