"""MLA style.

The rules are those of the MLA Handbook, 9th edition, chapter 5, and of https://style.mla.org/works-cited/.
"""

from __future__ import annotations

from sphinx_cv_ext.model.credits import Credit
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.outputs.parts import (
    container,
    genre,
    host,
    is_accepted,
    is_titled_issue,
    issue,
    paged,
    patent_office,
    publisher,
)
from sphinx_cv_ext.outputs.references.phrases import capital, commas, quoted, sentences, shortened
from sphinx_cv_ext.outputs.references.pieces import (
    SHORT_MONTHS,
    article_number,
    author_names,
    credited,
    edition_of,
    form_of,
    in_season,
    inverted,
    link_of,
    manuscript_of,
    natural,
    number_of,
    original_year,
    part_of_book,
    part_of_people,
    publisher_unless_author,
    season_of,
    series_of,
    version_of,
    volume_of,
    written_at,
)


def reference(publication: Publication) -> str:
    """The reference in MLA style, 9th edition: author, title, and the elements of its container."""
    details, form = publication.details, form_of(publication)
    is_part = form in ("article", "chapter", "preprint", "talk", "other") and not is_titled_issue(publication)
    title = quoted(title_line(publication), ".") if is_part else title_line(publication)
    pages = shortened(paged(publication), chicago=False) or article_number(publication, "article")
    date = "forthcoming" if is_accepted(publication) else _day_month_year(publication)
    year = date if is_accepted(publication) else publication.years
    volume, edition = volume_of(publication, "vol."), edition_of(publication)
    version = version_of(publication, "version")
    if original := original_year(publication):
        title = sentences(title, original)
    edited: list[str] = []
    if form == "book":
        edited = credited(publication.credits, _names)
        edited[:1] = map(capital, edited[:1])
    elif publication.credits:
        # Contributors to the part follow its title, not the title of the book.
        title = sentences(title, *map(capital, credited(publication.own_credits, _names)))
        edited = credited(publication.credits_of_whole, _names)
    number = issue(publication)
    last, link = "", link_of(publication)
    if manuscript := manuscript_of(publication):
        elements, last = [written_at(publication), date, link], manuscript
    elif form == "article":
        whole, title_of_issue = container(publication), details.issuetitle
        if title_of_issue or is_titled_issue(publication):
            whole = commas(title_of_issue, *(edited if title_of_issue else ()), f"special issue of {whole}")
        elements = [whole, volume, number, in_season(publication, date), pages, link]
    elif form == "chapter":
        elements = [container(publication), *edited, edition, volume, publisher(publication), year, pages, link]
        last = series_of(publication)
    elif form == "book":
        part = shortened(part_of_book(publication, "ch."), chicago=False)
        elements = [*edited, edition, volume, publisher(publication), year, part, link]
        last = series_of(publication)
    elif form == "preprint":
        elements = [publisher(publication), date, link or number_of(publication, "no.")]
    elif form == "thesis":
        kind = genre(publication).replace("PhD thesis", "PhD dissertation") or "Thesis"
        title = sentences(title, year)
        elements = [publisher(publication), kind, link]
    elif form == "talk":
        elements = [host(publication), date, details.location, link]
        last = genre(publication)
    elif form in ("report", "patent"):
        house, when = (patent_office(publication), date) if form == "patent" else (publisher(publication), year)
        elements = [edition, version, number_of(publication, "no."), house, when, link]
    else:
        elements, last = [version, publisher(publication), date, link], genre(publication)
    return sentences(_people(publication), title, _capital(commas(*elements)), last)


def _names(credit: Credit) -> str:
    """Section 5.8: as with authors, only the first of three or more."""
    names = [natural(name) for name in credit.names]
    return f"{names[0]} et al." if credit.et_al or len(names) > 2 else " and ".join(names)


_WORDS = ("special issue of ", "vol. ", "no. ", "version ", "forthcoming")


def _capital(text: str) -> str:
    """``text`` with a capital letter if it starts with a word of ours."""
    return capital(text) if text.startswith(_WORDS) else text


def _people(publication: Publication) -> str:
    """Sections 5.3 to 5.10: one or two names, the first of three or more, none if the publisher is the author."""
    names = author_names(publication)
    if not names or (publisher_unless_author(publication) != publisher(publication)):
        return ""
    people = inverted(names[0])
    if len(names) > 2 or publication.et_al:
        people += ", et al."
    elif len(names) == 2:
        people += f", and {natural(names[1])}"
    return commas(people, part_of_people(publication, short=False))


def _day_month_year(publication: Publication) -> str:
    date = publication.date
    if not date or publication.spans_years:
        return publication.years
    month = season_of(publication) if date.is_season else SHORT_MONTHS[date.month - 1] if date.month else ""
    return " ".join(filter(None, (str(date.day or ""), month, str(date.year))))
