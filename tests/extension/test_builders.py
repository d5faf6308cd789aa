"""Every builder writes a small project that uses everything, without a warning, and says what it must."""

from __future__ import annotations

import json
import pickle
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.extension.everything import FILES, SETTINGS
from tests.project import DEFAULTS, Built, Project

BUILDERS = [
    *("html", "dirhtml", "singlehtml", "epub", "latex", "text", "man", "texinfo", "xml", "pseudoxml"),
    *("gettext", "linkcheck"),
]
WEB = ["html", "dirhtml", "singlehtml", "epub"]


class Outputs:
    """The project, built by each builder the first time that it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.project = Project(folder, FILES, **SETTINGS)
        self.of = cache(self._build)

    def _build(self, builder: str) -> Built:
        # The gettext builder needs doctrees of its own.
        return self.project.build(builder, into=builder if builder == "gettext" else "")

    def pages(self, builder: str) -> dict[str, BeautifulSoup]:
        """Every page that a web builder has written, by its name."""
        out = self.of(builder).out
        paths = [path for ending in ("html", "xhtml") for path in out.rglob(f"*.{ending}")]
        assert paths
        return {path.relative_to(out).as_posix(): soup_of(path) for path in paths}


@cache
def soup_of(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    return Outputs(tmp_path_factory.mktemp("everything"))


@pytest.mark.parametrize("builder", BUILDERS)
def test_there_is_no_warning(outputs: Outputs, builder: str) -> None:
    assert outputs.of(builder).warnings == []


def test_nothing_is_used_that_will_go_away(outputs: Outputs) -> None:
    assert outputs.of("html").deprecated == []


@pytest.mark.parametrize("builder", WEB)
def test_ids_are_unique(outputs: Outputs, builder: str) -> None:
    doubled = {}
    for name, soup in outputs.pages(builder).items():
        # Sphinx itself numbers the citations of each page from id1, in a single page too.
        ids = Counter(str(tag["id"]) for tag in soup.select("[id]") if not re.fullmatch(r"id\d+", str(tag["id"])))
        doubled |= {f"{name}#{id_}": count for id_, count in ids.items() if count > 1}
    assert doubled == {}


@pytest.mark.parametrize("builder", WEB)
def test_every_link_inside_leads_somewhere(outputs: Outputs, builder: str) -> None:
    out = outputs.of(builder).out
    lost = []
    count = 0
    for name, soup in outputs.pages(builder).items():
        for link in soup.select("a[href]"):
            parts = urlsplit(str(link["href"]))
            if parts.scheme or parts.netloc or link.find_parent(class_="related"):
                continue
            path = (out / name).parent / unquote(parts.path) if parts.path else out / name
            path = path / "index.html" if path.is_dir() else path
            # Sphinx 9.0 writes "#document-page#target" into a single page, for its own references alike.
            target = unquote(parts.fragment.rpartition("#")[2] if builder == "singlehtml" else parts.fragment)
            count += 1
            if not path.is_file() or (target and not soup_of(path.resolve()).select(f'[id="{target}"]')):
                lost.append(f"{name}: {link['href']}")
    assert lost == []
    assert count > 20


@pytest.mark.parametrize("builder", WEB)
def test_nothing_is_fetched_from_another_host(outputs: Outputs, builder: str) -> None:
    loading = ["script[src]", "link[href]", "img[src]", "iframe[src]", "source[src]", "object[data]", "embed[src]"]
    fetched = [
        str(tag.get("src") or tag.get("href") or tag.get("data"))
        for soup in outputs.pages(builder).values()
        for tag in soup.select(", ".join(loading))
    ]
    assert [url for url in fetched if re.match(r"(?i)(?:\w+:)?//", url)] == []
    assert any("sphinx-cv.css" in url for url in fetched)
    css = (outputs.of(builder).out / "_static" / "sphinx-cv.css").read_text(encoding="utf-8")
    assert re.findall(r"(?i)@import|url\(\s*['\"]?(?:\w+:)?//", css) == []


@pytest.mark.parametrize("builder", WEB)
def test_no_link_stands_in_a_link(outputs: Outputs, builder: str) -> None:
    assert [str(tag) for soup in outputs.pages(builder).values() for tag in soup.select("a a")] == []


@pytest.mark.parametrize("builder", WEB)
def test_what_is_meant_for_paper_is_not_on_the_web(outputs: Outputs, builder: str) -> None:
    pages = outputs.pages(builder).values()
    assert [tag for soup in pages for tag in soup.select(".cv-only-print, .cv-only-text, .cv-only-html")] == []
    assert not any("<https://" in soup.get_text() for soup in pages)


@pytest.mark.parametrize(
    ("builder", "page"), [("html", "index.html"), ("dirhtml", "index.html"), ("epub", "index.xhtml")]
)
def test_citations_lead_to_the_entry_of_the_list(outputs: Outputs, builder: str, page: str) -> None:
    where = {"html": "publications.html", "dirhtml": "publications/", "epub": "publications.xhtml"}[builder]
    links = outputs.pages(builder)[page].select(".bibtex-citation a")
    targets = ["example2021net", "sample2020over", "dblp-journals-corr-x-1", "muller2019", "twin", "undated"]
    assert [a["href"] for a in links] == [f"{where}#pub-{target}" for target in targets]


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_local_files_go_with_the_site(outputs: Outputs, builder: str) -> None:
    out = outputs.of(builder).out
    found = set()
    for name, soup in outputs.pages(builder).items():
        for link in soup.select("a.cv-link-pdf, a.cv-link-cv"):
            path = (out / name).parent / str(link["href"])
            name_there = "net.pdf" if name.startswith("publications/example2021net") else path.name
            assert path.read_bytes() == FILES[f"papers/{name_there}"]
            found.add(name_there)
    assert found == {"net.pdf", "cv.pdf"}


def test_a_book_names_local_files_but_does_not_hold_them(outputs: Outputs) -> None:
    soup = outputs.pages("epub")["publications.xhtml"]
    assert not soup.select("a.cv-link-pdf")
    assert "PDF" in soup.select_one("li.cv-publication .cv-links").get_text()


@pytest.mark.parametrize(("builder", "read"), [("json", json.loads), ("pickle", pickle.loads)])
def test_pages_without_a_theme_are_written_with_their_lists(tmp_path: Path, builder: str, read: Any) -> None:
    settings = SETTINGS | {"extensions": [*DEFAULTS["extensions"], "sphinxcontrib.serializinghtml"]}
    built = Project(tmp_path, FILES, **settings, html_baseurl="https://example.org/").build(builder)
    assert built.warnings == []
    page = read((built.out / f"publications.f{builder}").read_bytes())
    assert page["body"].count('<li class="cv-publication') == 6
    assert 'content="https://example.org/publications' in page["metatags"]


def test_text_says_rates_awards_and_addresses_in_words(outputs: Outputs) -> None:
    text = outputs.of("text").text("publications.txt")
    line = "**Best Paper Award** · 2 of 358 = 0.56% <https://example.org/prize> · **Oral** · 40 of 3240 = 1.23%"
    assert f"{line} · Accepted 365 of 1900 = 19.2%\n" in text
    assert "PDF · DOI <https://doi.org/10.1000/net_1> · Code <https://example.org/code?a=1&b=2>\n" in text
    assert "† Corresponding author; Now elsewhere. * Equal contribution.\n" in text


def test_text_parts_the_links_of_a_role_once(outputs: Outputs) -> None:
    text = " ".join(outputs.of("text").text("cv.txt").split())
    assert text.endswith("and PDF · DOI <https://doi.org/10.1000/net_1> · Code <https://example.org/code?a=1&b=2>.")


def test_text_of_the_other_directives(outputs: Outputs) -> None:
    text = outputs.of("text").text("cv.txt")
    for words in (
        "* May 2019 – present\n     **Example Labs**\n     Researcher, Town\n",
        "* Oct 5, 2018\n     **On Examples**\n     Example Hall\n",
        "* Jan 2 – 5, 2020\n",
        "**Best Paper Award** · 2 of 358 = 0.56% <https://example.org/prize>\n",
        "Accepted 16 of 876 = 1.83%\n",
    ):
        assert words in text


def test_latex_has_a_target_for_every_citation_and_link(outputs: Outputs) -> None:
    (path,) = outputs.of("latex").out.glob("*.tex")
    tex = path.read_text(encoding="utf-8")
    targets = re.findall(r"\\hypertarget\{(cite\.[^}]*)\}", tex)
    cited = re.findall(r"\\hyperlink\{(cite\.[^}]*)\}", tex)
    assert len(targets) == len(set(targets))
    assert {target for target in cited if ":pub-" in target} <= set(targets)
    assert "cite.publications:pub-example2021net" in cited
    labels = re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", tex)
    assert len(labels) == len(set(labels))
    assert set(re.findall(r"\\hyperref\[\\detokenize\{([^}]*)\}\]", tex)) <= set(labels)
    assert "Accepted 365 of 1900 = 19.2\\%" in tex
    assert "svg" not in tex


def test_latex_links_to_pages_of_any_name(tmp_path: Path) -> None:
    list_ = ":::{publications}\n:::\n"
    index = "# T\n\n:::{publications}\n:limit: 1\n:::\n\n```{toctree}\nüber & 50%\n```\n"
    refs = "@misc{a, title={A}}\n@misc{b, title={B}}\n"
    files = {"refs.bib": refs, "index.md": index, "über & 50%.md": f"# Ü\n\n{list_}"}
    (path,) = Project(tmp_path, files).build("latex").out.glob("*.tex")
    tex = path.read_text(encoding="utf-8")
    wanted = re.findall(r"\\hyperref\[\\detokenize\{([^}]*:pub-[^}]*)\}\]", tex)
    assert len(wanted) == 1
    assert set(wanted) <= set(re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", tex))


def test_a_man_page_has_the_words(outputs: Outputs) -> None:
    (path,) = (path for path in outputs.of("man").out.iterdir() if path.suffix == ".7")
    man = path.read_text(encoding="utf-8").replace("\\-", "-")
    for words in ("NetOfThings", "Accepted 365 of 1900 = 19.2%", "Best Paper Award", "May 2019 – present", "Grüße"):
        assert words in man
    assert "svg" not in man


def test_texinfo_has_the_words(outputs: Outputs) -> None:
    (path,) = outputs.of("texinfo").out.glob("*.texi")
    texi = path.read_text(encoding="utf-8")
    assert "Accepted 365 of 1900 = 19.2%" in texi
    assert "svg" not in texi


def test_messages_for_translators_hold_no_publication(outputs: Outputs) -> None:
    messages = "".join(p.read_text(encoding="utf-8") for p in outputs.of("gettext").out.rglob("*.pot"))
    assert 'msgid "Publications"' in messages
    assert "Over and Out" not in messages
    assert "svg" not in messages


def test_a_badge_in_a_heading_leaves_the_title_readable(tmp_path: Path) -> None:
    page = "# Home {acceptance}`1/4` {award}`Prize`\n"
    soup = Project(tmp_path, {"refs.bib": "", "index.md": page}).build().soup("index.html")
    assert soup.title is not None
    assert soup.title.get_text().startswith("Home Accepted 1 of 4 = 25% Prize")


def test_links_in_a_heading_leave_the_title_readable(tmp_path: Path) -> None:
    page = "# Home {links}`code https://example.org/`\n\n## Sub {links}`code https://example.org/`\n"
    soup = Project(tmp_path, {"refs.bib": "", "index.md": page}).build().soup("index.html")
    assert soup.title is not None
    assert "<" not in soup.title.get_text()


def test_a_link_in_a_title_does_not_stand_in_another(tmp_path: Path) -> None:
    refs = r"@misc{a, title={See \href{https://example.org}{this}}}" + "\n@misc{b, title={B}}\n"
    index = "# T\n\n:::{publications}\n:limit: 1\n:::\n\n```{toctree}\np\n```\n"
    files = {"refs.bib": refs, "index.md": index, "p.md": "# P\n\n:::{publications}\n:::\n"}
    soup = Project(tmp_path, files).build().soup("index.html")
    assert "See this" in soup.get_text()
    assert soup.select("a a") == []
