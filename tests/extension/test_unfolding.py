"""What an entry of a list has around its lines: a number, a picture, and panels to unfold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sphinx_cv_ext.extension.lists import FOLDED, LONG
from tests.project import Built, Project

REFS = r"""
@article{new, title = {New}, author = {Example, Ada}, journal = {Journal}, year = 2021,
  abstract = {We weave $n^2$ \emph{threads}.}, preview = {new.png}}
@article{old, title = {Old}, author = {Example, Ada}, journal = {Journal}, year = 2011}
@inproceedings{talk, title = {Talk}, author = {Example, Ada}, booktitle = {Conference}, year = 2015}
@article{undated, title = {Undated}, author = {Example, Ada}, journal = {Journal}}
"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6368000000820081774cc0a80000000049454e44ae426082"
)


def page(folder: Path, options: str, builder: str = "html", **more: Any) -> Built:
    index = f"# Home\n\n```{{publications}}\n{options}\n```\n"
    files = {"refs.bib": REFS, "index.md": index, "new.png": PIXEL}
    return Project(folder, files, **more).build(builder)


def titles(built: Built) -> list[str]:
    return [line.get_text() for line in built.soup("index.html").select(".cv-title")]


def test_numbers_count_each_type_from_the_oldest(tmp_path: Path) -> None:
    built = page(tmp_path, ":number:")
    assert titles(built) == ["[J3] New", "[C1] Talk", "[J2] Old", "[J1] Undated"]


def test_numbers_fall_by_one_where_dates_are_equal(tmp_path: Path) -> None:
    months = {"c": "month = 3, "}
    refs = "".join(f"@book{{{key}, title = {{{key}}}, {months.get(key, '')}year = 2020}}\n" for key in "abcd")
    files = {"refs.bib": refs, "index.md": "# Home\n\n```{publications}\n:number:\n```\n"}
    assert titles(Project(tmp_path, files).build()) == ["[B4] c", "[B3] a", "[B2] b", "[B1] d"]


def test_a_number_is_the_same_in_any_list(tmp_path: Path) -> None:
    assert titles(page(tmp_path, ":number:\n:keys: new")) == ["[J3] New"]


def test_a_number_changes_with_publications_that_the_list_does_not_show(tmp_path: Path) -> None:
    files = {"refs.bib": REFS, "index.md": "# Home\n\n```{publications}\n:number:\n:keys: new\n```\n", "new.png": PIXEL}
    project = Project(tmp_path, files)
    project.build()
    project.edit("refs.bib", "@article{old,", "@book{old,")
    assert titles(project.build()) == ["[J2] New"]


def test_panels_unfold_one_at_a_time(tmp_path: Path) -> None:
    soup = page(tmp_path, ":panels: abstract, bibtex").soup("index.html")
    panels = soup.select("#pub-new details")
    assert [panel.summary.get_text() for panel in panels] == ["Abstract: New", "BibTeX: New"]
    # Browsers close the other details elements of one name.
    assert {panel["name"] for panel in panels} == {"pub-new-panel"}
    assert panels[0].p.em.get_text() == "threads"
    assert panels[0].p.math
    assert panels[1].code.get_text().startswith("@article{new,\n")


def test_a_panel_with_nothing_in_it_is_not_there(tmp_path: Path) -> None:
    soup = page(tmp_path, ":panels: abstract").soup("index.html")
    assert not soup.select("#pub-old details, #pub-old .cv-panels")


def test_without_the_option_there_is_none(tmp_path: Path) -> None:
    assert not page(tmp_path, "").soup("index.html").select("details")


def test_a_picture_is_copied_and_loads_when_it_is_seen(tmp_path: Path) -> None:
    built = page(tmp_path, "", cv_pages="all")
    image = built.soup("index.html").select_one("#pub-new .cv-preview img")
    assert (image["alt"], image["loading"]) == ("", "lazy")
    assert (built.out / image["src"]).read_bytes() == PIXEL
    own = built.soup("publications/new.html").select_one(".cv-preview img")
    assert (built.out / "publications" / own["src"]).read_bytes() == PIXEL


def test_a_compact_list_has_no_pictures(tmp_path: Path) -> None:
    assert not page(tmp_path, ":form: compact").soup("index.html").select(".cv-preview")


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo", "xml"])
def test_on_paper_there_is_neither_a_picture_nor_a_panel(tmp_path: Path, builder: str) -> None:
    built = page(tmp_path, ":panels: abstract, bibtex", builder, version="1")
    text = "".join(path.read_text("utf-8", "replace") for path in built.out.iterdir() if path.is_file())
    assert built.warnings == []
    assert "New" in text
    assert "threads" not in text
    assert "new.png" not in text


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("missing.png", "cv.file_missing"),
        ("../../outside.png", "cv.file_outside"),
        ("https://elsewhere.example/a.png", "cv.file_missing"),
        ("new.html", "cv.file_missing"),
        ("javascript:alert(1)//.png", "cv.file_missing"),
    ],
)
def test_what_is_no_picture_of_the_project_is_told(tmp_path: Path, value: str, code: str) -> None:
    files = {"refs.bib": REFS.replace("{new.png}", f"{{{value}}}"), "index.md": "# Home\n\n```{publications}\n```\n"}
    built = Project(tmp_path, files).build()
    assert built.codes() == [code]
    assert built.warnings[0].startswith("refs.bib:3: WARNING: ")
    assert "the picture is left out" in built.warnings[0]
    assert "New" in titles(built)


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_long_list_leads_to_the_bibtex_instead_of_holding_it(tmp_path: Path, builder: str) -> None:
    many = "".join(
        f"@misc{{k{n}, title = {{{n} & {{\\em m}}ore}}, year = 2020, abstract = {{Long}}}}\n" for n in range(LONG)
    )
    short = "\n```{publications}\n:keys: k1\n:panels: bibtex\n```\n"
    files = {"refs.bib": many, "index.md": f"# Home\n\n```{{publications}}\n:panels: abstract, bibtex\n```\n{short}"}
    project = Project(tmp_path, files, cv_pages="all")
    built = project.build(builder)
    long_list, short_list = built.soup("index.html").select("ul.cv-publications")
    assert {panel.summary.contents[0] for panel in long_list.select("details")} == {"Abstract"}
    assert len(short_list.select("details.cv-bibtex")) == 1
    links = long_list.select("a.cv-link-download")
    assert len(links) == LONG
    for link in links[:3]:
        assert link.get_text().startswith("BibTeX: ")
        assert built.text(link["href"]).startswith("@misc{k")
    slow = project.build(builder, into="slow", cv_fast_pages=False)
    assert slow.text("index.html") == built.text("index.html")


def test_a_long_list_without_pages_holds_the_bibtex(tmp_path: Path) -> None:
    many = "".join(f"@misc{{k{n}, title = {{{n}}}, year = 2020}}\n" for n in range(LONG))
    files = {"refs.bib": many, "index.md": "# Home\n\n```{publications}\n:panels: bibtex\n```\n"}
    built = Project(tmp_path, files).build()
    assert len(built.soup("index.html").select("details.cv-bibtex")) == LONG


def test_the_longest_lists_leave_links_to_the_pages_of_publications(tmp_path: Path) -> None:
    many = "".join(f"@misc{{k{n}, title = {{{n}}}, code = {{https://example.org/{n}}}}}\n" for n in range(FOLDED))
    lists = ("", f":limit: {FOLDED - 1}\n", ":form: full\n")
    page = "# Home\n\n" + "\n".join(f"```{{publications}}\n{options}```\n" for options in lists)
    files = {"refs.bib": many, "index.md": page}
    links = []
    for settings in ({"cv_pages": "all"}, {"cv_pages": "none"}):
        found = Project(tmp_path / settings["cv_pages"], files, **settings).build().soup("index.html")
        links.append([len(shown.select("a.cv-link-code")) for shown in found.select("ul.cv-publications")])
    assert links == [[0, FOLDED - 1, FOLDED], [FOLDED, FOLDED - 1, FOLDED]]


FOLDING = """# Home

```{publications}
:group: year
:form: folded
```

- ```{publications}
  :group: type
  :form: folded
  ```
"""


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_all_groups_but_the_first_are_folded(tmp_path: Path, builder: str) -> None:
    project = Project(tmp_path, {"refs.bib": REFS, "index.md": FOLDING})
    built = project.build(builder)
    folds = built.soup("index.html").select("details.cv-fold")
    said = [fold.summary.get_text() for fold in folds]
    years = ["1 publication: 2015", "1 publication: 2011", "1 publication: Undated"]
    assert said == [*years, "1 publication: Conference papers"]
    assert all(len(fold.select("ul > li")) == 1 and not fold.has_attr("open") for fold in folds)
    slow = project.build(builder, into="slow", cv_fast_pages=False)
    assert slow.text("index.html") == built.text("index.html")


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text", "latex"])
def test_what_is_no_site_folds_nothing(tmp_path: Path, builder: str) -> None:
    built = Project(tmp_path, {"refs.bib": REFS, "index.md": FOLDING, "new.png": PIXEL}).build(builder, version="1")
    assert built.warnings == []
    assert [name for name, data in built.files().items() if b'<details class="cv-fold"' in data] == []


def test_the_longest_lists_are_folded_unless_told_otherwise(tmp_path: Path) -> None:
    many = "".join(f"@misc{{k{n}, title = {{{n}}}, year = {2000 + n % 2}}}\n" for n in range(FOLDED))
    lists = ("", f":limit: {FOLDED - 1}\n", ":form: full\n", ":form: compact\n")
    page = "# Home\n\n" + "\n".join(f"```{{publications}}\n:group: year\n{options}```\n" for options in lists)
    built = Project(tmp_path, {"refs.bib": many, "index.md": page}).build()
    assert [fold.summary.get_text() for fold in built.soup("index.html").select(".cv-fold")] == [
        "500 publications: 2000"
    ]
