"""The guide names every command with all its options, and nothing else."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sphinx_cv_ext.cli import COMMANDS, main
from sphinx_cv_ext.importers import IMPORTERS

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
PAGES = {"init": "start", "import": "migrate", "check": "check", "doctor": "doctor"}


def source(command: str) -> str:
    return (GUIDE / f"{PAGES[command]}.md").read_text(encoding="utf-8")


def options(command: str) -> set[str]:
    parser = argparse.ArgumentParser(add_help=False)
    COMMANDS[command].arguments(parser)
    return {name for action in parser._actions for name in action.option_strings}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_of_the_guide_has_the_options_of_its_command(command: str) -> None:
    text = source(command)
    assert f"sphinx-cv {command}" in text
    assert {name for name in options(command) if name not in text} == set()
    typed = "\n".join(re.findall(rf"^sphinx-cv {command} .*$", text, re.MULTILINE))
    assert set(re.findall(r"--[a-z]+", typed)) <= options(command)


def test_the_guide_names_every_kind_of_source() -> None:
    named = re.findall(r"^\| `([a-z][a-z-]+)` \|", source("import"), re.MULTILINE)
    assert named == list(IMPORTERS)


def test_four_commands_lead_to_a_page_in_the_browser() -> None:
    first = re.search(r"```console\n(.*?)```", source("init"), re.DOTALL)
    assert first
    assert len(first[1].splitlines()) == 4


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    printed = capsys.readouterr().out
    assert [name for name in COMMANDS if not re.search(rf"^ +{name} ", printed, re.MULTILINE)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_slip_in_an_option_is_taught(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "x", "--hlep"])
    assert stopped.value.code == 2
    assert "there is no option '--hlep' (did you mean '--help'?)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["chekc"], "there is no 'chekc' (did you mean 'check'?)"),
        (["check", "--format", "jsn", "a.bib"], "there is no 'jsn' (did you mean 'json'?)"),
        (["init", "site", "--theme", "plain"], "there is no 'plain' (known: furo, "),
    ],
)
def test_a_slip_in_a_choice_is_taught(typed: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(typed)
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err


def test_no_command_loads_sphinx_before_it_must() -> None:
    code = "import sys, sphinx_cv_ext.cli; sys.exit('sphinx' in sys.modules or 'yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
