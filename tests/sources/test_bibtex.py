"""One slip in a .bib file hurts one entry, is reported, and costs no more time than its length is worth."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location
from sphinx_cv_ext.sources import bibtex_entry
from sphinx_cv_ext.sources.bibtex import Bibliography, read
from sphinx_cv_ext.sources.bibtex_macros import MAX_TOTAL_GROWTH, MAX_VALUE_GROWTH
from tests.casefile import Case, read_cases
from tests.sources.bibcase import printed


def reading(*texts: str) -> tuple[Bibliography, list[Diagnostic]]:
    """What is read of ``texts``, as files a.bib, b.bib and so on; every entry must be accounted for."""
    said: list[Diagnostic] = []
    bibliography = read([(f"{chr(97 + i)}.bib", text) for i, text in enumerate(texts)], said.append)
    losses = [d for d in said if d.code in {Code.BIB_DUPLICATE_KEY, Code.BIB_EMPTY_ENTRY}]
    assert bibliography.read == len(bibliography.entries) + len(losses)
    keys = [entry.key for entry in bibliography.entries]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    return bibliography, said


@pytest.mark.parametrize("case", read_cases("bibtex-defects.txt"), ids=str)
def test_case(case: Case) -> None:
    bibliography, said = reading(case.input)
    assert printed(bibliography.entries, said) == case.expected


def test_files_share_macros_and_keys() -> None:
    bibliography, said = reading("@misc{a, publisher = acm}", "@string{acm = {ACM}}\n@misc{a, x={}}\n@misc{b, year=1}")
    assert [(e.key, e.location) for e in bibliography.entries] == [
        ("a", Location("a.bib", 1)),
        ("b", Location("b.bib", 3)),
    ]
    assert bibliography.entries[0].get("publisher") == "ACM"
    assert [(d.code, d.location) for d in said] == [(Code.BIB_DUPLICATE_KEY, Location("b.bib", 2))]
    assert "a.bib:1" in said[0].problem


@pytest.mark.parametrize("name", ["jan", "JAN", "january", "June", "sept", "dec"])
def test_months_are_macros(name: str) -> None:
    bibliography, said = reading(f"@misc{{a, month = {name}}}")
    assert not said
    assert bibliography.entries[0].get("month").lower().startswith(name.lower())


def test_no_break_spaces_are_kept() -> None:
    bibliography, said = reading("@misc{a, title = {A\u00a0\u00a0B \t\n\n C}}")
    assert (bibliography.entries[0].get("title"), said) == ("A\u00a0\u00a0B C", [])


def test_a_long_field_is_read() -> None:
    text = "lorem {ipsum} " * 100_000
    bibliography, said = reading(f'@misc{{a, abstract = {{{text}}}, note = "{text}", year = 1}}')
    assert bibliography.entries[0].fields["abstract"].value == text
    assert bibliography.entries[0].fields["note"].value == text
    assert not said


def test_deep_braces_are_read() -> None:
    deep = "{" * 10_000 + "x" + "}" * 10_000
    bibliography, said = reading(f'@misc{{a, title = {{{deep}}}, note = "{deep}", year = 1}}')
    assert bibliography.entries[0].get("title") == bibliography.entries[0].get("note") == deep
    assert not said


def test_many_authors_are_read() -> None:
    authors = " and\n  ".join(f"Author, A. {i}" for i in range(6_000))
    bibliography, said = reading(f"@misc{{a, author = {{{authors}}}}}")
    assert bibliography.entries[0].get("author").count(" and ") == 5_999
    assert not said


def test_macros_that_double_do_not_fill_the_memory() -> None:
    macros = "@string{m0 = {ha}}\n" + "".join(f"@string{{m{i + 1} = m{i} # m{i}}}\n" for i in range(64))
    entries = "".join(f"@misc{{k{i}, title = m64}}\n" for i in range(500))
    bibliography, said = reading(macros + entries)
    assert {d.code for d in said} == {Code.BIB_MACRO_SIZE}
    longest = max(len(entry.get("title")) for entry in bibliography.entries)
    assert longest <= MAX_VALUE_GROWTH + len("m64")
    assert sum(len(entry.get("title")) for entry in bibliography.entries) <= MAX_TOTAL_GROWTH + 500 * 3


def test_a_long_chain_of_macros_needs_no_recursion() -> None:
    macros = "".join(f"@string{{m{i} = m{i + 1}}}\n" for i in range(20_000)) + "@string{m20000 = {end}}"
    bibliography, said = reading(macros, "@misc{a, title = m0}")
    assert (bibliography.entries[0].get("title"), said) == ("end", [])


VALID = """@string{pub = {Publisher}}
@article{first, title = {One {Two}}, author = "A, B and {C}", year = 2020, month = jan}

@book(second,
  title = {Three}, % why not
  publisher = pub # { Ltd},
)

@comment{not here}
@misc{third,
  title = {Four \\"{o}},
  note = {https://example.org/~a},
}
"""
SLICES = st.tuples(st.integers(0, len(VALID)), st.integers(0, 20))


@given(st.text(alphabet=st.sampled_from('@{}()",=#%\\ \n/-<>aJ1é'), max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    reading(text)
    reading("@misc{a," + text, text)


@given(st.text())
def test_no_character_is_too_odd(text: str) -> None:
    reading(text, "@misc{a, title = {" + text + "}}")


@given(st.lists(st.tuples(SLICES, st.sampled_from(["delete", "double", *'{}"(),=@#\n'])), min_size=1, max_size=3))
def test_no_damage_is_too_odd(damage: list[tuple[tuple[int, int], str]]) -> None:
    text = VALID
    for (start, length), kind in damage:
        piece = text[start : start + length]
        middle = {"delete": "", "double": piece + piece}.get(kind, kind + piece)
        text = text[:start] + middle + text[start + length :]
    reading(text)


@given(
    st.text(alphabet=st.sampled_from('{}"(),=#\\ \nab1'), max_size=40),
    st.sampled_from(["@misc{hurt, title = ", "@misc{hurt, title = {x}, ", "@misc{", "@misc(hurt, a = {x", ""]),
)
def test_all_other_entries_survive(damage: str, start: str) -> None:
    before = "@misc{before, title = {Before}, year = 2020}\n"
    after = '\n@misc{after,\n  title = "After {x}",\n  year = 2021,\n}\n'
    bibliography, _ = reading(before + start + damage + after)
    found = {entry.key: entry for entry in bibliography.entries}
    for key, year in (("before", "2020"), ("after", "2021")):
        assert found[key].get("year") == year
        assert found[key].get("title").startswith(key.capitalize())
        assert len(found[key].fields) == 2 or key == "before"


NAMES = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
VALUES = st.text(alphabet=st.sampled_from('abé ,=#%@/()"\\'), max_size=20).filter(
    lambda value: not value.endswith("\\") and not re.search(r"\\[{}]", value)
)


@given(st.dictionaries(NAMES, VALUES, max_size=6))
def test_what_is_well_formed_is_read_silently_as_it_stands(fields: dict[str, str]) -> None:
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    bibliography, said = reading(f"@misc{{key,\n{body}}}")
    read_fields = {name: field.value for name, field in bibliography.entries[0].fields.items()}
    assert read_fields == {name: re.sub(" +", " ", value) for name, value in fields.items()}
    assert [field.location.line for field in bibliography.entries[0].fields.values()] == list(range(2, len(fields) + 2))
    assert not said


GROWTH = {
    "ordinary": "@misc{k%d,\n title = {One {two} three},\n year = 2020,\n}\n",
    "open entries": "@a{k%d,\n",
    "open entries on a line": "@a{k%d, ",
    "open values": "@a{k%d, t = {\n",
    "open values, deep": "@a{k%d, t = {{a {b\n}\n",
    "open quotes": '@a{k%d, t = "x\n',
    "open fields in one entry": " f%d = {\n",
    "open fields on a line": " f%d = {x, ",
    "open quotes in one entry": ' f%d = "x\n',
    "quotes in quotes": 'f = "a"b ',
    "braces": "{",
    "closing braces": "}",
    "leftover braces": " x {",
    "signs": "@",
    "signs and spaces": "@  \n",
    "comments": "@comment{\n",
    "comments with entries": "@comment{ @a{k%d, t={x}}\n",
    "escaped braces": "@a{k%d, t = {\\{ x},\n y = 1\n}\n",
    "joined": '"a" # ',
    "joined macros": "a # ",
    "words": "word ",
    "stray fields": "year = {2020}\n",
    "conflicts": "<<<<<<< a\n=======\n>>>>>>> b\n",
    "spaces": "  \n",
    "front matter": "---\n",
}


@pytest.mark.parametrize("prefix", ["", "@a{key, ", "@a{key, t = ", "@a{key, t = {", '@a{key, t = "', "@a(key, "])
@pytest.mark.parametrize("unit", GROWTH.values(), ids=GROWTH)
def test_work_grows_with_the_length_alone(unit: str, prefix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # A pattern that does not match counts as all that it could have seen, which would hide growth in short texts.
    monkeypatch.setattr(bibtex_entry, "_WINDOW", 100)

    def work(count: int) -> int:
        text = prefix + "".join(unit % i if "%d" in unit else unit for i in range(count))
        return reading(text)[0].work

    once, twice = work(800), work(1600)
    # Numbers of more digits make the longer text a little more than twice as long.
    assert twice <= 2.3 * once + 1_000
