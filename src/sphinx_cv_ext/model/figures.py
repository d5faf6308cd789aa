"""Figures worth knowing about a list of publications, computed so that nobody types them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.library import OwnerRole, owner_roles
from sphinx_cv_ext.model.people import Owner
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.model.rates import Rate


@frozen
class Figure:
    """A figure: its value, its label, and the keys of the publications behind it.

    ``singular`` and ``plural`` are labels of ours, still to be translated. A figure that is no count has no ``plural``.
    ``award`` replaces ``{award}`` in the label, and ``place`` follows the label; neither is translated.
    """

    value: int | Rate
    singular: str
    plural: str = ""
    keys: tuple[str, ...] = ()
    award: str = ""
    place: str = ""


COUNTED: dict[str, tuple[str, str]] = {
    "publications": ("publication", "publications"),
    "first-author": ("as first author", "as first author"),
    "awards": ("paper award", "paper awards"),
    "nominations": ("award nomination", "award nominations"),
    "presentations": ("oral or spotlight", "orals and spotlights"),
}
"""The labels of the figures that count something, for one and for more, by the name of the figure."""


def _count(keys: Sequence[str], singular: str, plural: str) -> Figure | None:
    return Figure(len(keys), singular, plural, tuple(keys)) if keys else None


def _publications(publications: Sequence[Publication], owner: Owner) -> Figure | None:
    return _count([p.key for p in publications], *COUNTED["publications"])


def _first_author(publications: Sequence[Publication], owner: Owner) -> Figure | None:
    keys = [p.key for p in publications if OwnerRole.FIRST in owner_roles(p, owner)]
    return _count(keys, *COUNTED["first-author"])


def _award_counter(kind: str, name: str) -> _Computation:
    def count(publications: Sequence[Publication], owner: Owner) -> Figure | None:
        return _count([p.key for p in publications for award in p.awards if award.kind.name == kind], *COUNTED[name])

    return count


MOST_SELECTIVE = "most selective: acceptance rate"
MOST_SELECTIVE_AWARD = "most selective: {award}"


def _most_selective(publications: Sequence[Publication], owner: Owner) -> Figure | None:
    rates = list(_rates(publications))
    if not rates:
        return None
    rate, award, publication = min(rates, key=lambda found: found[0].percent)
    words = MOST_SELECTIVE_AWARD if award else MOST_SELECTIVE
    return Figure(rate, words, keys=(publication.key,), award=award, place=publication.occasion)


def _rates(publications: Iterable[Publication]) -> Iterable[tuple[Rate, str, Publication]]:
    for publication in publications:
        if publication.acceptance:
            yield publication.acceptance, "", publication
        for award in publication.awards:
            if award.rate:
                yield award.rate, award.name, publication


_Computation = Callable[[Sequence[Publication], Owner], Figure | None]

FIGURES: dict[str, _Computation] = {
    "publications": _publications,
    "first-author": _first_author,
    "awards": _award_counter("award", "awards"),
    "nominations": _award_counter("nomination", "nominations"),
    "presentations": _award_counter("presentation", "presentations"),
    "most-selective": _most_selective,
}
"""Every figure by name, in the order in which they are shown."""


def figures(names: Iterable[str], publications: Sequence[Publication], owner: Owner) -> list[Figure]:
    """The figures with these ``names``, without those that have nothing to count."""
    found = (FIGURES[name](publications, owner) for name in names)
    return [figure for figure in found if figure]
