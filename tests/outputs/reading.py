"""Publications for tests of the exports, read from BibTeX whether it is sound or not."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st

from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.exports import Export
from sphinx_cv_ext.sources import Settings, load
from sphinx_cv_ext.sources.entry_types import ENTRY_TYPES


def publications(text: str) -> list[Publication]:
    """The publications of a .bib file, whatever is wrong in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "refs.bib"
        path.write_text(text, encoding="utf-8", newline="")
        return list(load(Settings([path]), lambda _: None).library.by_key.values())


def publication(text: str) -> Publication:
    """The only publication of a .bib file."""
    (found,) = publications(text)
    return found


def written(export: Export, found: Iterable[Publication]) -> str:
    """A whole file of a format."""
    return export.join(map(export.entry, found))


_FIELDS = """
    author editor title subtitle journal booktitle eventtitle series volume number pages chapter edition eid publisher
    organization institution school howpublished holder address type doi eprint eprinttype eprintclass isbn issn year
    month date version pubstate langid keywords note abstract url pdf code paper arxiv hal entrysubtype issuetitle abbr
"""
_VALUES = st.one_of(
    st.text(max_size=12),
    st.text("{}\\$&%#_^~\"'-–,.; \t\r\nandé李\u2028\x00*<>i", max_size=16),
    st.sampled_from(
        [
            "Example, Ada",
            "Example, Jr, Ada and van den Berg, Jan and others",
            "{Example Group}",
            "李, 明",
            "2020",
            "2020-08-23",
            "may",
            "1--2",
            "1901.00001",
            "arXiv preprint arXiv:1805.07898",
            "in press",
            "submitted",
            "10.1000/x_1",
            "https://example.org/a_b?c=%7B",
            "{T}itle of $x^2$ \\emph{and} more?",
            "workshop",
            "newspaper",
            "phdthesis",
        ]
    ),
)


@st.composite
def _entries(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from([*ENTRY_TYPES, "misc", "online", "unpublished"]))
    found = draw(st.dictionaries(st.sampled_from(_FIELDS.split()), _VALUES, max_size=12))
    return f"@{kind}{{key, {', '.join(f'{name} = {{{value}}}' for name, value in found.items())}}}\n"


BIBS = st.one_of(st.text(), st.lists(_entries(), max_size=2).map("".join))
"""Text of .bib files: any at all, and entries of every type with any values."""
