"""What programs of others read in our exports, field by field: citation-js, pybtex and biber."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import pytest

from sphinx_cv_ext.model.publication import PUBLICATION_TYPES
from sphinx_cv_ext.outputs.exports import EXPORTS, FOR_MANAGERS
from tests.casefile import Case, read_cases
from tests.outputs.readers import Found, apa, biber, citation_js, columns, pybtex, table
from tests.outputs.reading import publications, written

MANAGERS = read_cases("export-managers.txt")
LATEX = read_cases("export-latex.txt")


def file_of(name: str, cases: Sequence[Case]) -> str:
    """The entries of all cases as one file of a format."""
    return written(EXPORTS[name], publications("\n".join(case.input for case in cases)))


@functools.cache
def found_by_managers() -> Mapping[str, Sequence[Found]]:
    return {name: citation_js(name, file_of(name, MANAGERS)) for name in FOR_MANAGERS}


@functools.cache
def found_by_latex() -> Mapping[str, Sequence[Found]]:
    dialects = {name: file_of(name, LATEX) for name in ("bibtex", "biblatex")}
    return {**{name: pybtex(text) for name, text in dialects.items()}, "biber": biber(dialects["biblatex"])}


@pytest.mark.parametrize("case", MANAGERS, ids=str)
def test_reference_managers_find_it(case: Case) -> None:
    assert table(columns(found_by_managers(), MANAGERS.index(case))) == case.expected


@pytest.mark.parametrize("case", LATEX, ids=str)
def test_bibtex_and_biber_find_it(case: Case) -> None:
    assert table(columns(found_by_latex(), LATEX.index(case))) == case.expected


def test_every_reader_finds_every_entry() -> None:
    assert {name: len(found) for name, found in found_by_managers().items()} == dict.fromkeys(
        FOR_MANAGERS, len(MANAGERS)
    )
    assert {name: len(found) for name, found in found_by_latex().items()} == dict.fromkeys(
        ("bibtex", "biblatex", "biber"), len(LATEX)
    )


def test_the_cases_are_of_every_type() -> None:
    assert {found.type.name for case in MANAGERS for found in publications(case.input)} == set(PUBLICATION_TYPES)


def test_a_citation_processor_prints_who_wrote_what_and_when() -> None:
    source = publications("\n".join(case.input for case in MANAGERS))
    for publication, reference in zip(source, apa(written(EXPORTS["csl-json"], source)), strict=True):
        assert all(author.name.family in reference for author in publication.authors), reference
        assert publication.plain_title in reference
        assert str(publication.year or "n.d.") in reference
        assert publication.details.doi in reference
