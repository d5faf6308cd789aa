"""Work that can be divided, shared among processes."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, parallel_available

from sphinx_cv_ext.extension import kept

_AT_MOST = 4
"""How many processes there are without being asked for: each takes memory, and disks are no faster for more."""
_WORTH_IT = 500
"""From how many entries to read on other processes save more time than they take."""

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def jobs(app: Sphinx) -> int:
    """How many processes there are: as many as ``-j`` or conf.py says, else one for each processor.

    Without being told so nothing is forked where threads run, nor on macOS, whose libraries start some; and functions
    of conf.py that write a format all run in one process.
    """
    if not parallel_available:
        return 1
    told: int = app.parallel if app.parallel > 1 else app.config.cv_jobs
    if told:
        return told
    is_safe = sys.platform == "linux" and threading.active_count() == 1
    return min(_AT_MOST, len(os.sched_getaffinity(0))) if is_safe and not app.config.cv_exports else 1


@contextmanager
def others(
    count: int, work: Callable[[Sequence[_Given]], Any], items: Sequence[_Given], take: Callable[[Any, Any], None]
) -> Iterator[Sequence[_Given]]:
    """Have other processes do ``work`` with ``items``, of ``count`` in all; the share of this one is given.

    When that is done, ``take`` is given each other share, and what came of it.
    """
    tasks = ParallelTasks(count)
    size = -(-len(items) // count)
    try:
        for start in range(size, len(items), size):
            tasks.add_task(work, items[start : start + size], take)
        yield items[:size]
        tasks.join()
    finally:
        tasks.terminate()


def in_shares(app: Sphinx, work: Callable[[Sequence[_Given]], list[_Made]], items: Sequence[_Given]) -> list[_Made]:
    """What ``work`` makes of ``items``, in their order."""
    count = jobs(app) if len(items) >= _WORTH_IT else 1
    if count == 1:
        return work(items)
    made: dict[int, _Made] = {}

    def take(share: Sequence[_Given], data: bytes) -> None:
        made.update(zip(map(id, share), kept.loaded(data), strict=True))

    with others(count, lambda share: kept.dumped(work(share)), items, take) as mine:
        made.update(zip(map(id, mine), work(mine), strict=True))
    return [made[id(item)] for item in items]
