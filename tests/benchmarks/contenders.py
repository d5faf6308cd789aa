"""What is measured: our site, and what others make of the same references."""

from __future__ import annotations

import importlib.util
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from tests.benchmarks import hugo
from tests.benchmarks.measuring import Step
from tests.benchmarks.references import Reference, bibtex

STATES = ("cold", "no change", "one changed")
"""What a build starts from: nothing, the result of the last build, and that with one title changed."""

_SPHINX_CONF = """project = "Ada Example"
html_theme = "furo"
html_copy_source = False
html_baseurl = "https://example.org/"
myst_enable_extensions = ["colon_fence"]
bibtex_bibfiles = ["../refs.bib"]
"""
_OURS_CONF = f"""{_SPHINX_CONF}extensions = ["myst_parser", "sphinx_cv_ext"]
cv_profile = {{"name": "Ada Example", "spellings": ["Ada A. Example"]}}
"""
_OTHERS_CONF = f"""{_SPHINX_CONF}extensions = ["myst_parser", "sphinxcontrib.bibtex"]
"""
_LIST = ":::{publications}\n:group: year\n:filter:\n:export:\n:panels: bibtex\n:::\n"
_TOCTREE = ":::{toctree}\npublications\n:::\n"


def _package(name: str) -> Path:
    """The folder of an installed package; one that does not exist where it is not installed."""
    spec = importlib.util.find_spec(name)
    return Path(next(iter(spec.submodule_search_locations or ()))) if spec else Path(name, "is not installed")


class Contender:
    """Something that builds a site of references in ``folder``; `steps` are in the order of `STATES`."""

    name = ""

    def __init__(self, folder: Path, references: Sequence[Reference]) -> None:
        self.folder = folder
        self.references = list(references)
        folder.mkdir(parents=True)
        self.write()

    @classmethod
    def is_there(cls) -> bool:
        """Whether the program can be had on this machine."""
        return True

    def write(self) -> None:
        """Write all that the program reads."""

    def write_one(self, reference: Reference) -> None:
        """Write the files of one reference."""
        self.write()

    def command(self) -> list[str]:
        """The program and its arguments."""
        raise NotImplementedError

    def clear(self) -> None:
        """Put away what a build has left.

        It is removed when all is measured: for some minutes after thousands of files are gone, ext4 looks at each of
        them again whenever it makes a new one (``recently_deleted`` of its ialloc.c), and who builds next pays for it.
        """
        away = Path(tempfile.mkdtemp(prefix="away-", dir=self.folder.parent))
        for name in ("out", "public", "resources", ".hugo_build.lock", "refs.json"):
            path = self.folder / name
            if path.exists():
                path.rename(away / name)

    def steps(self) -> dict[str, Step]:
        """What to measure, by the names in `STATES`."""
        found: dict[str, Callable[[], None]] = dict(zip(STATES, (self.clear, lambda: None, self.change), strict=True))
        return {name: Step(prepare, self.command(), self.folder) for name, prepare in found.items()}

    def _write_bib(self) -> None:
        (self.folder / "refs.bib").write_text("\n".join(map(bibtex, self.references)), encoding="utf-8")

    def change(self) -> None:
        """Change the title of one reference."""
        place = len(self.references) // 2
        changed = replace(self.references[place], title=f"{self.references[place].title} again")
        self.references[place] = changed
        self.write_one(changed)


class Ours(Contender):
    """A list of all, a page for each, heads, exports, feeds and the search index; pictures only if asked for."""

    name = "sphinx_cv_ext"
    conf = f'{_OURS_CONF}cv_disable = ["cards"]\n'
    pages: ClassVar[dict[str, str]] = {
        "index.md": f"# Ada Example\n\n{_TOCTREE}",
        "publications.md": f"# Publications\n\n{_LIST}",
    }

    def write(self) -> None:
        docs = self.folder / "docs"
        docs.mkdir(exist_ok=True)
        (docs / "conf.py").write_text(self.conf, encoding="utf-8")
        self._write_bib()
        for name, text in self.pages.items():
            if not (docs / name).exists():
                (docs / name).write_text(text, encoding="utf-8")

    def command(self) -> list[str]:
        return [sys.executable, "-m", "sphinx", "-q", "docs", "out"]


class OursWithPictures(Ours):
    """The same with a picture of each page for links that are shared."""

    name = "sphinx_cv_ext, pictures too"
    conf = _OURS_CONF


class OursCited(Ours):
    """Every reference cited once, on one page for each 25 of them."""

    name = "sphinx_cv_ext, all cited"

    def write(self) -> None:
        super().write()
        keys = [reference.key for reference in self.references]
        for start in range(0, len(keys), 25):
            cites = "\n\n".join(f"As {{cite:t}}`{key}` says." for key in keys[start : start + 25])
            path = self.folder / "docs" / f"cites{start // 25}.md"
            if not path.exists():
                path.write_text(f"---\norphan: true\n---\n# Cites {start}\n\n{cites}\n", encoding="utf-8")


class Empty(Ours):
    """A site with Furo, MyST and sphinxcontrib-bibtex, and an empty page."""

    name = "empty Furo + MyST + bibtex site"
    conf = _OTHERS_CONF
    pages: ClassVar[dict[str, str]] = {"index.md": "# Ada Example\n"}

    def write(self) -> None:
        super().write()
        (self.folder / "refs.bib").write_text("", encoding="utf-8")


class PlainBibtex(Ours):
    """sphinxcontrib-bibtex alone, which makes a list."""

    name = "sphinxcontrib-bibtex, list only"
    conf = _OTHERS_CONF
    pages: ClassVar[dict[str, str]] = {
        "index.md": f"# Ada Example\n\n{_TOCTREE}",
        "publications.md": "# Publications\n\n:::{bibliography}\n:all:\n:::\n",
    }


class Hugo(Contender):
    """A page for each from a folder of content, a list by year, heads, BibTeX, a feed and a sitemap."""

    name = "Hugo, page for each"
    layers: ClassVar[tuple[str, ...]] = ("page",)
    matter = staticmethod(hugo.matter_of_page)

    @classmethod
    def is_there(cls) -> bool:
        return any(_package("hugo").glob("binaries/hugo*"))

    def write(self) -> None:
        hugo.lay(self.folder, self.layers)
        for reference in self.references:
            self.write_one(reference)

    def write_one(self, reference: Reference) -> None:
        path = self.folder / "content" / "publications" / f"{reference.key}.md"
        hugo.write_content(path, self.matter(reference), reference)

    def command(self) -> list[str]:
        # The program itself, without the Python script that the wheel puts in front of it.
        programs = sorted(_package("hugo").glob("binaries/hugo*"))
        return [str(programs[0]), "--quiet"]


class HugoWithFiles(Hugo):
    """The same, and four download files for each and for all, and a search index, as ours has."""

    name = "Hugo, page and files for each"
    layers: ClassVar[tuple[str, ...]] = ("page", "files")


class HugoSameSite(HugoWithFiles):
    """What ours has of everything: heads, pages within a theme, lists that a reader narrows down, feeds, citations."""

    name = "Hugo, the same site"
    layers: ClassVar[tuple[str, ...]] = ("page", "files", "site")
    matter = staticmethod(hugo.matter_of_site)

    def write(self) -> None:
        super().write()
        # The lists say what our own script and style sheet look for.
        shutil.copytree(_package("sphinx_cv_ext") / "static", self.folder / "static", dirs_exist_ok=True)


def _pandoc() -> str:
    return shutil.which("pandoc") or str(_package("pypandoc") / "files" / "pandoc")


class HugoFromBib(HugoSameSite):
    """The same from a .bib file, as ours is, which pandoc reads first if it has changed.

    It is the least that somebody with a .bib file waits for: the files of content, which would be made of what pandoc
    writes, are there already.
    """

    name = "pandoc and Hugo, the same site from the .bib"

    @classmethod
    def is_there(cls) -> bool:
        return super().is_there() and Path(_pandoc()).exists()

    def write(self) -> None:
        super().write()
        self._write_bib()

    def change(self) -> None:
        super().change()
        self._write_bib()

    def command(self) -> list[str]:
        read = shlex.join([_pandoc(), "refs.bib", "--from=bibtex", "--to=csljson", "--output=refs.json"])
        return ["sh", "-ec", f"[ refs.json -nt refs.bib ] || {read}\n{shlex.join(super().command())}"]


class Pandoc(Contender):
    """pandoc's citeproc, which makes a list."""

    name = "pandoc citeproc, list only"

    @classmethod
    def is_there(cls) -> bool:
        return Path(_pandoc()).exists()

    def write(self) -> None:
        self._write_bib()
        (self.folder / "list.md").write_text("---\nnocite: '@*'\n---\n", encoding="utf-8")

    def command(self) -> list[str]:
        return [_pandoc(), "--citeproc", "--bibliography=refs.bib", "--standalone", "list.md", "-o", "list.html"]


CONTENDERS: tuple[type[Contender], ...] = (
    Ours,
    Empty,
    PlainBibtex,
    HugoFromBib,
    HugoSameSite,
    HugoWithFiles,
    Hugo,
    Pandoc,
)
"""All that are run by default. jekyll-scholar, a Ruby gem that no wheel carries, is not among them."""
