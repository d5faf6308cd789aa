"""Whose site it is: what ``cv_profile`` says, on the landing page and in its head."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.project import Built, Project

PROFILE = {
    "name": "Ada Example",
    "native_name": "例中",
    "orcid": "https://orcid.org/0000-0002-1825-0097",
    "position": "Weaver",
    "affiliation": "Institute of Looms",
    "affiliation_url": "https://looms.example.org/",
    "alumni_of": ["University of Threads"],
    "interests": ["looms", "cards & <holes>"],
    "description": 'Ada Example weaves "by engine".',
    "image": "portrait.png",
    "email": "ada@looms.example.org",
    "links": {"github": "ada", "website": "https://ada.example.org/"},
}
# One grey pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6368000000820081774cc0a80000000049454e44ae426082"
)
HOME = "# Ada\n\n```{profile}\n```\n"
FILES: dict[str, str | bytes] = {
    "index.md": HOME,
    "portrait.png": PIXEL,
    "refs.bib": "@misc{a, title={A}, author={Example, Ada}}",
}
BASE = "https://ada.example.org/site/"


def site(folder: Path, profile: object = PROFILE, home: str = HOME, **settings: Any) -> Built:
    return Project(folder, FILES | {"index.md": home}, cv_profile=profile, html_baseurl=BASE, **settings).build()


def test_the_landing_page_shows_it(tmp_path: Path) -> None:
    built = site(tmp_path)
    assert built.warnings == []
    body = built.soup("index.html").select_one("div.body, [role=main]")
    assert body.select_one("img.cv-portrait")["alt"] == "Ada Example"
    position = body.select_one(".cv-position")
    assert position.get_text() == "Weaver, Institute of Looms"
    assert position.a["href"] == "https://looms.example.org/"
    assert {link.get_text(): unquote(link["href"]) for link in body.select(".cv-links a")} == {
        "Website": "https://ada.example.org/",
        "ORCID": "https://orcid.org/0000-0002-1825-0097",
        "GitHub": "https://github.com/ada",
        "E-mail": "mailto:ada@looms.example.org",
    }


def test_it_shows_what_it_is_asked_for(tmp_path: Path) -> None:
    body = site(tmp_path, home="# Ada\n\n```{profile}\n:show: interests\n```\n").soup("index.html")
    assert body.select_one(".cv-interests").get_text() == "looms · cards & <holes>"
    assert not body.select(".cv-position, .cv-portrait, .cv-links")


def test_a_change_of_it_changes_the_page(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, cv_profile=PROFILE)
    project.build()
    project.configure(cv_profile=PROFILE | {"position": "Director"})
    assert "Director" in project.build().text("index.html")


def test_search_engines_read_who_it_is(tmp_path: Path) -> None:
    soup = site(tmp_path).soup("index.html")
    page = json.loads(soup.select_one('script[type="application/ld+json"]').string)
    person = page["mainEntity"]
    assert (page["@type"], page["@id"], person["@id"]) == ("ProfilePage", f"{BASE}index.html", f"{BASE}#person")
    assert (
        person
        | {
            "@type": "Person",
            "name": "Ada Example",
            "alternateName": "例中",
            "jobTitle": "Weaver",
            "worksFor": {"@type": "Organization", "name": "Institute of Looms", "url": "https://looms.example.org/"},
            "alumniOf": {"@type": "Organization", "name": "University of Threads"},
            "knowsAbout": ["looms", "cards & <holes>"],
            "email": "ada@looms.example.org",
            "image": f"{BASE}_images/portrait.png",
            "sameAs": ["https://orcid.org/0000-0002-1825-0097", "https://ada.example.org/", "https://github.com/ada"],
        }
        == person
    )
    assert soup.select_one('meta[name="description"]')["content"] == 'Ada Example weaves "by engine".'
    assert soup.select_one('meta[property="og:description"]')["content"] == 'Ada Example weaves "by engine".'


def test_a_description_of_the_page_goes_before(tmp_path: Path) -> None:
    head = "---\nmyst:\n  html_meta:\n    description: Its own\n---\n"
    found = site(tmp_path, home=head + HOME).soup("index.html").select('meta[name="description"]')
    assert [tag["content"] for tag in found] == ["Its own"]


def test_other_pages_do_not_say_it(tmp_path: Path) -> None:
    files = FILES | {"index.md": f"{HOME}\n```{{toctree}}\nother\n```\n", "other.md": "# Other"}
    built = Project(tmp_path, files, cv_profile=PROFILE, html_baseurl=BASE).build()
    assert "ProfilePage" not in built.text("other.html")


def test_templates_have_it(tmp_path: Path) -> None:
    template = '{% extends "!layout.html" %}{% block footer %}<i>{{ cv_profile.affiliation }}</i>{% endblock %}'
    files = FILES | {"_templates/layout.html": template}
    built = Project(tmp_path, files, cv_profile=PROFILE, templates_path=["_templates"]).build()
    assert built.soup("index.html").select_one("i").get_text() == "Institute of Looms"


@pytest.mark.parametrize(
    ("profile", "code", "words"),
    [
        ({"position": 5}, "cv.setting_invalid", "cv_profile['position'] cannot be 5"),
        ({"interests": [["a"]]}, "cv.setting_invalid", "cv_profile['interests'] cannot be"),
        (
            {"links": ["a"]},
            "cv.setting_invalid",
            """cannot be ['a'], only a dictionary such as {"github": "ada-example"}""",
        ),
        ({"links": {"homepage": "x"}}, "cv.setting_invalid", "(did you mean 'website'?)"),
        ({"links": {"githup": "ada"}}, "cv.setting_invalid", "(did you mean 'github'?)"),
        ({"links": {"website": "javascript:alert(1)"}}, "cv.link_unsafe", "javascript:alert(1)"),
        ({"links": {"website": "../secret.html"}}, "cv.file_outside", "'../secret.html' is not an address"),
        ({"orcid": "12"}, "cv.identifier_invalid", "'12' contains no ORCID"),
        ({"email": "ada at x.org"}, "cv.identifier_invalid", "'ada at x.org' is not an e-mail address"),
        ({"affiliation": "A", "affiliation_url": "x.org"}, "cv.file_outside", "'x.org' is not an address"),
        ({"affiliation": "A", "affiliation_url": "javascript:x"}, "cv.link_unsafe", "javascript:x"),
    ],
    ids=str,
)
def test_what_cannot_be_is_told_and_the_rest_is_shown(
    tmp_path: Path, profile: dict[str, Any], code: str, words: str
) -> None:
    built = site(tmp_path, {"name": "Ada Example", "native_name": "例中", **profile})
    assert built.codes() == [code]
    assert built.warnings[0].startswith("WARNING: conf.py: ")
    assert words in built.warnings[0]
    assert "例中" in built.text("index.html")
    assert "javascript:" not in built.text("index.html")


def test_a_profile_that_is_a_list_is_told_what_it_may_be(tmp_path: Path) -> None:
    built = site(tmp_path, [{"name": "Ada Example"}], "# Ada\n")
    assert 'only a dictionary such as {"name": "Ada Example"}; it counts as empty' in built.warnings[0]


def test_an_empty_profile_is_no_profile(tmp_path: Path) -> None:
    built = site(tmp_path, {})
    problem = "profile: conf.py does not set 'cv_profile'; nothing is shown [cv.setting_invalid]"
    assert built.warnings == [f"index.md:3: WARNING: {problem}"]
    assert "ProfilePage" not in built.text("index.html")
