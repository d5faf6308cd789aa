"""Which pages are written again though nobody has touched them: what they say of publications has changed elsewhere.

Sphinx writes what a build has read, and what is older than its source. But a page also tells where publications stand
on other pages, how they are cited, which talks belong to them and whether there are feeds. And a page that was read in
a build of another format, after a change in a .bib file, is no older than its source in this one.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_cv_ext.extension import kept
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.heads import said_of_others
from sphinx_cv_ext.extension.made_files import stat

_OWN_PAGES = ""
"""No page has this name, under which stands what the own pages of publications say."""


class Rewriting:
    """What the pages say in a build, and said when its builder last wrote them."""

    def __init__(self, app: Sphinx) -> None:
        self._folder = app.doctreedir
        self._name = f"{app.builder.name}-written"
        self._stamp = kept.digest(str(app.outdir)).encode()
        self._before: dict[str, str] = kept.load(self._folder, self._name, self._stamp, {})
        self._now: dict[str, str] = {}
        self._written = {_OWN_PAGES}

    def outdated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """The pages that say something else now, once it is known what all of them say.

        If only the own pages of publications do, that is the root: Sphinx 8 writes none of ours where it has nothing
        of its own to write.
        """
        self._now = _said(app, env)
        found = {name for name, digest in self._now.items() if self._before.get(name) != digest}
        return [env.config.root_doc] if found == {_OWN_PAGES} else sorted(found - {_OWN_PAGES})

    def note(self, docnames: AbstractSet[str]) -> None:
        """Remember that these pages are written in this build."""
        self._written.update(docnames)

    def save(self, _app: Sphinx, failure: Exception | None) -> None:
        """Keep what the written pages say now, and what the others said then, unless the build has come to nothing."""
        if failure:
            return
        before = {name: digest for name, digest in self._before.items() if name in self._now}
        said = before | {name: digest for name, digest in self._now.items() if name in self._written}
        if said != self._before:
            kept.save(self._folder, self._name, self._stamp, said)


def watch(app: Sphinx) -> None:
    """Have what pages say looked at, and what the builder writes; those without a format make no pages."""
    if not app.builder.format:
        return
    rewriting = Rewriting(app)
    prepare = app.builder.prepare_writing

    def note_and_prepare(docnames: AbstractSet[str]) -> None:
        rewriting.note(docnames)
        prepare(docnames)

    app.builder.prepare_writing = note_and_prepare  # type: ignore[method-assign]
    # 700: after citations are made, at 600.
    app.connect("env-updated", rewriting.outdated, priority=700)
    # 400: the pages are written, whatever comes of the files beside them, at 500.
    app.connect("build-finished", rewriting.save, priority=400)


def _own_pages(build: Build) -> object:
    """What stands for the own pages of publications, and for the files beside them."""
    publications = [build.library.by_key[key] for key in build.pages]
    files = [(path, stat(path)) for publication in publications for path in publication.files]
    formats = build.exporter.of_project(publications) if publications else []
    return (build.pages, build.digest_of_pages(), files, formats) if publications else None


def _said(app: Sphinx, env: BuildEnvironment) -> dict[str, str]:
    """What stands for all that a page says, by its name: when it was read, and what it did not know then."""
    build, shown = Build.of(env), CvDomain.of(env).shown
    cite: Any = env.get_domain("cite")
    cited: dict[str, set[str]] = {}
    for reference in cite.citation_refs:
        cited.setdefault(reference.docname, set()).update(target.key for target in reference.targets)
    said: dict[str, object] = {_OWN_PAGES: _own_pages(build)}
    gathered = build.gathered
    for docname in env.found_docs:
        records = shown.get(docname, ())
        listed = [key for record in records for key in record.ids]
        named = sorted({key for record in records for key in record.leads_to} | cited.get(docname, set()))
        known = [(key, build.place_of(key), gathered.homes.get(key), gathered.told.get(key)) for key in listed + named]
        said[docname] = (env.all_docs.get(docname), known, [*map(cite.gives, named)], said_of_others(app, docname))
    return {name: kept.digest(what) for name, what in said.items()}
