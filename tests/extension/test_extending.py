"""What conf.py adds to our tables works as our own rows do, but only in its own project."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sphinx_cv_ext.cli import main
from sphinx_cv_ext.outputs.json_resume import SECTIONS
from tests.extension.test_cv_documents import SCHEMA
from tests.project import Built, Project

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "guide" / "extend.md").read_text(encoding="utf-8")

REFS = """@misc{net,
  title = {Net of Things}, author = {Example, Ada}, year = {2021},
  notebook = {net/first}, award = {Artifact Available; Finalist, 4/358; Best Paper},
}
@misc{over, title = {Over and Out}, author = {Sample, Bo}, year = {2020}}
"""
PAGE = "# T\n\n:::{publications}\n:filter:\n:export:\n:::\n"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^`{{3,}}{language}\n(.*?)^`{{3,}}$", GUIDE, re.MULTILINE | re.DOTALL)


def configure(project: Project, text: str, **settings: Any) -> None:
    """Write a conf.py that has code after its settings."""
    project.configure(**settings)
    conf = (project.folder / "conf.py").read_text(encoding="utf-8")
    project.write("conf.py", f"{conf}\n{text}")


def of_the_guide(folder: Path, files: dict[str, str | bytes] | None = None, **settings: Any) -> Project:
    """A project with all that the guide adds."""
    project = Project(folder, {"refs.bib": REFS, "index.md": PAGE, **(files or {})})
    configure(project, "\n".join(blocks("python")), **settings)
    return project


def links(built: Built, page: str = "index.html", within: str = "") -> list[tuple[str, str]]:
    found = built.soup(page).select(f"{within} a.cv-link-notebook")
    return [(str(a.find(string=True)), str(a["href"])) for a in found]


def validate(resume: object) -> None:
    jsonschema.validate(resume, json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    examples = "\n".join(blocks(r"\{example\}"))
    cv = "\n".join(blocks("md"))
    pages = {
        "index.md": f"{PAGE}\n# Examples\n\n{examples}\n\n{cv}\n\n:::{{profile}}\n:::\n",
        "more.md": "---\norphan: true\n---\n# More\n\n{links}`notebook net/role` {award}`@net`\n\n"
        ":::{publications}\n:award: artifact\n:export: markdown\n:::\n\n"
        ":::{talk} 2020\n:what: T\n:notebook: talks/t\n:publication: net\n:::\n\n"
        ":::{committee} 2019\n:what: C\n:publication: net\n:::\n",
        "papers/over.notebook.pdf": b"local",
    }
    profile = {"name": "Ada Example", "links": {"notebook": "ada"}}
    project = of_the_guide(
        tmp_path_factory.mktemp("extended"), pages, cv_files="papers", cv_profile=profile, cv_pages="all"
    )
    return project.build()


def test_the_examples_of_the_guide_are_built_without_a_warning(built: Built) -> None:
    assert built.warnings == []
    assert built.deprecated == []


def test_the_site_has_the_rows_of_the_guide() -> None:
    conf = (ROOT / "docs" / "conf.py").read_text(encoding="utf-8")
    for block in blocks("python")[:3]:
        assert block.partition("\n\n")[2].rstrip() in conf


def test_a_kind_of_link_is_a_field_an_option_a_role_and_a_file(built: Built) -> None:
    base = "https://example.org/notebooks"
    assert links(built, within="#pub-net") == [("Notebook", f"{base}/net/first")]
    assert links(built, within=".cv-links:not(.cv-entry *)") == [
        ("Notebook", f"{base}/engine/first-steps"),
        ("Notebook", f"{base}/ada"),
    ]
    assert links(built, "more.html", "p:not(.cv-links)") == [("Notebook", f"{base}/net/role")]
    assert links(built, "more.html", ".cv-dated") == [("Notebook", f"{base}/talks/t")]
    (file,) = [href for _, href in links(built, within="#pub-over")]
    assert (built.out / file).read_bytes() == b"local"
    assert links(built, "publications/net.html") == [("Notebook", f"{base}/net/first")]


def test_links_of_a_project_stand_behind_ours(built: Built) -> None:
    found = built.soup("index.html").select_one('.cv-links:has([href$="first-steps"])')
    assert found
    assert [a["class"][1] for a in found.select("a")] == ["cv-link-code", "cv-link-notebook"]


def test_a_kind_of_award_has_its_words_its_star_and_its_tone(built: Built) -> None:
    badges = built.soup("index.html").select("#pub-net .cv-award")
    assert [(badge.get_text(), *badge["class"][2:]) for badge in badges] == [
        ("Artifact Available", "cv-award-artifact", "cv-tone-green"),
        ("Finalist · 4 of 358 = 1.12%", "cv-award-finalist", "cv-star-empty", "cv-tone-blue"),
        ("Best Paper", "cv-award-award"),
    ]
    role = [badge["class"][2] for badge in built.soup("more.html").select("p > .cv-award")]
    assert role == ["cv-award-artifact", "cv-award-finalist", "cv-award-award"]


def test_a_kind_of_award_selects_publications(built: Built) -> None:
    assert [item["id"] for item in built.soup("more.html").select("li.cv-publication")] == ["pub-net"]


def test_a_kind_of_entry_is_a_section_of_a_cv(built: Built) -> None:
    text = built.text("cv/cv.txt")
    assert [line for line in text.splitlines() if "COMMITTEES" in line.upper()] == ["COMMITTEES", "RECENT COMMITTEES"]
    assert text.count("Steering Committee") == 2
    resume = json.loads(built.text("cv/cv.json"))
    assert [one["position"] for one in resume["volunteer"]] == ["Steering Committee", "C", "Steering Committee"]
    validate(resume)
    assert "Committee: C, 2019" in built.soup("publications/net.html").get_text()


def test_every_section_of_json_resume_takes_a_kind_of_entry(tmp_path: Path) -> None:
    kinds = "".join(f"EntryKind('own-{name}', 'what', 'One', 'Many', {name!r})," for name in SECTIONS)
    pages = "".join(f":::{{own-{name}}} 2020\n:what: W\n:where: X\n:::\n\n" for name in SECTIONS)
    pages += ":::{cv}\n" + "\n".join(f"own-{name}" for name in SECTIONS) + "\n:::\n"
    project = Project(tmp_path, {"refs.bib": "", "index.md": f"# T\n\n{pages}"})
    configure(project, f"from sphinx_cv_ext.kinds import EntryKind\ncv_entry_kinds = [{kinds}]")
    built = project.build()
    assert built.warnings == []
    resume = json.loads(built.text("cv/cv.json"))
    assert {name for name in SECTIONS if resume.get(name)} == {*SECTIONS}
    validate(resume)


def test_a_format_is_there_for_all_for_each_and_for_lists(built: Built) -> None:
    net, over = "- Ada Example: *Net of Things*, 2021\n", "- Bo Sample: *Over and Out*, 2020\n"
    assert built.text("exports/publications.md") == built.text("exports/lists/index.md") == f"{net}\n{over}"
    assert built.text("exports/lists/more.md") == net
    assert built.text("publications/net.md") == net
    assert json.loads(built.text("exports/publications.titles.json")) == [
        {"id": "net", "title": "Net of Things"},
        {"id": "over", "title": "Over and Out"},
    ]
    page = built.soup("publications/net.html")
    assert [a["href"] for a in page.select("#cite .cv-link-download")][-2:] == ["net.md", "net.titles.json"]
    # The reference style of the project comes last.
    offers = [a["href"] for a in built.soup("index.html").select(".cv-downloads a")]
    assert [name.partition(".")[2] for name in map(str, offers)][4:] == ["md", "titles.json", "apa.txt"]
    assert [a.get_text() for a in built.soup("more.html").select(".cv-downloads a")] == ["Markdown"]
    island = json.loads(built.soup("index.html").select_one("script.cv-facets").string)  # type: ignore
    assert island["exports"]["Markdown"] == "exports/lists/index.md"
    assert "exports/publications.md" in built.text("llms.txt")


@pytest.mark.parametrize("builder", ["dirhtml", "epub", "latex", "text", "man", "cv"])
def test_other_builders_take_them_too(tmp_path: Path, builder: str) -> None:
    project = of_the_guide(tmp_path, {"index.md": f"{PAGE}\n:::{{committee}} 2020\n:what: W\n:::\n\n:::{{cv}}\n:::\n"})
    # Sphinx requires a version for an EPUB.
    assert project.build(builder, version="1").warnings == []


ROWS = {
    "cv_link_kinds": [
        ("LinkKind('code', 'Code')", "'code': there is one with the name 'code' already"),
        ("LinkKind('title', 'T')", "'title': a field, an option or a class of that name means something else"),
        ("LinkKind('repo', 'R')", "'repo': a field, an option or a class of that name means something else"),
        ("LinkKind('owner', 'O')", "'owner': a field, an option or a class of that name means something else"),
        ("LinkKind('what', 'W')", "'what': a field, an option or a class of that name means something else"),
        ("LinkKind('download', 'D')", "'download': a field, an option or a class of that name means something else"),
        ("LinkKind('My Kind', 'M')", "'My Kind': a name has letters from a to z, digits, and '-' between them"),
        ("LinkKind('x\"onclick', 'M')", "'x\"onclick': a name has letters from a to z, digits, and '-' between them"),
        ("LinkKind('x', '')", "'x': label cannot be ''"),
        ("LinkKind(3, 'X')", "3: name cannot be 3"),
        (
            "LinkKind('x', 'X', 'javascript:alert({})')",
            "'x': the template 'javascript:alert({})' is not an http or https address with one '{}' in it",
        ),
        (
            "LinkKind('x', 'X', 'https://example.org/')",
            "'x': the template 'https://example.org/' is not an http or https address with one '{}' in it",
        ),
        (
            "LinkKind('x', 'X', 'https://example.org/{0.__class__}')",
            "'x': the template 'https://example.org/{0.__class__}' is not an http or https address with one '{}' in it",
        ),
        (
            "LinkKind('x', 'X', 'https://ada:secret@example.org/{}')",
            "'x': the template 'https://ada:secret@example.org/{}' is not an http or https address with one '{}' in it",
        ),
        ("'notebook'", "'notebook' is not of the type LinkKind"),
    ],
    "cv_award_kinds": [
        ("AwardKind('award', 'x')", "'award': there is one with the name 'award' already"),
        ("AwardKind('x', '(')", "'x': the pattern '(' is not a regular expression: "),
        ("AwardKind('x', '.*')", "'x': the pattern '.*' fits any award"),
        ("AwardKind('x', 'x', tone='red')", "'x': 'red' is not a tone (known: gold, green, blue)"),
        ("AwardKind('x', 'x', full_star=1)", "'x': full_star cannot be 1"),
    ],
    "cv_entry_kinds": [
        ("EntryKind('talk', 'what', 'T', 'Ts')", "'talk': there is one with the name 'talk' already"),
        ("EntryKind('note', 'what', 'N', 'Ns')", "'note': there is a directive of that name"),
        ("EntryKind('toctree', 'what', 'N', 'Ns')", "'toctree': there is a directive of that name"),
        ("EntryKind('publications', 'what', 'N', 'Ns')", "'publications': there is a directive of that name"),
        ("EntryKind('x', 'who', 'X', 'Xs')", "'x': 'what' or 'where' leads, and not 'who'"),
        ("EntryKind('x', 'what', 'X', 'Xs', 'hobbies')", "'x': JSON Resume has no section 'hobbies' (known: "),
    ],
    "cv_exports": [
        ("Export('ris', 'R', 'r', 'text/plain', str)", "'ris': there is one with the name 'ris' already"),
        ("Export('x', 'BibTeX', 'x', 'text/plain', str)", "'x': there is one with the label 'BibTeX' already"),
        ("Export('x', 'X', 'apa.txt', 'text/plain', str)", "'x': there is one with the suffix 'apa.txt' already"),
        ("Export('x', 'X', 'html', 'text/plain', str)", "'x': its files cannot end in 'html'"),
        ("Export('x', 'X', '../x', 'text/plain', str)", "'x': its files cannot end in '../x'"),
        ("Export('x', 'X', 'x', 'text', str)", "'x': 'text' is not a media type"),
        ("Export('x', 'X', 'x', 'text/plain', 'str')", "'x': entry cannot be 'str'"),
    ],
}


def test_a_row_that_cannot_be_is_passed_over_and_the_rest_is_not(tmp_path: Path) -> None:
    project = Project(tmp_path, {"refs.bib": REFS, "index.md": f"{PAGE}\n:::{{links}}\n:good: g\n:::\n"})
    lists = {name: ", ".join(row for row, _ in rows) for name, rows in ROWS.items()}
    lists["cv_link_kinds"] += ", LinkKind('good', 'Good', 'https://example.org/{}'), LinkKind('good', 'Better')"
    code = "from sphinx_cv_ext.kinds import *\n" + "".join(f"{name} = [{rows}]\n" for name, rows in lists.items())
    configure(project, code)
    built = project.build()
    expected = [f"{name}: {problem}" for name, rows in ROWS.items() for _, problem in rows]
    expected.insert(len(ROWS["cv_link_kinds"]), "cv_link_kinds: 'good': there is one with the name 'good' already")
    assert len(built.warnings) == len(expected)
    for warning, problem in zip(built.warnings, expected, strict=True):
        assert warning.startswith(f"WARNING: conf.py: {problem}"), warning
        assert warning.endswith("; it is ignored [cv.setting_invalid]")
    assert [a["href"] for a in built.soup("index.html").select("a.cv-link-good")] == ["https://example.org/g"]
    assert not (built.out / "exports" / "publications.x").exists()


@pytest.mark.parametrize("name", ROWS)
def test_what_is_no_list_adds_nothing(tmp_path: Path, name: str) -> None:
    built = Project(tmp_path, {"refs.bib": REFS, "index.md": PAGE}, **{name: "notebook"}).build()
    assert built.warnings == [f"WARNING: conf.py: {name}: 'notebook' is not a list; it is ignored [cv.setting_invalid]"]


def test_rows_of_a_project_are_unknown_to_the_next(tmp_path: Path) -> None:
    files = {"index.md": f"{PAGE}\n:::{{committee}} 2020\n:what: W\n:::\n"}
    assert of_the_guide(tmp_path / "one", files).build().warnings == []
    other = Project(tmp_path / "other", {"refs.bib": REFS, **files}).build()
    assert "Unknown directive type: 'committee'" in other.warnings[0]
    assert links(other) == []
    assert [badge["class"][2] for badge in other.soup("index.html").select("#pub-net .cv-award")] == [
        *("cv-award-award", "cv-award-nomination", "cv-award-award")
    ]
    assert not (other.out / "exports" / "publications.md").exists()


def test_a_field_of_a_project_is_no_slip(tmp_path: Path) -> None:
    refs = "@misc{net, title = {T}, slide = {https://example.org/}, slidess = {https://example.org/}}"
    project = Project(tmp_path, {"refs.bib": refs, "index.md": PAGE})
    configure(project, "from sphinx_cv_ext.kinds import LinkKind\ncv_link_kinds = [LinkKind('slide', 'Slide')]")
    built = project.build()
    assert [re.sub(r".*the field ", "", line) for line in built.warnings] == [
        "'slidess' is unknown (did you mean 'slides'?); it is not shown [cv.field_unknown]"
    ]


def test_nothing_is_read_or_written_again_where_no_row_has_changed(tmp_path: Path) -> None:
    project = of_the_guide(tmp_path, {"more.md": "---\norphan:\n---\n# More\n"}, cv_pages="all")
    first = project.build()
    again = project.build()
    assert (again.read, again.written, again.warnings) == ([], [], [])
    assert again.files() == first.files()


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            '"Notebook", "https://example.org/notebooks/{}"',
            '"Notes", "https://example.org/notes/{}"',
            "/notes/net/first",
        ),
        ('tone="green"', 'tone="blue"', "cv-award-artifact cv-tone-blue"),
        ('"Committee", "Committees"', '"Panel", "Panels"', "Panel: <"),
        ('"Markdown", "md"', '"Text", "txt"', "exports/lists/index.txt"),
    ],
)
def test_a_row_that_has_changed_is_seen_everywhere(tmp_path: Path, old: str, new: str, shown: str) -> None:
    page = f"{PAGE}\n:::{{committee}} 2020\n:what: W\n:publication: net\n:::\n"
    project = of_the_guide(tmp_path, {"index.md": page}, cv_pages="all")
    assert shown not in project.build().text("index.html")
    project.edit("conf.py", old, new)
    built = project.build()
    fresh = project.build(into="fresh")
    assert shown in built.text("index.html")
    # What was written under another name stays until somebody cleans up, as with Sphinx's own files.
    differing = [name for name, data in fresh.files().items() if built.files().get(name) != data]
    assert [name for name in differing if name != "searchindex.js"] == []


def test_a_function_that_has_changed_writes_its_files_anew(tmp_path: Path) -> None:
    project = of_the_guide(tmp_path, cv_pages="all")
    project.build()
    project.edit("conf.py", 'f"- {authors}', 'f"* {authors}')
    built = project.build()
    assert built.read == []
    for name in ("exports/publications.md", "exports/lists/index.md", "publications/net.md"):
        assert built.text(name).startswith("* Ada Example"), name


def test_functions_need_no_name(tmp_path: Path) -> None:
    project = Project(tmp_path, {"refs.bib": REFS, "index.md": PAGE})
    row = "Export('keys', 'Keys', 'keys', 'text/plain', lambda work: work.key, lambda keys: ''.join(keys))"
    configure(project, f"from sphinx_cv_ext.kinds import Export\ncv_exports = [{row}]")
    built = project.build()
    assert built.warnings == []
    assert built.text("exports/publications.keys") == "net\nover\n"
    again = project.build()
    assert (again.warnings, again.read) == ([], [])


def test_a_function_that_fails_costs_no_more_than_its_text(tmp_path: Path) -> None:
    project = Project(tmp_path, {"refs.bib": REFS, "index.md": PAGE})
    code = """from sphinx_cv_ext.kinds import Export
def fails(work):
    return "\\n\\n  " if work.key == "net" else work.date.month.name
def joins(entries):
    raise KeyError("no")
def spreads(work):
    return f"\\n{work.key}\\n\\n\\nagain\\u2028end"
cv_exports = [
    Export("fails", "Fails", "fails", "text/plain", fails, joins),
    Export("spreads", "Spreads", "spreads", "text/plain", spreads),
]
"""
    configure(project, code)
    for _again in range(2):
        built = project.build()
        assert sorted(built.warnings) == [
            "WARNING: conf.py: the format 'fails': KeyError: 'no'; blank lines separate its entries [cv.export_failed]",
            "refs.bib:1: WARNING: net in the format 'fails' of conf.py: it wrote nothing; its key is shown "
            "instead [cv.export_failed]",
            "refs.bib:5: WARNING: over in the format 'fails' of conf.py: AttributeError: 'int' object has no attribute "
            "'name'; its key is shown instead [cv.export_failed]",
        ]
        assert built.text("exports/publications.fails") == "net\n\nover\n"
        assert built.text("exports/publications.spreads") == "net\nagain\nend\n\nover\nagain\nend\n"


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_several_jobs_give_what_one_gives(tmp_path: Path) -> None:
    pages = {
        f"page{at}.md": f"---\norphan:\n---\n# P\n\n:::{{committee}} {2000 + at}\n:what: W\n:notebook: n\n:::\n\n"
        ":::{publications}\n:export: markdown\n:::\n"
        for at in range(12)
    }
    project = of_the_guide(tmp_path, dict(pages))
    one, four = project.build(into="one"), project.build(jobs=4, into="four")
    assert (one.warnings, four.warnings, four.read) == ([], [], [])
    assert [name for name, data in one.files().items() if four.files().get(name) != data] == []


def test_check_and_doctor_know_what_conf_adds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = of_the_guide(tmp_path)
    project.edit("refs.bib", "notebook = {net/first}", "notebok = {net/first}")
    refs = str(tmp_path / "refs.bib")
    assert main(["check", refs]) == 0
    assert "notebook" not in capsys.readouterr().out
    assert main(["check", "--conf", str(tmp_path), refs]) == 0
    assert "did you mean 'notebook'?" in capsys.readouterr().out
    project.edit("refs.bib", "notebok", "notebook")
    monkeypatch.chdir(tmp_path.parent)
    assert main(["check", "--conf", tmp_path.name, refs]) == 0
    assert "the field" not in capsys.readouterr().out
    capsys.readouterr()
    assert main(["doctor", str(tmp_path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["settings"]["cv_exports"][0]["label"] == "Markdown"


@pytest.mark.parametrize(
    ("conf", "problem"),
    [(None, "doesn't contain a conf.py file"), ("1/0", "ZeroDivisionError"), ("x =", "invalid syntax")],
)
def test_check_says_why_a_conf_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], conf: str | None, problem: str
) -> None:
    (tmp_path / "refs.bib").write_text("@misc{a, title = {T}}")
    if conf:
        (tmp_path / "conf.py").write_text(conf)
    with pytest.raises(SystemExit):
        main(["check", "--conf", str(tmp_path), str(tmp_path / "refs.bib")])
    said = capsys.readouterr().err
    assert problem in said
    assert "Traceback" not in said
