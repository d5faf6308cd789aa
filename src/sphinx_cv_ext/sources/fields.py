"""The names of fields: what other tools call ours, which are private, and which are known at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from sphinx_cv_ext.model.identifiers import ARXIV_ADDRESS, DOI_ADDRESS
from sphinx_cv_ext.model.links import LINK_KINDS
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.raw import RawEntry, RawField

SYNONYMS: dict[str, str] = {
    name: ours
    for ours, names in {
        # BibTeX's names and biblatex's (biblatex manual, section 2.2.5)
        "journal": "journaltitle",
        "location": "address",
        "eprinttype": "archiveprefix",
        "eprintclass": "primaryclass",
        "number": "issue",
        "origdate": "origyear",
        "month": "season",
        "holder": "assignee",
        "eid": "articleno article-number article_number elocation-id",
        "keywords": "keyword tags",
        # al-folio, PRISM, and what people write by themselves
        "abbr": "shortvenue venue_short acronym",
        "award": "reward awards prize honor honour distinction",
        "acceptance": "acceptance_rate acceptancerate acceptance-rate acceptanceratio acceptrate",
        "selected": "featured highlight",
        "supplementary": "supp suppl supplement supplemental supplementary_material appendix",
        "paper": "url_paper",
        "pdf": "url_pdf pdfurl pdf_url pdflink",
        "code": "url_code url_source git github_url source_code software repo repository",
        "slides": "url_slides presentation",
        "poster": "url_poster",
        "video": "url_video youtube recording url_talk",
        "dataset": "url_dataset url_data data url_datasets",
        "model": "url_model models checkpoint",
        "demo": "url_demo",
        "blog": "url_blog blogpost blog_post",
        "media": "press news",
        "website": "url_project url_website project project_page homepage projectpage webpage",
        "url": "url_link link adsurl",
        "hal": "hal_id",
        "pubmed": "pmid pubmedid",
        "arxiv": "arxivurl arxiv_url",
    }.items()
    for name in names.split()
}
"""What other tools and people call a field of ours: HugoBlox's and BibBase's ``url_X``, al-folio's ``supp``, …"""

_OF_REFERENCE_MANAGERS = """
    file local-url localfile owner timestamp __markedentry groups groupsearch groupsearched qualityassured
    ranking readstatus relevance review comment priority printed creationdate modificationdate citationkey
    citation-key date-added date-modified read rating annote mendeley-groups mendeley-tags attachments added-at
    interhash intrahash biburl internal-note
"""
_PRIVATE = frozenset(_OF_REFERENCE_MANAGERS.split())
# Emacs puts these before the name of a field that is not, or not yet, to be used.
_OF_EMACS = ("opt", "alt")
_PRIVATE_PREFIXES = ("bdsk-", "comment-", "jabref-", "zotero", "mendeley", "citeulike-", "papers3-", "readcube_")


# Cached, because all entries of a file have much the same fields.
@lru_cache(maxsize=1 << 12)
def is_private(name: str) -> bool:
    """Whether a field is a note of somebody's reference manager or editor, such as ``file`` or ``bdsk-url-1``.

    None of these ever leaves the .bib file.
    """
    is_of_emacs = name.startswith(_OF_EMACS) and name not in KNOWN_FIELDS and name[3:] in KNOWN_FIELDS
    return name in _PRIVATE or is_of_emacs or name.startswith(_PRIVATE_PREFIXES)


_STANDARD = """
    abstract addendum address afterword annotation annotator author authortype bookauthor bookpagination
    booksubtitle booktitle booktitleaddon chapter commentator crossref date day doi edition editor editora
    editorb editorc editortype editoratype editorbtype editorctype
    eid entryset entrysubtype eprint eprintclass eprinttype archiveprefix
    primaryclass eventdate eventtitle eventtitleaddon execute foreword gender holder howpublished hyphenation
    ids indextitle indexsorttitle institution introduction isan isbn ismn isrn issn issue issuesubtitle
    issuetitle iswc journal journalsubtitle journaltitle journaltitleaddon key keywords keyword label langid langidopts
    language library location lista mainsubtitle maintitle maintitleaddon month nameaddon note number options
    organization origdate origlanguage origlocation origpublisher origtitle pages pagetotal pagination part
    presort publisher pubstate related relatedoptions relatedtype reprinttitle school series shortauthor
    shorteditor shorthand shorthandintro shortjournal shortseries shorttitle sortkey sortname sorttitle sortyear
    subtitle title titleaddon translator type url urldate urlyear venue verba version volume volumes xdata xref
    year
"""
# Known fields that are not shown, or not by themselves: of ACM, IEEE, MathSciNet, zbMATH, INSPIRE and libraries.
_OF_EXPORTERS = """
    acmid numpages issue_date coden fjournal ajournal mrclass mrnumber mrreviewer zblnumber zmnumber issn-l isbn-10
    isbn-13 eissn reportnumber copyright nationality dayfiled monthfiled yearfiled
"""
_OURS = """
    collaboration abbr acceptance award award_name selected preview additional_info bibtex_show altmetric dimensions
    google_scholar_id inspirehep_id badge tldr video_url pmcid
"""
KNOWN_FIELDS = frozenset((_STANDARD + _OF_EXPORTERS + _OURS).split()) | SYNONYMS.keys() | LINK_KINDS.keys()
"""Every field that means something to biblatex, BibTeX, another site's generator or us."""

# By the field for it: how an identifier begins as an address, and the fields beside which it is not needed.
_IDENTIFIED_BY_URL = {
    "doi": (pattern(rf"(?:{DOI_ADDRESS}|doi:\s*)10\.\d{{4}}", re.IGNORECASE), ("doi",)),
    "eprint": (
        pattern(rf"(?:{ARXIV_ADDRESS}|arxiv:\s*)[\w.-]*/?\d{{4}}", re.IGNORECASE),
        ("eprint", "arxiv"),
    ),
}


_SUBTYPES = ("newspaper", "magazine")


def canonical(entry: RawEntry) -> RawEntry:
    """``entry`` with its fields under our names, and without private ones.

    A field under our own name wins over its synonyms; the synonym then stays under its own name, so that no value is
    lost. ACM writes the place of the publisher into ``address`` and that of the meeting into ``location``: these become
    biblatex's ``location`` and ``venue``. A ``url`` that is the address of a DOI or of arXiv is that identifier, too.
    An ``@newspaper`` or ``@magazine`` becomes biblatex's ``@article`` with that as its ``entrysubtype``.
    """
    if entry.type in _SUBTYPES:
        subtype = RawField(entry.get("entrysubtype") or entry.type, entry.location)
        entry = RawEntry("article", entry.key, entry.fields | {"entrysubtype": subtype}, entry.location)
    private = {name for name in entry.fields if is_private(name)}
    synonyms = [name for name in entry.fields if name in SYNONYMS and name not in private]
    if not private and not synonyms and "url" not in entry.fields:
        return entry
    fields = {name: field for name, field in entry.fields.items() if name not in private}
    for name in synonyms:
        ours = SYNONYMS[name]
        if ours not in fields or not fields[ours].value.strip():
            fields[ours] = fields.pop(name)
    # The countries of a patent are in its "location", too.
    if entry.type != "patent" and "address" in fields and fields["address"].value.strip():
        fields.setdefault("venue", fields["location"])
        fields["location"] = fields.pop("address")
    if "url" in fields:
        for name, (address, others) in _IDENTIFIED_BY_URL.items():
            if not any(map(fields.__contains__, others)) and address.match(fields["url"].value.strip()):
                fields[name] = fields["url"]
    return RawEntry(entry.type, entry.key, fields, entry.location)


# Keywords are separated by either.
_LIST_SEPARATOR = pattern("[,;]")


def listed(values: Iterable[str]) -> tuple[str, ...]:
    """The items of comma- or semicolon-separated lists, each once, in order."""
    items = (item.strip() for value in values for item in _LIST_SEPARATOR.split(value))
    return tuple(dict.fromkeys(filter(None, items)))
