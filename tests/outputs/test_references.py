"""References in plain text: the case file, the limits of each style's lists of names, and any input."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given

from sphinx_cv_ext.outputs.references import STYLES, reference
from tests.casefile import Case, read_cases
from tests.outputs.reading import BIBS, publication, publications


@pytest.mark.parametrize("case", read_cases("export-references.txt"), ids=str)
def test_cases(case: Case) -> None:
    found = publication(case.input)
    assert "\n".join(f"{style:<8} {reference(style, found)}" for style in STYLES) == case.expected


def authors(count: int) -> str:
    people = " and ".join(f"Example{number}, Ada" for number in range(1, count + 1))
    return f"@article{{a, title={{T}}, author={{{people}}}, journal={{J}}, year={{2020}}}}"


@pytest.mark.parametrize(
    ("style", "all_of", "first_of_more"),
    [
        ("apa", 20, "Example19, A., . . . Example21, A."),
        ("chicago", 10, "Ada Example7, et al."),
        ("ieee", 6, "A. Example1 et al.,"),
    ],
)
def test_how_many_authors_are_named(style: str, all_of: int, first_of_more: str) -> None:
    assert f"Example{all_of}" in reference(style, publication(authors(all_of)))
    assert first_of_more in reference(style, publication(authors(all_of + 1)))


@given(BIBS)
@example("@BOOK{TITLE=~")
def test_any_publication_is_one_line(source: str) -> None:
    for found in publications(source):
        for style in STYLES:
            text = reference(style, found)
            assert text
            assert not re.search(r"[\r\n\t]", text)
