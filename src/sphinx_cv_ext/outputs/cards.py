"""The picture in the preview of a shared link: 1200 by 630 pixels, drawn by Typst at build time.

Typst is optional. It brings fonts of its own; those of the system are used for other scripts.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.people import Owner
from sphinx_cv_ext.model.profile import Profile
from sphinx_cv_ext.model.publication import AwardKind, Publication
from sphinx_cv_ext.outputs import png, typesetting
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.outputs.words import (
    Plural,
    Translate,
    authors_left_out,
    award_words,
    names_end,
    rate_words,
    state_words,
    type_words,
    venue_name,
)

WIDTH, HEIGHT = 1200, 630
"""The size of a picture in pixels."""

_TEMPLATE = Path(__file__).with_name("card.typ")
_CODE = (_TEMPLATE, Path(__file__), Path(png.__file__))
"""The files on which every picture depends."""

_BATCH = 16
"""How many pictures are in memory at once before they are PNGs."""

_LONGEST = 600
"""The most characters of a text that the template gets. No card has room for so many; the template cuts the rest."""

_MOST = 100
"""The most names that the template gets, besides the owner's; two lines have no room for so many."""


@frozen
class Badge:
    """A badge with its words: either an award of some ``kind``, or a rate in ``percent``, which gets a bar."""

    words: str
    kind: AwardKind | None = None
    percent: float | None = None


@frozen
class Card:
    """The texts of a picture; everything except ``title`` may be missing.

    ``beside`` follows the title in a lighter style, ``subtitle`` stands below it. If there is no room for all
    ``people``, some are left out, but never the ``owner``, and ``count`` says how many there are. ``rest`` always
    follows them. ``venue`` is bold, and ``details`` follow it. ``site`` and ``address`` stand at the foot, behind the
    initials of ``site`` or, without one, of ``title``.
    """

    title: str
    beside: str = ""
    subtitle: str = ""
    people: tuple[str, ...] = ()
    owner: str = ""
    count: str = ""
    rest: str = ""
    venue: str = ""
    details: str = ""
    badges: tuple[Badge, ...] = ()
    site: str = ""
    address: str = ""


def card_of(
    publication: Publication, owner: Owner, site: str, address: str, translate: Translate, plural: Plural
) -> Card:
    """The card of a publication on the site of ``owner``."""
    names = tuple(str(author.name) for author in publication.authors)
    own = next((str(author.name) for author in publication.authors if owner.is_author(author)), "")
    return Card(
        title=title_line(publication),
        people=names,
        owner=own,
        count=authors_left_out(publication, plural),
        rest=names_end(publication, plural),
        venue=_venue(publication, translate),
        details=state_words(publication, translate),
        badges=_badges(publication, translate),
        site=site,
        address=address,
    )


def site_card(profile: Profile, address: str) -> Card:
    """The card of a whole site, with the name, the position and the interests of its owner."""
    return Card(
        title=profile.name,
        beside=profile.native_name,
        subtitle=", ".join(filter(None, (profile.position, profile.affiliation))),
        people=profile.interests,
        count="…",
        address=address,
    )


def _venue(publication: Publication, translate: Translate) -> str:
    """The short name and the year, "NeurIPS 2017"; else the full name, or what kind of work it is."""
    if publication.venue.short:
        return publication.occasion
    said = (type_words(publication, translate), venue_name(publication), publication.years)
    return ", ".join(filter(None, said))


def _badges(publication: Publication, translate: Translate) -> tuple[Badge, ...]:
    found = [Badge(award_words(award, translate), award.kind) for award in publication.awards]
    if rate := publication.acceptance:
        found.append(Badge(rate_words(rate, translate), percent=float(rate.percent)))
    return tuple(found)


def draw(cards: Sequence[Card], *, use_system_fonts: bool = True) -> list[bytes]:
    """A PNG for each of ``cards``, in their order; on one machine equal cards give equal bytes.

    Characters that are in no font are left out. Without the system's fonts the bytes are the same on all machines.
    """
    import typst

    pictures: list[bytes] = []
    for start in range(0, len(cards), _BATCH):
        inputs = {"cards": json.dumps([_content(card) for card in cards[start : start + _BATCH]])}
        fonts = typesetting.fonts(use_system_fonts)
        drawn: bytes | list[bytes] = typst.compile(
            _TEMPLATE.read_bytes(), font_paths=fonts, format="png", ppi=72, sys_inputs=inputs
        )
        pictures += map(png.opaque, [drawn] if isinstance(drawn, bytes) else drawn)
    return pictures


def digest(card: Card) -> str:
    """A digest of everything that the picture depends on: its texts, the template, Typst and the fonts."""
    return typesetting.digest(json.dumps([_content(card), typesetting.families()]), _CODE)


def _content(card: Card) -> dict[str, Any]:
    """The data for the template."""
    texts = ("title", "beside", "subtitle", "count", "venue", "details", "site", "address")
    content: dict[str, Any] = {name: _line(getattr(card, name)) for name in texts}
    people = [(name, name == card.owner) for name in card.people]
    people = people[:_MOST] + [person for person in people[_MOST:] if person[1]][:1]
    content["people"] = [(_line(name), is_owner) for name, is_owner in people]
    content["rest"] = f" {_line(card.rest)}" if card.rest else ""
    content["badges"] = [_badge(badge) for badge in card.badges]
    content["initials"] = _initials(content["site"] or content["title"])
    content["direction"] = _direction(content["title"])
    return content


def _badge(badge: Badge) -> dict[str, Any]:
    return {
        "words": _line(badge.words),
        "star": badge.kind.full_star if badge.kind else None,
        "tone": badge.kind.tone if badge.kind else None,
        "percent": badge.percent,
    }


def _line(text: str) -> str:
    """``text`` on one line, without characters that cannot be drawn or that change the direction of others."""
    return " ".join(typesetting.drawable(text[:_LONGEST]).split())


def _initials(name: str) -> str:
    """The first letters of the first word and the last, "AE"."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in words[:1] + words[1:][-1:])


def _direction(text: str) -> str:
    """``rtl`` where the first letter belongs to a script that is written from right to left, else ``ltr``."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return "rtl" if next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L" else "ltr"
