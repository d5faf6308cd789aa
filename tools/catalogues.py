"""The catalogues of our own words, made from the code.

Run it when words of ours have changed, and with the name of a language to begin a new one::

    python tools/catalogues.py [LANGUAGE …]

It writes the template ``locale/sphinx_cv_ext.pot``, brings every ``.po`` file up to date with it and compiles these to
the ``.mo`` files, which belong to the package and are committed with the rest. It ends with 1 if a word is left without
a translation.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import sphinx_cv_ext
from sphinx_cv_ext import starter
from sphinx_cv_ext.extension.directives.publications import NO_GROUP
from sphinx_cv_ext.extension.locale import CATALOG, FOLDER, OF_SPHINX
from sphinx_cv_ext.extension.panels import PANELS
from sphinx_cv_ext.model.credits import CONTRIBUTOR_ROLES
from sphinx_cv_ext.model.cv import CV_PARTS, ENTRY_KINDS
from sphinx_cv_ext.model.figures import COUNTED, MOST_SELECTIVE, MOST_SELECTIVE_AWARD
from sphinx_cv_ext.model.library import FORTHCOMING
from sphinx_cv_ext.model.links import LINK_KINDS
from sphinx_cv_ext.model.people import AUTHOR_ROLES
from sphinx_cv_ext.model.publication import PUBLICATION_TYPES, STATES
from sphinx_cv_ext.outputs import facets
from sphinx_cv_ext.outputs.parts import COUNTRIES, PAGES, UNITS
from sphinx_cv_ext.outputs.words import EDITIONS, SEASONS, WORK_TYPES

Message = str | tuple[str, str]
"""A message, or those for one and for more."""

FUNCTIONS = {"_": 1, "translate": 1, "_translate": 1, "ngettext": 2, "plural": 2, "_plural": 2}
"""The names by which the code calls what translates, and how many messages each takes."""

_UNITS = [words for unit in (PAGES, *UNITS.values()) for words in unit]

TABLES: dict[str, Iterable[Message]] = {
    "extension/directives/publications.py": NO_GROUP.values(),
    "extension/panels.py": [panel.label for panel in PANELS.values()],
    "model/credits.py": [
        message
        for role in CONTRIBUTOR_ROLES.values()
        for message in ((role.by, (role.one, role.more)) if role.one else (role.by,))
    ],
    "model/cv.py": [
        *(words for kind in ENTRY_KINDS.values() for words in (kind.label, kind.plural)),
        *CV_PARTS.values(),
    ],
    "model/figures.py": [*COUNTED.values(), MOST_SELECTIVE, MOST_SELECTIVE_AWARD],
    "model/library.py": [FORTHCOMING],
    "model/links.py": [kind.label for kind in LINK_KINDS.values()],
    "model/people.py": [role.label for role in AUTHOR_ROLES.values() if role.mark],
    "model/publication.py": [
        *(words for kind in PUBLICATION_TYPES.values() for words in (kind.label, kind.plural)),
        *STATES,
    ],
    "starter/__init__.py": [*starter.HEADINGS.values(), *starter.LISTS],
    "outputs/facets.py": [*facets.WORDS.values(), *facets.FACETS.values()],
    "outputs/words.py": [*SEASONS.values(), *WORK_TYPES, *COUNTRIES.values(), *EDITIONS.values(), *_UNITS],
}
"""Words that are translated where they are shown, by the module whose table holds them."""

_CODE = Path(sphinx_cv_ext.__file__).parent
_TEMPLATE = FOLDER / f"{CATALOG}.pot"
# The template changes with the words alone, not with every run.
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_HEADER = f"# Translations of {CATALOG}; see tools/catalogues.py for how they are made."


def template() -> Catalog:
    """All messages of the code, without translations, each with the modules that hold it."""
    catalog = Catalog(project=CATALOG, creation_date=_NO_DATE, header_comment=_HEADER, fuzzy=False)
    for path in sorted(_CODE.rglob("*.py")):
        module = path.relative_to(_CODE).as_posix()
        for message in dict.fromkeys([*_in_calls(path), *TABLES.get(module, ())]):
            catalog.add(message, locations=[(module, 0)])
    return catalog


def _in_calls(path: Path) -> Iterator[Message]:
    """The messages that stand in calls, in their order."""
    calls = [node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        said = [
            argument.value for argument in call.args[: FUNCTIONS.get(name, 0)] if isinstance(argument, ast.Constant)
        ]
        match said:
            case [str(singular), str(plural)] if FUNCTIONS[name] == 2:
                yield singular, plural
            case [str(message)] if FUNCTIONS[name] == 1:
                yield message


def catalogue(path: Path) -> Catalog:
    """The catalogue in a file ``…/LANGUAGE/LC_MESSAGES/sphinx_cv_ext.po``; an empty one where there is none yet."""
    language = path.parts[-3]
    if not path.exists():
        return Catalog(language, project=CATALOG, creation_date=_NO_DATE, header_comment=_HEADER, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, language, abort_invalid=True)


def unfinished(catalog: Catalog) -> list[Message]:
    """The messages without a translation, or with one that its translator was not sure of."""
    return [
        message.id
        for message in catalog
        if message.id and (message.fuzzy or not (all(message.string) if message.pluralizable else message.string))
    ]


def main(languages: Iterable[str]) -> int:
    """Write everything; the status of the program."""
    FOLDER.mkdir(exist_ok=True)
    words = template()
    with _TEMPLATE.open("wb") as file:
        write_po(file, words, width=100, include_lineno=False)
    paths = {FOLDER / language / "LC_MESSAGES" / f"{CATALOG}.po" for language in languages}
    left = 0
    for path in sorted(paths | {*FOLDER.glob(f"*/LC_MESSAGES/{CATALOG}.po")}):
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = catalogue(path)
        catalog.update(words, no_fuzzy_matching=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=100, include_lineno=False, ignore_obsolete=True)
        _compile(catalog, path)
        missing = unfinished(catalog)
        left += len(missing)
        print(f"{path.parts[-3]}: {len(catalog) - len(missing)} of {len(catalog)}", *map(repr, missing), sep="\n  ")
    # The words of themes are written by hand.
    for path in FOLDER.glob(f"*/LC_MESSAGES/{OF_SPHINX}.po"):
        _compile(catalogue(path), path)
    return 1 if left else 0


def _compile(catalog: Catalog, path: Path) -> None:
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
