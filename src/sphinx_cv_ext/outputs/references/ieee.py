"""IEEE style.

The rules are those of the IEEE Reference Guide (IEEE Periodicals), https://ieeeauthorcenter.ieee.org/.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sphinx_cv_ext.model.credits import Credit
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.outputs.parts import (
    address,
    container,
    eprint,
    genre,
    host,
    is_accepted,
    is_in_paper,
    is_in_preparation,
    is_out,
    is_titled_issue,
    issue,
    paged,
    publisher,
)
from sphinx_cv_ext.outputs.references.phrases import (
    commas,
    ended,
    in_capitals,
    listed,
    quoted,
    sentences,
    with_brackets,
)
from sphinx_cv_ext.outputs.references.pieces import (
    SHORT_MONTHS,
    article_number,
    author_names,
    chapter_of,
    edition_of,
    entitled,
    form_of,
    house_of,
    in_season,
    initials_first,
    manuscript_of,
    month_day_year,
    named,
    number_of,
    part_of_book,
    part_of_people,
    series_of,
    version_of,
    volume_of,
)


def reference(publication: Publication) -> str:
    """The reference in IEEE style, without the number that it would have in a paper."""
    details, form = publication.details, form_of(publication)
    people = _people(publication)
    title = quoted(title_line(publication), ",")
    date = _date(publication)
    house = house_of(publication)
    volume, version = volume_of(publication, "vol."), version_of(publication, "version")
    number = issue(publication)
    pages = paged(publication) or article_number(publication, "Art. no.")
    hands = _credited(publication.own_credits)
    if manuscript := manuscript_of(publication):
        text = _titled(people, title, "unpublished" if manuscript == "Unpublished manuscript" else date)
    elif form == "article":
        early = "early access" if publication.state == "published online" else ""
        whole = with_brackets(container(publication), "Special Issue" if is_titled_issue(publication) else "")
        dated = in_season(publication, date)
        text = _titled(people, title, commas(*hands, whole, volume, number, pages, early, dated))
    elif form == "chapter":
        book = commas(
            *hands,
            with_brackets(f"in {container(publication)}", series_of(publication)),
            edition_of(publication),
            volume,
            *_credited(publication.credits_of_whole),
        )
        # The Guide gives no publisher for conference papers.
        where = house if publication.type.name == "chapter" else ""
        parts = commas(where, date, chapter_of(publication, "ch."), pages)
        text = _titled(people, title, sentences(book, parts) if where else commas(book, parts))
    elif form == "book":
        title = with_brackets(title_line(publication), series_of(publication))
        text = commas(people, title, edition_of(publication), volume, *_credited(publication.credits))
        text = sentences(text, commas(house, date, part_of_book(publication, "ch.")))
    elif form == "preprint":
        repository, identifier = eprint(publication)
        where = ":".join(filter(None, (repository, identifier))) or publisher(publication)
        text = _titled(people, title, commas(date, where))
    elif form == "thesis":
        kind = genre(publication).replace("PhD thesis", "Ph.D. dissertation") or "Thesis"
        text = _titled(people, title, commas(kind, publisher(publication), details.location, date))
    elif form == "report" and publication.entry_type in ("manual", "standard"):
        # Their titles are in italics, like those of books, and no word says what kind of work they are.
        named = commas(people, title_line(publication), edition_of(publication), version, details.number)
        text = commas(named, publisher(publication), details.location, date)
    elif form == "report":
        kind = genre(publication).replace("Technical report", "Tech. Rep.") or "Rep."
        numbered = " ".join(filter(None, (kind, details.number)))
        text = _titled(people, title, commas(version, publisher(publication), details.location, numbered, date))
    elif form == "patent":
        text = _titled(people, title, commas(in_capitals(number_of(publication, "")), date))
    elif form == "software":
        released = commas(date, version)
        named = commas(people, title_line(publication))
        text = sentences(named, f"({released})" if released else "", publisher(publication))
    elif form == "talk":
        where = host(publication)
        text = _titled(people, title, commas(where and f"presented at {where}", details.location, date))
    else:
        text = _titled(people, title, commas(version, genre(publication), publisher(publication), date))
    return _end(publication, text)


def _titled(people: str, title: str, rest: str) -> str:
    """Authors, the title in its quotation marks, and the rest. If there is no rest, the title ends in a full stop."""
    if not rest:
        title = re.sub(",”$", ".”", title)
    return " ".join(filter(None, (f"{people}," if people else "", title, rest)))


def _people(publication: Publication) -> str:
    """Up to six names; if there are more, the first."""
    names = author_names(publication)
    shown = [initials_first(name) for name in (names[:1] if len(names) > 6 else names)]
    if len(shown) < len(names) or (publication.et_al and names):
        people = f"{', '.join(shown)} et al."
    else:
        people = listed(shown, "and")
    return commas(people, part_of_people(publication, short=True).capitalize())


_TITLES = {"editor": ("Ed.", "Eds."), "compiler": ("Comp.", "Comps."), "translator": ("Transl.", "Transl.")}


def _credited(credits: Sequence[Credit]) -> list[str]:
    return entitled(credits, _TITLES, "and", _names)


def _names(credit: Credit) -> str:
    return named(credit, initials_first, "and")


def _date(publication: Publication) -> str:
    if is_accepted(publication):
        return "to be published"
    if is_in_preparation(publication):
        return "unpublished"
    if not is_out(publication):
        return "submitted for publication"
    if form_of(publication) in ("book", "thesis"):
        return publication.years
    days = publication.type.name in ("talk", "patent", "dataset", "other") or is_in_paper(publication)
    return month_day_year(publication, SHORT_MONTHS, days=days)


def _end(publication: Publication, text: str) -> str:
    """The text with the DOI, or else with an address unless the text names an eprint."""
    if publication.details.doi:
        part = f"doi: {publication.details.doi}."
        return f"{text} {part}" if text.endswith(("”", ".")) else f"{text}, {part}"
    url = address(publication)
    if not url or (form_of(publication) == "preprint" and eprint(publication)[1]):
        return ended(text)
    return f"{ended(text)} [Online]. Available: {url}"
