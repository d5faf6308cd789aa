"""``sphinx-cv init`` as somebody types it, and the site that comes of it."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from sphinx_cv_ext.cli import main
from sphinx_cv_ext.starter import THEMES
from sphinx_cv_ext.starter.quoting import markdown, one_line, python
from tests.sites import build, contents, page

ADA = ("--name", "Ada Example")
BIB = "@article{a, title = {Looms}, author = {A. B. Example and Sample, Bo}, journal = {J}, year = {2020}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    return tmp_path / "site"


def init(folder: Path, *arguments: str) -> int:
    return main(["init", str(folder), *arguments])


def refused(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> str:
    """What a command that is typed wrongly says; it writes nothing."""
    with pytest.raises(SystemExit) as stopped:
        init(folder, *arguments)
    assert stopped.value.code == 2
    assert not folder.exists()
    return capsys.readouterr().err


def conf(folder: Path) -> dict[str, object]:
    """The settings that conf.py sets to plain values."""
    tree = ast.parse((folder / "docs/conf.py").read_text(encoding="utf-8"))
    found: dict[str, object] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and not isinstance(statement.value, ast.Name):
            for target in statement.targets:
                assert isinstance(target, ast.Name)
                found[target.id] = ast.literal_eval(statement.value)
    return found


def straight(text: str) -> str:
    """Undo what Sphinx does to quotes."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def heading(page: BeautifulSoup) -> str:
    title = page.select_one("h1")
    assert title
    return straight(title.get_text()).removesuffix("¶")


def test_the_site_builds_and_looks_finished(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    links = ("--link", "github=ada-example", "--link", "orcid=https://orcid.org/0000-0002-1825-0097")
    assert init(folder, *ADA, "--position", "Weaver", "--affiliation", "Looms & Co.", *links) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "  sphinx-autobuild --open-browser --watch . docs out"
    assert build(folder) == ""
    home = page(folder, "index")
    assert heading(home) == "Ada Example"
    assert "Weaver, Looms & Co." in home.get_text()
    assert {a["href"] for a in home.select("a.cv-link-github, a.cv-link-orcid")} == {
        "https://github.com/ada-example",
        "https://orcid.org/0000-0002-1825-0097",
    }
    assert len(home.select("li.cv-publication")) == 2
    assert len(home.select(".cv-owner")) == 2
    assert {a.get_text() for a in home.select(".sidebar-tree a")} == {"Publications", "Experience", "CV"}
    assert len(page(folder, "experience").select("li.cv-dated")) == 2
    assert (folder / "out/cv/cv.txt").is_file()
    assert (folder / "out/exports").is_dir()


@pytest.mark.parametrize("theme", THEMES)
def test_there_is_no_empty_index_and_nothing_leads_there(theme: str, folder: Path) -> None:
    assert init(folder, *ADA, "--theme", theme) == 0
    assert build(folder) == ""
    pages = list((folder / "out").rglob("*.html"))
    assert len(pages) > 5
    assert not [page for page in pages if "genindex" in f"{page.name} {page.read_text(encoding='utf-8')}"]


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("de", ["Veröffentlichungen", "Berufserfahrung", "Lebenslauf", "Ausgewählte Veröffentlichungen"]),
        ("zh-cn", ["论文", "工作经历", "简历", "代表论文"]),
        ("fr", ["Publications", "Experience", "CV", "Selected publications"]),
    ],
)
def test_a_site_begins_in_the_language_that_is_asked_for(
    language: str, headings: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(folder, *ADA, "--language", language) == 0
    assert ("not translated into 'fr'" in capsys.readouterr().out) == (language == "fr")
    assert build(folder) == ""
    rubric = page(folder, "index").select_one(".rubric")
    assert [heading(page(folder, name)) for name in ("publications", "experience", "cv")] == headings[:3]
    assert rubric
    assert rubric.get_text() == headings[3]
    assert page(folder, "index").select_one("html")["lang"] == {"zh-cn": "zh-CN"}.get(language, language)


def test_a_language_that_is_none_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "'klingonish' is not a language such as 'de'" in refused(capsys, folder, *ADA, "--language", "klingonish")


HOSTILE = 'O\'Neil "x" \\ `rm` {{ 7*7 }} *b* [c](javascript:1) <script>alert(1)</script> ${HOME} @@{name} # %s\n- $x$'


def test_hostile_answers_are_shown_as_they_are(folder: Path) -> None:
    answers = ("--position", HOSTILE, "--affiliation", f'{HOSTILE}\n"""\nraise SystemExit', "--theme", "alabaster")
    assert init(folder, "--name", 'O\'Neil "x" \\ `rm` {{7*7}} *b*', *answers) == 0
    profile = conf(folder)["cv_profile"]
    assert isinstance(profile, dict)
    assert profile["position"] == " ".join(HOSTILE.split())
    assert build(folder) == ""
    home = page(folder, "index")
    assert heading(home) == 'O\'Neil "x" \\ `rm` {{7*7}} *b*'
    assert " ".join(HOSTILE.split()) in straight(home.get_text())
    assert not [tag for tag in home.select("script") if "alert(1)" in tag.get_text() and not tag.get("type")]
    assert len(home.select(".cv-owner")) == 2


@given(st.text())
def test_any_text_is_itself_in_python_and_on_one_line(text: str) -> None:
    assert ast.literal_eval(python(text)) == one_line(text)
    assert python(text).isprintable() or set(text) & {"\u200c", "\u200d"}
    assert len(markdown(text).splitlines()) <= 1
    one_line(text).encode()


def test_a_bib_file_is_taken_over_with_the_spellings_of_the_name(folder: Path) -> None:
    (folder.parent / "mine.bib").write_text(BIB)
    assert init(folder, *ADA, "--bib", "mine.bib") == 0
    assert (folder / "refs.bib").read_text() == BIB
    profile = conf(folder)["cv_profile"]
    assert isinstance(profile, dict)
    assert profile["spellings"] == ["A. B. Example"]
    assert build(folder) == ""
    assert page(folder, "index").select_one(".rubric").get_text() == "Recent publications"


@pytest.mark.parametrize(("others", "setting"), [(29, None), (30, 10), (3000, 10)])
def test_a_work_of_a_thousand_authors_is_cut_short(others: int, setting: int | None, folder: Path) -> None:
    names = " and ".join(["Sample, Bo"] * others)
    entry = f"@article{{a, title = {{A}}, author = {{{names} and Example, Ada}}, journal = {{J}}, year = 2020}}\n"
    (folder.parent / "mine.bib").write_text(entry)
    assert init(folder, *ADA, "--bib", "mine.bib") == 0
    assert conf(folder).get("cv_max_authors") == setting
    assert build(folder) == ""
    shown = page(folder, "publications").select_one(".cv-authors").get_text()
    assert shown.count("Bo Sample") == (setting or others)
    assert "Ada Example" in shown


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Ada Example", ["A. Example"]),
        ("Ada Q. Example", ["A. Example", "A. Q. Example", "Ada Example"]),
        ("Ada Queen von Example", ["A. von Example", "A. Q. von Example", "Ada von Example", "Ada Q. von Example"]),
        ("Prof. Dr. Ada Example", ["A. Example"]),
        ("Frau Dr. Ada Q. Example", ["A. Example", "A. Q. Example", "Ada Example"]),
        ("Ada Example PhD (she/her)", ["A. Example"]),
        ("Lab for Looms and Cards", []),
        ("Ada", []),
        ("伟 温", []),
    ],
)
def test_without_a_file_the_spellings_are_the_usual_ones(name: str, spellings: list[str], folder: Path) -> None:
    init(folder, "--name", name)
    profile = conf(folder)["cv_profile"]
    assert isinstance(profile, dict)
    assert profile.get("spellings", []) == spellings


def test_a_file_with_something_to_look_at_is_told_as_check_tells_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = BIB.replace("{a,", "{b,").replace("{Looms}", "{Yarn}").replace("Sample, Bo", "Sample, B.")
    (folder.parent / "mine.bib").write_text(f"{BIB}{more}@misc{{c, title = {{C}}, month = someday}}\n")
    init(folder, *ADA, "--bib", "mine.bib")
    assert "mine.bib: 2 to look at; see: sphinx-cv check mine.bib\n" in capsys.readouterr().out
    main(["check", "mine.bib"])
    assert "; 2 to look at, 0 of them errors" in capsys.readouterr().out


def test_files_that_publications_name_go_along(folder: Path) -> None:
    mine = folder.parent / "mine"
    (mine / "files").mkdir(parents=True)
    (mine / "files/thesis.pdf").write_bytes(b"thesis")
    (mine / "loom.png").write_bytes(b"loom")
    (mine / "docs").mkdir()
    (mine / "docs/conf.py").write_bytes(b"no conf.py of the site")
    (folder.parent / "secret.pdf").write_bytes(b"secret")
    named = "pdf = {files/thesis.pdf}, preview = {loom.png}, code = {docs/conf.py}, slides = {../secret.pdf}, "
    (mine / "papers.bib").write_text(BIB.replace("year", f"{named}year"))
    assert init(folder, *ADA, "--bib", str(mine / "papers.bib")) == 0
    assert (folder / "files/thesis.pdf").read_bytes() == b"thesis"
    assert (folder / "loom.png").read_bytes() == b"loom"
    assert "cv_profile" in (folder / "docs/conf.py").read_text()
    assert not list(folder.rglob("secret.pdf"))
    assert init(folder, *ADA, "--bib", str(folder / "refs.bib")) == 0


@pytest.mark.parametrize("bib", [(), ("--bib", "mine.bib")])
def test_the_example_of_a_citation_is_of_a_publication_that_is_there(bib: tuple[str, ...], folder: Path) -> None:
    (folder.parent / "mine.bib").write_text(BIB)
    init(folder, *ADA, *bib)
    path = folder / "docs/index.md"
    path.write_text(path.read_text().replace("% I work on looms", "I work on looms"))
    assert build(folder) == ""
    assert page(folder, "index").select_one(".bibtex-citation a")


def test_the_page_of_publications_tells_of_more_that_a_list_can_do(folder: Path) -> None:
    init(folder, *ADA)
    text = (folder / "docs/publications.md").read_text()
    (line,) = re.findall(r'"(:panels: [\w ]+)"', text)
    (folder / "docs/publications.md").write_text(text.replace(":filter:\n", f":filter:\n{line}\n"))
    assert build(folder) == ""
    assert page(folder, "publications").select("details.cv-bibtex")


def test_a_second_run_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    init(folder, *ADA)
    before = contents(folder)
    capsys.readouterr()
    assert init(folder, *ADA) == 0
    assert capsys.readouterr().out == f"{folder} has all of it already; nothing was changed\n"
    assert contents(folder) == before


def test_what_is_there_is_left_alone_and_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/index.md").write_text("# Mine\n")
    (folder / "refs.bib").symlink_to(folder.parent / "elsewhere.bib")
    assert init(folder, *ADA) == 1
    printed = capsys.readouterr().out
    assert (folder / "docs/index.md").read_text() == "# Mine\n"
    assert not (folder.parent / "elsewhere.bib").exists()
    for name in ("docs/index.md", "refs.bib"):
        assert f"left   {folder / name}  (it already exists, and differs)" in printed
    assert (folder / "docs/conf.py").is_file()


WRONG = {
    "no name": ((), "say whose site it is: --name"),
    "a blank name": (("--name", " \n"), "say whose site it is: --name"),
    "no name at all": (("--name", "{"), "is not a name that can be looked for among authors"),
    "a slip in an option": ((*ADA, "--positon=x"), "there is no option '--positon' (did you mean '--position'?)"),
    "a kind of link": ((*ADA, "--link", "gitub=a"), "there is no kind of link 'gitub' (did you mean 'github'?)"),
    "a kind of link like no other": (
        (*ADA, "--link", "fax=1"),
        "there is no kind of link 'fax' (known: paper, pdf, ",
    ),
    "no kind of link": ((*ADA, "--link", "github"), "as in --link github=ada-example"),
    "a script for a link": ((*ADA, "--link", "website=javascript:alert(1)"), "is not an address that a page may link"),
    "a file for a link": ((*ADA, "--link", "website=../x"), "give an address that begins with https://"),
    "no ORCID iD": ((*ADA, "--link", "orcid=1"), "contains no ORCID"),
    "a theme": ((*ADA, "--theme", "fuor"), "furo"),
    "no .bib file": ((*ADA, "--bib", "none.bib"), "No such file or directory; leave --bib out to"),
    "an empty .bib file": ((*ADA, "--bib", "empty.bib"), "there is no publication in it"),
    "a second folder": ((*ADA, "other"), "there is no place for 'other'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_typed_wrongly_is_taught(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.parent / "empty.bib").write_text("Nothing.")
    arguments, said = WRONG[name]
    assert said in refused(capsys, folder, *arguments)


def test_a_folder_that_cannot_be_made_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder.write_text("a file")
    with pytest.raises(SystemExit):
        init(folder, *ADA)
    assert "cannot write " in capsys.readouterr().err


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What somebody types, question by question, and then Ctrl+D."""
    typed: list[str] = []

    def answer(_question: str) -> str:
        if not typed:
            raise EOFError
        return typed.pop(0)

    monkeypatch.setattr("builtins.input", answer)
    yield typed
    assert typed == []


def test_a_terminal_is_asked(folder: Path, answers: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    answers += ["Ada Example", "", "Institute of Looms", "ada@example.org", "", "", "ada-example", ""]
    assert init(folder) == 0
    assert conf(folder)["cv_profile"] == {
        "name": "Ada Example",
        "affiliation": "Institute of Looms",
        "email": "ada@example.org",
        "links": {"github": "ada-example"},
        "spellings": ["A. Example"],
    }


def test_nothing_is_written_where_no_more_is_answered(
    folder: Path, answers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    answers += ["Ada Example"]
    assert init(folder) == 130
    assert not folder.exists()


@pytest.mark.parametrize("name", ["Ada Example", "温伟"])
def test_the_files_for_hosts_are_yaml_that_builds_into_the_right_folder(name: str, folder: Path) -> None:
    init(folder, "--name", name)
    read = {path: yaml.safe_load((folder / path).read_text()) for path in HOSTS}
    steps = read[".github/workflows/pages.yml"]["jobs"]["build"]["steps"]
    assert steps[-2]["run"].endswith(" docs out")
    assert steps[-1]["with"]["path"] == "out"
    assert steps[-2]["env"]["BASE_URL"] == "${{ steps.pages.outputs.base_url }}"
    pages = read[".gitlab-ci.yml"]["pages"]
    assert pages["script"][-1].endswith(" docs public")
    assert pages["artifacts"]["paths"] == ["public"]
    fonts = [path for path in HOSTS if "fonts-noto-cjk" in (folder / path).read_text()]
    assert fonts == ([] if name.isascii() else HOSTS)
    assert read[".readthedocs.yaml"]["sphinx"]["configuration"] == "docs/conf.py"


HOSTS = [".readthedocs.yaml", ".github/workflows/pages.yml", ".gitlab-ci.yml"]


def test_the_pydata_theme_has_no_empty_column(folder: Path) -> None:
    init(folder, *ADA, "--theme", "pydata_sphinx_theme")
    assert build(folder) == ""
    for name in ("index", "publications", "cv"):
        soup = page(folder, name)
        assert soup.select(".bd-header .nav-link")
        assert "Section Navigation" not in soup.get_text()
        assert not soup.select(".bd-sidebar-primary:not(.hide-on-wide)")


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_is_required_where_it_must_be(theme: str, folder: Path) -> None:
    init(folder, *ADA, "--theme", theme)
    assert conf(folder)["html_theme"] == theme
    lines = (folder / "requirements.txt").read_text().splitlines()
    assert lines[-1].startswith(THEMES[theme].package or "sphinx-cv-ext[docs]")
