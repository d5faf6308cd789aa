"""With other extensions, both do their work: none of our names, classes or events gets in their way."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po, write_po

from tests.project import Built, Project

REFS = """
@misc{one, title = {The First}, author = {Example, Ada}, year = {2021}, award = {Oral}, code = {https://example.org/}}
@misc{two, title = {The Second}, author = {Example, Ada}, year = {2020}, acceptance = {1/4}}
"""
LIST = "# Papers\n\n:::{publications}\n:panels: bibtex\n:::\n"
BOTH = ["myst_parser", "sphinx_cv_ext"]


def project(folder: Path, files: dict[str, str], *extensions: str, **settings: Any) -> Project:
    """A project with our list and the extensions of others, which come last unless they are told to come first."""
    return Project(folder, {"refs.bib": REFS, **files}, extensions=[*BOTH, *extensions], **settings)


def built(folder: Path, files: dict[str, str], *extensions: str, **settings: Any) -> Built:
    site = project(folder, files, *extensions, **settings).build()
    assert site.warnings == []
    return site


TAKEN = """
from docutils import nodes
from docutils.parsers.rst import Directive

class Theirs(Directive):
    has_content = True
    optional_arguments = 1

    def run(self):
        return [nodes.paragraph("", "theirs")]

def setup(app):
    for name in ("award", "project", "profile"):
        app.add_directive(name, Theirs)
    app.add_role("links", lambda *_args, **_more: ([nodes.strong("", "theirs")], []))
    return {"parallel_read_safe": True}
"""
CALLED = """# T

:::{award} Oral
:::

:::{project} 2020
:::

:::{cv:award} Best Paper Award
:::

:::{cv:project} 2021
:what: Ours
:::

{links}`x` and {cv:links}`code https://example.org/code`, {award}`Oral`, {cv:award}`Best Talk`

:::{publications}
:::
"""


def test_a_name_that_is_taken_stays_theirs_and_ours_has_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken_names.py").write_text(TAKEN, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    files = {"refs.bib": REFS, "index.md": CALLED}
    site = Project(tmp_path / "docs", files, extensions=["taken_names", *BOTH]).build()
    assert site.warnings == []
    page = site.soup("index.html")
    assert [part.get_text() for part in page.select("p, strong") if part.get_text() == "theirs"] == ["theirs"] * 3
    badges = [badge.get_text() for badge in page.select(".cv-award")]
    assert badges == ["Best Paper Award", "Oral", "Best Talk", "Oral"]
    assert page.select_one("a.cv-link-code[href='https://example.org/code']")
    assert page.select_one("li.cv-dated#project-2021 .cv-lead")


def test_every_name_is_in_the_domain_too(tmp_path: Path) -> None:
    ours = "{talk} 2020\n:what: T\n", "{publications}\n", "{links}\n:github: ada\n", "{chart} years\n", "{figures}\n"
    plain = "# T\n\n" + "\n".join(f":::{one}:::\n" for one in ours)
    short = built(tmp_path / "short", {"index.md": plain}).text("index.html")
    long = built(tmp_path / "long", {"index.md": plain.replace(":::{", ":::{cv:")}).text("index.html")
    assert short == long


DESIGN = """# T

::::{grid} 2
:::{grid-item-card} Papers
```{publications}
:panels: bibtex
```
:::
:::{grid-item-card} {bdg-primary}`New`
{award}`Oral` and {links}`@one`
:::
::::

::::{tab-set}
:::{tab-item} All
```{publications}
:group: year
:form: compact
```
:::
:::{tab-item} A talk
```{talk} 2020
:what: On Examples
```
:::
::::
"""


def test_sphinx_design_holds_our_parts(tmp_path: Path) -> None:
    site = built(tmp_path, {"index.md": DESIGN}, "sphinx_design")
    page = site.soup("index.html")
    assert len(page.select(".sd-card-body > ul.cv-publications > li.cv-publication details.cv-bibtex")) == 2
    assert len(page.select(".sd-tab-content li.cv-publication")) == 2
    assert len(page.select(".sd-tab-content li.cv-dated")) == 1
    assert [badge.get_text() for badge in page.select(".sd-badge")] == ["New"]
    # Neither stylesheet changes the other's parts.
    theirs = "\n".join(path.read_text(encoding="utf-8") for path in (site.out / "_static").rglob("*design*.css"))
    assert ".sd-card" in theirs
    assert ".cv-" not in theirs
    assert "sd-" not in (site.out / "_static" / "sphinx-cv.css").read_text(encoding="utf-8")


def test_sphinx_copybutton_leaves_our_panels_alone(tmp_path: Path) -> None:
    site = built(tmp_path, {"index.md": f"{LIST}\n```python\nx = 1\n```\n"}, "sphinx_copybutton")
    script = site.text("_static/copybutton.js")
    (selector,) = set(re.findall(r"const COPYBUTTON_SELECTOR = '(.+?)'", script))
    page = site.soup("index.html")
    found = page.select(selector)
    assert [pre.get_text() for pre in found] == ["x = 1\n"]
    # There is a button of ours in each, which the script puts there.
    assert len(page.select("details.cv-bibtex pre")) == 2


def test_no_page_of_ours_is_a_post_of_ablog(tmp_path: Path) -> None:
    files = {
        "index.md": "# Home\n\n:::{toctree}\nlist\nblog/first\n:::\n",
        "list.md": LIST,
        "blog/first.md": "---\nblogpost: true\ndate: Jan 2, 2021\n---\n\n# First post\n\nWords.\n",
    }
    settings = {
        "cv_pages": "all", "html_theme": "alabaster", "html_baseurl": "https://example.org/",
        "blog_baseurl": "https://example.org/", "blog_title": "Blog", "cv_disable": ["cards"],
    }  # fmt: skip
    entries = "".join(
        f"@misc{{n{n}, title={{Work {n}}}, author={{Example, Ada}}, year={2000 + n}}}\n" for n in range(8)
    )
    site = project(tmp_path, files | {"refs.bib": entries}, "ablog", **settings)
    fast, slow = site.build(into="fast"), site.build(into="slow", cv_fast_pages=False)
    assert fast.warnings == []
    assert fast.out.joinpath("publications/n1.html").is_file()
    archive = fast.soup("blog/archive.html").select_one("[role=main]")
    assert archive is not None
    assert "First post" in archive.get_text()
    assert "Work" not in archive.get_text()
    assert fast.text("blog/atom.xml").count("<entry>") == 1
    # Its own feed has the time of the build.
    same = [{n: b for n, b in one.files().items() if not n.endswith("atom.xml")} for one in (fast, slow)]
    assert same[0] == same[1]


def test_a_page_is_translated_and_our_words_with_it(tmp_path: Path) -> None:
    page = f"{LIST}\nSome words.\n\n:::{{talk}} 2020\n:what: On Looms\n\nIts body.\n:::\n"
    site = project(tmp_path, {"index.md": page}, language="en", locale_dirs=["locale"], gettext_compact=False)
    template = site.build("gettext")
    assert template.warnings == []
    command = [sys.executable, "-m", "sphinx_intl", "update", "-p", str(template.out), "-d", "locale", "-l", "de"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    path = tmp_path / "locale" / "de" / "LC_MESSAGES" / "index.po"
    with path.open("rb") as file:
        catalogue = read_po(file)
    # The text of a page is offered for translation; our own words and the data of the .bib file are not.
    german = {
        "Papers": "Arbeiten",
        "Some words.": "Ein paar Worte.",
        "On Looms": "Über Webstühle",
        "Its body.": "Sein Inhalt.",
    }
    assert {str(message.id) for message in catalogue if message.id} == {*german, "2020"}
    for message in catalogue:
        message.string = german.get(str(message.id), message.string)
    with path.open("wb") as file:
        write_po(file, catalogue)
    site.configure(extensions=BOTH, language="de", locale_dirs=["locale"], gettext_compact=False)
    translated = site.build(into="de")
    assert translated.warnings == []
    text = translated.soup("index.html").get_text()
    assert all(words in text for words in german.values())
    assert not any(words in text for words in german)
    assert "The First" in text
    assert "Angenommen" in text


MODULE = '''
"""A module."""

def weave(pattern: str) -> int:
    """Weave.

    Args:
        pattern: What to weave.

    Returns:
        How many rows it has.
    """
'''


def test_a_reference_with_one_list_is_otherwise_what_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "loom_example.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    files = {"index.md": "# Loom\n\n:::{toctree}\napi\nlist\n:::\n", "list.md": "# Papers\n\nNone yet.\n"}
    files["api.rst"] = "API\n===\n\n.. automodule:: loom_example\n   :members:\n"
    extensions = ["sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
    without = Project(
        tmp_path / "without", files, extensions=["myst_parser", *extensions], bibtex_bibfiles=..., cv_pages=...
    ).build()
    both = built(tmp_path / "with", files | {"list.md": LIST}, *extensions, cv_pages=...)
    assert without.warnings == []
    ours = r'    <link rel="stylesheet" type="text/css" href="[./]*_static/sphinx-cv.css\?v=\w+" ?/>\n'
    for name in ("api.html", "_modules/loom_example.html"):
        page, count = re.subn(ours, "", both.text(name))
        assert count == 1
        assert page == without.text(name)
    assert len(both.soup("list.html").select("li.cv-publication")) == 2
