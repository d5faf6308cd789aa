"""The picture of a publication: a local file in a format that browsers can show."""

from __future__ import annotations

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Report
from sphinx_cv_ext.model.links import scheme_of
from sphinx_cv_ext.sources.links import Files, clean_url
from sphinx_cv_ext.sources.raw import RawEntry

# Formats that every browser shows. An SVG in an ``img`` element cannot run scripts (HTML Standard, section 4.8.3).
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")


def read_preview(entry: RawEntry, files: Files, report: Report) -> str:
    """The path of the picture that the field names; empty without one. A picture on another host is reported.

    The site must not make browsers load anything from other hosts.
    """
    name = clean_url(entry.get("preview")) if "preview" in entry.fields else ""
    if not name:
        return ""

    def refuse(code: Code, problem: str) -> str:
        report(Diagnostic(code, entry.where("preview"), problem, "the picture is left out"))
        return ""

    if scheme_of(name) or not name.lower().endswith(_PICTURES):
        return refuse(Code.FILE_MISSING, f"{name!r} is not a picture file")
    try:
        found = files.find(name)
    except ValueError:
        return refuse(Code.FILE_OUTSIDE, f"the picture {name!r} lies outside the project")
    return str(found) if found else refuse(Code.FILE_MISSING, f"the picture {name!r} is not there {files.places}")
