"""The state of a publication, such as "in press" or "submitted", and the fields in which people write it."""

from __future__ import annotations

from difflib import get_close_matches

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Report
from sphinx_cv_ext.model.publication import STATES
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.raw import RawEntry

# Texts for states: the words themselves, biblatex's strings (manual, sections 2.3.1 and 4.9.2.11) and similar ones.
_STATES = {
    **{state: state for state in STATES},
    **{state.replace(" ", ""): state for state in STATES if state.startswith("in ")},
    "prepublished": "published online",
    # The usual state, which is not shown.
    **dict.fromkeys(("published", "appeared"), ""),
}
# Except "published online": many notes say so of works that have a volume and pages.
_SAYING_IT_ALONE = frozenset(said for said, state in _STATES.items() if state not in ("", "published online"))
_AROUND_STATE = " .()[]"

STATE_FIELDS = ("date", "year", "journal", "pages", "volume")
"""Fields in which people write a state because the actual value is not known yet."""


def read_state(entry: RawEntry) -> str:
    """The state in words: from ``pubstate``, from one of `STATE_FIELDS`, or from a note that says nothing else."""
    if state := entry.get("pubstate"):
        return _in_words(state)
    given = (entry.get(field) for field in (*STATE_FIELDS, "note") if field in entry.fields)
    return _in_words(next(filter(is_state, given), ""))


def _in_words(state: str) -> str:
    state = state.strip(_AROUND_STATE).lower()
    return _STATES[state] if state in _STATES else decode_plain(state)


def check_state(entry: RawEntry, report: Report) -> None:
    """Report a ``pubstate`` that looks like a misspelling of a known one; any other text is allowed."""
    if not (state := _in_words(entry.get("pubstate"))):
        return
    if state in _STATES:
        return
    for meant in get_close_matches(state, filter(_STATES.get, _STATES), n=1, cutoff=0.9):
        problem = f"the state {state!r} is unknown (did you mean {meant!r}?)"
        report(Diagnostic(Code.STATE_UNKNOWN, entry.where("pubstate"), problem, "it is shown as it is written"))


def is_state(text: str) -> bool:
    """Whether a text consists only of words for a state that are unmistakable in any field."""
    return text.strip(_AROUND_STATE).lower() in _SAYING_IT_ALONE


def is_state_of(entry: RawEntry, text: str) -> bool:
    """Whether a text consists only of words for the state that the entry has anyway."""
    return is_state(text) and _in_words(text) == read_state(entry)
