"""Halves the size of PNGs: drops an alpha channel that is opaque everywhere, and the colours of a grey picture.

https://www.w3.org/TR/png-3/ . The filters of rows work on each channel separately, so that a channel can be removed
from the filtered bytes without computing any pixel.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB, _RGBA = 0, 2, 6
"""Types of colour."""


def opaque(png: bytes) -> bytes:
    """``png`` without its alpha channel, and in grey if it has no colour; one that is not RGBA stays as it is.

    It must be opaque everywhere and of 8 bits a channel, not interlaced.
    """
    chunks = list(_chunks(png))
    width, height, depth, colour, *rest = struct.unpack(">IIBBBBB", chunks[0][1])
    if colour != _RGBA:
        return png
    data = zlib.decompress(b"".join(content for kind, content in chunks if kind == b"IDAT"))
    stride = 1 + 4 * width
    filters = data[::stride]
    pixels = b"".join(data[start + 1 : start + stride] for start in range(0, len(data), stride))
    red, green, blue = (pixels[channel::4] for channel in range(3))
    if red == green == blue:
        colour, slim = _GREY, red
    else:
        colour, mixed = _RGB, bytearray(3 * width * height)
        mixed[0::3], mixed[1::3], mixed[2::3] = red, green, blue
        slim = bytes(mixed)
    length = len(slim) // height
    rows = (filters[row : row + 1] + slim[row * length : (row + 1) * length] for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, depth, colour, *rest)
    written = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in written)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_SIGNATURE)
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        yield kind, png[place + 8 : place + 8 + length]
        place += 12 + length


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
