"""Decodes the bytes of a .bib file, which may be in any encoding and have any line ends."""

from __future__ import annotations

import codecs
import re

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report
from sphinx_cv_ext.model.patterns import pattern

# UTF-32 comes first, because its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# With "surrogateescape" Python decodes a byte that is not UTF-8 to U+DC00 plus the byte.
_ESCAPED_BYTE = pattern("[\udc80-\udcff]")
# Like U+FDD0 to U+FDEF the last two code points of each plane are no characters, and HTML must not contain them.
_LAST = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
# C0 and C1 controls except tab and newline, and a byte order mark in the middle, where two files were joined.
_CONTROL = pattern(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef{_LAST}]")


def decode(data: bytes, name: str, report: Report) -> str:
    r"""The text of the file ``name``, with ``\n`` as its line end and no control character but tab.

    UTF-16 and UTF-32 are recognized by their byte order mark; anything else is taken for UTF-8. Bytes that are not
    UTF-8 are reported and read as Windows-1252, the encoding of most old .bib files. Control characters are reported
    and replaced with spaces. There is one diagnostic for each kind of problem, with the first line and the number.
    """
    text = _text(data, name, report).replace("\r\n", "\n").replace("\r", "\n")
    first = _CONTROL.search(text) if _has_control(text) else None
    if not first:
        return text
    clean, count = _CONTROL.subn(" ", text)
    problem = f"{count} control character(s), the first U+{ord(first[0]):04X}"
    report(_diagnostic(Code.BIB_CONTROL, name, text, first.start(), problem, "read as spaces"))
    return clean


# The bytes that nearly all of a file consists of.
_ORDINARY = bytes([*b"\t\n", *range(0x20, 0x7F)])


def _has_control(text: str) -> bool:
    """Whether there is a control character; much faster than searching the whole text with the pattern."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ORDINARY)
    return _CONTROL.search(rest.decode("utf-8", "surrogatepass")) is not None


def _text(data: bytes, name: str, report: Report) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _wide_text(data[len(mark) :], encoding, name, report)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "surrogateescape")
        at = len(data[: error.start].decode("utf-8"))
    count = len(_ESCAPED_BYTE.findall(text))
    problem = f"{count} byte(s) that are not UTF-8, the first {ord(text[at]) - 0xDC00:#04x}"
    report(_diagnostic(Code.BIB_ENCODING, name, text, at, problem, "read as Windows-1252"))
    return _ESCAPED_BYTE.sub(_windows_1252, text)


def _windows_1252(escaped: re.Match[str]) -> str:
    return bytes([ord(escaped[0]) - 0xDC00]).decode("cp1252", "replace")


def _wide_text(data: bytes, encoding: str, name: str, report: Report) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        at = len(data[: error.start].decode(encoding, "replace"))
        problem = f"bytes that are not {encoding.upper()}"
        fallback = "read as the replacement character U+FFFD"
        report(_diagnostic(Code.BIB_ENCODING, name, text, at, problem, fallback))
        return text


def _diagnostic(code: Code, name: str, text: str, at: int, problem: str, fallback: str) -> Diagnostic:
    lines = text.count("\n", 0, at) + text.count("\r", 0, at) - text.count("\r\n", 0, at)
    return Diagnostic(code, Location(name, lines + 1), problem, fallback)
