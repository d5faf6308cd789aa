"""The formats in which publications can be downloaded: one table.

A file has its entries in the given order. In all formats except JSON there is exactly one blank line between entries,
and none within an entry: the script of a list can therefore split a file at its blank lines without knowing the format.
Lines end as the format demands, with CR and LF in RIS and with LF otherwise. An entry contains no other character that
some program might take for the end of a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from functools import cache
from importlib import import_module
from typing import Any

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.lines import one_line
from sphinx_cv_ext.outputs.references import reference

_Entry = Callable[[Publication], str]
_Join = Callable[[Iterable[str]], str]


@frozen
class Export:
    """A format: its name in the code, its label for readers, and the ending (without the first dot) and media type.

    ``entry`` writes one publication; every line of it has a line end. ``join`` makes the content of a file from such
    entries, which may be none. Formats are compared without their functions.
    """

    name: str
    label: str
    suffix: str
    media_type: str
    entry: _Entry = field(compare=False, repr=False)
    # Each entry ends its last line itself.
    join: _Join = field(default="\n".join, compare=False, repr=False)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle it without its functions: those of a conf.py cannot be found by name when they are unpickled."""
        return Export, (self.name, self.label, self.suffix, self.media_type, _forgotten)


def _forgotten(publication: Publication) -> str:
    raise LookupError("a format that was pickled writes nothing")


def _of(module: str, function: str) -> Callable[[Any], str]:
    """A function of a module beside this one, which its first call loads: a build without changes writes nothing."""

    @cache
    def loaded() -> Callable[[Any], str]:
        found: Callable[[Any], str] = getattr(import_module(f"{__package__}.{module}"), function)
        return found

    return lambda given: loaded()(given)


def _style(name: str, label: str) -> Export:
    def entry(publication: Publication) -> str:
        return f"{one_line(reference(name, publication))}\n"

    return Export(name, label, f"{name}.txt", "text/plain", entry)


EXPORTS: dict[str, Export] = {
    export.name: export
    for export in (
        Export("bibtex", "BibTeX", "bib", "application/x-bibtex", _of("bibtex", "bibtex")),
        Export("biblatex", "biblatex", "biblatex.bib", "application/x-bibtex", _of("bibtex", "biblatex")),
        Export("ris", "RIS", "ris", "application/x-research-info-systems", _of("ris", "record"), "\r\n".join),
        Export(
            "csl-json",
            "CSL-JSON",
            "json",
            "application/vnd.citationstyles.csl+json",
            _of("csl_json", "entry"),
            _of("csl_json", "join"),
        ),
        _style("apa", "APA"),
        _style("mla", "MLA"),
        _style("chicago", "Chicago"),
        _style("ieee", "IEEE"),
    )
}
"""Every format by its name; all are UTF-8."""

FOR_MANAGERS = ("bibtex", "biblatex", "ris", "csl-json")
"""The formats that reference managers read."""
