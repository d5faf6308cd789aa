"""Titles around the name of a profile; tests/cases/owner.txt shows which there are."""

from __future__ import annotations

import pytest

from sphinx_cv_ext.model.titles import without_titles


@pytest.mark.parametrize("name", ["Dr.  Ada   Example,  Ph.  D.  (she/her)", "\nProf.\tDr.\nAda Example \n"])
def test_any_blanks_may_stand_between(name: str) -> None:
    assert without_titles(name) == "Ada Example"


@pytest.mark.parametrize("unit", [" ", "\n", " (", ", ", "Dr. ", " h.", ", PhD", " PhD", "-"])
def test_a_long_name_is_read(unit: str) -> None:
    """It would take many minutes if each blank were the start of a search to the end of all of them."""
    assert without_titles(f"Ada{unit * 100_000}Example") == " ".join(f"Ada{unit * 100_000}Example".split())
