"""Our words are in the language of the site, and words in another script are marked with their language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from babel.numbers import format_percent
from bs4 import BeautifulSoup, Tag
from sphinx.config import Config

from sphinx_cv_ext.extension.locale import CATALOG, FOLDER, words_of
from sphinx_cv_ext.model.links import LINK_KINDS
from sphinx_cv_ext.model.rates import Rate
from sphinx_cv_ext.outputs.words import Words, english, percent_words
from tests.cldr import CHINESE_TO
from tests.project import Built, Project
from tools.catalogues import unfinished

LANGUAGES = sorted(path.parent.name for path in FOLDER.glob("*/LC_MESSAGES"))

# It has no Latin letters except those that a Chinese page also has.
REFS = r"""
@inproceedings{net, title = {网络研究},
  author = {例, 中 and 样, 本 and 张, 三 and 李, 四 and 王, 五 and 赵, 六 and 钱, 七},
  author+an = {1=corresponding; 2=equal; 3=first; 4=last; 5=student; 6=presenter}, author+an:note = {7="实习生"},
  booktitle = {示例会议}, abbr = {示例会}, year = 2021, pages = {1--9}, acceptance = {365/1900},
  award = {最佳论文奖, 2/358; 口头报告}, keywords = {网络}, abstract = {此文研究网络。}, selected = {true},
  code = {https://example.org/code}}
@article{over, title = {另一研究}, author = {例, 中}, journal = {示例学报}, year = 2018, volume = 3, acceptance = {24%},
  keywords = {网络}}
@inproceedings{one, title = {短文}, author = {样, 本}, year = 2019, booktitle = {示例文集}, pages = {7},
  keywords = {短}, pubstate = {inpress}}
@phdthesis{thesis, title = {论示例}, author = {例, 中}, school = {示例大学}, year = 2017}
@phdthesis{again, title = {再论示例}, author = {样, 本}, school = {示例大学}, year = 2017}
@misc{later, title = {未竟}, author = {样, 本 and 例, 中}, pubstate = {submitted}, acceptance = {1/3}}
"""
INDEX = f"""# 例中

:::{{profile}}
:::

:::{{links}}
{chr(10).join(f":{name}: https://example.org/{name}" for name in LINK_KINDS if name not in ("email", "orcid"))}
:email: a@example.org
:::

:::{{figures}}
:::

:::{{publications}}
:authors: 2
:form: compact
:::

:::{{toctree}}
list
dates
:::
"""
LIST = """# 列表

:::{chart} years
:::

:::{chart} years
:keys: net over one thesis
:::

:::{chart} years
:keys: later
:::

:::{chart} rates
:::

:::{chart} rates
:keys: later
:::

:::{publications}
:group: type
:filter:
:export:
:::

:::{publications}
:group: year
:keys: later over
:::

:::{publications}
:group: venue
:keys: later over
:::

:::{publications}
:group: keyword
:keys: later over
:::
"""
DATES = """# 日期

:::{position} 2019-05/present
:what: 研究员
:::

:::{education} 2010-09/2014-06
:where: 示例大学
:::

:::{talk} 2018-10-05
:what: 示例
:::
"""
FILES: dict[str, str | bytes] = {"refs.bib": REFS, "index.md": INDEX, "list.md": LIST, "dates.md": DATES}

SAME = {
    *("BibTeX", "PDF", "HTML", "DOI", "arXiv", "HAL", "PubMed", "OpenReview"),
    *("ORCID", "DBLP", "GitHub", "LinkedIn", "Mastodon", "Bluesky", "X", "JSON Resume"),
    *("{whole}%", "{whole}.{decimals}%"),
}
"""Messages of ours that are the same in Chinese."""

LATIN = SAME | {"Oral", "Spotlight", "biblatex", "RIS", "CSL-JSON", "APA", "MLA", "Chicago", "IEEE"}
"""All words in Latin letters that a Chinese page may have."""

# Two of the formats are texts of their own, and so is a reference in the style that the project has chosen.
_NO_PROSE = ["script", "style", "pre", ".cv-reference"]
_SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-copy", "data-copied", "data-failed")


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = Project(
        tmp_path_factory.mktemp("chinese"),
        FILES,
        project="例中",
        author="例中",
        copyright="例中",
        language="zh_CN",
        html_baseurl="https://example.org/",
        html_title="例中",
        cv_pages="all",
        cv_disable=["cards"],
        cv_profile={"name": "例中", "position": "教授"},
    )
    built = project.build()
    assert built.warnings == []
    return built


def translations(language: str) -> Catalog:
    path = FOLDER / language / "LC_MESSAGES" / f"{CATALOG}.po"
    with path.open("rb") as file:
        return read_po(file, language, abort_invalid=True)


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


# Catalogues ------------------------------------------------------------------------------------------------------


def test_chinese_is_among_the_languages() -> None:
    assert "zh_CN" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_translates_everything_and_nothing_else(language: str) -> None:
    with (FOLDER / f"{CATALOG}.pot").open("rb") as file:
        template = read_po(file)
    catalog = translations(language)
    assert unfinished(catalog) == []
    assert [message.id for message in catalog] == [message.id for message in template]


def test_what_is_not_translated_is_seen() -> None:
    catalog = Catalog("pl")
    catalog.add("done", "gotowe")
    catalog.add("missing")
    catalog.add("unsure", "?", flags=["fuzzy"])
    catalog.add(("one", "more"), ("jeden", "dwa", ""))
    assert unfinished(catalog) == ["missing", "unsure", ("one", "more")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_places_for_data(language: str) -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"\{\w*\}", text))

    for message in translations(language):
        if message.id:
            wanted = places(forms(message.id)[-1])
            for text in forms(message.string):
                assert places(text) == wanted, message.id
                assert re.sub(r"\{\w+\}", "", text).count("{") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    path = FOLDER / language / "LC_MESSAGES" / f"{CATALOG}.mo"
    with path.open("rb") as file:
        compiled = {forms(message.id): forms(message.string) for message in read_mo(file) if message.id}
    assert compiled == {forms(message.id): forms(message.string) for message in translations(language) if message.id}


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("stated", ["24", "2.5", "15.4", "0.001"])
def test_a_percentage_is_written_as_cldr_has_it(language: str, stated: str) -> None:
    words = Words(language, str, english) if language == "en" else words_of(FOLDER, Config(), language)
    expected = format_percent(Decimal(stated) / 100, locale=language, decimal_quantization=False)
    assert percent_words(Rate(stated=stated), words.translate) == expected


def test_a_german_page_has_german_percentages(tmp_path: Path) -> None:
    refs = "@misc{a, title={A}, year=2021, acceptance={1/40}}\n@misc{b, title={B}, year=2020, acceptance={15.40%}}\n"
    page = "# T\n\n:::{figures}\n:show: most-selective\n:::\n\n:::{chart} rates\n:::\n\n:::{publications}\n:::\n"
    page += "\n:::{cv} full\npublications\n:::\n\n:::{cv} english\n:lang: en\npublications\n:::\n"
    project = Project(tmp_path, {"refs.bib": refs, "index.md": page}, language="de")
    soup = project.build().soup("index.html")
    rates = [tag.get_text() for tag in soup.select(".cv-rate")]
    assert rates == ["Angenommen 1 von 40 = 2,5\u00a0%", "Angenommen 15,40\u00a0%"]
    assert soup.select(".cv-figure-value")[0].get_text() == "2,5\u00a0%"
    drawn = [tag.get_text() for tag in soup.select(".cv-chart-value, .cv-chart-ticks text:last-child, figcaption")]
    assert [re.findall(r"[0-9.,]+\s?%", text) for text in drawn if "%" in text] == [
        *(["2,5\u00a0%", "15,40\u00a0%"], ["2,5\u00a0%"], ["15,40\u00a0%"], ["20\u00a0%"]),
    ]
    documents = project.build("cv")
    assert "Angenommen 1 von 40 = 2,5 %" in documents.text("full.txt")
    assert "Accepted 1 of 40 = 2.5%" in documents.text("english.txt")


def test_a_german_page_has_german_states(tmp_path: Path) -> None:
    refs = "@article{a, title={A}, note={Under revision}}\n@article{b, title={B}, year={to be published}}\n"
    page = "# T\n\n:::{publications}\n:sort: title\n:::\n"
    soup = Project(tmp_path, {"refs.bib": refs, "index.md": page}, language="de").build().soup("index.html")
    assert [tag.get_text() for tag in soup.select(".cv-venue")] == ["in Überarbeitung", "erscheint demnächst"]


# Chinese ---------------------------------------------------------------------------------------------------------


def pages(built: Built) -> Iterator[tuple[str, BeautifulSoup]]:
    """Yield the pages of the project and of publications, without what Sphinx and the theme say on them."""
    for path in sorted(built.out.rglob("*.html")):
        if path.name not in ("search.html", "genindex.html"):
            soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
            for theme in soup.select(".related, .sphinxsidebar, .footer, .headerlink"):
                theme.decompose()
            yield path.name, soup


def said(soup: BeautifulSoup) -> Iterator[str]:
    """Yield everything that a reader of a page sees or hears, the words of its controls included."""
    for island in soup.select("script.cv-facets"):
        data = json.loads(island.get_text())
        yield from data["words"].values()
        for facet in data.get("facets", ()):
            yield facet["label"]
            yield from facet["labels"] if facet["name"] in ("type", "rate") else ()
        yield from data["exports"]
    for unseen in soup.select(", ".join(_NO_PROSE)):
        for name in _SPOKEN:
            yield from filter(None, [unseen.get(name)])
        unseen.decompose()
    yield from soup.stripped_strings
    for tag in soup.find_all(True):
        names = (*_SPOKEN, "content") if tag.get("name") == "description" else _SPOKEN
        yield from (tag[name] for name in names if tag.get(name))


def test_no_word_is_left_in_english(chinese: Built) -> None:
    for name, soup in pages(chinese):
        for text in said(soup):
            words = re.sub(r"\{\w+\}|https?:\S+| et al\.", "", text)
            foreign = set(re.findall(r"[A-Za-z][A-Za-z-]+", words)) - LATIN
            assert not foreign, f"{name}: {text}"


# The project does not have every kind of data, nor a CV as a file.
_ON_SOME_PAGES = re.compile(r"model/|starter/|outputs/(words|cv)|extension/(cv_documents|directives/cv)")


def test_every_word_but_some_kinds_of_data_was_looked_for(chinese: Built) -> None:
    seen = "\n".join(text for _, soup in pages(chinese) for text in said(soup)) + chinese.text("llms.txt")
    for message in translations("zh_CN"):
        if message.id and not all(_ON_SOME_PAGES.match(module) for module, _ in message.locations):
            parts = re.split(r"\{\w+\}", forms(message.string)[0])
            assert re.search(".+?".join(map(re.escape, parts)), seen), message.id


def test_what_is_the_same_in_both_languages_is_known() -> None:
    same = {message.id for message in translations("zh_CN") if message.id and message.id == message.string}
    assert same == SAME


def test_words_stand_in_the_order_of_the_language(chinese: Built) -> None:
    entry = chinese.soup("list.html").select_one("#pub-net")
    assert entry is not None
    lines = [line.get_text(" ", strip=True) for line in entry.select(".line")]
    assert lines == [
        "网络研究",
        "例中 † , 样本 * , 张三 ° , 李四 ‡ , 王五 § , 赵六 ¶ , 钱七",
        "示例会 · 示例会议, 第\u00a01–9\u00a0页, 2021",
        "最佳论文奖 · 2/358 = 0.56% 口头报告 录用率 365/1900 = 19.2%",
        "代码 : 网络研究",
        "† 通讯作者。 * 同等贡献。 ° 共同第一作者。 ‡ 共同末位作者。 § 本站主人指导的学生。 ¶ 报告人。 钱七：实习生。",
    ]
    captions = [" ".join(tag.get_text().split()) for tag in chinese.soup("list.html").select("figcaption")]
    assert captions[0] == "2017–2021 年共 5 篇论文；2017 年最多，2 篇；另有 1 篇年份不详"


def test_the_page_says_its_language(chinese: Built) -> None:
    for name, soup in pages(chinese):
        html = soup.find("html")
        assert isinstance(html, Tag)
        assert html["lang"] == "zh-CN", name


def test_dates_are_those_of_the_language(chinese: Built) -> None:
    found = [tag.get_text() for tag in chinese.soup("dates.html").select(".cv-when")]
    assert sorted(found) == [f"2010年9月{CHINESE_TO}2014年6月", "2018年10月5日", "2019年5月至今"]


def test_addresses_are_the_same_in_every_language(chinese: Built) -> None:
    groups = chinese.soup("list.html").select("section.cv-by-type")
    assert [group["id"] for group in groups][:2] == ["type-journal-articles", "type-conference-papers"]
    assert [tag.get_text(" ").split()[0] for tag in groups][:2] == ["期刊论文", "会议论文"]


def test_feeds_are_called_so_in_the_language(chinese: Built) -> None:
    assert "<title>例中 的论文与报告</title>" in chinese.text("feed.xml")
    assert "录用率 365/1900 = 19.2%" in chinese.text("feed.xml")
    assert "Accepted" not in chinese.text("feed.xml") + chinese.text("feed.json") + chinese.text("llms.txt")


# Other languages -------------------------------------------------------------------------------------------------

SHORT = r"""
@misc{net, title = {Netz}, author = {Example, Ada and Sample, Bo}, year = 2021, acceptance = {1/4}}
"""
POLISH = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n"

msgid "publication"
msgid_plural "publications"
msgstr[0] "publikacja"
msgstr[1] "publikacje"
msgstr[2] "publikacji"

msgid "… ({count} author)"
msgid_plural "… ({count} authors)"
msgstr[0] "… ({count} autor)"
msgstr[1] "… ({count} autorzy)"
msgstr[2] "… ({count} autorów)"

msgid "Accepted {figures}"
msgstr "Przyjęto {figures}"
"""
PAGE = """# T

:::{figures}
:show: publications
:::

:::{publications}
:authors: 1
:::
"""


def test_a_language_without_a_catalogue_has_english(tmp_path: Path) -> None:
    built = Project(tmp_path, {"refs.bib": SHORT, "index.md": PAGE}, language="pl").build()
    assert built.warnings == []
    assert "Accepted 1 of 4 = 25%" in built.text("index.html")


@pytest.mark.parametrize("language", ["zh", "zh_CN"])
def test_a_language_may_be_named_with_its_country_or_without(tmp_path: Path, language: str) -> None:
    built = Project(tmp_path, {"refs.bib": SHORT, "index.md": PAGE}, language=language).build()
    assert "录用率 1/4 = 25%" in built.text("index.html")


@pytest.mark.parametrize(
    ("count", "figure", "people"),
    [
        (2, "2 publikacje", "… (2 autorzy)"),
        (5, "5 publikacji", "… (5 autorów)"),
        (22, "22 publikacje", "… (22 autorzy)"),
    ],
)
def test_a_project_may_bring_a_language_with_forms_of_its_own(
    tmp_path: Path, count: int, figure: str, people: str
) -> None:
    names = " and ".join(f"Sample, Bo{'o' * number}" for number in range(count))
    refs = "".join(f"@misc{{a{n}, title={{T}}, author={{{names}}}, acceptance={{1/4}}}}\n" for n in range(count))
    files = {"refs.bib": refs, "index.md": PAGE, "words/pl/LC_MESSAGES/sphinx_cv_ext.po": POLISH}
    built = Project(tmp_path, files, language="pl", locale_dirs=["words"]).build()
    assert built.warnings == []
    soup = built.soup("index.html")
    assert [" ".join(tag.get_text().split()) for tag in soup.select(".cv-figures li")] == [figure]
    assert people in soup.select(".cv-authors")[0].get_text().replace("\xa0", " ")
    assert soup.select(".cv-rate")[0].get_text() == "Przyjęto 1 of 4 = 25%"


def test_one_is_said_in_the_singular(tmp_path: Path) -> None:
    files = {"refs.bib": SHORT, "index.md": PAGE, "words/pl/LC_MESSAGES/sphinx_cv_ext.po": POLISH}
    soup = Project(tmp_path, files, language="pl", locale_dirs=["words"]).build().soup("index.html")
    assert "1 publikacja" in " ".join(soup.select(".cv-figures li")[0].get_text().split())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Next", "Previous", "Home", "On this page", "Back to top"]),
        ("de", ["Weiter", "Zurück", "Startseite", "Auf dieser Seite", "Nach oben"]),
        ("zh_CN", ["下一页", "上一页", "首页", "本页内容", "回到顶部"]),
        ("zh", ["下一页", "上一页", "首页", "本页内容", "回到顶部"]),
    ],
)
def test_furo_speaks_the_language_too(tmp_path: Path, language: str, words: list[str]) -> None:
    toctree = "\n:::{toctree}\nnext\nlast\n:::\n"
    files = {"refs.bib": "", "index.md": f"# T\n{toctree}", "next.md": "# N\n\n## S\n", "last.md": "# L\n"}
    soup = Project(tmp_path, files, language=language, html_theme="furo").build().soup("next.html")
    following, before = soup.select_one(".next-page .context"), soup.select(".prev-page .page-info > div")
    found = [following, *before, soup.select_one(".toc-title"), soup.select_one(".back-to-top span")]
    assert [tag.get_text(strip=True) for tag in found if tag] == words


def test_words_of_a_project_for_furo_go_before_ours(tmp_path: Path) -> None:
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Next"\nmsgstr "Voran"\n'
    files = {"refs.bib": "", "index.md": "# T\n\n:::{toctree}\nnext\n:::\n", "next.md": "# N\n"}
    files["locales/de/LC_MESSAGES/sphinx.po"] = po
    soup = Project(tmp_path, files, language="de", html_theme="furo").build().soup("index.html")
    assert "Voran" in soup.select(".next-page")[0].get_text()


def test_words_of_a_project_go_before_ours(tmp_path: Path) -> None:
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Code"\nmsgstr "程序"\n'
    page = "# T\n\n:::{links}\n:code: https://example.org/\n:video: https://example.org/\n:::\n"
    files = {"refs.bib": "", "index.md": page, "words/zh_CN/LC_MESSAGES/sphinx_cv_ext.po": po}
    soup = Project(tmp_path, files, language="zh_CN", locale_dirs=["words"]).build().soup("index.html")
    assert [tag.get_text() for tag in soup.select(".cv-link")] == ["程序", "视频"]


@pytest.mark.parametrize("wrong", ["Przyjęto {others}", "Przyjęto {", "Przyjęto }", "Przyjęto {0}", "{figures.real}"])
def test_a_translation_that_cannot_be_filled_in_is_passed_over(tmp_path: Path, wrong: str) -> None:
    words = POLISH.replace("Przyjęto {figures}", wrong)
    words = words.replace("{count} autor", "{cuont} autor").replace("publika", "{publika")
    files = {"refs.bib": SHORT, "index.md": PAGE, "words/pl/LC_MESSAGES/sphinx_cv_ext.po": words}
    text = Project(tmp_path, files, language="pl", locale_dirs=["words"]).build().text("index.html")
    assert "Accepted 1 of 4 = 25%" in text
    assert "…\xa0(2\xa0authors)" in text
    assert ">publication<" in text


# Other scripts ---------------------------------------------------------------------------------------------------

MIXED = r"""
@article{net, title = {深度学习}, author = {温, 伟 and Ада Пример and Example, Ada}, journal = {示例学报}, year = 2021,
  abstract = {此文研究网络。}}
@article{netz, title = {Das Netz}, author = {Müller, Jörg}, journal = {J}, year = 2020, langid = {german}}
@article{plain, title = {A Net}, author = {Example, Ada}, journal = {J}, year = 2019, langid = {english}}
"""


def marked(soup: BeautifulSoup, where: str) -> list[tuple[str, str, str]]:
    return [(tag.name, str(tag["lang"]), tag.get_text()) for tag in soup.select(f"{where} [lang]")]


def test_words_of_another_language_say_which(tmp_path: Path) -> None:
    profile = {"name": "Ada Example", "native_name": "温伟"}
    files = {"refs.bib": MIXED, "index.md": "# T\n\n:::{publications}\n:::\n"}
    built = Project(tmp_path, files, cv_pages="all", cv_profile=profile).build()
    assert built.warnings == []
    assert marked(built.soup("index.html"), "body") == [
        ("bdi", "zh", "深度学习"),
        ("bdi", "zh", "温伟"),
        ("bdi", "und-Cyrl", "Ада Пример"),
        ("bdi", "zh", "示例学报"),
        ("bdi", "de", "Das Netz"),
    ]
    assert [tag.get_text() for tag in built.soup("index.html").select(".cv-owner")][:1] == ["温伟"]
    assert marked(built.soup("publications/net.html"), ".body") == [
        ("h1", "zh", "深度学习¶"),
        ("bdi", "zh", "温伟"),
        ("bdi", "und-Cyrl", "Ада Пример"),
        ("bdi", "zh", "示例学报"),
        ("p", "zh", "此文研究网络。"),
        ("p", "zh", "温伟, Пример, А., & Example, A. (2021). 深度学习. 示例学报."),
    ]
    assert marked(built.soup("publications/netz.html"), "#cite") == []


def test_a_name_does_not_make_a_reference_foreign(tmp_path: Path) -> None:
    refs = r"""
    @book{lob, title = {Lob}, author = {谷崎, 潤一郎}, publisher = {V}, year = 2020, langid = {german},
      origlanguage = {japanese}}
    @book{inei, title = {陰翳礼讃}, author = {谷崎, 潤一郎}, year = 1939, langid = {japanese}}
    """
    files = {"refs.bib": refs, "index.md": "# T\n\n:::{publications}\n:::\n"}
    built = Project(tmp_path, files, cv_pages="all").build()
    assert marked(built.soup("publications/lob.html"), ".body") == [
        ("h1", "de", "Lob¶"),
        ("bdi", "ja", "谷崎潤一郎"),
    ]
    assert marked(built.soup("publications/inei.html"), ".body") == [
        ("h1", "ja", "陰翳礼讃¶"),
        ("bdi", "ja", "谷崎潤一郎"),
        ("p", "ja", "谷崎潤一郎. (1939). 陰翳礼讃."),
    ]


def test_other_outputs_have_the_bare_words(tmp_path: Path) -> None:
    files = {"refs.bib": MIXED, "index.md": "# T\n\n:::{publications}\n:::\n"}
    project = Project(tmp_path, files)
    text = project.build("text").text("index.txt")
    assert "深度学习" in text
    assert "温伟, Ада Пример, Ada Example" in text
    for builder in ("latex", "man", "texinfo", "epub"):
        assert project.build(builder, version="1", suppress_warnings=["epub.unknown_project_files"]).warnings == []


def test_a_language_with_a_hyphen_is_told(tmp_path: Path) -> None:
    built = Project(tmp_path, {"refs.bib": SHORT, "index.md": PAGE}, language="de-AT").build()
    assert "language cannot be 'de-AT', only 'de_AT'; words are English [cv.setting_invalid]" in built.warnings[0]
