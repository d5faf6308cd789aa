"""Local files that fields of publications name, and that are copied together with them."""

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
# Values that are no files, such as "www.example.org", "example.org/x", "//example.org" or a dash.
_NO_FILE = re.compile(r"//|www\.|(?:[a-z0-9-]+\.)+[a-z]{2,}/|[\W\d_]*$", re.IGNORECASE)


def with_names(work: RawEntry, names: Mapping[str, str]) -> RawEntry:
    """``work`` with further fields that name files; a value without a letter or digit, such as "#", is left out."""
    fields = {
        name: RawField(re.sub(r"[{}\\]", "", value), work.location)
        for name, value in names.items()
        if any(map(str.isalnum, value))
    }
    return RawEntry(work.type, work.key, {**work.fields, **fields}, work.location)


def with_files(works: Iterable[tuple[RawEntry, Sequence[Path]]], root: Path, report: Report) -> Imported:
    """``works`` and the files that their fields name; each work comes with the folders in which to look for its files.

    All files must be below ``root``. Each field is changed to the name that its file gets in the site. A field whose
    file is missing is reported and left out.
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
            # The key becomes part of a file name, so it must not contain slashes or dots.
            target = found.name if is_free else f"{re.sub(r'[^a-zA-Z0-9]+', '-', work.key)}-{found.name}"
            files[target] = found
            fields[name] = RawField(target, work.where(name))
        elif not _NO_FILE.match(value):
            del fields[name]
            report(Finding(work.where(name), f"the file {value!r} of the field {name!r} is not there"))
    return RawEntry(work.type, work.key, fields, work.location)


def _find(value: str, root: Path, folders: Sequence[Path]) -> Path | None:
    """The file below ``root`` that ``value`` names, in one of ``folders``; None if there is none."""
    try:
        paths = [(folder / value.lstrip("/")).resolve() for folder in folders]
        return next((path for path in paths if path.is_relative_to(root) and path.is_file()), None)
    except (ValueError, OSError):
        return None
