"""Invented references of any number, the same for the same seed, as BibTeX and as what Hugo reads."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

_GIVEN = "Ada Bo Cleo Dana Eli Fay Gus Hana Ivo Jun Kim Lou Mia Ned Ona Pia Quin Rae Sol Tam Una Val Wim Xia Yan Zoe"
_INITIALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# As LaTeX has them, and as people do.
_FAMILY = (
    ("Example", "Example"),
    ("Sample", "Sample"),
    (r"Mu{\~n}oz", "Muñoz"),
    (r"M{\"u}ller", "Müller"),
    (r"Dvo{\v r}{\'a}k", "Dvořák"),
    (r"{\O}stergaard", "Østergaard"),
    (r"Nov\'{a}k", "Novák"),
    ("van der Berg", "van der Berg"),
    (r"{\L}ukasz", "Łukasz"),
    (r"G\"odel", "Gödel"),
    ("Tanaka", "Tanaka"),
    ("Smith", "Smith"),
)
_WORDS = re.findall(
    r"\w+",
    "adaptive analysis bounds compact data deep efficient estimation fast filters general graphs hidden inference "
    "kernels language layers learning linear local methods models networks neural noise optimal order parallel policy "
    "proofs random rates robust sampling search sparse stable structure systems theory training units vision weights",
)
_VENUES = ("Journal of Looms", "Transactions on Engines", "Letters of Weaving")
_MEETINGS = ("International Conference on Calculating Engines", "Symposium on Punched Cards", "Workshop on Looms")
MATH = {
    "$O(n \\log n)$": (
        "O(n log n)",
        '<mi>O</mi><mo stretchy="false">(</mo><mi>n</mi><mi>log</mi><mo>&#8289;</mo><mi>n</mi>'
        '<mo stretchy="false">)</mo>',
    ),
    "$\\ell_1$": ("ℓ₁", "<msub><mi>ℓ</mi><mn>1</mn></msub>"),
    "$\\alpha$-stable": ("α-stable", ""),
    "$x^2 + y^2$": ("x²+y²", "<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msup><mi>y</mi><mn>2</mn></msup>"),
}
"""What is mathematics in a title, and the same as text and as the inside of MathML, where that says more."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a publication says, with LaTeX where a .bib file would have it; ``authors`` are in LaTeX and plain."""

    key: str
    is_article: bool
    title: str
    authors: tuple[tuple[str, str], ...]
    venue: str
    year: int
    month: int
    pages: str
    doi: str
    abstract: str
    keywords: tuple[str, ...]


def references(count: int, seed: int = 7) -> list[Reference]:
    """A number of references; a longer list begins with those of a shorter one."""
    return [_reference(number, random.Random(f"{seed}-{number}")) for number in range(count)]


def _reference(number: int, chance: random.Random) -> Reference:
    words = chance.choices(_WORDS, k=chance.randint(5, 10))
    if chance.random() < 0.2:
        words.insert(2, chance.choice(tuple(MATH)))
    sentences = [" ".join(chance.choices(_WORDS, k=chance.randint(8, 16))).capitalize() for _ in range(8)]
    names = [
        (f"{chance.choice(_GIVEN.split())} {chance.choice(_INITIALS)}.", chance.choice(_FAMILY))
        for _ in range(chance.randint(3, 12))
    ]
    is_article = chance.random() < 0.6
    start = chance.randint(1, 2000)
    return Reference(
        key=f"ref{number:05}",
        is_article=is_article,
        title=f"{{N{number}}}: {' '.join(words)}",
        authors=tuple((f"{family[0]}, {given}", f"{given} {family[1]}") for given, family in names),
        venue=chance.choice(_VENUES if is_article else _MEETINGS),
        year=chance.randint(1985, 2024),
        month=chance.randint(1, 12),
        pages=f"{start}--{start + chance.randint(5, 30)}",
        doi=f"10.1000/{number}",
        abstract=". ".join(sentences) + " of 19.2\\% and \\emph{more}.",
        keywords=tuple(dict.fromkeys(chance.choices(_WORDS, k=3))),
    )


def bibtex(reference: Reference) -> str:
    """The reference as an entry of a .bib file."""
    fields = {
        "title": reference.title,
        "author": " and ".join(latex for latex, _plain in reference.authors),
        "journal" if reference.is_article else "booktitle": reference.venue,
        "year": str(reference.year),
        "month": str(reference.month),
        "pages": reference.pages,
        "doi": reference.doi,
        "url": f"https://example.org/papers/{reference.key}",
        "code": f"https://example.org/code/{reference.key}",
        "abstract": reference.abstract,
        "keywords": ", ".join(reference.keywords),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{'article' if reference.is_article else 'inproceedings'}{{{reference.key},\n{lines}}}\n"
