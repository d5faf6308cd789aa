"""Publications as docutils nodes that every builder can write.

Only standard nodes with classes are used. Where HTML wants something else than print, both stand here, each in
an inline node with the class of `ONLY`; the extension's transform keeps the right one. A publication becomes::

    list_item.cv-publication #pub-ANCHOR
        container.cv-preview    for HTML: a picture
        line_block.cv-lines.cv-entry
            line.cv-title       inline.cv-number, strong: the title
            line.cv-authors     names; the owner in strong.cv-owner, marks in inline.cv-mark
            line.cv-venue       strong.cv-venue-short · name, details, year · state
            line.cv-badges      inline.cv-badge.cv-award …, inline.cv-badge.cv-rate
            line.cv-links       reference.cv-link.cv-link-KIND …
            line.cv-remark      a remark, or the legend of the marks
        container.cv-panels     for HTML: details.cv-panel.cv-NAME, one open at a time
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from docutils import nodes

from sphinx_cv_ext.model.figures import Figure
from sphinx_cv_ext.model.links import Link
from sphinx_cv_ext.model.people import Author, Owner
from sphinx_cv_ext.model.publication import Award, Publication
from sphinx_cv_ext.model.rates import Rate
from sphinx_cv_ext.model.text import Inline, Linked, Math, RichText, Style, Styled, Text, plain
from sphinx_cv_ext.outputs.scripts import language_of, language_of_name
from sphinx_cv_ext.outputs.words import (
    Plural,
    Translate,
    authors_left_out,
    details_words,
    english,
    figure_words,
    figures,
    legend,
    rate_words,
    state_words,
    type_words,
)

ONLY = {"html": "cv-only-html", "print": "cv-only-print"}
"""Classes of what is for HTML alone, and of what is for everything else."""

SPELLED_OUT = "cv-url"
"""The class of a reference whose address plain text writes out."""

PUBLICATION = "cv-publication"
"""The class of the list item of a publication."""

MATH = "cv-math"
"""The class of a formula, still as LaTeX: a ``math`` node would make Sphinx load a script for the page."""

FOREIGN = "cv-foreign"
"""The class of words in another language than the page's; HTML keeps apart what may be written from the right."""

LANGUAGE = "language-"
"""What a class begins with that names a language: docutils makes an attribute ``lang`` of it."""

ENTRIES = "cv-entries"
"""The class of a list of dated entries."""

LINES = "cv-lines"
"""The class of a block whose lines belong together and may wrap."""

DOWNLOADS = "cv-downloads"
"""The class of the paragraph that leads to the files of a list."""

DOWNLOAD = ("cv-link", "cv-link-download")
"""The classes of a link to a file that the site makes."""

_STYLES: dict[Style, Callable[[], nodes.Element]] = {
    Style.EMPHASIS: nodes.emphasis,
    Style.STRONG: nodes.strong,
    Style.CODE: nodes.literal,
    Style.SMALL_CAPS: lambda: nodes.inline(classes=["cv-small-caps"]),
    Style.SUBSCRIPT: nodes.subscript,
    Style.SUPERSCRIPT: nodes.superscript,
}


@dataclass(frozen=True, slots=True)
class Panel:
    """Something long about a publication, to be unfolded below its entry: its class, its words, what it shows."""

    name: str
    label: str
    content: Callable[[Publication], list[nodes.Node]]


@dataclass(frozen=True)
class Context:
    """What the nodes of a list depend on beside the publications.

    ``title_link`` wraps a title's nodes in a link to the publication, ``file_link`` makes the node of a link
    to a local file. They are the extension's, because only Sphinx knows where those will lie.
    ``max_authors`` shortens longer lists of authors; 0 shows all. ``numbers`` are shown before titles, by key.
    ``picture_uri`` gives the ``uri`` of an image node for a file; pictures are left out without it. ``language`` is
    that of the page, as an RFC 5646 or POSIX tag.
    """

    owner: Owner
    translate: Translate
    title_link: Callable[[Publication, list[nodes.Node]], nodes.Node]
    file_link: Callable[[Link], nodes.Element]
    compact: bool = False
    max_authors: int = 0
    numbers: Mapping[str, str] = field(default_factory=dict)
    picture_uri: Callable[[str], str] | None = None
    panels: Sequence[Panel] = ()
    language: str = "en"
    plural: Plural = english

    def link(self, link: Link) -> nodes.Element:
        """The node of a link, still without its words."""
        return self.file_link(link) if link.file else nodes.reference(refuri=link.url, internal=False)


def publication_list(
    publications: Iterable[Publication], ids: Mapping[str, str], context: Context
) -> nodes.bullet_list:
    """A bullet list of ``publications``; ``ids`` gives targets by key, to those that have one here."""
    result = nodes.bullet_list(bullet="*", classes=["cv-publications"])
    if context.compact:
        result["classes"].append("cv-compact")
    for publication in publications:
        item = nodes.list_item(classes=[PUBLICATION, f"cv-type-{publication.type.name}"])
        # Titles and names are shown as they are written, so Sphinx must not turn their quotes.
        item["support_smartquotes"] = False
        item["ids"] = [ids[publication.key]] if publication.key in ids else []
        item += _preview(publication, context)
        item += entry(publication, context)
        item += _panels(publication, ids.get(publication.key, publication.anchor), context)
        result += item
    return result


def entry(publication: Publication, context: Context) -> nodes.line_block:
    """What a list says of one publication, a line each."""
    block = nodes.line_block(classes=[LINES, "cv-entry"])
    title = nodes.strong("", "", *_isolated(rich_text(publication.title), _title_language(publication, context)))
    number = _number(context.numbers.get(publication.key, ""))
    _add_line(block, "cv-title", [*number, context.title_link(publication, [title])])
    _add_line(block, "cv-authors", authors(publication, context))
    _add_line(block, "cv-venue", venue(publication, context.translate))
    _add_line(block, "cv-badges", badges(publication, context.translate))
    if not context.compact:
        _add_line(block, "cv-links", parted(links(publication.links, publication.plain_title, context)))
        for remark in publication.remarks:
            _add_line(block, "cv-remark", rich_text(remark))
        _add_line(block, "cv-remark", _legend(publication, context.translate))
    return block


def _number(number: str) -> list[nodes.Node]:
    return [nodes.inline(f"[{number}]", f"[{number}]", classes=["cv-number"]), nodes.Text(" ")] if number else []


def _preview(publication: Publication, context: Context) -> list[nodes.Node]:
    if not publication.preview or not context.picture_uri or context.compact:
        return []
    # It shows nothing that the words beside it do not say.
    image = nodes.image(uri=context.picture_uri(publication.preview), alt="", loading="lazy")
    return [only_block("html", nodes.container("", image, classes=["cv-preview"]))]


def _panels(publication: Publication, name: str, context: Context) -> list[nodes.Node]:
    """What can be unfolded below an entry; browsers close the open one of those that share ``name``."""
    panels: list[nodes.Node] = []
    for panel in context.panels:
        if content := panel.content(publication):
            start, end = _unfolding(f"cv-panel cv-{panel.name}", panel.label, publication.plain_title, f"{name}-panel")
            panels += [start, *content, end]
    return [only_block("html", nodes.container("", *panels, classes=["cv-panels"]))] if panels else []


def _unfolding(classes: str, label: str, of: str, name: str) -> tuple[nodes.raw, nodes.raw]:
    """Start and end of something to unfold; ``of`` is what it belongs to, for those who cannot see where it stands."""
    hidden = f'<span class="cv-hidden">: {escape(of)}</span>' if of else ""
    shared = f' name="{escape(name)}"' if name else ""
    start = f'<details class="{classes}"{shared}><summary>{escape(label)}{hidden}</summary>'
    return nodes.raw("", start, format="html"), nodes.raw("", "</details>", format="html")


def bibtex_block(bibtex: str) -> nodes.raw:
    """An entry in BibTeX as it is to be copied; for HTML alone."""
    return nodes.raw("", f"<pre><code>{escape(bibtex)}</code></pre>", format="html")


def page(publication: Publication, context: Context) -> nodes.section:
    """The page of a publication: its entry under its title as a heading, then its abstract.

    ::

    section > title, line_block.cv-entry, section#abstract > title, paragraph
    """
    result = nodes.section(
        "",
        nodes.title(
            "", "", *rich_text(publication.title), classes=_language_classes(_title_language(publication, context))
        ),
        ids=["publication"],
        classes=["cv-page"],
    )
    result += _preview(publication, context)
    block = entry(publication, context)
    del block[0]  # the title, which is the heading here
    result += block
    if publication.abstract:
        heading = context.translate("Abstract")
        language = language_of(plain(publication.abstract), context.language, publication.language)
        text = nodes.paragraph("", "", *rich_text(publication.abstract), classes=_language_classes(language))
        result += nodes.section("", nodes.title(heading, heading), text, ids=["abstract"])
    return result


def citing(
    publication: Publication, reference: str, files: Mapping[str, str], bibtex: str, context: Context
) -> nodes.section:
    """How to cite a publication: a ready reference, the entry in BibTeX to unfold, and files to take away.

    ``files`` maps the name of a format to the address of the file. For HTML alone::

        section#cite > title, paragraph, raw details.cv-bibtex, paragraph.cv-links
    """
    heading = context.translate("Cite this")
    start, end = _unfolding("cv-bibtex", "BibTeX", "", "")
    links = [
        nodes.reference("", "", nodes.inline(label, label), refuri=uri, internal=True, classes=[*DOWNLOAD])
        for label, uri in files.items()
    ]
    return nodes.section(
        "",
        nodes.title(heading, heading),
        nodes.paragraph(reference, reference, classes=["cv-reference"]),
        start,
        bibtex_block(bibtex),
        end,
        paragraph("cv-links", links),
        ids=["cite"],
    )


def download(name: str, label: str) -> nodes.inline:
    """The words of a link to a file in the format ``name``."""
    return nodes.inline(label, label, classes=[*DOWNLOAD, f"cv-export-{name}"])


def downloads(links: Sequence[nodes.Node], translate: Translate) -> nodes.paragraph:
    """The files that a list can be taken away in, for sites alone.

    ::

        paragraph.cv-downloads > inline.cv-downloads-label, reference.cv-link-download …
    """
    words = translate("Download this list:")
    label = nodes.inline(words, words, classes=["cv-downloads-label"])
    return paragraph(DOWNLOADS, [label, *links])


def _add_line(block: nodes.line_block, name: str, children: Sequence[nodes.Node]) -> None:
    if children:
        # Data, not prose: there is nothing in it to translate.
        block += nodes.line("", "", *children, classes=[name], translatable=False)


def _title_language(publication: Publication, context: Context) -> str:
    return language_of(publication.plain_title, context.language, publication.language)


def _isolated(content: list[nodes.Node], language: str) -> list[nodes.Node]:
    """``content`` as words of another language than the page's; unchanged where there is none to name."""
    return [nodes.inline("", "", *content, classes=[FOREIGN, *_language_classes(language)])] if language else content


def _language_classes(language: str) -> list[str]:
    return [f"{LANGUAGE}{language}"] if language else []


def rich_text(text: RichText) -> list[nodes.Node]:
    """The nodes of a text of the model."""
    return [node for inline in text for node in _inline(inline)]


def _inline(inline: Inline) -> list[nodes.Node]:
    match inline:
        case Text(value):
            return [nodes.Text(value)]
        case Styled(Style.PROTECTED, children):
            return rich_text(children)
        case Math(latex):
            return [nodes.inline(latex, latex, classes=[MATH])]
        case Linked(url, children):
            return [nodes.reference("", "", *rich_text(children), refuri=url, internal=False)]
        case Styled(style, children):
            node = _STYLES[style]()
            node += rich_text(children)
            return [node]


def authors(publication: Publication, context: Context) -> list[nodes.Node]:
    """The authors parted by commas; a long list is shortened, but never without the owner."""
    shown = _shown_authors(publication.authors, context)
    result: list[nodes.Node] = []
    before = -1
    for place in shown:
        if result:
            result.append(nodes.Text(", " if place == before + 1 else ", …, "))
        result.extend(_author(publication.authors[place], publication, context))
        before = place
    left = len(publication.authors) - 1 - before
    if left and result:
        words = authors_left_out(len(publication.authors), context.plural)
        result.append(nodes.Text(f", {words}"))
    if publication.et_al and result:
        result.append(nodes.Text(" et al."))
    return result


def _shown_authors(people: Sequence[Author], context: Context) -> list[int]:
    places = range(len(people))
    if not context.max_authors or len(people) <= context.max_authors:
        return list(places)
    return [p for p in places if p < context.max_authors or context.owner.is_author(people[p])]


def _author(author: Author, publication: Publication, context: Context) -> list[nodes.Node]:
    name = str(author.name)
    result = _isolated([nodes.Text(name)], language_of_name(name, context.language, publication.language))
    if context.owner.is_author(author):
        result = [nodes.strong(name, "", *result, classes=["cv-owner"])]
    # A compact list has no room for the legend, and marks without one say nothing.
    if author.marks and not context.compact:
        result.append(nodes.inline(author.marks, author.marks, classes=["cv-mark"]))
    return result


def venue(publication: Publication, translate: Translate) -> list[nodes.Node]:
    """Short name or kind of work, full name, details, date and state, as far as they are known."""
    result: list[nodes.Node] = []
    place = publication.venue
    if place.short:
        result.append(nodes.strong(place.short, place.short, classes=["cv-venue-short"]))
    elif kind := type_words(publication, translate):
        result.append(nodes.Text(kind))
    rest = ", ".join(filter(None, (place.name, details_words(publication, translate), str(publication.year or ""))))
    if rest:
        result.append(nodes.Text(f" · {rest}" if result else rest))
    if state := state_words(publication, translate):
        result.append(nodes.Text(f" · {state}" if result else state))
    return result


def badges(publication: Publication, translate: Translate) -> list[nodes.Node]:
    """The badges of all awards, then that of the acceptance rate."""
    found = [award_badge(award, translate) for award in publication.awards]
    if publication.acceptance:
        found.append(rate_badge(publication.acceptance, translate))
    return parted(found)


def award_badge(award: Award, translate: Translate) -> nodes.Element:
    """An award in words, linked to its evidence."""
    badge = nodes.inline(classes=["cv-badge", "cv-award", f"cv-award-{award.kind.value}"])
    words: list[nodes.Node] = [nodes.strong(award.name, award.name)]
    if award.rate:
        words.append(nodes.Text(f" · {figures(award.rate, translate)}"))
    if award.url:
        badge += nodes.reference("", "", *words, refuri=award.url, internal=False, classes=[SPELLED_OUT])
    else:
        badge += words
    return badge


def rate_badge(rate: Rate, translate: Translate) -> nodes.Element:
    """An acceptance rate in words, in HTML with a bar behind them."""
    words = rate_words(rate, translate)
    badge = nodes.inline(words, words, classes=["cv-badge", "cv-rate"])
    badge += only("html", nodes.raw("", _bar(float(rate.percent)), format="html"))
    return badge


def _bar(percent: float) -> str:
    """A bar that is filled as far as the rate: a drawing for the eye, which says nothing that the words do not."""
    return (
        '<svg class="cv-bar" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 12"'
        ' preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="cv-bar-all" width="100" height="12"/>'
        f'<rect class="cv-bar-part" width="{percent:.4g}" height="12"/></svg>'
    )


def links(found: Iterable[Link], of: str, context: Context) -> list[nodes.Node]:
    """Links as buttons; ``of`` is what they belong to, said to those who cannot see where they stand."""
    return [_link(link, of, context) for link in found]


def _link(link: Link, of: str, context: Context) -> nodes.Element:
    label = context.translate(link.kind.label)
    node = context.link(link)
    node["classes"] += ["cv-link", f"cv-link-{link.kind.name}", SPELLED_OUT]
    word = nodes.inline(label, label)
    if of:
        word += only("html", nodes.inline("", f": {of}", classes=["cv-hidden"]))
    node += word
    return node


def _legend(publication: Publication, translate: Translate) -> list[nodes.Node]:
    result: list[nodes.Node] = []
    for mark, words in legend(publication, translate):
        if result:
            result.append(nodes.Text(" "))
        sentence = translate("{words}.").format(words=words)
        if len(mark) == 1:
            result += [nodes.inline(mark, mark, classes=["cv-mark"]), nodes.Text(f" {sentence}")]
        else:
            result.append(nodes.Text(f"{mark}: {sentence}"))
    return result


def dated_entry(
    target: str, lines: Mapping[str, Sequence[nodes.Node]], body: Sequence[nodes.Node]
) -> nodes.bullet_list:
    """An entry of a CV as a list of one; the extension's transform joins neighbours.

    ``target`` is its id. ``lines`` maps their names to their nodes, which may be none. The parts are lines of their
    own, so that they read well on paper::

        bullet_list.cv-entries > list_item.cv-dated
            line_block.cv-lines > line.cv-when, line.cv-lead > strong, line.cv-rest, line.cv-people, line.cv-links
            body
    """
    block = nodes.line_block(classes=[LINES])
    for name, line in lines.items():
        if line:
            content = [nodes.strong("", "", *line)] if name == "lead" else line
            block += nodes.line("", "", *content, classes=[f"cv-{name}"])
    item = nodes.list_item("", block, *body, ids=[target], classes=["cv-dated"])
    return nodes.bullet_list("", item, bullet="*", classes=[ENTRIES])


_WIDE = 24
"""How many characters of a label fit under a figure of usual width, on two lines."""


def figure_list(found: Iterable[Figure], translate: Translate, plural: Plural) -> nodes.bullet_list:
    """Figures as a list, each its value and what it counts."""
    result = nodes.bullet_list(bullet="*", classes=["cv-figures"])
    for figure in found:
        label = figure_words(figure, translate, plural)
        paragraph = nodes.paragraph()
        paragraph += nodes.strong(figure.value, figure.value, classes=["cv-figure-value"])
        paragraph += nodes.Text(" ")
        paragraph += nodes.inline(label, label, classes=["cv-figure-label"])
        is_wide = len(label) > _WIDE
        result += nodes.list_item("", paragraph, classes=["cv-figure-wide"] if is_wide else [])
    return result


def only(where: str, *children: nodes.Node) -> nodes.inline:
    """``children`` for some outputs alone; ``where`` is a key of `ONLY`."""
    return nodes.inline("", "", *children, classes=[ONLY[where]])


def only_block(where: str, *children: nodes.Node) -> nodes.container:
    """Whole paragraphs and the like for some outputs alone; see `only`."""
    return nodes.container("", *children, classes=[ONLY[where]])


def paragraph(name: str, found: Sequence[nodes.Node]) -> nodes.paragraph:
    """A paragraph of badges or links; like our lines it has nothing to translate."""
    return nodes.paragraph("", "", *parted(found), classes=[name], translatable=False)


def parted(found: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Nodes with something between them that keeps them apart on paper as well as on a page without a style."""
    result: list[nodes.Node] = []
    for node in found:
        if result:
            result += [only("print", nodes.Text(" · ")), only("html", nodes.Text(" "))]
        result.append(node)
    return result
