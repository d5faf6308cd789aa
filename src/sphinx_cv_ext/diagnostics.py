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
    """How serious a problem is."""

    ERROR = "error"
    """Something is lost: an entry, a value, a link or a file that the author wrote is not on the page."""
    WARNING = "warning"
    """Something had to be guessed, or a name (of a field, a role or an option) is unknown and has no effect."""
    ADVICE = "advice"
    """Nothing is wrong, but something could be better. ``sphinx-cv check`` says so; a build does not."""


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
    """A .bib file, such as one in ``bibtex_bibfiles``, does not exist or cannot be read. It counts as empty."""
    BIB_ENCODING = "bib_encoding", Severity.WARNING
    """A .bib file contains bytes that are not in its encoding. Only those bytes are read as Windows-1252."""
    BIB_CONTROL = "bib_control", Severity.WARNING
    """A .bib file contains characters that cannot be shown, such as NUL. Each is replaced with a space."""
    BIB_CONFLICT = "bib_conflict", Severity.WARNING
    """A merge conflict was left in a .bib file. Both sides are read; if keys are equal, the first one counts."""
    BIB_UNCLOSED = "bib_unclosed", Severity.WARNING
    """A brace, quote or entry is not closed. It is assumed to end before the next field or entry."""
    BIB_SURPLUS_BRACE = "bib_surplus_brace", Severity.WARNING
    """A brace or quote closes a value or an entry too early. Reading goes on as if it were not there."""
    BIB_PUNCTUATION = "bib_punctuation", Severity.WARNING
    """A comma or an equals sign is missing. The field is read as if it were there."""
    BIB_NO_KEY = "bib_no_key", Severity.WARNING
    """An entry has no key. It is kept under a key made from its type, year and title."""
    BIB_NO_VALUE = "bib_no_value", Severity.WARNING
    """A field has no value. It is left out."""
    BIB_BARE_VALUE = "bib_bare_value", Severity.WARNING
    """A value that is not a number has neither braces nor quotes. Its text is used as it is written."""
    BIB_LEFTOVER = "bib_leftover", Severity.ERROR
    """There is text inside an entry that does not belong to any field. It is ignored."""
    BIB_STRAY_FIELD = "bib_stray_field", Severity.ERROR
    """Something that looks like a field is outside any entry. It is ignored, like all text between entries."""
    BIB_EMPTY_ENTRY = "bib_empty_entry", Severity.ERROR
    """An entry has neither a key nor a field. It is left out."""
    BIB_DUPLICATE_KEY = "bib_duplicate_key", Severity.ERROR
    """Two entries have the same key, and their titles do not differ. The first is kept, the other is left out."""
    BIB_SHARED_KEY = "bib_shared_key", Severity.WARNING
    """Two works have the same key. The second one is kept under a key made from its type, year and title."""
    BIB_DUPLICATE_FIELD = "bib_duplicate_field", Severity.ERROR
    """An entry has the same field twice. The first one counts."""
    BIB_UNDEFINED_MACRO = "bib_undefined_macro", Severity.WARNING
    """A word without braces or quotes is not the name of a ``@string``. The word itself is used as the text."""
    BIB_MACRO_CYCLE = "bib_macro_cycle", Severity.WARNING
    """A ``@string`` is defined by itself. Its name is used as the text where it would repeat."""
    BIB_MACRO_SIZE = "bib_macro_size", Severity.ERROR
    """``@string`` macros would expand to more text than a page can hold. Their names are used as the text."""
    BIB_PARENT_UNKNOWN = "bib_parent_unknown", Severity.WARNING
    """``crossref``, ``xdata`` or ``related`` names an entry that does not exist. The entry that names it is shown
    without those fields."""
    BIB_PARENT_CYCLE = "bib_parent_cycle", Severity.WARNING
    """``crossref``, ``xdata`` or ``related`` leads back to where it started, or makes too long a chain. The chain is
    cut off there."""
    BIB_INHERITED_SIZE = "bib_inherited_size", Severity.ERROR
    """An entry would inherit more fields than any real entry has. Only the first of them are inherited."""
    RATE_INVALID = "rate_invalid", Severity.ERROR
    """A rate cannot be read, or is impossible: ``abc``, ``0/0``, ``10/5``, ``120%``. No rate is shown."""
    RATE_ARITHMETIC = "rate_arithmetic", Severity.WARNING
    """A percentage does not match its fraction, whether rounded or cut off. The computed percentage is shown."""
    AWARD_UNNAMED = "award_unnamed", Severity.ERROR
    """An award has a rate or a link but no name. It is left out."""
    DATE_UNREADABLE = "date_unreadable", Severity.ERROR
    """A date or year cannot be read as one. A publication counts as undated, and ``origdate`` is left out; a dated
    entry shows the words as they are."""
    STATE_UNKNOWN = "state_unknown", Severity.WARNING
    """A ``pubstate`` looks like a misspelt known state. It is shown as it is written."""
    NAME_EMPTY = "name_empty", Severity.WARNING
    """A list of names has nothing between two ``and``, or has a name without a letter. That name is left out."""
    NAME_COMMAS = "name_commas", Severity.WARNING
    """A name has more commas than BibTeX has a meaning for. All of it is kept, in the order in which it is written."""
    NAME_SEPARATOR = "name_separator", Severity.WARNING
    """Names are separated by semicolons or commas instead of ``and``. They are told apart by those."""
    LINK_EMPTY = "link_empty", Severity.WARNING
    """A link field or option has no value. The link is left out."""
    LINK_UNSAFE = "link_unsafe", Severity.ERROR
    """An address has a scheme other than http, https, mailto and ftp, or contains control characters. It is left
    out."""
    IDENTIFIER_INVALID = "identifier_invalid", Severity.ERROR
    """A value is not the DOI, arXiv id or ORCID iD that it should be. The link is left out, and references and exports
    do without such a DOI."""
    FILE_MISSING = "file_missing", Severity.ERROR
    """A local file that should be part of the site is not in any of the folders that the message names, and the link
    is left out; or the folder ``cv_files`` does not exist."""
    FILE_OUTSIDE = "file_outside", Severity.ERROR
    """A local file is outside the project. The link is left out."""
    ANNOTATION_INVALID = "annotation_invalid", Severity.WARNING
    """A part of an annotation such as ``author+an`` cannot be read, or points past the end of the list. It is
    ignored."""
    ROLE_UNKNOWN = "role_unknown", Severity.WARNING
    """An annotation gives an author a role that is not in the table of roles. It is ignored."""
    KEY_UNKNOWN = "key_unknown", Severity.ERROR
    """A page names a publication that is not in any .bib file. What it asked for is left out."""
    KEY_BARE = "key_bare", Severity.WARNING
    """A page gives the key of a publication where the name of an award should be. It is shown as such a name."""
    OPTION_INVALID = "option_invalid", Severity.WARNING
    """An option of a directive is unknown, or has a value that is not possible. The option is ignored."""
    SELECTION_EMPTY = "selection_empty", Severity.WARNING
    """A list selects no publication or entry, or a publication does not have what is asked for. Nothing is shown."""
    PAGE_TAKEN = "page_taken", Severity.ERROR
    """The page of a publication would have the same name as another page. The publication gets no page of its own."""
    CV_SECTION = "cv_section", Severity.ERROR
    """A line of a `{cv}` does not name a section. It is left out."""
    CV_TAKEN = "cv_taken", Severity.ERROR
    """Two CVs have the same name. The first one is made, the other is not."""
    CV_NONE = "cv_none", Severity.WARNING
    """`sphinx-build -b cv` finds no `{cv}` on any page, or ``cv_disable`` has switched CVs off. No file is written."""
    CV_GLYPH = "cv_glyph", Severity.WARNING
    """A CV has a character that is in none of the fonts that `typst` finds. The PDF shows something plainer instead,
    or nothing."""
    CV_NOT_SET = "cv_not_set", Severity.ERROR
    """`typst` cannot typeset a CV. There is no PDF of it; all its other files are made."""
    CV_LANGUAGE = "cv_language", Severity.WARNING
    """Our words are not translated into the language of a CV. Its dates are in that language, our words in English."""
    OWNER_NOT_FOUND = "owner_not_found", Severity.WARNING
    """No publication has the owner as an author, in any spelling of ``cv_profile``. Nobody stands out."""
    PERSON_NOT_FOUND = "person_not_found", Severity.ADVICE
    """No publication names a person of ``cv_people``, in any of their spellings, and no ``{person}`` on a page. Only
    `sphinx-cv doctor` says so."""
    PERSON_UNKNOWN = "person_unknown", Severity.WARNING
    """``{person}`` names somebody who is not in ``cv_people``. The words are shown without a link."""
    SETTING_INVALID = "setting_invalid", Severity.WARNING
    """A setting in conf.py has a value that is not possible, and its default is used; or there is no such setting."""
    FENCE_UNREAD = "fence_unread", Severity.ERROR
    """A directive in `:::` is not read: ``colon_fence`` is off, or its name is not in braces. It is shown as text. Only
    `sphinx-cv doctor` says so."""
    EXPORT_FAILED = "export_failed", Severity.ERROR
    """A format that conf.py adds fails for a publication, or writes nothing. The publication's key is shown instead."""
    TYPE_UNKNOWN = "type_unknown", Severity.WARNING
    """The type of an entry looks like a misspelt known one. The fields of the entry decide what it is."""
    FIELD_UNKNOWN = "field_unknown", Severity.WARNING
    """The name of a field is unknown and looks like a misspelt known one. The field is not shown."""
    FLAG_UNKNOWN = "flag_unknown", Severity.WARNING
    """A value that can only be yes or no, such as `selected` in an entry or `cv` in the front matter of a page, is
    neither. It counts as if it were not there."""
    TITLE_MISSING = "title_missing", Severity.WARNING
    """A publication has no title, or one without words. Its key is shown in place of the title."""
    YEAR_MISSING = "year_missing", Severity.ADVICE
    """A publication has neither a year nor a state such as `in press`. It is listed among the undated ones."""
    VENUE_SPELLINGS = "venue_spellings", Severity.ADVICE
    """One venue is written in two ways."""
    AUTHOR_SPELLINGS = "author_spellings", Severity.ADVICE
    """What is probably one person's name is written in two ways."""
    LISTED_TWICE = "listed_twice", Severity.ADVICE
    """Two entries have the same title: a preprint and its published version, or one work twice."""
    EXAMPLE_LEFT = "example_left", Severity.ADVICE
    """A publication or a job is an example that `sphinx-cv init` wrote. The site shows it as if it were yours."""


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
    return f"(known: {', '.join(known)})" if 0 < len(known) <= _FEW else ""


_FEW = 20
