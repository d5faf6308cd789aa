"""Elements written as the theme's own writer would write them, but in a tiny part of the time.

Of each shape of elements the theme's writer makes the first. Where ours makes the same of it, to the byte, ours makes
all that follow; else the theme's does.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import isfunction

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import _ as sphinx_s
from sphinx.util.docutils import new_document

from sphinx_cv_ext.extension import site
from sphinx_cv_ext.extension.others import LEAVE_NODES, WRITE_ALL_ALIKE, are_all_of, module_of
from sphinx_cv_ext.extension.settling import settle_for_html
from sphinx_cv_ext.outputs.doctree import to_node
from sphinx_cv_ext.outputs.elements import Element
from sphinx_cv_ext.outputs.html import HtmlWriter


def is_free(app: Sphinx) -> bool:
    """Whether elements need not become nodes, for there is nobody who would look at them."""
    modules = [transform.__module__ for transform in app.registry.get_post_transforms()]
    modules += [module_of(listener.handler) for listener in app.events.listeners.get("doctree-resolved", ())]
    return site.is_site(app.builder) and may_write(app) and are_all_of(modules, LEAVE_NODES)


def may_write(app: Sphinx) -> bool:
    """Whether we may write elements in the theme's stead, for nobody else's code has a part in writing them."""
    registry, builder = app.registry, app.builder
    owners = registry.get_translator_class(builder).__mro__
    writing: list[Callable[..., object]] = [
        method for owner in owners for method in vars(owner).values() if isfunction(method)
    ]
    for kind, pair in registry.translation_handlers.get(builder.name, registry.translation_handlers["html"]).items():
        if hasattr(nodes, kind):
            writing += filter(None, pair)
    return bool(app.config.cv_fast_pages) and are_all_of(map(module_of, writing), WRITE_ALL_ALIKE)


class ThemeHtml:
    """The theme's HTML of elements; ``write`` makes it of a node, which stands in a parent that may hold it.

    Nothing is written by us unless ``is_free``. ``is_same`` holds, by shape, whether ours is the same as the theme's;
    all that one build writes may share it.
    """

    def __init__(
        self,
        builder: StandaloneHTMLBuilder,
        write: Callable[[nodes.Element], str],
        is_free: bool,
        is_same: dict[object, bool],
    ) -> None:
        self._write = write
        self._is_free = is_free
        special = builder.default_translator_class.special_characters
        icon = f'title="{sphinx_s("Link to this heading")}">{builder.config.html_permalinks_icon}'
        self._ours = HtmlWriter(
            lambda text: text.translate(special),
            self._of_node,
            lambda target: f'<a class="headerlink" href="#{target}" {icon}</a>',
        )
        self._is_same = is_same

    def html(self, element: Element) -> str:
        """The HTML of ``element``."""
        if not self._is_free:
            return self._of_node(element)
        shape = _shape(element)
        if shape not in self._is_same:
            theirs = self._of_node(element)
            self._is_same[shape] = self._ours.html([element]) == theirs
            return theirs
        return self._ours.html([element]) if self._is_same[shape] else self._of_node(element)

    def _of_node(self, element: Element) -> str:
        node = to_node(element)
        # Whether something stands in a line or between blocks makes a difference to the writer.
        is_in_line = isinstance(node, nodes.Inline) and not isinstance(node, nodes.image)
        parent: nodes.Element = nodes.inline("", "", node) if is_in_line else nodes.section("", node)
        document = new_document("")
        document += parent
        settle_for_html(document)
        return "".join(self._write(child) for child in parent.children if isinstance(child, nodes.Element))


def _shape(element: Element) -> object:
    """What elements have in common that a writer treats alike: which kinds stand in which."""
    found: set[tuple[type, type]] = set()
    waiting = [element]
    while waiting:
        outer = waiting.pop()
        for inner in outer.children:
            if isinstance(inner, str):
                found.add((outer.kind, str))
            else:
                found.add((outer.kind, inner.kind))
                waiting.append(inner)
    return frozenset(found)
