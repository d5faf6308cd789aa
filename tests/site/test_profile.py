"""The profile site, built as it is published, says every fact of `profile_facts`, each in its place."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.site import built
from tests.site import profile_facts as facts

ENTRIES = [(page, at) for page, entries in facts.PAGES.items() for at in range(len(entries))]


@dataclass(frozen=True)
class Site:
    """A built site: its folder, and how the build ended."""

    folder: Path
    exit_status: int
    warnings: str

    def article(self, page: str) -> Tag:
        """Find the part of a page that is its own, without the theme's sidebar and footer."""
        return article_of(self.folder / f"{page}.html")

    def papers(self) -> list[Tag]:
        return self.article("publications").select("li.cv-publication")

    def entries(self, page: str) -> list[Tag]:
        return self.article(page).select("li.cv-dated")


@functools.cache
def article_of(path: Path) -> Tag:
    found = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select_one('article[role="main"]')
    assert found is not None, f"{path.name} has no main article"
    return found


@pytest.fixture(scope="session")
def site(profile: built.Site) -> Site:
    return Site(profile.folder, profile.exit_status, profile.warnings)


def text_of(tag: Tag) -> str:
    """Read ``tag`` as a reader does: no white space before punctuation, straight quotation marks."""
    text = " ".join(tag.get_text(" ").split())
    text = re.sub(r"\s+([,.;:!?)\]])", r"\1", text)
    text = re.sub(r"([(\[])\s+", r"\1", text)
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def says(text: str, words: str) -> bool:
    """Whether ``text`` holds ``words`` as whole words; upper and lower case count as one."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def targets(tag: Tag) -> set[str]:
    """Where the outgoing links of ``tag`` lead, `same` as each other."""
    hrefs = [str(a["href"]) for a in tag.select("a[href]")]
    return {same(href) for href in hrefs if re.match(r"https?:", href)}


def same(url: str) -> str:
    """``url`` in the form in which it is compared: arXiv's abstract pages answer http and https alike."""
    return re.sub(r"^http://arxiv\.org/abs/", "https://arxiv.org/abs/", url)


def all_same(urls: Iterable[str]) -> set[str]:
    return {same(url) for url in urls}


def test_the_build_has_no_warnings(site: Site) -> None:
    assert (site.exit_status, site.warnings) == (0, "")


def test_no_publication_is_lost_or_doubled(site: Site) -> None:
    assert len(facts.PAPERS) == 23
    shown = [text_of(item) for item in site.papers()]
    found = [[paper.title for paper in facts.PAPERS if says(text, paper.title)] for text in shown]
    assert found == [[paper.title] for paper in facts.PAPERS]


def test_publications_stand_by_year_in_the_order_of_the_bibliography(site: Site) -> None:
    years = [paper.year for paper in facts.PAPERS]
    assert years == sorted(years, reverse=True)
    source = " ".join((built.ROOT / "refs.bib").read_text(encoding="utf-8").replace("{", "").replace("}", "").split())
    places = [source.index(f"= {paper.title},") for paper in facts.PAPERS]
    assert places == sorted(places)


@pytest.mark.parametrize("at", range(len(facts.PAPERS)), ids=lambda at: facts.PAPERS[at].title[:30])
class TestPublication:
    """One publication on the page of publications."""

    def test_authors_are_all_there_in_order(self, site: Site, at: int) -> None:
        text = " ".join(text_of(site.papers()[at]).replace("†", "").split())
        authors = facts.PAPERS[at].authors
        assert says(re.sub(r"\s+,", ",", text), authors)
        for author in authors.split(", "):
            assert text.count(author) == authors.count(author)

    def test_venue_and_year(self, site: Site, at: int) -> None:
        paper = facts.PAPERS[at]
        item = site.papers()[at]
        text = text_of(item)
        assert says(text, paper.venue)
        assert says(text, paper.short or paper.venue)
        assert says(text, str(paper.year))
        heading = item.find_previous(re.compile("^h[1-6]$"))
        assert isinstance(heading, Tag)
        assert says(heading.get_text(" "), str(paper.year))

    def test_figures_awards_and_remarks(self, site: Site, at: int) -> None:
        text = text_of(site.papers()[at])
        assert [words for words in facts.PAPERS[at].words if not says(text, words)] == []

    def test_links(self, site: Site, at: int) -> None:
        item = site.papers()[at]
        people = {tag.get_text(): same(str(tag["href"])) for tag in item.select("a.cv-person")}
        found = targets(item) - set(people.values())
        known = all_same(facts.PAPERS[at].links)
        assert known <= found
        arxiv_pages = {url for url in found if url.startswith("https://arxiv.org/abs/")}
        assert found - known <= arxiv_pages, "a link that the profile does not have"
        experience = {tag.get_text(): same(str(tag["href"])) for tag in site.article("experience").select("a[href]")}
        assert people.items() <= experience.items(), "a name leads elsewhere than on the page of experience"


def test_percentages_stand_where_they_are_stated_and_nowhere_else(site: Site) -> None:
    shown = {
        paper.title: sorted(re.findall(r"[\d.]+%", text_of(item)))
        for paper, item in zip(facts.PAPERS, site.papers(), strict=True)
    }
    stated = {paper.title: sorted(re.findall(r"[\d.]+%", " ".join(paper.words))) for paper in facts.PAPERS}
    assert shown == stated


def test_a_rate_that_was_cut_stays_cut_and_others_are_rounded(site: Site) -> None:
    text = text_of(site.article("publications"))
    assert says(text, "216 of 1279 = 16.8%")
    assert "16.9%" not in text
    assert says(text, "152 of 876 = 17.4%")


def test_the_two_authors_that_had_been_lost(site: Site) -> None:
    (item,) = (item for item in site.papers() if "A Compact DNN" in item.get_text())
    assert says(text_of(item), "Chunpeng Wu, Wei Wen, Tariq Afzal, Yongmei Zhang, Yiran Chen, Hai Li")


def test_the_landing_page_introduces_him(site: Site) -> None:
    article = site.article("index")
    text = text_of(article)
    assert [words for words in facts.INDEX_WORDS if not says(text, words)] == []
    heading = article.find("h1")
    assert isinstance(heading, Tag)
    assert "Wei Wen 温伟" in heading.get_text()


@pytest.mark.parametrize(("url", "words"), facts.INDEX_LINKS.items())
def test_the_landing_page_leads_on(site: Site, url: str, words: str) -> None:
    links = [a for a in site.article("index").select("a[href]") if a["href"] == url]
    assert [text_of(a) for a in links] == [words]


def test_the_landing_page_shows_the_selected_papers(site: Site) -> None:
    items = site.article("index").select("li.cv-publication")
    found = [paper.title for item in items for paper in facts.PAPERS if says(text_of(item), paper.title)]
    assert found == list(facts.SELECTED)
    assert len(items) == len(facts.SELECTED)


@pytest.mark.parametrize("page", facts.PAGES)
def test_no_entry_is_lost_or_doubled(site: Site, page: str) -> None:
    assert len(site.entries(page)) == len(facts.PAGES[page])


@pytest.mark.parametrize(("page", "at"), ENTRIES)
class TestEntry:
    """One dated entry of a page, at its place in the order."""

    def test_words(self, site: Site, page: str, at: int) -> None:
        text = text_of(site.entries(page)[at])
        assert [words for words in facts.PAGES[page][at].words if not says(text, words)] == []

    def test_date(self, site: Site, page: str, at: int) -> None:
        shown = [" ".join(line.get_text().split()) for line in site.entries(page)[at].select(".cv-when")]
        assert shown == [when for when in [facts.PAGES[page][at].when] if when]

    def test_links(self, site: Site, page: str, at: int) -> None:
        assert targets(site.entries(page)[at]) == all_same(facts.PAGES[page][at].links)

    def test_cited_papers(self, site: Site, page: str, at: int) -> None:
        cited = [
            anchor.partition("#")[2]
            for anchor in (str(a["href"]) for a in site.entries(page)[at].select('a[href*="publications.html#"]'))
        ]
        titles = [title for anchor in cited for title in titles_at(site, anchor)]
        assert titles == list(facts.PAGES[page][at].cites)


def titles_at(site: Site, anchor: str) -> list[str]:
    """Name the publications whose entries are, or hold, ``anchor``."""
    items = zip(facts.PAPERS, site.papers(), strict=True)
    return [paper.title for paper, item in items if anchor in {item.get("id"), *(t["id"] for t in item.select("[id]"))}]


@pytest.mark.parametrize(("url", "words"), facts.EXPERIENCE_LINKS.items())
def test_the_page_of_jobs_leads_on(site: Site, url: str, words: str) -> None:
    links = [a for a in site.article("experience").select("a[href]") if a["href"] == url]
    assert [text_of(a) for a in links] == [words]


def test_the_mended_name_is_mended_everywhere(site: Site) -> None:
    pages = list(site.folder.rglob("*.html"))
    assert len(pages) >= 7
    assert [page.name for page in pages if "Nervada" in page.read_text(encoding="utf-8")] == []
