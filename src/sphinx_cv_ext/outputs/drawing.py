"""The drawings in charts, as SVG without a ``viewBox``: lengths are in percent of whatever width there is."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from sphinx_cv_ext.outputs.escaping import in_html

_INTERVALS = 5
"""The most intervals of an axis: more labels would have no room on a narrow page."""


def even_ticks(highest: int, most: int | None = None) -> tuple[int, ...]:
    """Whole numbers from 0 in even steps of 1, 2, 5, 10, …; the last is ``highest`` or more, never above ``most``.

    >>> even_ticks(5), even_ticks(7), even_ticks(24, most=100), even_ticks(0)
    ((0, 1, 2, 3, 4, 5), (0, 2, 4, 6, 8), (0, 5, 10, 15, 20, 25), (0, 1))
    """
    highest = min(max(highest, 1), most or highest + 1)
    steps = (factor * 10**power for power in itertools.count() for factor in (1, 2, 5))
    step = next(step for step in steps if highest <= _INTERVALS * step)
    return tuple(range(0, highest + step, step)) if highest % step else tuple(range(0, highest + 1, step))


def svg(name: str, inside: str) -> str:
    """A drawing that is hidden from screen readers, because everything in it is also said in words."""
    return f'<svg class="{name}" xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false">{inside}</svg>'


def plot(ticks: Sequence[int], inside: str) -> str:
    """A drawing with ``inside`` in front of grid lines, which continue from row to row."""
    return svg("cv-chart-plot", "".join(_grid_line(tick, ticks[-1]) for tick in ticks) + inside)


def _grid_line(tick: int, top: int) -> str:
    at = f"{100 * tick / top:.4g}%"
    return f'<line class="cv-chart-{"grid" if tick else "zero"}" x1="{at}" x2="{at}" y1="0%" y2="100%"/>'


def axis(ticks: Sequence[int], last: str) -> str:
    """The labels of ``ticks``; ``last`` is the last one with its unit."""
    # Only the last label has the unit, because labels are close together on a narrow page.
    words = [*map(str, ticks[:-1]), in_html(last)]
    places = (f"{100 * tick / ticks[-1]:.4g}%" for tick in ticks)
    labels = (f'<text x="{at}" y="1em">{word}</text>' for at, word in zip(places, words, strict=True))
    return svg("cv-chart-ticks", "".join(labels))


def part(look: int, start: float, width: float) -> str:
    """A part of a bar: a frame, and a line along it that the stylesheet turns into a pattern."""
    return (
        f'<g class="cv-look-{look}">'
        f'<rect x="{start:.4g}%" y="20%" width="{width:.4g}%" height="60%"/>'
        f'<line x1="{start:.4g}%" x2="{start + width:.4g}%" y1="50%" y2="50%"/></g>'
    )


def star(at: float) -> str:
    """A star whose middle is ``at`` percent of the width."""
    corners = (
        (radius * math.sin(math.pi * corner / 5), -radius * math.cos(math.pi * corner / 5))
        for corner, radius in enumerate((9, 4) * 5)
    )
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return f'<svg x="{at:.4g}%" y="50%" overflow="visible"><polygon class="cv-chart-star" points="{points}"/></svg>'
