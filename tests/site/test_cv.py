"""The CVs of the profile, read back as a program reads applications: every job, degree, date and title in order."""

from __future__ import annotations

import re
import subprocess
import unicodedata

import pytest

from tests.cldr import CHINESE_TO
from tests.site import profile_facts as facts
from tests.site.built import Site
from tests.tools import needed

NAMES = ("wei-wen-cv", "wei-wen-cv-short", "wei-wen-resume", "wei-wen-cv-zh")


def straight(text: str) -> str:
    """``text`` on one line, in straight quotation marks and without ligatures."""
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("“”‘’", "\"\"''"))
    return " ".join(text.split()).casefold()


def from_pdf(site: Site, name: str) -> str:
    run = subprocess.run(
        [needed("pdftotext"), site.folder / "cv" / f"{name}.pdf", "-"], capture_output=True, check=True
    )
    # The footer of each page comes between its last words and the first ones of the next page.
    return re.sub(r"wei wen · [\w é]+ \d of \d", "", straight(run.stdout.decode()))


def from_text(site: Site, name: str) -> str:
    return straight((site.folder / "cv" / f"{name}.txt").read_text(encoding="utf-8"))


READERS = {"pdf": from_pdf, "txt": from_text}


def part(text: str, heading: str, following: str) -> str:
    """The text between two headings."""
    start = text.index(heading.casefold())
    return text[start : text.index(following.casefold(), start)]


def in_order(text: str, words: list[str]) -> list[str]:
    """Those of ``words`` that do not follow the ones before them."""
    missing, at = [], 0
    for word in map(straight, words):
        found = text.find(word, at)
        if found < 0:
            missing.append(word)
        else:
            at = found + len(word)
    return missing


SECTIONS = {
    "experience": ("Experience", "Education", facts.JOBS),
    "education": ("Education", "Publications", facts.EDUCATION),
    "talks": ("Talks", "Service", facts.TALKS),
}


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("name", SECTIONS)
def test_every_entry_is_there_in_order(profile: Site, form: str, name: str) -> None:
    heading, following, entries = SECTIONS[name]
    text = READERS[form](profile, "wei-wen-cv")
    found = part(text, heading, following)
    assert in_order(found, [entry.words[0] for entry in entries if name != "talks"]) == []
    at = 0
    for entry in entries:
        # An entry is its date and its words, in either order.
        places = [found.find(straight(word), at) for word in filter(None, (entry.when, *entry.words))]
        assert -1 not in places, entry
        at = min(places)


@pytest.mark.parametrize("form", READERS)
def test_every_publication_is_there(profile: Site, form: str) -> None:
    text = READERS[form](profile, "wei-wen-cv")
    assert [paper.title for paper in facts.PAPERS if straight(paper.title) not in text] == []
    assert [
        words for paper in facts.PAPERS for words in paper.words if "%" in words and straight(words) not in text
    ] == []


@pytest.mark.parametrize("form", READERS)
def test_service_teaching_and_media_are_there(profile: Site, form: str) -> None:
    text = READERS[form](profile, "wei-wen-cv")
    entries = (*facts.ACTIVITIES_AND_TEACHING, *facts.MEDIA)
    words = [word for entry in entries for word in (entry.when, *entry.words)]
    assert [word for word in words if straight(word) not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_names_him_and_where_he_is_found(profile: Site, name: str) -> None:
    text = from_pdf(profile, name)
    first = "温伟 wei wen" if name.endswith("-zh") else "wei wen 温伟"
    assert text.startswith(f"{first} research scientist, meta ai")
    assert "github.com/wenwei202" in text


@pytest.mark.parametrize(("name", "pages"), [("wei-wen-cv-short", 2), ("wei-wen-resume", 1), ("wei-wen-cv-zh", 1)])
def test_the_short_ones_are_short(profile: Site, name: str, pages: int) -> None:
    import pypdf

    assert len(pypdf.PdfReader(profile.folder / "cv" / f"{name}.pdf").pages) == pages


def test_the_chinese_one_is_chinese_around_the_entries(profile: Site) -> None:
    text = from_pdf(profile, "wei-wen-cv-zh")
    parts = ("工作经历", f"2019年5月{CHINESE_TO}8月", "google brain", "教育经历", "duke university", "代表论文")
    assert in_order(text, [*parts]) == []


def test_the_page_of_cvs_leads_to_all_of_them(profile: Site) -> None:
    page = profile.page(f"{profile.base}cv.html")
    assert page
    found = {str(a["href"]) for a in page.root.select("p.cv-document a")}
    assert found == {f"cv/{name}.{suffix}" for name in NAMES for suffix in ("pdf", "txt", "json")}
    assert all(profile.file(page.join(href)) for href in found)
