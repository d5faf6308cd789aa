"""The content of a CV, in its order and in words, independent of the format of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.cv import (
    CV_PARTS,
    Block,
    Bullets,
    Cited,
    CvPlan,
    CvSection,
    Entry,
    EntrySelection,
    EntryText,
    Paragraph,
    Quote,
    select,
)
from sphinx_cv_ext.model.figures import FIGURES, figures
from sphinx_cv_ext.model.library import Library
from sphinx_cv_ext.model.links import Link
from sphinx_cv_ext.model.profile import Profile
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.model.text import Inline, Linked, RichText, Style, Styled, Text, rich, separated
from sphinx_cv_ext.outputs import parts
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.outputs.scripts import is_script_of
from sphinx_cv_ext.outputs.words import (
    Detail,
    Translate,
    Words,
    authors_shown,
    award_words,
    details_of,
    figure_value,
    figure_words,
    legend,
    named,
    profile_words,
    published_words,
    rate_words,
    state_words,
    type_words,
    venue_name,
    when_words,
)

_COMMA = Text(", ")


@frozen
class Item:
    """An entry or a publication.

    ``when`` or ``number`` stands before it. ``lead`` is its most important part, and ``rest`` follows on the same line;
    ``url`` is the link that one of the two contains. Below come ``lines``, ``badges``, ``links`` (pairs of words and
    address) and ``body``, in which citations have been replaced with text. ``entry`` or ``publication`` is the source
    of it all.
    """

    when: str = ""
    number: int = 0
    lead: RichText = ()
    rest: RichText = ()
    url: str = ""
    lines: tuple[RichText, ...] = ()
    badges: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    body: tuple[Block, ...] = ()
    entry: Entry | None = None
    publication: Publication | None = None


@frozen
class Group:
    """Items under one heading, which may be empty."""

    heading: str
    items: tuple[Item, ...]


@frozen
class Section:
    """A section of a CV: ``name`` is that of its `CvSection`."""

    name: str
    heading: str
    groups: tuple[Group, ...]
    compact: bool = False

    @property
    def items(self) -> Iterator[Item]:
        """All items, whatever their group."""
        for group in self.groups:
            yield from group.items


@frozen
class Document:
    """A CV. ``contacts`` are pairs of words and address; the first is the site itself, if its address is known."""

    plan: CvPlan
    words: Words
    owner: Profile
    contacts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


@frozen
class Site:
    """What a CV needs to know of its site: its address, and the addresses of publications by key and of files by path.

    Each of these is empty if it is not known.
    """

    address: str
    publication: Callable[[str], str]
    file: Callable[[str], str]


def document(
    plan: CvPlan, entries: Sequence[Entry], library: Library, owner: Profile, site: Site, words: Words
) -> Document:
    """The CV of ``plan``, without sections that would be empty.

    The owner's native name comes first if it is in the script of the CV's language.
    """
    made = _Made(plan, entries, library, owner, site, words)
    if is_script_of(owner.native_name, words.language):
        owner = replace(owner, name=owner.native_name, native_name=owner.name)
    return Document(
        plan=plan,
        words=words,
        owner=owner,
        contacts=tuple(_contacts(owner, site.address, words.translate)),
        sections=tuple(section for asked in plan.sections if (section := made.section(asked)).groups),
    )


_SHORT = 36
"""The longest address that is shown among the contacts, in characters; a longer one is replaced with a word."""


def _contacts(owner: Profile, site: str, translate: Translate) -> Iterator[tuple[str, str]]:
    links = {link.kind.name: link for link in owner.links if link.url}
    if site:
        yield _bare(site), site
    for name, link in links.items():
        shown = _bare(link.url)
        if name != "cv" and link.url != site:
            yield (shown if len(shown) <= _SHORT else translate(link.kind.label)), link.url


def _bare(url: str) -> str:
    """An address as people write it down."""
    return url.partition(":")[2].removeprefix("//").removeprefix("www.").rstrip("/")


class _Made:
    """Makes the sections of a CV. Publications are numbered as in its longest list; texts cite them by number."""

    def __init__(
        self, plan: CvPlan, entries: Sequence[Entry], library: Library, owner: Profile, site: Site, words: Words
    ) -> None:
        self._entries = entries
        self._library = library
        self._owner = owner
        self._site = site
        self._words = words
        self._translate = words.translate
        lists = [library.groups(asked.selection) for asked in plan.sections if asked.name == "publications"]
        keys = [[publication.key for group in groups for publication in group.publications] for groups in lists]
        in_order = dict.fromkeys(key for found in sorted(keys, key=len, reverse=True) for key in found)
        self._numbers = {key: number for number, key in enumerate(in_order, start=1)}

    def section(self, asked: CvSection) -> Section:
        """A section, which may turn out to have no items."""
        groups: Iterable[Group]
        if asked.name in CV_PARTS:
            makers = {"profile": self._profile, "figures": self._figures, "publications": self._publications}
            usual, groups = CV_PARTS[asked.name], makers[asked.name](asked)
        else:
            selection = EntrySelection((asked.name,), asked.years, asked.limit)
            found = select(self._entries, selection, self._library.this_year)
            usual = found[0].kind.plural if found else asked.name
            groups = _alone([self._entry(entry, asked.compact) for entry in found])
        return Section(asked.name, asked.heading or self._translate(usual), tuple(groups), asked.compact)

    def _profile(self, asked: CvSection) -> Iterable[Group]:
        body = tuple(Paragraph((Text(words),)) for words in profile_words(self._owner, self._translate))
        return _alone([Item(body=body)] if body else [])

    def _figures(self, asked: CvSection) -> Iterable[Group]:
        chosen = self._library.select(asked.selection)
        translate, plural = self._translate, self._words.plural
        found = figures(asked.figures or FIGURES, chosen, self._library.owner)
        words = [(figure_value(figure, translate), figure_words(figure, translate, plural)) for figure in found]
        return _alone([Item(lead=rich(value), rest=rich(says)) for value, says in words])

    def _publications(self, asked: CvSection) -> Iterable[Group]:
        for group in self._library.groups(asked.selection):
            heading = self._translate(group.name) if group.is_ours else group.name
            items = tuple(self._publication(publication, asked) for publication in group.publications)
            if items:
                yield Group(heading, items)

    def _entry(self, given: Entry, is_compact: bool) -> Item:
        entry = replace(given, url=given.url or self._site.file(given.file), links=self._links(given.links))
        what = (Linked(entry.url, _unlinked(entry.what)),) if entry.url and entry.what else entry.what
        parts = {"what": what, "where": entry.where, "role": entry.role, "place": entry.place, "amount": entry.amount}
        lead, rest = entry.kind.arranged(parts)
        return Item(
            when=when_words(entry, self._words.language, self._translate),
            lead=lead or (),
            rest=tuple(separated(rest, _COMMA)),
            url=entry.url if entry.what else "",
            lines=() if is_compact else tuple(filter(None, (entry.people, entry.details))),
            links=() if is_compact else self._worded(entry.links),
            body=() if is_compact else tuple(self._blocks(entry.body)),
            entry=entry,
        )

    def _links(self, links: Iterable[Link]) -> tuple[Link, ...]:
        """``links`` with addresses on the site for local files; a file that the site does not have is left out."""
        found = [replace(link, url=link.url or self._site.file(link.file)) for link in links]
        return tuple(link for link in found if link.url)

    def _worded(self, links: Iterable[Link]) -> tuple[tuple[str, str], ...]:
        return tuple((self._translate(link.kind.label), link.url) for link in links)

    def _blocks(self, found: Iterable[Block]) -> Iterator[Block]:
        for block in found:
            match block:
                case Paragraph(text):
                    yield Paragraph(self._uncited(text))
                case Bullets(items):
                    yield Bullets(tuple(tuple(self._blocks(item)) for item in items))
                case Quote(blocks):
                    yield Quote(tuple(self._blocks(blocks)))

    def _uncited(self, text: EntryText) -> RichText:
        """``text`` with citations replaced by the numbers of publications, or by venue and year if they have none."""
        result: list[Inline] = []
        for one in text:
            if not isinstance(one, Cited):
                result.append(one)
                continue
            numbers = sorted(self._numbers[key] for key in one.keys if key in self._numbers)
            others = [self._library.by_key.get(key) for key in one.keys if key not in self._numbers]
            names = [_name(publication) for publication in others if publication]
            words = ", ".join([*map(str, numbers), *names])
            result += [Text(f"[{words}]")] if words else []
        return tuple(result)

    def _publication(self, given: Publication, asked: CvSection) -> Item:
        publication = replace(given, links=self._links(given.links))
        url = _address(publication) or self._site.publication(publication.key)
        lines = [self._authors(publication, asked), self._venue(publication, asked)]
        if not asked.compact:
            told = [
                f"{mark} {sentence}" if len(mark) == 1 else named(mark, sentence, self._translate)
                for mark, sentence in legend(publication, self._translate)
            ]
            lines += [*publication.remarks, rich(" ".join(told))]
        badges = [award_words(award, self._translate) for award in publication.awards]
        if publication.acceptance:
            badges.append(rate_words(publication.acceptance, self._translate))
        return Item(
            number=self._numbers[publication.key],
            lead=(Linked(url, _unlinked(publication.title)),) if url else publication.title,
            url=url,
            lines=tuple(filter(None, lines)),
            badges=tuple(badges),
            links=() if asked.compact else self._worded(publication.links),
            publication=publication,
        )

    def _authors(self, publication: Publication, asked: CvSection) -> RichText:
        """The authors, with the owner in bold, as `authors_shown` shortens them."""
        owner = self._library.owner
        shown, end = authors_shown(publication, asked.max_authors, owner, self._words.plural)
        result: list[Inline] = []
        for gap, author in shown:
            # Protected, so that a name is not broken at the end of a line.
            name = Styled(Style.PROTECTED, (Text(str(author.name)),))
            result += [*rich(gap), Styled(Style.STRONG, (name,)) if owner.is_author(author) else name]
            if author.marks and not asked.compact:
                result.append(Styled(Style.SUPERSCRIPT, (Text(author.marks),)))
        return (*result, *rich(end))

    def _venue(self, publication: Publication, asked: CvSection) -> RichText:
        """Short name and kind of work, full name, details, year and state, as far as they are known."""
        place, translate = publication.venue, self._translate
        found = details_of(publication, translate, self._library.owner)
        details = [_detail(detail, not asked.compact) for detail in found]
        short: RichText = (Styled(Style.STRONG, rich(place.short)),) if place.short else ()
        kind, state = type_words(publication, translate), state_words(publication, translate)
        when = published_words(publication, self._words.language, translate)
        rest = tuple(separated([rich(venue_name(publication)), *details, rich(when)], _COMMA))
        return tuple(separated([short, rich(kind), rest, rich(state)], Text(" · ")))


def _address(publication: Publication) -> str:
    """The address of the work itself, preferably its DOI."""
    doi = next((link.url for link in publication.links if link.kind.name == "doi"), "")
    return doi or parts.address(publication)


def _alone(items: list[Item]) -> list[Group]:
    return [Group("", tuple(items))] if items else []


def _name(publication: Publication) -> str:
    """A short name for a publication that has no number."""
    return publication.occasion if publication.venue.short else title_line(publication)


def _unlinked(text: RichText) -> RichText:
    """``text`` without its links, because links must not be nested."""
    result: list[Inline] = []
    for inline in text:
        match inline:
            case Linked(_, children):
                result += _unlinked(children)
            case Styled(style, children):
                result.append(Styled(style, _unlinked(children)))
            case _:
                result.append(inline)
    return tuple(result)


def _detail(detail: Detail, with_marks: bool) -> RichText:
    if not detail.marked:
        return rich(detail.words)
    found, rest = detail.around_marked()
    parts: list[Inline] = []
    for before, one in found:
        parts += [*rich(before), *((Styled(Style.STRONG, rich(one.name)),) if one.is_owner else rich(one.name))]
        if one.marks and with_marks:
            parts.append(Styled(Style.SUPERSCRIPT, (Text(one.marks),)))
    return (*parts, *rich(rest))
