"""What Sphinx's search index contains of our pages."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from sphinx.search import IndexBuilder
from sphinx.util.docutils import new_document

from sphinx_cv_ext.extension import searching
from sphinx_cv_ext.extension.searching import IndexFeed
from tests.project import HOME, Project

PAGES = (
    ("Ternary Gradients", "Ternary gradients reduce Communication, 2017 the the 17 of running runs ran Wen"),
    ("Éloge de l’été", "Les étés à Paris, élégant et élégants; a b c x86_64 don't"),
    ("学习结构化稀疏", "深度神经网络 学习 ディープラーニング Straße STRASSE ΑΒΓ"),
    ("Only a title", ""),
)


@pytest.mark.parametrize("language", ["en", "de", "fr", "ja", "zh"])
def test_the_words_of_a_page_are_those_that_sphinx_finds_in_its_document(tmp_path: Path, language: str) -> None:
    # The words are kept in the environment, and each index needs an environment of its own.
    envs = [Project(tmp_path / name, {"index.md": HOME, "refs.bib": ""}).build().env for name in ("ours", "theirs")]
    ours, theirs = (IndexBuilder(env, language, {}, "") for env in envs)

    build: Any = SimpleNamespace(is_index_new=False)
    builder: Any = SimpleNamespace(indexer=ours, env=envs[0])
    feed = IndexFeed(builder, build)
    for place, (title, said) in enumerate(PAGES):
        feed.page(f"page{place}", title, title, said)
        document = new_document("")
        document += nodes.section("", nodes.title("", title), nodes.paragraph("", said), ids=["publication"])
        theirs.feed(f"page{place}", f"page{place}.rst", title, document)
    assert not build.is_index_new
    feed.tell(feed.gathered())
    assert build.is_index_new
    assert ours.freeze() == theirs.freeze()
    terms: Any = ours.freeze()["terms"]
    assert terms
    assert any(isinstance(pages, int) for pages in terms.values())


def test_without_an_index_that_is_known_the_site_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "PRIVATE", ("_of_a_later_sphinx",))
    files = {"index.md": "# Home\n\n:::{publications}\n:::\n", "refs.bib": "@misc{a, title={Looms}, year=2020}"}
    project = Project(tmp_path, files, cv_pages="all")
    built = project.build()
    assert built.codes() == ["cv.search_index"]
    assert "Looms" in built.text("publications/a.html")
    project.write("refs.bib", "@misc{a, title={Engines}, year=2020}")
    assert "Engines" in project.build().text("publications/a.html")
