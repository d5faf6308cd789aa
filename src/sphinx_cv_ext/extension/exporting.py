"""Publications as text in the formats of a project, made once for all files that hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import islice

from sphinx.application import Sphinx

from sphinx_cv_ext.diagnostics import Code, Diagnostic
from sphinx_cv_ext.extension import kept
from sphinx_cv_ext.extension.profile import CONF
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.exports import EXPORTS, Export

_NAME = "exports"
Texts = dict[tuple[str, str], str]
"""Texts by the name of the format and the digest of the publication."""


class Exporter:
    """What writes the exports of a build. It remembers the texts of the last, from which most are taken.

    ``texts`` are those of this build so far. ``digest_of`` gives what stands for all that a publication says.

    It asks a format of conf.py in every build, for nobody knows when what somebody else's function does is another.
    """

    def __init__(self, app: Sphinx, digest_of: Callable[[Publication], str]) -> None:
        self._folder = app.doctreedir
        self._digest_of = digest_of
        self._added: dict[str, Export] = {export.name: export for export in app.config.cv_exports}
        self.texts: Texts = {}
        self._texts_of_project: Texts = {}
        self._failed: set[str] = set()
        self.written = 0

    @cached_property
    def _before(self) -> Texts:
        found: Texts = kept.load(self._folder, _NAME, kept.code_stamp(), {})
        return found

    def text(self, name: str, publications: Sequence[Publication]) -> str:
        """The file of ``publications`` in the format ``name``."""
        if export := self._added.get(name):
            return self._joined(export, [self._entry_of_project(export, publication) for publication in publications])
        return EXPORTS[name].join([self._entry(name, publication) for publication in publications])

    def of_project(self, publications: Sequence[Publication]) -> list[str]:
        """The files of ``publications`` in the formats that conf.py adds."""
        return [self.text(name, publications) for name in self._added]

    def prepare(self, names: Iterable[str], publications: Sequence[Publication]) -> None:
        """Have ``publications`` ready in those of our formats that are among ``names``, one format after the other."""
        for name in names:
            if name in EXPORTS:
                for publication in publications:
                    self._entry(name, publication)

    def has_all(self, publications: Sequence[Publication]) -> bool:
        """Whether all of them are ready in each of our formats."""
        keys = ((name, self._digest_of(publication)) for publication in publications for name in EXPORTS)
        return all(key in self.texts for key in keys)

    def _entry(self, name: str, publication: Publication) -> str:
        key = (name, self._digest_of(publication))
        text = self.texts.get(key)
        if text is None:
            text = self._before.get(key)
            if text is None:
                text = EXPORTS[name].entry(publication)
                self.written += 1
            self.texts[key] = text
        return text

    def _entry_of_project(self, export: Export, publication: Publication) -> str:
        key = (export.name, publication.key)
        if key not in self._texts_of_project:
            self._texts_of_project[key] = _entry(export, publication)
        return self._texts_of_project[key]

    def _joined(self, export: Export, entries: Sequence[str]) -> str:
        """What a function of conf.py makes of entries; that it fails is told once."""
        try:
            return str(export.join(entries))
        except Exception as error:  # as in `_entry`
            if export.name not in self._failed:
                problem = f"the format {export.name!r}: {type(error).__name__}: {error}"
                warn(Diagnostic(Code.EXPORT_FAILED, CONF, problem, "blank lines part its entries"))
            self._failed.add(export.name)
            return "\n".join(entries)

    def texts_after(self, count: int) -> Texts:
        """The texts that have come to the first ``count``."""
        return dict(islice(reversed(self.texts.items()), len(self.texts) - count))

    def take(self, texts: Texts) -> None:
        """Know what another process has written."""
        known = len(self.texts)
        self.texts |= texts
        self.written += len(self.texts) - known

    def save(self) -> None:
        """Keep the texts for the next build, which need not have asked for all of them."""
        if self.written:
            kept.save(self._folder, _NAME, kept.code_stamp(), self.texts)


def _entry(export: Export, publication: Publication) -> str:
    """What a function of conf.py makes of a publication, without blank lines, for these part entries."""
    problem = "it has written nothing"
    try:
        lines = [line for line in export.entry(publication).splitlines() if line.strip()]
    except Exception as error:  # whatever somebody else's function raises
        lines, problem = [], f"{type(error).__name__}: {error}"
    if not lines:
        problem = f"{publication.key} in the format {export.name!r} of conf.py: {problem}"
        warn(Diagnostic(Code.EXPORT_FAILED, publication.location, problem, "its key stands there instead"))
        lines = [publication.key]
    return "".join(f"{line}\n" for line in lines)
