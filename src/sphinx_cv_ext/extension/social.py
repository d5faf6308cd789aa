"""Previews for shared links: sets up sphinxext-opengraph, and draws pictures for it."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_cv_ext.extension import kept, site
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.features import is_on
from sphinx_cv_ext.extension.locale import _, ngettext
from sphinx_cv_ext.extension.profile import profile
from sphinx_cv_ext.extension.written import put
from sphinx_cv_ext.outputs import typesetting

if TYPE_CHECKING:
    from sphinx_cv_ext.outputs.cards import Card

_EXTENSION = "sphinxext.opengraph"
_SITE_CARD = "card.png"
# It need not change with the code: the digests that are kept cover code and fonts themselves.
_STAMP = b"1"


def setup(app: Sphinx) -> None:
    """Load sphinxext-opengraph if the site's address is known, because Open Graph needs absolute addresses."""
    if is_on(app.config, "open-graph") and site.base(app.config):
        # It prints a message if matplotlib, for pictures of its own, is missing; we do not use those.
        with contextlib.redirect_stdout(io.StringIO()):
            app.setup_extension(_EXTENSION)


def complete(app: Sphinx, config: Config) -> None:
    """Set the settings of sphinxext-opengraph that follow from ours, unless conf.py sets them."""
    if _EXTENSION not in app.extensions:
        return
    config["ogp_site_url"] = config.ogp_site_url or site.base(config)
    if config.ogp_social_cards is None:
        config["ogp_social_cards"] = {"enable": False}
    if draws(app) and not config.ogp_image:
        config["ogp_image"] = site.absolute(config, _SITE_CARD)
        config["ogp_image_alt"] = profile(config).name
        config["ogp_custom_meta_tags"] = (*config.ogp_custom_meta_tags, *_shape())


def _shape() -> Iterator[str]:
    """Tags with the size of the pictures, which make networks show them over the whole width."""
    # Imported here and below because a site without pictures does not need it.
    from sphinx_cv_ext.outputs import cards

    yield f'<meta property="og:image:width" content="{cards.WIDTH}">'
    yield f'<meta property="og:image:height" content="{cards.HEIGHT}">'
    yield '<meta name="twitter:card" content="summary_large_image">'


def has_tags(app: Sphinx) -> bool:
    """Whether pages have Open Graph tags."""
    return _EXTENSION in app.extensions


def draws(app: Sphinx) -> bool:
    """Whether pages have pictures that we draw."""
    return has_tags(app) and is_on(app.config, "cards") and typesetting.is_available()


def card_url(app: Sphinx, name: str) -> str:
    """The address of the picture of the page ``name``."""
    return site.absolute(app.config, _card_file(app, name))


def _card_file(app: Sphinx, name: str) -> str:
    """The address of the picture of the page ``name``, which lies beside it, as seen from the top of the site."""
    return site.beside(app.builder, name, f"{name.rpartition('/')[2]}-{_SITE_CARD}")


def draw(app: Sphinx, failure: Exception | None) -> None:
    """Draw the pictures that are missing or have changed."""
    if failure or not site.is_site(app.builder) or not draws(app):
        return
    from sphinx_cv_ext.outputs import cards

    wanted = dict(_cards(app))
    known = kept.Kept[str, str](app.doctreedir, f"{app.builder.name}-cards", _STAMP)
    digests = {name: cards.digest(card) for name, card in wanted.items()}
    missing = [
        name
        for name, digest in digests.items()
        if (known.before.get(name) != digest or not Path(app.outdir, name).is_file())
        and not site.is_given(app.config, app.confdir, name)
    ]
    for name, picture in zip(missing, cards.draw([wanted[name] for name in missing]), strict=True):
        put(Path(app.outdir, name), picture)
    known.save(digests)


def _cards(app: Sphinx) -> Iterator[tuple[str, Card]]:
    from sphinx_cv_ext.outputs import cards

    build = Build.of(app.env)
    owner = profile(app.config)
    host = urlsplit(site.base(app.config)).netloc
    yield _SITE_CARD, cards.site_card(owner, host)
    for key, name in build.pages.items():
        publication = build.library.by_key[key]
        yield _card_file(app, name), cards.card_of(publication, build.library.owner, owner.name, host, _, ngettext)
