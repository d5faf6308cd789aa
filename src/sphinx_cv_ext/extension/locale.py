"""Translations of our own words: where their catalogues are, and the functions that look words up in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from string import Formatter

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import get_translation, get_translator
from sphinx.util.i18n import CatalogInfo

from sphinx_cv_ext.outputs.words import Translate, Words, english

CATALOG = "sphinx_cv_ext"
"""The name of our catalogues; Sphinx's own are called ``sphinx``."""

OF_SPHINX = "sphinx"
"""The catalogue in which themes look up their words. Ours has those of Furo, which Sphinx does not have."""

FOLDER = Path(__file__).parent.parent / "locale"
"""The folder of our catalogues, as ``LANGUAGE/LC_MESSAGES/sphinx_cv_ext.mo``."""

CATALOGUES = "cv_catalogues"
"""The name of a setting with a digest of the project's catalogues: Sphinx reads pages again if a setting changes."""

_FILES = f"*/LC_MESSAGES/{CATALOG}"

_in_language = get_translation(CATALOG)


# The same few sentences are looked up for thousands of publications; `register` clears the cache.
@cache
def _(message: str) -> str:
    """The translation of ``message`` in the language of the site; ``message`` itself if no catalogue has it."""
    return _usable(_in_language(message), message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The translation that fits ``count``, in the language of the site, which may have more than two forms."""
    return _usable(get_translator(CATALOG).ngettext(singular, plural, count), english(singular, plural, count))


def _usable(translation: str, message: str) -> str:
    """``translation``, or ``message`` if the translation has a placeholder that ``message`` does not have."""
    has_none = "{" not in translation and "}" not in translation
    return translation if has_none or _places(translation) <= _places(message) else message


def _places(text: str) -> set[str]:
    try:
        return {name for _before, name, _form, _conversion in Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}


def register(app: Sphinx) -> None:
    """Load the catalogues of the site's language: first those of the project, in ``locale_dirs``, then ours.

    This has to be called before anything is looked up. If one of the project's catalogues has changed, all pages are
    read again.
    """
    config = app.config
    compiled = hashlib.sha256()
    for folder in _of_project(app.srcdir, config):
        for path in sorted(folder.glob(f"{_FILES}.po")):
            catalog = CatalogInfo(path.parent, CATALOG, config.source_encoding)
            # Sphinx compiles the project's catalogues, too, but only after the extensions are set up.
            if catalog.is_outdated():
                catalog.write_mo(path.parts[-3], config.gettext_allow_fuzzy_translations)
        for path in sorted(folder.glob(f"{_FILES}.mo")):
            compiled.update(repr((str(path), path.read_bytes())).encode())
    app.add_config_value(CATALOGUES, compiled.hexdigest(), "env")
    for folder in _folders(app.srcdir, config):
        app.add_message_catalog(CATALOG, folder)
    app.add_message_catalog(OF_SPHINX, str(FOLDER))
    _.cache_clear()


def words_of(srcdir: Path, config: Config, language: str) -> Words:
    """Our words in any ``language``; in English if no catalogue has that language."""
    found = _catalogue(srcdir, config, language) or NullTranslations()

    def translate(message: str) -> str:
        return _usable(found.gettext(message), message)

    def plural(one: str, more: str, count: int) -> str:
        return _usable(found.ngettext(one, more, count), english(one, more, count))

    return Words(language, translate, plural)


def own_words(language: str) -> Translate | None:
    """Our words in ``language``, without a project; None if none of our catalogues has that language."""
    if _is_english(language):
        return str
    found = _found_in((FOLDER,), language)
    return found.gettext if found else None


def has_words(srcdir: Path, config: Config, language: str) -> bool:
    """Whether there is a catalogue for ``language``; English needs none."""
    return _is_english(language) or _catalogue(srcdir, config, language) is not None


def _is_english(language: str) -> bool:
    return language.partition("_")[0] == "en"


def languages(srcdir: Path, config: Config) -> list[str]:
    """The languages for which there is a catalogue, and English."""
    found = [path.parts[-3] for folder in _folders(srcdir, config) for path in folder.glob(f"{_FILES}.mo")]
    return sorted({"en", *found})


def _catalogue(srcdir: Path, config: Config, language: str) -> NullTranslations | None:
    """The catalogues of a language as one, those of the project before ours; None if there is none."""
    return _found_in(_folders(srcdir, config), language)


def _found_in(folders: Iterable[Path], language: str) -> NullTranslations | None:
    found: NullTranslations | None = None
    for folder in folders:
        with suppress(OSError, ValueError):
            catalogue = translation(CATALOG, folder, [language])
            if found:
                found.add_fallback(catalogue)
            else:
                found = catalogue
    return found


def _folders(srcdir: Path, config: Config) -> tuple[Path, ...]:
    return (*_of_project(srcdir, config), FOLDER)


def _of_project(srcdir: Path, config: Config) -> list[Path]:
    return [srcdir / folder for folder in config.locale_dirs]
