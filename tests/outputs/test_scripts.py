"""What a script says about the language of a name or a title."""

from __future__ import annotations

import pytest

from sphinx_cv_ext.outputs.scripts import language_of, language_of_name


@pytest.mark.parametrize(
    ("text", "page", "said", "language"),
    [
        # By the script alone.
        ("深度学习", "en", "", "zh"),
        ("深層学習の基礎", "en", "", "ja"),
        ("ジョン・スミス", "en", "", "ja"),
        ("심층 학습", "en", "", "ko"),
        ("Глубокое обучение", "en", "", "und-Cyrl"),
        ("Βαθιά μάθηση", "en", "", "el"),
        ("ἀ ἁ ἂ", "en", "", "el"),
        ("التعلم العميق", "en", "", "und-Arab"),
        ("למידה עמוקה", "en", "", "he"),
        ("Deep Learning", "en", "", ""),
        ("“Lời giải” – ﬁrst…", "en", "", ""),
        # The language in the source wins if it fits the script.
        ("Глубокое обучение", "en", "ru", "ru"),
        ("深層学習", "en", "ja", "ja"),
        ("深度学习", "en", "en", "zh"),
        ("Tiefes Lernen", "en", "de", "de"),
        ("Tiefes Lernen", "en", "de-AT", "de-AT"),
        ("Deep Learning", "zh_CN", "en", "en"),
        ("Deep Learning", "en", "zh", ""),
        ("Duboko učenje", "en", "sr", "sr"),
        # The page's own language needs no name, nor does a script in which it is written.
        ("深度学习", "zh_CN", "", ""),
        ("深度学习", "zh-TW", "zh", ""),
        ("深層学習", "ja", "", ""),
        ("Тест", "uk", "", ""),
        ("Tiefes Lernen", "de_AT", "de", ""),
        ("Deep Learning", "zh_CN", "", ""),
        # Most of the words decide.
        ("The β-Function", "en", "", ""),
        ("β-Decay", "en", "", ""),
        ("A Survey of the 中文 Web", "en", "", ""),
        ("基于 Transformer 的图像分类", "en", "", "zh"),
        ("Transformer の基礎と応用", "en", "", "ja"),
        ("", "en", "", ""),
        ("1984", "en", "", ""),
        ("1984", "zh_CN", "", ""),
    ],
)
def test_the_language_of_a_title(text: str, page: str, said: str, language: str) -> None:
    assert language_of(text, page, said) == language


@pytest.mark.parametrize(
    ("name", "said", "language"),
    [
        ("温伟", "", "zh"),
        ("山田太郎", "ja", "ja"),
        ("Ада Пример", "ru", "ru"),
        ("Ada Example", "de", ""),
        ("Jörg Müller", "zh", ""),
    ],
)
def test_a_name_in_latin_letters_is_of_no_language(name: str, said: str, language: str) -> None:
    assert language_of_name(name, "en", said) == language


@pytest.mark.parametrize(
    ("name", "page", "language"),
    [
        ("Ada Example", "he", "und-Latn"),
        ("Jörg Müller", "ar-EG", "und-Latn"),
        ("Ada Example", "ja", ""),
        ("", "he", ""),
    ],
)
def test_a_latin_name_is_kept_apart_where_writing_runs_from_right_to_left(name: str, page: str, language: str) -> None:
    assert language_of_name(name, page) == language
