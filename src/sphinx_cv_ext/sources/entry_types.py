"""The type of a publication, from its BibTeX or biblatex type and from signs in other fields."""

from __future__ import annotations

import re

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.publication import (
    BOOK_FIELDS,
    JOURNAL_FIELDS,
    PUBLICATION_TYPES,
    SCHOOL_FIELDS,
    PublicationType,
)
from sphinx_cv_ext.sources.eprints import eprint_archive, eprint_identifier
from sphinx_cv_ext.sources.raw import RawEntry
from sphinx_cv_ext.sources.states import is_state


@frozen
class EntryType:
    """The meaning of a BibTeX or biblatex type: our ``type``, and the fields that may name the venue, in order."""

    type: str
    venue: tuple[str, ...]


_ONLINE = ("howpublished", "organization", "publisher", "eventtitle")

# biblatex manual, section 2.1; BibTeX's own types are those of "BibTeXing", section 3.1.
ENTRY_TYPES: dict[str, EntryType] = {
    name: EntryType(kind, venue)
    for kind, venue, names in (
        ("article", JOURNAL_FIELDS, "article suppperiodical review"),
        ("conference", BOOK_FIELDS + JOURNAL_FIELDS, "inproceedings conference"),
        (
            "book",
            ("publisher", "organization"),
            "book mvbook collection mvcollection reference mvreference",
        ),
        ("book", ("publisher", "organization", "howpublished"), "booklet"),
        (
            "chapter",
            ("booktitle", "publisher"),
            "inbook incollection bookinbook suppbook suppcollection inreference",
        ),
        ("book", JOURNAL_FIELDS, "periodical"),
        ("proceedings", ("publisher", "organization"), "proceedings mvproceedings"),
        ("thesis", SCHOOL_FIELDS, "thesis phdthesis mastersthesis"),
        ("report", SCHOOL_FIELDS, "report techreport manual standard"),
        ("patent", ("publisher", "organization"), "patent"),
        ("dataset", _ONLINE, "dataset data"),
        ("software", _ONLINE, "software"),
        ("talk", BOOK_FIELDS + _ONLINE, "talk presentation lecture unpublishedtalk"),
    )
    for name in names.split()
}
_OTHER = EntryType("other", JOURNAL_FIELDS + BOOK_FIELDS + _ONLINE + SCHOOL_FIELDS)
# The type of an entry of unknown type that has one of these fields.
_BY_VENUE = {"booktitle": ENTRY_TYPES["inproceedings"], "journal": ENTRY_TYPES["article"]}
# Types that do not say what a work is; with an eprint, or in the state "preprint", it is a preprint.
_PREPRINT_TYPES = frozenset({"misc", "online", "electronic", "www", "unpublished", "article", "report", "techreport"})
_PREPRINT_SERVER = pattern(r"\b(?:arxiv|corr|biorxiv|medrxiv|preprint|ssrn)\b", re.IGNORECASE)
# Archives of published works (biblatex manual, section 3.14.7); the Astrophysics Source Code Library holds software.
_NO_PREPRINTS = frozenset({"pubmed", "pmid", "jstor", "googlebooks"})
_CODE_LIBRARY = "ascl"
# Google Scholar writes "US Patent 9,000,001" and "US Patent App. 17/000,001".
_PATENT = pattern(
    r"(?P<office>U\.\s?S\.|[A-Z]{2,3})\s+Patent\b"
    r"(?:(?P<request>\s+App(?:\.|lication)?)?(?:\s+No\.?)?\s+(?P<number>[A-Z]{0,2}\d(?:[\d,/.]*\d)?(?:\s?[A-Z]\d?)?)\.?$)?",
    re.IGNORECASE,
)
# biblatex manual, section 4.9.2.13: the strings for the field "type", "patentus", and the codes of the offices that
# they are of (WIPO ST.3).
_PATENT_STRINGS = ("patent", "patreq")
_PATENT_OFFICES = {"US": "us", "EP": "eu", "GB": "uk", "DE": "de", "FR": "fr"}
_PATENT_KINDS = {
    **dict.fromkeys(("", "patent"), "patent"),
    **dict.fromkeys(("application", "patent application", "patent request"), "patreq"),
}
_NATIONS = {
    **dict.fromkeys(("us", "usa", "unitedstates", "unitedstatesofamerica", "american"), "us"),
    **dict.fromkeys(("eu", "ep", "europe", "european", "europeanunion"), "eu"),
    **dict.fromkeys(("de", "germany", "german"), "de"),
    **dict.fromkeys(("fr", "france", "french"), "fr"),
    **dict.fromkeys(("uk", "gb", "unitedkingdom", "british"), "uk"),
}
_WORKSHOP = pattern(r"\bworkshops?\b", re.IGNORECASE)


def entry_type_of(entry: RawEntry) -> EntryType:
    """The meaning of the type of an entry; if that type is unknown, other fields decide."""
    if entry.type == "article" and _is_preprint_alone(entry):
        return _OTHER
    if entry.type in ENTRY_TYPES:
        return ENTRY_TYPES[entry.type]
    found = next((entry_type for field, entry_type in _BY_VENUE.items() if entry.get(field)), _OTHER)
    # Zotero's presentations: at an event, but in no book and no archive.
    is_talk = found is _OTHER and entry.get("eventtitle") and not eprint_archive(entry)
    return ENTRY_TYPES["talk"] if is_talk else found


def publication_type(entry: RawEntry, entry_type: EntryType) -> PublicationType:
    """Our type of a publication; ``entry_type`` is the result of `entry_type_of`."""
    subtype = entry.get("entrysubtype").lower()
    # That of a periodical says what it is itself: an issue of a magazine is no article in one.
    if subtype in PUBLICATION_TYPES and entry.type != "periodical":
        return PUBLICATION_TYPES[subtype]
    if entry_type.type == "conference" and _WORKSHOP.search(entry.get("booktitle")):
        return PUBLICATION_TYPES["workshop"]
    archive = eprint_archive(entry)
    if entry_type is _OTHER and archive == _CODE_LIBRARY:
        return PUBLICATION_TYPES["software"]
    if entry.type in _PREPRINT_TYPES and (
        entry.get("pubstate").lower() == "preprint"
        or _PREPRINT_SERVER.search(entry.get("journal") or entry.get("journaltitle"))
        or (entry_type is _OTHER and ((archive and archive not in _NO_PREPRINTS) or _is_at_preprint_server(entry)))
    ):
        return PUBLICATION_TYPES["preprint"]
    if entry_type is _OTHER and (
        _PATENT.match(entry.get("note")) or entry.get("type").lower().startswith(_PATENT_STRINGS)
    ):
        return PUBLICATION_TYPES["patent"]
    return PUBLICATION_TYPES[entry_type.type]


def _is_preprint_alone(entry: RawEntry) -> bool:
    """Whether an ``@article`` is on a preprint server and in no journal: INSPIRE exports preprints like that."""
    # Most articles have neither field, and need no further tests.
    if "eprint" not in entry.fields and "publisher" not in entry.fields:
        return False
    journal = entry.get("journal")
    if (journal and not is_state(journal)) or entry.first(BOOK_FIELDS):
        return False
    is_elsewhere = entry.get("publisher") or eprint_archive(entry) in _NO_PREPRINTS
    return _is_at_preprint_server(entry) or bool(not is_elsewhere and eprint_identifier(entry))


def _is_at_preprint_server(entry: RawEntry) -> bool:
    return _PREPRINT_SERVER.search(entry.get("publisher")) is not None


def patent_type(entry: RawEntry) -> str:
    """The ``type`` of a patent, to which IEEE's BibTeX styles give a ``nationality``, such as "United States"."""
    kind, nation = entry.get("type"), entry.get("nationality") if "nationality" in entry.fields else ""
    string = _PATENT_KINDS.get(kind.lower())
    if entry.type != "patent" or not nation or not string:
        return kind
    if office := _NATIONS.get(nation.lower().replace(".", "").replace(" ", "")):
        return f"{string}{office}"
    return f"{nation} patent{' application' if string == 'patreq' else ''}"


def patent_in_note(entry: RawEntry) -> dict[str, str]:
    """The ``type`` and ``number`` of a patent that has them in its note; empty if it has a number elsewhere."""
    is_patent = entry.type == "patent" or entry_type_of(entry) is _OTHER
    found = _PATENT.match(entry.get("note")) if is_patent and not entry.get("number") else None
    if not found or not found["number"]:
        return {}
    office = found["office"].upper().replace(".", "").replace(" ", "")
    strings = _PATENT_STRINGS[1 if found["request"] else 0]
    if known := _PATENT_OFFICES.get(office):
        return {"type": f"{strings}{known}", "number": found["number"]}
    return {"type": strings, "number": f"{office} {found['number']}"}
