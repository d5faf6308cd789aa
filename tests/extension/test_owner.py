"""The owner stands out among authors, in all of their spellings and no others; marks, remarks, long lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag

from tests.casefile import Case, read_cases
from tests.project import Built, Project

CASES = read_cases("owner.txt")


def settings(text: str) -> dict[str, Any]:
    """What the lines before the dashes say, as in conf.py."""
    given = dict(line.split(": ", 1) for line in text.splitlines())
    limit = {"cv_max_authors": int(given.pop("max"))} if "max" in given else {}
    profile: dict[str, Any] = {**given}
    if "spellings" in profile:
        profile["spellings"] = profile["spellings"].split(" | ")
    return {"cv_profile": profile, **limit}


def shown(built: Built) -> str:
    lines = built.soup("index.html").select(".cv-authors, .cv-remark")
    for line in lines:
        for owner in line.select("strong.cv-owner"):
            owner.replace_with(f"**{owner.get_text()}**")
    return "\n".join([*(line.get_text() for line in lines), *built.warnings])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    profile, _, fields = f"\n{case.input}".partition("\n----\n")
    refs = f"@misc{{a, title = {{T}},\n{fields}}}\n"
    page = "# T\n\n:::{publications}\n:::\n"
    assert (
        shown(Project(tmp_path, {"refs.bib": refs, "index.md": page}, **settings(profile.strip())).build())
        == case.expected
    )


def test_a_list_may_show_more_or_fewer_authors_than_the_site(tmp_path: Path) -> None:
    refs = "@misc{a, title={T}, author={Sample, Grace and Doe, Jane and Roe, Richard and Example, Ada}}"
    page = "# T\n\n:::{publications}\n:::\n\n:::{publications}\n:authors: 3\n:::\n"
    profile = {"name": "Ada Example"}
    built = Project(tmp_path, {"refs.bib": refs, "index.md": page}, cv_profile=profile, cv_max_authors=1).build()
    lines = [line.get_text() for line in built.soup("index.html").select(".cv-authors")]
    assert lines == ["Grace Sample, …, Ada Example", "Grace Sample, Jane Doe, Richard Roe, Ada Example"]


def test_who_edited_or_translated_a_work_stands_out_and_finds_it(tmp_path: Path) -> None:
    refs = """
        @book{a, title={Poems}, author={Sample, Grace}, translator={Example, Ada}, publisher={Press}}
        @article{b, title={Essay}, author={Sample, Grace}, journal={J}, volume=7,
          translator={A. B and C. D and E. F and Example, Ada}}
        @incollection{c, title={Chapter}, author={Sample, Grace}, editor={Example, Ada}, booktitle={Book}}
        @book{e, title={Letters}, author={Sample, Grace}, editor={Doe, Jane and Example, Ada}, publisher={Press}}
        @book{d, title={Other}, author={Sample, Grace}, translator={Doe, Jane}}"""
    page = "# T\n\n:::{publications}\n:role: any\n:sort: file\n:::\n\n:::{publications}\n:role: first\n:::\n"
    built = Project(tmp_path, {"refs.bib": refs, "index.md": page}, cv_profile={"name": "Ada Example"}).build()
    found = [str(line) for line in built.soup("index.html").select(".cv-venue")]
    own = '<strong class="cv-owner">Ada Example</strong>'
    assert [line.partition(">")[2].removesuffix("</div>") for line in found] == [
        f"Press, translated by {own}",
        f"J, 7, translated by A. B, {own} et al.",
        f"Press, edited by Jane Doe, {own}",
    ]


def test_who_had_another_hand_in_a_work_stands_out_and_finds_it(tmp_path: Path) -> None:
    refs = """
        @book{a, title={A}, author={Sample, Grace}, foreword={Example, Ada}, publisher={Press}}
        @misc{b, title={B}, author={Sample, Grace}, editora={Doe, Jane and A. E.}, editora+an={2=self},
          editoratype={director}}
        @article{c, title={C}, author={Sample, Grace}, journal={J}, translator={Doe, Jane and Example, Ada},
          translator+an={1=student; 2=corresponding}, translator+an:note={1="Verses"}}
        @incollection{d, title={D}, author={Sample, Grace}, booktitle={Book}, foreword={Example, Ada}}
        @book{e, title={E}, author={Sample, Grace}, foreword={Example, Ada},
          foreword+an:orcid={1="0000-0002-1825-0097"}}"""
    page = "# T\n\n:::{publications}\n:role: any\n:sort: file\n:::\n\n:::{publications}\n:role: corresponding\n:::\n"
    page += "\n:::{publications}\n:with: student\n:::\n"
    profile = {"name": "Ada Example", "orcid": "0000-0001-5109-3700"}
    built = Project(tmp_path, {"refs.bib": refs, "index.md": page}, cv_profile=profile).build()
    entries = built.soup("index.html").select(".cv-entry")
    found = ["".join(map(str, line.contents)) for entry in entries for line in entry.select(".cv-venue, .cv-remark")]
    own = '<strong class="cv-owner">{}</strong>'.format
    marked = '{name}<span class="cv-mark">{mark}</span>'.format
    translated = [
        f"J, translated by {marked(name='Jane Doe', mark='§')}, {marked(name=own('Ada Example'), mark='†')}",
        f"{marked(name='', mark='§')} Student advised by the site's owner; Verses. "
        f"{marked(name='', mark='†')} Corresponding author.",
    ]
    assert found == [
        f"Press, foreword by {own('Ada Example')}",
        f"directed by Jane Doe, {own('A. E.')}",
        *translated * 3,
    ]


def test_marks_of_people_who_are_not_told_of_are_not_explained(tmp_path: Path) -> None:
    refs = "@book{a, title={T}, author={Sample, Grace}, editora={Doe, Jane}, editoratype={illustrator}, "
    refs += "editora+an={1=student}, publisher={Press}}"
    files = {"refs.bib": refs, "index.md": "# T\n\n:::{publications}\n:::\n"}
    (entry,) = Project(tmp_path, files).build().soup("index.html").select(".cv-entry")
    assert not entry.select(".cv-mark")


def test_a_name_that_begins_another_is_found_where_it_stands(tmp_path: Path) -> None:
    refs = "@book{a, title={T}, author={Sample, Grace}, editor={Weng, Wei and Wen, Wei}, publisher={Press}}"
    files = {"refs.bib": refs, "index.md": "# T\n\n:::{publications}\n:::\n"}
    built = Project(tmp_path, files, cv_profile={"name": "Wei Wen"}).build()
    (venue,) = built.soup("index.html").select(".cv-venue")
    expected = 'Press, edited by Wei Weng, <strong class="cv-owner">Wei Wen</strong>'
    assert "".join(map(str, venue.contents)) == expected


def test_one_spelling_needs_no_list(tmp_path: Path) -> None:
    refs = "@misc{a, title={T}, author={Example, A.}}"
    files = {"refs.bib": refs, "index.md": "# T\n\n:::{publications}\n:::\n"}
    profile = {"name": "Ada Example", "spellings": "A. Example"}
    owner = Project(tmp_path, files, cv_profile=profile).build().soup("index.html").select_one(".cv-owner")
    assert isinstance(owner, Tag)
    assert owner.get_text() == "A. Example"


def test_wei_wen_is_found_in_the_profile_of_the_guide(tmp_path: Path) -> None:
    refs = "@misc{a, title={T}, author={Wen, Wei and 温伟 and 温, 伟 and Wen, Weiming and Weng, Wei and W. Wen}}"
    files = {"refs.bib": refs, "index.md": "# T\n\n:::{publications}\n:::\n"}
    profile = {"name": "Wei Wen", "native_name": "温伟"}
    soup = Project(tmp_path, files, cv_profile=profile).build().soup("index.html")
    assert [tag.get_text().replace(" ", "") for tag in soup.select(".cv-owner")] == ["WeiWen", "温伟", "温伟"]
