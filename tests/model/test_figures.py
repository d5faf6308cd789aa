"""Figures are counted, and left out where there is nothing to count."""

from __future__ import annotations

import pytest

from sphinx_cv_ext.model.figures import FIGURES
from sphinx_cv_ext.outputs.words import english, figure_value, figure_words
from tests.model.reading import ADA, library

REFS = """
@misc{a, title={A}, author={Example, Ada and Sample, Grace}, year=2020, abbr={ICE}, acceptance={1/4},
  award={Best Paper Award, 1/500; Runner-up; Oral}}
@misc{b, title={B}, author={Sample, Grace and Example, Ada}, author+an={2=first}, acceptance={24%},
  award={Prize; Spotlight}}
@misc{c, title={C}, author={Sample, Grace and Example, Ada}}
"""


@pytest.mark.parametrize(
    ("name", "value", "label", "keys"),
    [
        ("publications", "3", "publications", "abc"),
        ("first-author", "2", "as first author", "ab"),
        ("awards", "2", "paper awards", "ab"),
        ("nominations", "1", "award nomination", "a"),
        ("presentations", "2", "orals and spotlights", "ab"),
        ("most-selective", "0.2%", "most selective: Best Paper Award, ICE 2020", "a"),
    ],
)
def test_figure(name: str, value: str, label: str, keys: str) -> None:
    figure = FIGURES[name](list(library(REFS).by_key.values()), ADA)
    assert figure is not None
    assert (figure_value(figure, str), figure_words(figure, str, english), figure.keys) == (value, label, tuple(keys))


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_to_count_is_no_figure(name: str) -> None:
    assert FIGURES[name]([], ADA) is None


def test_one_is_said_in_the_singular() -> None:
    found = [
        FIGURES[name](list(library("@misc{a, title={T}, award={Prize; Oral}}").by_key.values()), ADA)
        for name in FIGURES
    ]
    words = [figure_words(figure, str, english) for figure in found if figure]
    assert words == ["publication", "paper award", "oral or spotlight"]


def test_the_most_selective_rate_is_compared_exactly() -> None:
    text = "".join(
        f"@misc{{{key}, title={{T}}, acceptance={{{rate}}}}}\n"
        for key, rate in (("a", "333/1000"), ("b", "1/3"), ("c", "33.3%"))
    )
    figure = FIGURES["most-selective"](list(library(text).by_key.values()), ADA)
    assert figure is not None
    assert figure.keys == ("a",)


def test_the_most_selective_place_is_named_whole_where_nobody_has_shortened_it() -> None:
    text = "@article{a, title={T}, journal={Journal of Looms}, year=2018, acceptance={9%}}"
    figure = FIGURES["most-selective"](list(library(text).by_key.values()), ADA)
    assert figure is not None
    assert figure_words(figure, str, english) == "most selective: acceptance rate, Journal of Looms 2018"
