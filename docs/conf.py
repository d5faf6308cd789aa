"""The profile of Wei Wen."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

from sphinx_cv_ext import __version__
from sphinx_cv_ext.kinds import AwardKind, EntryKind, LinkKind

project = "Wei Wen"
version = __version__
author = "Wei Wen"
copyright = "Wei Wen"
language = "en"

extensions = ["myst_parser", "sphinx_cv_ext", "guide"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
exclude_patterns = ["_build"]
nitpicky = True

# The publications, and whose they are.
bibtex_bibfiles = ["../refs.bib"]
cv_profile = {
    "name": "Wei Wen",
    "native_name": "温伟",
    "position": "Research Scientist",
    "affiliation": "Meta AI",
    "interests": ["automated machine learning", "efficient deep neural networks", "distributed deep learning"],
    "description": (
        "Wei Wen (温伟), Research Scientist at Meta AI: automated machine learning, efficient deep neural networks and "
        "distributed deep learning."
    ),
    "links": {
        "scholar": "https://scholar.google.com/citations?user=JYD36ocAAAAJ&hl=en",
        "github": "https://github.com/wenwei202/",
        "linkedin": "https://www.linkedin.com/in/weiwenml/",
    },
}

# People whose names lead to their pages, among authors and with {person}.
cv_people = {
    "Gabriel Bender": "https://scholar.google.com/citations?user=6D-XbmAAAAAJ&hl=en",
    "Hanxiao Liu": "https://quark0.github.io/",
    "Pieter-Jan Kindermans": "https://scholar.google.be/citations?user=FpI8dFwAAAAJ&hl=en",
    "Quoc V. Le": "https://scholar.google.com/citations?user=vfT6-XIAAAAJ&hl=en",
    "Yangqing Jia": "http://daggerfs.com/",
    "Yuxiong He": "https://www.microsoft.com/en-us/research/people/yuxhe/",
}

# Rows of our own, for the examples of the guide.
cv_link_kinds = [LinkKind("notebook", "Notebook", "https://example.org/notebooks/{}")]
cv_award_kinds = [
    AwardKind("artifact", r"\bartifact|reproduc", tone="green"),
    AwardKind("finalist", r"\bfinalist", full_star=False, tone="blue"),
]
cv_entry_kinds = [EntryKind("committee", "what", "Committee", "Committees", "volunteer")]

html_theme = "furo"
html_title = "Wei Wen"
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["profile.css"]
templates_path = ["_templates"]
html_copy_source = False
html_show_sphinx = False
html_use_index = False

# A book of links is no book: the addresses are behind the words.
epub_show_urls = "no"
# Sphinx warns of its own doctrees where they stand inside the output.
suppress_warnings = ["epub.unknown_project_files"]
man_pages = [("index", "wei-wen", "Wei Wen", "Wei Wen", 7)]

# XeLaTeX, for the Chinese name; a font for it is used where the machine has one.
latex_engine = "xelatex"
latex_elements = {
    "papersize": "a4paper",
    "preamble": r"""
\usepackage{xeCJK}
\IfFontExistsTF{Noto Serif CJK SC}{\setCJKmainfont{Noto Serif CJK SC}\setCJKsansfont{Noto Sans CJK SC}}{}
% Dots, dashes and quotes between Latin words are no Chinese punctuation, and keep their blanks.
\xeCJKDeclareCharClass{Default}{"00B7, "2013, "2014, "2018, "2019, "201C, "201D, "2026}
""",
}
latex_documents = [("index", "wei-wen.tex", "Wei Wen", "Wei Wen", "howto")]
