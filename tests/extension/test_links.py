"""Which links a publication has, where they lead, and how files of the project are copied."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.casefile import Case, read_cases
from tests.project import Built, Project

CASES = read_cases("links.txt")
FILES = {"papers/net.pdf": b"%PDF net\xff", "papers/50% & ü #1.pdf": b"%PDF odd\xff"}
LIST = "# Title\n\n:::{publications}\n:::\n"


def written(cases: list[Case]) -> tuple[str, dict[int, range]]:
    """A .bib file with an entry for each case, and the lines of each entry by the case's own line."""
    text, lines = "", {}
    for case in cases:
        start = text.count("\n") + 1
        text += f"@misc{{k{case.line}, title = {{Title}},\n{case.input}\n}}\n"
        lines[case.line] = range(start, text.count("\n") + 1)
    return text, lines


REFS, LINES = written(CASES)


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Project(tmp_path_factory.mktemp("links"), {"refs.bib": REFS, "index.md": LIST, **FILES}).build()


def links(built: Built, case: Case) -> str:
    item = built.soup("index.html").select_one(f"li#pub-k{case.line}")
    assert item is not None
    for hidden in item.select(".cv-hidden"):
        assert hidden.extract().get_text() == ": Title"
    lines = [
        f"{a.get_text()}: {re.sub('_downloads/[0-9a-f]+/', '_downloads/…/', a['href'])}"
        for a in item.select("a.cv-link")
    ]
    for warning in built.warnings:
        match = re.fullmatch(r"refs\.bib:(\d+): WARNING: (.*) \[cv\.(\w+)\]", warning)
        assert match is not None, warning
        if int(match[1]) in LINES[case.line]:
            lines.append(f"{match[3]}: {match[2]}")
    return "\n".join(lines)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(shown: Built, case: Case) -> None:
    assert links(shown, case) == case.expected


def test_local_files_are_copied_as_they_are(shown: Built) -> None:
    copied = {path.name: path.read_bytes() for path in (shown.out / "_downloads").rglob("*.pdf")}
    assert copied == {Path(name).name: data for name, data in FILES.items()}


@pytest.mark.parametrize("builder", ["latex", "text", "man", "texinfo", "xml"])
def test_local_files_trouble_no_other_builder(tmp_path: Path, builder: str) -> None:
    refs = "@misc{a, title={T}, pdf={papers/net.pdf}}"
    built = Project(tmp_path, {"refs.bib": refs, "index.md": LIST, **FILES}).build(builder)
    assert built.warnings == []
    assert any(b"PDF" in data for data in built.files().values())


def test_files_beside_the_bib_file_are_found_and_files_of_the_page(tmp_path: Path) -> None:
    """The .bib file is in the folder above the pages, as in a repository with its pages in docs/."""
    page = "# T\n\n:::{links}\n:cv: own.pdf\n:::\n\n:::{publications}\n:::\n\n{links}`pdf own.pdf`\n"
    files = {"index.md": "# T\n\n```{toctree}\nsub/page\n```\n", "sub/page.md": page, "sub/own.pdf": b"own"}
    project = Project(tmp_path / "docs", files, bibtex_bibfiles=["../refs.bib"])
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.pdf").write_bytes(b"beside")
    (tmp_path / "refs.bib").write_text("@misc{a, title={T}, pdf={papers/a.pdf}}")
    built = project.build()
    assert built.warnings == []
    found = built.soup("sub/page.html").select("a.cv-link")
    assert [(built.out / "sub" / str(a["href"])).read_bytes() for a in found] == [b"own", b"beside", b"own"]


def test_a_link_says_to_those_who_do_not_see_what_it_belongs_to(tmp_path: Path) -> None:
    refs = "@misc{a, title={A {Title} \\& more}, code={https://example.org/}}"
    soup = Project(tmp_path, {"refs.bib": refs, "index.md": LIST}).build().soup("index.html")
    link = soup.select_one("a.cv-link-code")
    assert link is not None
    assert " ".join(link.get_text().split()) == "Code: A Title & more"


def test_a_title_on_a_button_is_as_it_is_written(tmp_path: Path) -> None:
    refs = '@misc{a, title={It\'s "one" -- title}, code={https://example.org/}}'
    page = f"{LIST}\n:::{{links}}\n:key: a\n:::\n\n{{links}}`@a`\n\n:::{{talk}} 2020\n:what: W\n:publication: a\n:::\n"
    soup = Project(tmp_path, {"refs.bib": refs, "index.md": page}).build().soup("index.html")
    title = soup.select_one(".cv-title strong")
    assert title is not None
    assert [tag.get_text() for tag in soup.select(".cv-hidden")] == [f": {title.get_text()}"] * 4


BADGES = {
    "directive": "# T\n\n:::{{award}} {own}\n:::\n\n:::{{acceptance}} 1/4\n:::\n\n"
    ":::{{links}}\n:code: https://example.org/\n:::\n",
    "role": "# T\n\n{{award}}`{own}` {{acceptance}}`1/4` {{links}}`code https://example.org/`\n",
}


@pytest.mark.parametrize("how", BADGES)
def test_badges_and_links_of_their_own(tmp_path: Path, how: str) -> None:
    page = BADGES[how].format(own="Best Paper Award, 2/358, https://example.org/prize")
    built = Project(tmp_path, {"refs.bib": "", "index.md": page}).build()
    assert built.warnings == []
    assert badges(built) == ["Best Paper Award · 2 of 358 = 0.56%", "Accepted 1 of 4 = 25%", "Code"]
    hrefs = [a["href"] for a in built.soup("index.html").select("div.body a:not(.headerlink)")]
    assert hrefs == ["https://example.org/prize", "https://example.org/"]


def badges(built: Built) -> list[str]:
    found = built.soup("index.html").select(".cv-badge, a.cv-link")
    return [" ".join(tag.get_text().split()) for tag in found]


OF_KEY = {
    "directive": "".join(f":::{{{{{name}}}}}\n:key: {{key}}\n:::\n\n" for name in ("award", "acceptance", "links")),
    "role": "{{award}}`@{key}` {{acceptance}}`@{key}` {{links}}`@{key}`\n",
}


@pytest.mark.parametrize("how", OF_KEY)
@pytest.mark.parametrize("key", ["full", "DBLP:conf/x", "ü", "bare"])
def test_badges_and_links_of_a_publication(tmp_path: Path, how: str, key: str) -> None:
    refs = "@misc{bare, title={B}}\n"
    for full in ("full", "DBLP:conf/x", "ü"):
        refs += f"@misc{{{full}, title={{T}}, award={{Prize; Oral, 1/8}}, acceptance={{1/4}}, "
        refs += "code={https://example.org/}, slides={https://example.org/s}}\n"
    page = "# T\n\n" + OF_KEY[how].format(key=key)
    built = Project(tmp_path, {"refs.bib": refs, "index.md": page}).build()
    assert built.codes() == ["cv.selection_empty"] * (3 if key == "bare" else 0)
    everything = ["Prize", "Oral · 1 of 8 = 12.5%", "Accepted 1 of 4 = 25%", "Code: T", "Slides: T"]
    assert badges(built) == ([] if key == "bare" else everything)
    assert len(built.soup("index.html").select("div.body p")) == (
        0 if key == "bare" and how == "directive" else 3 if how == "directive" else 1
    )


def test_a_badge_may_take_its_parts_from_options(tmp_path: Path) -> None:
    page = "# T\n\n:::{award} Best Paper Award, Systems Track\n:rate: 3.5%\n:url: https://example.org/prize\n:::\n"
    built = Project(tmp_path, {"refs.bib": "", "index.md": page}).build()
    assert badges(built) == ["Best Paper Award, Systems Track · 3.5%"]


def test_a_bar_is_as_long_as_the_rate(tmp_path: Path) -> None:
    page = "# T\n\n{acceptance}`1/4` {acceptance}`0.01%` {acceptance}`7/7`\n"
    soup = Project(tmp_path, {"refs.bib": "", "index.md": page}).build().soup("index.html")
    assert [bar["width"] for bar in soup.select("svg.cv-bar .cv-bar-part")] == ["25", "0.01", "100"]
    assert {bar["aria-hidden"] for bar in soup.select("svg.cv-bar")} == {"true"}


def test_links_stand_in_the_order_of_their_kinds_whatever_the_page_says(tmp_path: Path) -> None:
    page = "# T\n\n:::{links}\n:cv: https://example.org/cv\n:scholar: ABC\n"
    page += ":email: ada@example.org\n:orcid: 0000-0002-1825-0097\n:::\n"
    built = Project(tmp_path, {"refs.bib": "", "index.md": page}).build()
    assert [(a.get_text(), a["href"]) for a in built.soup("index.html").select("a.cv-link")] == [
        ("Google Scholar", "https://scholar.google.com/citations?user=ABC"),
        ("ORCID", "https://orcid.org/0000-0002-1825-0097"),
        # docutils hides the "@" from programs that collect addresses.
        ("E-mail", "mailto:ada%40example.org"),
        ("CV", "https://example.org/cv"),
    ]


def test_a_warning_of_a_role_names_its_line_deep_in_a_page(tmp_path: Path) -> None:
    page = "# T\n\n- one\n\n  ::::{note}\n  words\n\n  more words\n  and {acceptance}`3/2`\n  ::::\n"
    built = Project(tmp_path, {"refs.bib": "", "index.md": page}).build()
    assert [line.partition(": ")[0] for line in built.warnings] in (["index.md:8"], ["index.md:9"])


def test_a_file_beside_the_folder_of_the_pages_can_be_allowed(tmp_path: Path) -> None:
    page = "# T\n\n:::{talk} 2019\n:what: T\n:slides: ../files/slides.pdf\n:::\n"
    (tmp_path / "files").mkdir()
    (tmp_path / "files/slides.pdf").write_bytes(b"slides")
    project = Project(tmp_path / "docs", {"refs.bib": "", "index.md": page})
    (warning,) = project.build().warnings
    assert "outside the project (files may lie in '.' and in the folder that cv_files names); " in warning
    built = Project(tmp_path / "docs", {"refs.bib": "", "index.md": page}, cv_files="../files").build()
    assert built.warnings == []
    (link,) = built.soup("index.html").select("a.cv-link-slides")
    assert (built.out / str(link["href"])).read_bytes() == b"slides"


def test_files_lie_where_the_site_says_and_go_by_the_name_of_the_key(tmp_path: Path) -> None:
    refs = "@misc{net, title={T}, poster={extra.pdf}}\n@misc{other, title={U}}\n"
    files = {"refs.bib": refs, "index.md": LIST, "store/extra.pdf": b"extra"}
    files |= {"store/net.pdf": b"net", "store/net.slides.pdf": b"slides"}
    built = Project(tmp_path, files, cv_files="store").build()
    assert built.warnings == []
    found = built.soup("index.html").select("#pub-net a.cv-link")
    assert [(a["class"][1], (built.out / str(a["href"])).read_bytes()) for a in found] == [
        ("cv-link-pdf", b"net"),
        ("cv-link-slides", b"slides"),
        ("cv-link-poster", b"extra"),
    ]
    assert built.soup("index.html").select("#pub-other a.cv-link") == []
