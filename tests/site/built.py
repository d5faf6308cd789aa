"""Sites as they are published, read as a visitor's browser and the machines that come by read them."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "https://example.org/en/latest/"
NOWHERE = "https://no-address.invalid/"
"""The assumed address of a site that does not know its own."""


@dataclass(frozen=True)
class Site:
    """A built site and how its build ended; ``address`` is the one in its settings, empty if they have none."""

    folder: Path
    builder: str = "html"
    address: str = ""
    exit_status: int = 0
    warnings: str = ""

    @property
    def base(self) -> str:
        return self.address or NOWHERE

    def pages(self) -> list[Page]:
        """All pages in the order of their names."""
        return [*_pages(self).values()]

    def page(self, url: str) -> Page | None:
        """The page at an address of this site."""
        file = self.file(url)
        return _pages(self).get(file.relative_to(self.folder).as_posix()) if file else None

    def publications(self) -> list[Page]:
        """The pages that are about one publication each."""
        return [page for page in self.pages() if page.is_about_a_work]

    def file(self, url: str) -> Path | None:
        """The file that is found at an address of this site as it was built, a folder being its ``index.html``."""
        path = self.folder / unquote(urlsplit(url).path.removeprefix(urlsplit(self.base).path))
        found = path / "index.html" if path.is_dir() else path
        inside = found.resolve().is_relative_to(self.folder.resolve())
        return found if inside and found.is_file() else None

    def is_at(self, url: str) -> bool:
        """Whether ``url`` is an address of this site."""
        return url.startswith(self.base)


@dataclass(frozen=True, eq=False)
class Page:
    """A page of a site; ``url`` is its address."""

    site: Site
    name: str
    root: BeautifulSoup

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """The address under which others are sent here; that of a folder where the builder makes folders."""
        return self.site.base + (self.name.removesuffix("index.html") if self.site.builder == "dirhtml" else self.name)

    @functools.cached_property
    def is_about_a_work(self) -> bool:
        return self.root.select_one("section.cv-page") is not None

    def join(self, link: str) -> str:
        """The whole address of a link on this page."""
        return urljoin(self.url, link)

    @functools.cached_property
    def ids(self) -> list[str]:
        return [str(tag["id"]) for tag in self.root.select("[id]")]

    @functools.cached_property
    def metas(self) -> list[tuple[str, str]]:
        """Name, or property, and content of each ``meta`` of the head that has both, in order."""
        tags = self.root.select("head > meta[name][content], head > meta[property][content]")
        return [(str(tag.get("name") or tag["property"]), str(tag["content"])) for tag in tags]

    def meta(self, name: str) -> list[str]:
        return [content for found, content in self.metas if found == name]

    def linked_data(self) -> list[dict[str, Any]]:
        """The objects of JSON-LD that the page holds; what is no JSON raises an exception."""
        return [json.loads(script.string or "") for script in self.root.select('script[type="application/ld+json"]')]

    def heading(self) -> str:
        """The words of the first heading, without the sign that links to it."""
        return " ".join(self.root.select("h1")[0].get_text().rstrip("¶#").split())


@functools.cache
def _pages(site: Site) -> dict[str, Page]:
    names = sorted(path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.html"))
    return {name: page_from(site, name, (site.folder / name).read_text(encoding="utf-8")) for name in names}


def page_from(site: Site, name: str, text: str) -> Page:
    return Page(site, name, BeautifulSoup(text, "lxml"))


def objects(value: object) -> Iterator[dict[str, Any]]:
    """Every object inside a value of JSON, itself included."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


def build_profile(folder: Path, builder: str, address: str) -> Site:
    """The profile site inside ``folder``, built by the first process that asks for it; all others wait for that."""
    place = folder / f"profile-{'with' if address else 'without'}-address"
    place.mkdir(exist_ok=True)
    said = place / f"{builder}.json"
    with (place / f"{builder}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not said.is_file():
            command = [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", "-b", builder]
            run = subprocess.run(
                [*command, "-d", str(place / f"{builder}.doctrees"), str(ROOT / "docs"), str(place / builder)],
                cwd=ROOT,
                env={**os.environ, "READTHEDOCS_CANONICAL_URL": address},
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
            )
            said.write_text(json.dumps([run.returncode, run.stderr]), encoding="utf-8")
    exit_status, warnings = json.loads(said.read_text(encoding="utf-8"))
    assert (place / builder / "index.html").is_file(), warnings
    return Site(place / builder, builder, address, exit_status, warnings)
