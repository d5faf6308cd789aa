"""The pictures for previews: what they say, that every text can be drawn, and that nothing runs over the edge."""

from __future__ import annotations

import dataclasses
import struct
import zlib
from importlib import metadata

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_cv_ext.model.people import Name, Owner
from sphinx_cv_ext.model.profile import Profile
from sphinx_cv_ext.model.publication import AWARD_KINDS, TONES, AwardKind
from sphinx_cv_ext.outputs import cards, png, typesetting
from sphinx_cv_ext.outputs.cards import Badge, Card
from sphinx_cv_ext.outputs.plain_math import characters
from sphinx_cv_ext.outputs.words import english
from tests.outputs.reading import publication

ADA = Owner([Name("Example", "Ada")])
FOOT = {"site": "Ada Example", "address": "ada.example.org"}
AWARD = Badge("Best Paper Award · 2 of 358 = 0.56%", AWARD_KINDS["award"])
RATE = Badge("Accepted 365 of 1900 = 19.2%", percent=19.2)
PLAIN = Card(
    "Weight Sharing Architecture Search for Recommender Systems",
    people=("Bo Sample", "Ada Example", "Cy Specimen"),
    owner="Ada Example",
    venue="WWW 2023",
    badges=(RATE,),
    **FOOT,
)
MANY = tuple(f"Bo Sample {number}" for number in range(3000))
ODD = {
    "no words": Card(""),
    "a title of many words": dataclasses.replace(PLAIN, title="word " * 100),
    "a title of one word": dataclasses.replace(PLAIN, title="W" * 300),
    "names without end": dataclasses.replace(PLAIN, people=("W" * 400, "V" * 400), owner="V" * 400),
    "thousands of names": dataclasses.replace(PLAIN, people=MANY, owner=MANY[-1], count="… (3000 authors)"),
    "a venue without end": dataclasses.replace(PLAIN, venue="V" * 300),
    "badges without end": dataclasses.replace(PLAIN, badges=(Badge("W" * 300, AWARD_KINDS["nomination"]), *[RATE] * 9)),
    "a foot without end": dataclasses.replace(PLAIN, site="W" * 300, address="w" * 300),
    "Hebrew": dataclasses.replace(PLAIN, title="מבוא ל-GPU", people=("דוד כהן", "Ada Example")),
    "Arabic": dataclasses.replace(PLAIN, title="مقدمة في التعلم العميق", venue="مجلة 2020"),
    "Chinese": Card("深度学习" * 20, people=("温伟",), owner="温伟", site="温伟的主页"),
    "emoji": dataclasses.replace(PLAIN, title="😀 🧑\u200d🔬 🇩🇪"),
}


def draw(*some: Card) -> list[bytes]:
    return cards.draw(some, use_system_fonts=False)


def same(one: Card, other: Card) -> bool:
    first, second = draw(one, other)
    return first == second


def pixels(picture: bytes) -> tuple[int, list[bytes]]:
    """How many bytes a pixel has, and the rows: section 9.2 of the PNG specification undone."""
    width, height, depth, colour = struct.unpack(">IIBB", picture[16:26])
    assert depth == 8
    step = {0: 1, 2: 3, 6: 4}[colour]
    start = picture.index(b"IDAT")
    (length,) = struct.unpack(">I", picture[start - 4 : start])
    data = zlib.decompress(picture[start + 4 : start + 4 + length])
    stride = 1 + width * step
    above = bytes(stride - 1 + step)
    rows = []
    for place in range(0, height * stride, stride):
        line = data[place + 1 : place + stride]
        if not any(line) and data[place] in (2, 4) and set(above[step:]) == {255}:
            rows.append(above[step:])  # one more blank row, without the long way to it
            continue
        row = bytearray(step)
        for number, byte in enumerate(line, start=step):
            left, up, corner = row[number - step], above[number], above[number - step]
            nearest = min((left, up, corner), key=lambda value: abs(left + up - corner - value))
            row.append((byte + (0, left, up, (left + up) // 2, nearest)[data[place]]) & 255)
        above = bytes(row)
        rows.append(above[step:])
    return step, rows


def test_the_card_of_a_publication_says_what_its_page_says() -> None:
    found = publication(
        """
        @inproceedings{a, title = {A {Title} with $\\ell_0$}, author = {Sample, Bo and Example, Ada and others},
          booktitle = {Conference on Examples}, eventtitle = {Conference on Examples}, year = 2020,
          abbr = {CE}, acceptance = {24\\%}, award = {Best Paper Award, 2/358}, pubstate = {inpress}}
        """
    )
    card = cards.card_of(found, ADA, "Ada's site", "ada.example.org", str, english)
    assert card.title == "A Title with ℓ₀"
    assert (card.people, card.owner, card.rest) == (("Bo Sample", "Ada Example"), "Ada Example", " et al.")
    assert (card.venue, card.details) == ("CE 2020", found.state)
    assert [badge.words for badge in card.badges] == ["Best Paper Award · 2 of 358 = 0.56%", "Accepted 24%"]
    assert [badge.percent for badge in card.badges] == [None, 24]
    assert (card.site, card.address) == ("Ada's site", "ada.example.org")


def test_a_card_tells_editors_from_authors() -> None:
    found = publication("@book{a, title = {A}, editor = {Sample, Bo and Example, Ada}}")
    card = cards.card_of(found, ADA, "", "", str, english)
    assert (card.people, card.count, card.rest) == (("Bo Sample", "Ada Example"), "…", " (eds.)")


@pytest.mark.parametrize(
    ("entry", "venue"),
    [
        ("@article{a, title = {A}, journal = {Journal of Examples}, year = 2020}", "Journal of Examples, 2020"),
        ("@phdthesis{a, title = {A}, school = {Example University}}", "PhD thesis, Example University"),
        ("@misc{a, title = {A}}", ""),
    ],
)
def test_a_venue_without_a_short_name_is_named_in_full(entry: str, venue: str) -> None:
    assert cards.card_of(publication(entry), ADA, "", "", str, english).venue == venue


def test_the_card_of_a_site_says_who_and_what() -> None:
    profile = Profile(
        "Wei Wen", "温伟", position="Scientist", affiliation="Example Lab", interests=("Learning", "Search")
    )
    card = cards.site_card(profile, "example.org")
    assert (card.title, card.beside, card.subtitle) == ("Wei Wen", "温伟", "Scientist, Example Lab")
    assert (card.people, card.address) == (("Learning", "Search"), "example.org")
    assert cards.site_card(Profile("Wei Wen", affiliation="Example Lab"), "").subtitle == "Example Lab"


def test_pictures_come_in_order_and_in_one_size() -> None:
    some = [dataclasses.replace(PLAIN, title=f"Paper {number}") for number in range(18)]
    pictures = draw(*some)
    assert [struct.unpack(">II", picture[16:24]) for picture in pictures] == [(cards.WIDTH, cards.HEIGHT)] * 18
    assert pictures[-1:] == draw(some[-1])
    assert len(set(pictures)) == 18
    assert draw() == []


def test_pictures_are_small() -> None:
    plain, awarded = draw(PLAIN, dataclasses.replace(PLAIN, badges=(AWARD,)))
    assert len(plain) < 60_000
    assert len(awarded) < 110_000


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Card)])
def test_every_part_is_seen_where_it_counts(name: str) -> None:
    other = {
        "people": ("Bo Sample", "Ada Example"),
        "owner": "Bo Sample",
        "count": "… (5000 authors)",
        "badges": (AWARD, RATE),
    }.get(name, "Other")
    card = ODD["thousands of names"] if name == "count" else PLAIN
    assert not same(card, dataclasses.replace(card, **{name: other}))


@pytest.mark.parametrize("kind", AWARD_KINDS.values(), ids=lambda kind: kind.name)
def test_an_award_has_a_star_and_a_nomination_an_empty_one(kind: AwardKind) -> None:
    card, award, none = (
        dataclasses.replace(PLAIN, badges=(Badge("Won", k),)) for k in (kind, AWARD_KINDS["award"], None)
    )
    assert not same(card, none)
    assert same(card, award) == (kind.name != "nomination")


@pytest.mark.parametrize("tone", TONES[1:])
def test_each_tone_is_another_colour(tone: str) -> None:
    badges = (Badge("Won", AwardKind("own", "", tone=tone)), Badge("Won", AWARD_KINDS["award"]))
    assert not same(*(dataclasses.replace(PLAIN, badges=(badge,)) for badge in badges))


@pytest.mark.parametrize(
    ("text", "as_markup"),
    [
        ("a #panic()", "a"),
        ("a #sys.version", "a 0.15.0"),
        ("a \\u{62}", "a b"),
        ("a *b*", "a b"),
        ("a `b`", "a b"),
        ("a -- b", "a – b"),
        ('a "b"', "a “b”"),
        ("a // b", "a"),
        ("a /* b", "a"),
        ("a $", "a"),
        ('a" \\', "a"),
    ],
)
def test_text_is_never_markup(text: str, as_markup: str) -> None:
    fields = ("title", "beside", "subtitle", "venue", "details", "site", "address")
    drawn = []
    for words in (text, as_markup):
        some = [Card(**{"title": "", field: words}) for field in fields]
        drawn.append(draw(*some, Card("", people=(words,)), Card("", badges=(Badge(words),))))
    for as_data, as_code in zip(*drawn, strict=True):
        assert as_data != as_code


@pytest.mark.parametrize(
    "text",
    [
        "A\0 title",
        "A \ud800title",
        "A \u202etitle",
        "A \u2066title",
        "\ue000A title\n",
        "A \x1b\t title",
        "A 🧑\u200d🧑 title",
        "A 温伟title",
    ],
)
def test_what_cannot_be_drawn_is_left_out(text: str) -> None:
    assert same(Card(text, people=(text,), **FOOT), Card("A title", people=("A title",), **FOOT))


def test_a_long_title_is_cut() -> None:
    title = " ".join(f"word{number}" for number in range(90))
    assert same(Card(title), Card(f"{title} more"))
    assert not same(Card(title), Card(title[:40]))


def test_of_many_people_the_first_stay_and_the_owner() -> None:
    card = Card("A", people=MANY, owner=MANY[-1], count="… (3000 authors)")
    assert same(card, dataclasses.replace(card, people=(*MANY[:50], MANY[-1])))
    other = dataclasses.replace(card, people=(*MANY[:50], "Zoe Else"), owner="Zoe Else")
    assert not same(card, other)
    assert not same(card, dataclasses.replace(card, people=("Cy Specimen", *MANY[1:])))


@pytest.mark.parametrize("name", ODD)
def test_nothing_runs_over_the_margins(name: str) -> None:
    (picture,) = draw(ODD[name])
    step, rows = pixels(picture)
    blank = b"\xff" * step
    # 72 points at both sides, less half of a line's strength.
    assert {row[: 69 * step] for row in rows} == {blank * 69}
    assert {row[-69 * step :] for row in rows} == {blank * 69}
    # Above all, between what is said and the foot, and below that.
    assert set(rows[:30] + rows[490:515] + rows[-20:]) == {blank * cards.WIDTH}


@pytest.mark.parametrize("name", ODD)
def test_a_system_s_fonts_can_help_out(name: str) -> None:
    assert len(cards.draw([ODD[name]])) == 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=40), min_size=6, max_size=6))
def test_any_text_can_be_drawn(texts: list[str]) -> None:
    title, person, venue, badge, site, address = texts
    card = Card(
        title, venue, badge, (person, site), person, address, site, venue, title, (Badge(badge),), site, address
    )
    assert len(draw(card)) == 1


def test_a_digest_stands_for_all_that_a_picture_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    found = cards.digest(PLAIN)
    assert found == cards.digest(dataclasses.replace(PLAIN))
    assert found.isalnum()
    assert found.isascii()
    for name in ("title", "venue", "site", "address", "details"):
        assert found != cards.digest(dataclasses.replace(PLAIN, **{name: "other"}))
    assert found != cards.digest(dataclasses.replace(PLAIN, owner="Bo Sample"))
    monkeypatch.setattr(metadata, "version", lambda _: "99")
    assert found != cards.digest(PLAIN)


def test_typst_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", lambda _: "0.15")
    assert typesetting.is_available()
    monkeypatch.setattr(metadata, "version", missing)
    assert not typesetting.is_available()


@pytest.mark.parametrize(("colour", "channels"), [("#777777", 1), ("#a8740c", 3)])
def test_a_png_without_alpha_shows_the_same(colour: str, channels: int) -> None:
    source = f'#set page(width: 90pt, height: 40pt, margin: 2pt, fill: white)\n#text(fill: rgb("{colour}"))[Ada ©]'
    picture = typst.compile(source.encode(), format="png", ppi=72)
    step, slim = pixels(png.opaque(picture))
    assert step == channels
    _, rows = pixels(picture)
    assert slim == [b"".join(row[at : at + step] for at in range(0, len(row), 4)) for row in rows]
    assert set(b"".join(slim)) > {255}
    assert png.opaque(png.opaque(picture)) == png.opaque(picture)


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\ell_0", "ℓ₀"),
        ("O(n^2)", "O(n²)"),
        (r"\beta_i^{12}", "βᵢ¹²"),
        ("x^{a+b}", "x^(a+b)"),
        ("x_Q", "x_Q"),
        (r"\frac{1}{2}", "1/2"),
        (r"\sqrt{n}", "√n"),
        (r"O(n\log n)", "O(n log n)"),
        ("p<0.05", "p < 0.05"),
        (r"f(x)\to\infty", "f(x) → ∞"),
        (r"t\bar{t}t\bar{t}", "tt\u0304tt\u0304"),
        (r"\tilde{\chi}^0_1", "χ\u0303₁⁰"),
        (r"\hat{H}", "\u0124"),
        (r"\vec{p}\to\vec{q}", "p\u20d7 → q\u20d7"),
        (r"\bar{\nu}_e", "ν\u0304ₑ"),
        (r"\bar{\partial}\hat{\bar{x}}", "∂\u0304x\u0304\u0302"),
        (r"\overline{\mathrm{MS}}, \overline{B}", "M\u0305S\u0305,B\u0304"),
        (r"\overline{t_1}\underline{ab}", "t\u0305₁a\u0332b\u0332"),
        (r"\underbrace{x}_n", "x_n"),
        (r"\sum_{i=1}^n x_i", "∑_(i = 1)ⁿ xᵢ"),
        (r"\theta_{\mathrm{eff}}^{\ell}", "θ_(eff)^ℓ"),
        (r"R_{K^{(*)}}", "R_(K^(*))"),
        (r"\unknown{", r"\unknown{"),
    ],
)
def test_a_formula_is_plain_characters(latex: str, shown: str) -> None:
    assert characters(latex) == shown
