"""Publications as plain-text references in the styles that people are asked for.

First the pieces that several styles share, then the styles, a function each. Their rules are those of

* APA: Publication Manual of the American Psychological Association, 7th edition, chapters 9 and 10, and
  https://apastyle.apa.org/style-grammar-guidelines/references/examples;
* MLA: MLA Handbook, 9th edition, chapter 5, and https://style.mla.org/works-cited/;
* Chicago: The Chicago Manual of Style, 17th edition, chapter 15 (author-date), and
  https://www.chicagomanualofstyle.org/tools_citationguide/citation-guide-2.html;
* IEEE: IEEE Reference Guide (IEEE Periodicals), https://ieeeauthorcenter.ieee.org/.

Italics are dropped. Titles keep the letter case of the .bib file: no program can tell the proper nouns in them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from sphinx_cv_ext.model.dates import MONTHS
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import Name, once_per_name
from sphinx_cv_ext.model.publication import SCHOOL_FIELDS, Publication
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.outputs.parts import (
    address,
    container,
    edition,
    eprint,
    eprint_number,
    family,
    genre,
    host,
    is_accepted,
    is_applied_for,
    is_in_journal,
    is_in_preparation,
    is_issue,
    is_out,
    is_part_of_titled,
    is_titled_issue,
    is_web_page,
    issue,
    ordinal_ending,
    original_date,
    own_volume,
    paged,
    paper,
    patent_number,
    publisher,
    says_edition,
    series,
    volumes,
)

# --- pieces that several styles share -----------------------------------------------------------------------

# MLA Handbook, appendix 1; IEEE Editorial Style Manual: months of four letters or less are not shortened.
_SHORT_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_HYPHEN = pattern("[-\u2010\u2011]")
_RANGE = pattern(r"(?<!\w)(\d+)–(\d+)(?!\w)")
_QUOTED = pattern(r'(["„])([^"„“”]*)"')
# German closes with what opens in English, and French, Japanese and others have marks that stay within any.
_INNER_MARKS = str.maketrans("“”„", "‘’‚")
_CLOSING_MARKS = "”’“‘»«›‹」』"


def _form(publication: Publication) -> str:
    """How the work is cited: as an article, a chapter, a book, or as the type that it is."""
    if container(publication):
        return "article" if is_in_journal(publication) else "chapter"
    kind = publication.type.name
    if kind in ("book", "proceedings") or is_part_of_titled(publication):
        return "book"
    return kind if kind in ("preprint", "thesis", "report", "patent", "dataset", "software", "talk") else "other"


def _manuscript(publication: Publication) -> str:
    """What is said of a text that has not appeared, instead of where it may appear one day; empty for other works."""
    form = _form(publication)
    if form not in ("article", "chapter", "preprint", "other"):
        return ""
    if not is_out(publication):
        return "Manuscript in preparation" if is_in_preparation(publication) else "Manuscript submitted for publication"
    if form != "other" or publication.entry_type != "unpublished":
        return ""
    says_what = publication.state or genre(publication) or publication.venue.field == "howpublished"
    return "" if says_what else "Unpublished manuscript"


def _written_at(publication: Publication) -> str:
    """Where a manuscript was written; who may bring it out one day is not named."""
    return publication.venue.name if publication.venue.field in SCHOOL_FIELDS else ""


def _is_whole(name: Name) -> bool:
    """Whether a name has no order to turn round: a group's, and a person's in Chinese, Japanese or Korean."""
    return str(name) == name.family + name.given


@once_per_name
def _inverted(name: Name) -> str:
    return _family_first(name, name.given)


@once_per_name
def _inverted_initials(name: Name) -> str:
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
def _initials_first(name: Name) -> str:
    if _is_whole(name):
        return str(name)
    return " ".join(filter(None, (_initials(name.given), name.particle, name.family, name.suffix)))


@once_per_name
def _natural(name: Name) -> str:
    """``Ada Example Jr.``: neither MLA (section 2.82) nor Chicago (section 6.43) has a comma before the suffix."""
    return (
        str(name) if not name.suffix else " ".join(filter(None, (name.given, name.particle, name.family, name.suffix)))
    )


def _listed(items: Sequence[str], conjunction: str) -> str:
    """``A``, ``A and B``, ``A, B, and C``."""
    if len(items) < 3:
        return f" {conjunction} ".join(items)
    return f"{', '.join(items[:-1])}, {conjunction} {items[-1]}"


def _authors(publication: Publication) -> list[Name]:
    return [author.name for author in publication.authors]


def _publisher_unless_author(publication: Publication) -> str:
    """The publisher, unless the author is the same."""
    name = publisher(publication)
    authors = publication.authors
    return "" if len(authors) == 1 and str(authors[0].name) == name else name


def _house(publication: Publication) -> str:
    """``Berlin: Example Press``; what is no publisher but the way in which a work came out is followed by the place."""
    name, place = publisher(publication), publication.details.location
    if publication.venue.field == "howpublished":
        return _commas(name, place)
    return ": ".join(filter(None, (place, name)))


def _original_year(publication: Publication) -> str:
    """When what is translated or printed again came out first, if that was another year."""
    if not publication.details.origdate:
        return ""
    year = next(iter(original_date(publication)), "")
    return "" if year == str(publication.year) else year


def _edited_and_translated(editors: str, translators: str) -> list[str]:
    """``edited by A`` and ``translated by B``, or one sentence of both; empty for whom there is not."""
    if editors and editors == translators:
        return [f"edited and translated by {editors}"]
    return [f"edited by {editors}" if editors else "", f"translated by {translators}" if translators else ""]


_PARTS = {"editor": "ed", "compiler": "comp", "director": "dir"}
"""How the styles shorten what the people in the authors' place did; other words they do not have."""


def _part_of_people(publication: Publication, *, short: bool) -> str:
    """``eds.`` or ``editors``; nothing for authors."""
    word = publication.part if publication.are_editors else ""
    if word not in _PARTS:
        return ""
    plural = _plural(len(publication.authors), "", "s")
    return f"{_PARTS[word]}{plural}." if short else f"{word}{plural}"


def _plural(count: int, one: str, more: str) -> str:
    return one if count == 1 else more


def _edition(publication: Publication) -> str:
    """``2nd ed.``, ``Revised ed.`` or ``5. erw. Aufl.``; empty for a work that says nothing of it."""
    number = edition(publication)
    if not number.isascii() or not number.isdigit():
        return f"{number} ed." if number and not says_edition(number) else number
    return f"{number}{ordinal_ending(number)} ed."


def _with(title: str, in_parentheses: str = "", in_brackets: str = "") -> str:
    parts = (title, in_parentheses and f"({in_parentheses})", in_brackets and f"[{in_brackets}]")
    return " ".join(filter(None, parts))


def _volume(publication: Publication, word: str) -> str:
    volume = own_volume(publication)
    number = issue(publication, "no.") if is_issue(publication) and not container(publication) else ""
    return _commas(f"{word} {volume}" if volume else "", number)


def _series(publication: Publication) -> str:
    """``Lecture Notes in Examples 12``, or ``Vol. 3 of Collected Examples``.

    A series of a part only with its number: ACM has a conference's short name there.
    """
    title, number = series(publication)
    if volumes(publication):
        return f"Vol. {number} of {title}" if number else title
    if container(publication) and not number:
        return ""
    return f"{title} {number}" if number else title


def _chapter(publication: Publication, word: str) -> str:
    """``chap. 3``; a chapter that has a name goes without the word."""
    chapter = publication.details.chapter
    return f"{word} {chapter}" if chapter[:1].isdigit() or (chapter and set(chapter) <= set("IVXLC")) else chapter


def _article_number(publication: Publication, word: str) -> str:
    """``Article e12``, which stands for the pages of an article, or of a paper in proceedings, that has none."""
    eid = publication.details.eid
    return f"{word} {eid}" if eid else ""


def _part(publication: Publication, word: str) -> str:
    """``chap. 3, pp. 1–9`` of the book whose title the work has; of other works these stand elsewhere."""
    if not is_part_of_titled(publication):
        return ""
    return _commas(_chapter(publication, word), paged(publication.details.pages))


def _shortened(pages: str, *, chicago: bool) -> str:
    """Page ranges with as few digits of the second number as the style wants.

    MLA Handbook, section 2.139: its last two digits, or more where more differ. Chicago, section 9.61: likewise,
    but one digit will do after a number that ends in 01 to 09, and all are kept after a multiple of 100.
    """

    def shorten(match: re.Match[str]) -> str:
        first, last = match.groups()
        if len(first) != len(last) or len(first) < 3 or (chicago and first.endswith("00")):
            return match[0]
        least = 1 if chicago and first[-2] == "0" else 2
        same = next((place for place in range(len(first)) if first[place] != last[place]), len(first))
        return f"{first}–{last[min(same, len(last) - least) :]}"

    return _RANGE.sub(shorten, pages)


def _ended(text: str) -> str:
    """``text`` with a full stop, unless it ends like a sentence."""
    return text if not text or text.rstrip(_CLOSING_MARKS)[-1:] in (".", "?", "!") else f"{text}."


def _sentences(*parts: str) -> str:
    return " ".join([_ended(part) for part in parts if part])


def _commas(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _quoted(title: str, stop: str) -> str:
    """A title in quotation marks, those inside it single; ``stop`` goes before the last, unless the title has one."""
    inner = title
    if '"' in title or not title.isascii():
        inner = _QUOTED.sub(lambda found: f"‚{found[2]}‘" if found[1] == "„" else f"‘{found[2]}’", title)
        inner = inner.translate(_INNER_MARKS)
    return f"“{inner}{'' if inner.rstrip(_CLOSING_MARKS).endswith(('.', '?', '!')) else stop}”"


def _doi(publication: Publication) -> str:
    doi = publication.details.doi
    return f"https://doi.org/{doi}" if doi else ""


def _link(publication: Publication) -> str:
    return _doi(publication) or address(publication)


def _version(publication: Publication, word: str) -> str:
    """``version 2.1.0``, of a "v2.1.0" as well; a version that is a word goes without ours."""
    version = publication.details.version
    number = version[1:] if version[:1] in "vV" else version
    return f"{word} {number}" if number[:1].isdigit() else version


def _number(publication: Publication, no: str) -> str:
    """The identifier of an eprint, or what a report or patent is numbered by: ``Technical report No. 7``."""
    number, kind = publication.details.number, genre(publication)
    if publication.type.name == "patent":
        number, kind = patent_number(publication), kind or "Patent"
    if publication.type.name == "preprint":
        return eprint_number(publication)
    if not number or kind:
        return " ".join(filter(None, (kind, no if number else "", number)))
    return f"{no[:1].upper()}{no[1:]} {number}"


def _in_capitals(numbered: str) -> str:
    return re.sub(r"\b(?:report|patent|application)\b", lambda match: match[0].capitalize(), numbered)


def _day_month_year(publication: Publication) -> str:
    date = publication.date
    if not date or publication.spans_years:
        return publication.years
    month = _SHORT_MONTHS[date.month - 1] if date.month else ""
    return " ".join(filter(None, (str(date.day or ""), month, str(date.year))))


def _month_day_year(publication: Publication, months: Sequence[str], *, days: bool = True) -> str:
    date = publication.date
    if not date or not date.month or publication.spans_years:
        return publication.years
    day = f" {date.day}," if date.day and days else ""
    return f"{months[date.month - 1]}{day} {date.year}"


# --- APA ----------------------------------------------------------------------------------------------------


def apa(publication: Publication) -> str:
    """The reference in APA style, 7th edition."""
    details, form = publication.details, _form(publication)
    if manuscript := _manuscript(publication):
        title, source = _with(title_line(publication), in_brackets=manuscript), [_written_at(publication)]
    else:
        title, source = _APA.get(form, _apa_other)(publication)
    if publication.state == "published online" and not details.volume:
        source = [*source, "Advance online publication"]
    head = [_apa_people(publication), f"({_apa_date(publication)})", title]
    if not head[0]:
        head = [title, head[1]]
    original = f"(Original work published {year})" if (year := _original_year(publication)) else ""
    return " ".join(filter(None, (_sentences(*head, *source), _link(publication), original)))


def _apa_people(publication: Publication) -> str:
    """Section 9.8: up to twenty names; of more the first nineteen and the last."""
    names = [_inverted_initials(name) for name in _authors(publication)]
    if len(names) > 20:
        people = f"{', '.join(names[:19])}, . . . {names[-1]}"
    elif publication.et_al:
        people = _commas(*names, "et al.")
    else:
        people = ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    # Section 10.12 has "Director" in full.
    role = _part_of_people(publication, short=publication.part != "director")
    return f"{people} ({role.capitalize()})" if role else people


def _apa_date(publication: Publication) -> str:
    """Sections 9.13 to 9.17: the year; "in press" or "n.d." where there is none.

    Talks (section 10.5), web pages (section 10.16) and articles in magazines and newspapers (section 10.1, examples 15
    and 16) have the month and the day.
    """
    date = publication.date
    if is_accepted(publication):
        return "in press"
    if not date:
        return "n.d."
    form = _form(publication)
    is_page = form == "other" and address(publication) and not (_doi(publication) or _manuscript(publication))
    if not date.month or publication.spans_years or not (form == "talk" or is_page or paper(publication)):
        return f"{publication.years}present" if publication.years.endswith("–") else publication.years
    return f"{date.year}, {MONTHS[date.month - 1]}{f' {date.day}' if date.day else ''}"


def _issue(publication: Publication) -> str:
    """``30(2)``, as far as it is known."""
    details = publication.details
    return f"{details.volume}({details.number})" if details.number else details.volume


_Parts = tuple[str, list[str]]


def _apa_book_title(publication: Publication, title: str) -> str:
    """The title of a book behind its series, where it has a number in one (sections 10.2 and 10.3)."""
    name, number = series(publication)
    return f"{name}: Vol. {number}. {title}" if number else title


def _apa_article(publication: Publication) -> _Parts:
    details = publication.details
    where = details.pages or _article_number(publication, "Article")
    kind = "Special issue" if is_titled_issue(publication) else ""
    title = _with(title_line(publication), _apa_translators(publication), in_brackets=kind)
    return title, [_commas(container(publication), _issue(publication), where)]


def _apa_chapter(publication: Publication) -> _Parts:
    role = _plural(len(publication.editors), "Ed.", "Eds.")
    where = paged(publication.details.pages) or _article_number(publication, "Article")
    inside = _commas(_edition(publication), _volume(publication, "Vol."), where)
    if publication.book_authors:
        # Its editors are named as where the book itself is cited.
        inside = "; ".join(filter(None, (_apa_role(publication.editors, role), inside)))
        people = f"{_apa_names(publication.book_authors)}, "
    else:
        people = f"{_apa_names(publication.editors)} ({role}), " if publication.editors else ""
    book = _with(_apa_book_title(publication, container(publication)), inside)
    title = _with(title_line(publication), _apa_translators(publication))
    return title, [f"In {people}{book}", publisher(publication)]


def _apa_translators(publication: Publication) -> str:
    """``A. Example, Trans.``, which stands behind the title of what they translated."""
    return _apa_role(publication.translators, "Trans.")


def _apa_role(people: Sequence[Name], role: str) -> str:
    return f"{_apa_names(people)}, {role}" if people else ""


def _apa_names(people: Sequence[Name]) -> str:
    return _listed([_initials_first(name) for name in people], "&")


def _apa_book(publication: Publication) -> _Parts:
    role = _plural(len(publication.editors), "Ed.", "Eds.")
    if publication.editors == publication.translators:
        people = [_apa_role(publication.editors, f"{role} & Trans.")]
    else:
        people = [_apa_role(publication.editors, role), _apa_translators(publication)]
    edition = _commas(_edition(publication), _volume(publication, "Vol."), _part(publication, "Chapter"))
    inside = "; ".join(filter(None, (*people, edition)))
    title = _apa_book_title(publication, title_line(publication))
    return _with(title, inside), [_publisher_unless_author(publication)]


def _apa_thesis(publication: Publication) -> _Parts:
    kind = genre(publication) or "Thesis"
    kind = "Doctoral dissertation" if kind == "PhD thesis" else kind
    return _with(title_line(publication), in_brackets=_commas(kind, publisher(publication))), []


def _apa_numbered(publication: Publication) -> _Parts:
    # Sections 10.4 and 11.8 have "Technical Report No." and "U.S. Patent No.".
    number = _in_capitals(_number(publication, "No."))
    parts = (_apa_translators(publication), _edition(publication), number, _version(publication, "Version"))
    inside = "; ".join(filter(None, parts))
    return _with(title_line(publication), inside), [_publisher_unless_author(publication)]


def _apa_dataset(publication: Publication) -> _Parts:
    return _apa_versioned(publication, "Data set")


def _apa_software(publication: Publication) -> _Parts:
    return _apa_versioned(publication, "Computer software")


def _apa_talk(publication: Publication) -> _Parts:
    kind = genre(publication) or "Conference presentation"
    where = host(publication)
    return _with(title_line(publication), in_brackets=kind), [_commas(where, publication.details.location)]


def _apa_other(publication: Publication) -> _Parts:
    return _apa_versioned(publication, genre(publication))


def _apa_versioned(publication: Publication, kind: str) -> _Parts:
    inside = "; ".join(filter(None, (_apa_translators(publication), _version(publication, "Version"))))
    title = _with(title_line(publication), inside, kind)
    return title, [_publisher_unless_author(publication)]


_APA: dict[str, Callable[[Publication], _Parts]] = {
    "article": _apa_article,
    "chapter": _apa_chapter,
    "book": _apa_book,
    "preprint": _apa_numbered,
    "report": _apa_numbered,
    "patent": _apa_numbered,
    "thesis": _apa_thesis,
    "dataset": _apa_dataset,
    "software": _apa_software,
    "talk": _apa_talk,
}


# --- MLA ----------------------------------------------------------------------------------------------------


def mla(publication: Publication) -> str:
    """The reference in MLA style, 9th edition: author, title, and the elements of what contains it."""
    details, form = publication.details, _form(publication)
    is_part = form in ("article", "chapter", "preprint", "talk", "other") and not is_titled_issue(publication)
    title = _quoted(title_line(publication), ".") if is_part else title_line(publication)
    pages = _shortened(paged(details.pages), chicago=False) or _article_number(publication, "article")
    date = "forthcoming" if is_accepted(publication) else _day_month_year(publication)
    year = date if is_accepted(publication) else publication.years
    volume, edition, version = _volume(publication, "vol."), _edition(publication), _version(publication, "version")
    if original := _original_year(publication):
        title = _sentences(title, original)
    translators = _mla_names(publication.translators)
    if form != "book" and translators:
        # Who had a hand in the part stands behind its title, not behind that of the book.
        title, translators = _sentences(title, f"Translated by {translators}"), ""
    edited = _edited_and_translated(_mla_names(publication.editors), translators)
    number = issue(publication, "no.")
    last, link = "", _link(publication)
    if manuscript := _manuscript(publication):
        elements, last = [_written_at(publication), date, link], manuscript
    elif form == "article":
        whole, title_of_issue = container(publication), details.issuetitle
        if title_of_issue or is_titled_issue(publication):
            whole = _commas(title_of_issue, *(edited if title_of_issue else ()), f"special issue of {whole}")
        elements = [whole, volume, number, date, pages, link]
    elif form == "chapter":
        named = _mla_names(publication.book_authors)
        by = f"by {named}" if named else ""
        elements = [container(publication), by, *edited, edition, volume, publisher(publication), year, pages, link]
        last = _series(publication)
    elif form == "book":
        part = _shortened(_part(publication, "ch."), chicago=False)
        elements = [*edited, edition, volume, publisher(publication), year, part, link]
        last = _series(publication)
    elif form == "preprint":
        elements = [publisher(publication), date, link or _number(publication, "no.")]
    elif form == "thesis":
        kind = genre(publication).replace("PhD thesis", "PhD dissertation") or "Thesis"
        title = _sentences(title, year)
        elements = [publisher(publication), kind, link]
    elif form == "talk":
        elements = [host(publication), date, details.location, link]
        last = genre(publication)
    elif form in ("report", "patent"):
        when = date if form == "patent" else year
        elements = [edition, version, _number(publication, "no."), publisher(publication), when, link]
    else:
        elements, last = [version, publisher(publication), date, link], genre(publication)
    return _sentences(_mla_people(publication), title, _capital(_commas(*elements)), last)


def _mla_names(people: Sequence[Name]) -> str:
    """Section 5.8: as with authors, the first of three and more."""
    names = [_natural(name) for name in people]
    return f"{names[0]} et al." if len(names) > 2 else " and ".join(names)


_MLA_WORDS = ("edited ", "translated by", "special issue of ", "vol. ", "no. ", "version ", "forthcoming")


def _capital(text: str) -> str:
    """``text`` with a capital letter, where it starts with a word of ours."""
    return text[:1].upper() + text[1:] if text.startswith(_MLA_WORDS) else text


def _mla_people(publication: Publication) -> str:
    """Sections 5.3 to 5.10: one or two names; of more the first; none where the publisher is the author."""
    names = _authors(publication)
    if not names or (_publisher_unless_author(publication) != publisher(publication)):
        return ""
    people = _inverted(names[0])
    if len(names) > 2 or publication.et_al:
        people += ", et al."
    elif len(names) == 2:
        people += f", and {_natural(names[1])}"
    return _commas(people, _part_of_people(publication, short=False))


# --- Chicago ------------------------------------------------------------------------------------------------


def chicago(publication: Publication) -> str:
    """The reference in Chicago style, 17th edition, as its author-date system has it in a reference list."""
    details, form = publication.details, _form(publication)
    title = title_line(publication)
    if form not in ("book", "report", "software", "patent"):
        title = _quoted(title, ".")
    house = _house(publication)
    editors = _listed([_natural(name) for name in publication.editors], "and")
    translators = _listed([_natural(name) for name in publication.translators], "and")
    if form != "book" and translators:
        title = _sentences(title, f"Translated by {translators}")
    is_year_alone = not (publication.date and publication.date.month)
    source: list[str]
    if manuscript := _manuscript(publication):
        source = [manuscript, _written_at(publication)]
    elif form == "article":
        journal = _chicago_paper(publication) if paper(publication) else _chicago_journal(publication)
        # Section 14.178.
        if details.issuetitle:
            edited = f" edited by {editors}" if editors else ""
            source = [f"In {_quoted(details.issuetitle, ',' if edited else '.')}{edited}", f"Special issue, {journal}"]
        else:
            source = [f"Special issue, {journal}" if is_titled_issue(publication) else journal]
    elif form == "chapter":
        edited = f"edited by {editors}" if editors else ""
        pages = _shortened(details.pages, chicago=True) or details.eid
        volume = _volume(publication, "vol.")
        named = _listed([_natural(name) for name in publication.book_authors], "and")
        by = f"by {named}" if named else ""
        book = _commas(container(publication), by, _edition(publication), volume, edited, pages)
        source = [f"In {book}", _series(publication), house]
    elif form == "book":
        title = _commas(title, _shortened(_part(publication, "chap."), chicago=True))
        hands = [f"{text[:1].upper()}{text[1:]}" for text in _edited_and_translated(editors, translators)]
        source = [*hands, _edition(publication), _volume(publication, "Vol."), _series(publication), house]
    elif form == "preprint":
        # Section 14.173 has the day, which not every entry knows.
        when = publisher(publication) if is_year_alone else f"submitted {_month_day_year(publication, MONTHS)}"
        source = [_commas("Preprint", when), "" if _link(publication) else _number(publication, "no.")]
    elif form == "thesis":
        source = [_commas(genre(publication).replace("PhD thesis", "PhD diss.") or "Thesis", publisher(publication))]
    elif form == "report":
        source = [_edition(publication), _version(publication, "V."), _number(publication, "no."), house]
    elif form == "patent":
        # Section 14.258: whoever holds it is not named.
        when = _month_day_year(publication, MONTHS)
        step = "filed" if is_applied_for(publication) else "issued"
        source = [_commas(_number(publication, ""), when and f"{step} {when}")]
    elif form == "talk":
        where = host(publication)
        when = _month_day_year(publication, MONTHS)
        # Section 14.217: what it was, where and when.
        what = f"{genre(publication) or 'Paper'} presented at {where}" if where else genre(publication)
        source = [_commas(what, details.location, when)]
    else:
        kind = "Data set" if form == "dataset" else genre(publication)
        # Section 15.51: a page has its day.
        when = _month_day_year(publication, MONTHS) if is_web_page(publication) and not is_year_alone else ""
        source = [_version(publication, "V."), kind, _commas(house, when)]
    head = [_chicago_people(publication), _chicago_date(publication), title]
    if not head[0]:
        head = [title, head[1]]
    return _sentences(*head, *source, _link(publication))


def _chicago_people(publication: Publication) -> str:
    """Section 15.9: up to ten names; of more the first seven."""
    names = _authors(publication)
    shown = names[:7] if len(names) > 10 else names
    people = [_inverted(name) if not place else _natural(name) for place, name in enumerate(shown)]
    if len(shown) < len(names) or publication.et_al:
        text = _commas(*people, "et al.")
    elif len(people) == 2:
        text = f"{people[0]}, and {people[1]}"
    else:
        text = _listed(people, "and")
    return _commas(text, _part_of_people(publication, short=True))


def _chicago_date(publication: Publication) -> str:
    """Sections 15.40, 15.44 and 15.45: "(1915) 2020", "n.d." for no date, "Forthcoming" for one to come."""
    if is_accepted(publication):
        return "Forthcoming"
    original = _original_year(publication)
    return f"{f'({original}) ' if original else ''}{publication.years or 'n.d.'}"


def _chicago_journal(publication: Publication) -> str:
    """Section 15.48: ``Journal 30 (2): 1–12``."""
    details = publication.details
    where = _shortened(details.pages, chicago=True) or details.eid
    name = container(publication)
    if not details.volume:
        numbered = _commas(name, issue(publication, "no."))
        return (f"{numbered}: {where}" if details.number else f"{numbered}, {where}") if where else numbered
    number = f" ({details.number})" if details.number else ""
    return f"{name} {details.volume}{number}" + (f": {where}" if where else "")


def _chicago_paper(publication: Publication) -> str:
    """Sections 14.188 to 14.191: ``New Magazine, May 14, 2020, 3–4``; pages of a newspaper are best omitted."""
    is_dated = publication.date and publication.date.month and not is_accepted(publication)
    pages = "" if paper(publication) == "newspaper" else _shortened(publication.details.pages, chicago=True)
    return _commas(container(publication), _month_day_year(publication, MONTHS) if is_dated else "", pages)


# --- IEEE ---------------------------------------------------------------------------------------------------


def ieee(publication: Publication) -> str:
    """The reference in IEEE style, without the number that a paper would give it."""
    details, form = publication.details, _form(publication)
    people = _ieee_people(publication)
    title = _quoted(title_line(publication), ",")
    date = _ieee_date(publication)
    house = _house(publication)
    volume, version = _volume(publication, "vol."), _version(publication, "version")
    number = issue(publication, "no.")
    pages = paged(details.pages) or _article_number(publication, "Art. no.")
    translators = _ieee_role(publication.translators, "Transl.")
    if manuscript := _manuscript(publication):
        text = _titled(people, title, "unpublished" if manuscript == "Unpublished manuscript" else date)
    elif form == "article":
        early = "early access" if publication.state == "published online" else ""
        whole = _with(container(publication), "Special Issue" if is_titled_issue(publication) else "")
        text = _titled(people, title, _commas(translators, whole, volume, number, pages, early, date))
    elif form == "chapter":
        editors = _ieee_editors(publication)
        book = _commas(
            translators,
            _with(f"in {container(publication)}", _series(publication)),
            _edition(publication),
            volume,
            editors,
        )
        # The Guide names no publisher for a paper at a conference.
        where = house if publication.type.name == "chapter" else ""
        parts = _commas(where, date, _chapter(publication, "ch."), pages)
        text = _titled(people, title, _sentences(book, parts) if where else _commas(book, parts))
    elif form == "book":
        editors = _ieee_editors(publication)
        if publication.editors == publication.translators:
            editors, translators = "", _ieee_role(publication.editors, "Ed. and Transl.")
        title = _with(title_line(publication), _series(publication))
        text = _commas(people, title, _edition(publication), volume, editors, translators)
        text = _sentences(text, _commas(house, date, _part(publication, "ch.")))
    elif form == "preprint":
        repository, identifier = eprint(publication)
        where = ":".join(filter(None, (repository, identifier))) or publisher(publication)
        text = _titled(people, title, _commas(date, where))
    elif form == "thesis":
        kind = genre(publication).replace("PhD thesis", "Ph.D. dissertation") or "Thesis"
        text = _titled(people, title, _commas(kind, publisher(publication), details.location, date))
    elif form == "report" and publication.entry_type in ("manual", "standard"):
        # Their titles are italic like those of books, and no word says what they are.
        named = _commas(people, title_line(publication), _edition(publication), version, details.number)
        text = _commas(named, publisher(publication), details.location, date)
    elif form == "report":
        kind = genre(publication).replace("Technical report", "Tech. Rep.") or "Rep."
        numbered = " ".join(filter(None, (kind, details.number)))
        text = _titled(people, title, _commas(version, publisher(publication), details.location, numbered, date))
    elif form == "patent":
        text = _titled(people, title, _commas(_in_capitals(_number(publication, "")), date))
    elif form == "software":
        released = _commas(date, version)
        named = _commas(people, title_line(publication))
        text = _sentences(named, f"({released})" if released else "", publisher(publication))
    elif form == "talk":
        where = host(publication)
        text = _titled(people, title, _commas(where and f"presented at {where}", details.location, date))
    else:
        text = _titled(people, title, _commas(version, genre(publication), publisher(publication), date))
    return _ieee_end(publication, text)


def _titled(people: str, title: str, rest: str) -> str:
    """Authors, the title in its quotation marks, and what follows; a comma at the very end becomes a full stop."""
    if not rest:
        title = re.sub(",”$", ".”", title)
    return " ".join(filter(None, (f"{people}," if people else "", title, rest)))


def _ieee_people(publication: Publication) -> str:
    """Up to six names; of more the first."""
    names = _authors(publication)
    shown = [_initials_first(name) for name in (names[:1] if len(names) > 6 else names)]
    if len(shown) < len(names) or (publication.et_al and names):
        people = f"{', '.join(shown)} et al."
    else:
        people = _listed(shown, "and")
    return _commas(people, _part_of_people(publication, short=True).capitalize())


def _ieee_editors(publication: Publication) -> str:
    return _ieee_role(publication.editors, _plural(len(publication.editors), "Ed.", "Eds."))


def _ieee_role(people: Sequence[Name], role: str) -> str:
    return f"{_listed([_initials_first(name) for name in people], 'and')}, {role}" if people else ""


def _ieee_date(publication: Publication) -> str:
    if is_accepted(publication):
        return "to be published"
    if is_in_preparation(publication):
        return "unpublished"
    if not is_out(publication):
        return "submitted for publication"
    if _form(publication) in ("book", "thesis"):
        return publication.years
    days = publication.type.name in ("talk", "patent", "dataset", "other") or bool(paper(publication))
    return _month_day_year(publication, _SHORT_MONTHS, days=days)


def _ieee_end(publication: Publication, text: str) -> str:
    """The text with the DOI, else with an address; one that names an eprint needs neither."""
    if publication.details.doi:
        part = f"doi: {publication.details.doi}."
        return f"{text} {part}" if text.endswith(("”", ".")) else f"{text}, {part}"
    url = address(publication)
    if not url or (_form(publication) == "preprint" and eprint(publication)[1]):
        return _ended(text)
    return f"{_ended(text)} [Online]. Available: {url}"


STYLES: dict[str, Callable[[Publication], str]] = {"apa": apa, "mla": mla, "chicago": chicago, "ieee": ieee}
"""Every style by name: a publication into one line of plain text."""
