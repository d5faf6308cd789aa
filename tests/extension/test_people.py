"""The names of people in ``cv_people`` lead to their pages, in all of their spellings and nobody else's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag

from tests.project import Built, Project

REFS = """
    @article{a, title={Looms}, author={Example, Ada and Sample, Bo and B\\"o Sample and B. Sample and Bob Sample},
      journal={J}, year=2020}
    @book{b, title={Cards}, author={Example, Ada}, editor={Doe, Jane and Sample, Bo}, publisher={P}, year=2019}
    @book{c, title={Threads}, editor={Sample, Bo}, publisher={P}, year=2018}"""
LIST = "# Home\n\n:::{publications}\n:::\n"
BO = "https://example.org/bo"
ORCID = "0000-0002-1825-0097"


def project(folder: Path, people: object, refs: str = REFS, **more: Any) -> Project:
    files = {
        "refs.bib": refs,
        "index.md": LIST,
        "members/sam.md": "---\norphan: true\n---\n\n# Sam\n\n:::{publications}\n:::\n",
    }
    return Project(folder, files, **{"cv_profile": {"name": "Ada Example"}, "cv_people": people, **more})


def links(built: Built, page: str = "index.html") -> list[str]:
    return [f"{link.get_text()} {link['href']}" for link in built.soup(page).select("a.cv-person")]


def in_text(built: Built, page: str) -> list[str]:
    links = built.soup(page).select(".body a.reference")
    return [f"{link.get_text()} {link['href']}" for link in links]


def test_a_name_leads_to_the_page_in_all_its_spellings(tmp_path: Path) -> None:
    built = project(tmp_path, {"Bo Sample": {"url": BO, "spellings": ["B. Sample"]}}, cv_pages="all").build()
    assert built.warnings == []
    expected = [f"Bo Sample {BO}", f"Bö Sample {BO}", f"B. Sample {BO}", f"Bo Sample {BO}", f"Bo Sample {BO}"]
    assert links(built) == expected
    assert [*links(built, "publications/a.html"), *links(built, "publications/b.html")] == expected[:4]


def test_without_the_setting_no_name_leads_anywhere(tmp_path: Path) -> None:
    assert links(project(tmp_path, {}, cv_pages="all").build()) == []


@pytest.mark.parametrize("address", ["members/sam", "/members/sam", "members/sam.md", "members/sam.html"])
def test_a_member_of_the_group_has_a_page_of_the_site(address: str, tmp_path: Path) -> None:
    profile = {"name": "Example Lab", "spellings": ["Ada Example", "Bo Sample"]}
    built = project(tmp_path, {"Bo Sample": address}, cv_profile=profile, cv_pages="all").build()
    assert built.warnings == []
    assert links(built)[0] == "Bo Sample members/sam.html"
    assert links(built, "publications/a.html")[0] == "Bo Sample ../members/sam.html"
    # On the page itself the name leads nowhere.
    assert links(built, "members/sam.html") == []
    owner = built.soup("index.html").select_one(".cv-owner > a")
    assert isinstance(owner, Tag)
    assert owner["href"] == "members/sam.html"


def test_an_id_may_follow_the_page(tmp_path: Path) -> None:
    built = project(tmp_path, {"Bo Sample": "members/sam#bo"}).build("dirhtml")
    assert links(built)[0] == "Bo Sample members/sam/#bo"
    assert links(built, "members/sam/index.html")[0] == "Bo Sample #bo"


def test_two_orcid_ids_decide_rather_than_the_spelling(tmp_path: Path) -> None:
    refs = "@misc{a, title={T}, author={Sample, Bo and Sample, Bo and Other, Name and Sample, Bo}, "
    refs += f'author+an:orcid={{2="0000-0001-5109-3700"; 3="{ORCID}"; 4="{ORCID}"}}}}'
    built = project(tmp_path, {"Bo Sample": {"orcid": f"https://orcid.org/{ORCID}"}}, refs).build()
    page = f"https://orcid.org/{ORCID}"
    assert links(built) == [f"Bo Sample {page}", f"Name Other {page}", f"Bo Sample {page}"]


def test_compact_lists_and_print_have_only_names(tmp_path: Path) -> None:
    made = project(tmp_path, {"Bo Sample": BO})
    made.write("index.md", "# Home\n\n:::{publications}\n:form: compact\n:::\n")
    assert links(made.build()) == []
    for builder, name in (("text", "index.txt"), ("latex", "adaexample.tex"), ("epub", "index.xhtml")):
        made.write("index.md", LIST)
        built = made.build(builder, epub_show_urls="inline", latex_show_urls="inline", epub_copyright="A")
        assert "Bo Sample" in built.text(name)
        assert BO not in built.text(name)


def test_nodes_and_html_that_is_written_directly_are_the_same(tmp_path: Path) -> None:
    made = project(tmp_path, {"Bo Sample": BO, "Jane Doe": "members/sam"}, cv_pages="all")
    fast, slow = made.build(into="fast"), made.build(into="slow", cv_fast_pages=False)
    assert fast.text("index.html") == slow.text("index.html")
    assert fast.text("publications/b.html") == slow.text("publications/b.html")


def test_a_page_that_comes_or_goes_and_a_new_address_change_the_pages(tmp_path: Path) -> None:
    made = project(tmp_path, {"Bo Sample": "members/sam"}, cv_pages="all")
    assert links(made.build(), "publications/a.html")[0] == "Bo Sample ../members/sam.html"
    made.remove("members/sam.md")
    built = made.build()
    assert links(built) == links(built, "publications/a.html") == []
    assert built.codes() == ["cv.setting_invalid"]
    made.configure(cv_people={"Bo Sample": BO}, cv_pages="all")
    assert links(made.build(), "publications/a.html")[0] == f"Bo Sample {BO}"


@pytest.mark.parametrize("settings", [{"exclude_patterns": ["members"]}, {"include_patterns": ["index.md"]}])
def test_a_page_that_is_left_out_of_the_site_is_none(settings: dict[str, Any], tmp_path: Path) -> None:
    made = project(tmp_path, {"Bo Sample": "members/sam"})
    assert links(made.build())[0] == "Bo Sample members/sam.html"
    made.configure(cv_people={"Bo Sample": "members/sam"}, **settings)
    built = made.build()
    assert (links(built), built.codes()) == ([], ["cv.setting_invalid"])


def authors(built: Built) -> list[Any]:
    found = [json.loads(tag.get_text()) for tag in built.soup("publications/a.html").select("script[type*=ld]")]
    return list(next(node["author"] for node in found if "author" in node))


def test_search_engines_read_who_it_is(tmp_path: Path) -> None:
    people = {"Bo Sample": {"url": BO, "orcid": ORCID}, "Bob Sample": "members/sam", "B. Sample": {"orcid": ORCID}}
    site = {"cv_pages": "all", "html_baseurl": "https://ada.example.org/"}
    _ada, bo, _bo, b, bob = authors(project(tmp_path, people, **site).build())
    page = f"https://orcid.org/{ORCID}"
    identifier = {"@type": "PropertyValue", "propertyID": "ORCID", "value": ORCID, "url": page}
    assert (bo["url"], bo["sameAs"], bo["identifier"]) == (BO, page, identifier)
    assert bob["url"] == "https://ada.example.org/members/sam.html"
    assert (b["sameAs"], "url" in b) == (page, False)


def test_a_member_is_not_the_group_for_search_engines(tmp_path: Path) -> None:
    profile = {"name": "Example Lab", "spellings": ["Ada Example", "Bo Sample"]}
    site = {"cv_pages": "all", "html_baseurl": "https://lab.example.org/", "cv_profile": profile}
    ada, bo, *_others = authors(project(tmp_path, {"Bo Sample": BO}, **site).build())
    assert ("@id" in ada, "@id" in bo, bo["url"]) == (True, False, BO)


def test_exports_do_not_say_it(tmp_path: Path) -> None:
    built = project(tmp_path, {"Bo Sample": {"url": BO, "orcid": ORCID}}, cv_pages="all").build()
    files = {name: data for name, data in built.files().items() if name.startswith("exports/") or ".bib" in name}
    assert files
    assert not any(BO.encode() in data or ORCID.encode() in data for data in files.values())


def test_in_running_text_the_words_lead_to_the_page(tmp_path: Path) -> None:
    made = project(tmp_path, {"Bo Sample": BO, "Sam Student": "members/sam", "Mia Member": "members/sam#mia"})
    made.write(
        "index.md", "# Home\n\n{person}`bö sample`, {person}`my student <Sam Student>` and {person}`Mia Member`\n"
    )
    made.write("members/sam.md", "---\norphan: true\n---\n\n# Sam\n\n{person}`Sam Student`, {person}`Mia Member`\n")
    built = made.build()
    assert built.warnings == []
    assert in_text(built, "index.html") == [
        f"bö sample {BO}",
        "my student members/sam.html",
        "Mia Member members/sam.html#mia",
    ]
    assert in_text(built, "members/sam.html") == ["Mia Member #mia"]
    assert "my student" in made.build("text").text("index.txt")


def test_a_person_is_written_once_for_entries_and_their_cv(tmp_path: Path) -> None:
    made = project(tmp_path, {"Bo Sample": BO})
    entry = ':::{position} 2020\n:where: Looms\n:people: "Mentor: {person}`Bo Sample`"\n:::\n'
    made.write("index.md", f"# Home\n\n{entry}\n:::{{cv}}\n\nposition\n:::\n")
    built = made.build()
    assert built.warnings == []
    assert f"Bo Sample {BO}" in in_text(built, "index.html")
    assert "Mentor: Bo Sample" in built.text("cv/cv.txt")


def test_within_a_link_a_name_is_only_a_name(tmp_path: Path) -> None:
    made = project(tmp_path, {"Bo Sample": BO, "Sam Student": "members/sam"})
    entry = ':::{talk} 2020\n:what: "With {person}`Bo Sample`"\n:url: https://example.org/talk\n:::\n'
    made.write("index.md", f"# Home\n\n[by {{person}}`Sam Student`, too](https://example.org/words)\n\n{entry}")
    for builder in ("html", "singlehtml"):
        assert in_text(made.build(builder), "index.html")[:2] == [
            "by Sam Student, too https://example.org/words",
            "With Bo Sample https://example.org/talk",
        ]


def test_somebody_who_is_not_listed_is_shown_with_a_warning(tmp_path: Path) -> None:
    made = project(tmp_path, {"Bo Sample": BO})
    made.write("index.md", "# Home\n\n{person}`Bo Smaple` and {person}`she <Grace Sample>`\n")
    built = made.build()
    assert in_text(built, "index.html") == []
    assert "Bo Smaple and she" in built.soup("index.html").get_text()
    assert built.warnings == [
        "index.md:3: WARNING: person: 'Bo Smaple' is not in cv_people (did you mean 'Bo Sample'?); it is shown without "
        "a link [cv.person_unknown]",
        "index.md:3: WARNING: person: 'Grace Sample' is not in cv_people (did you mean 'Bo Sample'?); it is shown "
        "without a link [cv.person_unknown]",
    ]


WRONG: dict[str, tuple[object, str]] = {
    "value": (
        {"Bo Sample": 1},
        "cv_people['Bo Sample'] cannot be 1, only an address such as \"https://example.org/bo\" or a dictionary such "
        'as {"url": "https://example.org/bo"}; the name leads nowhere [cv.setting_invalid]',
    ),
    "key": (
        {"Bo Sample": {"url": BO, "orcidd": ORCID}},
        "cv_people['Bo Sample'] has no key 'orcidd' (did you mean 'orcid'?); it is ignored [cv.setting_invalid]",
    ),
    "nothing": (
        {"Bo Sample": {"spellings": ["B. Sample"]}},
        "cv_people['Bo Sample'] has neither 'url' nor 'orcid'; the name leads nowhere [cv.setting_invalid]",
    ),
    "empty": (
        {"Bo Sample": ""},
        "cv_people['Bo Sample'] has neither 'url' nor 'orcid'; the name leads nowhere [cv.setting_invalid]",
    ),
    "unsafe": (
        {"Bo Sample": "javascript:alert(1)"},
        "'javascript:alert(1)' is not an address that a page may link to; the link is left out [cv.link_unsafe]",
    ),
    "orcid": (
        {"Bo Sample": {"url": BO, "orcid": "12"}},
        "'12' contains no ORCID; the link is left out [cv.identifier_invalid]",
    ),
    "page": (
        {"Bo Sample": "members/sma"},
        "cv_people['Bo Sample']: 'members/sma' is neither a page of this site nor an address that begins with "
        "https://; the name leads nowhere [cv.setting_invalid]",
    ),
    "outside": (
        {"Bo Sample": "../secret"},
        "cv_people['Bo Sample']: '../secret' is neither a page of this site nor an address that begins with "
        "https://; the name leads nowhere [cv.setting_invalid]",
    ),
    "long": (
        {"Bo Sample": "b" * 300},
        f"cv_people['Bo Sample']: '{'b' * 300}' is neither a page of this site nor an address that begins with "
        "https://; the name leads nowhere [cv.setting_invalid]",
    ),
    "twice": (
        {"Bo Sample": BO, "Bob Sample": {"url": "https://example.org/bob", "spellings": ["Bo Sample"]}},
        "cv_people: 'Bo Sample' is written for 'Bo Sample' and for 'Bob Sample'; it leads to the page of the first "
        "[cv.setting_invalid]",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_is_told_and_the_rest_is_shown(name: str, tmp_path: Path) -> None:
    people, warning = WRONG[name]
    folder = tmp_path / "site"
    (tmp_path / "secret.md").write_text("# Secret\n", encoding="utf-8")
    built = project(folder, people).build()
    assert built.warnings == [f"WARNING: conf.py: {warning}"]
    assert (f"Bo Sample {BO}" in links(built)) == (name in ("key", "orcid", "twice"))


def test_a_list_is_told_what_it_may_be(tmp_path: Path) -> None:
    built = project(tmp_path, ["Bo Sample"]).build()
    assert built.warnings == [
        "WARNING: conf.py: cv_people cannot be ['Bo Sample'], only a dictionary; {} is used [cv.setting_invalid]"
    ]


def test_the_setting_is_found_under_the_names_that_people_try(tmp_path: Path) -> None:
    (warning,) = project(tmp_path, {}, cv_coauthors={"Bo Sample": BO}).build().warnings
    assert "there is no setting 'cv_coauthors' (did you mean 'cv_people'?)" in warning
