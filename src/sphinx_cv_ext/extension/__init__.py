"""The only part that knows Sphinx; `setup` registers everything, in the order of a build where order matters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.docutils import is_directive_registered, is_role_registered

from sphinx_cv_ext import __version__, garbage
from sphinx_cv_ext.extension import (
    additions,
    citing,
    collected,
    cv_documents,
    database,
    filtering,
    gathering,
    kept_templates,
    lists,
    locale,
    not_found,
    pages,
    processes,
    rewriting,
    settings,
    social,
)
from sphinx_cv_ext.extension.directives import DIRECTIVES
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.roles import ROLES
from sphinx_cv_ext.extension.transforms import POST_TRANSFORMS, TRANSFORMS

STATIC = Path(__file__).parent.parent / "static"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything; returns Sphinx's extension metadata."""
    locale.register(app)
    app.setup_extension("sphinxcontrib.bibtex")
    settings.register(app)
    social.setup(app)
    not_found.setup(app)
    app.add_domain(CvDomain)
    app.add_domain(citing.CiteDomain, override=True)
    app.add_role("cite", citing.TolerantCiteRole(), override=True)
    app.add_builder(cv_documents.CvBuilder)
    _register_names(app)
    for transform in TRANSFORMS:
        app.add_transform(transform)
    for post_transform in POST_TRANSFORMS:
        app.add_post_transform(post_transform)
    app.add_node(lists.PublicationList, html=(lists.write, None))
    app.connect("config-inited", additions.complete)
    app.connect("config-inited", settings.complete)
    app.connect("config-inited", social.complete)
    app.connect("config-inited", not_found.complete)
    # At 900: after Sphinx has collected the endings of pages, at 800.
    app.connect("config-inited", settings.complete_people, priority=900)
    app.connect("builder-inited", settings.tell_unknown)
    # At 400: before sphinxcontrib-bibtex, at 500, would read the .bib files itself.
    app.connect("builder-inited", database.read, priority=400)
    # At 400: before outdated pages are looked for, at 500.
    app.connect("env-get-outdated", pages.plan, priority=400)
    app.connect("builder-inited", pages.take_part)
    app.connect("builder-inited", add_static_path)
    app.connect("builder-inited", rewriting.watch)
    app.connect("builder-inited", kept_templates.provide)
    app.connect("env-get-outdated", database.outdated_documents)
    app.connect("env-get-outdated", cv_documents.outdated)
    app.connect("env-updated", citing.make_bibliographies_safe, priority=400)
    # After Sphinx has found the title, at 500.
    app.connect("doctree-read", collected.entitle, priority=600)
    app.connect("env-updated", gathering.gather)
    app.connect("env-updated", collected.arrange)
    # At 600: after sphinxcontrib-bibtex has made its own citations, at 500.
    app.connect("env-updated", citing.provide_citations, priority=600)
    app.connect("env-updated", lists.decide)
    app.connect("html-collect-pages", pages.write)
    # At 400: before sphinxext-opengraph, at 500, looks for a description.
    app.connect("html-page-context", complete_head, priority=400)
    app.connect("doctree-resolved", filtering.fill_frames)
    app.connect("html-page-context", filtering.add_script)
    app.connect("build-finished", lists.save)
    # At 400: before other extensions, at 500, look at the output.
    app.connect("build-finished", write_site_files, priority=400)
    app.connect("build-finished", processes.do_chores, priority=400)
    app.connect("build-finished", social.draw)
    app.connect("build-finished", cv_documents.write)
    app.connect("build-finished", garbage.search_as_usual, priority=900)
    app.add_css_file("sphinx-cv.css")
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _register_names(app: Sphinx) -> None:
    """Register every directive and role as ``cv:NAME``, and as ``NAME`` unless another extension has done so."""
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain(CvDomain.name, name, directive)
        if not is_directive_registered(name):
            app.add_directive(name, directive)
    for name, role in ROLES.items():
        app.add_role_to_domain(CvDomain.name, name, role)
        if not is_role_registered(name):
            app.add_role(name, role)


def complete_head(*given: Any) -> None:
    """Do `heads.complete`. Its module is loaded by builds that write pages."""
    from sphinx_cv_ext.extension import heads

    heads.complete(*given)


def write_site_files(*given: Any) -> None:
    """Do `site_files.write`. Its module is loaded by builds that come to an end, and not while Sphinx starts."""
    from sphinx_cv_ext.extension import site_files

    site_files.write(*given)


def add_static_path(app: Sphinx) -> None:
    """Add our stylesheet and script to the static files, for builders of HTML."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(STATIC))
