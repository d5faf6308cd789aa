"""The names of languages in BibTeX files, and their RFC 5646 tags."""

from __future__ import annotations

import re

from sphinx_cv_ext.model.patterns import pattern

# The names of the babel package (biblatex manual, table 2) by their tags in RFC 5646.
_TAGS = {
    name: tag
    for tag, names in {
        "ar": "arabic",
        "bg": "bulgarian",
        "ca": "catalan",
        "cs": "czech",
        "da": "danish",
        "de": "german ngerman",
        "de-AT": "austrian naustrian",
        "de-CH": "swissgerman nswissgerman",
        "el": "greek",
        "en": "english",
        "en-AU": "australian",
        "en-CA": "canadian",
        "en-GB": "british ukenglish",
        "en-NZ": "newzealand",
        "en-US": "american usenglish",
        "es": "spanish",
        "et": "estonian",
        "fa": "persian farsi",
        "fi": "finnish",
        "fr": "french francais",
        "fr-CA": "canadien acadian",
        "he": "hebrew",
        "hi": "hindi",
        "hr": "croatian",
        "hu": "hungarian magyar",
        "it": "italian",
        "ja": "japanese",
        "ko": "korean",
        "la": "latin",
        "lt": "lithuanian",
        "lv": "latvian",
        "nb": "norwegian norsk",
        "nl": "dutch",
        "nn": "nynorsk",
        "pl": "polish",
        "pt": "portuguese portuges",
        "pt-BR": "brazilian brazil",
        "ro": "romanian",
        "ru": "russian",
        "sk": "slovak",
        "sl": "slovene slovenian",
        "sr": "serbian serbianc",
        "sv": "swedish",
        "tr": "turkish",
        "uk": "ukrainian",
        "vi": "vietnamese",
        "zh": "chinese",
    }.items()
    for name in names.split()
}
_TAG = pattern(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?", re.IGNORECASE)


def language_tag(name: str) -> str:
    """The RFC 5646 tag for a ``langid`` such as ``ngerman``, or for a tag itself; empty for anything else."""
    name = name.strip().replace("_", "-")
    return _TAGS.get(name.lower(), name if _TAG.fullmatch(name) else "")
