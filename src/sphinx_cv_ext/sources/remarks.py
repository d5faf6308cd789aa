"""The acceptance rate, the awards and the remarks of an entry, from all fields that may hold them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sphinx_cv_ext.diagnostics import Report
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import folded
from sphinx_cv_ext.model.publication import AwardKind
from sphinx_cv_ext.sources.awards import parse_awards
from sphinx_cv_ext.sources.entry_types import patent_in_note
from sphinx_cv_ext.sources.notes import read_remark
from sphinx_cv_ext.sources.rates import parse_rate
from sphinx_cv_ext.sources.raw import RawEntry
from sphinx_cv_ext.sources.states import NOTE_FIELDS, is_state_of

# Notes that Zotero exports for want of a BibTeX field, or that its translators have written into "Extra".
_OF_ZOTERO = pattern(
    r"\\?_eprint:|(?:Publisher|ISSN|ISBN|Conference Name|Meeting Name|event-place|Citation Key|ADS Bibcode|PMC?ID|OCLC"
    r"|Number|Section|Pages|Company|Backup Publisher|Publication Title|Journal Abbreviation|Archive Location"
    r"|Version Number|Google-Books-ID|[ZG]SCC|tex\.\w+):|Accepted: \d{4}-\d\d-\d\dT|arXiv:\S+(?: \[[\w.-]+\])?$"
)
# al-folio's pages are Markdown, and so are the fields that only they show.
_MARKDOWN = pattern(
    r"\[(?P<words>[^\[\]{}]+)\]\((?P<url>[^\s(){}]+)\)"
    r"|(?<!\*)(?P<stars>\*{1,2})(?=[^\s*])(?P<stressed>[^*{}]*[^\s*{}])(?P=stars)(?!\*)"
)


class Said:
    """Collects the acceptance rate, the awards and the remarks of an entry.

    It begins with the fields for them. `rest_of` adds what it finds in other fields, which may be called from outside.
    """

    def __init__(self, entry: RawEntry, report: Report, kinds: Mapping[str, AwardKind]) -> None:
        self._entry = entry
        self._report = report
        self._kinds = kinds
        given = entry.get("acceptance")
        self.acceptance = parse_rate(given, entry.where("acceptance"), report) if given else None
        # With al-folio's "award_name" for the name of an award, "award" holds a text about it.
        name, story = entry.get("award_name"), entry.get("award")
        self.awards = parse_awards(name or story, entry.where("award_name" if name else "award"), report, kinds)
        # al-folio appends "additional_info" to a sentence, so it may begin with a full stop.
        texts = [self.rest_of(field) for field in NOTE_FIELDS if field in entry.fields]
        if "additional_info" in entry.fields:
            texts.append(_in_latex(self.rest_of("additional_info")))
        self.remarks = [
            text for text in (_in_latex(story) if name else "", *[text.lstrip(".,; ") for text in texts]) if text
        ]

    def rest_of(self, field: str) -> str:
        """The text of a field without the awards and the rate in it, which are added to ours.

        A rate that differs from the one we have stays in the text.
        """
        text = self._entry.get(field)
        if not text or (field in NOTE_FIELDS and _is_told_elsewhere(self._entry, text)):
            return ""
        where = self._entry.where(field)
        found = read_remark(text, where, self._report, self._kinds)
        if found.rate and self.acceptance and found.rate.percent != self.acceptance.percent:
            found = read_remark(text, where, self._report, self._kinds, rates=False)
        self.acceptance = self.acceptance or found.rate
        known = {folded(award.name) for award in self.awards}
        self.awards += tuple(award for award in found.awards if folded(award.name) not in known)
        return found.text


def _in_latex(text: str) -> str:
    """``text`` with links and emphasis in LaTeX in place of Markdown."""
    return _MARKDOWN.sub(_span, text)


def _span(found: re.Match[str]) -> str:
    if found["url"]:
        return rf"\href{{{found['url']}}}{{{found['words']}}}"
    return rf"\{'emph' if found['stars'] == '*' else 'textbf'}{{{found['stressed']}}}"


def _is_told_elsewhere(entry: RawEntry, note: str) -> bool:
    """Whether a note holds only data of a reference manager, or the state or patent number that is shown elsewhere."""
    told = _OF_ZOTERO.match(note) or patent_in_note(entry)
    return bool(told) or is_state_of(entry, note)
