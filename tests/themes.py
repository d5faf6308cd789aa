"""A small site with everything that a theme could spoil, and what it is in each theme that the guide names."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

from tests.project import Built, Project

REFS = Path(__file__).parent / "browser" / "refs.bib"


def _picture(width: int, height: int) -> bytes:
    """A grey PNG."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress((b"\0" + b"\x88" * width) * height)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )


FILES: dict[str, str | bytes] = {
    "refs.bib": REFS.read_bytes()
    .replace(b"{net,", b"{net, doi={10.1000/182}, preview={wide.png},")
    .replace(b"{road,", b"{road, preview={tall.png},"),
    "wide.png": _picture(1000, 400),
    "tall.png": _picture(400, 1000),
    "portrait.png": _picture(900, 1200),
    "index.md": """# Ada Example [例中文字]{.cv-native}

:::{profile}
:::

:::{figures}
:::

:::{position} 2019/present
:what: Researcher
:where: Example Labs

- Wrote {cite}`net` and an {award}`Oral, 1/90`
- [A link](https://example.org/)
:::

:::{talk} 2018
:what: On looms
:where: Institute of Looms
:url: https://example.org/talk
:::

:::{toctree}
list
charts
plain
:::
""",
    "list.md": "# List\n\n:::{publications}\n:group: year\n:filter:\n:export:\n:panels: abstract, bibtex\n:::\n",
    "charts.md": "# Charts\n\n:::{chart} years\n:::\n\n:::{chart} rates\n:::\n",
    "plain.md": """# Plain

Nothing of ours, but [a link](https://example.org/) and `code`.

| A                            | table |
| ---------------------------- | ----- |
| [one](https://example.org/1) | 1     |
| [two](https://example.org/2) | 2     |
""",
}
PAGES = ("index", "list", "charts", "publications/net")
"""The pages that have something of ours."""

SETTINGS: dict[str, Any] = {
    "cv_pages": "all",
    "cv_profile": {
        "name": "Ada Example",
        "position": "Weaver",
        "affiliation": "Institute of Looms",
        "image": "portrait.png",
        "links": {"github": "https://github.com/ada-example"},
    },
    "cv_people": {"Bo Sample": "https://example.org/bo"},
    "cv_disable": ["cards"],
    "language": "en",
    "html_title": "Ada",
}


def build(folder: Path, theme: str, **settings: Any) -> Built:
    """The site in a theme, with the theme's own settings unless told otherwise."""
    return Project(folder, FILES, **(SETTINGS | {"html_theme": theme} | settings)).build()
