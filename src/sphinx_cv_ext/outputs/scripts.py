"""The languages of names and titles, as far as their script shows: browsers choose fonts and voices by them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import once_per_name


@frozen
class Script:
    """A script: the languages that use it, and the RFC 5646 tag for a text of which only the script is known."""

    languages: frozenset[str]
    unsure: str


def _script(languages: str, unsure: str) -> Script:
    return Script(frozenset(languages.split()), unsure)


_JAPANESE = _script("ja", "ja")
# By the first word of their characters' names in Unicode. All other scripts are treated like Latin.
_SCRIPTS: dict[str, Script] = {
    "CJK": _script("zh yue ja ko", "zh"),
    "HIRAGANA": _JAPANESE,
    "KATAKANA": _JAPANESE,
    "HANGUL": _script("ko", "ko"),
    "CYRILLIC": _script("be bg kk ky mk mn ru sr tg uk", "und-Cyrl"),
    "GREEK": _script("el", "el"),
    "ARABIC": _script("ar ckb fa ps ug ur", "und-Arab"),
    "HEBREW": _script("he yi", "he"),
}
_RIGHT_TO_LEFT = _SCRIPTS["ARABIC"].languages | _SCRIPTS["HEBREW"].languages
_LATIN = "LATIN"
# Characters that may be letters of these scripts: not Latin with accents, punctuation, arrows and the like.
_OTHER = pattern("[\u0370-\u1dff\u1f00-\u1fff\u2c00-\U0010ffff]")
# In these scripts nearly every character counts as a word.
_WITHOUT_BLANKS = frozenset({"CJK", "HIRAGANA", "KATAKANA"})
_ALSO_LATIN = frozenset({"sr", "kk", "mn", "ug"})


def language_of(text: str, page: str, said: str = "") -> str:
    """The language of a title, for a page in the language ``page``; empty if it is the same, or not known.

    ``said`` is the language that the source gives; it counts if it uses the script of ``text``.

    >>> language_of("深度学习", "en"), language_of("深度学习", "zh-CN"), language_of("Grüße", "en", "de")
    ('zh', '', 'de')
    """
    script = _script_of(text)
    found = said if _fits(script, said) else "" if script is None or _fits(script, page) else script.unsure
    return "" if _primary(found) == _primary(page) else found


@once_per_name
def language_of_name(text: str, page: str, said: str = "") -> str:
    """The same for a name or a reference. ``said``, the language of the work, counts only for other scripts than Latin.

    On a page that runs from right to left a Latin name is marked as foreign: otherwise two of them side by side would
    change places (Unicode Standard Annex 9, section 3.3.4).

    >>> language_of_name("Ada Example", "en"), language_of_name("Ada Example", "he")
    ('', 'und-Latn')
    """
    if _script_of(text):
        return language_of(text, page, said)
    return "und-Latn" if text.strip() and _primary(page) in _RIGHT_TO_LEFT else ""


def is_latin(text: str) -> bool:
    """Whether most words of ``text`` are in Latin letters, or in a script that is not known here.

    >>> is_latin("Lob des Schattens"), is_latin("陰翳礼讃")
    (True, False)
    """
    return _script_of(text) is None


def is_script_of(text: str, language: str) -> bool:
    """Whether ``text`` is in a script other than Latin that ``language`` uses.

    >>> is_script_of("温伟", "zh_CN"), is_script_of("温伟", "de"), is_script_of("Wei Wen", "de")
    (True, False, False)
    """
    script = _script_of(text)
    return script is not None and _fits(script, language)


def _fits(script: Script | None, language: str) -> bool:
    primary = _primary(language)
    if script is None:
        return bool(primary) and (primary in _ALSO_LATIN or not any(primary in s.languages for s in _SCRIPTS.values()))
    return primary in script.languages


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def _script_of(text: str) -> Script | None:
    """The script of most words of ``text``; None for Latin, which also wins a tie."""
    if text.isascii() or not _OTHER.search(text):
        return None
    count: Counter[str] = Counter()
    before = ""
    for character in text:
        name = _name(character)
        if name and (name != before or name in _WITHOUT_BLANKS):
            count[name] += 1
        before = name
    if count["CJK"] and (count["HIRAGANA"] or count["KATAKANA"]):
        # Han characters together with kana are Japanese.
        count["HIRAGANA"] += count.pop("CJK")
    best = max(count, key=lambda name: (count[name], name == _LATIN), default=_LATIN)
    return _SCRIPTS.get(best)


@cache
def _name(character: str) -> str:
    """The script of a letter; empty for anything else."""
    if not character.isalpha():
        return ""
    name = unicodedata.name(character, _LATIN).replace("-", " ").split()[0]
    return name if name in _SCRIPTS else _LATIN
