"""APA style.

The rules are those of the Publication Manual of the American Psychological Association, 7th edition, chapters 9 and 10,
and of https://apastyle.apa.org/style-grammar-guidelines/references/examples.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sphinx_cv_ext.model.credits import Credit
from sphinx_cv_ext.model.dates import MONTHS
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.outputs.parts import (
    address,
    container,
    genre,
    host,
    is_accepted,
    is_in_paper,
    is_titled_issue,
    paged,
    pages_of,
    patent_office,
    publisher,
    series,
)
from sphinx_cv_ext.outputs.references.phrases import commas, in_capitals, one_or_more, sentences, with_brackets
from sphinx_cv_ext.outputs.references.pieces import (
    article_number,
    author_names,
    count_of,
    doi_of,
    edition_of,
    entitled,
    form_of,
    initials_first,
    inverted_initials,
    link_of,
    manuscript_of,
    named,
    number_of,
    original_year,
    part_of_book,
    part_of_people,
    publisher_unless_author,
    version_of,
    volume_of,
    written_at,
)


def reference(publication: Publication) -> str:
    """The reference in APA style, 7th edition."""
    details, form = publication.details, form_of(publication)
    if manuscript := manuscript_of(publication):
        title, source = with_brackets(title_line(publication), in_brackets=manuscript), [written_at(publication)]
    else:
        title, source = _FORMS.get(form, _other)(publication)
    if publication.state == "published online" and not details.volume:
        source = [*source, "Advance online publication"]
    head = [_people(publication), f"({_date(publication)})", title]
    if not head[0]:
        head = [title, head[1]]
    original = f"(Original work published {year})" if (year := original_year(publication)) else ""
    return " ".join(filter(None, (sentences(*head, *source), link_of(publication), original)))


def _people(publication: Publication) -> str:
    """Section 9.8: up to twenty names; if there are more, the first nineteen and the last."""
    names = [inverted_initials(name) for name in author_names(publication)]
    if len(names) > 20:
        people = f"{', '.join(names[:19])}, . . . {names[-1]}"
    elif publication.et_al:
        people = commas(*names, "et al.")
    else:
        people = ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    # Section 10.12 spells out "Director"; so do we with all words that have no abbreviation there.
    role = part_of_people(publication, short=publication.part in _TITLES)
    return f"{people} ({role.capitalize()})" if role else people


def _date(publication: Publication) -> str:
    """Sections 9.13 to 9.17: the year; "in press" or "n.d." if there is none.

    Talks (section 10.5), web pages (section 10.16) and articles in magazines and newspapers (section 10.1, examples 15
    and 16) have the month and the day.
    """
    date = publication.date
    if is_accepted(publication):
        return "in press"
    if not date:
        return "n.d."
    form = form_of(publication)
    is_page = form == "other" and address(publication) and not (doi_of(publication) or manuscript_of(publication))
    if not date.month or publication.spans_years or not (form == "talk" or is_page or is_in_paper(publication)):
        return f"{publication.years}present" if publication.years.endswith("–") else publication.years
    return f"{date.year}, {date.season or MONTHS[date.month - 1]}{f' {date.day}' if date.day else ''}"


def _issue(publication: Publication) -> str:
    """``30(2)``, as far as these are known."""
    details = publication.details
    return f"{details.volume}({details.number})" if details.number else details.volume


_Parts = tuple[str, list[str]]


def _book_title(publication: Publication, title: str) -> str:
    """The title of a book, after its series if it has a number in one (sections 10.2 and 10.3)."""
    name, number = series(publication)
    return f"{name}: Vol. {number}. {title}" if number else title


def _article(publication: Publication) -> _Parts:
    where = pages_of(publication) or article_number(publication, "Article")
    kind = "Special issue" if is_titled_issue(publication) else ""
    title = with_brackets(title_line(publication), _hands(publication), in_brackets=kind)
    return title, [commas(container(publication), _issue(publication), where)]


def _chapter(publication: Publication) -> _Parts:
    editors, book_authors = publication.credit("editor"), publication.credit("bookauthor")
    where = paged(publication) or article_number(publication, "Article")
    inside = commas(edition_of(publication), volume_of(publication, "Vol."), where)
    if book_authors:
        # The editors of the book are named in the same way as in a reference to the book itself.
        inside = "; ".join(filter(None, (*_credited(publication.credits_of_whole), inside)))
        people = f"{_names(book_authors)}, "
    else:
        people = f"{_names(editors)} ({one_or_more(count_of(editors), *_TITLES['editor'])}), " if editors else ""
    book = with_brackets(_book_title(publication, container(publication)), inside)
    title = with_brackets(title_line(publication), _hands(publication))
    return title, [f"In {people}{book}", publisher(publication)]


_TITLES = {"editor": ("Ed.", "Eds."), "compiler": ("Comp.", "Comps."), "translator": ("Trans.", "Trans.")}


def _credited(credits: Sequence[Credit]) -> list[str]:
    return entitled(credits, _TITLES, "&", _names)


def _hands(publication: Publication) -> str:
    """``A. Example, Trans.``, which follows the title of what they translated."""
    return "; ".join(_credited(publication.own_credits))


def _names(credit: Credit) -> str:
    return named(credit, initials_first, "&")


def _book(publication: Publication) -> _Parts:
    edition = commas(edition_of(publication), volume_of(publication, "Vol."), part_of_book(publication, "Chapter"))
    inside = "; ".join(filter(None, (*_credited(publication.credits), edition)))
    title = _book_title(publication, title_line(publication))
    return with_brackets(title, inside), [publisher_unless_author(publication)]


def _thesis(publication: Publication) -> _Parts:
    kind = genre(publication) or "Thesis"
    kind = "Doctoral dissertation" if kind == "PhD thesis" else kind
    return with_brackets(title_line(publication), in_brackets=commas(kind, publisher(publication))), []


def _numbered(publication: Publication) -> _Parts:
    # Sections 10.4 and 11.8 write "Technical Report No." and "U.S. Patent No.".
    number = in_capitals(number_of(publication, "No."))
    parts = (_hands(publication), edition_of(publication), number, version_of(publication, "Version"))
    inside = "; ".join(filter(None, parts))
    source = patent_office(publication) if form_of(publication) == "patent" else publisher_unless_author(publication)
    return with_brackets(title_line(publication), inside), [source]


def _talk(publication: Publication) -> _Parts:
    kind = genre(publication) or "Conference presentation"
    where = host(publication)
    return with_brackets(title_line(publication), in_brackets=kind), [commas(where, publication.details.location)]


def _other(publication: Publication) -> _Parts:
    return _versioned(publication, genre(publication))


def _versioned(publication: Publication, kind: str) -> _Parts:
    inside = "; ".join(filter(None, (_hands(publication), version_of(publication, "Version"))))
    title = with_brackets(title_line(publication), inside, kind)
    return title, [publisher_unless_author(publication)]


_FORMS: dict[str, Callable[[Publication], _Parts]] = {
    "article": _article,
    "chapter": _chapter,
    "book": _book,
    "preprint": _numbered,
    "report": _numbered,
    "patent": _numbered,
    "thesis": _thesis,
    "dataset": partial(_versioned, kind="Data set"),
    "software": partial(_versioned, kind="Computer software"),
    "talk": _talk,
}
