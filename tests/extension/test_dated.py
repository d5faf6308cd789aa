"""Dated entries of a CV: their dates in words, their parts in order, neighbours in one list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docutils import nodes

from tests.casefile import Case, read_cases
from tests.project import Built, Project

CASES = read_cases("dates.txt")


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a page for every case."""
    files = {f"case{case.line}.md": f"# T\n\n:::{{talk}} {case.input}\n:what: Words\n:::\n" for case in CASES}
    settings = {"suppress_warnings": ["toc.not_included"]}
    return Project(tmp_path_factory.mktemp("dates"), {**files, "index.md": "# T", "refs.bib": ""}, **settings).build()


def dates(built: Built, case: Case) -> str:
    lines = [line.get_text() for line in built.soup(f"case{case.line}.html").select(".cv-when")]
    for warning in built.warnings:
        if match := re.fullmatch(rf"case{case.line}\.md:3: WARNING: (.*) \[cv\.(\w+)\]", warning):
            lines.append(f"{match[2]}: {match[1]}")
    return "\n".join(lines)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(shown: Built, case: Case) -> None:
    assert dates(shown, case) == case.expected
    assert "Words" in shown.text(f"case{case.line}.html")


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "Mai–Aug. 2019"), ("zh_CN", "2019年5月至8月"), ("en_GB", "May – Aug 2019"), ("xx", "May – Aug 2019")],
)
def test_dates_are_in_the_language_of_the_site(tmp_path: Path, language: str, words: str) -> None:
    page = "# T\n\n:::{talk} 2019-05/2019-08\n:what: x\n:::\n"
    settings = {"language": language, "suppress_warnings": ["locale"]}
    built = Project(tmp_path, {"refs.bib": "", "index.md": page}, **settings).build("pseudoxml")
    (line,) = built.doctree("index").findall(
        lambda node: "cv-when" in getattr(node, "attributes", {}).get("classes", ())
    )
    assert line.astext().replace("\u2009", "") == words


LEADS = {
    "position": "Where",
    "education": "Where",
    "talk": "What",
    "teaching": "What",
    "service": "What",
    "media": "What",
}


@pytest.mark.parametrize("kind", LEADS)
def test_a_job_is_known_by_its_place_and_a_talk_by_its_title(tmp_path: Path, kind: str) -> None:
    page = f"# T\n\n:::{{{kind}}} 2019\n:what: What\n:where: Where\n:place: Place\n\nBody\n:::\n"
    soup = Project(tmp_path, {"refs.bib": "", "index.md": page}).build().soup("index.html")
    rest = "What" if LEADS[kind] == "Where" else "Where"
    lines = [line.get_text() for line in soup.select("li.cv-dated .line")]
    assert lines == ["2019", LEADS[kind], f"{rest}, Place"]
    assert "Body" in soup.select_one("li.cv-dated").get_text()


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        (":what: A", ["A"]),
        (":where: B", ["B"]),
        (":place: C", ["C"]),
        (":what: A\n:place: C", ["A", "C"]),
        (":where: B\n:place: C", ["B", "C"]),
        ("", []),
    ],
)
def test_what_is_not_given_leaves_no_gap(tmp_path: Path, options: str, lines: list[str]) -> None:
    page = f"# T\n\n:::{{position}}\n{options}\n\nBody\n:::\n"
    built = Project(tmp_path, {"refs.bib": "", "index.md": page}).build()
    assert [line.get_text() for line in built.soup("index.html").select("li.cv-dated .line")] == lines
    # A place says where, but not what there was.
    assert built.codes() == ([] if {"A", "B"} & set(lines) else ["cv.option_invalid"])


def test_neighbours_are_one_list_and_words_between_part_it(tmp_path: Path) -> None:
    entry = ":::{talk} 2019\n:what: x\n:::\n\n"
    page = f"# T\n\n{entry}{entry}{entry}words\n\n{entry}- a list\n\n{entry}## Sub\n\n{entry}{entry}"
    built = Project(tmp_path, {"refs.bib": "", "index.md": page}).build()
    found = built.doctree("index").findall(nodes.bullet_list)
    assert [len(list_) for list_ in found if "cv-entries" in list_["classes"]] == [3, 1, 1, 2]


def test_the_parts_hold_markup_and_a_link(tmp_path: Path) -> None:
    page = "# T\n\n:::{talk} 2019\n:what: A *fine* talk\n:url: https://example.org/talk\n"
    page += ":where: '[Hall](https://example.org/hall)'\n:::\n"
    built = Project(tmp_path, {"refs.bib": "", "index.md": page}).build()
    soup = built.soup("index.html")
    assert built.warnings == []
    links = [(a.get_text(), a["href"]) for a in soup.select("li.cv-dated a")]
    assert links == [("A fine talk", "https://example.org/talk"), ("Hall", "https://example.org/hall")]
    assert soup.select_one(".cv-lead em").get_text() == "fine"


def test_the_body_may_hold_anything(tmp_path: Path) -> None:
    page = "# T\n\n::::{position} 2019\n:where: x\n\n- one {cite}`a`\n\n  ```python\n  code\n  ```\n\n"
    page += ":::{publications}\n:group: year\n:::\n::::\n"
    built = Project(tmp_path, {"refs.bib": "@misc{a, title={T}, year=2000}", "index.md": page}).build()
    assert built.warnings == []
    assert built.soup("index.html").select_one("li.cv-dated li.cv-publication") is not None
    assert built.soup("index.html").select_one("li.cv-dated .bibtex-citation a")["href"] == "#pub-a"


def test_what_is_said_may_be_a_local_file(tmp_path: Path) -> None:
    page = "# T\n\n:::{talk} 2019\n:what: Talk\n:url: papers/talk.pdf\n:::\n"
    built = Project(tmp_path, {"refs.bib": "", "index.md": page, "papers/talk.pdf": b"%PDF"}).build()
    assert built.soup("index.html").select_one(".cv-lead a") is not None or built.warnings != []
