"""Text of a source as Markdown: read by MyST it says the same, and does nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.options import options_to_items

from sphinx_cv_ext.diagnostics import Location
from sphinx_cv_ext.importers.dates import period
from sphinx_cv_ext.importers.imported import DatedEntry, Finding
from sphinx_cv_ext.importers.markup import latex, marked, paragraphs, plain
from sphinx_cv_ext.importers.pages import directive
from sphinx_cv_ext.sources.latex import decode_plain
from sphinx_cv_ext.starter.quoting import one_line

PARSER = create_md_parser(
    MdParserConfig(enable_extensions={"attrs_inline", "dollarmath", "strikethrough", "substitution", "colon_fence"}),
    RendererHTML,
)
SIGNS = st.text(st.sampled_from("aB1 \\`*_{}[]()<>#+-.!|~$^&;:=%\"'/\n"), max_size=40)


def shown(markdown: str) -> str:
    """What MyST shows of a line, if it is nothing but text."""
    (token,) = PARSER.parseInline(markdown)
    assert {child.type for child in token.children or ()} <= {"text", "text_special"}, markdown
    return "".join(child.content for child in token.children or ())


@given(SIGNS | st.text(max_size=40))
def test_plain_text_is_text(text: str) -> None:
    assert shown(plain(text)) == one_line(text)


@given(SIGNS.map(plain))
def test_an_option_is_what_was_written(value: str) -> None:
    written = directive(DatedEntry("talk", what=value)).splitlines()
    if not value:
        assert written == ["```{talk}", "```"]
    else:
        name, _, rest = written[1].removeprefix(":").partition(": ")
        assert dict(options_to_items(f"{name}: {rest}")[0]) == {"what": value}


BEGINNINGS = st.sampled_from(
    ["", "% ", "> ", "+ ", "- ", "1. ", "2) ", "# ", ":::", ":x: ", "---", "===", "| ", "(a)="]
)
LINES = st.builds(str.__add__, BEGINNINGS, SIGNS).map(plain).filter(bool)


@given(st.lists(LINES, max_size=4))
def test_a_body_is_paragraphs_and_one_level_of_items(lines: list[str]) -> None:
    text = directive(DatedEntry("talk", what="x", body=tuple(lines))).split("\n\n", 1)
    body = text[1].removesuffix("```\n") if lines else ""
    kinds = {token.type for token in PARSER.parse(body)}
    allowed = {f"{kind}_{end}" for kind in ("paragraph", "bullet_list", "list_item") for end in ("open", "close")}
    assert kinds <= allowed | {"inline"}, body
    assert sum(token.type == "inline" for token in PARSER.parse(body)) == len(lines)


MARKED = {
    "[a](https://example.org/x) b": "[a](https://example.org/x) b",
    '<a class="x" href="https://example.org/x">a</a>': "[a](https://example.org/x)",
    "[a](javascript:alert(1))": "a",
    "[a](https://example.org/a_(b))": "[a](<https://example.org/a_(b)>)",
    "[a](b": r"\[a\](b",
    "[a](data:text/html,x)": "a",
    "**bold**, *it* and __bo_ld__": r"**bold**, *it* and \_\_bo\_ld\_\_",
    "a * b * c": r"a \* b \* c",
    "snake_case_name": r"snake\_case\_name",
    "<b>x</b><br>y<script>z</script>": "**x** y z",
    "R&amp;D &lt;i&gt;": r"R&D \<i>",
    "![alt](https://example.org/x.png)": "",
    "C++ and C#": r"C++ and C\#",
}


@pytest.mark.parametrize("text", MARKED)
def test_markup_that_says_something_is_kept(text: str) -> None:
    assert marked(text) == MARKED[text]


def test_lines_become_paragraphs_and_items() -> None:
    text = "# One\ntwo\n\nthree\n* four\n  five\n1. six\n"
    assert paragraphs(text) == ("One two", "three", "- four five", "- six")


@given(SIGNS)
def test_text_of_a_field_is_read_back(text: str) -> None:
    if "<" not in text and "&" not in text:
        assert decode_plain(latex(text)).translate(QUOTES) == one_line(text).translate(QUOTES)


QUOTES = str.maketrans("“”‘’`", "\"\"'''")

DATES = {
    ("2019", ""): "2019",
    ("2019-05-01", "2020-06"): "2019-05-01/2020-06",
    ("2019-05", "present"): "2019-05/present",
    ("2019-05", "2019-05"): "2019-05",
    ("", "2014"): "2014",
    ("2013-07-01T00:00:00Z", ""): "2013-07-01",
    ("2013-07-01 00:00:00+00:00", ""): "2013-07-01",
    ("2017 - 2019", ""): "2017/2019",
    ("2017-2019", ""): "2017/2019",
    ("2017–present", ""): "2017/present",
    ("May 2019 to Aug. 2019", ""): "2019-05/2019-08",
    ("6 December 2017", ""): "2017-12-06",
    ("December 6, 2017", ""): "2017-12-06",
    ("05/2019", ""): "2019-05",
    ("2019/05/31", ""): "2019-05-31",
    ("Fall 2018", ""): "2018-23",
}


@pytest.mark.parametrize(("start", "end"), DATES)
def test_dates_as_others_write_them(start: str, end: str) -> None:
    found: list[Finding] = []
    assert period(start, end, Location("x"), found.append) == DATES[start, end]
    assert found == []


@pytest.mark.parametrize("text", ["long ago", "2019-02-30", "2020 - 2019", "present", "Smarch 2019", "99/2019"])
def test_what_is_no_date_is_said(text: str) -> None:
    found: list[Finding] = []
    assert period(text, "", Location("x"), found.append) == ""
    assert "is not a date" in found[0].problem
