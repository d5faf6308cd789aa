"""What this guide needs and nobody else: examples with their results, and tables made from the code itself."""

from __future__ import annotations

import ast
import enum
import inspect
import itertools
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from pygments.lexers import MarkdownLexer
from sphinx.addnodes import tabular_col_spec
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective

from sphinx_cv_ext.diagnostics import Code
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.directives import DIRECTIVES
from sphinx_cv_ext.extension.directives.cv import SECTION_OPTIONS
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.features import FEATURES
from sphinx_cv_ext.extension.options import Option
from sphinx_cv_ext.extension.people import PERSON_FIELDS
from sphinx_cv_ext.extension.profile import PROFILE_FIELDS
from sphinx_cv_ext.extension.settings import SETTINGS
from sphinx_cv_ext.model.credits import CONTRIBUTOR_ROLES
from sphinx_cv_ext.model.cv import CV_PARTS, ENTRY_KINDS
from sphinx_cv_ext.model.figures import FIGURES
from sphinx_cv_ext.model.library import Selection
from sphinx_cv_ext.model.links import LINK_KINDS
from sphinx_cv_ext.model.people import AUTHOR_ROLES
from sphinx_cv_ext.model.publication import PUBLICATION_TYPES
from sphinx_cv_ext.outputs.exports import EXPORTS
from sphinx_cv_ext.outputs.words import english, figure_words
from sphinx_cv_ext.sources.entry_types import ENTRY_TYPES
from sphinx_cv_ext.sources.fields import SYNONYMS

STATIC = Path(__file__).parent / "static"

WIDTH = 66
"""How many characters a row has in plain text."""

Row = tuple[str, ...]
"""The cells of a row. An empty line parts paragraphs of a cell, backquotes stand around code."""


class Example(SphinxDirective):
    """``{example}``: its body as source, and below that what the source makes."""

    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "syntax": lambda text: directives.choice(text, ("myst", "rst"))
    }

    def run(self) -> list[nodes.Node]:
        """Both in one container."""
        syntax = self.options.get("syntax", "myst")
        source = "\n".join(self.content)
        shown = nodes.literal_block(source, source, language=syntax)
        self.set_source_info(shown)
        if syntax == "rst":
            fence = "`" * 12
            self.content = StringList([f"{fence}{{eval-rst}}", *self.content, fence], self.get_source_info()[0])
            self.content_offset -= 1
        settings = self.state.document.settings
        before = settings.auto_id_prefix
        # MyST counts the ids of each piece of reStructuredText from one again, and a page has an id once.
        settings.auto_id_prefix = f"example{self.lineno}-" if syntax == "rst" else before
        result = nodes.container("", *self.parse_content_to_nodes(), classes=["guide-result"])
        settings.auto_id_prefix = before
        return [nodes.container("", shown, result, classes=["guide-example"])]


class Reference(SphinxDirective):
    """``{reference} NAME``: the table of `REFERENCES` of that name."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """One table; a page is read again when the code behind its tables has changed."""
        name, *directive = self.arguments
        complete = len(directive) == (name == "options") and DIRECTIVES.keys() >= {*directive}
        if name not in REFERENCES or not complete:
            known = ", ".join(REFERENCES).replace("options", "options DIRECTIVE")
            raise self.error(f"there is no table {' '.join(self.arguments)!r}, there are {known}")
        header, rows = REFERENCES[name](self, *directive)
        for module in [m for n, m in sys.modules.items() if n.startswith("sphinx_cv_ext.")]:
            self.env.note_dependency(str(module.__file__))
        found = table(header, [*rows])
        self.set_source_info(found)
        widths = [column["colwidth"] for column in found.findall(nodes.colspec)]
        on_paper = "".join(rf"\X{{{width}}}{{{sum(widths)}}}" for width in widths)
        return [tabular_col_spec(spec=on_paper), found]


def table(header: Row, rows: Sequence[Row]) -> nodes.table:
    """A table with a header row; the widths of its columns, in characters, are for plain text and for paper."""
    widths = [min(26, max(8, *map(len, column))) for column in zip(header, *rows, strict=True)]
    widths[-1] = max(20, WIDTH - sum(widths[:-1]))
    group = nodes.tgroup("", cols=len(header))
    group += [nodes.colspec(colwidth=width) for width in widths]
    group += nodes.thead("", _row(header))
    group += nodes.tbody("", *map(_row, rows))
    # On paper only a longtable goes on overleaf.
    longtable = ["longtable"] if len(rows) > 10 else []
    return nodes.table("", group, classes=["guide-reference", "colwidths-auto", *longtable])


def _row(cells: Row) -> nodes.row:
    return nodes.row("", *(nodes.entry("", *map(_paragraph, cell.split("\n\n"))) for cell in cells))


def _paragraph(text: str) -> nodes.paragraph:
    pieces = re.split(r"(``?)(.+?)\1", text)
    paragraph = nodes.paragraph()
    for words, code in itertools.zip_longest(pieces[::3], pieces[2::3]):
        paragraph += nodes.Text(words)
        if code:
            paragraph += nodes.literal(code, code)
    return paragraph


def docstrings(kind: type[enum.Enum]) -> dict[str, str]:
    """The docstring under each member of an enumeration that has one, by the member's name."""
    (definition,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(definition, ast.ClassDef)
    found = {}
    for member, text in itertools.pairwise(definition.body):
        match member, text:
            case ast.Assign(targets=[ast.Name(id=name)]), ast.Expr(value=ast.Constant(value=str(words))):
                found[name] = inspect.cleandoc(words).replace("\n", " ")
    return found


def _settings(_: Reference) -> tuple[Row, Iterable[Row]]:
    # The keys of a setting are the rows below it.
    keys = {
        "cv_profile": [(f'`cv_profile["{name}"]`', "", field.meaning) for name, field in PROFILE_FIELDS.items()],
        "cv_people": [(f'`cv_people["…"]["{name}"]`', "", field.meaning) for name, field in PERSON_FIELDS.items()],
    }
    rows: list[Row] = []
    for setting in SETTINGS:
        rows.append((f"`{setting.name}`", f"`{setting.default!r}`", setting.meaning))
        rows.extend(keys.get(setting.name, ()))
    return ("Setting", "Default", "Meaning"), rows


def _features(_: Reference) -> tuple[Row, Iterable[Row]]:
    return ("Feature", "Meaning"), [(f"`{name}`", meaning) for name, meaning in FEATURES.items()]


def _exports(_: Reference) -> tuple[Row, Iterable[Row]]:
    rows = [(f"`{export.name}`", export.label, f"`.{export.suffix}`") for export in EXPORTS.values()]
    return ("Format", "Button", "Ending"), rows


def _options(_: Reference, directive: str) -> tuple[Row, Iterable[Row]]:
    return ("Option", "Meaning"), [
        (f"`{name}`", "\n\n".join([_sentence(option.meaning), *_values(option)]))
        for name, option in DIRECTIVES[directive].OPTIONS.items()
    ]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].removesuffix(".") + "."


def _values(option: Option) -> Iterator[str]:
    """The values that an option knows and that its meaning does not name, and what is said of each."""
    known = _known(option.read)
    names = {member.name: member.value for member in known} if isinstance(known, type) else {n: n for n in known}
    if not all(f"`{value}`" in option.meaning for value in names.values()):
        yield f"Values: {_list(names.values())}."
    if isinstance(known, type):
        yield from (f"`{names[name]}`: {words}" for name, words in docstrings(known).items())


def _known(read: Callable[..., Any]) -> type[enum.Enum] | Mapping[str, object]:
    """The enumeration or table that an option's reader was made with; an empty table for one that has none."""
    for cell in getattr(read, "__closure__", None) or ():
        known = cell.cell_contents
        if isinstance(known, enum.EnumType | Mapping):
            return known
        if found := _known(known):
            return found
    return {}


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _types(_: Reference) -> tuple[Row, Iterable[Row]]:
    return ("Type", "Heading", "Number", "Entry types"), [
        (
            f"`{kind.name}`",
            kind.plural,
            f"{kind.letters}1",
            _list(f"@{name}" for name, entry in ENTRY_TYPES.items() if entry.type == kind.name) or "–",
        )
        for kind in PUBLICATION_TYPES.values()
    ]


def _links(_: Reference) -> tuple[Row, Iterable[Row]]:
    return ("Name", "Button", "Value"), [
        (
            f"`{kind.name}`",
            kind.label,
            f"URL, or the identifier in `{kind.template.format('…')}`" if kind.template else "URL or file",
        )
        for kind in LINK_KINDS.values()
    ]


def _synonyms(_: Reference) -> tuple[Row, Iterable[Row]]:
    return ("Field", "Also written"), [
        (f"`{ours}`", _list(name for name, meant in SYNONYMS.items() if meant == ours))
        for ours in dict.fromkeys(SYNONYMS.values())
    ]


def _roles(_: Reference) -> tuple[Row, Iterable[Row]]:
    return ("Role", "Mark", "In the legend"), [
        (
            f"`{role.name}`",
            role.mark or "none",
            role.label if role.mark else f"Not shown: {role.label.lower()}",
        )
        for role in AUTHOR_ROLES.values()
    ]


def _contributors(_: Reference) -> tuple[Row, Iterable[Row]]:
    return ("Field", "On the page"), [
        (f"`{role.name}`" if role.has_field else f"`editor` as `{role.name}`", role.by.format(names="…"))
        for role in CONTRIBUTOR_ROLES.values()
    ]


def _warnings(_: Reference) -> tuple[Row, Iterable[Row]]:
    words = docstrings(Code)
    return ("Code", "Kind", "What it says"), [
        (f"`cv.{code.value}`", code.severity.value, words[code.name]) for code in Code
    ]


def _figures(directive: Reference) -> tuple[Row, Iterable[Row]]:
    """Each figure with what it says on this site, and the page is read again when that changes."""
    CvDomain.of(directive.env).note(Selection())
    library = Build.of(directive.env).library
    publications: Sequence[Any] = library.select(Selection())
    found = {name: compute(publications, library.owner) for name, compute in FIGURES.items()}
    return ("Figure", "On this site"), [
        (f"`{name}`", f"{figure.value} {figure_words(figure, str, english)}" if figure else "–")
        for name, figure in found.items()
    ]


def _sections(_: Reference) -> tuple[Row, Iterable[Row]]:
    headings = {kind.name: kind.plural for kind in ENTRY_KINDS.values()} | CV_PARTS
    rows = [(f"`{name}`", headings[name], _list(known) or "–") for name, known in SECTION_OPTIONS.items()]
    return ("Section", "Heading", "Options"), rows


def _entries(_: Reference) -> tuple[Row, Iterable[Row]]:
    return ("Directive", "Set in bold"), [(f"`{{{kind.name}}}`", f"`{kind.lead}`") for kind in ENTRY_KINDS.values()]


REFERENCES: dict[str, Callable[..., tuple[Row, Iterable[Row]]]] = {
    "links": _links,
    "synonyms": _synonyms,
    "roles": _roles,
    "types": _types,
    "options": _options,
    "settings": _settings,
    "warnings": _warnings,
    "figures": _figures,
    "entries": _entries,
    "sections": _sections,
    "features": _features,
    "exports": _exports,
    "contributors": _contributors,
}
"""Every table by name: its header and rows."""


def add_static_path(app: Sphinx, config: Config) -> None:
    """Have the stylesheet of this folder copied."""
    config.html_static_path.append(str(STATIC))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives and the stylesheet."""
    app.add_directive("example", Example)
    app.add_directive("reference", Reference)
    app.add_lexer("myst", MarkdownLexer)
    app.add_css_file("guide.css")
    app.connect("config-inited", add_static_path)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
