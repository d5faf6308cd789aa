"""The controls fit every screen, eye and hand, and leave the page alone where no script runs."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import SIZES, Visit, shown
from tests.tools import needed, node_modules

CONTROLS = ".cv-controls :is(input, button, select)"


def open_all(page: Any) -> None:
    for name in (re.compile("ilters"), "Export"):
        page.get_by_role("button", name=name).click()


@pytest.mark.parametrize("size", SIZES)
def test_without_a_script_the_page_is_that_of_a_plain_list(visit: Visit, size: str) -> None:
    def seen(name: str) -> tuple[str, Any]:
        page = visit(name, size, java_script_enabled=False)
        items = page.locator("article section").first
        # Playwright measures from outside, whether scripts run or not.
        places = [page.locator(f"#{name}").bounding_box() for name in shown_without_script(page)]
        return items.inner_text().partition("Download this list:")[0].strip(), places

    assert seen("index.html") == seen("plain.html")


def shown_without_script(page: Any) -> list[str]:
    return [str(item.get_attribute("id")) for item in page.locator("li.cv-publication").all()]


def moved(page: Any) -> list[str]:
    """What has moved in the article since the page was first shown, as Core Web Vitals see it.

    The theme moves the icons of its header, by more or less as the frames fall; they are not ours.
    """
    page.wait_for_timeout(300)
    names: list[str] = page.evaluate(
        """new Promise(resolve => {
            const ours = source => !source.node || document.querySelector("article").contains(source.node);
            const name = source => `${source.node?.nodeName} ${source.node?.className}`;
            new PerformanceObserver(list => resolve(
                list.getEntries().flatMap(entry => entry.sources).filter(ours).map(name)
            )).observe({type: "layout-shift", buffered: true});
            setTimeout(resolve, 300, []);
        })"""
    )
    return names


@pytest.mark.parametrize("size", [*SIZES, "zoomed"])
@pytest.mark.parametrize("touch", [False, True])
def test_nothing_moves_when_the_controls_come(visit: Visit, size: str, touch: bool) -> None:
    page = visit("index.html", size, has_touch=touch, is_mobile=touch)
    assert moved(page) == []
    # The controls take exactly the room that was kept for them.
    room, form = (page.locator(name).bounding_box()["height"] for name in (".cv-filter", ".cv-controls"))
    assert form <= room < form + 8
    # If the controls had taken more room, the measurement would have noticed it.
    page.locator(".cv-controls").evaluate("controls => { controls.style.paddingBottom = '99px'; }")
    assert moved(page) != []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("touch", "height"), [(False, 24), (True, 40)])
def test_every_control_is_easily_hit(visit: Visit, size: str, touch: bool, height: int) -> None:
    page = visit("index.html?q=net", size, has_touch=touch, is_mobile=touch)
    open_all(page)
    boxes = [control.bounding_box() for control in page.locator(f"{CONTROLS}:visible").all()]
    assert len(boxes) > 12
    assert [box for box in boxes if box["height"] < height or box["width"] < 24] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out(visit: Visit, width: int) -> None:
    page = visit("index.html?q=net&award=1&venue=CoE")
    page.set_viewport_size({"width": width, "height": 800})
    open_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    right = page.locator("article").bounding_box()
    outside = [
        box
        for box in (control.bounding_box() for control in page.locator(f"{CONTROLS}:visible").all())
        if box["x"] < right["x"] or box["x"] + box["width"] > right["x"] + right["width"] + 1
    ]
    assert outside == []


@pytest.mark.parametrize("width", [320, 360, 390, 768, 1280])
def test_the_count_stands_in_a_row_that_does_not_move(visit: Visit, width: int) -> None:
    page = visit("index.html")
    page.set_viewport_size({"width": width, "height": 800})
    count, clear = (page.locator(f".cv-{name}") for name in ("count", "clear"))

    def middle(part: Any) -> float:
        box = part.bounding_box()
        return float(box["y"] + box["height"] / 2)

    before, height = middle(count), page.locator(".cv-controls").bounding_box()["height"]
    beside = ".cv-pill" if width >= 768 else ".cv-opener" if width >= 384 else ".cv-clear"
    assert before == pytest.approx(middle(page.locator(beside).first), abs=2)
    page.fill("input.cv-search", "net")
    assert middle(count) == before
    assert page.locator(".cv-controls").bounding_box()["height"] == height
    assert clear.is_visible()
    if width >= 768:
        assert middle(clear) == pytest.approx(middle(page.locator(".cv-opener").first), abs=1)


@pytest.mark.parametrize("width", [320, 390, 500, 768, 1280])
def test_the_menus_of_years_stand_in_line(visit: Visit, width: int) -> None:
    page = visit("index.html")
    page.set_viewport_size({"width": width, "height": 800})
    open_all(page)
    first, last = (menu.bounding_box() for menu in page.locator(".cv-years select").all())
    assert first["width"] == pytest.approx(last["width"], abs=1) or first["y"] == last["y"]
    assert first["x"] == pytest.approx(last["x"], abs=0.5) or first["y"] == last["y"]
    assert min(first["width"], last["width"]) >= 100


@pytest.mark.parametrize("size", SIZES)
def test_no_menu_moves_when_something_is_chosen(visit: Visit, size: str) -> None:
    page = visit("index.html", size)
    page.get_by_role("button", name=re.compile("ilters")).click()
    menus, parts = page.locator(".cv-menus select"), page.locator(".cv-menus > *")
    before = [menu.bounding_box() for menu in menus.all()]
    menus.last.select_option(index=1)
    assert [menu.bounding_box() for menu in menus.all()] == before
    # They are in columns.
    assert len({round(box["x"] + box["width"]) for box in (part.bounding_box() for part in parts.all())}) <= 3


def test_a_hint_that_does_not_fit_ends_in_dots(visit: Visit) -> None:
    page = visit("index.html", "zoomed")
    style = "getComputedStyle(document.querySelector('.cv-search')).textOverflow"
    assert page.evaluate(style) == "ellipsis"
    page.fill("input.cv-search", "what somebody types goes on")
    assert page.evaluate(style) == "clip"


def test_the_buttons_beside_the_search_are_as_high_as_it_is(visit: Visit) -> None:
    page = visit("index.html?q=net")
    row = page.locator(".cv-search, .cv-opener, .cv-clear").all()
    assert len(row) == 4
    assert len({(box["y"], box["height"]) for box in (part.bounding_box() for part in row)}) == 1


def test_a_phone_need_not_zoom_in_on_what_is_filled_in(visit: Visit) -> None:
    page = visit("index.html", "phone", has_touch=True, is_mobile=True)
    open_all(page)
    # From 16 pixels on it does not.
    sizes = page.locator(".cv-controls :is(input, select)").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert len(sizes) > 4
    assert min(sizes) >= 16


LAST_LINE = """title => {
    const words = title.querySelector('strong').firstChild, range = document.createRange(), lines = new Map();
    words.data = 'Automatic Layer Growing in Deep Convolutional Networks';
    title.style.inlineSize = 'max-content';
    range.setStart(words, 0);
    range.setEnd(words, words.data.lastIndexOf(' '));
    title.style.inlineSize = `${range.getBoundingClientRect().width + 3}px`;
    for (const {index, 0: word} of words.data.matchAll(/\\S+/g)) {
        range.setStart(words, index);
        range.setEnd(words, index + word.length);
        const {top} = range.getBoundingClientRect();
        lines.set(top, [...(lines.get(top) ?? []), word]);
    }
    return [...lines.values()].at(-1);
}"""
"""The words of the last line of a title that has room for all but its last word on the first."""


def test_no_title_ends_with_a_word_alone_on_its_line(visit: Visit) -> None:
    page = visit("plain.html")
    assert page.locator(".cv-title").first.evaluate(LAST_LINE) == ["Convolutional", "Networks"]


@pytest.mark.parametrize(("touch", "height"), [(False, 32), (True, 40)])
def test_the_files_of_a_list_are_easily_hit(visit: Visit, touch: bool, height: int) -> None:
    page = visit("index.html", "phone", has_touch=touch, is_mobile=touch)
    boxes = [link.bounding_box() for link in page.locator(".cv-downloads a").all()]
    assert len(boxes) == 4
    assert [box for box in boxes if box["height"] < height] == []


@pytest.mark.parametrize("word", ["Undated", "Päiväämätön"])
def test_the_word_for_no_year_is_whole_and_touches_no_title(visit: Visit, word: str) -> None:
    page = visit("plain.html")
    # In a font that is as wide as any.
    page.add_style_tag(content="body { font-family: 'DejaVu Sans', Verdana, sans-serif; letter-spacing: 0.03em }")
    heading = page.locator("section.cv-by-year > h2", has_text="Undated")
    lines, gap = heading.evaluate(
        """(heading, word) => {
            heading.firstChild.textContent = word;
            const range = document.createRange();
            range.selectNodeContents(heading.firstChild);
            const list = heading.parentElement.querySelector("ul").getBoundingClientRect();
            return [range.getClientRects().length, list.left - range.getBoundingClientRect().right];
        }""",
        word,
    )
    assert lines == 1
    assert gap > 8


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["index.html", "index.html?q=net&award=1", "index.html?q=nothing+fits", "publications/net.html"]
)
def test_axe_finds_nothing(visit: Visit, size: str, scheme: str, name: str) -> None:
    script = node_modules() / "axe-core" / "axe.min.js"
    page = visit(name, size, color_scheme=scheme)
    if name.startswith("index"):
        open_all(page)
        for unfolding in page.locator("#pub-net summary:visible").all():
            unfolding.click()
    else:
        page.locator("details.cv-bibtex summary").click()
    page.add_script_tag(path=script)
    found = page.evaluate("axe.run('article')")
    told = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]]
    assert told == []
    assert found["passes"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_focused_shows(visit: Visit, scheme: str) -> None:
    page = visit("index.html?q=net", color_scheme=scheme)
    open_all(page)
    page.focus("input.cv-search")
    for _step in range(page.locator(f"{CONTROLS}:visible").count()):
        style = page.evaluate(
            "(() => { const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);"
            "return [outlineStyle, outlineWidth] })()"
        )
        assert style == ["solid", "2px"], page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Tab")
    assert not page.evaluate("!!document.activeElement.closest('.cv-controls')")


def test_what_is_chosen_shows_in_forced_colours(visit: Visit) -> None:
    page = visit("index.html?award=1", forced_colors="active")
    colours = page.locator(".cv-pill").evaluate_all(
        "all => all.map(pill => [pill.ariaPressed, getComputedStyle(pill).backgroundColor])"
    )
    assert len({colour for pressed, colour in colours if pressed == "true"}) == 1
    assert {pressed for pressed, _ in colours} == {"true", "false"}
    assert {c for p, c in colours if p == "true"}.isdisjoint({c for p, c in colours if p == "false"})


VISIBLE = """() => [...document.querySelectorAll(
    '.cv-filter :is(.cv-count, legend, .cv-choice > span, input, button, select)'
)].filter(one => one.checkVisibility()).map(one => one.selectedOptions?.[0].text ?? (one.value || one.innerText))"""


@pytest.mark.parametrize("size", SIZES)
def test_paper_says_what_was_chosen(visit: Visit, size: str) -> None:
    page = visit("index.html?award=1&year=2018-&q=net", size)
    open_all(page)
    page.emulate_media(media="print")
    assert shown(page) == ["pub-net", "pub-talk"]
    assert sorted(page.evaluate(VISIBLE)) == ["2 of 6", "2018 (2)", "Distinction", "Year", "from", "net"]


@pytest.mark.parametrize(
    ("size", "language", "hyphens"), [("phone", "de", "auto"), ("phone", "en", "manual"), ("desktop", "de", "manual")]
)
def test_a_long_german_title_is_hyphenated_on_a_phone(visit: Visit, size: str, language: str, hyphens: str) -> None:
    page = visit("index.html", size)
    page.evaluate("language => { document.documentElement.lang = language; }", language)
    assert page.locator("h1").first.evaluate("title => getComputedStyle(title).hyphens") == hyphens


def test_a_drawer_opens_below_its_button(visit: Visit) -> None:
    page = visit("index.html", "phone")
    open_all(page)
    drawers = page.locator(".cv-drawer:visible")
    assert [bool(drawer.locator(".cv-action").count()) for drawer in drawers.all()] == [True, False]


def test_a_list_begins_on_the_sheet_of_its_heading(address: str, browser: Any, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(f"{address}index.html?year=2019-")
    printed, begins = tmp_path / "page.pdf", {}
    for height in range(120, 260, 20):
        page.pdf(path=printed, width="210mm", height=f"{height}mm")
        run = subprocess.run([needed("pdftotext"), "-l", "1", printed, "-"], capture_output=True, text=True, check=True)
        begins[height] = "TernNet" in run.stdout
    page.close()
    assert begins == dict.fromkeys(begins, True)


def test_paper_has_what_is_shown_without_the_controls(visit: Visit) -> None:
    page = visit("index.html")
    page.emulate_media(media="print")
    assert not page.locator(".cv-filter").is_visible()
    page = visit("publications/net.html")
    page.locator("details.cv-bibtex summary").click()
    page.emulate_media(media="print")
    assert not page.locator(".cv-action").is_visible()


def test_nothing_of_the_data_runs(visit: Visit) -> None:
    page = visit("index.html?topic=constructor")
    open_all(page)
    assert page.locator("article :is(img, script:not([type='application/json']))").count() == 0
    assert shown(page) == ["pub-nasty"]
