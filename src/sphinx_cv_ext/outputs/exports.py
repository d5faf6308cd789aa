"""The formats that publications can be taken away in: one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs import bibtex, csl_json, ris


@dataclass(frozen=True, slots=True)
class Export:
    """A format: its name for readers, the ending and media type of its files, and what writes publications in it."""

    label: str
    suffix: str
    media_type: str
    text: Callable[[Sequence[Publication]], str]


EXPORTS: dict[str, Export] = {
    export.suffix: export
    for export in (
        Export("BibTeX", "bib", "application/x-bibtex", lambda found: "\n".join(map(bibtex.bibtex, found))),
        Export("RIS", "ris", "application/x-research-info-systems", lambda found: "".join(map(ris.record, found))),
        Export("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json.text),
    )
}
"""Every format by the ending of its files."""
