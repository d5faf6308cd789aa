"""A page for each publication: what is on it, how it is reached, what goes with it, and how it is switched off."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sphinx.search.en import SearchEnglish

from tests.project import Built, Project

REFS = r"""
@inproceedings{net2021,
  title = {{Net}: a <b>Study</b>}, author = {Example, Ada and Sample, Grace}, author+an = {1=corresponding},
  booktitle = {Conference on Examples}, abbr = {ICE}, year = {2021}, pages = {1--9}, doi = {10.1000/xyz},
  acceptance = {1/4}, award = {Best Paper Award}, pdf = {papers/net.pdf}, code = {https://example.org/code},
  abstract = {Showing that $n^2$ grows.}, selected = {true},
}
@article{old2019, title = {Old}, author = {Sample, Grace}, journal = {Journal of Examples}, year = {2019}}
@misc{unlisted, title = {Unlisted}, author = {Example, Ada}, year = {2000}}
"""
INDEX = "# Home\n\n{cite}`net2021` {cite}`unlisted`\n\n```{toctree}\nlist\n```\n"
LIST = "# List\n\n```{publications}\n:year: 2010-\n```\n"
FILES = {"refs.bib": REFS, "index.md": INDEX, "list.md": LIST, "papers/net.pdf": b"%PDF-1.7 net"}
SITE = {"html_baseurl": "https://ada.example.org/site/", "cv_profile": {"name": "Ada Example"}}


def site(folder: Path, files: dict[str, str | bytes], **settings: Any) -> Project:
    return Project(folder, files, **{"cv_pages": "all", **settings})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return site(tmp_path_factory.mktemp("pages"), FILES, **SITE).build()


def test_there_is_one_for_each_publication_and_no_warning(built: Built) -> None:
    pages = sorted(path.name for path in (built.out / "publications").glob("*.html"))
    assert pages == ["net2021.html", "old2019.html", "unlisted.html"]
    assert built.warnings == []


def test_its_files_may_be_read_and_not_run(built: Built) -> None:
    usual = (built.out / "index.html").stat().st_mode
    made = [built.out / "publications" / f"net2021.{ending}" for ending in ("html", "bib", "ris")]
    assert [path.stat().st_mode for path in made] == [usual] * 3


def test_it_says_what_the_list_says_and_the_abstract(built: Built) -> None:
    soup = built.soup("publications/net2021.html")
    assert [heading.get_text().rstrip("¶#") for heading in soup.select("h1")] == ["Net: a Study"]
    text = " ".join(soup.select_one("section.cv-page").get_text(" ").split())
    for words in ("Ada Example", "ICE", "pp. 1–9", "Accepted 1 of 4 = 25%", "Best Paper Award", "Showing that"):
        assert words in text
    assert soup.select_one("section.cv-page .cv-owner").get_text() == "Ada Example"


def test_a_title_in_a_list_leads_to_it_and_it_leads_back(built: Built) -> None:
    link = built.soup("list.html").select_one("#pub-net2021 .cv-title a")
    assert link["href"] == "publications/net2021.html"
    back = built.soup("publications/net2021.html").select_one(".cv-back a")
    assert back["href"] == "../list.html#pub-net2021"


def test_a_citation_leads_to_the_list_and_to_the_page_of_what_no_list_shows(built: Built) -> None:
    links = [link["href"] for link in built.soup("index.html").select(".bibtex-citation a")]
    assert links == ["list.html#pub-net2021", "publications/unlisted.html"]


def test_it_tells_how_to_cite_it(built: Built) -> None:
    soup = built.soup("publications/net2021.html")
    assert soup.select_one(".cv-reference").get_text().startswith("Example, A., & Sample, G. (2021). Net: a Study.")
    shown = soup.select_one("details.cv-bibtex code").get_text()
    file = built.out / "publications" / "net2021.bib"
    assert shown == file.read_text(encoding="utf-8")
    assert shown.startswith("@inproceedings{net2021,")
    assert "selected" not in shown
    downloads = [link["href"] for link in soup.select("a.cv-link-download")]
    assert downloads == ["net2021.bib", "net2021.biblatex.bib", "net2021.ris", "net2021.json"]
    assert json.loads((file.with_suffix(".json")).read_text(encoding="utf-8"))[0]["DOI"] == "10.1000/xyz"


def test_its_head_is_what_scholar_and_zotero_read(built: Built) -> None:
    soup = built.soup("publications/net2021.html")
    tags = [(tag["name"], tag["content"]) for tag in soup.select('meta[name^="citation_"]')]
    assert tags[:4] == [
        ("citation_title", "Net: a Study"),
        ("citation_author", "Example, Ada"),
        ("citation_author", "Sample, Grace"),
        ("citation_publication_date", "2021"),
    ]
    assert ("citation_conference_title", "Conference on Examples") in tags
    assert ("citation_doi", "10.1000/xyz") in tags
    assert ("citation_pdf_url", "https://ada.example.org/site/publications/net2021.pdf") in tags
    assert (built.out / "publications" / "net2021.pdf").read_bytes() == b"%PDF-1.7 net"
    node = json.loads(soup.select_one('script[type="application/ld+json"]').string)
    assert node["@type"] == "ScholarlyArticle"
    assert node["url"] == "https://ada.example.org/site/publications/net2021.html"
    assert node["author"][0]["@id"] == "https://ada.example.org/site/#person"


def test_without_the_address_of_the_site_nothing_is_said_of_addresses(tmp_path: Path) -> None:
    soup = site(tmp_path, FILES).build().soup("publications/net2021.html")
    assert not soup.select('meta[name="citation_pdf_url"], meta[name="citation_abstract_html_url"]')
    assert "url" not in json.loads(soup.select_one('script[type="application/ld+json"]').string)


def test_a_reader_leafs_from_the_newest_to_the_oldest(built: Built) -> None:
    links = {link["rel"][0]: link["href"] for link in built.soup("publications/old2019.html").select("link[rel]")}
    assert (links["prev"], links["next"]) == ("net2021.html", "unlisted.html")


CRUMBS = {"sphinx_rtd_theme": ".wy-breadcrumbs li", "pydata_sphinx_theme": ".bd-breadcrumbs li"}
"""The themes that say above a page where it belongs, and how that is found."""


def crumbs(built: Built, theme: str, leaf: str) -> list[tuple[str, str]]:
    """The words and addresses of the pages that lead to that of a publication, without the first page of the site."""
    soup = built.soup(f"publications/{leaf}.html")
    links = [link for item in soup.select(CRUMBS[theme]) for link in item.select("a")]
    return [(" ".join(link.decode_contents().split()), str(link["href"])) for link in links[1:]]


@pytest.mark.parametrize("theme", CRUMBS)
def test_a_theme_leads_back_from_it_to_the_page_of_the_list(tmp_path: Path, theme: str) -> None:
    years = range(2000, 2012)
    files: dict[str, str | bytes] = {
        "refs.bib": "".join(f"@misc{{n{year}, title={{{year}}}, year={year}}}\n" for year in years),
        "index.md": "# Home\n\n```{toctree}\nwork\nold\n```\n\n```{publications}\n:year: 2003-2005\n```\n",
        "work.md": "# Work\n\n```{toctree}\nnew\n```\n",
        "new.md": "# *New* & `own`\n\n```{publications}\n:year: 2006-\n```\n",
        "old.md": "# Old\n\n```{publications}\n:year: -2002\n```\n",
    }
    project = site(tmp_path, files, html_theme=theme)
    built = project.build(into="fast")
    assert built.files() == project.build(into="slow", cv_fast_pages=False).files()
    old, work = ("Old", "../old.html"), ("Work", "../work.html")
    new = (f"<em>New</em> &amp; {built.soup('new.html').select_one('h1 code')}", "../new.html")
    expected = {2000: [old], 2002: [old], 2003: [], 2005: [], 2006: [work, new], 2011: [work, new]}
    assert {year: crumbs(built, theme, f"n{year}") for year in expected} == expected
    # Another title of a page on the way, and another home for three of them.
    project.edit("work.md", "# Work", "# All work")
    project.edit("old.md", "-2002", "-2008")
    after = project.build(into="fast")
    assert crumbs(after, theme, "n2006") == [old]
    assert crumbs(after, theme, "n2009") == [("All work", "../work.html"), new]


def test_the_search_finds_it(built: Built) -> None:
    index = built.text("searchindex.js")
    assert '"publications/unlisted"' in index


def test_the_search_finds_the_word_that_a_line_begins_with(built: Built) -> None:
    terms = json.loads(built.text("searchindex.js").removeprefix("Search.setIndex(").removesuffix(")"))["terms"]
    # With these begin the venue, the badges, the links and the abstract; Sphinx 8 has other stems than Sphinx 9.
    assert {*map(SearchEnglish({}).stem, ("ice", "best", "pdf", "show"))} <= terms.keys()
    assert [term for term in terms if term.startswith(("sampl", "abstract"))] == ["sampl"]


def test_dirhtml_has_it_in_a_folder_with_its_files(tmp_path: Path) -> None:
    built = site(tmp_path, FILES, **SITE).build("dirhtml")
    soup = built.soup("publications/net2021/index.html")
    pdf = soup.select_one('meta[name="citation_pdf_url"]')["content"]
    assert pdf == "https://ada.example.org/site/publications/net2021/net2021.pdf"
    assert (built.out / "publications" / "net2021" / "net2021.pdf").is_file()
    assert soup.select_one("a.cv-link-pdf")["href"] == "net2021.pdf"


@pytest.mark.parametrize(
    ("settings", "pages"),
    [
        ({"cv_pages": "none"}, []),
        ({"cv_pages": "selected"}, ["publications/net2021"]),
        ({"cv_permalink": "p/{year}/{anchor}"}, ["p/2000/unlisted", "p/2019/old2019", "p/2021/net2021"]),
    ],
    ids=str,
)
def test_settings(tmp_path: Path, settings: dict[str, str], pages: list[str]) -> None:
    files = FILES | {"index.md": "# Home\n\n```{toctree}\nlist\n```\n"}
    built = site(tmp_path, files, **settings).build()
    found = [path.relative_to(built.out).with_suffix("") for path in built.out.rglob("*.html")]
    assert sorted(path.as_posix() for path in found if len(path.parts) > 1) == pages
    assert built.warnings == []


@pytest.mark.parametrize(
    "value",
    [
        "../{anchor}",
        "/{anchor}",
        "papers",
        "{anchor}{key}",
        "a b/{anchor}",
        "exports/{anchor}",
        "cv/{anchor}",
        "_static/{anchor}",
        5,
    ],
)
def test_an_address_that_cannot_be_is_told(tmp_path: Path, value: object) -> None:
    built = site(tmp_path, FILES, cv_permalink=value).build()
    assert built.codes() == ["cv.setting_invalid"]
    assert (built.out / "publications" / "net2021.html").is_file()


def test_a_page_of_somebody_else_stays(tmp_path: Path) -> None:
    files = FILES | {"publications/Net2021.md": "---\norphan: true\n---\n# Mine\n"}
    built = site(tmp_path, files).build()
    assert built.codes() == ["cv.page_taken"]
    assert "Mine" in built.text("publications/Net2021.html")


@pytest.mark.parametrize(
    ("builder", "permalink", "key", "page"),
    [
        ("html", "{anchor}", "mine", "mine.html"),
        ("html", "{anchor}", "index", "index.html"),
        ("dirhtml", "mine/{anchor}", "index", "mine/index.html"),
        ("html", "{anchor}", "genindex", "genindex.html"),
        ("html", "{anchor}", "search", "search.html"),
        ("html", "{anchor}", "py-modindex", "py-modindex.html"),
        ("html", "{anchor}", "404", "404.html"),
    ],
)
def test_no_publication_takes_the_place_of_another_page(
    tmp_path: Path, builder: str, permalink: str, key: str, page: str
) -> None:
    files = {"refs.bib": f"@misc{{{key}, title = {{Taken}}}}", "index.md": "# Mine\n", "mine.md": "# Mine\n"}
    built = site(tmp_path, files, cv_permalink=permalink).build(builder)
    assert "cv.page_taken" in built.codes()
    path = built.out / page
    assert not path.exists() or "Taken" not in built.soup(page).title.get_text()


def test_files_beside_a_page_take_the_place_of_nothing(tmp_path: Path) -> None:
    refs = """@misc{wen, title = {One}, slides = {s.pdf}, code = {c.tar.gz}, pdf = {paper.html}, poster = {p.bib}}
    @misc{wen-slides, title = {Two}, pdf = {q.PDF}}"""
    given = {name: name for name in ("s.pdf", "c.tar.gz", "paper.html", "p.bib", "q.PDF")}
    files = {"refs.bib": refs, "index.md": "# Home\n", **given}
    built = site(tmp_path, files, html_baseurl="https://example.org/").build()
    assert built.warnings == []
    soup = built.soup("publications/wen.html")
    leads_to = [link["href"] for link in soup.select("a.cv-link:not(.cv-link-download)")]
    assert sorted(leads_to) == ["wen.code.tar.gz", "wen.pdf.html", "wen.poster.bib", "wen.slides.pdf"]
    assert sorted(built.text(f"publications/{name}") for name in leads_to) == [
        "c.tar.gz",
        "p.bib",
        "paper.html",
        "s.pdf",
    ]
    assert built.text("publications/wen-slides.pdf") == "q.PDF"
    assert built.text("publications/wen.bib").startswith("@misc{wen,")
    assert not soup.select('[name="citation_pdf_url"]')
    (paper,) = built.soup("publications/wen-slides.html").select('[name="citation_pdf_url"]')
    assert paper["content"] == "https://example.org/publications/wen-slides.pdf"


@pytest.mark.parametrize("builder", ["epub", "latex", "text"])
def test_other_builders_have_none(tmp_path: Path, builder: str) -> None:
    files = FILES | {"index.md": "# Home\n\n```{toctree}\nlist\n```\n"}
    built = site(tmp_path, files, version="1", copyright="x").build(builder)
    assert not [path for path in built.out.rglob("net2021*") if ".doctrees" not in path.parts]


def test_a_change_of_one_entry_changes_its_page(tmp_path: Path) -> None:
    # No page lists or cites it.
    project = site(tmp_path, FILES | {"index.md": "# Home\n\n```{toctree}\nlist\n```\n"})
    project.build()
    project.edit("refs.bib", "title = {Unlisted}", "title = {Renamed}")
    assert "Renamed" in project.build().soup("publications/unlisted.html").select_one("h1").get_text()


def test_nothing_in_a_field_becomes_markup(tmp_path: Path) -> None:
    nasty = r"""@article{x, title = {A "q" </title><script>alert(1)</script> ]]>},
      author = {<img src=x onerror=y>, Ada}, journal = {J"><script>}, year = {2020},
      abstract = {</script><b onclick=x>z</b>},
      keywords = {"><svg onload=a>}}"""
    built = site(tmp_path, {"refs.bib": nasty, "index.md": "# Home\n"}, **SITE).build()
    soup = built.soup("publications/x.html")
    assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    assert all("alert" not in (script.string or "") or script.get("type") for script in soup.select("script"))
    for script in soup.select('script[type="application/ld+json"]'):
        json.loads(script.string)


def test_a_file_that_is_gone_before_it_is_copied_is_told(tmp_path: Path) -> None:
    refs = "@misc{kept, title={Kept}, year=2020}\n@misc{gone, title={Gone}, year=2021, pdf={gone.pdf}}\n"
    project = Project(tmp_path, {"index.md": "# T\n", "refs.bib": refs, "gone.pdf": b"%PDF"}, cv_pages="all")
    conf = (tmp_path / "conf.py").read_text(encoding="utf-8")
    remove = "lambda app, env: (app.srcdir / 'gone.pdf').unlink()"
    project.write("conf.py", f"{conf}\ndef setup(app):\n    app.connect('env-check-consistency', {remove})\n")
    built = project.build()
    assert len(built.warnings) == 1
    assert "refs.bib:2" in built.warnings[0]
    assert "[cv.file_missing]" in built.warnings[0]
    assert "Gone" in built.text("publications/gone.html")
    # When the file is not removed any more, it is copied.
    project.write("conf.py", conf)
    project.write("gone.pdf", b"%PDF")
    again = project.build()
    assert again.warnings == []
    assert again.files()["publications/gone.pdf"] == b"%PDF"
