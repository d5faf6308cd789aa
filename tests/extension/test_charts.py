"""``{chart}``: a picture whose rows are links on pages, the same numbers as a table in every other output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import Tag
from docutils import nodes

from tests.project import Built, Project

REFS = r"""
@inproceedings{net, title={{Net}: of things}, abbr={ICE}, year=2021, acceptance={365/1900}, award={Best Paper, 2/358}}
@article{over, title={Over and out}, author={Example, Ada}, journal={J}, year=2021, acceptance={24%}}
@misc{early, title={Less < More \& \"O}, author={Sample, Bo}, year=2018, acceptance={1/4}, award={Best < Prize}}
@misc{undated, title={Undated}}
"""
CHARTS = """# Charts

:::{chart} years
:title: All of *them* & <b>more</b><script>alert(1)</script>
:::

:::{chart} rates
:::
"""
INDEX = "# Home\n\n```{toctree}\ncharts\nlist\n```\n"
LIST = "# List\n\n:::{publications}\n:group: year\n:::\n"
FILES = {"refs.bib": REFS, "index.md": INDEX, "charts.md": CHARTS, "list.md": LIST}
SETTINGS = {
    "cv_pages": "all",
    "man_pages": [("index", "ada", "Ada Example", "Ada Example", 7)],
    "version": "1",
    "suppress_warnings": ["epub.unknown_project_files"],
}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("charts"), FILES, **SETTINGS)


@pytest.fixture(scope="session")
def html(site: Project) -> Built:
    built = site.build()
    assert built.warnings == []
    return built


def chart(html: Built, kind: str) -> Tag:
    found = html.soup("charts.html").select_one(f"figure.cv-chart-{kind}")
    assert found is not None
    return found


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text().split())


def rows(found: Tag) -> list[tuple[str, str]]:
    """Print what each row says, and where it leads."""
    items = found.select("ul.cv-chart-rows > li")
    return [(words(item), str(link["href"]) if (link := item.select_one("a")) else "") for item in items]


def table(found: Tag) -> list[str]:
    return [" | ".join(words(cell) for cell in row.select("th, td")) for row in found.select("details table tr")]


def one(folder: Path, directive: str, **settings: object) -> Built:
    files = {"refs.bib": REFS, "index.md": f"# T\n\n:::{{chart}} {directive}\n:::\n"}
    return Project(folder, files, **settings).build()


def test_a_row_of_years_leads_to_the_first_paper_of_that_year_in_the_list(html: Built) -> None:
    assert rows(chart(html, "years")) == [
        ("2021 2 publications: Journal articles: 1, Conference papers: 1", "list.html#pub-net"),
        ("2020 0 publications", ""),
        ("2019 0 publications", ""),
        ("2018 1 publication: Other publications: 1", "list.html#pub-early"),
    ]
    assert html.soup("list.html").select("#pub-net, #pub-early")


def test_a_row_of_rates_leads_to_the_page_of_the_paper(html: Built) -> None:
    assert rows(chart(html, "rates")) == [
        ("2021 Net, ICE 19.2% 365 of 1900 = 19.2%, Best Paper", "publications/net.html"),
        ("2021 Example 24%", "publications/over.html"),
        ("2020 – no acceptance rate", ""),
        ("2019 – no acceptance rate", ""),
        ("2018 Sample 25% 1 of 4 = 25%, Best < Prize", "publications/early.html"),
    ]


def test_the_caption_says_it_in_words(html: Built) -> None:
    title = "All of *them* & <b>more</b><script>alert(1)</script>"
    fact = "3 publications, 2018–2021; most in 2021: 2; 1 more without a year"
    assert words(chart(html, "years").select_one("figcaption")) == f"{title} {fact}"


def test_the_numbers_are_a_table(html: Built) -> None:
    assert table(chart(html, "years")) == [
        "Year | Publications | By type",
        "2021 | 2 | Journal articles: 1, Conference papers: 1",
        "2020 | 0 | ",
        "2019 | 0 | ",
        "2018 | 1 | Other publications: 1",
        "Undated | 1 | Other publications: 1",
    ]
    assert table(chart(html, "rates")) == [
        "Year | Publication | Accepted | Awards",
        "2021 | Net: of things | 365 of 1900 = 19.2% | Best Paper",
        "2021 | Over and out | 24% | ",
        "2018 | Less < More & Ö | 1 of 4 = 25% | Best < Prize",
    ]


def test_nothing_of_the_data_becomes_markup(html: Built) -> None:
    for kind in ("years", "rates"):
        assert chart(html, kind).select("script, b, [onload], [onclick]") == []


def test_what_is_written_as_it_stands_is_a_frame_or_a_drawing_of_numbers(html: Built) -> None:
    frame = r"</?(figure|figcaption|details|div|summary)( class=\"[\w -]+\")?>|The numbers"
    drawing = r"</?(svg|g|rect|line|circle|polygon|text)( [\w-]+=\"[\w:/. ,%-]*\")*/?>|\d+%?"
    found = [node.astext() for node in html.doctree("charts").findall(nodes.raw)]
    assert len(found) > 20
    assert [text for text in found if not re.fullmatch(f"({frame}|{drawing})+", text)] == []


def test_every_drawing_is_hidden_from_those_who_read_the_words(html: Built) -> None:
    drawings = [
        svg for kind in ("years", "rates") for svg in chart(html, kind).select("svg") if not svg.find_parent("svg")
    ]
    assert len(drawings) > 10
    assert all(svg["aria-hidden"] == "true" for svg in drawings)


def test_a_picture_fetches_nothing_and_needs_no_script(html: Built) -> None:
    for kind in ("years", "rates"):
        assert chart(html, kind).select("script, img, [style], use, image, iframe") == []


@pytest.mark.parametrize(
    "builder", ["dirhtml", "singlehtml", "epub", "latex", "text", "man", "texinfo", "xml", "gettext"]
)
def test_every_builder_writes_it_without_a_warning(site: Project, builder: str) -> None:
    built = site.build(builder, into=builder)
    assert built.warnings == []
    suffixes = {".tex", ".txt", ".7", ".texi", ".xml", ".xhtml", ".html"}
    pages = "".join(p.read_text(encoding="utf-8") for p in built.out.rglob("*") if p.suffix in suffixes)
    has_picture = builder in ("dirhtml", "singlehtml")
    assert ("cv-chart-rows" in pages) == has_picture
    assert "cv-chart-plot" not in pages or has_picture
    if builder != "gettext":
        assert "Best Paper" in pages


def test_text_has_the_caption_and_the_table(site: Project) -> None:
    text = site.build("text", into="text").text("charts.txt")
    flat = " ".join(text.split())
    assert "3 publications, 2018–2021; most in 2021: 2; 1 more without a year +--" in flat
    assert "3 acceptance rates, 2018–2021: 19.2% to 25%; 2 papers with an award or nomination +--" in flat
    lines = [" ".join(line.replace("|", " ").split()) for line in text.splitlines()]
    assert "2021 2 Journal articles: 1," in lines
    assert "2021 Over and out 24%" in lines


def test_messages_for_translators_hold_no_number(site: Project) -> None:
    messages = site.build("gettext", into="gettext").text("charts.pot")
    assert "publications, 2018" not in messages
    assert "Conference papers" not in messages


@pytest.mark.parametrize("kind", ["years", "rates"])
def test_publications_that_stand_nowhere_are_words_without_a_link(tmp_path: Path, kind: str) -> None:
    built = one(tmp_path, kind)
    assert built.warnings == []
    assert [href for _, href in rows(built.soup("index.html"))] == [""] * (4 if kind == "years" else 5)


def test_without_pages_rates_lead_to_the_list(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, **(SETTINGS | {"cv_pages": "none"}))
    assert rows(chart(project.build(), "rates"))[0][1] == "list.html#pub-net"


def test_a_chart_beside_its_list_leads_down_the_page(tmp_path: Path) -> None:
    page = f"{LIST}\n:::{{chart}} years\n:::\n"
    built = Project(tmp_path, {"refs.bib": REFS, "index.md": page}).build()
    assert rows(built.soup("index.html"))[0][1] == "#pub-net"


@pytest.mark.parametrize(
    ("directive", "code"),
    [
        ("years\n:keyword: nothing", "cv.selection_empty"),
        ("rates\n:keys: undated", "cv.selection_empty"),
        ("", "cv.option_invalid"),
        ("yeras", "cv.option_invalid"),
        ("<script>", "cv.option_invalid"),
    ],
)
def test_what_cannot_be_shown_is_told(tmp_path: Path, directive: str, code: str) -> None:
    built = one(tmp_path, directive)
    assert built.codes() == [code]
    assert built.soup("index.html").select("figure, table") == []


@pytest.mark.parametrize(
    ("name", "problem"), [("", "it names no kind of chart"), ("pie", "'pie' is not a kind of chart")]
)
def test_the_kinds_of_charts_are_told(tmp_path: Path, name: str, problem: str) -> None:
    assert f"chart: {problem} (known: years, rates); nothing is shown" in one(tmp_path, name).warnings[0]


def test_an_unknown_key_or_option_is_told_and_the_rest_is_shown(tmp_path: Path) -> None:
    built = one(tmp_path, "years\n:keys: net, nothing\n:colour: red")
    assert sorted(built.codes()) == ["cv.key_unknown", "cv.option_invalid"]
    assert [text for text, _ in rows(built.soup("index.html"))] == ["2021 1 publication"]


def test_options_select(tmp_path: Path) -> None:
    built = one(tmp_path, "years\n:year: 2021\n:type: article")
    assert [text for text, _ in rows(built.soup("index.html"))] == ["2021 1 publication"]


def test_a_list_item_may_hold_one_in_restructuredtext(tmp_path: Path) -> None:
    page = "Title\n=====\n\n* An item\n\n  .. chart:: years\n     :title: The years\n"
    built = Project(tmp_path, {"refs.bib": REFS, "index.rst": page}).build()
    assert built.warnings == []
    assert len(built.soup("index.html").select("li figure.cv-chart-years")) == 1


def test_a_chart_follows_the_data(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, **SETTINGS)
    project.build()
    assert project.build().read == []
    project.edit("refs.bib", "journal={J}, year=2021", "journal={J}, year=2022")
    built = project.build()
    assert "charts" in built.read
    assert rows(chart(built, "years"))[0] == ("2022 1 publication: Journal articles: 1", "list.html#pub-over")


def test_its_links_follow_a_list_that_moves(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, **SETTINGS)
    project.build()
    project.remove("list.md")
    project.write("other.md", LIST)
    project.edit("index.md", "list\n", "other\n")
    built = project.build()
    assert (built.warnings, "charts" in built.read) == ([], False)
    assert rows(chart(built, "years"))[0][1] == "other.html#pub-net"


@pytest.mark.parametrize(("count", "said"), [(1, "1 Werk, 2020"), (2, "2 Werke, 2020")])
def test_words_are_translated_with_the_right_plural(tmp_path: Path, count: int, said: str) -> None:
    catalogue = """msgid ""
msgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\nContent-Type: text/plain; charset=UTF-8\\n"

msgid "{count} publication, {years}"
msgid_plural "{count} publications, {years}"
msgstr[0] "{count} Werk, {years}"
msgstr[1] "{count} Werke, {years}"

msgid "The numbers"
msgstr "Die <Zahlen>"
"""
    files = {
        "refs.bib": "".join(f"@misc{{a{n}, title={{T}}, year=2020}}\n" for n in range(count)),
        "index.md": "# T\n\n:::{chart} years\n:::\n",
        "locale/de/LC_MESSAGES/sphinx_cv_ext.po": catalogue,
    }
    project = Project(tmp_path, files, language="de", locale_dirs=["locale"])
    soup = project.build().soup("index.html")
    assert words(soup.select_one("figcaption")) == said
    assert words(soup.select_one("summary")) == "Die <Zahlen>"
