"""Charts of publications: their words and numbers, and the drawings that go with these.

A chart is a list of rows, with the newest year first. All words are text of the page and not part of a drawing, so that
they wrap and scale like other text; each row has a drawing of its own between the words. A drawing has no ``viewBox``,
and its lengths are in percent: it takes all the width that there is, without distorting circles and stars.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.library import FORTHCOMING
from sphinx_cv_ext.model.publication import PUBLICATION_TYPES, Publication, PublicationType
from sphinx_cv_ext.model.rates import Rate
from sphinx_cv_ext.outputs.drawing import axis, even_ticks, part, plot, star, svg
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.outputs.words import Plural, Translate, figures, in_turn, listed, named, percent_words


@frozen
class Mark:
    """A row of the picture: a year or a publication.

    ``when``, ``label`` and ``value`` stand beside the drawing; ``more`` is for readers who cannot see it. ``key`` is
    the publication to which the row links. A row without a drawing stands for a gap of many years.
    """

    when: str
    value: str
    label: str = ""
    drawing: str = ""
    more: str = ""
    key: str = ""


@frozen
class Cell:
    """A cell of the table; ``key`` is the publication to which it links, or empty."""

    words: str
    key: str = ""


@frozen
class Chart:
    """A picture and the numbers behind it.

    ``fact`` is the main result in words, and ``unit`` what is measured. ``axis`` is a drawing; ``legend`` are pairs of
    a drawing and its meaning. With ``to_list`` rows link to publications in a list instead of to their own pages.
    """

    fact: str
    unit: str
    axis: str
    legend: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    header: tuple[str, ...]
    numbers: tuple[tuple[Cell, ...], ...]
    to_list: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the publications to which the picture or its table links, each once."""
        cells = (cell.key for row in self.numbers for cell in row)
        return tuple(dict.fromkeys(filter(None, (*(mark.key for mark in self.marks), *cells))))


@frozen
class ChartKind:
    """A kind of chart: whether it can show a publication, the warning if it can show none, and how it is made."""

    fits: Callable[[Publication], bool]
    without: str
    make: Callable[[Sequence[Publication], Translate, Plural], Chart]


# Years -----------------------------------------------------------------------------------------------------------

LOOKS = 7
"""How many styles of bars the stylesheet has; the last one is for all further types of publications."""


def _years(publications: Sequence[Publication], translate: Translate, plural: Plural) -> Chart:
    by_year, coming, unknown = _by_year(publications)
    looks = _looks(publications)
    ticks = even_ticks(max(map(len, by_year.values()), default=0))
    marks = []
    numbers = _unplaced(FORTHCOMING, coming, looks, translate)
    for first, last in _spans(by_year):
        found = by_year.get(last, [])
        when = str(last) if first == last else f"{first}–{last}"
        by_type = _by_type(found, translate) if len(looks) > 1 else ""
        more = plural("publication", "publications", len(found))
        marks.append(
            Mark(
                when,
                str(len(found)),
                drawing=plot(ticks, _bar(found, looks, ticks[-1])) if first == last else "",
                more=named(more, by_type, translate) if by_type else more,
                key=found[0].key if found else "",
            )
        )
        numbers.append((Cell(when, marks[-1].key), Cell(str(len(found))), Cell(by_type)))
    numbers += _unplaced("Undated", unknown, looks, translate)
    header = (translate("Year"), translate("Publications"), translate("By type"))
    columns = 3 if len(looks) > 1 else 2
    return Chart(
        fact=_years_fact(by_year, len(coming + unknown), translate, plural),
        unit=translate("Publications per year"),
        axis=axis(ticks, str(ticks[-1])),
        legend=_types_legend(looks, translate) if len(looks) > 1 else (),
        marks=tuple(marks),
        header=header[:columns],
        numbers=tuple(row[:columns] for row in numbers),
        to_list=True,
    )


def _unplaced(
    when: str, found: Sequence[Publication], looks: Mapping[PublicationType, int], translate: Translate
) -> list[tuple[Cell, ...]]:
    """The row of the table for publications without a year; empty if there are none."""
    by_type = _by_type(found, translate) if len(looks) > 1 else ""
    return [(Cell(translate(when)), Cell(str(len(found))), Cell(by_type))] if found else []


def _years_fact(by_year: dict[int, list[Publication]], undated: int, translate: Translate, plural: Plural) -> str:
    """``23 publications, 2015–2023; most in 2017: 5``."""
    count = sum(map(len, by_year.values()))
    if not count:
        return plural("{count} publication without a year", "{count} publications without a year", undated).format(
            count=undated
        )
    fact = plural("{count} publication, {years}", "{count} publications, {years}", count).format(
        count=count, years=_span_words(by_year)
    )
    most = max(map(len, by_year.values()))
    fullest = sorted(year for year, found in by_year.items() if len(found) == most)
    if len(by_year) == 1:
        said = ""
    elif len(fullest) <= _NAMED:
        said = translate("most in {years}: {count}").format(years=listed(map(str, fullest), translate), count=most)
    else:
        said = translate("at most {count} in a year").format(count=most)
    return in_turn((fact, said, _undated_words(undated, plural)), translate)


_NAMED = 3
"""The most years that are named if several have the highest number."""


def _looks(publications: Iterable[Publication]) -> dict[PublicationType, int]:
    """The style of each type: the most frequent ones have one each, the others share the last."""
    count = Counter(publication.type for publication in publications)
    rank = {kind.name: place for place, kind in enumerate(PUBLICATION_TYPES.values())}
    ordered = sorted(count, key=lambda kind: (-count[kind], rank[kind.name]))
    return {kind: min(place, LOOKS - 1) for place, kind in enumerate(ordered)}


def _types_legend(looks: dict[PublicationType, int], translate: Translate) -> tuple[tuple[str, str], ...]:
    result = []
    for look, sharing in itertools.groupby(looks, key=looks.__getitem__):
        words = listed((translate(kind.plural) for kind in sharing), translate)
        result.append((svg("cv-chart-key", part(look, 0, 100)), words))
    return tuple(result)


def _by_type(publications: Iterable[Publication], translate: Translate) -> str:
    """``Journal articles: 1, Conference papers: 4``, in the order of `PUBLICATION_TYPES`."""
    count = Counter(publication.type.name for publication in publications)
    found = [(kind, count[name]) for name, kind in PUBLICATION_TYPES.items() if name in count]
    return listed((named(translate(kind.plural), str(number), translate) for kind, number in found), translate)


def _bar(publications: Iterable[Publication], looks: dict[PublicationType, int], top: int) -> str:
    count = Counter(looks[publication.type] for publication in publications)
    parts = []
    start = 0
    for look, number in sorted(count.items()):
        parts.append(part(look, 100 * start / top, 100 * number / top))
        start += number
    return "".join(parts)


# Rates -----------------------------------------------------------------------------------------------------------


def _rates(publications: Sequence[Publication], translate: Translate, plural: Plural) -> Chart:
    by_year, coming, unknown = _by_year(publications)
    dated = [publication for found in by_year.values() for publication in found]
    ticks = even_ticks(math.ceil(max((_rate(p).percent for p in dated), default=0)), most=100)
    marks = []
    numbers = [_rate_row(publication, translate(FORTHCOMING), translate) for publication in coming]
    for first, last in _spans(by_year):
        when = str(last) if first == last else f"{first}–{last}"
        for publication in by_year.get(last, []):
            marks.append(_rate_mark(publication, ticks, translate))
            numbers.append(_rate_row(publication, when, translate))
        if last not in by_year:
            drawing = plot(ticks, "") if first == last else ""
            marks.append(Mark(when, "–", drawing=drawing, more=translate("no acceptance rate")))
    numbers += [_rate_row(publication, translate("Undated"), translate) for publication in unknown]
    any_awards = any(publication.awards for publication in publications)
    header = (translate("Year"), translate("Publication"), translate("Accepted"), translate("Awards"))
    columns = 4 if any_awards else 3
    unit = translate("Acceptance rate")
    if ticks[-1] < 100:
        unit = translate("Acceptance rate, on an axis from 0 to {end}%").format(end=ticks[-1])
    return Chart(
        fact=_rates_fact(by_year, len(coming + unknown), translate, plural),
        unit=unit,
        axis=axis(ticks, translate("{whole}%").format(whole=ticks[-1])),
        legend=_awards_legend(translate) if any(publication.awards for publication in dated) else (),
        marks=tuple(marks),
        header=header[:columns],
        numbers=tuple(row[:columns] for row in numbers),
    )


def _rates_fact(by_year: dict[int, list[Publication]], undated: int, translate: Translate, plural: Plural) -> str:
    """``6 acceptance rates, 2015–2023: 16.8% to 24%; 2 papers with an award or nomination``."""
    dated = [publication for found in by_year.values() for publication in found]
    if not dated:
        return plural(
            "{count} acceptance rate without a year", "{count} acceptance rates without a year", undated
        ).format(count=undated)
    rates = sorted((_rate(publication) for publication in dated), key=lambda rate: rate.percent)
    lowest, highest = percent_words(rates[0], translate), percent_words(rates[-1], translate)
    span = lowest
    if lowest != highest:
        span = translate("{lowest} to {highest}").format(lowest=lowest, highest=highest)
    fact = plural("{count} acceptance rate, {years}: {rates}", "{count} acceptance rates, {years}: {rates}", len(dated))
    fact = fact.format(count=len(dated), years=_span_words(by_year), rates=span)
    count = sum(1 for publication in dated if publication.awards)
    awards = plural(
        "{count} paper with an award or nomination", "{count} papers with an award or nomination", count
    ).format(count=count)
    return in_turn((fact, awards if count else "", _undated_words(undated, plural)), translate)


def _rate(publication: Publication) -> Rate:
    assert publication.acceptance
    return publication.acceptance


def _rate_mark(publication: Publication, ticks: Sequence[int], translate: Translate) -> Mark:
    rate = _rate(publication)
    at = 100 * float(rate.percent) / ticks[-1]
    symbol = star(at) if publication.awards else f'<circle class="cv-chart-dot" cx="{at:.4g}%" cy="50%" r="6"/>'
    stem = f'<line class="cv-chart-stem" x1="0%" x2="{at:.4g}%" y1="50%" y2="50%"/>'
    counts = figures(rate, translate) if rate.accepted is not None else ""
    return Mark(
        when=str(publication.year),
        label=publication.citing_label.removesuffix(str(publication.year)).rstrip(", "),
        value=percent_words(rate, translate),
        drawing=plot(ticks, stem + symbol),
        more=listed((counts, *(award.name for award in publication.awards)), translate),
        key=publication.key,
    )


def _rate_row(publication: Publication, when: str, translate: Translate) -> tuple[Cell, ...]:
    awards = listed((award.name for award in publication.awards), translate)
    # A fraction and its percentage stay on one line, however narrow the column is.
    words = figures(_rate(publication), translate).replace(" ", "\u00a0")
    return Cell(when), Cell(title_line(publication) or publication.key, publication.key), Cell(words), Cell(awards)


def _awards_legend(translate: Translate) -> tuple[tuple[str, str], ...]:
    dot = '<circle class="cv-chart-dot" cx="50%" cy="50%" r="6"/>'
    return (
        (svg("cv-chart-key", dot), translate("Publication")),
        (svg("cv-chart-key", star(50)), translate("Publication with an award or nomination")),
    )


# Both ------------------------------------------------------------------------------------------------------------

CHARTS: dict[str, ChartKind] = {
    "years": ChartKind(lambda _publication: True, "no publication fits the options", _years),
    "rates": ChartKind(
        lambda publication: publication.acceptance is not None,
        "no publication that fits the options has an acceptance rate",
        _rates,
    ),
}
"""Every kind of chart by name."""

_LONG_GAP = 10
"""The number of empty years from which they share one row: a reprint of 1843 must not make the chart endless."""


_Publications = list[Publication]


def _by_year(found: Iterable[Publication]) -> tuple[dict[int, _Publications], _Publications, _Publications]:
    """Publications by their year; those without one that are still to come; and all others without one."""
    by_year: dict[int, _Publications] = {}
    coming: _Publications = []
    unknown: _Publications = []
    for publication in found:
        if publication.year:
            by_year.setdefault(publication.year, []).append(publication)
        else:
            (coming if publication.is_forthcoming else unknown).append(publication)
    return by_year, coming, unknown


def _spans(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Spans from the last year to the first: each year is a span of its own, except those of a long gap."""
    ordered = sorted(years, reverse=True)
    for year, before in itertools.zip_longest(ordered, ordered[1:]):
        yield year, year
        if before is not None:
            gap = range(before + 1, year)
            if len(gap) >= _LONG_GAP:
                yield gap[0], gap[-1]
            else:
                yield from ((empty, empty) for empty in reversed(gap))


def _span_words(years: Iterable[int]) -> str:
    found = sorted(years)
    return str(found[0]) if len(found) == 1 else f"{found[0]}–{found[-1]}"


def _undated_words(count: int, plural: Plural) -> str:
    words = plural("{count} more without a year", "{count} more without a year", count)
    return words.format(count=count) if count else ""
