"""What machines read in the head of a page: tags for Google Scholar and Zotero, JSON-LD for search engines."""

from __future__ import annotations

from html import escape

from sphinx.application import Sphinx

from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.model.publication import Publication
from sphinx_cv_ext.outputs import highwire, json_ld


def publication_head(app: Sphinx, publication: Publication, url: str, pdf_url: str) -> str:
    """The head of a publication's page as HTML; both addresses are absolute, or empty where they are not known."""
    tags = highwire.tags(publication, pdf_url, url)
    lines = [f'<meta name="{escape(name)}" content="{escape(value)}">' for name, value in tags]
    people = {json_ld.OWNER: json_ld.person_id(app.config.html_baseurl)} if app.config.html_baseurl else {}
    owner = CvDomain.of(app.env).library.owner
    node = json_ld.publication_node(publication, url, people, owner, pdf_url)
    lines.append(f'<script type="application/ld+json">{json_ld.text(node)}</script>')
    return "\n".join(lines)
