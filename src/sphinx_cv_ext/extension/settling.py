"""Resolves nodes that are meant for one kind of output only, or that each output needs in a form of its own."""

from __future__ import annotations

from html import escape

from docutils import nodes

from sphinx_cv_ext.outputs.elements import FOREIGN, LANGUAGE, MATH, ONLY
from sphinx_cv_ext.outputs.mathml import mathml


def settle_for_html(document: nodes.document) -> None:
    """Prepare nodes for HTML: keep what is meant for it, turn formulas into MathML and foreign words into ``bdi``."""
    keep(document, "html")
    drawn = {id(formula): _drawn(formula.astext()) for formula in formulas(document)}
    # All formulas of a parent at once: to replace them one by one would take quadratic time.
    for parent in {id(formula.parent): formula.parent for formula in formulas(document)}.values():
        parent[:] = [drawn.get(id(child), child) for child in parent.children]
    for words in [node for node in document.findall(nodes.inline) if FOREIGN in node["classes"]]:
        language = next(name.removeprefix(LANGUAGE) for name in words["classes"] if name.startswith(LANGUAGE))
        start = nodes.raw("", f'<bdi lang="{escape(language)}">', format="html")
        words.parent.replace(words, [start, *words.children, nodes.raw("", "</bdi>", format="html")])


def _drawn(latex: str) -> nodes.Element:
    element = mathml(latex)
    return nodes.raw("", element, format="html") if element else nodes.literal(latex, latex)


def formulas(document: nodes.document) -> list[nodes.inline]:
    """The formulas of a page, still as LaTeX."""
    return [node for node in document.findall(nodes.inline) if MATH in node["classes"]]


def keep(document: nodes.document, where: str) -> None:
    """Keep the nodes that `sphinx_cv_ext.outputs.elements.only` has marked for ``where``; drop those for others."""
    kept = ONLY[where]
    for node in [*document.findall(nodes.inline), *document.findall(nodes.container)]:
        marks = set(node["classes"]) & set(ONLY.values())
        if marks:
            node.parent.replace(node, node.children if kept in marks else [])
