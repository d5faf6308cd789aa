"""Whatever bytes a .bib file holds, they become text with its lines in place."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location
from sphinx_cv_ext.sources.encoding import decode


def decoded(data: bytes) -> tuple[str, list[Diagnostic]]:
    said: list[Diagnostic] = []
    return decode(data, "a.bib", said.append), said


@pytest.mark.parametrize(
    "data",
    [
        "né\n".encode(),
        codecs.BOM_UTF8 + "né\n".encode(),
        "né\n".encode("utf-16"),
        codecs.BOM_UTF16_BE + "né\n".encode("utf-16-be"),
        codecs.BOM_UTF32_LE + "né\n".encode("utf-32-le"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big-endian", "utf-32"],
)
def test_unicode_is_read_silently(data: bytes) -> None:
    assert decoded(data) == ("né\n", [])


def test_every_line_end_becomes_a_newline() -> None:
    assert decoded(b"a\r\nb\rc\nd\r\r\n") == ("a\nb\nc\nd\n\n", [])


def test_only_the_bytes_that_are_not_utf_8_are_read_as_windows_1252() -> None:
    text, said = decoded("ü\r\n".encode() + b"M\xfcller \x93x\x94 \x81")
    assert text == "ü\nMüller “x” �"
    assert [(d.code, d.location) for d in said] == [(Code.BIB_ENCODING, Location("a.bib", 2))]
    assert str(said[0]) == "4 byte(s) that are not UTF-8, the first 0xfc; read as Windows-1252"


def test_broken_utf_16_is_reported() -> None:
    text, said = decoded(codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"\x00\xd8")
    assert text == "a\nb�"
    assert [(d.code, d.location) for d in said] == [(Code.BIB_ENCODING, Location("a.bib", 2))]


def test_control_characters_become_spaces() -> None:
    text, said = decoded("a\r\nb\tc\x00d\x0c\ufeffe\x85".encode())
    assert text == "a\nb\tc d  e "
    assert [(d.code, d.location) for d in said] == [(Code.BIB_CONTROL, Location("a.bib", 2))]
    assert str(said[0]) == "4 control character(s), the first U+0000; read as spaces"


@given(st.binary())
def test_any_bytes_become_clean_text(data: bytes) -> None:
    text, _ = decoded(data)
    text.encode()
    assert not any(ord(c) < 32 and c not in "\t\n" for c in text)


@given(st.text())
def test_text_that_is_clean_comes_back_as_it_is(text: str) -> None:
    again, said = decoded(decoded(text.encode("utf-8", "replace"))[0].encode())
    assert decoded(again.encode()) == (again, said) == (again, [])
