"""Facts about a work, decided once for every format: where it appeared, who published it, how it is numbered."""

from __future__ import annotations

import re

from sphinx_cv_ext.model.credits import Credit
from sphinx_cv_ext.model.links import LINK_KINDS
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import Name
from sphinx_cv_ext.model.publication import BOOK_FIELDS, JOURNAL_FIELDS, STATES, Publication, Stage
from sphinx_cv_ext.outputs.identifiers import linked_arxiv_id

_PAGES = ("online", "electronic", "www")

# Such a work has not appeared on its date or in its venue, and may never: it is still being written or reviewed.
_NOT_OUT = (Stage.UNWRITTEN, Stage.SUBMITTED)
# The links that lead to the work itself; the pages that probably last longest come first.
_ADDRESSES = ("url", "html", "paper", "openreview", "hal", "pubmed", "arxiv", "pdf", "website")
_OWN_ADDRESSES = {"software": "code", "dataset": "dataset", "talk": "slides"}
_TELLING_TYPES = ("phdthesis", "mastersthesis", "techreport")
GENRES = {
    "bathesis": "Bachelor’s thesis",
    "mathesis": "Master’s thesis",
    "mastersthesis": "Master’s thesis",
    "phdthesis": "PhD thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
    "software": "Computer software",
    "datacd": "Data CD",
    "audiocd": "Audio CD",
    "patent": "Patent",
    "patentde": "German patent",
    "patenteu": "European patent",
    "patentfr": "French patent",
    "patentuk": "British patent",
    "patentus": "U.S. patent",
    "patreq": "Patent application",
    "patreqde": "German patent application",
    "patreqeu": "European patent application",
    "patreqfr": "French patent application",
    "patrequk": "British patent application",
    "patrequs": "U.S. patent application",
}
_STRINGS = {words.lower(): string for string, words in GENRES.items()}
"""The meanings of biblatex's strings for the field ``type`` (manual, section 4.9.2.13)."""
PAGES = ("p. {pages}", "pp. {pages}")
UNITS = {
    "column": ("col. {pages}", "cols. {pages}"),
    "line": ("l. {pages}", "ll. {pages}"),
    "verse": ("v. {pages}", "vv. {pages}"),
    "section": ("§ {pages}", "§§ {pages}"),
    "paragraph": ("para. {pages}", "paras. {pages}"),
}
"""The words for one and for more of what biblatex's ``bookpagination`` may name (manual, section 2.3.11)."""
# As in "Sp. 700–710" and "Paper 12"; a number may begin with a letter or two, as in "S7" and "e12".
_OWN_UNIT = pattern(r"[^\W\d_]{2,}[.:]?\s|§")
COUNTRIES = {
    "countryde": "Germany",
    "countryeu": "European Union",
    "countryep": "European Union",
    "countryfr": "France",
    "countryuk": "United Kingdom",
    "countryus": "United States of America",
}
"""The meanings of biblatex's strings for where a patent is valid (manual, section 4.9.2.15)."""
# The patent offices: the last two letters of the strings for their patents, if there are any, the codes in front of
# their numbers, as in "US 10,123,456 B2" (WIPO ST.3), and how the styles call them.
_OFFICES = [
    (string, pattern(rf"^(?:{codes})(?:\s*Patent)?(?:\s*No\.)?[\s-]*(?=\d)", re.IGNORECASE), name)
    for string, codes, name in (
        ("us", r"U\.?\s?S\.?", "U.S. Patent and Trademark Office"),
        ("eu", "EP", "European Patent Office"),
        ("de", "DE", "German Patent and Trade Mark Office"),
        ("fr", "FR", "French National Institute of Industrial Property"),
        ("uk", "GB|UK", "UK Intellectual Property Office"),
        ("", "WO", "World Intellectual Property Organization"),
        ("", "CN", "China National Intellectual Property Administration"),
        ("", "JP", "Japan Patent Office"),
        ("", "KR", "Korean Intellectual Property Office"),
    )
]
_OF_ANY_OFFICE = ("patent", "patreq")
# With commas in what reference managers return.
_AND = pattern(r"\s+and\s+|,\s+")
_PART_OF = frozenset(JOURNAL_FIELDS + BOOK_FIELDS)
_NO_HOUSE = _PART_OF | {"location", ""}
_WORD_EDITION = pattern(r"[ .]*\b(?:edition|ed[.]?)$", re.IGNORECASE)
# German, French, Spanish, Italian and Portuguese, Dutch, Scandinavian, Slavic, Chinese and Japanese, Korean.
_SAYS_EDITION = pattern(
    r"\b(?:aufl|ausg|éd|edi[ctz]|druk|uppl|udg|utg|opplag|wyd|vyd|izd|изд|вид)|[版판]", re.IGNORECASE
)
_ORDINAL = pattern(r"^([1-9][0-9]*)(?:st|nd|rd|th)$", re.IGNORECASE)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def is_out(publication: Publication) -> bool:
    """Whether the work has appeared or certainly will."""
    return STATES.get(publication.state) not in _NOT_OUT


def is_in_preparation(publication: Publication) -> bool:
    """Whether the work is not written yet."""
    return STATES.get(publication.state) is Stage.UNWRITTEN


def is_accepted(publication: Publication) -> bool:
    """Whether the work will certainly appear but has not yet."""
    return STATES.get(publication.state) is Stage.ACCEPTED


def is_in_journal(publication: Publication) -> bool:
    """Whether the field for its venue is one for journals. This can be true of a preprint, too, see `container`."""
    return publication.venue.field in JOURNAL_FIELDS


def is_in_paper(publication: Publication) -> bool:
    """Whether it appeared in a newspaper or a magazine, where one finds it by the day, not by the volume."""
    return publication.type.name in ("newspaper", "magazine")


def is_issue(publication: Publication) -> bool:
    """Whether it is an issue of a periodical, or a whole periodical."""
    return publication.entry_type == "periodical" and publication.type.name == "book"


def is_titled_issue(publication: Publication) -> bool:
    """Whether it is an issue with a title of its own, so that the periodical is what it is part of."""
    return is_issue(publication) and is_in_journal(publication)


def is_web_page(publication: Publication) -> bool:
    """Whether it is a web page or a post, and nothing more is known about it."""
    return publication.entry_type in _PAGES and publication.type.name == "other"


def container(publication: Publication) -> str:
    """The journal, proceedings or book that the work is part of; empty for a preprint or a talk."""
    if publication.type.name in ("preprint", "talk"):
        return ""
    return publication.venue.name if publication.venue.field in _PART_OF else ""


def is_part_of_titled(publication: Publication) -> bool:
    """Whether the title is that of a book of which the work is a chapter or some pages.

    This is BibTeX's type ``inbook`` ("BibTeXing", section 3.1).
    """
    return publication.entry_type == "inbook" and publication.type.name == "chapter" and not container(publication)


def event(publication: Publication) -> str:
    """Where a talk was given."""
    is_part = publication.type.name == "talk" and publication.venue.field in BOOK_FIELDS
    return publication.venue.name if is_part else ""


def publisher(publication: Publication) -> str:
    """Who published the work: a publisher, school or institution, or the server of a preprint."""
    venue, details = publication.venue, publication.details
    if publication.type.name == "preprint":
        return eprint(publication)[0] or venue.name
    named = "" if venue.field in _NO_HOUSE else venue.name
    return named or details.publisher or details.organization


def host(publication: Publication) -> str:
    """Where a talk was given; for other works, who published it."""
    return event(publication) or publisher(publication)


def eprint(publication: Publication) -> tuple[str, str]:
    """The repository of the work and its identifier there, ``("arXiv", "1805.07898")``; both empty if there is none."""
    details = publication.details
    if details.eprint:
        kind = LINK_KINDS.get(details.eprinttype.lower() or "arxiv")
        return (kind.label if kind else details.eprinttype), details.eprint
    identifier = linked_arxiv_id(publication)
    return ("arXiv", identifier) if identifier else ("", "")


def eprint_number(publication: Publication) -> str:
    """The identifier in its repository, as people write it: ``arXiv:1805.07898``, but ``hal-01234567``."""
    repository, identifier = eprint(publication)
    return f"{repository}:{identifier}" if repository == "arXiv" else identifier


def volume(publication: Publication) -> str:
    """The volume; empty for a preprint with an identifier, since DBLP writes ``abs/1805.07898`` as its volume."""
    is_identifier = publication.type.name == "preprint" and eprint(publication)[1]
    return "" if is_identifier else publication.details.volume


def series(publication: Publication) -> tuple[str, str]:
    """The series of the book, or of the book that the work is part of, and the number in it; both empty if none.

    The common title of several volumes counts as a series.

    If a work has both a series and a volume, but no number, the volume is the number in the series: BibTeX's own styles
    print "volume 7 of" the series (btxbst.doc, format.bvolume). The series of a journal is only a new count of its
    volumes, so journals have none here.
    """
    details = publication.details
    title = details.series or volumes(publication)
    return (title, details.number or details.volume) if title and not is_in_journal(publication) else ("", "")


def series_words(publication: Publication) -> str:
    """The series and the number in it.

    For a part of a book it is empty without a number, because ACM writes the short name of a conference as its series.
    """
    title, number = series(publication)
    return f"{title} {number}" if number else "" if container(publication) else title


def is_in_numbered(publication: Publication) -> bool:
    """Whether it is a paper in proceedings that are in no series, so that they are counted like a journal."""
    is_paper = publication.type.name in ("conference", "workshop") and not is_in_journal(publication)
    return is_paper and not series(publication)[0]


def volumes(publication: Publication) -> str:
    """The common title of the volumes to which the book belongs; empty if the book is in a series as well."""
    details = publication.details
    return "" if details.series or publication.venue.field == "maintitle" else details.maintitle


def own_volume(publication: Publication) -> str:
    """The volume of the work or of what it is part of; empty if it is the number in a series (see `series`)."""
    return "" if series(publication)[0] and not publication.details.number else volume(publication)


def issue(publication: Publication) -> str:
    """``no. 845``; an issue with a name, such as "Summer", gets no word before it."""
    number = publication.details.number
    return f"no. {number}" if any(map(str.isdigit, number)) else number


def has_unit(publication: Publication) -> bool:
    """Whether its pages are columns or the like."""
    return publication.details.bookpagination.lower() in UNITS


def pages_form(publication: Publication) -> str:
    """The words around the pages: ``pp. {pages}``, ``cols. {pages}``; nothing if the pages say what they are."""
    pages = publication.details.pages
    if _OWN_UNIT.match(pages):
        return "{pages}"
    return UNITS.get(publication.details.bookpagination.lower(), PAGES)[is_range(pages)]


def paged(publication: Publication) -> str:
    """``pp. 1–2``, ``p. 1`` or ``cols. 3–4``; empty without pages."""
    pages = publication.details.pages
    return pages and pages_form(publication).format(pages=pages)


def pages_of(publication: Publication) -> str:
    """The pages as journals have them, without ``pp.``; what is not a page is named."""
    return paged(publication) if has_unit(publication) else publication.details.pages


def is_range(pages: str) -> bool:
    """Whether these are several pages."""
    return "–" in pages or "," in pages


def edition(publication: Publication) -> str:
    """``2`` for an edition that is written ``2``, ``2nd``, ``Second`` or ``Second edition``; other words are kept."""
    if not publication.details.edition:
        return ""
    text = _WORD_EDITION.sub("", publication.details.edition)
    if text.lower() in _ORDINALS:
        return str(_ORDINALS.index(text.lower()) + 1)
    return _ORDINAL.sub(r"\1", text)


def says_edition(words: str) -> bool:
    """Whether the words for an `edition` already say so in another language, such as ``5. erw. Aufl.``."""
    return _SAYS_EDITION.search(words) is not None


def ordinal_ending(number: str) -> str:
    """The English ending after the digits of an ordinal: ``nd`` after 2."""
    return "th" if number[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")


def genre(publication: Publication) -> str:
    """What kind of thesis, report or other work it is, in words; empty if the entry does not say."""
    said = publication.details.type or (publication.entry_type if publication.entry_type in _TELLING_TYPES else "")
    return GENRES.get(said.lower(), said)


def is_applied_for(publication: Publication) -> bool:
    """Whether the type says that this is only an application for a patent."""
    return "application" in genre(publication).lower()


def patent_number(publication: Publication) -> str:
    """The number of a patent, without the code of the country if the `genre` already names it."""
    number, string = publication.details.number, _office_string(publication)
    return next((code.sub("", number) for known, code, _ in _OFFICES if string and known == string), number)


def patent_office(publication: Publication) -> str:
    """Who granted a patent: the publisher, or else the office that its type or the code in its number stands for."""
    number, string = publication.details.number, _office_string(publication)
    found = (name for known, code, name in _OFFICES if (known == string if string else code.match(number)))
    return publisher(publication) or next(found, "")


def countries(publication: Publication) -> list[str]:
    """Where a patent is valid, unless its type already says so."""
    found = [COUNTRIES.get(name.lower(), name) for name in _AND.split(publication.details.location) if name]
    return [] if len(found) == 1 and _office_string(publication) not in ("", "eu") else found


def _office_string(publication: Publication) -> str:
    """The end of biblatex's string for the type of a patent, which stands for its office; empty if there is none.

    The type may also be the words of such a string, as reference managers return them.
    """
    kind = _STRINGS.get(genre(publication).lower(), "")
    return "" if kind in _OF_ANY_OFFICE else kind[-2:]


def address(publication: Publication) -> str:
    """The URL at which the work itself is found, not counting its DOI; empty if none is known."""
    urls = {link.kind.name: link.url for link in publication.links}
    wanted = (*_ADDRESSES, _OWN_ADDRESSES.get(publication.type.name, ""))
    for kind in wanted:
        if url := urls.get(kind):
            return url
    return ""


def credit_line(credit: Credit) -> str:
    """``Translated by Ada Example and Jane Doe``, for formats without a field; empty if the role has no words."""
    *most, last = [*map(str, credit.names), *(["others"] if credit.et_al else [])]
    words = credit.role.by.format(names=f"{', '.join(most)} and {last}" if most else last)
    return f"{words[:1].upper()}{words[1:]}"


def family(name: Name) -> str:
    """The family name with its particle, as in ``van den Berg``."""
    return " ".join(filter(None, (name.particle, name.family))) if name.particle else name.family


def is_undivided(name: Name) -> bool:
    """Whether the name has only a family name, like that of a group or company."""
    return not (name.given or name.particle or name.suffix)
