"""Reading again: what has not changed is not read, and what comes of it is what a first reading gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location
from sphinx_cv_ext.model.people import Name, Owner
from sphinx_cv_ext.sources import Database, Settings, load
from sphinx_cv_ext.sources.memory import NOTHING_READ, Reading

REFS = r"""@article{one, title={One}, author={Example, Ada}, year={2020}, pdf={one.pdf}}
@misc{two, title={Two}, author={Sample, Bo}, year={MMXX}}
@misc{three, title={Three}, author={Sample, Bo}, year={2019}, crossref={two}}
@misc{two, title={Two again}}
"""


class Files:
    """A .bib file that is read again and again, and the warnings of the last time."""

    def __init__(self, folder: Path) -> None:
        self.bib = folder / "refs.bib"
        self.pdf = folder / "one.pdf"
        self.bib.write_text(REFS, encoding="utf-8")
        self.told: list[Diagnostic] = []

    def read(self, last: Reading = NOTHING_READ, owner: Owner | None = None) -> Database:
        self.told = []
        return load(Settings([self.bib], owner or Owner()), self.told.append, last, (untitled,))


def untitled(database: Database) -> Iterator[Diagnostic]:
    for entry in database.entries:
        if not entry.get("title"):
            yield Diagnostic(Code.TITLE_MISSING, entry.location, "no title", "none is shown")


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def assert_like_the_first(files: Files, again: Database) -> None:
    told = files.told
    first = files.read()
    assert told == files.told
    assert again.reading == first.reading
    assert list(again.library.by_key.items()) == list(first.library.by_key.items())
    assert [work.location for work in again.library.listed] == [work.location for work in first.library.listed]
    assert (again.path_of, again.read, again.entries) == (first.path_of, first.read, first.entries)


def test_what_has_not_changed_is_as_it_was_and_told_of_again(files: Files) -> None:
    first = files.read()
    assert {said.code for said in files.told} == {Code.FILE_MISSING, Code.DATE_UNREADABLE, Code.BIB_DUPLICATE_KEY}
    again = files.read(first.reading)
    assert again.reading is first.reading
    assert_like_the_first(files, again)


def test_an_entry_that_has_changed_is_read_and_no_other(files: Files) -> None:
    first = files.read()
    files.bib.write_text(REFS.replace("title={One}", "title={Another}"), encoding="utf-8")
    again = files.read(first.reading)
    one, two, three = again.reading.works
    assert one.publication.plain_title == "Another"
    # The warning of the second entry is repeated.
    assert three is first.reading.works[2]
    assert two.said == first.reading.works[1].said
    assert one.said != first.reading.works[0].said
    assert_like_the_first(files, again)


def test_what_moves_within_the_file_says_what_it_said(files: Files) -> None:
    first = files.read()
    files.bib.write_text(f"% A comment\n{REFS}", encoding="utf-8")
    again = files.read(first.reading)
    assert [work.said for work in again.reading.works] == [work.said for work in first.reading.works]
    assert again.library.by_key["three"].location == Location(again.library.by_key["two"].location.file, 4)
    assert_like_the_first(files, again)


def test_a_local_file_is_looked_for_again(files: Files) -> None:
    first = files.read()
    files.pdf.write_bytes(b"%PDF")
    second = files.read(first.reading)
    assert [link.file for link in second.library.by_key["one"].links] == [str(files.pdf)]
    assert second.reading.works[0].said != first.reading.works[0].said
    assert_like_the_first(files, second)
    assert files.read(second.reading).reading is second.reading
    files.pdf.unlink()
    assert_like_the_first(files, files.read(second.reading))


def test_a_bib_file_that_goes_and_comes_back(files: Files) -> None:
    first = files.read()
    files.bib.unlink()
    gone = files.read(first.reading)
    assert [said.code for said in files.told] == [Code.BIB_MISSING]
    assert files.read(gone.reading).read == 0
    assert [said.code for said in files.told] == [Code.BIB_MISSING]
    files.bib.write_text(REFS, encoding="utf-8")
    assert_like_the_first(files, files.read(gone.reading))


def test_the_rules_speak_again_when_the_owner_changes(files: Files) -> None:
    first = files.read()
    assert files.read(first.reading, Owner([Name("Example", "Ada")])).reading is not first.reading
    assert files.read(first.reading, Owner([])).reading is first.reading
