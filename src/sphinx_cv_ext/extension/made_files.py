"""What files were made of in the last build, so that those of which nothing has changed are left as they are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_cv_ext.extension import kept, locale, site
from sphinx_cv_ext.extension.settings import SETTINGS
from sphinx_cv_ext.outputs import typesetting

_Stat = tuple[int, int]
Made = tuple[str, dict[str, _Stat | None]]
"""The digest of what some files were made of, and what tells whether one has changed since."""


class MadeFiles:
    """Groups of files in the folder of the output, such as a page and what lies beside it.

    Each group has a name, and a digest of all that it was made of. ``kind`` tells those of one maker from others.
    """

    def __init__(self, app: Sphinx, builder: StandaloneHTMLBuilder, kind: str) -> None:
        self._folder = app.doctreedir
        self._name = f"{builder.name}-{kind}"
        self._stamp = stamp(app, builder)
        self._before: Mapping[str, Made] = kept.load(self._folder, self._name, self._stamp, {})
        self._now: dict[str, Made] = {}

    def knows(self, name: str) -> bool:
        """Whether the group ``name`` was made before."""
        return name in self._before

    def is_current(self, name: str, digest: str) -> bool:
        """Whether the group ``name`` was made of just this, and nobody has touched a file of it since."""
        before, files = self._before.get(name, ("", {}))
        if not digest or before != digest or any(stat(path) != found for path, found in files.items()):
            return False
        self._now[name] = self._before[name]
        return True

    def note(self, name: str, made: Made) -> None:
        """Remember what the group ``name`` was made of, whose files are written now; not if one could not be."""
        _digest, files = made
        if all(files.values()):
            self._now[name] = made

    def save(self) -> None:
        """Keep it for the next build."""
        if self._now != self._before:
            kept.save(self._folder, self._name, self._stamp, self._now)


def made_of(digest: str, files: Iterable[str]) -> Made:
    """What to `MadeFiles.note` of ``files``, which were made of what ``digest`` stands for."""
    return digest, {path: stat(path) for path in files}


def stat(path: str) -> _Stat | None:
    """What changes when a file does; None without a file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a `Path` takes ten times as long, and there are thousands
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def stamp(app: Sphinx, builder: StandaloneHTMLBuilder) -> bytes:
    """What stands for all that files are made of beside publications: code, and settings of ours and of others."""
    config = app.config
    ours = [(setting.name, config[setting.name]) for setting in SETTINGS]
    others: list[tuple[str, Any]] = [
        (value.name, value.value)
        for value in sorted(config, key=lambda value: value.name)
        if value.name.startswith("ogp_")
    ]
    info = builder.create_build_info()
    words = (config.language, config[locale.CATALOGUES])
    sphinx_s = (config.project, str(app.outdir), info.config_hash, info.tags_hash)
    versions = sorted((extension.name, extension.version) for extension in app.extensions.values())
    said = (ours, others, words, sphinx_s, versions, site.base(config), typesetting.is_available())
    return kept.code_stamp() + kept.digest(said).encode()
