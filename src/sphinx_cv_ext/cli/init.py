"""``sphinx-cv init``: a site to begin with, made from a few answers."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from sphinx_cv_ext import lint, starter
from sphinx_cv_ext.cli.command import Command, UsageError, say
from sphinx_cv_ext.diagnostics import Diagnostic, Location, suggestion
from sphinx_cv_ext.model.links import LINK_KINDS
from sphinx_cv_ext.outputs.words import Translate
from sphinx_cv_ext.sources import Database
from sphinx_cv_ext.sources.links import Files, identifier, parse_link
from sphinx_cv_ext.starter.owner import NameUnreadableError, is_author, name_parts, spellings
from sphinx_cv_ext.starter.quoting import PythonValue, one_line
from sphinx_cv_ext.starter.writing import Written, write

_ASKED_LINKS = ("email", "orcid", "scholar", "github")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="the folder of the site; it is made if it does not exist"
    )
    parser.add_argument("--name", help="your name, as pages show it")
    parser.add_argument("--position", help="your job")
    parser.add_argument("--affiliation", help="where you work")
    parser.add_argument(
        "--link",
        action="append",
        metavar="KIND=ADDRESS",
        help=f"where else you can be found; may be given more than once. KIND is one of {', '.join(LINK_KINDS)}",
    )
    parser.add_argument(
        "--bib", type=Path, metavar="FILE.bib", help="your publications; without it, there are two examples"
    )
    parser.add_argument(
        "--language", type=_language, help="the language of the site, such as de or zh_CN (default: en)"
    )
    parser.add_argument("--theme", default="furo", choices=starter.THEMES, help="how it looks (default: furo)")
    parser.add_argument("--yes", action="store_true", help="ask nothing")


def _init(options: argparse.Namespace) -> int:
    if sys.stdin.isatty() and not options.yes:
        try:
            _ask(options)
        except (EOFError, KeyboardInterrupt):
            say("", "nothing was written")
            return 130
    if not one_line(options.name or ""):
        raise UsageError("say whose site it is: --name 'Ada Example'")
    profile = _profile(options)
    bib, database = _bib(options.bib)
    try:
        known = spellings(name_parts(options.name), database)
    except NameUnreadableError as error:
        raise UsageError(str(error)) from error
    profile |= {"spellings": known} if known else {}
    language = options.language or "en"
    translate = words_in(language)
    answers = starter.Answers(profile, bib, options.theme, language=language, translate=translate or str)
    files = _files(options.bib, database) | starter.site(answers, database)
    written = write_site(options.folder, files)
    tell(options.folder, written)
    if database and not is_author([options.name, *known], database):
        say(f"No author of {options.bib} is called {one_line(options.name)}; add your spellings in docs/conf.py.")
    if not translate:
        say(f"Our words are not translated into {language!r} yet; the headings are English.")
    if written.made:
        say("", *next_commands(options.folder, options.theme))
    return int(bool(written.left))


def words_in(language: str) -> Translate | None:
    """Our words in ``language``, from catalogues that only Sphinx needs else; None where there are none."""
    if language == "en":
        return str
    from sphinx_cv_ext.extension.locale import own_words

    return own_words(language)


def _language(text: str) -> str:
    from sphinx_cv_ext.extension import options

    try:
        return options.language(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _ask(options: argparse.Namespace) -> None:
    """Ask for what no option has said; an empty answer leaves it out."""
    for name, question in (
        ("name", "Your name"),
        ("position", "Your job (may be empty)"),
        ("affiliation", "Where that is (may be empty)"),
    ):
        if getattr(options, name) is None:
            setattr(options, name, input(f"{question}: "))
    if options.link is None:
        answers = [(kind, input(f"{LINK_KINDS[kind].label} (may be empty): ").strip()) for kind in _ASKED_LINKS]
        options.link = [f"{kind}={answer}" for kind, answer in answers if answer]
    if options.bib is None:
        answer = input("Your .bib file (may be empty): ").strip()
        options.bib = Path(answer).expanduser() if answer else None


def _profile(options: argparse.Namespace) -> dict[str, PythonValue]:
    """The values of ``cv_profile`` that the options give."""
    given = {name: one_line(getattr(options, name) or "") for name in ("name", "position", "affiliation")}
    profile: dict[str, PythonValue] = {name: value for name, value in given.items() if value}
    links: dict[str, str] = {}
    for text in options.link or ():
        kind, address = _link(text)
        if kind in ("email", "orcid"):
            profile[kind] = address
        else:
            links[kind] = address
    return profile | ({"links": links} if links else {})


def _link(text: str) -> tuple[str, str]:
    """The kind and the address of ``KIND=ADDRESS``."""
    name, equals, address = (part.strip() for part in one_line(text).partition("="))
    kind = LINK_KINDS.get(name.lower())
    if not equals or not kind:
        known = suggestion(name, LINK_KINDS) or f"(known: {', '.join(LINK_KINDS)})"
        what = f"there is no kind of link {name!r} {known}" if equals else "it has no '='"
        raise UsageError(f"--link {text!r}: {what}; it is written KIND=ADDRESS, as in --link github=ada-example")
    problems: list[Diagnostic] = []
    if not parse_link(kind, address, Files(), Location("--link"), problems.append):
        raise UsageError(f"--link {text!r}: {problems[0].problem}; give an address that begins with https://")
    return kind.name, identifier("orcid", address) if kind.name == "orcid" else address


def _bib(path: Path | None) -> tuple[bytes | None, Database | None]:
    """The content of a .bib file, and what it says."""
    if path is None:
        return None, None
    instead = "leave --bib out to begin with two examples"
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = f"cannot read the file: {error.strerror or error}"
        raise UsageError(f"--bib {path}: {problem}; {instead}") from error
    database, problems = starter.read_bib(path)
    if not database.library.listed:
        raise UsageError(f"--bib {path}: there is no publication in it; {instead}")
    count = len(problems) + sum(1 for _advice in lint.advise(database))
    if count:
        say(f"{path}: {count} to look at; see: sphinx-cv check {shlex.quote(str(path))}")
    return content, database


def _files(bib: Path | None, database: Database | None) -> dict[str, bytes]:
    """The files below the folder of ``bib`` that its entries name, where the entries will look for them."""
    if not bib or not database:
        return {}
    named = {path for publication in database.library.by_key.values() for path in publication.files}
    root = bib.parent.resolve()
    try:
        return {Path(path).relative_to(root).as_posix(): Path(path).read_bytes() for path in sorted(named)}
    except OSError as error:
        raise UsageError(f"--bib {bib}: cannot read {error.filename}: {error.strerror or error}") from error


def write_site(folder: Path, files: dict[str, bytes]) -> Written:
    """Write the files of a site; a `UsageError` where that cannot be done."""
    try:
        return write(folder, files)
    except OSError as error:
        raise UsageError(f"cannot write {error.filename or folder}: {error.strerror or error}") from error


def tell(folder: Path, written: Written) -> None:
    """Say which files were made, and which were left as they are."""
    say(*(f"made   {folder / name}" for name in written.made))
    say(*(f"left   {folder / name}  (it already exists, and differs)" for name in written.left))
    if not written.made and not written.left:
        say(f"{folder} has all of it already; nothing was changed")


def next_commands(folder: Path, theme: str = "furo") -> Sequence[str]:
    """The commands that show the site; what is installed need not be again."""
    is_complete = all(find_spec(name) for name in ("sphinx", "myst_parser", "sphinx_autobuild", theme))
    install = () if is_complete else ("  pip install -r requirements.txt sphinx-autobuild",)
    return ("Next:", f"  cd {shlex.quote(str(folder))}", *install, f"  {starter.PREVIEW}")


COMMAND = Command(
    "init",
    "make a site to begin with",
    "Make a site to begin with, in a folder that may already have files: none of them is changed. On a terminal, it "
    "asks for what no option says. Exits with 1 if a file already exists and differs.",
    _arguments,
    _init,
)
