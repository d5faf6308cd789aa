"""Eprints: in which archive one is, under which identifier, and what link that makes."""

from __future__ import annotations

import re

from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.links import identifier, kind_elsewhere
from sphinx_cv_ext.sources.raw import RawEntry

_EPRINT_KINDS = {"arxiv": "arxiv", "hal": "hal", "pubmed": "pubmed", "pmid": "pubmed"}

ARXIV_IN = {
    "journal": pattern(r"\barxiv:\s*[\w./-]*\d{4}", re.IGNORECASE),
    "volume": pattern(r"^abs/"),
    "number": pattern(r"^arxiv:", re.IGNORECASE),
    "note": pattern(r"^arxiv:", re.IGNORECASE),
    "eid": pattern(r"^arxiv:", re.IGNORECASE),
    "pages": pattern(r"^arxiv:", re.IGNORECASE),
}
"""Other fields in which people write an arXiv number, and what it looks like there."""


def eprint_archive(entry: RawEntry) -> str:
    """The archive of an eprint in lower case; empty if the entry has no eprint."""
    return eprint_name(entry).lower() if entry.get("eprint") else ""


def eprint_name(entry: RawEntry) -> str:
    """The archive of an eprint as it is shown; arXiv where none is named."""
    name = decode_plain(entry.get("eprinttype"))
    return "arXiv" if name.lower() in ("", "arxiv") else name


def eprint_identifier(entry: RawEntry) -> str:
    """The identifier of an eprint, without a prefix; empty if the field holds the address of a file or a page."""
    if eprint_kind(entry) in ("pdf", "url"):
        return ""
    bare = identifier("arxiv", entry.get("eprint")) if eprint_name(entry) == "arXiv" else ""
    return bare or decode_plain(entry.get("eprint"))


def eprint_kind(entry: RawEntry) -> str:
    """The kind of link for the field ``eprint``; bioRxiv, Science, Wiley and others write a PDF's address there."""
    eprint = entry.get("eprint")
    known = _EPRINT_KINDS.get(eprint_name(entry).lower(), "") if eprint else ""
    return (kind_elsewhere(eprint) or known) if known in ("", "arxiv") else known
