r"""LaTeX as people and exporters write it in BibTeX fields, made into text that a page can show.

What a field holds is rarely pure LaTeX: HTML, entities and bare URLs come with it. Whatever it is, something
sensible comes out, in time proportional to its length; nothing here raises or warns.

Choices where LaTeX, HTML and habit leave one:

- Case is never changed. Braces that hold letters become ``PROTECTED``; braces around the whole value are one
  such stretch, however many they are. A group that starts with a command, such as ``{\"o}`` or
  ``{\LaTeX}``, protects nothing, as in BibTeX.
- Runs of white space are one space, and none stands at either end, as in BibTeX.
- ``%`` is a percent sign: BibTeX fields have no comments.
- An unknown command vanishes if it has an argument, which stays; without one its name stays. With two, the
  first an address or empty, it is a link, as in ``\mytitle{https://…}{Title}``.
- Babel's ``"`…"'`` is „…“ in any language: a value does not say its own, and in no other text is the one followed
  by the other.
- Removed are control characters, those that steer the direction of text (U+061C, U+200E, U+200F, U+202A to
  U+202E, U+2066 to U+2069), interlinear marks (U+FFF9 to U+FFFB), soft hyphens, and what has no width and no
  meaning (U+200B, U+2060, U+FEFF). The joiners U+200C and U+200D stay, since Persian, Indic scripts and emoji
  are spelt with them. A lone surrogate becomes U+FFFD.
- Text is in NFC, save that compatibility ideographs stay: they are the very letters of some people's names.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, cached_property, lru_cache
from html.entities import html5

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.links import is_safe_url, well_formed
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.text import Inline, Linked, Math, RichText, Style, Styled, Text, plain, rich
from sphinx_cv_ext.sources.latex_tables import (
    ACCENTS,
    CHARACTERS,
    CONTROL_SYMBOLS,
    DROPPED_ARGUMENTS,
    GREEK,
    HTML_BLOCKS,
    HTML_INLINE,
    HTML_PREFIXES,
    HTML_RAW,
    HTML_STYLES,
    MATH_SYMBOLS,
    QUOTING_COMMANDS,
    SILENT,
    SPACING_ACCENTS,
    STYLE_COMMANDS,
    STYLE_SWITCHES,
    SYMBOLS,
    UNSAFE_MATH,
)

MAX_DEPTH = 40
"""How deep styles nest in a result; what is nested deeper is in the style around it alone."""


def decode(source: str) -> RichText:
    """Turn the LaTeX of a BibTeX field into Unicode text with styles, formulas and links to safe addresses.

    Neighbouring `Text` is merged, nothing is empty, and styles and links nest at most `MAX_DEPTH` deep. Any
    string will do: a brace, dollar sign or tag without its partner is a character or nothing.
    """
    source = _with_german_quotes(source)
    return _Decoder(source).run() if _MARKUP.search(source) else rich(_ligated(source))


# Venues, publishers and words such as months come again and again; whole abstracts are not decoded by this.
@lru_cache(maxsize=1 << 15)
def decode_plain(source: str) -> str:
    """Turn the LaTeX of a BibTeX field into what `decode` gives, as characters alone: for names, venues and dates."""
    source = _with_german_quotes(source)
    return plain(_Decoder(source).run()) if _MARKUP.search(source) else _ligated(source)


# --- characters ------------------------------------------------------------------------------------------

_WHITE = " \t-\r\x85\u2028\u2029"
_SPACES = pattern(f"[{_WHITE}]+")
_UNWANTED = pattern(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+"
)
_SURROGATES = pattern("[\ud800-\udfff\ufffe\uffff]")
_COMPOSABLE = pattern("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
# UAX #15's stream-safe format allows 30 marks on a letter. No script needs more than a few, and without a
# limit a hundred thousand of them would take quadratic time to sort and run across the page.
_MAX_MARKS = 8
_MARKED = pattern(f"[^\0-\u02ff]{{{_MAX_MARKS + 1},}}")


def _cleaned(text: str) -> str:
    """``text`` with single spaces, in NFC, without the characters that the module's docstring lists."""
    if text.isascii() and text.isprintable():
        return _SPACES.sub(" ", text) if "  " in text else text
    # In this order, or two blanks with such a character between them would stay two.
    text = _SPACES.sub(" ", _UNWANTED.sub("", text))
    if text.isascii():
        return text
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
    text = _MARKED.sub(_without_surplus_marks, text)
    return _COMPOSABLE.sub(lambda run: unicodedata.normalize("NFC", run[0]), text)


def _without_surplus_marks(run: re.Match[str]) -> str:
    kept = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)


# --- tokens ----------------------------------------------------------------------------------------------

_TAG_NAMES = "|".join(
    sorted(map(re.escape, {*HTML_STYLES, *HTML_RAW, *HTML_BLOCKS, *HTML_INLINE, "a"}), key=len, reverse=True)
)
_TAG_NAME = f"(?i:(?:(?:{'|'.join(HTML_PREFIXES)}):)?(?:{_TAG_NAMES}))"
_TAG_ATTRIBUTES = r"""(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=`]++))*+"""
# Zotero, Mendeley and ADS escape the angle brackets of the HTML that they were given.
_ESCAPED_LESS = r"(?:\{\\textless\s*\}|\\textless(?:\{\}|\s+|(?=/))|\$<\$|\{?\\ensuremath\{<\}\}?)"
_ESCAPED_MORE = r"(?:\{\\textgreater\s*\}|\\textgreater(?:\{\}|\s+|(?![A-Za-z]))|\$>\$|\{?\\ensuremath\{>\}\}?)"
_NUMBER_SIGN = r"(?:\#|\\\#|\{\\\#\})"

_LIGATURE = pattern(r"---?|``?|''?|\?`(?!`)|!`(?!`)|~")

_TOKEN = pattern(
    rf"""
      (?P<tag> (?:<|(?P<escaped>{_ESCAPED_LESS}))
        (?P<slash>/?)(?P<name>{_TAG_NAME})(?P<attributes>{_TAG_ATTRIBUTES})
        (?(escaped){_ESCAPED_MORE}|\s*/?>) )
    | (?P<comment> <!-- )
    | (?P<comment_end> --> )
    | (?P<entity> (?:&|\\&|\{{\\&\}})
        (?P<reference> (?:{_NUMBER_SIGN}(?:[0-9]{{1,7}}|[xX][0-9A-Fa-f]{{1,6}}) | [A-Za-z][A-Za-z0-9]{{1,31}}); ) )
    | (?P<char> \\char\s*
        (?: "(?P<hex>[0-9A-Fa-f]{{1,6}}) | '(?P<octal>[0-7]{{1,7}}) | (?P<decimal>[0-9]{{1,7}}) ) )
    | (?P<word> \\(?P<command>[A-Za-z]+)(?:\*?(?:\[[^\[\]{{}}]{{0,200}}\])*+(?=\{{))?(?P<after>[{_WHITE}]*) )
    | (?P<symbol> \\(?P<character>.) )
    | (?P<open> \{{ )
    | (?P<close> \}} )
    | (?P<dollar> \$ )
    | (?P<script> [\^_](?=\{{) )
    | (?P<ligature> {_LIGATURE.pattern} )
    | (?P<url> https?://(?:[^\s{{}}\\<>"$'`]|\\[_%&\#~])++ )
    | (?P<text> (?:[^\\{{}}$^_~`'<&?!h-]++|h(?!ttps?://)|[\^_](?!\{{)|-(?!-)|[?!](?!`))++ )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
# Each token above but text and ligatures starts with, or is, one of these, or is nothing without them.
_MARKUP = pattern(r"[\\{}$<&h](?:(?<!h)|ttps?://)")

_LIGATURES = {
    "---": "—",
    "--": "–",
    "``": "“",
    "`": "‘",
    "''": "”",
    "'": "’",
    "?`": "¿",
    "!`": "¡",
    "~": "\u00a0",
}
_ACCENTS_ABOVE_DOTLESS = {"ı": "i", "ȷ": "j"}
_MATH_ENDS = {"(": ")", "[": "]"}

_GERMAN_QUOTES = pattern(r"""["]`([^"]*+(?:"(?![`'])[^"]*+)*+)"'""")

_Token = re.Match[str]


def _with_german_quotes(source: str) -> str:
    return _GERMAN_QUOTES.sub(r"„\1“", source) if '"`' in source else source


def _ligated(text: str) -> str:
    """The characters of what has no markup but ligatures."""
    return _cleaned(_LIGATURE.sub(lambda found: _LIGATURES[found[0]], text)).strip(" ")


def _tag(token: _Token) -> tuple[bool, str, str]:
    """Whether a tag closes, its name in lower case without a namespace, and its attributes."""
    return bool(token["slash"]), token["name"].lower().rpartition(":")[2], token["attributes"]


def _reference(token: _Token) -> str | None:
    """Look up the character that an entity stands for; None where there is no such entity."""
    reference = token["reference"].lstrip("{\\").replace("}", "")
    if reference.startswith("#") or reference in html5:
        return html.unescape(f"&{reference}")
    return None


_ENTITY = pattern(r"&(?P<reference>#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")


def _without_entities(text: str) -> str:
    return _ENTITY.sub(lambda match: _reference(match) or match[0], text)


# --- which tokens belong together ------------------------------------------------------------------------


_PAIRED = frozenset({"open", "close", "tag", "dollar", "symbol", "comment"})


class _Pairs:
    """Which token closes which: braces, formulas, HTML tags. Each pair lies wholly inside or outside another.

    ``closing`` maps a token's index to its partner's, ``formulas`` a formula's first token to its last. A
    token without a partner is in neither.
    """

    def __init__(self, source: str, tokens: Sequence[_Token]) -> None:
        self.closing: dict[int, int] = {}
        self.formulas: dict[int, int] = {}
        self._source = source
        self._tokens = tokens
        self._stack: list[tuple[str, int]] = []
        self._braces = 0
        at = 0
        while at < len(tokens):
            at = self._take(at) if tokens[at].lastgroup in _PAIRED else at + 1

    @cached_property
    def _enders(self) -> dict[str, list[int]]:
        """Find the indices of all tokens that may end something which the tokens between them cannot disturb."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, token in enumerate(self._tokens):
            if token.lastgroup == "dollar":
                places["$"].append(at)
            elif token.lastgroup == "symbol" and token["character"] in "()[]":
                places[token["character"]].append(at)
            elif token.lastgroup == "comment_end":
                places["-->"].append(at)
            elif token.lastgroup == "tag":
                closes, name, _ = _tag(token)
                if closes and name in HTML_RAW:
                    places[name].append(at)
        return places

    def _next(self, kind: str, at: int) -> int:
        """Find the first token of ``kind`` at or after ``at``; -1 where there is none."""
        places = self._enders[kind]
        found = bisect_left(places, at)
        return places[found] if found < len(places) else -1

    def _take(self, at: int) -> int:
        """Note what the token at ``at`` opens or closes; the index to go on with."""
        token = self._tokens[at]
        match token.lastgroup:
            case "open":
                self._stack.append(("{", at))
                self._braces += 1
            case "close" if self._braces:
                self._braces -= 1
                while True:
                    kind, opened = self._stack.pop()
                    if kind == "{":
                        break
                self.closing[opened] = at
            case "tag":
                return self._take_tag(at, *_tag(token)[:2])
            case "dollar":
                return self._take_dollar(at)
            case "symbol" if token["character"] in _MATH_ENDS:
                return self._take_math(at, token["character"])
            case "comment":
                return self._take_raw(at, "-->")
        return at + 1

    def _take_raw(self, at: int, kind: str) -> int:
        end = self._next(kind, at + 1)
        if end < 0:
            return at + 1
        self.closing[at] = end
        return end + 1

    def _take_math(self, at: int, kind: str) -> int:
        end, again = self._next(_MATH_ENDS[kind], at + 1), self._next(kind, at + 1)
        # A formula holds no other one: without this each of many openings would be read up to one far end.
        if end < 0 or 0 < again < end or not _balanced(self._tokens[at + 1 : end]):
            return at + 1
        self.formulas[at] = end
        return end + 1

    def _take_tag(self, at: int, closes: bool, name: str) -> int:
        if name in HTML_RAW and not closes:
            return self._take_raw(at, name)
        if name in HTML_STYLES or name in ("span", "a"):
            if not closes:
                self._stack.append((name, at))
            while closes and self._stack and self._stack[-1][0] != "{":
                kind, opened = self._stack.pop()
                if kind == name:
                    self.closing[opened] = at
                    break
        return at + 1

    def _take_dollar(self, at: int) -> int:
        display = self._is_dollar(at + 1) and self._tokens[at].end() == self._tokens[at + 1].start()
        first = at + 2 if display else at + 1
        end = self._next("$", first)
        if end < 0 or (display and not self._is_dollar(end + 1)):
            return at + 1
        inside = self._source[self._tokens[first - 1].end() : self._tokens[end].start()]
        after = self._tokens[end].end()
        if not _is_formula(inside, self._source[after : after + 1]) or not _balanced(self._tokens[first:end]):
            return at + 1
        self.formulas[at] = end + display
        return end + display + 1

    def _is_dollar(self, at: int) -> bool:
        return at < len(self._tokens) and self._tokens[at].lastgroup == "dollar"


def _balanced(tokens: Sequence[_Token]) -> bool:
    depth = 0
    for token in tokens:
        if token.lastgroup == "open":
            depth += 1
        elif token.lastgroup == "close":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


_MATH_MARKUP = pattern(r"[\\^_=]")
_PROSE = pattern(r"[^\W\d_]{2,}[\s,;:.]+[^\W\d_]{2,}|^\d[\d.,]*[^\\^_=]*\s[^\W\d_]{2,}")


def _is_formula(inside: str, after: str) -> bool:
    """Whether two dollar signs enclose a formula, rather than being two prices.

    As in Pandoc's ``tex_math_dollars`` the one that closes has no digit after it, and both have no blank
    inside, save that LaTeX's formulas may have when they look like nothing else.
    """
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


# --- formulas --------------------------------------------------------------------------------------------

_SIGNS = {"<": "<", ">": ">", "=": "=", "+": "+", "-": "−", "*": "*", "/": "/", "|": "|", "'": "′"}
_FONT = pattern(r"\\(?:rm|it|bf|sf|text|textrm|textit|textnormal|mathrm|mathit|mathsf|mathbf|mbox|operatorname)\b\s*")
_SCRIPT = pattern(r"(?:\{\})?\s*([\^_])\s*(\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\\[A-Za-z]+\s*(?:\{[^{}]*\})?|[^\\{}])")
_MINUS = pattern(r"(?<![A-Za-z])-(?![A-Za-z])")
_PLAIN_SCRIPT = pattern(r"[A-Za-z0-9+\-.,*/†‡§¶ ]{1,12}")
_MATH_TOKEN = pattern(
    r"""\\(?P<command>[A-Za-z]+)\s*(?:\{\})? | \\(?P<symbol>[%&\#$_{},;\ ])
      | (?P<sign>[<>=+\-*/|']) | (?P<number>\d[\d.,]*) | (?P<space>[\s~]+)""",
    re.VERBOSE,
)
# Greek letters, a sign, a number, a sign and a number, "5%", "10×".
_SIMPLE_SHAPES = pattern(r"g+|sn?%?|n[%s]?")
_MATH_COMMAND = pattern(r"\\([A-Za-z]+)")


def _formula(latex: str) -> list[str | Inline]:
    """Make a formula `Math`; a lone sign, number, Greek word, superscript or subscript as text."""
    latex = _cleaned(_without_entities(latex)).strip(" ")
    script = _SCRIPT.fullmatch(latex)
    if script:
        return _script(script) or [Math(latex)]
    simple = _simple_formula(latex)
    if simple is not None:
        return [simple]
    if "^^" in latex or any(command[1] in UNSAFE_MATH for command in _MATH_COMMAND.finditer(latex)):
        return [latex]
    return [Math(latex)] if latex else []


def _script(script: re.Match[str]) -> list[str | Inline]:
    """Make a superscript or subscript of a few characters styled text; nothing when it is more than that."""
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
    """Write a formula as characters if it is a Greek word, a sign, a number, or a sign and a number."""
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
    """Tell the kind of a token of a formula, g for Greek, s for a sign, n for a number, and what it shows."""
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


# --- addresses -------------------------------------------------------------------------------------------

# Printable ASCII but for a backslash, braces and an ampersand.
_PLAIN_ADDRESS = pattern(r"[!-%'-\[\]-z|~]*")
_URL_TILDE = pattern(
    r"\{\\(?:textasciitilde|~)\s*\}|\\(?:textasciitilde|sim)\b\s*(?:\{\})?|\\~(?:\{\})?|\$\\sim\$|\$\\tilde\{\}\$"
)
_URL_UNDERSCORE = pattern(r"\\textunderscore\b\s*(?:\{\})?")


def read_address(latex: str) -> str:
    """Read the URL that LaTeX source means: ``~``, ``_`` and ``%`` may be escaped in it or not."""
    if _PLAIN_ADDRESS.fullmatch(latex):
        return latex
    address = _URL_UNDERSCORE.sub("_", _URL_TILDE.sub("~", latex))
    address = re.sub(r"\\(?:-|(.))", r"\1", address, flags=re.DOTALL)
    address = _without_entities(re.sub(r"[{}\\]", "", address))
    return re.sub(r"\s+", "", _cleaned(address))


# --- the decoder -----------------------------------------------------------------------------------------

_Part = str | Inline
_ONLY_ONCE = frozenset(set(Style) - {Style.SUBSCRIPT, Style.SUPERSCRIPT})
_ADDRESS_OR_NOTHING = pattern(r"\s*(?:https?://|\})")
_HREF = pattern(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""", re.IGNORECASE)
_SMALL_CAPS_SPAN = pattern(r"font-variant\s*:\s*small-caps", re.IGNORECASE)
_NOCASE_SPAN = pattern(r"""\bclass\s*=\s*["']?nocase\b""", re.IGNORECASE)


@frozen
class _Frame:
    """A group that is being read.

    ``end`` is the token that closes it; -1 closes with the frame around. ``wrap`` makes an inline of its
    content; None puts its content straight into ``parts`` of the frame around, which both then share.
    """

    end: int
    parts: list[_Part]
    styles: frozenset[Style]
    depth: int = 0
    linked: bool = False
    wrap: Callable[[RichText], Inline | None] | None = None
    tail: str = ""


class _Decoder:
    """One run over the tokens of one source; groups are frames on a stack, never calls within calls."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = list(_TOKEN.finditer(source))
        self._pairs = _Pairs(source, self._tokens)
        self._frames = [_Frame(-1, [], frozenset())]
        self._accents: list[str] = []
        self._ends: set[int] = set()
        self._jumps: dict[int, int] = {}
        self._at = 0

    def run(self) -> RichText:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            self._take(token)
        self._drop_accents()
        while len(self._frames) > 1:
            self._leave()
        return _stripped(_stripped(_finished(self._frames[0].parts), 0), -1)

    # What each token does.

    def _take(self, token: _Token) -> None:
        match token.lastgroup:
            case "text":
                self._emit(token[0])
            case "ligature":
                code = Style.CODE in self._frames[-1].styles and token[0] != "~"
                self._emit(token[0] if code else _LIGATURES[token[0]])
            case "word":
                self._word(token["command"], token["after"])
            case "symbol":
                self._symbol(token["character"])
            case "open":
                self._open()
            case "close":
                self._close()
            case "dollar":
                self._dollar()
            case "script":
                self._styled(Style.SUPERSCRIPT if token[0] == "^" else Style.SUBSCRIPT, token[0])
            case "tag":
                self._html(*_tag(token))
            case "entity":
                self._entity(token)
            case "char":
                self._char(token)
            case "url":
                self._emit(read_address(token[0]))
            case "comment":
                self._at = self._pairs.closing.get(self._at - 1, self._at - 1) + 1
            case "comment_end":
                self._emit("–>")
            case "other":
                self._emit(token[0])

    def _emit(self, text: str) -> None:
        if self._accents:
            text = text.lstrip()
            if text:
                text = self._accented(text)
        if text:
            self._frames[-1].parts.append(text)

    def _emit_inlines(self, parts: Sequence[_Part]) -> None:
        self._drop_accents()
        for part in parts:
            deep = isinstance(part, Styled) and self._frames[-1].depth >= MAX_DEPTH
            self._frames[-1].parts.append(plain((part,)) if deep and not isinstance(part, str) else part)

    def _accented(self, text: str) -> str:
        accents, self._accents = self._accents, []
        first = _ACCENTS_ABOVE_DOTLESS.get(text[0], text[0])
        if not first.isalpha():
            return _spacing(accents) + text
        return first + "".join(reversed(accents)) + text[1:]

    def _drop_accents(self) -> None:
        """Show the accents that found no letter by themselves."""
        if self._accents:
            accents, self._accents = self._accents, []
            self._frames[-1].parts.append(_spacing(accents))

    def _symbol(self, character: str) -> None:
        if character in ACCENTS:
            self._accent(character)
        elif self._at - 1 in self._pairs.formulas:
            self._math(self._at - 1, self._pairs.formulas[self._at - 1])
        else:
            self._emit(CONTROL_SYMBOLS.get(character, character))

    def _dollar(self) -> None:
        start = self._at - 1
        end = self._pairs.formulas.get(start)
        if end is None:
            self._emit("$")
            return
        self._math(start, end)

    def _math(self, start: int, end: int) -> None:
        """Read the formula between two tokens, either of which may be a pair of dollar signs."""
        display = self._tokens[start][0] == "$" and self._tokens[start + 1][0] == "$"
        latex = self._source[self._tokens[start + display].end() : self._tokens[end - display].start()]
        self._emit_inlines(_formula(latex))
        self._at = end + 1

    def _entity(self, token: _Token) -> None:
        character = _reference(token)
        self._emit(f"&{token['reference']}" if character is None else character)

    def _char(self, token: _Token) -> None:
        number = (
            int(token["hex"], 16) if token["hex"] else int(token["octal"] or "0", 8) or int(token["decimal"] or "0")
        )
        self._emit(chr(number) if number <= 0x10FFFF else "")

    def _open(self) -> None:
        end = self._pairs.closing.get(self._at - 1)
        if end is None:
            return
        starts_with_command = self._tokens[self._at].lastgroup in ("word", "symbol", "char")
        self._enter(end, None if starts_with_command else Style.PROTECTED)

    def _close(self) -> None:
        end = self._at - 1
        if end in self._ends:
            self._drop_accents()
            while self._leave() != end:
                pass
        self._at = self._jumps.get(end, self._at)

    # Groups.

    def _enter(self, end: int, style: Style | None = None, tail: str = "") -> None:
        """Begin a group that ends at token ``end``, in ``style`` unless that says nothing new."""
        self._ends.add(end)
        outer = self._frames[-1]
        useless = style is None or (style in _ONLY_ONCE and style in outer.styles)
        if style is None or useless or outer.depth >= MAX_DEPTH:
            self._frames.append(_Frame(end, outer.parts, outer.styles, outer.depth, outer.linked, None, tail))
        else:
            styles, depth = outer.styles | {style}, outer.depth + 1
            self._frames.append(_Frame(end, [], styles, depth, outer.linked, _in_style(style), tail))

    def _enter_link(self, end: int, url: str) -> None:
        self._ends.add(end)
        outer = self._frames[-1]
        if outer.linked or outer.depth >= MAX_DEPTH or not is_safe_url(url):
            self._enter(end)
        else:
            self._frames.append(_Frame(end, [], outer.styles, outer.depth + 1, True, _as_link(well_formed(url))))

    def _leave(self) -> int:
        """End the innermost group, and put what it holds into the one around it; the token that ended it."""
        frame = self._frames.pop()
        if frame.tail:
            frame.parts.append(frame.tail)
        if frame.wrap:
            inline = frame.wrap(_finished(frame.parts))
            self._frames[-1].parts.extend(frame.parts if inline is None else [inline])
        return frame.end

    def _argument(self) -> int | None:
        """Find the token that closes the group which starts here; None where none does, or it is never closed."""
        return self._pairs.closing.get(self._at) if self._is_open(self._at) else None

    def _is_open(self, at: int) -> bool:
        return at < len(self._tokens) and self._tokens[at].lastgroup == "open"

    def _take_argument(self) -> str | None:
        """Pass over the argument that starts here, and return its source; None where there is none."""
        self._skip_space_before_argument()
        end = self._argument()
        if end is None:
            return None
        source = self._source[self._tokens[self._at].end() : self._tokens[end].start()]
        self._at = end + 1
        return source

    def _skip_space_before_argument(self) -> None:
        at = self._at
        if self._is_open(at + 1) and self._tokens[at].lastgroup == "text" and not self._tokens[at][0].strip():
            self._at += 1

    def _styled(self, style: Style, otherwise: str = "") -> None:
        """Begin the argument of a command that styles it; without an argument, show ``otherwise``."""
        end = self._argument()
        if end is None:
            self._emit(otherwise)
        else:
            self._drop_accents()
            self._at += 1
            self._enter(end, style)

    # Commands with names.

    def _word(self, name: str, after: str) -> None:
        if name in ACCENTS:
            self._accent(name)
        elif name in CHARACTERS:
            self._emit(CHARACTERS[name])
        elif name in STYLE_COMMANDS:
            self._styled(STYLE_COMMANDS[name])
        elif name in STYLE_SWITCHES:
            self._switch(STYLE_SWITCHES[name], after)
        elif name in QUOTING_COMMANDS:
            self._quoted(*QUOTING_COMMANDS[name])
        elif name == "href":
            self._href()
        elif name in ("url", "nolinkurl", "path"):
            self._url(linked=name == "url")
        elif name == "ensuremath":
            self._emit_inlines(_formula(self._take_argument() or ""))
        elif name == "texorpdfstring":
            self._texorpdfstring()
        elif name in DROPPED_ARGUMENTS:
            self._drop_arguments(DROPPED_ARGUMENTS[name])
        elif name not in SILENT:
            self._unknown(name, after)

    def _accent(self, name: str) -> None:
        self._accents.append(ACCENTS[name])
        self._plain_argument()

    def _plain_argument(self) -> None:
        """Begin the argument that starts here, if one does; its braces protect nothing."""
        end = self._argument()
        if end is not None:
            self._at += 1
            self._enter(end)

    def _switch(self, style: Style, after: str) -> None:
        # ``\bf{x}`` styles all that follows, yet whoever writes it means x.
        if not after and self._argument() is not None:
            self._styled(style)
        else:
            self._drop_accents()
            self._enter(-1, style)

    def _quoted(self, before: str, behind: str) -> None:
        end = self._argument()
        if end is not None:
            self._at += 1
            self._emit(before)
            self._enter(end, None, behind)

    def _href(self) -> None:
        url = read_address(self._take_argument() or "")
        self._skip_space_before_argument()
        end = self._argument()
        if end is None:
            self._emit(url)
        else:
            self._drop_accents()
            self._at += 1
            self._enter_link(end, url)

    def _url(self, linked: bool) -> None:
        url = read_address(self._take_argument() or "")
        frame = self._frames[-1]
        if linked and is_safe_url(url) and not frame.linked and frame.depth < MAX_DEPTH:
            self._emit_inlines([Linked(well_formed(url), rich(url))])
        else:
            self._emit(url)

    def _texorpdfstring(self) -> None:
        first = self._argument()
        if first is not None:
            second = self._pairs.closing.get(first + 1) if self._is_open(first + 1) else None
            if second is not None:
                self._jumps[first] = second + 1
            self._plain_argument()

    def _drop_arguments(self, count: int) -> None:
        for _ in range(count):
            if self._take_argument() is None:
                return
        self._plain_argument()

    def _unknown(self, name: str, after: str) -> None:
        end = self._argument()
        if end is not None and self._is_open(end + 1) and self._is_address():
            self._href()
        elif end is None or end == self._at + 1:
            self._emit(name + (" " if after else ""))
        else:
            self._plain_argument()

    def _is_address(self) -> bool:
        """Whether the group that starts here holds an address, or nothing."""
        return _ADDRESS_OR_NOTHING.match(self._source, self._tokens[self._at].end()) is not None

    # HTML.

    def _html(self, closes: bool, name: str, attributes: str) -> None:
        if name in HTML_BLOCKS:
            self._emit(" ")
        if closes:
            self._close()
            return
        end = self._pairs.closing.get(self._at - 1)
        if end is None:
            return
        if name in HTML_RAW:
            self._at = end + 1
        elif name == "a":
            href = _HREF.search(attributes)
            self._drop_accents()
            self._enter_link(end, read_address(_first_group(href)) if href else "")
        else:
            self._drop_accents()
            self._enter(end, _span_style(attributes) if name == "span" else HTML_STYLES[name])


def _first_group(match: re.Match[str]) -> str:
    return next((group for group in match.groups() if group), "")


def _span_style(attributes: str) -> Style | None:
    if _NOCASE_SPAN.search(attributes):
        return Style.PROTECTED
    return Style.SMALL_CAPS if _SMALL_CAPS_SPAN.search(attributes) else None


def _spacing(accents: Sequence[str]) -> str:
    return "".join(SPACING_ACCENTS.get(accent, "") for accent in accents)


@cache
def _in_style(style: Style) -> Callable[[RichText], Inline | None]:
    def wrap(children: RichText) -> Inline | None:
        shown = _has_case(children) if style is Style.PROTECTED else _is_visible(children)
        return Styled(style, children) if shown else None

    return wrap


def _as_link(url: str) -> Callable[[RichText], Inline | None]:
    return lambda children: Linked(url, children) if _is_visible(children) else None


def _is_visible(children: RichText) -> bool:
    return any(not isinstance(child, Text) or child.value.strip() for child in children)


def _has_case(children: RichText) -> bool:
    """Whether there is a letter whose case a citation style could change."""
    return any(
        (isinstance(child, Text) and child.value.lower() != child.value.upper())
        or (isinstance(child, Styled | Linked) and _has_case(child.children))
        for child in children
    )


def _finished(parts: Sequence[_Part]) -> RichText:
    """``parts`` with their runs of characters merged and cleaned."""
    result: list[Inline] = []
    run: list[str] = []
    for part in (*parts, None):
        if isinstance(part, str):
            run.append(part)
            continue
        if run and (text := _cleaned("".join(run))):
            result.append(Text(text))
        if part is not None:
            result.append(part)
        run = []
    return tuple(result)


def _stripped(text: RichText, end: int) -> RichText:
    """``text`` without the blanks at its first character, where ``end`` is 0, or at its last, where it is -1."""
    while text:
        rest = text[1:] if end == 0 else text[:-1]
        match text[end]:
            case Text(value) if value[end] != " ":
                return text
            case Text(value):
                stripped: RichText = rich(value.lstrip(" ") if end == 0 else value.rstrip(" "))
            case Styled(style, children):
                stripped = (Styled(style, _stripped(children, end)),)
            case Linked(url, children):
                stripped = (Linked(url, _stripped(children, end)),)
            case inline:
                stripped = (inline,)
        if stripped:
            return stripped + rest if end == 0 else rest + stripped
        text = rest
    return text
