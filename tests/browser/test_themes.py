"""In every theme, light and dark, all our parts can be read and used, and no style of the theme spoils them."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sphinx_cv_ext.starter import THEMES
from tests import themes
from tests.browser.conftest import SIZES, serve
from tests.tools import needed, node_modules

SCHEMES = dict.fromkeys(THEMES, ("light",)) | dict.fromkeys(
    ("furo", "pydata_sphinx_theme", "sphinx_book_theme"), ("light", "dark")
)
"""The colour schemes of a reader's system to which each theme adapts."""

OPEN_ALL = """for (const button of document.querySelectorAll('.cv-opener')) button.click();
for (const details of document.querySelectorAll('details')) details.open = true;"""

CONTRAST = """axe.run('main, [role=main]', {runOnly: ['color-contrast'], resultTypes: ['violations']}).then(found =>
    found.violations.flatMap(rule => rule.nodes).map(node => [node.any[0].data.fgColor, node.html.slice(0, 200)]))"""

LOOKS = """([selector, names]) => [...document.querySelectorAll(selector)].map(
    one => names.map(name => getComputedStyle(one)[name]).join(' '))"""

SIDES = ("top", "bottom", "left", "right")

HEADINGS = ".cv-page :is(h1, h2)"


@pytest.fixture(scope="module", params=THEMES)
def theme(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A theme, and the address of the site in it."""
    built = themes.build(tmp_path_factory.mktemp(request.param), request.param)
    assert built.warnings == []
    with serve(built.out) as address:
        yield request.param, address


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page on which nothing goes wrong."""
    errors: list[str] = []
    context = browser.new_context(reduced_motion="reduce")
    opened = context.new_page()
    opened.set_default_timeout(5000)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


def go(page: Any, address: str, name: str, size: str = "desktop") -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}{name}.html")
    page.evaluate(f"() => {{ {OPEN_ALL} }}")


@pytest.mark.parametrize("size", SIZES)
def test_a_title_is_larger_than_the_headings_below_it(page: Any, theme: tuple[str, str], size: str) -> None:
    go(page, theme[1], "publications/net", size)
    title, *headings = [float(found.partition("px")[0]) for found in page.evaluate(LOOKS, [HEADINGS, ["fontSize"]])]
    assert len(headings) > 1
    assert all(title >= 1.15 * heading for heading in headings)


def test_every_word_stands_out_from_what_is_behind_it(page: Any, theme: tuple[str, str]) -> None:
    name, address = theme
    axe = (node_modules() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def faint(place: str) -> dict[str, str]:
        """For each colour that is hard to read, a word in that colour."""
        go(page, address, place)
        page.evaluate(axe)
        return dict(page.evaluate(CONTRAST))

    for scheme in SCHEMES[name]:
        page.emulate_media(color_scheme=scheme)
        # A link in running text or in a table has the colour that the theme gives it.
        theirs = faint("plain").keys()
        assert len(theirs) <= 2
        for place in themes.PAGES:
            assert {colour: html for colour, html in faint(place).items() if colour not in theirs} == {}
        behind = page.evaluate("getComputedStyle(document.body).getPropertyValue('background-color')")
        assert (sum(map(int, re.findall(r"\d+", behind))) < 200) is (scheme == "dark")


# The border of a badge or button against the page, by the colours as they are painted.
EDGES = """() => {
    const paint = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const light = colour => {
        paint.fillStyle = colour;
        paint.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map(
            one => one <= 10 ? one / 3294 : ((one / 255 + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const page = light(getComputedStyle(document.body).getPropertyValue('--cv-page'));
    return [...document.querySelectorAll('.cv-badge, .cv-link, .cv-pill, .cv-search, .cv-opener, .cv-choice select')]
        .map(one => [one.className, light(getComputedStyle(one).borderTopColor)])
        .map(([name, edge]) => [name, Math.max(edge, page) / Math.min(edge, page)]);
}"""


def test_the_edge_of_a_badge_or_button_is_seen(page: Any, theme: tuple[str, str]) -> None:
    name, address = theme
    for scheme in SCHEMES[name]:
        page.emulate_media(color_scheme=scheme)
        go(page, address, "list")
        edges = page.evaluate(EDGES)
        assert len(edges) > 10
        assert [(of, ratio) for of, ratio in edges if ratio < 3] == []


LOAD_ALL = """Promise.all([...document.images].map(image => {
    image.loading = 'eager';
    return image.decode();
}))"""

BOXES = """selector => [...document.querySelectorAll(selector)].map(
    one => one.getBoundingClientRect()).map(({left, top, width, height}) => ({left, top, width, height}))"""


def boxes(page: Any, selector: str) -> list[dict[str, float]]:
    """The place and the size of what a selector finds."""
    found: list[dict[str, float]] = page.evaluate(BOXES, selector)
    assert found, selector
    return found


@pytest.mark.parametrize("size", SIZES)
def test_a_portrait_stands_beside_the_words_about_its_owner(page: Any, theme: tuple[str, str], size: str) -> None:
    go(page, theme[1], "index", size)
    (portrait,) = boxes(page, "img.cv-portrait")
    assert 96 <= portrait["width"] <= 176
    assert portrait["height"] == pytest.approx(portrait["width"] * 4 / 3, abs=1)
    end = page.evaluate(
        """() => {
            const words = document.createRange();
            words.selectNodeContents(document.querySelector('.cv-position'));
            return words.getBoundingClientRect().right;
        }"""
    )
    assert end < portrait["left"]


@pytest.mark.parametrize("size", SIZES)
def test_what_somebody_is_stands_close_under_the_name(page: Any, theme: tuple[str, str], size: str) -> None:
    go(page, theme[1], "index", size)
    (name,), (position,) = boxes(page, "section > h1"), boxes(page, ".cv-position")
    assert 2 <= position["top"] - (name["top"] + name["height"]) <= 6


@pytest.mark.parametrize("size", SIZES)
def test_a_long_word_below_a_figure_stays_there(page: Any, theme: tuple[str, str], size: str) -> None:
    go(page, theme[1], "index", size)
    labels = page.locator(".cv-figure-label")
    labels.evaluate_all("all => all.forEach(one => { one.textContent = 'Veröffentlichungsverzeichnisse'; })")
    room = "all => all.map(one => [one.scrollWidth, one.clientWidth])"
    assert [needs <= has for needs, has in labels.evaluate_all(room)] == [True] * labels.count()


LINES = """selector => [...document.querySelectorAll(selector)].map(one => {
    const words = document.createRange();
    words.selectNodeContents(one.firstChild);
    return new Set([...words.getClientRects()].map(({top}) => Math.round(top))).size;
})"""


SPLIT = """async when => {
    for (const one of document.querySelectorAll('.cv-when')) one.textContent = when;
    const node = document.querySelector('.cv-when').firstChild, range = document.createRange();
    const lines = new Map();
    for (let i = 0; i < when.length; i++) {
        range.setStart(node, i);
        range.setEnd(node, i + 1);
        const top = Math.round(range.getBoundingClientRect().top);
        lines.set(top, (lines.get(top) ?? '') + when[i]);
    }
    return [...lines.values()].map(line => line.trim());
}"""


@pytest.mark.parametrize(
    ("start", "end"),
    [("May 31, 2016", "Aug 31, 2018"), ("31. Mai 2016", "31. Aug. 2018"), ("2016年5月31日", "2018年8月31日")],
)
def test_a_long_span_of_time_breaks_between_its_dates(page: Any, theme: tuple[str, str], start: str, end: str) -> None:
    go(page, theme[1], "index")
    lines = page.evaluate(SPLIT, f"{start} – {end}")
    assert lines in ([f"{start} – {end}"], [f"{start} –", end], [start, f"– {end}"])


def test_a_name_in_another_script_stays_on_a_line(page: Any, theme: tuple[str, str]) -> None:
    go(page, theme[1], "index", "phone")
    for width in range(240, 400, 20):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(LINES, "h1 .cv-native") == [1]


@pytest.mark.parametrize("size", SIZES)
def test_the_picture_of_a_publication_is_small_and_keeps_its_shape(
    page: Any, theme: tuple[str, str], size: str
) -> None:
    go(page, theme[1], "list", size)
    page.evaluate(LOAD_ALL)
    rooms, pictures = boxes(page, ".cv-preview"), boxes(page, ".cv-preview img")
    (wide, tall), shapes = pictures, (10 / 4, 4 / 10)
    assert [wide["width"], tall["height"]] == pytest.approx([rooms[0]["width"], rooms[1]["height"]], abs=1)
    for room, picture, shape in zip(rooms, pictures, shapes, strict=True):
        assert 80 <= room["width"] <= 144
        assert room["height"] == pytest.approx(room["width"] * 3 / 4, abs=1)
        assert picture["width"] / picture["height"] == pytest.approx(shape, rel=0.05)
        ends = (one["left"] + one["width"] for one in (room, picture))
        assert len({round(end) for end in ends}) == 1


STUCK = """() => {
    const heading = document.querySelector('section.cv-by-year > h2');
    const before = heading.getBoundingClientRect().top;
    scrollBy({top: before + 150, behavior: 'instant'});
    const {left, top, bottom} = heading.getBoundingClientRect();
    const seen = [top + 4, bottom - 4].map(y => document.elementFromPoint(left + 5, y));
    return [before, scrollY, seen.map(one => heading.contains(one))];
}"""


@pytest.mark.parametrize("width", [800, 1280])
def test_the_year_is_seen_while_its_papers_go_by(page: Any, theme: tuple[str, str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 400})
    page.goto(f"{theme[1]}list.html")
    before, moved, seen = page.evaluate(STUCK)
    assert moved > before
    assert seen == [True, True]


def test_every_page_fits_a_phone(page: Any, theme: tuple[str, str]) -> None:
    widths = {}
    for place in themes.PAGES:
        go(page, theme[1], place, "phone")
        widths[place] = page.evaluate("document.documentElement.scrollWidth")
    assert max(widths.values()) <= SIZES["phone"][0], widths


def test_what_a_theme_does_to_such_elements_is_not_done_to_ours(page: Any, theme: tuple[str, str]) -> None:
    def looks(selector: str, *names: str) -> set[str]:
        found: list[str] = page.evaluate(LOOKS, [selector, list(names)])
        assert found, selector
        return set(found)

    lists = "ul:is(.cv-publications, .cv-entries, .cv-figures, .cv-chart-legend, .cv-chart-rows)"
    for place in ("index", "list", "charts"):
        go(page, theme[1], place)
        if place == "index":
            assert looks("li.cv-dated > ul > li", "listStyleType") == {"disc"}
            assert looks(".cv-lead a", "textDecorationLine", "borderBottomWidth") == {"underline 0px"}
        assert looks(f":is({lists}) > li", "listStyleType", "marginLeft") == {'"" 0px'}
    assert looks(".cv-chart", "paddingLeft", "marginLeft") == {"0px 0px"}
    assert looks(".cv-chart svg", "overflowX") == {"visible"}
    assert looks(".cv-chart td", "whiteSpace") == {"normal"}
    go(page, theme[1], "list")
    assert looks(".cv-bibtex pre > code", "borderTopWidth", "paddingLeft", "backgroundColor", "whiteSpace") == {
        "0px 0px rgba(0, 0, 0, 0) pre-wrap"
    }
    assert looks(".cv-title a", "borderBottomWidth", "textDecorationLine") == {"0px none"}
    assert looks("a.cv-person", "borderBottomWidth", "textDecorationLine") == {"0px underline"}
    assert looks("a.cv-person", "color") <= looks(".cv-authors, .cv-authors .cv-owner, .cv-venue", "color")
    assert looks(".cv-years legend", "fontSize", "fontWeight", "float") == looks(
        ".cv-choice > span", "fontSize", "fontWeight", "float"
    )
    assert looks(".cv-search, .cv-controls select, .cv-opener", "borderTopLeftRadius", "boxShadow") == {"6px none"}


def test_a_list_is_narrowed_down_and_taken_away(page: Any, theme: tuple[str, str]) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{theme[1]}list.html")
    page.keyboard.press("/")
    page.keyboard.type("strasse")
    shown = page.locator("li.cv-publication:visible")
    assert shown.evaluate_all("all => all.map(one => one.id)") == ["pub-road"]
    shown.locator(".cv-bibtex summary").click()
    shown.get_by_role("button", name="Copy").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('@inproceedings{road'))")


COVERED = """() => {
    const all = [...document.querySelectorAll(
        '.cv-lines a, .cv-links a, .cv-downloads a, .cv-controls :is(button, select, input), summary')]
        .filter(one => one.closest('main, [role=main]') && one.checkVisibility({visibilityProperty: true}));
    scrollTo({top: 1e6, behavior: 'instant'});
    return all.reverse().filter(one => {
        one.focus({focusVisible: true});
        const {left, right, top} = one.getBoundingClientRect();
        const found = document.elementFromPoint((left + Math.min(right, innerWidth)) / 2, top + 3);
        return !found || !(one.contains(found) || found.contains(one));
    }).map(one => one.outerHTML.slice(0, 150));
}"""


@pytest.mark.parametrize("size", SIZES)
def test_what_is_focused_is_not_under_a_header(page: Any, theme: tuple[str, str], size: str) -> None:
    for place in ("index", "list"):
        go(page, theme[1], place, size)
        page.set_viewport_size({"width": SIZES[size][0], "height": 500})
        assert page.evaluate(COVERED) == []


def test_no_heading_of_a_list_is_the_last_on_its_sheet(page: Any, theme: tuple[str, str]) -> None:
    page.emulate_media(media="print")
    go(page, theme[1], "list")
    titles = ":is(h1, h2):has(+ :is(.cv-filter, .cv-publications))"
    assert page.locator(titles).count() == 5
    assert page.evaluate(LOOKS, [titles, ["breakAfter"]]) == ["avoid"] * 5
    # Nor one that has groups below it, each with a heading of its own.
    page.locator(".cv-filter").evaluate_all("filters => filters.forEach(filter => filter.remove())")
    assert page.evaluate(LOOKS, ["h1:has(+ .cv-group)", ["breakAfter"]]) == ["avoid"]


def test_no_word_is_lost_between_two_sheets_of_paper(page: Any, theme: tuple[str, str], tmp_path: Path) -> None:
    printed = tmp_path / "page.pdf"
    for place in ("index", "list"):
        page.goto(f"{theme[1]}{place}.html")
        page.emulate_media(media="print")
        lines = page.locator(":is(.cv-title, .cv-authors, .cv-venue, .cv-lead, .cv-rest, .cv-dated li):visible")
        words = set(re.findall(r"\w+", " ".join(lines.all_inner_texts())))
        assert len(words) > 10
        for height in (100, 150):
            page.pdf(path=printed, width="210mm", height=f"{height}mm", margin=dict.fromkeys(SIDES, "15mm"))
            run = subprocess.run([needed("pdftotext"), printed, "-"], capture_output=True, check=True)
            text = unicodedata.normalize("NFKC", run.stdout.decode())
            assert words - set(re.findall(r"\w+", text)) == set()


def test_paper_begins_with_the_page(page: Any, theme: tuple[str, str]) -> None:
    go(page, theme[1], "index")
    page.emulate_media(media="print")
    assert not page.get_by_text("Skip to").locator("visible=true").count()


def test_names_on_paper_are_only_names(page: Any, theme: tuple[str, str]) -> None:
    go(page, theme[1], "list")
    page.emulate_media(media="print")
    found = page.evaluate(
        """() => [...document.querySelectorAll('a.cv-person')].map(link =>
            [getComputedStyle(link).textDecorationLine, getComputedStyle(link, '::after').content])"""
    )
    assert found
    assert all(line == "none" and content in ("none", "normal") for line, content in found)


def test_the_word_before_a_long_identifier_is_whole_on_paper(page: Any, theme: tuple[str, str]) -> None:
    go(page, theme[1], "list", "phone")
    page.emulate_media(media="print")
    link = page.locator(".cv-link-doi")
    link.evaluate("link => { link.href += '.with-a-suffix-that-has-no-place-to-break'.repeat(3); }")
    assert page.evaluate(LINES, ".cv-link-doi > span") == [1]


def test_titles_have_the_ink_that_the_guide_names(page: Any, theme: tuple[str, str]) -> None:
    for place, title in (("index", ".cv-lead"), ("list", ".cv-title")):
        go(page, theme[1], place)
        page.add_style_tag(content="body { --cv-ink: rgb(1, 2, 3) }")
        assert set(page.evaluate(LOOKS, [f"{title}, {title} strong", ["color"]])) == {"rgb(1, 2, 3)"}


def test_nothing_glides_for_who_has_asked_for_less_motion(page: Any, theme: tuple[str, str]) -> None:
    go(page, theme[1], "list")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_what_is_focused_shows(page: Any, theme: tuple[str, str]) -> None:
    for place in ("list", "publications/net"):
        go(page, theme[1], place)
        unseen = page.evaluate(
            """() => [...document.querySelectorAll('[class^="cv-"] :is(a, button, select, input, summary)')]
                .filter(one => one.checkVisibility({visibilityProperty: true}))
                .filter(one => {
                    one.focus({focusVisible: true});
                    const {outlineStyle, outlineWidth} = getComputedStyle(one);
                    return outlineStyle === 'none' || outlineWidth === '0px';
                }).map(one => one.outerHTML)"""
        )
        assert unseen == []
