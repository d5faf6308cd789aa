"""What charts say and draw of publications: years without papers, papers without a year, axes that start at 0."""

from __future__ import annotations

import itertools
import re

import pytest
from lxml import etree

from sphinx_cv_ext.outputs.charts import CHARTS, LOOKS, Chart
from tests.outputs.reading import publications


def plural(singular: str, plural: str, count: int) -> str:
    return singular if count == 1 else plural


def chart(kind: str, bib: str) -> Chart:
    found = CHARTS[kind]
    return found.make([p for p in publications(bib) if found.fits(p)], str, plural)


def entries(*years: int | str, kind: str = "inproceedings", **fields: str) -> str:
    """Entries of these years, in the order of a list: the newest first; an empty year is none."""
    more = "".join(f", {name} = {{{value}}}" for name, value in fields.items())
    return "".join(f"@{kind}{{{kind}{n}, title={{T}}, year={{{year}}}{more}}}\n" for n, year in enumerate(years))


def cells(chart: Chart) -> list[tuple[str, ...]]:
    return [tuple(cell.words for cell in row) for row in chart.numbers]


def drawn(drawing: str) -> etree._Element:
    return etree.fromstring(drawing)


def bar_ends(drawing: str) -> list[tuple[str, float, float]]:
    """Print the parts of a bar: the look, the start and the end in percent of the axis."""
    found = []
    for part in drawn(drawing).findall("{*}g"):
        rect = part.find("{*}rect")
        start, width = (float(rect.get(name).rstrip("%")) for name in ("x", "width"))
        found.append((part.get("class"), start, start + width))
    return found


@pytest.mark.parametrize(
    ("bib", "fact"),
    [
        (entries(2017, 2017, 2015), "3 publications, 2015–2017; most in 2017: 2"),
        (entries(2017, 2015), "2 publications, 2015–2017; most in 2015, 2017: 1"),
        (entries(2017, 2016, 2015, 2014), "4 publications, 2014–2017; at most 1 in a year"),
        (entries(2017), "1 publication, 2017"),
        (entries(2017, 2017), "2 publications, 2017"),
        (entries(2017, 2017, ""), "2 publications, 2017; 1 more without a year"),
        (entries(2017, "", ""), "1 publication, 2017; 2 more without a year"),
        (entries(""), "1 publication without a year"),
        (entries("", ""), "2 publications without a year"),
    ],
)
def test_the_words_of_years(bib: str, fact: str) -> None:
    assert chart("years", bib).fact == fact


@pytest.mark.parametrize(
    ("bib", "fact"),
    [
        (
            entries(2017, 2015, acceptance="1/5") + entries(2016, kind="misc", acceptance="16.8%", award="Prize"),
            "3 acceptance rates, 2015–2017: 16.8% to 20%; 1 paper with an award or nomination",
        ),
        (entries(2017, acceptance="1/5"), "1 acceptance rate, 2017: 20%"),
        (entries(2017, 2016, acceptance="1/5"), "2 acceptance rates, 2016–2017: 20%"),
        (
            entries(2017, "", acceptance="1/5", award="P"),
            "1 acceptance rate, 2017: 20%; 1 paper with an award or nomination; ",
        ),
        (entries("", "", acceptance="1/5"), "2 acceptance rates without a year"),
    ],
)
def test_the_words_of_rates(bib: str, fact: str) -> None:
    assert chart("rates", bib).fact in (fact, f"{fact}1 more without a year")


def test_every_year_has_a_row_with_or_without_papers() -> None:
    found = chart("years", entries(2018, 2018, 2015))
    assert [(mark.when, mark.value, mark.key) for mark in found.marks] == [
        ("2018", "2", "inproceedings0"),
        ("2017", "0", ""),
        ("2016", "0", ""),
        ("2015", "1", "inproceedings2"),
    ]
    assert cells(found) == [("2018", "2"), ("2017", "0"), ("2016", "0"), ("2015", "1")]
    assert found.header == ("Year", "Publications")
    assert bar_ends(found.marks[1].drawing) == []


def test_a_century_without_papers_is_one_row_without_a_drawing() -> None:
    found = chart("years", entries(2020, 1843, 1832))
    assert [mark.when for mark in found.marks] == ["2020", "1844–2019", "1843", "1833–1842", "1832"]
    assert [bool(mark.drawing) for mark in found.marks] == [True, False, True, False, True]
    assert [mark.when for mark in chart("years", entries(2020, 2010)).marks] == [str(y) for y in range(2020, 2009, -1)]


def test_a_year_far_away_is_no_page_of_a_thousand_rows() -> None:
    assert len(chart("years", entries(9999, 2020, 1000)).marks) == 5


def test_publications_without_a_year_are_in_the_table_alone() -> None:
    found = chart("years", entries(2018) + entries("", "", kind="article"))
    assert [mark.when for mark in found.marks] == ["2018"]
    assert cells(found) == [("2018", "1", "Conference papers: 1"), ("Undated", "2", "Journal articles: 2")]
    found = chart("rates", entries(2018, "", acceptance="1/5"))
    assert [mark.when for mark in found.marks] == ["2018"]
    assert cells(found) == [("2018", "T", "1\xa0of\xa05\xa0=\xa020%"), ("Undated", "T", "1\xa0of\xa05\xa0=\xa020%")]


@pytest.mark.parametrize("kind", CHARTS)
def test_what_is_still_to_come_is_the_first_row_of_the_table(kind: str) -> None:
    found = chart(kind, entries(2018, "", "in press", acceptance="1/5"))
    assert [mark.when for mark in found.marks] == ["2018"]
    assert [row[0] for row in cells(found)] == ["Forthcoming", "2018", "Undated"]
    assert found.fact.endswith("; 2 more without a year")


@pytest.mark.parametrize("kind", CHARTS)
def test_without_any_year_there_is_a_table_and_no_row(kind: str) -> None:
    found = chart(kind, entries("", acceptance="1/5"))
    assert found.marks == ()
    assert [row[0] for row in cells(found)] == ["Undated"]


def test_a_bar_is_stacked_by_type_and_starts_at_0() -> None:
    bib = entries(2018, 2018, 2017) + entries(2018, kind="article")
    found = chart("years", bib)
    assert bar_ends(found.marks[0].drawing) == [
        ("cv-look-0", 0, pytest.approx(200 / 3, abs=0.1)),
        ("cv-look-1", pytest.approx(200 / 3, abs=0.1), pytest.approx(100, abs=0.1)),
    ]
    assert found.marks[0].more == "publications: Journal articles: 1, Conference papers: 2"
    assert [words for _, words in found.legend] == ["Conference papers", "Journal articles"]


def test_a_single_type_needs_no_legend() -> None:
    found = chart("years", entries(2018, 2017))
    assert found.legend == ()
    assert found.marks[0].more == "publication"


def test_more_types_than_can_be_told_apart_share_the_last_look() -> None:
    kinds = ["inproceedings", "article", "book", "thesis", "report", "patent", "dataset", "software", "proceedings"]
    found = chart("years", "".join(entries(2018, kind=kind) for kind in kinds))
    assert len(found.legend) == LOOKS
    assert found.legend[-1][1] == "Patents, Datasets, Software"
    ends = bar_ends(found.marks[0].drawing)
    assert [look for look, _, _ in ends] == [f"cv-look-{n}" for n in range(LOOKS)]
    assert ends[-1][2] == pytest.approx(90, abs=0.1)


@pytest.mark.parametrize(
    ("count", "ticks"),
    [(1, "0 1"), (5, "0 1 2 3 4 5"), (6, "0 2 4 6"), (7, "0 2 4 6 8"), (23, "0 5 10 15 20 25"), (26, "0 10 20 30")],
)
def test_the_axis_of_years_counts_in_whole_numbers_from_0(count: int, ticks: str) -> None:
    axis = drawn(chart("years", entries(*[2020] * count)).axis)
    assert [text.text for text in axis] == ticks.split()
    places = [float(text.get("x").rstrip("%")) for text in axis]
    steps = [after - before for before, after in itertools.pairwise(places)]
    assert (places[0], places[-1]) == (0, 100)
    assert steps == pytest.approx([steps[0]] * len(steps), abs=0.1)


@pytest.mark.parametrize(
    ("rate", "end", "unit"),
    [
        ("0.4%", "1%", "Acceptance rate, on an axis from 0 to 1%"),
        ("24%", "25%", "Acceptance rate, on an axis from 0 to 25%"),
        ("25.1%", "30%", "Acceptance rate, on an axis from 0 to 30%"),
        ("51%", "60%", "Acceptance rate, on an axis from 0 to 60%"),
        ("81%", "100%", "Acceptance rate"),
        ("1/1", "100%", "Acceptance rate"),
    ],
)
def test_the_axis_of_rates_starts_at_0_and_a_shorter_one_says_so(rate: str, end: str, unit: str) -> None:
    found = chart("rates", entries(2020, acceptance=rate))
    labels = [text.text for text in drawn(found.axis)]
    assert (labels[0], labels[-1], found.unit) == ("0", end, unit)


def test_a_rate_is_a_row_for_each_paper_and_awards_are_stars() -> None:
    bib = (
        "@inproceedings{a, title={Net: of things}, abbr={ICE}, year=2020, acceptance={1/5}, award={Prize; Oral}}"
        "@misc{b, title={Over}, author={Example, Ada}, year=2020, acceptance={10%}}"
        "@misc{c, title={Far}, author={Sample, Bo}, year=2018, acceptance={20%}}"
    )
    found = chart("rates", bib)
    assert [(m.when, m.label, m.value, m.more, m.key) for m in found.marks] == [
        ("2020", "Net, ICE", "20%", "1 of 5 = 20%, Prize, Oral", "a"),
        ("2020", "Example", "10%", "", "b"),
        ("2019", "", "–", "no acceptance rate", ""),
        ("2018", "Sample", "20%", "", "c"),
    ]
    star, dot, *_ = (drawn(mark.drawing) for mark in found.marks)
    assert star.find("{*}svg").get("x") == "100%"
    assert dot.find("{*}circle").get("cx") == "50%"
    assert [words for _, words in found.legend] == ["Publication", "Publication with an award or nomination"]
    assert cells(found)[0] == ("2020", "Net: of things", "1\xa0of\xa05\xa0=\xa020%", "Prize, Oral")
    assert found.keys == ("a", "b", "c")


@pytest.mark.parametrize("kind", CHARTS)
def test_drawings_hold_nothing_but_numbers_and_are_for_the_eye_alone(kind: str) -> None:
    evil = "</svg><script>alert(1)</script>"
    bib = entries(2020, 2015, acceptance="1/5", award=evil, abbr=evil) + entries(2020, kind="misc", type=evil)
    found = chart(kind, bib)
    drawings = [found.axis, *(mark.drawing for mark in found.marks), *(drawing for drawing, _ in found.legend)]
    assert len(drawings) > 5
    for drawing in drawings:
        root = drawn(drawing)
        assert root.get("aria-hidden") == "true"
        assert {etree.QName(e).localname for e in root.iter()} <= {
            "svg",
            "g",
            "rect",
            "line",
            "circle",
            "polygon",
            "text",
        }
        assert not re.search(r"script|alert|\bon\w+=|href|nan|inf", drawing)
