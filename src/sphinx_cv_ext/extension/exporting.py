"""Publications as text in the formats of `sphinx_cv_ext.outputs.exports`, made once for all files that hold it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from sphinx.environment import BuildEnvironment

from sphinx_cv_ext.extension import kept
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.exports import EXPORTS

_NAME = "exports"
_Texts = dict[tuple[str, str], str]


class Exporter:
    """What writes the exports of a build. It remembers the texts of the last, from which most are taken."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._used: _Texts = {}
        self.written = 0

    @classmethod
    def of(cls, env: BuildEnvironment) -> Exporter:
        """The one of this build."""
        domain = CvDomain.of(env)
        domain.exporter = domain.exporter or cls(env)
        assert isinstance(domain.exporter, cls)
        return domain.exporter

    @cached_property
    def _before(self) -> _Texts:
        found: _Texts = kept.load(self._env.doctreedir, _NAME, kept.code_stamp(), {})
        return found

    def text(self, name: str, publications: Sequence[Publication]) -> str:
        """The file of ``publications`` in the format ``name``."""
        return EXPORTS[name].join([self._entry(name, publication) for publication in publications])

    def _entry(self, name: str, publication: Publication) -> str:
        key = (name, CvDomain.of(self._env).digest_of(publication))
        if key not in self._used:
            known = self._before.get(key)
            if known is None:
                known = EXPORTS[name].entry(publication)
                self.written += 1
            self._used[key] = known
        return self._used[key]

    def save(self) -> None:
        """Keep the texts for the next build, which need not have asked for all of them."""
        if self.written:
            kept.save(self._env.doctreedir, _NAME, kept.code_stamp(), self._used)
