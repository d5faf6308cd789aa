"""``{cv}``: a CV as a file, made from all pages and .bib files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.addnodes import only

from sphinx_cv_ext.diagnostics import Code, suggestion
from sphinx_cv_ext.extension import options
from sphinx_cv_ext.extension.collected import TITLE_OF_PAGE, CollectedEntries
from sphinx_cv_ext.extension.cv_documents import files
from sphinx_cv_ext.extension.directives.base import CvDirective
from sphinx_cv_ext.extension.directives.entries import CHOOSING
from sphinx_cv_ext.extension.directives.figures import FiguresDirective
from sphinx_cv_ext.extension.directives.publications import PublicationsDirective
from sphinx_cv_ext.extension.directives.selecting import SELECTING, selection
from sphinx_cv_ext.extension.locale import _, has_words, languages, words_of
from sphinx_cv_ext.extension.options import Option
from sphinx_cv_ext.extension.profile import profile
from sphinx_cv_ext.extension.reading import file_link
from sphinx_cv_ext.extension.site import WITH_PAGES
from sphinx_cv_ext.extension.tables import entry_kinds
from sphinx_cv_ext.extension.transforms import GROUPS
from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.cv import CV_PARTS, ENTRY_KINDS, PAPERS, CvPlan, CvSection, EntrySelection
from sphinx_cv_ext.model.library import Grouping
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.outputs import listing
from sphinx_cv_ext.outputs.doctree import to_node
from sphinx_cv_ext.outputs.elements import DOWNLOAD, Element
from sphinx_cv_ext.outputs.rich_text import isolated
from sphinx_cv_ext.outputs.scripts import language_of
from sphinx_cv_ext.outputs.words import Words, profile_words

_OF_ENTRIES: dict[str, Option] = {
    **CHOOSING,
    "compact": Option(options.flag, "one line each, without people, links and the text below"),
}

SECTION_OPTIONS: dict[str, Mapping[str, Option]] = {
    **dict.fromkeys(ENTRY_KINDS, _OF_ENTRIES),
    "profile": {},
    "figures": FiguresDirective.OPTIONS,
    "publications": {
        **SELECTING,
        "group": Option(options.one_of(Grouping), "what the list is grouped by"),
        "authors": Option(options.number, "how many authors of a longer list are shown, besides the owner"),
        "compact": Option(options.flag, "without links, remarks and marks"),
    },
}
"""Every section of ours, by the name with which its line begins, and its options."""

_OWN = "a kind of your own, as cv_entry_kinds adds them"
# What people call such sections, and those for which there is no kind.
_MEANT = {
    **dict.fromkeys(("experience", "employment", "work", "job", "appointment"), "'position'"),
    **dict.fromkeys(("degree", "qualification"), "'education'"),
    **dict.fromkeys(("award", "prize", "fellowship"), "'honor'"),
    **dict.fromkeys(("paper", "article"), "'publications'"),
    **dict.fromkeys(("presentation", "lecture"), "'talk'"),
    **dict.fromkeys(("course", "class"), "'teaching'"),
    **dict.fromkeys(("funding",), "'grant'"),
    **dict.fromkeys(("student", "supervision", "skill", "language", "membership", "reference", "news"), _OWN),
}

# A name, an optional heading after "=", and optional options after ":".
_LINE = pattern(
    r"(?P<name>[\w-]+)\s*(?:=\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<heading>[^:]*?)))?\s*(?::\s*(?P<options>.*))?"
)
_NAME = pattern(r"[a-z0-9][a-z0-9_-]*", re.ASCII | re.IGNORECASE)
# The first sections of a CV that does not name any. It has all sections, and the others follow these.
_FIRST = ("profile", "position", "education", "honor", "grant", "publications", "talk", "teaching", "service")


class CvDocumentDirective(CvDirective):
    """``{cv}``: a CV; the links to its files are shown in the place of the directive."""

    has_content = True
    takes_argument = True
    OPTIONS: ClassVar[Mapping[str, Option]] = {
        "title": Option(str, "its title; by default `Curriculum vitae`"),
        "lang": Option(options.language, "its language, such as `de` or `zh_CN`; by default that of the site"),
        "paper": Option(options.names_of(PAPERS), "`a4`, the default, or `letter`"),
        "show": Option(options.flag, "also show the sections on the page itself, in the language of the site"),
    }
    MEANT: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("pages", "length"), "'limit' and 'compact' after its sections, which make it shorter"),
        **dict.fromkeys(("sections", "selected", "limit", "compact", "year"), "lines below the options, one a section"),
        "language": "'lang'",
        "name": "the name after {cv}, as in '{cv} short'",
    }

    def run(self) -> list[nodes.Node]:
        """Links to the files, only for HTML sites; then, with ``:show:``, the sections."""
        given = self.read_options()
        name = " ".join(self.arguments) or "cv"
        if not _NAME.fullmatch(name):
            problem = f"{name!r} is not a name for a file; it may have letters from a to z, digits, '-' and '_'"
            self.warn(Code.OPTION_INVALID, problem, "it is called 'cv'")
            name = "cv"
        language = self._language(given.get("lang", ""))
        lines = [*self._lines()] or self._all_lines
        plan = CvPlan(
            name=name,
            title=given.get("title") or language.translate("Curriculum vitae"),
            paper=(given.get("paper") or ("a4",))[0],
            sections=tuple(map(self._section, lines)),
            location=self.place,
            language=given.get("lang", ""),
        )
        self.domain.plans.setdefault(self.env.docname, []).append(plan)
        links = [file_link(self.env, uri, self._label(words, plan.title)) for uri, words in files(self.config, plan)]
        paragraph = to_node(listing.paragraph("cv-document", links))
        # "html" would mean every builder that writes HTML, including EPUB.
        where = " or ".join(f"builder_{name}" for name in sorted(WITH_PAGES))
        found: list[nodes.Node] = [only("", paragraph, expr=where)] if links else []
        title = given.get("title") or _("Curriculum vitae")
        return [*found, *(self._shown(lines, name, title) if given.get("show") else [])]

    def _shown(self, lines: Sequence[_Line], name: str, title: str) -> list[nodes.Node]:
        """The sections as the page shows them, in a container that `PlaceGroups` unpacks later.

        A page that begins with the first of them is called ``title``.
        """
        sections = []
        # Another CV may be on the same page once all pages are one.
        start = "cv" if name == "cv" else f"cv-{name.lower()}"
        for line in lines:
            target = self.free_id(f"{start}-{line.name}")
            if content := self._content(line, target):
                words = line.heading or _(CV_PARTS.get(line.name) or entry_kinds(self.config)[line.name].plural)
                section = nodes.section("", nodes.title(words, words), *content, ids=[target])
                section[TITLE_OF_PAGE] = title
                sections.append(section)
        return [nodes.container("", *sections, classes=[GROUPS])] if sections else []

    def _content(self, line: _Line, target: str) -> list[nodes.Node]:
        """The content of a section, as the directive for pages would make it; ``target`` is the section's id."""
        section = self._section(line)
        if line.name == "profile":
            return [nodes.paragraph(words, words) for words in profile_words(profile(self.config), _)]
        if line.name in entry_kinds(self.config):
            selection = EntrySelection((line.name,), section.years, section.limit)
            return [CollectedEntries.of(self.env, selection, section.compact, self.place, target)]
        if not self.library.select(section.selection):
            # The files of the CV leave out such a section, too.
            self.domain.note(section.selection)
            return []
        options = {name: text for name, (text, _value) in line.options.items()}
        if options.pop("compact", None) is not None:
            options["form"] = "compact"
        directive = FiguresDirective if line.name == "figures" else _PublicationsOfCv
        where = (self.lineno, self.content_offset, self.block_text, self.state, self.state_machine)
        return [*directive(f"{self.name}: {line.name}", [], options, StringList(), *where).run()]

    def _label(self, words: str, title: str) -> Element:
        if title not in words:
            # With a label such as "Plain text" alone, one could not tell the files of several CVs apart.
            return listing.button_words(words, title, DOWNLOAD)
        content = isolated([words], language_of(words, self.config.language))
        return Element(nodes.inline, *content, classes=DOWNLOAD)

    def _language(self, asked: str) -> Words:
        """Our words in the language ``asked`` for, or else in that of the site."""
        srcdir, config = self.env.srcdir, self.config
        if asked and not has_words(srcdir, config, asked):
            problem = f"our words are not translated into {asked!r}; there are {', '.join(languages(srcdir, config))}"
            self.warn(Code.CV_LANGUAGE, problem, "they are English")
        return words_of(srcdir, config, asked or config.language)

    @property
    def _all_lines(self) -> list[_Line]:
        return [_Line(name, "", {}) for name in dict.fromkeys([*_FIRST, *entry_kinds(self.config)])]

    @property
    def _known_sections(self) -> Mapping[str, Mapping[str, Option]]:
        return {**SECTION_OPTIONS, **dict.fromkeys(entry_kinds(self.config), _OF_ENTRIES)}

    def _lines(self) -> Iterator[_Line]:
        """The lines that name a section."""
        for line in map(str.strip, self.content):
            if not line:
                continue
            match = _LINE.fullmatch(line)
            name = match["name"].lower() if match else ""
            if not match or name not in self._known_sections:
                problem = f"{match['name'] if match else line!r} is not a section"
                hint = suggestion(name, self._known_sections, _MEANT)
                self.warn(Code.CV_SECTION, f"{problem} {hint}".rstrip(), "it is left out")
                continue
            heading = (match["quoted"] or match["heading"] or "").strip()
            yield _Line(name, heading, dict(self._given(name, match["options"] or "")))

    def _section(self, line: _Line) -> CvSection:
        given = {name: value for name, (_text, value) in line.options.items()}
        if line.name in entry_kinds(self.config):
            chosen = given.get("limit", 0), given.get("year", ())
            return CvSection(line.name, line.heading, *chosen, compact=given.get("compact", False))
        return CvSection(
            line.name,
            line.heading,
            compact=given.get("compact", False),
            max_authors=given.get("authors", self.config.cv_max_authors),
            selection=selection(given),
            figures=given.get("show", ()),
        )

    def _given(self, section: str, text: str) -> Iterator[tuple[str, tuple[str, Any]]]:
        """The valid options of a section; each is a name, and after a space its value."""
        known = self._known_sections[section]
        for word in options.words(text):
            name, _blank, value = word.partition(" ")
            option = known.get(name.lower())
            try:
                if not option:
                    hint = (
                        "; options are separated by commas" if ";" in word else f" {suggestion(name, known)}".rstrip()
                    )
                    raise ValueError(f"there is no such option{hint}")
                yield name.lower(), (value.strip(), option.read(value.strip()))
            except ValueError as error:
                self.warn(Code.OPTION_INVALID, f"{section}: {word!r}: {error}", "it is ignored")


@frozen
class _Line:
    """A line that names a section; ``options`` maps each name to the text and the value of the option."""

    name: str
    heading: str
    options: Mapping[str, tuple[str, Any]]


class _PublicationsOfCv(PublicationsDirective):
    """A list on the page of a CV, which is not the home of publications if they are in another list, too."""

    is_home = False
