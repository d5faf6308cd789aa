"""Every page of a built site is valid HTML, and everything that it links to is there."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from bs4 import Tag

from tests.project import Project
from tests.site import hostile
from tests.site.built import ADDRESS, Page, Site, objects, page_from
from tests.tools import needed, node_modules

HEADING = "The heading “{}” (with computed level {}) follows the heading “{}” (with computed level {}), skipping {}."
OF_THE_THEME: dict[str, dict[str, str]] = {
    "furo": {},
    "alabaster": {
        HEADING.format("h3", 3, "h1", 1, "1 heading level"): "the sidebar starts at h3",
        "Bad value “” for attribute “action” on element “form”: Must be non-empty.": "Sphinx's search.html",
    },
    "basic": {
        HEADING.format("h4", 4, "h1", 1, "2 heading levels"): "the sidebar starts at h4",
        HEADING.format("h4", 4, "h2", 2, "1 heading level"): "the sidebar starts at h4",
        HEADING.format("h3", 3, "h1", 1, "1 heading level"): "the sidebar's search box, and Sphinx's genindex.html",
        "Bad value “” for attribute “action” on element “form”: Must be non-empty.": "Sphinx's search.html",
    },
}
"""What the checker finds in each theme without our extension, and where that comes from."""

PLAIN: dict[str, str | bytes] = {
    "index.md": "# Home\n\n```{toctree}\nother\n```\n",
    "other.md": "# Other\n\n```{rubric} Second heading\n:heading-level: 2\n```\n",
}
"""Pages of Sphinx alone, with and without a second heading; neither has contents of its own in the sidebar."""


def problems(folder: Path) -> list[tuple[str, str, str]]:
    """File, message and place of every error that the Nu Html Checker of the W3C finds in the pages of ``folder``."""
    jar = node_modules() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    options = ["--format", "json", "--skip-non-html", "--exit-zero-always"]
    run = subprocess.run(
        [needed("java"), "-jar", str(jar), *options, str(folder)], capture_output=True, text=True, encoding="utf-8"
    )
    assert run.returncode == 0, run.stderr
    return [
        (str(m.get("url", "")).rpartition(f"{folder.name}/")[2], m["message"], " ".join(m.get("extract", "").split()))
        for m in json.loads(run.stderr)["messages"]
        if m["type"] != "info"
    ]


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "<!doctype html><html lang=en><title>x</title><p id=a><b id=a>", encoding="utf-8"
    )
    assert {message for _, message, _ in problems(tmp_path)} >= {"Duplicate ID “a”.", "Unclosed element “b”."}


# What the two addresses change is the same in both.
@pytest.mark.parametrize("any_site", [("html", ADDRESS), ("dirhtml", "")], indirect=True, ids=["html", "dirhtml"])
def test_the_profile_is_valid(any_site: Site) -> None:
    assert len(any_site.pages()) > 40
    assert problems(any_site.folder) == []


@pytest.mark.parametrize("theme", OF_THE_THEME)
def test_what_is_wrong_without_us_is_listed(theme: str, tmp_path: Path) -> None:
    settings = {"cv_pages": ..., "bibtex_bibfiles": ..., "extensions": ["myst_parser"], "html_theme": theme}
    built = Project(tmp_path, PLAIN, **settings, html_baseurl=ADDRESS).build()
    assert {message for _, message, _ in problems(built.out)} == set(OF_THE_THEME[theme])


@pytest.fixture(scope="module", params=OF_THE_THEME)
def hostile_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same hostile data in each theme."""
    project = Project(tmp_path_factory.mktemp("hostile"), hostile.FILES, **hostile.SETTINGS, html_theme=request.param)
    return Site(project.build(into=request.param).out, "html", ADDRESS)


def test_hostile_data_are_valid_all_the_same(hostile_site: Site) -> None:
    theme = hostile_site.folder.parent.name
    assert len(hostile_site.pages()) > 15
    assert [found for found in problems(hostile_site.folder) if found[1] not in OF_THE_THEME[theme]] == []


ADDRESSES = ("href", "xlink:href", "src", "srcset", "imagesrcset", "poster", "data", "action", "formaction", "cite")
"""The attributes of HTML and SVG whose value is an address."""


@dataclass(frozen=True)
class Link:
    """An address on a page as it is written, the address that it means, and the element."""

    written: str
    url: str
    tag: Tag

    @property
    def is_relative(self) -> bool:
        return not urlsplit(self.written).scheme


def links(page: Page) -> Iterator[Link]:
    """Every address on ``page``: of its elements, its meta tags and its JSON-LD."""
    for tag in page.root.find_all(True):
        for name in ADDRESSES:
            value = tag.get(name)
            if value is None or (name == "data" and tag.name != "object"):
                continue
            candidates = str(value).split(",") if name.endswith("srcset") else [str(value)]
            for written in candidates:
                address = written.split()[0] if name.endswith("srcset") else written
                # What is not an address at all, the checker will find.
                with contextlib.suppress(ValueError):
                    yield Link(address, page.join(address), tag)
        if tag.name == "meta" and page.site.is_at(str(tag.get("content", ""))):
            yield Link(str(tag["content"]), str(tag["content"]), tag)
    for tag in page.root.select('script[type="application/ld+json"]'):
        for value in strings(json.loads(tag.string or "")):
            if page.site.is_at(value):
                # An @id names a thing, and need not be an element of the page.
                yield Link(value, urldefrag(value).url, tag)


def strings(value: Any) -> Iterator[str]:
    for inner in itertools.chain.from_iterable(found.values() for found in objects(value)):
        yield from (text for text in (inner if isinstance(inner, list) else [inner]) if isinstance(text, str))


def lost(page: Page) -> Iterator[str]:
    yield from (link.written for link in links(page) if is_lost(link, page))


def is_lost(link: Link, page: Page) -> bool:
    if not page.site.is_at(link.url):
        return link.is_relative
    # Whoever opens the pages without a server has no top of the host, and gets no index.html of a folder. Only a
    # server shows the page for what is not found, and it does so under any address.
    at_top = link.written.startswith("/")
    at_folder = link.is_relative and page.site.builder == "html" and link.url.endswith("/")
    needs_server = (at_top or at_folder) and not page.name.startswith("404")
    return needs_server or not page.site.file(link.url)


def lost_fragments(page: Page) -> Iterator[str]:
    for link in links(page):
        url, fragment = urldefrag(link.url)
        if fragment and page.site.is_at(url):
            target = page if url == page.url else page.site.page(url)
            if target and unquote(fragment) not in target.ids:
                yield link.written


def twin_ids(page: Page) -> Iterator[str]:
    yield from (name for name, times in Counter(page.ids).items() if times > 1)


def wordless_links(page: Page) -> Iterator[str]:
    for tag in page.root.select("a[href]"):
        hidden = {id(text) for inner in tag.select('[aria-hidden="true"]') for text in inner.find_all(string=True)}
        words = [str(text) for text in tag.find_all(string=True) if id(text) not in hidden]
        named = [str(inner.get(name, "")) for inner in (tag, *tag.select("img")) for name in ("aria-label", "alt")]
        if not "".join([*words, *named]).strip():
            yield str(tag)


def foreign(page: Page) -> Iterator[str]:
    """What a browser loads, or sends, elsewhere; only who follows a link leaves the site."""
    for link in links(page):
        is_loaded = link.tag.name != "a" and urlsplit(link.url).scheme not in ("data", "about")
        if is_loaded and not page.site.is_at(link.url):
            yield link.written
    for tag in page.root.select("style, [style]"):
        yield from foreign_in_css(tag.get_text() + str(tag.get("style", "")))


def foreign_in_css(text: str) -> Iterator[str]:
    yield from re.findall(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')]*)""", text)


def unread_markup(page: Page) -> Iterator[str]:
    """Paragraphs with signs of MyST that nothing has read, such as a list of definitions where those are not on."""
    for tag in page.root.select("p"):
        # What is in code is meant to be seen.
        words = "".join("code" if text.find_parent("code") else str(text) for text in tag.find_all(string=True))
        yield from re.findall(r"^(?::{3,}|`{3,}|: ).*", words, re.MULTILINE)


RULES: dict[Callable[[Page], Iterator[str]], str] = {
    lost: '<p><a href="nowhere.html">x</a>',
    lost_fragments: '<p><a href="#nowhere">x</a>',
    twin_ids: '<p id="a"><b id="a">x</b>',
    wordless_links: '<p><a href="index.html"><svg aria-hidden="true"><title>x</title></svg> </a>',
    foreign: '<p><img src="//elsewhere.example/x.png">',
    unread_markup: "<p>A word\n: and what it means",
}
"""What must not be found on a page, and a page on which it is."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_page_of_the_profile_has(rule: Callable[[Page], Iterator[str]], any_site: Site) -> None:
    assert [(page.name, found) for page in any_site.pages() for found in rule(page)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_page_of_hostile_data_has(rule: Callable[[Page], Iterator[str]], hostile_site: Site) -> None:
    assert [(page.name, found) for page in hostile_site.pages() for found in rule(page)] == []


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        *RULES.items(),
        (lost, '<img srcset="index.html 1x, nowhere.png 2x">'),
        (lost, f'<meta property="og:image" content="{ADDRESS}nowhere.png">'),
        (lost, f'<script type="application/ld+json">{{"a": [{{"url": "{ADDRESS}nowhere.html"}}]}}</script>'),
        (lost, '<p><a href="/en/latest/index.html">x</a>'),
        (lost, '<p><a href="guide/">x</a>'),
        (lost, '<p><a href="../outside.html">x</a>'),
        (lost, '<p><a href="%2e%2e/without.json">x</a>'),
        (lost, '<form action="nowhere.html"></form>'),
        (lost_fragments, '<svg><use href="#nowhere"/></svg>'),
        (lost_fragments, '<p><a href="publications.html#nowhere">x</a>'),
        (foreign, '<link rel="stylesheet" href="https://elsewhere.example/x.css">'),
        (foreign, '<form action="https://elsewhere.example/"></form>'),
        (foreign, "<style>@import 'https://elsewhere.example/x.css'</style>"),
        (foreign, '<p style="background: url( //elsewhere.example/x.png)">x</p>'),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_it_would_be_found(rule: Callable[[Page], Iterator[str]], wrong: str, profile: Site) -> None:
    bad = page_from(Site(profile.folder, "html", ADDRESS), "index.html", wrong)
    assert len(list(rule(bad))) == 1


def test_stylesheets_load_nothing_from_elsewhere_and_what_they_load_is_there(any_site: Site) -> None:
    sheets = list(any_site.folder.rglob("*.css"))
    assert len(sheets) > 4
    for sheet in sheets:
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert list(foreign_in_css(text)) == [], sheet.name
        for name in re.findall(r"""url\(\s*["']?(?!data:|#)([^"')?#]+)""", text):
            assert (sheet.parent / name).is_file(), f"{name} in {sheet.name}"


def test_links_lead_from_the_first_page_to_every_other(any_site: Site) -> None:
    reached, waiting = set(), [any_site.page(any_site.base + "index.html")]
    while waiting:
        page = waiting.pop()
        if page and page.name not in reached:
            reached.add(page.name)
            found = (page.join(str(a["href"])) for a in page.root.select("a[href]"))
            waiting.extend(any_site.page(url) for url in found if any_site.is_at(url))
    unreached = {page.name for page in any_site.pages()} - reached
    assert {re.sub(r"(/index)?\.html$", "", name) for name in unreached} <= {"genindex", "search", "404"}
