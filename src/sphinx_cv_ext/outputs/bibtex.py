"""Publications as BibTeX, made only from the model, so that no private field and no stray markup gets out.

There are two dialects: `biblatex` is for biblatex and biber (manual of biblatex, chapter 2), `bibtex` for BibTeX and
its styles (Oren Patashnik, "BibTeXing", section 3). Each field is on one line: for both, any white space is a space.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.credits import CONTRIBUTOR_FIELDS, EDITOR_FIELDS
from sphinx_cv_ext.model.dates import MONTHS, Date
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import Name
from sphinx_cv_ext.model.publication import Details, Publication, once_per_publication
from sphinx_cv_ext.outputs.latex import escape, escaped_text, latex
from sphinx_cv_ext.outputs.lines import held
from sphinx_cv_ext.outputs.parts import (
    address,
    container,
    credit_line,
    edition,
    eprint,
    family,
    genre,
    host,
    is_in_journal,
    is_titled_issue,
    is_undivided,
    volume,
    volumes,
)

BIBTEX_TYPES: dict[str, str] = {
    "article": "article",
    "conference": "inproceedings",
    "workshop": "inproceedings",
    "preprint": "misc",
    "book": "book",
    "chapter": "incollection",
    "proceedings": "proceedings",
    "thesis": "phdthesis",
    "report": "techreport",
    "patent": "misc",
    "dataset": "misc",
    "software": "misc",
    "talk": "misc",
    "magazine": "article",
    "newspaper": "article",
    "other": "misc",
}
"""The type of BibTeX for each of our types; `_bibtex_type` knows the more specific ones."""

# Types of BibTeX that are more specific than ours, and the type of ours that they are read as.
_FINER = {"booklet": "book", "inbook": "chapter", "manual": "report", "unpublished": "other"}
# What BibTeX's standard styles print for these types by themselves.
_IMPLIED = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis", "techreport": "Technical report"}
# The field that names who published the work; "publisher" for the types that are not in this table.
_HOUSE_FIELDS = {
    **dict.fromkeys(("phdthesis", "mastersthesis"), "school"),
    **dict.fromkeys(("misc", "booklet", "unpublished"), "howpublished"),
    "techreport": "institution",
    "manual": "organization",
}
_MONTHS = tuple(name[:3].lower() for name in MONTHS)

# Fields that biblatex and hyperref read as identifiers; those in _LATEX are LaTeX already; all others are plain text.
_IDENTIFIERS = frozenset({"doi", "eprint"})
_PEOPLE = ("author", *CONTRIBUTOR_FIELDS)
# The roles that have a field in BibTeX, or that are only part of the name of the book.
_IN_BIBTEX = ("editor", "bookauthor", "holder")
_TITLES = ("title", "issuetitle")
_LATEX = frozenset({*_PEOPLE, *_TITLES, "year", "date", "month", "url", "langid", "keywords", "note", "abstract"})
_UNBALANCED = pattern(r"[{}\\]")
_DETAILS = Details.__match_args__
_details = attrgetter(*_DETAILS)


def names(people: Iterable[Name], et_al: bool = False) -> str:
    """A list of names in BibTeX's form with commas, which can be read without guessing."""
    return " and ".join([*map(_name, people), *(["others"] if et_al else [])])


def _name(name: Name) -> str:
    if is_undivided(name):
        return f"{{{escape(name.family)}}}"
    return escape(", ".join(filter(None, (family(name), name.suffix, name.given))))


def biblatex(publication: Publication) -> str:
    """One publication as an entry that biblatex and our own reader read in the same way.

    It has the fields that say what the work is and where it appeared, but not what belongs only to this site (badges,
    resource links, marks of authors).
    """
    lines = [f"  {name} = {{{value}}},\n" for name, value in _escaped(_biblatex_fields(publication))]
    return f"@{publication.entry_type}{{{publication.key},\n{''.join(lines)}}}\n"


_Fields = list[tuple[str, str]]


def _escaped(found: _Fields) -> _Fields:
    """The fields that are not empty, each value escaped and on one line."""
    return held([(name, value if name in _LATEX else _value(name, value)) for name, value in found if value])


def _value(name: str, value: str) -> str:
    # An identifier is escaped only if its braces might not be balanced.
    as_it_is = name in _IDENTIFIERS and not _UNBALANCED.search(value)
    return value if as_it_is else escaped_text(value)


@frozen
class _Common:
    """What is the same in both dialects."""

    people: tuple[str, str]
    title: str
    editors: str
    url: str
    keywords: str
    remarks: list[str]
    abstract: str


def _credited(publication: Publication, role: str) -> str:
    credit = publication.credit(role)
    return names(credit.names, credit.et_al) if credit else ""


@once_per_publication
def _common(publication: Publication) -> _Common:
    people = names([author.name for author in publication.authors], publication.et_al)
    return _Common(
        ("editor" if publication.are_editors else "author", people),
        latex(publication.title),
        _credited(publication, "editor"),
        _address(publication),
        escaped_text(", ".join(publication.keywords)),
        [latex(remark) for remark in publication.remarks],
        latex(publication.abstract),
    )


def _biblatex_fields(publication: Publication) -> _Fields:
    details, venue, date = publication.details, publication.venue, publication.date
    common, (repository, identifier) = _common(publication), eprint(publication)
    said = dict(zip(_DETAILS, _details(details), strict=True)) | {
        "volume": volume(publication),
        "edition": edition(publication),
        "eprint": identifier,
        "eprinttype": details.eprinttype or repository,
    }
    said.pop(venue.field, None)
    titles = [("title", common.title), (venue.field, venue.name if venue.field else "")]
    if is_titled_issue(publication):
        titles = [("title", escape(venue.name)), ("issuetitle", common.title)]
        del said["issuetitle"]
    else:
        said["issuetitle"] = escape(details.issuetitle)
    # In the order in which people look for them.
    return [
        common.people,
        ("editortype", publication.part if publication.part not in ("author", "editor") else ""),
        *titles,
        ("shortjournal", venue.short if is_in_journal(publication) else ""),
        *_credits(publication),
        ("date" if date and (date.month or publication.span) else "year", _date(publication)),
        ("origdate", str(publication.original_date or "")),
        *said.items(),
        ("url", common.url),
        ("pubstate", publication.state),
        ("langid", publication.language),
        ("keywords", common.keywords),
        ("note", ". ".join(common.remarks)),
        ("abstract", common.abstract),
    ]


def _credits(publication: Publication) -> _Fields:
    """The fields for everybody but the authors.

    Roles without a field of their own share the fields for editors, which are filled in order. If there is no author,
    the first of these stays free: whoever is in ``editor`` would count as the author.
    """
    if not publication.credits:
        return []
    free = iter(EDITOR_FIELDS[0 if publication.authors and not publication.are_editors else 1 :])
    found: _Fields = []
    for credit in publication.credits:
        role = credit.role
        if field := role.name if role.has_field else next(free, ""):
            typed = not role.has_field and role.name != "editor"
            found += [(field, names(credit.names, credit.et_al)), *([(f"{field}type", role.name)] if typed else [])]
    return found


def _date(publication: Publication) -> str:
    """The date, or a range in the form of EDTF."""
    span = publication.span
    return f"{span.start}/{span.end or ''}" if span else str(publication.date or "")


def bibtex(publication: Publication) -> str:
    """One publication as an entry that BibTeX's own styles print, with its fields aligned.

    Letters stay Unicode, which needs LaTeX from 2018 or later. A preprint has the fields that arXiv itself writes
    (https://info.arxiv.org/help/hypertex/bibstyles/).
    """
    kind = _bibtex_type(publication)
    found = _escaped(_bibtex_fields(publication, kind))
    width = max([len(name) for name, _ in found], default=0)
    lines = [f"  {name.ljust(width)} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in found]
    return f"@{kind}{{{publication.key},\n{''.join(lines)}}}\n"


def _bibtex_type(publication: Publication) -> str:
    kind = publication.type.name
    if _FINER.get(publication.entry_type) == kind:
        return publication.entry_type
    if kind == "thesis":
        # Other kinds of theses are named in the field "type".
        return "mastersthesis" if genre(publication) == _IMPLIED["mastersthesis"] else "phdthesis"
    if is_titled_issue(publication):
        return "book"
    if container(publication) and (is_in_journal(publication) or kind == "other"):
        return "article" if is_in_journal(publication) else "incollection"
    return BIBTEX_TYPES[kind]


def _bibtex_fields(publication: Publication, kind: str) -> _Fields:
    details, date = publication.details, publication.date
    common, (repository, identifier) = _common(publication), eprint(publication)
    is_issue = is_titled_issue(publication)
    is_named_below = publication.type.name == "preprint" and identifier
    # BibTeX has no field for the state of a publication, nor for translators and the like. They go into the note, which
    # its styles print last.
    credited = [escape(credit_line(credit)) for credit in publication.credits if credit.role.name not in _IN_BIBTEX]
    notes = [*credited, escape(publication.state), *common.remarks]
    return [
        # Compilers and the like are written as authors: as editors, BibTeX's styles would call them that.
        ("author" if publication.part != "editor" else "editor", common.people[1]),
        ("title", common.title),
        ("journal" if kind == "article" else "booktitle", "" if is_issue else container(publication)),
        ("editor", common.editors),
        # Styles print "volume 58 of" the series, here the periodical.
        ("series", container(publication) if is_issue else details.series or volumes(publication)),
        ("volume", volume(publication)),
        ("number", details.number),
        ("chapter", details.chapter),
        # BibTeX's own styles do not know the number of an article.
        ("pages", details.pages or (details.eid if container(publication) else "")),
        ("eid", details.eid),
        ("edition", details.edition),
        ("version", details.version),
        ("type", _type(publication, kind)),
        (_HOUSE_FIELDS.get(kind, "publisher"), "" if is_named_below else host(publication)),
        ("address", details.location),
        ("holder", _credited(publication, "holder") if publication.credits else ""),
        ("year", publication.years.replace("–", "--")),
        # With a range of years, it would look like a month of the last year.
        ("month", _month(date) if date and date.month and not publication.spans_years else ""),
        ("isbn", details.isbn),
        ("issn", details.issn),
        ("doi", details.doi),
        ("url", common.url),
        ("eprint", identifier),
        ("archivePrefix", repository),
        ("primaryClass", details.eprintclass),
        ("note", ". ".join([note.rstrip(".") for note in notes if note])),
        ("keywords", common.keywords),
        ("abstract", common.abstract),
    ]


def _month(date: Date) -> str:
    """The macro for a month; there are none for seasons."""
    return f"{{{date.season}}}" if date.is_season else _MONTHS[date.month - 1]


def _type(publication: Publication, kind: str) -> str:
    """The kind of thesis or report, unless styles print it anyway. An unknown thesis must not become a PhD thesis.

    The kind of a patent is in biblatex's words, by which it is known as one.
    """
    if publication.type.name == "patent":
        return publication.details.type or "patent"
    said = genre(publication) or ("Thesis" if kind == "phdthesis" else "")
    return "" if said == _IMPLIED.get(kind) else said


def _address(publication: Publication) -> str:
    """The address of a work without a DOI, because styles print both. Braces, which might not balance, are escaped."""
    found = "" if publication.details.doi else address(publication)
    return _UNBALANCED.sub(lambda match: f"%{ord(match[0]):02X}", found)
