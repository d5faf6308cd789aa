"""What Google Scholar and Zotero read on the page of a publication."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_cv_ext.model.publication import PUBLICATION_TYPES, Publication
from sphinx_cv_ext.outputs.highwire import CONTAINERS, RULES, tags
from sphinx_cv_ext.sources import Settings, load

WORKS = Path(__file__).parent / "data" / "works.bib"
PDF = "https://example.org/p/a.pdf"
PAGE = "https://example.org/p/a.html"

# Everything but the title and the author, which all have.
EXPECTED = {
    "article2019": """
        citation_author: Example, Ada
        citation_author: van den Berg, Jan
        citation_publication_date: 2019/05
        citation_journal_title: Journal of Examples
        citation_volume: 12
        citation_issue: 3
        citation_firstpage: 41
        citation_lastpage: 43
        citation_doi: 10.1000/xyz<1>
        citation_issn: 1234-5678
        citation_issn: 8765-432X
        citation_keywords: examples
        citation_keywords: samples
        citation_language: en
        """,
    "conference2020": """
        citation_author: Example, Ada
        citation_author: Sample Collaboration
        citation_editor: Editor, Isa
        citation_publication_date: 2020/08/23
        citation_conference_title: European Conference on Examples
        citation_volume: 77
        citation_firstpage: 1
        citation_lastpage: 20
        citation_arxiv_id: 2001.01234
        citation_isbn: 978-3-030-58526-6
        citation_publisher: Example Press
        """,
    "workshop2021": """
        citation_author: Example, Ada
        citation_publication_date: 2021
        citation_conference_title: Workshop on Examples
        citation_firstpage: e7
        """,
    "preprint2018": """
        citation_author: Example, Ada
        citation_publication_date: 2018
        citation_arxiv_id: 1805.07898
        """,
    "book2015": """
        citation_author: Ada Maria García Example
        citation_publication_date: 2015
        citation_isbn: 0-306-40615-2
        citation_publisher: Example Press
        """,
    "chapter2016": """
        citation_author: Example Jr, Ada
        citation_editor: Editor, Isa
        citation_editor: Editing Group
        citation_publication_date: 2016
        citation_inbook_title: Examples in Depth
        citation_firstpage: vii
        citation_lastpage: xii
        citation_isbn: 9783030585266
        citation_publisher: Example Press
        """,
    "proceedings2017": """
        citation_editor: Example, Ada
        citation_editor: Editing Group
        citation_publication_date: 2017
        """,
    "thesis2021": """
        citation_author: Example, Ada
        citation_publication_date: 2021/06
        citation_dissertation_institution: University of Examples
        """,
    "report2014": """
        citation_author: Example, Ada
        citation_publication_date: 2014
        citation_technical_report_institution: Example Labs
        citation_technical_report_number: TR-7
        """,
    "talk2023": """
        citation_author: Example, Ada
        citation_publication_date: 2023/01/02
        citation_conference_title: Conference on Talks
        """,
    "program2022": """
        citation_author: 温伟
        citation_publication_date: 2022
        """,
    "submitted2024": """
        citation_author: Example, Ada
        citation_publication_date: 2024
        """,
}


def works(path: Path = WORKS) -> dict[str, Publication]:
    said: list[object] = []
    return load(Settings([path]), said.append).library.by_key


def assert_by_the_rules(found: list[tuple[str, str]]) -> None:
    names = [name for name, _ in found]
    for name, value in found:
        rule = RULES[name]
        assert re.fullmatch(rule.format, value), (name, value)
        assert value == value.strip()
        assert "\n" not in value
        assert rule.repeatable or names.count(name) == 1, name
    assert names == sorted(names, key=list(RULES).index), "tags stand in the order of the rules"


@pytest.mark.parametrize("key", EXPECTED)
def test_what_is_written_for_each_type(key: str) -> None:
    found = tags(works()[key])
    assert found[0] == ("citation_title", works()[key].plain_title)
    assert [f"{name}: {value}" for name, value in found[1:]] == [
        line.strip() for line in EXPECTED[key].split("\n")[1:-1]
    ]


@pytest.mark.parametrize("key", works())
def test_all_that_scholar_requires_is_there_where_it_is_known(key: str) -> None:
    publication = works()[key]
    found = tags(publication, PDF, PAGE)
    assert_by_the_rules(found)
    missing = {rule.name for rule in RULES.values() if rule.required} - {name for name, _ in found}
    assert ("citation_publication_date" in missing) == (publication.date is None)
    assert ("citation_author" in missing) == publication.are_editors
    assert "citation_title" not in missing


def test_a_work_has_no_more_than_one_container() -> None:
    containers = {tag for fields in CONTAINERS.values() for tag in fields.values()}
    for publication in works().values():
        assert sum(name in containers for name, _ in tags(publication)) <= 1
    assert containers <= set(RULES)
    assert set(CONTAINERS) <= set(PUBLICATION_TYPES)


def test_addresses_are_written_only_where_they_are_given() -> None:
    publication = works()["article2019"]
    assert tags(publication, PDF, PAGE)[-2:] == [("citation_abstract_html_url", PAGE), ("citation_pdf_url", PDF)]
    assert not [name for name, _ in tags(publication) if name.endswith("_url")]


def test_every_rule_is_needed() -> None:
    written = {name for publication in works().values() for name, _ in tags(publication, PDF, PAGE)}
    assert written == set(RULES)


FIELDS = "title author editor journal booktitle school year date month pages doi eprint isbn issn keywords langid"


@given(
    st.sampled_from(["article", "inproceedings", "phdthesis", "techreport", "misc", "incollection", "book"]),
    st.dictionaries(st.sampled_from(FIELDS.split()), st.text(st.characters(exclude_characters="{}\\"), max_size=30)),
)
def test_whatever_the_file_says_the_rules_are_kept(
    tmp_path_factory: pytest.TempPathFactory, entry_type: str, fields: dict[str, str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.bib"
    body = "".join(f"{name} = {{{value}}},\n" for name, value in fields.items())
    path.write_text(f"@{entry_type}{{key,\n{body}}}", encoding="utf-8", errors="replace")
    for publication in works(path).values():
        assert_by_the_rules(tags(publication))
