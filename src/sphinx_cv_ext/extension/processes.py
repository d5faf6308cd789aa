"""Work that can be divided, shared among processes."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from logging import LogRecord
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sphinx.application import Sphinx
from sphinx.errors import SphinxParallelError
from sphinx.util.logging import LogCollector, convert_serializable, getLogger
from sphinx.util.parallel import parallel_available

from sphinx_cv_ext import garbage
from sphinx_cv_ext.extension import kept
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.frozen import frozen

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_AT_MOST = 4
"""How many processes there are without being asked for: each takes memory, and disks are no faster for more."""
_MOST_TASKS = 1000
"""How many shares a crew has of its tasks: their numbers fit into the buffer of a pipe, wherever there are pipes."""
_WORTH_IT = 500
"""From how many entries to read on other processes save more time than they take."""
TOGETHER = 50
"""How many of thousands are made together, step by step: enough for the processor to keep a step near, see `page.make`.

They are few enough that no process waits long for the last.
"""

_logger = getLogger(__name__)
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def jobs(app: Sphinx) -> int:
    """How many processes there are: as many as ``-j`` or conf.py says, else one for each processor.

    Without being told so nothing is forked where threads run, nor on macOS, whose libraries start some; and functions
    of conf.py that write a format all run in one process. A process of a pool, as may build many projects, may start
    none.
    """
    if not parallel_available or multiprocessing.current_process().daemon:
        return 1
    told: int = app.parallel if app.parallel > 1 else app.config.cv_jobs
    if told:
        return told
    is_safe = sys.platform == "linux" and threading.active_count() == 1
    return min(_AT_MOST, len(os.sched_getaffinity(0))) if is_safe and not app.config.cv_exports else 1


@frozen
class Task:
    """Something to do in whatever process, and what takes in this one what comes of it.

    What comes of it is pickled in between, if another process has done it.
    """

    do: Callable[[], Any]
    take: Callable[[Any], object]


def chore(do: Callable[[], None]) -> Task:
    """A task of which nothing comes but what it writes."""
    return Task(do, lambda _nothing: None)


class Crew:
    """Processes that do tasks from the moment it is made, each its next when it is done with one.

    This process goes on with something else, and does its part in `finish`. What another warns of is warned of here.
    As in Sphinx, an error there is a `SphinxParallelError` here.
    """

    def __init__(self, helpers: int, tasks: Sequence[Task]) -> None:
        self._tasks = tasks
        self._shares = shares(range(len(tasks)), 1)
        # Numbers in a pipe are the queue: whoever reads one has that share, and at the end of it there are none left.
        self._queue, end = os.pipe()
        os.write(end, b"".join(number.to_bytes(2, "big") for number in range(len(self._shares))))
        os.close(end)
        helpers = min(helpers, len(self._shares) - 1)
        if helpers > 0:
            # Each process would copy what it searches for garbage.
            garbage.spare()
        self._helpers: dict[Connection, BaseProcess] = {}
        while len(self._helpers) < helpers and self._start():
            pass
        self._is_over = False

    def finish(self) -> None:
        """Do what is left, and take what the others have done."""
        try:
            for number in self._left():
                self._tasks[number].take(self._tasks[number].do())
                if self._helpers:
                    self._receive(0)
            while self._helpers:
                self._receive(None)
        finally:
            self.stop()

    def stop(self) -> None:
        """Have nobody do anything any more, whatever is left."""
        if self._is_over:
            return
        self._is_over = True
        os.close(self._queue)
        for results, process in self._helpers.items():
            process.kill()
            # What comes next may write the same files.
            process.join()
            results.close()
        self._helpers.clear()

    def _left(self) -> Iterator[int]:
        """The numbers of tasks that nobody has begun."""
        while number := os.read(self._queue, 2):
            yield from self._shares[int.from_bytes(number, "big")]

    def _start(self) -> bool:
        """Start another process; returns whether the system lets us have one."""
        results, end = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(target=self._help, args=(end,), daemon=True)
        self._helpers[results] = process
        try:
            process.start()
        except OSError:
            # Containers often bound their number, or memory.
            del self._helpers[results]
            results.close()
            return False
        finally:
            end.close()
        return True

    def _help(self, end: Connection) -> None:
        """What another process does. It goes on to its next task before anybody has asked for what came of the last."""
        # Who has this end, too, waits for itself to read once there is nobody else.
        for results in self._helpers:
            results.close()
        outbox: SimpleQueue[bytes] = SimpleQueue()
        sender = threading.Thread(target=_send, args=(outbox, end))
        sender.start()
        collector = LogCollector()
        try:
            for number in self._left():
                with collector.collect():
                    made = self._tasks[number].do()
                convert_serializable(collector.logs)
                outbox.put(kept.dumped(_Done(number, made, collector.logs)))
        except BaseException as error:
            words = traceback.format_exception_only(type(error), error)[0].strip()
            outbox.put(kept.dumped(_Failed(words, traceback.format_exc())))
        outbox.put(_NO_MORE)

    def _receive(self, timeout: float | None) -> None:
        """Take what has come within ``timeout`` seconds; None is until something has."""
        # Most builds have one process, and need not load it.
        from multiprocessing.connection import wait

        for ready in wait(self._helpers, timeout):
            results = cast("Connection", ready)
            try:
                data = results.recv_bytes()
            except EOFError:
                raise SphinxParallelError("a process has ended before its work was done", "") from None
            if data == _NO_MORE:
                del self._helpers[results]
                continue
            done: _Done | _Failed = kept.loaded(data)
            if isinstance(done, _Failed):
                raise SphinxParallelError(done.error, done.traceback)
            for log in done.logs:
                _logger.handle(log)
            self._tasks[done.number].take(done.made)


@frozen
class _Done:
    """What came of a task in another process, and what was logged there."""

    number: int
    made: Any
    logs: list[LogRecord]


@frozen
class _Failed:
    """The error of another process: itself, and where it was."""

    error: str
    traceback: str


_NO_MORE = b""


def _send(outbox: SimpleQueue[bytes], end: Connection) -> None:
    data = None
    # Nobody is there to read it once this process's parent is gone.
    with suppress(OSError):
        while data != _NO_MORE:
            data = outbox.get()
            end.send_bytes(data)


def shares(items: Sequence[_Given], size: int) -> list[Sequence[_Given]]:
    """``items`` in their order, ``size`` at a time, or more where there would be too many tasks."""
    size = max(size, -(-len(items) // _MOST_TASKS), 1)
    return [items[start : start + size] for start in range(0, len(items), size)]


def in_shares(app: Sphinx, work: Callable[[Sequence[_Given]], list[_Made]], items: Sequence[_Given]) -> list[_Made]:
    """What ``work`` makes of ``items``, in their order."""
    count = jobs(app) if len(items) >= _WORTH_IT else 1
    made: dict[int, list[_Made]] = {}
    given = shares(items, TOGETHER)
    tasks = [Task(partial(work, share), partial(made.__setitem__, number)) for number, share in enumerate(given)]
    Crew(count - 1, tasks).finish()
    return [one for number in range(len(given)) for one in made[number]]


def do_chores(app: Sphinx, failure: Exception | None = None) -> None:
    """Do what is still left to be done in the build; after a ``failure`` as far as that works, and by no one else."""
    build = Build.of(app.env)
    # Where one of them fails, this is called again for that.
    chores, build.chores = build.chores, []
    if not failure:
        count = jobs(app) if len(build.library.listed) >= _WORTH_IT else 1
        Crew(count - 1, chores).finish()
        return
    if build.writing:
        build.writing.stop()
    for task in chores:
        with suppress(Exception):
            task.take(task.do())
