"""Volume, pages, publisher, identifiers and the like: the details of a publication."""

from __future__ import annotations

import re

from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.publication import Details
from sphinx_cv_ext.sources.entry_types import entry_type_of, patent_in_note, patent_type
from sphinx_cv_ext.sources.eprints import ARXIV_IN, eprint_identifier
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.links import identifier
from sphinx_cv_ext.sources.raw import RawEntry
from sphinx_cv_ext.sources.states import STATE_FIELDS, is_state
from sphinx_cv_ext.sources.titles import plain_title, whole_title
from sphinx_cv_ext.sources.venues import NO_PUBLISHER

# "pp." and the like, which every style adds by itself, and the number of an article that has no pages.
_PAGE_WORD = pattern(r"^(?:(?i:pp?\.)\s*|(?i:pp|pages?|seiten?)\s+|S\.\s+)(?=\w)")
# The same of a volume, as in ASME's "Volume 8: Turbomachinery".
_VOLUME_WORD = pattern(r"^(?:(?:vol|bd)\.\s*|(?:volume|vol|band)\s+)(?=\w)", re.IGNORECASE)
_ARTICLE = pattern(r"(?:article|art\.)\s*(?:no\.|number|id)?\s*([a-z]{0,2}\d[\w.]*)", re.IGNORECASE)

_DETAILS: tuple[str, ...] = Details.__match_args__


def read_details(entry: RawEntry) -> Details:
    """The details of a publication. Text in a field where it does not belong, and is read elsewhere, is left out."""
    texts = {name: decode_plain(entry.get(name)) for name in _DETAILS if name in entry.fields}
    texts = {name: text for name, text in texts.items() if name not in STATE_FIELDS or not is_state(text)}
    if texts.get("publisher") == NO_PUBLISHER:
        del texts["publisher"]
    if entry.type == "patent":
        texts["type"] = decode_plain(patent_type(entry))
    texts = patent_in_note(entry) | {name: text for name, text in texts.items() if text}
    for field in ("eid", "pages"):
        if field in texts and ARXIV_IN[field].match(texts[field]):
            del texts[field]
    # ADS writes the number of an article into both fields, because some styles know only one of them.
    if "pages" in texts and texts["pages"] == texts.get("eid"):
        del texts["pages"]
    if "pages" in texts:
        texts["pages"] = _PAGE_WORD.sub("", texts["pages"], count=1)
        if (article := _ARTICLE.fullmatch(texts["pages"])) and not texts.get("eid"):
            texts["eid"] = article[1]
            del texts["pages"]
    if "pages" in texts:
        texts["pages"] = re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", "–", texts["pages"])
    if "issue" in texts and not any(map(str.isalpha, texts["issue"])):
        # The field is for a name (biblatex manual, section 2.3.11); a second number may mean anything.
        del texts["issue"]
    if "maintitle" in texts:
        texts["maintitle"] = whole_title(entry, "maintitle", texts["maintitle"])
    if ARXIV_IN["volume"].match(texts.get("volume", "")) and identifier("arxiv", texts["volume"]):
        del texts["volume"]
    if "volume" in texts and "series" not in texts:
        # After the name of a series, no style adds the word.
        texts["volume"] = _VOLUME_WORD.sub("", texts["volume"], count=1)
    if "venue" in entry.fields and not texts.get("location") and entry_type_of(entry).type == "talk":
        # The place of the event (biblatex manual, section 2.2.2). For other works the location is the publisher's.
        texts["location"] = decode_plain(entry.get("venue"))
    if "issuetitle" in texts:
        # For an entry that is the issue itself this is its title, and no detail.
        texts["issuetitle"] = "" if entry.type == "periodical" else plain_title(entry, "issue")
    if "doi" in texts:
        # A text such as "N/A" or "forthcoming" is no DOI; `parse_link` reports it.
        texts["doi"] = identifier("doi", entry.get("doi"))
    if "eprint" in texts:
        texts["eprint"] = eprint_identifier(entry)
        if not texts["eprint"]:
            # Without the identifier these would wrongly describe another one, such as one in a link.
            texts["eprinttype"] = texts["eprintclass"] = ""
    return Details(**texts)
