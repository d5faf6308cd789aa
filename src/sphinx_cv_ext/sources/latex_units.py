r"""Chemistry and quantities: replaces ``\ce{H2O}`` and ``\SI{10}{\kelvin}`` with commands that need no package.

What mhchem and siunitx print is written with superscripts, subscripts and upright letters, which works both inside and
outside formulas.
"""

from __future__ import annotations

import re

from sphinx_cv_ext.model.patterns import pattern

_GROUP = r"\{((?:[^{}]|\{[^{}]*\})*+)\}"
_COMMAND = pattern(
    rf"\\(?<!\\\\)(?:(?:ce|ch){_GROUP}|(num|si|unit|ang)(?:\[[^\[\]{{}}]*\])?{_GROUP}"
    rf"|(?:SI|qty)(?:\[[^\[\]{{}}]*\])?{_GROUP}\s?{_GROUP}|(?:SI|qty)range(?:\[[^\[\]{{}}]*\])?{_GROUP}\s?{_GROUP}\s?{_GROUP})"
)


def spelled_out(latex: str) -> str:
    r"""The source without commands of mhchem and siunitx.

    >>> print(spelled_out(r"\ce{SO4^2-} at \SI{1e-3}{\meter\per\second}"))
    \mathrm{{SO_{4}^{2-}}} at 10^{-3}\,\mathrm{{m\,s^{-1}}}
    """
    return _COMMAND.sub(_said, latex) if "\\" in latex else latex


def _said(command: re.Match[str]) -> str:
    formula, kind, alone, number, unit, start, end, its_unit = command.groups()
    if formula is not None:
        return _upright(_chemistry(formula))
    if number is not None:
        return _quantity(_number(number), unit)
    if start is not None:
        return _quantity(f"{_number(start)}–{_number(end)}", its_unit)
    if kind == "ang":
        return "".join(f"{part}{sign}" for part, sign in zip(alone.split(";"), "°′″", strict=False) if part.strip())
    return _number(alone) if kind == "num" else _upright(_unit(alone))


def _upright(latex: str) -> str:
    # The inner braces protect the case of letters outside formulas.
    return rf"\mathrm{{{{{latex}}}}}" if latex else ""


# --- numbers and units -----------------------------------------------------------------------------------

_NUMBER = pattern(r"(?P<digits>[^eEdD]*?)[eEdD](?P<power>[+-]?\d+)")


def _quantity(number: str, unit: str) -> str:
    said = _unit(unit)
    return number + said if said in _CLOSE or not said else rf"{number}\,{_upright(said)}"


def _number(text: str) -> str:
    text = text.replace("+-", r"\pm ").strip()
    found = _NUMBER.fullmatch(text)
    if not found:
        return text
    power = f"10^{{{found['power'].removeprefix('+')}}}"
    digits = found["digits"].strip()
    return power if digits in ("", "1") else rf"{digits}\times {power}"


_PREFIXES = {
    "quecto": "q", "ronto": "r", "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p", "nano": "n",
    "micro": r"\mu ", "milli": "m", "centi": "c", "deci": "d", "deca": "da", "deka": "da", "hecto": "h", "kilo": "k",
    "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E", "zetta": "Z", "yotta": "Y",
}  # fmt: skip
_UNITS = {
    name: sign
    for names, sign in {
        "ampere": "A", "angstrom": "Å", "arcminute": "′", "arcsecond": "″", "astronomicalunit": "au", "barn": "b",
        "becquerel": "Bq", "bel": "B", "candela": "cd", "coulomb": "C", "dalton": "Da", "day": "d", "decibel": "dB",
        "degree": "°", "degreeCelsius celsius": "°C", "electronvolt": "eV", "farad": "F", "gram": "g", "gray": "Gy",
        "hectare": "ha", "henry": "H", "hertz": "Hz", "hour": "h", "joule": "J", "katal": "kat", "kelvin": "K",
        "kilogram": "kg", "liter litre": "L", "lumen": "lm", "lux": "lx", "meter metre": "m", "minute": "min",
        "mole": "mol", "neper": "Np", "newton": "N", "ohm": r"\Omega ", "pascal": "Pa", "percent": r"\%",
        "radian": "rad", "second": "s", "siemens": "S", "sievert": "Sv", "steradian": "sr", "tesla": "T", "tonne": "t",
        "um": r"\mu m", "volt": "V", "watt": "W", "weber": "Wb",
    }.items()
    for name in names.split()
}  # fmt: skip
# Units that are written without a space after the number. (A unit that is in no table, such as \GeV, is its own sign.)
_CLOSE = (r"\%", "°", "′", "″")
_POWERS = {"square": "2", "cubic": "3", "squared": "2", "cubed": "3"}
_UNIT_TOKEN = pattern(r"\\(?P<name>[A-Za-z]+)\s*(?:\{(?P<argument>[^{}]*)\})?|(?P<text>(?:[^\\]|\\[^A-Za-z])+|\\)")
_WRITTEN_POWER = pattern(r"\^\s*\{?(-?\d+)\}?")


def _unit(latex: str) -> str:
    found: list[list[str]] = []  # of each unit the symbol and the power
    prefix, power, sign = "", "", ""
    for token in _UNIT_TOKEN.finditer(latex):
        name = token["name"]
        if name == "per":
            sign = "-"
        elif name in ("square", "cubic"):
            power = _POWERS[name]
        elif name in ("squared", "cubed", "tothe") and found:
            found[-1][1] = found[-1][1].replace("1", "") + (_POWERS.get(name) or token["argument"] or "")
        elif name == "raiseto":
            power = token["argument"] or ""
        elif name in _PREFIXES:
            prefix = _PREFIXES[name]
        else:
            symbol = _UNITS.get(name, name) if name else _written(token["text"])
            if symbol.startswith("^") and found:
                found[-1][0] += symbol
            elif symbol:
                found.append([prefix + symbol, sign + (power or ("1" if sign else ""))])
                prefix, power, sign = "", "", ""
    return r"\,".join(symbol + (f"^{{{power}}}" if power else "") for symbol, power in found)


def _written(unit: str) -> str:
    """A unit in letters, such as ``m.s^-1``."""
    return _WRITTEN_POWER.sub(
        r"^{\1}", re.sub(r"(?<!\\)%", r"\\%", unit.strip(". ~")).replace(".", r"\,").replace("~", r"\,")
    )


# --- chemistry -------------------------------------------------------------------------------------------

_ARROWS = {"<=>": r"\rightleftharpoons", "<->": r"\leftrightarrow", "->": r"\to", "<-": r"\leftarrow"}
_CHEMISTRY = pattern(
    r"""
      (?P<script> [\^_] \s*
        (?: \{ (?P<braced> [^{}]* ) \} | (?P<charge> \d*[+-] ) | (?P<figures> \d+ ) | (?P<letter> \w ) ) )
    | (?P<arrow> \s*(?:<=>|<->|->|<-)\s* )
    | (?P<count> (?<=[A-Za-z)\]}])\d+ )
    | (?P<sign> (?<=[A-Za-z0-9)\]}])[+-](?=$|[\s)\]]) )
    | (?P<dot> (?<=\w)\s?[.*]\s?(?=\w) )
    | (?P<space> \s+ )
    | (?P<dollar> \$ )
    | (?P<command> \\[A-Za-z]+\s* )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)


def _chemistry(formula: str) -> str:
    found = []
    for token in _CHEMISTRY.finditer(formula.strip()):
        whole = token[0]
        match token.lastgroup:
            case "script":
                content = next(filter(None, token.group("braced", "charge", "figures", "letter")), "")
                found.append(f"{whole[0]}{{{content}}}")
            case "arrow":
                found.append(rf"\ {_ARROWS[whole.strip()]}\ ")
            case "count":
                found.append(f"_{{{whole}}}")
            case "sign":
                found.append(f"^{{{whole}}}")
            case "dot":
                found.append(r"\cdot ")
            case "space":
                found.append(r"\ ")
            case "dollar":
                pass
            case _:
                found.append(whole)
    return "".join(found)
