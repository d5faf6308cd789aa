"""Formulas: whether dollar signs enclose one, and which are so simple that they become text."""

from __future__ import annotations

import re

from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.text import Inline, Math, Style, Styled, rich
from sphinx_cv_ext.sources.characters import cleaned, without_entities
from sphinx_cv_ext.sources.latex_tables import GREEK, MATH_SYMBOLS, SYMBOLS, UNSAFE_MATH

_MATH_MARKUP = pattern(r"[\\^_=]")
_PROSE = pattern(r"[^\W\d_]{2,}[\s,;:.]+[^\W\d_]{2,}|^\d[\d.,]*[^\\^_=]*\s[^\W\d_]{2,}")
_SIGNS = {"<": "<", ">": ">", "=": "=", "+": "+", "-": "−", "*": "*", "/": "/", "|": "|", "'": "′"}


def is_formula(inside: str, after: str) -> bool:
    """Whether two dollar signs with ``inside`` between them enclose a formula, rather than being two prices.

    As in Pandoc's ``tex_math_dollars`` no digit may follow the closing one, and no blank may stand inside next to
    either. Blanks are allowed, though, where the text cannot be anything but a formula.
    """
    inside = cleaned(inside)
    stripped = inside.strip()
    if not stripped:
        return False
    padded = inside[0].isspace() or inside[-1].isspace()
    prose = _PROSE.search(stripped) is not None
    if _MATH_MARKUP.search(stripped) and not (after.isdigit() and inside[0].isdigit()):
        return not (padded and prose)
    if after.isdigit() and stripped not in _SIGNS:
        return False
    return not prose and inside[0].isspace() == inside[-1].isspace()


_FONT = pattern(r"\\(?:rm|it|bf|sf|text|textrm|textit|textnormal|mathrm|mathit|mathsf|mathbf|mbox|operatorname)\b\s*")
_SCRIPT = pattern(r"(?:\{\})?\s*([\^_])\s*(\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\\[A-Za-z]+\s*(?:\{[^{}]*\})?|[^\\{}])")
_MINUS = pattern(r"(?<![A-Za-z])-(?![A-Za-z])")
_PLAIN_SCRIPT = pattern(r"[A-Za-z0-9+\-.,*/†‡§¶ ]{1,12}")
_MATH_TOKEN = pattern(
    r"""\\(?P<command>[A-Za-z]+)\s*(?:\{\})? | \\(?P<symbol>[%&\#$_{},;\ ])
      | (?P<sign>[<>=+\-*/|']) | (?P<number>\d[\d.,]*) | (?P<space>[\s~]+)""",
    re.VERBOSE,
)
# Only Greek letters, one sign, a number, a sign with a number, "5%", "10×".
_SIMPLE_SHAPES = pattern(r"g+|sn?%?|n[%s]?")
_MATH_COMMAND = pattern(r"\\([A-Za-z]+)")


def read_formula(latex: str) -> list[str | Inline]:
    """The parts for a formula: `Math`, or text for a single sign, number, Greek word, superscript or subscript."""
    latex = cleaned(without_entities(latex)).strip(" ")
    if latex.endswith("\\") and len(latex) - len(latex.rstrip("\\")) & 1:
        # It was a command, "\\ ".
        latex += " "
    script = _SCRIPT.fullmatch(latex)
    if script:
        return _script(script) or [Math(latex)]
    simple = _simple_formula(latex)
    if simple is not None:
        return [simple]
    if "^^" in latex or any(command[1] in UNSAFE_MATH for command in _MATH_COMMAND.finditer(latex)):
        return [latex.replace("'", _SIGNS["'"])]
    return [Math(latex)] if latex else []


def _script(script: re.Match[str]) -> list[str | Inline]:
    """A superscript or subscript of a few characters as styled text; empty if it is more than that."""
    mark, latex = script[1], _FONT.sub("", script[2])
    content = _MATH_COMMAND.sub(_character_of_command, latex.replace("{", "").replace("}", "")).strip()
    if mark == "^" and content in ("∘", "°"):
        return ["°"]
    if mark == "^" and content in ("′", "′′"):
        return [content]
    if "\\" in content or not (_PLAIN_SCRIPT.fullmatch(content) or all(map(_is_sign, content))):
        return []
    style = Style.SUPERSCRIPT if mark == "^" else Style.SUBSCRIPT
    return [Styled(style, rich(_MINUS.sub("−", content)))] if content else []


def _is_sign(character: str) -> bool:
    return character.isalnum() or character in "+-,*∗⋆†‡⊙∞⊕ "


def _character_of_command(command: re.Match[str]) -> str:
    name = command[1]
    return GREEK.get(name) or MATH_SYMBOLS.get(name) or SYMBOLS.get(name) or command[0]


def _simple_formula(latex: str) -> str | None:
    """The characters of a formula in one of `_SIMPLE_SHAPES`; None for any other formula."""
    shape, characters, end = "", "", 0
    while end < len(latex) and len(shape) <= 12:
        token = _MATH_TOKEN.match(latex, end)
        if not token:
            return None
        end = token.end()
        kind, character = _math_character(token)
        if not kind:
            return None
        shape += kind.strip()
        characters += character
    return characters if end == len(latex) and _SIMPLE_SHAPES.fullmatch(shape) else None


def _math_character(token: re.Match[str]) -> tuple[str, str]:
    """The kind of a token, as in `_SIMPLE_SHAPES` (g: Greek, s: sign, n: number), and its character."""
    if name := token["command"]:
        if name in GREEK:
            return "g", GREEK[name]
        sign = MATH_SYMBOLS.get(name) or SYMBOLS.get(name)
        return ("s", sign) if sign else ("", "")
    if token["sign"]:
        return "s", _SIGNS[token["sign"]]
    if token["number"]:
        return "n", token["number"]
    if token["space"]:
        return " ", ""
    symbol = token["symbol"]
    return ("%" if symbol == "%" else " " if symbol in ",; " else "s"), ("" if symbol in ",; " else symbol)
