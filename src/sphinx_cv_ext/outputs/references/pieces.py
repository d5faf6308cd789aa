"""What several styles say about a work: as what it is cited, its people, its numbers, dates and addresses in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from sphinx_cv_ext.model.credits import CONTRIBUTOR_ROLES, Credit
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import Name, once_per_name
from sphinx_cv_ext.model.publication import SCHOOL_FIELDS, Publication
from sphinx_cv_ext.outputs.parts import (
    address,
    container,
    edition,
    eprint_number,
    family,
    genre,
    is_in_journal,
    is_in_numbered,
    is_in_preparation,
    is_issue,
    is_out,
    is_part_of_titled,
    issue,
    ordinal_ending,
    own_volume,
    paged,
    patent_number,
    publisher,
    says_edition,
    series,
    series_words,
    volumes,
)
from sphinx_cv_ext.outputs.references.phrases import commas, listed, one_or_more

# MLA Handbook, appendix 1; IEEE Editorial Style Manual: months of four letters or less are not shortened.
SHORT_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_HYPHEN = pattern("[-\u2010\u2011]")


def form_of(publication: Publication) -> str:
    """As what the work is cited: an article, a chapter, a book, or simply its own type."""
    if container(publication):
        return "article" if is_in_journal(publication) else "chapter"
    kind = publication.type.name
    if kind in ("book", "proceedings") or is_part_of_titled(publication):
        return "book"
    return kind if kind in ("preprint", "thesis", "report", "patent", "dataset", "software", "talk") else "other"


def manuscript_of(publication: Publication) -> str:
    """What is said about a text that has not appeared, instead of where it may appear; empty for other works."""
    form = form_of(publication)
    if form not in ("article", "chapter", "preprint", "other"):
        return ""
    if not is_out(publication):
        return "Manuscript in preparation" if is_in_preparation(publication) else "Manuscript submitted for publication"
    if form != "other" or publication.entry_type != "unpublished":
        return ""
    says_what = publication.state or genre(publication) or publication.venue.field == "howpublished"
    return "" if says_what else "Unpublished manuscript"


def written_at(publication: Publication) -> str:
    """Where a manuscript was written. A possible publisher is not named."""
    return publication.venue.name if publication.venue.field in SCHOOL_FIELDS else ""


def _is_whole(name: Name) -> bool:
    """Whether a name cannot be inverted: that of a group, or one in Chinese, Japanese or Korean."""
    return str(name) == name.family + name.given


@once_per_name
def inverted(name: Name) -> str:
    """``Example, Ada, Jr.``."""
    return _family_first(name, name.given)


@once_per_name
def inverted_initials(name: Name) -> str:
    """``Example, A., Jr.``."""
    return _family_first(name, _initials(name.given))


def _family_first(name: Name, given: str) -> str:
    if _is_whole(name):
        return str(name)
    return ", ".join(filter(None, (family(name), given, name.suffix)))


@once_per_name
def _initials(given: str) -> str:
    """``Ada Beth-Ann`` as ``A. B.-A.``, ``J.R.R.`` as ``J. R. R.``."""
    words = unicodedata.normalize("NFC", given).replace(".", ". ").split()
    letters = ([next(filter(str.isalnum, part), "") for part in _HYPHEN.split(word)] for word in words)
    return " ".join(["-".join([f"{letter}." for letter in word if letter]) for word in letters if any(word)])


@once_per_name
def initials_first(name: Name) -> str:
    """``A. Example Jr.``."""
    if _is_whole(name):
        return str(name)
    return " ".join(filter(None, (_initials(name.given), name.particle, name.family, name.suffix)))


@once_per_name
def natural(name: Name) -> str:
    """``Ada Example Jr.``: neither MLA (section 2.82) nor Chicago (section 6.43) has a comma before the suffix."""
    return (
        str(name) if not name.suffix else " ".join(filter(None, (name.given, name.particle, name.family, name.suffix)))
    )


def author_names(publication: Publication) -> list[Name]:
    """The names of all authors, or of those who are in their place, in order."""
    return [author.name for author in publication.authors]


def publisher_unless_author(publication: Publication) -> str:
    """The publisher, unless the author is the same."""
    name = publisher(publication)
    authors = publication.authors
    return "" if len(authors) == 1 and str(authors[0].name) == name else name


def house_of(publication: Publication) -> str:
    """``Berlin: Example Press``, but the place comes last if there is only BibTeX's ``howpublished``."""
    name, place = publisher(publication), publication.details.location
    if publication.venue.field == "howpublished":
        return commas(name, place)
    return ": ".join(filter(None, (place, name)))


def original_year(publication: Publication) -> str:
    """The year in which the original of a translation or reprint came out, if that was another year."""
    original = publication.original_date
    return str(original.year) if original and original.year != publication.year else ""


Naming = Callable[[Credit], str]
"""How a style writes the names of those who did something for a work."""

_BY = " by {names}"
_VERB = f"ed{_BY}"


def credited(credits: Sequence[Credit], naming: Naming) -> list[str]:
    """``edited and translated by A``, ``foreword by B``: what people did; those who did several things appear once."""
    if not credits:  # as most works have none
        return []
    # No style names the holder of a patent (Chicago, section 14.258).
    credits = [credit for credit in credits if credit.role.name != "holder"]
    verbs: dict[str, list[str]] = {}
    for credit in credits:
        if credit.role.by.endswith(_VERB):
            verbs.setdefault(naming(credit), []).append(credit.role.by.removesuffix(_BY))
    found = []
    for credit in credits:
        by, names = credit.role.by, naming(credit)
        if by.endswith(_VERB):
            by = f"{listed(verbs[names], 'and')}{_BY}"
        found.append(by.format(names=names))
    return list(dict.fromkeys(filter(None, found)))


def entitled(
    credits: Sequence[Credit], titles: Mapping[str, tuple[str, str]], conjunction: str, naming: Naming
) -> list[str]:
    """``A. Example, Ed. & Trans.``; ``titles`` has the words for one and for several; other roles are left out."""
    if not credits:
        return []
    found: dict[str, list[str]] = {}
    for credit in credits:
        if title := titles.get(credit.role.name):
            found.setdefault(naming(credit), []).append(one_or_more(count_of(credit), *title))
    return [f"{names}, {f' {conjunction} '.join(words)}" for names, words in found.items()]


def count_of(credit: Credit) -> int:
    """How many people did it, as far as grammar is concerned."""
    return len(credit.people) + credit.et_al


def named(credit: Credit, naming: Callable[[Name], str], conjunction: str) -> str:
    """``A, B, and C``, or ``A et al.`` and ``A, B, et al.`` if the source names only some of them."""
    names = [naming(name) for name in credit.names]
    if not credit.et_al:
        return listed(names, conjunction)
    return f"{', '.join(names)}{',' if len(names) > 1 else ''} et al."


_SHORT = {"editor": "ed", "compiler": "comp", "director": "dir"}
"""What those in place of the authors did, if the styles have an abbreviation for it."""


def part_of_people(publication: Publication, *, short: bool) -> str:
    """``eds.`` or ``editors``; empty for authors, and for roles without words."""
    word = publication.part
    if word not in CONTRIBUTOR_ROLES:
        return ""
    plural = one_or_more(len(publication.authors), "", "s")
    return f"{_SHORT[word]}{plural}." if short and word in _SHORT else f"{word}{plural}"


def edition_of(publication: Publication) -> str:
    """``2nd ed.``, ``Revised ed.`` or ``5. erw. Aufl.``; empty if no edition is given."""
    number = edition(publication)
    if not number.isascii() or not number.isdigit():
        return f"{number} ed." if number and not says_edition(number) else number
    return f"{number}{ordinal_ending(number)} ed."


def volume_of(publication: Publication, word: str) -> str:
    """``vol. 3``; for a whole issue, and in proceedings without a series, ``vol. 3, no. 2``."""
    volume = own_volume(publication)
    is_counted = (is_issue(publication) and not container(publication)) or is_in_numbered(publication)
    number = issue(publication) if is_counted else ""
    return commas(f"{word} {volume}" if volume else "", number)


def series_of(publication: Publication) -> str:
    """``Lecture Notes in Examples 12``, or ``Vol. 3 of Collected Examples``."""
    if not volumes(publication):
        return series_words(publication)
    title, number = series(publication)
    return f"Vol. {number} of {title}" if number else title


def chapter_of(publication: Publication, word: str) -> str:
    """``chap. 3``; a chapter with a name gets no word before it."""
    chapter = publication.details.chapter
    return f"{word} {chapter}" if chapter[:1].isdigit() or (chapter and set(chapter) <= set("IVXLC")) else chapter


def article_number(publication: Publication, word: str) -> str:
    """``Article e12``, in place of pages for an article, or a paper in proceedings, that has none."""
    eid = publication.details.eid
    return f"{word} {eid}" if eid else ""


def part_of_book(publication: Publication, word: str) -> str:
    """``chap. 3, pp. 1–9`` for a part of a book that has the book's title; other works give these elsewhere."""
    if not is_part_of_titled(publication):
        return ""
    return commas(chapter_of(publication, word), paged(publication))


def doi_of(publication: Publication) -> str:
    """The DOI as an address."""
    doi = publication.details.doi
    return f"https://doi.org/{doi}" if doi else ""


def link_of(publication: Publication) -> str:
    """The DOI as an address, or else another address of the work."""
    return doi_of(publication) or address(publication)


def version_of(publication: Publication, word: str) -> str:
    """``version 2.1.0``, also if it is written "v2.1.0"; a version that is a word gets no other word before it."""
    version = publication.details.version
    number = version[1:] if version[:1] in "vV" else version
    return f"{word} {number}" if number[:1].isdigit() else version


def number_of(publication: Publication, no: str) -> str:
    """The identifier of an eprint, or the number of a report or patent: ``Technical report No. 7``."""
    number, kind = publication.details.number, genre(publication)
    if publication.type.name == "patent":
        number, kind = patent_number(publication), kind or "Patent"
    if publication.type.name == "preprint":
        return eprint_number(publication)
    if not number or kind:
        return " ".join(filter(None, (kind, no if number else "", number)))
    return f"{no[:1].upper()}{no[1:]} {number}"


def in_season(publication: Publication, date: str) -> str:
    """``Spring 2019``: the name of a numbered issue before the date, if that is only a year, like a season."""
    name = publication.details.issue
    return f"{name} {date}" if name and " " not in name and date == publication.years else date


def season_of(publication: Publication) -> str:
    """The season in which it appeared, if no more is known; empty if the issue has that name already."""
    season = publication.date.season if publication.date else ""
    return "" if season == publication.details.number else season


def month_day_year(publication: Publication, months: Sequence[str], *, days: bool = True) -> str:
    """``May 14, 2020`` or ``Spring 2020``, as far as it is known; the day only with ``days``."""
    date = publication.date
    if not date or not date.month or publication.spans_years:
        return publication.years
    if date.is_season:
        return f"{season_of(publication)} {date.year}".strip()
    day = f" {date.day}," if date.day and days else ""
    return f"{months[date.month - 1]}{day} {date.year}"
