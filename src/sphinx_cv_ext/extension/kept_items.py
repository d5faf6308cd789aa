"""The items of lists as HTML, kept from build to build: one that would say what it said is not written again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from sphinx_cv_ext.extension import kept
from sphinx_cv_ext.extension.made_files import stamp
from sphinx_cv_ext.outputs.html import Shape

_Items = dict[str, str]
"""The HTML of items by their `_key`."""
_Item = TypeVar("_Item")


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

    def html(
        self,
        docname: str,
        items: Sequence[_Item],
        made_of: Callable[[_Item], object],
        write: Callable[[Sequence[_Item]], Sequence[str]],
    ) -> list[str]:
        """``items`` of the page ``docname`` as HTML; ``write`` is asked for those that are not known.

        ``made_of`` tells what an item is made of; one of which it gives None is not kept.
        """
        before, now = self._before.get(docname, {}), self._now.setdefault(docname, {})
        keys = [_key(made_of(item)) for item in items]
        new = iter(write([item for item, key in zip(items, keys, strict=True) if key not in before]))
        texts = [before[key] if key in before else next(new) for key in keys]
        now.update((key, text) for key, text in zip(keys, texts, strict=True) if key)
        return texts

    def save(self, env: BuildEnvironment) -> None:
        """Keep the items of the pages that this build has written, and those of the others that are still there."""
        now = {name: items for name, items in {**self._before, **self._now}.items() if name in env.found_docs}
        if now != self._before:
            kept.save(self._folder, self._name, self._stamp, now)


def _key(made_of: object) -> str:
    """What stands for all that an item is made of; empty where that is not known."""
    return "" if made_of is None else kept.digest(made_of)
