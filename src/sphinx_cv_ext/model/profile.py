"""The owner of the site."""

from __future__ import annotations

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.links import Link


@frozen
class Profile:
    """The site's owner; everything except ``name`` may be missing. All texts are plain.

    ``native_name`` is the name in its own script, and ``spellings`` are the names under which they publish. ``orcid``
    is bare, such as ``0000-0002-1825-0097``. ``affiliation`` is where they work, ``alumni_of`` where they took their
    degrees, and ``interests`` are their fields of work.
    """

    name: str
    native_name: str = ""
    spellings: tuple[str, ...] = ()
    orcid: str = ""
    position: str = ""
    affiliation: str = ""
    affiliation_url: str = ""
    interests: tuple[str, ...] = ()
    email: str = ""
    links: tuple[Link, ...] = ()
    description: str = ""
    alumni_of: tuple[str, ...] = ()
    image_url: str = ""
