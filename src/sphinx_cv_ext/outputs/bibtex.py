"""Publications as BibTeX: from the model alone, so that no private field and no stray markup gets out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields

from sphinx_cv_ext.model.people import Name
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.model.text import Inline, Linked, Math, RichText, Style, Styled, Text

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
    return text.translate(_ESCAPES)


def _escaped_url(url: str) -> str:
    return re.sub(r"([%#\\{}])", r"\\\1", url)


def names(people: Iterable[Name], et_al: bool = False) -> str:
    """A list of names in BibTeX's form with commas, which needs no guessing when it is read."""
    return " and ".join([*(_name(name) for name in people), *(["others"] if et_al else [])])


def _name(name: Name) -> str:
    if not name.given and not name.suffix and not name.particle:
        return f"{{{escape(name.family)}}}"
    family = " ".join(filter(None, (name.particle, name.family)))
    return ", ".join(escape(part) for part in (family, name.suffix, name.given) if part)


def entry(publication: Publication) -> str:
    """One publication as an entry that BibTeX, biber and our own reader read alike.

    Written are the fields that say what the work is and where it appeared. What is only of this site (badges,
    resource links, marks of authors) is not.
    """
    lines = [f"  {name} = {{{value}}},\n" for name, value in _fields(publication) if value]
    return f"@{publication.entry_type}{{{publication.key},\n{''.join(lines)}}}\n"


def _fields(publication: Publication) -> Iterator[tuple[str, str]]:
    # In the order in which a person looks for them.
    people = names((author.name for author in publication.authors), publication.et_al)
    yield ("editor" if publication.are_editors else "author"), people
    yield "title", latex(publication.title)
    if publication.venue.field:
        yield publication.venue.field, escape(publication.venue.name)
    yield "editor", names(publication.editors)
    if publication.date:
        yield ("date" if publication.date.month else "year"), str(publication.date)
    for field in fields(publication.details):
        if field.name != publication.venue.field:
            yield field.name, escape(getattr(publication.details, field.name))
    yield "pubstate", escape(publication.state)
    yield "langid", publication.language
    yield "keywords", escape(", ".join(publication.keywords))
    yield "note", ". ".join(latex(remark) for remark in publication.remarks)
    yield "abstract", latex(publication.abstract)
