"""Whatever a .bib file holds, no page of the site runs any of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinx_cv_ext.model.links import LINK_KINDS
from tests.extension.test_bad_input import FIELDS, SCRIPTS, dangers
from tests.project import Project

PAGE = """# Title

{cite:t}`k0` {cite}`k1` {links}`@k0` {award}`@k0` {acceptance}`@k1`

:::{figures}
:::

:::{publications}
:group: keyword
:form: compact
:authors: 1
:::

:::{publications}
:group: venue
:::
"""

PIECES = [
    *SCRIPTS,
    *(
        "<script>",
        "</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "</title>",
        "<!--",
        "-->",
        "]]>",
    ),
    *(
        '"',
        "'",
        ">",
        "<",
        "&lt;script&gt;",
        "&#60;script>",
        "\\textless script\\textgreater",
        "\\char60 script>",
        "$<$",
    ),
    *("\\href{javascript:alert(1)}{x}", "\\url{javascript:alert(1)}", '\\href{https://example.org/"onclick=x}{y}'),
    *("<a href=javascript:alert(1)>x</a>", "<a href='java&#x09;script:alert(1)'>x</a>", "$\\href{javascript:x}{y}$"),
    *(
        "$</span><script>alert(1)</script>$",
        "$\\require{html}\\style{x}{y}$",
        "`x <javascript:alert(1)>`_",
        "[x](javascript:alert(1))",
    ),
    *("{", "}", "\\", "%", "$", "~", "#", " and ", ",", ";", "=", "1/2", "50%", "https://example.org/", "Ada Example"),
    *(
        ".. raw:: html",
        "|x|",
        "{raw}`html`",
        "\x00",
        "\u2028",
        "\u202e",
        "\ufeff",
        "\ud7ff",
        "10.1000/",
        "2001.00001",
        "@",
    ),
]
VALUES = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join),
    st.text(max_size=20),
)
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["article", "inproceedings", "misc", "phdthesis", "online", "book"]),
        st.dictionaries(st.sampled_from([*FIELDS, *LINK_KINDS]), VALUES, min_size=1, max_size=8),
    ),
    min_size=2,
    max_size=6,
)


def written(at: int, type_: str, fields: dict[str, str]) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{type_}{{k{at},\n  title = {{Title {at}}},\n{lines}}}\n\n"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ENTRIES)
def test_nothing_of_an_entry_runs(harmless: set[str], entries: list[tuple[str, dict[str, str]]]) -> None:
    refs = "".join(written(at, type_, fields) for at, (type_, fields) in enumerate(entries))
    with tempfile.TemporaryDirectory() as folder:
        files = {"refs.bib": refs.encode("utf-8", "surrogatepass"), "index.md": PAGE}
        built = Project(Path(folder), files, mathjax_path="mathjax.js").build()
        assert set(dangers(built.text("index.html"))) - harmless == set()
        assert built.soup("index.html").select_one("li.cv-publication#pub-k0") is not None
