"""The values of links: turns a field into a URL or a local file, and checks that a page may link to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from urllib.parse import quote, unquote

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report, short_path
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.identifiers import ARXIV_DOI, ARXIV_ID, ARXIV_VERSION, DOI, ORCID
from sphinx_cv_ext.model.links import LINK_KINDS, Link, LinkKind, is_safe_url, scheme_of, well_formed
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.characters import without_entities
from sphinx_cv_ext.sources.latex import read_address

# Printable ASCII, except for characters that the code below treats. Nearly all addresses are like this.
_CLEAN = pattern(r"[!-%'-+\--:=?-\[\]-z|~]*")
_WRAPPED_URL = pattern(r"\\url\s*\{(.*)\}|\\href\s*\{([^{}]*)\}\s*\{.*\}", re.DOTALL)
_ESCAPED = pattern(r"\\([_%&#$~{}])")
# ACM and Crossref write two addresses into one field.
_NEXT_URL = pattern(r"[,;\s](?<=\S[,;\s])\s*(?:and\s+)?(?=https?://)")
# A host and a path such as "github.com/ada/x"; only if there is no file with that name.
_HOST = pattern(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE)
_IDENTIFIERS = {"doi": pattern(DOI), "arxiv": pattern(ARXIV_ID + ARXIV_VERSION), "orcid": pattern(ORCID)}
_EMAIL = pattern(r"[^\s@]+@[^\s@]+")
# "@ada@example.social", as Mastodon itself writes who somebody is.
_FEDIVERSE = pattern(r"@?([\w.-]+)@((?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE)
_ON_WEB = pattern(r"https?://|//|www\.", re.IGNORECASE)
# arXiv itself, ar5iv with its papers in HTML, and arXiv's own DOIs.
_ON_ARXIV = pattern(
    rf"(?:https?:)?(?://)?(?:(?:[\w-]+\.)*(?:arxiv|ar5iv)\.org(?![\w.-])|(?:dx\.)?doi\.org/{ARXIV_DOI})",
    re.IGNORECASE,
)
_PDF = pattern(r"[^?#]*(?:\.pdf|/e?pdf(?:/[^?#]*)?)(?:[?#].*)?", re.IGNORECASE)


Found = tuple[str, str | None]
"""A value that names a local file, and the result of `Files.look` for it."""


@frozen
class Files:
    """Where local files may be found.

    A relative path is looked for in ``folders``, in order, and must lead into one of ``roots``. A profile has neither,
    because there is no page beside which its files could lie. ``by_key`` are the files that are named after entries, by
    key and kind of link. ``looked_for`` records each search and its result, because a publication depends on these,
    too.
    """

    folders: Sequence[Path] = ()
    roots: Sequence[Path] = ()
    by_key: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    looked_for: list[Found] = field(default_factory=list)

    def find(self, value: str) -> Path | None:
        """The file that ``value`` names; None if there is no such file, a ValueError if it is outside the roots."""
        found = self.look(value)
        self.looked_for.append((value, found))
        if found is None:
            raise ValueError(value)
        return Path(found) if found else None

    def look(self, value: str) -> str | None:
        """The path of the file that ``value`` names; empty if there is none, None if it is outside the roots."""
        try:
            inside = self.candidates(value)
            return next((str(path) for path in inside if path.is_file()), "") if inside else None
        except (ValueError, OSError):
            return None

    def candidates(self, value: str) -> list[Path]:
        """The paths inside the roots that ``value`` may mean, whether there is such a file or not."""
        paths = [(folder / value).resolve() for folder in self.folders]
        return [path for path in paths if any(path.is_relative_to(root.resolve()) for root in self.roots)]

    @property
    def places(self) -> str:
        """The folders in which a missing file was looked for, for a message: ``(looked in 'docs', 'papers')``."""
        return f"(looked in {', '.join(repr(name) for name in dict.fromkeys(map(short_path, self.folders)))})"

    @property
    def project(self) -> str:
        """The folders that files may be in, for a message: `` (files may lie in 'docs' and …)``; empty if none."""
        names = ", ".join(repr(name) for name in dict.fromkeys(map(short_path, self.roots)))
        return f" (files may lie in {names} and in the folder that cv_files names)" if names else ""

    def of_key(self, key: str) -> Mapping[str, Path]:
        """The files that are named after the entry with this key, by their kind of link."""
        return self.by_key.get(key, {})


def files_by_key(folder: Path, kinds: Mapping[str, LinkKind]) -> dict[str, dict[str, Path]]:
    """The files of ``folder`` that are named after an entry and one of ``kinds``: ``KEY.pdf``, or ``KEY.slides.pdf``.

    jekyll-scholar's ``repository`` works in the same way. Symbolic links are ignored, because they may lead anywhere.
    """
    found: dict[str, dict[str, Path]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        stem, kind = path.stem, path.suffix[1:].lower()
        key, dot, word = stem.rpartition(".")
        if dot and word.lower() in kinds:
            stem, kind = key, word.lower()
        if kind in kinds and path.is_file() and not path.is_symlink():
            found.setdefault(stem, {}).setdefault(kind, path)
    return found


def clean_url(value: str) -> str:
    r"""A URL or a file name without ``\url{…}``, angle brackets, LaTeX's escapes and blanks around it."""
    value = value.strip()
    if _CLEAN.fullmatch(value):
        return value
    if wrapped := _WRAPPED_URL.fullmatch(value):
        value = (wrapped[1] or wrapped[2] or "").strip()
    if value.startswith("<") and value.endswith(">"):
        value = value[1:-1]
    value = _NEXT_URL.split(value, maxsplit=1)[0]
    return read_address(value) if scheme_of(value) else _ESCAPED.sub(r"\1", value).strip()


def parse_link(kind: LinkKind, value: str, files: Files, location: Location, report: Report) -> Link | None:
    """The link for the ``value`` of a field or option: a URL, an identifier, or a file of the project.

    The result is None, and there is a report, for an empty value, an unsafe scheme, a text without the identifier that
    ``kind`` needs, and a file that is missing or outside the project.
    """
    found = _link(kind, clean_url(value), files)
    if isinstance(found, Link):
        return found
    code, problem = found
    report(Diagnostic(code, location, problem, "the link is left out"))
    return None


def _link(kind: LinkKind, address: str, files: Files) -> Link | tuple[Code, str]:
    """The link to ``address``, or what is wrong with it."""
    if not address:
        return Code.LINK_EMPTY, f"the link {kind.name!r} is empty"
    if url := _identified(kind, address) or _completed(kind, address):
        if is_safe_url(url):
            return Link(kind, url=well_formed(url))
        return Code.LINK_UNSAFE, f"{address!r} is not an address that a page may link to"
    if kind.name in _IDENTIFIERS:
        return Code.IDENTIFIER_INVALID, f"{address!r} contains no {kind.label}"
    if kind.name == "email":
        return Code.IDENTIFIER_INVALID, f"{address!r} is not an e-mail address such as ada@example.org"
    try:
        found = files.find(address)
    except ValueError:
        outside = f"the file {address!r} lies outside the project{files.project}"
        return Code.FILE_OUTSIDE, outside if files.roots else f"{address!r} is not an address that begins with https://"
    if found:
        return Link(kind, file=str(found))
    if _HOST.fullmatch(address):
        return Link(kind, url=well_formed(f"https://{address}"))
    return Code.FILE_MISSING, f"the file {address!r} is not there {files.places}"


def _identified(kind: LinkKind, address: str) -> str:
    """The URL for an identifier, however it is written; empty if ``address`` contains none."""
    if kind.name not in _IDENTIFIERS:
        return ""
    scheme = scheme_of(address)
    if scheme and not is_safe_url(address) and scheme not in _IDENTIFIERS:
        return ""
    found = _identifier(kind.name, address)
    return kind.template.format(quote(found, safe="/:;()._-")) if found else ""


def identifier(kind: str, text: str) -> str:
    """The bare DOI, arXiv id or ORCID iD in ``text``, however it is written; empty if there is none.

    ``kind`` is the name of the kind of link, such as ``doi``; the result is empty for kinds without identifiers.
    """
    return _identifier(kind, clean_url(text)) if kind in _IDENTIFIERS else ""


def _identifier(kind: str, address: str) -> str:
    # Any address may contain digits that look like an arXiv id.
    if kind == "arxiv" and _ON_WEB.match(address) and not _ON_ARXIV.match(address):
        return ""
    # Crossref writes the slash of a DOI as %2F, and others its angle brackets as entities.
    if kind == "doi" and ("%" in address or "&" in address):
        address = without_entities(unquote(address))
    match = _IDENTIFIERS[kind].search(address)
    return match[0].rstrip(".,;") if match else ""


def kind_elsewhere(text: str) -> str:
    """``pdf`` or ``url`` if ``text`` is an address outside arXiv, by what it leads to; empty for anything else."""
    address = clean_url(text)
    if not _ON_WEB.match(address) or _ON_ARXIV.match(address):
        return ""
    return "pdf" if _PDF.fullmatch(address) else "url"


def _completed(kind: LinkKind, address: str) -> str:
    """``address`` as a URL, if it is one or can be completed to one; empty if it has to be a file."""
    scheme = scheme_of(address)
    if kind.name == "email" and not scheme:
        return f"mailto:{address}" if _EMAIL.fullmatch(address) else ""
    if kind.name == "mastodon" and (account := _FEDIVERSE.fullmatch(address)):
        return f"https://{account[2]}/@{account[1]}"
    if scheme in _IDENTIFIERS:  # "doi:10.1000/182" in the field url
        return _identified(LINK_KINDS[scheme], address) or address
    if scheme:
        return address.replace(" ", "%20")
    if address.startswith("//"):
        return f"https:{address}"
    if address.startswith("www."):
        return f"https://{address}"
    if kind.template and kind.name not in _IDENTIFIERS:
        return kind.template.format(quote(address.removeprefix("@"), safe="/:@._-"))
    return ""
