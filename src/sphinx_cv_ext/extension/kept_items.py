"""The items of lists as HTML, kept from build to build: one that would say what it said is not written again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cached_property

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from sphinx_cv_ext.extension import kept
from sphinx_cv_ext.extension.made_files import stamp
from sphinx_cv_ext.outputs.html import Shape

_Items = dict[bytes, str]


class KeptItems:
    """The items of a build, by page and by all that they are made of beside what `stamp` stands for.

    ``is_same`` is what `ThemeHtml` has found for any list of the build.
    """

    def __init__(self, app: Sphinx, builder: StandaloneHTMLBuilder) -> None:
        self._folder = app.doctreedir
        self._name = f"{builder.name}-items"
        self._stamp = stamp(app, builder)
        self._now: dict[str, _Items] = {}
        self.is_same: dict[Shape, bool] = {}

    @cached_property
    def _before(self) -> Mapping[str, _Items]:
        found: dict[str, _Items] = kept.load(self._folder, self._name, self._stamp, {})
        return found

    def html(self, docname: str, made_of: object, write: Callable[[], str]) -> str:
        """The item of the page ``docname`` that is made of ``made_of``; ``write`` is asked where it is not known."""
        key = hashlib.sha256(repr(made_of).encode("utf-8", "surrogatepass")).digest()
        text = self._before.get(docname, {}).get(key)
        if text is None:
            text = write()
        self._now.setdefault(docname, {})[key] = text
        return text

    def save(self, env: BuildEnvironment) -> None:
        """Keep the items of the pages that this build has written, and those of the others that are still there."""
        now = {name: items for name, items in {**self._before, **self._now}.items() if name in env.found_docs}
        if now != self._before:
            kept.save(self._folder, self._name, self._stamp, now)
