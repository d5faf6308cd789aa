"""The tokens that the LaTeX of a value, and the HTML in it, is read by."""

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
# Zotero, Mendeley and ADS escape the angle brackets of the HTML that they were given.
_ESCAPED_LESS = r"(?:\{\\textless\s*\}|\\textless(?:\{\}|\s+|(?=/))|\$<\$|\{?\\ensuremath\{<\}\}?)"
_ESCAPED_MORE = r"(?:\{\\textgreater\s*\}|\\textgreater(?:\{\}|\s+|(?![A-Za-z]))|\$>\$|\{?\\ensuremath\{>\}\}?)"
_NUMBER_SIGN = r"(?:\#|\\\#|\{\\\#\})"

LIGATURE = pattern(r"---?|``?|''?|\?`(?!`)|!`(?!`)|~")
"""Characters that mean another one without a command: dashes, quotes, ``~``."""

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
"""One token, of the kind that its last group names; each character of a value is in one."""

MARKUP = pattern(r"[\\{}$<&h](?:(?<!h)|ttps?://)")
"""What each token but text and ligatures starts with, or is, or is nothing without."""

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
"""A ligature to the character that is shown for it."""

Token = re.Match[str]
"""What `TOKEN` found."""


def read_tag(token: Token) -> tuple[bool, str, str]:
    """Whether a tag closes, its name in lower case without a namespace, and its attributes."""
    return bool(token["slash"]), token["name"].lower().rpartition(":")[2], token["attributes"]
