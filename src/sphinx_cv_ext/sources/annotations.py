"""The grammar of biblatex's data annotations, which give roles, remarks and ORCID iDs to the names of a list."""

from __future__ import annotations

import re

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern

_SPEC = pattern(r"\s*(\d{1,6})?\s*(?::\s*\w+)?\s*=\s*(.*)", re.DOTALL)


@frozen
class Annotation:
    """The annotation of one item of a list: ``values`` are single words, ``literal`` is a text in quotes."""

    values: tuple[str, ...] = ()
    literal: str = ""


def parse_annotations(text: str, location: Location, report: Report) -> dict[int, Annotation]:
    """Parse ``10:family=corresponding;3=equal,student;2="Intern manager"`` into annotations by item.

    Items are counted from 1; item 0 stands for the list as a whole. The grammar is that of biblatex's manual, section
    3.7 "Data Annotations"; the part of a name, such as ``family``, is ignored. A piece that does not follow the grammar
    is reported as ``annotation_invalid`` and left out.
    """
    values: dict[int, list[str]] = {}
    literals: dict[int, str] = {}
    for piece in filter(str.strip, _split(text)):
        match = _SPEC.fullmatch(piece)
        if not match:
            problem = f"{piece.strip()!r} is not an annotation such as 2=corresponding"
            report(Diagnostic(Code.ANNOTATION_INVALID, location, problem, "it is ignored"))
            continue
        item, value = int(match[1] or 0), match[2].strip()
        words = values.setdefault(item, [])
        if value.startswith('"') and value.endswith('"') and len(value) > 1:
            literals[item] = value[1:-1]
        else:
            words += (word.strip().lower() for word in value.split(",") if word.strip())
    return {item: Annotation(tuple(words), literals.get(item, "")) for item, words in values.items()}


def _split(text: str) -> list[str]:
    """The pieces between semicolons outside quotes."""
    return re.findall(r'(?:"[^"]*"|[^;"]|")+', text)
