"""Name lists in, names out: BibTeX's rules, what exporters write, and what is broken."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location
from sphinx_cv_ext.model.people import Name
from sphinx_cv_ext.sources.names import ReadName, parse_names
from tests.casefile import Case, read_cases
from tests.sources.test_latex import steps

HERE = Location("refs.bib", 3)
_WORDS = r"""
    and AND others et al. Wei wen van der {van} {\'E}mile \v{c} \o Jr III 0001 family=Wen given=Wei prefix= \dag
    $^\dagger$ $^{1,2}$ \textsuperscript{*} 温 伟 Collaboration W.~Wen
"""
FRAGMENTS = [*_WORDS.split(), *"{},;$\\~*†=\"' \n&", "，", "\u202e", "\u0000", "\ud800", " and ", ", "]
lists = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=30).map(" ".join) | st.lists(
    st.sampled_from(FRAGMENTS), max_size=30
).map("".join)


def read(source: str) -> tuple[tuple[ReadName, ...], bool, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    names, others = parse_names(source, HERE, problems.append)
    return names, others, problems


def shown(source: str) -> str:
    """Parse a list, and write what it says in the notation of the case file."""
    names, others, problems = read(source)
    lines = [
        ", ".join(f"{part}={value}" for part, value in (*name.name._asdict().items(), ("marks", name.marks)) if value)
        for name in names
    ]
    return "\n".join([*lines, *(["others"] if others else []), *(f"! {problem.code.value}" for problem in problems)])


@pytest.mark.parametrize("case", read_cases("names.txt"), ids=str)
def test_case(case: Case) -> None:
    assert shown(case.input) == case.expected


@given(lists | st.text())
def test_any_string_is_a_list_of_names(source: str) -> None:
    names, _, problems = read(source)
    for name in names:
        assert name.name.family
        for part in (*name.name, name.marks):
            assert part == " ".join(part.split())
            assert all(unicodedata.category(c) not in ("Cc", "Cs") and c != "\u202e" for c in part)
    assert all(problem.location == HERE for problem in problems)


_words = st.sampled_from(["Wei", "Wen", "Hai", "Émile", "O’Neil", "Ng"])


@given(st.lists(st.builds(Name, _words, _words | st.just("J.-P."), st.just(""), st.just("")), max_size=5))
def test_names_written_in_either_form_are_read_back(names: list[Name]) -> None:
    for form in (str, lambda name: f"{name.family}, {name.given}"):
        found, others, problems = read(" and ".join(map(form, names)))
        assert [name.name for name in found] == names
        assert not others
        assert not problems


def test_a_report_names_the_place_the_problem_and_what_was_done() -> None:
    _, _, (problem,) = read("A. Smith; B. Jones")
    assert problem.code is Code.NAME_SEPARATOR
    assert problem.location == HERE
    assert str(problem) == "'A. Smith; B. Jones' parts names without \" and \"; it is read as 2 names"


def test_a_report_on_a_long_list_is_short() -> None:
    _, _, (problem,) = read("; ".join(["Wei Wen"] * 1000))
    assert len(str(problem)) < 150


@pytest.mark.parametrize(
    "unit",
    [
        *"{}~,* ",
        "{a}",
        "and ",
        "and",
        "Wei Wen and ",
        "Wen, Wei and ",
        "Wei Wen; ",
        "A Wen, ",
        "$^*$ ",
        "et ",
        "van ",
        "family=W, ",
        r"\o ",
        r"\dag",
        "W., ",
        "A, B., ",
    ],
)
def test_work_grows_with_the_length_alone(unit: str) -> None:
    few, many = (steps(lambda n=n: read(unit * n)) for n in (100, 400))  # type: ignore[misc]
    assert many < 5 * few


def test_six_thousand_authors() -> None:
    names, others, problems = read(" and ".join(f"Wen{{\\'e}}, W. {n:x}." for n in range(6000)) + " and others")
    assert len(names) == 6000
    assert others
    assert not problems
