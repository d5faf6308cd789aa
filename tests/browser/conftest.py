"""A small site, a web server for it, and a browser that opens its pages."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.project import Built, Project
from tests.tools import needed

HERE = Path(__file__).parent
LIST = "# {title}\n\nBefore it.\n\n:::{{publications}}\n{options}\n:::\n"
SHOWN = ":group: year\n:panels: abstract, bibtex"
PAGES = {
    "index": LIST.format(title="Papers", options=f"{SHOWN}\n:filter:\n:export: bibtex, ris, csl-json, apa"),
    "plain": LIST.format(title="Papers", options=SHOWN),
    "bare": LIST.format(title="Bare", options=":form: compact"),
    "flat": LIST.format(title="Flat", options=":filter:\n:authors: 1"),
    "two": LIST.format(title="Two", options=":group: keyword\n:filter:")
    + "\n- In an item:\n\n  :::{publications}\n  :group: year\n  :filter:\n  :::\n",
    "alike": LIST.format(title="Alike", options=":keys: net\n:filter:"),
}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {"desktop": (1280, 900), "phone": (390, 800)}
ZOOMED = {"zoomed": (320, 800)}
"""As wide as a desktop is at 400 % (WCAG 2.2, 1.4.10)."""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A handler that does not print each request."""

    def log_message(self, *_args: object) -> None:
        pass


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder for a while; gives the address of its top."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def project(folder: Path, refs: bytes, pages: dict[str, str]) -> Built:
    toctree = "\n```{toctree}\n" + "\n".join(name for name in pages if name != "index") + "\n```\n"
    files: dict[str, str | bytes] = {f"{name}.md": text for name, text in pages.items()}
    files |= {"index.md": pages["index"] + toctree, "refs.bib": refs}
    people = {"Bo Sample": "https://example.org/bo"}
    settings = {"cv_profile": {"name": "Ada Example"}, "cv_people": people, "cv_pages": "all"}
    built = Project(folder, files, html_theme="furo", language="en", **settings).build()
    assert built.warnings == []
    return built


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return project(tmp_path_factory.mktemp("browser"), (HERE / "refs.bib").read_bytes(), PAGES)


@pytest.fixture(scope="session")
def address(site: Built) -> Iterator[str]:
    with serve(site.out) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    # The shell first: it opens a page in half the time, for it has no windows and menus.
    path = needed("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as started:
        launched = started.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


Visit = Callable[..., Any]


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visit]:
    """Open a page, at the size of a desktop unless told otherwise; nothing on it may go wrong."""
    contexts: list[Any] = []
    errors: list[str] = []

    def note(message: Any) -> None:
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            errors.append(message.text)

    def go(name: str, size: str = "desktop", *, top: str = address, **settings: Any) -> Any:
        width, height = (SIZES | ZOOMED)[size]
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", note)
        page.goto(f"{top}{name}")
        return page

    yield go
    for context in contexts:
        context.close()
    assert errors == []


def shown(page: Any, within: str = "article") -> list[str]:
    """The ids of the publications that can be seen."""
    found: list[str] = page.locator(f"{within} li.cv-publication:visible").evaluate_all("all => all.map(li => li.id)")
    return found
