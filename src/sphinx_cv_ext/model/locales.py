"""Languages as Babel knows them, and the months in each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel.core import Locale, UnknownLocaleError

_BESIDE_ENGLISH = ("de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "pl", "cs")


def known_locale(language: str) -> Locale | None:
    """Babel's locale for a language, an RFC 5646 or POSIX tag; None if Babel does not know it."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def locale_of(language: str) -> Locale:
    """Babel's locale for a language, or the English one if Babel does not know the language."""
    return known_locale(language) or Locale("en")


@cache
def month_names(language: str) -> Mapping[str, int]:
    """The numbers of months by their names and abbreviations in ``language``, in lower case and without final dots."""
    months = locale_of(language).months
    return {
        name.rstrip(".").casefold(): number
        for form in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in months[form][width].items()
    }


@cache
def foreign_months() -> Mapping[str, int]:
    """The same for several languages together; a name that means different months in two of them has the number 0."""
    found: dict[str, int] = {}
    for language in _BESIDE_ENGLISH:
        for name, number in month_names(language).items():
            found[name] = number if found.get(name, number) == number else 0
    return found
