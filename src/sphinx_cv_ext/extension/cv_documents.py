"""The CVs that pages ask for, as files: beside the pages of a site, or alone by a builder of their own."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, short_path
from sphinx_cv_ext.extension import kept, site
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.entries import entries_of
from sphinx_cv_ext.extension.features import is_on
from sphinx_cv_ext.extension.locale import _, words_of
from sphinx_cv_ext.extension.profile import CONF, portrait, profile
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.extension.written import put
from sphinx_cv_ext.model.cv import CvPlan
from sphinx_cv_ext.outputs import typesetting

if TYPE_CHECKING:
    from sphinx_cv_ext.outputs.cv_document import Document

FOLDER = "cv"
"""Where the CVs lie in a site."""

CALENDAR = "talks.ics"

# It need not change with the code: the digests that are kept cover code and fonts themselves.
_STAMP = b"1"


class CvBuilder(Builder):
    """``sphinx-build -b cv``: the CVs of a project alone, without a page."""

    name = "cv"
    epilog = "The CVs are in %(outdir)s."
    format = ""
    allow_parallel: ClassVar[bool] = True

    def get_outdated_docs(self) -> set[str]:
        """No page is outdated, because none is written."""
        return set()

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Where a page lies in the site that ``html`` makes."""
        return f"{docname}.html"

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Do nothing: there is nothing to prepare."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Do nothing: a CV is made of all pages, not of one."""


def files(config: Config, plan: CvPlan) -> Iterator[tuple[str, str]]:
    """The files of a CV, as seen from the top of the site, each with the words of the link to it."""
    if not is_on(config, "cv"):
        return
    base = f"{FOLDER}/{plan.name}"
    plain = _("{title} (plain text)").format(title=plan.title)
    if typesetting.is_available():
        yield f"{base}.pdf", _("{title} (PDF)").format(title=plan.title)
        plain = _("Plain text")
    yield f"{base}.txt", plain
    if is_on(config, "json-resume"):
        yield f"{base}.json", _("JSON Resume")


def outdated(app: Sphinx, env: BuildEnvironment, *_changes: AbstractSet[str]) -> list[str]:
    """The pages that link to CVs, if Typst has been installed or removed since they were read."""
    domain = CvDomain.of(env)
    before, domain.data["typeset"] = domain.data["typeset"], typesetting.is_available()
    return [] if before in (None, domain.data["typeset"]) else sorted(domain.plans)


def write(app: Sphinx, failure: Exception | None) -> None:
    """Write the CVs and, in a site, the calendar; files that would not change are left alone."""
    is_alone = isinstance(app.builder, CvBuilder)
    if failure or not (is_alone or site.is_site(app.builder)):
        return
    out = Path(app.outdir)
    if not is_alone and is_on(app.config, "calendar"):
        _write_calendar(app, out / CALENDAR)
    if is_on(app.config, "cv"):
        folder = out if is_alone else out / FOLDER
        known = kept.Kept[str, str](app.doctreedir, f"{app.builder.name}-documents", _STAMP)
        digests = {plan.name: _write(app, plan, folder, known.before.get(plan.name, "")) for plan in _plans(app.env)}
        known.save(digests)
        if is_alone and not digests:
            first = Location(short_path(app.env.doc2path(app.config.root_doc)))
            warn(Diagnostic(Code.CV_NONE, first, "no page of the project has a {cv}", "no file is written"))
    elif is_alone:
        problem = "cv_disable has switched off CVs, which the builder 'cv' makes"
        warn(Diagnostic(Code.CV_NONE, CONF, problem, "no file is written"))


def _write_calendar(app: Sphinx, path: Path) -> None:
    """Write the calendar, if there are talks for it."""
    from sphinx_cv_ext.outputs import icalendar

    if icalendar.events(talks := Build.of(app.env).gathered.talks):
        title = _("Talks of {name}").format(name=profile(app.config).name)
        _put(app, path, icalendar.calendar(talks, title, site.base(app.config)))


def _plans(env: BuildEnvironment) -> Iterator[CvPlan]:
    """The CVs in the order of the site; a second one of the same name is reported and left out."""
    domain = CvDomain.of(env)
    taken: dict[str, CvPlan] = {}
    for docname in site.order(env):
        for plan in domain.plans.get(docname, ()):
            first = taken.setdefault(plan.name.lower(), plan)
            if first is plan:
                yield plan
            else:
                problem = f"cv: there is a CV {first.name!r} already, in {first.location}"
                fallback = "this one is not made; give it another name, as in '{cv} short'"
                warn(Diagnostic(Code.CV_TAKEN, plan.location, problem, fallback))


def _write(app: Sphinx, plan: CvPlan, folder: Path, known: str) -> str:
    """Write the files of a CV, and return the digest of its PDF; empty if it is to be made again next time.

    ``known`` is the digest of the last build. Imports are inside this function and below because a site without a CV
    does not need them.
    """
    from sphinx_cv_ext.outputs import cv_pdf, cv_text, json_resume

    made = _document(app, plan)
    _put(app, folder / f"{plan.name}.txt", cv_text.text(made))
    if is_on(app.config, "json-resume"):
        _put(app, folder / f"{plan.name}.json", json_resume.text(made))
    path = folder / f"{plan.name}.pdf"
    if not typesetting.is_available() or _is_given(app, path):
        return ""
    digest = cv_pdf.digest(made)
    if digest == known and path.is_file():
        return digest
    try:
        typeset = cv_pdf.pdf(made)
    except cv_pdf.NotSet as error:
        path.unlink(missing_ok=True)
        problem = f"cv {plan.name}: typst says: {error}"
        warn(Diagnostic(Code.CV_NOT_SET, plan.location, problem, "there is no PDF of it"))
        return ""
    put(path, typeset.data)
    if typeset.lacking:
        problem = f"cv {plan.name}: no font has {cv_pdf.lacking_words(typeset.lacking)}"
        warn(Diagnostic(Code.CV_GLYPH, plan.location, problem, "something plainer is shown instead, or nothing"))
        return ""
    return digest


def _put(app: Sphinx, path: Path, content: str) -> None:
    if not _is_given(app, path):
        put(path, content)


def _is_given(app: Sphinx, path: Path) -> bool:
    """Whether the project itself provides this file of the site, which then stays as it is."""
    name = path.relative_to(app.outdir).as_posix()
    return site.is_site(app.builder) and site.is_given(app.config, app.confdir, name)


def _document(app: Sphinx, plan: CvPlan) -> Document:
    from sphinx_cv_ext.outputs.cv_document import Site, document

    build = Build.of(app.env)
    downloads = site.downloads(app.env)

    def publication(key: str) -> str:
        return site.absolute(app.config, build.uri_of(key))

    def file(path: str) -> str:
        return site.absolute(app.config, downloads.get(path, ""))

    owner = replace(profile(app.config), image_url=site.absolute(app.config, portrait(app)))
    words = words_of(app.srcdir, app.config, plan.language or app.config.language)
    return document(
        plan, [*entries_of(app.env)], build.library, owner, Site(site.base(app.config), publication, file), words
    )
