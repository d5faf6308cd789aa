"""What a site has besides its pages: exports, feeds, sitemap, robots.txt, llms.txt, 404, and the switch for each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from sphinx_cv_ext.extension.features import FEATURES
from sphinx_cv_ext.outputs.exports import EXPORTS
from tests.project import Built, Project

REFS = r"""
@inproceedings{net2021, title = {Net [a] *study*}, author = {Example, Ada},
  booktitle = {Conference on Examples}, year = 2021,
  keywords = {nets}}
@article{old2019, title = {Old}, author = {Sample, Grace}, journal = {Journal of Examples}, year = {2019}}
@misc{undated, title = {Undated}, author = {Example, Ada}}
"""
INDEX = "# Home\n\n```{toctree}\nlist\n```\n"
LIST = """# List

```{publications}
:role: first
:export:
```

```{publications}
:year: 2019
:export: ris, apa
```

```{publications}
```
"""
FILES: dict[str, str | bytes] = {"refs.bib": REFS, "index.md": INDEX, "list.md": LIST}
BASE = "https://ada.example.org/site/"
SITE = {"html_baseurl": BASE, "cv_profile": {"name": "Ada Example", "position": "Weaver"}}
# A file or a piece of a head that only the feature makes: where, and what.
SIGNS = {
    "citation-tags": ("publications/net2021.html", 'name="citation_title"'),
    "json-ld": ("publications/net2021.html", "application/ld+json"),
    "open-graph": ("publications/net2021.html", 'property="og:title"'),
    "cards": ("publications/net2021.html", 'property="og:image"'),
    "feeds": ("feed.xml", ""),
    "exports": ("exports/publications.bib", ""),
    "cv": ("cv/full.txt", ""),
    "json-resume": ("cv/full.json", ""),
    "calendar": ("talks.ics", ""),
    "sitemap": ("sitemap.xml", ""),
    "robots": ("robots.txt", ""),
    "llms": ("llms.txt", ""),
    "404": ("404.html", ""),
}


def site(folder: Path, files: dict[str, str | bytes] = FILES, **settings: Any) -> Project:
    return Project(folder, files, **{"cv_pages": "all", **SITE, **settings})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return site(tmp_path_factory.mktemp("site")).build()


def test_there_is_no_warning(built: Built) -> None:
    assert built.warnings == []


def test_all_publications_are_there_in_every_format(built: Built) -> None:
    for export in EXPORTS.values():
        text = built.text(f"exports/publications.{export.suffix}")
        assert all(title in text for title in ("Old", "Undated")), export.name


def test_a_list_is_there_as_it_is_filtered(built: Built) -> None:
    links = built.soup("list.html").select(".cv-downloads a")
    assert [link["href"] for link in links] == [
        "exports/lists/list.bib",
        "exports/lists/list.biblatex.bib",
        "exports/lists/list.ris",
        "exports/lists/list.json",
        "exports/lists/list.apa.txt",
        "exports/lists-2/list.ris",
        "exports/lists-2/list.apa.txt",
    ]
    assert [link.get_text() for link in links[-2:]] == ["RIS", "APA"]
    first = json.loads(built.text("exports/lists/list.json"))
    assert [item["id"] for item in first] == ["net2021", "undated"]
    assert built.text("exports/lists-2/list.apa.txt").startswith("Sample, G. (2019). Old.")


def test_the_files_of_a_list_follow_it(tmp_path: Path) -> None:
    project = site(tmp_path)
    project.build()
    project.edit("refs.bib", "title = {Old}", "title = {Renamed}")
    assert "Renamed" in project.build().text("exports/lists-2/list.ris")


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "man"])
def test_other_formats_know_no_downloads(tmp_path: Path, builder: str) -> None:
    built = site(tmp_path, version="1").build(builder)
    assert not list(built.out.rglob("exports"))
    assert not [path for path in built.out.rglob("list.*html") if "Download this list" in path.read_text("utf-8")]


def test_a_single_page_leads_to_the_files_as_well(tmp_path: Path) -> None:
    built = site(tmp_path).build("singlehtml")
    link = built.soup("index.html").select_one(".cv-downloads a")
    assert (built.out / link["href"]).is_file()


def test_the_feeds_have_what_is_dated_and_are_named_on_every_page(built: Built) -> None:
    atom = ElementTree.fromstring(built.text("feed.xml"))
    name = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{name}id") for entry in atom.iter(f"{name}entry")] == [
        f"{BASE}publications/net2021.html",
        f"{BASE}publications/old2019.html",
    ]
    assert atom.findtext(f"{name}title") == "Publications of Ada Example"
    feed = json.loads(built.text("feed.json"))
    assert [item["date_published"][:4] for item in feed["items"]] == ["2021", "2019"]
    for page in ("index.html", "list.html", "publications/net2021.html"):
        links = built.soup(page).select('link[rel="alternate"]')
        assert [(link["type"], link["href"]) for link in links] == [
            ("application/atom+xml", f"{BASE}feed.xml"),
            ("application/feed+json", f"{BASE}feed.json"),
        ]


def test_talks_are_in_the_feeds(tmp_path: Path) -> None:
    files = FILES | {
        "list.md": "# List\n\n```{talk} 2020-05-04\n:what: On *looms*\n:where: Weavers 2020\n:place: Paris\n```\n"
    }
    built = site(tmp_path, files, cv_pages="none").build()
    feed = json.loads(built.text("feed.json"))
    assert feed["title"] == "Publications and talks of Ada Example"
    (talk,) = feed["items"]
    assert (talk["url"], talk["title"]) == (f"{BASE}list.html#talk-2020-05-04", "On looms")
    assert (talk["summary"], talk["date_published"]) == ("Weavers 2020, Paris", "2020-05-04T00:00:00Z")
    assert ElementTree.fromstring(built.text("feed.xml")).find(".//{http://www.w3.org/2005/Atom}entry") is not None


def test_without_pages_a_feed_leads_to_the_list(tmp_path: Path) -> None:
    files = FILES | {"list.md": "# List\n\n```{publications}\n```\n"}
    feed = json.loads(site(tmp_path, files, cv_pages="none").build().text("feed.json"))
    assert [item["url"] for item in feed["items"]] == [f"{BASE}list.html#pub-net2021", f"{BASE}list.html#pub-old2019"]


@pytest.mark.parametrize(("builder", "end"), [("html", ".html"), ("dirhtml", "/")])
def test_the_sitemap_has_every_page_once(tmp_path: Path, builder: str, end: str) -> None:
    found = ElementTree.fromstring(site(tmp_path).build(builder).text("sitemap.xml"))
    home = "index.html" if builder == "html" else ""
    pages = ("list", "publications/net2021", "publications/old2019", "publications/undated")
    assert [url.text for url in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")] == [
        f"{BASE}{home}",
        *(f"{BASE}{page}{end}" for page in pages),
    ]


def test_the_sitemap_stays_whole_when_one_page_changes(tmp_path: Path) -> None:
    project = site(tmp_path)
    before = project.build().text("sitemap.xml")
    project.edit("index.md", "# Home", "# House")
    assert project.build().text("sitemap.xml") == before


def test_llms_txt_lists_pages_and_publications(built: Built) -> None:
    text = built.text("llms.txt")
    assert text.startswith(
        "# Ada Example\n\n> Weaver\n\n## Pages\n\n- [Home](https://ada.example.org/site/index.html)\n"
    )
    assert (
        f"- [Net \\[a\\] \\*study\\*]({BASE}publications/net2021.html): Ada Example. Conference on Examples, 2021"
        in text
    )


def test_robots_txt_stands_only_where_a_host_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = site(tmp_path)
    assert "robots.txt" not in project.build().files()
    top = project.build(into="top", html_baseurl="https://ada.example.org")
    assert top.text("robots.txt").endswith("Sitemap: https://ada.example.org/sitemap.xml\n")
    monkeypatch.setenv("READTHEDOCS", "True")
    assert f"Sitemap: {BASE}sitemap.xml" in project.build(into="rtd").text("robots.txt")


def test_read_the_docs_tells_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READTHEDOCS_CANONICAL_URL", "https://ada.readthedocs.io/en/latest/")
    built = site(tmp_path, html_baseurl=...).build()
    assert built.soup("list.html").select_one('link[rel="canonical"]')["href"] == (
        "https://ada.readthedocs.io/en/latest/list.html"
    )
    assert "https://ada.readthedocs.io/en/latest/list.html" in built.text("sitemap.xml")
    assert 'href="/en/latest/_static/sphinx-cv.css' in built.text("404.html")


def test_the_page_for_what_is_not_there_works_at_any_depth(built: Built) -> None:
    soup = built.soup("404.html")
    assert soup.select_one("h1").get_text() == "Page not found"
    assert soup.select_one('a[href="/site/"]').get_text() == "To the home page"
    local = [link["href"] for link in soup.select('link[rel="stylesheet"]')]
    assert local
    assert all(address.startswith("/site/_static/") for address in local)


def test_without_an_address_nothing_is_written_that_needs_one(tmp_path: Path) -> None:
    built = site(tmp_path, html_baseurl=...).build()
    assert built.warnings == []
    assert not built.files().keys() & {"feed.xml", "feed.json", "sitemap.xml", "robots.txt", "404.html", "card.png"}
    assert "- [Home](index.html)" in built.text("llms.txt")
    page = built.text("publications/net2021.html")
    assert "og:" not in page
    assert "feed" not in page


@pytest.mark.parametrize("address", ["https://[bad/", "http://[::1", "ada.example.org"])
def test_an_address_of_the_site_that_is_none_is_told(tmp_path: Path, address: str) -> None:
    built = site(tmp_path, html_baseurl=address).build()
    assert built.codes() == ["cv.setting_invalid"]
    assert "sitemap.xml" not in built.files()


def test_a_file_of_the_projects_own_stays(tmp_path: Path) -> None:
    entries = ":::{cv} full\n:::\n\n:::{talk} 2019-05-31\n:what: On nets\n:::\n"
    project = site(tmp_path, FILES | {"list.md": f"{LIST}\n{entries}"}, html_baseurl="https://ada.example.org")
    beside = project.build(into="ours").files().keys() & {
        *("llms.txt", "feed.xml", "sitemap.xml", "exports/publications.bib", "talks.ics"),
        *("cv/full.txt", "cv/full.json", "cv/full.pdf", "card.png", "publications/net2021-card.png"),
    }
    assert len(beside) == 10
    for name in beside:
        project.write(f"extra/{name}", "Mine")
    project.write("robots.txt", "Mine")
    built = project.build(into="theirs", html_extra_path=["extra", "robots.txt"])
    assert {built.text(name) for name in (*beside, "robots.txt")} == {"Mine"}


@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_has_a_switch(tmp_path: Path, feature: str) -> None:
    entries = ":::{cv} full\n:::\n\n:::{talk} 2019-05-31\n:what: On nets\n:::\n"
    project = site(tmp_path, FILES | {"list.md": f"{LIST}\n{entries}"}, html_baseurl="https://ada.example.org/")
    name, sign = SIGNS[feature]

    def has_it(built: Built) -> bool:
        return name in built.files() and sign in built.text(name)

    assert has_it(project.build(into="on"))
    off = project.build(into="off", cv_disable=[feature])
    assert not has_it(off)
    assert off.warnings == []


@pytest.mark.parametrize(
    ("value", "warnings"), [(["feed"], 1), ("feeds", 1), (5, 1), (["feeds", 3], 1), ([["feeds"], {}], 2)]
)
def test_a_feature_that_is_none_is_told(tmp_path: Path, value: object, warnings: int) -> None:
    built = site(tmp_path, cv_disable=value).build()
    assert built.codes() == ["cv.setting_invalid"] * warnings
    if value == ["feed"]:
        assert "(did you mean 'feeds'?)" in built.warnings[0]


def test_a_format_that_is_none_is_told(tmp_path: Path) -> None:
    files = FILES | {"list.md": "# List\n\n```{publications}\n:export: bibtext\n```\n"}
    built = site(tmp_path, files).build()
    assert built.codes() == ["cv.option_invalid"]
    assert "did you mean 'bibtex'?" in built.warnings[0]
    assert not built.soup("list.html").select(".cv-downloads")


def test_ours_is_written_where_the_project_has_a_file_no_longer(tmp_path: Path) -> None:
    files = {"index.md": "# T\n", "refs.bib": "", "_extra/robots.txt": "mine"}
    project = Project(tmp_path, files, html_baseurl="https://example.org/", html_extra_path=["_extra"])
    assert project.build().text("robots.txt") == "mine"
    project.remove("_extra/robots.txt")
    assert "Sitemap: https://example.org/sitemap.xml" in project.build().text("robots.txt")


def test_each_list_leads_to_files_of_its_own_whatever_its_page_is_called(tmp_path: Path) -> None:
    a_list = "```{publications}\n:type: %s\n:export: ris\n```\n"
    files = {
        "refs.bib": "@article{a, title = {A}}\n@book{b, title = {B}}\n@thesis{c, title = {C}}",
        "index.md": "# Home\n\n```{toctree}\nC# of 50%\nC# of 50%-2\n```\n",
        "C# of 50%.md": f"# One\n\n{a_list % 'article'}\n{a_list % 'book'}",
        "C# of 50%-2.md": f"# Two\n\n{a_list % 'thesis'}",
    }
    built = Project(tmp_path, files).build()
    assert built.warnings == []
    shown = {}
    for page in ("C# of 50%", "C# of 50%-2"):
        links = built.soup(f"{page}.html").select('a[href$=".ris"]')
        shown[page] = [built.text(unquote(link["href"])).splitlines()[1] for link in links]
    assert shown == {"C# of 50%": ["ID  - a", "ID  - b"], "C# of 50%-2": ["ID  - c"]}
