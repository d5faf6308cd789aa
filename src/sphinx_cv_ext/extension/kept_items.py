"""The items of lists as HTML, kept from build to build: an item is only written again if it would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    """The items of a build, by page and by a digest of everything that they depend on and `stamp` does not cover.

    ``is_same`` is for `ThemeHtml`, so that all lists of a build share what it finds out.
    """

    def __init__(self, app: Sphinx, builder: StandaloneHTMLBuilder) -> None:
        self._kept = kept.Kept[str, _Items](app.doctreedir, f"{builder.name}-items", stamp(app, builder))
        self._now: dict[str, _Items] = {}
        self.is_same: dict[Shape, bool] = {}

    def html(
        self,
        docname: str,
        items: Sequence[_Item],
        made_of: Callable[[_Item], object],
        write: Callable[[Sequence[_Item]], Sequence[str]],
    ) -> list[str]:
        """The HTML of ``items`` on the page ``docname``; ``write`` makes it for those that are not known.

        ``made_of`` gives everything that an item depends on, or None for an item that is not to be kept.
        """
        before, now = self._kept.before.get(docname, {}), self._now.setdefault(docname, {})
        keys = [_key(made_of(item)) for item in items]
        new = iter(write([item for item, key in zip(items, keys, strict=True) if key not in before]))
        texts = [before[key] if key in before else next(new) for key in keys]
        now.update((key, text) for key, text in zip(keys, texts, strict=True) if key)
        return texts

    def save(self, env: BuildEnvironment) -> None:
        """Keep the items of the pages that this build has written, and of all other pages that still exist."""
        every = {**self._kept.before, **self._now}
        self._kept.save({name: items for name, items in every.items() if name in env.found_docs})


def _key(made_of: object) -> str:
    """The key of an item that depends on ``made_of``; empty for one that is not to be kept."""
    return "" if made_of is None else kept.digest(made_of)
