"""How fast a CV becomes a PDF, beside RenderCV and LaTeX: ``python -m tests.benchmarks.cvs``.

All set the full CV of this project: we from its pages, the others from what our JSON Resume of it says.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import Run, Step, environment, machine, measured, middle

_ROOT = Path(__file__).resolve().parents[2]
_PAGES = ("index", "publications", "experience", "talks", "service", "education", "media")
_CV = """# CV

:::{cv} full
profile
position
education
publications
talk
service
teaching
media
:::
"""
_CONF = """import runpy

_site = runpy.run_path("site.py")
project, bibtex_bibfiles, cv_profile = _site["project"], ["refs.bib"], _site["cv_profile"]
extensions, myst_enable_extensions = ["myst_parser", "sphinx_cv_ext"], _site["myst_enable_extensions"]
"""

# The only thing that RenderCV's template wants from the network: a package for icons, of which it draws none here.
_ICONS = {
    "typst.toml": '[package]\nname = "fontawesome"\nversion = "0.6.0"\nentrypoint = "lib.typ"\n',
    "lib.typ": "#let fa-icon(name, ..more) = []\n",
}

Json = dict[str, Any]


def main() -> None:
    """Read the arguments, measure in turn, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.cvs", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="runs of which the median is taken")
    count = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        steps = dict(_steps(Path(folder)))
        runs: dict[str, list[Run]] = {}
        for _round in range(count):
            for name, step in steps.items():
                runs.setdefault(name, []).append(measured(step))
            for name, run in _alone(Path(folder, "ours")).items():
                runs.setdefault(name, []).append(run)
    print(f"{machine()}; medians of {count} runs, in turn; seconds of wall clock (of processor)\n")
    for name, found in runs.items():
        run = middle(found)
        print(f"| {name} | {run.wall:.2f} ({run.cpu:.2f}) |")


def _steps(folder: Path) -> Iterator[tuple[str, Step]]:
    ours = folder / "ours"
    _write(
        ours,
        {f"{name}.md": (_ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in _PAGES}
        | {"cv.md": _CV, "conf.py": _CONF}
        | {"site.py": (_ROOT / "docs" / "conf.py").read_text(encoding="utf-8")}
        | {"refs.bib": (_ROOT / "refs.bib").read_text(encoding="utf-8")},
    )
    (ours / "_ext").mkdir()
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "cv", ".", "out"]
    yield "sphinx-build -b cv, cold", Step(lambda: shutil.rmtree(ours / "out", ignore_errors=True), command, ours)
    yield "sphinx-build -b cv, a talk changed", Step(_changing(ours / "talks.md"), command, ours)
    yield "sphinx-build -b cv, no change", Step(lambda: None, command, ours)
    measured(Step(lambda: None, command, ours))
    resume = json.loads((ours / "out" / "full.json").read_text(encoding="utf-8"))
    program = Path(sys.executable).with_name("rendercv")
    if program.exists():
        theirs = folder / "rendercv"
        _write(theirs, {"cv.yaml": json.dumps(_rendercv(resume))})
        _write(folder / "cache/typst/packages/preview/fontawesome/0.6.0", _ICONS)
        start = ["env", f"XDG_CACHE_HOME={folder / 'cache'}", str(program), "render", "cv.yaml", "--quiet"]
        only_pdf = ["--dont-generate-markdown", "--dont-generate-png"]
        yield "rendercv render, PDF only", Step(lambda: None, [*start, *only_pdf], theirs)
        yield "rendercv render, all that it makes", Step(lambda: None, start, theirs)
    if shutil.which("xelatex") and shutil.which("latexmk"):
        latex = folder / "latex"
        _write(latex, {"cv.tex": _latex(resume)})
        command = ["latexmk", "-xelatex", "-interaction=batchmode", "cv.tex"]
        clear = ["latexmk", "-C", "cv.tex"]
        yield (
            "latexmk -xelatex",
            Step(lambda: subprocess.run(clear, cwd=latex, capture_output=True, check=True) and None, command, latex),
        )


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def _changing(path: Path) -> Callable[[], None]:
    """What makes another change to the title of a talk each time."""

    def change() -> None:
        path.write_text(path.read_text(encoding="utf-8").replace(":what: ", ":what: New ", 1), encoding="utf-8")

    return change


def _alone(folder: Path) -> dict[str, Run]:
    """Our typesetting without Sphinx, measured inside a build: when fonts are looked for, and when they are known."""
    command = [sys.executable, "-m", "tests.benchmarks.typesetting", str(folder)]
    said = subprocess.run(command, cwd=_ROOT, env=environment(), capture_output=True, check=True, text=True).stdout
    first, again = (Run(**found, memory=0) for found in json.loads(said))
    return {"our typesetting alone, first in a process": first, "our typesetting alone, again": again}


def _rendercv(resume: Json) -> Json:
    """The input of RenderCV, whose YAML may be JSON."""
    sections = {
        "Profile": [resume["basics"]["summary"]],
        "Experience": [_dated(job, company=job["name"], position=job["position"]) for job in resume["work"]],
        "Education": [
            _dated(school, institution=school["institution"], area=school["area"], degree=school["studyType"])
            for school in resume["education"]
        ],
        "Publications": [_paper(paper) for paper in resume["publications"]],
        "Talks, teaching and media": [_dated(one, name=one["name"]) for one in resume["projects"]],
        "Service": [_dated(one, name=one.get("organization") or one["position"]) for one in resume["volunteer"]],
    }
    connections = {"show_icons": False}
    return {
        "cv": {"name": resume["basics"]["name"], "website": resume["basics"]["url"], "sections": sections},
        "design": {"theme": "classic", "header": {"connections": connections}},
    }


def _dated(entry: Json, **named: str) -> Json:
    summary = entry.get("summary") or entry.get("entity") or entry.get("position", "")
    more = {
        "location": entry.get("location", ""),
        "start_date": entry.get("startDate", ""),
        "end_date": entry.get("endDate", ""),
        "highlights": entry.get("highlights", entry.get("courses", [])),
        "summary": "" if "company" in named else summary,
    }
    return {**named, **{name: value for name, value in more.items() if value}}


def _paper(paper: Json) -> Json:
    authors = paper["summary"].partition(". ")[0].split(", ")
    named = {"title": paper["name"], "authors": authors, "journal": paper.get("publisher", "")}
    return {**named, "date": paper["releaseDate"], **({"url": paper["url"]} if "url" in paper else {})}


_SPECIAL = str.maketrans({c: f"\\{c}" for c in "#$%&_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"})
_LATEX = r"""\documentclass[10pt,a4paper]{article}
\usepackage[margin=2cm]{geometry}
\usepackage{xeCJK}
\usepackage{enumitem}
\usepackage[hidelinks]{hyperref}
\IfFontExistsTF{Noto Serif CJK SC}{\setCJKmainfont{Noto Serif CJK SC}}{}
\setlength{\parindent}{0pt}
\begin{document}
"""


def _latex(resume: Json) -> str:
    """The same as a plain LaTeX document."""
    given = _rendercv(resume)["cv"]
    lines = [_LATEX, rf"{{\Huge {given['name']}}}", ""]
    for heading, entries in given["sections"].items():
        lines.append(rf"\section*{{{heading}}}")
        for entry in entries:
            said = {"text": entry} if isinstance(entry, str) else entry
            head, *rest = [_words(value) for name, value in said.items() if name not in ("url", "highlights")]
            lines.append(rf"\href{{{said['url']}}}{{\textbf{{{head}}}}}" if "url" in said else rf"\textbf{{{head}}}")
            lines += [", ".join(rest), ""]
            if said.get("highlights"):
                items = "\n".join(rf"\item {_words(item)}" for item in said["highlights"])
                lines.append(rf"\begin{{itemize}}[nosep]{items}\end{{itemize}}")
    return "\n".join([*lines, r"\end{document}"])


def _words(value: str | list[str]) -> str:
    return (value if isinstance(value, str) else ", ".join(value)).translate(_SPECIAL)


if __name__ == "__main__":
    main()
