"""What is known about publications on pages: which page shows which, and where each has its home."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relative_uri

from sphinx_cv_ext.extension import kept, site
from sphinx_cv_ext.extension.locale import _
from sphinx_cv_ext.model.cv import CvPlan, Entry
from sphinx_cv_ext.model.library import Library, Selection, Sort
from sphinx_cv_ext.model.naming import numbers
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.lines import title_line

FILE = "file"
"""The type of a reference to a file of the site, as seen from its top."""

LISTED = "listed"
"""The type of a reference to a publication where it stands among others, rather than to its own page."""


ENTRY = "entry"
"""The type of a reference to a dated entry by its id; its attribute `PAGE` is the entry's page."""

PAGE = "cv-page"


class Shown(NamedTuple):
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


class Home(NamedTuple):
    """Where a publication is found: the page and the target to which citations and titles lead."""

    docname: str
    target: str


class CvDomain(Domain):
    """The ``cv`` domain.

    ``shown`` maps a page to what its directives show: all else is derived, so that reading pages in parallel
    or anew gives the same. ``typeset`` is whether CVs were PDFs, too.

    The rest is of the running build and not kept: ``library``, ``homes``, ``said`` (see
    `sphinx_cv_ext.sources.memory`), ``pages`` (the name of each publication's own page), ``repository`` (the folder of
    ``cv_files``), ``entries_by_key`` (the dated entries that belong to each publication), ``told`` (a digest of them),
    ``talks`` (those entries with a date), ``exporter`` (what writes exports, see `sphinx_cv_ext.extension.exporting`),
    ``items`` (what keeps the HTML of lists in a build that writes them at once, see `sphinx_cv_ext.extension.lists`)
    and ``site`` (the builder, if it makes a site of many pages).
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
    library: Library = Library()
    said: Mapping[str, bytes] = MappingProxyType({})
    repository: Path | None = None
    pages: Mapping[str, str] = MappingProxyType({})
    homes: Mapping[str, Home] = MappingProxyType({})
    entries_by_key: Mapping[str, Sequence[Entry]] = MappingProxyType({})
    told: Mapping[str, str] = MappingProxyType({})
    talks: Sequence[Entry] = ()
    exporter: object = None
    items: object = None
    site: Builder | None = None

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
        record = Shown(selection, self.digest(selection), ids or {}, file, exports, leads_to)
        records.append(record)
        return record

    def outdated(self) -> list[str]:
        """The pages for which a selection has something else to say than when they were read."""
        return [
            docname
            for docname, records in self.shown.items()
            if any(record.digest != self.digest(record.selection) for record in records)
        ]

    def digest_of_pages(self) -> str:
        """Everything that the publications with a page of their own can show."""
        return self.digest(Selection(keys=tuple(self.pages), sort=Sort.KEYS))

    def digest(self, selection: Selection) -> str:
        """Everything that the publications of ``selection`` can show; where they stand in the .bib does not."""
        if selection not in self._digests:
            said = "".join(map(self.digest_of, self.library.select(selection)))
            self._digests[selection] = hashlib.sha256(said.encode()).hexdigest()
        return self._digests[selection]

    def digest_of(self, publication: Publication) -> str:
        """Everything that one publication can show."""
        if publication.key not in self._digests:
            said = self.said[publication.key] + publication.citing_label.encode()
            self._digests[publication.key] = hashlib.sha256(said).hexdigest()
        return self._digests[publication.key]

    @cached_property
    def _digests(self) -> dict[Selection | str, str]:
        """The digests that were asked for, by selection and key; publications do not change while a build runs."""
        return {}

    def settle(self) -> dict[str, Home]:
        """Find where each publication that is in a list is at home, once all pages are read.

        That is the longest list that shows it, of equally long ones the first in the site's order.
        """
        order = {docname: place for place, docname in enumerate(site.order(self.env))}
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
        return homes

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The numbers of all publications, by key, so that one has the same in every list."""
        return numbers(self.library.select(Selection()))

    def place_of(self, key: str) -> Home | None:
        """Where a publication is found on the site: its own page, else its home; None where nothing shows it."""
        return Home(self.pages[key], "") if key in self.pages else self.homes.get(key)

    def uri_of(self, builder: Builder, key: str) -> str:
        """That place as seen from the top of the site; empty where there is none."""
        place = self.place_of(key)
        if not place:
            return ""
        uri = builder.get_target_uri(place.docname)
        return f"{uri}#{place.target}" if place.target else uri

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
        place = self.place_of(target)
        home = (self.homes.get(target) or place) if typ == LISTED else place
        if not home:
            # Nothing is wrong with a publication that stands nowhere: there is just no link to it.
            return cast(nodes.reference, contnode) if target in self.library.by_key else None
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
        for key, home in self.homes.items():
            yield key, title_line(self.library.by_key[key]), "publication", home.docname, home.target, -1


def _stands_in(target: str, node: nodes.Node | None) -> bool:
    """Whether ``node`` stands in the element of that id."""
    while node is not None:
        if isinstance(node, nodes.Element) and target in node["ids"]:
            return True
        node = node.parent
    return False
