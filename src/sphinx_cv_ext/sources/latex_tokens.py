"""The tokens of a value, for the LaTeX and the HTML in it."""

from __future__ import annotations

import re

from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.characters import WHITE
from sphinx_cv_ext.sources.latex_tables import HTML_BLOCKS, HTML_INLINE, HTML_PREFIXES, HTML_RAW, HTML_STYLES

_TAG_NAMES = "|".join(
    sorted(map(re.escape, {*HTML_STYLES, *HTML_RAW, *HTML_BLOCKS, *HTML_INLINE, "a"}), key=len, reverse=True)
)
_TAG_NAME = f"(?i:(?:(?:{'|'.join(HTML_PREFIXES)}):)?(?:{_TAG_NAMES}))"
_TAG_ATTRIBUTES = r"""(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=`]++))*+"""
# Zotero, Mendeley and ADS export HTML with its angle brackets escaped for LaTeX.
_ESCAPED_LESS = r"(?:\{\\textless\s*\}|\\textless(?:\{\}|\s+|(?=/))|\$<\$|\{?\\ensuremath\{<\}\}?)"
_ESCAPED_MORE = r"(?:\{\\textgreater\s*\}|\\textgreater(?:\{\}|\s+|(?![A-Za-z]))|\$>\$|\{?\\ensuremath\{>\}\}?)"
_NUMBER_SIGN = r"(?:\#|\\\#|\{\\\#\})"

LIGATURE = pattern(r"---?|``?|''?|\?`(?!`)|!`(?!`)|~")
"""Characters that LaTeX replaces without a command: dashes, quotes, ``~``."""

TOKEN = pattern(
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
    | (?P<word> \\(?P<command>[A-Za-z]+)(?:\*?(?:\[[^\[\]{{}}]{{0,200}}\])*+(?=\{{))?(?P<after>[{WHITE}]*) )
    | (?P<symbol> \\(?P<character>.) )
    | (?P<open> \{{ )
    | (?P<close> \}} )
    | (?P<dollar> \$ )
    | (?P<script> [\^_](?=\{{) )
    | (?P<ligature> {LIGATURE.pattern} )
    | (?P<url> https?://(?:[^\s{{}}\\<>"$'`]|\\[_%&\#~])++ )
    | (?P<text> (?:[^\\{{}}$^_~`'<&?!h-]++|h(?!ttps?://)|[\^_](?!\{{)|-(?!-)|[?!](?!`))++ )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
"""One token. The name of the last group is its kind. Every character of a value belongs to a token."""

MARKUP = pattern(r"[\\{}$<&h](?:(?<!h)|ttps?://)")
"""Matches somewhere in every value that has tokens other than text and ligatures."""

LIGATURES = {
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
"""The characters that ligatures stand for."""

Token = re.Match[str]
"""What `TOKEN` found."""


def read_tag(token: Token) -> tuple[bool, str, str]:
    """Whether it is a closing tag, the name of the tag in lower case and without a namespace, and its attributes."""
    return bool(token["slash"]), token["name"].lower().rpartition(":")[2], token["attributes"]
