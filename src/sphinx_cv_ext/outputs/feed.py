"""The entries of feeds, independent of the format, with their order and times."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.cv import Entry
from sphinx_cv_ext.model.dates import Date
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.lines import abstract_text, plain_line, title_line
from sphinx_cv_ext.outputs.words import (
    Plural,
    Translate,
    award_words,
    details_words,
    names_end,
    published_words,
    rate_words,
    state_words,
    type_words,
    venue_name,
)


@frozen
class FeedEntry:
    """One entry of a feed, in plain text; only ``id``, ``url`` and ``title`` are required.

    ``id`` is an absolute URI that must not change. ``summary`` has a line or two, ``content`` the full text. An entry
    without a date in ``published`` is left out of feeds.
    """

    id: str
    url: str
    title: str
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    published: Date | None = None
    categories: tuple[str, ...] = ()
    language: str = ""


def summary_of(publication: Publication, language: str, translate: Translate, plural: Plural) -> str:
    """One line about ``publication``, without its title: people, venue, year, state, rate and awards."""
    people = ", ".join(_authors(publication)) + names_end(publication, plural)
    when = published_words(publication, language, translate)
    about = (type_words(publication, translate), venue_name(publication), details_words(publication, translate), when)
    venue = ", ".join(filter(None, about))
    rate = rate_words(publication.acceptance, translate) if publication.acceptance else ""
    state = state_words(publication, translate)
    awards = (award_words(award, translate) for award in publication.awards)
    return ". ".join(part.rstrip(".") for part in (people, venue, state, rate, *awards) if part)


def _authors(publication: Publication) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(author.name) for author in publication.authors))


def entry_of(publication: Publication, url: str, language: str, translate: Translate, plural: Plural) -> FeedEntry:
    """The entry for ``publication``; ``url`` is the address of its page, and also the entry's id."""
    return FeedEntry(
        id=url,
        url=url,
        title=title_line(publication),
        summary=summary_of(publication, language, translate, plural),
        content=abstract_text(publication),
        authors=_authors(publication),
        published=publication.date,
        categories=publication.keywords,
        language=publication.language,
    )


def entry_of_talk(talk: Entry, url: str) -> FeedEntry:
    """The entry for ``talk``; ``url`` is its address, and also the entry's id."""
    what, where = plain_line(talk.what), plain_line(talk.where)
    people, place = plain_line(talk.people), plain_line(talk.place)
    return FeedEntry(
        id=url,
        url=url,
        title=what or where,
        summary=", ".join(filter(None, (people, where if what else "", place))),
        published=talk.period.start if talk.period else None,
    )


LENGTH = 100
"""The most entries of a feed: it is for news, and everything else is in the lists."""


def newest_first(entries: Iterable[FeedEntry]) -> list[FeedEntry]:
    """The entries that have a date, the newest first, up to `LENGTH`; equal ones keep their order."""
    dated = [entry for entry in entries if entry.published]
    return sorted(dated, key=lambda entry: moment(entry.published), reverse=True)[:LENGTH]


def moment(date: Date | None) -> str:
    """The first moment of a day, month or year, as in RFC 3339; empty without a date."""
    return f"{date.year:04d}-{date.month or 1:02d}-{date.day or 1:02d}T00:00:00Z" if date else ""
