"""What is imported beside what is there: a publication, an entry or a value that a site has already is left alone."""

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
    """A .bib file with what was ``added`` to it, and what was ``left`` out, each with the key of what is there."""

    content: bytes
    added: tuple[RawEntry, ...]
    left: tuple[tuple[RawEntry, str], ...]


def merged(content: bytes, works: Sequence[RawEntry]) -> Merged:
    """The .bib file ``content`` with those of ``works`` behind it that are not in it, by key, DOI or title.

    A file that is not UTF-8 becomes it, for nothing can be written behind it otherwise.
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
    """What a work is known by."""
    of = canonical(entry)
    yield f"key {entry.key}"
    if doi := identifier("doi", of.get("doi")):
        yield f"doi {doi.lower()}"
    year = re.search(r"\d{4}", of.get("date") or of.get("year"))
    if (title := folded(decode_plain(of.get("title")))) and year:
        yield f"title {title} {year[0]}"


def _unsaid(_diagnostic: Diagnostic) -> None:
    """The site itself says what is wrong in its .bib file."""


def entry_text(entry: RawEntry) -> str:
    """An entry as it stands in a .bib file, a field a line."""
    width = max(map(len, entry.fields), default=0)
    lines = [f"  {name:<{width}} = {{{_balanced(field.value)}}},\n" for name, field in entry.fields.items()]
    return f"@{entry.type}{{{entry.key},\n{''.join(lines)}}}\n"


def _balanced(value: str) -> str:
    """``value``, without braces if they would not end where it ends."""
    depth = 0
    for sign in re.findall(r"[{}]", value):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            break
    return value if depth == 0 and not value.endswith("\\") else re.sub(r"[{}]|\\+$", "", value)
