"""The identifiers of a work for machines: bare, separate, and only if they are well-formed."""

from __future__ import annotations

from sphinx_cv_ext.model.identifiers import ARXIV_ADDRESS, ARXIV_ID, ARXIV_VERSION, ISSN
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.publication import Publication

_ARXIV_ID = pattern(f"({ARXIV_ID}){ARXIV_VERSION}")
ARXIV_URL = pattern(rf"{ARXIV_ADDRESS}(.+?)(?:\.pdf)?")
"""The address of a work on arXiv; the first group is its id, perhaps with a version."""
_THE_WORK_ITSELF = frozenset({"paper", "pdf", "html", "arxiv", "url"})
_ISSN = pattern(rf"(?<![\dX-]){ISSN}(?![\dX-])")
_ISBN = pattern(r"(?<![\d-])\d(?:[ -]?\d){8,11}[ -]?[\dX](?![\dX-])")


def arxiv_id(publication: Publication) -> str:
    """The arXiv id of the work without its version; empty where it is not on arXiv."""
    details = publication.details
    eprint = details.eprint if details.eprinttype.lower() in ("", "arxiv") else ""
    match = _ARXIV_ID.fullmatch(eprint or linked_arxiv_id(publication))
    return match[1] if match else ""


def linked_arxiv_id(publication: Publication) -> str:
    """The arXiv id, perhaps with a version, of the first link that leads to the work on arXiv; empty if none does."""
    for link in publication.links:
        found = ARXIV_URL.fullmatch(link.url) if link.kind.name in _THE_WORK_ITSELF else None
        if found and _ARXIV_ID.fullmatch(found[1]):
            return found[1]
    return ""


def issns(publication: Publication) -> list[str]:
    """The ISSNs of the work (ISO 3297), with their hyphen where it is written."""
    return _ISSN.findall(publication.details.issn.upper())


def isbns(publication: Publication) -> list[str]:
    """The ISBNs of the work, with hyphens in the right places (ISO 2108)."""
    return [match[0].replace(" ", "-") for match in _ISBN.finditer(publication.details.isbn.upper())]
