"""Finds pages that have to be written again although their own source has not changed.

Sphinx writes the pages that a build has read, and those whose output is older than their source. That is not enough: a
page also shows where publications stand on other pages, how they are cited, which talks belong to them and whether
there are feeds. And after a change in a .bib file, a build with another builder may have read the page again, so that
this build need not; but the output of this builder is still the old one.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_cv_ext.extension import collected, feeds, kept
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.entries import entries_of
from sphinx_cv_ext.extension.made_files import stat

_OWN_PAGES = ""
"""The name, which no page can have, under which the digest of all publications' own pages is kept."""


class Rewriting:
    """Digests of what pages show: in this build, and when its builder last wrote them."""

    def __init__(self, app: Sphinx) -> None:
        stamp = kept.digest(str(app.outdir)).encode()
        self._kept = kept.Kept[str, str](app.doctreedir, f"{app.builder.name}-written", stamp)
        self._now: dict[str, str] = {}
        self._written = {_OWN_PAGES}

    def outdated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """The pages that show something else now; called when it is known what all pages show.

        If only publications' own pages have changed, the result is the root page: Sphinx 8 does not ask for our pages
        if it has nothing of its own to write.
        """
        self._now = _said(app, env)
        found = {name for name, digest in self._now.items() if self._kept.before.get(name) != digest}
        return [env.config.root_doc] if found == {_OWN_PAGES} else sorted(found - {_OWN_PAGES})

    def note(self, docnames: AbstractSet[str]) -> None:
        """Remember that this build writes these pages."""
        self._written.update(docnames)

    def save(self, _app: Sphinx, failure: Exception | None) -> None:
        """Keep the new digests of the pages that were written, and the old ones of others, unless the build failed."""
        if failure:
            return
        before = {name: digest for name, digest in self._kept.before.items() if name in self._now}
        self._kept.save(before | {name: digest for name, digest in self._now.items() if name in self._written})


def watch(app: Sphinx) -> None:
    """Find outdated pages in this build; a builder without a format has no pages."""
    if not app.builder.format:
        return
    rewriting = Rewriting(app)
    prepare = app.builder.prepare_writing

    def note_and_prepare(docnames: AbstractSet[str]) -> None:
        rewriting.note(docnames)
        prepare(docnames)

    app.builder.prepare_writing = note_and_prepare  # type: ignore[method-assign]
    # At 700: after citations are made, at 600.
    app.connect("env-updated", rewriting.outdated, priority=700)
    # At 400: before the handlers at 500 write other files. If one of them fails, the pages are written all the same.
    app.connect("build-finished", rewriting.save, priority=400)


def _own_pages(build: Build) -> object:
    """Everything that the publications' own pages and the files beside them depend on."""
    publications = [build.library.by_key[key] for key in build.pages]
    files = [(path, stat(path)) for publication in publications for path in publication.files]
    formats = build.exporter.of_project(publications) if publications else []
    return (build.pages, build.digest_of_pages(), files, formats) if publications else None


def _in_head(app: Sphinx, docname: str) -> object:
    """What `heads.complete` puts into the head of a page although it comes from other pages."""
    return feeds.links(app), [*entries_of(app.env)] if docname == app.config.root_doc else []


def _said(app: Sphinx, env: BuildEnvironment) -> dict[str, str]:
    """The digest of each page by its name: of when it was read, and of what it shows that was not known then."""
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
        cites = [*map(cite.gives, named)]
        said[docname] = (env.all_docs.get(docname), known, cites, collected.said(env, docname), _in_head(app, docname))
    return {name: kept.digest(what) for name, what in said.items()}
