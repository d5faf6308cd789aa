"""What entries take from the parents that they name, and what they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location
from sphinx_cv_ext.sources.bibtex import read
from sphinx_cv_ext.sources.inherit import MAX_DEPTH, MAX_INHERITED, NEVER_INHERITED, Family, resolve
from sphinx_cv_ext.sources.raw import RawEntry, RawField
from tests.casefile import Case, read_cases
from tests.sources.bibcase import printed


def family(*texts: str, links: frozenset[str] = frozenset({"pdf"})) -> tuple[Family, list[Diagnostic]]:
    said: list[Diagnostic] = []
    bibliography = read([(f"{chr(97 + i)}.bib", text) for i, text in enumerate(texts)], said.append)
    return resolve(bibliography.entries, said.append, links), said


@pytest.mark.parametrize("case", read_cases("inherit.txt"), ids=str)
def test_case(case: Case) -> None:
    found, said = family(case.input)
    parents = "parents: " + (" ".join(sorted(found.parents)) or "none")
    assert f"{parents}\n{printed(found.entries, said)}" == case.expected


def test_a_parent_may_stand_in_another_file_and_its_fields_keep_their_place() -> None:
    found, said = family("@inproceedings{a, crossref = {p}}", "\n@proceedings{p, acceptance = {1/4}}")
    assert found.entries[0].where("acceptance") == Location("b.bib", 2)
    assert not said


@pytest.mark.parametrize("name", sorted(NEVER_INHERITED - {"crossref", "xdata"}))
def test_what_speaks_of_the_parent_alone_stays_there(name: str) -> None:
    found, _ = family(f"@misc{{a, crossref = {{p}}}} @misc{{p, {name} = {{x}}}}")
    assert name not in found.entries[0].fields


def test_a_long_chain_is_cut_and_needs_no_recursion() -> None:
    chain = "".join(f"@misc{{k{i}, f{i} = {{x}}, crossref = {{k{i + 1}}}}}\n" for i in range(3_000))
    found, said = family(chain + "@misc{k3000}")
    assert {d.code for d in said} == {Code.BIB_PARENT_CYCLE}
    assert max(len(entry.fields) for entry in found.entries) <= MAX_DEPTH + 3


def test_nobody_inherits_without_end() -> None:
    parents = "".join(f"@xdata{{x{i}, " + ", ".join(f"f{i}x{j} = 1" for j in range(200)) + "}\n" for i in range(10))
    found, said = family(parents + "@misc{a, xdata = {" + ", ".join(f"x{i}" for i in range(10)) + "}}")
    assert len(found.entries[-1].fields) == MAX_INHERITED + 1
    assert [d.code for d in said] == [Code.BIB_INHERITED_SIZE]


KEYS = st.sampled_from("abcd")
TYPES = st.sampled_from(["proceedings", "inproceedings", "xdata", "misc", "book"])
FIELDS = st.dictionaries(
    st.sampled_from(["title", "booktitle", "year", "date", "doi", "abbr", "editor", "editor+an"]),
    st.just("x"),
)


@given(st.dictionaries(KEYS, st.tuples(TYPES, FIELDS, st.lists(KEYS, max_size=3), st.none() | KEYS)))
def test_every_tangle_of_parents_leaves_all_entries_with_their_own_fields(
    tangle: dict[str, tuple[str, dict[str, str], list[str], str | None]],
) -> None:
    entries = []
    for key, (kind, values, xdata, crossref) in tangle.items():
        values = {**values, "xdata": ",".join(xdata), **({"crossref": crossref} if crossref else {})}
        fields = {name: RawField(value, Location("a.bib", 1)) for name, value in values.items()}
        entries.append(RawEntry(kind, key, fields, Location("a.bib", 1)))
    said: list[Diagnostic] = []
    found = resolve(entries, said.append)
    assert [entry.key for entry in found.entries] == [entry.key for entry in entries]
    assert all(
        before.fields.items() <= after.fields.items() for before, after in zip(entries, found.entries, strict=True)
    )
    assert found.parents <= tangle.keys()
