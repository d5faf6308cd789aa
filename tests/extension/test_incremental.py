"""Building again reads and writes what has changed and nothing else, and gives what a fresh build gives."""

from __future__ import annotations

import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sphinx_cv_ext
from tests.extension.everything import FILES, SETTINGS
from tests.project import Built, Project

REFS = """@inproceedings{net, title={{Net}: of things}, author={Example, Ada}, abbr={ICE}, year={2021}, selected={true}}
@article{over, title={Over and out}, author={Sample, Grace}, journal={J}, year={2020}, code={https://example.org/}}
@misc{third, title={A third}, author={Doe, Jane}, year={2019}, acceptance={1/3}}
"""

CATALOGUE = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\n"

msgid "Code"
msgstr "Program"
"""

PAGES = {
    "index.md": "# T\n\n:::{publications}\n:selected:\n:::\n\n```{toctree}\nlist\ncites\nbadge\nplain\n```\n",
    "list.md": "# List\n\n:::{publications}\n:group: year\n:::\n",
    "cites.md": "# Cites\n\n{cite}`net` and {cite:t}`over`\n",
    "badge.md": "# Badge\n\n:::{acceptance}\n:key: third\n:::\n",
    "plain.md": "# Plain\n\nnothing\n",
}


class Site:
    """The project after a first build."""

    def __init__(self, folder: Path, files: dict[str, str] | None = None) -> None:
        self.project = Project(folder, {"refs.bib": REFS, **(PAGES if files is None else files)})
        self.first = self.project.build()
        self.before = self.first.files()

    def again(self) -> Built:
        """Build again; whatever was read or written, the outcome must be that of a fresh build."""
        built = self.project.build()
        fresh = self.project.build(into="fresh")
        assert built.warnings == [] or built.codes() == fresh.codes()
        mine, theirs = built.files(), fresh.files()
        # Sphinx numbers the pages of its search index in the order in which it comes to them.
        differing = [name for name in theirs if mine.get(name) != theirs[name] and name != "searchindex.js"]
        assert differing == []
        return built

    def edit(self, old: str, new: str) -> Built:
        self.project.edit("refs.bib", old, new)
        return self.again()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    assert made.first.warnings == []
    assert made.first.read == sorted(name.removesuffix(".md") for name in PAGES)
    return made


def test_a_page_of_the_last_years_is_made_again_when_they_are_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page changes in the year in which an entry drops out of its last years, not in those before and after."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1640000000")  # in December 2021
    page = "# T\n\n:::{publications}\n:year: last 2\n:::\n"
    site = Site(tmp_path, {"index.md": page, "plain.md": "---\norphan: true\n---\n# Plain\n"})
    shown = []
    for year in (0, 1, 2):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1640000000 + year * 31_557_600))
        built = site.again()
        titles = [title.get_text() for title in built.soup("index.html").select(".cv-title")]
        shown.append((built.read, titles, built.codes()))
    assert shown == [
        ([], ["Net: of things", "Over and out"], []),
        (["index"], ["Net: of things"], []),
        (["index"], [], ["cv.selection_empty"]),
    ]


def test_nothing_is_read_or_written_when_nothing_has_changed(site: Site) -> None:
    pages = [site.first.out / f"{name.removesuffix('.md')}.html" for name in PAGES]
    times = [path.stat().st_mtime_ns for path in pages]
    built = site.again()
    assert (built.read, built.written) == ([], [])
    assert [path.stat().st_mtime_ns for path in pages] == times
    assert built.files() == site.before


def test_nothing_is_read_or_written_of_a_project_that_uses_everything(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, **SETTINGS)
    first = project.build()
    again = project.build()
    assert (again.read, again.written, again.warnings) == ([], [], [])
    assert again.files() == first.files()


def test_a_new_date_of_the_file_changes_nothing(site: Site) -> None:
    path = site.project.folder / "refs.bib"
    os.utime(path, ns=(path.stat().st_mtime_ns + 10**9,) * 2)
    built = site.again()
    assert (built.read, built.written) == ([], [])


def test_the_file_in_other_line_ends_and_order_of_fields_changes_nothing(site: Site) -> None:
    other = REFS.replace("abbr={ICE}, year={2021}", 'year = 2021, abbr = "ICE"')
    site.project.write("refs.bib", other.encode().replace(b"\n", b"\r\n"))
    built = site.again()
    assert (built.read, built.written) == ([], [])


def test_a_comment_in_the_file_changes_nothing(site: Site) -> None:
    site.project.write("refs.bib", f"% A comment\n\n{REFS}")
    built = site.again()
    assert (built.read, built.written) == ([], [])


def test_an_edit_reads_the_pages_that_show_it_and_writes_those_that_cite_it(site: Site) -> None:
    built = site.edit("year={2021}", "year={2022}")
    assert built.read == ["index", "list"]
    assert built.written == ["cites", "index", "list"]
    assert "Net, ICE 2022" in built.text("cites.html")


def test_an_edit_of_what_a_badge_shows_reads_its_page(site: Site) -> None:
    built = site.edit("1/3", "1/4")
    assert built.read == ["badge", "list"]
    assert "Accepted 1 of 4 = 25%" in built.text("badge.html")


def test_an_edit_of_what_a_citation_does_not_say_leaves_the_citing_page(site: Site) -> None:
    built = site.edit("https://example.org/", "https://example.org/other")
    # The index is written because its toctree names the list: that is Sphinx's way.
    assert (built.read, built.written) == (["list"], ["index", "list"])


def test_a_new_author_is_cited(site: Site) -> None:
    built = site.edit("author={Sample, Grace}", "author={Sample, Grace and Doe, Jane}")
    assert built.written == ["cites", "index", "list"]
    assert "Sample and Doe" in built.text("cites.html")


def test_a_new_entry_is_shown(site: Site) -> None:
    site.project.write("refs.bib", REFS + "@misc{new, title={New}, year=2023, selected={true}}\n")
    built = site.again()
    assert built.read == ["index", "list"]
    assert "#pub-new" in built.text("index.html")


def test_a_new_entry_that_makes_labels_alike_tells_them_apart_everywhere(site: Site) -> None:
    site.project.write("refs.bib", REFS + "@misc{net2, title={{Net}: again}, abbr={ICE}, year=2021}\n")
    built = site.again()
    assert "cites" in built.written
    assert "Net, ICE 2021a" in built.text("cites.html")


def test_a_removed_entry_is_gone_and_citing_it_is_told(site: Site) -> None:
    site.project.write("refs.bib", "\n" + REFS.partition("\n")[2])
    built = site.again()
    assert built.read == ["index", "list"]
    assert "cites" in built.written
    assert "bibtex.key_not_found" in built.codes()


def test_a_key_that_comes_later_is_shown_then(tmp_path: Path) -> None:
    pages = {"index.md": "# T\n\n:::{links}\n:key: late\n:::\n\n{award}`@late`\n"}
    site = Site(tmp_path, pages)
    assert site.first.codes() == ["cv.key_unknown", "cv.key_unknown"]
    site.project.write("refs.bib", REFS + "@misc{late, title={L}, code={https://example.org/late}, award={Prize}}\n")
    built = site.again()
    assert (built.read, built.warnings) == (["index"], [])
    assert "https://example.org/late" in built.text("index.html")
    assert "Prize" in built.text("index.html")


def test_a_list_of_keys_shows_one_that_comes_later(tmp_path: Path) -> None:
    site = Site(tmp_path, {"index.md": "# T\n\n:::{publications}\n:keys: late, net\n:::\n"})
    assert site.first.codes() == ["cv.key_unknown"]
    site.project.write("refs.bib", REFS + "@misc{late, title={L}}\n")
    assert 'id="pub-late"' in site.again().text("index.html")


def test_a_file_that_comes_later_is_linked(site: Site) -> None:
    site.project.edit("refs.bib", "code={https://example.org/}", "pdf={papers/over.pdf}")
    assert site.again().codes() == ["cv.file_missing"]
    site.project.write("papers/over.pdf", b"%PDF")
    built = site.again()
    assert built.read == ["list"]
    assert "over.pdf" in built.text("list.html")


def test_a_file_that_a_page_names_and_that_comes_later_is_linked(tmp_path: Path) -> None:
    site = Site(tmp_path, {"index.md": "# T\n\n:::{links}\n:cv: cv.pdf\n:::\n"})
    assert site.first.codes() == ["cv.file_missing"]
    site.project.write("cv.pdf", b"%PDF")
    assert "cv.pdf" in site.again().text("index.html")


def test_what_is_wrong_is_told_in_every_build(site: Site) -> None:
    codes = site.edit("title={A third}", "titel={A third}, pdf={third.pdf}").codes()
    assert sorted(codes) == ["cv.field_unknown", "cv.file_missing", "cv.title_missing"]
    built = site.again()
    assert (built.codes(), built.read, built.written) == (codes, [], [])


def test_another_owner_reads_every_page(site: Site) -> None:
    site.project.configure(cv_profile={"name": "Ada Example"})
    built = site.again()
    assert built.read == sorted(name.removesuffix(".md") for name in PAGES)
    assert "cv-owner" in built.text("list.html")
    assert "cv-owner" not in site.before["list.html"].decode()


@pytest.mark.parametrize("old", ["Words", ""])
def test_other_words_of_the_project_are_on_all_pages(tmp_path: Path, old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Python keeps the catalogues that a process has read.
    monkeypatch.setattr(gettext, "_translations", {})
    files = {"refs.bib": REFS, "index.md": "# T\n\n:::{publications}\n:::\n"}
    project = Project(tmp_path, files, language="de", locale_dirs=["words"], cv_pages="all")
    catalogue = "words/de/LC_MESSAGES/sphinx_cv_ext.po"
    if old:
        project.write(catalogue, CATALOGUE.replace("Program", old))
    pages = ("index.html", "publications/over.html")
    assert not any("Program<" in text for text in map(project.build().text, pages))
    project.write(catalogue, CATALOGUE)
    gettext._translations.clear()  # type: ignore[attr-defined]
    built = project.build()
    assert all("Program<" in text for text in map(built.text, pages))
    assert project.build().read == []


def test_the_page_of_the_list_can_go(site: Site) -> None:
    site.project.remove("list.md")
    site.project.edit("index.md", "list\n", "")
    built = site.again()
    assert "cites" in built.written
    assert 'href="index.html#pub-net"' in built.text("cites.html")
    assert built.codes() == ["bibtex.key_not_found"]


def test_the_first_list_of_a_site_makes_citations_work(tmp_path: Path) -> None:
    index = "# T\n\n```{toctree}\n:glob:\n\n*\n```\n"
    site = Site(tmp_path, {"index.md": index, "cites.md": PAGES["cites.md"]})
    assert site.first.codes() == ["bibtex.key_not_found"] * 2
    site.project.write("list.md", PAGES["list.md"])
    built = site.again()
    assert 'href="list.html#pub-net"' in built.text("cites.html")


def test_a_longer_list_becomes_the_home(tmp_path: Path) -> None:
    short = "# S\n\n:::{publications}\n:keys: net\n:::\n"
    index = "# T\n\n```{toctree}\n:glob:\n\n*\n```\n"
    site = Site(tmp_path, {"index.md": index, "cites.md": "# C\n\n{cite}`net`\n", "short.md": short})
    assert 'href="short.html#pub-net"' in site.first.text("cites.html")
    site.project.write("list.md", PAGES["list.md"])
    built = site.again()
    assert 'href="list.html#pub-net"' in built.text("cites.html")
    assert 'href="list.html#pub-net"' in built.text("short.html")


def test_another_order_of_pages_moves_the_home(tmp_path: Path) -> None:
    files = {name: PAGES["list.md"].replace("List", name) for name in ("a.md", "b.md")}
    files["index.md"] = "# T\n\n```{toctree}\na\nb\n```\n"
    files["c.md"] = "---\norphan: true\n---\n\n# C\n\n{cite}`net`\n"
    site = Site(tmp_path, files)
    assert 'href="a.html#pub-net"' in site.first.text("c.html")
    site.project.edit("index.md", "a\nb\n", "b\na\n")
    assert 'href="b.html#pub-net"' in site.again().text("c.html")


def test_the_file_can_go_and_come_back(site: Site) -> None:
    site.project.remove("refs.bib")
    gone = site.project.build()
    assert "cv.bib_missing" in gone.codes()
    assert "pub-net" not in gone.text("list.html")
    site.project.write("refs.bib", REFS)
    assert site.again().text("cites.html") == site.before["cites.html"].decode()


def test_what_a_build_of_another_format_has_read_is_written(site: Site) -> None:
    for builder in ("dirhtml", "text"):
        site.project.build(builder)
    site.project.edit("refs.bib", "year={2021}", "year={2022}")
    site.project.build("dirhtml")
    built = site.again()
    assert (built.read, built.written) == ([], ["cites", "index", "list"])
    text = site.project.build("text")
    assert "**ICE** · 2022" in text.text("list.txt")
    assert "Net, ICE 2022" in text.text("cites.txt")
    assert site.project.build().written == []


def test_a_file_that_a_build_of_another_format_has_found_is_linked(tmp_path: Path) -> None:
    site = Site(tmp_path, {"index.md": "# T\n\n:::{links}\n:cv: cv.pdf\n:::\n"})
    site.project.build("dirhtml")
    site.project.write("cv.pdf", b"%PDF")
    site.project.build("dirhtml")
    assert "cv.pdf" in site.again().text("index.html")


def test_a_page_that_takes_the_name_of_a_publications_moves_what_leads_there(tmp_path: Path) -> None:
    talk = "# Talk\n\n:::{talk} 2020\n:what: T\n:publication: net\n:::\n"
    project = Project(tmp_path, {"refs.bib": REFS, **PAGES, "plain.md": talk}, cv_pages="all")
    built = project.build()
    assert 'href="publications/net.html"' in built.text("list.html")
    assert 'href="publications/net.html"' in built.text("plain.html")
    project.write("publications/net.md", "---\norphan: true\n---\n\n# Mine\n")
    built = project.build()
    assert 'href="publications/net.html"' not in built.text("list.html")
    assert 'href="list.html#pub-net"' in built.text("plain.html")
    assert built.codes() == ["cv.page_taken"]


def test_a_talk_leads_to_the_list_that_a_publication_has_moved_to(tmp_path: Path) -> None:
    talk = "# Talk\n\n:::{talk} 2020\n:what: T\n:publication: net\n:::\n"
    site = Site(
        tmp_path,
        {"index.md": PAGES["index.md"].partition("```")[0] + "```{toctree}\n:glob:\n\n*\n```\n", "talk.md": talk},
    )
    assert 'href="index.html#pub-net"' in site.first.text("talk.html")
    site.project.write("list.md", PAGES["list.md"])
    assert 'href="list.html#pub-net"' in site.again().text("talk.html")


def test_a_build_of_some_pages_leaves_the_others_to_the_next(site: Site) -> None:
    site.project.edit("refs.bib", "year={2021}", "year={2022}")
    assert site.project.build(only="index.md").written == ["index"]
    # The index, too, because its toctree names the list: that is Sphinx's way.
    assert site.again().written == ["cites", "index", "list"]


def test_any_reference_to_a_publication_reads_as_it_does_now(tmp_path: Path) -> None:
    site = Site(tmp_path, {**PAGES, "cites.md": "# Cites\n\n{any}`net` {any}`list`\n"})
    assert "Net, ICE 2021" in site.first.text("cites.html")
    assert "Net, ICE 2022" in site.edit("year={2021}", "year={2022}").text("cites.html")
    site.project.write("longer.md", "---\norphan: true\n---\n\n# L\n\n:::{publications}\n:::\n\n")
    site.project.write("list.md", "# List\n\n:::{publications}\n:limit: 2\n:::\n")
    assert 'href="longer.html#pub-net"' in site.again().text("cites.html")


def test_the_heads_of_all_pages_know_of_the_first_talk(tmp_path: Path) -> None:
    nested = {"list.md": f"{PAGES['list.md']}\n```{{toctree}}\nnested\n```\n", "nested.md": "# Nested\n"}
    project = Project(
        tmp_path,
        {"refs.bib": REFS, **PAGES, **nested},
        html_baseurl="https://example.org/",
        cv_profile={"name": "Ada Example"},
        cv_disable=["cards"],
    )
    assert 'title="Publications of Ada Example"' in project.build().text("plain.html")
    talk = ":::{talk} 2020\n:what: T\n:::\n\n:::{education} 2010\n:where: Sample University\n:::\n"
    project.write("nested.md", f"# Nested\n\n{talk}")
    built = project.build()
    assert 'title="Publications and talks of Ada Example"' in built.text("plain.html")
    assert "Sample University" in built.text("index.html")
    assert built.text("index.html") == project.build(into="fresh").text("index.html")


def test_pages_that_other_code_has_read_are_read_anew(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(Path(sphinx_cv_ext.__file__).parent, copy / "sphinx_cv_ext")
    project = Project(tmp_path / "site", {"refs.bib": "@misc{a, title = {A}}", "index.md": PAGES["list.md"]})

    def build(code: Path, out: str) -> tuple[str, dict[str, bytes]]:
        command = [sys.executable, "-m", "sphinx", "--no-color", "-d", str(tmp_path / "doctrees"), str(project.folder)]
        environment = {**os.environ, "PYTHONPATH": str(code)}
        said = subprocess.run(
            [*command, str(tmp_path / out)], env=environment, capture_output=True, text=True, check=True
        )
        files = {path.relative_to(tmp_path / out): path for path in (tmp_path / out).rglob("*") if path.is_file()}
        return said.stdout, {str(name): path.read_bytes() for name, path in files.items() if name.name != ".buildinfo"}

    ours = Path(sphinx_cv_ext.__file__).parents[1]
    _said, first = build(ours, "one")
    said, again = build(copy, "two")
    assert "reading sources... [100%] index" in said
    # The published files do not say which code made them.
    assert again == first
    said, _again = build(copy, "two")
    assert "reading sources... [" not in said
