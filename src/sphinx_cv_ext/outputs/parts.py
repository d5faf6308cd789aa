"""What a work is made of, decided once for every format: where it appeared, who brought it out, how it is numbered."""

from __future__ import annotations

import re

from sphinx_cv_ext.model.credits import Credit
from sphinx_cv_ext.model.links import LINK_KINDS
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import Name
from sphinx_cv_ext.model.publication import BOOK_FIELDS, JOURNAL_FIELDS, STATES, Publication, Stage
from sphinx_cv_ext.outputs.identifiers import linked_arxiv_id

_PAGES = ("online", "electronic", "www")

# Such a work has not appeared on its date and where it says, and may never: it is written still, or with an editor.
_NOT_OUT = (Stage.UNWRITTEN, Stage.SUBMITTED)
# Of the links that lead to the work itself, the page that lasts longest first.
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
"""What the strings for the field ``type`` stand for (biblatex manual, section 4.9.2.13)."""
# The code of the office in front of a number, by the end of such a type: "US 10,123,456 B2".
_OFFICES = {
    office: pattern(rf"^(?:{codes})(?:\s*Patent)?(?:\s*No\.)?[\s-]*(?=\d)", re.IGNORECASE)
    for office, codes in {"us": r"U\.?\s?S\.?", "eu": "EP", "de": "DE", "fr": "FR", "uk": "GB|UK"}.items()
}
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
    """Whether the work has appeared, or is sure to."""
    return STATES.get(publication.state) not in _NOT_OUT


def is_in_preparation(publication: Publication) -> bool:
    """Whether the work is not even written."""
    return STATES.get(publication.state) is Stage.UNWRITTEN


def is_accepted(publication: Publication) -> bool:
    """Whether the work is sure to appear, and has not yet."""
    return STATES.get(publication.state) is Stage.ACCEPTED


def is_in_journal(publication: Publication) -> bool:
    """Whether its venue is a journal; that of a preprint may be called so, too, see `container`."""
    return publication.venue.field in JOURNAL_FIELDS


def is_in_paper(publication: Publication) -> bool:
    """Whether it appeared in a newspaper or a magazine, where it is found by its day, not by a volume."""
    return publication.type.name in ("newspaper", "magazine")


def is_issue(publication: Publication) -> bool:
    """Whether it is an issue of a periodical, or the whole of one."""
    return publication.entry_type == "periodical" and publication.type.name == "book"


def is_titled_issue(publication: Publication) -> bool:
    """Whether it is an issue with a title of its own: the periodical is what it is part of."""
    return is_issue(publication) and is_in_journal(publication)


def is_web_page(publication: Publication) -> bool:
    """Whether it is a page, or a post, and no more is known of it."""
    return publication.entry_type in _PAGES and publication.type.name == "other"


def container(publication: Publication) -> str:
    """The journal, proceedings or book that the work is part of; none for a preprint or a talk."""
    if publication.type.name in ("preprint", "talk"):
        return ""
    return publication.venue.name if publication.venue.field in _PART_OF else ""


def is_part_of_titled(publication: Publication) -> bool:
    """Whether the title is the book's and the work a chapter or pages of it: BibTeX's "inbook" ("BibTeXing", 3.1)."""
    return publication.entry_type == "inbook" and publication.type.name == "chapter" and not container(publication)


def event(publication: Publication) -> str:
    """Where a talk was given."""
    is_part = publication.type.name == "talk" and publication.venue.field in BOOK_FIELDS
    return publication.venue.name if is_part else ""


def publisher(publication: Publication) -> str:
    """Who brought the work out: publisher, school, institution or the server of a preprint."""
    venue, details = publication.venue, publication.details
    if publication.type.name == "preprint":
        return eprint(publication)[0] or venue.name
    named = "" if venue.field in _NO_HOUSE else venue.name
    return named or details.publisher or details.organization


def host(publication: Publication) -> str:
    """Where a talk was given, else who brought the work out."""
    return event(publication) or publisher(publication)


def eprint(publication: Publication) -> tuple[str, str]:
    """The repository that holds the work and its identifier there, ``("arXiv", "1805.07898")``; empty if in none."""
    details = publication.details
    if details.eprint:
        kind = LINK_KINDS.get(details.eprinttype.lower() or "arxiv")
        return (kind.label if kind else details.eprinttype), details.eprint
    identifier = linked_arxiv_id(publication)
    return ("arXiv", identifier) if identifier else ("", "")


def eprint_number(publication: Publication) -> str:
    """The identifier in its repository as people write it: ``arXiv:1805.07898``, but ``hal-01234567``."""
    repository, identifier = eprint(publication)
    return f"{repository}:{identifier}" if repository == "arXiv" else identifier


def volume(publication: Publication) -> str:
    """The volume; none of a preprint with an identifier, which DBLP has for its volume: ``abs/1805.07898``."""
    is_identifier = publication.type.name == "preprint" and eprint(publication)[1]
    return "" if is_identifier else publication.details.volume


def series(publication: Publication) -> tuple[str, str]:
    """The series of a book, or of the book that the work is part of, and the number within it; empty if in none.

    What several volumes are called together is as good as one.

    A volume beside a series is the series', unless a number is there for it: BibTeX's own styles print "volume 7 of"
    the series (btxbst.doc, format.bvolume). A journal's series is no more than a count of its volumes.
    """
    details = publication.details
    title = details.series or volumes(publication)
    return (title, details.number or details.volume) if title and not is_in_journal(publication) else ("", "")


def series_words(publication: Publication) -> str:
    """The series with the number in it; of a part only with that: ACM has a conference's short name there."""
    title, number = series(publication)
    return f"{title} {number}" if number else "" if container(publication) else title


def volumes(publication: Publication) -> str:
    """What the volumes are called together of which the book is one, unless it is in a series, too."""
    details = publication.details
    return "" if details.series or publication.venue.field == "maintitle" else details.maintitle


def own_volume(publication: Publication) -> str:
    """The volume of the work, or of what it is part of, and not of a series that this stands in."""
    return "" if series(publication)[0] and not publication.details.number else volume(publication)


def issue(publication: Publication, word: str) -> str:
    """``no. 845``; an issue that has a name, such as "Summer", goes without the word."""
    number = publication.details.number
    return f"{word} {number}" if any(map(str.isdigit, number)) else number


def paged(pages: str) -> str:
    """``pp. 1–2`` or ``p. 1``; empty without pages."""
    return pages and (f"pp. {pages}" if is_range(pages) else f"p. {pages}")


def is_range(pages: str) -> bool:
    """Whether these are several pages."""
    return "–" in pages or "," in pages


def edition(publication: Publication) -> str:
    """``2`` for an edition that is written ``2``, ``2nd``, ``Second`` or ``Second edition``; other words stay."""
    if not publication.details.edition:
        return ""
    text = _WORD_EDITION.sub("", publication.details.edition)
    if text.lower() in _ORDINALS:
        return str(_ORDINALS.index(text.lower()) + 1)
    return _ORDINAL.sub(r"\1", text)


def says_edition(words: str) -> bool:
    """Whether the words for an `edition` call it one themselves, in another language: ``5. erw. Aufl.``."""
    return _SAYS_EDITION.search(words) is not None


def ordinal_ending(number: str) -> str:
    """What English puts behind the digits of an ordinal: ``nd`` behind 2."""
    return "th" if number[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")


def genre(publication: Publication) -> str:
    """What kind of thesis or report it is, in words; empty where that is not said."""
    said = publication.details.type or (publication.entry_type if publication.entry_type in _TELLING_TYPES else "")
    return GENRES.get(said.lower(), said)


def is_applied_for(publication: Publication) -> bool:
    """Whether a patent is no more than applied for, by its type."""
    return publication.details.type.lower().startswith("patreq")


def patent_number(publication: Publication) -> str:
    """The number of a patent without the country, where the `genre` has named that already."""
    kind, number = publication.details.type.lower(), publication.details.number
    office = _OFFICES.get(kind[-2:]) if kind in GENRES else None
    return office.sub("", number) if office else number


def address(publication: Publication) -> str:
    """The URL where the work itself is found, empty if none is known; its DOI is not meant."""
    urls = {link.kind.name: link.url for link in publication.links}
    wanted = (*_ADDRESSES, _OWN_ADDRESSES.get(publication.type.name, ""))
    for kind in wanted:
        if url := urls.get(kind):
            return url
    return ""


def credit_line(credit: Credit) -> str:
    """``Translated by Ada Example and Jane Doe``, for formats without a place for them; empty where no words are."""
    *most, last = map(str, credit.names)
    words = credit.role.by.format(names=f"{', '.join(most)} and {last}" if most else last)
    return f"{words[:1].upper()}{words[1:]}"


def family(name: Name) -> str:
    """The family name with its particle, as in ``van den Berg``."""
    return " ".join(filter(None, (name.particle, name.family))) if name.particle else name.family


def is_undivided(name: Name) -> bool:
    """Whether there is a family name alone, as a group or a company has it."""
    return not (name.given or name.particle or name.suffix)
