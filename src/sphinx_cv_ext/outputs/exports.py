"""The formats that publications can be taken away in: one table.

A file holds its entries in the order given. In all formats but JSON they are parted by exactly one blank line and
hold none themselves, so that a reader may cut the file at its blank lines and needs to know no more of the format;
that is what the script behind a list does. A line ends as the format wants it, with CR and LF in RIS, else with LF,
and no character that some program takes for another end of a line is in an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs import bibtex, csl_json, ris
from sphinx_cv_ext.outputs.lines import one_line
from sphinx_cv_ext.outputs.references import reference

_Entry = Callable[[Publication], str]
_Join = Callable[[Iterable[str]], str]


@frozen
class Export:
    """A format: its name for us and for readers, and the ending (without its first dot) and media type of its files.

    ``entry`` writes one publication, and ``join`` makes a file of such entries, which ends with a line end. Of no
    entries it is a file that holds none: an empty one, or an empty array. Two formats of the same name and look are
    equal, for functions cannot be compared.
    """

    name: str
    label: str
    suffix: str
    media_type: str
    entry: _Entry = field(compare=False, repr=False)
    # Each entry ends its last line itself.
    join: _Join = field(default="\n".join, compare=False, repr=False)

    def __reduce__(self) -> tuple[object, ...]:
        """What a pickle has of it: no functions, for those of a conf.py are not found again by their names."""
        return Export, (self.name, self.label, self.suffix, self.media_type, _forgotten)


def _forgotten(publication: Publication) -> str:
    raise LookupError("a format that was pickled writes nothing")


def _style(name: str, label: str) -> Export:
    def entry(publication: Publication) -> str:
        return f"{one_line(reference(name, publication))}\n"

    return Export(name, label, f"{name}.txt", "text/plain", entry)


EXPORTS: dict[str, Export] = {
    export.name: export
    for export in (
        Export("bibtex", "BibTeX", "bib", "application/x-bibtex", bibtex.bibtex),
        Export("biblatex", "biblatex", "biblatex.bib", "application/x-bibtex", bibtex.biblatex),
        Export("ris", "RIS", "ris", "application/x-research-info-systems", ris.record, "\r\n".join),
        Export(
            "csl-json", "CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json.entry, csl_json.join
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
