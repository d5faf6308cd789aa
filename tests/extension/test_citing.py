"""``{cite}`` leads from every page to the publication's entry in our lists, beside plain bibliographies."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.project import Built, Project

REFS = """
@inproceedings{net, title={{Net}: of things}, author={Example, Ada and Sample, Grace}, abbr={ICE}, year={2021},
  booktitle={International Conference on Examples}}
@article{over, title={Over and out}, author={Sample, Grace and Doe, Jane and Roe, Richard}, journal={J}, year=2020}
@misc{lonely, title={In no list}, author={Doe, Jane}, year=2000}
"""
LIST = "# Publications\n\n:::{publications}\n:keys: net, over\n:::\n"
CITES = "# Title\n\n{cite}`net` {cite:p}`over` {cite:t}`over` {cite:year}`net` {cite:author}`over` {cite:p}`net,over`\n"


def citations(built: Built, page: str) -> list[tuple[str, str]]:
    """Each link of each citation on a page: its words and its target."""
    return [(a.get_text(), str(a["href"])) for a in built.soup(page).select(".bibtex-citation a")]


def leads_somewhere(built: Built, page: str, href: str) -> bool:
    name, _, target = href.partition("#")
    where = (built.out / page).parent / name if name else built.out / page
    return len(built.soup(str(where)).select(f'[id="{target}"]')) == 1


@pytest.fixture(scope="module")
def cited(tmp_path_factory: pytest.TempPathFactory) -> Built:
    files = {
        "refs.bib": REFS,
        "index.md": f"{CITES}\n```{{toctree}}\npublications\nsub/page\nrst\n```\n",
        "publications.md": f"{LIST}\n{{cite}}`net`\n",
        "sub/page.md": CITES,
        "rst.rst": "Title\n=====\n\n:cite:`net` :cite:t:`over`\n",
    }
    return Project(tmp_path_factory.mktemp("cited"), files).build()


def test_citing_gives_no_warning(cited: Built) -> None:
    assert cited.warnings == []


@pytest.mark.parametrize(("page", "base"), [("index.html", ""), ("sub/page.html", "../")])
def test_every_way_of_citing_leads_to_the_entry(cited: Built, page: str, base: str) -> None:
    assert citations(cited, page) == [
        ("Net, ICE 2021", f"{base}publications.html#pub-net"),
        ("Sample et al., 2020", f"{base}publications.html#pub-over"),
        ("Sample et al., 2020", f"{base}publications.html#pub-over"),
        ("2021", f"{base}publications.html#pub-net"),
        ("Sample et al.", f"{base}publications.html#pub-over"),
        ("Net, ICE 2021", f"{base}publications.html#pub-net"),
        ("Sample et al., 2020", f"{base}publications.html#pub-over"),
    ]
    assert all(leads_somewhere(cited, page, href) for _, href in citations(cited, page))


def test_restructuredtext_cites_alike(cited: Built) -> None:
    assert citations(cited, "rst.html") == [
        ("Net, ICE 2021", "publications.html#pub-net"),
        ("Sample et al., 2020", "publications.html#pub-over"),
    ]


def test_the_page_of_the_list_cites_within_itself(cited: Built) -> None:
    assert citations(cited, "publications.html") == [("Net, ICE 2021", "#pub-net")]


def test_the_tip_over_a_citation_says_what_is_cited(cited: Built) -> None:
    link = cited.soup("index.html").select_one(".bibtex-citation a")
    assert link is not None
    assert link["title"] == "Ada Example, Grace Sample. Net: of things. ICE 2021."


def test_a_publication_is_at_home_in_the_longest_list(tmp_path: Path) -> None:
    files = {
        "refs.bib": REFS,
        "index.md": "# T\n\n{cite}`net`\n\n:::{publications}\n:keys: net\n:::\n\n```{toctree}\nall\nsome\n```\n",
        "all.md": LIST,
        "some.md": "# Some\n\n:::{publications}\n:keys: over\n:::\n",
    }
    built = Project(tmp_path, files).build()
    assert built.warnings == []
    assert citations(built, "index.html") == [("Net, ICE 2021", "all.html#pub-net")]
    titles = {page: built.soup(page).select_one(".cv-title a") for page in ("index.html", "some.html", "all.html")}
    assert titles["index.html"]["href"] == "all.html#pub-net"
    assert titles["some.html"]["href"] == "all.html#pub-over"
    assert titles["all.html"] is None


def test_of_equally_long_lists_the_first_of_the_site_is_the_home(tmp_path: Path) -> None:
    files = {"index.md": "# T\n\n{cite}`net`\n\n```{toctree}\nzebra\nalpha\n```\n", "refs.bib": REFS}
    built = Project(tmp_path, {**files, "alpha.md": LIST, "zebra.md": LIST}).build()
    assert citations(built, "index.html") == [("Net, ICE 2021", "zebra.html#pub-net")]


def test_what_is_in_no_list_cannot_be_cited_and_that_is_told(tmp_path: Path) -> None:
    built = Project(tmp_path, {"refs.bib": REFS, "index.md": f"{LIST}\n{{cite}}`lonely`\n"}).build()
    assert built.warnings == ['index.md:7: WARNING: could not find bibtex key "lonely" [bibtex.key_not_found]']


BIBLIOGRAPHY = "# Plain\n\n{cite}`net`\n\n```{bibliography}\n:all:\n```\n"


def test_a_plain_bibliography_stands_beside_our_lists(tmp_path: Path) -> None:
    index = "# T\n\n{cite}`net` {cite}`lonely`\n\n```{toctree}\npublications\nplain\n```\n"
    files = {"refs.bib": REFS, "index.md": index, "publications.md": LIST, "plain.md": BIBLIOGRAPHY}
    built = Project(tmp_path, files).build()
    assert built.warnings == []
    assert len(built.soup("plain.html").select("div.citation")) == 3
    (_, here), (_, there) = citations(built, "plain.html")[0], citations(built, "index.html")[1]
    assert here.startswith("#")
    assert leads_somewhere(built, "plain.html", here)
    assert there.startswith("plain.html#")
    assert leads_somewhere(built, "index.html", there)
    assert citations(built, "index.html")[0] == ("Net, ICE 2021", "publications.html#pub-net")


def test_a_plain_bibliography_works_on_the_page_of_our_list(tmp_path: Path) -> None:
    built = Project(tmp_path, {"refs.bib": REFS, "index.md": BIBLIOGRAPHY + "\n" + LIST[16:]}).build()
    assert built.warnings == []
    assert len(citations(built, "index.html")) == 1
    assert leads_somewhere(built, "index.html", citations(built, "index.html")[0][1])


def test_footnotes_work_with_the_same_file(tmp_path: Path) -> None:
    page = "# T\n\nWords {footcite}`net`.\n\n```{footbibliography}\n```\n"
    built = Project(tmp_path, {"refs.bib": REFS, "index.md": page}).build()
    assert built.warnings == []
    assert "of things" in built.text("index.html")


def test_a_key_resolves_as_any_reference(tmp_path: Path) -> None:
    files = {"refs.bib": REFS, "index.md": "# T\n\n{any}`net`\n\n```{toctree}\np\n```\n", "p.md": LIST}
    built = Project(tmp_path, files).build()
    assert [a["href"] for a in built.soup("index.html").select("p a")][:1] == ["p.html#pub-net"]
    assert built.warnings == []


ODD_KEYS = [
    *("DBLP:conf/x", "DBLP:conf.x", "DBLP-conf-x", "dblp/conf/x", "müller", "muller", "mueller", "ключ", "論文"),
    *("x" * 60, "x" * 61, "x" * 62, "key+1", "key/1", "O'Neil", "a&b", "<b>", "a%20b", "50%", "_", "1", "pub-1", "@at"),
    *("with;semicolon", "q?", "a!b", "a|b", "~tilde", "a*b", "[x]", "year-2020"),
]


def test_odd_keys_have_different_addresses_that_work(tmp_path: Path) -> None:
    refs = "".join(f"@misc{{{key}, title={{T{at}}}, year={2000 + at}}}\n" for at, key in enumerate(ODD_KEYS))
    cites = "\n\n".join(f":cite:year:`{key}`" for key in ODD_KEYS)
    page = f"T\n=\n\n{cites}\n\n.. toctree::\n\n   p\n"
    files = {"refs.bib": refs, "index.rst": page, "p.md": "# P\n\n:::{publications}\n:sort: file\n:group: year\n:::\n"}
    built = Project(tmp_path, files).build()
    assert built.warnings == []
    found = citations(built, "index.html")
    assert [words for words, _ in found] == [str(2000 + at) for at in range(len(ODD_KEYS))]
    assert len({href for _, href in found}) == len(ODD_KEYS)
    items = built.soup("p.html").select("li.cv-publication")
    year_of = {f"p.html#{item['id']}": item.select_one(".cv-venue").get_text() for item in items}
    assert [year_of[href] for _, href in found] == [words for words, _ in found]
    ids = [str(tag["id"]) for tag in built.soup("p.html").select("[id]")]
    assert len(ids) == len(set(ids))


def test_keys_that_differ_in_case_alone_are_different(tmp_path: Path) -> None:
    refs = "@misc{Key, title={Upper}, year=2001}\n@misc{key, title={Lower}, year=2002}\n"
    page = "# T\n\n{cite:year}`Key` {cite:year}`key`\n\n:::{publications}\n:sort: file\n:::\n"
    built = Project(tmp_path, {"refs.bib": refs, "index.md": page}).build()
    assert built.warnings == []
    (upper, lower) = citations(built, "index.html")
    assert (upper[0], lower[0]) == ("2001", "2002")
    ids = [item["id"] for item in built.soup("index.html").select("li.cv-publication")]
    assert [upper[1], lower[1]] == [f"#{id_}" for id_ in ids]
    assert len(set(ids)) == 2


def test_an_entry_without_author_and_title_can_be_cited_by_its_key(tmp_path: Path) -> None:
    page = "# T\n\n{cite:t}`bare`\n\n:::{publications}\n:::\n"
    built = Project(tmp_path, {"refs.bib": "@misc{bare, year=2000}", "index.md": page}).build()
    assert built.codes() == ["cv.title_missing"]
    assert "bare" in citations(built, "index.html")[0][0]


def test_a_title_without_words_is_none(tmp_path: Path) -> None:
    refs = r"@misc{bare, title={\emph{}}, year=2000} @misc{called, title={Called}, year=2001}"
    page = "# T\n\n{cite:t}`bare`\n\n:::{publications}\n:::\n"
    project = Project(tmp_path, {"refs.bib": refs, "index.md": page}, cv_pages="all")
    built = project.build()
    assert built.codes() == ["cv.title_missing"]
    assert built.soup("publications/bare.html").h1.text.startswith("bare")
    own = built.out / "publications/bare.html"
    before = own.stat().st_mtime_ns
    assert project.build().codes() == ["cv.title_missing"]
    assert own.stat().st_mtime_ns == before, "it was written again"


@pytest.mark.parametrize("brace", [r"\textbraceleft", r"\textbraceright", r"\lbrace{}"])
def test_a_brace_in_a_name_is_no_latex(tmp_path: Path, brace: str) -> None:
    refs = rf"@misc{{a, title={{T}}, author={{Ada Example {brace} Sample}}, year=2000}}"
    page = "# T\n\n{cite:t}`a`\n\n:::{publications}\n:::\n"
    built = Project(tmp_path, {"refs.bib": refs, "index.md": page}).build()
    assert built.warnings == []
    assert len(citations(built, "index.html")) == 1


@pytest.mark.parametrize("type_", ["thesis", "report", "collection", "whatever"])
def test_a_plain_bibliography_shows_entries_of_any_type(tmp_path: Path, type_: str) -> None:
    refs = f"@{type_}{{a, title={{A title}}, author={{Ada Example}}, school={{U}}, institution={{U}}, year=2000}}"
    built = Project(tmp_path, {"refs.bib": refs, "index.md": BIBLIOGRAPHY.replace("net", "a")}).build()
    assert "A title" in built.soup("index.html").select_one("div.citation").get_text()


def test_a_plain_bibliography_names_a_collaboration_as_the_author(tmp_path: Path) -> None:
    refs = "@inproceedings{a, title={T}, collaboration={ATLAS}, editor={Ed Sample}, booktitle={B}, year=2000}"
    built = Project(tmp_path, {"refs.bib": refs, "index.md": BIBLIOGRAPHY.replace("net", "a")}).build()
    entry = built.soup("index.html").select_one("div.citation").get_text()
    assert "ATLAS Collaboration. T. In Ed\xa0Sample, editor, B." in entry


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    index = f"{LIST}\n{{cite}}`net`\n"
    built = Project(tmp_path, {"refs.bib": REFS, "index.md": index}, bibtex_bibfiles=["refs.bib", "./refs.bib"]).build()
    assert built.warnings == []
    assert citations(built, "index.html") == [("Net, ICE 2021", "#pub-net")]


@pytest.mark.parametrize("text", ["net over,net", ",", "net,", "{a} {b}"])
def test_keys_that_cannot_be_read_are_told(tmp_path: Path, text: str) -> None:
    page = f"{LIST}\nOne {{cite}}`{text}` {{cite:t}}`{text}` {{cite}}`net`\n"
    built = Project(tmp_path, {"refs.bib": REFS, "index.md": page}).build()
    assert built.codes() == ["cv.key_unknown"] * 2
    assert all(
        re.match(r".*index\.md:7: .*cite: .* it is shown as it is written", warning) for warning in built.warnings
    )
    assert [code.get_text() for code in built.soup("index.html").select("p code")] == [text] * 2
    assert len(citations(built, "index.html")) == 1
