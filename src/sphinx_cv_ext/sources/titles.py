"""Complete titles, with their subtitles and additions: of works, of what they appeared in, and of issues."""

from __future__ import annotations

from sphinx_cv_ext.model.publication import JOURNAL_FIELDS
from sphinx_cv_ext.model.text import RichText, plain, rich
from sphinx_cv_ext.sources.latex import decode, decode_plain
from sphinx_cv_ext.sources.raw import RawEntry

# The fields that continue a title, and the sign before each (biblatex manual, section 2.2.2).
_MORE_OF_TITLES = {
    **dict.fromkeys(JOURNAL_FIELDS, (("journalsubtitle", ": "), ("journaltitleaddon", ". "))),
    "booktitle": (("booksubtitle", ": "), ("booktitleaddon", ". ")),
    "maintitle": (("mainsubtitle", ": "), ("maintitleaddon", ". ")),
    "eventtitle": (("eventtitleaddon", ". "),),
}


def is_titled_issue(entry: RawEntry) -> bool:
    """Whether an entry is an issue with a title of its own; ``title`` is the periodical's (biblatex manual, 2.1.1)."""
    return entry.type == "periodical" and bool(entry.get("issuetitle")) and not entry.get("journal")


def read_title(entry: RawEntry) -> RichText:
    """The title with its subtitle, for an issue the issue's own; the key if there is no title."""
    prefix = "issue" if is_titled_issue(entry) else ""
    title, subtitle = entry.get(f"{prefix}title"), entry.get(f"{prefix}subtitle")
    words = decode(title)
    # Only white space, even a no-break space, is no title.
    if not plain(words).strip():
        return rich(decode_plain(entry.key))
    return decode(f"{title}: {subtitle}") if subtitle else words


def whole_title(entry: RawEntry, field: str, title: str) -> str:
    """``title``, the value of ``field``, with its subtitle and addition unless it contains them already."""
    for other, sign in _MORE_OF_TITLES.get(field, ()):
        if title and other in entry.fields and (more := decode_plain(entry.get(other))) and more not in title:
            title = f"{title}{sign}{more}"
    return title


def plain_title(entry: RawEntry, prefix: str = "") -> str:
    """The plain text of ``title`` and ``subtitle``, or of the fields with a ``prefix``, such as ``issuetitle``."""
    return ": ".join(filter(None, (decode_plain(entry.get(f"{prefix}{name}")) for name in ("title", "subtitle"))))
