r"""Rewrites LaTeX formulas so that docutils can parse them.

docutils rejects plain TeX's ``\rm`` and ``\over``, a script at the beginning as in ``^{12}\mathrm{C}``, commands of
many packages and most Unicode symbols; and it reads ``\sin^22x`` as a power of twenty-two.
"""

from __future__ import annotations

import re

from sphinx_cv_ext.model.patterns import pattern

# Commands that change the font of everything after them in a group.
_SWITCHES = {
    "bf": "mathbf",
    "cal": "mathcal",
    "it": "mathit",
    "rm": "mathrm",
    "sc": "mathrm",
    "sf": "mathsf",
    "sl": "mathit",
    "tt": "mathtt",
}
_STACKS = {"over": r"\frac{", "choose": r"\binom{"}
_UPRIGHT = "alpha beta gamma delta mu nu pi rho sigma tau chi psi omega"
# Commands that print nothing themselves. A group in braces after one is kept.
_SILENT = """
    Big Bigg Biggm Bigm big bigg biggm bigm displaystyle ensuremath mathbin mathop mathord mathrel mathstrut middle
    nolimits nonumber protect relax strut textstyle xspace
"""
_COMMANDS = {
    "AA": "Å",
    "Bbb": r"\mathbb",
    "bm": r"\boldsymbol",
    "degree": r"{}^\circ",
    "dots": r"\ldots",
    "frak": r"\mathfrak",
    "iff": r"\Longleftrightarrow",
    "mathbbm": r"\mathbb",
    "mathds": r"\mathbb",
    "mathup": r"\mathrm",
    "nicefrac": r"\frac",
    "operatorname": r"\mathrm",
    "sfrac": r"\frac",
    "slashed": r"\not",
    "stackrel": r"\overset",
    **{f"up{name}": rf"\{name}" for name in _UPRIGHT.split()},
    **dict.fromkeys(_SILENT.split(), " "),
}
_BRACKETS = {
    "bra": (r"\langle ", "|"),
    "ket": ("|", r"\rangle "),
    "braket": (r"\langle ", r"\rangle "),
    "substack": (r"\begin{matrix}", r"\end{matrix}"),
}
_IN_TEXT = {"--": "–", "~": "\u00a0", r"\ ": " ", r"\,": "\u2009", r"\AA": "Å"}
# The ASCII characters that docutils rejects.
_REFUSED = frozenset('"#%$')

_TOKEN = pattern(
    r"""
      (?P<text> \\(?:text(?:rm|it|bf|sf|tt|sc|sl|up|md|normal)?|[mh]box|emph)\s*
        \{ (?P<words> (?:[^{}]|\{[^{}]*\})* ) \} )
    | (?P<bracket> \\(?P<kind>bra|ket|braket|substack)\s*\{ )
    | (?P<fraction> \\(?P<of>[dt]?(?:frac|binom)|nicefrac|sfrac)\s*(?P<above>\d)\s*(?P<below>\d) )
    | (?P<digit> (?<=\D)[_^]\s*\d(?=[\d.,]) )
    | (?P<left> \\left(?![A-Za-z])\s*(?:\\[A-Za-z]+\s*|\\?.) )
    | (?P<right> \\right(?![A-Za-z])\s*>? )
    | (?P<function> \\operatorname\s*\*?\s*(?=\{[A-Za-z]+\}) )
    | (?P<colour> \\(?:text)?color\s*(?:\[[^\[\]{}]*\]\s*)?\{[^{}]*\} )
    | (?P<negated> \\(?:not|slashed)(?:\s*\\!)+ )
    | (?P<command> \\(?P<name>[A-Za-z]+)(?:(?<=\\operatorname)\*)?(?P<after>\s*) )
    | (?P<script> [_^] )
    | (?P<primes> '+(?!\s*\^) )
    | (?P<open> \{ )
    | (?P<close> \} )
    | (?P<space> [ \n]+ )
    | (?P<symbol> \\. )
    | (?P<character> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_TEXT_TOKEN = pattern(r"--|~|\\[ ,]|\\(?:AA|bf|it|rm|sc|sf|sl|tt)(?![A-Za-z])\s*|\\(?=[%&#_])|[{}]")


class _Group:
    """A group in braces: the index in the output where it starts, and text to be added before it ends."""

    def __init__(self, start: int, close: str = "") -> None:
        self.start = start
        self.close = close


def readable(latex: str) -> str:
    r"""The formula, written with commands that docutils knows.

    >>> print(readable(r"^{12}{\rm C}"), readable(r"{1 \over 2}x"), readable("f'±1"))
    {}^{12}{\mathrm{C}} {\frac{1 }{2}}x f^{\prime }\text{±}1
    """
    found: list[str] = []
    groups = [_Group(0)]
    for token in _TOKEN.finditer(latex):
        group = groups[-1]
        match token.lastgroup:
            case "open" | "bracket" | "left":
                before, close = _BRACKETS.get(token["kind"], ("", ""))
                found.append(token[0].replace("<", r"\langle ") if token["left"] else "{" + before)
                groups.append(_Group(len(found), close))
            case "close" | "right":
                found.append(group.close + token[0].replace(">", r"\rangle "))
                groups = groups[:-1] or [_Group(len(found))]
            case "command" if font := _SWITCHES.get(token["name"]):
                found.append(rf"\{font}")
                # To TeX ``\rm{x}`` changes everything that follows, but whoever writes it means x alone.
                if token["after"] or not latex.startswith("{", token.end()):
                    found.append("{")
                    group.start, group.close = len(found), "}" + group.close
            case "command" if stack := _STACKS.get(token["name"]):
                found.insert(group.start, stack)
                found.append("}{")
                group.start, group.close = len(found), "}" + group.close
            case "command" if (known := _COMMANDS.get(token["name"])) is not None:
                found.append(known + token["after"])
            case "script" | "digit" | "primes" if len(found) == group.start:  # docutils takes what comes before
                found.append(r"\prime " * len(token[0]) if token["primes"] else "{}" + _said(token))
            case _:
                found.append(_said(token))
    return "".join([*found, *(group.close for group in reversed(groups))])


def _said(token: re.Match[str]) -> str:
    whole = token[0]
    match token.lastgroup:
        case "text":
            words = _TEXT_TOKEN.sub(lambda found: _IN_TEXT.get(found[0].rstrip() or found[0], ""), token["words"])
            return rf"\text{{{words}}}"
        case "fraction":
            return rf"\{token['of']}{{{token['above']}}}{{{token['below']}}}"
        case "digit":
            return f"{whole[0]}{{{whole[-1]}}}"
        case "function":
            return r"\operatorname"
        case "colour":
            return " "
        case "negated":
            return r"\not "
        case "primes":
            return "^{" + r"\prime " * len(whole) + "}"
        case "character" if whole == "~" or whole.isspace():
            return r"\ "
        case "character" if whole in _REFUSED or not (whole.isascii() or whole.isalnum()):
            return rf"\text{{{whole}}}"
    return whole
