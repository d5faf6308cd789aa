"""RIS: the tags of each type, and lines that stay lines."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given

from sphinx_cv_ext.model.publication import PUBLICATION_TYPES
from sphinx_cv_ext.outputs import ris
from tests.outputs.reading import BIBS, publication, publications


def lines(source: str) -> list[str]:
    return ris.record(publication(source)).split("\r\n")[:-1]


def test_an_article() -> None:
    assert lines(
        r"""
        @article{a1, title = {On {DNA}},
          author = {van den Berg, Jan and Example, Jr., Ada and {Example Group} and others},
          journal = {Journal of Examples}, shortjournal = {J. Ex.}, volume = 7, number = 2, pages = {41--43},
          date = {2019-05-31}, doi = {10.1000/xyz_1}, issn = {1234-5678}, langid = {british}, keywords = {one; two},
          eprint = {1901.00001}, eprinttype = {arxiv}, note = {With
          data}, pdf = {https://example.org/a1.pdf}, abstract = {We show it.}}"""
    ) == [
        "TY  - JOUR",
        "ID  - a1",
        "AU  - van den Berg, Jan",
        "AU  - Example, Ada, Jr.",
        "AU  - Example Group,",
        "AU  - et al.,",
        "TI  - On DNA",
        "T2  - Journal of Examples",
        "J2  - J. Ex.",
        "PY  - 2019",
        "DA  - 2019/05/31/",
        "VL  - 7",
        "IS  - 2",
        "SP  - 41",
        "EP  - 43",
        "SN  - 1234-5678",
        "DO  - 10.1000/xyz_1",
        "UR  - https://arxiv.org/abs/1901.00001",
        "L1  - https://example.org/a1.pdf",
        "DB  - arXiv",
        "AN  - arXiv:1901.00001",
        "LA  - en-GB",
        "KW  - one",
        "KW  - two",
        "N1  - With data",
        "AB  - We show it.",
        "ER  - ",
    ]


def test_a_conference_paper() -> None:
    assert lines(
        "@inproceedings{c, title={C}, author={李, 明}, editor={Sample, Grace}, booktitle={Proceedings of Examples},"
        " series={LNE}, pages={7}, publisher={Example Press}, address={Berlin}, year={2018}, month=may}"
    ) == [
        "TY  - CONF",
        "ID  - c",
        "AU  - 李, 明",
        "TI  - C",
        "T2  - Proceedings of Examples",
        "C3  - Proceedings of Examples",
        "A2  - Sample, Grace",
        "T3  - LNE",
        "PY  - 2018",
        "DA  - 2018/05//",
        "SP  - 7",
        "PB  - Example Press",
        "CY  - Berlin",
        "ER  - ",
    ]


def test_editors_translators_theses_reports_and_software() -> None:
    assert "ED  - Example, Ada" in lines("@book{b, title={B}, editor={Example, Ada}}")
    book = lines("@book{b, title={B}, author={Roe, Jo}, editor={Example, Ada}, translator={Doe, Jane and Roe, R.}}")
    assert [line for line in book if line[:2] in ("AU", "ED", "A4")] == [
        "AU  - Roe, Jo",
        "ED  - Example, Ada",
        "A4  - Doe, Jane",
        "A4  - Roe, R.",
    ]
    some = "editor={Example, Ada and others}, translator={Doe, Jane and others}"
    some_of_them = lines(f"@incollection{{c, title={{C}}, author={{Roe, Jo}}, booktitle={{B}}, {some}}}")
    assert [line for line in some_of_them if line[:2] in ("A2", "A4")] == [
        "A2  - Example, Ada",
        "A2  - et al.,",
        "A4  - Doe, Jane",
        "A4  - et al.,",
    ]
    thesis = lines("@phdthesis{d, title={D}, author={Example, Ada}, school={University of Examples}}")
    assert {"TY  - THES", "M3  - PhD thesis", "PB  - University of Examples"} <= set(thesis)
    report = lines("@techreport{r, title={R}, author={Example, Ada}, institution={Lab}, number={TR-7}}")
    assert {"TY  - RPRT", "SN  - TR-7", "PB  - Lab"} <= set(report)
    assert "ET  - 2.1.0" in lines("@software{s, title={S}, author={Example, Ada}, version={2.1.0}}")
    assert "T2  - Example Days" in lines("@talk{t, title={T}, author={Example, Ada}, eventtitle={Example Days}}")


def test_no_asterisk_where_the_specification_has_none() -> None:
    found = lines("@article{a, title={A* search}, author={Example, Ada}, journal={J*}, keywords={A*}}")
    assert {"TI  - A* search", "T2  - J", "KW  - A"} <= set(found)


def test_every_type_of_ours_has_one() -> None:
    assert list(ris.TYPES) == list(PUBLICATION_TYPES)


@given(BIBS)
def test_any_publication_is_lines_with_tags(source: str) -> None:
    for found in publications(source):
        record = ris.record(found)
        first, *middle, last, end = record.split("\r\n")
        assert re.fullmatch(r"TY  - [A-Z]{3,5}", first)
        assert (last, end) == ("ER  - ", "")
        for line in middle:
            assert re.fullmatch(r"[A-Z][A-Z0-9]  - \S.*", line), line
            assert not any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in line), line
