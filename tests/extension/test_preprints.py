"""A preprint that ``related`` connects to the work that it became: one work, with the links of both."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project import Project

PAGE = """# T

:::{figures}
:show: publications
:::

:::{publications}
:number:
:::
"""
PRE = "@misc{pre, title={One Work}, author={Example, Ada}, eprint={2001.00001}, eprinttype={arxiv}, year=2020}\n"
WORK = "@article{work, title={One Work}, author={Example, Ada}, journal={J}, year=2021, %s}\n"
TIED = WORK % "related={pre}, relatedtype={preprint}"
SETTINGS = {"cv_profile": {"name": "Ada Example"}}


def project(folder: Path, refs: str, page: str = PAGE) -> Project:
    return Project(folder, {"refs.bib": refs, "index.md": page}, **SETTINGS)


def links(made: Project) -> list[str]:
    built = made.build()
    assert built.warnings == []
    return [str(link["href"]) for link in built.soup("index.html").select("li.cv-publication a.cv-link")]


@pytest.mark.parametrize(
    "refs",
    [PRE + TIED, TIED + PRE, WORK % "" + PRE.replace("year=2020", "related={work}, relatedtype={preprintof}")],
    ids=["preprint first", "work first", "preprintof"],
)
def test_the_work_stands_for_both(tmp_path: Path, refs: str) -> None:
    made = project(tmp_path, refs)
    assert links(made) == ["https://arxiv.org/abs/2001.00001"]
    soup = made.build().soup("index.html")
    assert [title.get_text() for title in soup.select(".cv-title")] == ["[J1] One Work"]
    assert soup.select_one(".cv-figure-value").get_text() == "1"


@pytest.mark.parametrize(
    ("preprint", "link"),
    [
        ("journal={arXiv preprint arXiv:1805.07898}", "https://arxiv.org/abs/1805.07898"),
        ("journal={CoRR}, volume={abs/1805.07898}", "https://arxiv.org/abs/1805.07898"),
        ("eprint={hal-01234567}, eprinttype={hal}", "https://hal.science/hal-01234567"),
        ("doi={10.1101/2020.01.01.1}, eprint={https://example.org/a.pdf}", "https://doi.org/10.1101/2020.01.01.1"),
        ("url={https://example.org/pre}, year=2020", "https://example.org/pre"),
    ],
)
def test_the_preprint_lends_its_address(tmp_path: Path, preprint: str, link: str) -> None:
    assert links(project(tmp_path, TIED + f"@article{{pre, title={{P}}, {preprint}}}")) == [link]


def test_what_the_work_says_of_its_preprint_itself_goes_first(tmp_path: Path) -> None:
    own = TIED.replace("year=2021", "year=2021, preprint={https://example.org/mine}")
    assert links(project(tmp_path, PRE + own)) == ["https://example.org/mine"]


def test_it_is_shown_where_it_is_asked_for(tmp_path: Path) -> None:
    soup = project(tmp_path, PRE + TIED, "# T\n\n:::{publications}\n:keys: pre\n:::\n").build().soup("index.html")
    assert [item["id"] for item in soup.select("li.cv-publication")] == ["pub-pre"]


def test_the_page_of_the_work_is_made_again_when_the_preprint_has_moved(tmp_path: Path) -> None:
    made = project(tmp_path, PRE + TIED)
    made.build()
    made.edit("refs.bib", "2001.00001", "2001.00002")
    assert links(made) == ["https://arxiv.org/abs/2001.00002"]


@pytest.mark.parametrize(
    ("refs", "code"),
    [
        (TIED, "cv.bib_parent_unknown"),
        (TIED.replace("{pre}", "{work}"), "cv.bib_parent_cycle"),
        (TIED + PRE.replace("year=2020", "related={work}, relatedtype={preprint}"), "cv.bib_parent_cycle"),
    ],
    ids=["unknown", "itself", "each other"],
)
def test_what_cannot_be_is_told_and_the_work_is_shown(tmp_path: Path, refs: str, code: str) -> None:
    built = project(tmp_path, refs).build()
    assert built.codes() == [code]
    assert len(built.soup("index.html").select("li.cv-publication")) == 1


def test_the_preprint_can_be_cited(tmp_path: Path) -> None:
    built = project(
        tmp_path,
        PRE + TIED,
        PAGE + "\nAs in {cite}`pre`.\n",
    ).build()
    assert built.warnings == []
    (link,) = built.soup("index.html").select("section > p a")
    assert (link["href"], link.get_text()) == ("#pub-work", "Example, 2020")


def test_other_relations_tie_nothing(tmp_path: Path) -> None:
    made = project(tmp_path, PRE + TIED.replace("relatedtype={preprint}", "relatedtype={translationof}"))
    assert len(made.build().soup("index.html").select("li.cv-publication")) == 2
