"""``crossref`` and ``xdata``: an entry of the proceedings says once what all papers in them share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Report
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.credits import EDITOR_FIELDS
from sphinx_cv_ext.sources.raw import RawEntry, RawField

MAX_DEPTH = 32
"""The greatest length of a chain of parents."""
MAX_INHERITED = 500
"""The greatest number of fields that an entry may inherit."""

NO_WORKS = frozenset({"xdata", "set"})
"""Types of entries that are no works: ``xdata`` only lends its fields, ``set`` only groups other entries."""

_CHAPTERS = frozenset({"inbook", "bookinbook", "suppbook"})
_PARTS = _CHAPTERS | {"incollection", "inreference", "suppcollection", "inproceedings", "conference"}
_WHOLES = frozenset({"book", "collection", "reference", "proceedings"})
_TITLES = ("title", "subtitle", "titleaddon")


def _titles(prefix: str) -> dict[str, tuple[str, ...]]:
    return {name: (prefix + name,) for name in _TITLES}


# biblatex manual, appendix B. It pairs only books with chapters and proceedings with papers. BibTeX styles do not
# demand that, and people write @book for proceedings, so here any whole may have any part.
_RENAMED: tuple[tuple[frozenset[str], frozenset[str], dict[str, tuple[str, ...]]], ...] = (
    (
        frozenset({"mvbook", "book"}),
        _CHAPTERS,
        {"author": ("author", "bookauthor")},
    ),
    (
        frozenset({"mvbook", "mvcollection", "mvreference", "mvproceedings"}),
        _WHOLES | _PARTS,
        _titles("main"),
    ),
    (_WHOLES, _PARTS, _titles("book")),
    (frozenset({"periodical"}), frozenset({"article", "suppperiodical"}), _titles("journal")),
)

# Fields that tie an entry to others, or label and sort it (biblatex manual, appendix B).
_TIES = """
    ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions
    relatedstring relatedtype shorthand shorthandintro sortkey shorttitle sorttitle indextitle indexsorttitle
"""
# Our additions: fields that describe the parent alone. biblatex hands some of them on, so that a paper would show the
# DOI of its proceedings as its own.
_OWN = """
    award selected abstract keywords note addendum annotation doi pages pagetotal
    eprint eprinttype eprintclass archiveprefix primaryclass url urldate urlyear urlmonth urlday
"""
NEVER_INHERITED = frozenset(_TIES.split() + _OWN.split())
"""The fields that ``crossref`` leaves with the parent; `resolve` takes more of them."""

# A field is not inherited if the entry itself has one of these others.
_KEPT_AWAY_BY: dict[str, frozenset[str]] = {
    "date": frozenset({"year"}),
    "year": frozenset({"date"}),
    "month": frozenset({"date", "year"}),
    "day": frozenset({"date", "year"}),
    "journal": frozenset({"journaltitle"}),
    "journaltitle": frozenset({"journal"}),
    "address": frozenset({"location"}),
    "location": frozenset({"address"}),
    # A subtitle under another title would make up a name that nobody wrote.
    **{f"{kind}{rest}": frozenset({f"{kind}title"}) for kind in ("book", "main") for rest in _TITLES[1:]},
    **{f"journal{rest}": frozenset({"journal", "journaltitle"}) for rest in _TITLES[1:]},
    # So would a word for what the parent's editors did, with other editors.
    **{f"{field}type": frozenset({field}) for field in EDITOR_FIELDS},
    "institution": frozenset({"school"}),
    "school": frozenset({"institution"}),
}

_REFERENCES = frozenset({"xdata", "crossref"})
_NO_XDATA = _REFERENCES | {"ids"}


@frozen
class Family:
    """Entries that have inherited all they can, in the order in which they were given.

    ``parents`` are the keys of entries with a type in `NO_WORKS`, and of all entries that a ``crossref`` or ``xdata``
    names. ``preprints`` maps the keys of preprints to those of the works that they became. Neither are listed unless
    somebody asks for them.
    """

    entries: list[RawEntry]
    parents: frozenset[str]
    preprints: Mapping[str, str]


def resolve(entries: Sequence[RawEntry], report: Report, links: frozenset[str] = frozenset()) -> Family:
    """Give each of ``entries``, whose keys are unique, what it inherits from any of the others.

    The rules are those of the biblatex manual, sections 2.4.1 and 3.13.6 and appendix B, with two more. A
    parent's ``booktitle`` goes before its ``title`` as the child's ``booktitle``, as BibTeX files have it. And
    `NEVER_INHERITED` and the fields ``links``, which lead to the parent's own resources, stay with the parent;
    an ``@xdata`` entry, which speaks for its children alone, hands on all. What the child says itself goes
    first, then ``xdata`` in its order, then ``crossref``; part of a date or title never joins another's.

    An inherited field keeps the parent's location. Reported: an unknown parent, a chain that leads back or is
    longer than `MAX_DEPTH`, more than `MAX_INHERITED` fields.
    """
    return _Resolver(entries, report, NEVER_INHERITED | links).family()


class _Resolver:
    def __init__(self, entries: Sequence[RawEntry], report: Report, private: frozenset[str]) -> None:
        self._entries = {entry.key: entry for entry in entries}
        self._folded = _by_folded_key(entries)
        self._report = report
        self._private = private
        self._done = {entry.key: entry for entry in entries if entry.fields.keys().isdisjoint(_REFERENCES)}
        self._depth: dict[str, int] = {}
        self._parents = {entry.key for entry in entries if entry.type in NO_WORKS}

    def family(self) -> Family:
        """All entries, each with the fields that it inherits."""
        for key in self._entries:
            if key not in self._done:
                self._settle(key)
        return Family([self._done[key] for key in self._entries], frozenset(self._parents), {})

    def _settle(self, top: str) -> None:
        """Give ``top`` the fields that it inherits, after all its ancestors have theirs."""
        stack, opened = [top], set[str]()
        while stack:
            key = stack[-1]
            if key in self._done:
                stack.pop()
                continue
            if key in opened:
                self._done[key] = self._inherited(self._entries[key])
                continue
            opened.add(key)
            stack.extend(
                parent
                for _, name in _named(self._entries[key])
                if (parent := self._find(name)) and parent not in opened and parent not in self._done
            )

    def _find(self, name: str) -> str | None:
        """The key that a reference means: BibTeX takes it in any case, if only one is meant (btxdoc, 2.3)."""
        return name if name in self._entries else self._folded.get(name.casefold())

    def _inherited(self, entry: RawEntry) -> RawEntry:
        """``entry`` with the fields of its parents; a parent that is not done yet is part of a cycle."""
        fields = dict(entry.fields)
        depth = 0
        for reference, name in _named(entry):
            key = self._find(name)
            if key is None:
                self._say(Code.BIB_PARENT_UNKNOWN, entry, reference, f"there is no entry {name!r}")
                continue
            parent = self._done.get(key)
            if parent is None or self._depth.get(key, 0) >= MAX_DEPTH:
                why = "leads back to this entry" if parent is None else "goes on for too long"
                self._say(Code.BIB_PARENT_CYCLE, entry, reference, f"the chain of parents through {name!r} {why}")
                continue
            self._parents.add(key)
            depth = max(depth, self._depth.get(key, 0) + 1)
            given = _from_xdata(parent) if reference == "xdata" else _from_crossref(parent, entry, self._private)
            if not self._take(entry, fields, given):
                break
        self._depth[entry.key] = depth
        return replace(entry, fields=fields)

    def _take(self, entry: RawEntry, fields: dict[str, RawField], given: Iterator[tuple[str, RawField]]) -> bool:
        """Add to ``fields`` those of ``given`` that are missing in it; False if there are too many."""
        new = set[str]()
        for name, field in given:
            base = name.partition("+")[0]
            # An annotation refers to positions in a list of names, so it is only inherited together with the list.
            rivals = _KEPT_AWAY_BY.get(base, frozenset()) | ({base} - {name})
            if name in fields or any(rival in fields and rival not in new for rival in rivals):
                continue
            if len(fields) - len(entry.fields) >= MAX_INHERITED:
                problem = f"the entry {entry.key!r} would inherit more than {MAX_INHERITED} fields"
                fallback = "it inherits the first of them"
                self._report(Diagnostic(Code.BIB_INHERITED_SIZE, entry.location, problem, fallback))
                return False
            fields[name] = field
            new.add(name)
        return True

    def _say(self, code: Code, entry: RawEntry, reference: str, problem: str) -> None:
        problem = f"{reference} of {entry.key!r}: {problem}"
        self._report(Diagnostic(code, entry.where(reference), problem, "the entry is shown without its fields"))


def _by_folded_key(entries: Sequence[RawEntry]) -> dict[str, str]:
    """Keys by their case-folded form, without those that several entries share."""
    found: dict[str, str | None] = {}
    for entry in entries:
        folded = entry.key.casefold()
        found[folded] = None if folded in found else entry.key
    return {folded: key for folded, key in found.items() if key is not None}


def _named(entry: RawEntry) -> Iterator[tuple[str, str]]:
    """The parents of ``entry``, each with the field that names it; the first has precedence."""
    for name in dict.fromkeys(entry.get("xdata").split(",")):
        if name.strip():
            yield "xdata", name.strip()
    if entry.get("crossref"):
        yield "crossref", entry.get("crossref")


def _from_xdata(parent: RawEntry) -> Iterator[tuple[str, RawField]]:
    return ((name, field) for name, field in parent.fields.items() if name not in _NO_XDATA)


def _from_crossref(parent: RawEntry, child: RawEntry, private: frozenset[str]) -> Iterator[tuple[str, RawField]]:
    """The fields that ``parent`` hands on to ``child``, under the names that they have there."""
    renamed: dict[str, tuple[str, ...]] = {}
    for parents, children, names in _RENAMED:
        if parent.type in parents and child.type in children:
            # If the parent has a booktitle itself, that is meant for the child, and the parent's title is not.
            shadowed = names.get("title", ("",))[0] in parent.fields
            renamed |= {name: () if shadowed else targets for name, targets in names.items()}
    for name, field in parent.fields.items():
        base, plus, rest = name.partition("+")
        if base in private:
            continue
        for target in renamed.get(base, (base,)):
            yield target + plus + rest, field
