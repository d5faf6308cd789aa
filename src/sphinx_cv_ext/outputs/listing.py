"""The entries of publications in lists, as elements.

A publication becomes::

    list_item.cv-publication #pub-ANCHOR
        container.cv-preview    for HTML: a picture
        line_block.cv-lines.cv-entry
            line.cv-title       inline.cv-number, strong: the title
            line.cv-authors     names, reference.cv-person if they lead on; strong.cv-owner, inline.cv-mark
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
from sphinx_cv_ext.model.links import Link
from sphinx_cv_ext.model.people import Author, Name, Owner, People, Person, once_per_name
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.model.text import separated
from sphinx_cv_ext.outputs.badges import badges
from sphinx_cv_ext.outputs.elements import (
    DOWNLOAD,
    DOWNLOADS,
    LINES,
    PUBLICATION,
    SPELLED_OUT,
    Element,
    Part,
    html_block,
    joined,
    only,
    parted,
)
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.outputs.rich_text import isolated, rich_text
from sphinx_cv_ext.outputs.scripts import language_of, language_of_name
from sphinx_cv_ext.outputs.unfolding import unfolding
from sphinx_cv_ext.outputs.words import (
    Detail,
    Plural,
    Translate,
    authors_shown,
    details_of,
    english,
    legend,
    named,
    published_words,
    state_words,
    type_words,
    venue_name,
)


@frozen
class Panel:
    """Something long about a publication that can be unfolded below its entry: its class, its label, its content."""

    name: str
    label: str
    content: Callable[[Publication], list[Part]]


_NOWHERE = ("", False)


@frozen
class Context:
    """What a list depends on besides the publications.

    ``title_link`` wraps a title in a link to the publication, ``file_link`` makes a link to a local file, without its
    words yet, and ``picture`` makes an image from a file; without it, pictures are left out. The extension provides
    these functions, because only Sphinx knows where the targets will be. ``told`` gives further lines about a
    publication, and ``more_links`` further buttons. ``max_authors`` shortens longer lists of authors; 0 shows all.
    ``people`` are those whose names lead somewhere; ``page_uri`` gives the address of a page of the site. ``numbers``
    maps keys to what is shown before titles. ``language`` is that of the page, as an RFC 5646 or POSIX tag.
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
    people: People | None = None
    page_uri: Callable[[str], str] = str
    numbers: Mapping[str, str] = field(default_factory=dict)
    panels: Sequence[Panel] = ()
    language: str = "en"
    plural: Plural = english

    def link(self, link: Link) -> Element:
        """A link, without its words yet."""
        return self.file_link(link) if link.file else Element(nodes.reference, refuri=link.url, internal=False)

    def leads_to(self, person: Person | None) -> tuple[str, bool]:
        """Where the name of ``person`` leads, which may be nowhere, and whether that is on this site."""
        return (person.address(self.page_uri), not person.url) if person else _NOWHERE


def item(publication: Publication, target: str, context: Context) -> Element:
    """An item of a list; ``target`` is its id there, if it has one."""
    return Element(
        nodes.list_item,
        *preview(publication, context),
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
    title = Element(nodes.strong, *isolated(rich_text(publication.title), title_language(publication, words, context)))
    heading = [*_number(context.numbers.get(publication.key, "")), context.title_link(publication, title)]
    return lines(publication, words, context, heading)


def lines(publication: Publication, title: str, context: Context, heading: Sequence[Part] = ()) -> Element:
    """What is said of the publication with this ``title``, in lines; its own page has the ``heading`` elsewhere."""
    found = [
        _line("cv-title", heading),
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
    return Element(nodes.line_block, *filter(None, found), classes=(LINES, "cv-entry"))


def _line(name: str, children: Sequence[Part]) -> Element | None:
    return line((name,), *children) if children else None


def line(classes: tuple[str, ...], *children: Part) -> Element:
    """A line of an entry. It is data, not prose, so there is nothing to translate."""
    return Element(nodes.line, *children, classes=classes, translatable=False)


def _number(number: str) -> list[Part]:
    return [Element(nodes.inline, f"[{number}]", classes=("cv-number",)), " "] if number else []


def preview(publication: Publication, context: Context) -> list[Part]:
    """The picture of a publication; only for HTML."""
    if not publication.preview or not context.picture or context.compact:
        return []
    image = context.picture(publication.preview)
    return [html_block(Element(nodes.container, image, classes=("cv-preview",)))]


def picture(uri: str) -> Element:
    """The picture of a publication. It has no alternative text: the words beside it already say what it shows."""
    return Element(nodes.image, uri=uri, alt="", loading="lazy")


def _panels(publication: Publication, name: str, context: Context) -> list[Part]:
    """What can be unfolded below an entry. Of the panels that share a ``name``, browsers keep only one open."""
    panels: list[Part] = []
    for panel in context.panels:
        if content := panel.content(publication):
            start, end = unfolding(f"cv-panel cv-{panel.name}", panel.label, title_line(publication), f"{name}-panel")
            panels += [start, *content, end]
    return [html_block(Element(nodes.container, *panels, classes=("cv-panels",)))] if panels else []


def title_language(publication: Publication, title: str, context: Context) -> str:
    """The language to mark the ``title`` with; empty if it is that of the page."""
    return language_of(title, context.language, publication.language)


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
    leads_to = context.leads_to(context.people.find(author)) if context.people is not None else _NOWHERE
    return _named(author.name, language, context.language, context.owner.is_author(author), marks, leads_to)


# Remembered by name, not by author: the hash of an author would be computed again in each call.
@once_per_name
def _named(
    name: Name, language: str, page: str, is_owner: bool, marks: str, leads_to: tuple[str, bool]
) -> tuple[Part, ...]:
    words = str(name)
    result = _leading(leads_to, isolated([words], language_of_name(words, page, language)))
    if is_owner:
        result = [Element(nodes.strong, *result, classes=("cv-owner",))]
    if marks:
        result.append(Element(nodes.inline, marks, classes=("cv-mark",)))
    return tuple(result)


def _leading(leads_to: tuple[str, bool], name: list[Part]) -> list[Part]:
    """A ``name`` as a link, if it leads somewhere."""
    address, is_here = leads_to
    return (
        [Element(nodes.reference, *name, refuri=address, internal=is_here, classes=("cv-person",))] if address else name
    )


def venue(publication: Publication, context: Context) -> list[Part]:
    """Short name and kind of work, full name, details, date and state, as far as these are known."""
    place, translate = publication.venue, context.translate
    kind, state = type_words(publication, translate), state_words(publication, translate)
    when = published_words(publication, context.language, translate)
    short = _name(place.short, publication, context)
    first: list[Part] = [Element(nodes.strong, *short, classes=("cv-venue-short",))] if short else []
    name = _name(venue_name(publication), publication, context)
    found = details_of(publication, translate, context.owner, context.people)
    details = [_detail(detail, publication, context) for detail in found]
    rest: list[Part] = separated([name, *details, [when] if when else []], ", ")
    return joined(separated([first, [kind] if kind else [], rest, [state] if state else []], " · "))


def _detail(detail: Detail, publication: Publication, context: Context) -> list[Part]:
    if not detail.is_name:
        return [detail.words]
    if not detail.marked:
        return _name(detail.words, publication, context)
    found, rest = detail.around_marked()
    parts: list[Part] = []
    for before, one in found:
        (name,) = _leading(context.leads_to(one.person), [one.name])
        name = Element(nodes.strong, name, classes=("cv-owner",)) if one.is_owner else name
        marks = Element(nodes.inline, one.marks, classes=("cv-mark",)) if one.marks and not context.compact else ""
        parts += [before, name, marks]
    language = language_of_name(detail.words, context.language, publication.language)
    return isolated(joined([part for part in (*parts, rest) if part]), language)


def _name(name: str, publication: Publication, context: Context) -> list[Part]:
    """A name of a venue; nothing if it is empty."""
    return isolated([name], language_of_name(name, context.language, publication.language)) if name else []


def links(found: Iterable[Link], of: str, context: Context) -> list[Part]:
    """Links as buttons; ``of`` is what they belong to, for those who cannot see where they are."""
    hidden = _hidden(of)
    return [_link(link, hidden, context) for link in found]


def _link(link: Link, hidden: Sequence[Part], context: Context) -> Element:
    bare = context.link(link)
    words = Element(nodes.inline, context.translate(link.kind.label), *hidden)
    classes = ("cv-link", f"cv-link-{link.kind.name}", SPELLED_OUT)
    return Element(bare.kind, words, classes=classes, **bare.attributes)


def button_words(label: str, of: str, classes: tuple[str, ...]) -> Element:
    """The words on a button, followed by hidden words for what it belongs to."""
    return Element(nodes.inline, label, *_hidden(of), classes=classes)


def _hidden(of: str) -> list[Element]:
    # Quotes in a title stay as they are written, see `item`.
    words = Element(nodes.inline, f": {of}", classes=("cv-hidden",), support_smartquotes=False)
    return [only("html", words)] if of else []


def _legend(publication: Publication, translate: Translate) -> list[Part]:
    result: list[Part] = []
    for mark, sentence in legend(publication, translate):
        if result:
            result.append(" ")
        if len(mark) == 1:
            result += [Element(nodes.inline, mark, classes=("cv-mark",)), f" {sentence}"]
        else:
            result.append(named(mark, sentence, translate))
    return result


def paragraph(name: str, found: Sequence[Part]) -> Element:
    """A paragraph of badges or links. Like a `line`, it has nothing to translate."""
    return Element(nodes.paragraph, *parted(found), classes=(name,), translatable=False)


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
