"""What the script of a list is told: each fact where there is one, and nothing that ends the script."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from sphinx_cv_ext.model.library import OwnerRole
from sphinx_cv_ext.model.people import Name, Owner
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs import facets
from tests.outputs.reading import publication, publications

OWNER = Owner([Name("Example", "Ada")])
FULL = r"""
@inproceedings{full, title={T}, author={Example, Ada and Sample, Bo}, author+an={1=corresponding}, year=2020,
  booktitle={Conference on Examples}, abbr={CoE}, keywords={nets, Graphs}, acceptance={365/1900},
  award={Best Paper Award, 2/358}, code={https://example.org/code}}
"""


def told(found: Sequence[Publication], **more: Any) -> dict[str, Any]:
    ids = {p.key: [f"pub-{p.anchor}"] for p in found}
    return facets.facets(found, **{"ids": ids, "owner": OWNER, "translate": str, "exports": {}} | more)


def test_an_entry_says_all_that_it_can_be_found_by() -> None:
    (entry,) = told([publication(FULL)])["entries"]
    assert entry == {
        "id": "pub-full",
        "key": "full",
        "year": 2020,
        "type": "conference",
        "venue": "CoE",
        "topics": ["nets", "Graphs"],
        "roles": ["first", "corresponding"],
        "awards": ["Best Paper Award"],
        "code": True,
        "rate": 19.211,
    }


def test_what_is_not_known_is_left_out() -> None:
    (entry,) = told([publication("@misc{a, title={T}}")])["entries"]
    assert entry == {"id": "pub-a", "key": "a", "type": "other"}


def test_spellings_that_differ_in_case_alone_are_one() -> None:
    found = publications(
        "@misc{a, title={T}, keywords={Neural Nets}, howpublished={NeurIPS}}"
        "@misc{b, title={T}, keywords={neural nets, neural-nets}, howpublished={NEURIPS}}"
    )
    entries = told(found)["entries"]
    assert [entry["topics"] for entry in entries] == [["Neural Nets"]] * 2
    assert [entry["venue"] for entry in entries] == ["NeurIPS"] * 2


def test_authors_that_the_list_leaves_out_can_be_searched_for() -> None:
    found = [publication("@misc{a, title={T}, author={One, Ann and Two, Bo and Three, Cy}}")]
    assert told(found, max_authors=1)["entries"][0]["words"] == "Bo Two Cy Three"
    assert "words" not in told(found)["entries"][0]


def test_a_publication_under_two_headings_has_two_ids() -> None:
    found = [publication("@misc{a, title={T}}")]
    (entry,) = told(found, ids={"a": ["pub-a", "again-a"]})["entries"]
    assert (entry["id"], entry["again"]) == ("pub-a", ["again-a"])


def test_every_word_is_translated_and_types_are_those_of_the_list() -> None:
    data = told([publication(FULL)], translate=str.upper, exports={"BibTeX": "a.bib"})
    assert data["types"] == {"conference": "CONFERENCE PAPERS"}
    assert list(data["roles"]) == [role.value for role in OwnerRole if role is not OwnerRole.ANY]
    assert {*data["roles"].values(), *data["words"].values()} == {
        word.upper() for word in (*facets.ROLES.values(), *facets.WORDS.values())
    }
    assert data["exports"] == {"BibTeX": "a.bib"}


def test_nothing_in_the_data_ends_its_script() -> None:
    nasty = '</script><script>alert(1)</script><!-- \u2028 &amp; \\" __proto__'
    island = facets.island(told([publication(FULL)], exports={nasty: nasty}))
    match = re.fullmatch(r'<script type="application/json" class="cv-facets">([^<>&\u2028]*)</script>', island)
    assert match is not None
    assert json.loads(match[1])["exports"] == {nasty: nasty}
