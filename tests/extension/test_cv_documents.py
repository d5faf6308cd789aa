"""``{cv}``: documents made from all pages and .bib files."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from sphinx_cv_ext.outputs import typesetting
from tests.cldr import CHINESE_TO
from tests.project import Built, Project
from tests.tools import needed

REFS = """@inproceedings{net, title={The {Net} of $x^2$}, author={Example, Ada and Sample, Bo}, abbr={ICE}, year={2021},
  author+an={1=corresponding}, booktitle={Conference on Examples}, acceptance={365/1900}, award={Best Paper Award},
  selected={true}, doi={10.1000/182}, note={Remarkable}, slides={https://example.org/slides}}
@article{over, title={Over and Out}, author={Sample, Bo}, journal={Journal of Samples}, year={2020}}
@misc{third, title={A Third}, author={Doe, Jane and Roe, Jo and Sample, Bo and Example, Ada}, year={2019}}
"""
HOME = """# Ada

:::{cv} full
profile
position
education
publications
talk
service
honor
:::

```{toctree}
jobs
papers
talks
```
"""
JOBS = """# Jobs

:::{position} 2015/2018
:what: Weaver
:where: Looms Inc.
:place: Town
:people: Mentor: Bo Sample

- Wove {cite}`over,net`
:::

:::{position} 2019-05/present
:what: Senior Weaver
:where: Institute of Looms
:url: https://example.org/looms
:::

:::{education} 2010/2014
:what: Ph.D. in Weaving
:where: University of Threads
:::

:::{service}
:what: Reviewer
:::

:::{honor} 2016
:what: Golden Shuttle
:where: Guild
:::
"""
TALKS = """# Talks

:::{talk} 2019-05-31
:what: On nets
:where: Hall
:publication: net
:::

:::{talk} 2017
:what: On threads
:where: Room
:::
"""
PAPERS = "# Papers\n\n:::{publications}\n:::\n"
FILES = {"refs.bib": REFS, "index.md": HOME, "jobs.md": JOBS, "talks.md": TALKS, "papers.md": PAPERS}
PROFILE = {
    "name": "Ada Example",
    "position": "Weaver",
    "affiliation": "Institute of Looms",
    "interests": ["looms"],
    "email": "ada@example.org",
    "description": "Ada weaves.",
    "links": {"github": "ada"},
}
SETTINGS: dict[str, Any] = {"cv_profile": PROFILE}
SCHEMA = Path(__file__).parents[1] / "outputs" / "data" / "json-resume-1.3.1.json"


def home(*lines: str, options: str = "") -> dict[str, str]:
    body = "\n".join(lines)
    return {
        **FILES,
        "index.md": HOME.replace(HOME[HOME.index("profile") : HOME.index(":::\n\n`")], f"{options}{body}\n"),
    }


def built(folder: Path, *lines: str, options: str = "", builder: str = "cv", **settings: Any) -> Built:
    return Project(folder, home(*lines, options=options), **SETTINGS, **settings).build(builder)


def test_the_builder_makes_the_documents_and_no_page(tmp_path: Path) -> None:
    made = Project(tmp_path, FILES, **SETTINGS).build("cv")
    assert made.warnings == []
    assert sorted(made.files()) == ["full.json", "full.pdf", "full.txt"]
    assert made.files()["full.pdf"].startswith(b"%PDF-1.7")


def test_the_text_says_everything_in_order(tmp_path: Path) -> None:
    text = Project(tmp_path, FILES, **SETTINGS).build("cv").text("full.txt")
    assert (
        text
        == """Ada Example
Weaver, Institute of Looms
https://github.com/ada
ada@example.org


PROFILE

Ada weaves.
Interests: looms


EXPERIENCE

Institute of Looms
Senior Weaver
May 2019 – present
https://example.org/looms

Looms Inc.
Weaver, Town
2015 – 2018
Mentor: Bo Sample
- Wove [1, 2]


EDUCATION

University of Threads
Ph.D. in Weaving
2010 – 2014


PUBLICATIONS

1. The Net of x²
Ada Example†, Bo Sample
ICE · Conference on Examples, 2021
Remarkable
† Corresponding author.
Best Paper Award
Accepted 365 of 1900 = 19.2%
DOI: https://doi.org/10.1000/182
Slides: https://example.org/slides

2. Over and Out
Bo Sample
Journal of Samples, 2020

3. A Third
Jane Doe, Jo Roe, Bo Sample, Ada Example
2019


TALKS

On nets
Hall
May 31, 2019

On threads
Room
2017


SERVICE

Reviewer


HONORS AND AWARDS

Golden Shuttle
Guild
2016
"""
    )


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("position", ["EXPERIENCE", "Institute of Looms", "Looms Inc."]),
        ("position = Work", ["WORK", "Institute of Looms", "Looms Inc."]),
        ('position = "Work: all of it"', ["WORK: ALL OF IT", "Institute of Looms", "Looms Inc."]),
        ("position: limit 1", ["EXPERIENCE", "Institute of Looms"]),
        (
            "Position = Work : limit 1 , compact",
            ["WORK", "Institute of Looms, Senior Weaver, May 2019 – present, https://example.org/looms"],
        ),
        ("position: year -2018", ["EXPERIENCE", "Looms Inc."]),
        ("position: year 2019-", ["EXPERIENCE", "Institute of Looms"]),
        ("position: year last 1", ["EXPERIENCE", "Institute of Looms"]),
        ("talk: year 2016-2018", ["TALKS", "On threads"]),
        ("publications: selected", ["PUBLICATIONS", "1. The Net of x²"]),
        ("publications: sort oldest, limit 1, compact", ["PUBLICATIONS", "1. A Third"]),
        ("publications: type article", ["PUBLICATIONS", "1. Over and Out"]),
        ("publications: keys third, authors 1, compact", ["PUBLICATIONS", "1. A Third", "Jane Doe, …, Ada Example"]),
        ("figures: show publications awards", ["IN FIGURES", "3 publications", "1 paper award"]),
        ("figures: selected, show publications", ["IN FIGURES", "1 publication"]),
        ("grant", []),
        ("education\n\ntalk: limit 1", ["EDUCATION", "University of Threads", "TALKS", "On nets"]),
    ],
)
def test_a_line_is_a_section(tmp_path: Path, line: str, shown: list[str]) -> None:
    made = built(tmp_path, line)
    assert made.warnings == []
    text = made.text("full.txt").partition("\n\n\n")[2]
    lines = [found for found in text.splitlines() if found]
    assert [found for found in lines if found in shown or found.isupper() or found[:3] in ("1. ", "2. ")] == shown


OF_A_BOOK = "@incollection{a, title={A}, booktitle={Handbook}, publisher={Press}, pages={1--9}, year=2020"
SAID = {
    "@book{a, title={A}, editor={Example, Ada and Sample, Bo}}": "Ada Example, Bo Sample (eds.)",
    "@book{a, title={A}, publisher={Press}, edition={2}, series={Things}, number=3, year=2020}": (
        "Press, 2nd ed., Things 3, 2020"
    ),
    "@book{a, title={A}, publisher={Press}, maintitle={Works}, volume=3}": "Press, Works 3",
    "@book{a, title={A}, publisher={Press}, edition={12}}": "Press, 12th ed.",
    "@book{a, title={A}, publisher={Press}, edition={Twelfth}}": "Press, Twelfth ed.",
    "@book{a, title={A}, publisher={Press}, edition={Revised edition}}": "Press, Revised edition",
    "@book{a, title={A}, publisher={Press}, edition={第2版}}": "Press, 第2版",
    "@proceedings{a, title={A}, publisher={Press}, series={Things}, volume=9}": "Press, Things 9",
    OF_A_BOOK + "}": "Handbook, pp. 1–9, Press, 2020",
    OF_A_BOOK + ", author={Roe, Jo}, editor={Sample, Bo}}": "Handbook, edited by Bo Sample, pp. 1–9, Press, 2020",
    OF_A_BOOK + ", author={Roe, Jo}, editor={A. B and C. D and E. F and G. H}}": (
        "Handbook, edited by A. B et al., pp. 1–9, Press, 2020"
    ),
    OF_A_BOOK + ", author={Roe, Jo}, editor={Sample, Bo}, translator={Doe, Jane}}": (
        "Handbook, edited by Bo Sample, translated by Jane Doe, pp. 1–9, Press, 2020"
    ),
    "@book{a, title={A}, publisher={Press}, author={Roe, Jo}, editor={Sample, Bo}, edition=2}": (
        "Press, edited by Bo Sample, 2nd ed."
    ),
    "@book{a, title={A}, publisher={Press}, translator={A. B and C. D}}": "Press, translated by A. B, C. D",
    "@article{a, title={A}, journal={J}, volume={7}, translator={A. B and C. D and E. F and G. H}, year=2020}": (
        "J, 7, translated by A. B et al., 2020"
    ),
    "@book{a, title={A}, publisher={Press}, author={Roe, Jo}, foreword={A. B}, annotator={C. D}}": (
        "Press, annotated by C. D, foreword by A. B"
    ),
    "@inbook{a, title={A}, publisher={Press}}": "Press",
    "@manual{a, title={A}, organization={Club}, year=2009}": "Club, 2009",
    "@patent{a, title={A}, holder={Club}, number={US1}, year=2009}": "Patent US1 · assigned to Club, 2009",
    "@patent{a, title={A}, number={US 1}, type={patentus}, location={countryus}}": "U.S. patent 1",
    "@patent{a, title={A}, assignee={Example Co., Ltd.}, type={Utility model}}": (
        "Utility model · assigned to Example Co., Ltd."
    ),
    "@patent{a, title={A}, number=7, type={patenteu}, location={countryfr and countryuk and Spain}}": (
        "European patent 7 · France, United Kingdom, Spain"
    ),
    "@patent{a, title={A}, number=7, nationality={United States}, publisher={USPTO}, type={Patent application}}": (
        "U.S. patent application 7 · USPTO"
    ),
    "@patent{a, title={A}, number={2020/17}, nationality={Turkish}}": "Turkish patent 2020/17",
    "@dataset{a, title={A}, publisher={Shelf}}": "Dataset · Shelf",
    "@software{a, title={A}, year=2020}": "Software · 2020",
    "@software{a, title={A}, howpublished={Free software}}": "Free software",
    "@inproceedings{a, title={A}, booktitle={B}, volume=33, pages={1--2}}": "B, vol. 33, pp. 1–2",
    "@inproceedings{a, title={A}, booktitle={B}, volume=61, number={S1}, pages={S7}}": "B, 61(S1), p. S7",
    "@inproceedings{a, title={A}, booktitle={B}, volume={Volume 8: Threads}}": "B, vol. 8: Threads",
    "@inproceedings{a, title={A}, booktitle={B}, volume={Volume 8}, series={Expo}}": "B, Expo Volume 8",
    "@article{a, title={A}, journal={J}, volume={Vol. 34}, number=2}": "J, 34(2)",
    "@inproceedings{a, title={A}, booktitle={B}, number=3, year=2020}": "B, no. 3, 2020",
    "@inproceedings{a, title={A}, booktitle={B}, series={Things}, volume=9}": "B, Things 9",
    "@inproceedings{a, title={A}, booktitle={B}, pages={pp.~1--2}}": "B, pp. 1–2",
    "@inproceedings{a, title={A}, booktitle={B}, pages={S. 3}}": "B, p. 3",
    "@inproceedings{a, title={A}, booktitle={B}, pages={S3--S7}}": "B, pp. S3–S7",
    "@inproceedings{a, title={A}, booktitle={B}, pages={Sp. 700--710}}": "B, Sp. 700–710",
    "@inproceedings{a, title={A}, booktitle={B}, pages={Article No. 195}}": "B, article 195",
    "@inproceedings{a, title={A}, booktitle={B}, pages={Article 19, 1--30}}": "B, Article 19, 1–30",
    "@inproceedings{a, title={A}, booktitle={B}, pages={3}, bookpagination={section}}": "B, § 3",
    "@article{a, title={A}, journal={J}, volume=3, pages={7--10}, bookpagination={column}}": "J, 3, cols. 7–10",
    "@article{a, title={A}, journal={J}, volume=3, pages={pp. 7--10}, bookpagination={page}}": "J, 3, 7–10",
    "@incollection{a, title={A}, author={Doe, Jo}, booktitle={B}, editor={Roe, Al and others}}": (
        "B, edited by Al Roe et al."
    ),
    "@talk{a, title={A}, venue={Rome}, year=2009}": "Talk · Rome, 2009",
    "@talk{a, title={A}, abbr={CoE}, eventtitle={Conference}, venue={Rome}}": "CoE · Talk · Conference, Rome",
    "@talk{a, title={A}, venue={Rome}, date={2009-06-12/2009-06-14}}": "Talk · Rome, Jun 12 – 14, 2009",
    "@talk{a, title={A}, venue={Rome}, date={2009/2010}}": "Talk · Rome, 2009–2010",
    "@newspaper{a, title={A}, journal={Times}, pages={12}, date={2020-11-14}}": "Times, p. 12, Nov 14, 2020",
    "@patent{a, title={A}, number={US 1}, date={2021-03-16}}": "Patent US 1 · Mar 16, 2021",
    "@article{a, title={A}, journal={J}, volume=3, date={2020-11-14}}": "J, 3, 2020",
    "@talk{a, title={A}, howpublished={Invited talk, Club}, address={Rome}}": "Invited talk, Club, Rome",
    "@inproceedings{a, title={A}, abbr={CoE}, publisher={Press}, year=2020}": "CoE · 2020",
    "@unpublished{a, title={A}, pubstate={submitted}}": "submitted",
}
"""What a CV and lists of any form say of an entry below its title."""


@pytest.mark.parametrize("form", ["full", "compact"])
def test_a_publication_says_what_it_is(tmp_path: Path, form: str) -> None:
    refs = "\n".join(entry.replace("{a,", f"{{a{place:02},") for place, entry in enumerate(SAID))
    files = home("publications: sort file" + (", compact" if form == "compact" else "")) | {"refs.bib": refs}
    files |= {
        "jobs.md": "# J",
        "talks.md": "# T",
        "papers.md": f"# P\n\n:::{{publications}}\n:sort: file\n:form: {form}\n",
    }
    project = Project(tmp_path, files)
    text = project.build("cv").text("full.txt").partition("1. A\n")[2]
    found = [lines.strip() for lines in re.split(r"\s+\d+\. A\n", text)]
    assert [lines.splitlines()[-1] for lines in found] == [*SAID.values()]
    items = project.build().soup("papers.html").select("li.cv-publication")
    shown = [item.select(".cv-authors, .cv-venue")[-1].get_text().replace("\u00a0", " ") for item in items]
    assert shown == [*SAID.values()]


def test_a_translator_has_marks_as_an_author_has(tmp_path: Path) -> None:
    refs = "@book{a, title={A}, author={Roe, Jo}, translator={Example, Ada and Doe, Jane}, translator+an={2=student}}"
    pages = {"refs.bib": refs, "jobs.md": "# J", "talks.md": "# T", "papers.md": "# P"}
    full, compact = (
        Project(tmp_path / form, home(f"publications: {form}") | pages, **SETTINGS).build("cv").text("full.txt")
        for form in ("full", "compact")
    )
    assert "translated by Ada Example, Jane Doe§\n" in full
    assert "§ Student advised by the site's owner." in full
    assert "translated by Ada Example, Jane Doe\n" in compact
    assert "§" not in compact


def test_the_text_writes_addresses_out_behind_their_words(tmp_path: Path) -> None:
    talks = """# Talks

:::{talk} 2019
:what: On [nets](https://example.org/nets)
:where: [Hall](https://example.org/hall)
:people: With [Bo](mailto:bo@example.org)

See **[the video](https://example.org/video)** and <https://example.org/more>.
:::
"""
    made = Project(tmp_path, home("talk") | {"talks.md": talks}, **SETTINGS).build("cv")
    assert made.text("full.txt").endswith(
        """On nets (https://example.org/nets)
Hall (https://example.org/hall)
2019
With Bo (bo@example.org)
See the video (https://example.org/video) and https://example.org/more.
"""
    )


def test_each_publication_of_a_compact_list_has_its_address(tmp_path: Path) -> None:
    text = built(tmp_path, "publications: selected, compact").text("full.txt")
    assert text.endswith("2021\nBest Paper Award\nAccepted 365 of 1900 = 19.2%\nhttps://doi.org/10.1000/182\n")


def test_groups_have_headings_and_numbers_go_on(tmp_path: Path) -> None:
    text = built(tmp_path, "publications = Selected: selected", "publications: group type, compact").text("full.txt")
    headings = ("SELECTED", "PUBLICATIONS", "Journal articles", "Conference papers", "Other publications")
    assert [line for line in text.splitlines() if line in headings or line[1:2] == "."] == [
        *("SELECTED", "2. The Net of x²"),
        *("PUBLICATIONS", "Journal articles", "1. Over and Out", "Conference papers", "2. The Net of x²"),
        *("Other publications", "3. A Third"),
    ]


@pytest.mark.parametrize(
    ("line", "warning"),
    [
        (
            "positon",
            "cv: 'positon' is not a section (did you mean 'position'?); it is left out [cv.cv_section]",
        ),
        ("awards", "cv: 'awards' is not a section (did you mean 'honor'?); it is left out [cv.cv_section]"),
        (
            "student",
            "cv: 'student' is not a section (did you mean a kind of your own, as cv_entry_kinds adds them?); "
            "it is left out [cv.cv_section]",
        ),
        ("!!", "cv: '!!' is not a section {}; it is left out [cv.cv_section]"),
        (
            "position: limit none",
            "cv: position: 'limit none': 'none' is not a whole number from 1; it is ignored [cv.option_invalid]",
        ),
        (
            "position: limt 3",
            "cv: position: 'limt 3': there is no such option (did you mean 'limit'?); it is ignored "
            "[cv.option_invalid]",
        ),
        (
            "profile: limit 3",
            "cv: profile: 'limit 3': there is no such option; it is ignored [cv.option_invalid]",
        ),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, line: str, warning: str) -> None:
    made = built(tmp_path, line, "talk")
    known = "(known: position, education, talk, teaching, service, honor, media, grant, project, profile, figures, "
    assert made.warnings == [f"index.md:3: WARNING: {warning.format(known + 'publications)')}"]
    assert "TALKS" in made.text("full.txt")


@pytest.mark.parametrize("name", ["../evil", "a/b", "a b", "..", "ä"])
def test_a_name_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    files = {**FILES, "index.md": HOME.replace("{cv} full", f"{{cv}} {name}")}
    made = Project(tmp_path, files, **SETTINGS).build("cv")
    assert made.codes() == ["cv.option_invalid"]
    assert sorted(made.files()) == ["cv.json", "cv.pdf", "cv.txt"]


def test_two_of_one_name_are_told(tmp_path: Path) -> None:
    files = {**FILES, "talks.md": TALKS + "\n:::{cv} FULL\ntalk\n:::\n"}
    made = Project(tmp_path, files, **SETTINGS).build("cv")
    problem = "cv: there is a CV 'full' already, in index.md:3; this one is not made"
    remedy = "give it another name, as in '{cv} short'"
    assert made.warnings == [f"talks.md:14: WARNING: {problem}; {remedy} [cv.cv_taken]"]
    assert "PROFILE" in made.text("full.txt")


def test_a_builder_that_has_nothing_to_make_says_so(tmp_path: Path) -> None:
    project = Project(tmp_path, {"refs.bib": "", "index.md": "# T\n"})
    none = project.build("cv")
    problem = "no page of the project has a {cv}; no file is written"
    assert (none.files(), none.warnings) == ({}, [f"WARNING: index.md: {problem} [cv.cv_none]"])
    assert project.build().warnings == []
    project = Project(tmp_path, FILES, **SETTINGS, cv_disable=["cv"])
    problem = "cv_disable has switched off CVs, which the builder 'cv' makes; no file is written"
    assert project.build("cv").warnings == [f"WARNING: conf.py: {problem} [cv.cv_none]"]


def test_without_a_line_it_has_all_there_is(tmp_path: Path) -> None:
    kinds = ("project", "media", "grant", "teaching", "committee")
    entries = "\n".join(f":::{{{kind}}} 2020\n:what: Looms\n:::\n" for kind in kinds)
    files = {**home(), "more.md": f"---\norphan: true\n---\n# More\n\n{entries}"}
    project = Project(tmp_path, files, **SETTINGS, cv_max_authors=1)
    kind = 'EntryKind("committee", "what", "Committee", "Committees")'
    conf = (tmp_path / "conf.py").read_text()
    project.write("conf.py", f"from sphinx_cv_ext.kinds import EntryKind\n{conf}cv_entry_kinds = [{kind}]\n")
    made = project.build("cv")
    assert [line for line in made.text("full.txt").splitlines() if line.isupper()] == [
        *("PROFILE", "EXPERIENCE", "EDUCATION", "HONORS AND AWARDS", "GRANTS", "PUBLICATIONS", "TALKS", "TEACHING"),
        *("SERVICE", "IN THE MEDIA", "PROJECTS", "COMMITTEES"),
    ]
    assert "Jane Doe, …, Ada Example" in made.text("full.txt")


def links(made: Built) -> dict[str, str]:
    return {a.get_text(): a["href"] for a in made.soup("index.html").select("p.cv-document a")}


def test_a_page_leads_to_the_files(tmp_path: Path) -> None:
    made = built(tmp_path, "talk", options=":title: My life\n\n", builder="html")
    assert made.warnings == []
    assert links(made) == {
        "My life (PDF)": "cv/full.pdf",
        "Plain text: My life": "cv/full.txt",
        "JSON Resume: My life": "cv/full.json",
    }
    hidden = made.soup("index.html").select("p.cv-document a .cv-hidden")
    assert [words.get_text() for words in hidden] == [": My life"] * 2
    assert all((made.out / name).is_file() for name in links(made).values())


def test_folders_lead_to_the_files_too(tmp_path: Path) -> None:
    made = Project(tmp_path, {**FILES, "talks.md": "# T\n\n:::{cv} other\n:::\n"}, **SETTINGS).build("dirhtml")
    hrefs = [a["href"] for a in made.soup("talks/index.html").select("p.cv-document a")]
    assert hrefs == ["../cv/other.pdf", "../cv/other.txt", "../cv/other.json"]


def test_without_typst_there_is_the_text_and_nothing_false(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "version", lambda: "")
    project = Project(tmp_path, FILES, **SETTINGS)
    made = project.build()
    assert made.warnings == []
    assert links(made) == {
        "Curriculum vitae (plain text)": "cv/full.txt",
        "JSON Resume: Curriculum vitae": "cv/full.json",
    }
    assert not (made.out / "cv" / "full.pdf").exists()
    monkeypatch.undo()
    again = project.build()
    assert (again.read, links(again)["Curriculum vitae (PDF)"]) == (["index"], "cv/full.pdf")
    assert (again.out / "cv" / "full.pdf").is_file()


@pytest.mark.parametrize(
    ("off", "left"),
    [
        ("cv", {"talks.ics"}),
        ("json-resume", {"cv/full.pdf", "cv/full.txt", "talks.ics"}),
        ("calendar", {"cv/full.pdf", "cv/full.txt", "cv/full.json"}),
    ],
)
def test_each_can_be_switched_off(tmp_path: Path, off: str, left: set[str]) -> None:
    made = Project(tmp_path, FILES, cv_disable=[off], **SETTINGS).build()
    files = {name for name in made.files() if name.startswith("cv/") or name.endswith(".ics")}
    assert files == left
    assert set(links(made).values()) == left - {"talks.ics"}


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "singlehtml", "man"])
def test_other_builders_show_nothing_of_it(tmp_path: Path, builder: str) -> None:
    made = Project(tmp_path, FILES, **SETTINGS).build(builder)
    assert not (made.out / "cv").exists()
    found = [name for name, data in made.files().items() if b"Curriculum vitae" in data]
    assert found == []


def test_the_resume_is_valid(tmp_path: Path) -> None:
    made = built(tmp_path, *("profile", "position", "education", "publications", "talk", "service", "honor"))
    found = json.loads(made.text("full.json"))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate(found, schema, format_checker=jsonschema.FormatChecker())
    assert found["basics"]["email"] == "ada@example.org"
    assert [job["name"] for job in found["work"]] == ["Institute of Looms", "Looms Inc."]
    assert found["work"][0] == {
        "name": "Institute of Looms",
        "position": "Senior Weaver",
        "url": "https://example.org/looms",
        "startDate": "2019-05",
    }
    assert found["work"][1]["highlights"] == ["Wove [1, 2]"]
    assert found["education"][0]["studyType"] == "Ph.D."
    assert found["education"][0]["area"] == "Weaving"
    assert found["awards"][0] == {"title": "Golden Shuttle", "date": "2016", "awarder": "Guild"}
    assert [talk["type"] for talk in found["projects"]] == ["talk", "talk"]
    assert [work["name"] for work in found["publications"]] == ["The Net of x²", "Over and Out", "A Third"]
    assert found["publications"][0]["releaseDate"] == "2021"


@pytest.mark.parametrize(
    ("links", "name"),
    [
        ({"github": "ada"}, "ada"),
        ({"scholar": "AbC-_1"}, "AbC-_1"),
        ({"scholar": "https://scholar.google.de/citations?hl=de&user=AbC-_1"}, "AbC-_1"),
        ({"dblp": "12/345"}, "12/345"),
        ({"mastodon": "https://example.org/@ada/"}, "@ada"),
        ({"website": "https://example.org/"}, None),
        ({"website": "https://example.org/?page=2"}, None),
    ],
)
def test_the_resume_names_people_as_networks_do(tmp_path: Path, links: dict[str, str], name: str | None) -> None:
    made = Project(tmp_path, FILES, cv_profile={"name": "Ada Example", "links": links}).build("cv")
    (profile,) = json.loads(made.text("full.json"))["basics"]["profiles"]
    assert profile.get("username") == name


FIGURES = """# More

:::{grant} 2020/2023
:what: Looms for All
:where: Foundation
:role: PI
:amount: EUR 1.2 million
:people: with Bo Sample
:details: No. 123

About looms.
:::

:::{project} 2019
:what: exampletool
:role: Maintainer
:amount: $500
:::

:::{teaching} 2018
:what: Weaving 1
:where: University of Threads
:role: TA
:details: 80 students
:::

:::{service} 2017
:where: Weavers' Conference
:role: Area Chair
:::
"""


def with_figures(folder: Path, option: str = "") -> Built:
    files = home(*(f"{kind}{option}" for kind in ("grant", "project", "teaching", "service")))
    return Project(folder, {**files, "talks.md": FIGURES}, **SETTINGS).build("cv")


def test_the_text_has_role_and_amount_beside_the_place(tmp_path: Path) -> None:
    text = with_figures(tmp_path / "full").text("full.txt")
    assert "Looms for All\nPI, Foundation, EUR 1.2 million\n2020 – 2023\nwith Bo Sample\nNo. 123\n" in text
    assert "Weaving 1\nTA, University of Threads\n2018\n80 students" in text
    compact = with_figures(tmp_path / "compact", ": compact").text("full.txt")
    assert "Looms for All, PI, Foundation, EUR 1.2 million, 2020 – 2023\n" in compact
    assert "No. 123" not in compact


def test_the_resume_has_roles_and_amounts_where_it_has_room(tmp_path: Path) -> None:
    found = json.loads(with_figures(tmp_path).text("full.json"))
    jsonschema.validate(found, json.loads(SCHEMA.read_text(encoding="utf-8")))
    (grant,) = found["awards"]
    assert grant["summary"] == "PI, EUR 1.2 million\nwith Bo Sample\nNo. 123\nAbout looms."
    tool, course = found["projects"]
    assert (tool["roles"], tool["description"]) == (["Maintainer"], "$500")
    assert (course["roles"], course["description"]) == (["TA"], "80 students")
    chair = found["volunteer"][0]
    assert (chair["organization"], chair["position"]) == ("Weavers’ Conference", "Area Chair")
    assert "summary" not in chair


def test_an_advisor_is_no_course_in_the_resume(tmp_path: Path) -> None:
    jobs = JOBS.replace("University of Threads\n", "University of Threads\n\nAdvisor: Bo Sample\n\n- On looms\n")
    made = Project(tmp_path, FILES | {"jobs.md": jobs}, **SETTINGS).build("cv")
    found = json.loads(made.text("full.json"))
    (school,) = found["education"]
    assert (school["summary"], school["highlights"]) == ("Advisor: Bo Sample", ["On looms"])
    assert "courses" not in school
    jsonschema.validate(found, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_a_season_has_its_year_in_the_resume(tmp_path: Path) -> None:
    files = {**FILES, "jobs.md": JOBS.replace("2015/2018", "Fall 2015/Spring 2018")}
    found = json.loads(Project(tmp_path, files, **SETTINGS).build("cv").text("full.json"))
    assert (found["work"][1]["startDate"], found["work"][1]["endDate"]) == ("2015", "2018")
    jsonschema.validate(found, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_the_calendar_has_the_talks_with_a_day(tmp_path: Path) -> None:
    text = Project(tmp_path, FILES, **SETTINGS).build().text("talks.ics")
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20190531" in text


def test_there_is_no_calendar_without_such_a_talk(tmp_path: Path) -> None:
    made = Project(tmp_path, {**FILES, "talks.md": "# T\n"}, **SETTINGS).build()
    assert not (made.out / "talks.ics").exists()


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, **SETTINGS)
    first, second = project.build("cv").files(), project.build("cv", into="again").files()
    assert first == second
    assert str(date.today().year).encode() not in first["full.txt"]


def test_nothing_is_set_again_that_has_not_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sphinx_cv_ext.outputs import cv_pdf

    project = Project(tmp_path, FILES, **SETTINGS)
    project.build("cv")
    made: list[str] = []
    real = cv_pdf.pdf
    monkeypatch.setattr(cv_pdf, "pdf", lambda document: made.append("x") or real(document))
    before = project.build("cv").files()
    assert made == []
    project.edit("talks.md", "On threads", "On yarn")
    after = project.build("cv").files()
    assert len(made) == 1
    assert before["full.pdf"] != after["full.pdf"]
    shutil.rmtree(tmp_path / "_build" / "cv")
    project.build("cv")
    assert len(made) == 2


def test_a_broken_cache_is_made_anew(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, **SETTINGS)
    project.build("cv")
    (cache,) = (tmp_path / "_build" / "doctrees").glob("*documents.pickle")
    for text in ("", "1", "1[]", '{"full": 3}'):
        cache.write_text(text, encoding="utf-8")
        assert project.build("cv").warnings == []


def pages(made: Built, name: str = "full.pdf") -> Any:
    import pypdf

    return pypdf.PdfReader(made.out / name)


def test_the_pdf_is_tagged_titled_and_has_bookmarks(tmp_path: Path) -> None:
    made = Project(tmp_path, FILES, language="de", **SETTINGS).build("cv")
    reader = pages(made)
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"].value
    assert catalog["/Lang"] == "de"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert reader.metadata.title.startswith("Ada Example – ")
    assert reader.metadata.author == "Ada Example"
    assert len(reader.outline) == 7
    assert b"pdfuaid" in catalog["/Metadata"].get_data()


def test_the_links_of_the_pdf_are_live(tmp_path: Path) -> None:
    reader = pages(Project(tmp_path, FILES, **SETTINGS).build("cv"))
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    uris = {note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})}
    assert uris >= {
        *("https://github.com/ada", "mailto:ada@example.org", "https://example.org/looms"),
        *("https://doi.org/10.1000/182", "https://example.org/slides"),
    }


LOCAL: dict[str, str | bytes] = {
    **home("publications", "talk: limit 1"),
    "refs.bib": REFS.replace("https://example.org/slides", "files/the net é.pdf").replace("doi={10.1000/182}, ", ""),
    "talks.md": TALKS.replace(":where: Hall\n", ":where: Hall\n:url: files/hall.pdf\n:poster: files/poster.pdf\n"),
    **{f"files/{name}.pdf": b"%PDF" for name in ("the net é", "hall", "poster")},
}


@pytest.mark.parametrize("builder", ["html", "dirhtml", "cv"])
def test_a_local_file_is_linked_where_the_site_has_it(tmp_path: Path, builder: str) -> None:
    site = "https://example.org/ada/"
    project = Project(tmp_path, LOCAL, html_baseurl=site, **SETTINGS)
    made = project.build(builder)
    assert made.warnings == []
    folder = "" if builder == "cv" else "cv/"
    found = json.loads(made.text(f"{folder}full.json"))
    slides, hall = found["publications"][0]["url"], found["projects"][0]["url"]
    assert slides.endswith("/the%20net%20%C3%A9.pdf")
    text = made.text(f"{folder}full.txt")
    assert f"Slides: {slides}" in text
    (poster,) = [line.removeprefix("Poster: ") for line in text.splitlines() if line.startswith("Poster")]
    notes = [note.get_object() for page in pages(made, f"{folder}full.pdf").pages for note in page.get("/Annots", [])]
    assert {slides, hall, poster} <= {note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})}
    pages_of_it = made if builder != "cv" else project.build()
    for address in (slides, hall, poster):
        assert address.startswith(site)
        assert (pages_of_it.out / unquote(address.removeprefix(site))).read_bytes() == b"%PDF"


def test_a_local_file_is_not_linked_where_nobody_knows_the_site(tmp_path: Path) -> None:
    made = Project(tmp_path, LOCAL, **SETTINGS).build("cv")
    assert made.warnings == []
    assert [name for name in ("full.txt", "full.json") if ".pdf" in made.text(name)] == []
    assert "url" not in json.loads(made.text("full.json"))["publications"][0]
    notes = [note.get_object() for page in pages(made).pages for note in page.get("/Annots", [])]
    uris = [note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})]
    assert "https://github.com/ada" in uris
    assert [uri for uri in uris if ".pdf" in uri] == []


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_the_paper_is_as_asked_for(tmp_path: Path, paper: str, size: tuple[int, int]) -> None:
    made = built(tmp_path, "talk", options=f":paper: {paper}\n\n")
    box = pages(made).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_no_text_is_markup(tmp_path: Path) -> None:
    evil = r"#panic() *b* _i_ $x$ `c` \u{41} <l> @r // c /* d */ = h -- \"q\" [x] #{1+1} ~"
    files = {**FILES, "talks.md": "# T\n\n:::{talk} 2019\n:what: Words\n\n`` " + evil + " ``\n:::\n"}
    made = Project(tmp_path, files, **SETTINGS).build("cv")
    assert made.warnings == []
    text = " ".join(page.extract_text() for page in pages(made).pages)
    assert "".join(evil.split()) in "".join(text.split())


def test_nothing_leads_to_a_script(tmp_path: Path) -> None:
    bad = "javascript:alert(1)"
    job = f":::{{talk}} 2019-05-31\n:what: A [b]({bad})\n:url: {bad}\n:slides: {bad}\n:people: '[p]({bad})'\n\n"
    files = {**FILES, "talks.md": f"# T\n\n{job}[c]({bad}) <a href='{bad}'>d</a>\n:::\n"}
    made = Project(tmp_path, files, **SETTINGS).build()
    assert {"cv.link_unsafe"} <= set(made.codes())
    # What MyST does not read as a link stays text, unchanged.
    assert '"url": "javascript' not in made.text("cv/full.json")
    assert "URL:" not in made.text("talks.ics")
    notes = [note.get_object() for page in pages(made, "cv/full.pdf").pages for note in page.get("/Annots", [])]
    assert len(notes) > 2
    assert [note for note in notes if "javascript" in str(note)] == []


def test_a_publication_longer_than_a_page_goes_on_overleaf(tmp_path: Path) -> None:
    names = " and ".join(f"Author{n}, Given" for n in range(1200))
    files = {**FILES, "refs.bib": f"{REFS}@misc{{big, title={{Big}}, author={{{names}}}, year={{2022}}}}\n"}
    made = Project(tmp_path, files, **SETTINGS).build("cv")
    text = " ".join(page.extract_text() for page in pages(made).pages)
    assert all(f"Author{n}" in text for n in (0, 600, 1199))


def test_a_word_longer_than_a_line_stays_on_the_paper(tmp_path: Path) -> None:
    import subprocess

    word = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaftssatzungsentwurf"
    refs = f"{REFS}@misc{{a, title={{On {word}}}, author={{Example, Ada}}, year={{2022}}}}\n"
    made = Project(tmp_path, {**home("publications"), "refs.bib": refs}, **SETTINGS).build("cv")
    assert made.warnings == []
    run = subprocess.run([needed("pdftotext"), "-bbox", made.out / "full.pdf", "-"], capture_output=True, check=True)
    ends = [float(end) for end in re.findall(r'xMax="([\d.]+)"', run.stdout.decode())]
    assert len(ends) > 10
    assert max(ends) <= float(pages(made).pages[0].mediabox.width) - 50
    text = "".join(page.extract_text() for page in pages(made).pages)
    assert word in re.sub(r"[\s\u200b]", "", text)


def test_a_character_that_no_font_has_is_told_and_left_out(tmp_path: Path) -> None:
    rare = next(iter(sorted(typesetting.missing("\U00013000\U00012000\U00018800\U00016a40\U00011d60"))), "")
    if not rare:
        pytest.skip("needs a script that no font of this machine has")
    project = Project(tmp_path, {**FILES, "talks.md": TALKS.replace("On nets", f"On {rare} nets")}, **SETTINGS)
    made = project.build("cv")
    problem = f"cv full: no font has {rare} (U+{ord(rare):04X}); something plainer is shown instead, or nothing"
    assert made.warnings == [f"index.md:3: WARNING: {problem} [cv.cv_glyph]"]
    assert "On nets" in " ".join(page.extract_text() for page in pages(made).pages)
    assert f"On {rare} nets" in made.text("full.txt")
    # It is typeset again each time, because the font may have been installed since.
    assert project.build("cv").codes() == ["cv.cv_glyph"]


@pytest.mark.parametrize("language", ["ar", "zh_CN", "sr@latin", "de"])
def test_it_is_set_in_any_script_and_language(tmp_path: Path, language: str) -> None:
    talks = TALKS.replace("On nets", "深度学习 و تعلم").replace("Hall", "Зал, Αίθουσα")
    settings = {"language": language, "suppress_warnings": ["locale", "cv.cv_glyph"]}
    made = Project(tmp_path, {**FILES, "talks.md": talks}, **SETTINGS, **settings).build("cv")
    assert made.warnings == []
    assert pages(made).trailer["/Root"]["/Lang"].startswith(language[:2])
    assert "深度学习 و تعلم" in made.text("full.txt")


def in_language(folder: Path, language: str, builder: str = "cv", site: str = "en") -> Built:
    profile = {**PROFILE, "native_name": "例爱达"}
    files = home("profile", "position", "publications", "talk", options=f":lang: {language}\n\n")
    files |= {"words/pl/LC_MESSAGES/sphinx_cv_ext.po": POLISH}
    return Project(folder, files, cv_profile=profile, locale_dirs=["words"], language=site).build(builder)


POLISH = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\n"

msgid "Experience"
msgstr "Praca"

msgid "{start} – present"
msgstr "od {start}"
"""


@pytest.mark.parametrize(
    ("language", "tag", "names", "said"),
    [
        (
            "de",
            "de",
            ["Ada Example", "例爱达"],
            ["Interessen", "seit Mai 2019", "† Korrespondenzautorschaft.", "Folien"],
        ),
        ("zh_CN", "zh-CN", ["例爱达", "Ada Example"], ["工作经历", "2019年5月至今", "† 通讯作者。", "2019年5月31日"]),
        ("zh-cn", "zh-CN", ["例爱达", "Ada Example"], ["工作经历", "2019年5月至今"]),
        ("pl", "pl", ["Ada Example", "例爱达"], ["PRACA", "od maj 2019", "TALKS", "31 maj 2019"]),
        ("en", "en", ["Ada Example", "例爱达"], ["EXPERIENCE", "May 2019 – present", "TALKS"]),
    ],
)
def test_one_may_be_in_another_language_than_the_site(
    tmp_path: Path, language: str, tag: str, names: list[str], said: list[str]
) -> None:
    made = in_language(tmp_path, language, site="fr")
    assert made.warnings == []
    text = made.text("full.txt")
    assert text.startswith(f"{' '.join(names)}\n")
    places = [text.find(words) for words in said]
    assert -1 not in places
    assert places == sorted(places)
    # What people wrote stays.
    assert {"Institute of Looms", "Senior Weaver", "Remarkable", "Best Paper Award"} <= set(text.splitlines())
    reader = pages(made)
    assert reader.trailer["/Root"]["/Lang"] == tag
    assert reader.metadata.author == names[0]
    assert said[1] in reader.pages[0].extract_text()
    assert json.loads(made.text("full.json"))["basics"]["name"] == names[0]


def test_a_page_says_that_a_cv_is_in_another_language(tmp_path: Path) -> None:
    made = in_language(tmp_path, "zh_CN", "html")
    assert made.warnings == []
    (foreign,) = made.soup("index.html").select("p.cv-document [lang]")
    assert (foreign["lang"], foreign.get_text()) == ("zh", "个人简历 (PDF)")


def test_the_same_cv_may_be_had_in_two_languages(tmp_path: Path) -> None:
    other = "\n:::{cv} lebenslauf\n:lang: de\n\ntalk\n:::\n"
    made = Project(tmp_path, {**home("talk"), "talks.md": TALKS + other}, **SETTINGS).build("cv")
    assert made.warnings == []
    assert "May 31, 2019" in made.text("full.txt")
    assert "31. Mai 2019" in made.text("lebenslauf.txt")
    assert pages(made, "lebenslauf.pdf").metadata.title == "Ada Example – Lebenslauf"


@pytest.mark.parametrize(
    ("language", "warning", "present"),
    [
        (
            "klingon",
            "option 'lang': 'klingon' is not a language such as 'de' or 'zh_CN'; it is ignored [cv.option_invalid]",
            "May 2019 – present",
        ),
        (
            "../de",
            "option 'lang': '../de' is not a language such as 'de' or 'zh_CN'; it is ignored [cv.option_invalid]",
            "May 2019 – present",
        ),
        (
            "it",
            "our words are not translated into 'it'; there are de, en, pl, zh_CN; they are English [cv.cv_language]",
            "mag 2019 – present",
        ),
    ],
)
def test_a_language_that_is_none_or_has_no_words_is_told(
    tmp_path: Path, language: str, warning: str, present: str
) -> None:
    made = in_language(tmp_path, language)
    assert made.warnings == [f"index.md:3: WARNING: cv: {warning}"]
    assert present in made.text("full.txt")


def test_what_typst_cannot_set_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sphinx_cv_ext.outputs import cv_pdf

    broken = tmp_path / "broken.typ"
    broken.write_text("#panic()", encoding="utf-8")
    monkeypatch.setattr(cv_pdf, "TEMPLATE", broken)
    made = Project(tmp_path / "site", FILES, **SETTINGS).build("cv")
    assert made.warnings == [
        "index.md:3: WARNING: cv full: typst says: panicked; there is no PDF of it [cv.cv_not_set]"
    ]
    assert sorted(made.files()) == ["full.json", "full.txt"]


def test_a_page_that_is_removed_takes_its_entries_with_it(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, **SETTINGS)
    project.build("cv")
    project.remove("talks.md")
    project.edit("index.md", "talks\n```", "```")
    assert "TALKS" not in project.build("cv").text("full.txt")


def colours(made: Built) -> dict[str, str]:
    """The colour of each stretch of text of the first page of the PDF, by its words."""
    found: dict[str, str] = {}
    now = ""

    def operand(operator: bytes, operands: Any, *_matrices: Any) -> None:
        nonlocal now
        if operator in (b"scn", b"sc", b"rg", b"g"):
            now = " ".join(f"{float(value):.2f}" for value in operands)

    def words(text: str, *_rest: Any) -> None:
        found[text.strip()] = now

    pages(made).pages[0].extract_text(visitor_operand_before=operand, visitor_text=words)
    return found


def test_a_link_in_running_text_of_the_pdf_is_seen(tmp_path: Path) -> None:
    jobs = JOBS.replace("- Wove", "- See [a page](https://example.org/page)\n- Wove")
    made = Project(tmp_path, {**home("position", "publications"), "jobs.md": jobs}, **SETTINGS).build("cv")
    found = colours(made)
    assert found["a page"] == found["Publications"] != found["Looms Inc."]
    # A title is a link wherever it is shown.
    assert found["Over and Out"] == found["Looms Inc."]


def test_a_star_behind_a_name_in_the_pdf_is_as_large_as_one_in_a_line(tmp_path: Path) -> None:
    refs = "@misc{a, title={A}, author={Example, Ada and Doe, Jo}, author+an={1=equal,corresponding;2=equal}}\n"
    made = Project(tmp_path, {**home("publications"), "refs.bib": refs}, **SETTINGS).build("cv")
    sizes: dict[str, set[float]] = {}

    def words(text: str, _user: Any, matrix: Any, _font: Any, size: float) -> None:
        for character in text:
            sizes.setdefault(character, set()).add(round(size * abs(matrix[3]), 1))

    pages(made).pages[0].extract_text(visitor_text=words)
    assert len(sizes["*"]) == 1
    assert len(sizes["†"]) == 2


@pytest.mark.parametrize(
    ("language", "lines"),
    [("en", ["May 31, 2016 –", "Aug 31, 2019"]), ("zh_CN", [f"2016年5月31日{CHINESE_TO}".rstrip(), "2019年8月31日"])],
)
def test_a_long_span_of_time_in_the_pdf_breaks_between_its_dates(
    tmp_path: Path, language: str, lines: list[str]
) -> None:
    import subprocess

    jobs = "# Jobs\n\n:::{position} 2016-05-31/2019-08-31\n:what: Weaver\n:where: Looms\n:::\n"
    made = Project(tmp_path, {**home("position"), "jobs.md": jobs}, language=language, **SETTINGS).build("cv")
    run = subprocess.run([needed("pdftotext"), "-raw", made.out / "full.pdf", "-"], capture_output=True, check=True)
    text = run.stdout.decode().splitlines()
    assert [line.strip() for line in text if "2016" in line or "2019" in line] == lines


def test_the_pdf_reads_as_it_is_meant(tmp_path: Path) -> None:
    import subprocess

    made = Project(tmp_path, FILES, **SETTINGS).build("cv")
    run = subprocess.run([needed("pdftotext"), made.out / "full.pdf", "-"], capture_output=True, check=True)
    text = " ".join(run.stdout.decode().split())
    parts = ["Ada Example", "Weaver, Institute of Looms", "Experience", "May 2019 – present", "Senior Weaver"]
    parts += ["2015 – 2018", "Looms Inc.", "Education", "Ph.D. in Weaving", "Publications", "Over and Out", "Talks"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
