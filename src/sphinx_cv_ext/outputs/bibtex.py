"""Publications as BibTeX: from the model alone, so that no private field and no stray markup gets out.

There are two dialects: `biblatex` is for biblatex and biber (manual of biblatex, chapter 2), `bibtex` for BibTeX and
its styles (Oren Patashnik, "BibTeXing", section 3). A field is one line, for they read any white space as a blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

from sphinx_cv_ext.model.people import Name
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.model.text import Inline, Linked, Math, RichText, Style, Styled, Text
from sphinx_cv_ext.outputs.lines import one_line
from sphinx_cv_ext.outputs.parts import (
    address,
    container,
    edition,
    eprint,
    family,
    genre,
    host,
    is_in_journal,
    is_undivided,
    volume,
)

BIBTEX_TYPES: dict[str, str] = {
    "article": "article",
    "conference": "inproceedings",
    "workshop": "inproceedings",
    "preprint": "misc",
    "book": "book",
    "chapter": "incollection",
    "proceedings": "proceedings",
    "thesis": "phdthesis",
    "report": "techreport",
    "patent": "misc",
    "dataset": "misc",
    "software": "misc",
    "talk": "misc",
    "other": "misc",
}
"""The type of BibTeX for each of our types; `_bibtex_type` knows the finer ones."""

# Types of BibTeX that say more than ours, and the type that we read them as.
_FINER = {"booklet": "book", "inbook": "chapter", "manual": "report", "unpublished": "other"}
# What BibTeX's standard styles print for these types by themselves.
_IMPLIED = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis", "techreport": "Technical report"}
# The field that names who brought the work out; "publisher" for the types that are not here.
_HOUSE_FIELDS = {
    **dict.fromkeys(("phdthesis", "mastersthesis"), "school"),
    **dict.fromkeys(("misc", "booklet", "unpublished"), "howpublished"),
    "techreport": "institution",
    "manual": "organization",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # BibTeX counts escaped braces, too.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\u00a0": "~",
        "–": "--",
        "—": "---",
        "“": "``",
        "”": "''",
        "‘": "`",
        "’": "'",
    }
)
# Between these TeX would see one sign: !` is ¡, two hyphens are a dash, two quotes are a double one.
_LIGATURES = re.compile("(?<=[!?`‘])(?=[`‘])|(?<=['’])(?=['’])|(?<=[-–—])(?=[-–—])")
_COMMANDS = {
    Style.EMPHASIS: r"\emph",
    Style.STRONG: r"\textbf",
    Style.CODE: r"\texttt",
    Style.SMALL_CAPS: r"\textsc",
    Style.SUBSCRIPT: r"\textsubscript",
    Style.SUPERSCRIPT: r"\textsuperscript",
    Style.PROTECTED: "",
}
_NEEDS_NO_BRACES = re.compile(r"\d+")


def latex(text: RichText) -> str:
    """Rich text as LaTeX for a BibTeX field: Unicode letters stay, what LaTeX would read as a command does not."""
    return "".join(_inline(inline) for inline in text)


def _inline(inline: Inline) -> str:
    match inline:
        case Text(value):
            return escape(value)
        case Math(source):
            return f"${source}$"
        case Linked(url, children):
            return rf"\href{{{_escaped_url(url)}}}{{{latex(children)}}}"
        case Styled(style, children):
            return f"{_COMMANDS[style]}{{{latex(children)}}}"


def escape(text: str) -> str:
    """Plain text as LaTeX."""
    return "{}".join(part.translate(_ESCAPES) for part in _LIGATURES.split(text))


def _escaped_url(url: str) -> str:
    return re.sub(r"([%#\\{}])", r"\\\1", url)


def names(people: Iterable[Name], et_al: bool = False) -> str:
    """A list of names in BibTeX's form with commas, which needs no guessing when it is read."""
    return " and ".join([*(_name(name) for name in people), *(["others"] if et_al else [])])


def _name(name: Name) -> str:
    if is_undivided(name):
        return f"{{{escape(name.family)}}}"
    return ", ".join(escape(part) for part in (family(name), name.suffix, name.given) if part)


def biblatex(publication: Publication) -> str:
    """One publication as an entry that biblatex and our own reader read alike.

    Written are the fields that say what the work is and where it appeared. What is only of this site (badges,
    resource links, marks of authors) is not.
    """
    lines = [f"  {name} = {{{value}}},\n" for name, value in _on_lines(_biblatex_fields(publication))]
    return f"@{publication.entry_type}{{{publication.key},\n{''.join(lines)}}}\n"


def _on_lines(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The fields that hold anything, each value on one line."""
    return [(name, line) for name, value in found if (line := one_line(value))]


def _biblatex_fields(publication: Publication) -> Iterator[tuple[str, str]]:
    # In the order in which a person looks for them.
    people = names((author.name for author in publication.authors), publication.et_al)
    yield ("editor" if publication.are_editors else "author"), people
    yield "title", latex(publication.title)
    if publication.venue.field:
        yield publication.venue.field, escape(publication.venue.name)
    yield "shortjournal", escape(publication.venue.short) if is_in_journal(publication) else ""
    yield "editor", names(publication.editors)
    if publication.date:
        yield ("date" if publication.date.month else "year"), str(publication.date)
    repository, identifier = eprint(publication)
    details = replace(
        publication.details,
        volume=volume(publication),
        edition=edition(publication),
        eprint=identifier,
        eprinttype=publication.details.eprinttype or repository,
    )
    for field in fields(details):
        if field.name != publication.venue.field:
            value = getattr(details, field.name)
            yield field.name, (_verbatim(value) if field.name in ("doi", "eprint") else escape(value))
    yield "url", _address(publication)
    yield "pubstate", escape(publication.state)
    yield "langid", publication.language
    yield "keywords", escape(", ".join(publication.keywords))
    yield "note", ". ".join(latex(remark) for remark in publication.remarks)
    yield "abstract", latex(publication.abstract)


def _verbatim(value: str) -> str:
    """An identifier as it is, for biblatex and hyperref take it so; escaped where braces would not balance."""
    return escape(value) if re.search(r"[{}\\]", value) else value


def bibtex(publication: Publication) -> str:
    """One publication as an entry that BibTeX's own styles print, its fields under each other.

    Letters stay Unicode, which needs LaTeX of 2018 or later. A preprint has the fields that arXiv gives its own
    (https://info.arxiv.org/help/hypertex/bibstyles/).
    """
    kind = _bibtex_type(publication)
    found = _on_lines(_bibtex_fields(publication, kind))
    width = max((len(name) for name, _ in found), default=0)
    lines = [f"  {name:<{width}} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in found]
    return f"@{kind}{{{publication.key},\n{''.join(lines)}}}\n"


def _bibtex_type(publication: Publication) -> str:
    kind = publication.type.name
    if _FINER.get(publication.entry_type) == kind:
        return publication.entry_type
    if kind == "thesis":
        # A thesis of another kind has its name in the field "type".
        return "mastersthesis" if genre(publication) == _IMPLIED["mastersthesis"] else "phdthesis"
    if container(publication) and (is_in_journal(publication) or kind == "other"):
        return "article" if is_in_journal(publication) else "incollection"
    return BIBTEX_TYPES[kind]


def _bibtex_fields(publication: Publication, kind: str) -> Iterator[tuple[str, str]]:
    details, date = publication.details, publication.date
    people = names((author.name for author in publication.authors), publication.et_al)
    yield ("editor" if publication.are_editors else "author"), people
    yield "title", latex(publication.title)
    yield ("journal" if kind == "article" else "booktitle"), escape(container(publication))
    yield "editor", names(publication.editors)
    yield "series", escape(details.series)
    yield "volume", escape(volume(publication))
    yield "number", escape(details.number)
    yield "chapter", escape(details.chapter)
    yield "pages", escape(details.pages)
    yield "eid", escape(details.eid)
    yield "edition", escape(details.edition)
    yield "type", "" if genre(publication) == _IMPLIED.get(kind) else escape(_type(publication, kind))
    is_preprint = publication.type.name == "preprint"
    is_named_below = is_preprint and eprint(publication)[1]
    yield _HOUSE_FIELDS.get(kind, "publisher"), "" if is_named_below else escape(host(publication))
    yield "address", escape(details.location)
    if date:
        yield "year", str(date.year)
        yield "month", _MONTHS[date.month - 1] if date.month else ""
    yield "isbn", escape(details.isbn)
    yield "issn", escape(details.issn)
    yield "doi", _verbatim(details.doi)
    yield "url", _address(publication)
    repository, identifier = eprint(publication)
    yield "eprint", _verbatim(identifier)
    yield "archivePrefix", escape(repository)
    yield "primaryClass", escape(details.eprintclass)
    # BibTeX has no field for the state of a publication; its styles print the note last.
    notes = [escape(publication.state), *(latex(remark) for remark in publication.remarks)]
    yield "note", ". ".join(note.rstrip(".") for note in notes if note)
    yield "keywords", escape(", ".join(publication.keywords))
    yield "abstract", latex(publication.abstract)


def _type(publication: Publication, kind: str) -> str:
    """What styles print instead of "PhD thesis" and the like; a thesis of unknown kind must not become one."""
    return genre(publication) or ("Thesis" if kind == "phdthesis" else "")


def _address(publication: Publication) -> str:
    """The address of a work without a DOI, for styles print both; no braces in it that might not balance."""
    found = "" if publication.details.doi else address(publication)
    return re.sub(r"[{}\\]", lambda match: f"%{ord(match[0]):02X}", found)
