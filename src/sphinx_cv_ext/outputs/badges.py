"""The badges of awards and of acceptance rates."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from sphinx_cv_ext.model.publication import Award, Publication
from sphinx_cv_ext.model.rates import Rate
from sphinx_cv_ext.outputs.elements import SPELLED_OUT, Element, Part, only, parted
from sphinx_cv_ext.outputs.words import Translate, figures, rate_words


def badges(publication: Publication, translate: Translate) -> list[Part]:
    """The badges of all awards, then that of the acceptance rate."""
    return parted([*award_badges(publication.awards, translate), *rate_badges(publication.acceptance, translate)])


def award_badges(awards: Iterable[Award], translate: Translate) -> list[Part]:
    """A badge for each award."""
    return [_award_badge(award, translate) for award in awards]


def _award_badge(award: Award, translate: Translate) -> Element:
    """An award in words, linked to its evidence."""
    words: list[Part] = [Element(nodes.strong, award.name)]
    if award.rate:
        words.append(f" · {figures(award.rate, translate)}")
    if award.url:
        words = [Element(nodes.reference, *words, refuri=award.url, internal=False, classes=(SPELLED_OUT,))]
    kind = award.kind
    looks = [*([] if kind.full_star else ["cv-star-empty"]), *([] if kind.tone == "gold" else [f"cv-tone-{kind.tone}"])]
    return Element(nodes.inline, *words, classes=("cv-badge", "cv-award", f"cv-award-{kind.name}", *looks))


def rate_badges(rate: Rate | None, translate: Translate) -> list[Part]:
    """The badge of an acceptance rate: words, followed by a bar in HTML. None if there is no rate."""
    if not rate:
        return []
    bar = only("html", Element(nodes.raw, _bar(float(rate.percent)), format="html"))
    return [Element(nodes.inline, rate_words(rate, translate), bar, classes=("cv-badge", "cv-rate"))]


def _bar(percent: float) -> str:
    """A bar that is filled up to the rate. It is decoration: the words already say what it shows."""
    return (
        '<svg class="cv-bar" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 12"'
        ' preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="cv-bar-all" width="100" height="12"/>'
        f'<rect class="cv-bar-part" width="{percent:.4g}" height="12"/></svg>'
    )
