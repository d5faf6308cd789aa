"""The small grammar of awards: ``Best Paper Nomination, 16/876, https://…; Oral, 40/3240``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report
from sphinx_cv_ext.model.links import is_safe_url, scheme_of, well_formed
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.publication import Award, AwardKind
from sphinx_cv_ext.model.text import Linked, RichText, Styled, plain
from sphinx_cv_ext.sources.latex import decode
from sphinx_cv_ext.sources.links import clean_url
from sphinx_cv_ext.sources.rates import RATE_PATTERN, looks_like_rate, parse_rate

# Separators count only outside braces, and within a URL only at its end.
_PIECES = pattern(r"\w+://[^\s{}]+?(?=[;,]?(?:\s|$))|\\.|[{}]|[;,]|[^\\{};,\w]+|\w+", re.DOTALL)

SHARE_PATTERN = (
    rf"(?:top\s+)?(?P<rate>{RATE_PATTERN})(?:\s+(?:of\s+)?(?:all\s+|the\s+)?(?:submissions|(?:submitted\s+)?papers))?"
)
"""How people say which share got an award, ``top 1.5%`` or ``1 of 1541 submissions``, as a regular expression."""
# A rate without a comma before it is recognized by its brackets or its slash, except for two years as in "2018/19".
_RATE_BEHIND = pattern(
    rf"(?P<name>.*?\S)\s*(?:(?P<bracket>\()|\s(?=\S*/)(?!(?:19|20)\d\d\s*/)){SHARE_PATTERN}(?(bracket)\))",
    re.DOTALL | re.IGNORECASE,
)


def parse_awards(text: str, location: Location, report: Report, kinds: Mapping[str, AwardKind]) -> tuple[Award, ...]:
    r"""Read awards separated by ``;``: each a name, then its rate and its URL as evidence, separated by commas.

    The rate may also stand right behind the name: ``Oral (top 1.5%)``, ``Best Paper Award 2/358``.
    The evidence may also be given as ``\href{URL}{Name}``. A rate that cannot be, or a URL that a page must
    not link to, is reported and left out; the award stays. Its kind is the first of ``kinds`` that fits its name,
    and the last of them fits any.
    """
    awards = (_parse_award(part, location, report, kinds) for part in _split(text, ";") if part.strip())
    return tuple(award for award in awards if award)


def _parse_award(text: str, location: Location, report: Report, kinds: Mapping[str, AwardKind]) -> Award | None:
    names: list[str] = []
    rate, url = None, ""
    for part in _split(text, ","):
        # An \href around the name holds the evidence, see _first_url.
        address = "" if "\\href" in part else clean_url(part)
        if looks_like_rate(part):
            rate = parse_rate(part, location, report)
        elif scheme_of(address) and " " not in address:
            if is_safe_url(address):
                url = well_formed(address)
            else:
                problem = f"{address!r} is not an address that a page may link to"
                report(Diagnostic(Code.LINK_UNSAFE, location, problem, "the award is shown without it"))
        elif part.strip():
            if behind := _RATE_BEHIND.fullmatch(part.strip()):
                rate = parse_rate(behind["rate"], location, report)
            decoded = decode(behind["name"] if behind else part.strip())
            names.append(plain(decoded))
            url = url or _first_url(decoded)
    if not names:
        problem = f"the award {text.strip()!r} has no name"
        report(Diagnostic(Code.AWARD_UNNAMED, location, problem, "it is left out"))
        return None
    name = ", ".join(names)
    kind = next(kind for kind in kinds.values() if re.search(kind.pattern, name, re.IGNORECASE))
    return Award(name, kind, rate, url)


def _first_url(text: RichText) -> str:
    for inline in text:
        if isinstance(inline, Linked):
            return inline.url
        if isinstance(inline, Styled) and (url := _first_url(inline.children)):
            return url
    return ""


def _split(text: str, separator: str) -> list[str]:
    """The parts of ``text`` between separators that are outside braces and URLs."""
    parts, depth = [list[str]()], 0
    for piece in _PIECES.findall(text):
        if piece == separator and depth == 0:
            parts.append([])
            continue
        depth += {"{": 1, "}": -1 if depth else 0}.get(piece, 0)
        parts[-1].append(piece)
    return ["".join(part) for part in parts]
