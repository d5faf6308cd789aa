"""The theme's templates in compiled form, kept from build to build: Sphinx would compile them in every build."""

from __future__ import annotations

from functools import cached_property

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.jinja2glue import BuiltinTemplateLoader

from sphinx_cv_ext.extension import kept
from sphinx_cv_ext.extension.made_files import stamp
from sphinx_cv_ext.extension.others import STAY_THE_SAME, are_all_of, module_of


class KeptTemplates(BytecodeCache):
    """A bytecode cache for Jinja, which itself checks that the source of a template is still the same."""

    def __init__(self, app: Sphinx, builder: StandaloneHTMLBuilder) -> None:
        self._app = app
        self._builder = builder
        self._new: dict[str, bytes] = {}

    @cached_property
    def _kept(self) -> kept.Kept[str, bytes]:
        return kept.Kept(self._app.doctreedir, f"{self._builder.name}-templates", stamp(self._app, self._builder))

    @cached_property
    def _is_usable(self) -> bool:
        """Whether compiling gives the same again: Jinja applies filters to constants when it compiles a template."""
        environment = self._builder.templates.environment
        asked = (*environment.filters.values(), *environment.tests.values())
        return are_all_of(map(module_of, asked), STAY_THE_SAME)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill ``bucket`` with the kept bytecode of its template, if there is any."""
        if self._is_usable and (code := self._kept.before.get(bucket.key)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the bytecode of a template that was compiled."""
        if self._is_usable:
            self._new[bucket.key] = bucket.bytecode_to_string()

    def save(self, _app: Sphinx, failure: Exception | None) -> None:
        """Keep the bytecode for the next build."""
        if self._new and not failure:
            self._kept.save({**self._kept.before, **self._new})


def provide(app: Sphinx) -> None:
    """Keep the templates that Sphinx's own loader compiles; a loader of another extension is left alone."""
    builder = app.builder
    if isinstance(builder, StandaloneHTMLBuilder) and isinstance(builder.templates, BuiltinTemplateLoader):
        templates = KeptTemplates(app, builder)
        builder.templates.environment.bytecode_cache = templates
        app.connect("build-finished", templates.save)
