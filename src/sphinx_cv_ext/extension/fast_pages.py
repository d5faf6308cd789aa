"""The theme's page rendered once and filled in for each publication: the same bytes in a tenth of the time.

The theme writes a page itself wherever that might not give the same bytes: where code or a template of somebody else
looks at the names of pages, where a template changes a value in a way that is not in `_WAYS`, and where the first page
of a kind comes out differently when it is filled in.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, NamedTuple

from markupsafe import Markup
from markupsafe import escape as jinja_escape
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.matching import patmatch

from sphinx_cv_ext.extension import kept
from sphinx_cv_ext.extension.filtering import needs_script
from sphinx_cv_ext.extension.others import LEAVE_PAGES, are_all_of, module_of
from sphinx_cv_ext.extension.shells import Form, Shell, interleaved, leaf_of, stand_in
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern

_LOOKS_AT_NAME = pattern(r"\b(?:pagename|current_page_name|pageurl)\b")
# The ways below all make something else of it.
_PROBE = "&amp;&#x27;&lt;b&gt;  &quot;"
_HAS_WORK = '<details class="cv-bibtex'
# A title is asked for three times in a row: for its own page and for its two neighbours.
_stripped = lru_cache(maxsize=8)(lambda text: Markup(text).striptags())
_WAYS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: jinja_escape(text),
    lambda text: jinja_escape(_stripped(text)),
    lambda text: _stripped(text),
)
"""How a template may write a value: as it is, or through ``e``, ``striptags|e`` or ``striptags``."""

_NEAR = ("prev", "next", "parent")
_SLOTS = ("title", "body", "metatags", *(f"{place}.{part}" for place in _NEAR for part in ("link", "title")))
_FORMS = {
    has_work: Form({**dict.fromkeys(_SLOTS, _PROBE), "body": f"{body}{_PROBE}"}, _WAYS)
    for has_work, body in ((False, ""), (True, _HAS_WORK))
}
"""The form of pages, by whether our script is loaded there."""

COMMON: Mapping[str, Any] = MappingProxyType({"display_toc": False, "meta": {}})
"""The values for the template that are the same for the pages of all publications."""


class Around(NamedTuple):
    """What a theme can show around a page: the pages before and after it, and those that lead to it.

    Its parent is the last of those. ``above`` are the links and titles of the others, the same for most pages.
    """

    has_prev: bool
    has_next: bool
    has_parent: bool
    above: tuple[tuple[str, str], ...]


class _Key(NamedTuple):
    """Pages with the same key can be filled into the same shell.

    ``patterns`` are the patterns for sidebars, in conf.py or the theme's options, that match their names.
    """

    folder: str
    patterns: tuple[str, ...]
    around: Around
    has_work: bool


@frozen
class _Plate:
    """A shell, and its pieces as the bytes of a file."""

    shell: Shell
    pieces: tuple[bytes, ...]


class Press:
    """Makes the HTML of pages without asking the theme for each."""

    def __init__(self, app: Sphinx, builder: StandaloneHTMLBuilder) -> None:
        self._builder = builder
        self._patterns = (*app.config.html_sidebars, *_secondary(builder))
        self._encoding = app.config.html_output_encoding
        self._is_on = bool(app.config.cv_fast_pages) and not _looks_at_each(app, builder)
        self._first: dict[_Key, tuple[str, Mapping[str, Any]]] = {}
        self._checked: dict[_Key, bool] = {}
        self._plate = cache(self._made)
        self._mark = cache(self._mark_of)

    def page(self, name: str, around: Around, context: Mapping[str, Any]) -> bytes | None:
        """The content of the page ``name``, with ``context`` for its template; None if the theme has to write it.

        The theme writes the first page of each kind. When the second one is asked for, the first must have been
        written: it is filled in as well and compared, and only if both are the same are pages of that kind filled in.
        """
        if not self._is_usable(name):
            return None
        key = self._key(name, around, needs_script(context["body"]))
        if key not in self._first:
            self._first[key] = (name, context)
            return None
        if key not in self._checked:
            first, its_context = self._first[key]
            theirs = Path(self._builder.get_outfilename(first)).read_bytes()
            self._checked[key] = self._filled(key, first, its_context) == theirs
        return self._filled(key, name, context) if self._checked[key] else None

    def _filled(self, key: _Key, name: str, context: Mapping[str, Any]) -> bytes | None:
        plate = self._plate(key)
        if not plate:
            return None
        written = _FORMS[key.has_work].written(plate.shell, leaf_of(name), _values(context))
        encoded = {slot: self._encoded(text) for slot, text in written.items()}
        return interleaved(b"", plate.pieces, [encoded[slot] for slot in plate.shell.slots])

    def _encoded(self, text: str) -> bytes:
        """A part of a page as the bytes that Sphinx would write."""
        text = text if os.linesep == "\n" else text.replace("\n", os.linesep)
        return text.encode(self._encoding, "xmlcharrefreplace")

    def is_sure_of(self, name: str, around: Around) -> bool:
        """Whether the page ``name`` can be filled in, as far as can be told before its body is made."""
        key = self._key(name, around, has_work=True)
        return self._is_usable(name) and self._checked.get(key, False)

    def mark(self, name: str, around: Around) -> str:
        """A digest of what the theme contributes to the page ``name``; empty if it may differ from page to page."""
        if not self._is_usable(name):
            return ""
        return self._mark(self._key(name, Around(True, True, True, around.above), has_work=True))

    def _mark_of(self, key: _Key) -> str:
        plate = self._plate(key)
        return kept.digest(plate) if plate else ""

    def _is_usable(self, name: str) -> bool:
        return self._is_on and leaf_of(name) != ""

    def _key(self, name: str, around: Around, has_work: bool) -> _Key:
        patterns = tuple([fitting for fitting in self._patterns if patmatch(name, fitting)])
        return _Key(name.rpartition("/")[0], patterns, around, has_work)

    def _made(self, key: _Key) -> _Plate | None:
        """The plate for pages with this key; None if they cannot be filled in."""
        form = _FORMS[key.has_work]
        words = form.words
        context: dict[str, Any] = {**COMMON, **{name: words[name] for name in ("title", "body", "metatags")}}
        around = key.around
        near = {place: {part: words[f"{place}.{part}"] for part in ("link", "title")} for place in _NEAR}
        context["prev"] = near["prev"] if around.has_prev else None
        context["next"] = near["next"] if around.has_next else None
        above = [{"link": link, "title": title} for link, title in around.above]
        context["parents"] = [*above, near["parent"]] if around.has_parent else []
        name = stand_in(key.folder)
        if self._key(name, around, key.has_work) != key:
            return None
        with TemporaryDirectory() as folder:
            out = Path(folder, "page.html")
            self._builder.handle_page(name, context, "page.html", outfilename=out)
            html = out.read_text(encoding=self._encoding) if out.exists() else ""
        shell = form.shell(html)
        return _Plate(shell, tuple(map(self._encoded, shell.pieces))) if shell else None


def _secondary(builder: StandaloneHTMLBuilder) -> Iterable[str]:
    """The patterns by which the PyData theme chooses the items of its second sidebar."""
    items = builder.theme_options.get("secondary_sidebar_items")
    return items if isinstance(items, dict) else ()


def _looks_at_each(app: Sphinx, builder: StandaloneHTMLBuilder) -> bool:
    """Whether somebody else's code or templates may treat pages differently by their name."""
    handlers = [module_of(listener.handler) for listener in app.events.listeners.get("html-page-context", ())]
    folders = [Path(app.confdir, folder) for folder in app.config.templates_path]
    # A theme may have added a folder of its own to the setting.
    themes = builder.theme.get_theme_dirs()
    folders = [folder for folder in folders if not any(folder.is_relative_to(theme) for theme in themes)]
    return not are_all_of(handlers, LEAVE_PAGES) or any(
        _LOOKS_AT_NAME.search(path.read_text(encoding="utf-8", errors="replace"))
        for folder in folders
        for path in folder.rglob("*.html")
    )


def _values(context: Mapping[str, Any]) -> dict[str, str]:
    """The values of a page for the slots, by name; a page without a neighbour or a parent has none for that."""
    values = {name: context[name] for name in ("title", "body", "metatags")}
    parent = context["parents"][-1] if context["parents"] else None
    for place, there in zip(_NEAR, (context["prev"], context["next"], parent), strict=True):
        if there:
            values[f"{place}.link"], values[f"{place}.title"] = there["link"], there["title"]
    return values
