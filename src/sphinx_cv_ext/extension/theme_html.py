"""Elements as HTML, the same as the theme's own writer would write, but in a small part of the time.

The first element of each shape is written by the theme's writer and by ours. If both results are the same, to the byte,
ours writes all further elements of that shape; otherwise the theme's does.
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
    """Whether lists can become HTML without becoming nodes, because nobody else's code looks at their nodes."""
    modules = [transform.__module__ for transform in app.registry.get_post_transforms()]
    modules += [module_of(listener.handler) for listener in app.events.listeners.get("doctree-resolved", ())]
    return site.is_site(app.builder) and may_write(app) and are_all_of(modules, LEAVE_NODES)


def may_write(app: Sphinx) -> bool:
    """Whether our writer may be used at all: only if no code that we have not read has a part in writing nodes."""
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
    """Writes elements as HTML.

    ``write`` is the theme's way to write a node, which has a parent that may hold it. Without ``is_free`` it writes
    everything. ``is_same`` remembers for each shape whether our HTML is the same as the theme's; it may be shared by
    everything that one build writes.
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
        # The theme's writer treats some nodes differently within a line and between blocks.
        is_in_line = isinstance(node, nodes.Inline) and not isinstance(node, nodes.image)
        parent: nodes.Element = nodes.inline("", "", node) if is_in_line else nodes.section("", node)
        document = new_document("")
        document += parent
        settle_for_html(document)
        return "".join(self._write(child) for child in parent.children if isinstance(child, nodes.Element))
