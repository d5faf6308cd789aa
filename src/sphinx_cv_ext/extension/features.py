"""What the site has besides its pages: one table, and the switch for each."""

from __future__ import annotations

from sphinx.config import Config

FEATURES: dict[str, str] = {
    "citation-tags": "The tags that Google Scholar and Zotero read, in the head of a publication's page.",
    "json-ld": "What search engines read about the publications and, on the landing page, about you.",
    "open-graph": "What a link to a page shows where it is shared; made by sphinxext-opengraph.",
    "cards": "The pictures of such links, drawn if `typst` is installed.",
    "feeds": "The publications as an Atom feed, `feed.xml`, and as a JSON Feed, `feed.json`.",
    "exports": "All publications in each format, under `exports/`.",
    "cv": "The CVs that pages ask for, under `cv/`: as plain text, and as a PDF if `typst` is installed.",
    "json-resume": "The same CVs in the format of JSON Resume.",
    "calendar": "The talks whose day is known, for calendars, `talks.ics`.",
    "sitemap": "The addresses of all pages, `sitemap.xml`.",
    "robots": "A `robots.txt` that names the sitemap, on hosts where it is at the top.",
    "llms": "The site in short for language models, `llms.txt`.",
    "404": "The page for addresses that do not exist, `404.html`; made by sphinx-notfound-page.",
}
"""What ``cv_disable`` can name, and what the guide says of it."""


def is_on(config: Config, feature: str) -> bool:
    """Whether the site should have ``feature``, a name of `FEATURES`."""
    disabled = config.cv_disable
    # This is also called before `settings.complete` has checked conf.py.
    return not (isinstance(disabled, list | tuple) and feature in disabled)
