"""Work that can be divided, and the processes that share it."""

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
"""The most processes that are started unless somebody asks for more: each takes memory, and disks get no faster."""
_MOST_TASKS = 1000
"""The most shares that tasks are divided into: as many numbers fit into the buffer of a pipe on every system."""
_WORTH_IT = 500
"""The number of entries to read from which on other processes save more time than they take."""
TOGETHER = 50
"""How many items are made together, step by step: enough for the processor's caches to pay off, see `page.make`.

It is also small enough that no process waits long for another to finish its last share.
"""

_logger = getLogger(__name__)
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def jobs(app: Sphinx) -> int:
    """How many processes to use: as many as ``-j`` or ``cv_jobs`` says, otherwise one for each processor, up to four.

    Unless told otherwise it is one process in three cases: where threads run, because forking is not safe then; on
    anything but Linux (the libraries of macOS start threads themselves); and where conf.py adds export formats, whose
    functions may expect to run in one process. A daemonic process, such as one of a pool that builds many projects,
    must not start others at all.
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
    """Something that any process can ``do``; ``take`` gets the result, in the process that made the task.

    If another process has done it, the result is pickled on its way.
    """

    do: Callable[[], Any]
    take: Callable[[Any], object]


def chore(do: Callable[[], None]) -> Task:
    """A task without a result: all it does is write files."""
    return Task(do, lambda _nothing: None)


class Crew:
    """Processes that share some tasks; whoever is done with one begins the next.

    The other processes, ``helpers``, begin as soon as the crew is made. This process is free to do something else until
    it calls `finish`, where it does its part. Warnings of a helper are logged here. An error in a helper is raised here
    as a `SphinxParallelError`, as Sphinx does it.
    """

    def __init__(self, helpers: int, tasks: Sequence[Task]) -> None:
        self._tasks = tasks
        self._shares = shares(range(len(tasks)), 1)
        # The queue is a pipe with the numbers of all shares in it. Whoever reads a number has to do that share, and at
        # the end of the pipe nothing is left to do.
        self._queue, end = os.pipe()
        os.write(end, b"".join(number.to_bytes(2, "big") for number in range(len(self._shares))))
        os.close(end)
        helpers = min(helpers, len(self._shares) - 1)
        if helpers > 0:
            # Searching for garbage writes to every object, and so would make each process copy all memory.
            garbage.spare()
        self._helpers: dict[Connection, BaseProcess] = {}
        while len(self._helpers) < helpers and self._start():
            pass
        self._is_over = False

    def finish(self) -> None:
        """Do what is left, and take the results of the helpers."""
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
        """End the helpers, whatever is left to do."""
        if self._is_over:
            return
        self._is_over = True
        os.close(self._queue)
        for results, process in self._helpers.items():
            process.kill()
            # Wait for its end: what comes next may write the same files.
            process.join()
            results.close()
        self._helpers.clear()

    def _left(self) -> Iterator[int]:
        """The numbers of tasks that nobody has begun; each is removed from the queue as it is given."""
        while number := os.read(self._queue, 2):
            yield from self._shares[int.from_bytes(number, "big")]

    def _start(self) -> bool:
        """Start a helper; False if the system does not allow another process."""
        results, end = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(target=self._help, args=(end,), daemon=True)
        self._helpers[results] = process
        try:
            process.start()
        except OSError:
            # Containers often limit the number of processes, or memory.
            del self._helpers[results]
            results.close()
            return False
        finally:
            end.close()
        return True

    def _help(self, end: Connection) -> None:
        """The work of a helper. A thread sends its results, so that it need not wait until somebody reads them."""
        # The fork has copied the reading ends of all pipes. While this process holds one open, writing to that pipe
        # would block forever once the main process is gone, instead of failing.
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
        """Take the results that arrive within ``timeout`` seconds; with None, wait until there is one."""
        # Most builds use one process, and need not load this.
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
    """The result of a task from another process, and what was logged there."""

    number: int
    made: Any
    logs: list[LogRecord]


@frozen
class _Failed:
    """An error in another process: its message, and its traceback."""

    error: str
    traceback: str


_NO_MORE = b""


def _send(outbox: SimpleQueue[bytes], end: Connection) -> None:
    data = None
    # Nobody reads any more if the main process is gone.
    with suppress(OSError):
        while data != _NO_MORE:
            data = outbox.get()
            end.send_bytes(data)


def shares(items: Sequence[_Given], size: int) -> list[Sequence[_Given]]:
    """``items`` in their order, ``size`` at a time; more at a time if there would be more than `_MOST_TASKS` shares."""
    size = max(size, -(-len(items) // _MOST_TASKS), 1)
    return [items[start : start + size] for start in range(0, len(items), size)]


def in_shares(app: Sphinx, work: Callable[[Sequence[_Given]], list[_Made]], items: Sequence[_Given]) -> list[_Made]:
    """The results of ``work`` for ``items``, in their order; several processes do it if that pays.

    ``work`` gets some of the items at a time, and returns a result for each.
    """
    count = jobs(app) if len(items) >= _WORTH_IT else 1
    made: dict[int, list[_Made]] = {}
    given = shares(items, TOGETHER)
    tasks = [Task(partial(work, share), partial(made.__setitem__, number)) for number, share in enumerate(given)]
    Crew(count - 1, tasks).finish()
    return [one for number in range(len(given)) for one in made[number]]


def do_chores(app: Sphinx, failure: Exception | None = None) -> None:
    """Do the chores that are left in the build, with the help of other processes.

    After a ``failure`` this process does them alone, and errors are ignored: the failure itself has been reported.
    """
    build = Build.of(app.env)
    # Taken out first: if a chore fails, Sphinx calls this again because of that failure.
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
