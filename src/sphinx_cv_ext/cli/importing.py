"""``sphinx-cv import``: what another tool has kept, as files of a site, and what of it was not taken over."""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sphinx_cv_ext import starter
from sphinx_cv_ext.cli.command import Command, UsageError, say
from sphinx_cv_ext.cli.conf import assigned, find_conf
from sphinx_cv_ext.cli.init import next_commands, words_in, write_site
from sphinx_cv_ext.cli.whole import write_whole
from sphinx_cv_ext.diagnostics import short_path
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.importers import IMPORTERS, Importer, kind_of
from sphinx_cv_ext.importers.imported import Finding, Imported
from sphinx_cv_ext.importers.merging import Merged, merged
from sphinx_cv_ext.importers.pages import directive, missing, page, pages
from sphinx_cv_ext.outputs.words import Translate
from sphinx_cv_ext.starter.owner import NameUnreadableError, is_author, name_parts, spellings
from sphinx_cv_ext.starter.quoting import PythonValue, one_line, python

_BIB = "refs.bib"
_FILES = "files"
_SNIPPET = "imported-profile.txt"
_NO_WORKS = b"Your publications, in BibTeX.\n"


def _arguments(parser: argparse.ArgumentParser) -> None:
    labels = ", ".join(importer.label for importer in IMPORTERS.values())
    parser.add_argument("source", type=Path, metavar="SOURCE", help=labels)
    parser.add_argument(
        "--into",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the folder of the site (default: this one); a new site is made if there is none",
    )
    parser.add_argument("--name", help="your name, for a new site made from a source that does not say it")
    parser.add_argument("--from", dest="kind", choices=IMPORTERS, help="what SOURCE is, if that is not obvious")


def _import(options: argparse.Namespace) -> int:
    source: Path = options.source
    folder: Path = options.into
    importer = _importer(source, options.kind)
    findings: list[Finding] = []
    found = importer.read(source, findings.append)
    found = replace(found, entries=tuple(entry for entry in found.entries if not entry.is_empty))
    is_broken = any(finding.is_broken for finding in findings)
    if not (found.works or found.entries or found.profile):
        say(*_told(findings), f"{source}: nothing was found in it as {importer.label}; nothing was changed")
        return 1
    site = _Site.of(folder)
    if options.name:
        found = replace(found, profile={**found.profile, "name": options.name})
    if not site and not one_line(str(found.profile.get("name", ""))):
        raise UsageError(f"{source} does not say whose site it is: --name 'Ada Example'")
    say(f"{source} is {importer.label}.")
    try:
        if site:
            removed = _remove_examples(folder, site, found)
        bib = _add_works(folder, found)
        if site:
            if _BIB in removed:
                _renew_landing_page(folder, site)
            _add_pages(folder, site, found)
            _add_profile(folder, site, found)
        else:
            _begin(folder, found, bib)
    except OSError as error:
        raise UsageError(f"cannot write {error.filename or folder}: {error.strerror or error}") from error
    if findings:
        say("", "Not taken over:", *(f"  {line}" for line in _told(findings)))
    return int(is_broken)


def _importer(source: Path, kind: str | None) -> Importer:
    if not source.exists():
        raise UsageError(f"there is no {source}")
    found = IMPORTERS[kind] if kind else kind_of(source)
    if not found:
        raise UsageError(f"{source} looks like nothing that can be read; say what it is: --from {'|'.join(IMPORTERS)}")
    return found


@frozen
class _Site:
    """A site that is there: its conf.py, what that says of itself in plain values, and where its pages are."""

    conf: Path
    text: str
    pages: str

    @staticmethod
    def of(folder: Path) -> _Site | None:
        conf = find_conf(folder)
        if not conf:
            return None
        pages_in = conf.parent.relative_to(folder).as_posix()
        text = conf.read_text(encoding="utf-8", errors="replace")
        return _Site(conf, text, "" if pages_in == "." else f"{pages_in}/")

    @property
    def name(self) -> str:
        """Whose site it is; empty if conf.py does not say so."""
        return str(self.profile().get("name", ""))

    @property
    def translate(self) -> Translate:
        """Our words in the language of the site."""
        match assigned(self.text, "language"):
            case ast.Constant(value=str(language)):
                return words_in(language) or str
        return str

    def profile(self) -> Mapping[str, object]:
        """``cv_profile`` as far as its values are plain. The file is read, not run."""
        value = assigned(self.text, "cv_profile")
        try:
            found = ast.literal_eval(value) if value else {}
        except (ValueError, TypeError, MemoryError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def _remove_examples(folder: Path, site: _Site, found: Imported) -> list[str]:
    """Remove what ``sphinx-cv init`` has written as an example and nobody has changed, where there is better now."""
    try:
        examples = starter.examples(site.name, site.translate)
    except NameUnreadableError:
        return []
    removed = []
    made = {f"{site.pages}{name}" for name in pages(found.entries)} | ({_BIB} if found.works else set())
    for name in sorted(examples.keys() & made):
        path = folder / name
        if path.is_file() and path.read_bytes() == examples[name]:
            path.unlink()
            removed.append(name)
            say(f"  the examples in {short_path(path)} are replaced")
    return removed


def _renew_landing_page(folder: Path, site: _Site) -> None:
    """Have the landing page list what there is now, if it is as ``sphinx-cv init`` has written it."""
    path = folder / site.pages / "index.md"
    if path.is_file() and path.read_bytes() == starter.landing_page(site.name, translate=site.translate):
        database, _problems = starter.read_bib(folder / _BIB)
        write_whole(path, starter.landing_page(site.name, database, site.translate))


def _add_works(folder: Path, found: Imported) -> Merged:
    """Add the publications to ``refs.bib``, and copy the files that they name."""
    path = folder / _BIB
    result = merged(path.read_bytes() if path.exists() else b"", found.works)
    folder.mkdir(parents=True, exist_ok=True)
    if result.added:
        write_whole(path, result.content)
    files = write_site(folder, {f"{_FILES}/{name}": of.read_bytes() for name, of in found.files.items()})
    if result.added:
        say(f"  {_count(len(result.added), 'publication')} to {short_path(path)}")
    if files.made:
        say(f"  {_count(len(files.made), 'file')} to {short_path(folder / _FILES)}")
    for work, key in result.left:
        known = "" if key == work.key else f", as {key}"
        say(f"  {work.key} is in {short_path(path)} already{known}, and was left alone")
    for name in files.left:
        say(f"  {short_path(folder / name)} already exists, differs, and was left alone")
    return result


def _begin(folder: Path, found: Imported, bib: Merged) -> None:
    """Make a site around what was imported."""
    database, _problems = starter.read_bib(folder / _BIB)
    profile = {"name": found.profile["name"], **found.profile}
    try:
        name = name_parts(str(profile["name"]))
    except NameUnreadableError as error:
        raise UsageError(str(error)) from error
    spelled = profile.get("spellings", ())
    known = tuple(spelled if isinstance(spelled, tuple) else ()) + spellings(name, database)
    if known:
        profile["spellings"] = tuple(dict.fromkeys(known))
    settings: dict[str, PythonValue] = {"cv_files": f"../{_FILES}"} if found.files else {}
    if found.people:
        settings["cv_people"] = found.people
    if not is_author([str(profile["name"]), *known], database):
        say("  no publication names you as an author; conf.py silences the warning that says so")
        settings["suppress_warnings"] = ["cv.owner_not_found"]
    made = {f"docs/{file}": page(entries) for file, entries in pages(found.entries).items()}
    answers = starter.Answers(profile, bib.content or _NO_WORKS, pages=made, settings=settings)
    files = starter.site(answers, database)
    written = write_site(folder, files)
    for file, entries in pages(found.entries).items():
        say(f"  {_count(len(entries), 'entry', 'entries')} to {short_path(folder / 'docs' / file)}")
    say(f"  a site around it in {short_path(folder)}: {len(written.made)} files")
    say(*(f"  {short_path(folder / name)} already exists, differs, and was left alone" for name in written.left))
    say("", *next_commands(folder))


def _add_pages(folder: Path, site: _Site, found: Imported) -> None:
    """Write a page for each kind of entry, unless it is there: then say what it does not have."""
    for name, entries in pages(found.entries).items():
        path = folder / site.pages / name
        written = write_site(folder, {f"{site.pages}{name}": page(entries).encode()})
        text = path.read_text(encoding="utf-8", errors="replace")
        if written.made:
            say(f"  {_count(len(entries), 'entry', 'entries')} to {short_path(path)}")
            say(f"    (a table of contents must name it, if none does: {path.stem})")
        elif rest := missing(entries, text):
            say(f"  {short_path(path)} was left alone; these entries are not in it:", "")
            say(*(line for entry in rest for line in directive(entry).splitlines()), "")
        else:
            say(f"  {short_path(path)} was left alone; it has all entries already")


def _add_profile(folder: Path, site: _Site, found: Imported) -> None:
    """Write the values that conf.py does not have into a file of their own, for a person to take them from there."""
    known = site.profile()
    values = {name: value for name, value in found.profile.items() if name not in known}
    links, kept = found.profile.get("links", {}), known.get("links", {})
    if "links" not in values and isinstance(links, dict) and isinstance(kept, dict) and links.keys() - kept.keys():
        values["links"] = {kind: address for kind, address in links.items() if kind not in kept}
    lines: list[str] = [f"cv_profile = {python(values)}\n"] if values else []
    settings: dict[str, PythonValue] = {"cv_files": f"../{_FILES}"} if found.files and site.pages else {}
    if found.people:
        settings["cv_people"] = found.people
    lines += [f"{name} = {python(value)}\n" for name, value in settings.items() if name not in site.text]
    if found.works and "bibtex_bibfiles" not in site.text:
        lines.append(f"bibtex_bibfiles = {python(['../' * bool(site.pages) + _BIB])}\n")
    if lines:
        head = f"# For {site.conf.name}, which was left alone: what was imported and does not stand in it.\n\n"
        written = write_site(folder, {_SNIPPET: (head + "".join(lines)).encode()})
        path = short_path(folder / _SNIPPET)
        say(f"  values for {short_path(site.conf)} to {path}" if written.made else f"  {path} was left alone")


def _told(findings: Sequence[Finding]) -> Iterator[str]:
    """A line for each kind of finding, with the place where it is first."""
    places: dict[str, list[Finding]] = {}
    for finding in findings:
        places.setdefault(finding.problem, []).append(finding)
    for problem, found in places.items():
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        yield f"{found[0].location}: {problem}{more}"


def _count(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or f'{one}s'}"


COMMAND = Command(
    "import",
    "take over what you have in another tool",
    "Take over publications, dated entries and the profile from files of another tool, without the network. What a "
    "site already has is left alone, and a second run changes nothing. Ends with a list of what was not taken over and "
    "where it is, and exits with 1 if a file cannot be read.",
    _arguments,
    _import,
)
