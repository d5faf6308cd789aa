"""What directives and roles have in common: finding publications, and making links, for the page being read."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import download_reference, pending_xref
from sphinx.environment import BuildEnvironment

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, suggestion
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.domain import FILE, CvDomain
from sphinx_cv_ext.extension.locale import _, ngettext
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.extension.tables import award_kinds
from sphinx_cv_ext.model.library import Selection
from sphinx_cv_ext.model.links import Link, LinkKind
from sphinx_cv_ext.model.publication import Award, Publication
from sphinx_cv_ext.outputs import listing
from sphinx_cv_ext.outputs.elements import Element, Part
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.sources.awards import parse_awards
from sphinx_cv_ext.sources.links import Files, clean_url, parse_link


def find_publication(env: BuildEnvironment, key: str, place: Location) -> Publication | None:
    """The publication with this key; a warning if there is none. The page that is being read depends on it."""
    CvDomain.of(env).note(Selection(keys=(key,)))
    by_key = Build.of(env).library.by_key
    found = by_key.get(key)
    if not found:
        problem = f"no .bib file has {key!r} {suggestion(key, by_key)}".rstrip()
        warn(Diagnostic(Code.KEY_UNKNOWN, place, problem, "it is left out"))
    return found


def page_awards(env: BuildEnvironment, text: str, asked: str, place: Location) -> tuple[Award, ...]:
    """The awards in a text on a page; a warning if the text is a key, which should be written as ``asked``."""
    if text in Build.of(env).library.by_key:
        problem = f"award: {text!r} is the key of a publication; for its awards write {asked!r}"
        warn(Diagnostic(Code.KEY_BARE, place, problem, "it is shown as the name of an award"))
    return parse_awards(text, place, warn, award_kinds(env.config))


def page_link(env: BuildEnvironment, kind: LinkKind, value: str, place: Location) -> Link | None:
    """A link given on the page being read; local files are looked for beside the page and in ``cv_files``."""
    folders = [Path(env.doc2path(env.docname)).parent]
    if repository := Build.of(env).repository:
        folders.append(repository)
    files = Files(folders, (Path(env.srcdir), *folders[1:]))
    link = parse_link(kind, value, files, place, warn)
    if not link:
        # As with a missing picture, Sphinx then reads the page again in every build until there is such a file.
        with suppress(OSError, ValueError):
            for path in files.candidates(clean_url(value)):
                env.note_dependency(str(path))
    return link


def cross_reference(kind: str, target: str, docname: str, content: Part, **more: Any) -> Element:
    """``content`` as a reference of our domain on the page ``docname``, to be resolved when all pages are read."""
    to: dict[str, Any] = {"refdomain": CvDomain.name, "reftype": kind, "reftarget": target, "refdoc": docname}
    return Element(pending_xref, content, refexplicit=True, **to, **more)


def file_link(env: BuildEnvironment, uri: str, content: Part) -> Element:
    """``content`` as a link to a file of the site; ``uri`` is its address as seen from the top of the site."""
    return cross_reference(FILE, uri, env.docname, content)


def publication_button(publication: Publication, docname: str) -> Element:
    """A button on the page ``docname`` that leads to a publication."""
    words = listing.button_words(_("Publication"), title_line(publication), ("cv-link", "cv-link-paper"))
    return cross_reference("publication", publication.key, docname, words)


def make_context(env: BuildEnvironment, docname: str = "") -> listing.Context:
    """The context for elements on the page ``docname``, or on the page being read."""
    page = docname or env.docname
    srcdir = str(env.srcdir)

    def title_link(publication: Publication, title: Part) -> Part:
        return cross_reference("publication", publication.key, page, Element(nodes.inline, title))

    def in_project(path: str) -> str:
        """A file as seen from the pages' folder, where Sphinx copies it from."""
        return "/" + Path(os.path.relpath(path, srcdir)).as_posix()

    return listing.Context(
        owner=Build.of(env).library.owner,
        translate=_,
        title_link=title_link,
        file_link=lambda link: Element(download_reference, reftarget=in_project(link.file)),
        picture=lambda path: listing.picture(in_project(path)),
        language=env.config.language,
        plural=ngettext,
    )
