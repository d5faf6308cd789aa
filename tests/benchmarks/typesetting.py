"""How long our typesetting takes in a build of the folder that is given, twice for each CV; printed as JSON."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from sphinx.application import Sphinx

from sphinx_cv_ext.outputs import cv_pdf
from sphinx_cv_ext.outputs.cv_document import Document


def main(folder: Path) -> None:
    """Build once, and print what setting took."""
    set_one = cv_pdf.pdf
    found = []

    def timed(document: Document) -> cv_pdf.Typeset:
        for _time in range(2):
            wall, cpu = time.perf_counter(), time.process_time()
            made = set_one(document)
            found.append({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu})
        return made

    cv_pdf.pdf = timed
    with tempfile.TemporaryDirectory() as out:
        Sphinx(folder, folder, out, out, "cv", status=None, warning=None).build()
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
