"""Titles with all that goes on with them, of works, of what they are in, and of issues."""

from __future__ import annotations

from sphinx_cv_ext.model.publication import JOURNAL_FIELDS
from sphinx_cv_ext.model.text import RichText, plain, rich
from sphinx_cv_ext.sources.latex import decode, decode_plain
from sphinx_cv_ext.sources.raw import RawEntry

# biblatex manual, section 2.2.2: what goes on with a name, and the sign between.
_MORE_OF_TITLES = {
    **dict.fromkeys(JOURNAL_FIELDS, (("journalsubtitle", ": "), ("journaltitleaddon", ". "))),
    "booktitle": (("booksubtitle", ": "), ("booktitleaddon", ". ")),
    "maintitle": (("mainsubtitle", ": "), ("maintitleaddon", ". ")),
    "eventtitle": (("eventtitleaddon", ". "),),
}


def is_titled_issue(entry: RawEntry) -> bool:
    """Whether an entry is an issue of a periodical, its title that of the periodical (biblatex manual, 2.1.1)."""
    return entry.type == "periodical" and bool(entry.get("issuetitle")) and not entry.get("journal")


def read_title(entry: RawEntry) -> RichText:
    """The title with its subtitle, that of the issue where the entry is one; the key where there is none."""
    prefix = "issue" if is_titled_issue(entry) else ""
    title, subtitle = entry.get(f"{prefix}title"), entry.get(f"{prefix}subtitle")
    words = decode(title)
    # A blank that does not break is no title.
    if not plain(words).strip():
        return rich(decode_plain(entry.key))
    return decode(f"{title}: {subtitle}") if subtitle else words


def whole_title(entry: RawEntry, field: str, title: str) -> str:
    """``title``, from ``field``, with its subtitle, unless that stands in it."""
    for other, sign in _MORE_OF_TITLES.get(field, ()):
        if title and other in entry.fields and (more := decode_plain(entry.get(other))) and more not in title:
            title = f"{title}{sign}{more}"
    return title


def plain_title(entry: RawEntry, prefix: str = "") -> str:
    """The characters of ``title`` and ``subtitle``, or of those fields behind a ``prefix``, such as ``issuetitle``."""
    return ": ".join(filter(None, (decode_plain(entry.get(f"{prefix}{name}")) for name in ("title", "subtitle"))))
