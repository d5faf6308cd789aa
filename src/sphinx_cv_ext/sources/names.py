"""Lists of names in one field, as BibTeX and biblatex define them, and as people write them who know no rules."""

from __future__ import annotations

import re

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import Name, once_per_name
from sphinx_cv_ext.model.text import Style
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.latex_tables import STYLE_COMMANDS, STYLE_SWITCHES
from sphinx_cv_ext.sources.masks import BLANKS, COMMA, EDGES, NOTHING, PAIRED, Masked, masked
from sphinx_cv_ext.sources.name_marks import without_marks
from sphinx_cv_ext.sources.name_parts import EXTENDED, LEGAL_FORM, Guess, before_initials, plain, read_name, shortened


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
    Chinese, Japanese or Korean letters have the family name first; a collaboration, a university or a company that says
    that it is one is one family name; the number that DBLP adds to equal names is dropped; a command for the look of a
    name, such as ``\textbf``, does not keep it together. Any white space or tie within a name becomes a single space.

    What has to be guessed is reported: an empty name, too many commas, semicolons, commas or ampersands between names.
    No string is refused.
    """
    pieces = _pieces(_without_looks(source))
    in_natural_order = bool(pieces) and not COMMA.search(masked(pieces[-1]).mask)
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
    return [name for part in masked(source).split(_BETWEEN_GROUPS) if (name := plain([part.source]))]


def _pieces(source: str) -> list[str]:
    """The text between one ``and`` and the next, stripped; no pieces for an empty list."""
    pieces = [piece.strip(BLANKS) for piece in _AND.split(source.strip(BLANKS))]
    # If the braces of each piece are balanced, no group contains an "and". Otherwise the whole list has to be masked.
    if not all(map(_WHOLE.fullmatch, pieces)):
        pieces = [piece.source for piece in masked(source).strip().split(_AND)]
    return pieces if len(pieces) > 1 or pieces[0] else []


@once_per_name
def _read_piece(
    source: str, in_natural_order: bool
) -> tuple[tuple[ReadName, ...], bool, tuple[tuple[Code, str, str], ...]]:
    """Read the text between two ``and``: its names, whether it names others ("et al."), and what had to be guessed.

    ``in_natural_order`` is true if the last piece of the list has no comma. Then a comma at the end of another piece
    shows that its commas separate names.
    """
    piece = masked(source)
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
        bare, marks = without_marks(rest)
        if found := read_name(bare, guess):
            names.append(ReadName(found, marks))
        else:
            guess(Code.NAME_EMPTY, "a name in the list is empty", "it is left out")
    return tuple(names), others, tuple(guesses)


# Balanced braces, none of them escaped, no escaped space at the end, and no ties around it.
_WHOLE = pattern(rf"(?!~){PAIRED}(?<![\\~])")
_SCRIPTS = (Style.SUBSCRIPT, Style.SUPERSCRIPT)
_LOOKS = "|".join(name for name, style in STYLE_COMMANDS.items() if style not in _SCRIPTS)
_SWITCHES = "|".join(STYLE_SWITCHES)
_LOOK = pattern(
    rf"""(?<!\\[A-Za-z])\\(?:(?:{_LOOKS}|text(?:rm|sf|md|up|normal)|underline|uline|ul|hl)
        |(?:href|textcolor)\s*\{{[^{{}}]*\}})\s*\{{(?P<argument>{PAIRED})(?<!\\)\}}
      | (?<![A-Za-z\\])\{{\s*\\(?:{_SWITCHES}|color\s*\{{[^{{}}]*\}})(?![A-Za-z])\s*
        (?P<rest>{PAIRED})(?<!\\)\}}""",
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


_AND = pattern(r"[aA](?<!\S.)[nN][dD](?!\S)")
_SEMICOLON = pattern("[;；、]")
_BETWEEN_GROUPS = pattern(rf"{_AND.pattern}|{_SEMICOLON.pattern}|{COMMA.pattern}")
# Between the last two names of a list that was copied from a reference: "Smith, A., & Jones, B.". The mask has zeros
# for "\&" and "&amp;", too.
_AMPERSAND = pattern(r"\s(?:&|\x00\x00|\x00{5})(?=\s)")
_AMPERSANDS = frozenset({"&", r"\&", "&amp;"})
# Words that organizations have in their names, and people do not.
_NOBODY = (
    r"universit(?:y|[àäé]t?|ies)|institut\w*|corporation|foundation|association|society|laborator(?:y|ies)|centre"
    r"|department|administration|group|team|inc|ltd|llc|gmbh|research|sciences?|services|systems|studies|technolog(?:y|ies)"
    r"|engineering|agency|commission|committee|council|ministry|organi[sz]ation|authority|federation|executive|national"
    r"|federal|international"
)
_OF_ORGANIZATION = pattern(rf"\b(?:{_NOBODY})\b", re.IGNORECASE)
# With those that are family names, too, as of "Service, R. F.": only initials tell that it is one.
_MAY_BE_OF_ORGANIZATION = pattern(
    rf"\b(?:{_NOBODY}|center|service|board|bureau|office|academy|college|school|hospital|company|bank|us|uk|hm)\b",
    re.IGNORECASE,
)
_CAPITAL = pattern(r"[^\W\d_a-z](?:[^\W\d_]|['’-])*\.?")
_HAS_INITIAL = pattern(r"[^\W\d_a-z]\}*\.")
# What does not match is a single name: it has no ampersand or semicolon, and at most one comma, without initials on
# both sides of it.
_MAY_BE_MANY = pattern(
    rf"{_SEMICOLON.pattern}|{COMMA.pattern}.*{COMMA.pattern}|^[^\W\d_a-z][a-z]?\..*{COMMA.pattern}"
    rf"|\.[\s~]*{COMMA.pattern}.*\.$|{_AMPERSAND.pattern}",
    re.DOTALL,
)
_COMMA_BETWEEN = pattern(rf"{COMMA.pattern}(?!\s*{LEGAL_FORM.pattern}\s*(?:{COMMA.pattern}|$))")
_INITIALS = pattern(r"(?:[^\W\d_a-z]\.?[\s-]?){1,4}")
# Initials before a family name, as in "Yu. A. Smith"; the second expression is for initials without a full stop.
_WITH_STOPS, _WITHOUT = r"[^\W\d_a-z][a-z]?\.[\s~-]*", r"[^\W\d_a-z][\s~]+"
_FAMILY = r"(?P<family>(?:[^\W\d_]{2}|[{\\]).*)"
_INITIALS_FIRST = pattern(rf"(?:{_WITH_STOPS}){{1,4}}{_FAMILY}", re.DOTALL)
_INITIALS_BETWEEN = pattern(rf"(?P<initials>(?:{_WITH_STOPS}|{_WITHOUT}){{1,4}}){_FAMILY}", re.DOTALL)
_ET_AL = pattern(r"(?<![^\s,~])et\.?[\s~]*al\.?$", re.IGNORECASE)
_OTHERS = frozenset({"others", "et al.", "et al", "et. al.", "…", "...", ". . ."})


def _single_names(piece: Masked, fewest: int, guess: Guess) -> list[Masked]:
    """Split the text between two ``and`` if it contains more than one name; the text may be empty."""
    if not _MAY_BE_MANY.search(piece.mask) or EXTENDED.match(piece.mask):
        return [piece]
    sides = _around_ampersands(piece)
    if len(sides) > 1 and not COMMA.search(sides[-1].mask):
        fewest = 2
    parts = [part for side in sides for part in side.split(_SEMICOLON) if part.mask.strip(",，")]
    names = [name for part in parts for name in _comma_list(part, fewest)]
    if len(names) > 1:
        fallback = f"it is read as {len(names)} names"
        guess(Code.NAME_SEPARATOR, f'{shortened(piece.source)} parts names without " and "', fallback)
    return names or [NOTHING]


def _around_ampersands(piece: Masked) -> list[Masked]:
    """What stands around each "&" between people; the whole piece if it may be the name of an organization.

    Few organizations have initials on all sides, and those have a word such as "University", as in "Texas A. & M.
    University". Two first and last names on all sides, as in "Alice Smith & Bob Jones", are people, too.
    """
    sides, start = [], 0
    for found in _AMPERSAND.finditer(piece.mask):
        if piece.source[slice(*found.span())].strip() in _AMPERSANDS:
            sides.append(piece.strip(start, found.start(), f"{EDGES},，"))
            start = found.end()
    sides.append(piece.strip(start))
    have_initials = all(_HAS_INITIAL.search(side.source) for side in sides)
    of_organization = _OF_ORGANIZATION if have_initials else _MAY_BE_OF_ORGANIZATION
    are_people = len(sides) > 1 and (have_initials or all(map(_are_full_names, sides)))
    return sides if are_people and not of_organization.search(piece.mask) else [piece]


def _are_full_names(side: Masked) -> bool:
    """Whether these are people such as ``Alice Smith, Bob Jones`` or ``Smith, Alice``."""
    parts = [part.words() for part in side.split(COMMA)]
    are_capital = all(_CAPITAL.fullmatch(decode_plain(word)) for words in parts for word in words)
    is_turned = len(parts) == 2 and all(len(words) == 1 for words in parts)
    return are_capital and (is_turned or all(len(words) in (2, 3) for words in parts))


def _comma_list(piece: Masked, fewest: int) -> list[Masked]:
    """Split at commas that separate names, if they cannot mean anything else; otherwise the piece is one name.

    These cannot be mistaken: ``fewest`` or more parts that all have two or more words, as in ``Alice Smith, Bob Jones,
    Carol White``, and two or more pairs of a name and its initials, as in ``Smith, A., Jones, B.``. Two parts are
    enough if a comma follows them, as in ``Alice Smith, Bob Jones, and Carol White``, or if both have initials at the
    same end, as in ``A. Smith, B. Jones`` and ``Smith A., Jones B.``. In ``Smith, A. Jones, B.`` only an "and" is
    missing. The comma of ``Example, Inc.`` separates nothing.
    """
    parts = [part for part in piece.split(_COMMA_BETWEEN) if part.source]
    if len(parts) >= fewest and all(len(part.words()) > 1 for part in parts):
        return parts
    if len(parts) == 2 and (
        all(_INITIALS_FIRST.fullmatch(part.source) for part in parts)
        or all(before_initials(part.words()) for part in parts)
    ):
        return parts
    if len(parts) == 3 and _is_initials(parts[2]) and (two := _INITIALS_BETWEEN.fullmatch(parts[1].source)):
        first = f"{parts[0].source}, {two['initials']}"
        return [masked(first), masked(f"{two['family']}, {parts[2].source}")]
    if len(parts) > 3 and len(parts) % 2 == 0 and all(map(_is_initials, parts[1::2])):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [masked(f"{family.source}, {given.source}") for family, given in pairs]
    return [piece]


def _is_initials(part: Masked) -> bool:
    return _INITIALS.fullmatch(decode_plain(part.source)) is not None


def _without_others(piece: Masked) -> tuple[Masked, bool]:
    """Cut ``et al.`` or ``others`` off a name, and return whether it was there."""
    is_short = len(piece.source) < 40 and not COMMA.search(piece.mask)
    if is_short and decode_plain(piece.source).replace("\u00a0", " ").casefold() in _OTHERS:
        return NOTHING, True
    found = _ET_AL.search(piece.mask)
    return (piece.strip(0, found.start(), f"{EDGES},"), True) if found else (piece, False)
