"""The words around the data, the same for all outputs."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence

from babel.core import Locale
from babel.dates import format_interval, format_skeleton

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.credits import CONTRIBUTOR_ROLES, Credit
from sphinx_cv_ext.model.cv import Entry
from sphinx_cv_ext.model.dates import Date, Period
from sphinx_cv_ext.model.figures import Figure
from sphinx_cv_ext.model.locales import known_locale, locale_of
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import Author, Owner, People, Person
from sphinx_cv_ext.model.profile import Profile
from sphinx_cv_ext.model.publication import STATES, Award, Publication
from sphinx_cv_ext.model.rates import Rate
from sphinx_cv_ext.outputs.parts import (
    GENRES,
    container,
    countries,
    edition,
    eprint,
    eprint_number,
    genre,
    has_unit,
    is_in_journal,
    is_in_numbered,
    is_in_paper,
    is_issue,
    is_titled_issue,
    ordinal_ending,
    own_volume,
    pages_form,
    patent_number,
    publisher,
    says_edition,
    series_words,
)

Translate = Callable[[str], str]
"""Translates a sentence of ours into the language of the page."""

Plural = Callable[[str, str, int], str]
"""Translates the one of two sentences that fits a number into the language of the page."""


@frozen
class Words:
    """Our words in one language: its name, and the functions that translate into it."""

    language: str
    translate: Translate
    plural: Plural


def english(singular: str, plural: str, count: int) -> str:
    """The one of two English sentences that fits ``count``."""
    return singular if count == 1 else plural


def listed(words: Iterable[str], translate: Translate) -> str:
    """Words joined by commas, ``a, b``, without empty ones."""
    return translate("{before}, {after}").format(before="", after="").join(filter(None, words))


def in_turn(clauses: Iterable[str], translate: Translate) -> str:
    """Clauses joined by semicolons, ``a; b``, without empty ones."""
    return translate("{before}; {after}").format(before="", after="").join(filter(None, clauses))


def named(name: str, value: str, translate: Translate) -> str:
    """A name and its value: ``Books: 2``."""
    return translate("{name}: {value}").format(name=name, value=value)


def rate_words(rate: Rate, translate: Translate) -> str:
    """``Accepted 365 of 1900 = 19.2%``, or ``Accepted 24%`` where the counts are not known."""
    return translate("Accepted {figures}").format(figures=figures(rate, translate))


def award_words(award: Award, translate: Translate) -> str:
    """``Best Paper Award · 2 of 358 = 0.56%``, or the name alone."""
    return f"{award.name} · {figures(award.rate, translate)}" if award.rate else award.name


def figures(rate: Rate, translate: Translate) -> str:
    """``365 of 1900 = 19.2%`` or ``24%``."""
    percent = percent_words(rate, translate)
    if rate.accepted is None:
        return percent
    counts = translate("{accepted} of {submitted}").format(accepted=rate.accepted, submitted=rate.submitted)
    return f"{counts} = {percent}"


def percent_words(rate: Rate, translate: Translate) -> str:
    """The rate in percent: ``19.2%``.

    The format is one of our translations, so that it is always in the same language as the words around it.
    """
    whole, _point, decimals = rate.digits.partition(".")
    if decimals:
        return translate("{whole}.{decimals}%").format(whole=whole, decimals=decimals)
    return translate("{whole}%").format(whole=whole)


def legend(publication: Publication, translate: Translate) -> list[tuple[str, str]]:
    """The meaning of the marks after authors' names, as pairs of mark and sentence.

    If only one author has a role, a note on that author is added to the sentence: ("†", "Corresponding author; Intern
    Manager."). Any other note is an item of its own, with the author's name in place of a mark.
    """
    pairs: list[tuple[str, str]] = []
    told: set[Author] = set()
    people = publication.authors
    if publication.credits:
        people = (*people, *(person for credit in _told(publication) for person in credit.people))
    for role in dict.fromkeys(role for author in people for role in author.roles if role.mark):
        if not role.label:
            continue
        words = translate(role.label)
        holders = [author for author in people if role in author.roles]
        if len(holders) == 1 and holders[0].note and holders[0] not in told:
            words = in_turn((words, holders[0].note), translate)
            told.add(holders[0])
        pairs.append((role.mark, words))
    pairs.extend((str(a.name), a.note) for a in people if a.note and a not in told)
    return [(mark, translate("{words}.").format(words=words)) for mark, words in pairs]


_OF_NO_GENRE = {"thesis": "Thesis", "report": "Report"}
_SPECIAL_ISSUE = "Special issue"
WORK_TYPES = (*GENRES.values(), *_OF_NO_GENRE.values(), _SPECIAL_ISSUE)
"""The words for types of works whose venue does not show what they are."""

_NAMED_BY_TYPE = ("patent", "dataset", "software", "talk")


def type_words(publication: Publication, translate: Translate) -> str:
    """What kind of work it is, such as "PhD thesis" or "Patent US1"; empty if the venue shows that."""
    words = _type_words(publication, translate)
    if publication.type.name != "patent":
        return words
    return " ".join(filter(None, (words, patent_number(publication))))


def _type_words(publication: Publication, translate: Translate) -> str:
    if is_titled_issue(publication):
        return translate(_SPECIAL_ISSUE)
    kind, given = publication.type, publication.details.type.lower()
    if kind.name not in ("thesis", "report", *_NAMED_BY_TYPE):
        return ""
    if kind.name not in _NAMED_BY_TYPE or given not in ("", kind.name):
        calls_itself = genre(publication) or _OF_NO_GENRE.get(publication.entry_type, "")
        return translate(calls_itself) if calls_itself else ""
    words = translate(kind.label)
    said = _WORD.findall(f"{publication.venue.short} {publication.venue.name}".lower())
    return "" if words.lower() in said or kind.label.lower() in said else words


_WORD = pattern(r"\w+")


def state_words(publication: Publication, translate: Translate) -> str:
    """The state of a work, such as "in press"; empty if it has simply appeared."""
    return translate(publication.state) if publication.state in STATES else publication.state


def figure_value(figure: Figure, translate: Translate) -> str:
    """The value of a figure, ``12`` or ``0.56%``."""
    return percent_words(figure.value, translate) if isinstance(figure.value, Rate) else str(figure.value)


def figure_words(figure: Figure, translate: Translate, plural: Plural) -> str:
    """The label of a figure, ``publications`` or ``most selective: Best Paper Award, NeurIPS 2017``."""
    count = len(figure.keys)
    words = plural(figure.singular, figure.plural, count) if figure.plural else translate(figure.singular)
    return ", ".join(filter(None, (words.format(award=figure.award), figure.place)))


def authors_shown(
    publication: Publication, most: int, owner: Owner, plural: Plural
) -> tuple[list[tuple[str, Author]], str]:
    """The authors that a list shows, each after the text before the name, and the text after the last of them.

    A list of more than ``most`` authors is shortened, but the owner always stays in it; 0 shows all.
    """
    people = publication.authors
    places: Sequence[int] = range(len(people))
    if 0 < most < len(people):
        places = [place for place in places if place < most or owner.is_author(people[place])]
    shown: list[tuple[str, Author]] = []
    before = -1
    for place in places:
        gap = ", " if place == before + 1 else ", …, "
        shown.append((gap if shown else "", people[place]))
        before = place
    left_out = f", {authors_left_out(publication, plural)}" if before + 1 < len(people) else ""
    return shown, left_out + names_end(publication, plural)


def authors_left_out(publication: Publication, plural: Plural) -> str:
    """The end of a list of names that has been shortened."""
    if publication.are_editors:
        return "…"  # `names_end` adds their role
    count = len(publication.authors)
    return _unbroken(plural("… ({count} author)", "… ({count} authors)", count)).format(count=count)


def names_end(publication: Publication, plural: Plural) -> str:
    """The text after the names of a publication: "et al.", and their role if they are not authors."""
    if not publication.authors:
        return ""
    more = " et al." if publication.et_al else ""
    count = len(publication.authors) + publication.et_al
    role = CONTRIBUTOR_ROLES.get(publication.part)
    return f"{more} {plural(role.one, role.more, count)}" if role and role.one else more


def venue_name(publication: Publication) -> str:
    """The full name of the venue; without any venue, the name of the publisher."""
    venue = publication.venue
    return venue.name or ("" if venue.short else publisher(publication))


@frozen
class Marked:
    """A name that looks different from the words around it: the owner's, one with marks after it, or one that leads on.

    ``start`` is its position in those words, where the same letters may also begin somebody else's name. ``person`` is
    who it is, if the name leads somewhere.
    """

    name: str
    start: int
    is_owner: bool
    marks: str
    person: Person | None = None


@frozen
class Detail:
    """Words that follow the name of a venue; ``is_name`` if they contain names from the source.

    ``marked`` are the names in them that are to stand out, in their order.
    """

    words: str
    is_name: bool = False
    marked: tuple[Marked, ...] = ()

    def around_marked(self) -> tuple[list[tuple[str, Marked]], str]:
        """Each such name with the text before it, and the text after the last one."""
        found, end = [], 0
        for one in self.marked:
            found.append((self.words[end : one.start], one))
            end = one.start + len(one.name)
        return found, self.words[end:]


_NOBODY = Owner()


def details_of(
    publication: Publication, translate: Translate, owner: Owner = _NOBODY, people: People | None = None
) -> list[Detail]:
    """What follows the name of a venue, in the usual short form: ``12(3), 41–43`` in a journal, else ``pp. 41–43``.

    Before the pages come contributors, the edition, volume and series of a book, and the number of a report or an issue
    without a volume. A patent has the countries in which it is valid before its holder. A chapter also has the
    contributors to its book there, and like a book its publisher after the pages. A talk ends with the place where it
    was given, and a special issue is always last.
    """
    details, kind = publication.details, publication.type.name
    if is_in_journal(publication) and details.volume:
        issue = f"{details.volume}({details.number})" if details.number else details.volume
        credited = _credited(publication, translate, owner, people)
        found = [Detail(issue), Detail(details.issue), Detail(_bare_pages(publication, translate)), *credited]
    else:
        is_book, is_chapter = kind in ("book", "proceedings"), kind == "chapter"
        is_part = bool(container(publication)) and not is_in_journal(publication)
        has_volume = is_book or is_chapter or is_in_numbered(publication)
        found = [
            Detail(listed(map(translate, countries(publication)), translate) if kind == "patent" else ""),
            *_credited(publication, translate, owner, people),
            Detail(_edition(publication, translate) if is_book or is_chapter else ""),
            Detail(_volume(publication, translate) if has_volume else ""),
            Detail(series_words(publication) if is_book or is_part else "", is_name=True),
            Detail(details.number if kind == "report" else _issue(publication, translate)),
            Detail(details.issue if is_in_journal(publication) or is_issue(publication) else ""),
            Detail(_pages(publication, translate) or _article_number(publication, translate)),
            Detail(publisher(publication) if is_book or is_chapter else "", is_name=True),
            Detail(details.location if kind == "talk" else "", is_name=True),
            Detail(_eprint_number(publication) if kind == "preprint" else ""),
        ]
    if details.issuetitle:
        found.append(Detail(translate("special issue “{title}”").format(title=details.issuetitle), is_name=True))
    return [detail for detail in found if detail.words not in ("", venue_name(publication))]


def details_words(publication: Publication, translate: Translate) -> str:
    """The result of `details_of` as one text."""
    return ", ".join(detail.words for detail in details_of(publication, translate))


def _told(publication: Publication) -> tuple[Credit, ...]:
    """What was done for the work, and for the book of a chapter, as far as there are words for it.

    The editors of proceedings are nobody's business.
    """
    found = publication.credits if publication.type.name == "chapter" else publication.own_credits
    return found and tuple([credit for credit in found if credit.role.by])


def _credited(publication: Publication, translate: Translate, owner: Owner, people: People | None) -> list[Detail]:
    return [_credit(credit, translate, owner, people) for credit in _told(publication)]


_MOST_NAMES = 3


def _credit(credit: Credit, translate: Translate, owner: Owner, known: People | None) -> Detail:
    """What some people did; of many the first is named, and the owner. The names of those who are ``known`` lead on."""
    people = credit.people
    own = next((person for person in people if owner.is_author(person)), None)
    shown = people if len(people) <= _MOST_NAMES else tuple(dict.fromkeys(filter(None, (people[0], own))))
    words, _names, end = translate(credit.role.by).partition("{names}")
    marked = []
    for place, person in enumerate(shown):
        words += ", " if place else ""
        name = str(person.name)
        found = known.find(person) if known is not None else None
        if person is own or person.marks or found:
            marked.append(Marked(name, len(words), person is own, person.marks, found))
        words += name
    more = " et al." if credit.et_al or len(shown) < len(people) else ""
    return Detail(f"{words}{more}{end}", is_name=True, marked=tuple(marked))


EDITIONS = {ending: f"{{number}}{ending} ed." for ending in ("", "st", "nd", "rd", "th")}
"""The words for an edition, by the English ending of its number."""


def _edition(publication: Publication, translate: Translate) -> str:
    """``2nd ed.`` or ``Revised ed.``; text of several words, or that names an edition itself, stays as it is."""
    number, given = edition(publication), publication.details.edition
    is_number = number.isascii() and number.isdigit()
    if not is_number and (not number or " " in given or says_edition(given)):
        return given
    ending = ordinal_ending(number) if is_number else ""
    return _unbroken(translate(EDITIONS[ending])).format(number=number)


def _volume(publication: Publication, translate: Translate) -> str:
    """``vol. 3``, or in proceedings ``61(S1)``; empty for a book without a volume."""
    volume, number = own_volume(publication), publication.details.number
    if volume and number and is_in_numbered(publication):
        return f"{volume}({number})"
    return _unbroken(translate("vol. {number}")).format(number=volume) if volume else ""


def _issue(publication: Publication, translate: Translate) -> str:
    """The issue of a journal or proceedings without volumes: ``no. 845``, or a name such as ``Summer``."""
    is_alone = is_in_numbered(publication) and not publication.details.volume
    is_counted = is_alone or is_in_journal(publication) or is_issue(publication)
    number = publication.details.number if is_counted else ""
    is_count = any(map(str.isdigit, number))
    return _unbroken(translate("no. {number}")).format(number=number) if is_count else number


def _eprint_number(publication: Publication) -> str:
    """The number of a preprint, unless its venue contains it: ADS has the venue "arXiv e-prints", DBLP "CoRR"."""
    (repository, identifier), name = eprint(publication), publication.venue.name
    if identifier in name:
        return ""
    return identifier if repository.lower() in name.lower() else eprint_number(publication)


def _article_number(publication: Publication, translate: Translate) -> str:
    """``article 318``, for a paper without pages; empty for software and data, whose "eid" is an identifier."""
    eid = publication.details.eid if container(publication) else ""
    return _unbroken(translate("article {number}")).format(number=eid) if eid else ""


def _bare_pages(publication: Publication, translate: Translate) -> str:
    """The pages behind a volume, where nothing says that these are pages; or the number of the article."""
    details = publication.details
    return (_pages(publication, translate) if has_unit(publication) else details.pages) or details.eid


def _pages(publication: Publication, translate: Translate) -> str:
    if not publication.details.pages:
        return ""
    return _unbroken(translate(pages_form(publication))).format(pages=publication.details.pages)


def _unbroken(words: str) -> str:
    """Words with no-break spaces, so that no line ends with "pp."."""
    return words.replace(" ", "\u00a0")


def profile_words(owner: Profile, translate: Translate) -> Iterator[str]:
    """Paragraphs on who somebody is, as far as that is known."""
    if owner.description:
        yield owner.description
    if any(interest not in owner.description for interest in owner.interests):
        yield translate("Interests: {interests}").format(interests=", ".join(owner.interests))


def when_words(entry: Entry, language: str, translate: Translate) -> str:
    """The date of an entry, see `period_words`; as its author wrote it if nobody could read it."""
    return period_words(entry.period, language, translate) if entry.period else entry.when


def published_words(publication: Publication, language: str, translate: Translate) -> str:
    """When it appeared: the year or the years, and the day of what people find by its day."""
    date = publication.date
    has_day = date and date.month and not publication.spans_years
    if date and has_day and (publication.type.name in ("talk", "patent") or is_in_paper(publication)):
        return period_words(publication.span or Period(date, date), language, translate)
    return publication.years


def period_words(period: Period, language: str, translate: Translate) -> str:
    """A date or a period in the words of ``language`` (an RFC 5646 or POSIX tag), as exactly as it is known.

    >>> period_words(Period(Date(2019, 5), Date(2019, 8)), "en", str)
    'May – Aug 2019'
    """
    locale = locale_of(language)

    def words(date: Date) -> str:
        return _date_words(date, locale, translate)

    start, end = period.start, period.end
    if start.is_season and start.month == SEASONS_END and end == Date(start.year + 1):
        return _date_words(start, locale, translate, f"{start.year}/{end.year % 100:02}")
    if end is None:
        return translate("{start} – present").format(start=words(start))
    if end == start:
        return words(start)
    if _skeleton(start) == _skeleton(end) and not (start.is_season or end.is_season):
        interval = format_interval(_day(start), _day(end), _skeleton(start), locale=locale)
        # CLDR puts thin or narrow spaces between the ends, which not every font has.
        return interval.replace("\u2009", " ").replace("\u202f", " ")
    return f"{words(start)} – {words(end)}"


def is_language(name: str) -> bool:
    """Whether ``name`` is the RFC 5646 or POSIX tag of a known language."""
    return known_locale(name) is not None


SEASONS = {3: "Spring {year}", 6: "Summer {year}", 9: "Fall {year}", 12: "Winter {year}"}
"""The words for seasons, by the month with which dates in that season are sorted."""


SEASONS_END = max(SEASONS)
"""The month of the season that continues into the next year, and is often written with both years."""


def _date_words(date: Date, locale: Locale, translate: Translate, years: str = "") -> str:
    if date.is_season:
        return translate(SEASONS[date.month]).format(year=years or date.year)
    return format_skeleton(_skeleton(date), _day(date), locale=locale)


def _skeleton(date: Date) -> str:
    return "yMMMd" if date.day else "yMMM" if date.month else "y"


def _day(date: Date) -> datetime.date:
    return datetime.date(date.year, date.month or 1, date.day or 1)
