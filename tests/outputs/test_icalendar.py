"""The talks of a site as a calendar that RFC 5545 allows."""

from __future__ import annotations

import re

import pytest

from sphinx_cv_ext.model.cv import ENTRY_KINDS, Entry
from sphinx_cv_ext.model.text import Linked, Text
from sphinx_cv_ext.outputs.icalendar import calendar
from sphinx_cv_ext.sources.dates import parse_period

TALK = Entry(
    ENTRY_KINDS["talk"],
    "talks",
    "talk-2019-10-28",
    parse_period("2019-10-28"),
    what=(Text("Sizes, and; "), Linked("https://example.org/", (Text("back\\slashes"),))),
    where=(Text("Hall"),),
    place=(Text("Town"),),
    url="https://example.org/talk",
)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def properties(text: str) -> dict[str, str]:
    return dict(line.split(":", 1) for line in unfolded(text) if line)


def entry(when: str, kind: str = "talk") -> Entry:
    return Entry(ENTRY_KINDS[kind], "p", "t", parse_period(when), what=(Text("T"),))


def test_a_talk_is_an_event_of_its_day() -> None:
    found = properties(calendar([TALK], "Talks", ""))
    assert (found["DTSTART;VALUE=DATE"], found["DTEND;VALUE=DATE"]) == ("20191028", "20191029")
    assert found["SUMMARY"] == r"Sizes\, and\; back\\slashes"
    assert (found["LOCATION"], found["URL"]) == (r"Hall\, Town", "https://example.org/talk")
    assert found["VERSION"] == "2.0"
    assert "PRODID" in found


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ("2019-10-28/2019-10-30", ("20191028", "20191031")),
        ("2020-02-28/2020-03-01", ("20200228", "20200302")),
        ("2019-12-31", ("20191231", "20200101")),
    ],
)
def test_the_end_is_the_day_after_the_last(when: str, days: tuple[str, str]) -> None:
    found = properties(calendar([entry(when)], "Talks", ""))
    assert (found["DTSTART;VALUE=DATE"], found["DTEND;VALUE=DATE"]) == days


@pytest.mark.parametrize("when", ["2019-10", "2019", "Fall 2019", "2019-10-28/present", "2019-10-28/2019-11", ""])
def test_a_talk_of_which_the_day_is_not_known_is_no_event(when: str) -> None:
    assert "VEVENT" not in calendar([entry(when)], "Talks", "")


def test_other_entries_are_no_events() -> None:
    assert "VEVENT" not in calendar([entry("2019-10-28", "service")], "Talks", "")


def test_the_uid_is_that_of_the_place_and_not_of_the_words() -> None:
    def uid(found: Entry, address: str = "") -> str:
        return properties(calendar([found], "Talks", address))["UID"]

    assert uid(TALK) == uid(entry("2019-10-28").__class__(TALK.kind, TALK.docname, TALK.target, TALK.period))
    assert uid(TALK) != uid(entry("2019-10-28"))
    assert uid(TALK) != uid(TALK, "https://example.org/")


def test_lines_are_short_whatever_the_script() -> None:
    text = calendar([Entry(TALK.kind, "p", "t", TALK.period, what=(Text("深度学习" * 40),))], "Talks", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert properties(text)["SUMMARY"] == "深度学习" * 40
    assert not re.search(r"(?<!\r)\n", text)
