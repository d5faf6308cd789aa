"""Formulas in titles: drawn by the browser itself in HTML, handed to the writer elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.project import Project

REFS = r"""@article{m, title = {Cuts in $O(n^2\log n)$ of $\text{<script>alert(1)</script>}$}, year = {2020}}
@article{b, title = {Broken $\nosuch{x}_$}, year = {2019}}
"""
FILES = {"refs.bib": REFS, "index.md": "# Home\n\n```{publications}\n```\n"}


@pytest.mark.parametrize(("builder", "page"), [("html", "index.html"), ("epub", "index.xhtml")])
def test_html_has_mathml_and_no_script_for_it(tmp_path: Path, builder: str, page: str) -> None:
    built = Project(tmp_path, FILES, version="1", copyright="x").build(builder)
    text = (built.out / page).read_text(encoding="utf-8")
    assert "<msup><mi>n</mi><mn>2</mn></msup>" in text
    assert "<mtext>&lt;script&gt;alert(1)&lt;/script&gt;</mtext>" in text
    assert "mathjax" not in text.lower()
    assert set(re.findall(r"&(\w+);", text.partition("<math")[2])) <= {"lt", "gt", "amp", "quot", "copy"}


def test_a_formula_that_cannot_be_read_is_shown_as_its_source(tmp_path: Path) -> None:
    text = Project(tmp_path, FILES).build().soup("index.html").get_text()
    assert r"\nosuch{x}_" in text


@pytest.mark.parametrize(
    ("builder", "file", "expected"),
    [
        ("latex", "*.tex", r"\(O(n^2\log n)\)"),
        ("text", "index.txt", r"O(n^2\log n)"),
    ],
)
def test_other_formats_get_the_formula(tmp_path: Path, builder: str, file: str, expected: str) -> None:
    built = Project(tmp_path, FILES).build(builder)
    (path,) = built.out.glob(file)
    assert expected in re.sub(r"\\sphinx\w+\{\}", "", path.read_text(encoding="utf-8"))
