"""Dates and periods in other languages than English, as pages write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sphinx_cv_ext.model.dates import MONTHS
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.dates import FOREIGN_SEASONS, is_parted

# The terms of German universities, and other words in dates that are not in CLDR.
_WORDS = {
    **dict.fromkeys(("wise", "ws", "wintersemester"), "winter"),
    **dict.fromkeys(("sose", "ss", "sommersemester"), "summer"),
    **FOREIGN_SEASONS,
    **dict.fromkeys(("seit", "ab", "vom", "depuis", "du", "desde", "del", "dal"), "since"),
    **dict.fromkeys(("bis", "au", "à", "al", "hasta", "至"), " to "),
    **dict.fromkeys(("heute", "aujourd'hui", "présent", "presente", "actualidad", "hoy", "oggi"), "present"),
    "至今": " to present",
    **dict.fromkeys(("le", "de", "den", "el", "il", "la"), ""),
}
_WORD = pattern(r"[^\W\d_]+(?:['’]hui)?\.?")
_EAST_ASIAN = pattern(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
_OF_TWO_YEARS = pattern(r"\bwinter\s+(?P<year>\d{4})/(?P<next>\d{4}|\d\d)\b", re.IGNORECASE)


def in_english(text: str, months: Mapping[str, int], seasons: Mapping[str, str]) -> str:
    """A date or a period in another language, translated so that `parse_period` can read it.

    ``months`` maps the names of months, in lower case, to their numbers. ``seasons`` maps the keys of `SEASONS` to
    their words in that language, with ``{year}`` for the year. A winter with two years, as in "2022/23", becomes a
    period.
    """
    for name, form in seasons.items():
        text = re.sub(
            re.escape(form).replace(r"\{year\}", r"(\d{4}(?:/\d+)?)"), rf"{name} \1", text, flags=re.IGNORECASE
        )
    text = _EAST_ASIAN.sub(lambda match: "-".join(filter(None, match.groups())), text)

    def english(match: re.Match[str]) -> str:
        word = match[0].rstrip(".").replace("’", "'").casefold()
        return MONTHS[months[word] - 1] if word in months else _WORDS.get(word, match[0])

    text = _WORD.sub(english, text)
    is_part = is_parted(text)

    def winter(match: re.Match[str]) -> str:
        year = int(match["year"])
        if int(match["next"]) % 100 != (year + 1) % 100:
            return match[0]
        return f"winter {year}" if is_part else f"winter {year}/{year + 1}"

    return _OF_TWO_YEARS.sub(winter, text)
