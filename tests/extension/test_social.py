"""What a link to a page shows where it is shared: Open Graph's tags, and pictures drawn at build time."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest

from sphinx_cv_ext.outputs import cards, typesetting
from tests.project import HOME, Built, Project

BASE = "https://ada.example.org/site/"
FILES: dict[str, str | bytes] = {
    "index.md": "# Home\n\nWhat we do.\n",
    "refs.bib": '@misc{a, title={A & "B" <c>}, author={Example, Ada}, year=2020, abstract={We weave.}}\n'
    "@misc{b, title={B}, author={Example, Ada}, year=2019}\n",
}


def site(folder: Path, **settings: Any) -> Project:
    settings = {"cv_pages": "all", "html_baseurl": BASE, "cv_profile": {"name": "Ada Example"}} | settings
    return Project(folder, FILES, **settings)


def properties(built: Built, page: str) -> dict[str, str]:
    found = built.soup(page).select('meta[property^="og:"], meta[name="twitter:card"]')
    named = [(tag.get("property") or tag["name"], tag["content"]) for tag in found]
    assert len(named) == len(dict(named)), "a property is given twice"
    return dict(named)


def test_a_publication_says_what_it_is(tmp_path: Path) -> None:
    built = site(tmp_path).build()
    assert built.warnings == []
    assert properties(built, "publications/a.html") == {
        "og:title": 'A & "B" <c>',
        "og:type": "article",
        "og:url": f"{BASE}publications/a.html",
        "og:site_name": "Ada Example",
        "og:description": "We weave.",
        "og:image": f"{BASE}publications/a-card.png",
        "og:image:alt": 'A & "B" <c>',
        "og:image:width": "1200",
        "og:image:height": "630",
        "twitter:card": "summary_large_image",
    }
    descriptions = built.soup("publications/a.html").select('meta[name="description"]')
    assert [tag["content"] for tag in descriptions] == ["We weave."]


def test_any_page_is_described_by_its_first_words(tmp_path: Path) -> None:
    long = "编织" * 150
    pages = {"index.md": f"{HOME}\n```{{profile}}\n```\n\nWe weave & *spin*.\n", "long.md": f"# Long\n\n{long}\n"}
    built = Project(tmp_path, FILES | pages, html_baseurl=BASE).build()
    assert properties(built, "index.html")["og:description"] == "We weave & spin."
    assert built.soup("index.html").select_one('meta[name="description"]')["content"] == "We weave & spin."
    assert properties(built, "long.html")["og:description"] == f"{'编织' * 100}…"


def test_a_page_of_lists_is_described_by_their_titles(tmp_path: Path) -> None:
    refs = "@misc{a, title={We weave}, abstract={A}, year=2020}\n@misc{b, title={We spin}, year=2021}\n"
    refs += "@misc{c, year=2022}\n"
    lists = (
        ":::{publications}\n:group: year\n:panels: abstract\n:export: bibtex\n:::\n\n:::{publications}\n:keys: a\n:::\n"
    )
    pages = {"index.md": HOME, "list.md": f"# List\n\n{lists}", "refs.bib": refs}
    project = Project(tmp_path, pages, html_baseurl=BASE, cv_pages="all")
    built = project.build()
    assert properties(built, "list.html")["og:description"] == "c; We spin; We weave; We weave"
    assert project.build(into="slow", cv_fast_pages=False).text("list.html") == built.text("list.html")


def test_any_other_page_has_the_picture_of_the_site(tmp_path: Path) -> None:
    found = properties(site(tmp_path).build(), "index.html")
    assert (found["og:title"], found["og:image"]) == ("Home", f"{BASE}card.png")


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_picture_is_there_in_its_size(tmp_path: Path, builder: str) -> None:
    built = site(tmp_path).build(builder)
    for page in built.out.rglob("*.html"):
        address = properties(built, page.relative_to(built.out).as_posix()).get("og:image")
        if address:
            header = (built.out / address.removeprefix(BASE)).read_bytes()[:24]
            assert header[:8] == b"\x89PNG\r\n\x1a\n"
            assert struct.unpack(">II", header[16:]) == (1200, 630)
    assert len(list(built.out.rglob("*card.png"))) == 3


def test_only_a_changed_publication_is_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = site(tmp_path)
    project.build()
    drawn: list[str] = []
    draw = cards.draw
    monkeypatch.setattr(cards, "draw", lambda found: drawn.extend(card.title for card in found) or draw(found))
    project.build()
    assert drawn == []
    project.edit("refs.bib", "title={B}", "title={Changed}")
    built = project.build()
    assert drawn == ["Changed"]
    (built.out / "card.png").unlink()
    (project.folder / "_build" / "doctrees" / "cv-html-cards.pickle").write_bytes(b"1[")
    project.build()
    assert sorted(drawn) == ['A & "B" <c>', "Ada Example", "Changed", "Changed"]
    assert (built.out / "card.png").is_file()


def test_without_the_library_there_are_words_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "is_available", lambda: False)
    built = site(tmp_path).build()
    assert built.warnings == []
    found = properties(built, "publications/a.html")
    assert found["og:title"] == 'A & "B" <c>'
    assert "og:image" not in found
    assert not list(built.out.rglob("*card.png"))


def test_what_conf_py_says_goes_before(tmp_path: Path) -> None:
    built = site(tmp_path, ogp_image="https://ada.example.org/mine.png", ogp_site_name="Looms").build()
    found = properties(built, "index.html")
    assert (found["og:image"], found["og:site_name"]) == ("https://ada.example.org/mine.png", "Looms")


def test_nothing_is_printed_while_it_loads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site(tmp_path).build()
    assert capsys.readouterr().out == ""
