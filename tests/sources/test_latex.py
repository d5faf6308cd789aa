"""LaTeX in, text out: what people and exporters write, what is broken, and what is hostile."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_cv_ext.model.links import is_safe_url
from sphinx_cv_ext.model.text import Inline, Linked, Math, RichText, Style, Styled, Text, plain, rich
from sphinx_cv_ext.sources.latex import MAX_DEPTH, decode, decode_plain
from tests.casefile import Case, read_cases

MANY = 10_000
_COMMANDS = r"""
    \emph{ \textbf{ \em \bf \foo \foo{ \' \"{ \v \c{ \t \i \o \( \) \[ \] \url{ \href{ \href{https://x.org}{ \noopsort{
    \ensuremath{ \texorpdfstring{ \enquote{ \char233 \textsuperscript{ $^{th}$ \alpha \\ \, \- ^{ _{
"""
_HTML = """
    <i> </i> <b> </b> <sub> </sub> <a_href='x'> </a> <script> </script> <!-- --> <math> <p> &amp; &#8238; &#0; </span>
"""
FRAGMENTS = [
    *"{}$\\~^_&<>%`'-\"#;[]()=/.,: \n\t5aEß伟\u0301\u202e\u2066\u200f\u00ad\u0000\ud800\u2028",
    *_COMMANDS.split(),
    *_HTML.replace("_", " ").split(),
    "http://x.org/~a",
    "<span class='nocase'>",
]
latex = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=40).map("".join)


def shown(text: RichText) -> str:
    """Write rich text in the notation of the case file."""
    return "".join(map(_shown, text))


def _shown(inline: Inline) -> str:
    match inline:
        case Text(value):
            return value.replace("\u00a0", "␣").replace("\u202f", "⍽")
        case Math(source):
            return f"<math>{source}</math>"
        case Styled(Style.PROTECTED, children):
            return f"⟦{shown(children)}⟧"
        case Styled(style, children):
            return f"<{style.value}>{shown(children)}</{style.value}>"
        case Linked(url, children):
            return f"<link {url}>{shown(children)}</link>"


def runs(text: RichText) -> Iterator[RichText]:
    """All the sequences of inlines in a text, the outermost first."""
    yield text
    for inline in text:
        if isinstance(inline, Styled | Linked):
            yield from runs(inline.children)


def depth(text: RichText) -> int:
    return max((1 + depth(i.children) for i in text if isinstance(i, Styled | Linked)), default=0)


def steps(work: Callable[[], Any]) -> int:
    """Count the function calls and lines of Python that ``work`` takes."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("case", read_cases("latex.txt"), ids=str)
def test_case(case: Case) -> None:
    assert shown(decode(case.input)) == case.expected


@given(latex)
def test_any_string_is_decoded_to_well_formed_text(source: str) -> None:
    text = decode(source)
    assert depth(text) <= MAX_DEPTH
    for run in runs(text):
        assert not any(isinstance(a, Text) and isinstance(b, Text) for a, b in pairwise(run))
        for inline in run:
            match inline:
                case Text(value) | Math(value):
                    assert value
                case Styled(_, children) | Linked(_, children):
                    assert children
                    assert not isinstance(inline, Linked) or is_safe_url(inline.url)


@given(latex | st.text())
def test_no_character_can_disturb_a_page(source: str) -> None:
    text = decode(source)
    urls = [i.url for run in runs(text) for i in run if isinstance(i, Linked)]
    for character in plain(text) + "".join(urls):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp"), ascii(character)
        assert unicodedata.bidirectional(character) not in ("LRE", "RLE", "LRO", "RLO", "PDF")
        assert unicodedata.bidirectional(character) not in ("LRI", "RLI", "FSI", "PDI")
        assert character not in "\u061c\u200b\u200e\u200f\u2060\ufeff\u00ad"


@given(latex)
def test_plain_text_is_the_rich_text_without_its_styles(source: str) -> None:
    assert decode_plain(source) == plain(decode(source))


@given(st.text(st.characters(whitelist_categories=("L", "Nd"))).map(lambda t: unicodedata.normalize("NFC", t)))
def test_letters_and_digits_stay_as_they_are(text: str) -> None:
    assert decode(text) == rich(text)
    assert decode_plain(text) == text


@given(st.text("aZ éßΔ伟19.,:;!?()"))
def test_case_is_never_changed(text: str) -> None:
    assert decode_plain(f"{{{text}}}").replace(" ", "") == text.replace(" ", "")


def test_a_value_has_no_blank_at_either_end() -> None:
    assert decode(r" \emph{ {a } }~") == (
        Styled(Style.EMPHASIS, (Styled(Style.PROTECTED, (Text("a "),)), Text(" "))),
        Text("\u00a0"),
    )
    assert decode(r"{ \emph{ a } b }  ") == (
        Styled(Style.PROTECTED, (Styled(Style.EMPHASIS, (Text("a "),)), Text(" b"))),
    )


def test_compatibility_ideographs_of_names_stay() -> None:
    assert decode_plain("神\ufa19\u585a\ufa10") == "神\ufa19\u585a\ufa10"


def test_joiners_that_scripts_need_stay() -> None:
    persian = "می\u200cخواهم"
    assert decode_plain(persian) == persian


def test_direction_controls_and_invisible_characters_vanish() -> None:
    assert decode_plain("a\u202eb\u2067c\u200fd\u00ade\u200bf\x07g&#8238;h") == "abcdefgh"


def test_marks_do_not_pile_up() -> None:
    assert len(decode_plain("o" + "\u0301\u0327" * MANY)) < 12


@pytest.mark.parametrize(
    "opening", ["{", r"\emph{", r"{\bf ", r"\href{https://x.org}{", r"\textsuperscript{", "^{", "<sup>"]
)
def test_nesting_is_bounded(opening: str) -> None:
    closing = "</sup>" if opening.startswith("<") else "}"
    text = decode(opening * MANY + "x" + closing * MANY)
    assert plain(text) == "x"
    assert depth(text) <= MAX_DEPTH
    assert decode(opening * MANY + "x") is not None


def test_superscripts_nest_as_deep_as_allowed() -> None:
    assert depth(decode(r"\textsuperscript{a" * 100 + "}" * 100)) == MAX_DEPTH


_UNITS = r"""
    { } $ < & ` ' - {a} {a\emph{b \emph{ \em} \( \[ \(\[ \' \'{ \href{a}{ \url{ \foo[a] \noopsort{ \texorpdfstring{a}{
    \textcolor[ $x $x$ $\text{ ^{ <i> </i> <i>{ {<i> <script> <!-- --> <math> </script> &# \textless http://x
"""
GROWING = [*_UNITS.split(), "<a b='", '<a b="', "\\em ", "x$ ", "\u0301\u0327"]


@pytest.mark.parametrize("tail", ["", "}", ")", r"\)", "$", "</script>", "-->"])
@pytest.mark.parametrize("unit", GROWING)
def test_work_grows_with_the_length_alone(unit: str, tail: str) -> None:
    few, many = (steps(lambda n=n: decode(unit * n + tail)) for n in (100, 400))  # type: ignore[misc]
    assert many < 5 * few
