"""The one module that touches sphinxcontrib-bibtex: it gets our entries, and citations lead to our lists.

Left to itself it reads the .bib files with a strict parser of its own, and knows only the entries that a
``{bibliography}`` shows. Two things are put into its domain instead, both of its documented records:

- before it reads, the entries that our tolerant reader found, as complete as if it had just read the files;
- when a ``{cite}`` is resolved, beside the citations of every ``{bibliography}``, one for each publication that
  stands in a list of ours and so has an address. Citing then goes on as usual: on the page itself, else to our list.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, cast

from docutils import nodes
from pybtex.backends.plaintext import Backend as PlainTextBackend
from pybtex.database import BibliographyData
from pybtex.plugin import find_plugin, register_plugin
from pybtex.richtext import Text
from pybtex.style import FormattedEntry
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.bibfile import BibData, BibFile
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation
from sphinxcontrib.bibtex.roles import CiteRole

from sphinx_cv_ext.diagnostics import Code, Diagnostic
from sphinx_cv_ext.extension.build import Build, Home
from sphinx_cv_ext.extension.pybtex_entries import Entries, parseable
from sphinx_cv_ext.extension.reporting import place, warn
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.sources import Database

_BACKENDS = "pybtex.backends"

_OURS = "cv-publications"
"""The id of the bibliography that stands for the lists on a page; there is no node with it."""


@cache
def _remember_backends() -> None:
    """Register two backends with pybtex, which would otherwise scan all installed packages at every ``{cite}``."""
    for name in ("plaintext", "docutils"):
        register_plugin(_BACKENDS, name, find_plugin(_BACKENDS, name), force=True)


class TolerantCiteRole(CiteRole):
    """``{cite}`` with a warning for a target that cannot be parsed, which would otherwise end the build."""

    def run(self) -> Any:
        """The citation, or its text as a literal if it cannot be parsed."""
        try:
            list(parse_citation_targets(self.target))
        except (ValueError, RecursionError):
            problem = f"cite: {self.target!r} cannot be read; it is written KEY or KEY,KEY"
            where = place(*self.get_source_info())
            warn(Diagnostic(Code.KEY_UNKNOWN, where, problem, "it is shown as it is written"))
            return [nodes.literal(self.target, self.target)], []
        _remember_backends()
        return super().run()


class CiteDomain(BibtexDomain):
    """The domain of sphinxcontrib-bibtex, extended to find publications in our lists.

    sphinxcontrib-bibtex goes through all citations twice for each ``{cite}``. Here a citation of ours is made when it
    is needed, and each ``{cite}`` sees only the citations of its own keys. ``entries`` belong to the running build, see
    `provide_entries`.
    """

    roles: ClassVar[dict[str, Any]] = {name: TolerantCiteRole() for name in BibtexDomain.roles}
    entries: Entries
    _addresses: Mapping[str, Home] = MappingProxyType({})
    _by_key: Mapping[str, list[Any]] = MappingProxyType({})

    def offer(self, addresses: Mapping[str, Home]) -> None:
        """Make the publications with these keys citable, in addition to those in a ``{bibliography}``."""
        self._addresses = addresses
        by_key: dict[str, list[Any]] = {}
        for citation in self.citations:
            by_key.setdefault(citation.key, []).append(citation)
        self._by_key = by_key

    def gives(self, key: str) -> tuple[str, ...]:
        """Everything that a citation of ``key`` shows: label, tooltip, authors, year and address."""
        found: tuple[str, ...] = ()
        if key in self._addresses:
            found = (*_what_we_give(Build.of(self.env).library.by_key[key]), *self._addresses[key])
        for citation in self._by_key.get(key, ()):
            found += _what_it_gives(citation)
        return found

    def resolve_xref(self, *given: Any) -> Any:
        """Resolve a ``{cite}``."""
        with self._only(target.key for target in parse_citation_targets(given[4])):
            return super().resolve_xref(*given)

    def resolve_any_xref(self, *given: Any) -> Any:
        """Resolve an ``{any}`` whose target may be the key of a publication."""
        with self._only(key.strip() for key in given[3].split(",")):
            return super().resolve_any_xref(*given)

    @contextmanager
    def _only(self, keys: Iterable[str]) -> Iterator[None]:
        _remember_backends()
        every = self.data["citations"]
        self.data["citations"] = [citation for key in dict.fromkeys(keys) for citation in self._of(key)]
        try:
            yield
        finally:
            self.data["citations"] = every

    def _of(self, key: str) -> list[Any]:
        if key in self._addresses:
            home = self._addresses[key]
            where = BibliographyKey(docname=home.docname, id_=_OURS)
            self.bibliographies.setdefault(where, _no_bibliography())
            publication = Build.of(self.env).library.by_key[key]
            entry = self.entries.exactly(key)
            ours = [_citation(publication, home, where, entry, self.env.config.bibtex_tooltips)]
        else:
            ours = []
        return [*self._by_key.get(key, ()), *ours]


def provide_entries(env: BuildEnvironment, encoding: str, bibfiles: Sequence[Path], database: Database) -> None:
    """Give the ``cite`` domain our entries, in the form in which it would keep its own."""
    entries = Entries(database)
    keys: dict[Path, dict[str, None]] = {bibfile: {} for bibfile in bibfiles}
    # Of keys that differ only in case the others are still citable, if they are in one of our lists.
    for key in entries:
        keys[database.path_of[key]][key] = None
    data = BibliographyData()
    data.entries = entries
    cite = cast(CiteDomain, env.get_domain("cite"))
    cite.entries = entries
    cite.data["bibdata"] = BibData(
        encoding=encoding,
        bibfiles={bibfile: BibFile(_mtime(bibfile), keys[bibfile]) for bibfile in bibfiles},
        data=data,
    )
    for where in [where for where in cite.bibliographies if where.id_ == _OURS]:
        del cite.bibliographies[where]


def _mtime(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return -math.inf


def make_bibliographies_safe(app: Sphinx, env: BuildEnvironment) -> None:
    """Make all fields `parseable` in entries that a ``{bibliography}`` shows."""
    cite: Any = env.get_domain("cite")
    files = {path for key, value in cite.bibliographies.items() if key.id_ != _OURS for path in value.bibfiles}
    for path in files:
        for key in cite.bibdata.bibfiles[path].keys:
            found = cite.bibdata.data.entries[key].fields
            for name, value in list(found.items()):
                found[name] = parseable(value)


def provide_citations(app: Sphinx, env: BuildEnvironment) -> None:
    """Make every publication with a home citable."""
    build = Build.of(env)
    cite: Any = env.get_domain("cite")
    # A citation leads to a publication's own page only if no list and no {bibliography} has it.
    shown = {citation.key for citation in cite.citations}
    pages = {key: Home(page, "") for key, page in build.pages.items() if key not in shown}
    addresses = {**pages, **build.gathered.homes}
    for preprint, work in build.library.preprints.items():
        if work in addresses:
            addresses.setdefault(preprint, addresses[work])
    cite.offer(addresses)


def _no_bibliography() -> Any:
    """The record of a bibliography without a .bib file, for which sphinxcontrib-bibtex formats nothing."""
    return BibliographyValue(
        line=0,
        bibfiles=[],
        style="plain",
        list_="citation",
        enumtype="",
        start=1,
        labelprefix="",
        keyprefix="",
        filter_=ast.parse("False"),
        citation_nodes={},
        keys=[],
    )


def _citation(publication: Publication, home: Home, where: Any, entry: Any, tooltips: bool) -> Any:
    formatted = FormattedEntry(publication.key, Text(_tooltip(publication)), publication.citing_label)
    return Citation(
        citation_id=home.target,
        bibliography_key=where,
        key=publication.key,
        entry=entry,
        formatted_entry=formatted,
        tooltip_entry=formatted if tooltips else None,
    )


def _tooltip(publication: Publication) -> str:
    names = [str(author.name) for author in publication.authors]
    people = ", ".join(names[:6]) + (" et al." if len(names) > 6 or publication.et_al else "")
    said = (people.rstrip("."), title_line(publication).rstrip("."), publication.occasion)
    return ". ".join(filter(None, said)) + "."


def _what_we_give(publication: Publication) -> tuple[str, ...]:
    people = [str(name) for name in (*(author.name for author in publication.authors), *publication.credited("editor"))]
    return publication.citing_label, _tooltip(publication), str(publication.year or ""), "; ".join(people)


def _what_it_gives(citation: Any) -> tuple[str, ...]:
    return (
        citation.formatted_entry.label,
        citation.tooltip_entry.text.render(_plain_text()) if citation.tooltip_entry else "",
        str(citation.entry.fields.get("year", "")),
        str(citation.entry.persons),
        citation.bibliography_key.docname,
        citation.citation_id,
    )


@cache
def _plain_text() -> Any:
    return PlainTextBackend()
