"""Files that fields of publications name, which go along with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sphinx_cv_ext.importers.imported import Finding, Imported, Report
from sphinx_cv_ext.model.links import LINK_KINDS, scheme_of
from sphinx_cv_ext.sources.fields import SYNONYMS
from sphinx_cv_ext.sources.links import clean_url
from sphinx_cv_ext.sources.raw import RawEntry, RawField

_FIELDS = frozenset({"preview", *(name for name, kind in LINK_KINDS.items() if not kind.template)})
# "www.example.org", "example.org/x", "//example.org" and a dash are no files.
_NO_FILE = re.compile(r"//|www\.|(?:[a-z0-9-]+\.)+[a-z]{2,}/|[\W\d_]*$", re.IGNORECASE)


def with_names(work: RawEntry, names: Mapping[str, str]) -> RawEntry:
    """``work`` and fields that name files, as a source has them outside a .bib file; a "#" alone is none."""
    fields = {
        name: RawField(re.sub(r"[{}\\]", "", value), work.location)
        for name, value in names.items()
        if any(map(str.isalnum, value))
    }
    return RawEntry(work.type, work.key, {**work.fields, **fields}, work.location)


def with_files(works: Iterable[tuple[RawEntry, Sequence[Path]]], root: Path, report: Report) -> Imported:
    """``works`` and the files that they name, which lie below ``root`` in the folders beside each.

    A field names its file by the name that it gets. One whose file is not there is reported and left out.
    """
    files: dict[str, Path] = {}
    found = tuple(_with_files(work, root.resolve(), folders, files, report) for work, folders in works)
    return Imported(found, files=files)


def _with_files(
    work: RawEntry, root: Path, folders: Sequence[Path], files: dict[str, Path], report: Report
) -> RawEntry:
    fields = dict(work.fields)
    for name in work.fields:
        value = clean_url(work.get(name))
        if SYNONYMS.get(name, name) not in _FIELDS or not value or scheme_of(value):
            continue
        found = _find(value, root, folders)
        if found:
            is_free = files.get(found.name, found) == found
            # A key may hold slashes, and dots between them.
            target = found.name if is_free else f"{re.sub(r'[^a-zA-Z0-9]+', '-', work.key)}-{found.name}"
            files[target] = found
            fields[name] = RawField(target, work.where(name))
        elif not _NO_FILE.match(value):
            del fields[name]
            report(Finding(work.where(name), f"the file {value!r} of the field {name!r} is not there"))
    return RawEntry(work.type, work.key, fields, work.location)


def _find(value: str, root: Path, folders: Sequence[Path]) -> Path | None:
    """The file that ``value`` names below ``root``; a slash at its beginning is the root's."""
    try:
        paths = [(folder / value.lstrip("/")).resolve() for folder in folders]
        return next((path for path in paths if path.is_relative_to(root) and path.is_file()), None)
    except (ValueError, OSError):
        return None
