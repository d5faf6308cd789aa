"""Sites for Hugo: what it reads of a reference, written outside of the time that is measured; in folders, the rest.

``page`` makes a page for each reference; ``files``, laid over it, the files to take away, too; and ``site``, laid over
both, what our site has. Where two hold a file of the same name, the later counts.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.references import MATH, Reference, bibtex

LAYERS = Path(__file__).parent


def lay(folder: Path, layers: Sequence[str]) -> None:
    """Write settings and templates into ``folder``."""
    for layer in layers:
        shutil.copytree(LAYERS / layer, folder, dirs_exist_ok=True)


def write_content(path: Path, matter: dict[str, Any], reference: Reference) -> None:
    """Write the file of a reference: what a converter from BibTeX would, the abstract in Markdown."""
    abstract = reference.abstract.replace("\\%", "%").replace("\\emph{more}", "*more*")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{json.dumps(matter, indent=1)}\n\n{abstract}\n", encoding="utf-8")


def matter_of_page(reference: Reference) -> dict[str, Any]:
    """What the templates of ``page`` and ``files`` know of a reference."""
    return {
        "title": _unprotected(reference.title),
        "date": f"{reference.year}-{reference.month:02}-01",
        "authors": [plain for _latex, plain in reference.authors],
        "venue": reference.venue,
        "doi": reference.doi,
        "pages": reference.pages,
        "tags": list(reference.keywords),
        "bibtex": bibtex(reference),
    }


def matter_of_site(reference: Reference) -> dict[str, Any]:
    """What those of ``site`` do: names in parts, pages by number, addresses, and titles for each kind of file.

    No reference is formatted in it. Mathematics is MathML already, as pandoc can write it, which spares Hugo the 0.6
    seconds of processor that its own ``transform.ToMath`` takes to start.
    """
    title = reference.title
    kind = "article" if reference.is_article else "workshop" if "Workshop" in reference.venue else "conference"
    html = _with_math(_unprotected(title), html=True)
    plain = _with_math(_unprotected(title))
    return matter_of_page(reference) | {
        "title": plain,
        **({"title_html": html} if html != plain else {}),
        "title_tex": title,
        "title_csl": _with_math(title.replace("{", '<span class="nocase">', 1).replace("}", "</span>", 1)),
        "kind": kind,
        "year": str(reference.year),
        "people": [_person(name) for _latex, name in reference.authors],
        "pages": reference.pages.split("--"),
        "web_page": f"https://example.org/papers/{reference.key}",
        "code": f"https://example.org/code/{reference.key}",
    }


def _unprotected(title: str) -> str:
    return title.replace("{", "").replace("}", "")


def _with_math(title: str, *, html: bool = False) -> str:
    for source, (text, inside) in MATH.items():
        markup = f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inside}</math>'
        title = title.replace(source, markup if html and inside else text)
    return title


def _person(name: str) -> dict[str, str]:
    """A name of our references in its parts: two words are given, and small ones before the last are a particle."""
    first, initial, family = name.split(" ", 2)
    particle = family.rpartition(" ")[0]
    return {"given": f"{first} {initial}", "family": family, **({"particle": particle} if particle else {})}
