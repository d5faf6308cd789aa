"""``sphinx-cv check`` as somebody types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sphinx_cv_ext.cli import main

CLEAN = "@article{a, title = {A}, author = {Example, Ada}, year = {2020}, journal = {J}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = main(["check", *arguments])
    return status, capsys.readouterr().out


def test_a_clean_file_says_only_its_count(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "refs.bib").write_text(CLEAN)
    assert check(capsys, "refs.bib") == (0, "1 read = 1 kept + 0 left out; 0 to look at, 0 of them errors\n")


def test_a_loss_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "refs.bib").write_text(CLEAN + CLEAN)
    status, printed = check(capsys, "refs.bib")
    assert status == 1
    assert printed.splitlines() == [
        "refs.bib:2: error: the key 'a' was given at refs.bib:1 already; "
        "the entry at refs.bib:1 is kept, this one is left out [bib_duplicate_key]",
        "2 read = 1 kept + 1 left out; 1 to look at, 1 of them errors",
    ]


def test_a_guess_is_a_warning(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "refs.bib").write_text("@article{a, title = {A}, month = someday}\n")
    status, printed = check(capsys, "refs.bib")
    assert status == 0
    assert "refs.bib:1: warning: " in printed
    assert "[bib_undefined_macro]" in printed


def test_a_file_that_is_not_there_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, printed = check(capsys, "nothing.bib")
    assert status == 1
    problem = "cannot read the file: No such file or directory; it counts as empty [bib_missing]"
    assert printed.splitlines()[0] == f"nothing.bib: error: {problem}"
    (folder / "mine.bib").write_text(CLEAN)
    assert "No such file or directory (known: mine.bib); it" in check(capsys, "publications-of-all.bib")[1]
    assert "No such file or directory (did you mean 'mine.bib'?); it" in check(capsys, "min.bib")[1]


def test_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "refs.bib").write_text("@article{a, title = {Ä}, year = 2020,\n acceptance = {10/5}}\n", encoding="utf-8")
    status, printed = check(capsys, "refs.bib", "--format", "json")
    assert status == 1
    assert json.loads(printed) == {
        "read": 1,
        "kept": 1,
        "left_out": 0,
        "diagnostics": [
            {
                "file": "refs.bib",
                "line": 2,
                "severity": "error",
                "code": "rate_invalid",
                "problem": "'10/5' cannot be: the first number must be at least 1 and at most the second",
                "fallback": "no rate is shown",
            }
        ],
    }


def test_github_annotations_are_escaped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a,b.bib").write_text("@article{a, title = {A},\n acceptance = {120%}}\n")
    _, printed = check(capsys, "a,b.bib", "--format", "github")
    assert printed.splitlines()[0] == (
        "::error file=a%2Cb.bib,line=2,title=rate_invalid::'120%25' is not between 0 and 100 percent; no rate is shown"
    )


ADVICE = {
    "an article without a year": (
        "@article{a, title = {A}, journal = {J}}",
        "refs.bib:1: advice: a: there is no 'year'; it counts as undated [year_missing]",
    ),
    "one venue in two spellings": (
        "@article{a, title = {A}, year = 2020, journal = {Journal of Things}}\n"
        "@article{b, title = {B}, year = 2020, journal = {Journal Of Things}}",
        "refs.bib:2: advice: b: 'Journal Of Things' is 'Journal of Things' in a (refs.bib:1); nothing was changed "
        "[venue_spellings]",
    ),
    "one author in two spellings": (
        "@misc{a, title = {A}, author = {Example, Ada}}\n@misc{b, title = {B}, author = {Example, A.}}",
        "refs.bib:2: advice: b: 'A. Example' may be 'Ada Example' in a (refs.bib:1); nothing was changed "
        "[author_spellings]",
    ),
    "a preprint and its published version": (
        "@online{a, title = {One Work}, eprint = {2001.00001}}\n"
        "@article{b, title = {One work}, year = 2020, journal = {J}}",
        "refs.bib:2: advice: b and a (refs.bib:1) have the same title: a preprint and its published version?; "
        "both are shown, unless b has related = {a} and relatedtype = {preprint} [listed_twice]",
    ),
}


UNKNOWN = "the field 'slide' is unknown (did you mean 'slides'?); it is not shown [field_unknown]"


def test_a_field_that_is_nearly_one_is_said_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    once = "@misc{a, title = {A}, slide = {https://example.org}}\n"
    for source, said in ((once, f"a: {UNKNOWN}"), (once + once.replace("{a", "{b"), f"a (and in 1 more): {UNKNOWN}")):
        (folder / "refs.bib").write_text(source)
        lines = [line for line in check(capsys, "refs.bib")[1].splitlines() if "[field_unknown]" in line]
        assert [line.split(": ", 2)[2] for line in lines] == [said]


def test_fields_that_emacs_has_put_aside_are_not_spoken_of(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "refs.bib").write_text("@book{a, title = {A}, year = 2020, OPTvolume = {}, ALTeditor = {Example, Ada}}\n")
    assert "unknown" not in check(capsys, "refs.bib")[1]


def test_a_type_that_is_nearly_one_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "refs.bib").write_text("@artcle{a, title = {A}, journal = {J}}\n@sculpture{b, title = {B}}\n")
    _status, printed = check(capsys, "refs.bib")
    assert [line for line in printed.splitlines() if "type" in line] == [
        "refs.bib:1: warning: a: the type '@artcle' is unknown (did you mean '@article'?); "
        "it is taken for: journal article [type_unknown]"
    ]


def test_a_title_that_is_missing_is_said_of_publications_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = "@inproceedings{a, crossref = {p}}\n@inproceedings{b, title = {B}, crossref = {p}}\n"
    (folder / "refs.bib").write_text(papers + "@proceedings{p, booktitle = {P}}\n")
    _status, printed = check(capsys, "refs.bib")
    assert [line for line in printed.splitlines() if "title" in line] == [
        "refs.bib:1: warning: a: there is no 'title'; the key is shown instead [title_missing]"
    ]


@pytest.mark.parametrize("name", ADVICE)
def test_advice(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, expected = ADVICE[name]
    (folder / "refs.bib").write_text(source)
    status, printed = check(capsys, "refs.bib")
    assert status == 0
    assert printed.splitlines()[0] == expected


@pytest.mark.parametrize(
    "source",
    [
        "@misc{a, title = {A}, author = {Wen, Wei}}\n@misc{b, title = {B}, author = {Weng, Wei}}",
        "@misc{a, title = {A}, author = {Wen, Wei}}\n@misc{b, title = {B}, author = {Wen, Weiming}}",
        "@inproceedings{a, title = {A}, year = 2020, booktitle = {Proceedings of the 52nd Conference on Things}}\n"
        "@inproceedings{b, title = {B}, year = 2020, booktitle = {Proceedings of the 53rd Conference on Things}}",
        "@misc{a, title = {A}, file = {x}, bdsk-url-1 = {y}, abstract = {z}}",
        "@article{a, title = {A}, pubstate = {inpress}, coden = {X}, fjournal = {J}, mrnumber = {1}, numpages = {2}}",
        "@misc{a, title = {Opera}, author = {Example, Ada}}\n@misc{b, title = {Opera}, author = {Sample, Grace}}",
        "@article{a, title = {A}, author = {Example, Ada}, date = {2020}}\n"
        "@talk{b, title = {A}, author = {Example, Ada}, year = 2020}",
        "@article{a, title = {A}, year = {someday}}",
    ],
)
def test_no_advice_where_all_is_well(source: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "refs.bib").write_text(source)
    assert "advice" not in check(capsys, "refs.bib")[1]


def test_the_spellings_that_conf_py_has_are_no_news(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "docs").mkdir()
    (folder / "refs.bib").write_text(
        "@misc{a, title = {A}, author = {Example, Ada and Sample, Bo}}\n"
        "@misc{b, title = {B}, author = {Example, A. and Sample, B.}}\n"
    )
    assert check(capsys, "refs.bib")[1].count("[author_spellings]") == 2
    for profile in (
        '{"name": "Ada Example", "spellings": ["A. Example"]}',
        '{**other, "name": "Ada " "Example", "spellings": ("A. Example", 3, 1 / 0), "image": str(1 / 0)}',
    ):
        (folder / "docs/conf.py").write_text(f"import nothing\ncv_profile = {profile}\n")
        printed = check(capsys, "refs.bib")[1]
        assert printed.count("[author_spellings]") == 1
        assert "'B. Sample' may be 'Bo Sample'" in printed
    for text in (
        "cv_profile = (",
        "cv_profile = dict(name='Ada Example')",
        "cv_profile = {**x, [1]: 2, 'name': 3}",
        "\0",
    ):
        (folder / "docs/conf.py").write_text(text)
        assert check(capsys, "refs.bib")[1].count("[author_spellings]") == 2


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_name_that_may_be_yours_and_is_no_spelling_is_told(
    order: tuple[int, int], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = ("@misc{a, title = {A}, author = {Example, Ada}}", "@misc{b, title = {B}, author = {Example, Ada B.}}")
    (folder / "refs.bib").write_text("\n".join(entries[number] for number in order))
    (folder / "conf.py").write_text('cv_profile = {"name": "Ada Example"}')
    printed = check(capsys, "refs.bib")[1]
    assert f"refs.bib:{order.index(1) + 1}: advice: b: 'Ada B. Example' may be 'Ada Example' in a " in printed
    assert "; it does not stand out; add it to 'spellings' of cv_profile if it is you [author_spellings]\n" in printed
    assert printed.count("[author_spellings]") == 1


def test_files_are_looked_for_where_conf_py_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("docs", "files", "more"):
        (folder / name).mkdir()
    (folder / "files/looms.pdf").touch()
    (folder / "refs.bib").write_text("@misc{a, title = {A}, author = {Example, Ada}, pdf = {looms.pdf}}\n")
    assert check(capsys, "refs.bib")[1].count("[file_missing]") == 1
    (folder / "docs/conf.py").write_text('import nothing\ncv_files = "../files"\n')
    assert check(capsys, "refs.bib") == (0, "1 read = 1 kept + 0 left out; 0 to look at, 0 of them errors\n")
    for text in ('cv_files = "../more"', "cv_files = str(1 / 0)", "cv_files = ''"):
        (folder / "docs/conf.py").write_text(text)
        assert check(capsys, "refs.bib")[0] == 1


def test_an_example_that_init_wrote_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "site", "--name", "Ada Example", "--yes"]) == 0
    capsys.readouterr()
    status, printed = check(capsys, "site/refs.bib")
    assert (status, printed.count("[example_left]")) == (0, 2)
    path = folder / "site/refs.bib"
    path.write_text(path.read_text().replace("Notes on the Engine", "Mine"))
    assert check(capsys, "site/refs.bib")[1].count("[example_left]") == 1


MESSY = (
    b"\xef\xbb\xbf% a comment, with a tab\t\r\n"
    b"@article{b,\r\n"
    b'   DOI   =  "https://doi.org/10.1145/1.2" ,\r\n'
    b"  eprint={arXiv:1805.07898v2}, title = {A  B},   \r\n"
    b"}\r\n\r\n\r\n@article{a,title={C},doi={10.1145/3.4}}"
)


def test_fix_changes_what_is_certain_and_no_other_byte(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "refs.bib"
    path.write_bytes(MESSY)
    _, printed = check(capsys, "refs.bib", "--fix")
    after = MESSY.replace(b"https://doi.org/10.1145/1.2", b"10.1145/1.2").replace(b"arXiv:1805", b"1805")
    assert path.read_bytes() == after
    assert [line[:1] for line in printed.splitlines()[2:8]] == ["@", " ", " ", "-", "-", "+"]
    assert main(["check", "refs.bib", "--fix"]) == 0
    assert path.read_bytes() == after


def test_the_difference_has_a_line_for_each_though_the_last_is_open(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "refs.bib").write_text("@misc{a, title = {A}, doi = {https://doi.org/10.1145/1.2}}")
    printed = check(capsys, "refs.bib", "--fix")[1].splitlines()
    assert [line[:8] for line in printed] == ["--- refs", "+++ refs", "@@ -1 +1", "-@misc{a", "+@misc{a", "1 read ="]


@pytest.mark.parametrize("options", [(), ("--fix",), ("--format", "json"), ("--format", "github")], ids=str)
def test_a_terminal_that_does_not_know_a_character_is_no_error(options: tuple[str, ...], folder: Path) -> None:
    source = "@misc{a, title = {Ä}, acceptance = {ä\U0001d11e},\n note = {Ö}, doi = {https://doi.org/10.1145/1.2}}\n"
    (folder / "refs.bib").write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx_cv_ext.cli", "check", "refs.bib", *options]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (1, "")
    if "json" in options:
        assert json.loads(run.stdout)["diagnostics"][0]["problem"].startswith("'ä\U0001d11e'")


def test_without_fix_nothing_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "refs.bib"
    path.write_bytes(MESSY)
    check(capsys, "refs.bib")
    assert path.read_bytes() == MESSY


def test_fix_leaves_a_file_alone_that_is_not_utf_8(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "refs.bib"
    before = "@misc{a, title = {Ä}, doi = {https://doi.org/10.1145/1.2}}".encode("latin-1")
    path.write_bytes(before)
    check(capsys, "refs.bib", "--fix")
    assert path.read_bytes() == before


def test_fix_without_room_on_the_disk_leaves_the_file_as_it_is(folder: Path) -> None:
    pytest.importorskip("resource")
    before = "@misc{a, title = {A}, doi = {https://doi.org/10.1145/1.2}}\n" + "% more\n" * 1000
    (folder / "refs.bib").write_text(before)
    code = (
        "import resource, signal; from sphinx_cv_ext.cli import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "main(['check', 'refs.bib', '--fix'])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.splitlines()[-1].endswith("cannot write refs.bib: File too large; it was not changed")
    assert [path.name for path in folder.iterdir()] == ["refs.bib"]
    assert (folder / "refs.bib").read_text() == before


def test_fix_writes_where_a_link_leads(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mine.bib").write_text("@misc{a, title = {A}, doi = {https://doi.org/10.1145/1.2}}\n")
    (folder / "refs.bib").symlink_to("mine.bib")
    check(capsys, "refs.bib", "--fix")
    assert (folder / "refs.bib").is_symlink()
    assert "doi = {10.1145/1.2}" in (folder / "mine.bib").read_text()


def test_a_reader_who_has_heard_enough_is_no_error(folder: Path) -> None:
    (folder / "refs.bib").write_text("@misc{a, title = {A}}\n" * 5000)
    command = [sys.executable, "-m", "sphinx_cv_ext.cli", "check", "refs.bib"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_what_is_no_work_is_no_slip(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "refs.bib").write_text(
        "@xdata{house, publisher = {House}}\n@set{both, entryset = {b}}\n"
        "@book{b, title = {B}, xdata = {house}, year = 2020, editora = {Sample, Bo}, editoratype = {redactor}}\n"
    )
    assert check(capsys, "refs.bib") == (0, "3 read = 3 kept + 0 left out; 0 to look at, 0 of them errors\n")
