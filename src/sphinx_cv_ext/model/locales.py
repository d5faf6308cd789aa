"""Languages as Babel knows them, and the months in each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel.core import Locale, UnknownLocaleError

_BESIDE_ENGLISH = ("de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "pl", "cs")


def known_locale(language: str) -> Locale | None:
    """What Babel knows of a language, an RFC 5646 or POSIX tag; None if it does not know it."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def locale_of(language: str) -> Locale:
    """That of a language, or English."""
    return known_locale(language) or Locale("en")


@cache
def month_names(language: str) -> Mapping[str, int]:
    """The months by their names and what these are cut down to in ``language``, in small letters and without dots."""
    months = locale_of(language).months
    return {
        name.rstrip(".").casefold(): number
        for form in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in months[form][width].items()
    }


@cache
def foreign_months() -> Mapping[str, int]:
    """The months by such names in languages that .bib files are written in, without what is another one in another."""
    found: dict[str, int] = {}
    for language in _BESIDE_ENGLISH:
        for name, number in month_names(language).items():
            found[name] = number if found.get(name, number) == number else 0
    return found
