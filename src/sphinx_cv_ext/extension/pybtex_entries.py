"""Our entries as pybtex has them, which sphinxcontrib-bibtex works with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any

from pybtex.bibtex.utils import split_tex_string
from pybtex.database import Entry, Person
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from sphinx_cv_ext.model.links import is_safe_url
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import Name, once_per_name
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs.latex import escape
from sphinx_cv_ext.outputs.lines import title_line
from sphinx_cv_ext.sources import Database
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.links import clean_url
from sphinx_cv_ext.sources.raw import RawEntry


class Entries(Mapping[str, Any]):
    """Entries for pybtex by key, each made when it is asked for.

    pybtex ignores the case of keys: of keys that differ only in case it gets the first. `exactly` finds any of them.
    """

    def __init__(self, database: Database) -> None:
        self._by_key = database.library.by_key
        self._database = database
        self.exactly = cache(self._exactly)
        self._first: dict[str, str] = {}
        for key in database.path_of:
            self._first.setdefault(key.lower(), key)

    @cached_property
    def _raw(self) -> dict[str, RawEntry]:
        """The raw entries by key. If no file has changed, the files are only scanned for this."""
        return {raw.key: raw for raw in self._database.entries}

    def _exactly(self, key: str) -> Any:
        """The entry with this key, in this case."""
        return _entry(self._raw[key], self._by_key[key])

    def __getitem__(self, key: str) -> Any:
        return self.exactly(self._first[key.lower()])

    def __iter__(self) -> Iterator[str]:
        return iter(self._first.values())

    def __len__(self) -> int:
        return len(self._first)

    def __reduce__(self) -> Any:
        # Sphinx pickles the environment with an empty dictionary instead: each build provides the entries again.
        return dict, ()


# The types for which pybtex's styles have a template; any other type makes it fail.
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
# BibTeX's names for fields that biblatex calls otherwise.
_BIBTEX_NAMES = {"journaltitle": "journal", "location": "address", "eprinttype": "archiveprefix"}


def _entry(raw: RawEntry, publication: Publication) -> Any:
    """An entry for pybtex: its fields as LaTeX, as they are written; its people as we have read them."""
    entry_type = raw.type if raw.type in _KNOWN_TYPES else _NEAREST_TYPES.get(publication.type.name, "misc")
    fields = {
        _BIBTEX_NAMES.get(name, name): field.value
        for name, field in raw.fields.items()
        if name not in ("author", "editor") and "+an" not in name
    }
    fields = {name: value for name, value in fields.items() if _is_harmless(name, value)}
    fields.setdefault("title", escape(title_line(publication)))
    if publication.year:
        fields.setdefault("year", str(publication.year))
    for name, other in (("institution", "school"), ("school", "institution")):
        if other in fields:
            fields.setdefault(name, fields[other])
    people = {"editor" if publication.part == "editor" else "author": [author.name for author in publication.authors]}
    if editors := publication.credited("editor"):
        people["editor"] = list(editors)
    persons = {role: [_person(name) for name in names] for role, names in people.items() if names}
    entry = Entry(entry_type, fields=fields, persons=persons)
    entry.key = raw.key
    return entry


_URL_COMMAND = pattern(r"\\(?:url|href)\s*\{([^{}]*)")


def _is_harmless(name: str, value: str) -> bool:
    """Whether all addresses in a field are safe: sphinxcontrib-bibtex makes a link of any address."""
    addresses = [value] if name == "url" else _URL_COMMAND.findall(value) if "\\" in value else []
    return all(is_safe_url(clean_url(address)) for address in addresses)


@once_per_name
def _person(name: Name) -> Any:
    # pybtex parses names as LaTeX. Braces keep the name of a group together.
    family = escape(name.family) if name.given else f"{{{escape(name.family)}}}"
    person = Person()
    person.first_names = _words(escape(name.given))
    person.prelast_names = _words(escape(name.particle))
    person.last_names = _words(family)
    person.lineage_names = _words(escape(name.suffix))
    return person


def _words(text: str) -> list[str]:
    """A part of a name split into words, as pybtex does it, whose own function is slow."""
    is_plain = "{" not in text and "\\" not in text and "~" not in text
    return text.split() if is_plain else [*split_tex_string(text)]


_NO_BRACES = str.maketrans("", "", "{}")


def parseable(value: str) -> str:
    """A field as LaTeX that pybtex can parse: it raises an error if braces do not match, escaped ones included.

    Such a field is replaced with what our decoder makes of it, escaped again.
    """
    try:
        Text.from_latex(value)
    except (PybtexError, ValueError, RecursionError):
        return escape(decode_plain(value).translate(_NO_BRACES))
    return value
