"""What ``{publications}`` selects, in which order, under which headings, and what it says about wrong options."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docutils import nodes

from tests.casefile import Case, read_cases
from tests.project import HOME, Built, Project

CASES = {name: read_cases(f"{name}.txt") for name in ("selecting", "options")}
EXAMPLE = (Path(__file__).parent / "example.bib").read_bytes()
SETTINGS = {"cv_profile": {"name": "Ada Example"}}


def markdown(options: str) -> str:
    return f"# Title\n\n:::{{publications}}\n{options}\n:::\n"


def restructured(options: str) -> str:
    lines = "".join(f"   {line}\n" for line in options.splitlines())
    # The directive is in line 3, as in MyST.
    return f"Title\n=====\n.. publications::\n{lines}"


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a page in MyST and one in reStructuredText for every case, all at once."""
    files: dict[str, str | bytes] = {"refs.bib": EXAMPLE, "index.md": HOME}
    for name, cases in CASES.items():
        for case in cases:
            files[f"{name}{case.line}.md"] = markdown(case.input)
            files[f"{name}{case.line}rst.rst"] = restructured(case.input)
    return Project(tmp_path_factory.mktemp("selecting"), files, **SETTINGS).build("pseudoxml")


def outline(page: nodes.document) -> list[str]:
    """Print a line for each list: its heading, if it has one, and the keys of its publications."""
    lines = []
    for found in page.findall(nodes.bullet_list):
        titles = [title for title in found.findall() if getattr(title, "attributes", {}).get("refdomain") == "cv"]
        keys = " ".join(title["reftarget"] for title in titles)
        heading = found.parent[0].astext()
        lines.append(keys if heading == "Title" else f"{heading}: {keys}")
    return lines


def told(built: Built, page: str) -> list[str]:
    """Print each warning of a page: its kind, its line, its words."""
    found = (re.fullmatch(rf"{page}:(\d+): WARNING: (.*) \[cv\.(\w+)\]", line) for line in built.warnings)
    return [f"{match[3]} {match[1]}: {match[2]}" for match in found if match]


def test_every_warning_is_ours_and_names_its_line(pages: Built) -> None:
    assert [line for line in pages.warnings if not re.match(r"\w+\.(md|rst):\d+: .* \[cv\.\w+\]$", line)] == []


@pytest.mark.parametrize("case", CASES["selecting"], ids=str)
def test_selecting(pages: Built, case: Case) -> None:
    assert "\n".join(outline(pages.doctree(f"selecting{case.line}"))) == case.expected
    assert told(pages, f"selecting{case.line}.md") == []


@pytest.mark.parametrize("case", CASES["options"], ids=str)
def test_an_option_that_cannot_be_used_is_told_and_the_rest_is_built(pages: Built, case: Case) -> None:
    shown = outline(pages.doctree(f"options{case.line}"))
    assert "\n".join([*shown, *told(pages, f"options{case.line}.md")]) == case.expected


@pytest.mark.parametrize(("name", "case"), [(n, c) for n, cases in CASES.items() for c in cases], ids=str)
def test_myst_and_restructuredtext_give_the_same(pages: Built, name: str, case: Case) -> None:
    myst, rst = (pages.doctree(f"{name}{case.line}{ending}") for ending in ("", "rst"))
    assert same_but_for_the_page(myst, f"{name}{case.line}") == same_but_for_the_page(rst, f"{name}{case.line}rst")
    said = [told(pages, f"{name}{case.line}{ending}") for ending in (".md", "rst.rst")]
    assert said[0] == said[1]


def same_but_for_the_page(page: nodes.document, docname: str) -> str:
    """Print a page's doctree without its name, its source and what only MyST records about headings."""
    text = "".join(child.pformat() for child in page.children)
    text = re.sub(rf"\b{docname}\b", "PAGE", text)
    return re.sub(r' (?:source|slug|names|myst_\w+)="[^"]*"', "", text)


def test_groups_are_sections_of_their_page(pages: Built) -> None:
    case = next(case for case in CASES["selecting"] if case.input == ":group: year")
    for ending in ("", "rst"):
        page = pages.doctree(f"selecting{case.line}{ending}")
        (top,) = (child for child in page if isinstance(child, nodes.section))
        assert [type(child) for child in top] == [nodes.title] + [nodes.section] * len(case.expected.split("\n"))
        assert not list(page.findall(nodes.rubric))


NESTED = {
    "a list": "- In a list\n\n  :::{publications}\n  :group: year\n  :::\n",
    "an admonition": "::::{note}\n:::{publications}\n:group: year\n:::\n::::\n",
    "a quotation": "> :::{publications}\n> :group: year\n> :::\n",
    "a dated entry": "::::{talk} 2020\n:what: x\n\n:::{publications}\n:group: year\n:::\n::::\n",
    "a cell": "::::{list-table}\n- - x\n  - :::{publications}\n    :group: year\n    :::\n::::\n",
    "a quotation in a list": "- x\n\n  > :::{publications}\n  > :group: year\n  > :::\n",
}


@pytest.fixture(scope="session")
def nested(tmp_path_factory: pytest.TempPathFactory) -> Built:
    files = {f"page{at}.md": f"# Title\n\n{text}" for at, text in enumerate(NESTED.values())}
    files = {"refs.bib": EXAMPLE, "index.md": HOME, **files}
    return Project(tmp_path_factory.mktemp("nested"), files, **SETTINGS).build()


@pytest.mark.parametrize("where", NESTED)
def test_where_no_section_may_stand_groups_have_titles(nested: Built, where: str) -> None:
    assert nested.warnings == []
    name = f"page{list(NESTED).index(where)}"
    page = nested.doctree(name)
    titles = [rubric.astext() for rubric in page.findall(nodes.rubric)]
    assert titles == ["2021", "2020", "2019", "2018", "2015", "Undated"]
    assert len(list(page.findall(nodes.section))) == 1
    assert [tag.get_text() for tag in nested.soup(f"{name}.html").select(".cv-group-title")] == titles


def test_groups_may_stand_at_any_depth_and_several_times(tmp_path: Path) -> None:
    text = "# Title\n\n## One\n\n{0}\n### Deep\n\n{0}\n## 2021\n\nwords\n".format(
        ":::{publications}\n:group: year\n:limit: 2\n:::\n"
    )
    built = Project(tmp_path, {"refs.bib": EXAMPLE, "index.md": text}, **SETTINGS).build()
    assert built.warnings == []
    soup = built.soup("index.html")
    headings = soup.select_one("div.body").find_all(re.compile("^h[1-6]$"))
    assert [f"{tag.name} {tag.get_text().rstrip('¶')}" for tag in headings] == [
        "h1 Title",
        "h2 One",
        "h3 2021",
        "h3 Deep",
        "h4 2021",
        "h2 2021",
    ]
    ids = [str(tag["id"]) for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("language", "heading"), [("en", "Forthcoming"), ("de", "Noch nicht erschienen")])
def test_what_is_still_to_come_stands_under_a_heading_of_its_own(tmp_path: Path, language: str, heading: str) -> None:
    entries = "@article{a, title={A}, year=2021}\n@article{b, title={B}, pubstate={inpress}}\n@misc{c, title={C}}\n"
    page = "# Title\n\n:::{publications}\n:group: year\n:form: folded\n:::\n"
    built = Project(tmp_path, {"refs.bib": entries, "index.md": page}, language=language).build()
    assert built.warnings == []
    sections = built.soup("index.html").select("section.cv-by-year")
    assert [section["id"] for section in sections] == ["year-forthcoming", "year-2021", "year-undated"]
    assert sections[0].select_one("h2").get_text().rstrip("¶") == heading
    assert [bool(section.select("details")) for section in sections] == [False, True, True]


def test_a_keyword_in_another_case_is_the_same_keyword(tmp_path: Path) -> None:
    entries = "@misc{a, title={A}, keywords={nets}}\n@misc{b, title={B}, keywords={Nets}}\n"
    page = "# Title\n\n:::{publications}\n:group: keyword\n:::\n"
    built = Project(tmp_path, {"refs.bib": entries, "index.md": page}).build("pseudoxml")
    assert outline(built.doctree("index")) == ["nets: a b"]


@pytest.mark.parametrize("form", ["full", "compact"])
def test_compact_leaves_out_links_and_remarks_alone(tmp_path: Path, form: str) -> None:
    entry = "@misc{a, title={T}, author={Ada Example}, year=2020, award={Prize}, acceptance={1/3},"
    entry += " note={A remark}, code={https://example.org/}}"
    page = f"# T\n\n:::{{publications}}\n:form: {form}\n:::\n"
    soup = Project(tmp_path, {"refs.bib": entry, "index.md": page}).build().soup("index.html")
    lines = [line["class"][0] for line in soup.select("li.cv-publication div.line")]
    more = ["cv-links", "cv-remark"] if form == "full" else []
    assert lines == ["cv-title", "cv-authors", "cv-venue", "cv-badges", *more]


@pytest.mark.parametrize("name", ["publications", "figures", "links"])
def test_an_argument_that_means_nothing_is_told(tmp_path: Path, name: str) -> None:
    page = f"# T\n\n:::{{{name}}} 2021\n:::\n"
    assert Project(tmp_path, {"refs.bib": EXAMPLE, "index.md": page}).build().codes() == ["cv.option_invalid"]


def test_articles_in_papers_have_headings_of_their_own(tmp_path: Path) -> None:
    article = "@article{{{key}, title={{{key}}}, author={{Example, Ada}}, journal={{J}}, entrysubtype={{{subtype}}}}}"
    kinds = {"a": "", "b": "newspaper", "c": "magazine", "d": "newspaper"}
    refs = "".join(article.format(key=key, subtype=subtype) for key, subtype in kinds.items())
    built = Project(tmp_path, {"refs.bib": refs, "index.md": markdown(":group: type")}, **SETTINGS).build("pseudoxml")
    assert outline(built.doctree("index")) == ["Journal articles: a", "Magazine articles: c", "Newspaper articles: b d"]
