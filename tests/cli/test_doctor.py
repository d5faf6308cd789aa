"""``sphinx-cv doctor`` on sites with and without problems."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from sphinx_cv_ext.cli import main
from tests.sites import contents


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    main(["init", "site", "--name", "Ada Example"])
    capsys.readouterr()
    return tmp_path / "site"


def doctor(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = main(["doctor", *arguments])
    return status, capsys.readouterr().out


def as_json(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    status, printed = doctor(capsys, "site", "--format", "json")
    return status, json.loads(printed)


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def without_examples(site: Path) -> None:
    """Make the examples of the site somebody's own."""
    for name in ("refs.bib", "docs/experience.md"):
        text = (site / name).read_text(encoding="utf-8")
        for example in ("Engine", "Weaving Algebra", "Professor of Weaving", "Institute of Examples"):
            text = text.replace(example, f"My {example}")
        (site / name).write_text(text, encoding="utf-8")


def test_examples_are_told_while_they_stand(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = as_json(capsys)
    assert (status, found["warnings"], found["has_errors"]) == (0, {"cv.example_left": 4}, False)
    assert found["first"] == (
        "site/refs.bib:4: ADVICE: example2024engine: this is an example that sphinx-cv init wrote; "
        "replace or remove it; it is shown like your own [cv.example_left]"
    )
    text = (site / "docs/experience.md").read_text(encoding="utf-8")
    (site / "docs/experience.md").write_text(text.replace("Sampleville", "Town").replace("Postdoc", "My Postdoc"))
    assert as_json(capsys)[1]["warnings"] == {"cv.example_left": 3}


def test_people_whom_no_publication_names_are_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without_examples(site)
    page = "https://example.org/"
    append(
        site / "docs/conf.py", f"cv_people = {{'Boris Sample': {page!r}, 'Ada Example': {page!r}, 'Nobody': {page!r}}}"
    )
    append(site / "refs.bib", "@misc{x, title = {X}, author = {Sample, B.}, year = 2020}")
    status, found = as_json(capsys)
    assert (status, found["warnings"], found["has_errors"]) == (0, {"cv.person_not_found": 2}, False)
    assert found["first"] == (
        "conf.py: ADVICE: cv_people: no publication names 'Boris Sample' (but there is 'B. Sample', for 'spellings'); "
        "the address is shown nowhere [cv.person_not_found]"
    )


def test_a_person_whom_a_page_names_is_not_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without_examples(site)
    append(site / "docs/conf.py", 'cv_people = {"Boris Sample": "https://example.org/boris"}\n')
    assert as_json(capsys)[1]["warnings"] == {"cv.person_not_found": 1}
    append(site / "docs/index.md", "\nMy mentor is {person}`Boris Sample`.\n")
    assert as_json(capsys)[1]["warnings"] == {}


def test_an_option_in_code_is_no_directive_that_went_wrong(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without_examples(site)
    append(site / "docs/index.md", "\n`:what: On nets` is an option.\n")
    assert as_json(capsys)[1]["warnings"] == {}


@pytest.mark.parametrize("fence", [":::{talk}2020", ":::talk 2020"])
def test_a_directive_that_is_none_is_told(fence: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without_examples(site)
    (site / "docs/talks.md").write_text(f"# Talks\n\n:smile: Hello\n\n{fence}\n:what: On nets\n:::\n", encoding="utf-8")
    status, found = as_json(capsys)
    assert status == 1
    assert found["first"].startswith(
        "talks.md:6: ERROR: MyST reads no directive in ':what: On nets'; write its name in "
    )


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            '"sphinx_cv_ext"',
            '"sphinx-cv-ext"',
            "(in conf.py it is called 'sphinx_cv_ext'; only pip calls it 'sphinx-cv-ext')",
        ),
        ('"myst_parser", ', '"myst_parser" ', "(is there a comma missing beside 'myst_parser' in conf.py?)"),
        ('"myst_parser", ', "", "(there is an index.md; to read it, extensions in conf.py must have 'myst_parser')"),
    ],
)
def test_a_slip_in_the_list_of_extensions_is_explained(
    right: str, wrong: str, told: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    conf = site / "docs/conf.py"
    conf.write_text(conf.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    status, found = as_json(capsys)
    assert status == 1
    assert found["first"].endswith(told)


def test_what_is_guessed_is_no_error(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    append(site / "refs.bib", "@misc{a, title = {A}, month = someday}\n")
    append(site / "docs/cv.md", "\n![x](nothing.png)\n")
    status, found = as_json(capsys)
    assert (status, found["has_errors"]) == (0, False)
    assert found["first"].endswith("[cv.bib_undefined_macro]")
    append(site / "refs.bib", "@misc{a, title = {B}}\n")
    assert as_json(capsys)[0] == 0
    append(site / "refs.bib", "@misc{a, title = {A}}\n")
    assert as_json(capsys)[0] == 1


def test_a_site_that_is_well(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without_examples(site)
    before = contents(site)
    status, printed = doctor(capsys, "site")
    assert status == 0
    lines = printed.splitlines()
    for line in (
        "  html_theme: 'furo'",
        "  bibtex_bibfiles: ['../refs.bib']",
        "  pages: 4",
        "  ../refs.bib: 2",
        "  publications: 2",
        "  entries: 2",
        "  CVs: 1",
    ):
        assert line in lines
    assert lines[-2:] == ["  none", "There is nothing to fix."]
    assert contents(site) == before


def test_versions_are_told_of_what_is_needed_and_what_is_not(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = as_json(capsys)
    assert found["versions"]["Python"] == ".".join(map(str, sys.version_info[:3]))
    assert {"sphinx-cv-ext", "sphinx", "sphinxcontrib-bibtex", "typst", "myst-parser"} <= found["versions"].keys()


def test_an_optional_package_that_is_missing_is_told(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sphinx_cv_ext.extension import examination

    monkeypatch.setitem(examination.OPTIONAL, "no-such-package", "nothing")
    assert "  no-such-package: not installed  (for nothing)" in doctor(capsys, "site")[1].splitlines()


def test_what_is_lost_is_mended_first(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    append(site / "docs/cv.md", "\n{nothing}`x`\n\n{cite}`nobody`\n")
    append(site / "refs.bib", "@misc{a, title = {A}, month = someday}\n@misc{a, title = {A}}\n")
    status, found = as_json(capsys)
    assert status == 1
    assert found["warnings"]["cv.bib_duplicate_key"] == 1
    assert found["warnings"]["cv.bib_undefined_macro"] == 1
    assert found["counts"]["publications"] == 3
    assert found["first"].endswith("[cv.bib_duplicate_key]")
    assert sum(found["warnings"].values()) == 4 + found["warnings"]["cv.example_left"]


BROKEN = {
    "a slip in conf.py": ("docs/conf.py", "x = (\n", "There is a syntax error in your configuration file"),
    "a conf.py that ends": ("docs/conf.py", "raise SystemExit(3)\n", "The configuration file"),
    "an extension that is missing": (
        "docs/conf.py",
        'extensions += ["no_such"]\n',
        "Could not import extension",
    ),
    "ours is not loaded": (
        "docs/conf.py",
        'extensions = ["myst_parser"]\n',
        "the extension is not loaded; ",
    ),
    "an extension that fails": (
        "docs/conf.py",
        "def setup(app):\n    app.connect('builder-inited', lambda app: 1 / 0)\n",
        "division by zero",
    ),
    "a theme that is missing": ("docs/conf.py", 'html_theme = "fuuro"\n', "Theme error: no theme named 'fuuro'"),
    "what fails for pages of the web alone": (
        "docs/conf.py",
        "def setup(app):\n    app.connect('builder-inited', lambda app: app.builder.name == 'html' and 1 / 0)\n",
        "division by zero",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_project_that_cannot_be_read_says_why(name: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, text, said = BROKEN[name]
    append(site / file, text)
    status, printed = doctor(capsys, "site")
    assert status == 1
    assert said in printed.splitlines()[-1]
    assert "  Python: " in printed


def test_what_only_the_site_itself_lacks_is_told_once(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    append(site / "docs/conf.py", 'html_static_path = ["no_such"]\ncv_max_authors = "3"\n')
    status, found = as_json(capsys)
    assert (status, found["warnings"]["cv.setting_invalid"], found["warnings"]["other"]) == (0, 1, 1)
    assert found["counts"]["publications"] == 2


def test_directives_in_colons_that_nobody_reads_are_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    append(site / "docs/conf.py", "myst_enable_extensions = []\n")
    append(site / "docs/index.md", "\n```md\n:::{figures}\n:::\n```\n")
    status, found = as_json(capsys)
    assert (status, found["warnings"]["cv.fence_unread"]) == (1, 1)
    assert found["first"] == (
        "cv.md:8: ERROR: MyST reads no directive in ':::{cv}' (and 8 more); add \"colon_fence\" to "
        "myst_enable_extensions in conf.py; it is shown as text [cv.fence_unread]"
    )
    append(site / "docs/conf.py", 'myst_enable_extensions = ["colon_fence"]\n')
    assert "cv.fence_unread" not in as_json(capsys)[1]["warnings"]


def test_where_there_is_no_project_the_way_to_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        main(["doctor"])
    assert stopped.value.code == 2
    assert "there is no conf.py in . or its docs; begin with: sphinx-cv init ." in capsys.readouterr().err
