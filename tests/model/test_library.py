"""The order of groups and of what is equal in them."""

from __future__ import annotations

import pytest

from sphinx_cv_ext.model.library import Grouping, OwnerRole, Selection, Sort, Years, owner_roles
from sphinx_cv_ext.model.people import Name, Owner
from tests.model.reading import ADA, library

REFS = """
@article{a, title={A}, journal={Zeta}, year=2019, keywords={zebra, Apple}}
@book{b, title={B}, publisher={Alpha}, year=2021, keywords={apple pie}}
@article{c, title={C}, journal={Zeta}, year=2020, month=feb}
@article{d, title={D}, journal={Beta}, year=2020, month=jan, keywords={Ärger}}
@article{e, title={E}}
@article{f, title={F}, year=2020, journal={Beta}}
"""


def groups(group: Grouping, sort: Sort = Sort.NEWEST) -> list[str]:
    found = library(REFS).groups(Selection(group=group, sort=sort))
    return [f"{group.name}: {''.join(p.key for p in group.publications)}" for group in found]


@pytest.mark.parametrize(
    ("grouping", "sort", "expected"),
    [
        (Grouping.YEAR, Sort.NEWEST, ["2021: b", "2020: cdf", "2019: a", ": e"]),
        (Grouping.YEAR, Sort.OLDEST, ["2019: a", "2020: fdc", "2021: b", ": e"]),
        (Grouping.YEAR, Sort.TITLE, ["2019: a", "2021: b", "2020: cdf", ": e"]),
        (Grouping.TYPE, Sort.NEWEST, ["Journal articles: cdfae", "Books: b"]),
        (Grouping.VENUE, Sort.NEWEST, ["Alpha: b", "Zeta: ca", "Beta: df", ": e"]),
        (Grouping.KEYWORD, Sort.FILE, ["Apple: a", "apple pie: b", "Ärger: d", "zebra: a", ": cef"]),
        (Grouping.NONE, Sort.FILE, [": abcdef"]),
    ],
)
def test_groups(grouping: Grouping, sort: Sort, expected: list[str]) -> None:
    assert groups(grouping, sort) == expected


def test_what_is_still_to_come_is_newest() -> None:
    """Without a date, the state says that a work is forthcoming; a preprint without a date is out already."""
    found = library(REFS + "@article{g, year={in press}} @misc{h, pubstate={preprint}} @article{i, note={to appear}}")
    keys = ["".join(p.key for p in found.select(Selection(sort=sort))) for sort in (Sort.NEWEST, Sort.OLDEST)]
    assert keys == ["gibcdfaeh", "afdcbeghi"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.NEWEST, ["Forthcoming: gi", "2021: b", "2020: cdf", "2019: a", ": ehk"]),
        (Sort.OLDEST, ["2019: a", "2020: fdc", "2021: b", "Forthcoming: gi", ": ehk"]),
    ],
)
def test_what_is_still_to_come_is_a_group_among_the_years(sort: Sort, expected: list[str]) -> None:
    more = "@article{g, year={in press}} @misc{h, pubstate={preprint}} @article{i, note={submitted}}"
    more += "@article{j, year=2021, pubstate={inpress}} @article{k, pubstate={prepublished}}"
    found = library(REFS + more).groups(Selection(group=Grouping.YEAR, sort=sort))
    assert [
        f"{group.name}: {''.join(p.key for p in group.publications if p.key != 'j')}" for group in found
    ] == expected


def test_nothing_selected_is_no_group() -> None:
    assert library(REFS).groups(Selection(keys=("none",))) == []


@pytest.mark.parametrize(
    ("years", "inside", "outside"),
    [
        (Years(2019, 2019), [2019], [2018, 2020, 0]),
        (Years(2019, None), [2019, 9999], [2018, 0]),
        (Years(None, 2019), [1, 2019], [2020, 0]),
        (Years(2018, 2019), [2018, 2019], [2017, 2020, 0]),
    ],
)
def test_ranges_hold_both_their_ends_and_never_what_has_no_year(
    years: Years, inside: list[int], outside: list[int]
) -> None:
    assert [year in years for year in inside] == [True] * len(inside)
    assert [year in years for year in outside] == [False] * len(outside)


@pytest.mark.parametrize(
    ("fields", "roles"),
    [
        ("author = {Example, Ada and Sample, Bo}", {OwnerRole.ANY, OwnerRole.FIRST}),
        ("editor = {Example, Ada and Sample, Bo}", {OwnerRole.ANY}),
        ("editor = {Sample, Bo and Example, Ada}", {OwnerRole.ANY}),
        ("editor = {Sample, Bo and Example, Ada}, editor+an = {2=equal}", {OwnerRole.ANY, OwnerRole.EQUAL}),
    ],
)
def test_whoever_edits_a_work_is_not_its_first_author_or_its_last(fields: str, roles: set[OwnerRole]) -> None:
    (found,) = library(f"@book{{a, title = {{A}}, {fields}}}").listed
    assert owner_roles(found, ADA) == roles


@pytest.mark.parametrize(
    ("people", "role", "expected"),
    [
        ([], OwnerRole.LAST, ""),
        ([Name("Sample", "Bo")], OwnerRole.FIRST, "b"),
        ([Name("Sample", "Bo")], OwnerRole.LAST, "ac"),
        ([Name("Sample", "Bo"), Name("Example", "Ada")], OwnerRole.LAST, "abc"),
        ([Name("Doe", "Jane")], OwnerRole.FIRST, "c"),  # no member: those on which the first of the members is first
    ],
)
def test_a_role_is_that_of_the_member_who_is_looked_for(people: list[Name], role: OwnerRole, expected: str) -> None:
    members = Owner([Name("Example", "Ada"), Name("Sample", "Bo")])
    lists = {
        "a": "Ada Example and Bo Sample",
        "b": "Bo Sample and Ada Example",
        "c": "Ada Example and Jane Doe and Bo Sample",
    }
    refs = "".join(f"@misc{{{key}, title={{T}}, author={{{names}}}}}\n" for key, names in lists.items())
    found = library(refs, members).select(Selection(people=tuple(people), roles=(role,), sort=Sort.FILE))
    assert "".join(publication.key for publication in found) == expected
