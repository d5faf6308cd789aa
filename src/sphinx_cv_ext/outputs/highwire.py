"""A publication as Highwire Press meta tags, which Google Scholar and Zotero read on its page."""

from __future__ import annotations

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.identifiers import ARXIV_ID, DOI
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import Name, once_per_name
from sphinx_cv_ext.model.publication import BOOK_FIELDS, JOURNAL_FIELDS, SCHOOL_FIELDS, Publication
from sphinx_cv_ext.outputs.identifiers import arxiv_id, isbns, issns
from sphinx_cv_ext.outputs.lines import one_line, title_line
from sphinx_cv_ext.outputs.parts import family, is_out

SCHOLAR = "https://scholar.google.com/intl/en/scholar/inclusion.html#indexing"
"""Google Scholar's inclusion guidelines for webmasters."""
ZOTERO = "https://github.com/zotero/translators/blob/master/Embedded%20Metadata.js"
"""Zotero's translator for pages with such tags."""
ARXIV = "https://arxiv.org/abs/1706.03762"
"""A page of arXiv: there is no documentation for what it writes."""


@frozen
class Rule:
    """The rule for a tag: ``source`` is the documentation of its reader, ``required`` is what Scholar demands.

    ``format`` is a regular expression for the whole value; a value that does not match is not written. A ``repeatable``
    tag may occur several times.
    """

    name: str
    source: str
    format: str = r"\S(?:.*\S)?"
    required: bool = False
    repeatable: bool = False


_URL = r"https?://\S+"
_PAGE = r"(?:[\w.:/]*\d[\w.:/]*|[ivxlcdmIVXLCDM]+)"
# A comma separates the family name from the given one, and to Zotero a semicolon separates people.
_PERSON = r"[^\s,;][^,;]*(?:, [^,;]*[^\s,;])?"

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("citation_title", SCHOLAR, required=True),
        Rule("citation_author", SCHOLAR, _PERSON, required=True, repeatable=True),
        Rule("citation_editor", ZOTERO, _PERSON, repeatable=True),
        # "Full dates in the 2010/5/12 format if available, or a year alone"; publishers write 2010/05 between them.
        Rule("citation_publication_date", SCHOLAR, r"\d{4}(?:/\d{2}(?:/\d{2})?)?", required=True),
        Rule("citation_journal_title", SCHOLAR),
        Rule("citation_conference_title", SCHOLAR),
        # Scholar's guidelines have no tag for chapters; the large publishers of books write this one.
        Rule("citation_inbook_title", ZOTERO),
        Rule("citation_dissertation_institution", SCHOLAR),
        Rule("citation_technical_report_institution", SCHOLAR),
        Rule("citation_technical_report_number", SCHOLAR),
        Rule("citation_volume", SCHOLAR),
        Rule("citation_issue", SCHOLAR),
        Rule("citation_firstpage", SCHOLAR, _PAGE),
        Rule("citation_lastpage", SCHOLAR, _PAGE),
        Rule("citation_doi", ZOTERO, DOI),
        Rule("citation_arxiv_id", ARXIV, ARXIV_ID),
        Rule("citation_issn", SCHOLAR, r"\d{4}-\d{3}[\dX]", repeatable=True),
        Rule("citation_isbn", SCHOLAR, r"(?:\d-?){9}[\dX]|(?:\d-?){12}\d", repeatable=True),
        Rule("citation_publisher", ZOTERO),
        Rule("citation_keywords", ZOTERO, r"[^\s;](?:[^;]*[^\s;])?", repeatable=True),
        Rule("citation_language", ZOTERO, r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
        Rule("citation_abstract_html_url", ZOTERO, _URL),
        # It must be an absolute URL in the same folder as the page, or below it.
        Rule("citation_pdf_url", SCHOLAR, _URL),
    )
}
"""Every tag that is ever written, in their order on the page."""

_FORMATS = {rule.name: pattern(rule.format) for rule in RULES.values()}


_IN_JOURNAL = dict.fromkeys(JOURNAL_FIELDS, "citation_journal_title")
_AT_CONFERENCE = dict.fromkeys(BOOK_FIELDS, "citation_conference_title")
CONTAINERS: dict[str, dict[str, str]] = {
    "article": _IN_JOURNAL,
    "conference": _AT_CONFERENCE | _IN_JOURNAL,
    "workshop": _AT_CONFERENCE | _IN_JOURNAL,
    "chapter": dict.fromkeys(("booktitle", "maintitle"), "citation_inbook_title"),
    "thesis": dict.fromkeys(SCHOOL_FIELDS, "citation_dissertation_institution"),
    "report": dict.fromkeys(SCHOOL_FIELDS, "citation_technical_report_institution"),
    "talk": _AT_CONFERENCE,
    "magazine": _IN_JOURNAL,
    "newspaper": _IN_JOURNAL,
    "other": _IN_JOURNAL,
}
"""The tag for the venue, by type of publication and by the field that names the venue; preprints have none."""

# HTML Standard, section 13.1.4: controls but the blanks among them, surrogates and noncharacters of the first plane.
_NOT_IN_HTML = pattern("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_PARTED = pattern(r"[\s–,+&-]+")
_PEOPLE = frozenset({"citation_author", "citation_editor"})
_HAVE_PAGES = frozenset({"citation_journal_title", "citation_conference_title", "citation_inbook_title"})


def tags(publication: Publication, pdf_url: str = "", abstract_url: str = "") -> list[tuple[str, str]]:
    """The name and the content of each tag for the page of ``publication``; the content is not escaped yet.

    ``abstract_url`` is the address of that page and ``pdf_url`` that of the full text, which must be in the same
    folder; both are absolute. Each author has a tag, in the form "Family, Given": of the two forms that Scholar allows,
    this one needs no guessing. Editors are not written as authors, because Scholar wants "only the actual authors".
    """
    found: list[tuple[str, str]] = []
    for name, value in _tags(publication, pdf_url, abstract_url):
        if not value:
            continue
        # The characters to be removed are all unprintable.
        tag = name, one_line(value if value.isprintable() else _NOT_IN_HTML.sub("", value))
        # Two people may have the same name; any other tag is written only once.
        if _FORMATS[name].fullmatch(tag[1]) and (name in _PEOPLE or tag not in found):
            found.append(tag)
    return found


def _tags(publication: Publication, pdf_url: str, abstract_url: str) -> list[tuple[str, str]]:
    details, kind = publication.details, publication.type.name
    by_field = CONTAINERS.get(kind, {}) if is_out(publication) else {}
    container = by_field.get(publication.venue.field, "")
    is_part = container in _HAVE_PAGES
    people = [author.name for author in publication.authors]
    # There is no tag for a compiler or a director.
    authors = people if publication.part == "author" else []
    editors = people if publication.part == "editor" else publication.credited("editor")
    return [
        ("citation_title", title_line(publication)),
        *[("citation_author", person(name, len(people) == 1)) for name in authors],
        *[("citation_editor", person(name)) for name in editors],
        ("citation_publication_date", publication.date.iso.replace("-", "/") if publication.date else ""),
        *([(container, publication.venue.name)] if container else []),
        ("citation_technical_report_number", details.number if kind == "report" else ""),
        ("citation_volume", details.volume if is_part or kind in ("book", "proceedings") else ""),
        ("citation_issue", details.number if container == "citation_journal_title" else ""),
        *(_pages(details.pages or details.eid) if is_part else []),
        ("citation_doi", details.doi),
        ("citation_arxiv_id", arxiv_id(publication)),
        *[("citation_issn", f"{issn[:4]}-{issn[-4:]}") for issn in issns(publication)],
        *[("citation_isbn", isbn) for isbn in isbns(publication)],
        ("citation_publisher", details.publisher),
        *[("citation_keywords", keyword) for keyword in publication.keywords],
        ("citation_language", publication.language),
        ("citation_abstract_html_url", abstract_url),
        ("citation_pdf_url", pdf_url),
    ]


@once_per_name
def person(name: Name, is_alone: bool = False) -> str:
    """A name in the form ``van den Berg Jr, Jan``, without any other comma; a single name stays as it is.

    If a sole author has a blank in both the family name and the given name, Zotero would make two people of them at the
    comma. Such a name is written as "Jan Piet van den Berg", the other form that Scholar allows.
    """
    with_suffix = f"{family(name)} {name.suffix}"
    parts = [one_line(part.replace(",", " ").replace(";", " ")) for part in (with_suffix, name.given)]
    if is_alone and all(" " in part for part in parts):
        return " ".join(reversed(parts))
    return ", ".join(filter(None, parts))


def _pages(pages: str) -> list[tuple[str, str]]:
    """The first page of the first range, and the last page of the last one."""
    numbers = [number for number in _PARTED.split(pages) if number]
    if not numbers or not all(map(_FORMATS["citation_firstpage"].fullmatch, numbers)):
        return []
    last = numbers[-1] if len(numbers) > 1 else ""
    return [("citation_firstpage", numbers[0]), ("citation_lastpage", last)]
