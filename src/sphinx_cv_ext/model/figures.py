"""Figures worth knowing about a list of publications, computed so that nobody types them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sphinx_cv_ext.model.library import OwnerRole, owner_has_role
from sphinx_cv_ext.model.people import Owner
from sphinx_cv_ext.model.publication import AwardKind, Publication
from sphinx_cv_ext.model.rates import Rate


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it is shown, what it counts in a word or two, and the publications behind it."""

    value: str
    label: str
    keys: tuple[str, ...] = ()


def _count(keys: Sequence[str], singular: str, plural: str) -> Figure | None:
    return Figure(str(len(keys)), singular if len(keys) == 1 else plural, tuple(keys)) if keys else None


def _publications(publications: Sequence[Publication], owner: Owner) -> Figure | None:
    return _count([p.key for p in publications], "publication", "publications")


def _first_author(publications: Sequence[Publication], owner: Owner) -> Figure | None:
    keys = [p.key for p in publications if owner_has_role(p, owner, OwnerRole.FIRST)]
    return _count(keys, "as first author", "as first author")


def _award_counter(kind: AwardKind, singular: str, plural: str) -> _Computation:
    def count(publications: Sequence[Publication], owner: Owner) -> Figure | None:
        return _count([p.key for p in publications for award in p.awards if award.kind is kind], singular, plural)

    return count


def _most_selective(publications: Sequence[Publication], owner: Owner) -> Figure | None:
    rates = list(_rates(publications))
    if not rates:
        return None
    rate, what, publication = min(rates, key=lambda found: found[0].percent)
    place = " ".join(filter(None, (publication.venue.short, str(publication.year or ""))))
    label = ", ".join(filter(None, (f"most selective: {what}", place)))
    return Figure(f"{rate.digits}%", label, (publication.key,))


def _rates(publications: Iterable[Publication]) -> Iterable[tuple[Rate, str, Publication]]:
    for publication in publications:
        if publication.acceptance:
            yield publication.acceptance, "acceptance rate", publication
        for award in publication.awards:
            if award.rate:
                yield award.rate, award.name, publication


_Computation = Callable[[Sequence[Publication], Owner], Figure | None]

FIGURES: dict[str, _Computation] = {
    "publications": _publications,
    "first-author": _first_author,
    "awards": _award_counter(AwardKind.AWARD, "paper award", "paper awards"),
    "nominations": _award_counter(AwardKind.NOMINATION, "award nomination", "award nominations"),
    "presentations": _award_counter(AwardKind.PRESENTATION, "oral or spotlight", "orals and spotlights"),
    "most-selective": _most_selective,
}
"""Every figure by name, in the order in which they stand; a figure without anything to count is not shown."""
