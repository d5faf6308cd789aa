"""What is known about publications on pages: which page shows which, and where each has its home."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.locale import _
from sphinx.util.nodes import make_refnode

from sphinx_cv_ext.model.library import Library, Selection, Sort


class Shown(NamedTuple):
    """What one directive or role of a page shows.

    ``digest`` stands for all that the selection had to say when the page was read. ``ids`` are the targets of
    the entries by key; only lists have them.
    """

    selection: Selection
    digest: str
    ids: dict[str, str]


class Home(NamedTuple):
    """Where a publication is found: the page and the target to which citations and titles lead."""

    docname: str
    target: str


class CvDomain(Domain):
    """The ``cv`` domain.

    ``shown`` maps a page to what its directives show: all else is derived, so that reading pages in parallel
    or anew gives the same. ``cited`` maps a key to what ``{cite}`` made of it when pages were last written, and is
    None before that; ``paged`` stands for what the own pages of publications said then.

    The rest is of the running build and not kept: ``library``, ``homes``, ``pages`` (the name of each publication's
    own page), ``repository`` (the folder of ``cv_files``) and ``cite_entries`` (pybtex's entries by key).
    """

    name = "cv"
    label = "Publications"
    object_types: ClassVar[dict[str, ObjType]] = {
        "publication": ObjType(_("publication"), "publication", searchprio=-1)
    }
    initial_data: ClassVar[dict[str, Any]] = {"shown": {}, "cited": None, "paged": ""}
    data_version = 1
    library: Library = Library()
    repository: Path | None = None
    pages: Mapping[str, str] = MappingProxyType({})
    cite_entries: Mapping[str, Any] = MappingProxyType({})
    homes: Mapping[str, Home] = MappingProxyType({})

    @classmethod
    def of(cls, env: BuildEnvironment) -> CvDomain:
        """The domain of ``env``."""
        return cast(CvDomain, env.get_domain(cls.name))

    @property
    def shown(self) -> dict[str, list[Shown]]:
        """What each page shows, in the order of its source."""
        return cast("dict[str, list[Shown]]", self.data["shown"])

    def clear_doc(self, docname: str) -> None:
        """Forget a page that will be read again."""
        self.shown.pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process has read."""
        for docname in docnames:
            if docname in otherdata["shown"]:
                self.shown[docname] = otherdata["shown"][docname]

    def note(self, docname: str, selection: Selection, ids: dict[str, str] | None = None) -> None:
        """Remember that a page shows ``selection``, under these target ids if it is a list."""
        record = Shown(selection, self._digest(selection), ids or {})
        self.shown.setdefault(docname, []).append(record)

    def outdated(self) -> list[str]:
        """The pages for which a selection has something else to say than when they were read.

        If only the own page of a publication would say something else, that is the root: Sphinx 8 writes none of
        ours where it has nothing of its own to write.
        """
        found = [
            docname
            for docname, records in self.shown.items()
            if any(record.digest != self._digest(record.selection) for record in records)
        ]
        if not found and self.pages and self.data["paged"] not in ("", self._digest_of_pages()):
            found.append(self.env.config.root_doc)
        return found

    def _digest_of_pages(self) -> str:
        return self._digest(Selection(keys=tuple(self.pages), sort=Sort.KEYS))

    def _digest(self, selection: Selection) -> str:
        """Everything that the publications of ``selection`` can show; where they stand in the .bib does not."""
        found = self.library.select(selection)
        return hashlib.sha256(repr(found).encode("utf-8", "surrogatepass")).hexdigest()

    def settle(self) -> dict[str, Home]:
        """Find where each publication that is in a list is at home, once all pages are read.

        That is the longest list that shows it, of equally long ones the first in the site's order.
        """
        order = {docname: place for place, docname in enumerate(_site_order(self.env))}
        lists = [
            (-len(record.ids), order.get(docname, len(order)), docname, record.ids)
            for docname, records in self.shown.items()
            for record in records
            if record.ids
        ]
        homes: dict[str, Home] = {}
        for _length, _place, docname, ids in sorted(lists, key=lambda found: found[:3]):
            for key, target in ids.items():
                homes.setdefault(key, Home(docname, target))
        self.homes = homes
        if self.pages:
            self.data["paged"] = self._digest_of_pages()
        return homes

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Lead from a title to the publication's page, else to its home; not from the home to itself."""
        home = Home(self.pages[target], "") if target in self.pages else self.homes.get(target)
        if not home:
            return None
        if home.target and home.docname == node.get("refdoc", fromdocname) and _stands_in(home.target, node):
            return cast(nodes.reference, contnode)
        for inner in list(contnode.findall(nodes.reference)):  # no link stands inside a link
            inner.parent.replace(inner, inner.children)
        return make_refnode(builder, fromdocname, home.docname, home.target, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Leave ``{any}`` with the key of a publication to the ``cite`` domain, which knows it, too."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every publication that has a home, for inventories."""
        for key, home in self.homes.items():
            yield key, self.library.by_key[key].plain_title, "publication", home.docname, home.target, -1


def _stands_in(target: str, node: nodes.Node | None) -> bool:
    """Whether ``node`` stands in the element of that id."""
    while node is not None:
        if isinstance(node, nodes.Element) and target in node["ids"]:
            return True
        node = node.parent
    return False


def _site_order(env: BuildEnvironment) -> Iterator[str]:
    """The pages as the toctrees lead through them; those outside of any come last, by name."""
    seen: set[str] = set()
    waiting = [env.config.root_doc]
    while waiting:
        docname = waiting.pop()
        if docname not in seen and docname in env.found_docs:
            seen.add(docname)
            yield docname
            waiting.extend(reversed(env.toctree_includes.get(docname, [])))
    yield from sorted(env.found_docs - seen)
