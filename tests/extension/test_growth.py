"""Work grows with what there is and what has changed: operations are counted, not seconds."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import weakref
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pybtex.plugin
import pytest
import sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.search.en import SearchEnglish
from sphinx.util.parallel import parallel_available
from sphinxcontrib.bibtex.domain import BibtexDomain

from sphinx_cv_ext.diagnostics import Location
from sphinx_cv_ext.extension import kept, page, sharing, site_files
from sphinx_cv_ext.extension.exporting import Exporter
from sphinx_cv_ext.extension.kept_templates import KeptTemplates
from sphinx_cv_ext.outputs import exports, listing
from sphinx_cv_ext.sources import latex, publications
from sphinx_cv_ext.starter import THEMES
from tests.benchmarks.references import bibtex, references
from tests.project import Built, Project

SETTINGS: dict[str, Any] = {
    "cv_pages": "all",
    "html_theme": "furo",
    "html_baseurl": "https://example.org/",
    "cv_disable": ["cards"],
}
LIST = "# List\n\n:::{publications}\n:group: year\n:filter:\n:export:\n:panels: bibtex\n:::\n"


class Site:
    """A project with a list of all references, and a page that cites each."""

    def __init__(self, folder: Path, count: int, **settings: Any) -> None:
        self.references = references(count)
        cites = "\n\n".join(f"{{cite:t}}`{reference.key}`" for reference in self.references)
        files = {
            "index.md": "# T\n\n:::{toctree}\nlist\ncites\nplain\n:::\n",
            "list.md": LIST,
            "cites.md": f"# Cites\n\n{cites}\n",
            "plain.md": "# Plain\n",
            "refs.bib": "\n".join(map(bibtex, self.references)),
        }
        self.project = Project(folder, files, **(SETTINGS | settings))

    def page(self, built: Built, place: int) -> Path:
        return built.out / "publications" / f"{self.references[place].key}.html"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what is done from here on, by the name of the operation."""
    count: Counter[str] = Counter()

    def count_calls(owner: Any, name: str, operation: str) -> None:
        original: Callable[..., Any] = getattr(owner, name)

        def counting(*given: Any, **more: Any) -> Any:
            count[operation] += 1
            return original(*given, **more)

        monkeypatch.setattr(owner, name, counting)

    count_calls(publications._Draft, "read", "entries read")
    count_calls(latex._Decoder, "run", "texts decoded")
    count_calls(page.Page, "body", "pages rendered")
    count_calls(listing, "item", "items of lists made")
    count_calls(BuiltinTemplateLoader, "render", "templates rendered")
    count_calls(KeptTemplates, "dump_bytecode", "templates compiled")
    count_calls(StandaloneHTMLBuilder, "handle_page", "pages of the theme")
    count_calls(site_files, "_files", "files of the site put together")
    count_calls(pybtex.plugin, "entry_points", "plug-ins looked for")
    count_calls(SearchEnglish, "stem", "words stemmed")
    resolve = BibtexDomain.resolve_xref

    def resolving(cite: Any, *given: Any) -> Any:
        count["citations looked through"] += len(cite.citations)
        return resolve(cite, *given)

    monkeypatch.setattr(BibtexDomain, "resolve_xref", resolving)
    for export in exports.EXPORTS.values():
        entry = export.entry

        def writing(publication: Any, entry: Callable[..., str] = entry) -> str:
            count["entries exported"] += 1
            return entry(publication)

        monkeypatch.setitem(exports.EXPORTS, export.name, _with_entry(export, writing))
    return count


def _with_entry(export: exports.Export, entry: Callable[..., str]) -> exports.Export:
    return exports.Export(export.name, export.label, export.suffix, export.media_type, entry, export.join)


def during(count: Counter[str], project: Project, **how: Any) -> Counter[str]:
    """What one build does."""
    count.clear()
    project.build(**how)
    return Counter(count)


def test_words_that_no_file_of_the_site_says_make_none_of_them(tmp_path: Path, counted: Counter[str]) -> None:
    project = Site(tmp_path, 5).project
    assert during(counted, project)["files of the site put together"] == 1
    project.edit("plain.md", "# Plain\n", "# Plain\n\nThree more words.\n")
    assert during(counted, project)["files of the site put together"] == 0
    project.edit("plain.md", "# Plain\n", "# Another\n")
    assert during(counted, project)["files of the site put together"] == 1


def test_twice_the_entries_are_twice_the_work(tmp_path: Path, counted: Counter[str]) -> None:
    half, whole = (during(counted, Site(tmp_path / str(count), count).project) for count in (20, 40))
    assert half["citations looked through"] == 20
    assert half["entries read"] == half["pages rendered"] == half["items of lists made"] == 20
    assert half["entries exported"] == 20 * len(exports.EXPORTS)
    # Names and venues are repeated, so fewer texts are decoded in the second half.
    assert whole["texts decoded"] < 2.2 * half["texts decoded"]
    for operation in (
        *("entries read", "pages rendered", "items of lists made"),
        *("entries exported", "citations looked through"),
    ):
        assert whole[operation] == 2 * half[operation]
    assert whole["templates rendered"] == half["templates rendered"]
    # They are remembered for the second build, too.
    assert whole["plug-ins looked for"] <= half["plug-ins looked for"] < 10


def test_nothing_is_done_again_where_nothing_has_changed(tmp_path: Path, counted: Counter[str]) -> None:
    site = Site(tmp_path, 20)
    first = site.project.build()
    assert counted["templates compiled"] > 10
    again = during(counted, site.project)
    for operation in (
        *("entries read", "texts decoded", "pages rendered", "items of lists made"),
        *("entries exported", "templates compiled"),
    ):
        assert again[operation] == 0
    assert site.project.build().files() == first.files()


def test_one_changed_entry_is_read_once_and_shown_where_it_stands(tmp_path: Path, counted: Counter[str]) -> None:
    site = Site(tmp_path, 20)
    before = times(site.project.build())
    site.project.edit("refs.bib", site.references[7].title, f"{site.references[7].title} again")
    done = during(counted, site.project)
    assert done["entries read"] == done["items of lists made"] == 1
    assert done["entries exported"] == len(exports.EXPORTS)
    # Its own page, and those of its two neighbours, which show its title.
    assert done["pages rendered"] == 3
    built = site.project.build()
    assert built.written == []
    changed = {name for name, time in times(built).items() if before.get(name) != time}
    assert {"list.html", "cites.html"} <= changed
    assert "plain.html" not in changed
    assert len([name for name in changed if name.startswith("publications/") and name.endswith(".html")]) == 3
    assert built.files() | {"searchindex.js": b""} == fresh(site) | {"searchindex.js": b""}


def test_what_neighbours_do_not_show_is_written_on_one_page(tmp_path: Path, counted: Counter[str]) -> None:
    site = Site(tmp_path, 20)
    site.project.build()
    site.project.edit("refs.bib", site.references[7].pages, "7--7777")
    assert during(counted, site.project)["pages rendered"] == 1


def times(built: Built) -> dict[str, int]:
    """When each page was written."""
    return {path.relative_to(built.out).as_posix(): path.stat().st_mtime_ns for path in built.out.rglob("*.html")}


def fresh(site: Site) -> dict[str, bytes]:
    return site.project.build(into="fresh").files()


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("theme", [*THEMES, "basic"])
def test_pages_filled_in_are_those_of_the_theme(
    tmp_path: Path, builder: str, theme: str, counted: Counter[str]
) -> None:
    # Several, because the theme itself makes the first page of each kind.
    title = "<b> & \"quotes\" 'single' {\\$}x  y"
    odd = "".join(
        f"@misc{{odd{year}, title={{{title}}}, author={{O'Neil, A.}}, year={year}}}\n" for year in range(1990, 2020)
    )
    site = Site(tmp_path, 6, html_theme=theme)
    site.project.write("refs.bib", odd + "\n".join(map(bibtex, site.references)))
    fast = site.project.build(builder, into="fast")
    assert counted["pages of the theme"] < counted["pages rendered"] / 2
    slow = site.project.build(builder, into="slow", cv_fast_pages=False)
    assert fast.warnings == slow.warnings
    assert fast.files() == slow.files()


def test_pages_by_year_are_those_of_the_theme(tmp_path: Path) -> None:
    site = Site(tmp_path, 30, cv_permalink="{year}/{anchor}")
    assert site.project.build(into="fast").files() == site.project.build(into="slow", cv_fast_pages=False).files()


def test_a_page_named_index_is_that_of_the_theme(tmp_path: Path) -> None:
    project = Project(tmp_path, {"index.md": "# T\n"}, **SETTINGS)
    refs = "".join(
        f"@misc{{{key}, title={{T}}, year={year}}}\n" for year, key in enumerate(["ab", "index", "cd"], 2000)
    )
    project.write("refs.bib", refs + "@misc{z, title={T}, year=2020}\n")
    fast = project.build("dirhtml", into="fast").files()
    assert fast == project.build("dirhtml", into="slow", cv_fast_pages=False).files()
    assert b'src="../_static/sphinx-cv.js' in fast["publications/index.html"]


def test_code_of_others_sees_every_page_at_every_build(tmp_path: Path) -> None:
    site = Site(tmp_path, 6)
    conf = (tmp_path / "conf.py").read_text(encoding="utf-8")
    handler = (
        "def setup(app):\n"
        "    app.connect('html-page-context', mark)\n"
        "def mark(app, page, template, context, doctree):\n"
        "    context['title'] = context.get('title', '') + page[-1:]\n"
    )
    site.project.write("conf.py", conf + handler)
    built = site.project.build()
    for _build in range(2):
        assert all(site.references[place].key[-1:] + " -" in head(site.page(built, place)) for place in range(6))
        built = site.project.build()


@pytest.mark.skipif(not parallel_available, reason="Sphinx forks only where forking is safe")
@pytest.mark.parametrize("how", [{"jobs": 3}, {"cv_jobs": 3}, {"jobs": 3, "cv_jobs": 1}])
def test_pages_that_processes_share_are_the_same(
    tmp_path: Path, counted: Counter[str], how: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "TOGETHER", 1)
    site = Site(tmp_path, 60)
    # With its citations, this page would contain words of each title.
    site.project.write("cites.md", "# Cites\n")
    alone = site.project.build(into="alone", cv_jobs=1)
    assert counted["pages rendered"] == 60
    stemmed = counted["words stemmed"]
    counted.clear()
    shared = site.project.build(into="shared", **how)
    # In this process: some of the pages, and those that the theme makes first.
    assert 2 < counted["pages rendered"] < 60
    # Only this process looks up words, for all the others.
    assert counted["words stemmed"] == stemmed
    assert shared.files() == alone.files()
    again = during(counted, site.project, into="shared", **how)
    assert again["pages rendered"] == again["entries exported"] == 0


ALL = min(4, len(os.sched_getaffinity(0))) if hasattr(os, "sched_getaffinity") else 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere forking has to be asked for")
@pytest.mark.parametrize(
    ("conf", "processes"),
    [
        ("", ALL),
        ("cv_jobs = 3", 3),
        ("cv_jobs = 1", 1),
        ("import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})", 1),
        ("import threading, time; threading.Thread(target=time.sleep, args=[99], daemon=True).start()", 1),
        ("from sphinx_cv_ext.kinds import Export; cv_exports = [Export('k', 'K', 'k', 'text/plain', repr)]", 1),
    ],
)
def test_a_site_uses_the_processors_that_it_may(tmp_path: Path, conf: str, processes: int) -> None:
    site = Site(tmp_path, 60)
    text = (tmp_path / "conf.py").read_text(encoding="utf-8")
    noting = "import os\nos.register_at_fork(before=lambda: print('forks', flush=True))\n"
    site.project.write("conf.py", f"{text}{conf}\n{noting}")
    command = [sys.executable, "-m", "sphinx", "-q", str(tmp_path), str(tmp_path / "out")]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert run.stderr == ""
    assert run.stdout.count("forks") == processes - 1


@pytest.mark.parametrize(
    ("page", "settings", "loaded"),
    [
        ("", {}, set()),
        (":::{chart} years\n:::\n", {}, {"charts"}),
        (":::{cv}\n:::\n", {}, {"cv_document", "cv_pdf", "cv_text"}),
        ("", {"cv_disable": []}, {"cards"}),
    ],
)
def test_what_draws_and_sets_is_loaded_where_there_is_something_to_make(
    tmp_path: Path, page: str, settings: dict[str, Any], loaded: set[str]
) -> None:
    site = Site(tmp_path, 2, **settings)
    site.project.edit("plain.md", "# Plain\n", f"# Plain\n\n{page}")
    text = (tmp_path / "conf.py").read_text(encoding="utf-8")
    site.project.write("conf.py", f"{text}import atexit, sys\natexit.register(lambda: print(*sys.modules))\n")
    command = [sys.executable, "-m", "sphinx", "-q", str(tmp_path), str(tmp_path / "out")]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    rare = {f"sphinx_cv_ext.outputs.{name}": name for name in ("cards", "charts", "cv_document", "cv_pdf", "cv_text")}
    assert {rare[name] for name in rare.keys() & set(run.stdout.split())} == loaded


def head(page: Path) -> str:
    return page.read_text(encoding="utf-8").partition("<title>")[2].partition("</title>")[0]


def test_a_template_of_the_project_sees_the_name_of_every_page(tmp_path: Path) -> None:
    site = Site(tmp_path, 6, templates_path=["_templates"])
    block = "{% extends '!page.html' %}{% block footer %}<p>{{ pagename }}</p>{% endblock %}"
    for element in ("p", "div"):
        site.project.write("_templates/page.html", block.replace("p>", f"{element}>"))
        built = site.project.build()
        assert all(
            f"<{element}>publications/{site.references[place].key}</{element}>" in site.page(built, place).read_text()
            for place in (1, 4)
        )


WRITERS = {
    "class": """
from sphinx.writers.html5 import HTML5Translator
class Mine(HTML5Translator):
    def visit_inline(self, node):
        super().visit_inline(node)
        self.body.append("<i>!</i>" if "cv-award" in node["classes"] else "")
def setup(app):
    app.set_translator("html", Mine)
""",
    "handler": """
from docutils import nodes
def visit(self, node):
    self.body.append("<b>" if node.astext() == "Oral" else "<strong>")
def depart(self, node):
    self.body.append("</b>" if node.astext() == "Oral" else "</strong>")
def setup(app):
    app.add_node(nodes.strong, override=True, html=(visit, depart))
""",
}


@pytest.mark.parametrize("writer", WRITERS)
def test_a_writer_of_the_project_writes_every_entry(tmp_path: Path, writer: str) -> None:
    """A writer that looks at more than the kinds of nodes, on entries of the same kinds."""
    mark = {"class": "<i>!</i>", "handler": "<b>Oral</b>"}[writer]
    project = Project(tmp_path, {"index.md": "# T\n\n:::{publications}\n:number:\n:::\n"}, cv_pages="all")
    refs = "".join(f"@misc{{{key}, title={{{key}}}, year=2020, award={{Oral}}}}\n" for key in "bc")
    project.write("refs.bib", "@misc{a, title={a}, year=2021}\n" + refs)
    project.write("conf.py", (tmp_path / "conf.py").read_text(encoding="utf-8") + WRITERS[writer])
    built = project.build()
    assert built.text("index.html").count(mark) == 2
    assert all(mark in built.text(f"publications/{key}.html") for key in "bc")
    assert project.build(into="slow", cv_fast_pages=False).files() == built.files()


FILTER = """
def setup(app):
    app.connect("builder-inited", add)

def add(app):
    app.builder.templates.environment.filters["cry"] = lambda text: text + "!"
"""


def test_a_filter_of_the_project_is_asked_at_every_build(tmp_path: Path) -> None:
    files = {"index.md": "# T\n", "refs.bib": "", "_templates/page.html": '{% extends "!page.html" %}'}
    files["_templates/page.html"] += '{% block extrahead %}<!-- {{ "hey" | cry }} -->{% endblock %}'
    project = Project(tmp_path, files, html_theme="furo", templates_path=["_templates"])
    project.write("conf.py", (tmp_path / "conf.py").read_text(encoding="utf-8") + FILTER)
    assert "<!-- hey! -->" in project.build().text("index.html")
    project.edit("conf.py", '"!"', '"?"')
    project.edit("index.md", "# T", "# U")
    assert "<!-- hey? -->" in project.build().text("index.html")


@pytest.mark.parametrize("name", ["publications", "html-pages", "html-files", "html-templates", "exports"])
@pytest.mark.parametrize("content", [b"", b"not a pickle", None])
def test_what_is_kept_may_be_broken(tmp_path: Path, name: str, content: bytes | None) -> None:
    site = Site(tmp_path, 4)
    first = site.project.build()
    path = tmp_path / "_build" / "doctrees" / f"cv-{name}.pickle"
    # Cut short, the file still begins as it should.
    path.write_bytes(path.read_bytes()[:-9] if content is None else content)
    again = site.project.build()
    assert again.warnings == first.warnings
    assert again.files() == first.files()


EDITS: dict[str, tuple[Callable[[list[Location]], object], int]] = {
    "nothing": (lambda items: items, 0),
    "one is another": (lambda items: items.__setitem__(34, Location("other.bib", 34)), 1),
    "the last is gone": (lambda items: items.pop(), 1),
    "there are more": (lambda items: items.extend(map(Location, ["other.bib"] * 10)), 2),
    "the first is gone": (lambda items: items.pop(0), 10),
    "all are gone": (lambda items: items.clear(), 0),
}


@pytest.mark.parametrize("edit", EDITS)
def test_of_what_is_kept_only_pieces_with_a_change_are_pickled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: str
) -> None:
    change, count = EDITS[edit]
    monkeypatch.setattr(kept, "_SIZE", 10)
    kept.Pieces(tmp_path, "places", b"code").save("first", [Location("refs.bib", line) for line in range(95)])
    pieces = kept.Pieces(tmp_path, "places", b"code")
    _head, items = pieces.load("none")
    change(items)
    dumped, pickled = kept.dumped, Counter[str]()
    monkeypatch.setattr(kept, "dumped", lambda value: pickled.update([type(value).__name__]) or dumped(value))
    pieces.save("second", items)
    assert pickled["list"] == count
    assert kept.Pieces(tmp_path, "places", b"code").load("none") == ("second", items)
    assert kept.Pieces(tmp_path, "places", b"other").load("none") == ("none", [])


def test_what_was_removed_or_touched_is_made_again(tmp_path: Path) -> None:
    site = Site(tmp_path, 4)
    first = site.project.build()
    site.page(first, 1).unlink()
    site.page(first, 2).write_text("somebody else's", encoding="utf-8")
    (first.out / "publications" / f"{site.references[3].key}.ris").unlink()
    (first.out / "feed.xml").unlink()
    assert site.project.build().files() == first.files()


def test_pages_are_made_again_when_a_setting_or_the_navigation_has_changed(tmp_path: Path) -> None:
    site = Site(tmp_path, 4)
    built = site.project.build()
    assert "Plain" in site.page(built, 1).read_text(encoding="utf-8")
    site.project.write("plain.md", "# Renamed\n")
    assert "Renamed" in site.page(site.project.build(), 1).read_text(encoding="utf-8")
    site.project.configure(**SETTINGS, html_title="Another title")
    assert "Another title" in site.page(site.project.build(), 1).read_text(encoding="utf-8")


def test_the_search_index_keeps_pages_that_are_not_made_again(tmp_path: Path) -> None:
    site = Site(tmp_path, 8)
    first = (site.project.build().out / "searchindex.js").stat()
    assert (site.project.build().out / "searchindex.js").stat().st_mtime_ns == first.st_mtime_ns
    site.project.edit("refs.bib", site.references[3].title, "Zebras and nothing else")
    index = site.project.build().text("searchindex.js")
    assert "zebra" in index
    assert all(f'"publications/{reference.key}"' in index for reference in site.references)


@pytest.mark.parametrize("broken", [False, True])
def test_the_search_index_loses_what_is_removed(tmp_path: Path, broken: bool) -> None:
    site = Site(tmp_path, 4)
    built = site.project.build()
    if broken:
        (built.out / "searchindex.js").write_text("Search.setIndex(")
    site.project.edit("refs.bib", bibtex(site.references[0]), "")
    index = site.project.build().text("searchindex.js")
    assert f'"publications/{site.references[0].key}"' not in index
    assert f'"publications/{site.references[1].key}"' in index


@pytest.mark.skipif(sphinx.version_info < (9,), reason="Sphinx 8 does nothing where no page is to be written")
def test_the_search_index_loses_a_page_that_is_removed(tmp_path: Path) -> None:
    # No page links to it, so no page is written when it goes.
    project = Project(tmp_path, {"index.md": "# Home\n", "other.md": "---\norphan: true\n---\n# Zebras\n"})
    assert '"other.md"' in project.build().text("searchindex.js")
    project.remove("other.md")
    assert '"other.md"' not in project.build().text("searchindex.js")


def test_exports_are_remembered_by_what_publications_say(tmp_path: Path) -> None:
    site = Site(tmp_path, 4)
    site.project.build()
    site.project.edit("refs.bib", site.references[0].title, "Another")
    app_written: list[int] = []
    original = Exporter.save

    def save(exporter: Exporter) -> None:
        app_written.append(exporter.written)
        original(exporter)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Exporter, "save", save)
        site.project.build()
    assert app_written == [len(exports.EXPORTS)]


def test_garbage_of_before_a_build_is_collected_by_the_next_of_the_process(tmp_path: Path) -> None:
    usual = gc.get_threshold()
    project = Site(tmp_path, 2).project
    left = Counter[object]()
    left.update([left.update])
    known = weakref.ref(left)
    project.build()
    del left
    gc.collect()
    assert known()
    project.build()
    assert not known()
    assert gc.get_threshold() == usual
