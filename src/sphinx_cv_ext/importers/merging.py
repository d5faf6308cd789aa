"""Adds imported publications to a .bib file, without those that it has already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sphinx_cv_ext.diagnostics import Diagnostic
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.people import folded
from sphinx_cv_ext.sources import bibtex, encoding
from sphinx_cv_ext.sources.fields import canonical
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.sources.links import identifier
from sphinx_cv_ext.sources.raw import RawEntry


@frozen
class Merged:
    """The new content of a .bib file, the works that were ``added``, and those that were ``left`` out.

    Each work that was left out comes with the key of the entry that the file has already.
    """

    content: bytes
    added: tuple[RawEntry, ...]
    left: tuple[tuple[RawEntry, str], ...]


def merged(content: bytes, works: Sequence[RawEntry]) -> Merged:
    """Append to the .bib file ``content`` those of ``works`` that are not in it by key, DOI, or title and year.

    A file in another encoding becomes UTF-8, because otherwise nothing could be appended to it.
    """
    text = encoding.decode(content, "refs.bib", _unsaid)
    known: dict[str, str] = {}
    for entry in bibtex.read([("refs.bib", text)], _unsaid).entries:
        known |= {name: entry.key for name in _names(entry) if name not in known}
    added: list[RawEntry] = []
    left: list[tuple[RawEntry, str]] = []
    for work in works:
        same = next((known[name] for name in _names(work) if name in known), "")
        if same:
            left.append((work, same))
        else:
            added.append(work)
    new = "\n".join(map(entry_text, added))
    if added and not _is_utf8(content):
        content = text.encode("utf-8", "surrogatepass")
    gap = b"" if not content.strip() else b"\n" if content.endswith(b"\n") else b"\n\n"
    return Merged(content + gap + new.encode() if added else content, tuple(added), tuple(left))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in content


def _names(entry: RawEntry) -> Iterable[str]:
    """Texts of which two entries have one in common if they are the same work."""
    of = canonical(entry)
    yield f"key {entry.key}"
    if doi := identifier("doi", of.get("doi")):
        yield f"doi {doi.lower()}"
    year = re.search(r"\d{4}", of.get("date") or of.get("year"))
    if (title := folded(decode_plain(of.get("title")))) and year:
        yield f"title {title} {year[0]}"


def _unsaid(_diagnostic: Diagnostic) -> None:
    """Ignore a problem: building the site will report it."""


def entry_text(entry: RawEntry) -> str:
    """An entry as text for a .bib file, with one field on each line."""
    width = max(map(len, entry.fields), default=0)
    lines = [f"  {name:<{width}} = {{{_balanced(field.value)}}},\n" for name, field in entry.fields.items()]
    return f"@{entry.type}{{{entry.key},\n{''.join(lines)}}}\n"


def _balanced(value: str) -> str:
    """``value``, without its braces if these are not balanced."""
    depth = 0
    for sign in re.findall(r"[{}]", value):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            break
    return value if depth == 0 and not value.endswith("\\") else re.sub(r"[{}]|\\+$", "", value)
