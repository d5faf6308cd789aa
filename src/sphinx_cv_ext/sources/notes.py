"""Finds acceptance rates and awards in free text: in remarks and after the names of venues."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sphinx_cv_ext.diagnostics import Location, Report
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.publication import Award, AwardKind
from sphinx_cv_ext.model.rates import Rate
from sphinx_cv_ext.sources.awards import SHARE_PATTERN, parse_awards
from sphinx_cv_ext.sources.rates import RATE_PATTERN, parse_rate

_RATE = pattern(
    rf"""\b(?:(?:acceptance|selection)\s+(?:rate|ratio|percentage)\b\s*(?:[:=~≈]|\b(?:is|of|was)\b)?
         |accept(?:ed|ance)\s*[:=]?\s*(?=\d)
         |AR\s*[:=])
    \s*(?P<rate>{RATE_PATTERN})""",
    re.VERBOSE | re.IGNORECASE,
)
_RATE_FIRST = pattern(rf"(?P<rate>{RATE_PATTERN})\s+(?:acceptance|selection)\s+(?:rate|ratio)\b", re.IGNORECASE)
_FIGURE = pattern(r"\d")
# Without words, only a string that is nothing but a percentage together with a fraction is certain to be a rate.
_BARE_RATE = pattern(r"(?=.*%)(?=.*(?:/|\bof\b))[\d\s.,%()=/~]+(?:(?:out )?of\s+\d+)?")

_WON = r"(?:(?:the|an?|won|winner\s+of|received|awarded|recipient\s+of)\s+)*"
_WORK = r"(?:paper|poster|demo|thesis|dissertation|artifact|presentation|talk|article|student|short|full|research)"
_HONOUR = r"(?:awards?|prize|nomination|nominee|finalist|candidate|runner[- ]up|(?:honou?rable\s+)?mention)"
_PRAISE = r"(?:best|outstanding|distinguished|exemplary|top|most\s+influential|test\s+of\s+time)"
_WORDS = r"(?:[\w/&'-]+\s+)"
# A clause that names an award and says nothing else, with its rate.
_AWARD = pattern(
    rf"""(?P<before>^|[.;!,(\[])\s*
    {_WON}
    (?P<name>
      (?:(?:nominated|finalist|shortlisted)\s+for\s+(?:the\s+|an?\s+)?)?
      (?:{_PRAISE}\s+{_WORDS}{{0,4}}?(?:{_HONOUR}|{_WORK})(?:\s+(?:{_HONOUR}|{_WORK}))*
        |{_WORDS}{{1,4}}?(?:award|prize)(?:\s+{_HONOUR})?
        |honou?rable\s+mention
        |(?:oral|spotlight)(?:\s+(?:presentation|paper|talk))?))
    (?:\s*[,:(]\s*{SHARE_PATTERN}\s*\)?)?
    \s*(?=$|[.;!,)\]])""",
    re.VERBOSE | re.IGNORECASE,
)

# LaTeX that makes an award stand out.
_STYLED = pattern(
    r"""\\(?:text(?:bf|it|sc|sl)|emph|underline|textcolor\s*\{[^{}\\]*\})\s*\{(?P<of_command>[^{}]*)\}
        |\{\\(?:bf|it|em|bfseries|itshape|color\s*\{[^{}\\]*\})(?![a-z])\s*(?P<of_switch>[^{}]*)\}
        |\{(?P<of_braces>[^{}\\]*)\}""",
    re.VERBOSE,
)
_STYLES_AT_ONCE = 3


@frozen
class Remark:
    """The rest of a remark, and the rate and the awards that were found in it."""

    text: str
    rate: Rate | None = None
    awards: tuple[Award, ...] = ()


def read_remark(
    text: str,
    location: Location,
    report: Report,
    kinds: Mapping[str, AwardKind],
    *,
    rates: bool = True,
) -> Remark:
    r"""Take an acceptance rate and awards out of a remark; the rest stays as it is written.

    Recognized are "(Acceptance Rate: 17/37 = 35%)", "Acceptance Ratio: 27/119 = 22.7\%", "37 % (61/166)" if that is the
    whole text, and clauses that name an award and nothing else: "Best Paper Award", "Oral, 40/3240". An impossible rate
    is reported and stays in the text. A text with LaTeX commands other than ``\%`` is only searched for rates, unless
    the commands make an award bold or coloured. Without ``rates`` rates are not looked for. ``kinds`` are the kinds of
    awards.
    """
    rest, rate = _without_rate(text, location, report) if rates else (text, None)
    bare = _without_style(rest) if "{" in rest else rest
    if "\\" in bare.replace("\\%", "") or "{" in bare:
        return Remark(rest, rate)
    left, awards = _without_awards(bare, location, report, kinds)
    return Remark(left if awards else rest, rate, awards)


def _without_rate(text: str, location: Location, report: Report) -> tuple[str, Rate | None]:
    if not _FIGURE.search(text):
        return text, None
    bare = text.strip(" .()[]")
    if _BARE_RATE.fullmatch(bare):
        rate = parse_rate(f"{bare})" if bare.count("(") > bare.count(")") else bare, location, report)
        return ("", rate) if rate else (text, None)
    match = _RATE.search(text) or _RATE_FIRST.search(text)
    rate = parse_rate(match["rate"], location, report) if match else None
    if not match or not rate:
        return text, None
    return _tidy(text[: match.start()] + text[match.end() :]), rate


def _without_style(text: str) -> str:
    """``text`` without the commands that give awards in it a style."""

    def bare(match: re.Match[str]) -> str:
        inside = match["of_command"] or match["of_switch"] or match["of_braces"] or ""
        return inside if _AWARD.search(inside) else match[0]

    for _style in range(_STYLES_AT_ONCE):
        text = _STYLED.sub(bare, text)
    return text


def _without_awards(
    text: str, location: Location, report: Report, kinds: Mapping[str, AwardKind]
) -> tuple[str, tuple[Award, ...]]:
    awards: list[Award] = []

    def take(match: re.Match[str]) -> str:
        name = match["name"][0].upper() + match["name"][1:]
        found = ", ".join(filter(None, (name, match["rate"])))
        awards.extend(parse_awards(found, location, report, kinds))
        return match["before"]

    rest = _AWARD.sub(take, text)
    return (_tidy(rest), tuple(awards)) if awards else (text, ())


def _tidy(text: str) -> str:
    """``text`` without the punctuation that stood around a part which was taken out.

    Each pattern can only match at the start of a run: otherwise a long run would be searched from every position.
    """
    text = re.sub(r"([(\[{])[\s.,;!]+", r"\1", text)
    text = re.sub(r"(?<![\s,;])[\s,;]+([)\]])", r"\1", text)
    text = re.sub(r"(?<!\s)\s*(?:\(\)|\[\])", "", text)
    text = re.sub(r"(?<![\s.,;!])[\s.,;!]*([.;!])(?=\s|$)", r"\1", text)
    text = re.sub(r"(?<!\s)\s+([,.;])", r"\1", text)
    return re.sub(r"\s{2,}", " ", text).strip(" ,;").lstrip(".! ")
