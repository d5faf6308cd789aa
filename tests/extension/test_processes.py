"""Tasks shared among processes: each is done once, and errors in another process are reported in this one."""

from __future__ import annotations

import errno
import gc
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.pool import Pool as ProcessPool
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sphinx.errors import SphinxParallelError
from sphinx.util.logging import getLogger
from sphinx.util.parallel import parallel_available

from sphinx_cv_ext.extension import processes
from sphinx_cv_ext.extension.processes import Crew, Task, shares

# Python warns of forking beside threads, of which pytest-xdist has some.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
    pytest.mark.skipif(not parallel_available, reason="Sphinx forks only where forking is safe"),
]
HERE = os.getpid()
PATIENCE = 60
"""Seconds after which we stop waiting."""


def crew_of(helpers: int, count: int, do: Callable[[int], Any]) -> tuple[Crew, dict[int, Any]]:
    """A crew with ``count`` tasks, and the result of each by its number."""
    taken: dict[int, Any] = {}

    def take(number: int, made: Any) -> None:
        assert number not in taken
        taken[number] = made

    return Crew(helpers, [Task(partial(do, number), partial(take, number)) for number in range(count)]), taken


def open_files() -> int:
    # Files that earlier tests left open are closed whenever garbage is collected.
    gc.collect()
    return len(list(Path("/dev/fd").iterdir()))


def only_elsewhere(do: Callable[[], Any]) -> Callable[[int], None]:
    """A task that another process does, while this one waits for it to begin, however busy the machine is."""
    begun = multiprocessing.get_context("fork").Event()

    def doing(_number: int) -> None:
        if os.getpid() == HERE:
            assert begun.wait(PATIENCE)
        else:
            begun.set()
            do()

    return doing


def wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("helpers", [0, 1, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_every_task_is_done_once(helpers: int, count: int) -> None:
    crew, taken = crew_of(helpers, count, lambda number: number**2)
    crew.finish()
    assert taken == {number: number**2 for number in range(count)}


def test_others_work_while_this_process_does_something_else() -> None:
    begun = multiprocessing.get_context("fork").Semaphore(0)

    def do(_number: int) -> tuple[int, bytes]:
        begun.release()
        # More than fits into a pipe, to see that nobody waits for this process to read it.
        return os.getpid(), b"x" * 1_000_000

    crew, taken = crew_of(1, 8, do)
    for _ in range(8):
        assert begun.acquire(timeout=PATIENCE)
    assert not taken
    crew.finish()
    assert {len(made) for _pid, made in taken.values()} == {1_000_000}
    assert HERE not in {pid for pid, _made in taken.values()}


def test_an_error_of_another_process_is_one_here() -> None:
    crew, _taken = crew_of(1, 4, only_elsewhere(lambda: {}["missing"]))
    with pytest.raises(SphinxParallelError, match="KeyError: 'missing'"):
        crew.finish()


def test_the_end_of_another_process_is_an_error_here() -> None:
    crew, _taken = crew_of(1, 4, only_elsewhere(lambda: os._exit(9)))
    with pytest.raises(SphinxParallelError, match="ended before its work was done"):
        crew.finish()


def test_nobody_does_anything_when_it_is_stopped(tmp_path: Path) -> None:
    before = open_files()
    crew, taken = crew_of(2, 400, lambda number: (time.sleep(0.05), (tmp_path / str(number)).touch()))
    wait_for(lambda: any(tmp_path.iterdir()))
    crew.stop()
    done = len(list(tmp_path.iterdir()))
    assert done < 400
    assert not taken
    time.sleep(0.3)
    assert len(list(tmp_path.iterdir())) == done
    assert open_files() == before
    # Stopping a second time must not close other files that have those numbers by then.
    crew.stop()


def test_others_end_when_this_process_is_killed() -> None:
    script = """
import time
from sphinx_cv_ext.extension.processes import Crew, Task
def do():
    time.sleep(0.1)
    # More than a pipe holds.
    return b"x" * 1_000_000
crew = Crew(2, [Task(do, print)] * 10)
print("begun", flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"begun\n"
        parent.kill()
        # A pipe is open as long as any process has it.
        assert parent.communicate(timeout=30)[0] == b""


def test_there_may_be_more_tasks_than_a_pipe_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    write = os.write
    monkeypatch.setattr(processes.os, "write", lambda file, data: (sizes.append(len(data)), write(file, data)))
    crew, taken = crew_of(1, 5000, lambda number: number)
    crew.finish()
    assert taken == {number: number for number in range(5000)}
    # Windows has the least.
    assert sizes[0] <= 4096


def test_where_there_can_be_no_more_processes_this_one_does_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", fork)
    crew, taken = crew_of(3, 10, lambda number: number)
    crew.finish()
    assert taken == {number: number for number in range(10)}


def test_a_process_that_may_start_none_does_all_itself() -> None:
    app: Any = SimpleNamespace(parallel=4)
    with ProcessPool(1) as pool:
        assert pool.apply(processes.jobs, [app]) == 1


def test_what_another_process_warns_of_is_told_here(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(processes._logger, "handle", lambda record: told.append(record.getMessage()))
    logger = getLogger("sphinx_cv_ext.test")
    crew, taken = crew_of(1, 2, only_elsewhere(lambda: logger.warning("from %s", os.getpid())))
    crew.finish()
    assert len(taken) == 2
    assert told
    assert f"from {HERE}" not in told


def test_shares_are_not_too_many() -> None:
    assert [list(share) for share in shares(range(7), 3)] == [[0, 1, 2], [3, 4, 5], [6]]
    assert shares([], 0) == []
    many = shares(range(123_456), 20)
    assert len(many) <= 1000
    assert sum(map(len, many)) == 123_456
