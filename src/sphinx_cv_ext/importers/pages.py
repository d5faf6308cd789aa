"""Writes dated entries as pages in Markdown, one for each kind, for people to continue."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sphinx_cv_ext.importers.imported import ITEM, DatedEntry
from sphinx_cv_ext.model.cv import ENTRY_KINDS
from sphinx_cv_ext.model.people import folded

_OPTIONS = ("what", "where", "role", "place", "amount", "people", "details")
# Values that need no quotes; MyST parses options as YAML, where quotes allow any text.
_PLAIN = re.compile(r"[^\W_](?:[^\t:]|:(?=\S))*")
# What comes before the date of a directive.
_DIRECTIVE = re.compile(r"^\W*\{[\w:-]+\}", re.MULTILINE)


def page_name(kind: str) -> str:
    """The file of the page for a kind of entry, in the folder of the pages."""
    return f"{ENTRY_KINDS[kind].plural.lower().replace(' ', '-')}.md"


def pages(entries: Iterable[DatedEntry]) -> dict[str, tuple[DatedEntry, ...]]:
    """The entries of each page by its file, in the order of their kinds."""
    found: dict[str, list[DatedEntry]] = {page_name(kind): [] for kind in ENTRY_KINDS}
    for entry in entries:
        found[page_name(entry.kind)].append(entry)
    return {name: tuple(of) for name, of in found.items() if of}


def page(entries: tuple[DatedEntry, ...]) -> str:
    """A page with entries of one kind."""
    return "\n".join([f"# {ENTRY_KINDS[entries[0].kind].plural}\n", *map(directive, entries)])


def directive(entry: DatedEntry) -> str:
    """The directive for an entry. Its fence is made of backquotes, because colons need a setting of MyST."""
    options = [(name, getattr(entry, name)) for name in _OPTIONS] + [*entry.links.items()]
    lines = [f"```{{{entry.kind}}} {entry.when}".rstrip()]
    lines += [f":{name}: {_quoted(value)}" for name, value in options if value]
    if entry.body:
        lines += ["", *_body(entry.body)]
    return "\n".join([*lines, "```", ""])


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _body(lines: tuple[str, ...]) -> Iterable[str]:
    """The lines of a body, an empty one between paragraphs."""
    was_item = True
    for number, line in enumerate(lines):
        is_item = line.startswith(ITEM)
        if number and not (is_item and was_item):
            yield ""
        yield f"{ITEM}{_begun(line.removeprefix(ITEM))}" if is_item else _begun(line)
        was_item = is_item


def _begun(text: str) -> str:
    """``text`` for the beginning of a line, escaped if it would otherwise begin a list, a quote or a comment."""
    return re.sub(r"^(?=[-+>%])|^(\d{1,9})(?=[.)])", r"\1\\", text)


def missing(entries: tuple[DatedEntry, ...], text: str) -> tuple[DatedEntry, ...]:
    """Those of ``entries`` that are not in the ``text`` of a page.

    An entry is there if one directive contains its date and the words of ``what`` and ``where``. One in which somebody
    has changed these counts as missing: it is better to show an entry twice than to lose it.
    """
    there = [(f" {folded(block)} ", block) for block in _DIRECTIVE.split(text)]
    return tuple(entry for entry in entries if not any(_is_in(entry, *block) for block in there))


def _is_in(entry: DatedEntry, words: str, block: str) -> bool:
    return entry.when in block and all(f" {folded(value)} " in words for value in (entry.what, entry.where) if value)
