"""Our BibTeX: what pybtex reads in it; and biber accepts the dialect for biblatex."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from pybtex.database import Entry, parse_string

from sphinx_cv_ext.model.publication import PUBLICATION_TYPES
from sphinx_cv_ext.outputs.bibtex import BIBTEX_TYPES, biblatex, bibtex
from sphinx_cv_ext.outputs.latex import escape
from sphinx_cv_ext.outputs.parts import countries, patent_number, patent_office
from tests.casefile import Case, read_cases
from tests.outputs.readers import biber
from tests.outputs.reading import BIBS, publication, publications

# Oren Patashnik, "BibTeXing", section 3.1.
CLASSIC = {
    *("article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual"),
    *("mastersthesis", "misc", "phdthesis", "proceedings", "techreport", "unpublished"),
}


def read(source: str) -> Entry:
    """What pybtex reads in the only publication of ``source``, written as BibTeX."""
    (found,) = parse_string(bibtex(publication(source)), "bibtex").entries.values()
    return found


def test_it_is_aligned() -> None:
    source = (
        "@online{p1, title={{DNA} of 1 \\& 2}, author={Example, Ada and others}, date={2018-05-01},"
        " eprint={1805.07898}, eprinttype={arxiv}, eprintclass={cs.LG}}"
    )
    assert bibtex(publication(source)) == (
        "@misc{p1,\n"
        "  author        = {Example, Ada and others},\n"
        "  title         = {{DNA} of 1 \\& 2},\n"
        "  year          = {2018},\n"
        "  month         = may,\n"
        "  url           = {https://arxiv.org/abs/1805.07898},\n"
        "  eprint        = {1805.07898},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass  = {cs.LG},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("Ada's well-known 7 of 9", "Ada's well-known 7 of 9"),
        ("50 % & a_b–c", r"50 \% \& a\_b--c"),
        ("a--b & ---", r"a-{}-b \& -{}-{}-"),
        ("–-—", "--{}-{}---"),
        ("''x’’", "'{}'x'{}'"),
        ("!`?‘ `‘", r"!\textasciigrave{}?{}` \textasciigrave{}`"),
        ('"‘a"’', '"{}`a"\''),
        ("“‘x’”", "```x'{}''"),
    ],
)
def test_tex_sees_the_signs_that_are_there(text: str, latex: str) -> None:
    assert escape(text) == latex


@pytest.mark.parametrize(
    ("title", "latex"),
    [
        (r"H$\alpha$ at 10$^{-1}$ M$_\odot$", r"H$\alpha$ at 10$^{-1}$ M$_{\odot}$"),
        ("Hα of 5−7 K, αβ", r"H$\alpha$ of 5$-$7 K, $\alpha\beta$"),
        # Styles change capitals in titles to small letters, even in a formula.
        (r"$\Delta$x", r"\ensuremath{\Delta}x"),
        ("\\$α &−α", r"\$$\alpha$ \&$-$$\alpha$"),
        (r"z<sup>−0.5</sup>, <sub>n−1</sub>", r"z$^{-0.5}$, \textsubscript{n$-$1}"),
        (r"H$_2$O, 5\textsuperscript{th}", r"H\textsubscript{2}O, 5\textsuperscript{th}"),
        ("Βαθιά μάθηση και β", "Βαθιά μάθηση και β"),
        (r"$O(n\log\alpha)$", r"$O(n\log\alpha)$"),
    ],
)
def test_what_pdflatex_has_in_formulas_alone_is_one(title: str, latex: str) -> None:
    found = publication(f"@misc{{k, title={{{title}}}, howpublished={{{title}}}, keywords={{{title}}}}}")
    for written in (bibtex(found), biblatex(found)):
        assert re.search(r" title +=", written)
        assert f"{{{latex}}}" in written
        again = publication(written)
        assert (again.title, again.venue, again.keywords) == (found.title, found.venue, found.keywords)


def test_pybtex_reads_every_field() -> None:
    found = read(
        r"""
        @article{a1, title = {Ünder 50\% of {DNA} \emph{in vivo}}, author = {van den Berg, Jan and
          Example, Jr., Ada Beth and {Example and Sons} and 李, 明},
          journaltitle = {Journal of Examples \& More}, volume = 7, number = 2,
          pages = {41--43}, date = {2019-05-31}, doi = {10.1000/xyz_1}, issn = {1234-5678}, pubstate = {inpress},
          file = {/home/ada/a1.pdf}, author+an = {1=equal}, acceptance = {1/4}, award = {Best Paper},
          note = {Extra.}}"""
    )
    assert found.type == "article"
    assert dict(found.fields) == {
        "title": r"Ünder 50\% of {DNA} \emph{in vivo}",
        "journal": r"Journal of Examples \& More",
        "volume": "7",
        "number": "2",
        "pages": "41--43",
        "year": "2019",
        "month": "May",
        "doi": "10.1000/xyz_1",
        "issn": "1234-5678",
        "note": "in press. Extra",
    }
    berg, example, sons, li = found.persons["author"]
    assert (berg.prelast_names, berg.last_names, berg.first_names) == (["van", "den"], ["Berg"], ["Jan"])
    assert (example.last_names, example.lineage_names) == (["Example"], ["Jr."])
    assert (example.first_names, example.middle_names) == (["Ada"], ["Beth"])
    assert sons.last_names == ["{Example and Sons}"]
    assert (li.last_names, li.first_names) == (["李"], ["明"])


@pytest.mark.parametrize(
    ("source", "kind", "fields"),
    [
        (
            "@inproceedings{k, booktitle={Proc.}, address={Bonn}, publisher={P}, doi={10.1000/1}, url={https://example.org}}",
            "inproceedings",
            {"booktitle": "Proc.", "address": "Bonn", "publisher": "P", "doi": "10.1000/1"},
        ),
        (
            "@incollection{k, booktitle={Book}, maintitle={Works}, mainsubtitle={All}, volume={3}}",
            "incollection",
            {"booktitle": "Book", "series": "Works: All", "volume": "3"},
        ),
        ("@incollection{k, booktitle={Book}}", "incollection", {"booktitle": "Book"}),
        ("@inbook{k, publisher={P}, chapter={4}}", "inbook", {"publisher": "P", "chapter": "4"}),
        ("@book{k, publisher={P}, edition={Second}}", "book", {"publisher": "P", "edition": "Second"}),
        ("@phdthesis{k, school={U}}", "phdthesis", {"school": "U"}),
        ("@thesis{k, type={mathesis}, institution={U}}", "mastersthesis", {"school": "U"}),
        ("@thesis{k, institution={U}}", "phdthesis", {"school": "U", "type": "Thesis"}),
        ("@thesis{k, type={Habilitation}, institution={U}}", "phdthesis", {"school": "U", "type": "Habilitation"}),
        ("@report{k, institution={Lab}, number={7}}", "techreport", {"institution": "Lab", "number": "7"}),
        ("@manual{k, institution={Lab}}", "manual", {"organization": "Lab"}),
        ("@dataset{k, publisher={Zenodo}}", "misc", {"howpublished": "Zenodo"}),
        ("@software{k, code={https://example.org/c}}", "misc", {"url": "https://example.org/c"}),
        ("@talk{k, eventtitle={Days}, location={Bonn}}", "misc", {"howpublished": "Days", "address": "Bonn"}),
        ("@unpublished{k, note={Draft}}", "unpublished", {"note": "Draft"}),
        (
            "@article{k, journal={arXiv preprint arXiv:1805.07898}}",
            "misc",
            {"url": "https://arxiv.org/abs/1805.07898", "eprint": "1805.07898", "archivePrefix": "arXiv"},
        ),
        ("@inproceedings{k, journal={J}, volume={2}}", "article", {"journal": "J", "volume": "2"}),
    ],
)
def test_types_and_their_fields(source: str, kind: str, fields: dict[str, str]) -> None:
    found = read(source.replace("{k,", "{k, title={T}, author={Example, Ada}, year={2020},", 1))
    assert found.type == kind
    assert dict(found.fields) == {"title": "T", "year": "2020"} | fields


def test_what_volumes_are_called_together_is_not_lost() -> None:
    source = "@book{k, title={T}, publisher={P}, maintitle={Works}, mainsubtitle={All}, volume={3}}"
    found = publication(source)
    assert "maintitle = {Works: All}" in biblatex(found)
    assert publication(biblatex(found)) == found


def test_a_patent_reads_back_the_same() -> None:
    fields = "type={patrequs}, number={US 7}, holder={Example Co., Ltd. and {A and B}}, location={countryfr and Spain}"
    found = publication(f"@patent{{k, title={{T}}, author={{A. Example}}, {fields}}}")
    assert publication(biblatex(found)) == found
    again = publication(bibtex(found))
    assert (again.type, again.details, again.credits) == (found.type, found.details, found.credits)


def test_the_type_of_a_patent_in_words_names_its_office_too() -> None:
    fields = "title={T}, number={US 7}, location={countryus}"
    words, string = (publication(f"@patent{{k, type={{{kind}}}, {fields}}}") for kind in ("U.S. patent", "patentus"))
    assert patent_number(words) == patent_number(string) == "7"
    assert patent_office(words) == patent_office(string) != ""
    assert countries(words) == countries(string) == []
    several = publication("@patent{k, type={U.S. patent}, title={T}, location={Spain, France}}")
    assert countries(several) == ["Spain", "France"]


def test_a_newspaper_is_an_article_of_a_kind() -> None:
    found = publication("@newspaper{k, title={T}, journal={News}, year={2020}}")
    assert biblatex(found).startswith("@article{k,")
    assert publication(biblatex(found)) == found


def test_every_type_of_ours_has_one() -> None:
    assert list(BIBTEX_TYPES) == list(PUBLICATION_TYPES)
    assert set(BIBTEX_TYPES.values()) <= CLASSIC


@pytest.mark.parametrize("case", read_cases("dialects.txt"), ids=str)
def test_it_reads_back_the_same(case: Case) -> None:
    for found in publications(case.input):
        (again,) = publications(bibtex(found))
        assert [author.name for author in again.authors] == [author.name for author in found.authors]
        assert again.plain_title == found.plain_title
        assert (again.year, again.et_al, again.details.doi) == (found.year, found.et_al, found.details.doi)


@given(BIBS)
def test_any_publication_is_one_entry_with_balanced_braces(source: str) -> None:
    for found in publications(source):
        for written in (bibtex(found), biblatex(found)):
            depth = 0
            for brace in re.findall(r"[{}]", written):
                depth += 1 if brace == "{" else -1
                assert depth >= 0
            assert depth == 0
            assert "= {},\n" not in written
        assert re.match(r"@(\w+)", bibtex(found))[1] in CLASSIC  # type: ignore[index]


def test_biber_reads_the_dialect_of_biblatex() -> None:
    sources = "\n".join(case.input for case in read_cases("dialects.txt") if "<script>" not in case.input)
    found = publications(sources)
    assert [entry["key"] for entry in biber("\n".join(map(biblatex, found)))] == [entry.key for entry in found]


def test_a_role_of_any_name_is_read_back() -> None:
    found = publication(r"@misc{a, title={T}, editor={Doe, Jane}, editortype={R\'edacteur \& chef}, year={2020}}")
    assert found.part == "rédacteur & chef"
    assert publication(biblatex(found)).part == found.part
