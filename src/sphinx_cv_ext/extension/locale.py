"""Our own words in the language of the site: where their catalogues lie, and how the code asks them."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

from sphinx.application import Sphinx
from sphinx.locale import get_translation, get_translator
from sphinx.util.i18n import CatalogRepository

CATALOG = "sphinx_cv_ext"
"""The name of our catalogues, apart from Sphinx's own, which are called ``sphinx``."""

FOLDER = Path(__file__).parent.parent / "locale"
"""Where ours lie, ``LANGUAGE/LC_MESSAGES/sphinx_cv_ext.mo``."""

_in_language = get_translation(CATALOG)


def _(message: str) -> str:
    """A sentence of ours in the language of the site; as it is where no catalogue has it."""
    return _usable(_in_language(message), message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The one of two sentences that fits ``count``, in the language of the site, which may have more forms than two."""
    english = singular if count == 1 else plural
    return _usable(get_translator(CATALOG).ngettext(singular, plural, count), english)


def _usable(translation: str, message: str) -> str:
    """``translation`` if its places for data are among those of ``message``, which stands in for it otherwise."""
    has_none = "{" not in translation and "}" not in translation
    return translation if has_none or _places(translation) <= _places(message) else message


def _places(text: str) -> set[str]:
    try:
        return {name for _before, name, _form, _conversion in Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}


def register(app: Sphinx) -> None:
    """Load the catalogues of the site's language: first those of the project, in ``locale_dirs``, then ours.

    To be called before anything of ours is read in that language.
    """
    config = app.config
    repository = CatalogRepository(app.srcdir, config.locale_dirs, config.language, config.source_encoding)
    for catalog in repository.catalogs:
        # Sphinx compiles catalogues of a project itself, but only once extensions are set up.
        if catalog.domain == CATALOG and catalog.is_outdated():
            catalog.write_mo(config.language, config.gettext_allow_fuzzy_translations)
    for folder in (*repository.locale_dirs, FOLDER):
        app.add_message_catalog(CATALOG, folder)
