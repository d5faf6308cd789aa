"""The state of a publication, such as "in press" or "submitted", and the fields in which people write it."""

from __future__ import annotations

import re
from difflib import get_close_matches

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Report
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.publication import BOOK_FIELDS, JOURNAL_FIELDS, STATES
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.raw import RawEntry

# Texts for states: the words themselves, biblatex's strings (manual, sections 2.3.1 and 4.9.2.11) and similar ones.
_STATES = {
    **{state: state for state in STATES},
    **{state.replace(" ", ""): state for state in STATES if state.startswith("in ")},
    "prepublished": "published online",
    # In German, as Zotero's users type them.
    "im druck": "in press",
    "im erscheinen": "forthcoming",
    "erscheint demnächst": "forthcoming",
    "eingereicht": "submitted",
    "zur veröffentlichung eingereicht": "submitted for publication",
    "in begutachtung": "under review",
    "angenommen": "accepted",
    "zur veröffentlichung angenommen": "accepted for publication",
    "in vorbereitung": "in preparation",
    # The usual state, which is not shown.
    **dict.fromkeys(("published", "appeared"), ""),
}
# Except "published online": many notes say so of works that have a volume and pages.
_SAYING_IT_ALONE = frozenset(said for said, state in _STATES.items() if state not in ("", "published online"))
_AROUND_STATE = " .()[]"
_VENUE_FIELDS = JOURNAL_FIELDS + BOOK_FIELDS

# "Submitted to the Journal of Things", "Journal of Things (in press)". The longest state that fits is meant.
_WORDS = "|".join(sorted(_SAYING_IT_ALONE - {"preprint"}, key=len, reverse=True))
# "Accepted to appear in X" says no more than "accepted", "under review as a conference paper at X" no more than "under
# review".
_MANNER = (
    r"to\s+appear|to\s+be\s+published|as\s+an?\s+(?:(?:conference|workshop|journal|full|short|regular)\s+)*(?:paper|article)"
    r"|for\s+(?:presentation|publication|consideration|submission|inclusion)"
)
# "Accepted in principle" and "accepted for oral presentation" do; they stay as they are.
_BEFORE_VENUE = r"to|in(?!\s+principle)|at|by|for(?!\s+(?:oral|poster))"
# A "The" is part of the name.
_STATE_FIRST = pattern(
    rf"(?P<state>{_WORDS})(?:\s+(?:{_MANNER}))?(?:\s*[,:]|\s+(?:{_BEFORE_VENUE})\b)[\s:]*"
    r"(?-i:the\s+)?(?=\S)",
    re.IGNORECASE,
)
_STATE_LAST = pattern(rf"[,;(\[]\s*(?P<state>{_WORDS})[\s.)\]]*$", re.IGNORECASE)

STATE_FIELDS = ("date", "year", "journal", "booktitle", "pages", "volume")
"""Fields in which people write a state because the actual value is not known yet."""

NOTE_FIELDS = ("note", "addendum")
"""Fields that may hold a state alone, or some other remark."""


def read_state(entry: RawEntry) -> str:
    """The state in words: from ``pubstate``, `STATE_FIELDS`, a note that says nothing else, or the name of a venue."""
    if state := entry.get("pubstate"):
        return _in_words(state)
    given = (entry.get(field) for field in (*STATE_FIELDS, *NOTE_FIELDS) if field in entry.fields)
    if state := next(filter(is_state, given), ""):
        return _in_words(state)
    venues = (entry.get(field) for field in _VENUE_FIELDS if field in entry.fields)
    return _in_words(next((state for venue in venues if (state := venue_and_state(venue)[1])), ""))


def venue_and_state(text: str) -> tuple[str, str]:
    """The name of a venue, and the words for a state before or after it."""
    if is_state(text):
        return "", text
    if found := _STATE_FIRST.match(text):
        return text[found.end() :], found["state"]
    if found := _STATE_LAST.search(text):
        return text[: found.start()].rstrip(), found["state"]
    return text, ""


def _in_words(state: str) -> str:
    """A state that is known in words of ours, and any other as it is written: it may hold a name, or a German noun."""
    state = state.strip(_AROUND_STATE)
    known = state.lower()
    return _STATES[known] if known in _STATES else decode_plain(state)


def check_state(entry: RawEntry, report: Report) -> None:
    """Report a ``pubstate`` that looks like a misspelling of a known one; any other text is allowed."""
    if not (state := _in_words(entry.get("pubstate"))):
        return
    if state in _STATES:
        return
    for meant in get_close_matches(state.lower(), filter(_STATES.get, _STATES), n=1, cutoff=0.9):
        problem = f"the state {state!r} is unknown (did you mean {meant!r}?)"
        report(Diagnostic(Code.STATE_UNKNOWN, entry.where("pubstate"), problem, "it is shown as it is written"))


def is_state(text: str) -> bool:
    """Whether a text consists only of words for a state that are unmistakable in any field."""
    return text.strip(_AROUND_STATE).lower() in _SAYING_IT_ALONE


def is_state_of(entry: RawEntry, text: str) -> bool:
    """Whether a text consists only of words for the state that the entry has anyway."""
    return is_state(text) and _in_words(text) == read_state(entry)
