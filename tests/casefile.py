"""Case files: plain text that a person reads as easily as the test does.

A file holds any number of cases, each of the form::

    What the case shows
    .
    the input, any number of lines
    .
    what is expected, any number of lines
    .

A line with a lone full stop parts them; lines that start with ``#`` before a title are comments.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One case; ``line`` is the line of its title in the file."""

    line: int
    title: str
    input: str
    expected: str

    def __str__(self) -> str:
        return f"{self.line}: {self.title}"


def read_cases(name: str) -> list[Case]:
    """The cases of ``tests/cases/NAME``; a malformed file is an error, so that no case is ignored."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    cases: list[Case] = []
    at = 0
    while at < len(lines):
        title = lines[at]
        if not title.strip() or title.startswith("#"):
            at += 1
            continue
        dots = [i for i in range(at + 1, len(lines)) if lines[i] == "."][:3]
        assert len(dots) == 3, f"{name}:{at + 1}: a case has three lines with a full stop"
        assert dots[0] == at + 1, f"{name}:{at + 1}: a title is one line"
        cases.append(
            Case(
                at + 1,
                title,
                "\n".join(lines[dots[0] + 1 : dots[1]]),
                "\n".join(lines[dots[1] + 1 : dots[2]]),
            )
        )
        at = dots[2] + 1
    assert cases, f"{name}: no cases"
    return cases
