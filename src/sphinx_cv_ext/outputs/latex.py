"""Texts of the model as LaTeX for the fields of .bib files.

Unicode letters stay; what LaTeX would read as a command is escaped.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.text import Inline, Linked, Math, RichText, Style, Styled, Text

_REPLACED = {
    "\\": r"\textbackslash{}",
    # Not \{: BibTeX counts escaped braces, too.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "\u00a0": "~",
    "–": "--",
    "—": "---",
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
}
# The letters of Latin scripts are in the table, too, because `str.translate` is slow for characters that are not.
_ESCAPES = {**{number: chr(number) for number in range(0x250)}, **str.maketrans(_REPLACED)}
# Characters that would form something else with the next one. In TeX !` is ¡, two hyphens are a dash, two quotes are a
# double quote, and "` is babel's „. Programs that read .bib files, ours included, would take <b> for a tag and &lt; for
# a character, escaped or not. The expression starts with a set of characters because that makes the search fast.
_LIGATURES = pattern(
    "[\"!?‘'’–—<&-](?:(?<=[\"!?‘])(?=‘)|(?<=‘)(?=“)|(?<=['’])(?=['’”])|(?<=[-–—])(?=[-–—])"
    "|(?<=<)(?=[A-Za-z/])|(?<=&)(?=#?[A-Za-z0-9]+;))"
)
_SPECIAL = pattern(f"[{re.escape(''.join(_REPLACED))}\"!?`'-]")
# Characters that pdflatex has only in formulas.
_GREEK = r"""
    α \alpha β \beta γ \gamma δ \delta ε \varepsilon ζ \zeta η \eta θ \theta ϑ \vartheta ι \iota κ \kappa λ \lambda
    μ \mu ν \nu ξ \xi π \pi ϖ \varpi ρ \rho ϱ \varrho σ \sigma ς \varsigma τ \tau υ \upsilon φ \varphi χ \chi
    ψ \psi ω \omega Γ \Gamma Δ \Delta Θ \Theta Λ \Lambda Ξ \Xi Π \Pi Σ \Sigma Υ \Upsilon Φ \Phi Ψ \Psi Ω \Omega
"""
_SIGNS = r"""
    − - ≤ \leq ≥ \geq ≠ \neq ≈ \approx ≡ \equiv ≃ \simeq ≅ \cong ∼ \sim ∝ \propto ≪ \ll ≫ \gg ∈ \in ∞ \infty ∂ \partial
    ∇ \nabla ℓ \ell ℏ \hbar ⊙ \odot ⊕ \oplus ⊗ \otimes ⊥ \perp ∥ \parallel ∅ \emptyset ∩ \cap ∪ \cup ∧ \wedge ∨ \vee
    → \rightarrow ← \leftarrow ↔ \leftrightarrow ⇒ \Rightarrow ⇔ \Leftrightarrow ∑ \sum ∏ \prod ∫ \int ∀ \forall
    ∃ \exists ⋆ \star ′ \prime ⟨ \langle ⟩ \rangle
"""
_LETTERS = "".join(_GREEK.split()[::2])
_IN_FORMULAS = dict(zip((_GREEK + _SIGNS).split()[::2], (_GREEK + _SIGNS).split()[1::2], strict=True))
# A single set of characters is found fast.
_OF_FORMULA = pattern(f"[{''.join(_IN_FORMULAS)}]")
# Letters and signs become separate formulas: in one formula, our reader reads a sign next to a letter differently.
_FORMULA = pattern(f"([{_LETTERS}]+|[{''.join(_SIGNS.split()[::2])}])")
# Words in Greek need a font, not formulas.
_IN_GREEK = pattern(f"(?![{_LETTERS}])[\u0370-\u03ff\u1f00-\u1fff]|[{_LETTERS}]{{4}}")
# Subscripts and superscripts that are read back unchanged. There are no Latin letters in them, because next to one a
# minus would be read as a hyphen.
_SCRIPT = pattern(f"(?:[0-9+,.*/−]{{1,12}}|[0-9+,*−⊙⊕∞⋆ℓ{_LETTERS}]{{1,12}})")
_SCRIPTS = {Style.SUBSCRIPT: "_", Style.SUPERSCRIPT: "^"}
_COMMANDS = {
    Style.EMPHASIS: r"\emph",
    Style.STRONG: r"\textbf",
    Style.CODE: r"\texttt",
    Style.SMALL_CAPS: r"\textsc",
    Style.SUBSCRIPT: r"\textsubscript",
    Style.SUPERSCRIPT: r"\textsuperscript",
    Style.PROTECTED: "",
}


def latex(text: RichText) -> str:
    """Rich text as LaTeX."""
    parts = list(map(_inline, text))
    for at in range(1, len(parts)):
        # Before a digit, a dollar sign would be read as that of a price, as in Pandoc.
        if isinstance(text[at - 1], Math) and parts[at][0].isdigit():
            parts[at - 1] += "{}"
    return "".join(parts)


def _inline(inline: Inline) -> str:
    match inline:
        case Text(value):
            return escaped_text(value)
        case Styled(Style.SUBSCRIPT | Style.SUPERSCRIPT as style, (Text(value),)) if (
            not value.isascii() and _SCRIPT.fullmatch(value)
        ):
            return f"${_SCRIPTS[style]}{{{_in_formula(value)}}}$"
        case Math(source):
            return f"${source}$"
        case Linked(url, children):
            return rf"\href{{{_escaped_url(url)}}}{{{latex(children)}}}"
        case Styled(style, children):
            return f"{_COMMANDS[style]}{{{latex(children)}}}"


def escape(text: str) -> str:
    """Plain text as LaTeX."""
    # Most texts are only words and numbers.
    special = _SPECIAL.search(text)
    if not special:
        return text
    if not _LIGATURES.search(text, special.start()):
        return text.translate(_ESCAPES)
    cuts = [0, *(found.end() for found in _LIGATURES.finditer(text)), len(text)]
    return "{}".join(text[start:end].translate(_ESCAPES) for start, end in pairwise(cuts))


def escaped_text(text: str) -> str:
    """Plain text as LaTeX, with formulas for signs and for Greek letters that are not part of words."""
    if text.isascii() or not _OF_FORMULA.search(text) or _IN_GREEK.search(text):
        return escape(text)
    # Every second part is a formula.
    return "".join(_formula(part) if at % 2 else escape(part) for at, part in enumerate(_FORMULA.split(text)))


def _formula(characters: str) -> str:
    # BibTeX changes capitals in a title to small letters, but not in a group that begins with a command.
    found = _in_formula(characters)
    return f"${found}$" if found.islower() or len(found) == 1 else rf"\ensuremath{{{found}}}"


def _in_formula(characters: str) -> str:
    return "".join(_IN_FORMULAS.get(character, character) for character in characters)


def _escaped_url(url: str) -> str:
    return re.sub(r"([%#\\{}])", r"\\\1", url)
