"""The settings for conf.py: one table, and the checks of their values."""

from __future__ import annotations

import re
from inspect import ismodule
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_cv_ext.diagnostics import Code, Diagnostic, suggestion
from sphinx_cv_ext.extension import site, tables
from sphinx_cv_ext.extension.features import FEATURES
from sphinx_cv_ext.extension.profile import CONF, checked, refuse
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.outputs.references import STYLES


@frozen
class Setting:
    """A setting. The guide shows ``meaning``; ``values`` are all possible values, or empty if there are many."""

    name: str
    default: object
    types: tuple[type, ...]
    meaning: str
    values: tuple[object, ...] = ()


_DEFAULT_PERMALINK = "publications/{anchor}"

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "cv_profile",
        {},
        (dict,),
        "Whose site it is: a dictionary with the keys below.",
    ),
    Setting(
        "cv_people",
        {},
        (dict,),
        "The people you write with, for their names to lead to their pages: a dictionary from a name to an address, or "
        "to a dictionary with the keys below.",
    ),
    Setting(
        "cv_files",
        "",
        (str,),
        "A folder, relative to `conf.py`, with the files of publications. A field needs only the name of a file there, "
        "and a file named after a key (`KEY.pdf`, `KEY.slides.pdf`) is linked without a field.",
    ),
    Setting(
        "cv_pages",
        "all",
        (str,),
        "Which publications have a page of their own in HTML: `all`, `selected` or `none`.",
        ("all", "selected", "none"),
    ),
    Setting(
        "cv_permalink",
        _DEFAULT_PERMALINK,
        (str,),
        "The address of such a page, without `.html`: `{anchor}` is the publication's key in plain letters, `{year}` "
        "its year.",
    ),
    Setting(
        "cv_fast_pages",
        True,
        (bool,),
        "Whether the theme's page is made once and then filled in for each publication. The result is the same.",
        (True, False),
    ),
    Setting(
        "cv_jobs",
        0,
        (int,),
        "How many processes read publications and write their pages if `-j` does not say it; 0 means one for each "
        "processor, up to four.",
    ),
    Setting(
        "cv_reference_style",
        "apa",
        (str,),
        "The style of the reference on such a page: `apa`, `mla`, `chicago` or `ieee`.",
        STYLES,
    ),
    Setting(
        "cv_max_authors",
        0,
        (int,),
        "How many authors a list shows before it is cut short; 0 shows all. The owner is always shown.",
    ),
    Setting(
        "cv_disable",
        (),
        (list, tuple),
        "What the site should not have: a list of names from the table of features.",
    ),
    Setting("cv_link_kinds", (), (list, tuple), "Kinds of links of your own: a list of `LinkKind`."),
    Setting("cv_award_kinds", (), (list, tuple), "Kinds of awards of your own: a list of `AwardKind`."),
    Setting("cv_entry_kinds", (), (list, tuple), "Kinds of dated entries of your own: a list of `EntryKind`."),
    Setting("cv_exports", (), (list, tuple), "Download formats of your own: a list of `Export`."),
)

# What people call some settings.
_MEANT = dict.fromkeys(("cv_coauthors", "cv_authors", "cv_members"), "'cv_people'")

# A relative path of plain characters: no ".." in it, and not in a folder where Sphinx or we put other files.
_PERMALINK = pattern(r"(?!_|exports/|cv/)(?:[\w-]|\{anchor\}|\{year\})+(?:/(?:[\w-]|\{anchor\}|\{year\})+)*", re.ASCII)
_PERMALINK_WORDS = (
    "letters, digits, '-', '_' and '/' around '{anchor}' and '{year}'; '{anchor}' is required, and the folders "
    "'exports', 'cv' and those that begin with '_' are taken"
)
_NAMES = "a list of names of .bib files"


def register(app: Sphinx) -> None:
    """Declare every setting; if one changes, Sphinx reads all pages again."""
    for setting in SETTINGS:
        app.add_config_value(setting.name, setting.default, "env", setting.types)


def complete(app: Sphinx, config: Config) -> None:
    """Check the settings: each value that cannot be used is reported and replaced with the default.

    This runs before Sphinx compares the types of settings, whose warnings have no code of ours.
    """
    config["cv_profile"] = checked(config.cv_profile, tables.link_kinds(config))
    for setting in SETTINGS:
        value = getattr(config, setting.name)
        is_known = not setting.values or value in setting.values
        is_bool = isinstance(value, bool) and bool not in setting.types
        is_negative = isinstance(value, int) and value < 0
        if is_bool or is_negative or not isinstance(value, setting.types) or not is_known:
            refuse(setting.name, value, f"{setting.default!r} is used", _may_be(setting))
            config[setting.name] = setting.default
    if not _PERMALINK.fullmatch(config.cv_permalink) or "{anchor}" not in config.cv_permalink:
        refuse("cv_permalink", config.cv_permalink, f"{_DEFAULT_PERMALINK!r} is used", _PERMALINK_WORDS)
        config["cv_permalink"] = _DEFAULT_PERMALINK
    for name in config.cv_disable:
        if not isinstance(name, str) or name not in FEATURES:
            problem = f"cv_disable has no feature {name!r} {suggestion(str(name), FEATURES)}"
            warn(Diagnostic(Code.SETTING_INVALID, CONF, problem, "it is ignored"))
    config["html_baseurl"] = _base_url(config)
    # It is empty after ``-D language=``, for example.
    config["language"] = config.language or "en"
    if "-" in config.language:
        refuse("language", config.language, "words are English", repr(config.language.replace("-", "_")))
    _tell_missing_folder(config, Path(app.confdir))
    config["bibtex_bibfiles"] = _bibfiles(config.bibtex_bibfiles, Path(app.confdir))


def complete_people(app: Sphinx, config: Config) -> None:
    """Check ``cv_people``, once Sphinx knows the endings of pages: a name may lead to one of them.

    If such a page comes or goes, or is left out, the value is another one, and so all pages are read again.
    """
    if config.cv_people:
        # Imported here because few projects name people.
        from sphinx_cv_ext.extension.people import checked as checked_people

        config["cv_people"] = checked_people(config, Path(app.srcdir))


def tell_unknown(app: Sphinx) -> None:
    """Report names in conf.py that look like our settings but are nobody's, except functions and modules.

    This runs after the theme is loaded: everything that has settings has registered them by then.
    """
    known = {setting.name: setting for setting in SETTINGS}
    # Sphinx has no public name for what conf.py sets and nobody has registered.
    for name, value in getattr(app.config, "_raw_config", {}).items():
        if name.startswith("cv_") and name not in app.config and not callable(value) and not ismodule(value):
            problem = f"there is no setting {name!r} {suggestion(name, known, _MEANT)}"
            warn(Diagnostic(Code.SETTING_INVALID, CONF, problem, "it is ignored"))


def _may_be(setting: Setting) -> str:
    """The possible values of a setting, in words."""
    return " or ".join(map(repr, setting.values)) or _TYPES[setting.types[0]]


_TYPES = {str: "a string", int: "a whole number from 0", list: "a list", dict: "a dictionary"}


def _base_url(config: Config) -> str:
    """``html_baseurl`` as Sphinx can use it, or the address that `site.base` finds where conf.py gives none."""
    given: object = config.html_baseurl
    text = given if isinstance(given, str) else ""
    # "/docs/" will do for links from page to page, but for nothing of ours.
    if given and not text.startswith("/") and not site.base(config):
        address = "the whole address of the site, such as 'https://example.org/'"
        refuse("html_baseurl", given, "nothing is written that needs it", address)
    return text or site.base(config)


def _tell_missing_folder(config: Config, confdir: Path) -> None:
    """Report a ``cv_files`` that is no folder: otherwise all files named after keys would be missing silently."""
    folder = confdir / config.cv_files
    if not folder.is_dir():
        beside = {path.name: path for path in sorted(folder.parent.glob("[!._]*/"))}
        near = suggestion(folder.name, beside)
        problem = f"cv_files: there is no folder {config.cv_files!r} {near}".rstrip()
        warn(Diagnostic(Code.FILE_MISSING, CONF, problem, "files of publications are not found there"))


def _bibfiles(given: object, confdir: Path) -> list[str]:
    """The files of ``bibtex_bibfiles``, each once; an empty list if conf.py does not set it.

    sphinxcontrib-bibtex would stop the build without the setting, and would read a file twice that is named twice.
    """
    names = [given] if isinstance(given, str) else given if isinstance(given, list | tuple) else []
    if given is not None and not isinstance(given, str | list | tuple):
        refuse("bibtex_bibfiles", given, "no file is read", _NAMES)
    found: dict[Path, str] = {}
    for name in names:
        if isinstance(name, str | Path) and str(name) and "\0" not in str(name):
            found.setdefault((confdir / name).resolve(), str(name))
        else:
            refuse("bibtex_bibfiles", name, "it is ignored", _NAMES)
    return list(found.values())
