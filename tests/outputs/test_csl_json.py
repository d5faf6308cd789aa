"""CSL-JSON: the variables of each type, rich text, and JSON that is always valid."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from sphinx_cv_ext.model.publication import PUBLICATION_TYPES, Publication
from sphinx_cv_ext.outputs import csl_json
from sphinx_cv_ext.outputs.exports import EXPORTS
from tests.outputs.reading import BIBS, publication, publications, written

# csl-data.json of schema 1.0.2, as far as we use it.
STRINGS = {
    *("id", "type", "title", "container-title", "container-title-short", "collection-title", "collection-number"),
    *("event-title", "event-place", "publisher", "publisher-place", "volume", "issue", "number", "page", "edition"),
    *("chapter-number", "genre", "PMID", "ISBN", "ISSN", "DOI", "URL", "status", "language", "keyword", "note"),
    *("abstract", "version", "volume-title", "authority", "jurisdiction"),
}
NAME_PARTS = {"family", "given", "non-dropping-particle", "suffix", "literal"}


def _item(publication: Publication) -> dict[str, Any]:
    item: dict[str, Any] = json.loads(csl_json.entry(publication))
    return item


def test_a_season_is_no_month() -> None:
    found = publication("@article{a, title={A}, journal={J}, date={2019-24}}")
    assert _item(found)["issued"] == {"date-parts": [[2019]], "season": 4}


def test_an_article() -> None:
    found = publication(
        r"""
        @article{a1,
          title = {On the \emph{in vivo} {DNA} of H\textsubscript{2}O},
          author = {van den Berg, Jan and Example, Jr., Ada and {Example Group} and others},
          journal = {Journal of Examples}, shortjournal = {J. Ex.}, volume = 7, number = 2, pages = {41--43},
          date = {2019-05-31}, doi = {10.1000/xyz_1}, issn = {1234-5678}, langid = {british}, keywords = {one; two},
          eprint = {1901.00001}, eprinttype = {arxiv}, eprintclass = {cs.LG}, note = {With \emph{data}},
          url = {https://example.org/a1}, file = {/home/ada/a1.pdf}, abstract = {We show it.},
        }"""
    )
    assert _item(found) == {
        "id": "a1",
        "type": "article-journal",
        "author": [
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"},
            {"family": "Example", "given": "Ada", "suffix": "Jr."},
            {"literal": "Example Group"},
            {"literal": "others"},
        ],
        "title": 'On the <i>in vivo</i> <span class="nocase">DNA</span> of H<sub>2</sub>O',
        "container-title": "Journal of Examples",
        "container-title-short": "J. Ex.",
        "issued": {"date-parts": [[2019, 5, 31]]},
        "volume": "7",
        "issue": "2",
        "page": "41-43",
        "note": "arXiv:1901.00001; With data",
        "ISSN": "1234-5678",
        "DOI": "10.1000/xyz_1",
        "URL": "https://example.org/a1",
        "language": "en-GB",
        "keyword": "one, two",
        "abstract": "We show it.",
    }


def test_a_preprint_is_numbered_by_its_repository() -> None:
    found = publication("@online{p, title={P}, author={李, 明}, eprint={1805.07898}, eprinttype={arxiv}, year={2018}}")
    assert _item(found) == {
        "id": "p",
        "type": "article",
        "author": [{"family": "李", "given": "明"}],
        "title": "P",
        "publisher": "arXiv",
        "issued": {"date-parts": [[2018]]},
        "number": "arXiv:1805.07898",
        "URL": "https://arxiv.org/abs/1805.07898",
    }


def test_a_chapter_has_its_editors_and_its_publisher() -> None:
    found = publication(
        "@incollection{c, title={C}, author={Example, Ada}, editor={Sample, Grace}, booktitle={Book}, series={LNE},"
        " number={12}, publisher={Example Press}, address={Berlin}, edition={Second}, chapter={4}, year={2018}}"
    )
    item = _item(found)
    assert item["editor"] == [{"family": "Sample", "given": "Grace"}]
    assert (item["publisher"], item["publisher-place"]) == ("Example Press", "Berlin")
    assert (item["collection-title"], item["collection-number"]) == ("LNE", "12")
    assert (item["edition"], item["chapter-number"]) == ("2", "4")


def test_a_volume_beside_a_series_is_the_number_within_it() -> None:
    item = _item(publication("@inproceedings{c, booktitle={Book}, series={LNE}, volume={12}, year={2018}}"))
    assert (item["collection-title"], item["collection-number"]) == ("LNE", "12")
    assert "volume" not in item


def test_a_talk_has_an_event_and_a_thesis_a_genre() -> None:
    talk, thesis = publications(
        "@talk{t, title={T}, author={Example, Ada}, eventtitle={Example Days}, address={Bonn}, date={2020-08-23}}"
        "@phdthesis{d, title={D}, author={Example, Ada}, school={University of Examples}, year={2020}}"
    )
    assert (_item(talk)["event-title"], _item(talk)["event-place"]) == ("Example Days", "Bonn")
    assert "publisher" not in _item(talk)
    assert _item(thesis)["genre"] == "PhD thesis"
    assert _item(thesis)["publisher"] == "University of Examples"


@pytest.mark.parametrize(
    ("type_", "name"), [("director", "director"), ("organizer", "organizer"), ("founder", "contributor")]
)
def test_editors_of_another_type_are_no_editors(type_: str, name: str) -> None:
    found = _item(publication(f"@misc{{a, title={{T}}, editor={{Doe, Jane}}, editortype={{{type_}}}}}"))
    assert found[name] == [{"family": "Doe", "given": "Jane"}]
    assert not {"author", "editor"} & found.keys()


def test_people_are_in_the_variable_for_what_they_did() -> None:
    found = _item(
        publication(
            "@book{a, title={T}, author={Example, Ada}, editor={Doe, Jane}, editora={Roe, Jo}, editoratype={compiler},"
            " editorb={Roe, Ro}, editorbtype={editorial-director}, editorc={Sample, Bo}, editorctype={reviser},"
            " foreword={Sample, Grace}}"
        )
    )
    assert {
        name: [person["given"] for person in value] for name, value in found.items() if isinstance(value, list)
    } == {
        "author": ["Ada"],
        "editor": ["Jane"],
        "compiler": ["Jo"],
        "editorial-director": ["Ro"],
        "contributor": ["Bo", "Grace"],
    }


def test_editors_of_a_work_without_authors_are_editors() -> None:
    item = _item(publication("@book{b, title={B}, editor={Example, Ada}, publisher={P}, pubstate={inpress}}"))
    assert item["editor"] == [{"family": "Example", "given": "Ada"}]
    assert "author" not in item
    assert item["status"] == "in press"
    assert "issued" not in item


def test_every_type_of_ours_has_one() -> None:
    assert list(csl_json.TYPES) == list(PUBLICATION_TYPES)


def test_the_text_keeps_letters_and_order() -> None:
    text = written(EXPORTS["csl-json"], publications("@misc{b, title={Ünïcode “x”}}@misc{a, title={Second}}"))
    assert text.startswith('[\n  {\n    "id": "b",\n    "type": "document",\n    "title": "Ünïcode “x”"\n  },\n  {\n')
    assert [item["id"] for item in json.loads(text)] == ["b", "a"]


@given(BIBS)
def test_any_publication_is_valid_json_of_the_schema(source: str) -> None:
    found = publications(source)
    text = written(EXPORTS["csl-json"], found)
    text.encode("utf-8")
    items: list[dict[str, Any]] = json.loads(text)
    assert len(items) == len(found)
    for item in items:
        assert item["id"]
        assert item["type"]
        for name, value in item.items():
            assert value, name
            if name in ("author", "editor"):
                assert all(part and set(part) <= NAME_PARTS and all(part.values()) for part in value)
            elif name == "issued":
                assert all(isinstance(part, int) for part in value["date-parts"][0])
            else:
                assert name in STRINGS
                assert isinstance(value, str)
