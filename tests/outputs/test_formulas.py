"""Formulas as titles of physics and mathematics have them: none is shown as its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sphinx_cv_ext.model.cv import EntryText
from sphinx_cv_ext.model.text import Linked, Math, Styled
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.outputs.mathml import mathml
from tests.casefile import Case, read_cases
from tests.outputs.reading import publication


def formulas(words: EntryText) -> Iterator[str]:
    for inline in words:
        match inline:
            case Math(latex):
                yield latex
            case Styled(_, children) | Linked(_, children):
                yield from formulas(children)


@pytest.mark.parametrize("case", read_cases("formulas.txt"), ids=str)
def test_titles(case: Case) -> None:
    found = [publication(f"@misc{{a, title = {{{title}}}}}") for title in case.input.splitlines()]
    assert "\n".join(map(title_line, found)) == case.expected
    for latex in [latex for entry in found for latex in formulas(entry.title)]:
        assert mathml(latex), latex


@pytest.mark.parametrize(
    ("latex", "drawn"),
    [
        (r"E_T^{\rm miss}", "<msubsup><mi>E</mi><mi>T</mi><mi>miss</mi></msubsup>"),
        (r"^{3}\mathrm{He}", "<msup><mrow></mrow><mn>3</mn></msup><mi>He</mi>"),
        ("f''", "<msup><mi>f</mi><mrow><mi>′</mi><mi>′</mi></mrow></msup>"),
        ("1 ± 2", "<mn>1</mn><mo>±</mo><mn>2</mn>"),
        (r"x~\text{p--p}", '<mi>x</mi><mspace width="0.25em"></mspace><mtext>p–p</mtext>'),
        (r"\text{½}\text{é}", "<mtext>½</mtext><mtext>é</mtext>"),
    ],
)
def test_mathml(latex: str, drawn: str) -> None:
    assert re.sub(r"</?math[^>]*>", "", mathml(latex)) == drawn


@given(st.lists(st.sampled_from(["{", "}", r"\rm ", r"\left(", r"\right)", r"\over", "^", "'", "x", "12", "±", "\\"])))
@example([r"\right>", "}", "}", "^", "2"])
def test_whatever_it_is_a_formula_is_drawn_or_not(parts: list[str]) -> None:
    assert mathml("".join(parts)).partition(" ")[0] in ("", "<math")
