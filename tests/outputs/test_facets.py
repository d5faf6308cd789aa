"""What the script of a list gets: each fact that there is, and nothing that ends the script element."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

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
    return facets.facets(found, **{"owner": OWNER, "translate": str, "exports": {}} | more)


def had(data: dict[str, Any]) -> dict[str, list[list[str]]]:
    """By facet, what each publication can be found by."""
    found = {}
    for facet in data["facets"]:
        rows = [own if isinstance(own, list) else [own] for own in facet["of"]]
        values = [*facet["values"], None]
        found[facet["name"]] = [[values[place] for place in row if values[place]] for row in rows]
    return found


def test_a_publication_can_be_found_by_all_that_it_has() -> None:
    data = told(publications(FULL + "@misc{bare, title={T}}"))
    assert had(data) == {
        **{mark: [["1"], []] for mark in ("first", "corresponding", "award", "code")},
        "from": [["2020"], []],
        "to": [["2020"], []],
        "type": [["conference"], ["other"]],
        "venue": [["CoE"], []],
        "topic": [["nets", "Graphs"], []],
        "rate": [["20"], []],
    }
    assert data["unseen"] == ["Best Paper Award", ""]
    assert data["size"] == 2


def test_what_makes_no_difference_is_left_out() -> None:
    found = publications(FULL + FULL.replace("{full", "{other"))
    assert "facets" not in told(found)
    assert "unseen" not in told(publications("@misc{a, title={T}}@misc{b, title={T}}"))


def test_of_ranks_each_publication_has_the_first_that_holds_it() -> None:
    found = publications(
        "@misc{a, title={T}, year=2020, acceptance={17%}}@misc{b, title={T}, year=2018, acceptance={1/200}}"
        "@misc{c, title={T}, acceptance={20%}}@misc{d, title={T}, year=2020, acceptance={99%}}"
    )
    facets = {facet["name"]: (facet["labels"], facet["of"]) for facet in told(found)["facets"]}
    assert facets == {
        "from": (["2020", "2018"], [0, 1, 2, 0]),
        "to": (["2018", "2020"], [1, 0, 2, 1]),
        "rate": (["at most 1%", "at most 20%"], [1, 0, 1, 2]),
    }


def test_spellings_that_differ_in_case_alone_are_one() -> None:
    found = publications(
        "@misc{a, title={T}, keywords={Neural Nets}, howpublished={NeurIPS}}"
        "@misc{b, title={T}, keywords={neural nets, neural-nets}, howpublished={NEURIPS}}@misc{c, title={T}}"
    )
    assert had(told(found)) == {
        "venue": [["NeurIPS"], ["NeurIPS"], []],
        "topic": [["Neural Nets"], ["Neural Nets"], []],
    }


def test_authors_that_the_list_leaves_out_can_be_searched_for() -> None:
    found = [publication("@misc{a, title={T}, author={One, Ann and Two, Bo and Three, Cy}}")]
    assert told(found, max_authors=1)["unseen"] == ["Bo Two Cy Three"]
    assert "unseen" not in told(found)


def test_every_word_is_translated() -> None:
    found = publications(FULL + "@misc{bare, title={T}}")
    data = told(found, translate="[{}]".format, exports={"BibTeX": "a.bib"})
    labels = {facet["name"]: facet["label"] for facet in data["facets"]}
    assert labels == {name: f"[{word}]" for name, word in facets.FACETS.items() if name in labels}
    assert len(labels) == 10
    assert data["facets"][6]["labels"] == ["[Conference papers]", "[Other publications]"]
    assert data["facets"][9]["labels"] == ["[at most 20%]"]
    assert [*data["words"].values()] == [f"[{word}]" for word in facets.WORDS.values()]
    assert data["exports"] == {"BibTeX": "a.bib"}


def test_nothing_in_the_data_ends_its_script() -> None:
    nasty = '</script><script>alert(1)</script><!-- \u2028 &amp; \\" __proto__'
    island = facets.island(told([publication(FULL)], exports={nasty: nasty}))
    match = re.fullmatch(r'<script type="application/json" class="cv-facets">([^<>&\u2028]*)</script>', island)
    assert match is not None
    assert json.loads(match[1])["exports"] == {nasty: nasty}
