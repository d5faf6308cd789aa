"""Registers our directives and roles: always as ``cv:NAME``, and as ``NAME`` unless another extension has that."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.docutils import is_directive_registered, is_role_registered

from sphinx_cv_ext.extension.directives import DIRECTIVES
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.roles import ROLES


def register(app: Sphinx) -> None:
    """Register every directive and role; a name that an extension before ours has registered is left alone."""
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain(CvDomain.name, name, directive)
        if not is_directive_registered(name):
            app.add_directive(name, directive)
    for name, role in ROLES.items():
        app.add_role_to_domain(CvDomain.name, name, role)
        if not is_role_registered(name):
            app.add_role(name, role)
