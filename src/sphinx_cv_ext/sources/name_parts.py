"""The parts of one name: the family name, the given name, a particle and a suffix."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sphinx_cv_ext.diagnostics import Code
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import FIRST_EAST_ASIAN, Name
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.masks import COMMA, NOT_PLAIN, Masked

Guess = Callable[[Code, str, str], None]
"""Notes something that had to be guessed, with the arguments of a `Diagnostic` after its place."""

EXTENDED = pattern(
    r"\s*\"?\s*(?:(?:family|given|prefix|suffix)(?:-i)?|useprefix|sortingnamekeytemplatename|uniquenametemplatename"
    r"|id|hash|gender)\s*=",
    re.IGNORECASE,
)
"""How a name in biblatex's extended form begins."""
_KEY = pattern(r"\s*\"?\s*([A-Za-z-]+)\s*=\s*(.*)", re.DOTALL)
_SUFFIX = pattern(r"(?i:jr|sr|jnr|snr)\.?|I{2,3}|IV")
_SUFFIX_IN_COMMAS = pattern(r"(?i:jr|sr|jnr|snr|esq)\.?|I{1,3}|IV|VI{0,3}|\d(?:st|nd|rd|th)|Ph\. ?D\.|PhD|M\.?D\.?")
_STOP_LAST = pattern(r"\.$")
_INITIALS_LAST = pattern(r"(?:[^\W\d_a-z]\.-?)+")
_FAMILY_WORD = pattern(r"[^\W\d_](?:[^\W\d_]|['’‐-]|\\.|[{}])+")
_DBLP_NUMBER = pattern(r"\d{4}")
# Not "Corp" without a stop, which is a family name.
_LEGAL_FORMS = r"(?:inc|ltd)\.?|corp\.|incorporated|limited|llc|llp|gmbh"
_GROUP = pattern(
    r"(?i:collaborations?|consortium|university|institute|corporation|foundation|association|laborator(?:y|ies)"
    rf"|{_LEGAL_FORMS})"
)
# As in "R Core Team" and "Example Working Group"; alone, the second word may be a family name.
_TEAMS = frozenset({"Team", "Group"})
_OF_TEAM = frozenset({"Core", "Development", "Research", "Study", "Working"})
# Not "Co", "AG" or "SA", which are names or initials, too.
LEGAL_FORM = pattern(rf"(?i:(?:co|pty|pvt)\.,? )?(?i:{_LEGAL_FORMS})")
"""What stands after the last comma in the name of a company, as in ``Example Co., Ltd.``."""
_EAST_ASIAN = pattern(
    "[ ・\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff]+"
)
# Foreign names, which are written in katakana alone, keep their own order.
_KATAKANA = pattern("[ ・\u30a0-\u30ff]+")


def read_name(piece: Masked, guess: Guess) -> Name | None:
    """Read one name; None if it has no letter. ``guess`` is told what had to be guessed."""
    return _extended(piece) if EXTENDED.match(piece.mask) else _in_commas(piece.words_by_comma(), piece, guess)


def _extended(piece: Masked) -> Name | None:
    """Read ``family=Wen, given=Wei``; see biblatex's manual, section 3.4 "Name Formats in Data Files"."""
    values: dict[str, list[str]] = {}
    key = ""
    for part in piece.split(COMMA):
        match = _KEY.fullmatch(part.source)
        if match:
            key = match[1].lower()
        values.setdefault(key, []).append((match[2] if match else part.source).strip().strip('"'))

    def value(key: str) -> str:
        return " ".join(decode_plain(", ".join(values.get(key, ()))).split())

    return _name(value("family"), value("given"), value("prefix"), value("suffix"))


def _in_commas(parts: list[list[str]], piece: Masked, guess: Guess) -> Name | None:
    """Read a name; the number of commas tells which form it has."""
    match parts:
        case []:
            return None
        case [words]:
            return _first_von_last(words)
        case [*_, last] if LEGAL_FORM.fullmatch(plain(last)):
            if len(parts) > 3:
                _tell_commas(parts, piece, guess, "it is read as the name of a company")
            return _name(", ".join(map(plain, parts)))
        case [family, given]:
            if len(family) > 1 and _is_suffix(given):
                return _first_von_last(family, plain(given))
            if len(family) == 1 and _GROUP.fullmatch(family[0]):
                return _name(plain([*given, *family]))
            return _von_last(family, plain(_without_number(given)))
        case [family, suffix, given]:
            if _is_suffix(given) and not _is_suffix(suffix):
                suffix, given = given, suffix
            return _von_last(family, plain(given), plain(suffix))
    _tell_commas(parts, piece, guess, "what follows the second is the given name")
    return _von_last(parts[0], ", ".join(filter(None, map(plain, parts[2:]))), plain(parts[1]))


def _tell_commas(parts: list[list[str]], piece: Masked, guess: Guess, fallback: str) -> None:
    problem = f"the name {shortened(piece.source)} has {len(parts) - 1} commas, but two at most have a meaning"
    guess(Code.NAME_COMMAS, problem, fallback)


def _first_von_last(words: list[str], suffix: str = "") -> Name | None:
    words = _without_number(words)
    words, own_suffix = _without_suffix(words)
    suffix = ", ".join(filter(None, (own_suffix, suffix)))
    text = plain(words)
    if len(words) > 1 and (_GROUP.fullmatch(words[-1]) or (words[-1] in _TEAMS and words[-2] in _OF_TEAM)):
        return _name(text)
    if text >= FIRST_EAST_ASIAN and _EAST_ASIAN.fullmatch(text) and not _KATAKANA.fullmatch(text):
        return _name(plain(words[:1]), plain(words[1:]), "", suffix)
    if _STOP_LAST.search(words[-1]) and (family := before_initials(words)):
        return _von_last(words[:family], plain(words[family:]), suffix)
    lower = [place for place, word in enumerate(words[:-1]) if _is_lower(word)]
    start, end = (lower[0], lower[-1] + 1) if lower else (len(words) - 1, len(words) - 1)
    return _name(plain(words[end:]), plain(words[:start]), plain(words[start:end]), suffix)


def before_initials(words: list[str]) -> int:
    """The number of words before the initials at the end of ``Smith J. A.``; 0 if they are not a family name."""
    end = len(words)
    while end and _INITIALS_LAST.fullmatch(words[end - 1]):
        end -= 1
    # "de la Cruz M." is a person, but "Verein der Freunde e. V." is not.
    capital = next((place for place, word in enumerate(words[:end]) if not _is_lower(word)), end)
    is_family = all(map(_FAMILY_WORD.fullmatch, words[:end])) and not any(map(_is_lower, words[capital:end]))
    return end if is_family and capital < end < len(words) else 0


def _von_last(words: list[str], given: str, suffix: str = "") -> Name | None:
    words = _without_number(words)
    if not suffix:
        words, suffix = _without_suffix(words)
    end = max(len(words) - 1, 0)
    while end and not _is_lower(words[end - 1]):
        end -= 1
    return _name(plain(words[end:]), given, plain(words[:end]), suffix)


def _name(family: str, given: str = "", particle: str = "", suffix: str = "") -> Name | None:
    """Make a name. Without a family name, the first of the other parts takes its place."""
    if family:
        return Name(family, given, particle, suffix)
    only = next(filter(None, (given, particle, suffix)), "")
    return Name(only) if only else None


def _without_number(words: list[str]) -> list[str]:
    return words[:-1] if len(words) > 1 and _DBLP_NUMBER.fullmatch(words[-1]) else words


def _without_suffix(words: list[str]) -> tuple[list[str], str]:
    if len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        return words[:-1], words[-1]
    return words, ""


def _is_suffix(words: list[str]) -> bool:
    return _SUFFIX_IN_COMMAS.fullmatch(plain(words)) is not None


# A group in braces, in which BibTeX ignores the case of letters; not one such as ``{\'E}`` nor a command's argument.
_CASELESS_GROUP = pattern(r"(?<![A-Za-z\\'\"`^~=.])\{(?!\\)[^{}]*\}")


def _is_lower(word: str) -> bool:
    """Whether a word is a particle: its first letter outside braces is a small one."""
    if NOT_PLAIN.search(word):
        word = decode_plain(_CASELESS_GROUP.sub("", word))
    first = next(filter(str.isalpha, word), "")
    # Georgian is written without capitals, although Unicode has some.
    return first.islower() and not "\u10d0" <= first <= "\u10ff"


def plain(words: Sequence[str]) -> str:
    """Decode words to text with single spaces."""
    text = decode_plain(" ".join(words))
    # ADS escapes the braces around an accent, as in Kova\{{\v{c}}\}i. No real name has braces.
    return " ".join((text.replace("{", "").replace("}", "") if "{" in text or "}" in text else text).split())


def shortened(source: str) -> str:
    """The beginning of ``source``, for a message."""
    return repr(source if len(source) <= 60 else f"{source[:59]}…")
