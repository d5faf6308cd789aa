"""The marks, such as ``*†``, that people type behind names."""

from __future__ import annotations

import re

from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.masks import Masked, masked

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


def without_marks(piece: Masked) -> tuple[Masked, str]:
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
    return (masked(source).strip(), "".join(marks)) if marks else (piece, "")
