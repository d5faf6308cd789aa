"""Readers download what they have narrowed a list down to, and copy entries in BibTeX."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import HERE, PAGES, Visit
from tests.project import Built, Project

COPYING = {"permissions": ["clipboard-read", "clipboard-write"]}
FILES = {"BibTeX": "index.bib", "RIS": "index.ris", "CSL-JSON": "index.json", "APA": "index.apa.txt"}
KEYS = ["net", "road", "talk", "long", "nasty", "undated"]


def parts(text: str) -> list[str]:
    return text.replace("\r\n", "\n").rstrip("\n").split("\n\n")


def chosen(text: str, kept: list[str]) -> str:
    """The parts of the file of all entries that are kept: a JSON array, or entries separated by blank lines."""
    at = [KEYS.index(key) for key in kept]
    if text.startswith("["):
        return json.dumps([json.loads(text)[i] for i in at], ensure_ascii=False)
    return "\n\n".join(parts(text)[i] for i in at) + "\n"


def opened(visit: Visit, query: str, label: str) -> Any:
    page = visit(f"index.html{query}", **COPYING)
    page.get_by_role("button", name="Export").click()
    page.get_by_role("combobox", name="Format").select_option(label=label)
    return page


def same(label: str, text: str) -> str:
    text = text.replace("\r\n", "\n")
    return json.dumps(json.loads(text), ensure_ascii=False) if label == "CSL-JSON" else text


@pytest.mark.parametrize("label", FILES)
@pytest.mark.parametrize(
    ("query", "kept"), [("", KEYS), ("?code=1", ["net", "talk"]), ("?q=notes", ["undated"]), ("?q=nothing+fits", [])]
)
def test_what_is_shown_is_copied_and_downloaded(
    visit: Visit, site: Built, tmp_path: Path, label: str, query: str, kept: list[str]
) -> None:
    whole = (site.out / "exports" / "lists" / FILES[label]).read_bytes().decode()
    expected = "" if not kept and label != "CSL-JSON" else chosen(whole, kept)
    page = opened(visit, query, label)
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert same(label, page.evaluate("navigator.clipboard.readText()")) == expected
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == FILES[label]
    download.value.save_as(tmp_path / "file")
    assert same(label, (tmp_path / "file").read_bytes().decode()) == expected


def test_a_list_that_is_whole_is_the_file_itself(visit: Visit, site: Built, tmp_path: Path) -> None:
    page = opened(visit, "", "RIS")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    download.value.save_as(tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == (site.out / "exports" / "lists" / "index.ris").read_bytes()


def test_the_file_is_fetched_when_it_is_asked_for(visit: Visit) -> None:
    fetched: list[str] = []
    page = opened(visit, "", "RIS")
    page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert fetched == ["index.ris"]


@pytest.mark.parametrize("answer", [{"status": 500}, {"body": "of another build\n"}, {"body": ""}])
def test_what_goes_wrong_is_said(visit: Visit, browser: Any, address: str, answer: dict[str, Any]) -> None:
    page = browser.new_page(**COPYING)
    page.set_default_timeout(5000)
    page.route("**/index.bib", lambda route: route.fulfill(**answer))
    page.goto(f"{address}index.html")
    page.get_by_role("button", name="Export").click()
    for name in ("Copy", "Download"):
        button = page.get_by_role("button", name=name)
        button.click()
        failed = page.get_by_role("button", name="Not possible")
        failed.wait_for()
        assert page.locator(".cv-controls [role=status]").text_content() == "Not possible"
        failed.wait_for(state="detached")
        assert button.is_visible()
    page.close()


def test_the_files_of_the_whole_list_are_not_offered_for_a_part_of_it(visit: Visit) -> None:
    page = visit("index.html")
    files = page.locator(".cv-downloads")
    assert files.is_visible()
    for words, is_whole in (("net", False), ("", True), ("nothing fits", False)):
        page.fill("input.cv-search", words)
        assert files.is_visible() is is_whole
    assert page.get_by_role("button", name="Export").is_visible()


def test_a_list_without_files_has_nothing_to_take_away(visit: Visit) -> None:
    assert not visit("flat.html").get_by_role("button", name="Export").is_visible()


def test_a_page_on_the_disk_offers_links_alone(visit: Visit, site: Built) -> None:
    page = visit("index.html", top=site.out.as_uri() + "/")
    assert page.locator("input.cv-search").is_visible()
    assert not page.get_by_role("button", name="Export").is_visible()
    assert page.locator(".cv-downloads a").count() == len(FILES)


@pytest.mark.parametrize(("name", "within"), [("publications/net.html", "article"), ("plain.html", "#pub-net")])
def test_an_entry_in_bibtex_is_copied(visit: Visit, site: Built, name: str, within: str) -> None:
    page = visit(name, **COPYING)
    details = page.locator(f"{within} details.cv-bibtex")
    assert page.get_by_role("button", name="Copy").count() == 0
    details.locator("summary").click()
    details.get_by_role("button", name="Copy").click()
    details.get_by_role("button", name="Copied").wait_for()
    assert details.locator("[role=status]").text_content() == "Copied"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == (site.out / "publications" / "net.bib").read_text(encoding="utf-8").strip()
    for _time in range(2):
        details.locator("summary").click()
    assert details.get_by_role("button").count() == 1


def test_the_script_comes_with_pages_that_have_work_for_it_alone(site: Built) -> None:
    expected = {"index": True, "flat": True, "plain": True, "publications/net": True, "bare": False, "search": False}
    assert {name: "sphinx-cv.js" in site.text(f"{name}.html") for name in expected} == expected
    tag = site.soup("index.html").select_one("script[src*='sphinx-cv.js']")
    assert tag is not None
    assert tag.has_attr("defer")


@pytest.mark.parametrize("builder", ["epub", "singlehtml", "latex", "text", "man", "xml"])
def test_other_formats_have_the_list_alone(tmp_path: Path, builder: str) -> None:
    files = {"index.md": PAGES["index"], "refs.bib": (HERE / "refs.bib").read_bytes()}
    project = Project(tmp_path, files, version="1", epub_show_urls="no", man_pages=[("index", "a", "A", "A", 1)])
    built = project.build(builder)
    assert built.warnings == []
    made = {name: data for name, data in built.files().items() if b"Talking to Networks" in data}
    assert made or builder == "epub"
    assert [name for name, data in made.items() if b"cv-filter" in data or b"cv-facets" in data] == []
