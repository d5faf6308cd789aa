"""From a raw .bib entry to a publication: which fields say what, for every entry type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from difflib import get_close_matches
from functools import partial

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Report
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.dates import Period
from sphinx_cv_ext.model.links import Link, LinkKind, scheme_of
from sphinx_cv_ext.model.naming import anchors, citing_labels
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import Author, Name, folded
from sphinx_cv_ext.model.publication import (
    BOOK_FIELDS,
    JOURNAL_FIELDS,
    PUBLICATION_TYPES,
    SCHOOL_FIELDS,
    STATES,
    AwardKind,
    Details,
    Publication,
    PublicationType,
    Venue,
)
from sphinx_cv_ext.model.text import RichText, rich
from sphinx_cv_ext.sources.authors import is_authored, read_authors
from sphinx_cv_ext.sources.awards import parse_awards
from sphinx_cv_ext.sources.dates import publication_date
from sphinx_cv_ext.sources.fields import listed
from sphinx_cv_ext.sources.journals import JOURNAL_MACROS
from sphinx_cv_ext.sources.kinds import Kinds
from sphinx_cv_ext.sources.languages import language_tag
from sphinx_cv_ext.sources.latex import decode, decode_plain
from sphinx_cv_ext.sources.links import Files, clean_url, identifier, kind_elsewhere, parse_link
from sphinx_cv_ext.sources.memory import Given, Memory, Reading, Work
from sphinx_cv_ext.sources.names import parse_names
from sphinx_cv_ext.sources.notes import read_remark
from sphinx_cv_ext.sources.rates import parse_rate
from sphinx_cv_ext.sources.raw import RawEntry


@frozen
class _EntryType:
    """What a BibTeX or biblatex type is, and the fields that name its venue, the first that is there."""

    type: str
    venue: tuple[str, ...]


_ONLINE = ("howpublished", "organization", "publisher", "eventtitle")

# biblatex manual, section 2.1; BibTeX's own types are those of "BibTeXing", section 3.1.
ENTRY_TYPES: dict[str, _EntryType] = {
    name: _EntryType(kind, venue)
    for kind, venue, names in (
        ("article", JOURNAL_FIELDS, "article suppperiodical review"),
        ("conference", BOOK_FIELDS + JOURNAL_FIELDS, "inproceedings conference"),
        (
            "book",
            ("publisher", "organization"),
            "book booklet mvbook collection mvcollection reference mvreference",
        ),
        (
            "chapter",
            ("booktitle", "publisher"),
            "inbook incollection bookinbook suppbook suppcollection inreference",
        ),
        ("book", JOURNAL_FIELDS, "periodical"),
        ("proceedings", ("publisher", "organization"), "proceedings mvproceedings"),
        ("thesis", SCHOOL_FIELDS, "thesis phdthesis mastersthesis"),
        ("report", SCHOOL_FIELDS, "report techreport manual standard"),
        ("patent", ("holder", "location"), "patent"),
        ("dataset", _ONLINE, "dataset data"),
        ("software", _ONLINE, "software"),
        ("talk", BOOK_FIELDS + _ONLINE, "talk presentation lecture unpublishedtalk"),
    )
    for name in names.split()
}
# biblatex manual, section 2.2.2: what goes on with a name, and the sign between.
_MORE_OF_TITLES = {
    **dict.fromkeys(JOURNAL_FIELDS, (("journalsubtitle", ": "), ("journaltitleaddon", ". "))),
    "booktitle": (("booksubtitle", ": "), ("booktitleaddon", ". ")),
    "maintitle": (("mainsubtitle", ": "), ("maintitleaddon", ". ")),
    "eventtitle": (("eventtitleaddon", ". "),),
}
_OTHER = _EntryType("other", JOURNAL_FIELDS + BOOK_FIELDS + _ONLINE + SCHOOL_FIELDS)
# Such an entry that names a venue of one of these kinds is what stands there.
_BY_VENUE = {"booktitle": ENTRY_TYPES["inproceedings"], "journal": ENTRY_TYPES["article"]}
# These say nothing of themselves; with an eprint or the state "preprint" they are preprints.
_PREPRINT_TYPES = frozenset({"misc", "online", "electronic", "www", "unpublished", "article", "report", "techreport"})
_PREPRINT_SERVER = pattern(r"\b(?:arxiv|corr|biorxiv|medrxiv|preprint|ssrn)\b", re.IGNORECASE)
# biblatex manual, section 3.14.7: these hold what has appeared. The Astrophysics Source Code Library holds software.
_NO_PREPRINTS = frozenset({"pubmed", "pmid", "jstor", "googlebooks"})
_CODE_LIBRARY = "ascl"
# Google Scholar writes "US Patent 9,000,001" and "US Patent App. 17/000,001", and names itself as the publisher.
_PATENT = pattern(
    r"(?P<office>U\.\s?S\.|[A-Z]{2,3})\s+Patent\b"
    r"(?:(?P<request>\s+App(?:\.|lication)?)?(?:\s+No\.?)?\s+(?P<number>[A-Z]{0,2}\d(?:[\d,/.]*\d)?(?:\s?[A-Z]\d?)?)\.?$)?",
    re.IGNORECASE,
)
# biblatex manual, section 4.9.2.13: the strings for the field "type", "patentus", and the codes of the offices that
# they are of (WIPO ST.3).
_PATENT_STRINGS = ("patent", "patreq")
_PATENT_OFFICES = {"US": "us", "EP": "eu", "GB": "uk", "DE": "de", "FR": "fr"}
_NO_PUBLISHER = "Google Patents"
_WORKSHOP = pattern(r"\bworkshops?\b", re.IGNORECASE)
_DETAILS = tuple(field.name for field in fields(Details))
_SHORT_VENUE = ("abbr", "shortjournal", "shortbooktitle", "shorteventtitle", "shortseries")
# CVF and IEEE: "Conference on Computer Vision and Pattern Recognition (CVPR)", at times with the year.
_IN_BRACKETS = pattern(
    r"(?P<name>.*\S)\s*\((?P<short>(?!I+\b|LN)[A-Z][a-z]{0,5}[A-Z][A-Za-z]{0,9})(?:[ ’']*(?:\d{2}|\d{4}))?\)"
)
_WORD = pattern(r"[^\W\d_]+")
# ACM: "KDD '21"; "Conference’17" is what stands in its template.
_MEETING = pattern(r"(?P<short>(?!Conference\b)[A-Z][\w&/+-]*(?: [A-Z][\w&/+-]*)?) ?[’']\d{2}")
_SHORT_TITLE = ("shorthand", "label", "shorttitle")
_REMARKS = ("note", "addendum", "additional_info")
# What Zotero has no field for in BibTeX, and what its translators leave in "Extra".
_OF_ZOTERO = pattern(
    r"\\?_eprint:|(?:Publisher|ISSN|ISBN|Conference Name|Meeting Name|event-place|Citation Key|ADS Bibcode|PMC?ID|OCLC"
    r"|[ZG]SCC|tex\.\w+):|Accepted: \d{4}-\d\d-\d\dT|arXiv:\S+(?: \[[\w.-]+\])?$"
)
_EPRINT_KINDS = {"arxiv": "arxiv", "hal": "hal", "pubmed": "pubmed", "pmid": "pubmed"}
_ARXIV_IN = {
    "journal": pattern(r"\barxiv:\s*[\w./-]*\d{4}", re.IGNORECASE),
    "volume": pattern(r"^abs/"),
    "number": pattern(r"^arxiv:", re.IGNORECASE),
    "note": pattern(r"^arxiv:", re.IGNORECASE),
    "eid": pattern(r"^arxiv:", re.IGNORECASE),
    "pages": pattern(r"^arxiv:", re.IGNORECASE),
}
# What stands for a state: its words, or a string of biblatex (manual, sections 2.3.1 and 4.9.2.11) or one like those.
_STATES = {
    **{state: state for state in STATES},
    **{state.replace(" ", ""): state for state in STATES if state.startswith("in ")},
    "prepublished": "published online",
    # As nearly all are, and nothing is to be said of it.
    **dict.fromkeys(("published", "appeared"), ""),
}
# Many a note says of a work with volume and pages that it was "published online".
_SAYING_IT_ALONE = frozenset(said for said, state in _STATES.items() if state not in ("", "published online"))
# Where people write such words for want of a figure.
_STATE_FIELDS = ("date", "year", "journal", "pages", "volume")
_AROUND_STATE = " .()[]"
# A dash, or the number of a paper in its session as IEEEtran's field "paper" has it.
_NO_ADDRESS = pattern(r"[\W\d_]+")
# Two addresses that differ in these lead to one place.
_NOT_OF_TARGET = pattern(r"^https?://(?:www\.|dx\.)?|/$")
# DOI Handbook, section 2.4: capitals make no difference. arXiv's own DOIs lead to the page of the same number.
_DOI_TARGET = pattern(r"(doi\.org/)(10\.48550/arxiv\.)?(.*)", re.IGNORECASE)
# What every browser shows; an SVG in an image runs no script (HTML Standard, section 4.8.3).
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
_TRUE = frozenset({"true", "yes", "1", "on"})


Read = tuple[Work, list[Diagnostic]]
"""What came of an entry, and what was wrong with it."""

Share = Callable[[Callable[[Sequence[Given]], list[Read]], Sequence[Given]], list[Read]]
"""What has entries read, each on its own: it gives what a function makes of them, in their order."""


def read_publications(
    entries: Sequence[RawEntry],
    files: Callable[[RawEntry], Files],
    report: Report,
    last: Reading,
    kinds: Kinds,
    share: Share,
) -> list[Work]:
    """The publications that ``entries`` describe, in their order.

    ``entries`` have inherited from their parents already; local files in their links are looked for where
    ``files`` says for each. What a field says wrongly is reported at that field, and the publication goes without it.
    What is known from ``last`` is not read; ``share`` has the rest read.
    """
    anchor_of = anchors([entry.key for entry in entries])
    memory = Memory(last, repr(kinds))
    given = [memory.given(entry, anchor_of[entry.key], files(entry)) for entry in entries]
    known = [memory.work(one) for one in given]
    read = iter(share(partial(_read, kinds), [one for one, work in zip(given, known, strict=True) if not work]))
    works = [work or _told(*next(read), report) for work in known]
    short = {entry.key: decode_plain(_first(entry, _SHORT_TITLE)) for entry in entries}
    labels = citing_labels([work.publication for work in works], short)
    return [work.settled(entry.location, labels[entry.key]) for work, entry in zip(works, entries, strict=True)]


def _read(kinds: Kinds, given: Sequence[Given]) -> list[Read]:
    return [_read_one(kinds, one) for one in given]


def _read_one(kinds: Kinds, given: Given) -> Read:
    told: list[Diagnostic] = []
    files = given.files
    looked_for = len(files.looked_for)
    publication = _publication(kinds, given.entry, given.anchor, files, told.append)
    return Work(publication, given.source, tuple(files.looked_for[looked_for:]), not told), told


def _told(work: Work, told: Sequence[Diagnostic], report: Report) -> Work:
    for diagnostic in told:
        report(diagnostic)
    return work


def _first(entry: RawEntry, fields: Sequence[str]) -> str:
    """The value of the first of ``fields`` that has one."""
    for field in fields:
        if field in entry.fields and (text := entry.get(field)):
            return text
    return ""


def _publication(kinds: Kinds, entry: RawEntry, anchor: str, files: Files, report: Report) -> Publication:
    entry_type = _entry_type(entry)
    authors, et_al = read_authors(entry, report)
    _check_state(entry, report)
    said = _Said(entry, report, kinds.awards)
    venue = _venue(entry, entry_type, said)
    editors = _people(entry, "editor", report) if is_authored(entry) else ()
    editor_type = _editor_type(entry)
    book_authors = _people(entry, "bookauthor", report)
    span = _date(entry, report)
    return Publication(
        key=entry.key,
        anchor=anchor,
        entry_type=entry.type,
        type=_type(entry, entry_type),
        title=_title(entry),
        authors=authors,
        et_al=et_al,
        venue=venue,
        details=_details(entry),
        date=span.start if span else None,
        span=span if span and span.start != span.end else None,
        citing_label="",
        location=entry.location,
        state=_state(entry),
        language=language_tag(entry.get("langid") or entry.get("language")),
        original_language=language_tag(entry.get("origlanguage")) if "origlanguage" in entry.fields else "",
        acceptance=said.acceptance,
        awards=said.awards,
        links=_links(entry, files, report, kinds.links),
        preview=_preview(entry, files, report),
        keywords=listed([decode_plain(entry.get("keywords"))]),
        remarks=tuple(decode(text) for text in said.remarks),
        abstract=_abstract(entry),
        editors=() if editor_type else editors,
        are_editors=bool(authors) and not is_authored(entry),
        selected=entry.get("selected").lower() in _TRUE,
        translators=_people(entry, "translator", report),
        editor_type=editor_type,
        helpers=editors if editor_type else (),
        book_authors=book_authors if book_authors and book_authors != _names(authors) else (),
    )


class _Said:
    """What an entry says of its acceptance rate and awards, in the fields for them and outside."""

    def __init__(self, entry: RawEntry, report: Report, kinds: Mapping[str, AwardKind]) -> None:
        self._entry = entry
        self._report = report
        self._kinds = kinds
        given = entry.get("acceptance")
        self.acceptance = parse_rate(given, entry.where("acceptance"), report) if given else None
        # al-folio's "award" tells the story of the award that "award_name" names.
        name, story = entry.get("award_name"), entry.get("award")
        self.awards = parse_awards(name or story, entry.where("award_name" if name else "award"), report, kinds)
        # al-folio joins "additional_info" to its sentence, hence the full stop it may start with.
        texts = [self.rest_of(field).lstrip(".,; ") for field in _REMARKS if field in entry.fields]
        self.remarks = [text for text in (story if name else "", *texts) if text]

    def rest_of(self, field: str) -> str:
        """The text of a field without the awards and the rate that it names; a rate unlike ours stays in it."""
        text = self._entry.get(field)
        if not text or (field == "note" and _is_told_elsewhere(self._entry, text)):
            return ""
        where = self._entry.where(field)
        found = read_remark(text, where, self._report, self._kinds)
        if found.rate and self.acceptance and found.rate.percent != self.acceptance.percent:
            found = read_remark(text, where, self._report, self._kinds, rates=False)
        self.acceptance = self.acceptance or found.rate
        known = {folded(award.name) for award in self.awards}
        self.awards += tuple(award for award in found.awards if folded(award.name) not in known)
        return found.text


def _is_told_elsewhere(entry: RawEntry, note: str) -> bool:
    """Whether a note has nothing but what is for a reference manager, the state or the number of a patent."""
    told = _OF_ZOTERO.match(note) or _patent_in_note(entry)
    return bool(told) or (_is_state(note) and _in_words(note) == _state(entry))


def _date(entry: RawEntry, report: Report) -> Period | None:
    where = entry.where("date" if entry.get("date") else "year")
    date, year = ("" if _is_state(entry.get(field)) else entry.get(field) for field in ("date", "year"))
    return publication_date(date, year, entry.get("month"), where, report)


def _state(entry: RawEntry) -> str:
    """``pubstate`` in words, or such words where a date or the pages should be, or alone in a note."""
    if state := entry.get("pubstate"):
        return _in_words(state)
    given = (entry.get(field) for field in (*_STATE_FIELDS, "note") if field in entry.fields)
    return _in_words(next(filter(_is_state, given), ""))


def _in_words(state: str) -> str:
    state = state.strip(_AROUND_STATE).lower()
    return _STATES[state] if state in _STATES else decode_plain(state)


def _check_state(entry: RawEntry, report: Report) -> None:
    """Reports a ``pubstate`` that is nearly one that is known; there are others, and all are shown."""
    if not (state := _in_words(entry.get("pubstate"))):
        return
    if state in _STATES:
        return
    for meant in get_close_matches(state, filter(_STATES.get, _STATES), n=1, cutoff=0.9):
        problem = f"the state {state!r} is unknown (did you mean {meant!r}?)"
        report(Diagnostic(Code.STATE_UNKNOWN, entry.where("pubstate"), problem, "it is shown as it is written"))


def _is_state(text: str) -> bool:
    return text.strip(_AROUND_STATE).lower() in _SAYING_IT_ALONE


def _entry_type(entry: RawEntry) -> _EntryType:
    if entry.type == "article" and _is_preprint_alone(entry):
        return _OTHER
    if entry.type in ENTRY_TYPES:
        return ENTRY_TYPES[entry.type]
    found = next((entry_type for field, entry_type in _BY_VENUE.items() if entry.get(field)), _OTHER)
    # Zotero's presentations: what was told at an event, and is in no book and in no archive.
    is_talk = found is _OTHER and entry.get("eventtitle") and not _archive(entry)
    return ENTRY_TYPES["talk"] if is_talk else found


def _type(entry: RawEntry, entry_type: _EntryType) -> PublicationType:
    subtype = entry.get("entrysubtype").lower()
    if subtype in PUBLICATION_TYPES:
        return PUBLICATION_TYPES[subtype]
    if entry_type.type == "conference" and _WORKSHOP.search(entry.get("booktitle")):
        return PUBLICATION_TYPES["workshop"]
    archive = _archive(entry)
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
    """Whether an article is on a server of preprints and names nothing in which it appeared, as INSPIRE has them."""
    # Most articles have neither, and need not be asked for more.
    if "eprint" not in entry.fields and "publisher" not in entry.fields:
        return False
    journal = entry.get("journal")
    if (journal and not _is_state(journal)) or _first(entry, BOOK_FIELDS):
        return False
    is_elsewhere = entry.get("publisher") or _archive(entry) in _NO_PREPRINTS
    return _is_at_preprint_server(entry) or bool(not is_elsewhere and _eprint(entry))


def _is_at_preprint_server(entry: RawEntry) -> bool:
    return _PREPRINT_SERVER.search(entry.get("publisher")) is not None


def _archive(entry: RawEntry) -> str:
    """The archive of an eprint in lower case; empty without one."""
    return _eprint_name(entry).lower() if entry.get("eprint") else ""


def _patent_in_note(entry: RawEntry) -> dict[str, str]:
    """``type`` and ``number`` of a patent that has them in its note; empty where it has its number elsewhere."""
    is_patent = entry.type == "patent" or _entry_type(entry) is _OTHER
    found = _PATENT.match(entry.get("note")) if is_patent and not entry.get("number") else None
    if not found or not found["number"]:
        return {}
    office = found["office"].upper().replace(".", "").replace(" ", "")
    strings = _PATENT_STRINGS[1 if found["request"] else 0]
    if known := _PATENT_OFFICES.get(office):
        return {"type": f"{strings}{known}", "number": found["number"]}
    return {"type": strings, "number": f"{office} {found['number']}"}


def _is_titled_issue(entry: RawEntry) -> bool:
    """Whether an entry is an issue of a periodical, its title that of the periodical (biblatex manual, 2.1.1)."""
    return entry.type == "periodical" and bool(entry.get("issuetitle")) and not entry.get("journal")


def _title(entry: RawEntry) -> RichText:
    prefix = "issue" if _is_titled_issue(entry) else ""
    title, subtitle = entry.get(f"{prefix}title"), entry.get(f"{prefix}subtitle")
    words = decode(title)
    if not words:
        return rich(decode_plain(entry.key))
    return decode(f"{title}: {subtitle}") if subtitle else words


def _venue(entry: RawEntry, entry_type: _EntryType, said: _Said) -> Venue:
    found = ((decode_plain(text), field) for field in entry_type.venue if (text := _venue_text(entry, field, said)))
    name, named_by = next(found, ("", ""))
    if _is_titled_issue(entry):
        name, named_by = ": ".join(filter(None, map(decode_plain, map(entry.get, ("title", "subtitle"))))), "journal"
    short = decode_plain(_first(entry, _SHORT_VENUE))
    if named_by in BOOK_FIELDS:
        name, short = _short_in(name, short, decode_plain(entry.get("series")))
    name = _whole_title(entry, named_by, name)
    if not name and (eprint := _eprint(entry)):
        name = f"{_eprint_name(entry)} {eprint}"
    return Venue(name, short if short != name else "", named_by)


def _whole_title(entry: RawEntry, field: str, title: str) -> str:
    """``title``, from ``field``, with its subtitle, unless that stands in it."""
    for other, sign in _MORE_OF_TITLES.get(field, ()):
        if title and other in entry.fields and (more := decode_plain(entry.get(other))) and more not in title:
            title = f"{title}{sign}{more}"
    return title


def _short_in(name: str, short: str, series: str) -> tuple[str, str]:
    """The names of a meeting; the short one may stand behind the full one, or with the year in the series."""
    if not short and (found := _MEETING.fullmatch(series)):
        short = found["short"]
    found = _IN_BRACKETS.fullmatch(name)
    if found and _is_made_of(found["short"], found["name"]):
        return found["name"], short or found["short"]
    return name, short


def _is_made_of(short: str, name: str) -> bool:
    """Whether the capitals of ``short`` begin words of ``name`` in turn, or go on in such a word: IROS, Robots.

    The "(USA)" behind a place is no short name of what was there.
    """
    starts = {found.start() for found in _WORD.finditer(name)}
    ends = {-1}
    for letter in filter(str.isupper, short):
        first = min(ends)
        going_on = {end + 1 for end in ends if name[end + 1 : end + 2] == letter.lower()}
        ends = {at for at in starts if at > first and name[at] == letter} | going_on
        if not ends:
            return False
    return True


def _venue_text(entry: RawEntry, field: str, said: _Said) -> str:
    text = said.rest_of(field) if field in BOOK_FIELDS else entry.get(field)
    if field in JOURNAL_FIELDS and text[:1] == "\\" and text[1:] in JOURNAL_MACROS:
        return JOURNAL_MACROS[text[1:]]
    # An address is a link, see _links, and no name; "Submitted" is a state.
    is_link = field == "howpublished" and scheme_of(clean_url(text))
    return "" if is_link or _is_state(text) or text == _NO_PUBLISHER else text


def _eprint_name(entry: RawEntry) -> str:
    name = decode_plain(entry.get("eprinttype"))
    return "arXiv" if name.lower() in ("", "arxiv") else name


def _details(entry: RawEntry) -> Details:
    texts = {name: decode_plain(entry.get(name)) for name in _DETAILS if name in entry.fields}
    texts = {name: text for name, text in texts.items() if name not in _STATE_FIELDS or not _is_state(text)}
    if texts.get("publisher") == _NO_PUBLISHER:
        del texts["publisher"]
    texts = _patent_in_note(entry) | {name: text for name, text in texts.items() if text}
    for field in ("eid", "pages"):
        if field in texts and _ARXIV_IN[field].match(texts[field]):
            del texts[field]
    # ADS writes the number of an article in both fields, for styles that know the one alone.
    if "pages" in texts and texts["pages"] == texts.get("eid"):
        del texts["pages"]
    if "pages" in texts:
        texts["pages"] = re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", "–", texts["pages"])
    if "maintitle" in texts:
        texts["maintitle"] = _whole_title(entry, "maintitle", texts["maintitle"])
    if _ARXIV_IN["volume"].match(texts.get("volume", "")) and identifier("arxiv", texts["volume"]):
        del texts["volume"]
    if "venue" in entry.fields and not texts.get("location") and _entry_type(entry).type == "talk":
        # biblatex manual, section 2.2.2: where an event was; of other works the location is the publisher's.
        texts["location"] = decode_plain(entry.get("venue"))
    if "issuetitle" in texts:
        # The title of an issue is no detail of that issue.
        texts["issuetitle"] = "" if entry.type == "periodical" else _issue_title(entry)
    if "doi" in texts:
        # "N/A" and "forthcoming" are none; `parse_link` reports them.
        texts["doi"] = identifier("doi", entry.get("doi"))
    if "eprint" in texts:
        texts["eprint"] = _eprint(entry)
        if not texts["eprint"]:
            # They would speak of another identifier, such as one in a link.
            texts["eprinttype"] = texts["eprintclass"] = ""
    return Details(**texts)


def _issue_title(entry: RawEntry) -> str:
    return ": ".join(filter(None, map(decode_plain, map(entry.get, ("issuetitle", "issuesubtitle")))))


def _eprint(entry: RawEntry) -> str:
    """The identifier of an eprint without a prefix; none where it is the address of a file or a page."""
    if _eprint_kind(entry) in ("pdf", "url"):
        return ""
    bare = identifier("arxiv", entry.get("eprint")) if _eprint_name(entry) == "arXiv" else ""
    return bare or decode_plain(entry.get("eprint"))


def _eprint_kind(entry: RawEntry) -> str:
    """The kind of link that an eprint is; bioRxiv, Science, Wiley and others write the address of their PDF there."""
    eprint = entry.get("eprint")
    known = _EPRINT_KINDS.get(_eprint_name(entry).lower(), "") if eprint else ""
    return (kind_elsewhere(eprint) or known) if known in ("", "arxiv") else known


def _abstract(entry: RawEntry) -> RichText:
    return decode(entry.get("abstract"))


def _names(authors: Sequence[Author]) -> tuple[Name, ...]:
    return tuple(author.name for author in authors)


def _people(entry: RawEntry, field: str, report: Report) -> tuple[Name, ...]:
    """The names in a field for people who are not the authors."""
    if field not in entry.fields:
        return ()
    names, _others = parse_names(entry.get(field), entry.where(field), report)
    return tuple(read.name for read in names)


def _editor_type(entry: RawEntry) -> str:
    """What those in "editor" are, "compiler" or the like (biblatex manual, section 2.3.6); empty if editors."""
    found = entry.get("editortype").strip().lower() if "editortype" in entry.fields and entry.get("editor") else ""
    return "" if found == "editor" else found


def _links(entry: RawEntry, files: Files, report: Report, kinds: Mapping[str, LinkKind]) -> tuple[Link, ...]:
    """The links in the order of ``kinds``, each target once."""
    found: dict[str, Link] = {}
    given = _link_fields(entry, kinds)
    by_key = files.of_key(entry.key)
    for name, kind in kinds.items():
        link = None
        if name in given:
            link = parse_link(kind, entry.get(given[name]), files, entry.where(given[name]), report)
        elif name in by_key:
            link = Link(kind, file=str(by_key[name]))
        if link:
            target = _target(link)
            first = found.setdefault(target, link)
            if first.kind.name == "doi" and name == "arxiv":
                found[target] = link
    return tuple(found.values())


def _target(link: Link) -> str:
    """What two links that lead to one place have in common."""
    target = _NOT_OF_TARGET.sub("", link.url) or link.file
    if doi := _DOI_TARGET.fullmatch(target):
        return f"arxiv.org/abs/{doi[3]}" if doi[2] else target.lower()
    return target


def _preview(entry: RawEntry, files: Files, report: Report) -> str:
    """The picture file that the field names; one on another host is none, for the site loads nothing from there."""
    name = clean_url(entry.get("preview")) if "preview" in entry.fields else ""
    if not name:
        return ""

    def refuse(code: Code, problem: str) -> str:
        report(Diagnostic(code, entry.where("preview"), problem, "the picture is left out"))
        return ""

    if scheme_of(name) or not name.lower().endswith(_PICTURES):
        return refuse(Code.FILE_MISSING, f"{name!r} is no picture file")
    try:
        found = files.find(name)
    except ValueError:
        return refuse(Code.FILE_OUTSIDE, f"the picture {name!r} lies outside the project")
    return str(found) if found else refuse(Code.FILE_MISSING, f"the picture {name!r} is not there {files.places}")


def _link_fields(entry: RawEntry, kinds: Mapping[str, LinkKind]) -> dict[str, str]:
    """The kinds of link that an entry has, each with the field that it is written in."""
    given = {
        name: name
        for name, kind in kinds.items()
        if name in entry.fields and (kind.template or not _NO_ADDRESS.fullmatch(entry.get(name)))
    }
    if eprint := _eprint_kind(entry):
        given.setdefault(eprint, "eprint")
    if "url" not in given and "howpublished" in entry.fields and scheme_of(clean_url(entry.get("howpublished"))):
        given["url"] = "howpublished"
    # Google Scholar writes "arXiv preprint arXiv:1805.07898", DBLP a volume "abs/1805.07898", Zotero a number.
    for field, number in _ARXIV_IN.items():
        if "arxiv" not in given and field in entry.fields and number.search(entry.get(field)):
            given["arxiv"] = field
    return given
