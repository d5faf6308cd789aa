"""What one run of a program takes: seconds of wall clock and processor, and memory at its peak."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Run:
    """``wall`` and ``cpu`` are seconds, with all processes that the program waited for; ``memory`` is in MB."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to measure: ``prepare`` brings the folder into the state from which ``command`` starts."""

    prepare: Callable[[], None]
    command: Sequence[str]
    folder: Path


def measured(step: Step) -> Run:
    """One run; a program that fails ends the benchmark with what it said.

    Python may keep what it compiles, as it has done for all programs that pip has installed.
    """
    step.prepare()
    log = step.folder / "said.txt"
    with log.open("wb") as said:
        start = time.perf_counter()
        process = subprocess.Popen(step.command, cwd=step.folder, stdout=said, stderr=said, env=environment())
        _pid, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(step.command)}\n{log.read_text(errors='replace')[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def environment() -> dict[str, str]:
    """The environment of a program that is measured."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def middle(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run(*(median(getattr(run, name) for run in runs) for name in ("wall", "cpu", "memory")))


def machine() -> str:
    """What the figures were measured on."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
    return f"{os.cpu_count()} cores, {pages / 2**30:.0f} GB, Python {platform.python_version()}"
