"""Chicago style.

The rules are those of The Chicago Manual of Style, 17th edition, chapter 15 (author-date), and of
https://www.chicagomanualofstyle.org/tools_citationguide/citation-guide-2.html.
"""

from __future__ import annotations

from sphinx_cv_ext.model.credits import Credit
from sphinx_cv_ext.model.dates import MONTHS
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.outputs.parts import (
    container,
    genre,
    host,
    is_accepted,
    is_applied_for,
    is_in_paper,
    is_titled_issue,
    is_web_page,
    issue,
    pages_of,
    publisher,
)
from sphinx_cv_ext.outputs.references.phrases import capital, commas, listed, quoted, sentences, shortened
from sphinx_cv_ext.outputs.references.pieces import (
    author_names,
    credited,
    edition_of,
    form_of,
    house_of,
    inverted,
    link_of,
    manuscript_of,
    month_day_year,
    named,
    natural,
    number_of,
    original_year,
    part_of_book,
    part_of_people,
    season_of,
    series_of,
    version_of,
    volume_of,
    written_at,
)


def reference(publication: Publication) -> str:
    """The reference in Chicago style, 17th edition, in the form of the reference lists of its author-date system."""
    details, form = publication.details, form_of(publication)
    title = title_line(publication)
    if form not in ("book", "report", "software", "patent"):
        title = quoted(title, ".")
    house = house_of(publication)
    if form != "book" and publication.credits:
        title = sentences(title, *map(capital, credited(publication.own_credits, _names)))
    edited = credited([one for one in publication.credits_of_whole if one.role.name != "bookauthor"], _names)
    is_year_alone = not (publication.date and publication.date.month)
    source: list[str]
    if manuscript := manuscript_of(publication):
        source = [manuscript, written_at(publication)]
    elif form == "article":
        journal = _paper(publication) if is_in_paper(publication) else _journal(publication)
        # Section 14.178.
        if details.issuetitle:
            title_of_issue = quoted(details.issuetitle, "," if edited else ".")
            source = [f"In {' '.join((title_of_issue, *edited))}", f"Special issue, {journal}"]
        else:
            source = [f"Special issue, {journal}" if is_titled_issue(publication) else journal]
    elif form == "chapter":
        pages = shortened(pages_of(publication), chicago=True) or details.eid
        volume = volume_of(publication, "vol.")
        book_authors = publication.credit("bookauthor")
        by = f"by {_names(book_authors)}" if book_authors else ""
        book = commas(container(publication), by, edition_of(publication), volume, *edited, pages)
        source = [f"In {book}", series_of(publication), house]
    elif form == "book":
        title = commas(title, shortened(part_of_book(publication, "chap."), chicago=True))
        hands = map(capital, credited(publication.credits, _names))
        source = [*hands, edition_of(publication), volume_of(publication, "Vol."), series_of(publication), house]
    elif form == "preprint":
        # Section 14.173 gives the day, which not every entry has.
        when = publisher(publication) if is_year_alone else f"submitted {month_day_year(publication, MONTHS)}"
        source = [commas("Preprint", when), "" if link_of(publication) else number_of(publication, "no.")]
    elif form == "thesis":
        source = [commas(genre(publication).replace("PhD thesis", "PhD diss.") or "Thesis", publisher(publication))]
    elif form == "report":
        source = [edition_of(publication), version_of(publication, "V."), number_of(publication, "no."), house]
    elif form == "patent":
        # Section 14.258.
        when = month_day_year(publication, MONTHS)
        step = "filed" if is_applied_for(publication) else "issued"
        source = [commas(number_of(publication, ""), when and f"{step} {when}")]
    elif form == "talk":
        where = host(publication)
        when = month_day_year(publication, MONTHS)
        # Section 14.217: what kind of talk it was, where and when.
        what = f"{genre(publication) or 'Paper'} presented at {where}" if where else genre(publication)
        source = [commas(what, details.location, when)]
    else:
        kind = "Data set" if form == "dataset" else genre(publication)
        # Section 15.51: a web page gets its day.
        when = month_day_year(publication, MONTHS) if is_web_page(publication) and not is_year_alone else ""
        source = [version_of(publication, "V."), kind, commas(house, when)]
    head = [_people(publication), _date(publication), title]
    if not head[0]:
        head = [title, head[1]]
    return sentences(*head, *source, link_of(publication))


def _names(credit: Credit) -> str:
    return named(credit, natural, "and")


def _people(publication: Publication) -> str:
    """Section 15.9: up to ten names; if there are more, the first seven."""
    names = author_names(publication)
    shown = names[:7] if len(names) > 10 else names
    people = [inverted(name) if not place else natural(name) for place, name in enumerate(shown)]
    if len(shown) < len(names) or publication.et_al:
        text = commas(*people, "et al.")
    elif len(people) == 2:
        text = f"{people[0]}, and {people[1]}"
    else:
        text = listed(people, "and")
    return commas(text, part_of_people(publication, short=True))


def _date(publication: Publication) -> str:
    """Sections 15.40, 15.44 and 15.45: "(1915) 2020", "n.d." without a date, "Forthcoming" if it is still to come."""
    if is_accepted(publication):
        return "Forthcoming"
    original = original_year(publication)
    return f"{f'({original}) ' if original else ''}{publication.years or 'n.d.'}"


def _journal(publication: Publication) -> str:
    """Section 15.48: ``Journal 30 (2): 1–12``; without a number, the season stands in its place (section 14.171)."""
    details = publication.details
    where = shortened(pages_of(publication), chicago=True) or details.eid
    name = container(publication)
    if not details.volume:
        numbered = commas(name, issue(publication))
        return (f"{numbered}: {where}" if details.number else f"{numbered}, {where}") if where else numbered
    part = details.number or season_of(publication)
    number = f" ({part})" if part else ""
    return f"{name} {details.volume}{number}" + (f": {where}" if where else "")


def _paper(publication: Publication) -> str:
    """Sections 14.188 to 14.191: ``New Magazine, May 14, 2020, 3–4``; the pages of a newspaper are left out."""
    is_dated = publication.date and publication.date.month and not is_accepted(publication)
    pages = "" if publication.type.name == "newspaper" else shortened(pages_of(publication), chicago=True)
    return commas(container(publication), month_day_year(publication, MONTHS) if is_dated else "", pages)
