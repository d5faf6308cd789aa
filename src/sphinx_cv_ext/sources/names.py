"""Lists of names in one field, as BibTeX and biblatex define them, and as people write them who do not know the rules.

Separators are searched for on a mask: a string of the same length in which everything that braces, commands or entities
keep together is blotted out, so that only separators at the top level are found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import FIRST_EAST_ASIAN, Name, once_per_name
from sphinx_cv_ext.model.text import Style
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.latex_tables import STYLE_COMMANDS, STYLE_SWITCHES


@frozen
class ReadName:
    """One name of a list, and the marks such as ``*†`` that were typed into it."""

    name: Name
    marks: str = ""


def parse_names(source: str, location: Location, report: Report) -> tuple[tuple[ReadName, ...], bool]:
    r"""Read a BibTeX name list: the names, and whether it ends in ``and others`` or ``et al.``.

    The rules are BibTeX's, as explained in section 11 of Nicolas Markey's "Tame the BeaST", and biblatex's
    ``family=…, given=…``. We add some of our own: the letter in ``\v{c}`` has its own case; ``Jr`` and roman numerals
    are a suffix even without a comma, and initials at the end, as in ``Smith J. A.``, are the given name; names in
    Chinese, Japanese or Korean letters have the family name first; a collaboration is one family name; the number that
    DBLP adds to equal names is dropped; a command for the look of a name, such as ``\textbf``, does not keep it
    together. Any white space or tie within a name becomes a single space.

    What has to be guessed is reported: an empty name, too many commas, semicolons, commas or ampersands between names.
    No string is refused.
    """
    pieces = _pieces(_without_looks(source))
    in_natural_order = bool(pieces) and not _COMMA.search(_masked(pieces[-1]).mask)
    names: list[ReadName] = []
    others = False
    for piece in pieces:
        read, cut, guesses = _read_piece(piece, in_natural_order)
        names += read
        others = others or cut
        for code, problem, fallback in guesses:
            report(Diagnostic(code, location, problem, fallback))
    return tuple(names), others


def parse_groups(source: str) -> list[str]:
    """The names of groups, as plain text. ``and``, commas and semicolons separate them, but not within braces."""
    return [name for part in _masked(source).split(_BETWEEN_GROUPS) if (name := _plain([part.source]))]


_Guess = Callable[[Code, str, str], None]


def _pieces(source: str) -> list[str]:
    """The text between one ``and`` and the next, stripped; no pieces for an empty list."""
    pieces = [piece.strip(_BLANKS) for piece in _AND.split(source.strip(_BLANKS))]
    # If the braces of each piece are balanced, no group contains an "and". Otherwise the whole list has to be masked.
    if not all(map(_WHOLE.fullmatch, pieces)):
        pieces = [piece.source for piece in _masked(source).strip().split(_AND)]
    return pieces if len(pieces) > 1 or pieces[0] else []


@once_per_name
def _read_piece(
    source: str, in_natural_order: bool
) -> tuple[tuple[ReadName, ...], bool, tuple[tuple[Code, str, str], ...]]:
    """Read the text between two ``and``: its names, whether it names others ("et al."), and what had to be guessed.

    ``in_natural_order`` is true if the last piece of the list has no comma. Then a comma at the end of another piece
    shows that its commas separate names.
    """
    piece = _masked(source)
    fewest = 2 if in_natural_order and piece.mask.endswith(",") else 3
    guesses: list[tuple[Code, str, str]] = []

    def guess(code: Code, problem: str, fallback: str) -> None:
        guesses.append((code, problem, fallback))

    names: list[ReadName] = []
    others = False
    for name in _single_names(piece, fewest, guess):
        rest, cut = _without_others(name)
        others = others or cut
        if cut and not rest.source:
            continue
        read = _read_name(rest, guess)
        if read:
            names.append(read)
        else:
            guess(Code.NAME_EMPTY, "a name in the list is empty", "it is left out")
    return tuple(names), others, tuple(guesses)


# --- masks ------------------------------------------------------------------------------------------------

_BLOT = "\x00"
_KEPT_TOGETHER = pattern(
    r"""\\[A-Za-z]+(?:[ \t\r\n]+(?!(?i:and|others|et)\b)(?=[^\s,;{}\\\x00]))?  # \o and the blank that ends it
      | \\.
      | &(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});""",
    re.VERBOSE | re.DOTALL,
)
_BRACES = pattern(r"\\.|[{}]", re.DOTALL)
# Without any of these characters, nothing is kept together.
_NOT_PLAIN = pattern(r"[\\{&]")
_BLANKS = " \t\r\n"
_EDGES = f"{_BLANKS}~"
_PAIRED = r"[^{}]*+"
for _ in range(2):
    _PAIRED = rf"[^{{}}]*+(?:(?<!\\)\{{{_PAIRED}(?<!\\)\}}[^{{}}]*+)*+"
# Balanced braces, none of them escaped, no escaped space at the end, and no ties around it.
_WHOLE = pattern(rf"(?!~){_PAIRED}(?<![\\~])")


_SCRIPTS = (Style.SUBSCRIPT, Style.SUPERSCRIPT)
_LOOKS = "|".join(name for name, style in STYLE_COMMANDS.items() if style not in _SCRIPTS)
_SWITCHES = "|".join(STYLE_SWITCHES)
_LOOK = pattern(
    rf"""(?<!\\[A-Za-z])\\(?:(?:{_LOOKS}|text(?:rm|sf|md|up|normal)|underline|uline|ul|hl)
        |(?:href|textcolor)\s*\{{[^{{}}]*\}})\s*\{{(?P<argument>{_PAIRED})(?<!\\)\}}
      | (?<![A-Za-z\\])\{{\s*\\(?:{_SWITCHES}|color\s*\{{[^{{}}]*\}})(?![A-Za-z])\s*
        (?P<rest>{_PAIRED})(?<!\\)\}}""",
    re.VERBOSE,
)
_WORD_COMMAND = pattern(r"\\[a-z]{2}")
_OPEN_COMMAND = pattern(r"\\[A-Za-z]+$")


def _without_looks(source: str) -> str:
    r"""Remove commands such as ``\textbf{…}`` and ``{\bf …}``, which are not part of a name, but keep their content."""
    for _ in range(3):
        # Most names have no commands but accents, which are a single character.
        if not _WORD_COMMAND.search(source):
            break
        source = _LOOK.sub(_held, source)
    return source


def _held(match: re.Match[str]) -> str:
    text = match["argument"] if match["argument"] is not None else match["rest"]
    return f"{text}{{}}" if _OPEN_COMMAND.search(text) else text


class _Masked(NamedTuple):
    """LaTeX source, and its mask."""

    source: str
    mask: str

    def strip(self, start: int = 0, end: int | None = None, edges: str = _EDGES) -> _Masked:
        """From ``start`` to ``end``, without ``edges`` at both ends, except those that belong to a command."""
        part = self.mask[start:end]
        mask = part.strip(edges)
        start += part.find(mask)
        return _Masked(self.source[start : start + len(mask)], mask)

    def split(self, separator: re.Pattern[str]) -> list[_Masked]:
        """Split the source where its mask has separators; the parts are stripped and may be empty."""
        parts, start = [], 0
        for match in separator.finditer(self.mask):
            parts.append(self.strip(start, match.start()))
            start = match.end()
        return [*parts, self.strip(start)]

    def words(self) -> list[str]:
        """The words, which white space and ties separate."""
        return [self.source[slice(*word.span())] for word in _WORD.finditer(self.mask)]

    def words_by_comma(self) -> list[list[str]]:
        """The words, in a list for each part between commas; empty parts at the end are dropped."""
        parts: list[list[str]] = [[]]
        for word in _WORD_OR_COMMA.finditer(self.mask):
            if word[1]:
                parts.append([])
            else:
                parts[-1].append(self.source[slice(*word.span())])
        while parts and not parts[-1]:
            parts.pop()
        return parts


_NOTHING = _Masked("", "")


def _masked(source: str) -> _Masked:
    """Mask ``source``; a brace without a partner keeps nothing together."""
    if not _NOT_PLAIN.search(source):
        return _Masked(source, source)
    outermost: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in _BRACES.finditer(source):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            start = opened.pop()
            while outermost and outermost[-1][0] > start:
                outermost.pop()
            outermost.append((start, match.end()))
    mask: list[str] = []
    at = 0
    for start, end in outermost:
        mask += source[at:start], _BLOT * (end - start)
        at = end
    mask.append(source[at:])
    return _Masked(source, _KEPT_TOGETHER.sub(_blot, "".join(mask)))


def _blot(match: re.Match[str]) -> str:
    return _BLOT * len(match[0])


def _plain(words: Sequence[str]) -> str:
    """Decode words to text with single spaces."""
    text = decode_plain(" ".join(words))
    # ADS escapes the braces around an accent, as in Kova\{{\v{c}}\}i. No real name has braces.
    return " ".join((text.replace("{", "").replace("}", "") if "{" in text or "}" in text else text).split())


# --- from a list to single names --------------------------------------------------------------------------

_AND = pattern(r"[aA](?<!\S.)[nN][dD](?!\S)")
_SEMICOLON = pattern("[;；、]")
_COMMA = pattern("[,，]")
_BETWEEN_GROUPS = pattern(rf"{_AND.pattern}|{_SEMICOLON.pattern}|{_COMMA.pattern}")
# Between the last two names of a list that was copied from a reference: "Smith, A., & Jones, B.". The mask has zeros
# for "\&" and "&amp;", too.
_AMPERSAND = pattern(r"\s(?:&|\x00\x00|\x00{5})(?=\s)")
_AMPERSANDS = frozenset({"&", r"\&", "&amp;"})
_HAS_INITIAL = pattern(r"[^\W\d_a-z]\}*\.")
# What does not match is a single name: it has no ampersand or semicolon, and at most one comma, without initials on
# both sides of it.
_MAY_BE_MANY = pattern(
    rf"{_SEMICOLON.pattern}|{_COMMA.pattern}.*{_COMMA.pattern}|^[^\W\d_a-z][a-z]?\..*{_COMMA.pattern}"
    rf"|\.[\s~]*{_COMMA.pattern}.*\.$|{_AMPERSAND.pattern}",
    re.DOTALL,
)
_WORD = pattern(r"[^\s~]+")
_WORD_OR_COMMA = pattern(rf"({_COMMA.pattern})|[^\s~,，]+")
_INITIALS = pattern(r"(?:[^\W\d_a-z]\.?[\s-]?){1,4}")
# Initials before a family name, as in "Yu. A. Smith"; the second expression is for initials without a full stop.
_WITH_STOPS, _WITHOUT = r"[^\W\d_a-z][a-z]?\.[\s~-]*", r"[^\W\d_a-z][\s~]+"
_FAMILY = r"(?P<family>(?:[^\W\d_]{2}|[{\\]).*)"
_INITIALS_FIRST = pattern(rf"(?:{_WITH_STOPS}){{1,4}}{_FAMILY}", re.DOTALL)
_INITIALS_BETWEEN = pattern(rf"(?P<initials>(?:{_WITH_STOPS}|{_WITHOUT}){{1,4}}){_FAMILY}", re.DOTALL)
_ET_AL = pattern(r"(?<![^\s,~])et\.?[\s~]*al\.?$", re.IGNORECASE)
_OTHERS = frozenset({"others", "et al.", "et al", "et. al.", "…", "...", ". . ."})


def _single_names(piece: _Masked, fewest: int, guess: _Guess) -> list[_Masked]:
    """Split the text between two ``and`` if it contains more than one name; the text may be empty."""
    if not _MAY_BE_MANY.search(piece.mask) or _EXTENDED.match(piece.mask):
        return [piece]
    sides = _around_ampersands(piece)
    if len(sides) > 1 and not _COMMA.search(sides[-1].mask):
        fewest = 2
    parts = [part for side in sides for part in side.split(_SEMICOLON) if part.mask.strip(",，")]
    names = [name for part in parts for name in _comma_list(part, fewest)]
    if len(names) > 1:
        fallback = f"it is read as {len(names)} names"
        guess(Code.NAME_SEPARATOR, f'{_shortened(piece.source)} parts names without " and "', fallback)
    return names or [_NOTHING]


def _around_ampersands(piece: _Masked) -> list[_Masked]:
    """What stands around each "&" between people: all have initials, as few organizations do; else the whole piece."""
    sides, start = [], 0
    for found in _AMPERSAND.finditer(piece.mask):
        if piece.source[slice(*found.span())].strip() in _AMPERSANDS:
            sides.append(piece.strip(start, found.start(), f"{_EDGES},，"))
            start = found.end()
    sides.append(piece.strip(start))
    return sides if all(_HAS_INITIAL.search(side.source) for side in sides) else [piece]


def _comma_list(piece: _Masked, fewest: int) -> list[_Masked]:
    """Split at commas that separate names, if they cannot mean anything else; otherwise the piece is one name.

    These cannot be mistaken: ``fewest`` or more parts that all have two or more words, as in ``Alice Smith, Bob Jones,
    Carol White``, and two or more pairs of a name and its initials, as in ``Smith, A., Jones, B.``. Two parts are
    enough if a comma follows them, as in ``Alice Smith, Bob Jones, and Carol White``, or if both have initials at the
    same end, as in ``A. Smith, B. Jones`` and ``Smith A., Jones B.``. In ``Smith, A. Jones, B.`` only an "and" is
    missing.
    """
    parts = [part for part in piece.split(_COMMA) if part.source]
    if len(parts) >= fewest and all(len(part.words()) > 1 for part in parts):
        return parts
    if len(parts) == 2 and (
        all(_INITIALS_FIRST.fullmatch(part.source) for part in parts)
        or all(_before_initials(part.words()) for part in parts)
    ):
        return parts
    if len(parts) == 3 and _is_initials(parts[2]) and (two := _INITIALS_BETWEEN.fullmatch(parts[1].source)):
        first = f"{parts[0].source}, {two['initials']}"
        return [_masked(first), _masked(f"{two['family']}, {parts[2].source}")]
    if len(parts) > 3 and len(parts) % 2 == 0 and all(map(_is_initials, parts[1::2])):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [_masked(f"{family.source}, {given.source}") for family, given in pairs]
    return [piece]


def _is_initials(part: _Masked) -> bool:
    return _INITIALS.fullmatch(decode_plain(part.source)) is not None


def _without_others(piece: _Masked) -> tuple[_Masked, bool]:
    """Cut ``et al.`` or ``others`` off a name, and return whether it was there."""
    is_short = len(piece.source) < 40 and not _COMMA.search(piece.mask)
    if is_short and decode_plain(piece.source).replace("\u00a0", " ").casefold() in _OTHERS:
        return _NOTHING, True
    found = _ET_AL.search(piece.mask)
    return (piece.strip(0, found.start(), f"{_EDGES},"), True) if found else (piece, False)


def _shortened(source: str) -> str:
    return repr(source if len(source) <= 60 else f"{source[:59]}…")


# --- marks ------------------------------------------------------------------------------------------------

_SIGNS = "*†‡§¶‖⁎∗⋆★☆✝✉"
_SIGN_COMMAND = (
    r"\\(?:dag|ddag|dagger|ddagger|textdagger|textdaggerdbl|S|P|ast|star|textasteriskcentered|textsection"
    r"|textparagraph)(?![A-Za-z])(?:\{\})?"
)
_MARK = pattern(
    rf"""\$\s*\^\s*(?:\{{(?P<math>[^${{}}]{{1,40}})\}}|(?P<math_bare>[^${{}}]{{1,20}}))\s*\$
       | \\textsuperscript\s*\{{(?P<command>[^{{}}]{{1,40}})\}}
       | <sup>(?P<html>[^<>]{{1,40}})</sup>
       | \^\{{(?P<script>[^{{}}]{{1,40}})\}}
       | (?P<sign> \$(?:{_SIGN_COMMAND}|[{_SIGNS}])\s*\$ | \\\* | \^?(?:[{_SIGNS}]|{_SIGN_COMMAND})
                 | (?<=\w)(?:\\?\#|[\^+])(?=[\s,~]|$) )""",
    re.VERBOSE,
)
_MARKS_ONLY = pattern(rf"(?:[{_SIGNS}#^+,\s]|\d{{1,2}}|(?<![a-z])[a-z](?![a-z]))+")
_MAY_BE_MARKED = pattern(rf"[{_SIGNS}$^#+]|\\(?:text|d?dag|S|P|ast|star)|<sup>")


def _without_marks(piece: _Masked) -> tuple[_Masked, str]:
    """Separate a name from the marks typed into it, as al-folio asks people to do."""
    if not _MAY_BE_MARKED.search(piece.source):
        return piece, ""
    marks: list[str] = []

    def take(match: re.Match[str]) -> str:
        latex = next(group for group in match.groups() if group)
        content = decode_plain(latex.strip("$^") or latex).replace("∗", "*").replace("⁎", "*")
        if not _MARKS_ONLY.fullmatch(content) or not content.strip(", "):
            return match[0]
        # Between numbers of affiliations the comma is needed: 1,2 is not 12.
        marks.append(re.sub(r"\s+" if re.search(r"\d", content) else r"[\s,]+", "", content))
        return ""

    source = _MARK.sub(take, piece.source)
    return (_masked(source).strip(), "".join(marks)) if marks else (piece, "")


# --- from a name to its parts -----------------------------------------------------------------------------

_EXTENDED = pattern(
    r"\s*\"?\s*(?:(?:family|given|prefix|suffix)(?:-i)?|useprefix|sortingnamekeytemplatename|uniquenametemplatename"
    r"|id|hash|gender)\s*=",
    re.IGNORECASE,
)
_KEY = pattern(r"\s*\"?\s*([A-Za-z-]+)\s*=\s*(.*)", re.DOTALL)
_SUFFIX = pattern(r"(?i:jr|sr|jnr|snr)\.?|I{2,3}|IV")
_SUFFIX_IN_COMMAS = pattern(r"(?i:jr|sr|jnr|snr|esq)\.?|I{1,3}|IV|VI{0,3}|\d(?:st|nd|rd|th)|Ph\. ?D\.|PhD|M\.?D\.?")
_STOP_LAST = pattern(r"\.$")
_INITIALS_LAST = pattern(r"(?:[^\W\d_a-z]\.-?)+")
_FAMILY_WORD = pattern(r"[^\W\d_](?:[^\W\d_]|['’‐-]|\\.|[{}])+")
_DBLP_NUMBER = pattern(r"\d{4}")
_GROUP = pattern(r"(?i:collaborations?|consortium)")
_EAST_ASIAN = pattern(
    "[ ・\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff]+"
)
# Foreign names, which are written in katakana alone, keep their own order.
_KATAKANA = pattern("[ ・\u30a0-\u30ff]+")


def _read_name(piece: _Masked, guess: _Guess) -> ReadName | None:
    """Read one name; None if it has no letter."""
    piece, marks = _without_marks(piece)
    name = _extended(piece) if _EXTENDED.match(piece.mask) else _in_commas(piece.words_by_comma(), piece, guess)
    return ReadName(name, marks) if name else None


def _extended(piece: _Masked) -> Name | None:
    """Read ``family=Wen, given=Wei``; see biblatex's manual, section 3.4 "Name Formats in Data Files"."""
    values: dict[str, list[str]] = {}
    key = ""
    for part in piece.split(_COMMA):
        match = _KEY.fullmatch(part.source)
        if match:
            key = match[1].lower()
        values.setdefault(key, []).append((match[2] if match else part.source).strip().strip('"'))

    def value(key: str) -> str:
        return " ".join(decode_plain(", ".join(values.get(key, ()))).split())

    return _name(value("family"), value("given"), value("prefix"), value("suffix"))


def _in_commas(parts: list[list[str]], piece: _Masked, guess: _Guess) -> Name | None:
    """Read a name; the number of commas tells which form it has."""
    match parts:
        case []:
            return None
        case [words]:
            return _first_von_last(words)
        case [family, given]:
            if len(family) > 1 and _is_suffix(given):
                return _first_von_last(family, _plain(given))
            if len(family) == 1 and _GROUP.fullmatch(family[0]):
                return _name(_plain([*given, *family]))
            return _von_last(family, _plain(_without_number(given)))
        case [family, suffix, given]:
            if _is_suffix(given) and not _is_suffix(suffix):
                suffix, given = given, suffix
            return _von_last(family, _plain(given), _plain(suffix))
    guess(
        Code.NAME_COMMAS,
        f"the name {_shortened(piece.source)} has {len(parts) - 1} commas, but two at most have a meaning",
        "what follows the second is the given name",
    )
    return _von_last(parts[0], ", ".join(filter(None, map(_plain, parts[2:]))), _plain(parts[1]))


def _first_von_last(words: list[str], suffix: str = "") -> Name | None:
    words = _without_number(words)
    words, own_suffix = _without_suffix(words)
    suffix = ", ".join(filter(None, (own_suffix, suffix)))
    text = _plain(words)
    if len(words) > 1 and _GROUP.fullmatch(words[-1]):
        return _name(text)
    if text >= FIRST_EAST_ASIAN and _EAST_ASIAN.fullmatch(text) and not _KATAKANA.fullmatch(text):
        return _name(_plain(words[:1]), _plain(words[1:]), "", suffix)
    if _STOP_LAST.search(words[-1]) and (family := _before_initials(words)):
        return _von_last(words[:family], _plain(words[family:]), suffix)
    lower = [place for place, word in enumerate(words[:-1]) if _is_lower(word)]
    start, end = (lower[0], lower[-1] + 1) if lower else (len(words) - 1, len(words) - 1)
    return _name(_plain(words[end:]), _plain(words[:start]), _plain(words[start:end]), suffix)


def _before_initials(words: list[str]) -> int:
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
    return _name(_plain(words[end:]), given, _plain(words[:end]), suffix)


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
    return _SUFFIX_IN_COMMAS.fullmatch(_plain(words)) is not None


# A group in braces, in which BibTeX ignores the case of letters; not one such as ``{\'E}`` nor a command's argument.
_CASELESS_GROUP = pattern(r"(?<![A-Za-z\\'\"`^~=.])\{(?!\\)[^{}]*\}")


def _is_lower(word: str) -> bool:
    """Whether a word is a particle: its first letter outside braces is a small one."""
    if _NOT_PLAIN.search(word):
        word = decode_plain(_CASELESS_GROUP.sub("", word))
    first = next(filter(str.isalpha, word), "")
    # Georgian is written without capitals, although Unicode has some.
    return first.islower() and not "\u10d0" <= first <= "\u10ff"
