"""What files were made of in the last build: a file is only made again if something that it depends on changed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_cv_ext.extension import kept, locale, site
from sphinx_cv_ext.extension.settings import SETTINGS
from sphinx_cv_ext.outputs import typesetting

_Stat = tuple[int, int]
Made = tuple[str, dict[str, _Stat | None]]
"""The digest of everything that some files depend on, and their sizes and times by path, None for a missing file."""


class MadeFiles:
    """Groups of files in the output folder, such as a page and the files beside it.

    Each group has a name, and a digest of everything that it depends on. ``kind`` keeps the groups of one maker apart
    from those of another.
    """

    def __init__(self, app: Sphinx, builder: StandaloneHTMLBuilder, kind: str) -> None:
        self._kept = kept.Kept[str, Made](app.doctreedir, f"{builder.name}-{kind}", stamp(app, builder))
        self._now: dict[str, Made] = {}

    def knows(self, name: str) -> bool:
        """Whether the group ``name`` was made before."""
        return name in self._kept.before

    def is_current(self, name: str, digest: str) -> bool:
        """Whether the group ``name`` was made with the same ``digest``, and none of its files has changed since."""
        before, files = self._kept.before.get(name, ("", {}))
        if not digest or before != digest or any(stat(path) != found for path, found in files.items()):
            return False
        self._now[name] = self._kept.before[name]
        return True

    def note(self, name: str, made: Made) -> None:
        """Remember what the group ``name`` was made of, unless one of its files could not be written."""
        _digest, files = made
        if all(files.values()):
            self._now[name] = made

    def save(self) -> None:
        """Keep it for the next build."""
        self._kept.save(self._now)


def made_of(digest: str, files: Iterable[str]) -> Made:
    """The record for `MadeFiles.note` of ``files`` that have just been made; ``digest`` is of what they depend on."""
    return digest, {path: stat(path) for path in files}


def stat(path: str) -> _Stat | None:
    """The size and the time of a file, which change when the file does; None if there is no such file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a `Path` takes ten times as long, and there are thousands
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def stamp(app: Sphinx, builder: StandaloneHTMLBuilder) -> bytes:
    """A digest of everything but publications that files depend on: code, and settings of ours and of others."""
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
