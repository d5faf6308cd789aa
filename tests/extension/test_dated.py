"""Dated entries of a CV: their dates in words, their parts in order, neighbours in one list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docutils import nodes

from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.entries import entries_of
from sphinx_cv_ext.model.cv import ENTRY_KINDS, Bullets, Cited, Paragraph
from sphinx_cv_ext.model.dates import Date, Period
from sphinx_cv_ext.model.text import Linked, Style, Styled, Text, plain
from tests.casefile import Case, read_cases
from tests.cldr import CHINESE_TO
from tests.project import HOME, Built, Project

CASES = read_cases("dates.txt")


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a page for every case."""
    files = {f"case{case.line}.md": f"# T\n\n:::{{talk}} {case.input}\n:what: Words\n:::\n" for case in CASES}
    return Project(tmp_path_factory.mktemp("dates"), {**files, "index.md": HOME, "refs.bib": ""}).build()


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
    [
        ("de", "Mai–Aug. 2019"),
        ("zh_CN", f"2019年5月{CHINESE_TO}8月"),
        ("en_GB", "May – Aug 2019"),
        ("xx", "May – Aug 2019"),
    ],
)
def test_dates_are_in_the_language_of_the_site(tmp_path: Path, language: str, words: str) -> None:
    page = "# T\n\n:::{talk} 2019-05/2019-08\n:what: x\n:::\n"
    settings = {"language": language, "suppress_warnings": ["locale"]}
    built = Project(tmp_path, {"refs.bib": "", "index.md": page}, **settings).build("pseudoxml")
    (line,) = built.doctree("index").findall(
        lambda node: "cv-when" in getattr(node, "attributes", {}).get("classes", ())
    )
    assert line.astext().replace("\u2009", "") == words


FOREIGN = {
    "de": {
        "Juni 2021": (Date(2021, 6), Date(2021, 6)),
        "12. Jan. 2022": (Date(2022, 1, 12), Date(2022, 1, 12)),
        "12.06.2022": (Date(2022, 6, 12), Date(2022, 6, 12)),
        "1. 6. 2022 – 3.6.2022": (Date(2022, 6, 1), Date(2022, 6, 3)),
        "März 2020 bis Mai 2021": (Date(2020, 3), Date(2021, 5)),
        "seit Okt. 2020": (Date(2020, 10), None),
        "12.–14. Juni 2022": (Date(2022, 6, 12), Date(2022, 6, 14)),
        "vom 30. Mai bis 2. Juni 2022": (Date(2022, 5, 30), Date(2022, 6, 2)),
        "Mai/Juni 2022": (Date(2022, 5), Date(2022, 6)),
        "Herbst 2021": (Date(2021, 9, is_season=True), Date(2021, 9, is_season=True)),
        "Frühling 2021": (Date(2021, 3, is_season=True), Date(2021, 3, is_season=True)),
        "SoSe 2023": (Date(2023, 6, is_season=True), Date(2023, 6, is_season=True)),
        "WiSe 2022/23": (Date(2022, 12, is_season=True), Date(2023)),
        "Wintersemester 1999/2000": (Date(1999, 12, is_season=True), Date(2000)),
        "WS 2020/21 – SS 2021": (Date(2020, 12, is_season=True), Date(2021, 6, is_season=True)),
        "WiSe 2022/25": None,
        "Irgendwann 2021": None,
        "31.02.2022": None,
    },
    "fr": {
        "juin 2021": (Date(2021, 6), Date(2021, 6)),
        "3 févr. 2021": (Date(2021, 2, 3), Date(2021, 2, 3)),
        "1er juin 2020": (Date(2020, 6, 1), Date(2020, 6, 1)),
        "du 12 au 14 juin 2022": (Date(2022, 6, 12), Date(2022, 6, 14)),
        "juin 2020 à aujourd’hui": (Date(2020, 6), None),
        "Automne 2018": (Date(2018, 9, is_season=True), Date(2018, 9, is_season=True)),
        "depuis 2019": (Date(2019), None),
    },
    "es": {
        "12 de junio de 2022": (Date(2022, 6, 12), Date(2022, 6, 12)),
        "del 12 al 14 de junio de 2022": (Date(2022, 6, 12), Date(2022, 6, 14)),
    },
    "zh_CN": {
        "2021年6月": (Date(2021, 6), Date(2021, 6)),
        "2021年6月至今": (Date(2021, 6), None),
        "2021年秋季": (Date(2021, 9, is_season=True), Date(2021, 9, is_season=True)),
    },
    "en": {"Winter 2022/23": (Date(2022, 12, is_season=True), Date(2023)), "Juni 2021": None},
}


def test_no_language_is_english(tmp_path: Path) -> None:
    page = "# T\n\n:::{talk} June 2021\n:what: x\n:::\n"
    soup = Project(tmp_path, {"refs.bib": "", "index.md": page}, language="").build().soup("index.html")
    assert [when.get_text() for when in soup.select(".cv-when")] == ["Jun 2021"]


@pytest.mark.parametrize("language", FOREIGN)
def test_dates_are_read_in_the_language_of_the_site(tmp_path: Path, language: str) -> None:
    texts = FOREIGN[language]
    page = "# T\n\n" + "".join(f":::{{talk}} {text}\n:what: {text}\n:::\n\n" for text in texts)
    built = Project(tmp_path, {"refs.bib": "", "index.md": page}, language=language).build()
    found = {plain(entry.what): entry.period for entry in entries_of(built.env)}
    assert found == {text: period and Period(*period) for text, period in texts.items()}
    assert len(built.warnings) == sum(not period for period in texts.values())


@pytest.mark.parametrize(("language", "words"), [("de", "Winter 2022/23"), ("zh_CN", "2022/23年冬季")])
def test_a_winter_of_two_years_is_told_with_both(tmp_path: Path, language: str, words: str) -> None:
    page = "# T\n\n:::{teaching} WiSe 2022/23\n:what: x\n:::\n\n:::{teaching} SoSe 2023\n:what: x\n:::\n"
    soup = Project(tmp_path, {"refs.bib": "", "index.md": page}, language=language).build().soup("index.html")
    assert [when.get_text() for when in soup.select(".cv-when")][1] == words


LEADS = {
    "position": "Where",
    "education": "Where",
    "talk": "What",
    "teaching": "What",
    "service": "What",
    "honor": "What",
    "grant": "What",
    "project": "What",
    "media": "What",
}


@pytest.mark.parametrize("kind", LEADS)
def test_a_job_is_known_by_its_place_and_a_talk_by_its_title(tmp_path: Path, kind: str) -> None:
    page = f"# T\n\n:::{{{kind}}} 2019\n:what: What\n:where: Where\n:place: Place\n\nBody\n:::\n"
    soup = Project(tmp_path, {"refs.bib": "", "index.md": page}).build().soup("index.html")
    rest = "What" if LEADS[kind] == "Where" else "Where"
    assert LEADS.keys() == ENTRY_KINDS.keys()
    lines = [line.get_text() for line in soup.select("li.cv-dated .line")]
    assert lines == ["2019", LEADS[kind], f"{rest}, Place"]
    assert "Body" in soup.select_one("li.cv-dated").get_text()


def test_a_directive_may_be_written_in_capitals(tmp_path: Path) -> None:
    page = "# T\n\n:::{Talk} 2019\n:what: What\n:::\n\n```{eval-rst}\n.. POSITION:: 2020\n   :where: Where\n```\n"
    built = Project(tmp_path, {"refs.bib": "", "index.md": page}).build()
    assert built.warnings == []
    found = [item["id"] for item in built.soup("index.html").select("li.cv-dated")]
    assert sorted(found) == ["position-2020", "talk-2019"]


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        (":what: A", ["A"]),
        (":where: B", ["B"]),
        (":place: C", ["C"]),
        (":what: A\n:place: C", ["A", "C"]),
        (":where: B\n:place: C", ["B", "C"]),
        (":amount: F\n:place: C\n:what: A\n:where: B\n:role: D", ["B", "D, A, C, F"]),
        (":details: H\n:people: G\n:what: A\n:amount: F", ["A", "F", "G", "H"]),
        (":role: D", ["D"]),
        ("", []),
    ],
)
def test_what_is_not_given_leaves_no_gap(tmp_path: Path, options: str, lines: list[str]) -> None:
    page = f"# T\n\n:::{{position}}\n{options}\n\nBody\n:::\n"
    built = Project(tmp_path, {"refs.bib": "", "index.md": page}).build()
    assert [line.get_text() for line in built.soup("index.html").select("li.cv-dated .line")] == lines
    # A place alone says where it was, but not what it was.
    assert built.codes() == ([] if {"A", "B"} & set(lines) else ["cv.option_invalid"])


@pytest.mark.parametrize(
    ("option", "meant"),
    [("budget", "'amount'"), ("pi", "'role'"), ("students", "'details'"), ("text", "the text below the options")],
)
def test_what_people_call_these_options_is_understood(tmp_path: Path, option: str, meant: str) -> None:
    page = f"# T\n\n:::{{grant}} 2020\n:what: A\n:{option}: B\n:::\n"
    (warning,) = Project(tmp_path, {"refs.bib": "", "index.md": page}).build().warnings
    assert f"did you mean {meant}?" in warning


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


def talk(when: str, what: str, *lines: str) -> str:
    return "\n".join([f":::{{talk}} {when}", f":what: {what}", *lines, ":::", ""])


def page(*blocks: str) -> dict[str, str]:
    return {"refs.bib": "", "index.md": "\n".join(["# T\n", *blocks])}


def leads(built: Built) -> list[str]:
    return [line.get_text() for line in built.soup("index.html").select(".cv-lead")]


def test_the_newest_stands_first_and_the_undated_stand_last(tmp_path: Path) -> None:
    given = [
        *(talk("2018", "a year"), talk("", "undated"), talk("2018-05", "a month of it")),
        *(talk("2019", "one"), talk("2010/present", "goes on"), talk("Some day", "unreadable")),
        *(talk("2019", "another of the same date"), talk("2015/2019", "began before"), talk("Fall 2018", "a season")),
    ]
    assert leads(Project(tmp_path, page(*given)).build()) == [
        *("goes on", "one", "another of the same date", "began before", "a season", "a month of it", "a year"),
        *("undated", "unreadable"),
    ]


def test_the_order_of_the_source_is_kept_where_the_page_says_so(tmp_path: Path) -> None:
    given = [talk("2018", "a"), talk("", "b"), talk("2019", "c", ":sort: source"), "Words\n", talk("1", "d")]
    given += [talk("2018", "e"), talk("2019", "f")]
    assert leads(Project(tmp_path, page(*given)).build()) == ["a", "b", "c", "f", "e", "d"]


def test_an_entry_has_an_address_of_its_own(tmp_path: Path) -> None:
    given = [talk("2018-10-05", "a"), talk("2018-10-05", "b"), talk("", "c"), talk("Fall 2018/present", "d")]
    given += ["```{eval-rst}\n.. talk:: 2018-10-05\n   :what: e\n```\n"]
    soup = Project(tmp_path, page(*given)).build().soup("index.html")
    found = {item["id"]: item.select_one(".cv-lead").get_text() for item in soup.select("li.cv-dated")}
    assert found == {
        "talk-2018-23": "d",
        "talk-2018-10-05": "a",
        "talk-2018-10-05-2": "b",
        "talk-2018-10-05-3": "e",
        "talk": "c",
    }


REFS = """@inproceedings{net, title={Net}, author={Example, Ada}, abbr={ICE}, year={2021}}
@misc{other, title={Other}, author={Example, Ada}, year={2020}}
"""
RICH = """# CV

:::{position} 2019-05/2019-08
:what: "*Intern* in the 'team'"
:where: "[Labs](https://example.org/labs)"
:place: Town
:people: With [Bo](https://example.org/bo)
:url: https://example.org/job
:slides: https://example.org/slides
:publication: net, net

- One {cite}`net,other` and **strong**
- Two {links}`code https://example.org/code`
  - Inner

Last [page](cv.md) <b>raw</b>
:::
"""


def test_what_an_entry_says_is_kept_as_data(tmp_path: Path) -> None:
    files = {"refs.bib": REFS, "index.md": "# T\n\n:::{publications}\n:::\n\n```{toctree}\ncv\n```\n", "cv.md": RICH}
    built = Project(tmp_path, files).build()
    assert built.warnings == []
    (entry,) = CvDomain.of(built.env).entries["cv"]
    assert entry.period == Period(Date(2019, 5), Date(2019, 8))
    assert entry.what == (Styled(Style.EMPHASIS, (Text("Intern"),)), Text(" in the ‘team’"))
    assert entry.where == (Linked("https://example.org/labs", (Text("Labs"),)),)
    assert plain(entry.place) == "Town"
    assert entry.people == (Text("With "), Linked("https://example.org/bo", (Text("Bo"),)))
    assert (entry.url, [link.url for link in entry.links]) == (
        "https://example.org/job",
        ["https://example.org/slides"],
    )
    assert entry.publications == ("net",)
    bullets, last = entry.body
    assert isinstance(bullets, Bullets)
    first, second = bullets.items
    strong = Styled(Style.STRONG, (Text("strong"),))
    assert first == (Paragraph((Text("One "), Cited(("net", "other")), Text(" and "), strong)),)
    assert second == (
        Paragraph((Text("Two "), Linked("https://example.org/code", (Text("Code"),)))),
        Bullets(((Paragraph((Text("Inner"),)),),)),
    )
    assert last == Paragraph((Text("Last "), Text("page"), Text(" "), Text("raw")))


def test_a_page_can_keep_its_entries_to_itself(tmp_path: Path) -> None:
    for value, kept in (("false", []), ("true", ["A"])):
        files = page(talk("2019", "A"))
        files["index.md"] = f"---\ncv: {value}\n---\n\n{files['index.md']}"
        built = Project(tmp_path, files).build()
        assert leads(built) == ["A"]
        assert [plain(entry.what) for entry in entries_of(built.env)] == kept


SITE = {
    "refs.bib": REFS,
    "index.md": "# T\n\n:::{publications}\n:::\n\n```{toctree}\ntalks\ncompact\n```\n",
    "compact.md": "# C\n\n:::{publications}\n:form: compact\n:::\n",
    "talks.md": "# Talks\n\n" + talk("2019-05-31", "On nets", ":where: Hall", ":publication: net"),
}


def told(built: Built, name: str = "index.html") -> list[tuple[str, str]]:
    lines = built.soup(name).select(".cv-told")
    return [(line.get_text(), line.a["href"]) for line in lines]


def test_a_publication_tells_of_the_talks_about_it(tmp_path: Path) -> None:
    built = Project(tmp_path, SITE, cv_pages="all").build()
    assert built.warnings == []
    assert told(built) == [("Talk: Hall, May 31, 2019", "talks.html#talk-2019-05-31")]
    assert "Talk:" in built.soup("index.html").select_one("#pub-net").get_text()
    assert told(built, "compact.html") == []
    assert told(built, "publications/net.html") == [("Talk: Hall, May 31, 2019", "../talks.html#talk-2019-05-31")]
    (button,) = built.soup("talks.html").select("li.cv-dated .cv-links a")
    assert (button.get_text(), button["href"]) == ("Publication: Net", "publications/net.html")
    assert "cv-link" in button["class"]


def test_an_award_is_told_with_its_name(tmp_path: Path) -> None:
    honor = ":::{honor} 2022\n:what: Test of Time\n:where: ICE\n:publication: net\n:::\n"
    built = Project(tmp_path, {**SITE, "talks.md": f"# T\n\n{honor}"}).build()
    assert told(built) == [("Award: Test of Time, ICE, 2022", "talks.html#honor-2022")]


def test_a_change_of_a_talk_is_told_on_pages_that_did_not_change(tmp_path: Path) -> None:
    project = Project(tmp_path, SITE, cv_pages="all")
    project.build()
    assert project.build().written == []
    project.edit("talks.md", ":where: Hall", ":where: Room")
    again = project.build()
    assert (again.read, again.written) == (["talks"], ["compact", "index", "talks"])
    assert told(again) == [("Talk: Room, May 31, 2019", "talks.html#talk-2019-05-31")]
    assert told(again, "publications/net.html") == [("Talk: Room, May 31, 2019", "../talks.html#talk-2019-05-31")]
    project.edit("talks.md", ":publication: net\n", "")
    assert told(project.build()) == []


def test_parallel_reading_keeps_the_entries_of_all_pages(tmp_path: Path) -> None:
    pages = {f"p{n}.md": f"# P\n\n{talk('2019', f'talk {n}', ':publication: net')}" for n in range(8)}
    files = {**SITE, **pages, "index.md": "# T\n\n:::{publications}\n:::\n\n```{toctree}\n:glob:\n*\n```\n"}
    built = Project(tmp_path, files).build(jobs=2)
    assert len(told(built)) == 9


def test_an_unknown_publication_is_left_out(tmp_path: Path) -> None:
    built = Project(tmp_path, page(talk("2019", "A", ":publication: nothing"))).build()
    assert built.codes() == ["cv.key_unknown"]
    assert leads(built) == ["A"]
