"""In every theme that the guide names a site is built without a warning, with our parts where they belong."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from sphinx_cv_ext.extension import STATIC
from sphinx_cv_ext.starter import THEMES
from tests import themes
from tests.project import Built, Project

STYLESHEET = (STATIC / "sphinx-cv.css").read_text(encoding="utf-8")
VARIABLES_OF = {"--pst-": "pydata_sphinx_theme", "--color-": "furo"}
"""The prefix of a theme's variables, and the theme that defines them; other themes build upon it."""


OURS = "ul.cv-publications, ul.cv-entries, ul.cv-figures, figure.cv-chart, .cv-page > .cv-lines, details.cv-bibtex"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site in Sphinx's own theme, which adds nothing."""
    return themes.build(tmp_path_factory.mktemp("basic"), "basic")


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_has_all_parts_and_no_warning(tmp_path: Path, plain: Built, theme: str) -> None:
    built = themes.build(tmp_path, theme)
    assert built.warnings == []
    for name in (*themes.PAGES, "plain"):
        page = built.soup(f"{name}.html")
        assert len(page.select("link[rel=stylesheet][href*='sphinx-cv.css']")) == 1
        # Only where there is something for it to do.
        assert len(page.select("script[src*='sphinx-cv.js']")) == (name in ("list", "publications/net"))
        assert said(page) == said(plain.soup(f"{name}.html"))
        assert bool(said(page)) is (name != "plain")
        main = page.select_one("main, [role=main]")
        assert main is not None
        # A title is shown by the theme elsewhere, too, with all that is in it.
        ours = page.select("[class^='cv-']:not(.cv-native), [class*=' cv-']")
        assert all(main in part.parents for part in ours)


def said(page: BeautifulSoup) -> list[str]:
    """The words of all our parts."""
    return [" ".join(part.get_text(" ").split()) for part in page.select(OURS)]


def test_the_second_sidebar_of_the_pydata_theme_is_chosen_page_by_page(tmp_path: Path) -> None:
    chosen = {"**": ["searchbox"], "publications/n2003": []}
    years = range(2000, 2008)
    entries = "".join(f"@misc{{n{year}, title={{{year}}}, author={{Example, Ada}}, year={year}}}\n" for year in years)
    settings: dict[str, Any] = themes.SETTINGS | {
        "html_theme": "pydata_sphinx_theme",
        "html_theme_options": {"secondary_sidebar_items": chosen},
    }
    project = Project(tmp_path, {**themes.FILES, "index.md": "# Home\n", "refs.bib": entries}, **settings)
    fast, slow = project.build(into="fast"), project.build(into="slow", cv_fast_pages=False)
    assert fast.files() == slow.files()
    for year in years:
        sidebar = fast.soup(f"publications/n{year}.html").select(".bd-sidebar-secondary")
        assert bool(sidebar) is (year != 2003)


@pytest.mark.parametrize(("prefix", "theme"), VARIABLES_OF.items())
def test_the_variables_that_we_lean_on_are_those_of_the_theme(prefix: str, theme: str) -> None:
    spec = find_spec(theme)
    assert spec is not None
    assert spec.origin is not None
    sheets = [path.read_text(encoding="utf-8") for path in Path(spec.origin).parent.rglob("*.css")]
    used = set(re.findall(rf"var\(({prefix}[\w-]+)", STYLESHEET))
    assert len(used) >= 6
    assert {name for name in used if not any(f"{name}:" in sheet for sheet in sheets)} == set()


def test_colours_stand_in_one_table() -> None:
    table, rest = STYLESHEET.split("\n}\n", 1)
    own = set(re.findall(r"^  (--cv-[\w-]+):", table, re.MULTILINE))
    assert {"--cv-ink", "--cv-page", "--cv-accent", "--cv-gold"} <= own
    # Icons are masks. What is marked does not know our variables in some browsers.
    coloured = re.sub(r'url\(".*?"\)|::highlight.*?\}', "", rest, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,8}\b|--(?:pst|color)-|\b(?:rgb|hsl|oklch)a?\(", coloured) == []
