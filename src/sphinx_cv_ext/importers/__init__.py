"""Readers of files in which other tools keep data of researchers: a module for each, and a table of all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.importers import (
    academicpages,
    al_folio,
    bibtex,
    csl,
    dblp,
    hugoblox,
    json_resume,
    orcid,
    rendercv,
    ris,
)
from sphinx_cv_ext.importers.imported import Imported, Report


@frozen
class Importer:
    """A kind of source. ``claims`` tells whether a path looks like one, and ``read`` reads it."""

    name: str
    label: str
    claims: Callable[[Path], bool]
    read: Callable[[Path, Report], Imported]


def _file(suffixes: str, pattern: str = "") -> Callable[[Path], bool]:
    """Whether a path is a file with one of ``suffixes`` whose beginning holds ``pattern``."""
    found = re.compile(pattern, re.MULTILINE)

    def claims(path: Path) -> bool:
        if path.suffix.lower() not in suffixes.split() or not path.is_file():
            return False
        try:
            with path.open("rb") as file:
                return bool(found.search(file.read(_BEGINNING).decode("utf-8", "replace")))
        except OSError:
            return False

    return claims


_BEGINNING = 1024 * 1024

IMPORTERS: dict[str, Importer] = {
    importer.name: importer
    for importer in (
        Importer("al-folio", "an al-folio or jekyll-scholar folder", al_folio.claims, al_folio.read),
        Importer("academicpages", "an academicpages folder", academicpages.claims, academicpages.read),
        Importer("hugoblox", "a HugoBlox folder", hugoblox.claims, hugoblox.read),
        Importer("bibtex", "a .bib file", _file(".bib .bibtex"), bibtex.read),
        Importer("ris", "a RIS file", _file(".ris .txt", r"^TY  ?-"), ris.read),
        Importer("dblp", "a person's XML from DBLP", _file(".xml", "<dblpperson"), dblp.read),
        Importer(
            "orcid", "an ORCID record as JSON", _file(".json", '"(?:orcid-identifier|activities-summary)"'), orcid.read
        ),
        Importer("json-resume", "a JSON Resume", _file(".json .yml .yaml", r'^basics:|"basics"\s*:'), json_resume.read),
        Importer("rendercv", "RenderCV's YAML", _file(".yml .yaml", "^cv:"), rendercv.read),
        Importer(
            "csl",
            "CSL-JSON",
            _file(".json", r'"type"\s*:\s*"[a-z_-]+"[^{]*"|"(?:container-title|issued)"\s*:'),
            csl.read,
        ),
    )
}
"""Every kind of source. Several may claim a path: the first one wins."""


def kind_of(path: Path) -> Importer | None:
    """The kind of source that ``path`` looks like; None if it looks like none."""
    return next((importer for importer in IMPORTERS.values() if importer.claims(path)), None)
