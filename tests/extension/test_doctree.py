"""The nodes that our directives and roles become, whole: what every builder is given."""

from __future__ import annotations

import re

import pytest
from docutils import nodes

from tests.casefile import Case, read_cases
from tests.project import HOME, Built, Project

CASES = read_cases("doctree.txt")
REFS = r"""
@inproceedings{full,
  title      = {{Net}: an \emph{example}},
  author     = {Example, Ada and Sample, Grace},
  author+an  = {1=corresponding, equal; 2=equal},
  author+an:note = {2="On leave"},
  booktitle  = {International Conference on Examples},
  abbr       = {ICE},
  pages      = {1--9},
  year       = {2021},
  acceptance = {365/1900},
  award      = {Best Paper Award, 2/358, https://example.org/prize; Oral},
  code       = {https://example.org/code},
  pdf        = {papers/full.pdf},
  note       = {A \href{https://example.org/remark}{remark}},
}
@misc{bare, title = {Bare}, year = {2020}}
"""
FILES = {"refs.bib": REFS, "papers/full.pdf": b"%PDF", "index.md": HOME}
SETTINGS = {"cv_profile": {"name": "Ada Example"}}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a page for every case."""
    pages = {f"case{case.line}.md": f"# T\n\n{case.input}\n" for case in CASES}
    return Project(tmp_path_factory.mktemp("doctree"), {**FILES, **pages}, **SETTINGS).build("pseudoxml")


def printed(built: Built, case: Case) -> str:
    """Print what a page has after its title, without the names of pages, which depend on the place of the case."""
    (section,) = (child for child in built.doctree(f"case{case.line}") if isinstance(child, nodes.section))
    for node in section.findall(nodes.Element):
        # Before version 0.22, docutils wrote "True" instead of "1".
        node.attributes |= {name: int(value) for name, value in node.attributes.items() if isinstance(value, bool)}
    text = "".join(child.pformat() for child in section[1:])
    own = re.sub(rf"\bcase{case.line}\b", "PAGE", text)
    return re.sub(r"\bcase\d+\b", "ANOTHER", own).rstrip("\n")


def test_there_is_no_warning(built: Built) -> None:
    assert built.warnings == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(built: Built, case: Case) -> None:
    assert printed(built, case) == case.expected
