"""The entries of all .bib files, each under a key of its own: what happens to those that share a key or have none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report
from sphinx_cv_ext.sources.bibtex_macros import Macros, Pending
from sphinx_cv_ext.sources.raw import RawEntry

# How much of two titles is compared, and what share of it two spellings of one title have in common at least; and with
# how many works under one key, for it takes long.
_COMPARED, _ALIKE, _COMPARED_WORKS = 200, 0.8, 20


class Shelf:
    """The entries that have been read so far, from all files; ``read`` counts also those that were left out."""

    def __init__(self, report: Report) -> None:
        self.read = 0
        self._entries: list[RawEntry] = []
        self._pending: list[Pending] = []
        self._of_key: dict[str, list[RawEntry]] = {}
        self._report = report

    def add(self, entry: RawEntry, pending: Iterable[Pending]) -> None:
        """Add ``entry``, or report why it is left out."""
        self.read += 1
        if not entry.key and not entry.fields:
            problem = f"an entry @{entry.type} has neither a key nor a field"
            self._report(Diagnostic(Code.BIB_EMPTY_ENTRY, entry.location, problem, "it is left out"))
            return
        works = self._of_key.setdefault(entry.key, []) if entry.key else []
        if first := next((work for work in works[:_COMPARED_WORKS] if not _is_other_work(entry, work)), None):
            problem = f"the key {entry.key!r} was given at {first.location} already"
            fallback = f"the entry at {first.location} is kept, this one is left out"
            self._report(Diagnostic(Code.BIB_DUPLICATE_KEY, entry.location, problem, fallback))
            return
        works.append(entry)
        self._entries.append(entry)
        self._pending.extend(pending)

    def entries(self, macros: Macros) -> list[RawEntry]:
        """All entries when all files are read, with the text of ``macros`` in their fields."""
        for pending in self._pending:
            macros.fill(pending)
        return _with_keys(self._entries, self._report)


def _with_keys(entries: list[RawEntry], report: Report) -> list[RawEntry]:
    """Give entries without a key of their own one of type, year and title, which does not depend on other entries."""
    taken = {entry.key for entry in entries}
    first: dict[str, Location] = {}
    counts: dict[str, int] = {}
    keyed = []
    for entry in entries:
        if not entry.key or first.setdefault(entry.key, entry.location) is not entry.location:
            code, problem = Code.BIB_NO_KEY, "an entry has no key"
            if entry.key:
                code, problem = Code.BIB_SHARED_KEY, f"another work has the key {entry.key!r}, at {first[entry.key]}"
            year = (entry.get("year") or entry.get("date"))[:4]
            words = re.findall(r"\w+", entry.get("title").lower()[:200])[:4]
            # A year may be "in press", and a key has no blanks.
            stem = key = "-".join([entry.type, *([year] if year.isdigit() else []), *words])
            while key in taken:
                counts[stem] = counts.get(stem, 1) + 1
                key = f"{stem}-{counts[stem]}"
            taken.add(key)
            entry = replace(entry, key=key)
            report(Diagnostic(code, entry.location, problem, f"it is kept as {key!r}"))
        keyed.append(entry)
    return keyed


def _is_other_work(entry: RawEntry, first: RawEntry) -> bool:
    """Whether titles tell that two entries are two works: Crossref's keys, ``Example_2024``, are those of many."""
    title, other = ("".join(filter(str.isalnum, one.get("title").lower()))[:_COMPARED] for one in (entry, first))
    if not title or not other or title.startswith(other) or other.startswith(title):
        return False
    return SequenceMatcher(None, title, other).ratio() < _ALIKE
