"""Words that mean yes or no: in fields of an entry, options of a directive and the metadata of a page."""

from __future__ import annotations

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report, suggestion

_YES = ("true", "yes", "on", "1")
_NO = ("false", "no", "off", "0")
_KNOWN = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}
# Short words are similar to too many others.
_SUGGESTED = dict.fromkeys(("true", "false"))


def yes_or_no(text: str) -> bool | None:
    """Whether ``text`` means yes; None if it means neither."""
    return _KNOWN.get(text.strip().lower())


def reported(text: str, what: str, fallback: bool, location: Location, report: Report) -> bool:
    """Whether ``text`` means yes. If it means neither, this is reported as a value of ``what``, and it is ``fallback``.

    Without any text it is ``fallback``, too.
    """
    said = yes_or_no(text)
    if said is None and text.strip():
        problem = f"{what} is {text!r}, neither yes nor no {suggestion(text.lower(), _SUGGESTED)}"
        report(Diagnostic(Code.FLAG_UNKNOWN, location, problem, f"it counts as {'yes' if fallback else 'no'}"))
    return fallback if said is None else said
