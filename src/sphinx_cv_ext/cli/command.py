"""The parts that all commands of ``sphinx-cv`` share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from typing import NoReturn

from sphinx_cv_ext.diagnostics import suggestion
from sphinx_cv_ext.frozen import frozen


@frozen
class Command:
    """A command: its name, a one-line ``summary``, the ``description`` in its help, its ``arguments`` and ``run``.

    ``run`` returns the exit status; a `UsageError` is shown in the same way as a wrong option.
    """

    name: str
    summary: str
    description: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


EXIT_STATUS = (
    "Exits with 1 if there is an error: an entry, a value, a link or a file is lost. With warnings alone (guesses, and "
    "names that have no effect) and advice it exits with 0."
)
"""The explanation of the exit status for commands that look for problems."""


class UsageError(Exception):
    """The command cannot do what was asked; the message says why, and what to type instead."""


class Parser(argparse.ArgumentParser):
    """A parser that suggests the right option; argparse itself only says that one is wrong."""

    def known(self) -> list[str]:
        """Every option."""
        return [name for action in self._actions for name in action.option_strings]

    def refuse(self, unknown: Iterable[str]) -> NoReturn:
        """Exit with a message about ``unknown`` arguments that suggests the right ones."""
        self.error("; ".join(self._wrong(argument) for argument in unknown))

    def _check_value(self, action: argparse.Action, value: object) -> None:
        # argparse would only list all choices.
        if action.choices is not None and value not in action.choices:
            known = suggestion(str(value), dict.fromkeys(map(str, action.choices)))
            raise argparse.ArgumentError(action, f"there is no {value!r} {known}")

    def _wrong(self, argument: str) -> str:
        if not argument.startswith("-"):
            return f"there is no place for {argument!r}"
        name = argument.partition("=")[0]
        return f"there is no option {name!r} {suggestion(name, dict.fromkeys(self.known()))}".rstrip()


def say(*lines: str) -> None:
    """Print lines; a character that the terminal cannot show is printed as an escape sequence."""
    encoding = sys.stdout.encoding or "utf-8"
    for line in lines:
        print(line.encode(encoding, "backslashreplace").decode(encoding))
