r"""Decodes LaTeX as people and exporters write it in BibTeX fields.

A field rarely holds pure LaTeX: there may be HTML, entities and bare URLs in it. The result is something sensible for
any input, in time proportional to its length; nothing here raises or warns.

Where LaTeX, HTML and habit leave a choice, these rules hold:

- Case is never changed. Braces that hold letters become ``PROTECTED``; braces around the whole value are one
  such stretch, however many they are. A group that starts with a command, such as ``{\"o}`` or
  ``{\LaTeX}``, protects nothing, as in BibTeX.
- Runs of white space are one space, and none stands at either end, as in BibTeX.
- ``%`` is a percent sign: BibTeX fields have no comments.
- An unknown command vanishes if it has an argument, which stays; without one its name stays. With two, the
  first an address or empty, it is a link, as in ``\mytitle{https://…}{Title}``.
- Babel's ``"`…"'`` is „…“ in any language: a value does not say its own, and in no other text is the one followed
  by the other.
- ``<<…>>``, where they stand as quotes do, are «…», as in the fonts of Cyrillic and French.
- The characters that stay are those of `characters`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.links import is_safe_url, well_formed
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.text import Inline, Linked, RichText, Style, Styled, Text, plain, rich
from sphinx_cv_ext.sources.characters import cleaned, read_entity, without_entities
from sphinx_cv_ext.sources.latex_math import read_formula
from sphinx_cv_ext.sources.latex_pairs import Pairs
from sphinx_cv_ext.sources.latex_tables import (
    ACCENTS,
    CHARACTERS,
    CONTROL_SYMBOLS,
    DROPPED_ARGUMENTS,
    HTML_BLOCKS,
    HTML_RAW,
    HTML_STYLES,
    QUOTING_COMMANDS,
    SILENT,
    SPACING_ACCENTS,
    STYLE_COMMANDS,
    STYLE_SWITCHES,
)
from sphinx_cv_ext.sources.latex_tokens import LIGATURE, LIGATURES, MARKUP, TOKEN, Token, read_tag
from sphinx_cv_ext.sources.latex_units import spelled_out

MAX_DEPTH = 40
"""How deep styles may nest in a result; deeper ones are dropped, and their text stays."""


def decode(source: str) -> RichText:
    """Turn the LaTeX of a BibTeX field into Unicode text with styles, formulas and links to safe addresses.

    Neighbouring `Text` is merged, nothing is empty, and styles and links nest at most `MAX_DEPTH` deep. Any
    string will do: a brace, dollar sign or tag without its partner is a character or nothing.
    """
    source = _with_quotes(source)
    return _Decoder(source).run() if MARKUP.search(source) else rich(_ligated(source))


# Cached, because venues and publishers recur very often. Abstracts are not decoded by this function.
@lru_cache(maxsize=1 << 15)
def decode_plain(source: str) -> str:
    """Turn the LaTeX of a BibTeX field into plain characters, as for names, venues and dates."""
    source = _with_quotes(source)
    return plain(_Decoder(source).run()) if MARKUP.search(source) else _ligated(source)


# --- text without markup ---------------------------------------------------------------------------------

_GERMAN_QUOTES = pattern(r"""["]`([^"]*+(?:"(?![`'])[^"]*+)*+)"'""")
_ANGLE_QUOTES = pattern(r"(?<![\w<])<<(?=[^\s\d<=])([^<>]*+(?:[<>](?![<>])[^<>]*+)*+)(?<=[^\s<>=])>>(?![\w>=])")


def _with_quotes(source: str) -> str:
    """``source`` with the pairs of signs that are quotes as what they mean."""
    if '"`' in source:
        source = _GERMAN_QUOTES.sub(r"„\1“", source)
    return _ANGLE_QUOTES.sub(r"«\1»", source) if "<<" in source else source


def _ligated(text: str) -> str:
    """The characters of a text without any markup except ligatures."""
    return cleaned(LIGATURE.sub(lambda found: LIGATURES[found[0]], text)).strip(" ")


# --- addresses -------------------------------------------------------------------------------------------

# Printable ASCII except backslash, braces and ampersand.
_PLAIN_ADDRESS = pattern(r"[!-%'-\[\]-z|~]*")
_URL_TILDE = pattern(
    r"\{\\(?:textasciitilde|~)\s*\}|\\(?:textasciitilde|sim)\b\s*(?:\{\})?|\\~(?:\{\})?|\$\\sim\$|\$\\tilde\{\}\$"
)
_URL_UNDERSCORE = pattern(r"\\textunderscore\b\s*(?:\{\})?")


def read_address(latex: str) -> str:
    """The URL in LaTeX source, where ``~``, ``_`` and ``%`` may be escaped or not."""
    if _PLAIN_ADDRESS.fullmatch(latex):
        return latex
    address = _URL_UNDERSCORE.sub("_", _URL_TILDE.sub("~", latex))
    address = re.sub(r"\\(?:-|(.))", r"\1", address, flags=re.DOTALL)
    address = without_entities(re.sub(r"[{}\\]", "", address))
    return re.sub(r"\s+", "", cleaned(address))


# --- the decoder -----------------------------------------------------------------------------------------

_Part = str | Inline
_ACCENTS_ABOVE_DOTLESS = {"ı": "i", "ȷ": "j"}
_ONLY_ONCE = frozenset(set(Style) - {Style.SUBSCRIPT, Style.SUPERSCRIPT})
_ADDRESS_OR_NOTHING = pattern(r"\s*(?:https?://|\})")
_HREF = pattern(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""", re.IGNORECASE)
_SMALL_CAPS_SPAN = pattern(r"font-variant\s*:\s*small-caps", re.IGNORECASE)
_NOCASE_SPAN = pattern(r"""\bclass\s*=\s*["']?nocase\b""", re.IGNORECASE)


@frozen
class _Frame:
    """A group that is being read.

    ``end`` is the index of the token that closes it, or -1 if it ends together with the frame around it. ``wrap`` makes
    an inline of its content; without it the frame shares its ``parts`` with the frame around it. ``tail`` is text to be
    added at its end.
    """

    end: int
    parts: list[_Part]
    styles: frozenset[Style]
    depth: int = 0
    linked: bool = False
    wrap: Callable[[RichText], Inline | None] | None = None
    tail: str = ""


class _Decoder:
    """One run over the tokens of a source. Groups are frames on a stack, not recursive calls, so any depth will do."""

    def __init__(self, source: str) -> None:
        source = spelled_out(source)
        self._source = source
        self._tokens = list(TOKEN.finditer(source))
        self._pairs = Pairs(source, self._tokens)
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

    def _take(self, token: Token) -> None:
        match token.lastgroup:
            case "text":
                self._emit(token[0])
            case "ligature":
                code = Style.CODE in self._frames[-1].styles and token[0] != "~"
                self._emit(token[0] if code else LIGATURES[token[0]])
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
                self._html(*read_tag(token))
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
        """Write accents that no letter followed as characters of their own."""
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
        self._emit_inlines(read_formula(latex))
        self._at = end + 1

    def _entity(self, token: Token) -> None:
        character = read_entity(token)
        # An apostrophe is one however it is written; a straight one is \textquotesingle.
        shown = f"&{token['reference']}" if character is None else LIGATURES["'"] if character == "'" else character
        self._emit(shown)

    def _char(self, token: Token) -> None:
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
        """Begin a group that ends at token ``end``, in ``style`` unless that style is in effect already."""
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
        """End the innermost group, and add its content to the group around it; returns the token that ends it."""
        frame = self._frames.pop()
        if frame.tail:
            frame.parts.append(frame.tail)
        if frame.wrap:
            inline = frame.wrap(_finished(frame.parts))
            self._frames[-1].parts.extend(frame.parts if inline is None else [inline])
        return frame.end

    def _argument(self) -> int | None:
        """The token that closes the group which starts here; None if no group starts here or it is not closed."""
        return self._pairs.closing.get(self._at) if self._is_open(self._at) else None

    def _is_open(self, at: int) -> bool:
        return at < len(self._tokens) and self._tokens[at].lastgroup == "open"

    def _take_argument(self) -> str | None:
        """Skip the argument that starts here, and return its source; None if there is none."""
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
        """Begin the argument of a command that gives it a style; without an argument, write ``otherwise``."""
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
            self._emit_inlines(read_formula(self._take_argument() or ""))
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
        """Begin the argument that starts here, if there is one; its braces do not protect the case of letters."""
        end = self._argument()
        if end is not None:
            self._at += 1
            self._enter(end)

    def _switch(self, style: Style, after: str) -> None:
        # To LaTeX ``\bf{x}`` styles everything that follows, but whoever writes it means x alone.
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
        if run and (text := cleaned("".join(run))):
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
