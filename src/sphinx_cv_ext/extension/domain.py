"""What pages show of publications and have of entries, kept from build to build, and what references to them become."""

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
from sphinx_cv_ext.model.cv import CvPlan, Entry
from sphinx_cv_ext.model.library import Selection
from sphinx_cv_ext.outputs.lines import title_line

FILE = "file"
"""The type of a reference to a file of the site, as seen from its top."""

LISTED = "listed"
"""The type of a reference to a publication where it stands among others, rather than to its own page."""


ENTRY = "entry"
"""The type of a reference to a dated entry by its id; its attribute `PAGE` is the entry's page."""

PAGE = "cv-page"


@frozen
class Shown:
    """What one directive or role of a page shows.

    ``digest`` stands for all that the selection had to say when the page was read. ``ids`` are the targets of
    the entries by key, in the order of the list; only lists have them. ``file`` is what the files are called that
    the list can be taken away in, before their endings, and ``exports`` are their formats. ``leads_to`` are the keys
    of publications that it links to elsewhere.
    """

    selection: Selection
    digest: str
    ids: dict[str, str]
    file: str = ""
    exports: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()


class CvDomain(Domain):
    """The ``cv`` domain.

    ``shown`` maps a page to what its directives show: all else is derived, so that reading pages in parallel
    or anew gives the same. ``typeset`` is whether CVs were PDFs, too. That is kept; ``build`` is of one build
    alone, from when `database.read` puts it there.
    """

    name = "cv"
    label = "Publications"
    object_types: ClassVar[dict[str, ObjType]] = {
        "publication": ObjType(_("Publication"), "publication", searchprio=-1)
    }
    initial_data: ClassVar[dict[str, Any]] = {
        "shown": {},
        "entries": {},
        "plans": {},
        "typeset": None,
    }
    build: Build

    @classmethod
    def of(cls, env: BuildEnvironment) -> CvDomain:
        """The domain of ``env``."""
        return cast(CvDomain, env.get_domain(cls.name))

    @property
    def data_version(self) -> int:  # type: ignore[override]
        """A number for the code that reads pages: what other code has left may not fit, and they are read anew.

        The version of the extension would say the same, but Sphinx writes that into the search index, where the same
        site would never be the same again.
        """
        return int.from_bytes(kept.code_stamp()[:8])

    @property
    def shown(self) -> dict[str, list[Shown]]:
        """What each page shows, in the order of its source."""
        return cast("dict[str, list[Shown]]", self.data["shown"])

    @property
    def entries(self) -> dict[str, list[Entry]]:
        """The dated entries of each page, in their order there."""
        return cast("dict[str, list[Entry]]", self.data["entries"])

    @property
    def plans(self) -> dict[str, list[CvPlan]]:
        """The CVs that each page asks for."""
        return cast("dict[str, list[CvPlan]]", self.data["plans"])

    def clear_doc(self, docname: str) -> None:
        """Forget a page that will be read again."""
        for records in (self.shown, self.entries, self.plans):
            records.pop(docname, None)

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note what may be the keys of publications that ``{any}`` of a page leads to."""
        for node in document.findall(pending_xref):
            if node["reftype"] == "any":
                keys = tuple(key.strip() for key in node["reftarget"].split(","))
                self.note(docname, Selection(keys=keys), leads_to=keys)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process has read."""
        for name in ("shown", "entries", "plans"):
            self.data[name].update({page: otherdata[name][page] for page in docnames if page in otherdata[name]})

    def note(
        self,
        docname: str,
        selection: Selection,
        ids: dict[str, str] | None = None,
        exports: tuple[str, ...] = (),
        leads_to: tuple[str, ...] = (),
    ) -> Shown:
        """Remember what a page shows: if it is a list its target ids by key, and the formats of its files."""
        records = self.shown.setdefault(docname, [])
        before = sum(bool(record.exports) for record in records)
        # A folder for the first lists of all pages and one for the second: behind a name it could be another page's.
        file = f"exports/lists{f'-{before + 1}' if before else ''}/{docname}" if exports else ""
        record = Shown(selection, self.build.digest(selection), ids or {}, file, exports, leads_to)
        records.append(record)
        return record

    def outdated(self) -> list[str]:
        """The pages for which a selection has something else to say than when they were read."""
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
        """Lead from a title to the publication's page, else to its home, not from the home to itself; or to a file."""
        if typ == FILE:
            uri = relative_uri(builder.get_target_uri(fromdocname), target)
            reference = nodes.reference("", "", contnode, refuri=uri, internal=True, classes=contnode["classes"])
            contnode["classes"] = []
            return reference
        if typ == ENTRY:
            # Elsewhere than in HTML no id reaches into a page.
            is_there = builder.format == "html" and node[PAGE] in env.found_docs
            lost = cast(nodes.reference, contnode)
            return make_refnode(builder, fromdocname, node[PAGE], target, contnode) if is_there else lost
        place = self.build.place_of(target)
        home = (self.build.gathered.homes.get(target) or place) if typ == LISTED else place
        if not home:
            # Nothing is wrong with a publication that stands nowhere: there is just no link to it.
            return cast(nodes.reference, contnode) if target in self.build.library.by_key else None
        if home.target and home.docname == node.get("refdoc", fromdocname) and _stands_in(home.target, node):
            return cast(nodes.reference, contnode)
        for inner in list(contnode.findall(nodes.reference)):  # no link stands inside a link
            inner.parent.replace(inner, inner.children)
        reference = make_refnode(builder, fromdocname, home.docname, home.target, contnode)
        if "cv-link" in contnode["classes"]:
            # It is the link that looks like a button, not the words in it.
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
        """Leave ``{any}`` with the key of a publication to the ``cite`` domain, which knows it, too."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every publication that has a home, for inventories."""
        for key, home in self.build.gathered.homes.items():
            yield key, title_line(self.build.library.by_key[key]), "publication", home.docname, home.target, -1


def _stands_in(target: str, node: nodes.Node | None) -> bool:
    """Whether ``node`` stands in the element of that id."""
    while node is not None:
        if isinstance(node, nodes.Element) and target in node["ids"]:
            return True
        node = node.parent
    return False
