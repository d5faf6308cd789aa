"""Addresses and labels differ within one library, whatever its keys."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_cv_ext.model.naming import anchors
from tests.model.reading import library

KEYS = st.lists(st.one_of(st.text(min_size=1), st.text("aA-.ü_", min_size=1, max_size=3)), unique=True, max_size=8)


@given(KEYS)
def test_every_key_has_an_address_of_its_own_that_any_program_can_write(keys: list[str]) -> None:
    found = anchors(keys)
    assert list(found) == keys
    assert len(set(found.values())) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", anchor) and len(anchor) <= 60 for anchor in found.values())


@given(KEYS, st.text(min_size=1))
def test_a_key_behind_others_changes_none_of_theirs(keys: list[str], more: str) -> None:
    longer = [*keys, *({more} - set(keys))]
    assert {**anchors(longer), **anchors(keys)} == anchors(longer)


def test_a_key_may_look_like_an_address_with_digits() -> None:
    keys = ["a-b-d44362", "a.b", "a-b"]
    assert len(set(anchors(keys).values())) == 3


def test_more_than_26_equal_labels_are_told_apart() -> None:
    text = "".join(f"@misc{{k{at}, author={{Ada Example}}, year=2020}}\n" for at in range(28))
    labels = [p.citing_label for p in library(text).by_key.values()]
    assert [labels[0], labels[25], labels[26], labels[27]] == [
        "Example, 2020a",
        "Example, 2020z",
        "Example, 2020aa",
        "Example, 2020ab",
    ]


def test_a_label_may_look_like_one_with_a_letter() -> None:
    text = "".join(f"@misc{{k{at}, author={{Ada Example}}, year=2020}}\n" for at in range(2))
    text += "@misc{other, shorttitle={Example, 2020a}}\n"
    labels = [p.citing_label for p in library(text).by_key.values()]
    assert len(set(labels)) == 3


def test_equal_labels_without_a_year_keep_the_name_readable() -> None:
    text = "".join(f"@misc{{k{at}, author={{Ada Example}}}}\n" for at in range(2))
    labels = [p.citing_label for p in library(text).by_key.values()]
    assert len(set(labels)) == 2
    assert not any(label.startswith("Examplea") for label in labels)


@pytest.mark.parametrize("key", ["CON", "nul", "Com1", "lpt9"])
def test_no_address_is_a_device_of_windows(key: str) -> None:
    assert re.fullmatch(f"{key.lower()}-[0-9a-f]{{6}}", anchors([key])[key])
    assert anchors([f"{key}2020"]) == {f"{key}2020": f"{key.lower()}2020"}
