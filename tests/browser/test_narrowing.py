"""Readers search a list, choose from it, and find all of it in the address again."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

from tests.browser.conftest import SIZES, Visit, shown

ALL = ["pub-net", "pub-road", "pub-talk", "pub-long", "pub-nasty", "pub-undated"]
BOX = "input.cv-search"


def query(page: Any) -> str:
    return str(page.evaluate("location.search"))


def pill(page: Any, label: str) -> Any:
    return page.get_by_role("button", name=re.compile(f"^{label} \\d+$"))


def menu(page: Any, label: str) -> Any:
    return page.get_by_role("combobox", name=label, exact=True)


def open_filters(page: Any) -> None:
    page.get_by_role("button", name=re.compile("ilters")).click()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ternnet", ["pub-net"]),
        ("strasse", ["pub-road"]),
        ("STRASSE uber", ["pub-road"]),
        ("Muller zoe", ["pub-net"]),
        ("conference papers", []),
        ("coe networks", ["pub-net", "pub-talk"]),
        ("speech", ["pub-talk"]),
        ("best paper", ["pub-net"]),
        ("2018 doe", ["pub-long", "pub-nasty"]),
        ("an abstract is not searched", []),
        ("onerror alert", ["pub-nasty"]),
        ("__proto__", ["pub-nasty"]),
        ("?!", ALL),
    ],
)
def test_every_word_must_match_whatever_its_case_and_accents(visit: Visit, words: str, expected: list[str]) -> None:
    page = visit("index.html")
    page.fill(BOX, words)
    assert shown(page) == expected
    assert page.locator(".cv-count").text_content() == f"{len(expected)} of {len(ALL)}"
    assert page.locator(".cv-none", has_text="No publication fits.").is_visible() is not bool(expected)


def test_authors_whom_the_list_leaves_out_are_found(visit: Visit) -> None:
    page = visit("flat.html")
    assert "Bo Sample" not in page.locator("#pub-net").text_content()
    page.fill(BOX, "bo sample")
    assert shown(page) == ["pub-net", "pub-road", "pub-talk"]


@pytest.mark.parametrize("size", SIZES)
def test_buttons_narrow_down_and_count_what_they_would_show(visit: Visit, size: str) -> None:
    page = visit("index.html", size)
    if size == "phone":
        assert not pill(page, "Distinction").is_visible()
        open_filters(page)
    counts = {"First author": 3, "Last author": 1, "Corresponding author": 1, "Distinction": 2, "Code": 2}
    found = page.locator(".cv-pill").all_inner_texts()
    assert found == [f"{label} {count}" for label, count in counts.items()]
    pill(page, "Distinction").click()
    assert shown(page) == ["pub-net", "pub-talk"]
    assert pill(page, "Distinction").get_attribute("aria-pressed") == "true"
    assert page.locator(".cv-pill").all_inner_texts()[0] == "First author 1"
    pill(page, "First author").click()
    assert shown(page) == ["pub-net"]
    assert query(page) == "?award=1&first=1" or query(page) == "?first=1&award=1"
    pill(page, "Distinction").click()
    pill(page, "First author").click()
    assert shown(page) == ALL
    assert query(page) == ""


@pytest.mark.parametrize(
    ("label", "option", "expected", "parameter"),
    [
        ("from", "2019 (3)", ["pub-net", "pub-road", "pub-talk"], "year=2019-"),
        ("to", "2019 (3)", ["pub-talk", "pub-long", "pub-nasty"], "year=-2019"),
        ("Type", "Journal articles (1)", ["pub-long"], "type=article"),
        ("Venue", "CoE (2)", ["pub-net", "pub-talk"], "venue=CoE"),
        ("Venue", "__proto__ (1)", ["pub-nasty"], "venue=__proto__"),
        ("Topic", "networks (3)", ["pub-net", "pub-talk", "pub-long"], "topic=networks"),
        ("Topic", "constructor (1)", ["pub-nasty"], "topic=constructor"),
        ("Acceptance rate", "at most 20% (1)", ["pub-net"], "rate=20"),
        ("Acceptance rate", "at most 50% (2)", ["pub-net", "pub-road"], "rate=50"),
    ],
)
def test_menus_narrow_down(visit: Visit, label: str, option: str, expected: list[str], parameter: str) -> None:
    page = visit("index.html")
    open_filters(page)
    menu(page, label).select_option(label=option)
    assert shown(page) == expected
    assert query(page) == f"?{parameter}"
    assert page.get_by_role("button", name="More filters (1)").is_visible()


def test_menus_count_what_the_rest_leaves(visit: Visit) -> None:
    page = visit("index.html?code=1")
    open_filters(page)
    options = menu(page, "Venue").locator("option")
    assert options.all_inner_texts() == ["Any", "__proto__ (0)", "CoE (2)", "CoR (0)", "Journal of Examples (0)"]
    disabled = options.evaluate_all("all => all.map(option => option.disabled)")
    assert disabled == [False, True, False, True, True]
    menu(page, "Venue").select_option(label="CoE (2)")
    # The other venues count as if they were chosen in its place.
    pill(page, "Code").click()
    assert options.all_inner_texts() == ["Any", "__proto__ (1)", "CoE (2)", "CoR (1)", "Journal of Examples (1)"]


def test_facets_that_make_no_difference_are_not_there(visit: Visit) -> None:
    page = visit("alike.html")
    assert page.locator(".cv-pill, .cv-menus select").count() == 0
    assert not page.get_by_role("button", name=re.compile("ilters")).is_visible()
    page.fill(BOX, "nothing like it")
    assert shown(page) == []


def test_headings_go_with_their_last_entry(visit: Visit) -> None:
    page = visit("index.html", "desktop")
    page.set_viewport_size({"width": 1500, "height": 900})
    contents = page.locator(".toc-tree a:visible")
    assert contents.all_inner_texts() == ["2021", "2019", "2018", "Undated"]
    page.fill(BOX, "talking")
    sections = page.locator("section.cv-group:visible")
    assert sections.evaluate_all("all => all.map(section => section.id)") == ["year-2019"]
    assert contents.all_inner_texts() == ["2019"]
    page.fill(BOX, "")
    assert contents.all_inner_texts() == ["2021", "2019", "2018", "Undated"]


def test_headings_that_are_no_sections_go_too(visit: Visit) -> None:
    page = visit("two.html?2.q=talking")
    assert page.locator("li .cv-group-title:visible").all_inner_texts() == ["2019"]


def test_an_entry_under_several_headings_goes_from_all(visit: Visit) -> None:
    page = visit("two.html")
    first = "article > section > section.cv-group"
    ternnet, roads = (f"{first} >> li:visible:has-text('{words}')" for words in ("TernNet", "Roads"))
    assert page.locator(ternnet).count() == 2
    page.locator(BOX).first.fill("roads")
    assert shown(page, first) == ["pub-road"]
    page.locator(BOX).first.fill("ternnet")
    assert [page.locator(entry).count() for entry in (ternnet, roads)] == [2, 0]


def test_lists_of_one_page_are_narrowed_by_themselves(visit: Visit) -> None:
    page = visit("two.html?q=roads&2.code=1")
    assert shown(page, "section.cv-group") == ["pub-road"]
    assert len(shown(page, "article li:not(.cv-publication)")) == 2


def test_matches_are_marked_and_the_page_is_not_changed(visit: Visit) -> None:
    page = visit("index.html")
    before = page.locator("#pub-road").inner_html()
    page.fill(BOX, "strasse uber")
    ranges = "[...CSS.highlights.get('cv-match')]"
    marked = f"{ranges}.map(found => found.startContainer.data.slice(found.startOffset, found.endOffset))"
    page.wait_for_function(f"{marked}.length === 2")
    assert page.evaluate(f"{marked}.sort()") == ["Straße", "Über"]
    assert page.locator("#pub-road").inner_html() == before
    # Half of a character is marked as the whole.
    page.fill(BOX, "stras")
    page.wait_for_function(f"{marked}.join() === 'Straß'")
    page.fill(BOX, "")
    page.wait_for_function(f"{marked}.length === 0")


def test_the_count_is_spoken_once_typing_rests(visit: Visit) -> None:
    page = visit("index.html")
    status = page.locator(".cv-controls [role=status]")
    page.evaluate(
        """() => { window.said = []; new MutationObserver(() => said.push(
            document.querySelector('.cv-controls [role=status]').textContent
        )).observe(document.querySelector('.cv-controls [role=status]'), {childList: true}) }"""
    )
    assert status.text_content() == ""
    page.locator(BOX).press_sequentially("roads", delay=20)
    page.wait_for_function("said.length")
    page.locator(BOX).press_sequentially("x")
    page.wait_for_function("said.length > 1")
    assert page.evaluate("said") == ["1 of 6", "No publication fits."]


def test_the_address_says_it_all_and_survives(visit: Visit) -> None:
    page = visit("index.html?utm=x&year=2019-&q=networks")
    assert shown(page) == ["pub-net", "pub-talk"]
    assert page.input_value(BOX) == "networks"
    pill(page, "Distinction").click()
    pill(page, "Code").click()
    assert shown(page) == ["pub-net", "pub-talk"]
    page.locator(BOX).press("End")
    page.locator(BOX).press_sequentially(" speech")
    page.wait_for_url("**speech**")
    assert sorted(query(page)[1:].split("&")) == ["award=1", "code=1", "q=networks+speech", "utm=x", "year=2019-"]
    page.reload()
    assert shown(page) == ["pub-talk"]
    assert pill(page, "Distinction").get_attribute("aria-pressed") == "true"


def test_choices_are_steps_back_and_typing_is_not(visit: Visit) -> None:
    page = visit("index.html")
    length = page.evaluate("history.length")
    page.locator(BOX).press_sequentially("networks", delay=5)
    pill(page, "Code").click()
    assert page.evaluate("history.length") == length + 1
    assert shown(page) == ["pub-net", "pub-talk"]
    page.go_back()
    page.wait_for_function("!location.search.includes('code')")
    assert shown(page) == ["pub-net", "pub-talk", "pub-long"]
    assert page.input_value(BOX) == "networks"
    assert pill(page, "Code").get_attribute("aria-pressed") == "false"
    page.go_forward()
    page.wait_for_function("location.search.includes('code')")
    assert shown(page) == ["pub-net", "pub-talk"]


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        ("2018", ["pub-long", "pub-nasty"]),
        ("2020-", ["pub-net", "pub-road"]),
        ("-2020", ["pub-talk", "pub-long", "pub-nasty"]),
        ("2018-2019", ["pub-talk", "pub-long", "pub-nasty"]),
        ("recent", ALL),
        ("-", ALL),
        ("1e9", ALL),
    ],
)
def test_years_of_an_address_need_not_be_those_of_a_paper(visit: Visit, year: str, expected: list[str]) -> None:
    assert shown(visit(f"index.html?year={year}")) == expected


@pytest.mark.parametrize("value", ["constructor", "__proto__x", "%00", "</script>", "-1", "0"])
@pytest.mark.parametrize("name", ["venue", "type", "award", "rate"])
def test_what_an_address_asks_for_in_vain_is_passed_over(visit: Visit, name: str, value: str) -> None:
    assert shown(visit(f"index.html?{name}={value}")) == ALL


@pytest.mark.parametrize("how", ["escape", "button"])
def test_all_is_cleared_at_once(visit: Visit, how: str) -> None:
    page = visit("index.html?q=networks&award=1&utm=x")
    clear = page.get_by_role("button", name="Clear")
    assert clear.is_visible()
    if how == "escape":
        pill(page, "Distinction").press("Escape")
    else:
        clear.click()
    assert shown(page) == ALL
    assert query(page) == "?utm=x"
    assert not clear.is_visible()
    assert page.evaluate("document.activeElement.className") == "cv-search"
    page.go_back()
    page.wait_for_function("location.search.includes('award')")
    assert shown(page) == ["pub-net", "pub-talk"]


def test_a_link_to_an_entry_shows_it_whatever_is_chosen(visit: Visit) -> None:
    page = visit("index.html?award=1&utm=x#pub-undated")
    assert shown(page) == ALL
    assert page.evaluate("location.search + location.hash") == "?utm=x#pub-undated"
    page.wait_for_function("document.querySelector('#pub-undated').getBoundingClientRect().top < innerHeight")
    pill(page, "Distinction").click()
    assert page.evaluate("location.hash") == ""
    page.evaluate("location.hash = '#year-2018'")
    page.wait_for_function("location.search === '?utm=x'")
    assert shown(page) == ALL


def test_a_link_to_an_entry_that_is_shown_leaves_the_choice(visit: Visit) -> None:
    page = visit("index.html?award=1#pub-talk")
    assert shown(page) == ["pub-net", "pub-talk"]
    assert page.evaluate("location.search + location.hash") == "?award=1#pub-talk"


@pytest.mark.parametrize("fragment", ["#%", "#nowhere", "#papers", "#"])
def test_other_fragments_change_nothing(visit: Visit, fragment: str) -> None:
    assert shown(visit(f"index.html?award=1{fragment}")) == ["pub-net", "pub-talk"]


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_a_key_leads_to_the_box(visit: Visit, key: str) -> None:
    page = visit("index.html?q=abc")
    page.keyboard.press(key)
    assert page.evaluate("document.activeElement.className") == "cv-search"
    page.keyboard.type("/k")
    assert page.input_value(BOX) == "/k"


def test_the_keys_leave_other_fields_and_pages_alone(visit: Visit) -> None:
    page = visit("index.html")
    page.locator(".sidebar-search").press_sequentially("a/b")
    page.keyboard.press("Control+k")
    assert page.input_value(".sidebar-search") == "a/b"
    assert page.evaluate("document.activeElement.className") == "sidebar-search"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=a%2Fb**")
    page = visit("bare.html")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.className") == "sidebar-search"


def test_enter_loads_nothing(visit: Visit) -> None:
    page = visit("index.html")
    page.evaluate("window.same = true")
    page.fill(BOX, "net")
    page.press(BOX, "Enter")
    page.wait_for_timeout(100)
    assert page.evaluate("window.same")


# On the page, which may be scrolling.
PLACE = """(() => {
    const {x, y, width, height} = document.activeElement.getBoundingClientRect();
    return {x, y: y + scrollY, width, height};
})()"""


@pytest.mark.parametrize("size", SIZES)
def test_the_order_of_the_keyboard_is_that_of_the_eye(visit: Visit, size: str) -> None:
    page = visit("index.html?award=1", size)
    open_filters(page)
    page.get_by_role("button", name="Export").click()
    page.focus(BOX)
    boxes = []
    while page.evaluate("!!document.activeElement.closest('.cv-controls')"):
        boxes.append(page.evaluate(PLACE))
        page.keyboard.press("Tab")
    assert len(boxes) > 12
    for before, after in pairwise(boxes):
        is_right = after["x"] >= before["x"] + before["width"]
        is_below = after["y"] >= before["y"] + before["height"]
        assert is_right or is_below, (before, after)
