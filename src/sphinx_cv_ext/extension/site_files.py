"""The files of a site beside its pages: exports, feeds, and files for search engines and language models."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from sphinx_cv_ext.extension import kept, not_found, site
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.exporting import Exporter, Texts
from sphinx_cv_ext.extension.features import is_on
from sphinx_cv_ext.extension.feeds import FEEDS, title
from sphinx_cv_ext.extension.locale import _, ngettext
from sphinx_cv_ext.extension.made_files import MadeFiles, made_of
from sphinx_cv_ext.extension.processes import Task, chore, do_chores
from sphinx_cv_ext.extension.profile import profile
from sphinx_cv_ext.extension.tables import exports
from sphinx_cv_ext.extension.written import put
from sphinx_cv_ext.model.library import Selection
from sphinx_cv_ext.outputs import llms, sitemap
from sphinx_cv_ext.outputs.feed import LENGTH, FeedEntry, entry_of, entry_of_talk, summary_of
from sphinx_cv_ext.outputs.lines import title_line

WHOLE = "exports/publications"
"""The path of the files with all publications, without their endings."""


_Group = Callable[[], Iterable[tuple[str, str]]]
"""A function that makes some files: their paths, as seen from the top of the site, and their content."""


def write(app: Sphinx, failure: Exception | None) -> None:
    """Write the files that are switched on, if anything that they depend on has changed.

    A file that the project provides itself is left alone.
    """
    if failure or app.builder.name not in site.WITH_FILES:
        return
    given = [Path(app.confdir, entry) for entry in app.config.html_extra_path]
    assert isinstance(app.builder, StandaloneHTMLBuilder)
    made = MadeFiles(app, app.builder, "files")
    # Their names are part of the digest: if the project no longer provides a file, ours has to be written in its place.
    names = sorted(str(path) for folder in given for path in (folder, *folder.rglob("*")))
    digest = _digest(app, names)
    if made.is_current("", digest):
        return
    build = Build.of(app.env)
    exporter = build.exporter
    written: list[str] = []

    def take(made: tuple[list[str], Texts]) -> None:
        paths, texts = made
        written.extend(paths)
        exporter.take(texts)

    # If all texts are there already, because all pages were written, they can be saved while the files are written.
    are_all_there = exporter.has_all(build.library.select())
    if are_all_there:
        build.chores.append(chore(exporter.save))
    build.chores += [Task(partial(_written, app, exporter, group), take) for group in _files(app)]
    do_chores(app)
    if not are_all_there:
        exporter.save()
    made.note("", made_of(digest, written))
    made.save()


def _written(app: Sphinx, exporter: Exporter, group: _Group) -> tuple[list[str], Texts]:
    """Write some files; returns their paths, and the texts of publications that were not known before."""
    with exporter.noting() as texts:
        files = {name: text for name, text in group() if not site.is_given(app.config, app.confdir, name)}
    paths = [Path(app.outdir, name) for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        put(path, text)
    return list(map(str, paths)), texts


def _digest(app: Sphinx, given: list[str]) -> str:
    """A digest of everything but settings that the files depend on; ``given`` are files that the project provides."""
    env = app.env
    build = Build.of(env)
    said = (
        given,
        build.digest(Selection()),
        CvDomain.of(env).shown,
        build.pages,
        build.gathered.homes,
        build.gathered.talks,
        build.exporter.of_project(build.library.select()),
        # Of the metadata only what is used: MyST puts the number of words there, which changes with every edit.
        [(page, env.titles[page].astext(), _may_be_found(env, page)) for page in site.order(env)],
    )
    return kept.digest(said)


def _files(app: Sphinx) -> Iterator[_Group]:
    """All groups of files that are switched on, those that take longest first."""
    build = Build.of(app.env)
    base = site.base(app.config)
    is_site = site.is_site(app.builder)
    if is_site and is_on(app.config, "llms"):
        yield lambda: [("llms.txt", _llms(app, build, base))]
    yield from _exports(app, build)
    if is_site and base and is_on(app.config, "feeds"):
        yield partial(_feeds, app, build, base)
    if is_site and base and is_on(app.config, "sitemap"):
        yield partial(_sitemap, app, build, base)


def _exports(app: Sphinx, build: Build) -> Iterator[_Group]:
    """All publications in every format, and the lists that offer downloads, in the formats that they ask for."""
    library = build.library
    formats = exports(app.config)
    # By the keys of the publications: in most sites the only list has all of them, and needs no second text.
    wanted: dict[tuple[str, ...], list[tuple[str, Collection[str]]]] = {}
    if is_on(app.config, "exports") and library.listed:
        wanted[tuple(publication.key for publication in build.library.select())] = [(WHOLE, formats)]
    for records in CvDomain.of(app.env).shown.values():
        for record in records:
            keys = tuple(key for key in record.ids if key in library.by_key)
            wanted.setdefault(keys, []).append((record.file, record.exports))
    for keys, files in wanted.items():
        for name, export in formats.items():
            paths = [f"{path}.{export.suffix}" for path, names in files if name in names]
            if paths:
                yield partial(_exported, build, name, keys, paths)


def _exported(build: Build, name: str, keys: Sequence[str], paths: Sequence[str]) -> list[tuple[str, str]]:
    text = build.exporter.text(name, [build.library.by_key[key] for key in keys])
    return [(path, text) for path in paths]


def _feeds(app: Sphinx, build: Build, base: str) -> Iterator[tuple[str, str]]:
    name = profile(app.config).name
    if entries := list(_feed_entries(app, build)):
        for feed in FEEDS:
            yield feed.name, feed.text(title(app), base, base + feed.name, name, entries)


def _sitemap(app: Sphinx, build: Build, base: str) -> Iterator[tuple[str, str]]:
    yield "sitemap.xml", sitemap.text(base + app.builder.get_target_uri(page) for page in _pages(app, build))
    if is_on(app.config, "robots") and site.is_at_top(app.config):
        yield "robots.txt", sitemap.robots(f"{base}sitemap.xml")


def _feed_entries(app: Sphinx, build: Build) -> Iterator[FeedEntry]:
    """The entries of the feeds: the newest publications that have a date and a place on the site, and all talks."""
    dated = ((p, build.uri_of(p.key)) for p in build.library.select() if p.date)
    for publication, uri in islice(((p, uri) for p, uri in dated if uri), LENGTH):
        yield entry_of(publication, site.absolute(app.config, uri), app.config.language, _, ngettext)
    for talk in build.gathered.talks:
        uri = f"{app.builder.get_target_uri(talk.docname)}#{talk.target}"
        yield entry_of_talk(talk, site.absolute(app.config, uri))


def _pages(app: Sphinx, build: Build) -> Iterator[str]:
    """All pages that may be found by search engines, in the order of the site."""
    for docname in site.order(app.env):
        if docname != not_found.PAGE and _may_be_found(app.env, docname):
            yield docname
    yield from build.pages.values()


def _may_be_found(env: BuildEnvironment, docname: str) -> bool:
    return "nosearch" not in env.metadata.get(docname, {})


def _llms(app: Sphinx, build: Build, base: str) -> str:
    owner = profile(app.config)
    known = ", ".join(filter(None, (owner.native_name, owner.position, owner.affiliation, *owner.interests)))
    pages = [page for page in _pages(app, build) if page in app.env.titles]
    library = build.library
    formats = exports(app.config).values() if is_on(app.config, "exports") and library.listed else ()
    sections = {
        _("Pages"): [
            llms.Entry(app.env.titles[page].astext(), base + app.builder.get_target_uri(page)) for page in pages
        ],
        _("Publications"): [
            llms.Entry(title_line(publication), base + uri, summary_of(publication, app.config.language, _, ngettext))
            for publication in build.library.select()
            if (uri := build.uri_of(publication.key))
        ],
        _("Files"): [
            llms.Entry(export.label, f"{base}{WHOLE}.{export.suffix}", _("All publications")) for export in formats
        ],
    }
    return llms.text(owner.name, owner.description or known, sections)
