"""The page for addresses that do not exist, through sphinx-notfound-page."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_cv_ext.extension import site
from sphinx_cv_ext.extension.features import is_on
from sphinx_cv_ext.extension.locale import _

PAGE = "404"
"""The name of the page, which web hosts look for; a project may have such a page itself."""


def setup(app: Sphinx) -> None:
    """Load sphinx-notfound-page if the site's address is known: a page that is shown at any depth needs it."""
    if is_on(app.config, "404") and site.base(app.config):
        app.setup_extension("notfound.extension")


def complete(app: Sphinx, config: Config) -> None:
    """Set the settings of sphinx-notfound-page for the site's address and the page's text, unless conf.py does."""
    if "notfound.extension" not in app.extensions:
        return
    defaults = {name: config.values[name].default for name in ("notfound_urls_prefix", "notfound_context")}
    if config.notfound_urls_prefix == defaults["notfound_urls_prefix"]:
        config["notfound_urls_prefix"] = urlsplit(site.base(config)).path
    if config.notfound_context == defaults["notfound_context"]:
        title, words = _("Page not found"), _("There is nothing at this address. It may have moved.")
        home = f'<a href="{escape(urlsplit(site.base(config)).path)}">{escape(_("To the home page"))}</a>'
        body = f"<h1>{escape(title)}</h1>\n<p>{escape(words)}</p>\n<p>{home}</p>"
        config["notfound_context"] = {"title": title, "body": body}
