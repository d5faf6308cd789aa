"""What pages show about publications, as elements.

A publication becomes::

list_item.cv-publication #pub-ANCHOR
container.cv-preview    for HTML: a picture
line_block.cv-lines.cv-entry
line.cv-title       inline.cv-number, strong: the title
line.cv-authors     names; the owner in strong.cv-owner, marks in inline.cv-mark
line.cv-venue       strong.cv-venue-short · name, details, year · state
line.cv-badges      inline.cv-badge.cv-award …, inline.cv-badge.cv-rate
line.cv-links       reference.cv-link.cv-link-KIND …
line.cv-remark      a remark, the legend of the marks, or what dated entries say about it
container.cv-panels     for HTML: details.cv-panel.cv-NAME, one open at a time
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field

from docutils import nodes

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.figures import Figure
from sphinx_cv_ext.model.links import Link
from sphinx_cv_ext.model.people import Author, Name, Owner, once_per_name
from sphinx_cv_ext.model.publication import Award, Publication
from sphinx_cv_ext.model.rates import Rate
from sphinx_cv_ext.model.text import Linked, Math, RichText, Style, Styled, Text
from sphinx_cv_ext.outputs.elements import (
    DOWNLOAD,
    DOWNLOADS,
    FOREIGN,
    LANGUAGE,
    LINES,
    MATH,
    PUBLICATION,
    SPELLED_OUT,
    Element,
    Part,
    joined,
    only,
    only_block,
    parted,
)
from sphinx_cv_ext.outputs.escaping import in_html
from sphinx_cv_ext.outputs.lines import abstract_text, title_line
from sphinx_cv_ext.outputs.scripts import is_latin, language_of, language_of_name
from sphinx_cv_ext.outputs.words import (
    Detail,
    Plural,
    Translate,
    authors_shown,
    details_of,
    english,
    figure_value,
    figure_words,
    figures,
    legend,
    named,
    rate_words,
    state_words,
    type_words,
    venue_name,
)

_STYLES: dict[Style, tuple[type[nodes.Element], tuple[str, ...]]] = {
    Style.EMPHASIS: (nodes.emphasis, ()),
    Style.STRONG: (nodes.strong, ()),
    Style.CODE: (nodes.literal, ()),
    Style.SMALL_CAPS: (nodes.inline, ("cv-small-caps",)),
    Style.SUBSCRIPT: (nodes.subscript, ()),
    Style.SUPERSCRIPT: (nodes.superscript, ()),
}


@frozen
class Panel:
    """Something long about a publication that can be unfolded below its entry: its class, its label, its content."""

    name: str
    label: str
    content: Callable[[Publication], list[Part]]


@frozen
class Context:
    """What a list depends on besides the publications.

    ``title_link`` wraps a title in a link to the publication, ``file_link`` makes a link to a local file, without its
    words yet, and ``picture`` makes an image from a file; without it, pictures are left out. The extension provides
    these functions, because only Sphinx knows where the targets will be. ``told`` gives further lines about a
    publication, and ``more_links`` further buttons. ``max_authors`` shortens longer lists of authors; 0 shows all.
    ``numbers`` maps keys to what is shown before titles. ``language`` is that of the page, as an RFC 5646 or POSIX tag.
    """

    owner: Owner
    translate: Translate
    title_link: Callable[[Publication, Part], Part]
    file_link: Callable[[Link], Element]
    picture: Callable[[str], Element] | None = None
    told: Callable[[Publication], list[Element]] = lambda publication: []
    more_links: Callable[[Publication], list[Part]] = lambda publication: []
    compact: bool = False
    max_authors: int = 0
    numbers: Mapping[str, str] = field(default_factory=dict)
    panels: Sequence[Panel] = ()
    language: str = "en"
    plural: Plural = english

    def link(self, link: Link) -> Element:
        """A link, without its words yet."""
        return self.file_link(link) if link.file else Element(nodes.reference, refuri=link.url, internal=False)


def list_classes(is_compact: bool) -> list[str]:
    """The classes of a list of publications."""
    return ["cv-publications", "cv-compact"] if is_compact else ["cv-publications"]


def item(publication: Publication, target: str, context: Context) -> Element:
    """An item of a list; ``target`` is its id there, if it has one."""
    return Element(
        nodes.list_item,
        *_preview(publication, context),
        entry(publication, context),
        *_panels(publication, target or publication.anchor, context),
        classes=(PUBLICATION, f"cv-type-{publication.type.name}"),
        # Titles and names are shown as they are written, so Sphinx must not change their quotes.
        support_smartquotes=False,
        ids=[target] if target else [],
    )


def entry(publication: Publication, context: Context) -> Element:
    """What a list says about one publication, in lines."""
    words = title_line(publication)
    title = Element(nodes.strong, *isolated(rich_text(publication.title), _title_language(publication, words, context)))
    heading = [*_number(context.numbers.get(publication.key, "")), context.title_link(publication, title)]
    return _block(_line("cv-title", heading), *_lines(publication, words, context))


def _block(*lines: Element | None) -> Element:
    return Element(nodes.line_block, *filter(None, lines), classes=(LINES, "cv-entry"))


def _lines(publication: Publication, title: str, context: Context) -> list[Element | None]:
    """The lines below the ``title``; None for a line that would be empty."""
    found = [
        _line("cv-authors", authors(publication, context)),
        _line("cv-venue", venue(publication, context)),
        _line("cv-badges", badges(publication, context.translate)),
    ]
    if not context.compact:
        buttons = links(publication.links, title, context) + context.more_links(publication)
        found.append(_line("cv-links", parted(buttons)))
        found += [_line("cv-remark", rich_text(remark)) for remark in publication.remarks]
        found.append(_line("cv-remark", _legend(publication, context.translate)))
        found += context.told(publication)
    return found


def _line(name: str, children: Sequence[Part]) -> Element | None:
    return line((name,), *children) if children else None


def line(classes: tuple[str, ...], *children: Part) -> Element:
    """A line of an entry. It is data, not prose, so there is nothing to translate."""
    return Element(nodes.line, *children, classes=classes, translatable=False)


def _number(number: str) -> list[Part]:
    return [Element(nodes.inline, f"[{number}]", classes=("cv-number",)), " "] if number else []


def _preview(publication: Publication, context: Context) -> list[Part]:
    if not publication.preview or not context.picture or context.compact:
        return []
    image = context.picture(publication.preview)
    return [only_block("html", Element(nodes.container, image, classes=("cv-preview",)))]


def picture(uri: str) -> Element:
    """The picture of a publication. It has no alternative text: the words beside it already say what it shows."""
    return Element(nodes.image, uri=uri, alt="", loading="lazy")


def _panels(publication: Publication, name: str, context: Context) -> list[Part]:
    """What can be unfolded below an entry. Of the panels that share a ``name``, browsers keep only one open."""
    panels: list[Part] = []
    for panel in context.panels:
        if content := panel.content(publication):
            start, end = _unfolding(f"cv-panel cv-{panel.name}", panel.label, title_line(publication), f"{name}-panel")
            panels += [start, *content, end]
    return [only_block("html", Element(nodes.container, *panels, classes=("cv-panels",)))] if panels else []


def _unfolding(classes: str, label: str, of: str, name: str) -> tuple[Element, Element]:
    """The start and the end of something to unfold."""
    return _html(_details(classes, label, of, name)), _html(_END)


_END = "</details>"


def _details(classes: str, label: str, of: str, name: str) -> str:
    """The start; ``of`` is what it belongs to, for those who cannot see where it is."""
    hidden = f'<span class="cv-hidden">: {in_html(of)}</span>' if of else ""
    shared = f' name="{in_html(name)}"' if name else ""
    return f'<details class="{classes}"{shared}><summary>{in_html(label)}{hidden}</summary>'


def fold(count: int, heading: str, plural: Plural) -> tuple[str, str]:
    """The HTML before and after a list of ``count`` publications below ``heading`` that keeps it folded at first."""
    label = plural("{count} publication", "{count} publications", count).format(count=count)
    return _details("cv-fold", label, heading, ""), _END


def _html(markup: str) -> Element:
    return Element(nodes.raw, markup, format="html")


def abstract_paragraph(publication: Publication) -> list[Part]:
    """The abstract, if there is one."""
    return [Element(nodes.paragraph, *rich_text(publication.abstract))] if publication.abstract else []


def bibtex_block(bibtex: str) -> Element:
    """An entry in BibTeX, ready to be copied; only for HTML."""
    return _html(f"<pre><code>{in_html(bibtex)}</code></pre>")


def page(publication: Publication, context: Context, *more: Part) -> Element:
    """The page of a publication: its title as a heading, its entry, its abstract, and ``more``.

    ::

        section.cv-page > title, line_block.cv-entry, section#abstract > title, paragraph
    """
    words = title_line(publication)
    content: list[Part] = [*_preview(publication, context), _block(*_lines(publication, words, context))]
    if publication.abstract:
        language = language_of(abstract_text(publication), context.language, publication.language)
        text = Element(nodes.paragraph, *rich_text(publication.abstract), classes=_language_classes(language))
        content.append(_section("abstract", context.translate("Abstract"), text))
    title = Element(
        nodes.title,
        *rich_text(publication.title),
        classes=_language_classes(_title_language(publication, words, context)),
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
    start, end = _unfolding("cv-bibtex", "BibTeX", "", "")
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
        Element(nodes.paragraph, reference, classes=("cv-reference", *_language_classes(language))),
        start,
        bibtex_block(bibtex),
        end,
        paragraph("cv-links", links),
    )


def download(name: str, label: str) -> Element:
    """The label of a link to a file in the format ``name``."""
    return Element(nodes.inline, label, classes=(*DOWNLOAD, f"cv-export-{name}"))


def downloads(links: Sequence[Part], translate: Translate) -> Element:
    """Links to the files in which a list can be downloaded; only for HTML sites.

    ::

        paragraph.cv-downloads > inline.cv-downloads-label, reference.cv-link-download …
    """
    label = Element(nodes.inline, translate("Download this list:"), classes=("cv-downloads-label",))
    return paragraph(DOWNLOADS, [label, *links])


def _title_language(publication: Publication, title: str, context: Context) -> str:
    return language_of(title, context.language, publication.language)


def isolated(content: list[Part], language: str) -> list[Part]:
    """``content``, marked with a ``language`` other than the page's; unchanged if ``language`` is empty."""
    return [Element(nodes.inline, *content, classes=(FOREIGN, *_language_classes(language)))] if language else content


def _language_classes(language: str) -> tuple[str, ...]:
    return (f"{LANGUAGE}{language}",) if language else ()


def rich_text(text: RichText) -> list[Part]:
    """The elements of a text of the model."""
    parts: list[Part] = []
    for inline in text:
        if isinstance(inline, Text):
            parts.append(inline.value)
        else:
            parts += _inline(inline)
    return parts


def _inline(inline: Styled | Math | Linked) -> list[Part]:
    match inline:
        case Styled(Style.PROTECTED, children):
            return rich_text(children)
        case Math(latex):
            return [Element(nodes.inline, latex, classes=(MATH,))]
        case Linked(url, children):
            return [Element(nodes.reference, *rich_text(children), refuri=url, internal=False)]
        case Styled(style, children):
            kind, classes = _STYLES[style]
            return [Element(kind, *rich_text(children), classes=classes)]


def authors(publication: Publication, context: Context) -> list[Part]:
    """The authors, separated by commas, as `authors_shown` shortens them."""
    # The author of a translated work has a name in the language of the original, not in that of the translation.
    language = publication.original_language or publication.language
    shown, end = authors_shown(publication, context.max_authors, context.owner, context.plural)
    result: list[Part] = []
    for gap, author in shown:
        result += (gap, *_author(author, language, context))
    return joined(filter(None, (*result, end)))


def _author(author: Author, language: str, context: Context) -> tuple[Part, ...]:
    # A compact list has no room for the legend, and marks mean nothing without it.
    marks = author.marks if author.roles and not context.compact else ""
    return _named(author.name, language, context.language, context.owner.is_author(author), marks)


# Remembered by name, not by author: the hash of an author would be computed again in each call.
@once_per_name
def _named(name: Name, language: str, page: str, is_owner: bool, marks: str) -> tuple[Part, ...]:
    words = str(name)
    result = isolated([words], language_of_name(words, page, language))
    if is_owner:
        result = [Element(nodes.strong, *result, classes=("cv-owner",))]
    if marks:
        result.append(Element(nodes.inline, marks, classes=("cv-mark",)))
    return tuple(result)


def venue(publication: Publication, context: Context) -> list[Part]:
    """Short name and kind of work, full name, details, date and state, as far as these are known."""
    place, translate = publication.venue, context.translate
    kind = type_words(publication, translate)
    short = _name(place.short, publication, context)
    first: list[Part] = [Element(nodes.strong, *short, classes=("cv-venue-short",))] if short else []
    rest = _name(venue_name(publication), publication, context)
    for detail in (*details_of(publication, translate, context.owner), Detail(publication.years)):
        words = _detail(detail, publication, context)
        rest += [", ", *words] if rest and detail.words else words if detail.words else []
    last: list[Part] = [state] if (state := state_words(publication, translate)) else []
    result: list[Part] = []
    for piece in (first, [kind] if kind else [], rest, last):
        result += [" · ", *piece] if result and piece else piece
    return joined(result)


def _detail(detail: Detail, publication: Publication, context: Context) -> list[Part]:
    if not detail.is_name:
        return [detail.words]
    if not detail.marked:
        return _name(detail.words, publication, context)
    found, rest = detail.around_marked()
    parts: list[Part] = []
    for before, one in found:
        name = Element(nodes.strong, one.name, classes=("cv-owner",)) if one.is_owner else one.name
        marks = Element(nodes.inline, one.marks, classes=("cv-mark",)) if one.marks and not context.compact else ""
        parts += [before, name, marks]
    language = language_of_name(detail.words, context.language, publication.language)
    return isolated(joined([part for part in (*parts, rest) if part]), language)


def _name(name: str, publication: Publication, context: Context) -> list[Part]:
    """A name of a venue; nothing if it is empty."""
    return isolated([name], language_of_name(name, context.language, publication.language)) if name else []


def badges(publication: Publication, translate: Translate) -> list[Part]:
    """The badges of all awards, then that of the acceptance rate."""
    found = [award_badge(award, translate) for award in publication.awards]
    if publication.acceptance:
        found.append(rate_badge(publication.acceptance, translate))
    return parted(found)


def award_badge(award: Award, translate: Translate) -> Element:
    """An award in words, linked to its evidence."""
    words: list[Part] = [Element(nodes.strong, award.name)]
    if award.rate:
        words.append(f" · {figures(award.rate, translate)}")
    if award.url:
        words = [Element(nodes.reference, *words, refuri=award.url, internal=False, classes=(SPELLED_OUT,))]
    kind = award.kind
    looks = [*([] if kind.full_star else ["cv-star-empty"]), *([] if kind.tone == "gold" else [f"cv-tone-{kind.tone}"])]
    return Element(nodes.inline, *words, classes=("cv-badge", "cv-award", f"cv-award-{kind.name}", *looks))


def rate_badge(rate: Rate, translate: Translate) -> Element:
    """An acceptance rate in words, followed by a bar in HTML."""
    bar = only("html", _html(_bar(float(rate.percent))))
    return Element(nodes.inline, rate_words(rate, translate), bar, classes=("cv-badge", "cv-rate"))


def _bar(percent: float) -> str:
    """A bar that is filled up to the rate. It is decoration: the words already say what it shows."""
    return (
        '<svg class="cv-bar" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 12"'
        ' preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="cv-bar-all" width="100" height="12"/>'
        f'<rect class="cv-bar-part" width="{percent:.4g}" height="12"/></svg>'
    )


def links(found: Iterable[Link], of: str, context: Context) -> list[Part]:
    """Links as buttons; ``of`` is what they belong to, for those who cannot see where they are."""
    hidden = _hidden(of)
    return [_link(link, hidden, context) for link in found]


def _link(link: Link, hidden: Sequence[Part], context: Context) -> Element:
    bare = context.link(link)
    words = Element(nodes.inline, context.translate(link.kind.label), *hidden)
    classes = ("cv-link", f"cv-link-{link.kind.name}", SPELLED_OUT)
    return Element(bare.kind, words, classes=classes, **bare.attributes)


def button_words(label: str, of: str, classes: tuple[str, ...] = ()) -> Element:
    """The words on a button, followed by hidden words for what it belongs to."""
    return Element(nodes.inline, label, *_hidden(of), classes=classes)


def _hidden(of: str) -> list[Element]:
    # Quotes in a title stay as they are written, see `item`.
    words = Element(nodes.inline, f": {of}", classes=("cv-hidden",), support_smartquotes=False)
    return [only("html", words)] if of else []


def _legend(publication: Publication, translate: Translate) -> list[Part]:
    result: list[Part] = []
    for mark, words in legend(publication, translate):
        if result:
            result.append(" ")
        sentence = translate("{words}.").format(words=words)
        if len(mark) == 1:
            result += [Element(nodes.inline, mark, classes=("cv-mark",)), f" {sentence}"]
        else:
            result.append(named(mark, sentence, translate))
    return result


_WIDE = 24
"""How many characters of a label fit under a figure of usual width, on two lines."""


def figure_list(found: Iterable[Figure], translate: Translate, plural: Plural) -> Element:
    """Figures as a list, each with its value and what it counts."""
    return Element(
        nodes.bullet_list,
        *(_figure(figure, translate, plural) for figure in found),
        bullet="*",
        classes=("cv-figures",),
    )


def _figure(figure: Figure, translate: Translate, plural: Plural) -> Element:
    label = figure_words(figure, translate, plural)
    paragraph = Element(
        nodes.paragraph,
        Element(nodes.strong, figure_value(figure, translate), classes=("cv-figure-value",)),
        " ",
        Element(nodes.inline, label, classes=("cv-figure-label",)),
    )
    return Element(nodes.list_item, paragraph, classes=("cv-figure-wide",) if len(label) > _WIDE else ())


def paragraph(name: str, found: Sequence[Part]) -> Element:
    """A paragraph of badges or links. Like a `line`, it has nothing to translate."""
    return Element(nodes.paragraph, *parted(found), classes=(name,), translatable=False)
