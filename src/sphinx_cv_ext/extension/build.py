"""What a running build knows of publications; it is made anew in every build and never pickled."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.osutil import relative_uri

from sphinx_cv_ext.extension.exporting import Exporter
from sphinx_cv_ext.extension.kept_items import KeptItems
from sphinx_cv_ext.extension.shells import by_leaf
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.cv import Entry
from sphinx_cv_ext.model.library import Library, Selection, Sort
from sphinx_cv_ext.model.naming import numbers
from sphinx_cv_ext.model.people import People
from sphinx_cv_ext.model.publication import Publication

if TYPE_CHECKING:
    from sphinx_cv_ext.extension.domain import CvDomain
    from sphinx_cv_ext.extension.processes import Task
    from sphinx_cv_ext.extension.sharing import Pages


class Home(NamedTuple):
    """Where a publication is found: the page, and the id on it, to which citations and titles link.

    The id is empty if the whole page is about the publication.
    """

    docname: str
    target: str


@frozen
class Gathered:
    """What is known once all pages are read.

    ``homes`` maps the key of each publication that stands in a list to its place there. ``entries`` maps keys to the
    dated entries that belong to the publication, and ``told`` to a digest of these. ``talks`` are all dated entries of
    the site that are talks with a date.
    """

    homes: Mapping[str, Home] = field(default_factory=dict)
    entries: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    talks: Sequence[Entry] = ()


class Build:
    """A build, from the moment its .bib files are read.

    ``target_uri`` gives the address of a page by its name, as seen from the top of the site. ``said`` maps the key of
    each publication to a digest of it, see `sphinx_cv_ext.sources.memory`. ``repository`` is the folder of
    ``cv_files``. ``people`` are those of ``cv_people``, or None if there are none, so that nobody is looked for. The
    other attributes are empty at first, and each is set once, by one function:

    - `pages.plan`, when it is known which pages there are: ``pages``, the name of each publication's own page;
    - `gathering.gather`, when all of them are read: ``gathered``;
    - `lists.decide`, before any is written: ``items``, the kept HTML of lists, or None if lists become nodes;
    - `pages.begin`, when Sphinx is ready to write: ``writing``, the publications' own pages that are to be written.

    Anyone may add to ``chores``, which some process does before the build ends. ``is_index_new`` is set when something
    is added to the search index that is not in its file yet.
    """

    def __init__(
        self,
        app: Sphinx,
        library: Library,
        said: Mapping[str, bytes],
        repository: Path | None,
        people: People | None = None,
    ) -> None:
        self.builder = app.builder
        self.target_uri = by_leaf(app.builder.get_target_uri)
        self.library = library
        self.repository = repository
        self.people = people
        self.exporter = Exporter(app, self.digest_of)
        self.pages: Mapping[str, str] = {}
        self.gathered = Gathered()
        self.items: KeptItems | None = None
        self.writing: Pages | None = None
        self.chores: list[Task] = []
        self.is_index_new = False
        self._said = said
        # Publications do not change while a build runs.
        self._digests: dict[Selection | str, str] = {}

    @classmethod
    def of(cls, env: BuildEnvironment) -> Build:
        """The running build of ``env``."""
        return cast("CvDomain", env.get_domain("cv")).build

    def digest(self, selection: Selection) -> str:
        """A digest of everything that a page can show of a selection; its place in the .bib file is no part of it."""
        if selection not in self._digests:
            said = "".join(map(self.digest_of, self.library.select(selection)))
            self._digests[selection] = hashlib.sha256(said.encode()).hexdigest()
        return self._digests[selection]

    def digest_of(self, publication: Publication) -> str:
        """A digest of everything that a page can show of one publication."""
        if publication.key not in self._digests:
            said = self._said[publication.key] + publication.citing_label.encode()
            self._digests[publication.key] = hashlib.sha256(said).hexdigest()
        return self._digests[publication.key]

    def digest_of_pages(self) -> str:
        """A digest of everything that the publications' own pages can show."""
        return self.digest(Selection(keys=tuple(self.pages), sort=Sort.KEYS))

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The numbers of all publications by key: a publication has the same number in every list."""
        return numbers(self.library.select())

    def place_of(self, key: str) -> Home | None:
        """Where a publication is found on the site: its own page, or else its home; None if it is nowhere.

        A preprint that has neither is found where the work is that it became.
        """
        if key not in self.pages and key not in self.gathered.homes:
            key = self.library.preprints.get(key, key)
        return Home(self.pages[key], "") if key in self.pages else self.gathered.homes.get(key)

    def uri_of(self, key: str) -> str:
        """The address of `place_of` as seen from the top of the site; empty if there is no place."""
        place = self.place_of(key)
        if not place:
            return ""
        uri = self.target_uri(place.docname)
        return f"{uri}#{place.target}" if place.target else uri

    def uri_of_page(self, page: str) -> str:
        """The address of ``page``, a name with perhaps ``#`` and an id, as seen from the top of the site."""
        docname, number_sign, target = page.partition("#")
        return f"{self.target_uri(docname)}{number_sign}{target}"

    def uri_from(self, docname: str, page: str) -> str:
        """The same as `uri_of_page`, as seen from the page ``docname``; empty if it is that very page."""
        uri = self.uri_of_page(page)
        return f"{relative_uri(self.target_uri(docname), uri)}{''.join(uri.partition('#')[1:])}"
