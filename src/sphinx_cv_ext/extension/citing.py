"""The one module that touches sphinxcontrib-bibtex: it gets our entries, and citations lead to our lists.

Left to itself it reads the .bib files with a strict parser of its own, and knows only the entries that a
``{bibliography}`` shows. Two things are put into its domain instead, both of its documented records:

- before it reads, the entries that our tolerant reader found, as complete as if it had just read the files;
- after it has made the citations of every ``{bibliography}``, one more for each publication that stands in a
  list of ours and so has an address. Citing then resolves as usual: on the page itself, else to our list.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pybtex.backends.plaintext import Backend as PlainTextBackend
from pybtex.bibtex.utils import split_tex_string
from pybtex.database import BibliographyData, Entry, Person
from pybtex.exceptions import PybtexError
from pybtex.plugin import find_plugin, register_plugin
from pybtex.richtext import Text
from pybtex.style import FormattedEntry
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.bibfile import BibData, BibFile
from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue
from sphinxcontrib.bibtex.domain import Citation

from sphinx_cv_ext.extension.domain import CvDomain, Home
from sphinx_cv_ext.model.links import is_safe_url
from sphinx_cv_ext.model.people import Name
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.bibtex import escape
from sphinx_cv_ext.sources import Database
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.links import clean_url
from sphinx_cv_ext.sources.raw import RawEntry

_BACKENDS = "pybtex.backends"

_OURS = "cv-publications"
"""The id under which our lists stand among a page's bibliographies; there is no node of that id."""


def remember_backends() -> None:
    """Have pybtex remember what it else looks for among all installed packages, at every ``{cite}``."""
    for name in ("plaintext", "docutils"):
        register_plugin(_BACKENDS, name, find_plugin(_BACKENDS, name), force=True)


def provide_entries(env: BuildEnvironment, encoding: str, bibfiles: Sequence[Path], database: Database) -> None:
    """Give the ``cite`` domain our entries in the shape in which it keeps its own."""
    entries = {raw.key: _entry(raw, database.library.by_key[raw.key]) for raw in database.entries}
    CvDomain.of(env).cite_entries = entries
    known: dict[str, Any] = {}
    keys: dict[Path, dict[str, None]] = {bibfile: {} for bibfile in bibfiles}
    for key, path in database.path_of.items():
        # pybtex takes keys for equal that differ in case alone. Such a one is citable where a list of ours has it.
        if known.setdefault(key.lower(), key) == key:
            keys[path][key] = None
    cite = env.get_domain("cite").data
    cite["bibdata"] = BibData(
        encoding=encoding,
        bibfiles={bibfile: BibFile(_mtime(bibfile), keys[bibfile]) for bibfile in bibfiles},
        data=BibliographyData({key: entries[key] for key in known.values()}),
    )
    for key in [key for key in cite["bibliographies"] if key.id_ == _OURS]:
        del cite["bibliographies"][key]


def _mtime(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return -math.inf


# The types that pybtex's styles have a template for; it fails on any other.
_KNOWN_TYPES = frozenset(
    [
        "article",
        "book",
        "booklet",
        "inbook",
        "incollection",
        "inproceedings",
        "manual",
        "mastersthesis",
        "misc",
        "online",
        "patent",
        "phdthesis",
        "proceedings",
        "techreport",
        "unpublished",
    ]
)
_NEAREST_TYPES = {
    "thesis": "phdthesis",
    "report": "techreport",
    "chapter": "incollection",
    "conference": "inproceedings",
    "workshop": "inproceedings",
}
# What biblatex calls otherwise.
_BIBTEX_NAMES = {"journaltitle": "journal", "location": "address", "eprinttype": "archiveprefix"}


def _entry(raw: RawEntry, publication: Publication) -> Any:
    """An entry as pybtex has it: fields as LaTeX, people as ours."""
    entry_type = raw.type if raw.type in _KNOWN_TYPES else _NEAREST_TYPES.get(publication.type.name, "misc")
    fields = {
        _BIBTEX_NAMES.get(name, name): field.value
        for name, field in raw.fields.items()
        if name not in ("author", "editor") and "+an" not in name
    }
    fields = {name: value for name, value in fields.items() if _is_harmless(name, value)}
    fields.setdefault("title", escape(publication.plain_title))
    if publication.year:
        fields.setdefault("year", str(publication.year))
    for name, other in (("institution", "school"), ("school", "institution")):
        if other in fields:
            fields.setdefault(name, fields[other])
    people = {"author" if raw.get("author") else "editor": [author.name for author in publication.authors]}
    if publication.editors:
        people["editor"] = list(publication.editors)
    persons = {role: [_person(name) for name in names] for role, names in people.items() if names}
    entry = Entry(entry_type, fields=fields, persons=persons)
    entry.key = raw.key
    return entry


_URL_COMMAND = re.compile(r"\\(?:url|href)\s*\{([^{}]*)")


def _is_harmless(name: str, value: str) -> bool:
    """Whether a field leads to nothing but safe addresses, for sphinxcontrib-bibtex links to whatever it finds."""
    addresses = [value] if name == "url" else _URL_COMMAND.findall(value) if "\\" in value else []
    return all(is_safe_url(clean_url(address)) for address in addresses)


# The same people come again and again in the publications of a group.
@lru_cache(maxsize=1 << 16)
def _person(name: Name) -> Any:
    # pybtex reads LaTeX in names; a group's name is one word only inside braces.
    family = escape(name.family) if name.given else f"{{{escape(name.family)}}}"
    person = Person()
    person.first_names = _words(escape(name.given))
    person.prelast_names = _words(escape(name.particle))
    person.last_names = _words(family)
    person.lineage_names = _words(escape(name.suffix))
    return person


def _words(text: str) -> list[str]:
    """The words of a part of a name as pybtex parts it, which takes its time over each."""
    is_plain = "{" not in text and "\\" not in text and "~" not in text
    return text.split() if is_plain else [*split_tex_string(text)]


def make_bibliographies_safe(app: Sphinx, env: BuildEnvironment) -> None:
    """Mend the fields on which pybtex would fail, where a ``{bibliography}`` is about to format them.

    It raises on braces that do not match, escaped ones included. Such a field is written anew from what our
    decoder made of it.
    """
    cite: Any = env.get_domain("cite")
    files = {path for key, value in cite.bibliographies.items() if key.id_ != _OURS for path in value.bibfiles}
    for path in files:
        for key in cite.bibdata.bibfiles[path].keys:
            found = cite.bibdata.data.entries[key].fields
            for name, value in list(found.items()):
                if not _is_pybtex_latex(value):
                    found[name] = escape(decode_plain(value).translate(_NO_BRACES))


_NO_BRACES = str.maketrans("", "", "{}")


def _is_pybtex_latex(value: str) -> bool:
    try:
        Text.from_latex(value)
    except (PybtexError, ValueError, RecursionError):
        return False
    return True


def provide_citations(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Make every publication with a home citable; returns the pages whose citations or titles now read otherwise."""
    domain = CvDomain.of(env)
    cite: Any = env.get_domain("cite")
    # A publication's own page is for what no list and no {bibliography} shows.
    known = {citation.key for citation in cite.citations}
    pages = {key: Home(page, "") for key, page in domain.pages.items() if key not in known}
    addresses = pages | domain.settle()
    for key, home in addresses.items():
        where = BibliographyKey(docname=home.docname, id_=_OURS)
        cite.bibliographies.setdefault(where, _no_bibliography())
        cite.citations.append(
            _citation(
                domain.library.by_key[key],
                home,
                where,
                domain.cite_entries[key],
                app.config.bibtex_tooltips,
            )
        )
    before, now = domain.data["cited"], _what_citing_gives(cite)
    domain.data["cited"] = now
    if before is None:
        return []  # every page is read, and so written, for the first time
    changed = {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}
    return sorted(_pages_naming(changed, domain, cite))


def look_up_citations(app: Sphinx, env: BuildEnvironment) -> None:
    """Have each ``{cite}`` look at the citations of its keys alone, where sphinxcontrib-bibtex goes through all twice.

    Called when the environment is saved and nothing is written yet.
    """
    cite: Any = env.get_domain("cite")
    every: list[Any] = cite.citations
    places: dict[str, list[int]] = {}
    for place, citation in enumerate(every):
        places.setdefault(citation.key, []).append(place)
    resolve = cite.resolve_xref

    def resolve_among_few(*given: Any) -> Any:
        # A key may have text before and behind it, each in braces.
        keys = [_AROUND_KEY.sub("", key).strip() for key in given[4].split(",")]
        if all(key in places for key in keys):
            cite.data["citations"] = [every[place] for place in sorted({p for key in keys for p in places[key]})]
        try:
            return resolve(*given)
        finally:
            cite.data["citations"] = every

    cite.resolve_xref = resolve_among_few


_AROUND_KEY = re.compile(r"\{[^{}]*\}")


def _no_bibliography() -> Any:
    """A bibliography without a .bib file, so that sphinxcontrib-bibtex never formats anything for it."""
    return BibliographyValue(
        line=0,
        bibfiles=[],
        style="plain",
        list_="citation",
        enumtype="",
        start=1,
        labelprefix="",
        keyprefix="",
        filter_=ast.parse("False"),
        citation_nodes={},
        keys=[],
    )


def _citation(publication: Publication, home: Home, where: Any, entry: Any, tooltips: bool) -> Any:
    formatted = FormattedEntry(publication.key, Text(_tooltip(publication)), publication.citing_label)
    return Citation(
        citation_id=home.target,
        bibliography_key=where,
        key=publication.key,
        entry=entry,
        formatted_entry=formatted,
        tooltip_entry=formatted if tooltips else None,
    )


def _tooltip(publication: Publication) -> str:
    names = [str(author.name) for author in publication.authors]
    people = ", ".join(names[:6]) + (" et al." if len(names) > 6 or publication.et_al else "")
    place = " ".join(filter(None, (publication.venue.short or publication.venue.name, str(publication.year or ""))))
    return ". ".join(filter(None, (people.rstrip("."), publication.plain_title.rstrip("."), place))) + "."


def _what_citing_gives(cite: Any) -> dict[str, tuple[str, ...]]:
    """All that a page writes of a key that it names: its label, tooltip, authors and address."""
    found: dict[str, tuple[str, ...]] = {}
    for citation in cite.citations:
        tooltip = citation.tooltip_entry.text.render(_plain_text()) if citation.tooltip_entry else ""
        found[citation.key] = (
            *found.get(citation.key, ()),
            citation.formatted_entry.label,
            tooltip,
            str(citation.entry.fields.get("year", "")),
            str(citation.entry.persons),
            citation.bibliography_key.docname,
            citation.citation_id,
        )
    return found


def _pages_naming(keys: set[str], domain: CvDomain, cite: Any) -> set[str]:
    citing = {ref.docname for ref in cite.citation_refs if any(target.key in keys for target in ref.targets)}
    listing = {
        docname
        for docname, records in domain.shown.items()
        if any(key in record.ids or key in record.leads_to for record in records for key in keys)
    }
    return citing | listing


@cache
def _plain_text() -> Any:
    return PlainTextBackend()
