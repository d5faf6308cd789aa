"""The links of a publication, from all fields that hold addresses, files or identifiers; and its picture, a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Report
from sphinx_cv_ext.model.identifiers import ARXIV_DOI, DOI_ADDRESS
from sphinx_cv_ext.model.links import Link, LinkKind, scheme_of
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.eprints import ARXIV_IN, eprint_kind
from sphinx_cv_ext.sources.links import Files, clean_url, parse_link
from sphinx_cv_ext.sources.raw import RawEntry

# Only a dash, or a number: IEEEtran's field "paper" is the number of a paper in its session.
_NO_ADDRESS = pattern(r"[\W\d_]+")
# Parts of an address that make no difference to where it leads.
_NOT_OF_TARGET = pattern(r"^https?://(?:www\.)?|/$")
# DOIs ignore case (DOI Handbook, section 2.4). arXiv's own DOIs lead to the page with the same number.
_DOI_TARGET = pattern(rf"{DOI_ADDRESS}({ARXIV_DOI})?(.*?)/?", re.IGNORECASE)

# Formats that every browser shows. An SVG in an ``img`` element cannot run scripts (HTML Standard, section 4.8.3).
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")


def read_links(entry: RawEntry, files: Files, report: Report, kinds: Mapping[str, LinkKind]) -> tuple[Link, ...]:
    """The links in the order of ``kinds``; of links to the same target only the first is kept.

    A file that is named after the entry is a link of its kind, unless a field gives one. arXiv's page wins over its
    DOI.
    """
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
    """The target of a link, in a form that is the same for all links to it."""
    if doi := _DOI_TARGET.fullmatch(link.url):
        return f"arxiv.org/abs/{doi[2]}" if doi[1] else f"doi.org/{unquote(doi[2]).lower()}"
    return _NOT_OF_TARGET.sub("", link.url) or link.file


def _link_fields(entry: RawEntry, kinds: Mapping[str, LinkKind]) -> dict[str, str]:
    """The kinds of links that an entry has, each with the field that holds it."""
    given = {
        name: name
        for name, kind in kinds.items()
        if name in entry.fields and (kind.template or not _NO_ADDRESS.fullmatch(entry.get(name)))
    }
    if eprint := eprint_kind(entry):
        given.setdefault(eprint, "eprint")
        # The number comes from this address of arXiv's, where there is no other page than that of the number.
        if entry.get("eprint") == entry.get("url") and "/pdf/" in entry.get("url"):
            given.setdefault("pdf", given.pop("url"))
    if "url" not in given and "howpublished" in entry.fields and scheme_of(clean_url(entry.get("howpublished"))):
        given["url"] = "howpublished"
    # Google Scholar writes "arXiv preprint arXiv:1805.07898", DBLP a volume "abs/1805.07898", Zotero a number.
    for field, number in ARXIV_IN.items():
        if "arxiv" not in given and field in entry.fields and number.search(entry.get(field)):
            given["arxiv"] = field
    return given


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
