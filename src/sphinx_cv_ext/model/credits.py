"""What people did for a work besides writing it: they edited, translated or introduced it, and so on."""

from __future__ import annotations

from sphinx_cv_ext.frozen import frozen
from sphinx_cv_ext.model.people import Author, Name

_IN_BOOKS = frozenset({"conference", "workshop", "chapter"})
_PARTS = _IN_BOOKS | {"article", "magazine", "newspaper"}
_ANY_PART = _PARTS | {"book", "proceedings"}


@frozen
class ContributorRole:
    """Something that people do for a work: its name in biblatex, and the words for it.

    ``by`` goes before their names. ``one`` and ``more`` go after the names of one or several people in place of the
    authors. A role without words is not shown on pages. If the role ``has_field``, its people are in the field
    ``name``, otherwise in one of those for editors. For works of the types ``part_types``, it was done for the whole of
    which the work is a part: the editor of a chapter's book did not edit the chapter.
    """

    name: str
    by: str = ""
    one: str = ""
    more: str = ""
    has_field: bool = False
    part_types: frozenset[str] = _PARTS


CONTRIBUTOR_ROLES: dict[str, ContributorRole] = {
    role.name: role
    for role in (
        # biblatex manual: section 2.2.2 for roles with a field, section 2.3.6 for the others except "director".
        ContributorRole("bookauthor", "by {names}", has_field=True, part_types=_ANY_PART),
        ContributorRole("editor", "edited by {names}", "(ed.)", "(eds.)"),
        ContributorRole("compiler", "compiled by {names}", "(comp.)", "(comps.)"),
        ContributorRole("founder", "founded by {names}", "(founder)", "(founders)"),
        ContributorRole("continuator", "continued by {names}", "(continuator)", "(continuators)"),
        ContributorRole("redactor", "redaction by {names}", "(redactor)", "(redactors)"),
        ContributorRole("reviser", "revised by {names}", "(reviser)", "(revisers)"),
        ContributorRole("organizer", "organized by {names}", "(organizer)", "(organizers)"),
        ContributorRole("director", "directed by {names}", "(dir.)", "(dirs.)"),
        ContributorRole(
            "collaborator", "in collaboration with {names}", "(collaborator)", "(collaborators)", part_types=frozenset()
        ),
        ContributorRole("holder", "assigned to {names}", has_field=True, part_types=frozenset()),
        ContributorRole("translator", "translated by {names}", has_field=True, part_types=frozenset()),
        ContributorRole("annotator", "annotated by {names}", has_field=True, part_types=frozenset()),
        ContributorRole("commentator", "commentary by {names}", has_field=True, part_types=frozenset()),
        ContributorRole("introduction", "introduction by {names}", has_field=True, part_types=_IN_BOOKS),
        ContributorRole("foreword", "foreword by {names}", has_field=True, part_types=_IN_BOOKS),
        ContributorRole("afterword", "afterword by {names}", has_field=True, part_types=_IN_BOOKS),
    )
}
"""Every role for which we have words, in the order in which pages show them; ``editortype`` may name any other."""

EDITOR_FIELDS = ("editor", "editora", "editorb", "editorc")
"""The fields for roles without one of their own; ``editoratype`` names the role of those in ``editora``, and so on."""

CONTRIBUTOR_FIELDS = tuple(
    dict.fromkeys(
        field for role in CONTRIBUTOR_ROLES.values() for field in ((role.name,) if role.has_field else EDITOR_FIELDS)
    )
)
"""All fields for such people, in the order of their roles."""


@frozen
class Credit:
    """The people who did one thing for a work; ``et_al`` is true if the source ends their list in "and others"."""

    role: ContributorRole
    people: tuple[Author, ...]
    et_al: bool = False

    @property
    def names(self) -> tuple[Name, ...]:
        """Only their names."""
        return tuple(author.name for author in self.people)
