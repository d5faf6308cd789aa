"""Preprints and the works that they became: ``related`` ties the two together, and they count as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Report
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.sources.links import identifier, kind_elsewhere
from sphinx_cv_ext.sources.raw import RawEntry, RawField

_EPRINT = ("eprint", "eprinttype", "eprintclass")
_ARXIV_FIELDS = ("arxiv", "journal", "volume", "number", "note")
_ADDRESSES = ("url", "paper", "html", "pdf")
# A work with one of these fields gives the address of its preprint itself.
_SAID = frozenset({"eprint", "arxiv", "preprint"})


@frozen
class Joined:
    """Entries in which works have the addresses of their preprints; ``works`` maps preprints to works, by key."""

    entries: list[RawEntry]
    works: dict[str, str]


def join(entries: Sequence[RawEntry], report: Report) -> Joined:
    """Give each work the address of its preprint, unless it has one.

    The values of ``relatedtype`` are our own, which biblatex allows (its manual, section 3.4): ``preprint`` in the
    work, whose ``related`` then names the preprint, or ``preprintof`` in the preprint, which names the work. A preprint
    of two works gives its address to both. A preprint of a preprint is reported and ignored, because the first of them
    would not be shown anywhere.
    """
    by_key = {entry.key: entry for entry in entries}
    preprint_of: dict[str, str] = {}
    became: dict[str, str] = {}
    for entry, work, preprint in _pairs(entries):
        problem = ""
        code = Code.BIB_PARENT_UNKNOWN
        if missing := next((key for key in (work, preprint) if key not in by_key), ""):
            problem = f"there is no entry {missing!r}"
        elif work == preprint or preprint in preprint_of or work in became:
            problem = f"{preprint!r} would be the preprint of a preprint"
            code = Code.BIB_PARENT_CYCLE
        if problem:
            where = entry.where("related")
            report(Diagnostic(code, where, f"related of {entry.key!r}: {problem}", "it counts by itself"))
            continue
        became.setdefault(preprint, work)
        preprint_of.setdefault(work, preprint)
    for work, preprint in preprint_of.items():
        if by_key[work].fields.keys().isdisjoint(_SAID):
            fields = {**by_key[work].fields, **dict(_address(by_key[preprint]))}
            by_key[work] = replace(by_key[work], fields=fields)
    return Joined(list(by_key.values()), became)


def _pairs(entries: Sequence[RawEntry]) -> Iterator[tuple[RawEntry, str, str]]:
    """Each relation: the entry that declares it, the key of the work, and that of its preprint."""
    for entry in entries:
        if "relatedtype" not in entry.fields:
            continue
        kind = entry.get("relatedtype").lower()
        for key in filter(None, (key.strip() for key in entry.get("related").split(","))):
            if kind == "preprint":
                yield entry, entry.key, key
            elif kind == "preprintof":
                yield entry, key, entry.key


def _address(preprint: RawEntry) -> Iterator[tuple[str, RawField]]:
    """The fields with the address of a preprint: its identifier if it has one, otherwise a link."""
    if (eprint := preprint.get("eprint")) and not kind_elsewhere(eprint):
        yield from ((name, preprint.fields[name]) for name in _EPRINT if name in preprint.fields)
        return
    for name in _ARXIV_FIELDS:
        text = preprint.get(name)
        is_number = name == "arxiv" or "arxiv" in text.lower() or text.startswith("abs/")
        if is_number and (number := identifier("arxiv", text)):
            yield "arxiv", RawField(number, preprint.where(name))
            return
    if doi := identifier("doi", preprint.get("doi")):
        yield "preprint", RawField(f"https://doi.org/{doi}", preprint.where("doi"))
        return
    for name in _ADDRESSES:
        if preprint.get(name):
            yield "preprint", preprint.fields[name]
            return
