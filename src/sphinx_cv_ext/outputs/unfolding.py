"""What readers of HTML pages can unfold."""

from __future__ import annotations

from docutils import nodes

from sphinx_cv_ext.outputs.elements import Element
from sphinx_cv_ext.outputs.escaping import in_html
from sphinx_cv_ext.outputs.words import Plural

_END = "</details>"


def unfolding(classes: str, label: str, of: str, name: str) -> tuple[Element, Element]:
    """The start and the end of something to unfold."""
    return _html(_details(classes, label, of, name)), _html(_END)


def _details(classes: str, label: str, of: str, name: str) -> str:
    """The start; ``of`` is what it belongs to, for those who cannot see where it is."""
    hidden = f'<span class="cv-hidden">: {in_html(of)}</span>' if of else ""
    shared = f' name="{in_html(name)}"' if name else ""
    return f'<details class="{classes}"{shared}><summary>{in_html(label)}{hidden}</summary>'


def fold(count: int, heading: str, plural: Plural) -> tuple[str, str]:
    """The HTML before and after a list of ``count`` publications below ``heading`` that keeps it folded at first."""
    label = plural("{count} publication", "{count} publications", count).format(count=count)
    return _details("cv-fold", label, heading, ""), _END


def _html(markup: str) -> Element:
    return Element(nodes.raw, markup, format="html")


def bibtex_block(bibtex: str) -> Element:
    """An entry in BibTeX, ready to be copied; only for HTML."""
    return _html(f"<pre><code>{in_html(bibtex)}</code></pre>")
