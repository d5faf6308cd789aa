"""The address of each publication in its list, and the words that cite it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.casefile import Case, read_cases
from tests.project import Project

CASES = read_cases("naming.txt")


def named(folder: Path, case: Case) -> str:
    keys = re.findall(r"@misc\{([^,]*),", case.input)
    cites = "\n\n".join(f"{{cite}}`{key}`" for key in keys)
    files = {"refs.bib": case.input, "index.md": f"# T\n\n{cites}\n\n:::{{publications}}\n:::\n"}
    built = Project(folder, files).build()
    links = built.soup("index.html").select(".bibtex-citation a")
    found = [f"{key}: {a['href']} [{a.get_text()}]" for key, a in zip(keys, links, strict=True)]
    return "\n".join([*found, *built.warnings])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    assert named(tmp_path, case) == case.expected
