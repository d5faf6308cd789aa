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
from sphinx_cv_ext.outputs.html import HtmlWriter, Shape


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
        is_same: dict[Shape, bool],
    ) -> None:
        self._write = write
        self._is_free = is_free
        icon = f'title="{sphinx_s("Link to this heading")}">{builder.config.html_permalinks_icon}'
        self._ours = HtmlWriter(
            builder.default_translator_class.special_characters,
            self._of_node,
            lambda target: f'<a class="headerlink" href="#{target}" {icon}</a>',
        )
        self._is_same = is_same

    def html(self, element: Element) -> str:
        """The HTML of ``element``."""
        if not self._is_free:
            return self._of_node(element)
        ours, shape = self._ours.html(element)
        if shape not in self._is_same:
            theirs = self._of_node(element)
            self._is_same[shape] = ours == theirs
            return theirs
        return ours if self._is_same[shape] else self._of_node(element)

    def _of_node(self, element: Element) -> str:
        node = to_node(element)
        # Whether something stands in a line or between blocks makes a difference to the writer.
        is_in_line = isinstance(node, nodes.Inline) and not isinstance(node, nodes.image)
        parent: nodes.Element = nodes.inline("", "", node) if is_in_line else nodes.section("", node)
        document = new_document("")
        document += parent
        settle_for_html(document)
        return "".join(self._write(child) for child in parent.children if isinstance(child, nodes.Element))
