"""How the options of directives are read. Each is declared once; a wrong value is a warning that names right ones."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sphinx_cv_ext.diagnostics import suggestion
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.library import OwnerRole, Years
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import AUTHOR_ROLES, Name
from sphinx_cv_ext.model.yes_or_no import yes_or_no
from sphinx_cv_ext.outputs.words import is_language


@frozen
class Option:
    """An option: ``read`` parses its text or raises a ValueError that says what is wrong; the guide has ``meaning``."""

    read: Callable[[str], Any]
    meaning: str


class AnyOption(dict[str, Callable[[str], Any]]):
    """An option table that makes docutils accept every option, so that we can warn of the wrong ones ourselves.

    docutils would drop the whole directive because of one wrong option.
    """

    def __bool__(self) -> bool:
        """True, for MyST looks for options only where the table is not empty."""
        return True

    def __missing__(self, name: str) -> Callable[[str], Any]:
        return lambda text: text or ""


def words(text: str) -> tuple[str, ...]:
    """Values separated by commas or line ends."""
    return tuple(filter(None, (word.strip() for word in text.replace("\n", ",").split(","))))


def keys(text: str) -> tuple[str, ...]:
    """BibTeX keys separated by commas, blanks or line ends."""
    return tuple(filter(None, re.split(r"[,\s]+", text)))


def people(text: str) -> tuple[Name, ...]:
    """Names separated by commas, each as it is spoken; only their words are compared."""
    return tuple(map(Name, words(text)))


def flag(text: str) -> bool:
    """True for an option without a value; ``false`` and ``no`` switch it off."""
    said = yes_or_no(text) if text else True
    if said is None:
        raise ValueError("it takes no value")
    return said


def number(text: str) -> int:
    """A whole number, at least 1."""
    if not text.isascii() or not text.isdigit() or not int(text):
        raise ValueError(f"{text!r} is not a whole number from 1")
    return int(text)


def language(text: str) -> str:
    """A language as Sphinx names it, such as ``zh_CN``; ``zh-cn`` is accepted, too."""
    first, *rest = text.replace("-", "_").split("_")
    name = "_".join((first.lower(), *(part.upper() if len(part) == 2 else part.title() for part in rest)))
    if not is_language(name):
        raise ValueError(f"{text!r} is not a language such as 'de' or 'zh_CN'")
    return name


_Member = TypeVar("_Member", bound=enum.Enum)


def one_of(kind: type[_Member]) -> Callable[[str], _Member]:
    """A reader of one value of an enumeration."""

    def read(text: str) -> _Member:
        try:
            return kind(text.strip().lower())
        except ValueError:
            known = {member.value: None for member in kind}
            raise ValueError(f"{text!r} is unknown {suggestion(text, known)}") from None

    return read


def some_of(kind: type[_Member]) -> Callable[[str], tuple[_Member, ...]]:
    """A reader of several values of an enumeration, separated by commas."""
    read = one_of(kind)
    return lambda text: tuple(read(word) for word in words(text))


def roles_of_owner() -> Callable[[str], tuple[OwnerRole, ...]]:
    """A reader of several roles of the owner; for a role that only others have its error names the right option."""
    roles = some_of(OwnerRole)
    known = {role.value for role in OwnerRole}

    def read(text: str) -> tuple[OwnerRole, ...]:
        for word in words(text.lower()):
            if word in AUTHOR_ROLES and word not in known:
                raise ValueError(f"{word!r} is a role of others; write 'with: {word}'")
        return roles(text)

    return read


def names_of(table: Mapping[str, object]) -> Callable[[str], tuple[str, ...]]:
    """A reader of several names of a table, separated by commas or blanks."""

    def read(text: str) -> tuple[str, ...]:
        found = tuple(word.lower() for word in keys(text))
        for word in found:
            if word not in table:
                raise ValueError(f"{word!r} is unknown {suggestion(word, table)}")
        return found

    return read


_RECENT = pattern(r"last\s+0*([1-9]\d{0,3})(?:\s+years)?", re.IGNORECASE)
_YEARS = pattern(r"(\d{4})?\s*([-–])?\s*(\d{4})?")


def years(text: str) -> tuple[Years, ...]:
    """Years and ranges separated by commas: ``2019``, ``2015-2017``, ``2019-``, ``-2012``, ``last 5``."""
    found = []
    for word in words(text):
        if recent := _RECENT.fullmatch(word):
            found.append(Years(recent=int(recent[1])))
            continue
        match = _YEARS.fullmatch(word)
        if not match or not (match[1] or match[3]):
            raise ValueError(f"{word!r} is not a year or a range such as 2019, 2015-2017, 2019- or 'last 5'")
        first = int(match[1]) if match[1] else None
        last = int(match[3]) if match[3] else None
        if first and last and first > last:
            raise ValueError(f"{word!r} ends before it starts")
        found.append(Years(first, last if match[2] else first))
    return tuple(found)
