"""Link values: which URL or which local file a field means, and whether a page may lead there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from urllib.parse import quote

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, Report, short_path
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.identifiers import ARXIV_ID, ARXIV_VERSION, DOI, ORCID
from sphinx_cv_ext.model.links import LINK_KINDS, Link, LinkKind, is_safe_url, scheme_of, well_formed
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.sources.latex import read_address

# Printable ASCII but for what is looked at below. Nearly all addresses are like this.
_CLEAN = pattern(r"[!-%'-+\--:=?-\[\]-z|~]*")
_WRAPPED_URL = pattern(r"\\url\s*\{(.*)\}|\\href\s*\{([^{}]*)\}\s*\{.*\}", re.DOTALL)
_ESCAPED = pattern(r"\\([_%&#$~{}])")
# ACM and Crossref join two addresses in one field.
_NEXT_URL = pattern(r"[,;\s](?<=\S[,;\s])\s*(?:and\s+)?(?=https?://)")
# "github.com/ada/x": a host and a path, where no file has that name.
_HOST = pattern(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE)
_IDENTIFIERS = {"doi": pattern(DOI), "arxiv": pattern(ARXIV_ID + ARXIV_VERSION), "orcid": pattern(ORCID)}
_ON_WEB = pattern(r"https?://|//|www\.", re.IGNORECASE)
# arXiv, its HTML of papers, and the DOIs that it gives.
_ON_ARXIV = pattern(
    r"(?:https?:)?(?://)?(?:(?:[\w-]+\.)*(?:arxiv|ar5iv)\.org(?![\w.-])|(?:dx\.)?doi\.org/10\.48550/arxiv\.)",
    re.IGNORECASE,
)
_PDF = pattern(r"[^?#]*(?:\.pdf|/e?pdf(?:/[^?#]*)?)(?:[?#].*)?", re.IGNORECASE)


Found = tuple[str, str | None]
"""A value that names a local file, and what `Files.look` gave for it."""


@frozen
class Files:
    """Where local files may be taken from.

    A relative path is looked for in ``folders``, one after the other, and must end inside one of ``roots``; there
    are none for a profile, which belongs to no page beside which a file could lie.
    ``by_key`` are the files that are named after an entry, by its key and the kind of link. ``looked_for`` is what was
    looked for so far, and what came of it, which depends on more than the entry.
    """

    folders: Sequence[Path] = ()
    roots: Sequence[Path] = ()
    by_key: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    looked_for: list[Found] = field(default_factory=list)

    def find(self, value: str) -> Path | None:
        """The file that ``value`` names; None where there is none. ValueError if it lies outside."""
        found = self.look(value)
        self.looked_for.append((value, found))
        if found is None:
            raise ValueError(value)
        return Path(found) if found else None

    def look(self, value: str) -> str | None:
        """The path of the file that ``value`` names; empty where there is none, None if it lies outside."""
        try:
            inside = self.candidates(value)
            return next((str(path) for path in inside if path.is_file()), "") if inside else None
        except (ValueError, OSError):
            return None

    def candidates(self, value: str) -> list[Path]:
        """The paths inside the project that ``value`` may mean, whether there is a file or not."""
        paths = [(folder / value).resolve() for folder in self.folders]
        return [path for path in paths if any(path.is_relative_to(root.resolve()) for root in self.roots)]

    @property
    def places(self) -> str:
        """``(looked in 'docs', 'papers')``: the folders where a file was looked for that is not there."""
        return f"(looked in {', '.join(repr(name) for name in dict.fromkeys(map(short_path, self.folders)))})"

    @property
    def project(self) -> str:
        """`` (files may lie in 'docs' and …)``: the folders that count, and how there can be more; empty for none."""
        names = ", ".join(repr(name) for name in dict.fromkeys(map(short_path, self.roots)))
        return f" (files may lie in {names} and in the folder that cv_files names)" if names else ""

    def of_key(self, key: str) -> Mapping[str, Path]:
        """The files named after an entry, by the kind of link that they are."""
        return self.by_key.get(key, {})


def files_by_key(folder: Path, kinds: Mapping[str, LinkKind]) -> dict[str, dict[str, Path]]:
    """The files of ``folder`` that are named after an entry and one of ``kinds``: ``KEY.pdf``, or ``KEY.slides.pdf``.

    That is how jekyll-scholar's ``repository`` has them. Symbolic links are passed over, for they lead anywhere.
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
    r"""A URL or a file name as it was meant: without ``\url{…}``, angle brackets, LaTeX's escapes, outer blanks."""
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
    """The link that a field or option of ``kind`` means: a URL, an identifier, or a file of the project.

    Reported, and None: an empty value, a scheme that a page must not link to, a file that is not there or
    lies outside the project.
    """

    def refuse(code: Code, problem: str) -> None:
        report(Diagnostic(code, location, problem, "the link is left out"))

    address = clean_url(value)
    if not address:
        refuse(Code.LINK_EMPTY, f"the link {kind.name!r} is empty")
        return None
    url = _identified(kind, address) or _completed(kind, address)
    if not url and kind.name in _IDENTIFIERS:
        refuse(Code.IDENTIFIER_INVALID, f"{address!r} holds no {kind.label}")
        return None
    if url:
        if is_safe_url(url):
            return Link(kind, url=well_formed(url))
        refuse(Code.LINK_UNSAFE, f"{address!r} is not an address that a page may link to")
        return None
    try:
        found = files.find(address)
    except ValueError:
        refuse(Code.FILE_OUTSIDE, f"the file {address!r} lies outside the project{files.project}")
        return None
    if not found and _HOST.fullmatch(address):
        return Link(kind, url=well_formed(f"https://{address}"))
    if not found:
        refuse(Code.FILE_MISSING, f"the file {address!r} is not there {files.places}")
        return None
    return Link(kind, file=str(found))


def _identified(kind: LinkKind, address: str) -> str:
    """The URL of an identifier that is written in any way; empty where ``address`` holds none."""
    if kind.name not in _IDENTIFIERS:
        return ""
    scheme = scheme_of(address)
    if scheme and not is_safe_url(address) and scheme not in _IDENTIFIERS:
        return ""
    found = _identifier(kind.name, address)
    return kind.template.format(quote(found, safe="/:;()._-")) if found else ""


def identifier(kind: str, text: str) -> str:
    """The DOI, arXiv id or ORCID iD in ``text``, however it is written; empty where there is none.

    ``kind`` is the name of a kind of link.
    """
    return _identifier(kind, clean_url(text)) if kind in _IDENTIFIERS else ""


def _identifier(kind: str, address: str) -> str:
    # Any address may have figures like those of arXiv's in it.
    if kind == "arxiv" and _ON_WEB.match(address) and not _ON_ARXIV.match(address):
        return ""
    match = _IDENTIFIERS[kind].search(address)
    return match[0].rstrip(".,;") if match else ""


def kind_elsewhere(text: str) -> str:
    """The kind of link that an address is which is none of arXiv's: ``pdf`` or ``url``; empty for all other text."""
    address = clean_url(text)
    if not _ON_WEB.match(address) or _ON_ARXIV.match(address):
        return ""
    return "pdf" if _PDF.fullmatch(address) else "url"


def _completed(kind: LinkKind, address: str) -> str:
    """``address`` as a URL if it is one, or can be made one; empty where it must be a file."""
    if kind.name == "email" and "@" in address and not scheme_of(address):
        return f"mailto:{address}"
    scheme = scheme_of(address)
    if scheme in _IDENTIFIERS:  # "doi:10.1000/182" in the field url
        return _identified(LINK_KINDS[scheme], address) or address
    if scheme:
        return address.replace(" ", "%20")
    if address.startswith("//"):
        return f"https:{address}"
    if address.startswith("www."):
        return f"https://{address}"
    if kind.template and kind.name not in _IDENTIFIERS:
        return kind.template.format(quote(address, safe="/:@._-"))
    return ""
