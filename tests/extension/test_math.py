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


def test_where_no_markup_can_be_people_get_characters_and_not_the_source(tmp_path: Path) -> None:
    refs = r"""@article{m, title = {Rates of $\ell_1$}, author = {Example, Ada}, journal = {J}, date = {2020-05},
      abstract = {Less than $\ell_2$.}, note = {Not $\ell_3$}, code = {https://example.org/c}, acceptance = {10/100}}
    @article{n, title = {Bounds of $\ell_1$}, author = {Example, Ada}, date = {2020-04}}"""
    page = """# Home

    {cite}`m` {links}`m`

    ```{publications}
    :panels: abstract, bibtex
    :export:
    ```

    ```{chart} rates
    ```

    ```{talk}
    :publication: m
    :what: On Norms
    :when: 2020-06-01
    ```

    ```{cv}
    ```
    """.replace("\n    ", "\n")
    files = {"refs.bib": refs, "index.md": page}
    built = Project(tmp_path, files, html_baseurl="https://example.org/", cv_pages="all").build()
    read = [path for path in built.out.rglob("*") if path.suffix in (".html", ".json", ".ris", ".txt", ".xml")]
    for path in read:
        text = path.read_text(encoding="utf-8")
        # Not counted: the sources in BibTeX, and the annotations in MathML for those who copy a formula.
        text = re.sub(r"<pre>.*?</pre>|<math.*?</math>", "", text, flags=re.DOTALL)
        assert r"\ell" not in text, path
    assert {path.suffix for path in read} == {".html", ".json", ".ris", ".txt", ".xml"}
    home = (built.out / "index.html").read_text(encoding="utf-8")
    assert '<span class="cv-hidden">: Rates of ℓ₁</span>' in home
