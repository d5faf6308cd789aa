"""The links of a publication: which of its fields lead somewhere, each place once."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sphinx_cv_ext.diagnostics import Report
from sphinx_cv_ext.model.links import Link, LinkKind, scheme_of
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.eprints import ARXIV_IN, eprint_kind
from sphinx_cv_ext.sources.links import Files, clean_url, parse_link
from sphinx_cv_ext.sources.raw import RawEntry

# A dash, or the number of a paper in its session as IEEEtran's field "paper" has it.
_NO_ADDRESS = pattern(r"[\W\d_]+")
# Two addresses that differ in these lead to one place.
_NOT_OF_TARGET = pattern(r"^https?://(?:www\.|dx\.)?|/$")
# DOI Handbook, section 2.4: capitals make no difference. arXiv's own DOIs lead to the page of the same number.
_DOI_TARGET = pattern(r"(doi\.org/)(10\.48550/arxiv\.)?(.*)", re.IGNORECASE)


def read_links(entry: RawEntry, files: Files, report: Report, kinds: Mapping[str, LinkKind]) -> tuple[Link, ...]:
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


def _link_fields(entry: RawEntry, kinds: Mapping[str, LinkKind]) -> dict[str, str]:
    """The kinds of link that an entry has, each with the field that it is written in."""
    given = {
        name: name
        for name, kind in kinds.items()
        if name in entry.fields and (kind.template or not _NO_ADDRESS.fullmatch(entry.get(name)))
    }
    if eprint := eprint_kind(entry):
        given.setdefault(eprint, "eprint")
    if "url" not in given and "howpublished" in entry.fields and scheme_of(clean_url(entry.get("howpublished"))):
        given["url"] = "howpublished"
    # Google Scholar writes "arXiv preprint arXiv:1805.07898", DBLP a volume "abs/1805.07898", Zotero a number.
    for field, number in ARXIV_IN.items():
        if "arxiv" not in given and field in entry.fields and number.search(entry.get(field)):
            given["arxiv"] = field
    return given
