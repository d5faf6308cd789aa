"""Checks the rows that conf.py adds to our tables: a row that cannot be used is reported and ignored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from docutils.parsers.rst.languages import en
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import is_directive_registered
from sphinx.util.tags import Tags

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Report
from sphinx_cv_ext.extension import tables
from sphinx_cv_ext.extension.directives.badges import LinksDirective
from sphinx_cv_ext.extension.directives.dated import DatedEntryDirective
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.profile import CONF
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.cv import ENTRY_KINDS, EntryKind
from sphinx_cv_ext.model.links import LINK_KINDS, LinkKind, is_safe_url
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.publication import AWARD_KINDS, TONES, AwardKind
from sphinx_cv_ext.outputs.exports import EXPORTS, Export
from sphinx_cv_ext.sources.fields import KNOWN_FIELDS, is_private
from sphinx_cv_ext.sources.kinds import Kinds

# A name becomes a field, an option, a CSS class and part of an address.
_NAME = pattern(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_TEMPLATE = pattern(r"https?://[^\s{}]*\{\}[^\s{}]*")
_SUFFIX = pattern(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_MEDIA_TYPE = pattern(r"[\w.+-]+/[\w.+-]+", re.ASCII)

# "cv-link-download" is the class of links to exported files.
_TAKEN_CLASSES = frozenset({"download"})
# A file with such an ending beside the page of a publication would be the page itself, or would be taken for the paper.
_TAKEN_SUFFIXES = frozenset({"html", "htm", "xhtml", "pdf"})

_FITS: dict[str, Callable[[object], bool]] = {
    "str": lambda value: isinstance(value, str) and bool(value.strip()),
    "bool": lambda value: isinstance(value, bool),
}
"""Checks of a field's value, by its annotation; fields with any other annotation must be functions."""


def _wrong_link(kind: LinkKind) -> str:
    options = LinksDirective.OPTIONS.keys() | DatedEntryDirective.OPTIONS.keys()
    if kind.name in KNOWN_FIELDS | options | _TAKEN_CLASSES or is_private(kind.name):
        return "a field, an option or a class of that name means something else"
    if kind.template and not (_TEMPLATE.fullmatch(kind.template) and is_safe_url(kind.template.format("x"))):
        return f"the template {kind.template!r} is not an http or https address with one '{{}}' in it"
    return ""


def _wrong_award(kind: AwardKind) -> str:
    if kind.tone not in TONES:
        return f"{kind.tone!r} is not a tone (known: {', '.join(TONES)})"
    try:
        fits_any = re.search(kind.pattern, "")
    except re.error as error:
        return f"the pattern {kind.pattern!r} is not a regular expression: {error}"
    return f"the pattern {kind.pattern!r} fits any award" if fits_any else ""


def _wrong_entry(kind: EntryKind) -> str:
    # Imported here because it loads everything that CVs are made with, and few projects add kinds.
    from sphinx_cv_ext.outputs.json_resume import SECTIONS

    if kind.lead not in ("what", "where"):
        return f"'what' or 'where' leads, and not {kind.lead!r}"
    if kind.resume not in SECTIONS:
        return f"JSON Resume has no section {kind.resume!r} (known: {', '.join(SECTIONS)})"
    # docutils registers a directive of its own only when that is used for the first time.
    is_taken = is_directive_registered(kind.name) or kind.name in en.directives
    return "there is a directive of that name" if is_taken else ""


def _wrong_export(export: Export) -> str:
    if not _SUFFIX.fullmatch(export.suffix) or export.suffix in _TAKEN_SUFFIXES:
        return f"its files cannot end in {export.suffix!r}"
    if not _MEDIA_TYPE.fullmatch(export.media_type):
        return f"{export.media_type!r} is not a media type"
    return ""


@frozen
class Addition:
    """A setting that adds rows to a table.

    ``kind`` is the class of the rows and ``known`` are our own. ``wrong`` says in words what is wrong with a row whose
    types are right, or returns an empty text. No two rows may have the same value in one of the ``unique`` fields.
    """

    kind: type[Any]
    known: Mapping[str, Any]
    wrong: Callable[[Any], str]
    unique: tuple[str, ...] = ("name",)


ADDITIONS: dict[str, Addition] = {
    "cv_link_kinds": Addition(LinkKind, LINK_KINDS, _wrong_link),
    "cv_award_kinds": Addition(AwardKind, AWARD_KINDS, _wrong_award),
    "cv_entry_kinds": Addition(EntryKind, ENTRY_KINDS, _wrong_entry),
    "cv_exports": Addition(Export, EXPORTS, _wrong_export, ("name", "label", "suffix")),
}
"""Every setting that adds rows."""


def complete(app: Sphinx, config: Config) -> None:
    """Check these settings, and register a directive for each kind of entry.

    This runs before other settings are checked, because those may name the kinds.
    """
    for name in ADDITIONS:
        config[name] = rows(name, config[name], warn)
    for kind in config.cv_entry_kinds:
        app.add_directive(kind.name, DatedEntryDirective)
        app.add_directive_to_domain(CvDomain.name, kind.name, DatedEntryDirective)


def kinds_of_conf(folder: Path, report: Report) -> Kinds:
    """The kinds that the conf.py in ``folder`` adds for .bib files. It is run; a SphinxError if that fails."""
    # An absolute path, because Sphinx changes into the folder before it opens the file.
    config = Config.read(folder.resolve(), overrides={}, tags=Tags())
    for name in ADDITIONS:
        config.add(name, (), "", ())
        config[name] = rows(name, config[name], report)
    return tables.kinds(config)


def rows(name: str, given: object, report: Report) -> tuple[Any, ...]:
    """The rows in the value of the setting ``name`` that can be used, in their order; the others are reported."""

    def refuse(problem: str) -> None:
        report(Diagnostic(Code.SETTING_INVALID, CONF, f"{name}: {problem}", "it is ignored"))

    if not isinstance(given, list | tuple):
        refuse(f"{given!r} is not a list")
        return ()
    addition = ADDITIONS[name]
    found: dict[str, Any] = {}
    for row in given:
        if not isinstance(row, addition.kind):
            refuse(f"{row!r} is not of the type {addition.kind.__name__}")
        elif problem := _wrong_types(row) or _taken(row, addition, found) or addition.wrong(row):
            refuse(f"{row.name!r}: {problem}")
        else:
            found[row.name] = row
    return tuple(found.values())


def _wrong_types(row: Any) -> str:
    for field in fields(row):
        value = getattr(row, field.name)
        is_left_out = field.default == value == ""
        if not is_left_out and not _FITS.get(str(field.type), callable)(value):
            return f"{field.name} cannot be {value!r}"
    return "" if _NAME.fullmatch(row.name) else "a name has letters from a to z, digits, and '-' between them"


def _taken(row: Any, addition: Addition, found: Mapping[str, Any]) -> str:
    for name in addition.unique:
        value = getattr(row, name)
        if any(getattr(other, name) == value for other in (*addition.known.values(), *found.values())):
            return f"there is one with the {name} {value!r} already"
    return ""
