"""Where a publication appeared: the full name and the short name of its venue."""

from __future__ import annotations

from sphinx_cv_ext.model.links import scheme_of
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.publication import BOOK_FIELDS, JOURNAL_FIELDS, Venue
from sphinx_cv_ext.sources.entry_types import EntryType
from sphinx_cv_ext.sources.eprints import eprint_identifier, eprint_name
from sphinx_cv_ext.sources.journals import JOURNAL_MACROS
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.links import clean_url
from sphinx_cv_ext.sources.raw import RawEntry
from sphinx_cv_ext.sources.remarks import Said
from sphinx_cv_ext.sources.states import is_state, venue_and_state
from sphinx_cv_ext.sources.titles import is_titled_issue, plain_title, whole_title

_SHORT_VENUE = ("abbr", "shortjournal", "shortbooktitle", "shorteventtitle", "shortseries")
# CVF and IEEE write "Conference on Computer Vision and Pattern Recognition (CVPR)", sometimes with the year.
_IN_BRACKETS = pattern(
    r"(?P<name>.*\S)\s*\((?P<short>(?!I+\b|LN)[A-Z][a-z]{0,5}[A-Z][A-Za-z]{0,9})(?:[ ’']*(?:\d{2}|\d{4}))?\)"
)
_WORD = pattern(r"[^\W\d_]+")
# ACM writes "KDD '21"; "Conference’17" is the placeholder in its template.
_MEETING = pattern(r"(?P<short>(?!Conference\b)[A-Z][\w&/+-]*(?: [A-Z][\w&/+-]*)?) ?[’']\d{2}")

# IEEE: "Computer Vision, 2007. ICCV 2007. IEEE 11th International Conference on".
_TURNED = (" on", " of")
_YEAR_FIRST = pattern(r"^\d{4}\.\s+")

NO_PUBLISHER = "Google Patents"
"""The publisher that Google Scholar gives for patents, which is itself."""


def read_venue(entry: RawEntry, entry_type: EntryType, said: Said) -> Venue:
    """The venue, from the first field of its type that has one; otherwise the archive and number of its eprint."""
    found = ((decode_plain(text), field) for field in entry_type.venue if (text := _venue_text(entry, field, said)))
    name, named_by = next(found, ("", ""))
    if is_titled_issue(entry):
        name, named_by = plain_title(entry), "journal"
    short = decode_plain(entry.first(_SHORT_VENUE))
    if named_by in BOOK_FIELDS:
        # The year is told of the work itself.
        name = name.removesuffix(f", {entry.get('year')}")
        name, short = _short_in(name, short, decode_plain(entry.get("series")))
    name = whole_title(entry, named_by, name)
    if not name and (eprint := eprint_identifier(entry)):
        name = f"{eprint_name(entry)} {eprint}"
    return Venue(name, short if short != name else "", named_by)


def _short_in(name: str, short: str, series: str) -> tuple[str, str]:
    """The full and the short name of a meeting.

    The short one may also stand in brackets behind the full one, or together with the year in the series.
    """
    if not short and (found := _MEETING.fullmatch(series)):
        short = found["short"]
    found = _IN_BRACKETS.fullmatch(name)
    if found and _is_made_of(found["short"], found["name"]):
        return found["name"], short or found["short"]
    return name, short


def _is_made_of(short: str, name: str) -> bool:
    """Whether ``short`` is an acronym of ``name``: its capitals begin words of ``name``, in order.

    A capital may also be the next letter in such a word, as in IROS for "Intelligent Robots". That keeps the "(USA)"
    behind a place from being taken for an acronym.
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


def _in_order(name: str) -> str:
    """A name that IEEE has turned around, "Image Processing, IEEE Transactions on", as people say it."""
    if not name.endswith(_TURNED):
        return name
    end, comma, start = name.rpartition(",")
    return f"{_YEAR_FIRST.sub('', start.strip())} {end}" if comma else name


def _venue_text(entry: RawEntry, field: str, said: Said) -> str:
    text = said.rest_of(field) if field in BOOK_FIELDS else entry.get(field)
    if field in JOURNAL_FIELDS and text[:1] == "\\" and text[1:] in JOURNAL_MACROS:
        return JOURNAL_MACROS[text[1:]]
    if field in BOOK_FIELDS or field in JOURNAL_FIELDS:
        text = _in_order(venue_and_state(text)[0])
    # An address is a link, see `read_links`, and words such as "Submitted" are a state: neither is a name.
    is_link = field == "howpublished" and scheme_of(clean_url(text))
    return "" if is_link or is_state(text) or text == NO_PUBLISHER else text
