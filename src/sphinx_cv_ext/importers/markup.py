"""Converts text of a source, which may hold Markdown or HTML, to Markdown for a page or to LaTeX for a .bib file.

Only emphasis and links to safe addresses are kept. Everything else becomes plain text, so that no tag, role or
directive of a source gets onto a page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from sphinx_cv_ext.importers.imported import ITEM
from sphinx_cv_ext.model.links import is_safe_url, well_formed
from sphinx_cv_ext.outputs.latex import escape
from sphinx_cv_ext.starter.quoting import markdown, one_line

_SPAN = re.compile(
    r"""(?P<image>!\[[^\[\]]{0,500}\]\([^()\s]{0,2000}\))
      | \[(?P<words>[^\[\]]{1,500})\]\(\s*(?P<url>(?:[^()\s]|\([^()\s]{0,500}\)){1,2000})(?:\s+"[^"]{0,200}")?\s*\)
      | <a\s[^<>]{0,500}?href\s*=\s*["']?(?P<href>[^"'\s<>]{1,2000})["']?[^<>]{0,500}>(?P<linked>[^<>]{0,500})</a\s*>
      | (?P<strong>\*{2,3}|__)(?=\S)(?P<loud>[^*_\n]{1,500}?)(?<=\S)(?P=strong)
      | (?<![*\w])(?P<mark>[*_])(?=\S)(?P<stressed>[^*_\n]{1,500}?)(?<=\S)(?P=mark)(?![*\w])
      | `(?P<code>[^`\n]{1,500})`
      | <(?P<tag>b|strong|i|em|sub|sup)\s*>(?P<tagged>[^<>]{1,500})</(?P=tag)\s*>
      | (?P<other><!--[^<>]{0,2000}-->
          |</?(?:a|abbr|b|br|cite|code|div|em|font|h[1-6]|hr|i|iframe|img|li|ol|p|pre|q|s|script|small|span|strong|style
             |sub|sup|table|tbody|td|th|thead|tr|tt|u|ul|wbr)\b[^<>]{0,2000}>)""",
    re.VERBOSE | re.IGNORECASE,
)
_STRONG = frozenset({"b", "strong"})
_LATEX = {"i": r"\emph", "em": r"\emph", "b": r"\textbf", "strong": r"\textbf", "sub": r"\textsubscript"}


def plain(text: str) -> str:
    """Plain text as Markdown on one line."""
    return markdown(text)


def marked(text: str) -> str:
    """Text that may hold Markdown or HTML as Markdown on one line."""
    text = one_line(text)
    parts, end = [], 0
    for match in _SPAN.finditer(text):
        parts += [_words(text[end : match.start()]), _markdown_span(match)]
        end = match.end()
    return " ".join("".join([*parts, _words(text[end:])]).split())


def _words(text: str) -> str:
    """Text between spans as Markdown; it keeps a blank at either end."""
    text = html.unescape(text)
    return f"{' ' * text[:1].isspace()}{markdown(text)}{' ' * (bool(text.strip()) and text[-1:].isspace())}"


def _markdown_span(match: re.Match[str]) -> str:
    if match["url"] or match["href"]:
        words = _words(match["words"] or match["linked"] or match["href"] or "")
        address = html.unescape(match["url"] or match["href"])
        if not is_safe_url(address):
            return words
        address = well_formed(address)
        return f"[{words}](<{address}>)" if "(" in address or ")" in address else f"[{words}]({address})"
    if match["strong"]:
        return f"**{_words(match['loud'])}**"
    if match["mark"]:
        return f"*{_words(match['stressed'])}*"
    if match["code"]:
        # Code is written as plain text, because next to a brace or in a link it could become a role.
        return markdown(match["code"])
    if match["tag"]:
        sign = "**" if match["tag"].lower() in _STRONG else "*" if match["tag"].lower() in ("i", "em") else ""
        return f"{sign}{_words(match['tagged'])}{sign}"
    return " "


def unmarked(text: str) -> str:
    """The plain words of text that may hold Markdown or HTML."""

    def words(match: re.Match[str]) -> str:
        names = ("words", "linked", "loud", "stressed", "code", "tagged")
        return next((match[name] for name in names if match[name]), " ")

    return one_line(html.unescape(_SPAN.sub(words, text)))


def latex(text: str) -> str:
    """Text that may hold HTML as LaTeX for a field: italics, bold, low and high letters stay."""
    text = one_line(text)
    parts, end = [], 0
    for match in _SPAN.finditer(text):
        if not (match["tag"] or match["href"] or match["other"]):
            continue  # in a title, characters of Markdown are taken literally
        parts.append(_escaped(text[end : match.start()]))
        if match["tag"]:
            command = _LATEX.get(match["tag"].lower(), r"\textsuperscript")
            parts.append(f"{command}{{{_escaped(match['tagged'])}}}")
        elif match["href"]:
            parts.append(_escaped(match["linked"]))
        end = match.end()
    return "".join([*parts, _escaped(text[end:])])


def _escaped(text: str) -> str:
    return escape(html.unescape(text))


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a body in Markdown: items of lists one each, other lines joined to paragraphs."""
    found: list[str] = []
    is_open = False
    for line in text.splitlines():
        item = re.match(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(.+)", line)
        words = marked(re.sub(r"^\s*#{1,6}\s+", "", item[1] if item else line))
        if not words:
            is_open = False
        elif item:
            found.append(f"{ITEM}{words}")
            is_open = True
        elif is_open:
            found[-1] += f" {words}"
        else:
            found.append(words)
            is_open = True
    return tuple(found)


def body(text: str, items: Iterable[str]) -> tuple[str, ...]:
    """The lines of a body in Markdown: `paragraphs`, and below them a list of ``items``."""
    return (*paragraphs(text), *(f"{ITEM}{marked(item)}" for item in items))
