"""A CV as plain text, for forms that accept nothing else: each paragraph is one line, however long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sphinx_cv_ext.model.cv import Block, Bullets, EntryText, Paragraph, Quote
from sphinx_cv_ext.model.text import Inline, Linked, Math, Styled, Text
from sphinx_cv_ext.outputs.cv_document import Document, Item, Section
from sphinx_cv_ext.outputs.lines import one_line, plain_line


def text(document: Document) -> str:
    """The whole file, with two blank lines between sections and one between items."""
    owner = document.owner
    head = [
        " ".join(filter(None, (owner.name, owner.native_name))),
        ", ".join(filter(None, (owner.position, owner.affiliation))),
        *(address.removeprefix("mailto:") for _words, address in document.contacts),
    ]
    blocks = ["\n".join(filter(None, map(one_line, head))), *map(_section, document.sections)]
    return "\n\n\n".join(blocks) + "\n"


def _section(section: Section) -> str:
    heading = one_line(section.heading).upper()
    parted = "\n" if section.compact or section.name == "figures" else "\n\n"
    groups = []
    for group in section.groups:
        items = parted.join("\n".join(_item(item, section.compact)) for item in group.items)
        groups.append("\n\n".join(filter(None, (one_line(group.heading), items))))
    return "\n\n".join([heading, *groups])


def _item(item: Item, is_compact: bool) -> Iterator[str]:
    """The lines of an item; its address has a line of its own unless one of its links has it, too."""
    address = item.url if item.url not in [url for _words, url in item.links] else ""
    lead, rest = _line(item.lead, item.url), _line(item.rest, item.url)
    if item.number:
        # With a dot after the number, so that forms recognize a numbered list.
        yield one_line(f"{item.number}. {lead}")
    elif not item.when and item.lead and not (item.entry or item.publication):
        yield one_line(f"{lead} {rest}")
    elif is_compact:
        yield ", ".join(filter(None, (lead, rest, item.when, address)))
        address = ""
    else:
        yield from filter(None, (lead, rest, one_line(item.when)))
    yield from filter(None, map(_line, item.lines))
    yield from map(one_line, filter(None, (*item.badges, address)))
    yield from (one_line(f"{words}: {url}") for words, url in item.links)
    yield from _blocks(item.body, "")


def _line(words: EntryText, told: str = "") -> str:
    """Text on one line. The address of a link follows its words, unless these are the address or it is ``told``."""
    return plain_line(tuple(_written(words, told)))


def _written(words: EntryText, told: str) -> Iterator[Inline]:
    for inline in words:
        match inline:
            case Styled(style, children):
                yield Styled(style, tuple(_written(children, told)))
            case Linked(url, children):
                yield from children
                address = url.removeprefix("mailto:")
                if url != told and plain_line(children) not in (url, address):
                    yield Text(f" ({address})")
            case Text() | Math():
                yield inline


def _blocks(found: Iterable[Block], indent: str) -> Iterator[str]:
    for block in found:
        match block:
            case Paragraph(words):
                yield indent + _line(words)
            case Bullets(items):
                for item in items:
                    first, *rest = [*_blocks(item, "")] or [""]
                    yield f"{indent}- {first}"
                    yield from (f"{indent}  {line}" for line in rest)
            case Quote(blocks):
                yield from _blocks(blocks, f"{indent}> ")
