"""The state of a publication: in press, submitted and the like, and where people write so."""

from __future__ import annotations

from difflib import get_close_matches

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Report
from sphinx_cv_ext.model.publication import STATES
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.raw import RawEntry

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
_AROUND_STATE = " .()[]"

STATE_FIELDS = ("date", "year", "journal", "pages", "volume")
"""Where people write words for a state for want of a figure or a name."""


def read_state(entry: RawEntry) -> str:
    """``pubstate`` in words, or such words where a date or the pages should be, or alone in a note."""
    if state := entry.get("pubstate"):
        return _in_words(state)
    given = (entry.get(field) for field in (*STATE_FIELDS, "note") if field in entry.fields)
    return _in_words(next(filter(is_state, given), ""))


def _in_words(state: str) -> str:
    state = state.strip(_AROUND_STATE).lower()
    return _STATES[state] if state in _STATES else decode_plain(state)


def check_state(entry: RawEntry, report: Report) -> None:
    """Reports a ``pubstate`` that is nearly one that is known; there are others, and all are shown."""
    if not (state := _in_words(entry.get("pubstate"))):
        return
    if state in _STATES:
        return
    for meant in get_close_matches(state, filter(_STATES.get, _STATES), n=1, cutoff=0.9):
        problem = f"the state {state!r} is unknown (did you mean {meant!r}?)"
        report(Diagnostic(Code.STATE_UNKNOWN, entry.where("pubstate"), problem, "it is shown as it is written"))


def is_state(text: str) -> bool:
    """Whether a text has nothing but words for a state, which say it wherever they stand."""
    return text.strip(_AROUND_STATE).lower() in _SAYING_IT_ALONE


def is_state_of(entry: RawEntry, text: str) -> bool:
    """Whether a text has nothing but words for the state that an entry is in."""
    return is_state(text) and _in_words(text) == read_state(entry)
