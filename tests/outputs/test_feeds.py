"""The feeds: valid by their grammars, dated by the publications, and the same bytes every time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sphinx_cv_ext.model.dates import Date
from sphinx_cv_ext.outputs import atom, json_feed
from sphinx_cv_ext.outputs.feed import FeedEntry, entry_of
from sphinx_cv_ext.outputs.words import english
from sphinx_cv_ext.sources import Settings, load

DATA = Path(__file__).parent / "data"
RELAX_NG = etree.RelaxNG(etree.parse(DATA / "atom.rng"))
SITE = "https://ada.example.org/"
ABOUT = {"title": "Publications of Ada Example", "site_url": SITE, "author": "Ada Example"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# https://www.jsonfeed.org/version/1.1/ : the members that we write, and what they are.
ITEM = {
    "id": str,
    "url": str,
    "title": str,
    "summary": str,
    "content_text": str,
    "date_published": str,
    "authors": list,
    "tags": list,
    "language": str,
}


def entries(path: Path = DATA / "works.bib") -> list[FeedEntry]:
    said: list[object] = []
    found = load(Settings([path]), said.append).library
    return [
        entry_of(publication, f"{SITE}publications/{publication.anchor}.html", "en", str, english)
        for publication in found.listed
    ]


def as_atom(found: list[FeedEntry]) -> str:
    return atom.feed(**ABOUT, feed_url=f"{SITE}atom.xml", entries=found)


def as_json(found: list[FeedEntry]) -> str:
    return json_feed.feed(**ABOUT, feed_url=f"{SITE}feed.json", entries=found)


def assert_atom(written: str) -> Any:
    """By the grammar of RFC 4287, by the two assertions below it, and by unique ids."""
    document = etree.fromstring(written.encode())
    RELAX_NG.assertValid(document)
    for entry in document.iterfind("a:entry", ATOM):
        assert entry.find("a:link[@rel='alternate']", ATOM) is not None or entry.find("a:content", ATOM) is not None
        assert entry.find("a:author", ATOM) is not None or document.find("a:author", ATOM) is not None
    for name in document.iterfind(".//a:name", ATOM):
        assert name.text
    ids = [found.text for found in document.iterfind(".//a:id", ATOM)]
    assert len(ids) == len(set(ids))
    return document


def assert_json_feed(written: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(written)
    assert next(iter(document)) == "version"
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(document["title"], str)
    assert isinstance(document["items"], list)
    ids = [item["id"] for item in document["items"]]
    assert len(ids) == len(set(ids))
    for item in document["items"]:
        assert "content_text" in item
        assert set(item) <= set(ITEM)
        assert all(isinstance(value, ITEM[name]) for name, value in item.items())
        assert RFC_3339.fullmatch(item["date_published"])
        assert all(author["name"] for author in item.get("authors", ()))
    return document


def test_the_atom_feed_is_valid() -> None:
    document = assert_atom(as_atom(entries()))
    titles = [title.text for title in document.iterfind("a:entry/a:title", ATOM)]
    assert len(titles) == len(entries()) - 1, "what has no date is not news"
    assert titles[:2] == ["Submitted", "A Talk"], "the newest comes first"


def test_the_json_feed_is_valid() -> None:
    document = assert_json_feed(as_json(entries()))
    assert [item["title"] for item in document["items"]][:2] == ["Submitted", "A Talk"]
    assert document["authors"] == [{"name": "Ada Example", "url": SITE}]


@pytest.mark.parametrize("bad", ["<updated>", "<id>", "<title>"])
def test_the_grammar_sees_what_is_missing(bad: str) -> None:
    lines = as_atom(entries()).splitlines()
    lines.remove(next(line for line in lines if line.startswith(bad)))
    assert not RELAX_NG.validate(etree.fromstring("\n".join(lines).encode()))


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        (Date(2019), "2019-01-01T00:00:00Z"),
        (Date(2019, 5), "2019-05-01T00:00:00Z"),
        (Date(2019, 5, 31), "2019-05-31T00:00:00Z"),
    ],
)
def test_a_date_is_that_of_the_work_from_its_first_day(date: Date, moment: str) -> None:
    entry = FeedEntry("https://example.org/a", "https://example.org/a", "A", published=date)
    assert assert_atom(as_atom([entry])).findtext("a:entry/a:updated", None, ATOM) == moment
    assert assert_json_feed(as_json([entry]))["items"][0]["date_published"] == moment


def test_a_feed_changes_when_its_newest_entry_does() -> None:
    assert assert_atom(as_atom(entries())).findtext("a:updated", None, ATOM) == "2024-01-01T00:00:00Z"
    assert assert_atom(as_atom([])).findtext("a:updated", None, ATOM) == "1970-01-01T00:00:00Z"
    assert assert_json_feed(as_json([]))["items"] == []


def test_the_same_publications_make_the_same_bytes() -> None:
    assert as_atom(entries()) == as_atom(entries())
    assert as_json(entries()) == as_json(entries())


def test_an_entry_says_what_a_reader_wants_to_know() -> None:
    entry = next(entry for entry in entries() if entry.title.startswith("On Examples"))
    assert entry.id == entry.url == f"{SITE}publications/article2019.html"
    assert entry.summary == (
        "Ada Example, Jan van den Berg et al. Journal of Examples, 12(3), 41–43, 2019."
        " Best Paper Award · 2 of 358 = 0.56%. Best Student Paper Nominee"
    )
    assert entry.content == "We show p < 0.05 and more."
    assert entry.categories == ("examples", "samples")
    assert entry.language == "en"


def test_no_text_is_taken_for_html() -> None:
    text = "<p>a &amp; b</p>"
    entry = FeedEntry("urn:a", "https://example.org/a", "A", content=text, published=Date(2020))
    content = assert_atom(as_atom([entry])).find("a:entry/a:content", ATOM)
    assert (content.get("type", "text"), content.text) == ("text", text)
    assert assert_json_feed(as_json([entry]))["items"][0]["content_text"] == text


@given(
    st.lists(st.builds(FeedEntry, *[st.text(st.characters(exclude_categories=[]))] * 5, published=st.just(Date(2020))))
)
def test_no_character_breaks_a_feed(found: list[FeedEntry]) -> None:
    ElementTree.fromstring(as_atom(found).encode())
    assert len(json.loads(as_json(found).encode())["items"]) == len(found)


FIELDS = "title author journal year date abstract keywords langid award acceptance note"


@given(
    st.dictionaries(
        st.sampled_from(FIELDS.split()),
        st.text(st.characters(exclude_characters="{}\\"), max_size=30)
        | st.sampled_from(["2019", "]]>", "&#0;", "and"]),
    )
)
def test_whatever_the_file_says_the_feeds_are_valid(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.bib"
    body = "".join(f"{name} = {{{value}}},\n" for name, value in fields.items())
    path.write_text(f"@article{{key,\n{body}}}", encoding="utf-8", errors="replace")
    found = entries(path)
    assert_atom(as_atom(found))
    assert_json_feed(as_json(found))


def test_a_feed_tells_what_is_new_and_no_more() -> None:
    found = [
        FeedEntry(f"urn:{year}", f"https://example.org/{year}", str(year), published=Date(year))
        for year in range(1900, 2020)
    ]
    told = json.loads(json_feed.feed("T", "https://example.org/", "https://example.org/feed.json", "A", found))
    years = [item["title"] for item in told["items"]]
    assert years == [str(year) for year in range(2019, 1919, -1)]
    tree = ElementTree.fromstring(atom.feed("T", "https://example.org/", "https://example.org/feed.xml", "A", found))
    assert len(tree.findall("{http://www.w3.org/2005/Atom}entry")) == len(years)
