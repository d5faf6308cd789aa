"""The guide says all that the code knows, its examples work, and its tables are those of the code."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from sphinx_cv_ext.diagnostics import Code
from sphinx_cv_ext.extension import STATIC
from sphinx_cv_ext.extension.directives import DIRECTIVES
from sphinx_cv_ext.extension.directives.cv import SECTION_OPTIONS
from sphinx_cv_ext.extension.features import FEATURES
from sphinx_cv_ext.extension.people import PERSON_FIELDS
from sphinx_cv_ext.extension.profile import PROFILE_FIELDS
from sphinx_cv_ext.extension.roles import ROLES
from sphinx_cv_ext.extension.settings import SETTINGS
from sphinx_cv_ext.model.credits import CONTRIBUTOR_ROLES
from sphinx_cv_ext.model.cv import ENTRY_KINDS
from sphinx_cv_ext.model.figures import FIGURES
from sphinx_cv_ext.model.library import Grouping, OwnerRole, Sort
from sphinx_cv_ext.model.links import LINK_KINDS
from sphinx_cv_ext.model.people import AUTHOR_ROLES
from sphinx_cv_ext.model.publication import AWARD_KINDS, PUBLICATION_TYPES, TONES
from sphinx_cv_ext.outputs.exports import EXPORTS
from sphinx_cv_ext.sources.fields import SYNONYMS

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(page.stem for page in GUIDE.glob("*.md"))

# What each table must say: a row's first cell, and what else is in that row.
Rows = list[tuple[str, tuple[str, ...]]]
TABLES: dict[str, Rows] = {
    "links": [(kind.name, (kind.label, kind.template.format("…"))) for kind in LINK_KINDS.values()],
    "synonyms": [
        (ours, tuple(name for name, meant in SYNONYMS.items() if meant == ours))
        for ours in dict.fromkeys(SYNONYMS.values())
    ],
    "roles": [(role.name, (role.mark,)) for role in AUTHOR_ROLES.values()],
    "contributors": [
        (role.name if role.has_field else f"editor as {role.name}", (role.by.format(names="…"),))
        for role in CONTRIBUTOR_ROLES.values()
    ],
    "types": [(kind.name, (kind.plural, f"{kind.letters}1")) for kind in PUBLICATION_TYPES.values()],
    "settings": [
        ("cv_profile", ()),
        *((f'cv_profile["{name}"]', (field.meaning.replace("`", ""),)) for name, field in PROFILE_FIELDS.items()),
        ("cv_people", ()),
        *((f'cv_people["…"]["{name}"]', (field.meaning.replace("`", ""),)) for name, field in PERSON_FIELDS.items()),
        *((setting.name, (str(setting.default), setting.meaning)) for setting in SETTINGS[2:]),
    ],
    "features": [(name, (meaning.replace("`", ""),)) for name, meaning in FEATURES.items()],
    "exports": [(export.name, (export.label, f".{export.suffix}")) for export in EXPORTS.values()],
    "warnings": [(f"cv.{code.value}", (code.severity.value,)) for code in Code],
    "figures": [(name, ()) for name in FIGURES],
    "sections": [(name, tuple(known)) for name, known in SECTION_OPTIONS.items()],
    "entries": [(f"{{{kind.name}}}", (kind.lead,)) for kind in ENTRY_KINDS.values()],
    **{
        f"options {directive}": [
            (name, (option.meaning[1:],)) for name, option in DIRECTIVES[directive].OPTIONS.items()
        ]
        for directive in ("publications", "award", "acceptance", "profile", "position", "entries", "cv")
    },
}


@dataclass(frozen=True)
class Built:
    """A finished build: its folder, its exit status and its warnings."""

    folder: Path
    status: int
    warnings: str


def build(source: Path, target: Path) -> Built:
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", "-b", "html"]
    run = subprocess.run(
        [*command, "-d", str(target / "doctrees"), str(source), str(target / "html")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Built(target / "html", run.returncode, run.stderr)


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(ROOT / "docs", tmp_path_factory.mktemp("guide"))


@cache
def article(path: Path) -> Tag:
    found = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select_one("article")
    assert found is not None
    return found


def page(guide: Built, name: str) -> Tag:
    return article(guide.folder / "guide" / f"{name}.html")


def words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def rows(table: Tag) -> list[list[str]]:
    return [[words(cell) for cell in row.select("td")] for row in table.select("tbody tr")]


def source(name: str) -> str:
    return (GUIDE / f"{name}.md").read_text(encoding="utf-8")


def all_sources() -> str:
    return "\n".join(map(source, PAGES))


def straight(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''")).replace("`", "")


def test_the_site_is_built_without_a_warning(guide: Built) -> None:
    assert guide.warnings == ""
    assert guide.status == 0


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_rows_of_the_code(guide: Built, name: str) -> None:
    expected = TABLES[name]
    (stem,) = [stem for stem in PAGES if f"```{{reference}} {name}\n" in source(stem)]
    tables = [rows(table) for table in page(guide, stem).select("table.guide-reference")]
    names = [first for first, _ in expected]
    found = [table for table in tables if [row[0] for row in table] == names]
    assert len(found) == 1, f"{stem} has no table of {names}"
    for row, (first, parts) in zip(found[0], expected, strict=True):
        for part in parts:
            assert straight(part) in straight(" ".join(row)), first


def test_all_tables_of_the_guide_are_tested() -> None:
    assert sorted(re.findall(r"^```\{reference\} (.+)$", all_sources(), re.MULTILINE)) == sorted(TABLES)


def test_each_warning_has_words_of_its_own(guide: Built) -> None:
    (table,) = page(guide, "warnings").select("table.guide-reference")
    said = [row[-1] for row in rows(table)]
    assert all(len(text) > 20 for text in said)
    assert len(set(said)) == len(Code)


@pytest.mark.parametrize(
    ("option", "values"),
    [
        ("type", list(PUBLICATION_TYPES)),
        ("role", [role.value for role in OwnerRole]),
        ("sort", [sort.value for sort in Sort]),
        ("group", [grouping.value for grouping in Grouping]),
        ("form", ["full", "compact"]),
    ],
)
def test_an_option_names_its_values(guide: Built, option: str, values: Sequence[str]) -> None:
    rows = page(guide, "publications").select("table.guide-reference tbody tr")
    cells = {row.select("td")[0].get_text(strip=True): row.select("td")[1] for row in rows}
    named = {code.get_text() for code in cells[option].select("code")}
    assert named >= set(values)


def test_every_directive_and_role_is_mentioned() -> None:
    text = all_sources()
    for name in [*DIRECTIVES, *ROLES]:
        assert f"{{{name}}}" in text, name
    for name in ROLES:
        assert f"{{{name}}}`" in text, f"the role {name}"


def test_every_option_kind_and_setting_is_mentioned(guide: Built) -> None:
    text = " ".join(words(page(guide, name)) for name in PAGES)
    names = {option for directive in DIRECTIVES.values() for option in directive.OPTIONS}
    names |= {*AWARD_KINDS} | {setting.name for setting in SETTINGS}
    assert [name for name in sorted(names) if name not in text] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_example_has_a_source_and_a_result(guide: Built, name: str) -> None:
    examples = page(guide, name).select(".guide-example")
    assert len(examples) == len(re.findall(r"^`+\{example\}", source(name), re.MULTILINE))
    for example in examples:
        shown, result = example.find_all("div", recursive=False)
        assert "guide-result" in result["class"]
        assert words(shown)
        assert words(result)
        assert not result.select("section")


def test_citations_of_the_guide_lead_to_the_list_of_the_site(guide: Built) -> None:
    citations = [a for name in PAGES for a in page(guide, name).select(".bibtex-citation a")]
    assert citations
    for citation in citations:
        assert str(citation["href"]).startswith("../publications.html#pub-")


def test_the_small_project_of_the_guide_works(tmp_path: Path) -> None:
    blocks = re.findall(r"^```(bibtex|python|markdown)\n(.*?)^```$", source("index"), re.MULTILINE | re.DOTALL)
    files = {"bibtex": "refs.bib", "python": "docs/conf.py", "markdown": "docs/index.md"}
    assert [language for language, _ in blocks] == list(files)
    (tmp_path / "docs").mkdir()
    for language, text in blocks:
        (tmp_path / files[language]).write_text(text, encoding="utf-8")
    built = build(tmp_path / "docs", tmp_path / "out")
    assert built.warnings == ""
    made = article(built.folder / "index.html")
    assert len(made.select("li.cv-publication")) == 2
    assert len(made.select(".cv-owner")) == 2
    assert "Accepted 365 of 1900 = 19.2%" in words(made)
    assert "2 of 358 = 0.56%" in words(made)


@pytest.mark.parametrize("arguments", ["nothing", "options", "options nothing", "links nothing"])
def test_a_table_that_is_not_there_is_a_clear_error(tmp_path: Path, arguments: str) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    path = str(ROOT / "docs" / "_ext")
    (docs / "conf.py").write_text(
        f'import sys\nsys.path.insert(0, {path!r})\nextensions = ["myst_parser", "sphinx_cv_ext", "guide"]\n',
        encoding="utf-8",
    )
    (docs / "index.md").write_text(f"# T\n\n```{{reference}} {arguments}\n```\n", encoding="utf-8")
    built = build(docs, tmp_path / "out")
    assert (
        f"there is no table '{arguments}', there are links, synonyms, roles, types, options DIRECTIVE" in built.warnings
    )


def test_the_stylesheet_names_every_kind_of_link() -> None:
    css = (STATIC / "sphinx-cv.css").read_text(encoding="utf-8")
    assert [kind for kind in LINK_KINDS if not re.search(rf"\.cv-link-{kind}\b(?!-)", css)] == []


def test_the_stylesheet_and_the_cards_mix_every_tone() -> None:
    css = (STATIC / "sphinx-cv.css").read_text(encoding="utf-8")
    card = (STATIC.parent / "outputs" / "card.typ").read_text(encoding="utf-8")
    # The first tone is that of a badge without a class.
    assert [tone for tone in TONES[1:] if f".cv-tone-{tone} {{" not in css] == []
    assert [tone for tone in TONES if f"\n  {tone}: (" not in card] == []
