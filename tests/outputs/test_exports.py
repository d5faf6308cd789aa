"""The table of formats: files can be split at their blank lines, may be empty, and keep the order."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from sphinx_cv_ext.model.credits import CONTRIBUTOR_ROLES, Credit
from sphinx_cv_ext.model.people import Author, Name
from sphinx_cv_ext.model.publication import Publication, Venue
from sphinx_cv_ext.model.text import Math, Style, Styled, Text
from sphinx_cv_ext.outputs.exports import EXPORTS, FOR_MANAGERS, Export
from sphinx_cv_ext.outputs.lines import one_line
from sphinx_cv_ext.outputs.references import STYLES
from tests.outputs.reading import BIBS, publication, publications, written

CUT_AT_BLANK_LINES = [export for name, export in EXPORTS.items() if name != "csl-json"]
# Every end of a line that Python, JavaScript or XML knows, two at a time and with blanks between them.
ENDS = ("\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
PARAGRAPHS = "".join(f"one{end}{end}two{end} \t{end}" for end in ENDS)
PLAIN = "@article{plain, title={Plain}, author={Example, Ada}, journal={Journal of Examples}, year={2020}}"


def nasty() -> list[Publication]:
    """Publications whose every value has paragraphs, or nothing but blanks, between two plain ones."""
    plain = publication(PLAIN)
    return [
        plain,
        *(_filled(plain, key, text) for key, text in (("paragraphs", PARAGRAPHS), ("blank", " \n\n\u2028 "))),
        replace(plain, key="bare", authors=(), venue=Venue(), date=None),
        replace(plain, key="last"),
    ]


def _filled(found: Publication, key: str, text: str) -> Publication:
    details = replace(
        found.details,
        **dict.fromkeys(("volume", "number", "pages", "series", "edition", "publisher", "location", "doi"), text),
    )
    name = Name(text, given=text, particle=text, suffix=text)
    rich = (Text(text), Styled(Style.EMPHASIS, (Text(text),)), Math(text))
    return replace(
        found,
        key=key,
        title=(Text("Plain"), *rich),
        authors=(Author(name),),
        credits=(Credit(CONTRIBUTOR_ROLES["editor"], (Author(name),)),),
        venue=replace(found.venue, name=text, short=text),
        details=details,
        state=text,
        language=text,
        keywords=(text, text),
        remarks=(rich, ()),
        abstract=rich,
    )


def entries(export: Export, text: str) -> list[str]:
    """A file cut at its blank lines as a script in a browser would do it."""
    line_end = "\r\n" if export.name == "ris" else "\n"
    assert text.endswith(line_end)
    return [f"{entry}{line_end}" for entry in text.removesuffix(line_end).split(line_end * 2)]


@pytest.mark.parametrize("export", CUT_AT_BLANK_LINES, ids=lambda export: export.name)
def test_blank_lines_part_the_entries_and_nothing_else(export: Export) -> None:
    found = nasty()
    parts = entries(export, written(export, found))
    assert parts == [written(export, [publication]) for publication in found]
    assert not [line for part in parts for line in part.splitlines() if not line.strip()]


@given(BIBS)
def test_so_they_do_for_any_publications(source: str) -> None:
    found = publications(source)
    for export in CUT_AT_BLANK_LINES if found else ():
        parts = entries(export, written(export, [*found, *nasty()]))
        assert len(parts) == len(found) + len(nasty())
        assert all(line.strip() for part in parts for line in part.splitlines())


@pytest.mark.parametrize(
    ("text", "line"),
    [("a  b ", "a b"), (" a b", "a b"), ("a\u00a0\u2009b\x07", "a b"), ("a\u00adb", "a\u00adb"), ("\n", "")],
)
def test_a_value_is_on_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize("name", STYLES)
def test_a_reference_is_one_line(name: str) -> None:
    lines = written(EXPORTS[name], nasty()).splitlines()
    assert len(lines) == 2 * len(nasty()) - 1
    assert not any(lines[1::2])


def test_json_has_the_same_entries() -> None:
    items = json.loads(written(EXPORTS["csl-json"], nasty()))
    assert [item["id"] for item in items] == [publication.key for publication in nasty()]


def test_a_file_of_nothing_is_a_file() -> None:
    empty = {name: written(export, []) for name, export in EXPORTS.items()}
    assert empty == {**dict.fromkeys(EXPORTS, ""), "csl-json": "[]\n"}


def test_every_style_of_reference_is_a_format_and_every_file_has_a_name_of_its_own() -> None:
    assert list(EXPORTS) == [*FOR_MANAGERS, *STYLES]
    assert len({export.suffix for export in EXPORTS.values()}) == len(EXPORTS)
    assert len({export.label for export in EXPORTS.values()}) == len(EXPORTS)


def test_a_formula_in_a_title_is_read_as_characters() -> None:
    found = replace(nasty()[0], title=(Text("Sorting in "), Math(r"O(n \log n)")))
    for name in ("ris", "csl-json", "apa", "mla", "chicago", "ieee"):
        assert "orting in O(n log n)" in written(EXPORTS[name], [found]), name
    assert r"Sorting in $O(n \log n)$" in written(EXPORTS["bibtex"], [found])


@pytest.mark.parametrize("none", ["N/A", "forthcoming", "https://example.org/10.1"])
def test_no_format_has_a_doi_that_is_none(none: str) -> None:
    found = publication(f"@article{{a, title={{T}}, journal={{J}}, year={{2020}}, doi={{{none}}}}}")
    for name, export in EXPORTS.items():
        assert none not in written(export, [found]), name
