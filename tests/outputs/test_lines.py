"""Titles where there can be no markup: they keep their meaning."""

from __future__ import annotations

import pytest

from sphinx_cv_ext.outputs.lines import title_line
from tests.outputs.reading import publication


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        ("10$^{4}$ K", "10⁴ K"),
        ("139 fb$^{-1}$", "139 fb⁻¹"),
        (r"$^{12}$C($\alpha$,$\gamma$)$^{16}$O", "¹²C(α,γ)¹⁶O"),
        (r"10$^{12}$ M$_\odot$", "10¹² M_⊙"),
        ("10<sup>4</sup> of H<sub>2</sub>O", "10⁴ of H₂O"),
        (r"10\textsuperscript{\textbf{4}}", "10⁴"),
        ("10$^{-3.5}$", "10^(−3.5)"),
        ("2$^k$ of $x$$_{Q}$", "2^k of x_Q"),
        (r"5\textsuperscript{th} and 1\textsuperscript{er}", "5th and 1er"),
        (r"XIX\textsuperscript{e}, M\textsuperscript{me} n\textsuperscript{o}~1", "XIXe, Mme no 1"),
        (r"V\textsubscript{max} of D$^*$, Made$^\dagger$\textsuperscript{\textregistered}", "Vmax of D*, Made†®"),
        (r"a\textsuperscript{} b", "a b"),
    ],
)
def test_superscripts_and_subscripts(latex: str, shown: str) -> None:
    assert title_line(publication(f"@misc{{a, title = {{{latex}}}}}")) == shown
