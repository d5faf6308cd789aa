"""The site as one page of Markdown for language models: https://llmstxt.org ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.patterns import pattern

# What CommonMark would take for markup inside a line: https://spec.commonmark.org/0.31.2/#backslash-escapes .
_MARKUP = pattern(r"([\\`*_\[\]<>])")
_IN_ADDRESS = {ord("("): "%28", ord(")"): "%29", ord(" "): "%20"}


@frozen
class Entry:
    """A link of the page: its words, its address, and what is found there, which may be empty."""

    title: str
    url: str
    about: str = ""


def text(title: str, summary: str, sections: Mapping[str, Iterable[Entry]]) -> str:
    """The page: ``title`` as its heading, ``summary`` as a quotation, then the sections that have a link.

    All of it is plain text; sections are links by their heading.
    """
    blocks = [f"# {_line(title)}"]
    if summary.strip():
        blocks.append(f"> {_line(summary)}")
    for heading, entries in sections.items():
        lines = [_entry(entry) for entry in entries]
        if lines:
            blocks += [f"## {_line(heading)}", "\n".join(lines)]
    return "\n\n".join(blocks) + "\n"


def _entry(entry: Entry) -> str:
    link = f"- [{_line(entry.title)}]({entry.url.translate(_IN_ADDRESS)})"
    return f"{link}: {_line(entry.about)}" if entry.about.strip() else link


def _line(words: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(words.split()))
