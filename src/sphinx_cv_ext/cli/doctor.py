"""``sphinx-cv doctor``: what a project is made of, and what to fix first."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_cv_ext.cli.command import EXIT_STATUS, Command, UsageError, say
from sphinx_cv_ext.cli.conf import find_conf

if TYPE_CHECKING:
    from sphinx_cv_ext.extension.examination import Examination


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, nargs="?", default=Path(), metavar="DIR", help="the project (default: .)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how the result is printed (default: text)")


def _doctor(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    conf = find_conf(folder)
    if not conf:
        raise UsageError(f"there is no conf.py in {folder} or its docs; begin with: sphinx-cv init {folder}")
    # Sphinx is only loaded by the command that needs it.
    if not find_spec("sphinx"):
        raise UsageError("Sphinx is not installed; install it with: pip install 'sphinx-cv-ext[docs]'")
    from sphinx_cv_ext.extension.examination import examine

    found = examine(conf.parent.resolve())
    say(FORMATS[options.format](found))
    return int(found.has_errors)


def _as_json(found: Examination) -> str:
    return json.dumps(asdict(found), indent=2, default=str)


def _as_text(found: Examination) -> str:
    return "\n".join(_lines(found))


def _lines(found: Examination) -> Iterator[str]:
    from sphinx_cv_ext.extension.examination import OPTIONAL

    yield "Versions"
    for name, number in found.versions.items():
        use = f"  (for {OPTIONAL[name]})" if name in OPTIONAL else ""
        yield f"  {name}: {number or 'not installed'}{use}"
    for heading, values in (
        ("Settings of conf.py", {name: repr(value) for name, value in found.settings.items()}),
        ("Files", found.files),
        ("Counts", found.counts),
        ("Warnings", found.warnings),
    ):
        yield heading
        yield from (f"  {name}: {value}" for name, value in values.items())
        if not values:
            yield "  none"
    yield f"Fix first: {found.first}" if found.first else "There is nothing to fix."


FORMATS: dict[str, Callable[[Examination], str]] = {"text": _as_text, "json": _as_json}
"""How what was found can be printed."""

COMMAND = Command(
    "doctor",
    "say what a project is made of, and what to fix first",
    "Say which versions are installed, what conf.py sets, what the project has and what is wrong with it, and what to "
    "fix first. Reads the project as sphinx-build does, and writes nothing. " + EXIT_STATUS,
    _arguments,
    _doctor,
)
