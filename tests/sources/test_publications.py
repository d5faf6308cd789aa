"""Whole entries of every dialect: the text, the publication that is read from it, and the warnings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sphinx_cv_ext.diagnostics import Diagnostic
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.model.text import Linked, Math, RichText, Style, Styled, Text, plain
from sphinx_cv_ext.outputs import bibtex as bibtex_output
from sphinx_cv_ext.outputs.parts import eprint, volume
from sphinx_cv_ext.outputs.words import award_words, details_words, english, legend, names_end, rate_words, type_words
from sphinx_cv_ext.sources import Database, Settings, load
from sphinx_cv_ext.sources.latex import decode
from tests.casefile import Case, read_cases

MARKUP = {
    Style.EMPHASIS: "em",
    Style.STRONG: "b",
    Style.CODE: "code",
    Style.SMALL_CAPS: "sc",
    Style.SUBSCRIPT: "sub",
    Style.SUPERSCRIPT: "sup",
}


def marked(text: RichText) -> str:
    parts = []
    for inline in text:
        match inline:
            case Text(value):
                parts.append(value)
            case Math(source):
                parts.append(f"<math>{source}</math>")
            case Linked(url, children):
                parts.append(f"<a {url}>{marked(children)}</a>")
            case Styled(Style.PROTECTED, children):
                parts.append(marked(children))
            case Styled(style, children):
                parts.append(f"<{MARKUP[style]}>{marked(children)}</{MARKUP[style]}>")
    return "".join(parts)


def described(publication: Publication, folder: Path) -> Iterator[str]:
    """What a person would say of a publication, a line each; what it does not have is not said."""
    yield f"{publication.key}: {publication.type.label}"
    yield f"  title: {marked(publication.title)}"
    people = [
        f"{author.name}{author.marks}" + (f" ({author.orcid})" if author.orcid else "")
        for author in publication.authors
    ]
    if people:
        role = {"author": "authors", "editor": "editors"}.get(publication.part, "people")
        end = names_end(publication, english) if role == "people" else " et al." if publication.et_al else ""
        yield f"  {role}: {', '.join(people)}{end}"
    if publication.credited("editor"):
        yield f"  editors: {', '.join(map(str, publication.credited('editor')))}"
    for mark, sentence in legend(publication, str):
        yield f"  legend: {mark} {sentence.removesuffix('.')}"
    kind = type_words(publication, str) if publication.type.name == "patent" else ""  # it has the number
    said = (publication.venue.short, kind, publication.venue.name, details_words(publication, str))
    venue = " | ".join(filter(None, said))
    if venue:
        yield f"  venue: {venue}"
    if publication.date:
        span = publication.span
        yield f"  date: {publication.date}" + (f" to {span.end or 'now'}" if span else "")
    if publication.original_date:
        yield f"  first out: {publication.original_date}"
    if publication.state:
        yield f"  state: {publication.state}"
    if publication.language:
        yield f"  language: {publication.language}"
    if publication.acceptance:
        yield f"  rate: {rate_words(publication.acceptance, str)}"
    for award in publication.awards:
        yield f"  award: {award_words(award, str)}" + (f" <{award.url}>" if award.url else "")
    for link in publication.links:
        yield f"  {link.kind.name}: {link.url or Path(link.file).relative_to(folder).as_posix()}"
    for remark in publication.remarks:
        yield f"  remark: {marked(remark)}"
    if publication.keywords:
        yield f"  keywords: {', '.join(publication.keywords)}"
    if publication.selected:
        yield "  selected"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two papers on disk."""
    found = tmp_path_factory.mktemp("project")
    for name in ("here.pdf", "papers/on2020key.pdf", "papers/on2020key.slides.pdf"):
        path = found / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"%PDF-1.7")
    return found


def read(source: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Database, list[Diagnostic]]:
    monkeypatch.chdir(folder)
    path = folder / "case.bib"
    path.write_text(source, encoding="utf-8")
    problems: list[Diagnostic] = []
    return load(Settings([path], roots=[folder], repository=folder / "papers"), problems.append), problems


@pytest.mark.parametrize("case", read_cases("dialects.txt"), ids=str)
def test_dialects(case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database, problems = read(case.input, folder, monkeypatch)
    lines = [line for publication in database.library.listed for line in described(publication, folder)]
    lines += [f"{problem.code.value} {problem.location}: {problem}" for problem in problems]
    assert "\n".join(lines) == case.expected


@pytest.mark.parametrize("case", read_cases("dialects.txt"), ids=str)
def test_every_entry_is_kept_or_reported(case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database, problems = read(case.input, folder, monkeypatch)
    left_out = [d for d in problems if d.code.value in ("bib_duplicate_key", "bib_empty_entry")]
    assert database.read == len(database.library.by_key) + len(left_out)


@pytest.mark.parametrize("case", read_cases("dialects.txt"), ids=str)
def test_what_is_written_as_bibtex_reads_back_the_same(
    case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, _ = read(case.input, folder, monkeypatch)
    written = "\n".join(bibtex_output.biblatex(publication) for publication in database.library.by_key.values())
    again, problems = read(written, folder, monkeypatch)
    assert not [str(problem) for problem in problems if problem.code.value.startswith(("bib_", "name_"))]
    assert [core(p) for p in again.library.by_key.values()] == [core(p) for p in database.library.by_key.values()]


def core(publication: Publication) -> tuple[object, ...]:
    """What an entry in BibTeX can carry of a publication."""
    return (
        publication.key,
        plain(publication.title),
        [author.name for author in publication.authors],
        publication.et_al,
        publication.part,
        [(credit.role, credit.names) for credit in publication.credits],
        publication.venue.name if publication.venue.field else "",
        publication.date,
        # The eprint may have been in a link or in the volume; the entry has it as a field.
        replace(publication.details, eprint="", eprinttype="", eprintclass="", volume=volume(publication)),
        eprint(publication),
        publication.keywords,
        plain(publication.abstract),
    )


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ("address={New York, NY, USA}, location={Virtual Event, Singapore}", "New York, NY, USA"),
        ("location={Virtual Event, Singapore}, address={New York, NY, USA}", "New York, NY, USA"),
        ("address={Berlin}", "Berlin"),
        ("location={Cham}, venue={Glasgow}", "Cham"),
        ("address={ }, location={Cham}", "Cham"),
    ],
)
def test_the_place_is_that_of_the_publisher(
    fields: str, place: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ACM's exports also say where the meeting was."""
    database, _ = read(f"@inproceedings{{a, title={{A}}, booktitle={{B}}, {fields}}}", folder, monkeypatch)
    assert database.library.by_key["a"].details.location == place


@pytest.mark.parametrize(
    ("fields", "type_", "number"),
    [
        ("note={US Patent 11,410,040}", "patentus", "11,410,040"),
        ("note={US Patent App. 17/000,001}", "patrequs", "17/000,001"),
        ("note={EP Patent 1,234,567}", "patenteu", "1,234,567"),
        ("note={CN Patent 101,234}", "patent", "CN 101,234"),
        ("note={US Patent 1,234}, type={Utility patent}", "Utility patent", "1,234"),
        ("note={US Patent 1,234}, number={5,678}", "", "5,678"),
    ],
)
def test_the_number_of_a_patent(
    fields: str, type_: str, number: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, _ = read(f"@misc{{a, title={{A}}, publisher={{Google Patents}}, {fields}}}", folder, monkeypatch)
    details = database.library.by_key["a"].details
    assert (details.type, details.number, details.publisher) == (type_, number, "")


@given(st.text() | st.text(st.sampled_from("<>&;ltgp/b!-#60 \"'`~$\\{}^_%é\x1bα"), max_size=14))
@example(r"\`")
@example("&lt;p&gt;")
@example("<P\x1b>")
@example("&lt;!-- p --&gt;")
@example("&amp;lt;")
@example("&amp;#60;")
@example("\\'")
@example("`{``")
@example("'{''")
@example("$\\ $")
@example("$&${0")
def test_text_written_as_latex_reads_back_the_same(source: str) -> None:
    text = decode(source)
    assert marked(decode(bibtex_output.latex(text))) == marked(text)
