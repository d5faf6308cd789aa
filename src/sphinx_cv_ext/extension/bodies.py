"""What readers see on the page of a publication: its entry, how to cite it, the way back to the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_cv_ext.extension.build import Build, Home
from sphinx_cv_ext.extension.entries import remarks
from sphinx_cv_ext.extension.locale import _, ngettext
from sphinx_cv_ext.extension.tables import offered
from sphinx_cv_ext.model.cv import Entry
from sphinx_cv_ext.model.links import Link
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs import listing
from sphinx_cv_ext.outputs.elements import Element, Part
from sphinx_cv_ext.outputs.publication_page import citing, page


class PublicationBodies:
    """Makes the bodies of publications' pages; an object holds what is the same for all of them."""

    def __init__(self, app: Sphinx, builder: StandaloneHTMLBuilder) -> None:
        self._build = build = Build.of(app.env)
        self._env = app.env
        self._builder = builder
        self._exporter = build.exporter
        self._homes = build.gathered.homes
        self._offers = offered(app.config)
        self._style = app.config.cv_reference_style
        self._context = partial(
            listing.Context,
            owner=build.library.owner,
            people=build.people,
            translate=_,
            title_link=lambda publication, title: title,
            language=app.config.language,
            plural=ngettext,
        )

    def element(
        self,
        name: str,
        publication: Publication,
        file_link: Callable[[Link], Element],
        picture: Callable[[str], Element],
    ) -> Element:
        """The body of the page ``name`` of a publication; ``file_link`` and ``picture`` are as in `listing.Context`."""

        def entry_link(entry: Entry, words: Part) -> Element:
            return self._link(name, Home(entry.docname, entry.target), words)

        context = self._context(
            file_link=file_link,
            picture=picture,
            page_uri=partial(self._build.uri_from, name),
            told=lambda publication: remarks(self._env, publication.key, entry_link),
        )
        files = {export.label: f"{publication.anchor}.{export.suffix}" for export in self._offers}
        reference = self._exporter.text(self._style, [publication]).rstrip("\n")
        bibtex = self._exporter.text("bibtex", [publication])
        more: list[Part] = [citing(publication, reference, files, bibtex, context)]
        if home := self._homes.get(publication.key):
            back = self._link(name, home, _("In the list of publications"))
            more.append(Element(nodes.paragraph, back, classes=("cv-back",)))
        return page(publication, context, *more)

    def _link(self, name: str, place: Home, words: Part) -> Element:
        """A link from the page ``name`` to a place on a page of the project."""
        uri = f"{self._builder.get_relative_uri(name, place.docname)}#{place.target}"
        return Element(nodes.reference, words, refuri=uri, internal=True)
