"""How long a keystroke in the filter takes until the list is painted: ``python -m tests.benchmarks.keystrokes``.

Needs Chromium, as the tests in a browser do.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import ClassVar

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.contenders import Ours
from tests.benchmarks.measuring import environment, machine
from tests.benchmarks.references import references
from tests.browser.conftest import FLAGS, serve
from tests.tools import needed

_WORDS = "neural networks"
# The next frame shows what the event has changed, and the one after it begins when that is painted.
_TYPE = """async (text) => {
  const box = document.querySelector("input.cv-search");
  const start = performance.now();
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""
# It prepares the texts of its entries when nothing else is to be done.
_SETTLED = 3_000


class _Flat(Ours):
    """The same list without headings."""

    pages: ClassVar[dict[str, str]] = {
        "index.md": "# Ada Example\n\n:::{toctree}\npublications\n:::\n",
        "publications.md": "# Publications\n\n:::{publications}\n:filter:\n:::\n",
    }


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.keystrokes", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[250, 2500], metavar="N", help="numbers of entries")
    sizes = parser.parse_args().sizes
    print(f"{machine()}; milliseconds of {len(_WORDS)} keystrokes, at {_WORDS!r}: median, most")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=needed("chromium", "google-chrome"), args=FLAGS)
        for size in sizes:
            for name, kind in (("by year", Ours), ("without headings", _Flat)):
                site = kind(Path(folder, f"{kind.__name__}-{size}"), references(size))
                subprocess.run(site.command(), cwd=site.folder, env=environment(), check=True)
                with serve(site.folder / "out") as address:
                    page = browser.new_page()
                    page.goto(f"{address}publications.html")
                    page.wait_for_timeout(_SETTLED)
                    took = list(_took(page))
                    page.close()
                print(f"  {size:,} entries {name}: {median(took):.0f}, {max(took):.0f}")


def _took(page: Page) -> Iterator[float]:
    for end in range(1, len(_WORDS) + 1):
        yield page.evaluate(_TYPE, _WORDS[:end])


if __name__ == "__main__":
    main()
