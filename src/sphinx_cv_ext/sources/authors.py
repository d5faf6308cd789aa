"""Who wrote a publication, and what is said of each: annotations, marks typed behind names, their legend."""

from __future__ import annotations

import re

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Report
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import AUTHOR_ROLES, Author, AuthorRole, Name, once_per_name
from sphinx_cv_ext.sources.annotations import Annotation, parse_annotations
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.names import parse_names
from sphinx_cv_ext.sources.raw import RawEntry

_MARKS = "*†‡§¶‖#°"
_EXPLANATION = pattern(rf"([{_MARKS}])\s*([^{_MARKS}]+)")
# What a legend that somebody typed says in words of ours, by a word in it.
_MEANINGS = {"correspond": "corresponding", "equal": "equal", "joint first": "first", "co-first": "first"}
_GROUP = pattern(r"collab|consortium|\b(?:group|team|project)\b", re.IGNORECASE)
_NOTHING = Annotation()


def is_authored(entry: RawEntry) -> bool:
    """Whether an entry names its authors; a ``collaboration``, as INSPIRE has it, is one."""
    return bool(entry.get("author") or entry.get("collaboration"))


def read_authors(entry: RawEntry, report: Report) -> tuple[tuple[Author, ...], bool]:
    """The authors, or the editors of what has none, and whether the list ends in "and others".

    Roles come from biblatex's ``author+an``, remarks on a person from ``author+an:note`` (or a text in quotes in
    the former), ORCID iDs from ``author+an:orcid``. Marks that are typed behind a name, as al-folio has them, are
    roles too; ``annotation`` may say what they mean ("* equal contribution † corresponding author"). A
    ``collaboration`` is the last author.
    """
    field = "author" if is_authored(entry) else "editor"
    names, others = parse_names(entry.get(field), entry.where(field), report)
    roles, notes, orcids = (
        _annotations(entry, f"{field}+an{name}", len(names), report) for name in ("", ":note", ":orcid")
    )
    annotated = {*roles, *notes, *orcids}
    legend = {mark: words.strip(" ,;.") for mark, words in _EXPLANATION.findall(decode_plain(entry.get("annotation")))}
    authors = []
    for place, read in enumerate(names, start=1):
        if not read.marks and place not in annotated:
            authors.append(_author(read.name))
            continue
        annotation = roles.get(place, _NOTHING)
        note = notes.get(place, _NOTHING).literal or annotation.literal
        authors.append(
            Author(
                read.name,
                _roles(annotation, read.marks, legend, entry, f"{field}+an", report),
                decode_plain(note),
                orcids.get(place, _NOTHING).literal.rstrip("/").rpartition("/")[2],
            )
        )
    if group := decode_plain(entry.get("collaboration")):
        authors.append(Author(Name(group if _GROUP.search(group) else f"{group} Collaboration")))
    return tuple(authors), others


_author = once_per_name(Author)


def _annotations(entry: RawEntry, field: str, count: int, report: Report) -> dict[int, Annotation]:
    found = parse_annotations(entry.get(field), entry.where(field), report) if field in entry.fields else {}
    for place in [place for place in found if not 1 <= place <= count]:
        problem = f"{field} speaks of author {place}, but there {'is' if count == 1 else 'are'} {count}"
        report(Diagnostic(Code.ANNOTATION_INVALID, entry.where(field), problem, "it is passed over"))
        del found[place]
    return found


def _roles(
    annotation: Annotation, marks: str, legend: dict[str, str], entry: RawEntry, field: str, report: Report
) -> tuple[AuthorRole, ...]:
    """The roles of the table in its order, then marks that are not in it."""
    known = {}
    for value in annotation.values:
        if value in AUTHOR_ROLES:
            known[value] = AUTHOR_ROLES[value]
        else:
            problem = f"{value!r} is not a role of an author ({', '.join(AUTHOR_ROLES)})"
            report(Diagnostic(Code.ROLE_UNKNOWN, entry.where(field), problem, "it is passed over"))
    typed = []
    for mark in marks:
        words = legend.get(mark, "")
        meaning = next((role for word, role in _MEANINGS.items() if word in words.lower()), "")
        if meaning:
            known[meaning] = AUTHOR_ROLES[meaning]
        else:
            typed.append(AuthorRole("", mark, words))
    return (*(role for role in AUTHOR_ROLES.values() if role.name in known), *typed)
