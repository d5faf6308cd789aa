"""What search engines read: JSON-LD whose every class and property is in the vocabulary of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_cv_ext.model.cv import ENTRY_KINDS, Entry
from sphinx_cv_ext.model.dates import Date, Period
from sphinx_cv_ext.model.links import LINK_KINDS, Link
from sphinx_cv_ext.model.people import Name, Owner
from sphinx_cv_ext.model.profile import Profile
from sphinx_cv_ext.model.publication import PUBLICATION_TYPES, Publication
from sphinx_cv_ext.model.text import rich
from sphinx_cv_ext.outputs.escaping import json_in_script
from sphinx_cv_ext.outputs.json_ld import OWNER, TYPES, Node, person_id, profile_page, publication_node
from sphinx_cv_ext.sources import Settings, load

DATA = Path(__file__).parent / "data"
TERMS = json.loads((DATA / "schema-terms.json").read_text(encoding="utf-8"))
ADA = Owner([Name("Example", "Ada")], "0000-0002-1825-0097")
SITE = "https://ada.example.org/"
URL = f"{SITE}publications/a.html"
IDS = {OWNER: person_id(SITE)}
# How schema.org's data types are written in JSON; a text may replace an address, but not the other way round.
STRINGS = {"Text", "URL", "Date", "DateTime"}

PROFILE = Profile(
    name="Ada Example",
    native_name="艾达",
    spellings=("Ada Example", "A. Example"),
    orcid="0000-0002-1825-0097",
    position="Professor",
    affiliation="University of Examples",
    affiliation_url="https://example.org/",
    interests=("examples", "samples"),
    email="ada@example.org",
    links=(
        Link(LINK_KINDS["github"], url="https://github.com/ada"),
        Link(LINK_KINDS["email"], url="mailto:ada@example.org"),
        Link(LINK_KINDS["cv"], file="/site/cv.pdf"),
    ),
    description="On examples.",
    alumni_of=("Example College",),
    image_url="https://example.org/ada.jpg",
)


def works(path: Path = DATA / "works.bib") -> dict[str, Publication]:
    said: list[object] = []
    return load(Settings([path], ADA), said.append).library.by_key


def node(key: str, pdf_url: str = "") -> Node:
    return publication_node(works()[key], URL, IDS, ADA, pdf_url)


ENTRIES = [
    Entry(ENTRY_KINDS["position"], "jobs", "a", Period(Date(2015), None), what=rich("Weaver"), where=rich("Looms")),
    Entry(ENTRY_KINDS["position"], "jobs", "b", Period(Date(2013), Date(2014)), what=rich("Weaver")),
    Entry(ENTRY_KINDS["education"], "school", "c", Period(Date(2010), Date(2012)), where=rich("School of Cards")),
    Entry(ENTRY_KINDS["education"], "school", "d", Period(Date(2020), None), where=rich("Not Over Yet")),
    Entry(
        ENTRY_KINDS["talk"],
        "talks",
        "e",
        Period(Date(2018, 9, is_season=True), Date(2018, 9, is_season=True)),
        what=rich("On *looms*"),
        where=rich("Conference on Examples"),
        place=rich("Paris"),
        url="https://conference.example.org/",
    ),
    Entry(ENTRY_KINDS["talk"], "talks", "f", what=rich("Undated")),
]


def test_entries_say_where_the_owner_studied_worked_and_spoke() -> None:
    person = profile_page(Profile("Ada Example", alumni_of=("School of Cards",)), SITE, SITE, ENTRIES)["mainEntity"]
    assert person["alumniOf"] == {"@type": "Organization", "name": "School of Cards"}
    assert person["hasOccupation"] == {"@type": "Occupation", "name": "Weaver"}
    assert person["performerIn"] == [
        {
            "@type": "Event",
            "name": "Conference on Examples",
            "about": {"@type": "CreativeWork", "name": "On *looms*"},
            "location": {"@type": "Place", "name": "Paris"},
            "url": "https://conference.example.org/",
            "startDate": "2018",
            "endDate": "2018",
        },
        {"@type": "Event", "name": "Undated"},
    ]


def everything() -> list[Node]:
    return [
        *(node(key, "https://ada.example.org/a.pdf") for key in works()),
        profile_page(PROFILE, SITE, SITE, ENTRIES),
    ]


def nodes_in(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from nodes_in(part)


def with_ancestors(name: str) -> set[str]:
    return {name}.union(*(with_ancestors(parent) for parent in TERMS["classes"].get(name, ())))


def assert_in_range(name: str, value: Any) -> None:
    ranges = set(TERMS["properties"][name]["ranges"])
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, bool):
            assert "Boolean" in ranges, name
        elif isinstance(part, str):
            assert ranges & STRINGS, (name, part)
            if not ranges & {"Text", "Date"}:
                assert part.startswith(("https://", "http://")), (name, part)
        else:
            assert with_ancestors(part["@type"]) & ranges, (name, part)


def assert_in_the_vocabulary(whole: Node) -> None:
    for found in nodes_in(whole):
        ancestors = with_ancestors(found["@type"])
        assert found["@type"] in TERMS["classes"]
        for name, value in found.items():
            if not name.startswith("@"):
                assert ancestors & set(TERMS["properties"][name]["domains"]), (found["@type"], name)
                assert_in_range(name, value)
                assert value not in ("", [], {}, None, False), name


def test_every_class_and_property_is_in_the_vocabulary_and_fits() -> None:
    for whole in everything():
        assert_in_the_vocabulary(whole)


@pytest.mark.parametrize(
    "wrong",
    [
        {"@type": "Thesis", "isbn": "0-306-40615-2"},
        {"@type": "Book", "editor": {"@type": "Organization", "name": "Society"}},
        {"@type": "Book", "url": "example.org"},
        {"@type": "Book", "name": ""},
    ],
)
def test_the_vocabulary_tells_what_does_not_fit(wrong: Node) -> None:
    with pytest.raises(AssertionError):
        assert_in_the_vocabulary(wrong)


def test_the_vocabulary_holds_nothing_that_we_do_not_write() -> None:
    found = [part for whole in everything() for part in nodes_in(whole)]
    types = {part["@type"] for part in found}
    assert set(TERMS["classes"]) == set().union(*map(with_ancestors, types))
    assert set(TERMS["properties"]) == {name for part in found for name in part if not name.startswith("@")}
    assert set(TYPES) == set(PUBLICATION_TYPES)


def test_a_patent_has_its_office_and_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@patent{a, title={A}, type={patentus}, holder={Example Corp. and Doe, Jane}}", encoding="utf-8")
    found = publication_node(works(path)["a"], URL, IDS, ADA, "")
    assert_in_the_vocabulary(found)
    assert found["publisher"] == {"@type": "Organization", "name": "U.S. Patent and Trademark Office"}
    assert found["sourceOrganization"] == {"@type": "Organization", "name": "Example Corp."}
    assert found["contributor"]["name"] == "Jane Doe"


def test_an_article() -> None:
    found = node("article2019")
    author = found["author"][0]
    assert author == {
        "@type": "Person",
        "@id": "https://ada.example.org/#person",
        "name": "Ada Example",
        "givenName": "Ada",
        "familyName": "Example",
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "ORCID",
            "value": "0000-0002-1825-0097",
            "url": "https://orcid.org/0000-0002-1825-0097",
        },
        "sameAs": "https://orcid.org/0000-0002-1825-0097",
    }
    assert found["author"][1]["familyName"] == "van den Berg"
    assert found["headline"] == found["name"] == 'On Examples & "Samples"'
    assert found["datePublished"] == "2019-05"
    assert found["award"] == "Best Paper Award · 2 of 358 = 0.56%", "a nomination is no award"
    assert found["pagination"] == "41–43"
    assert found["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "3",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": "12",
            "isPartOf": {
                "@type": "Periodical",
                "name": "Journal of Examples",
                "alternateName": "JoE",
                "issn": ["1234-5678", "8765432X"],
            },
        },
    }
    assert "isAccessibleForFree" not in found
    assert "sameAs" in found


def test_a_conference_paper() -> None:
    found = node("conference2020")
    assert found["author"][1] == {"@type": "Organization", "name": "Sample Collaboration"}
    assert found["isPartOf"]["@type"] == "Book"
    assert found["isPartOf"]["editor"]["name"] == "Isa Editor"
    assert found["encoding"]["contentUrl"] == "https://example.org/p.pdf"
    assert found["sameAs"] == ["https://example.org/abstract.html", "https://arxiv.org/abs/2001.01234"]
    assert found["isAccessibleForFree"] is True
    assert found["identifier"]["value"] == "2001.01234"


@pytest.mark.parametrize(
    ("key", "kind", "name", "value"),
    [
        ("preprint2018", "ScholarlyArticle", "creativeWorkStatus", "preprint"),
        ("preprint2018", "ScholarlyArticle", "isPartOf", None),
        ("thesis2021", "Thesis", "inSupportOf", "PhD"),
        ("report2014", "Report", "publisher", {"@type": "Organization", "name": "Example Labs"}),
        ("proceedings2017", "Book", "contributor", {"@type": "Organization", "name": "Editing Group"}),
        ("proceedings2017", "Book", "author", None),
        ("software2022", "SoftwareSourceCode", "codeRepository", "https://github.com/ada/code"),
        ("program2022", "SoftwareApplication", "author", {"@type": "Person", "name": "温伟"}),
        ("program2022", "SoftwareApplication", "softwareVersion", "2.1.0"),
        ("dataset2022", "Dataset", "version", "1.0"),
        ("submitted2024", "ScholarlyArticle", "isPartOf", None),
        ("submitted2024", "ScholarlyArticle", "datePublished", None),
    ],
)
def test_what_is_said_of_other_types(key: str, kind: str, name: str, value: object) -> None:
    found = node(key)
    assert found["@type"] == kind
    assert found.get(name) == value


def test_a_special_issue_is_an_issue_and_an_article_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(
        "@periodical{issue, title={Arcadia}, issuetitle={Voices}, editor={Sample, Bo}, volume={58}, number={1}}\n"
        "@article{article, title={A}, crossref={issue}}"
    )
    issue, article = (publication_node(found, URL, IDS, ADA) for found in works(path).values())
    volume = {
        "@type": "PublicationVolume",
        "volumeNumber": "58",
        "isPartOf": {"@type": "Periodical", "name": "Arcadia"},
    }
    told = {"@type": "PublicationIssue", "name": "Voices", "issueNumber": "1", "isPartOf": volume}
    assert {name: issue[name] for name in told} == told
    assert article["isPartOf"] == told
    for whole in (issue, article):
        assert_in_the_vocabulary(whole)


def test_a_book_has_authors_and_editors(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(
        "@book{b, title={T}, author={Example, Ada}, editor={Sample, Grace and {The Society}}, edition={Second}}"
    )
    found = publication_node(works(path)["b"], "", {}, ADA, "")
    assert found["author"]["name"] == "Ada Example"
    assert found["editor"]["name"] == "Grace Sample"
    assert found["contributor"]["name"] == "The Society"
    assert found["bookEdition"] == "2"


def test_people_are_those_of_the_work_or_of_its_book(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(
        "@incollection{a, title={T}, author={Roe, J.}, translator={Doe, Jane}, editor={Example, Ada}, booktitle={B},"
        " foreword={Sample, Bo}, bookauthor={Kafka, Franz}}"
        "@misc{b, title={T}, author={Roe, J.}, editora={Doe, Jane}, editoratype={director}, foreword={Sample, Bo}}"
    )
    found = works(path)
    chapter, film = (publication_node(found[key], "", {OWNER: person_id(SITE)}, ADA) for key in "ab")
    book = chapter["isPartOf"]
    assert (chapter["author"]["name"], chapter["translator"]["name"]) == ("J. Roe", "Jane Doe")
    assert not {"editor", "contributor"} & chapter.keys()
    assert (book["author"]["name"], book["contributor"]["name"]) == ("Franz Kafka", "Bo Sample")
    assert book["editor"]["@id"] == person_id(SITE)
    assert [person["name"] for person in film["contributor"]] == ["Jane Doe", "Bo Sample"]
    for whole in (chapter, film):
        assert_in_the_vocabulary(whole)


def test_a_translation_says_of_what_and_by_whom(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(
        "@article{a, title={T}, author={Roe, J.}, translator={Example, Ada and Roe, R.}, origtitle={U}, origdate=1915}"
    )
    found = publication_node(works(path)["a"], "", {OWNER: person_id(SITE)}, ADA)
    assert [person["name"] for person in found["translator"]] == ["Ada Example", "R. Roe"]
    assert found["translator"][0]["@id"] == person_id(SITE)
    assert found["translationOfWork"] == {"@type": "CreativeWork", "name": "U", "datePublished": "1915"}


def test_the_owner_is_the_same_everywhere() -> None:
    page = profile_page(PROFILE, f"{SITE}about.html", SITE)["mainEntity"]
    assert person_id(SITE.rstrip("/")) == "https://ada.example.org/#person"
    assert page["@id"] == person_id(SITE) == person_id(f"{SITE}#top") == node("thesis2021")["author"]["@id"]
    assert page["alternateName"] == ["艾达", "A. Example"]
    assert page["sameAs"] == ["https://orcid.org/0000-0002-1825-0097", "https://github.com/ada"]


def test_a_name_is_enough_for_a_profile() -> None:
    found = profile_page(Profile("Ada Example"), SITE, SITE)
    assert found["mainEntity"] == {"@type": "Person", "@id": f"{SITE}#person", "name": "Ada Example", "url": SITE}


def test_a_site_that_does_not_know_its_address_says_none() -> None:
    found = publication_node(works()["thesis2021"], "", {OWNER: person_id("")}, ADA)
    assert not {"@id", "url", "mainEntityOfPage"} & (set(found) | set(found["author"]))


def assert_safe(written: str, whole: Node) -> None:
    assert json.loads(written) == json.loads(json.dumps(whole))
    assert not set("<>&\u2028\u2029") & set(written)
    written.encode()


@pytest.mark.parametrize(
    ("address", "is_pdf"),
    [
        ("https://example.org/a.PDF", True),
        ("https://example.org/a.pdf?version=2#page=3", True),
        ("https://arxiv.org/pdf/2001.01234", True),
        ("https://example.org/a.html?of=b.pdf", False),
        ("https://example.pdf", False),
    ],
)
def test_a_paper_that_is_a_pdf_file_is_the_work_and_no_page_about_it(address: str, is_pdf: bool) -> None:
    publication = replace(works()["article2019"], links=(Link(LINK_KINDS["paper"], url=address),))
    found = publication_node(publication, URL, IDS, ADA)
    assert found.get("encoding", {}).get("contentUrl") == (address if is_pdf else None)
    assert (address in found.get("sameAs", [])) != is_pdf


def test_nothing_in_it_ends_the_script_element() -> None:
    publication = replace(works()["article2019"], keywords=("</script>", "<!--", "&lt;", "\u2028\u2029"))
    whole = publication_node(publication, URL, IDS, ADA)
    assert whole["keywords"] == list(publication.keywords)
    assert_safe(json_in_script(whole), whole)
    assert json_in_script({"@type": "Person", "name": "a\u2028b\ud800"}) == '{"@type": "Person", "name": "a\\u2028b"}'


FIELDS = (
    "title author editor journal booktitle school publisher year date pages doi eprint isbn issn url code paper"
    " keywords abstract award pubstate series version"
)


@given(
    st.sampled_from(["article", "inproceedings", "phdthesis", "software", "misc", "incollection", "book"]),
    st.dictionaries(
        st.sampled_from(FIELDS.split()),
        st.text(st.characters(exclude_characters="{}\\"), max_size=30)
        | st.sampled_from(["</script>", "https://[x.pdf", "https://example.org/x.pdf", "10.1000/<x>", "\u2028", "and"]),
    ),
)
def test_whatever_the_file_says_it_is_safe_and_in_the_vocabulary(
    tmp_path_factory: pytest.TempPathFactory, entry_type: str, fields: dict[str, str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.bib"
    body = "".join(f"{name} = {{{value}}},\n" for name, value in fields.items())
    path.write_text(f"@{entry_type}{{key,\n{body}}}", encoding="utf-8", errors="replace")
    for publication in works(path).values():
        whole = publication_node(publication, URL, IDS, ADA)
        assert_in_the_vocabulary(whole)
        assert_safe(json_in_script(whole), whole)
