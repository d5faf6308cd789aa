"""The directives, in MyST and reStructuredText alike."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.addnodes import download_reference, pending_xref
from sphinx.environment import BuildEnvironment
from sphinx.locale import _
from sphinx.util.docutils import SphinxDirective

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location
from sphinx_cv_ext.extension import options
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.options import AnyOption, Option
from sphinx_cv_ext.extension.reporting import warn
from sphinx_cv_ext.extension.transforms import GROUPS
from sphinx_cv_ext.model.cv import ENTRY_KINDS
from sphinx_cv_ext.model.figures import FIGURES
from sphinx_cv_ext.model.library import Group, Grouping, OwnerRole, Selection, Sort
from sphinx_cv_ext.model.links import LINK_KINDS, Link, LinkKind
from sphinx_cv_ext.model.people import folded
from sphinx_cv_ext.model.publication import PUBLICATION_TYPES, Publication
from sphinx_cv_ext.outputs import doctree
from sphinx_cv_ext.outputs.words import period_words
from sphinx_cv_ext.sources import short_path
from sphinx_cv_ext.sources.awards import parse_awards
from sphinx_cv_ext.sources.dates import parse_period
from sphinx_cv_ext.sources.links import Files, clean_url, parse_link
from sphinx_cv_ext.sources.rates import parse_rate


class CvDirective(SphinxDirective):
    """What our directives share: options that warn instead of failing, and the way to the library.

    ``OPTIONS`` is the table of a directive's options by name; ``takes_argument`` says whether it has one.
    """

    takes_argument: ClassVar[bool] = False
    OPTIONS: ClassVar[Mapping[str, Option]] = {}
    option_spec = AnyOption()
    optional_arguments = 1
    final_argument_whitespace = True

    @property
    def domain(self) -> CvDomain:
        """The domain, which holds the library."""
        return CvDomain.of(self.env)

    @property
    def place(self) -> Location:
        """Where the directive stands."""
        source, line = self.get_source_info()
        return Location(short_path(source), line or 0)

    def warn(self, code: Code, problem: str, fallback: str) -> None:
        """Report something wrong with the directive."""
        warn(Diagnostic(code, self.place, f"{self.name}: {problem}", fallback))

    def read_options(self) -> dict[str, Any]:
        """The options that are given and right, read."""
        if self.arguments and not self.takes_argument:
            problem = f"it takes no argument such as {' '.join(self.arguments)!r}, only options"
            self.warn(Code.OPTION_INVALID, problem, "it is ignored")
        found = {}
        for name, text in self.options.items():
            option = self.OPTIONS.get(name)
            if option is None:
                problem = f"there is no option {name!r} {options.suggestion(name, self.OPTIONS)}".rstrip()
                self.warn(Code.OPTION_INVALID, problem, "it is ignored")
                continue
            try:
                found[name] = option.read(str(text or "").strip())
            except ValueError as error:
                self.warn(Code.OPTION_INVALID, f"option {name!r}: {error}", "it is ignored")
        return found

    def publication(self, key: str) -> Publication | None:
        """The publication of a key, which the page then depends on; a warning if there is none."""
        return find_publication(self.env, key, self.place)


def find_publication(env: BuildEnvironment, key: str, place: Location) -> Publication | None:
    """The publication of a key for the page that is read, which depends on it; a warning if there is none."""
    domain = CvDomain.of(env)
    domain.note(env.docname, Selection(keys=(key,)))
    found = domain.library.by_key.get(key)
    if not found:
        problem = f"no .bib file has {key!r} {options.suggestion(key, domain.library.by_key)}".rstrip()
        warn(Diagnostic(Code.KEY_UNKNOWN, place, problem, "it is left out"))
    return found


def page_link(env: BuildEnvironment, kind: LinkKind, value: str, place: Location) -> Link | None:
    """The link that the page which is read gives; local files are looked for beside it and in ``cv_files``."""
    folders = [Path(env.doc2path(env.docname)).parent]
    if repository := CvDomain.of(env).repository:
        folders.append(repository)
    files = Files(folders, (Path(env.srcdir), *folders[1:]))
    link = parse_link(kind, value, files, place, warn)
    if not link:
        # The page is read again once there is such a file, and warned of until then, as Sphinx does it.
        with suppress(OSError, ValueError):
            for path in files.candidates(clean_url(value)):
                env.note_dependency(str(path))
    return link


def make_context(env: BuildEnvironment, *, compact: bool = False, max_authors: int = 0) -> doctree.Context:
    """What nodes depend on beside the publications, for the page that is read."""
    docname = env.docname
    srcdir = str(env.srcdir)

    def title_link(publication: Publication, content: list[nodes.Node]) -> nodes.Node:
        return pending_xref(
            "",
            nodes.inline("", "", *content),
            refdomain="cv",
            reftype="publication",
            reftarget=publication.key,
            refdoc=docname,
            refexplicit=True,
        )

    def file_link(link: Link) -> nodes.Element:
        return download_reference("", "", reftarget="/" + Path(os.path.relpath(link.file, srcdir)).as_posix())

    owner = CvDomain.of(env).library.owner
    return doctree.Context(owner, _, title_link, file_link, compact, max_authors)


_SELECTING: dict[str, Option] = {
    "type": Option(options.names_of(PUBLICATION_TYPES), "one or more types of publication"),
    "year": Option(options.years, "years and ranges: `2019`, `2015-2017`, `2019-`"),
    "keyword": Option(options.words, "one or more keywords"),
    "role": Option(options.some_of(OwnerRole), "what the owner is among the authors"),
    "award": Option(
        lambda text: "any" if text.lower() in ("", "any") else folded(text),
        "any award, a kind of award, or part of an award's name",
    ),
    "selected": Option(options.flag, "only publications marked `selected = {true}`"),
    "keys": Option(options.keys, "these publications, in this order"),
    "sort": Option(options.one_of(Sort), "the order; `newest` unless `keys` gives one"),
    "limit": Option(options.number, "at most so many"),
}

# The fields of a Selection that the options have other names for.
_FIELDS = {"type": "types", "year": "years", "keyword": "keywords", "role": "roles"}


class PublicationsDirective(CvDirective):
    """``{publications}``: a list of publications."""

    OPTIONS: ClassVar[Mapping[str, Option]] = {
        **_SELECTING,
        "group": Option(options.one_of(Grouping), "what the list is parted by; `none` unless given"),
        "form": Option(
            options.names_of({"full": None, "compact": None}),
            "`full`, or `compact` without links and remarks",
        ),
        "authors": Option(options.number, "show so many authors of a longer list, and the owner"),
    }

    def run(self) -> list[nodes.Node]:
        """The list, its groups in a container that `PlaceGroups` takes apart."""
        given = self.read_options()
        selection = self.selection(given)
        groups = self.domain.library.groups(selection)
        ids = self._ids(groups)
        self.domain.note(self.env.docname, selection, ids)
        if not groups:
            none = "there are no publications at all; name your .bib file in bibtex_bibfiles in conf.py"
            problem = "no publication fits the options" if self.domain.library.by_key else none
            self.warn(Code.SELECTION_EMPTY, problem, "nothing is shown")
            return []
        context = make_context(
            self.env,
            compact="compact" in given.get("form", ()),
            max_authors=given.get("authors", self.config.cv_max_authors),
        )
        left = dict(ids)
        lists = []
        for group in groups:
            here = {p.key: left.pop(p.key) for p in group.publications if p.key in left}
            lists.append(doctree.publication_list(group.publications, here, context))
        if selection.group is Grouping.NONE:
            return list(lists)
        sections = [self._section(group, selection.group, found) for group, found in zip(groups, lists, strict=True)]
        return [nodes.container("", *sections, classes=[GROUPS])]

    def _ids(self, groups: Sequence[Group]) -> dict[str, str]:
        """A target for each publication, the first time that the list shows it."""
        keys = dict.fromkeys(publication.key for group in groups for publication in group.publications)
        return {key: self._free_id(f"pub-{self.domain.library.by_key[key].anchor}") for key in keys}

    def _free_id(self, wanted: str) -> str:
        """``wanted``, with a number behind it where another list of the page has taken it."""
        found, number = wanted, 1
        while found in self.state.document.ids:
            number += 1
            found = f"{wanted}-{number}"
        self.state.document.ids[found] = nodes.target()
        return found

    def _section(self, group: Group, grouping: Grouping, content: nodes.Node) -> nodes.section:
        name = group.name or _(_NO_GROUP[grouping])
        slug = nodes.make_id(f"{grouping.value}-{name}")
        section = nodes.section("", nodes.title(name, name), content, classes=["cv-group", f"cv-by-{grouping.value}"])
        section["ids"] = [self._free_id(slug)]
        return section

    def selection(self, given: Mapping[str, Any]) -> Selection:
        """What the options ask for; keys that no .bib file has are reported."""
        chosen = {_FIELDS.get(name, name): given[name] for name in (*_SELECTING, "group") if name in given}
        if "keys" in chosen:
            chosen.setdefault("sort", Sort.KEYS)
            for key in chosen["keys"]:
                if key not in self.domain.library.by_key:
                    self.publication(key)
        return Selection(**chosen)


_NO_GROUP = {
    Grouping.YEAR: "Undated",
    Grouping.TYPE: "Other publications",
    Grouping.VENUE: "Without a venue",
    Grouping.KEYWORD: "Without a keyword",
}


class FiguresDirective(CvDirective):
    """``{figures}``: numbers worth knowing, computed from the publications."""

    OPTIONS: ClassVar[Mapping[str, Option]] = {
        **_SELECTING,
        "show": Option(options.names_of(FIGURES), "which figures; all that count something unless given"),
    }

    def run(self) -> list[nodes.Node]:
        """A list of figures; those with nothing to count are left out."""
        given = self.read_options()
        chosen = {_FIELDS.get(name, name): given[name] for name in _SELECTING if name in given}
        selection = Selection(**chosen)
        self.domain.note(self.env.docname, selection)
        library = self.domain.library
        publications = library.select(selection)
        found = [FIGURES[name](publications, library.owner) for name in given.get("show", FIGURES)]
        shown = [figure for figure in found if figure]
        return [doctree.figure_list(shown, _)] if shown else []


_KEY = {"key": Option(str, "the publication whose own values are shown")}


class AwardDirective(CvDirective):
    """``{award}``: the badge of an award, given here or taken from a publication."""

    takes_argument = True
    OPTIONS: ClassVar[Mapping[str, Option]] = {
        **_KEY,
        "rate": Option(str, "how many got it: `2/358` or `3.5%`"),
        "url": Option(str, "a page that shows it"),
    }

    def run(self) -> list[nodes.Node]:
        """A paragraph of badges."""
        given = self.read_options()
        if "key" in given:
            publication = self.publication(given["key"])
            return _badges([doctree.award_badge(award, _) for award in publication.awards] if publication else [])
        if not self.arguments:
            self.warn(Code.OPTION_INVALID, "it has neither an award nor the key of a publication", "nothing is shown")
            return []
        awards = parse_awards(" ".join(self.arguments), self.place, warn)
        rate = parse_rate(given["rate"], self.place, warn) if "rate" in given else None
        link = page_link(self.env, LINK_KINDS["website"], given["url"], self.place) if "url" in given else None
        awards = tuple(
            replace(award, rate=award.rate or rate, url=award.url or (link.url if link else "")) for award in awards
        )
        return _badges([doctree.award_badge(award, _) for award in awards])


class AcceptanceDirective(CvDirective):
    """``{acceptance}``: the badge of an acceptance rate, given here or taken from a publication."""

    takes_argument = True
    OPTIONS: ClassVar[Mapping[str, Option]] = _KEY

    def run(self) -> list[nodes.Node]:
        """A paragraph with the badge."""
        given = self.read_options()
        if "key" in given:
            publication = self.publication(given["key"])
            rate = publication.acceptance if publication else None
        else:
            rate = parse_rate(" ".join(self.arguments), self.place, warn)
        return _badges([doctree.rate_badge(rate, _)] if rate else [])


def _badges(found: Sequence[nodes.Node]) -> list[nodes.Node]:
    return [doctree.paragraph("cv-badges", found)] if found else []


class LinksDirective(CvDirective):
    """``{links}``: buttons that lead to resources, given here by kind or taken from a publication."""

    OPTIONS: ClassVar[Mapping[str, Option]] = {
        **_KEY,
        **{kind.name: Option(str, f"the link {kind.label!r}") for kind in LINK_KINDS.values()},
    }

    def run(self) -> list[nodes.Node]:
        """A paragraph of links in the order of `LINK_KINDS`."""
        given = self.read_options()
        of = ""
        found: list[Link] = []
        if "key" in given:
            publication = self.publication(given["key"])
            if publication:
                of = publication.plain_title
                found.extend(publication.links)
        for name, kind in LINK_KINDS.items():
            if name in given:
                link = page_link(self.env, kind, given[name], self.place)
                found += [link] if link else []
        made = doctree.links(found, of, make_context(self.env))
        return [doctree.paragraph("cv-links", made)] if made else []


class DatedEntryDirective(CvDirective):
    """A dated entry of a CV; its kind is the name it is called by."""

    has_content = True
    takes_argument = True
    OPTIONS: ClassVar[Mapping[str, Option]] = {
        "what": Option(str, "the position, degree, title or course"),
        "where": Option(str, "the employer, school, host or event"),
        "place": Option(str, "the town or country"),
        "url": Option(str, "where `what` leads"),
    }

    def run(self) -> list[nodes.Node]:
        """A list of one entry; `JoinEntries` makes one list of neighbours."""
        given = self.read_options()
        kind = ENTRY_KINDS[self.name]
        what = self._text(given.get("what", ""), given.get("url", ""))
        where = self._text(given.get("where", ""))
        place = self._text(given.get("place", ""))
        first, second = (where, what) if kind.lead == "where" else (what, where)
        lead = first or second
        if not lead:
            self.warn(Code.OPTION_INVALID, "it has neither 'what' nor 'where'", "its date and text are shown")
        rest = _comma_separated([part for part in ((second if first else []), place) if part])
        return [doctree.dated_entry(self._when(), lead, rest, self.parse_content_to_nodes())]

    def _when(self) -> str:
        text = " ".join(self.arguments)
        period = parse_period(text) if text else None
        if text and not period:
            problem = f"{text!r} is not a date or a period such as 2019-05, 2017/2018 or 2020/present"
            self.warn(Code.DATE_UNREADABLE, problem, "it is shown as it stands")
        if period and period.end and period.end < period.start:
            self.warn(Code.DATE_UNREADABLE, f"{text!r} ends before it starts", "it is shown as it stands")
            return text
        return period_words(period, self.config.language or "en", _) if period else text

    def _text(self, text: str, url: str = "") -> list[nodes.Node]:
        """The nodes of an option's text, which may hold inline markup; a link around them if there is a URL."""
        parsed, messages = self.parse_inline(text) if text else ([], [])
        if url and parsed:
            link = page_link(self.env, LINK_KINDS["website"], url, self.place)
            if link:
                reference = make_context(self.env).link(link)
                reference += parsed
                return [reference, *messages]
        return [*parsed, *messages]


def _comma_separated(parts: Sequence[list[nodes.Node]]) -> list[nodes.Node]:
    result: list[nodes.Node] = []
    for part in parts:
        result += [nodes.Text(", "), *part] if result else part
    return result


DIRECTIVES: dict[str, type[CvDirective]] = {
    "publications": PublicationsDirective,
    "figures": FiguresDirective,
    "award": AwardDirective,
    "acceptance": AcceptanceDirective,
    "links": LinksDirective,
    **dict.fromkeys(ENTRY_KINDS, DatedEntryDirective),
}
"""Every directive by name."""
