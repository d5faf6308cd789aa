"""Everyone can read and use every page of the profile site, whatever their screen, eyes, hands, line and script."""

from __future__ import annotations

import functools
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import serve
from tests.project import Project
from tests.site.built import ADDRESS, Site, build_profile
from tests.tools import node_modules

SCRIPT = Path(__file__).parent / "everyone.js"
SIZES = {"phone": (390, 844), "desktop": (1280, 900), "wide": (1440, 900)}
"""Only on a wide screen is the table of contents of a page beside it."""

LANDING, LIST, WORK, DATED = "index.html", "publications.html", "publications/wen2017terngrad.html", "experience.html"
CHOSEN = f"{LIST}?award=1&q=neural"

OF_THE_THEME = {
    ("landmark-unique", "sidebar-drawer"): "both drawers are asides, and neither has a name",
    ("page-has-heading-one", "html"): "the heading of search.html is for those without a script",
    ("target-size", "toc-drawer"): "the lines of the contents are 22 pixels high",
}
"""What axe finds in Furo without our extension, and why."""

MENDED = {("target-size", "toc-drawer"), ("page-has-heading-one", "html")}
"""Which of these our site has fixed in its own stylesheet and templates."""

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def profile(shared_folder: Path) -> Site:
    """The site as it is published, with its page for what is not there."""
    return build_profile(shared_folder, "html", ADDRESS)


@pytest.fixture(scope="session")
def top(profile: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site on this machine, in a folder as deep as that of its real address."""
    root, path = tmp_path_factory.mktemp("published"), urlsplit(ADDRESS).path
    place = root / path.strip("/")
    place.parent.mkdir(parents=True)
    place.symlink_to(profile.folder)
    with serve(root) as address:
        yield address + path.removeprefix("/")


@pytest.fixture
def open_page(browser: Any, top: str) -> Iterator[Open]:
    """Open a page with what the tests ask of it; nothing on it moves unless a test wants that."""
    contexts: list[Any] = []

    def go(url: str = "", width: int = 1280, height: int = 900, **settings: Any) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height}, **{"reduced_motion": "reduce"} | settings
        )
        contexts.append(context)
        context.add_init_script(path=SCRIPT)
        page = context.new_page()
        page.set_default_timeout(5000)
        if url:
            page.goto(url if "://" in url else top + url)
        return page

    yield go
    for context in contexts:
        context.close()


def names(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def axe(page: Any, url: str) -> set[tuple[str, str, str, str]]:
    """What axe finds on a page in light and in dark colours; everything that can be unfolded is open."""
    page.emulate_media(color_scheme="light")
    page.goto(url)
    page.evaluate("openAll()")
    page.evaluate((node_modules() / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("problems()")
    page.emulate_media(color_scheme="dark")
    found += page.evaluate("problems(true)")
    return {(rule, place, html, urlsplit(url).path) for rule, place, html in found}


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_of_ours_on_any_page(open_page: Open, profile: Site, top: str, size: str) -> None:
    pages = names(profile.folder)
    assert {LANDING, LIST, WORK, "404.html", "search.html"} <= set(pages)
    page = open_page("", *SIZES[size])
    found = {problem for name in [*pages, CHOSEN] for problem in axe(page, top + name)}
    ours = [problem for problem in sorted(found) if problem[:2] not in OF_THE_THEME or problem[:2] in MENDED]
    assert ours == []
    assert {problem[:2] for problem in found} == set(OF_THE_THEME) - MENDED


def test_the_theme_alone_is_no_better(open_page: Open, tmp_path: Path) -> None:
    pages = {
        "index.md": "# Home\n\nWords.\n\n```{toctree}\nother\n```\n",
        "other.md": "# Other\n\n## A\n\n## B\n\n## C\n",
    }
    built = Project(
        tmp_path, pages, html_theme="furo", extensions=["myst_parser"], language="en", cv_pages=..., bibtex_bibfiles=...
    ).build()
    assert built.warnings == []
    page = open_page("", *SIZES["wide"])
    with serve(built.out) as address:
        found = {problem[:2] for name in names(built.out) for problem in axe(page, address + name)}
        assert found == set(OF_THE_THEME)


@pytest.mark.parametrize(("width", "scale"), [(320, 1), (640, 2)], ids=["320-pixels", "200-percent"])
def test_every_page_fits_a_narrow_screen(open_page: Open, profile: Site, top: str, width: int, scale: int) -> None:
    page = open_page("", width, 800, device_scale_factor=scale)
    misfits = {}
    for name in [*names(profile.folder), CHOSEN]:
        page.goto(top + name)
        page.evaluate("openAll()")
        misfits[name] = page.evaluate("misfits()")
    assert {name: told for name, told in misfits.items() if told} == {}


def test_six_figures_share_a_row(open_page: Open) -> None:
    page = open_page(LANDING)
    figures = page.locator("ul.cv-figures > li")
    # The landing page has five, and the one with the most words at the end.
    figures.first.evaluate("one => one.after(one.cloneNode(true))")
    assert figures.count() == 6
    assert len({box["y"] for box in (figure.bounding_box() for figure in figures.all())}) == 1


def test_the_figures_of_a_chart_stand_below_their_headings_on_a_phone(open_page: Open) -> None:
    page = open_page(LIST, 390)
    page.evaluate("openAll()")
    for table in page.locator(".cv-chart table").all():
        rows = [
            [round(cell.bounding_box()["x"]) for cell in row.locator("th, td").all()]
            for row in table.locator("tr").all()
        ]
        assert len(rows[0]) > 2
        assert rows == [rows[0]] * len(rows)
        assert table.locator("th").last.bounding_box()["width"] > 24


@pytest.mark.parametrize("name", [LANDING, LIST, CHOSEN, WORK])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(open_page: Open, name: str) -> None:
    page = open_page(name)
    page.evaluate("openAll()")
    stops = page.evaluate("stops()")
    assert len(stops) > 20
    for place, stop in enumerate(stops):
        page.keyboard.press("Tab")
        assert page.evaluate("focused()") == [place, True], stop
    page.keyboard.press("Tab")
    # No trap at the end: the browser itself, or the first again.
    assert page.evaluate("focused()")[0] in (-1, 0)


def test_what_the_keyboard_reaches_is_seen_on_a_narrow_screen(open_page: Open) -> None:
    page = open_page("guide/charts.html", 390)
    hidden, drawers = [], set()
    for _ in range(len(page.evaluate("stops()"))):
        page.keyboard.press("Tab")
        seen, words, drawer = page.evaluate(
            """() => {
                const it = document.activeElement, box = it.getBoundingClientRect();
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                const drawer = it.closest(".sidebar-drawer, .toc-drawer")?.className ?? null;
                return [top !== null && (it.contains(top) || top.contains(it)), it.textContent.trim(), drawer];
            }"""
        )
        drawers.add(drawer)
        if not seen:
            hidden.append(words)
    assert hidden == []
    assert drawers == {None, "sidebar-drawer", "toc-drawer"}
    # Both are hidden again when they lose the focus.
    page.evaluate("document.activeElement.blur()")
    for drawer in ("sidebar-drawer", "toc-drawer"):
        box = page.locator(f".{drawer}").bounding_box()
        assert box["x"] >= 390 or box["x"] + box["width"] <= 0


def test_the_keyboard_skips_to_the_content(open_page: Open) -> None:
    page = open_page(LIST)
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.get_attribute("href") == "#furo-main-content"
    # The theme lets it slide in.
    page.wait_for_function("document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article, .content') !== null")


@pytest.mark.parametrize("name", [LANDING, LIST, WORK])
def test_the_buttons_of_the_theme_can_be_clicked(open_page: Open, name: str) -> None:
    page = open_page(name)
    before = page.locator("body").get_attribute("data-theme")
    page.locator(".content-icon-container .theme-toggle").click(timeout=3000)
    assert page.locator("body").get_attribute("data-theme") != before
    contents = page.locator(".toc-content-icon:not(.no-toc)")
    if contents.count():
        contents.click(timeout=3000)
        assert page.locator("#__toc").is_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_link_in_a_text_is_told_from_it_by_more_than_a_hue(open_page: Open, scheme: str) -> None:
    page = open_page(LANDING, color_scheme=scheme)
    link, text, line, behind = page.evaluate(
        """() => {
            const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
            const luminance = colour => {
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(
                    value => value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const link = getComputedStyle(document.querySelector("article p:not([class]) a"));
            const body = getComputedStyle(document.body);
            return [link.color, body.color, link.textDecorationColor, body.backgroundColor].map(luminance);
        }"""
    )

    def ratio(one: float, other: float) -> float:
        return (max(one, other) + 0.05) / (min(one, other) + 0.05)

    assert max(ratio(link, text), ratio(line, behind)) >= 3


def test_nothing_of_ours_moves_for_those_who_do_not_want_it(open_page: Open) -> None:
    moving = """[...document.querySelectorAll('[class^="cv-"], [class*=" cv-"]')].filter(element => {
        const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(element);
        return parseFloat(transitionDuration) || animationName !== 'none' || scrollBehavior === 'smooth';
    }).length"""
    for name in (LANDING, CHOSEN, WORK):
        assert open_page(name).evaluate(moving) == 0
    assert open_page(WORK, reduced_motion="no-preference").evaluate(moving) > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_edges_and_patterns(open_page: Open, scheme: str) -> None:
    page = open_page(LIST, forced_colors="active", color_scheme=scheme)
    edges = page.locator(".cv-badge, .cv-link, .cv-pill, .cv-search").evaluate_all(
        """all => all.filter(one => one.checkVisibility()).map(one => {
            const {borderTopColor, borderTopStyle, borderTopWidth} = getComputedStyle(one);
            const page = getComputedStyle(document.body).backgroundColor;
            return borderTopStyle === 'solid' && borderTopWidth !== '0px' && borderTopColor !== page;
        })"""
    )
    assert len(edges) > 50
    assert all(edges)
    page.evaluate("openAll()")
    keys = page.locator(".cv-chart-years .cv-chart-key").all()
    shots = [key.screenshot() for key in keys]
    page.add_style_tag(content=".cv-chart-key > * { visibility: hidden }")
    assert len({*shots, keys[0].screenshot()}) == len(keys) + 1 > 3


def test_paper_has_the_words_and_nothing_to_click(open_page: Open) -> None:
    for_screens = {
        ".sidebar-drawer", ".skip-to-content", ".content-icon-container", ".related-pages", ".profile-footer",
        ".cv-filter", ".cv-panels", "details.cv-bibtex", ".cv-downloads", ".cv-back", ".cv-document",
        ".on-screen", "section.on-screen",
    }  # fmt: skip
    met = set()
    for name in (LANDING, LIST, WORK, DATED, "cv.html"):
        page = open_page(name)
        page.evaluate("openAll()")
        met |= {selector for selector in for_screens if page.locator(f"{selector}:visible").count()}
        page.emulate_media(media="print")
        assert [selector for selector in for_screens if page.locator(f"{selector}:visible").count()] == []
        assert page.locator("h1").is_visible()
        entries = page.locator("li.cv-publication:visible, li.cv-dated:visible")
        assert set(entries.evaluate_all("all => all.map(one => getComputedStyle(one).breakInside)")) <= {"avoid"}
        assert (entries.count() > 0) is (name != WORK)
    assert met == for_screens


HEBREW = """
@inproceedings{deep, title = {למידה עמוקה (2nd ed.)}, author = {כהן, נועה and לוי, משה and Example, Ada},
  booktitle = {Conference on Examples}, year = {2023}, acceptance = {365/1900},
  award = {Oral}, code = {https://example.org/code}}
@article{algebra, title = {كتاب الجبر}, author = {الخوارزمي, محمد and Example, Ada},
  journal = {Examples}, year = {2021}, doi = {10.1000/182}}
@misc{more, title = {עוד}, author = {Example, Ada}, year = {2023}}
"""
HEBREW_PAGE = """# רשימה

:::{publications}
:group: year
:filter:
:panels: bibtex
:::

:::{position} 2019/2020
:what: Engineer
:where: Institute of Examples
:::

:::{chart} years
:::
"""


@pytest.fixture(scope="session")
def hebrew(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a site with Hebrew and Arabic words, whose own language is to be said."""

    @functools.cache
    def folder(language: str) -> Path:
        settings = {"html_theme": "furo", "cv_profile": {"name": "Ada Example"}, "language": language}
        files = {"index.md": HEBREW_PAGE, "refs.bib": HEBREW}
        built = Project(tmp_path_factory.mktemp(language), files, **settings).build()
        assert built.warnings == []
        return built.out

    return folder


@pytest.mark.parametrize("part", [
    ".cv-group > h2", ".cv-title strong", ".cv-badge", ".cv-bar-part", ".cv-link", ".cv-panels summary", ".cv-search",
    ".cv-pill", ".cv-opener", ".cv-when", ".cv-lead strong", ".cv-chart-value", ".cv-chart-plot rect",
    ".cv-chart-ticks > text",
])  # fmt: skip
def test_what_is_ours_is_mirrored_from_right_to_left(open_page: Open, hebrew: Callable[[str], Path], part: str) -> None:
    with serve(hebrew("he")) as address:
        page = open_page(address)
    there = page.evaluate("places", part)
    # Sphinx and Furo leave it to a site to say so.
    page.evaluate("document.documentElement.dir = 'rtl'")
    mirrored = [place[::-1] for place in page.evaluate("places", part)]
    assert there
    assert mirrored == [pytest.approx(place, abs=1.5) for place in there]


def test_words_of_another_direction_keep_their_order(open_page: Open, hebrew: Callable[[str], Path]) -> None:
    with serve(hebrew("en")) as address:
        page = open_page(address)
    first, second, third = (page.evaluate("leftOf", name) for name in ("נועה כהן", "משה לוי", "Ada Example"))
    assert first < second < third
    # The edition follows the Hebrew words, at their left.
    assert page.evaluate("leftOf", "ed.") < page.evaluate("leftOf", "למידה")


@pytest.mark.parametrize("name", [LANDING, LIST])
def test_a_page_with_all_that_it_loads_is_light_and_from_here(open_page: Open, top: str, name: str) -> None:
    page = open_page()
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(top + name, wait_until="networkidle")
    assert {urlsplit(answer.url).netloc for answer in answers} == {urlsplit(top).netloc}
    weights = {answer.url.removeprefix(top): len(gzip.compress(answer.body())) for answer in answers}
    assert {name, "_static/sphinx-cv.css"} <= {url.partition("?")[0] for url in weights}
    assert sum(weights.values()) < 100_000, weights


@pytest.mark.parametrize("name", [LANDING, LIST, WORK])
def test_without_a_script_the_words_are_the_same(open_page: Open, name: str) -> None:
    def words(**settings: Any) -> str:
        page = open_page(name, **settings)
        parts = page.locator("article :is(h1, h2, li, p, td):not(.cv-filter *, .cv-downloads)").all_text_contents()
        return " ".join(" ".join(parts).split())

    assert words() == words(java_script_enabled=False) != ""
