"""Entries that a page collects from all pages: ``{entries}``, and a CV that its page shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.project import Built, Project

TALKS = """# Talks

:::{talk} 2019-05-31
:what: On *looms*
:where: Hall
:place: Town
:people: with Bo Sample
:publication: net
:slides: slides.pdf

As {cite}`net` says:

- one
  - inner
- two

> Well said.
:::

:::{talk} 2021
:what: Newest
:url: https://example.org/newest
:::

:::{talk}
:what: Sometime
:::
"""
HOME = """# Home

{body}

:::{{toctree}}
*
sub/talks
:::
"""
REFS = "@misc{net, title={The {Net}}, author={Example, Ada}, year={2020}}\n@misc{other, title={Other}, year={2019}}\n"
LIST = "# Papers\n\n:::{publications}\n:::\n"


def project(folder: Path, body: str, **files: str | bytes) -> Project:
    """A project whose home page has ``body``, and whose talks are in another folder."""
    home = HOME.format(body=body).replace("*\n", "".join(f"{name}\n" for name in files))
    pages = {f"{name}.md": content for name, content in files.items()}
    fixed = {"index.md": home, "sub/talks.md": TALKS, "sub/slides.pdf": b"%PDF", "refs.bib": REFS}
    return Project(folder, {**fixed, **pages}, cv_profile={"name": "Ada Example", "description": "She weaves."})


def collected(built: Built, page: str = "index.html") -> list[Tag]:
    return built.soup(page).select("li.cv-dated")


def lines(item: Tag) -> list[str]:
    return [" ".join(line.get_text().split()) for line in item.select(".line")]


def links(item: Tag | BeautifulSoup) -> dict[str, str]:
    return {" ".join(link.get_text().split()): str(link["href"]) for link in item.select("a")}


def entries(kinds: str, *options: str) -> str:
    return "\n".join([f":::{{entries}} {kinds}", *options, ":::"])


def test_a_page_shows_entries_of_all_pages(tmp_path: Path) -> None:
    built = project(tmp_path, entries("talk"), papers=LIST).build()
    assert built.warnings == []
    newest, older, undated = collected(built)
    assert lines(newest) == ["2021", "Newest"]
    assert links(newest) == {"Newest": "https://example.org/newest"}
    assert lines(older) == ["May 31, 2019", "On looms", "Hall, Town", "with Bo Sample", "Publication: The Net Slides"]
    found = links(older)
    assert found["Publication: The Net"] == "papers.html#pub-net"
    assert found["Example, 2020"] == "papers.html#pub-net"
    assert found["Slides"].startswith("_downloads/")
    assert (built.out / found["Slides"]).is_file()
    assert [item.get_text(" ", strip=True) for item in older.select(":scope > ul > li")] == ["one inner", "two"]
    assert older.select_one("blockquote").get_text(strip=True) == "Well said."
    assert lines(undated) == ["Sometime"]
    # An entry has an id only on the page where it is written.
    assert not built.soup("index.html").select("[id^=talk]")
    assert [item["id"] for item in collected(built, "sub/talks.html")] == ["talk-2021", "talk-2019-05-31", "talk"]


def test_a_compact_list_leads_to_where_entries_stand(tmp_path: Path) -> None:
    built = project(tmp_path, entries("talk", ":compact:", ":limit: 2")).build()
    newest, older = collected(built)
    assert links(newest) == {"Newest": "https://example.org/newest"}
    assert lines(older) == ["May 31, 2019", "On looms", "Hall, Town"]
    assert links(older) == {"On looms": "sub/talks.html#talk-2019-05-31"}


GRANTS = """# Grants

:::{grant} 2020/2023
:what: Looms for All
:where: Foundation
:role: PI
:amount: EUR 1.2 million, *plus* [more](https://example.org/more)
:people: with Bo Sample
:details: No. 123
:::
"""


def test_role_amount_and_details_are_shown_as_on_the_page_itself(tmp_path: Path) -> None:
    body = f"{entries('grant')}\n\nBetween\n\n{entries('grant', ':compact:')}"
    built = project(tmp_path, body, grants=GRANTS, papers=LIST).build()
    assert built.warnings == []
    full, compact = collected(built)
    (own,) = collected(built, "grants.html")
    first = ["2020 – 2023", "Looms for All", "PI, Foundation, EUR 1.2 million, plus more"]
    assert lines(full) == lines(own) == [*first, "with Bo Sample", "No. 123"]
    assert links(full) == links(own) == {"more": "https://example.org/more"}
    assert lines(compact) == first


@pytest.mark.parametrize(
    ("kinds", "options", "shown"),
    [
        ("talk", [":year: 2019"], ["On looms"]),
        ("talk", [":year: -2020"], ["On looms"]),
        ("position, talk", [":limit: 2"], ["Now", "Newest"]),
        ("TALK position", [], ["Now", "Newest", "On looms", "Sometime"]),
        ("position", [":year: 2012"], []),
    ],
)
def test_options_choose(tmp_path: Path, kinds: str, options: list[str], shown: list[str]) -> None:
    jobs = "# Jobs\n\n:::{position} 2018/present\n:what: Now\n:::\n"
    built = project(tmp_path, entries(kinds, *options), jobs=jobs).build()
    assert [lead.get_text() for lead in built.soup("index.html").select(".cv-lead")] == shown


@pytest.mark.parametrize(
    ("body", "warning"),
    [
        (
            entries("talks"),
            "entries: 'talks' is not a kind of entry (did you mean 'talk'?); it is left out [cv.option_invalid]",
        ),
        (
            entries(""),
            "entries: it names no kind of entry, such as 'talk'; there are position, education, talk, teaching, "
            "service, honor, media, grant, project; nothing is shown [cv.option_invalid]",
        ),
        (
            entries("grant, honor"),
            "entries: no page has a grant or honor that fits; nothing is shown [cv.selection_empty]",
        ),
    ],
)
def test_what_shows_nothing_is_told(tmp_path: Path, body: str, warning: str) -> None:
    built = project(tmp_path, body, papers=LIST).build()
    assert built.warnings == [f"index.md:3: WARNING: {warning}"]
    assert not built.soup("index.html").select(".cv-entries")


def test_a_page_that_keeps_its_entries_to_itself_keeps_them(tmp_path: Path) -> None:
    alone = "---\ncv: false\n---\n\n# Alone\n\n:::{talk} 2022\n:what: Secret\n:::\n"
    built = project(tmp_path, entries("talk"), alone=alone).build()
    assert "Secret" in built.text("alone.html")
    assert "Secret" not in built.text("index.html")


def test_metadata_that_are_neither_yes_nor_no_are_told(tmp_path: Path) -> None:
    alone = "---\ncv: flase\n---\n\n# Alone\n\n:::{talk} 2022\n:what: Not secret\n:::\n"
    built = project(tmp_path, entries("talk"), alone=alone, papers=LIST).build()
    assert built.warnings == [
        "alone.md:1: WARNING: 'cv' in the front matter is 'flase', neither yes nor no (did you mean 'false'?); "
        "it counts as yes [cv.flag_unknown]"
    ]
    assert "Not secret" in built.text("index.html")


def test_only_what_changes_is_written_again(tmp_path: Path) -> None:
    front = f"# Front\n\n{entries('talk', ':limit: 2')}\n"
    made = project(tmp_path, "", front=front, papers=LIST, plain="# Plain\n")
    made.build()
    assert made.build().written == []
    # Not among the two.
    made.edit("sub/talks.md", ":what: Sometime", ":what: Whenever")
    assert "front" not in made.build().written
    made.edit("sub/talks.md", ":where: Hall", ":where: Great Hall")
    built = made.build()
    assert built.read == ["sub/talks"]
    # The home page has the others in its contents, and the paper says where the talk was.
    assert built.written == ["front", "index", "papers", "sub/talks"]
    assert lines(collected(built, "front.html")[1])[2] == "Great Hall, Town"
    made.edit("refs.bib", "The {Net}", "The {Web}")
    built = made.build()
    assert "Publication: The Web" in links(collected(built, "front.html")[1])
    assert "plain" not in built.written
    assert made.build().written == []
    made.edit("index.md", "sub/talks\n", "")
    made.remove("sub/talks.md")
    built = made.build()
    assert built.warnings == [
        "front.md:3: WARNING: entries: no page has a talk that fits; nothing is shown [cv.selection_empty]"
    ]


def test_what_another_builder_has_read_is_written_by_each(tmp_path: Path) -> None:
    made = project(tmp_path, "", front=f"# Front\n\n{entries('talk')}\n", papers=LIST)
    made.build()
    made.edit("sub/talks.md", ":where: Hall", ":where: Great Hall")
    made.build("text")
    assert lines(collected(made.build(), "front.html")[1])[2] == "Great Hall, Town"


def test_what_an_entry_cites_is_that_of_now(tmp_path: Path) -> None:
    jobs = "# Jobs\n\n:::{position} 2018\n:what: Weaver\n\n- As {cite}`net`\n:::\n"
    made = project(tmp_path, "", front=f"# Front\n\n{entries('position')}\n", jobs=jobs, papers=LIST)
    assert links(collected(made.build(), "front.html")[0]) == {"Example, 2020": "papers.html#pub-net"}
    made.edit("refs.bib", "year={2020}", "year={2021}")
    assert links(collected(made.build(), "front.html")[0]) == {"Example, 2021": "papers.html#pub-net"}


def test_a_citation_that_leads_nowhere_is_told_once(tmp_path: Path) -> None:
    built = project(tmp_path, entries("talk")).build()
    assert built.warnings == ['sub/talks.md:11: WARNING: could not find bibtex key "net" [bibtex.key_not_found]']
    assert "As says:" in " ".join(collected(built)[1].get_text().split())


CV = """# CV

:::{cv} full
:show:

profile
position
talk = Talks so far: limit 1, compact
grant
publications: year 2020
figures
:::

## After it
"""


def headings(built: Built, page: str) -> list[str]:
    found = built.soup(page).select(".body :is(h1, h2, h3, p.rubric)")
    return [f"{heading.name} {heading.get_text().removesuffix('¶')}" for heading in found]


def test_a_cv_is_shown_where_it_is_asked_for(tmp_path: Path) -> None:
    built = project(tmp_path, "", cv=CV, papers=LIST).build()
    assert built.warnings == []
    assert headings(built, "cv.html") == [
        *("h1 CV", "h2 Profile", "h2 Talks so far", "h2 Publications", "h2 In figures", "h2 After it"),
    ]
    soup = built.soup("cv.html")
    assert "She weaves." in soup.select_one("#cv-full-profile").get_text()
    assert [lines(item) for item in soup.select("#cv-full-talk li.cv-dated")] == [["2021", "Newest"]]
    assert [title.get_text(strip=True) for title in soup.select("#cv-full-publications .cv-title")] == ["The Net"]
    assert soup.select("#cv-full-figures .cv-figures")
    assert "cv/full.txt" in links(soup).values()


def test_a_section_comes_and_goes_with_its_entries(tmp_path: Path) -> None:
    made = project(tmp_path, "", cv=CV, papers=LIST)
    before = ["", "#cv-full-profile", "#cv-full-talk", "#cv-full-publications", "#cv-full-figures", "#after-it"]
    assert contents_of(made.build()) == before
    made.write("papers.md", f"{LIST}\n:::{{grant}} 2020\n:what: Money\n:::\n")
    built = made.build()
    assert "cv" not in built.read
    assert contents_of(built) == [*before[:3], "#cv-full-grant", *before[3:]]
    assert "h2 Grants" in headings(built, "cv.html")
    made.write("papers.md", LIST)
    built = made.build()
    assert contents_of(built) == before
    assert "h2 Grants" not in headings(built, "cv.html")


def test_contents_without_any_section_are_none(tmp_path: Path) -> None:
    cv = "# CV\n\n## Alone\n\n:::{cv} full\n:show:\n\ngrant\nmedia\n:::\n"
    built = project(tmp_path, "", cv=cv, papers=LIST).build()
    assert contents_of(built) == ["", "#alone"]
    for page in ("index.html", "cv.html"):
        assert not [found for found in built.soup(page).select("ul") if not found.select("li")]


def contents_of(built: Built) -> list[str]:
    """The addresses in the contents of the page of the CV."""
    assert built.warnings == []
    references = built.env.tocs["cv"].findall(lambda node: "anchorname" in getattr(node, "attributes", {}))
    return [reference["anchorname"] for reference in references]


def test_without_a_line_it_shows_all_there_is(tmp_path: Path) -> None:
    built = project(tmp_path, "", cv="# CV\n\n:::{cv}\n:show:\n:::\n", papers=LIST).build()
    assert built.warnings == []
    assert headings(built, "cv.html") == ["h1 CV", "h2 Profile", "h2 Publications", "h2 Talks"]


def test_where_no_section_may_stand_headings_are_rubrics(tmp_path: Path) -> None:
    cv = "# CV\n\n- In an item\n\n  :::{cv} full\n  :show:\n\n  grant\n  talk\n  :::\n"
    built = project(tmp_path, "", cv=cv, papers=LIST).build()
    assert built.warnings == []
    assert headings(built, "cv.html") == ["h1 CV", "p Talks"]


@pytest.mark.parametrize(
    ("papers", "home"), [(LIST.replace(":::\n", ":limit: 1\n:::\n", 1), "papers"), ("# None\n", "cv")]
)
def test_a_cv_is_home_only_to_what_no_list_has(tmp_path: Path, papers: str, home: str) -> None:
    cv = "# CV\n\nSee {cite}`net`.\n\n:::{cv} full\n:show:\n\npublications\n:::\n"
    built = project(tmp_path, "See {cite}`net`.", cv=cv, papers=papers).build()
    assert links(built.soup("index.html"))["Example, 2020"] == f"{home}.html#pub-net"


def test_options_of_sections_mean_the_same_on_the_page(tmp_path: Path) -> None:
    lines = "publications = Chosen: keys other net\npublications: compact, group year, selectd\ntalk: limit x"
    cv = f"# CV\n\n:::{{cv}} full\n:show:\n\n{lines}\n:::\n"
    built = project(tmp_path, "", cv=cv, papers=LIST).build()
    assert built.codes() == ["cv.option_invalid", "cv.option_invalid"]
    assert headings(built, "cv.html") == [
        *("h1 CV", "h2 Chosen", "h2 Publications", "h3 2020", "h3 2019", "h2 Talks"),
    ]
    assert built.soup("cv.html").select("#cv-full-publications-2 .cv-compact")


def test_a_page_that_begins_with_a_cv_has_its_title(tmp_path: Path) -> None:
    cv = ":::{cv} full\n:title: All about Ada\n:show:\n\ngrant\ntalk\n:::\n"
    built = project(tmp_path, "", cv=cv, papers=LIST).build()
    assert built.warnings == []
    assert headings(built, "cv.html") == ["h1 Talks"]
    assert built.soup("cv.html").title.get_text().startswith("All about Ada")


def test_a_link_to_a_section_that_is_left_out_leads_to_its_place(tmp_path: Path) -> None:
    made = project(tmp_path, "{ref}`cv:grants`", cv=CV, papers=LIST)
    extensions = ["myst_parser", "sphinx_cv_ext", "sphinx.ext.autosectionlabel"]
    made.configure(extensions=extensions, autosectionlabel_prefix_document=True)
    built = made.build()
    assert built.warnings == []
    assert links(built.soup("index.html"))["Grants"] == "cv.html#cv-full-grant"
    (place,) = built.soup("cv.html").select("#cv-full-grant")
    assert place.find_next("section")["id"] == "cv-full-publications"


def test_sections_of_two_cvs_have_different_ids(tmp_path: Path) -> None:
    short = ":::{cv} Short\n:show:\n\ntalk\n:::\n"
    built = project(tmp_path, "", cv=CV, papers=f"{LIST}\n{short}").build("singlehtml")
    assert built.warnings == []
    ids = [section["id"] for section in built.soup("index.html").select("section[id^=cv-]")]
    assert len(ids) == len(set(ids)) == 5


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "man", "singlehtml", "dirhtml"])
def test_every_builder_shows_them(tmp_path: Path, builder: str) -> None:
    made = project(tmp_path, entries("talk"), cv=CV, papers=LIST)
    made.configure(version="1", man_pages=[("index", "ada", "Ada", "Ada", 7)], suppress_warnings=["epub"])
    built = made.build(builder)
    assert built.warnings == []
    names = {"text": "index.txt", "latex": "*.tex", "epub": "index.xhtml", "man": "ada.7", "singlehtml": "index.html"}
    (path,) = built.out.glob(names.get(builder, "index.html"))
    assert "looms" in path.read_text(encoding="utf-8").split("Papers")[0]
