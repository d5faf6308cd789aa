"""The page of a publication."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes

from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.elements import DOWNLOAD, Element, Part
from sphinx_cv_ext.outputs.lines import abstract_text, title_line
from sphinx_cv_ext.outputs.listing import Context, lines, paragraph, preview, title_language
from sphinx_cv_ext.outputs.rich_text import language_classes, rich_text
from sphinx_cv_ext.outputs.scripts import is_latin, language_of, language_of_name
from sphinx_cv_ext.outputs.unfolding import bibtex_block, unfolding


def page(publication: Publication, context: Context, *more: Part) -> Element:
    """The page of a publication: its title as a heading, its entry, its abstract, and ``more``.

    ::

        section.cv-page > title, line_block.cv-entry, section#abstract > title, paragraph
    """
    words = title_line(publication)
    content: list[Part] = [*preview(publication, context), lines(publication, words, context)]
    if publication.abstract:
        language = language_of(abstract_text(publication), context.language, publication.language)
        text = Element(nodes.paragraph, *rich_text(publication.abstract), classes=language_classes(language))
        content.append(_section("abstract", context.translate("Abstract"), text))
    title = Element(
        nodes.title,
        *rich_text(publication.title),
        classes=language_classes(title_language(publication, words, context)),
    )
    return Element(nodes.section, title, *content, *more, ids=["publication"], classes=("cv-page",))


def _section(target: str, heading: str, *content: Part) -> Element:
    return Element(nodes.section, Element(nodes.title, heading), *content, ids=[target])


def citing(
    publication: Publication, reference: str, files: Mapping[str, str], bibtex: str, context: Context
) -> Element:
    """How to cite a publication: a ready-made ``reference``, the entry in BibTeX to unfold, and files to download.

    ``files`` maps the name of a format to the address of the file. Only for HTML::

        section#cite > title, paragraph, raw details.cv-bibtex, paragraph.cv-links
    """
    start, end = unfolding("cv-bibtex", "BibTeX", "", "")
    # The words between titles and names are English, whatever Latin language the work is in, so that only the title can
    # tell; names alone do not.
    said, title = publication.language, title_line(publication)
    language = language_of_name(title if is_latin(title) else reference, context.language, said)
    links = [
        Element(nodes.reference, Element(nodes.inline, label), refuri=uri, internal=True, classes=DOWNLOAD)
        for label, uri in files.items()
    ]
    return _section(
        "cite",
        context.translate("Cite this"),
        Element(nodes.paragraph, reference, classes=("cv-reference", *language_classes(language))),
        start,
        bibtex_block(bibtex),
        end,
        paragraph("cv-links", links),
    )
