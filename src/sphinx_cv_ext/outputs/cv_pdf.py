"""A CV as a PDF for people, programs and screen readers (PDF/UA-1), set by Typst."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.cv import PAPERS, Block, Bullets, EntryText, Paragraph, Quote
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.text import Linked, Math, Style, Styled, Text, plain
from sphinx_cv_ext.outputs import typesetting
from sphinx_cv_ext.outputs.cv_document import Document, Item, Section
from sphinx_cv_ext.outputs.plain_math import characters
from sphinx_cv_ext.outputs.scripts import language_of

TEMPLATE = Path(__file__).with_name("cv.typ")
_CODE = (TEMPLATE, typesetting.GLYPHS, Path(__file__))

_LONG = 2000
"""An item with more characters, as JSON, may continue on the next page; a shorter one stays on one page."""

_KEPT = 40
"""Protected text with more characters than this may be broken at the end of a line."""

_ENDLESS = pattern(r"[^\W\d_\u2e80-\U0010ffff]{41,}")
"""A word in an alphabetic script that may be longer than a line."""

_Clean = Callable[[str], str]
_Json = dict[str, Any]


@frozen
class Typeset:
    """A PDF, and the characters of its text that are in no font."""

    data: bytes
    lacking: frozenset[str]


class NotSet(Exception):  # noqa: N818 - it is no error of ours
    """Typst could not set a document; the message says why."""


def digest(document: Document) -> str:
    """A digest of everything but the fonts that the PDF depends on: its content, the template and Typst."""
    text = json.dumps(_content(document, typesetting.drawable))
    return typesetting.digest(text, _CODE)


def pdf(document: Document) -> Typeset:
    """The PDF of a CV; on one machine equal documents give equal bytes. `NotSet` if Typst fails."""
    import typst

    seen: set[str] = set()

    def noted(text: str) -> str:
        seen.update(typesetting.drawable(text))
        return text

    _content(document, noted)
    lacking = typesetting.missing("".join(sorted(seen)))
    stand_ins = str.maketrans(typesetting.stand_ins(lacking, lacking))
    content = _content(document, lambda text: re.sub(" +", " ", typesetting.drawable(text).translate(stand_ins)))
    inputs = {"cv": json.dumps(content), "families": json.dumps(typesetting.FAMILIES)}
    try:
        data = typst.compile(
            TEMPLATE.read_bytes(),
            format="pdf",
            font_paths=typesetting.fonts(),
            sys_inputs=inputs,
            pdf_standards="ua-1",
            timestamp=0,
        )
    except typst.TypstError as error:
        raise NotSet(str(error.message)) from error
    assert isinstance(data, bytes)
    return Typeset(data, lacking)


def _content(document: Document, clean: _Clean) -> _Json:
    """The data for the template; ``clean`` is applied to every text that is drawn."""
    owner, words = document.owner, document.words
    language, region, *_ = [*re.split("[-_@]", words.language), ""]
    return {
        "title": clean(document.plan.title),
        "paper": PAPERS[document.plan.paper],
        "lang": language.lower() if re.fullmatch("[A-Za-z]{2,3}", language) else "en",
        "region": region.upper() if re.fullmatch("[A-Za-z]{2}", region) else None,
        "name": clean(owner.name),
        "native": clean(owner.native_name),
        "native-lang": _language(owner.native_name, words.language),
        "position": clean(", ".join(filter(None, (owner.position, owner.affiliation)))),
        "contacts": [[clean(name), address] for name, address in document.contacts],
        "page": clean(words.translate("{page} of {pages}")),
        "sections": [_section(section, clean) for section in document.sections],
    }


def _language(text: str, page: str) -> str | None:
    found = language_of(text, page).partition("-")[0]
    return found if found and found != "und" else None


def _section(section: Section, clean: _Clean) -> _Json:
    return {
        "name": section.name,
        "heading": clean(section.heading),
        "compact": section.compact,
        "groups": [
            {"heading": clean(group.heading), "items": [_item(item, clean) for item in group.items]}
            for group in section.groups
        ],
    }


def _item(item: Item, clean: _Clean) -> _Json:
    lines = [_rich(line, clean) for line in item.lines]
    body = [_block(block, clean) for block in item.body]
    return {
        "when": clean(item.when),
        "number": item.number or None,
        "lead": _rich(item.lead, clean),
        "rest": _rich(item.rest, clean),
        "lines": lines,
        "badges": [clean(words) for words in item.badges],
        "links": [[clean(words), address] for words, address in item.links],
        "body": body,
        "is-long": len(json.dumps([lines, body], ensure_ascii=False)) > _LONG,
    }


def _block(block: Block, clean: _Clean) -> _Json:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": _rich(text, clean)}
        case Bullets(items):
            return {"kind": "bullets", "items": [[_block(inner, clean) for inner in item] for item in items]}
        case Quote(blocks):
            return {"kind": "quote", "blocks": [_block(inner, clean) for inner in blocks]}


def _rich(text: EntryText, clean: _Clean) -> list[Any]:
    """Text for the template: plain words as they are, other parts as a mapping of a style or a URL and the content."""
    found: list[Any] = []
    for inline in text:
        match inline:
            case Text(value):
                # A very long word may be broken anywhere: zero-width spaces allow that.
                found.append(_ENDLESS.sub(lambda word: "\u200b".join(word[0]), clean(value)))
            case Math(latex):
                found.append(clean(characters(latex)))
            case Styled(Style.PROTECTED, children) if len(plain(children)) > _KEPT:
                found += _rich(children, clean)
            case Styled(style, children):
                found.append({"style": style.value, "text": _rich(children, clean)})
            case Linked(url, children):
                found.append({"url": url, "text": _rich(children, clean)})
    return found


def lacking_words(lacking: Iterable[str]) -> str:
    """The characters as a warning names them: ``𓀀 (U+13000)``."""
    return ", ".join(f"{character} (U+{ord(character):04X})" for character in sorted(lacking))
