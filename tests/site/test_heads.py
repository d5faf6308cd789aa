"""The head of every publication's page, read as Google Scholar, Zotero and search engines read it.

Nothing here asks our model: the pages are built, and read by the rules that each reader publishes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.casefile import Case, read_cases
from tests.project import Project
from tests.site import profile_facts as facts
from tests.site.built import ADDRESS, Page, Site, objects, page_from

SCHOLAR = "https://scholar.google.com/intl/en/scholar/inclusion.html#indexing"
ZOTERO = "https://github.com/zotero/translators/blob/master/Embedded%20Metadata.js"
SCHEMA = "https://schema.org"
JSON_LD = "https://www.w3.org/TR/json-ld11/#node-identifiers"
OPEN_GRAPH = "https://ogp.me/#metadata"
HTML = "https://html.spec.whatwg.org/multipage/semantics.html#the-title-element"
CANONICAL = "https://www.rfc-editor.org/rfc/rfc6596"

CASES = read_cases("heads.txt")


def key_of(case: Case) -> str:
    found = re.search(r"@\w+\{(\w+),", case.input)
    assert found
    return found[1]


@pytest.fixture(scope="session", params=["html", "dirhtml"])
def odd_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a publication of each kind."""
    files: dict[str, str | bytes] = {
        "refs.bib": "\n".join(case.input for case in CASES),
        "index.md": "# Home\n\n:::{publications}\n:::\n",
        "papers/paper.pdf": b"%PDF-1.7",
    }
    settings = {"cv_pages": "all", "cv_profile": {"name": "Ada Example"}, "html_baseurl": ADDRESS, "html_theme": "furo"}
    built = Project(tmp_path_factory.mktemp("odd"), files, **settings, mathjax_path="mathjax.js").build(request.param)
    assert built.warnings == []
    return Site(built.out, request.param, ADDRESS)


# How Zotero reads: the translator "Embedded Metadata" as of June 2024.

ITEM_TYPES = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
"""The kind of work that a tag implies; the last such tag decides."""

ZOTERO_FIELDS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_inbook_title": "publicationTitle",
    "citation_conference_title": "conferenceName",
    "citation_dissertation_institution": "university",
    "citation_technical_report_institution": "institution",
    "citation_technical_report_number": "number",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_publisher": "publisher",
    "citation_doi": "DOI",
    "citation_language": "language",
    "citation_isbn": "ISBN",
    "citation_issn": "ISSN",
}


def item(page: Page) -> list[str]:
    """What Zotero makes of a page, a line for each field."""
    metas = page.metas
    decided = [ITEM_TYPES[name] for name, _ in metas if name in ITEM_TYPES]
    guessed = "book" if page.meta("citation_isbn") else "journalArticle"
    lines = [f"itemType: {decided[-1] if decided else guessed}"]
    for role in ("author", "editor"):
        lines += [f"{role}: {name}" for name in people(page.meta(f"citation_{role}"), page.meta("citation_language"))]
    for name, field in ZOTERO_FIELDS.items():
        if found := page.meta(name):
            lines.append(f"{field}: {', '.join(found) if field in ('ISBN', 'ISSN') else found[0]}")
    first, last = page.meta("citation_firstpage"), page.meta("citation_lastpage")
    if first:
        lines.append(f"pages: {'-'.join([first[0], *last[:1]])}")
    lines += [f"tag: {tag}" for tag in page.meta("citation_keywords")]
    lines += [f"attachment: {url}" for url in page.meta("citation_pdf_url")[:1]]
    lines += [f"url: {url}" for url in page.meta("citation_abstract_html_url")]
    return lines


def people(tags: list[str], language: list[str]) -> Iterator[str]:
    """The people of one role, as "family, given"."""
    for tag in tags:
        names = re.split(r"\s*;\s*", tag)
        parts = re.split(r"\s*,\s*", tag)
        if len(tags) == len(names) == 1 and len(parts) > 1 and " " in parts[0] and " " in parts[1]:
            is_spanish = language[:1] in (["es"], ["spa"]) and len(parts) == 2 and parts[0].count(" ") == 1
            names = names if is_spanish else parts
        for name in names:
            given, blank, family = name.rpartition(" ")
            yield name if "," in name else f"{family}, {given}" if blank else name


ONLY_SCHOLAR = ("citation_arxiv_id",)


def as_case(page: Page) -> str:
    others = [f"{name}: {content}" for name in ONLY_SCHOLAR for content in page.meta(name)]
    return "\n".join([*item(page), *(["---", *others] if others else [])])


def page_about(site: Site, key: str) -> Page:
    (page,) = (page for page in site.publications() if key in re.split(r"[/.]", page.name))
    return page


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_they_read(case: Case, odd_site: Site) -> None:
    page = page_about(odd_site, key_of(case))
    # The two builders differ only in addresses, which have rules of their own below.
    beside = as_case(page).replace(f"attachment: {page.join('.')}", "attachment: ")
    assert beside.replace(f"url: {page.url}", "url: PAGE") == case.expected


@dataclass(frozen=True)
class Rule:
    """A rule for heads: who says so, how to find what breaks it, and a head that breaks it."""

    says: str
    source: str
    broken: Callable[[Page], Iterator[str]]
    wrong: str


def _not_once(page: Page) -> Iterator[str]:
    times = Counter(name for name, _ in page.metas if not name.startswith("og:image"))
    yield from (name for name in times if times[name] > 1 and name not in REPEATED)


REPEATED = {"citation_author", "citation_editor", "citation_keywords", "citation_issn", "citation_isbn", "theme-color"}


def _letters(text: str) -> str:
    """What is left of a title where a formula in it is MathML on one side and raised or lowered on the other."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKD", text))


def _other_title(page: Page) -> Iterator[str]:
    yield from (title for title in page.meta("citation_title") if _letters(title) != _letters(page.heading()))


def _many_in_one(page: Page) -> Iterator[str]:
    for name in page.meta("citation_author") + page.meta("citation_editor"):
        if re.search(r";| and |,.*,|\bet al\b|\bothers\b", name):
            yield name


# "Full dates in the 2010/5/12 format if available, or a year alone"; a year and a month are between the two, and
# Zotero reads them.
_DATE = re.compile(r"\d{4}(/(0[1-9]|1[0-2])(/(0[1-9]|[12]\d|3[01]))?)?")


def _bad_dates(page: Page) -> Iterator[str]:
    yield from (date for date in page.meta("citation_publication_date") if not _DATE.fullmatch(date))


def _two_containers(page: Page) -> Iterator[str]:
    found = [name for name, _ in page.metas if name in ITEM_TYPES]
    yield from found[1:]


def _bad_pages(page: Page) -> Iterator[str]:
    first, last = page.meta("citation_firstpage"), page.meta("citation_lastpage")
    yield from (number for number in first + last if not re.fullmatch(r"\w+([.:]\w+)*", number))
    if last and not first:
        yield "citation_lastpage alone"


def _far_files(page: Page) -> Iterator[str]:
    folder = page.url.rpartition("/")[0]
    yield from (url for url in page.meta("citation_pdf_url") if url.rpartition("/")[0] != folder)


def _no_files(page: Page) -> Iterator[str]:
    for url in page.meta("citation_pdf_url"):
        file = page.site.file(url) if page.site.is_at(url) else None
        if not (file and file.suffix == ".pdf" and file.read_bytes().startswith(b"%PDF")):
            yield url


def _empty(page: Page) -> Iterator[str]:
    for tag in page.root.select("meta:not([charset])"):
        if not str(tag.get("content", "")).strip():
            yield str(tag)


def _bad_titles(page: Page) -> Iterator[str]:
    found = [tag.get_text() for tag in page.root.select("title") if not tag.find_parent("svg")]
    if len(found) != 1 or not _letters(found[0]).startswith(_letters(page.heading())):
        yield str(found)


def _bad_canonical(page: Page) -> Iterator[str]:
    found = [str(tag["href"]) for tag in page.root.select('link[rel~="canonical"]')]
    if found != ([page.url] if page.site.address else []):
        yield str(found)


def _other_address(page: Page) -> Iterator[str]:
    for name in ("citation_abstract_html_url", "og:url"):
        yield from (url for url in page.meta(name) if url != page.url or not page.site.address)


def _no_json(page: Page) -> Iterator[str]:
    try:
        page.linked_data()
    except ValueError as error:
        yield str(error)


def _other_context(page: Page) -> Iterator[str]:
    yield from (str(node.get("@context")) for node in page.linked_data() if node.get("@context") != SCHEMA)


def _empty_property(page: Page) -> Iterator[str]:
    for node in objects(page.linked_data()):
        yield from (name for name, value in node.items() if value in ("", [], {}))


def _works(page: Page) -> list[dict[str, Any]]:
    return [node for node in objects(page.linked_data()) if [node.get("name")] == page.meta("citation_title")]


def _not_one_work(page: Page) -> Iterator[str]:
    if len(_works(page)) != 1:
        yield f"{len(_works(page))} works"


def _other_authors(page: Page) -> Iterator[str]:
    tags = [sorted(re.findall(r"[^\s,]+", tag)) for tag in page.meta("citation_author")]
    for work in _works(page):
        told = work.get("author", [])
        names = [sorted(re.findall(r"[^\s,]+", who["name"])) for who in (told if isinstance(told, list) else [told])]
        if names != tags:
            yield f"{names} are {tags}"


def _other_url(page: Page) -> Iterator[str]:
    expected = page.url if page.site.address else None
    yield from (str(work.get("url")) for work in _works(page) if work.get("url") != expected)


def _half_open_graph(page: Page) -> Iterator[str]:
    found = {name for name, _ in page.metas if name.startswith("og:")}
    # A site that does not know its address cannot give whole addresses.
    wanted = {"og:title", "og:type", "og:image", "og:url"} if page.site.address else set()
    yield from sorted(wanted - found if found else ())


def _half_addresses(page: Page) -> Iterator[str]:
    for name in ("og:image", "og:url", "twitter:image", "citation_pdf_url", "citation_abstract_html_url"):
        yield from (url for url in page.meta(name) if not urlsplit(url).scheme)


def _tag(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def _json(text: str) -> str:
    return f'{_tag("citation_title", "Work")}<script type="application/ld+json">{text}</script>'


_JOURNAL, _CONFERENCE = _tag("citation_journal_title", "J"), _tag("citation_conference_title", "C")
_ELSEWHERE = f"{ADDRESS}other.html"

RULES = (
    Rule("each tag stands once", SCHOLAR, _not_once, _tag("citation_doi", "10.1/a") * 2),
    Rule("the title is the work's", SCHOLAR, _other_title, _tag("citation_title", "Page of the work")),
    Rule("an author has a tag alone", SCHOLAR, _many_in_one, _tag("citation_author", "Example, A.; Sample, B.")),
    Rule("no word joins authors", SCHOLAR, _many_in_one, _tag("citation_author", "Ada Example and Bo Sample")),
    Rule("a date has no words", SCHOLAR, _bad_dates, _tag("citation_publication_date", "May 2019")),
    Rule("a date has slashes", SCHOLAR, _bad_dates, _tag("citation_publication_date", "2019-05-17")),
    Rule("one tag tells where it appeared", ZOTERO, _two_containers, _JOURNAL + _CONFERENCE),
    Rule("the first page is one", SCHOLAR, _bad_pages, _tag("citation_firstpage", "41–43")),
    Rule("a last page has a first", SCHOLAR, _bad_pages, _tag("citation_lastpage", "43")),
    Rule("the PDF lies beside the page", SCHOLAR, _far_files, _tag("citation_pdf_url", f"{ADDRESS}other/a.pdf")),
    Rule("the PDF is there", SCHOLAR, _no_files, _tag("citation_pdf_url", f"{ADDRESS}publications/none.pdf")),
    Rule("no tag is empty", ZOTERO, _empty, _tag("description", " ")),
    Rule("a page has one title", HTML, _bad_titles, "<title>Work</title>" * 2),
    Rule("its title is the work's", SCHOLAR, _bad_titles, "<title>Ada Example: Work</title>"),
    Rule("a page has one address", CANONICAL, _bad_canonical, f'<link rel="canonical" href="{_ELSEWHERE}">'),
    Rule("all tags have that address", OPEN_GRAPH, _other_address, _tag("og:url", _ELSEWHERE)),
    Rule("addresses are whole", OPEN_GRAPH, _half_addresses, _tag("og:image", "card.png")),
    Rule("Open Graph has what it requires", OPEN_GRAPH, _half_open_graph, _tag("og:title", "Work")),
    Rule("JSON-LD is JSON", JSON_LD, _no_json, _json('{"name": "Work}')),
    Rule("JSON-LD is of schema.org", SCHEMA, _other_context, _json('{"@context": "https://elsewhere.example"}')),
    Rule("JSON-LD has nothing empty", SCHEMA, _empty_property, _json('{"isPartOf": {"name": ""}}')),
    Rule("JSON-LD has the work", SCHEMA, _not_one_work, _json('{"name": "Other"}')),
    Rule("JSON-LD has its authors", SCHEMA, _other_authors, _json('{"name": "Work", "author": {"name": "Ada"}}')),
    Rule("JSON-LD has its address", SCHEMA, _other_url, _json(f'{{"name": "Work", "url": "{_ELSEWHERE}"}}')),
)
"""The rules for the page of every publication."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
class TestRule:
    """One rule, on the pages of a publication."""

    def test_of_the_profile(self, rule: Rule, any_site: Site) -> None:
        assert len(any_site.publications()) == len(facts.PAPERS)
        assert [(page.name, found) for page in any_site.publications() for found in rule.broken(page)] == []

    def test_of_odd_data(self, rule: Rule, odd_site: Site) -> None:
        assert len(odd_site.publications()) == len(CASES)
        assert [(page.name, found) for page in odd_site.publications() for found in rule.broken(page)] == []

    def test_it_can_be_broken(self, rule: Rule, odd_site: Site) -> None:
        text = f"<!doctype html><head>{rule.wrong}</head><body><h1>Work</h1></body>"
        assert list(rule.broken(page_from(odd_site, "publications/work.html", text)))


REQUIRED = ("citation_title", "citation_author", "citation_publication_date")
"""The three tags that Google Scholar requires; it ignores a page without them."""


def without(site: Site) -> dict[str, list[str]]:
    missing = {page: [name for name in REQUIRED if not page.meta(name)] for page in site.publications()}
    return {page.heading(): names for page, names in missing.items() if names}


def test_scholar_has_what_it_requires(any_site: Site) -> None:
    assert without(any_site) == {}


def test_scholar_goes_without_only_what_nobody_knows(odd_site: Site) -> None:
    assert without(odd_site) == {
        "Proceedings of Examples": ["citation_author"],
        "Undated": ["citation_publication_date"],
    }


@pytest.mark.parametrize("paper", facts.PAPERS, ids=lambda paper: paper.title[:30])
def test_title_authors_and_year_of_the_profile(paper: facts.Paper, any_site: Site) -> None:
    (page,) = (page for page in any_site.publications() if page.meta("citation_title") == [paper.title])
    assert [" ".join(reversed(name.split(", "))) for name in page.meta("citation_author")] == paper.authors.split(", ")
    assert [date[:4] for date in page.meta("citation_publication_date")] == [str(paper.year)]
    places = [content for name, content in page.metas if name in ITEM_TYPES]
    assert places == ([] if paper.venue in ("arXiv", "preprint") else [paper.venue])


def test_other_pages_are_no_works(any_site: Site) -> None:
    others = [page for page in any_site.pages() if not page.is_about_a_work]
    assert len(others) > 15
    assert [page.name for page in others if any(name.startswith("citation_") for name, _ in page.metas)] == []


_OF_ALL = (_empty, _bad_canonical, _other_address, _half_addresses, _half_open_graph, _no_json, _other_context)


@pytest.mark.parametrize("broken", [*_OF_ALL, _empty_property], ids=lambda broken: broken.__name__)
def test_other_pages_keep_these_rules_too(broken: Callable[[Page], Iterator[str]], any_site: Site) -> None:
    # Sphinx gives its search page no canonical address, because nobody is sent there.
    others = [page for page in any_site.pages() if not page.name.startswith("search")]
    assert [(page.name, found) for page in others for found in broken(page)] == []


def test_whoever_has_an_id_has_one_name_on_all_pages(any_site: Site) -> None:
    named: dict[str, set[tuple[Any, Any]]] = {}
    for page in any_site.pages():
        for node in objects(page.linked_data()):
            if "@id" in node and "name" in node:
                named.setdefault(node["@id"], set()).add((node.get("@type"), node["name"]))
    assert [(name, known) for name, known in named.items() if len(known) > 1] == []
    expected = {f"{ADDRESS}#person", *(f"{page.url}#publication" for page in any_site.publications())}
    assert set(named) >= expected if any_site.address else not named


def test_the_owner_is_known_on_every_page(any_site: Site) -> None:
    known = [
        {node["name"] for node in objects(page.linked_data()) if node.get("@id") == f"{ADDRESS}#person"}
        for page in any_site.publications()
    ]
    assert known == [{"Wei Wen"} if any_site.address else set()] * len(facts.PAPERS)
