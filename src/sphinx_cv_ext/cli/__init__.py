"""The command ``sphinx-cv``: the only part that prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

from sphinx_cv_ext.cli import check, doctor, importing, init
from sphinx_cv_ext.cli.command import Command, Parser, UsageError

COMMANDS: dict[str, Command] = {
    command.name: command for command in (init.COMMAND, importing.COMMAND, check.COMMAND, doctor.COMMAND)
}
"""Every command, in the order in which somebody needs them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments``, those of the process unless given; returns the exit status."""
    parser = Parser(prog="sphinx-cv", description="Make and look after a researcher's home page.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=version("sphinx-cv-ext"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    parsers: dict[str, Parser] = {}
    for command in COMMANDS.values():
        found = commands.add_parser(
            command.name, help=command.summary, description=command.description, allow_abbrev=False
        )
        command.arguments(found)
        parsers[command.name] = found
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        parsers[options.command].refuse(unknown)
    try:
        status = COMMANDS[options.command].run(options)
        sys.stdout.flush()
    except UsageError as error:
        parsers[options.command].error(str(error))
    except BrokenPipeError:
        # Whoever read along has heard enough; Python would complain once more when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status
