"""The authors of a publication with their roles and remarks, from annotations and from marks typed after names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Report
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import AUTHOR_ROLES, Author, AuthorRole, Name, folded, once_per_name
from sphinx_cv_ext.sources.annotations import Annotation, parse_annotations
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.links import identifier
from sphinx_cv_ext.sources.names import ReadName, parse_groups, parse_names
from sphinx_cv_ext.sources.raw import RawEntry

_MARKS = "*†‡§¶‖#°+^"
_EXPLANATION = pattern(rf"([{_MARKS}])\s*([^{_MARKS}]+)")
# Our roles, by words that a typed legend may use for them.
_MEANINGS = {"correspond": "corresponding", "equal": "equal", "joint first": "first", "co-first": "first"}
_TEAM = r"(?:consortium|group|team|project)"
# What people's LaTeX sets in bold in a CV of theirs.
_STANDING_OUT = frozenset({"highlight", "bold", "me", "myself"})
_GROUP = pattern(rf"collab|\b{_TEAM}\b", re.IGNORECASE)
_ENDS_IN_TEAM = pattern(rf"\b{_TEAM}$", re.IGNORECASE)
_COLLABORATIONS = pattern(r"\s+collaborations$", re.IGNORECASE)
# "on behalf of the ATLAS Collaboration" and "ATLAS" are the same group.
_AROUND_GROUP = pattern(r"^(?:(?:on behalf of|for) )?(?:the )?|(?: collaborations?)?$")
_NOTHING = Annotation()


def is_authored(entry: RawEntry) -> bool:
    """Whether an entry names its authors; a ``collaboration``, as INSPIRE has it, is one."""
    return bool(entry.get("author") or entry.get("collaboration"))


def read_authors(entry: RawEntry, report: Report) -> tuple[tuple[Author, ...], bool]:
    """The authors, or the editors of an entry without authors, and whether the list ends in "and others".

    Roles come from biblatex's ``author+an``, remarks on a person from ``author+an:note`` (or a text in quotes in
    the former), ORCID iDs from ``author+an:orcid``. Marks that are typed behind a name, as al-folio has them, are
    roles too; ``annotation`` may say what they mean ("* equal contribution † corresponding author"). A
    ``collaboration`` is the last author, unless it is among the others already.
    """
    field = "author" if is_authored(entry) else "editor"
    names, others = parse_names(entry.get(field), entry.where(field), report)
    if "collaboration" in entry.fields:
        names += _collaborations(entry.get("collaboration"), names)
    return _annotated(entry, field, names, report), others


def read_contributors(entry: RawEntry, field: str, report: Report) -> tuple[tuple[Author, ...], bool]:
    """The people in another field, and whether there are others, as in `read_authors`."""
    names, others = parse_names(entry.get(field), entry.where(field), report)
    return _annotated(entry, field, names, report), others


def _annotated(entry: RawEntry, field: str, names: Sequence[ReadName], report: Report) -> tuple[Author, ...]:
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
                _orcid(orcids.get(place, _NOTHING).literal, entry, f"{field}+an:orcid", report),
            )
        )
    return tuple(authors)


def _collaborations(text: str, names: Sequence[ReadName]) -> tuple[ReadName, ...]:
    """The collaborations of ``A, B and C`` that are not among ``names``."""
    known = {
        _key_of_group(group)
        for read in names
        if not read.name.given
        for group in (read.name.family, *parse_groups(read.name.family))
    }
    groups = {_key_of_group(group): group for group in _groups(text)}
    return tuple(ReadName(Name(group)) for key, group in groups.items() if key not in known)


def _groups(text: str) -> list[str]:
    """The full names of groups; an "and" before a word such as "Team" at the end belongs to a single name."""
    found = parse_groups(text)
    if len(found) > 1 and _ENDS_IN_TEAM.search(found[-1]) and not any(map(_GROUP.search, found[:-1])):
        found = [decode_plain(text)]
    names = [_COLLABORATIONS.sub("", name) for name in found]
    return [name if _GROUP.search(name) else f"{name} Collaboration" for name in names]


def _key_of_group(name: str) -> str:
    return _AROUND_GROUP.sub("", folded(name))


_author = once_per_name(Author)


def _annotations(entry: RawEntry, field: str, count: int, report: Report) -> dict[int, Annotation]:
    found = parse_annotations(entry.get(field), entry.where(field), report) if field in entry.fields else {}
    for place in [place for place in found if not 1 <= place <= count]:
        who = field.partition("+")[0]
        problem = f"{field} refers to {who} {place}, but there {'is' if count == 1 else 'are'} {count}"
        report(Diagnostic(Code.ANNOTATION_INVALID, entry.where(field), problem, "it is ignored"))
        del found[place]
    return found


def _orcid(text: str, entry: RawEntry, field: str, report: Report) -> str:
    """The bare ORCID iD in ``text``; reported, and empty, where ``text`` holds something else."""
    found = identifier("orcid", text)
    if text and not found:
        problem = f"{text!r} contains no ORCID"
        report(Diagnostic(Code.IDENTIFIER_INVALID, entry.where(field), problem, "it is ignored"))
    return found


def _roles(
    annotation: Annotation, marks: str, legend: dict[str, str], entry: RawEntry, field: str, report: Report
) -> tuple[AuthorRole, ...]:
    """The roles in the order of `AUTHOR_ROLES`, then a role for each typed mark that means none of them."""
    known = {}
    for given in annotation.values:
        value = "self" if given in _STANDING_OUT else given
        if value in AUTHOR_ROLES:
            known[value] = AUTHOR_ROLES[value]
        else:
            problem = f"{value!r} is not a role of an author ({', '.join(AUTHOR_ROLES)})"
            report(Diagnostic(Code.ROLE_UNKNOWN, entry.where(field), problem, "it is ignored"))
    typed = []
    for mark in marks:
        words = legend.get(mark, "")
        meaning = next((role for word, role in _MEANINGS.items() if word in words.lower()), "")
        if meaning:
            known[meaning] = AUTHOR_ROLES[meaning]
        else:
            typed.append(AuthorRole("", mark, words))
    return (*(role for role in AUTHOR_ROLES.values() if role.name in known), *typed)
