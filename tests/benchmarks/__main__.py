"""The command: builds sites of several sizes, each program in turn, and prints what they took."""

from __future__ import annotations

import argparse
import gzip
import math
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.contenders import (
    CONTENDERS,
    STATES,
    Contender,
    Empty,
    Hugo,
    HugoFromBib,
    HugoSameSite,
    HugoWithFiles,
    Ours,
    OursCited,
    OursWithPictures,
    PlainBibtex,
)
from tests.benchmarks.measuring import Run, machine, measured, middle
from tests.benchmarks.references import references

_Figures = dict[tuple[type[Contender], int, str], Run]

_ALL = (*CONTENDERS, OursWithPictures, OursCited)


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[25, 250, 2500], metavar="N", help="numbers of entries")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of which the median is taken")
    names = {kind.__name__: kind for kind in _ALL}
    parser.add_argument(
        "--only", nargs="+", choices=names, default=[kind.__name__ for kind in CONTENDERS], help="what is measured"
    )
    given = parser.parse_args()
    kinds = [names[name] for name in given.only]
    missing = [kind.name for kind in kinds if not kind.is_there()]
    kinds = [kind for kind in kinds if kind.is_there()]
    with tempfile.TemporaryDirectory() as folder:
        figures = _measure(Path(folder), kinds, given.sizes, given.runs)
        print("\n".join(_report(figures, kinds, given.sizes, given.runs, missing)))
        if Ours in kinds:
            print("\n".join(_sent(Path(folder), given.sizes)))


def _measure(folder: Path, kinds: Sequence[type[Contender]], sizes: Sequence[int], count: int) -> _Figures:
    """Run everything, one program after the other in each round, so that a busy minute hits all alike."""
    runs: dict[tuple[type[Contender], int, str], list[Run]] = {}
    for size in sizes:
        sites = [kind(folder / f"{kind.__name__}-{size}", references(size)) for kind in kinds]
        for _round in range(count):
            for state in STATES:
                for site in sites:
                    runs.setdefault((type(site), size, state), []).append(measured(site.steps()[state]))
    return {key: middle(found) for key, found in runs.items()}


def _report(
    figures: _Figures, kinds: Sequence[type[Contender]], sizes: Sequence[int], count: int, missing: Sequence[str]
) -> Iterator[str]:
    yield f"{machine()}; medians of {count} runs, in turn; seconds of wall clock (of processor), {' / '.join(STATES)}"
    yield from (f"not on this machine: {name}" for name in missing)
    yield ""
    yield from _row("", [f"{size:,}" for size in sizes])
    yield from _row("---", ["---"] * len(sizes))
    for kind in kinds:
        yield from _row(kind.name, [_cell([figures[kind, size, state] for state in STATES]) for size in sizes])
    for other in (Empty, PlainBibtex, HugoFromBib, HugoSameSite, HugoWithFiles, Hugo):
        if other in kinds and Ours in kinds:
            cells = [
                " / ".join(f"{figures[Ours, size, s].wall / figures[other, size, s].wall:.2f}" for s in STATES)
                + " ("
                + " / ".join(f"{figures[Ours, size, s].cpu / figures[other, size, s].cpu:.2f}" for s in STATES)
                + ")"
                for size in sizes
            ]
            yield from _row(f"ours : {other.name}", cells)
    if len(sizes) > 1:
        yield ""
        yield "growth between the two largest sizes, by processor, as an exponent of their number; 1 is linear:"
        for kind in kinds:
            yield f"  {kind.name}: " + " / ".join(_exponent(figures, kind, sorted(sizes)[-2:], s) for s in STATES)


def _row(name: str, cells: Sequence[str]) -> Iterator[str]:
    yield f"| {name} | {' | '.join(cells)} |"


def _cell(runs: Sequence[Run]) -> str:
    wall, cpu = (" / ".join(f"{getattr(run, name):.2f}" for run in runs) for name in ("wall", "cpu"))
    return f"{wall} ({cpu}), {max(run.memory for run in runs):.0f} MB"


def _exponent(figures: _Figures, kind: type[Contender], sizes: Sequence[int], state: str) -> str:
    small, large = (figures[kind, size, state].cpu for size in sizes)
    return f"{math.log(large / small) / math.log(sizes[1] / sizes[0]):.2f}"


def _sent(folder: Path, sizes: Sequence[int]) -> Iterator[str]:
    """What a browser loads of our pages."""
    yield ""
    yield "bytes of our pages, as they are and compressed by gzip:"
    for size in sizes:
        out = folder / f"{Ours.__name__}-{size}" / "out"
        pages = {"landing page": out / "index.html", "list": out / "publications.html"}
        said = (
            f"{name} {len(data := path.read_bytes()):,} / {len(gzip.compress(data)):,}" for name, path in pages.items()
        )
        yield f"  {size:,} entries: {', '.join(said)}"


if __name__ == "__main__":
    main()
