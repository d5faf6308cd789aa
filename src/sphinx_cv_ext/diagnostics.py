"""The problems that somebody's input can have, and how they are reported.

Code that reads input gets a ``report`` function and calls it with a `Diagnostic`. The extension turns diagnostics into
warnings of Sphinx, the command line into lines of text.
"""

from __future__ import annotations

import enum
import os
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from sphinx_cv_ext.frozen import frozen


class Severity(enum.Enum):
    """How bad a problem is."""

    ERROR = "error"
    """Something is lost: an entry, a value, a link or a file that the author wrote is not on the page."""
    WARNING = "warning"
    """Something had to be guessed, or a name (of a field, a role or an option) is unknown and has no effect."""
    ADVICE = "advice"
    """Nothing is wrong, but something could be better; ``sphinx-cv check`` says so, and no build."""


class Code(enum.Enum):
    """The stable name of a problem, as in Sphinx's ``suppress_warnings = ["cv.NAME"]``.

    The docstring under each member is the page that documents it.
    """

    severity: Severity

    def __new__(cls, name: str, severity: Severity) -> Code:  # noqa: D102
        member = object.__new__(cls)
        member._value_ = name
        member.severity = severity
        return member

    BIB_MISSING = "bib_missing", Severity.ERROR
    """A .bib file, such as ``bibtex_bibfiles`` names, is not there or cannot be read. It counts as empty."""
    BIB_ENCODING = "bib_encoding", Severity.WARNING
    """A .bib file holds bytes that are not in its encoding. Those bytes alone are read as Windows-1252."""
    BIB_CONTROL = "bib_control", Severity.WARNING
    """A .bib file holds characters that cannot be shown, such as NUL. Each is replaced with a space."""
    BIB_CONFLICT = "bib_conflict", Severity.WARNING
    """A merge conflict was left in a .bib file. Both sides are read; of equal keys the first stands."""
    BIB_UNCLOSED = "bib_unclosed", Severity.WARNING
    """A brace, quote or entry is not closed. It is taken to end before the next field or entry."""
    BIB_SURPLUS_BRACE = "bib_surplus_brace", Severity.WARNING
    """A brace or quote closes a value or an entry too early. Reading goes on as if it were not there."""
    BIB_PUNCTUATION = "bib_punctuation", Severity.WARNING
    """A comma or an equals sign is missing. The field is read as if it were there."""
    BIB_NO_KEY = "bib_no_key", Severity.WARNING
    """An entry has no key. It is kept, under a key made of its type, year and title."""
    BIB_NO_VALUE = "bib_no_value", Severity.WARNING
    """A field has no value. It is left out."""
    BIB_BARE_VALUE = "bib_bare_value", Severity.WARNING
    """A value that is no number has neither braces nor quotes. Its text is taken as it stands."""
    BIB_LEFTOVER = "bib_leftover", Severity.ERROR
    """Text inside an entry that belongs to no field. It is passed over."""
    BIB_STRAY_FIELD = "bib_stray_field", Severity.ERROR
    """What looks like a field stands outside any entry. It is passed over, as all text between entries is."""
    BIB_EMPTY_ENTRY = "bib_empty_entry", Severity.ERROR
    """An entry has neither a key nor a field. It is left out."""
    BIB_DUPLICATE_KEY = "bib_duplicate_key", Severity.ERROR
    """Two entries have the same key, and no other title. The first one stands, the other is left out."""
    BIB_SHARED_KEY = "bib_shared_key", Severity.WARNING
    """Two works have the same key. The second one is kept, under a key made of its type, year and title."""
    BIB_DUPLICATE_FIELD = "bib_duplicate_field", Severity.ERROR
    """An entry gives a field twice. The first one stands."""
    BIB_UNDEFINED_MACRO = "bib_undefined_macro", Severity.WARNING
    """A word without braces or quotes names no ``@string``. The word itself is the text."""
    BIB_MACRO_CYCLE = "bib_macro_cycle", Severity.WARNING
    """A ``@string`` is defined by itself. Where it would come round again its name is the text."""
    BIB_MACRO_SIZE = "bib_macro_size", Severity.ERROR
    """``@string`` macros would expand to more text than a page can hold. Their names are the text."""
    BIB_PARENT_UNKNOWN = "bib_parent_unknown", Severity.WARNING
    """``crossref``, ``xdata`` or ``related`` names an entry that is not there. It is kept with its own fields."""
    BIB_PARENT_CYCLE = "bib_parent_cycle", Severity.WARNING
    """``crossref``, ``xdata`` or ``related`` leads back to where it came from, or on and on. The chain is cut there."""
    BIB_INHERITED_SIZE = "bib_inherited_size", Severity.ERROR
    """An entry would inherit more fields than any entry has. The first of them are inherited."""
    RATE_INVALID = "rate_invalid", Severity.ERROR
    """A rate that cannot be read or cannot be: ``abc``, ``0/0``, ``10/5``, ``120%``. No rate is shown."""
    RATE_ARITHMETIC = "rate_arithmetic", Severity.WARNING
    """A stated percentage is neither the rounded nor the cut one of its fraction. The computed one is shown."""
    AWARD_UNNAMED = "award_unnamed", Severity.ERROR
    """An award has a rate or a link but no name. It is left out."""
    DATE_UNREADABLE = "date_unreadable", Severity.ERROR
    """A date or year holds no date. A publication counts as undated, and ``origdate`` is left out; a dated entry shows
    the words as they are."""
    STATE_UNKNOWN = "state_unknown", Severity.WARNING
    """A ``pubstate`` is nearly a state that is known. It is shown as it is written."""
    NAME_EMPTY = "name_empty", Severity.WARNING
    """A list of names has nothing between two ``and``, or a name without a letter. It is left out."""
    NAME_COMMAS = "name_commas", Severity.WARNING
    """A name has more commas than BibTeX knows what to do with. All of it is kept, in the order as written."""
    NAME_SEPARATOR = "name_separator", Severity.WARNING
    """Semicolons or commas instead of ``and`` stand between names. The names are told apart by those."""
    LINK_EMPTY = "link_empty", Severity.WARNING
    """A link field or option has no value. The link is left out."""
    LINK_UNSAFE = "link_unsafe", Severity.ERROR
    """An address has a scheme other than http, https, mailto and ftp, or holds control characters. It is left out."""
    IDENTIFIER_INVALID = "identifier_invalid", Severity.ERROR
    """A DOI, arXiv id or ORCID iD is none. The link is left out, and references and exports go without such a DOI."""
    FILE_MISSING = "file_missing", Severity.ERROR
    """A local file that should go with the site is not in the folders that are named, and the link is left out; or
    the folder ``cv_files`` is not there."""
    FILE_OUTSIDE = "file_outside", Severity.ERROR
    """A local file lies outside the project. The link is left out."""
    ANNOTATION_INVALID = "annotation_invalid", Severity.WARNING
    """A piece of an annotation such as ``author+an`` cannot be read, or points past the list. It is passed over."""
    ROLE_UNKNOWN = "role_unknown", Severity.WARNING
    """An annotation gives an author a role that is not in the table of roles. It is passed over."""
    KEY_UNKNOWN = "key_unknown", Severity.ERROR
    """A page names a publication that is in no .bib file. What it asked for is left out."""
    KEY_BARE = "key_bare", Severity.WARNING
    """What a page gives as an award is the key of a publication. It is shown as the name of an award."""
    OPTION_INVALID = "option_invalid", Severity.WARNING
    """An option of a directive has a value that it does not know. The option is ignored."""
    SELECTION_EMPTY = "selection_empty", Severity.WARNING
    """A list selects no publication or entry, or a publication has nothing of what is asked for. Nothing is shown."""
    PAGE_TAKEN = "page_taken", Severity.ERROR
    """The page of a publication would have the name of another page. The publication has no page of its own."""
    CV_SECTION = "cv_section", Severity.ERROR
    """A line of a `{cv}` names no section. It is left out."""
    CV_TAKEN = "cv_taken", Severity.ERROR
    """Two CVs have the same name. The first one stands, the other is not made."""
    CV_NONE = "cv_none", Severity.WARNING
    """`sphinx-build -b cv` finds no `{cv}` on any page, or ``cv_disable`` has switched CVs off. No file is written."""
    CV_GLYPH = "cv_glyph", Severity.WARNING
    """No font that `typst` finds has a character of a CV. In the PDF something plainer stands in for it, or nothing."""
    CV_NOT_SET = "cv_not_set", Severity.ERROR
    """`typst` cannot set a CV. There is no PDF of it; all its other files are made."""
    CV_LANGUAGE = "cv_language", Severity.WARNING
    """No catalogue has our words in the language of a CV. Its dates are in that language, our words in English."""
    OWNER_NOT_FOUND = "owner_not_found", Severity.WARNING
    """The owner is an author of no publication in any spelling of ``cv_profile``. Nobody stands out."""
    SETTING_INVALID = "setting_invalid", Severity.WARNING
    """A setting in conf.py has a value that it does not know, and its default is used; or there is no such setting."""
    FENCE_UNREAD = "fence_unread", Severity.ERROR
    """A directive stands in `:::`, without ``colon_fence``. It is shown as text; `sphinx-cv doctor` alone says so."""
    EXPORT_FAILED = "export_failed", Severity.ERROR
    """A format that conf.py adds fails for a publication, or writes nothing. Its key stands there instead."""
    TYPE_UNKNOWN = "type_unknown", Severity.WARNING
    """The type of an entry is nearly one that is known. The entry is taken for what its fields say."""
    FIELD_UNKNOWN = "field_unknown", Severity.WARNING
    """A field has no meaning that we know, but its name is nearly that of one that has."""
    TITLE_MISSING = "title_missing", Severity.WARNING
    """A publication has no title, or one without words. Its key stands where the title would."""
    YEAR_MISSING = "year_missing", Severity.ADVICE
    """A publication has neither a year nor a state such as `in press`. It stands among the undated ones."""
    VENUE_SPELLINGS = "venue_spellings", Severity.ADVICE
    """One venue is written in two ways."""
    AUTHOR_SPELLINGS = "author_spellings", Severity.ADVICE
    """What is probably one person is written in two ways."""
    LISTED_TWICE = "listed_twice", Severity.ADVICE
    """Two entries have the same title: a preprint and its published version, or one work twice."""
    EXAMPLE_LEFT = "example_left", Severity.ADVICE
    """A publication or a job is an example that `sphinx-cv init` wrote. The site shows it like your own."""


LEFT_OUT = frozenset({Code.BIB_DUPLICATE_KEY, Code.BIB_EMPTY_ENTRY})
"""The codes for entries that are left out."""


@frozen
class Location:
    """A place in a source file; ``line`` counts from 1, and is 0 if only the file is known."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file

    def __lt__(self, other: Location) -> bool:
        return (self.file, self.line) < (other.file, other.line)


def short_path(path: str | os.PathLike[str]) -> str:
    """A path for a message: relative if it is below the working directory, otherwise as it is."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive of Windows
        return os.fspath(path)
    return os.fspath(path) if relative.startswith(os.pardir) else relative


@frozen
class Diagnostic:
    """One problem in somebody's input.

    ``problem`` says what is wrong, and ``fallback`` what was done instead. Both are parts of a sentence, without a
    capital letter or a full stop.
    """

    code: Code
    location: Location
    problem: str
    fallback: str

    def __str__(self) -> str:
        return f"{self.problem}; {self.fallback}"


Report = Callable[[Diagnostic], None]
"""The function with which problems are reported."""


def suggestion(name: str, known: Mapping[str, object], meant: Mapping[str, str] = MappingProxyType({})) -> str:
    """``(did you mean 'sort'?)`` for a name that is similar to a known one, otherwise the known ones if they are few.

    ``meant`` maps other names that people may try to the words that are suggested for them.
    """
    close = get_close_matches(name, [*known, *meant], n=1)
    if close:
        return f"(did you mean {meant.get(close[0]) or repr(close[0])}?)"
    return f"(known are {', '.join(known)})" if 0 < len(known) <= _FEW else ""


_FEW = 20
