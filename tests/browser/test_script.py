"""The script is small, typed, without words of its own, and does no more work than a keystroke needs."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from sphinx_cv_ext.extension import STATIC
from sphinx_cv_ext.extension.filtering import SCRIPT
from sphinx_cv_ext.extension.lists import LONG
from sphinx_cv_ext.outputs.facets import FACETS, WORDS
from tests.browser.conftest import LIST, Visit, project, serve, shown
from tests.tools import needed, node_modules


def test_it_is_small() -> None:
    assert len(gzip.compress((STATIC / SCRIPT).read_bytes(), 9)) < 8000


def test_its_types_are_right() -> None:
    compiler = node_modules() / "typescript" / "bin" / "tsc"
    options = [
        "--allowJs",
        "--checkJs",
        "--strict",
        "--noEmit",
        "--target",
        "es2022",
        "--lib",
        "es2022,dom,dom.iterable",
    ]
    run = subprocess.run(
        [needed("node"), str(compiler), *options, str(STATIC / SCRIPT)], capture_output=True, text=True, check=False
    )
    assert run.stdout + run.stderr == ""
    assert run.returncode == 0


def test_all_its_words_come_with_the_page(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}index.html")
    html = page.content()
    page.route("**/other.html*", lambda route: route.fulfill(body=other_words(html), content_type="text/html"))
    page.goto(f"{address}other.html?q=nothing")
    for opener in page.locator(".cv-opener:visible").all():
        opener.click()
    controls = page.locator(".cv-controls")
    attributes = controls.evaluate(
        "form => [form, ...form.querySelectorAll('*')].flatMap(one => [one.ariaLabel, one.placeholder, one.title])"
    )
    told = " ".join([controls.inner_text(), *filter(None, attributes)])
    page.close()
    ours = {word.partition("{")[0].strip() for word in (*WORDS.values(), *FACETS.values())} - {""}
    assert [word for word in sorted(ours) if re.search(rf"\b{re.escape(word)}\b", told)] == []
    for name in (
        "search",
        "hint",
        "more",
        "any",
        "clear",
        "none",
        "format",
        "copy",
        "download",
    ):
        assert marked(name) in told
    for name in ("award", "from", "venue"):
        assert facet_marked(name) in told


def marked(name: str) -> str:
    return f"<{list(WORDS).index(name)}>"


def facet_marked(name: str) -> str:
    return f"<<{list(FACETS).index(name)}>>"


def other_words(html: str) -> str:
    """The page with other words, and without controls."""
    before, start, rest = html.partition('<script type="application/json" class="cv-facets">')
    data, end, after = rest.partition("</script>")
    island = json.loads(data)
    island["words"] = {name: marked(name) for name in island["words"]}
    for facet in island["facets"]:
        facet["label"] = facet_marked(facet["name"])
    return before + start + json.dumps(island).replace("<", "\\u003c") + end + after


def entry(at: int) -> str:
    code = "code={https://example.org/}, " if at % 3 == 0 else ""
    return f"@misc{{k{at}, title={{Net {at}}}, author={{Example, Ada}}, {code}year={2000 + at % 20}}}\n"


@pytest.fixture(scope="module", params=[40, LONG + 40])
def long_list(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    refs = "".join(entry(at) for at in range(request.param)).encode()
    page = LIST.format(title="Long", options=":group: year\n:filter:")
    built = project(tmp_path_factory.mktemp("long"), refs, {"index": page, "other": "# Other"})
    with serve(built.out) as found:
        yield request.param, found


COUNTING = """
    window.done = {normalize: 0, includes: 0, querySelectorAll: 0};
    for (const [type, name] of [[String, "normalize"], [String, "includes"], [Element, "querySelectorAll"]]) {
      const own = type.prototype[name];
      type.prototype[name] = function (...given) { done[name]++; return own.apply(this, given); };
    }
"""
KEYSTROKE = """async text => {
    const box = document.querySelector(".cv-search");
    const seen = new MutationObserver(() => {});
    seen.observe(document.querySelector("article"), {attributes: true, subtree: true, attributeFilter: ["hidden"]});
    for (const name in done) done[name] = 0;
    box.value = text;
    box.dispatchEvent(new Event("input", {bubbles: true}));
    const changed = seen.takeRecords().filter(({target}) => target.matches(".cv-publication")).length;
    return {...done, changed};
}"""


def test_a_keystroke_compares_each_entry_once_and_touches_what_changes(
    browser: Any, long_list: tuple[int, str]
) -> None:
    size, top = long_list
    page = browser.new_page()
    page.add_init_script(COUNTING)
    page.goto(f"{top}index.html")
    # The texts to search are prepared when somebody turns to the search, while the browser is idle.
    page.wait_for_timeout(100)
    assert page.evaluate("[done.normalize, done.querySelectorAll]") == [1, 0]
    page.focus(".cv-search")
    page.wait_for_function(f"done.normalize >= {size}")
    first = page.evaluate(KEYSTROKE, "net")
    assert first == {"normalize": 1, "includes": size, "querySelectorAll": 0, "changed": 0}
    gone = page.evaluate(KEYSTROKE, "absent")
    assert gone == {"normalize": 1, "includes": size, "querySelectorAll": 0, "changed": size}
    same = page.evaluate(KEYSTROKE, "absent x")
    assert same == {"normalize": 1, "includes": size, "querySelectorAll": 0, "changed": 0}
    page.close()


def test_a_long_list_is_laid_out_where_it_is_seen(visit: Visit, long_list: tuple[int, str]) -> None:
    size, top = long_list
    page = visit("index.html", top=top)
    assert len(shown(page)) == size
    ways = page.locator("li.cv-publication").evaluate_all(
        "all => all.map(li => getComputedStyle(li).contentVisibility)"
    )
    assert set(ways) == ({"auto"} if size >= LONG else {"visible"})
    heading, title = (page.locator(f"section.cv-group {name}").first.bounding_box() for name in ("h2", ".cv-title"))
    assert abs(heading["y"] + heading["height"] / 2 - title["y"] - title["height"] / 2) < 8
    page.goto(f"{top}index.html#pub-k{size // 2}")
    page.wait_for_function(
        f"(() => {{ const {{top, bottom}} = document.querySelector('#pub-k{size // 2}').getBoundingClientRect();"
        "return top >= 0 && bottom <= innerHeight })()"
    )
