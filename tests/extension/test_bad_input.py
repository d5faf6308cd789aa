"""A mistake in a .bib file, a page or conf.py is reported with its place, and everything else is built."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from sphinx_cv_ext.model.links import LINK_KINDS
from tests.casefile import Case, read_cases
from tests.project import Built, Project

CASES = read_cases("bad-input.txt")
LIST = "# Title\n\n:::{publications}\n:::\n"
ENTRY = "@misc{a, title={A title}, author={Ada Example}, year=2020}\n"


def told(built: Built) -> str:
    """Print the warnings: kind, place and words."""
    found = [re.fullmatch(r"(.*): (?:WARNING|ERROR): (.*) \[([\w.]+)\]", line) for line in built.warnings]
    return "\n".join(
        f"{match[3]} {match[1]}: {match[2]}" if match else line
        for match, line in zip(found, built.warnings, strict=True)
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case, tmp_path: Path, harmless: set[str]) -> None:
    bib, _, page = case.input.partition("\n----\n")
    files = {"refs.bib": bib, "index.md": f"{LIST}\n{page}", "papers/other.pdf": b"%PDF"}
    built = Project(tmp_path, files).build()
    assert told(built) == case.expected
    assert len(built.soup("index.html").select("li.cv-publication")) == 1
    assert set(dangers(built.text("index.html"))) <= harmless


# MyST 5.1 does not give a directive the text of its options.
KNOWS_OPTIONS = tuple(map(int, version("myst-parser").split(".")[:2])) >= (5, 2)


def test_options_that_myst_cannot_read_are_explained(tmp_path: Path) -> None:
    page = f'{LIST}\n:::{{talk}} 2020\n:what: "Looms" and us\n:::\n'
    built = Project(tmp_path, {"refs.bib": "@misc{a, title={T}}", "index.md": page}).build()
    words = (
        "none of its options can be read; a value that starts with a quotation mark has to be quoted as a whole"
        if KNOWS_OPTIONS
        else "it has neither 'what' nor 'where', each on a line of its own such as ':what: Title'"
    )
    assert built.codes() == ["myst.directive_option", "cv.option_invalid"]
    assert f"talk: {words}; its date and text are shown" in built.warnings[1]


def dangers(text: str) -> list[str]:
    """Everything in a page that runs or changes the page: elements, event attributes, addresses of odd schemes."""
    found = []
    for tag in BeautifulSoup(text, "lxml").find_all(True):
        if "math" in tag.get("class", []) and re.search(RUNNING_IN_FORMULAS, tag.get_text()):
            found.append(tag.get_text())
        if tag.name in RUNNING:
            found.append(" ".join(str(tag).split()))
        if tag.name == "math":
            found += [str(inner) for inner in tag.find_all(True) if not DRAWING.fullmatch(inner.name)]
        for name, value in tag.attrs.items():
            url = re.sub(r"[\x00-\x20]", "", str(value)).lower()
            scheme = re.match(r"[a-z][a-z0-9+.-]*(?=:)", url)
            odd = name in LEADING and scheme and scheme[0] not in {"http", "https", "mailto", "ftp"}
            if odd or name.startswith("on") or name in {"style", "srcdoc"}:
                found.append(f"{name}={value}")
    return found


RUNNING = {"script", "iframe", "object", "embed", "base", "style", "form", "meta", "link", "img", "maction"}
DRAWING = re.compile(
    "m(?:row|i|n|o|text|space|sup|sub|subsup|over|under|underover|frac|sqrt|root|table|tr|td|style|padded|phantom"
    "|enclose|error)"
)
RUNNING_IN_FORMULAS = r"\\(?:href|url|require|class|cssId|style|html\w+|data|includegraphics|unicode)\b"
LEADING = {"href", "src", "action", "data", "xlink:href", "formaction", "poster", "background"}


@pytest.mark.parametrize(
    "fragment",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a onclick='x()'>", "javascript:alert(1)"],
)
def test_the_search_for_dangers_finds_them(fragment: str) -> None:
    page = f"<p>{fragment}</p>" if "<" in fragment else f"<a href='{fragment}'>x</a>"
    assert len(dangers(page)) >= 1


SCRIPTS = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "  javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "java\x00script:alert(1)",
    "java\u200bscript:alert(1)",
    r"\url{javascript:alert(1)}",
    "<javascript:alert(1)>",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "java&Tab;script:alert(1)",
    r"javascript\:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "view-source:https://example.org",
    "file:///etc/passwd",
    "blob:https://example.org/1",
    "feed:javascript:alert(1)",
    'https://example.org/" onclick="alert(1)',
    "https://example.org/'><script>alert(1)</script>",
]


@pytest.fixture(scope="module")
def unsafe(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One entry for each script, with that script in every field of a link and wherever else an address is allowed."""
    entries = []
    for at, script in enumerate(SCRIPTS):
        fields = "".join(f"  {kind} = {{{script}}},\n" for kind in LINK_KINDS)
        fields += f"  eprint = {{{script}}},\n  award = {{Prize, {script}; \\href{{{script}}}{{Other}}}},\n"
        fields += f'  note = {{\\href{{{script}}}{{remark}} \\url{{{script}}} <a href="{script}">x</a>}},\n'
        entries.append(f"@misc{{k{at},\n  title = {{T \\href{{{script}}}{{x}}}},\n{fields}}}\n")
    page = "# Title\n\n:::{publications}\n:::\n\n"
    page += "".join(
        f":::{{links}}\n:key: k{at}\n:::\n\n{{links}}`@k{at}` {{award}}`@k{at}`\n\n" for at in range(len(SCRIPTS))
    )
    project = Project(tmp_path_factory.mktemp("unsafe"), {"refs.bib": "".join(entries), "index.md": page})
    return project.build()


def test_no_field_of_any_kind_makes_a_dangerous_link(unsafe: Built, harmless: set[str]) -> None:
    assert set(dangers(unsafe.text("index.html"))) <= harmless
    assert len(unsafe.soup("index.html").select("li.cv-publication")) == len(SCRIPTS)
    assert "cv.link_unsafe" in unsafe.codes()


def test_every_kind_of_link_refuses_a_script(unsafe: Built) -> None:
    """Each field of the first entry gives one warning at its own line."""
    lines = [
        line
        for line in unsafe.warnings
        if re.match(rf"refs.bib:({'|'.join(str(n) for n in range(3, 3 + len(LINK_KINDS)))}):", line)
    ]
    assert all(line.endswith(("[cv.link_unsafe]", "[cv.bib_control]")) for line in lines)
    assert len({line.partition(" ")[0] for line in lines}) == len(LINK_KINDS)


def test_a_plain_bibliography_makes_no_dangerous_link(tmp_path: Path, harmless: set[str]) -> None:
    refs = "@article{a, title={T \\url{javascript:alert(3)}}, author={Ada Example}, journal={J}, year=2000,"
    refs += " url={javascript:alert(1)}}"
    built = Project(tmp_path, {"refs.bib": refs, "index.md": "# T\n\n```{bibliography}\n:all:\n```\n"}).build()
    assert "Ada Example" in built.text("index.html")
    assert set(dangers(built.text("index.html"))) <= harmless


MARKUP = [
    "<script>alert(1)</script>",
    "\"' onmouseover=alert(1) x='",
    "</title><script>",
    "]]>",
    "<!--",
    "--></li></ul>",
]
FIELDS = [
    *("title", "subtitle", "author", "editor", "booktitle", "journal", "abbr", "publisher", "school"),
    *("note", "addendum", "keywords", "volume", "number", "pages", "pubstate", "shorttitle", "eprint"),
    *("eprinttype", "year", "month", "date", "award", "acceptance", "entrysubtype", "author+an", "author+an:note"),
]


def test_markup_in_every_field_stays_text(tmp_path: Path, harmless: set[str]) -> None:
    entries = [
        f"@{type_}{{{type_}{at},\n" + "".join(f"  {field} = {{{text}}},\n" for field in FIELDS) + "}\n"
        for at, text in enumerate(MARKUP)
        for type_ in ("article", "inproceedings", "misc", "phdthesis")
    ]
    page = "".join(f"## G\n\n:::{{publications}}\n:group: {group}\n:::\n\n" for group in ("venue", "keyword", "type"))
    cites = " ".join(f"{{cite:t}}`{type_}{at}`" for at in range(len(MARKUP)) for type_ in ("article", "misc"))
    files = {"refs.bib": "".join(entries), "index.md": f"# T\n\n{page}\n\n{cites}\n\n:::{{figures}}\n:::\n"}
    built = Project(tmp_path, files).build()
    assert set(dangers(built.text("index.html"))) <= harmless
    soup = built.soup("index.html")
    assert soup.title is not None
    assert soup.title.get_text().startswith("T ")
    assert len(soup.select("li.cv-publication[id]")) == 3 * len(entries)
    assert not any("Traceback" in line for line in built.warnings)


@pytest.mark.parametrize("builder", ["xml", "epub"])
def test_odd_characters_leave_xml_well_formed(tmp_path: Path, builder: str) -> None:
    from lxml import etree

    text = "]]> & < > \" ' \\& \\textless script \x0c \ufffe \U0001f600 e\u0301 &amp; &lt; &#0; &#xd800; &#x1;"
    entry = f"@misc{{a, title={{{text}}}, author={{{text}}}, note={{{text}}}, abbr={{{text}}}, keywords={{{text}}}}}"
    built = Project(tmp_path, {"refs.bib": entry, "index.md": LIST}, version="1").build(builder)
    written = [path for ending in ("xml", "xhtml") for path in built.out.glob(f"*.{ending}")]
    assert written
    for path in written:
        etree.fromstring(path.read_bytes())


HUGE = "1" * 5000


@pytest.mark.parametrize(
    "field",
    [
        f"acceptance={{1/{HUGE}}}",
        f"acceptance={{1.{HUGE}%}}",
        f"award={{Prize, 1/{HUGE}}}",
        f"author={{Ada Example}}, author+an={{{HUGE}=equal}}",
        f"year=2020, month={{{HUGE}}}",
    ],
    ids=lambda field: field.partition("=")[0],
)
def test_a_number_of_any_length_ends_no_build(tmp_path: Path, field: str) -> None:
    built = Project(tmp_path, {"refs.bib": f"@misc{{a, title={{T}}, {field}}}", "index.md": LIST}).build()
    assert len(built.soup("index.html").select("li.cv-publication")) == 1


@pytest.mark.parametrize("when", ["0001", "9999-12-31", "0001/9999", "2020-02-30", "x" * 9999])
def test_a_date_of_any_kind_ends_no_build(tmp_path: Path, when: str) -> None:
    page = f"# T\n\n:::{{talk}} {when}\n:what: Words\n:::\n"
    assert "Words" in Project(tmp_path, {"refs.bib": "", "index.md": page}).build().text("index.html")


@pytest.mark.parametrize("when", ["0000", "0000-01", "2019/0000"])
def test_the_year_nought_ends_no_build(tmp_path: Path, when: str) -> None:
    page = f"# T\n\n:::{{talk}} {when}\n:what: Words\n:::\n"
    assert "Words" in Project(tmp_path, {"refs.bib": "", "index.md": page}).build().text("index.html")


def test_a_period_that_ends_before_it_starts_is_told(tmp_path: Path) -> None:
    page = "# T\n\n:::{talk} 2020-05/2019-01\n:what: Words\n:::\n"
    assert Project(tmp_path, {"refs.bib": "", "index.md": page}).build().codes() == ["cv.date_unreadable"]


def test_a_link_to_a_file_outside_is_refused_however_it_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    project = Project(tmp_path / "site", {"refs.bib": ENTRY.replace("year", "pdf={link.pdf}, year"), "index.md": LIST})
    (project.folder / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    built = project.build()
    assert built.codes() == ["cv.file_outside"]
    assert not [path for path in built.out.rglob("*") if path.is_file() and path.read_bytes() == b"secret"]


@pytest.mark.parametrize("value", [..., None, []], ids=["unset", "None", "empty"])
def test_without_a_file_a_site_has_no_publications(tmp_path: Path, value: Any) -> None:
    built = Project(tmp_path, {"index.md": LIST}, bibtex_bibfiles=value).build()
    assert built.codes() == ["cv.selection_empty"]
    assert "name your .bib file in bibtex_bibfiles" in built.warnings[0]
    assert Project(tmp_path, {"index.md": "# T\n"}, bibtex_bibfiles=value).build().warnings == []


def test_a_file_without_a_publication_is_named(tmp_path: Path) -> None:
    built = Project(tmp_path, {"index.md": LIST, "refs.bib": "Nothing yet.\n"}).build()
    (warning,) = built.warnings
    assert "publications: there is no publication in refs.bib; nothing is shown [cv.selection_empty]" in warning


def test_that_nothing_is_selected_is_told(tmp_path: Path) -> None:
    page = "# T\n\n:::{publications}\n:selected:\n:::\n"
    (warning,) = Project(tmp_path, {"index.md": page, "refs.bib": ENTRY}).build().warnings
    assert "publications: no entry has selected = {true}; nothing is shown [cv.selection_empty]" in warning


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    built = Project(tmp_path, {"index.md": LIST}, bibtex_bibfiles=["missing.bib"]).build()
    assert built.codes() == ["cv.bib_missing", "cv.selection_empty"]


def test_a_file_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    built = Project(tmp_path, {"index.md": LIST, "refs.bib": ENTRY}, bibtex_bibfiles=["reffs.bib"]).build()
    said = "bibtex_bibfiles: reffs.bib: cannot read the file: No such file or directory (did you mean 'refs.bib'?)"
    assert built.warnings[0] == f"WARNING: conf.py: {said}; it counts as empty [cv.bib_missing]"


@pytest.mark.parametrize(("given", "there"), [("refs.bib", "docs"), ("docs/refs.bib", ".")])
def test_a_bib_file_that_has_been_moved_is_found(given: str, there: str, tmp_path: Path) -> None:
    files = {"index.md": LIST, f"{there}/refs.bib": "@misc{a, title={T}}", "docs/page.md": "# P\n"}
    built = Project(tmp_path, files, bibtex_bibfiles=[given]).build()
    assert f"No such file or directory (there is one in '{there}'); it counts as empty" in built.warnings[0]


def test_one_name_instead_of_a_list_is_understood(tmp_path: Path) -> None:
    built = Project(tmp_path, {"refs.bib": ENTRY, "index.md": LIST}, bibtex_bibfiles="refs.bib").build()
    assert len(built.soup("index.html").select("li.cv-publication")) == 1
    assert len(built.warnings) <= 1


@pytest.mark.parametrize("value", [5, [5], [None]], ids=str)
def test_names_that_are_none_are_told(tmp_path: Path, value: Any) -> None:
    built = Project(tmp_path, {"refs.bib": ENTRY, "index.md": LIST}, bibtex_bibfiles=value).build()
    assert built.warnings != []


def test_a_key_of_the_profile_that_there_is_not_is_told(tmp_path: Path) -> None:
    profile = {"name": "Ada Example", "nam": "x"}
    built = Project(tmp_path, {"refs.bib": ENTRY, "index.md": LIST}, cv_profile=profile).build()
    assert built.codes() == ["cv.setting_invalid"]
    assert built.warnings[0].startswith("WARNING: conf.py: cv_profile has no key 'nam' (did you mean 'name'?)")
    assert "cv-owner" in built.text("index.html")


def test_a_setting_that_there_is_not_is_told(tmp_path: Path) -> None:
    built = Project(tmp_path, {"refs.bib": ENTRY, "index.md": LIST}, cv_file="papers").build()
    said = "there is no setting 'cv_file' (did you mean 'cv_files'?); it is ignored [cv.setting_invalid]"
    assert built.warnings == [f"WARNING: conf.py: {said}"]


def test_a_name_that_is_no_setting_or_that_of_another_extension_is_nobodys_slip(tmp_path: Path) -> None:
    project = Project(tmp_path, {"refs.bib": ENTRY, "index.md": LIST}, cv_of_another=1, cover=2)
    own = "import json as cv_json\ndef cv_title(): ...\ndef setup(app): app.add_config_value('cv_of_another', 0, '')\n"
    project.write("conf.py", f"{(tmp_path / 'conf.py').read_text()}{own}")
    assert project.build().warnings == []


@pytest.mark.parametrize("value", ["Ada Example", ["Ada Example"], 5])
def test_a_profile_that_is_no_dictionary_is_told(tmp_path: Path, value: Any) -> None:
    built = Project(tmp_path, {"refs.bib": ENTRY, "index.md": LIST}, cv_profile=value).build()
    assert len(built.warnings) == 1


@pytest.mark.parametrize("value", ["many", "2"])
def test_a_number_of_authors_that_is_none_is_told(tmp_path: Path, value: Any) -> None:
    built = Project(tmp_path, {"refs.bib": ENTRY, "index.md": LIST}, cv_max_authors=value).build()
    assert len(built.warnings) == 1
    assert "Ada Example" in built.text("index.html")


@pytest.mark.parametrize(
    ("name", "value", "may_be"),
    [
        ("cv_max_authors", "3", "a whole number from 0"),
        ("cv_permalink", "papers/{yaer}/{anchor}", "letters, digits, '-', '_' and '/' around '{anchor}' and '{year}'"),
        ("cv_pages", "some", "'all' or 'selected' or 'none'"),
        ("cv_fast_pages", 1.5, "True or False"),
        ("cv_disable", "feeds", "a list"),
        ("html_baseurl", 5, "the whole address of the site"),
    ],
)
def test_what_a_setting_may_be_is_told(tmp_path: Path, name: str, value: Any, may_be: str) -> None:
    (warning,) = Project(tmp_path, {"refs.bib": "", "index.md": "# T\n"}, **{name: value}).build().warnings
    assert warning.startswith(f"WARNING: conf.py: {name} cannot be {value!r}, only {may_be}")


def test_an_address_of_none_is_no_address(tmp_path: Path) -> None:
    built = Project(tmp_path, {"refs.bib": "", "index.md": "# T\n"}, html_baseurl=None).build()
    assert built.warnings == []
    assert not (built.out / "sitemap.xml").exists()


@pytest.mark.parametrize(
    ("value", "near"), [("papres", " (did you mean 'papers'?)"), ("refs.bib", ""), ("no/such/folder", "")]
)
def test_a_folder_of_files_that_is_not_there_is_told(tmp_path: Path, value: str, near: str) -> None:
    files = {"refs.bib": ENTRY, "index.md": LIST, "papers/owned.pdf": b"%PDF"}
    (warning,) = Project(tmp_path, files, cv_files=value).build().warnings
    assert warning.startswith(f"WARNING: conf.py: cv_files: there is no folder {value!r}{near}")
    assert warning.endswith("; files of publications are not found there [cv.file_missing]")


def test_a_number_of_authors_below_nothing_shows_all(tmp_path: Path) -> None:
    built = Project(tmp_path, {"refs.bib": ENTRY, "index.md": LIST}, cv_max_authors=-1).build()
    assert len(built.warnings) == 1
    assert "Ada Example" in built.text("index.html")


def test_spellings_that_are_no_list_are_told(tmp_path: Path) -> None:
    profile = {"name": "Ada Example", "spellings": 5}
    built = Project(tmp_path, {"refs.bib": ENTRY, "index.md": LIST}, cv_profile=profile).build()
    assert built.codes() == ["cv.setting_invalid"]
    assert "cv-owner" in built.text("index.html")


@pytest.mark.parametrize("suppressed", ["cv", "cv.rate_invalid", "cv.*"])
def test_warnings_can_be_silenced(tmp_path: Path, suppressed: str) -> None:
    refs = "@misc{a, title={T}, acceptance={0/0}}"
    settings = {"suppress_warnings": [suppressed]}
    built = Project(tmp_path, {"refs.bib": refs, "index.md": LIST}, **settings).build()
    assert built.warnings == []


def test_silencing_one_kind_leaves_the_others(tmp_path: Path) -> None:
    refs = "@misc{a, title={T}, acceptance={0/0}, code={}}"
    settings = {"suppress_warnings": ["cv.rate_invalid"]}
    assert Project(tmp_path, {"refs.bib": refs, "index.md": LIST}, **settings).build().codes() == ["cv.link_empty"]
