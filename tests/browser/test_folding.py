"""The groups of a long list are folded, and all that leads to an entry still shows it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import LIST, SIZES, Visit, project, serve, shown
from tests.project import Built
from tests.tools import needed

NAMES = ["blue", "red", "grey", "light blue", "gold", "pink", "teal", "cyan", "white", "black", "olive", "dark blue"]
REFS = "".join(
    f"@misc{{k{at}, title={{Net {name}}}, author={{Example, Ada}}, year={2000 + at // 4}}}\n"
    for at, name in enumerate(NAMES)
).encode()
OPTIONS = ":group: year\n:form: full, folded"
PAGES = {
    "index": LIST.format(title="Folded", options=f"{OPTIONS}\n:filter:"),
    "plain": LIST.format(title="P", options=OPTIONS),
}
NEWEST = ["pub-k8", "pub-k9", "pub-k10", "pub-k11"]
OLDEST = ["pub-k0", "pub-k1", "pub-k2", "pub-k3"]
BOX = "input.cv-search"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return project(tmp_path_factory.mktemp("folded"), REFS, PAGES)


@pytest.fixture(scope="module")
def top(built: Built) -> Iterator[str]:
    with serve(built.out) as address:
        yield address


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("settings", [{}, {"java_script_enabled": False}])
def test_all_but_the_first_group_are_opened_by_hand(
    visit: Visit, top: str, size: str, settings: dict[str, bool]
) -> None:
    page = visit("index.html", size, top=top, **settings)
    assert sorted(shown(page)) == sorted(NEWEST)
    assert page.get_by_role("heading", name="2000").is_visible()
    last = page.locator("#year-2000 summary")
    assert last.text_content() == "4 publications: 2000"
    last.press("Enter")
    assert sorted(shown(page)) == sorted(NEWEST + OLDEST)


def test_the_filter_opens_what_it_finds_and_leaves_the_rest_as_it_was(visit: Visit, top: str) -> None:
    page = visit("index.html", top=top)
    page.locator("#year-2001 summary").click()
    before = shown(page)
    page.fill(BOX, "blue")
    assert sorted(shown(page)) == ["pub-k0", "pub-k11", "pub-k3"]
    assert page.locator("#year-2000 summary").text_content() == "2 of 4: 2000"
    page.fill(BOX, "")
    assert shown(page) == before
    assert page.locator("#year-2000 summary").text_content() == "4 publications: 2000"


def test_an_address_with_a_choice_shows_it(visit: Visit, top: str) -> None:
    page = visit("index.html?q=grey", top=top)
    assert shown(page) == ["pub-k2"]
    page.get_by_role("button", name="Clear").click()
    assert sorted(shown(page)) == sorted(NEWEST)


@pytest.mark.parametrize("name", ["index.html", "index.html?q=dark", "plain.html"])
@pytest.mark.parametrize("fragment", ["pub-k3", "year-2000"])
def test_a_link_opens_what_it_leads_to(visit: Visit, top: str, name: str, fragment: str) -> None:
    page = visit(f"{name}#{fragment}", top=top)
    assert page.locator("#pub-k3").is_visible()
    assert not page.locator("#pub-k5").is_visible()
    page.evaluate("location.hash = '#pub-k5'")
    page.locator("#pub-k5").wait_for()
    place = "document.querySelector('#pub-k5').getBoundingClientRect()"
    page.wait_for_function(f"{place}.top >= 0 && {place}.bottom <= innerHeight")


def test_paper_has_all_of_it(built: Built, top: str, browser: Any, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(f"{top}index.html")
    printed = tmp_path / "list.pdf"
    page.pdf(path=printed)
    page.close()
    run = subprocess.run([needed("pdftotext"), str(printed), "-"], capture_output=True, text=True, check=True)
    assert [name for name in NAMES if f"Net {name}\n" not in run.stdout] == []
    assert "publications" not in run.stdout


def test_find_in_page_reaches_into_what_is_folded(visit: Visit, top: str) -> None:
    page = visit("plain.html#:~:text=light%20blue", top=top)
    page.locator("#pub-k3").wait_for()
    assert not page.locator("#pub-k5").is_visible()
