"""``sphinx-cv check``: say what is wrong in .bib files, without Sphinx."""

from __future__ import annotations

import argparse
import difflib
import json
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from sphinx_cv_ext import lint
from sphinx_cv_ext.cli.command import EXIT_STATUS, Command, UsageError, say
from sphinx_cv_ext.cli.conf import files_folder, find_conf, names
from sphinx_cv_ext.cli.fixing import fixed
from sphinx_cv_ext.cli.whole import write_whole
from sphinx_cv_ext.diagnostics import Diagnostic, Report, Severity, short_path
from sphinx_cv_ext.sources import Database, Settings, load
from sphinx_cv_ext.sources.kinds import Kinds
from sphinx_cv_ext.starter.owner import owner_called


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.bib")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how problems are printed (default: text)")
    parser.add_argument(
        "--conf", type=Path, metavar="DIR", help="the folder of a conf.py, which is run: what it adds counts as known"
    )
    parser.add_argument("--fix", action="store_true", help="correct what is certain, and show what was changed")


def _check(options: argparse.Namespace) -> int:
    files: list[Path] = options.files
    if options.fix:
        _fix(files)
    found: list[Diagnostic] = []
    kinds = _kinds(options.conf, found.append) if options.conf else Kinds()
    confs = _confs(files, options.conf)
    owner = owner_called(name for conf in confs for name in names(conf))
    repository = next(filter(None, map(files_folder, confs)), None)
    roots = [conf.parent for conf in confs]
    database = load(Settings(files, owner, roots, repository, kinds), found.append)
    found.sort(key=lambda diagnostic: diagnostic.location)
    found.extend(lint.advise(database))
    say(FORMATS[options.format](found, database))
    return int(any(diagnostic.code.severity is Severity.ERROR for diagnostic in found))


def _kinds(folder: Path, report: Report) -> Kinds:
    """The kinds of links and awards of the project whose conf.py is in ``folder``."""
    # Sphinx is only loaded by what reads a conf.py.
    if not find_spec("sphinx"):
        raise UsageError("Sphinx, which reads conf.py, is not installed; use: pip install 'sphinx-cv-ext[docs]'")
    from sphinx.errors import SphinxError

    from sphinx_cv_ext.extension.additions import kinds_of_conf

    try:
        return kinds_of_conf(folder, report)
    except SphinxError as error:
        # The last line of a traceback says what is wrong.
        raise UsageError(f"{folder}: {str(error).strip().splitlines()[-1]}") from error


def _confs(files: Sequence[Path], given: Path | None) -> list[Path]:
    """The conf.py that is given, or else those that are near ``files``."""
    folders = [given] if given else dict.fromkeys(path.parent for path in files)
    return list(filter(None, map(find_conf, folders)))


def _fix(files: Sequence[Path]) -> None:
    """Write what is certain into ``files``, each a text in UTF-8, and print the difference."""
    database = load(Settings(files), lambda diagnostic: None)
    for path in files:
        try:
            before = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # the check that follows says so
        entries = [entry for entry in database.entries if database.path_of[entry.key] == path]
        after = fixed(before, entries)
        if after != before:
            write_whole(path, after.encode("utf-8"))
            name = short_path(path)
            say(*difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm=""))


def _count(found: Sequence[Diagnostic], database: Database) -> str:
    errors = sum(diagnostic.code.severity is Severity.ERROR for diagnostic in found)
    kept = len(database.entries)
    counts = f"{database.read} read = {kept} kept + {database.read - kept} left out"
    return f"{counts}; {len(found)} to look at, {errors} of them errors"


def _as_text(found: Sequence[Diagnostic], database: Database) -> str:
    lines = [f"{d.location}: {d.code.severity.value}: {d} [{d.code.value}]" for d in found]
    return "\n".join([*lines, _count(found, database)])


def _as_json(found: Sequence[Diagnostic], database: Database) -> str:
    diagnostics = [
        {
            "file": d.location.file,
            "line": d.location.line,
            "severity": d.code.severity.value,
            "code": d.code.value,
            "problem": d.problem,
            "fallback": d.fallback,
        }
        for d in found
    ]
    kept = len(database.entries)
    counts = {"read": database.read, "kept": kept, "left_out": database.read - kept}
    return json.dumps({**counts, "diagnostics": diagnostics}, indent=2)


_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def _as_github(found: Sequence[Diagnostic], database: Database) -> str:
    """Workflow commands, as GitHub's documentation "Workflow commands for GitHub Actions" has them."""
    lines = [
        f"::{_GITHUB_LEVELS[d.code.severity]} file={_escaped(d.location.file, property_=True)},"
        f"line={max(d.location.line, 1)},title={d.code.value}::{_escaped(str(d))}"
        for d in found
    ]
    return "\n".join([*lines, _count(found, database)])


def _escaped(text: str, *, property_: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_ else text


FORMATS: dict[str, Callable[[Sequence[Diagnostic], Database], str]] = {
    "text": _as_text,
    "json": _as_json,
    "github": _as_github,
}
"""How problems can be printed."""


COMMAND = Command(
    "check",
    "say what is wrong in .bib files, and what could be better",
    f"Say what is wrong in .bib files, and what could be better. If there is a conf.py beside them, or in docs beside "
    f"them, what it says about your names and files is used. {EXIT_STATUS}",
    _arguments,
    _check,
)
