"""An ORCID record, as the public API gives it out as JSON: https://info.orcid.org/documentation/api-tutorials/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinx_cv_ext.importers.dates import period
from sphinx_cv_ext.importers.imported import DatedEntry, Finding, Imported, Profile, Report, leading
from sphinx_cv_ext.importers.markup import plain
from sphinx_cv_ext.importers.profiles import ProfileDraft
from sphinx_cv_ext.importers.records import Record, read_record
from sphinx_cv_ext.importers.works import with_keys, work
from sphinx_cv_ext.model.links import is_safe_url
from sphinx_cv_ext.sources.raw import RawEntry

TYPES: dict[str, tuple[str, str]] = {
    "journal-article": ("article", "journal"),
    "magazine-article": ("article", "journal"),
    "newspaper-article": ("article", "journal"),
    "review": ("article", "journal"),
    "conference-paper": ("inproceedings", "booktitle"),
    "conference-abstract": ("inproceedings", "booktitle"),
    "conference-poster": ("inproceedings", "booktitle"),
    "book": ("book", "publisher"),
    "edited-book": ("book", "publisher"),
    "book-chapter": ("incollection", "booktitle"),
    "dissertation": ("phdthesis", "school"),
    "dissertation-thesis": ("phdthesis", "school"),
    "report": ("techreport", "institution"),
    "preprint": ("misc", "howpublished"),
    "working-paper": ("misc", "howpublished"),
    "data-set": ("dataset", "publisher"),
    "software": ("software", "publisher"),
    "patent": ("patent", "publisher"),
    "lecture-speech": ("talk", "booktitle"),
    "conference-presentation": ("talk", "booktitle"),
}
"""The BibTeX type of each of ORCID's, and the field for what it calls the journal; "misc" for the others."""

_SUBTYPES = {"magazine-article": "magazine", "newspaper-article": "newspaper"}

# The lists of affiliations, what one of them is called, and the kind of entry that it becomes.
_AFFILIATIONS = (
    ("employments", "employment-summary", "position"),
    ("invited-positions", "invited-position-summary", "position"),
    ("educations", "education-summary", "education"),
    ("qualifications", "qualification-summary", "education"),
    ("distinctions", "distinction-summary", "honor"),
    ("memberships", "membership-summary", "service"),
    ("services", "service-summary", "service"),
)


def read(path: Path, report: Report) -> Imported:
    """What the file ``path`` holds: a whole record, or its activities alone."""
    source = read_record(path, report)
    activities = source.record("activities-summary") if source.has("activities-summary") else source
    groups = activities.record("works").records("group")
    # The API puts the preferred one of the versions of a work first.
    works = [_work(record, report) for group in groups for record in group.records("work-summary")[:1]]
    if works:
        report(Finding(source.location, "the works of a record name no authors; add them in refs.bib"))
    reviews = activities.record("peer-reviews").records("group")
    if reviews:
        report(Finding(source.location, "peer reviews have no place here"))
    profile = _profile(source, report)
    return Imported(with_keys(works), (*_affiliations(activities, report), *_grants(activities, report)), profile)


def _value(record: Record, *names: str) -> str:
    """A text that the API wraps: ``{"title": {"value": "…"}}``."""
    for name in names[:-1]:
        record = record.record(name)
    return record.record(names[-1]).text("value") or record.text(names[-1])


def _profile(source: Record, report: Report) -> Profile:
    profile = ProfileDraft(report)
    person = source.record("person")
    name = person.record("name")
    full = " ".join(filter(None, (_value(name, "given-names"), _value(name, "family-name"))))
    profile.put("name", _value(name, "credit-name") or full)
    others = [other.text("content") for other in person.record("other-names").records("other-name")]
    profile.put_all("spellings", [*filter(None, [full if _value(name, "credit-name") else ""]), *others])
    profile.link("orcid", source.record("orcid-identifier").text("path"), source.location)
    profile.put("description", person.record("biography").text("content"))
    profile.put_all("interests", [word.text("content") for word in person.record("keywords").records("keyword")])
    for place in person.record("researcher-urls").records("researcher-url"):
        name_of, address = place.text("url-name"), _value(place, "url")
        kind = next((kind for kind in ("scholar", "github", "linkedin") if f"{kind}." in address), "website")
        if is_safe_url(address):
            profile.link(kind, address, place.location)
        else:
            report(Finding(place.location, f"the link {name_of!r} is not an address that a page may link to"))
    return profile.made()


def _work(record: Record, report: Report) -> RawEntry:
    said = record.text("type").lower().replace("_", "-")
    kind, within = TYPES.get(said, ("misc", "howpublished"))
    identifiers = {
        found.text("external-id-type").lower(): found.text("external-id-value")
        for found in reversed(record.record("external-ids").records("external-id"))
        if found.text("external-id-relationship").lower() != "part-of"
    }
    subtitle = _value(record, "title", "subtitle")
    arxiv = identifiers.get("arxiv", "").lower().removeprefix("arxiv:")
    values = {
        "entrysubtype": _SUBTYPES.get(said, ""),
        "title": ": ".join(filter(None, (_value(record, "title", "title"), subtitle))),
        within: _value(record, "journal-title"),
        "date": _date(record.record("publication-date")),
        "doi": identifiers.get("doi", ""),
        "eprint": arxiv,
        "eprinttype": "arxiv" if arxiv else "",
        "isbn": identifiers.get("isbn", ""),
        "url": "" if identifiers.get("doi") else _value(record, "url"),
    }
    return work(kind, values, record.location, report)


def _date(record: Record) -> str:
    parts = [_value(record, name) for name in ("year", "month", "day")]
    known = parts[: next((number for number, part in enumerate(parts) if not part), 3)]
    return "-".join(known)


def _affiliations(activities: Record, report: Report) -> Iterator[DatedEntry]:
    for name, inner, kind in _AFFILIATIONS:
        for group in activities.record(name).records("affiliation-group"):
            for summary in group.records("summaries"):
                record = summary.record(inner)
                organization = record.record("organization")
                address = organization.record("address")
                start, end = _date(record.record("start-date")), _date(record.record("end-date"))
                goes_on = kind in ("position", "service")
                yield DatedEntry(
                    kind=kind,
                    when=period(start, end, record.location, report, goes_on),
                    what=plain(", ".join(filter(None, (record.text("role-title"), record.text("department-name"))))),
                    where=plain(organization.text("name")),
                    place=plain(", ".join(filter(None, (address.text("city"), address.text("country"))))),
                    links=leading(_value(record, "url")),
                )


def _grants(activities: Record, report: Report) -> Iterator[DatedEntry]:
    for group in activities.record("fundings").records("group"):
        for record in group.records("funding-summary")[:1]:
            start, end = _date(record.record("start-date")), _date(record.record("end-date"))
            yield DatedEntry(
                kind="grant",
                when=period(start, end, record.location, report),
                what=plain(_value(record, "title", "title")),
                where=plain(record.record("organization").text("name")),
                amount=_amount(record.record("amount")),
                details=", ".join(f"No. {plain(number)}" for number in _grant_numbers(record)),
                links=leading(_value(record, "url")),
            )


def _amount(record: Record) -> str:
    """An amount, which only the whole data of a grant have and the summary in a record does not."""
    return plain(" ".join(filter(None, (record.text("currency-code"), record.text("value")))))


def _grant_numbers(record: Record) -> Iterator[str]:
    for identifier in record.record("external-ids").records("external-id"):
        if identifier.text("external-id-type") == "grant_number":
            yield identifier.text("external-id-value")
