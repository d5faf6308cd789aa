"""What all directives share."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_cv_ext.diagnostics import Code, Diagnostic, Location, suggestion
from sphinx_cv_ext.extension.build import Build
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.options import AnyOption, Option
from sphinx_cv_ext.extension.reading import find_publication, page_link
from sphinx_cv_ext.extension.reporting import place, warn
from sphinx_cv_ext.extension.tables import link_kinds
from sphinx_cv_ext.model.library import Library
from sphinx_cv_ext.model.links import Link, LinkKind
from sphinx_cv_ext.model.publication import Publication


class CvDirective(SphinxDirective):
    """The base of our directives: a wrong option is a warning, and the rest of the directive works.

    ``OPTIONS`` is the table of a directive's options by name. ``MEANT`` maps other names that people may try to the
    words that a warning suggests instead. ``takes_argument`` says whether the directive has an argument.
    """

    takes_argument: ClassVar[bool] = False
    OPTIONS: ClassVar[Mapping[str, Option]] = {}
    MEANT: ClassVar[Mapping[str, str]] = {}
    option_spec = AnyOption()
    optional_arguments = 1
    final_argument_whitespace = True

    @property
    def known_options(self) -> Mapping[str, Option]:
        """``OPTIONS``, and options that depend on the project."""
        return self.OPTIONS

    @property
    def domain(self) -> CvDomain:
        """The domain, which keeps a record of what pages show."""
        return CvDomain.of(self.env)

    @property
    def library(self) -> Library:
        """All publications of the project."""
        return Build.of(self.env).library

    @property
    def place(self) -> Location:
        """The place of the directive."""
        return place(*self.get_source_info())

    def warn(self, code: Code, problem: str, fallback: str) -> None:
        """Report something wrong with the directive."""
        warn(Diagnostic(code, self.place, f"{self.name}: {problem}", fallback))

    def hint(self, name: str, known: Mapping[str, Option]) -> str:
        """What may have been meant by an option that is not ``known``."""
        return suggestion(name, known, self.MEANT)

    def read_options(self) -> dict[str, Any]:
        """The values of the options that are given and right, by name; the others are warned of."""
        if self.arguments and not self.takes_argument:
            problem = f"it takes no argument such as {' '.join(self.arguments)!r}, only options"
            self.warn(Code.OPTION_INVALID, problem, "it is ignored")
        found = {}
        known = self.known_options
        for name, text in self.options.items():
            option = known.get(name)
            if option is None:
                problem = f"there is no option {name!r} {self.hint(name, known)}".rstrip()
                self.warn(Code.OPTION_INVALID, problem, "it is ignored")
                continue
            try:
                found[name] = option.read(str(text or "").strip())
            except ValueError as error:
                self.warn(Code.OPTION_INVALID, f"option {name!r}: {error}", "it is ignored")
        return found

    def free_id(self, wanted: str, taken: Container[str] = ()) -> str:
        """An id like ``wanted``, with a number at its end if the page has that id or it is in ``taken``."""
        found, number = wanted, 1
        while found in self.state.document.ids or found in taken:
            number += 1
            found = f"{wanted}-{number}"
        self.state.document.ids[found] = nodes.target()
        return found

    def publication(self, key: str) -> Publication | None:
        """The publication with this key, on which the page then depends; a warning if there is none."""
        return find_publication(self.env, key, self.place)

    def tell_unknown(self, keys: Iterable[str]) -> None:
        """Warn of those of ``keys`` that no publication has."""
        for key in keys:
            if key not in self.library.by_key:
                self.publication(key)


class LinkingDirective(CvDirective):
    """A directive with an option for each kind of link."""

    @property
    def known_options(self) -> Mapping[str, Option]:
        """``OPTIONS``, and the kinds of links that the project adds."""
        return {**self.OPTIONS, **link_options(self.config.cv_link_kinds)}

    def hint(self, name: str, known: Mapping[str, Option]) -> str:
        """The same; the kinds of links are too many to be named."""
        kinds = link_kinds(self.config)
        own = ", ".join(option for option in known if option not in kinds)
        return super().hint(name, known) or f"(known: {own} and the kinds of links)"

    def links(self, given: Mapping[str, Any]) -> list[Link]:
        """The links that are ``given``, in the order of their kinds."""
        kinds = link_kinds(self.config)
        found = (page_link(self.env, kind, given[name], self.place) for name, kind in kinds.items() if name in given)
        return [link for link in found if link]


def link_options(kinds: Iterable[LinkKind]) -> dict[str, Option]:
    """An option for a link of each of ``kinds``."""
    return {kind.name: Option(str, f"the link {kind.label!r}") for kind in kinds}
