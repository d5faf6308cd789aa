"""Names that have to be unique within a library: the addresses of publications, their labels and their numbers."""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from sphinx_cv_ext.model.publication import Publication

_SHORT_TITLE_WORDS = 3
# Windows does not allow files with these names, whatever their endings:
# https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
_DEVICES = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))


def anchors(keys: Sequence[str]) -> dict[str, str]:
    """An address for each BibTeX key: lower-case ASCII letters, digits and hyphens, all different.

    Usually it is the key itself. Six digits of the key's SHA-256 are appended if the address would be that of an
    earlier key, longer than 60 characters, empty, or the name of a device to Windows. They do not depend on other
    entries.
    """
    found: dict[str, str] = {}
    taken = set(_DEVICES)
    for key in keys:
        ascii_key = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode().lower()
        name = re.sub(r"[^a-z0-9]+", "-", ascii_key).strip("-")
        if not name or name in taken or len(name) > 60:
            digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
            ends = (f"{name[:53]}-{digest[:length]}".strip("-") for length in range(6, 65))
            name = next(end for end in ends if end not in taken)
        taken.add(name)
        found[key] = name
    return found


def citing_labels(publications: Sequence[Publication], short: Mapping[str, str]) -> dict[str, str]:
    """The label of each publication for ``{cite}``: "TernGrad, NeurIPS 2017" or "Wen et al., DAC 2016".

    ``short`` maps keys to an entry's own ``shorthand`` or ``shorttitle``. Without one the label begins with the part of
    the title before a colon if that has at most three words, otherwise with the authors. Letters a, b, c, … tell equal
    labels apart.
    """
    plain = {p.key: _label(p, short.get(p.key, "")) for p in publications}
    count: dict[str, int] = {}
    for label in plain.values():
        count[label] = count.get(label, 0) + 1
    taken = {label for label, number in count.items() if number == 1}
    letters: dict[str, Iterator[str]] = {}
    labels = {}
    for key, label in plain.items():
        if count[label] > 1:
            candidates = letters.setdefault(label, _lettered(label))
            label = next(candidate for candidate in candidates if candidate not in taken)
            taken.add(label)
        labels[key] = label
    return labels


def _label(publication: Publication, short: str) -> str:
    title, colon, _ = publication.plain_title.partition(":")
    if not short and colon and len(title.split()) <= _SHORT_TITLE_WORDS:
        short = title.strip()
    what = short or _authors(publication) or publication.key
    where = " ".join(filter(None, (publication.venue.short, str(publication.year or ""))))
    return f"{what}, {where}" if where else what


def _authors(publication: Publication) -> str:
    families = [author.name.family for author in publication.authors]
    if len(families) > 2 or (families and publication.et_al):
        return f"{families[0]} et al."
    return " and ".join(families)


def _lettered(label: str) -> Iterator[str]:
    """``label`` with a, b, c, …: "Example, 2020a", but "Example (a)", for "Examplea" would be another name."""
    form = "{}{}" if label[-1:].isdigit() else "{} ({})"
    return (form.format(label, _letters(number)) for number in itertools.count(1))


def _letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def numbers(newest_first: Sequence[Publication]) -> dict[str, str]:
    """A number for each publication among those of its type, such as ``J3`` or ``C12``; the oldest has number 1.

    In a list with the newest first, the numbers of a type go down by one from item to item.
    """
    found: dict[str, str] = {}
    last: dict[str, int] = {}
    for publication in reversed(newest_first):
        letters = publication.type.letters
        last[letters] = last.get(letters, 0) + 1
        found[publication.key] = f"{letters}{last[letters]}"
    return found
