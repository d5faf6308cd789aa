"""What each importer takes over, told by the files that it writes, and by the site that comes of them."""

from __future__ import annotations

import ast
import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from sphinx_cv_ext.cli import main
from sphinx_cv_ext.importers import IMPORTERS, kind_of
from tests.sites import build, contents, page

DATA = Path(__file__).parent / "data"
SOURCES = {
    "al-folio": "al-folio",
    "academicpages": "academicpages",
    "hugoblox": "hugoblox",
    "bibtex": "al-folio/_bibliography/papers.bib",
    "ris": "works.ris",
    "dblp": "dblp.xml",
    "orcid": "orcid.json",
    "json-resume": "resume.json",
    "rendercv": "rendercv.yaml",
    "csl": "works.csl.json",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder next to the sources."""
    shutil.copytree(DATA, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "site"


class Printed:
    """What a command prints, line by line."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def of(self, *arguments: str) -> list[str]:
        """Run ``sphinx-cv import``; the first line is its exit status."""
        self._capsys.readouterr()
        status = main(["import", *arguments, "--into", "site"])
        return [str(status), *self._capsys.readouterr().out.splitlines()]

    def not_taken(self, *arguments: str) -> list[str]:
        lines = self.of(*arguments)
        return [line.strip() for line in lines[lines.index("Not taken over:") + 1 :]]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    return Printed(capsys)


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def profile(folder: Path) -> object:
    for statement in ast.parse(read(folder, "docs/conf.py")).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "cv_profile":
            return ast.literal_eval(statement.value)
    return None


def test_every_importer_has_a_source_here() -> None:
    assert list(SOURCES) == list(IMPORTERS)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_is_known_by_its_looks(name: str) -> None:
    found = kind_of(DATA / SOURCES[name])
    assert found
    assert found.name == name


@pytest.mark.parametrize("name", SOURCES)
def test_an_imported_site_builds_and_a_second_run_changes_nothing(name: str, folder: Path, printed: Printed) -> None:
    source = str(Path("data", SOURCES[name]))
    assert printed.of(source, "--name", "Ada Example")[0] == "0"
    assert build(folder) == ""
    assert len(page(folder, "publications").select("li.cv-publication")) in (2, 3, 4) or name == "rendercv"
    shutil.rmtree(folder / "out")
    before = contents(folder)
    assert printed.of(source, "--name", "Ada Example")[0] == "0"
    assert contents(folder) == before


WRITTEN = {
    "al-folio": {
        "refs.bib": [
            "booktitle = {Int. Conference on Calculating Engines},",
            "title     = {Notes on the {Engine}},",
            "pdf       = {engine.pdf},",
            "preview   = {engine.png},",
            "supp    = {https://example.org/supp.pdf},",
        ],
        "docs/experience.md": [
            "```{position} 2019/present\n:what: Professor of Weaving\n:where: Example University\n\n"
            "- Looms, see [the page](https://example.org/looms)\n- Bo Sample\n```\n",
            "```{position} 2015/2019\n",
        ],
        "docs/honors-and-awards.md": ["```{honor} 2020\n:what: Golden Loom\n```\n", ":what: Silver Thread\n"],
        "docs/conf.py": [
            'cv_files = "../files"\n',
            'cv_profile = {\n    "name": "Ada Example",\n',
            '"orcid": "0000-0002-1825-0097"',
            '"scholar": "AbC_123"',
            '"mastodon": "https://looms.example.org/@ada"',
            '"bluesky": "https://bsky.example.org/profile/ada"',
            '"twitter": "ada"',
            '"website": "https://looms.example.org/ada"',
            'cv_people = {\n    "Bo Sample": {\n        "url": "https://example.org/bo",\n'
            '        "spellings": ["B. Sample"],\n    },\n    "Jane Doe": "https://example.org/jane",\n}\n',
        ],
    },
    "academicpages": {
        "refs.bib": [
            "@article{example2009looms,\n  author   = {Example, Ada and Sample, Bo and Third, C. D},",
            r"title    = {Looms \& Engines},",
            "url      = {https://example.org/looms.pdf},\n  slides   = {slides.pdf},\n}",
            "@misc{2010odd,\n  title = {An Odd One},\n  date  = {2010},\n}",
        ],
        "docs/talks.md": [
            "```{talk} 2012-03-01\n:what: Talk on the Engine\n:where: Society of Looms\n:place: Exampletown\n\n"
            "This is [the talk](https://example.org/talk), in *three* parts:\n\n- one\n"
            "- alert(1) two \\{cite\\}nothing\n```"
        ],
        "docs/teaching.md": [":what: Weaving 1, Undergraduate course\n:where: Example University\n"],
    },
    "hugoblox": {
        "refs.bib": [
            "title     = {Looms for {Everybody}},",
            "booktitle = {Proceedings of the Conference on Looms},\n  year      = {2013},\n  abbr      = {CoL},",
            "selected  = {true},\n  code      = {https://example.org/code},\n  poster    = {https://example.org/poster},\n"
            "  pdf       = {looms.pdf},\n  preview   = {featured.png},\n}",
            "date    = {2019-04-07},\n  preview = {example2019preprint-featured.png},\n}",
        ],
        "docs/experience.md": ["```{position} 2019-01-01/present\n", "Looms:\n\n- old ones\n- new ones\n```"],
        "docs/education.md": ["```{education} 2012\n:what: PhD in Weaving\n:where: Example University\n"],
        "docs/talks.md": [
            "```{talk} 2030-06-01\n:what: Example Talk\n:where: Conference on Looms\n:place: Exampletown, Exampleland\n"
            ":video: https://example.org/video\n:url: https://example.org/conference\n\nAn abstract.\n```"
        ],
        "docs/conf.py": [
            '"affiliation_url": "https://example.org/university"',
            '"interests": ["Looms", "Punched cards"]',
            '"url": "https://example.org/bo",\n        "orcid": "0000-0001-5109-3700",\n',
        ],
    },
    "ris": {
        "refs.bib": [
            "author   = {Example, Ada and Sample, Jr., Bo},\n"
            "  title    = {Weaving Algebra: 100\\% \\textbraceleft{}of\\textbraceright{} it},",
            "date     = {2023-04-05},",
            "issn     = {1234-5679},",
            "abstract = {An abstract that goes on.},",
            "keywords = {looms, cards},",
            "@inproceedings{example2024notes,",
            "translator = {Doe, Jane},",
        ],
    },
    "dblp": {
        "refs.bib": [
            "@inproceedings{DBLP:conf/icce/ExampleS24,\n",
            "author    = {Ada Example and Bö Sample},",
            r"title     = {Notes on the Engine with H\textsubscript{2}O \& more},",
            "doi       = {10.1000/182},",
            "pubstate = {preprint},",
        ],
        "docs/conf.py": ['"dblp": "00/1-1"', '"spellings": ["Ada B. Example"]', '"affiliation": "Example University"'],
    },
    "orcid": {
        "refs.bib": [
            "title   = {Weaving Algebra: A Start},\n  journal = {Journal of Looms},\n  date    = {2023-04},\n"
            "  doi     = {10.1000/182},\n}",
            "eprint     = {2001.00001},",
        ],
        "docs/experience.md": [
            "```{position} 2019-05/present\n:what: Professor, Weaving\n:where: Example University\n"
            ":place: Exampletown, DE\n"
        ],
        "docs/education.md": ["```{education} 2010/2014\n"],
        "docs/grants.md": [
            "```{grant} 2020/2023\n:what: Looms for All\n:where: Foundation of Looms\n:amount: EUR 1200000\n"
            ":details: No. LO-123\n```\n"
        ],
    },
    "json-resume": {
        "refs.bib": [r"abstract     = {About 100\% of\_it.},", "howpublished = {Journal of Looms},"],
        "docs/experience.md": [
            "Looms: *all* of them.\n\n- 1\\. first\n- \\- second\n- code & **bold**\n```",
            "```{position} 2015/2019-04-30\n:what: Postdoc \\| \\{\\{ x \\}\\}\n"
            ':where: "Institute: \\"Looms\\" \\\\#2"\n```',
        ],
        "docs/education.md": ["```{education} 2010/2014\n:what: PhD in Weaving\n", "- W101 - Knots\n"],
        "docs/honors-and-awards.md": ["```{honor} 2020-11-01\n:what: Golden Loom\n:where: Society of Looms\n"],
        "docs/projects.md": [
            "```{project} 2021-01\n:what: exampletool\n:role: Author, Maintainer\n:url: https://example.org/tool\n\n"
            "A tool.\n```"
        ],
    },
    "rendercv": {
        "refs.bib": ["author  = {Ada Example and Bo Sample},", "date    = {2023-07},"],
        "docs/education.md": ["- GPA: 3.9 ([transcript](https://example.org/t))"],
        "docs/experience.md": ["```{position} 2018-23\n:what: Postdoc\n", "```{position}\n:what: Professor\n"],
        "docs/honors-and-awards.md": [
            "```{honor} 2021\n:what: Golden Loom\n:where: Society of Looms\n:amount: EUR 500\n"
        ],
        "docs/service.md": ["```{service} 2022-03/present\n:what: Guide\n:where: Loom Museum\n"],
        "docs/talks.md": ["```{talk}\n:what: On looms (2020)\n", "```{talk} 2021-03-04\n:what: On engines\n"],
    },
    "csl": {
        "refs.bib": [
            "@article{example2023weaving,\n  author       = {Example, Ada and {The Loom Group} and van Beethoven, L.},",
            r"title        = {Weaving \emph{Algebra} \& H\textsubscript{2}O},",
            "date         = {2023-04},",
            "doi          = {10.1000/182},",
            "translator = {Doe, Jane and {The Loom Group}},",
            "bookauthor = {Kafka, Franz},",
            "origtitle  = {Notizen},",
            "origdate   = {1915},",
            "date       = {2024/2025-01},",
            "editor      = {Doe, Jane},\n  editortype  = {director},\n"
            "  editora     = {Example, Ada and {The Loom Group}},\n  editoratype = {collaborator},",
            "@phdthesis{cards,",
            "date   = {2014},",
        ],
    },
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_taken_over(name: str, folder: Path, printed: Printed) -> None:
    printed.of(str(Path("data", SOURCES[name])), "--name", "Ada Example")
    for file, parts in WRITTEN[name].items():
        text = read(folder, file)
        for part in parts:
            assert part in text


NOT_TAKEN = {
    "al-folio": [
        "data/al-folio/_data/socials.yml:6: there is no link of the kind 'scopus_id'",
        "data/al-folio/_data/socials.yml:13: there is a link 'website' already; 'https://cards.example.org/ada' is a "
        "second one",
        "data/al-folio/_data/socials.yml:15: 'cv_pdf' left out: {cv} makes a PDF of the entries",
        "data/al-folio/_data/coauthors.yml:8: a person is left out: 'javascript:alert(1)' is not an address that a "
        "page may link to",
        "data/al-folio/_data/coauthors.yml:10: a person is left out: there is no address",
        "data/al-folio/_data/coauthors.yml:13: a person is left out: 'example.org/roe' is not an address that begins "
        "with https://",
        "data/al-folio/_data/coauthors.yml:13: 'email' of roe has no place here",
        "data/al-folio/_bibliography/papers.bib:12: the file 'lost.pdf' of the field 'slides' is not there",
        "data/al-folio/_bibliography/papers.bib:20: the file '../../../secret.pdf' of the field 'pdf' is not there",
        "data/al-folio/_data/cv.yml:1: the section 'General Information' has no kind here; cv_entry_kinds adds kinds",
        "data/al-folio/_data/cv.yml:25: 'long ago' is not a date; the entry has none",
        "data/al-folio/_data/cv.yml:37: the section 'Other Interests' has no kind here; cv_entry_kinds adds kinds",
        "data/al-folio/assets/json/resume.json: left out: _data/cv.yml is there, too",
        "data/al-folio/_pages: 1 left out: the words of a page are yours to copy; the landing page is docs/index.md",
        "data/al-folio/_news: 1 left out: news are not part of a CV",
        "data/al-folio/assets/img/prof_pic.jpg: left out: copy it to docs/ and name it as 'image' of cv_profile",
        "data/al-folio/_data/venues.yml: left out: venues have no addresses here",
        "data/al-folio/_data/repositories.yml: left out: what GitHub draws of repositories is on another host; write "
        "{project} entries",
    ],
    "academicpages": [
        "data/academicpages/_publications/2010-odd.md:2: no authors can be read from 'citation'; add them in refs.bib",
        "data/academicpages/_publications/2010-odd.md:2: '2010-02-30' is not a date; the year 2010 is kept",
        "data/academicpages/_config.yml:3: there is no link of the kind 'steam'",
        "data/academicpages/_portfolio: 1 left out: pages of projects have no dates; write {project} entries",
    ],
    "hugoblox": [
        "data/hugoblox/content/authors/admin/_index.md:37: there is no link of the kind 'youtube'",
        "data/hugoblox/content/publication/looms/index.md:22: there is no link of the kind 'elsewhere'",
        "data/hugoblox/content/publication/looms/index.md:2: the file 'slides.pdf' of the field 'slides' is not there",
        "data/hugoblox/content/post: 1 left out: a blog is not part of a CV",
        "data/hugoblox/content/authors/grace/_index.md:2: a person is left out: there is no address",
    ],
    "ris": ["data/works.ris:1: the tag ZZ has no place here"],
    "orcid": [
        "data/orcid.json: the works of a record name no authors; add them in refs.bib",
        "data/orcid.json: peer reviews have no place here",
    ],
    "json-resume": [
        "data/resume.json: 'score' of education has no place here",
        "data/resume.json: 'javascript:alert(1)' is not an address that a page may link to",
        "data/resume.json: there is no link of the kind 'Loomstagram'",
        "data/resume.json: 'phone' of basics has no place here",
        "data/resume.json: 'skills' has no place here",
    ],
    "rendercv": [
        "data/rendercv.yaml:13: the texts of the section 'summary' have no place here",
        "data/rendercv.yaml:24: '2019-02-30 to present' is not a date; the entry has none",
        "data/rendercv.yaml:54: the section 'skills' has no kind here; cv_entry_kinds adds kinds",
        "data/rendercv.yaml:2: 'location' of cv has no place here",
    ],
    "csl": [
        "data/works.csl.json: 'custom' of items has no place here",
        "data/works.csl.json: 'javascript:alert(1)' is not an address that a page may link to",
    ],
}


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_what_is_not_taken_over_is_said_with_its_place(name: str, folder: Path, printed: Printed) -> None:
    assert printed.not_taken(str(Path("data", SOURCES[name])), "--name", "Ada Example") == NOT_TAKEN[name]


@pytest.mark.parametrize(
    ("name", "files", "link"),
    [
        ("al-folio", ["engine.pdf", "engine.png"], "pdf"),
        ("hugoblox", ["example2019preprint-featured.png", "featured.png", "looms.pdf"], "pdf"),
        ("academicpages", ["slides.pdf"], "slides"),
    ],
)
def test_files_of_publications_go_with_them(
    name: str, files: list[str], link: str, folder: Path, printed: Printed
) -> None:
    printed.of(f"data/{name}")
    assert sorted(path.name for path in (folder / "files").iterdir()) == files
    assert build(folder) == ""
    assert page(folder, "publications").select(f"a.cv-link-{link}")


def test_files_of_one_name_stay_apart_and_inside(folder: Path, printed: Printed) -> None:
    site = folder.parent / "data/al-folio"
    (site / "assets/pdf/b").mkdir()
    (site / "assets/pdf/b/engine.pdf").write_bytes(b"another")
    (folder.parent / "outside.pdf").write_bytes(b"secret")
    (site / "assets/pdf/link.pdf").symlink_to(folder.parent / "outside.pdf")
    (site / "_bibliography/z.bib").write_text(
        "@misc{../../x, title = {X}, pdf = {b/engine.pdf}}\n@misc{y, title = {Y}, pdf = {link.pdf}}\n"
    )
    lines = printed.not_taken("data/al-folio")
    assert any(line.endswith("the file 'link.pdf' of the field 'pdf' is not there") for line in lines)
    found = {path.name: path.read_bytes() for path in (folder / "files").iterdir()}
    assert sorted(found) == ["-x-engine.pdf", "engine.pdf", "engine.png"]
    assert b"another" in found.values()
    assert not list(folder.parent.glob("*x-*"))


def test_hand_edits_are_kept(folder: Path, printed: Printed) -> None:
    printed.of("data/al-folio")
    for name, old, new in (
        ("refs.bib", "Weaving Algebra", "Weaving Algebra, Revised"),
        ("refs.bib", "example2024engine", "engine"),
        ("docs/experience.md", "\n- Looms", "\n- Large looms"),
        ("docs/conf.py", "teaches engines to weave", "weaves"),
    ):
        (folder / name).write_text(read(folder, name).replace(old, new))
    before = contents(folder)
    lines = printed.of("data/al-folio")
    assert contents(folder) == before
    assert "  example2024engine is in site/refs.bib already, as engine, and was left alone" in lines
    assert "  example2023weaving is in site/refs.bib already, and was left alone" in lines
    assert "  site/docs/experience.md was left alone; it has all entries already" in lines


def test_what_a_page_does_not_have_is_printed(folder: Path, printed: Printed) -> None:
    printed.of("data/al-folio")
    (folder / "docs/experience.md").write_text("# Experience\n\nNothing.\n")
    before = contents(folder)
    lines = printed.of("data/al-folio")
    assert contents(folder) == before
    start = lines.index("  site/docs/experience.md was left alone; these entries are not in it:")
    assert lines[start + 2 : start + 5] == [
        "```{position} 2019/present",
        ":what: Professor of Weaving",
        ":where: Example University",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Professor of Weaving", "Professor of Looms"),
        (":where: Example University", ":where: University of Looms"),
        ("2019/present", "2018/2019"),
    ],
)
def test_an_entry_is_on_a_page_if_one_there_says_what_and_where_and_when(
    folder: Path, printed: Printed, old: str, new: str
) -> None:
    printed.of("data/al-folio")
    page = folder / "docs/experience.md"
    page.write_text(page.read_text().replace(old, new))
    lines = printed.of("data/al-folio")
    # Now the page has all the words and the date, but no entry has them together.
    page.write_text(page.read_text() + "\n```{position} 2019/present\n:what: Professor of Weaving\n```\n")
    assert [line for line in lines if "{position}" in line] == ["```{position} 2019/present"]
    assert [line for line in printed.of("data/al-folio") if "{position}" in line] == ["```{position} 2019/present"]


def test_a_site_that_is_there_gets_what_it_does_not_have(
    folder: Path, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    main(["init", "site", "--name", "Ada Example"])
    before = contents(folder)
    printed.of("data/al-folio")
    after = contents(folder)
    # These held examples, and nothing that anybody has written.
    assert {name for name in before if after[name] != before[name]} == {"refs.bib", "docs/experience.md"}
    snippet = read(folder, "imported-profile.txt")
    assert ast.literal_eval(snippet.split("cv_profile = ")[1].split("\ncv_files")[0]) == {
        "description": "Ada Example teaches engines to weave.",
        "orcid": "0000-0002-1825-0097",
        "email": "ada@example.org",
        "links": {
            "github": "ada-example",
            "scholar": "AbC_123",
            "mastodon": "https://looms.example.org/@ada",
            "bluesky": "https://bsky.example.org/profile/ada",
            "twitter": "ada",
            "website": "https://looms.example.org/ada",
        },
    }
    (folder / "docs/conf.py").write_text(read(folder, "docs/conf.py") + 'cv_files = "../files"\n')
    assert build(folder) == ""
    shutil.rmtree(folder / "out")
    before = contents(folder)
    printed.of("data/al-folio")
    assert contents(folder) == before


def test_of_two_projects_the_outer_is_the_one_as_for_other_commands(folder: Path, printed: Printed) -> None:
    (folder / "docs").mkdir(parents=True)
    for place in (folder, folder / "docs"):
        (place / "conf.py").write_text('cv_profile = {"name": "Ada Example"}\n')
    printed.of("data/resume.json")
    assert (folder / "experience.md").is_file()
    assert not (folder / "docs" / "experience.md").exists()


def test_a_patent_in_ris_has_its_holder_where_other_works_have_their_publisher(
    folder: Path, printed: Printed, tmp_path: Path
) -> None:
    tags = ["TY  - PAT", "ID  - p1", "AU  - Example, Ada", "TI  - A Loom", "SN  - US 1,234,567", "C3  - Spain"]
    lines = [*tags, "PB  - Example Looms, Inc.", "A2  - Office for Looms", "ER  - ", ""]
    (tmp_path / "patent.ris").write_text("\n".join(lines), encoding="utf-8")
    printed.of("patent.ris", "--name", "Ada Example")
    fields = re.findall(r"^  (\w+) += \{(.*)\},$", (folder / "refs.bib").read_text("utf-8"), re.MULTILINE)
    assert dict(fields) == {
        "author": "Example, Ada",
        "title": "A Loom",
        "holder": "Example Looms, Inc.",
        "publisher": "Office for Looms",
        "address": "Spain",
        "number": "US 1,234,567",
    }


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_landing_page_of_a_new_site_lists_what_was_imported(
    folder: Path, printed: Printed, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    main(["init", "site", "--name", "Ada Example", "--language", language])
    printed.of("data/works.ris")
    assert build(folder) == ""
    assert len(page(folder, "index").select("li.cv-publication")) == 2
    (folder / "docs/index.md").write_text("# Mine\n")
    printed.of("data/dblp.xml")
    assert read(folder, "docs/index.md") == "# Mine\n"


def test_halves_of_characters_do_no_harm(folder: Path, printed: Printed) -> None:
    (folder.parent / "resume.json").write_text(
        '{"basics": {"name": "Ada \\ud800 Example"}, "work": [{"name": "a\\u0000\\u202eb"}],'
        ' "publications": [{"name": "\\udc00 X\\u0000", "url": "https://example.org/\\ud800"}]}'
    )
    assert printed.of("resume.json")[0] == "0"
    assert "title = {? X}," in read(folder, "refs.bib")
    assert ":where: a b\n" in read(folder, "docs/experience.md")


def test_what_was_written_by_hand_stays_in_a_bib_file(folder: Path, printed: Printed) -> None:
    folder.mkdir()
    mine = b"% mine\r\n@string{x = {X}}\r\n@misc{mine, title = x # {Y}, doi = {10.1000/182}}"
    (folder / "refs.bib").write_bytes(mine)
    lines = printed.of("data/works.ris", "--name", "Ada Example")
    after = (folder / "refs.bib").read_bytes()
    assert after.startswith(mine + b"\n\n@inproceedings{example2024notes,")
    assert "  example2023weaving is in site/refs.bib already, as mine, and was left alone" in lines


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_bib_file_that_is_not_utf_8_becomes_it(folder: Path, printed: Printed, encoding: str) -> None:
    folder.mkdir()
    (folder / "refs.bib").write_bytes("@misc{mine, title = {Übung}}\n".encode(encoding))
    printed.of("data/works.ris", "--name", "Ada Example")
    after = read(folder, "refs.bib")
    assert after.startswith("@misc{mine, title = {Übung}}\n\n@")
    assert "@inproceedings{example2024notes," in after


def test_a_site_without_a_name_is_not_begun(folder: Path, printed: Printed, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        printed.of("data/works.ris")
    assert "data/works.ris does not say whose site it is: --name 'Ada Example'" in capsys.readouterr().err
    assert not folder.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing.bib",), "there is no nothing.bib"),
        (("data",), "data looks like nothing that can be read; say what it is: --from al-folio|academicpages|"),
        (("data/works.ris", "--form=ris"), "there is no option '--form' (did you mean '--from'?)"),
    ],
)
def test_what_is_typed_wrongly_is_taught(
    arguments: tuple[str, ...], said: str, folder: Path, printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        printed.of(*arguments)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


BROKEN = {
    "no JSON": ("x.json", b'{"basics": {,}}', "json-resume", "x.json:1: this is not JSON: "),
    "deep JSON": ("x.json", b"[" * 100_000, "csl", "x.json: this JSON cannot be read: it goes too deep"),
    "a number of JSON": ("x.json", b'{"basics": ' + b"9" * 5000 + b"}", "json-resume", "x.json: this JSON cannot be "),
    "no YAML": ("x.yaml", b"cv:\n  a: [1\n  b: }", "rendercv", "x.yaml:3: this is not YAML: "),
    "deep YAML": ("x.yaml", b"cv: " + b"[" * 5000, "rendercv", "x.yaml: this YAML cannot be read: it goes too deep"),
    "a tag of YAML": ("x.yaml", b"cv: !!python/object/apply:os.system ['exit']", "rendercv", "nothing was found"),
    "no XML": ("x.xml", b"<dblpperson><r>", "dblp", "x.xml:1: this is not XML: no element found"),
    "an entity of XML": (
        "x.xml",
        b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><dblpperson name="&b;"/>',
        "dblp",
        "x.xml: this XML cannot be read: it has a document type",
    ),
    "a file of XML": (
        "x.xml",
        b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><dblpperson name="&a;"/>',
        "dblp",
        "x.xml: this XML cannot be read: it has a document type",
    ),
    "deep XML": ("x.xml", b"<r>" * 10_000, "dblp", "x.xml: this XML cannot be read: it goes too deep"),
    "other bytes": ("x.ris", bytes(range(256)) * 4, "ris", "x.ris: the file is not in UTF-8"),
    "a list for a mapping": (
        "x.json",
        b'{"basics": [1], "work": {"a": [[]]}}',
        "json-resume",
        "nothing was",
    ),
    "an empty file": ("x.yaml", b"", "rendercv", "nothing was found in it as RenderCV's YAML; nothing was changed"),
    "a folder": ("x/y", b"", "ris", "cannot read the file: Is a directory"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_source_is_said_and_nothing_is_written(name: str, folder: Path, printed: Printed) -> None:
    file, content, kind, said = BROKEN[name]
    (folder.parent / file).parent.mkdir(exist_ok=True)
    (folder.parent / file).write_bytes(content)
    status, *lines = printed.of(file.partition("/")[0], "--from", kind, "--name", "Ada Example")
    assert status == "1"
    assert said in "\n".join(lines)
    assert not folder.exists()


CSL_OF = {
    "article-newspaper": "@article{entrysubtype = {newspaper}, journal = {Examples}}",
    "article-magazine": "@article{entrysubtype = {magazine}, journal = {Examples}}",
    "review-book": "@review{journal = {Examples}}",
    "review": "@review{journal = {Examples}}",
    "periodical": "@periodical{journal = {Examples}}",
    "webpage": "@online{howpublished = {Examples}}",
    "post-weblog": "@online{howpublished = {Examples}}",
}
RIS_OF = {
    "NEWS": CSL_OF["article-newspaper"],
    "MGZN": CSL_OF["article-magazine"],
    "ELEC": CSL_OF["webpage"],
    "JFULL": CSL_OF["periodical"],
}


ORCID_OF = {
    "NEWSPAPER_ARTICLE": CSL_OF["article-newspaper"],
    "magazine-article": CSL_OF["article-magazine"],
    "journal-article": "@article{journal = {Examples}}",
}


def _short(name: str, path: Path) -> str:
    (entry,) = IMPORTERS[name].read(path, lambda _finding: None).works
    fields = [f"{name} = {{{field.value}}}" for name, field in entry.fields.items() if name != "title"]
    return f"@{entry.type}{{{', '.join(fields)}}}"


@pytest.mark.parametrize("kind", CSL_OF)
def test_csl_tells_journals_from_papers_and_pages(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"type": kind, "title": "A", "container-title": "Examples"}]))
    assert _short("csl", path) == CSL_OF[kind]


def test_a_season_in_csl_is_a_date(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"type": "book", "title": "A", "issued": {"date-parts": [["2019"]], "season": "3"}}]))
    assert _short("csl", path) == "@book{date = {2019-23}}"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Assignee: Example Looms, Inc.; In use", "holder = {Example Looms, Inc.}, note = {In use}"),
        ("In use", "note = {In use}"),
    ],
)
def test_the_holder_of_a_patent_is_in_its_note_in_csl(note: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"type": "patent", "title": "A", "note": note}]))
    assert _short("csl", path) == f"@patent{{{expected}}}"


def test_after_a_comma_at_the_end_of_a_name_in_ris_nothing_follows(tmp_path: Path) -> None:
    path = tmp_path / "x.ris"
    path.write_text("TY  - BOOK\nTI  - A\nAU  - Example, Inc.,\nAU  - Example University,\nER  - \n")
    assert _short("ris", path) == "@book{author = {Example, Inc. and {Example University}}}"


@pytest.mark.parametrize("kind", RIS_OF)
def test_ris_tells_journals_from_papers_and_pages(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "x.ris"
    path.write_text(f"TY  - {kind}\nTI  - A\nT2  - Examples\nER  - \n")
    assert _short("ris", path) == RIS_OF[kind]


@pytest.mark.parametrize("kind", ORCID_OF)
def test_orcid_tells_journals_from_papers(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    one = {"type": kind, "title": {"title": {"value": "A"}}, "journal-title": {"value": "Examples"}}
    path.write_text(json.dumps({"works": {"group": [{"work-summary": [one]}]}}))
    assert _short("orcid", path) == ORCID_OF[kind]


def test_many_aliases_of_yaml_stay_small(folder: Path, printed: Printed) -> None:
    lines = ["cv:", "  name: Ada Example", "  sections:", "    a: &a0 [x]"]
    lines += [f"    a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    lines += ["    loop: &l [*l]"]
    (folder.parent / "bomb.yaml").write_text("\n".join(lines))
    assert printed.of("bomb.yaml")[0] == "0"


def test_without_pyyaml_it_is_said_what_to_install(
    folder: Path, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    lines = printed.of("data/rendercv.yaml")
    assert "data/rendercv.yaml: reading YAML needs PyYAML: pip install 'sphinx-cv-ext[import]'" in lines
    assert not folder.exists()


HOSTILE = (
    "</script><script>alert(1)</script> [a](javascript:alert(1)) <a href='javascript:x'>b</a> {cite}`x` ``` ::: "
    "{{ 7 }} $x$ % \\ \" ' # - | [c](https://example.org/a_(b)) <img src=x onerror=alert(1)> &lt;script&gt;"
)


def test_hostile_text_stays_text(folder: Path, printed: Printed) -> None:
    entry = {"name": HOSTILE, "position": HOSTILE, "startDate": "2019", "summary": f"# {HOSTILE}\n\n% {HOSTILE}\n+ x"}
    resume = {
        "basics": {"name": "Ada Example", "summary": HOSTILE, "label": HOSTILE},
        "work": [entry, {**entry, "highlights": [HOSTILE, "```{eval-rst}", ":::{raw} html", "> x", "(a)=", "---"]}],
        "publications": [{"name": HOSTILE, "publisher": HOSTILE, "summary": HOSTILE, "url": HOSTILE}],
    }
    (folder.parent / "resume.json").write_text(json.dumps(resume))
    assert printed.of("resume.json")[0] == "0"
    assert build(folder) == ""
    for name in ("experience", "publications", "index"):
        for tag in page(folder, name).select("article *"):
            assert not [key for key in tag.attrs if key.startswith("on")]
            assert not str(tag.get("href", "")).startswith("javascript")
            assert tag.name != "img"
            assert tag.name != "script" or tag["type"] == "application/json"
    assert len(page(folder, "experience").select("li.cv-dated")) == 2
    assert not page(folder, "experience").select("article h2, article table, article .cv-dated .cv-dated")
    assert "https://example.org/a_(b)" in {a["href"] for a in page(folder, "experience").select("article a")}
