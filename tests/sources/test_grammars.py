"""The small grammars inside fields, shown by their case files."""

import pytest

from sphinx_cv_ext.diagnostics import Diagnostic, Location
from sphinx_cv_ext.model.publication import AWARD_KINDS
from sphinx_cv_ext.outputs.words import award_words, rate_words
from sphinx_cv_ext.sources.annotations import parse_annotations
from sphinx_cv_ext.sources.awards import parse_awards
from sphinx_cv_ext.sources.notes import read_remark
from sphinx_cv_ext.sources.rates import parse_rate
from tests.casefile import Case, read_cases

PLACE = Location("case.bib", 1)


def told(found: list[Diagnostic]) -> list[str]:
    return [f"{diagnostic.code.value} {diagnostic.location} {diagnostic}" for diagnostic in found]


@pytest.mark.parametrize("case", read_cases("rates.txt"), ids=str)
def test_rates(case: Case) -> None:
    problems: list[Diagnostic] = []
    rate = parse_rate(case.input, PLACE, problems.append)
    shown = rate_words(rate, str) if rate else "nothing"
    assert "\n".join([shown, *told(problems)]) == case.expected


@pytest.mark.parametrize("case", read_cases("awards.txt"), ids=str)
def test_awards(case: Case) -> None:
    problems: list[Diagnostic] = []
    lines = []
    for award in parse_awards(case.input, PLACE, problems.append, AWARD_KINDS):
        evidence = f" <{award.url}>" if award.url else ""
        lines.append(f"{award.kind.name}: {award_words(award, str)}{evidence}")
    assert "\n".join([*lines, *told(problems)]) == case.expected


@pytest.mark.parametrize("case", read_cases("annotations.txt"), ids=str)
def test_annotations(case: Case) -> None:
    problems: list[Diagnostic] = []
    lines = []
    for item, annotation in parse_annotations(case.input, PLACE, problems.append).items():
        literal = [f'"{annotation.literal}"'] if annotation.literal else []
        lines.append(f"{item}: {' '.join([*annotation.values, *literal])}")
    assert "\n".join([*lines, *told(problems)]) == case.expected


@pytest.mark.parametrize("case", read_cases("remarks.txt"), ids=str)
def test_remarks(case: Case) -> None:
    problems: list[Diagnostic] = []
    remark = read_remark(case.input, PLACE, problems.append, AWARD_KINDS)
    lines = [f"rest: {remark.text}".rstrip()]
    if remark.rate:
        lines.append(f"rate: {rate_words(remark.rate, str)}")
    lines += [f"award: {award_words(award, str)}" for award in remark.awards]
    assert "\n".join([*lines, *told(problems)]) == case.expected


def test_long_lists_are_read() -> None:
    """Each would take minutes if its pieces were gone through again for every piece."""
    count = 100_000
    report: list[Diagnostic] = []
    assert len(parse_awards("Prize; " * count, PLACE, report.append, AWARD_KINDS)) == count
    assert len(parse_annotations("1=equal;" * count, PLACE, report.append)[1].values) == count
    assert len(read_remark("Best Paper, " * count, PLACE, report.append, AWARD_KINDS).awards) == count
    assert not report
