"""Publications as text in the formats of a project: each text is written once, however many files hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from sphinx.application import Sphinx

from sphinx_cv_ext.diagnostics import Code, Diagnostic
from sphinx_cv_ext.extension import kept
from sphinx_cv_ext.extension.profile import CONF
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.exports import EXPORTS, Export

Texts = dict[tuple[str, str], str]
"""Texts by the name of the format and the digest of the publication."""


class Exporter:
    """What writes the exports of a build. Most texts are taken from the last build, which it has kept.

    ``digest_of`` gives the digest of all that a publication says: a text is kept under that. Texts in formats that
    conf.py adds are written anew in every build, because there is no telling when somebody else's function changes.
    """

    def __init__(self, app: Sphinx, digest_of: Callable[[Publication], str]) -> None:
        self._kept = kept.Kept[tuple[str, str], str](app.doctreedir, "exports", kept.code_stamp())
        self._digest_of = digest_of
        self._added: dict[str, Export] = {export.name: export for export in app.config.cv_exports}
        self._texts: Texts = {}
        self._texts_of_project: Texts = {}
        self._failed: set[str] = set()
        self.written = 0
        """How many texts were not taken from the last build."""

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
        return all(key in self._texts for key in keys)

    def _entry(self, name: str, publication: Publication) -> str:
        key = (name, self._digest_of(publication))
        text = self._texts.get(key)
        if text is None:
            text = self._kept.before.get(key)
            if text is None:
                text = EXPORTS[name].entry(publication)
                self.written += 1
            self._texts[key] = text
        return text

    def _entry_of_project(self, export: Export, publication: Publication) -> str:
        key = (export.name, publication.key)
        if key not in self._texts_of_project:
            self._texts_of_project[key] = _written(export, publication)
        return self._texts_of_project[key]

    def _joined(self, export: Export, entries: Sequence[str]) -> str:
        """What the ``join`` of a format of conf.py makes of entries; if it fails, that is warned of once."""
        try:
            return str(export.join(entries))
        except Exception as error:  # as in `_written`
            if export.name not in self._failed:
                problem = f"the format {export.name!r}: {type(error).__name__}: {error}"
                warn(Diagnostic(Code.EXPORT_FAILED, CONF, problem, "blank lines separate its entries"))
            self._failed.add(export.name)
            return "\n".join(entries)

    @contextmanager
    def noting(self) -> Iterator[Texts]:
        """Note the texts that the block asks for first: what it is given holds them at its end.

        That is what one process sends to another, which will `take` it.
        """
        noted: Texts = {}
        known = len(self._texts)
        yield noted
        # A dict keeps its keys in the order in which they came, so the new ones are the last.
        noted.update(islice(reversed(self._texts.items()), len(self._texts) - known))

    def take(self, texts: Texts) -> None:
        """Add the texts that another process has noted."""
        known = len(self._texts)
        self._texts |= texts
        self.written += len(self._texts) - known

    def save(self) -> None:
        """Keep the texts of this build for the next one, if any of them is new."""
        if self.written:
            self._kept.save(self._texts)


def _written(export: Export, publication: Publication) -> str:
    """A publication in a format of conf.py, without blank lines, because those separate entries."""
    problem = "it wrote nothing"
    try:
        lines = [line for line in export.entry(publication).splitlines() if line.strip()]
    except Exception as error:  # whatever somebody else's function raises
        lines, problem = [], f"{type(error).__name__}: {error}"
    if not lines:
        problem = f"{publication.key} in the format {export.name!r} of conf.py: {problem}"
        warn(Diagnostic(Code.EXPORT_FAILED, publication.location, problem, "its key is shown instead"))
        lines = [publication.key]
    return "".join(f"{line}\n" for line in lines)
