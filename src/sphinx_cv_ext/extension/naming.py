"""The names by which pages call our directives and roles: ``cv:NAME`` always, ``NAME`` where nobody else has it."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.docutils import is_directive_registered, is_role_registered

from sphinx_cv_ext.extension.directives import DIRECTIVES
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.roles import ROLES


def register(app: Sphinx) -> None:
    """Register every directive and role; what an extension before ours has taken stays its own."""
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain(CvDomain.name, name, directive)
        if not is_directive_registered(name):
            app.add_directive(name, directive)
    for name, role in ROLES.items():
        app.add_role_to_domain(CvDomain.name, name, role)
        if not is_role_registered(name):
            app.add_role(name, role)
