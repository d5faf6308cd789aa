"""The ``cv`` domain: what pages show, kept from build to build, and how references to it are resolved."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relative_uri

from sphinx_cv_ext.extension import kept
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.locale import _
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.cv import CvPlan, Entry, EntrySelection
from sphinx_cv_ext.model.library import Selection
from sphinx_cv_ext.outputs.lines import title_line

FILE = "file"
"""The type of a reference to a file of the site, as seen from its top."""

LISTED = "listed"
"""The type of a reference to a publication in a list, rather than to its own page."""

ENTRY = "entry"
"""The type of a reference to an id on a page, such as that of a dated entry, or without one to the page.

The attribute `PAGE` of the node names the page.
"""

PAGE = "cv-page"


@frozen
class Shown:
    """What one directive or role of a page shows.

    ``digest`` is that of the selection when the page was read, see `Build.digest`. ``leads_to`` are the keys of
    publications to which the directive or role links elsewhere. The other fields are for lists only: ``ids`` maps keys
    to the ids of the items, in their order; ``exports`` are the formats in which the list can be downloaded, and
    ``file`` is the path of those files without their endings. ``is_home`` is whether the list may be the home of its
    publications although other lists show them, too.
    """

    selection: Selection
    digest: str
    ids: dict[str, str]
    file: str = ""
    exports: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    is_home: bool = True


_BY_PAGE = ("shown", "entries", "plans", "collected", "parts", "contents")


class CvDomain(Domain):
    """The ``cv`` domain.

    Its data is kept from build to build: that of `_BY_PAGE`, and in ``typeset`` whether CVs were also made as PDFs.
    Everything else is derived from these, so that the result does not depend on which pages are read, or in which
    process. ``build`` belongs to the running build only; `database.read` sets it.
    """

    name = "cv"
    label = "Publications"
    object_types: ClassVar[dict[str, ObjType]] = {
        "publication": ObjType(_("Publication"), "publication", searchprio=-1)
    }
    initial_data: ClassVar[dict[str, Any]] = {
        **{name: {} for name in _BY_PAGE},
        "typeset": None,
    }
    build: Build

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.shown: dict[str, list[Shown]] = self.data["shown"]
        """What each page shows, in the order of its source."""
        self.entries: dict[str, list[Entry]] = self.data["entries"]
        """The dated entries of each page, in their order there."""
        self.plans: dict[str, list[CvPlan]] = self.data["plans"]
        """The CVs that each page asks for, in their order there."""
        self.collected: dict[str, list[EntrySelection]] = self.data["collected"]
        """The entries that each page collects from all pages."""
        self.parts: dict[str, dict[str, EntrySelection]] = self.data["parts"]
        """The sections of each page, by id, that are there only if there are entries for them."""
        self.contents: dict[str, nodes.bullet_list] = self.data["contents"]
        """The contents of pages with such sections, as Sphinx would show them if all of those were there."""

    @classmethod
    def of(cls, env: BuildEnvironment) -> CvDomain:
        """The domain of ``env``."""
        return cast(CvDomain, env.get_domain(cls.name))

    @property
    def data_version(self) -> int:  # type: ignore[override]
        """A number that changes with our code: Sphinx then reads all pages again, since older data may not fit.

        Changing ``env_version`` in the extension's metadata would have the same effect, but Sphinx also writes that
        into the search index, so that the same site would come out differently after every change of our code.
        """
        return int.from_bytes(kept.code_stamp()[:8])

    def clear_doc(self, docname: str) -> None:
        """Forget a page that will be read again."""
        for records in (self.data[name] for name in _BY_PAGE):
            records.pop(docname, None)

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the targets of ``{any}`` on a page, which may be keys of publications."""
        for node in document.findall(pending_xref):
            if node["reftype"] == "any":
                keys = tuple(key.strip() for key in node["reftarget"].split(","))
                self.note(Selection(keys=keys), leads_to=keys)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process has read."""
        for name in _BY_PAGE:
            self.data[name].update({page: otherdata[name][page] for page in docnames if page in otherdata[name]})

    def note(
        self,
        selection: Selection,
        ids: dict[str, str] | None = None,
        exports: tuple[str, ...] = (),
        leads_to: tuple[str, ...] = (),
        is_home: bool = True,
    ) -> Shown:
        """Remember that the page being read shows ``selection``; the other parameters are fields of `Shown`."""
        docname = self.env.docname
        records = self.shown.setdefault(docname, [])
        before = sum(bool(record.exports) for record in records)
        # The number of the list is part of the folder: at the end of the name it might make the name of another page.
        file = f"exports/lists{f'-{before + 1}' if before else ''}/{docname}" if exports else ""
        record = Shown(selection, self.build.digest(selection), ids or {}, file, exports, leads_to, is_home)
        records.append(record)
        return record

    def outdated(self) -> list[str]:
        """The pages that show publications which have changed since the pages were read."""
        return [
            docname
            for docname, records in self.shown.items()
            if any(record.digest != self.build.digest(record.selection) for record in records)
        ]

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
        """Resolve a reference to a publication, to a file of the site or to a dated entry, by its type ``typ``.

        A publication is found on its own page or at its home; a title at its home does not link to itself.
        """
        if typ == FILE:
            uri = relative_uri(builder.get_target_uri(fromdocname), target)
            reference = nodes.reference("", "", contnode, refuri=uri, internal=True, classes=contnode["classes"])
            contnode["classes"] = []
            return reference
        if typ == ENTRY:
            # In other formats than HTML there is no way to link to an id on another page.
            can_be = builder.format == "html" if target else node[PAGE] != fromdocname
            is_there = can_be and node[PAGE] in env.found_docs
            lost = cast(nodes.reference, contnode)
            return make_refnode(builder, fromdocname, node[PAGE], target, contnode) if is_there else lost
        place = self.build.place_of(target)
        home = (self.build.gathered.homes.get(target) or place) if typ == LISTED else place
        if not home:
            # A publication that is shown nowhere is no mistake: there is just no link to it.
            return cast(nodes.reference, contnode) if target in self.build.library.by_key else None
        if home.target and home.docname == node.get("refdoc", fromdocname) and _stands_in(home.target, node):
            return cast(nodes.reference, contnode)
        for inner in list(contnode.findall(nodes.reference)):  # a link cannot be inside a link
            inner.parent.replace(inner, inner.children)
        reference = make_refnode(builder, fromdocname, home.docname, home.target, contnode)
        if "cv-link" in contnode["classes"]:
            # The classes make it look like a button, so they belong on the link and not on the words in it.
            reference["classes"] += contnode["classes"]
            contnode["classes"] = []
        return reference

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Find nothing: the ``cite`` domain knows publications as well, and resolves ``{any}``."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every publication that has a home, for the inventory."""
        for key, home in self.build.gathered.homes.items():
            yield key, title_line(self.build.library.by_key[key]), "publication", home.docname, home.target, -1


def _stands_in(target: str, node: nodes.Node | None) -> bool:
    """Whether ``node`` is inside the element with the id ``target``, or is that element."""
    while node is not None:
        if isinstance(node, nodes.Element) and target in node["ids"]:
            return True
        node = node.parent
    return False
