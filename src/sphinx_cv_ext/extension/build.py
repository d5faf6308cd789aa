"""What a running build knows of publications: made anew by each, and kept in no environment."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_cv_ext.extension.exporting import Exporter
from sphinx_cv_ext.extension.kept_items import KeptItems
from sphinx_cv_ext.extension.shells import by_leaf
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.cv import Entry
from sphinx_cv_ext.model.library import Library, Selection, Sort
from sphinx_cv_ext.model.naming import numbers
from sphinx_cv_ext.model.publication import Publication

if TYPE_CHECKING:
    from sphinx_cv_ext.extension.domain import CvDomain
    from sphinx_cv_ext.extension.processes import Task
    from sphinx_cv_ext.extension.sharing import Pages


class Home(NamedTuple):
    """Where a publication is found: the page and the target to which citations and titles lead."""

    docname: str
    target: str


@frozen
class Gathered:
    """What all pages together say of publications.

    ``homes`` is where each stands that is in a list. ``entries`` are the dated entries that belong to each, ``told``
    is a digest of them, and ``talks`` are all those entries that are talks with a date.
    """

    homes: Mapping[str, Home] = field(default_factory=dict)
    entries: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    talks: Sequence[Entry] = ()


class Build:
    """A build, from when its .bib files are read.

    ``target_uri`` gives the address of a page by its name, seen from the top of the site. ``said`` is what stands for
    each publication, see `sphinx_cv_ext.sources.memory`, and ``repository`` the folder of ``cv_files``. The rest is
    empty until one function each puts it there as a whole:

    - `pages.plan`, when it is known which pages there are: ``pages``, the name of each publication's own page;
    - `gathering.gather`, when all of them are read: ``gathered``;
    - `lists.decide`, before any is written: ``items``, what keeps the HTML of lists, if they become HTML at once;
    - `pages.begin`, when Sphinx is ready to write: ``writing``, the publications' own pages that are to be written.

    ``chores`` are left by anyone, to be done by whatever process before the build is over. ``is_index_new`` is whether
    there is something in the search index that is not in its file.
    """

    def __init__(self, app: Sphinx, library: Library, said: Mapping[str, bytes], repository: Path | None) -> None:
        self.builder = app.builder
        self.target_uri = by_leaf(app.builder.get_target_uri)
        self.library = library
        self.repository = repository
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
        """The one that reads and writes the pages of ``env``."""
        return cast("CvDomain", env.get_domain("cv")).build

    def digest(self, selection: Selection) -> str:
        """Everything that the publications of ``selection`` can show; where they stand in the .bib does not."""
        if selection not in self._digests:
            said = "".join(map(self.digest_of, self.library.select(selection)))
            self._digests[selection] = hashlib.sha256(said.encode()).hexdigest()
        return self._digests[selection]

    def digest_of(self, publication: Publication) -> str:
        """Everything that one publication can show."""
        if publication.key not in self._digests:
            said = self._said[publication.key] + publication.citing_label.encode()
            self._digests[publication.key] = hashlib.sha256(said).hexdigest()
        return self._digests[publication.key]

    def digest_of_pages(self) -> str:
        """Everything that the publications with a page of their own can show."""
        return self.digest(Selection(keys=tuple(self.pages), sort=Sort.KEYS))

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The numbers of all publications, by key, so that one has the same in every list."""
        return numbers(self.library.select(Selection()))

    def place_of(self, key: str) -> Home | None:
        """Where a publication is found on the site: its own page, else its home; None where nothing shows it.

        A preprint that no list names is found where the work is that it became.
        """
        if key not in self.pages and key not in self.gathered.homes:
            key = self.library.preprints.get(key, key)
        return Home(self.pages[key], "") if key in self.pages else self.gathered.homes.get(key)

    def uri_of(self, key: str) -> str:
        """That place as seen from the top of the site; empty where there is none."""
        place = self.place_of(key)
        if not place:
            return ""
        uri = self.target_uri(place.docname)
        return f"{uri}#{place.target}" if place.target else uri
