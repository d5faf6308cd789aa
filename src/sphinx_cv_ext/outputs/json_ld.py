"""Publications and the site's owner as JSON-LD in the vocabulary of schema.org, for search engines."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sphinx_cv_ext.model.credits import Credit
from sphinx_cv_ext.model.cv import Entry
from sphinx_cv_ext.model.identifiers import DOI, ORCID
from sphinx_cv_ext.model.links import LINK_KINDS, Link, is_on_web
from sphinx_cv_ext.model.patterns import pattern
from sphinx_cv_ext.model.people import Author, Name, Owner, People, once_per_name
from sphinx_cv_ext.model.profile import Profile
from sphinx_cv_ext.model.publication import BOOK_FIELDS, SCHOOL_FIELDS, Publication
from sphinx_cv_ext.outputs.identifiers import ARXIV_URL, arxiv_id, isbns, issns
from sphinx_cv_ext.outputs.lines import abstract_text, plain_line, title_line
from sphinx_cv_ext.outputs.parts import edition, family, is_in_journal, is_out, is_titled_issue, patent_office
from sphinx_cv_ext.outputs.words import award_words

Node = dict[str, Any]
"""An object of JSON-LD: properties of schema.org, ``@type`` and perhaps ``@id``."""

_Links = Sequence[tuple[str, str]]
"""Links as pairs of the name of their kind and their address."""

OWNER = "self"
"""The key for the owner's ``@id``; it is also the name of the owner's role in annotations."""

CONTEXT = "https://schema.org"

TYPES: dict[str, str] = {
    "article": "ScholarlyArticle",
    "conference": "ScholarlyArticle",
    "workshop": "ScholarlyArticle",
    "preprint": "ScholarlyArticle",
    "book": "Book",
    "chapter": "Chapter",
    "proceedings": "Book",
    "thesis": "Thesis",
    "report": "Report",
    "patent": "CreativeWork",
    "dataset": "Dataset",
    "software": "SoftwareApplication",
    "talk": "PresentationDigitalDocument",
    "magazine": "Article",
    "newspaper": "NewsArticle",
    "other": "CreativeWork",
}
"""The class of schema.org for each type of publication; there is none for patents.

Software with a link to its source code is a SoftwareSourceCode instead.
"""

_ARTICLES = frozenset({"Article", "NewsArticle", "ScholarlyArticle", "Report"})
_HAVE_PAGES = _ARTICLES | {"Chapter"}
# Types that appear in something else; a preprint says "arXiv preprint" where others name their journal.
_CONTAINED = frozenset({"article", "conference", "workshop", "chapter", "magazine", "newspaper", "other"})
# biblatex manual, section 4.9.2.11, and BibTeX's types.
_DEGREES = {
    "phdthesis": "PhD",
    "candthesis": "Candidate of Science",
    "mastersthesis": "Master",
    "mathesis": "Master",
    "bathesis": "Bachelor",
}

# The kinds of links to pages about the work, and to pages about the person, for schema.org/sameAs.
_SAME_WORK = frozenset({"doi", "arxiv", "hal", "pubmed", "openreview", "html", "paper", "url"})
_SAME_PERSON = frozenset(
    {
        *("scholar", "orcid", "dblp", "github", "linkedin", "mastodon", "bluesky", "twitter", "openreview", "hal"),
        *("website", "url"),
    }
)
_FULL_TEXT = frozenset({"pdf", "paper"})
_ABOUT_WORK = frozenset({"blog", "media"})

_DOI = pattern(DOI)
_ORCID = pattern(ORCID)

_PDF = pattern(r"(?i:https?://[^/?#]*/[^?#]*\.pdf)(?:[?#]|$)|https?://arxiv\.org/pdf/")


def person_id(site_url: str) -> str:
    """The ``@id`` of the site's owner, the same on every page; empty if the address of the site is not known."""
    address = site_url.partition("#")[0].rstrip("/")
    return f"{address}/#person" if address else ""


def publication_node(
    publication: Publication,
    url: str,
    person_ids: Mapping[str, str],
    owner: Owner,
    pdf_url: str = "",
    people: People | None = None,
    page_uri: Callable[[str], str] = str,
) -> Node:
    """``publication`` in the vocabulary of schema.org, without empty values; ``url`` is the address of its page.

    ``person_ids`` maps ORCID iDs to the ``@id`` of people; the ``@id`` of the site's ``owner`` is under `OWNER`, see
    `person_id`. ``pdf_url`` is the full text, if the site itself has it. ``people`` are those who have a page, and
    ``page_uri`` gives the address of a page of the site. All addresses are absolute, or empty if the site's own address
    is not known.

    The rules are those of the vocabulary, https://schema.org/ScholarlyArticle and the classes beside it. Editors of a
    work without authors are its editors, not its authors; nominations and orals are no awards.
    """
    links = _on_web(publication.links)
    kind = _kind(publication, links)
    has_appeared = is_out(publication)
    title = title_line(publication)

    def nodes(authors: Iterable[Author]) -> list[Node]:
        if people is None:
            return [_author(author, person_ids, owner) for author in authors]
        return [_linked(author, people, page_uri) or _author(author, person_ids, owner) for author in authors]

    arxiv = arxiv_id(publication)
    files = dict.fromkeys(filter(None, (pdf_url, *filter(_PDF.match, _of_kinds(links, _FULL_TEXT)))))
    node: Node = {
        "@context": CONTEXT,
        "@type": kind,
        "@id": f"{url.partition('#')[0]}#publication" if url else "",
        "url": url,
        "mainEntityOfPage": url,
        "name": title,
        "headline": title if kind in _ARTICLES else "",
        **_people(publication, nodes),
        "translationOfWork": _original(publication),
        "datePublished": publication.date.iso if publication.date and has_appeared else "",
        "creativeWorkStatus": publication.state or ("preprint" if publication.type.name == "preprint" else ""),
        "isPartOf": _container(publication, nodes) if has_appeared else {},
        "publisher": _organization(_publisher(publication)),
        "award": [award_words(award, str) for award in publication.awards if award.kind.name == "award"],
        "keywords": list(publication.keywords),
        "abstract": abstract_text(publication).strip(),
        "inLanguage": publication.language,
        "identifier": _identifiers(publication, links, arxiv),
        "sameAs": _same_as(links, arxiv),
        "encoding": [
            {"@type": "MediaObject", "contentUrl": address, "encodingFormat": "application/pdf"} for address in files
        ],
        "isAccessibleForFree": True if pdf_url or arxiv else "",
        "subjectOf": [{"@type": "CreativeWork", "url": link} for link in _of_kinds(links, _ABOUT_WORK)],
        "pagination": (publication.details.pages or publication.details.eid) if kind in _HAVE_PAGES else "",
        # The one class that has a name of its own for it.
        "softwareVersion" if kind == "SoftwareApplication" else "version": publication.details.version,
        **_specific(publication, kind, links),
    }
    return _known(node)


def profile_page(profile: Profile, url: str, site_url: str, entries: Sequence[Entry] = ()) -> Node:
    """The page ``url`` about the owner of the site at ``site_url``: a ProfilePage, whose main entity they are.

    ``entries`` are the dated entries of the site: schools that are over, positions and talks are the owner's, too.
    https://developers.google.com/search/docs/appearance/structured-data/profile-page
    """
    schools = [plain_line(one.where) for one in _of_kind(entries, "education") if one.period and one.period.end]
    names = dict.fromkeys((profile.native_name, *profile.spellings))
    orcid = _orcid(profile.orcid)
    same = dict.fromkeys(filter(None, (orcid.get("url"), *_of_kinds(_on_web(profile.links), _SAME_PERSON))))
    jobs = [plain_line(one.what) for one in _of_kind(entries, "position")]
    owner: Node = {
        "@type": "Person",
        "@id": person_id(site_url),
        "name": profile.name,
        "alternateName": [name for name in names if name != profile.name],
        "description": profile.description,
        "jobTitle": profile.position,
        "worksFor": _organization(profile.affiliation, profile.affiliation_url),
        "alumniOf": [_organization(name) for name in dict.fromkeys((*profile.alumni_of, *schools))],
        "hasOccupation": [_known({"@type": "Occupation", "name": name}) for name in dict.fromkeys(jobs)],
        "performerIn": [_event(one) for one in _of_kind(entries, "talk")],
        "knowsAbout": list(profile.interests),
        "email": profile.email.removeprefix("mailto:"),
        "image": _web(profile.image_url),
        "url": url,
        "identifier": orcid,
        "sameAs": list(same),
    }
    page: Node = {"@context": CONTEXT, "@type": "ProfilePage", "@id": url, "url": url, "name": profile.name}
    return _known({**page, "mainEntity": _known(owner)})


def _of_kind(entries: Iterable[Entry], name: str) -> Iterator[Entry]:
    return (entry for entry in entries if entry.kind.name == name)


def _event(talk: Entry) -> Node:
    what, where = plain_line(talk.what), plain_line(talk.where)
    return _known(
        {
            "@type": "Event",
            "name": where or what,
            "about": _known({"@type": "CreativeWork", "name": what if where else ""}),
            "location": _known({"@type": "Place", "name": plain_line(talk.place)}),
            "url": _web(talk.url),
            "startDate": talk.start,
            "endDate": talk.end,
        }
    )


def _kind(publication: Publication, links: _Links) -> str:
    if publication.type.name == "software" and _first(links, "code"):
        return "SoftwareSourceCode"
    return "PublicationIssue" if is_titled_issue(publication) else TYPES[publication.type.name]


def _author(author: Author, person_ids: Mapping[str, str], owner: Owner) -> Node:
    if owner.is_author(author):
        return _person(author.name, author.orcid or owner.orcid, person_ids.get(OWNER, ""))
    if author.orcid:
        known = person_ids.get(author.orcid, "") if author.orcid != OWNER else ""
        return _person(author.name, author.orcid, known)
    return _named(author.name)


def _linked(author: Author, people: People, page_uri: Callable[[str], str]) -> Node:
    """The author as one of ``people``, or empty. A member of a group has no ``@id``, which is that of the group."""
    person = people.find(author)
    if not person:
        return {}
    orcid = author.orcid or person.orcid
    node = _person(author.name, orcid) if orcid else _named(author.name)
    address = _web(person.address(page_uri))
    return _known({**node, "url": address if address != node.get("sameAs") else ""})


@once_per_name
def _named(name: Name) -> Node:
    """A person or an organization: in the model, a group has only a family name.

    So does a Chinese, Japanese or Korean name that was not divided; these have four characters at most.
    """
    is_unparted = len(name.family) <= 4 and all(unicodedata.east_asian_width(c) == "W" for c in name.family)
    if name.given or name.particle or name.suffix or is_unparted:
        return _person(name)
    return _organization(name.family)


def _person(name: Name, orcid: str = "", node_id: str = "") -> Node:
    identifier = _orcid(orcid)
    return _known(
        {
            "@type": "Person",
            "name": str(name),
            "givenName": name.given,
            "familyName": family(name) if name.given else "",
            "identifier": identifier,
            "sameAs": identifier.get("url", ""),
            "@id": node_id,
        }
    )


def _orcid(orcid: str) -> Node:
    if not orcid or not _ORCID.fullmatch(orcid):
        return {}
    return _identifier("ORCID", orcid, LINK_KINDS["orcid"].template.format(orcid))


def _organization(name: str, url: str = "") -> Node:
    return _known({"@type": "Organization", "name": name, "url": _web(url)}) if name else {}


_Nodes = Callable[[Iterable[Author]], list[Node]]


def _people(publication: Publication, nodes: _Nodes) -> Node:
    """Who made the work, by what they did."""
    return _credits([(publication.part, publication.authors), *_parts(publication.own_credits)], nodes)


def _parts(credits: Iterable[Credit]) -> list[tuple[str, Sequence[Author]]]:
    return [(credit.role.name, credit.people) for credit in credits]


# Those who did anything else have contributed to it.
_PROPERTIES = {
    **{name: name for name in ("author", "editor", "translator")},
    "bookauthor": "author",
    "holder": "sourceOrganization",
}
# The only class of things that these can be.
_ONLY = {"editor": "Person", "sourceOrganization": "Organization"}


def _credits(parts: Iterable[tuple[str, Sequence[Author]]], nodes: _Nodes) -> Node:
    """People by what they did; schema.org has no organizations as editors, and no people as holders of a patent."""
    found: dict[str, list[Node]] = {}
    for part, people in parts:
        name = _PROPERTIES.get(part, "contributor")
        for node in nodes(people):
            is_fit = name not in _ONLY or node.get("@type") == _ONLY[name]
            found.setdefault(name if is_fit else "contributor", []).append(node)
    return found


def _original(publication: Publication) -> Node:
    """What it is a translation of."""
    if not publication.credited("translator"):
        return {}
    date = publication.original_date
    names = {"name": publication.details.origtitle, "datePublished": date.iso if date else ""}
    return _known({"@type": "CreativeWork", **names})


def _container(publication: Publication, nodes: _Nodes) -> Node:
    """What the work appeared in: an issue of a volume of a journal, or a book, which proceedings are."""
    details, venue = publication.details, publication.venue
    is_issue = is_titled_issue(publication)
    if publication.type.name in ("book", "proceedings") and not is_issue:
        return _series(publication)
    if not (is_issue or publication.type.name in _CONTAINED) or not venue.name:
        return {}
    if is_in_journal(publication):
        names = {"name": venue.name, "alternateName": venue.short}
        part = _known({"@type": "Periodical", **names, "issn": issns(publication)})
        if details.volume:
            part = {"@type": "PublicationVolume", "volumeNumber": details.volume, "isPartOf": part}
        if (details.number or details.issuetitle) and not is_issue:
            named = {"name": details.issuetitle or details.issue, "issueNumber": details.number}
            part = _known({"@type": "PublicationIssue", **named, "isPartOf": part})
        return part
    if venue.field in BOOK_FIELDS:
        return _known(
            {
                "@type": "Book",
                "name": venue.name,
                "alternateName": venue.short,
                "isbn": isbns(publication),
                "bookEdition": edition(publication),
                **_credits(_parts(publication.credits_of_whole), nodes),
                "isPartOf": _series(publication),
            }
        )
    return {}


def _series(publication: Publication) -> Node:
    return _known({"@type": "BookSeries", "name": publication.details.series})


def _publisher(publication: Publication) -> str:
    """The publisher; for a technical report it is the institution ("BibTeXing", section 3.2)."""
    venue = publication.venue
    if publication.type.name == "patent":
        return patent_office(publication)
    if publication.details.publisher:
        return publication.details.publisher
    if (publication.type.name, venue.field) in (("book", "organization"), ("proceedings", "organization")):
        return venue.name
    return venue.name if publication.type.name == "report" and venue.field in SCHOOL_FIELDS else ""


def _specific(publication: Publication, kind: str, links: _Links) -> Node:
    """Properties that only the class ``kind`` has."""
    details, venue = publication.details, publication.venue
    match kind:
        case "Book":
            return {"isbn": isbns(publication), "bookEdition": edition(publication)}
        case "Thesis":
            return {
                "inSupportOf": _DEGREES.get(details.type.lower()) or _DEGREES.get(publication.entry_type, ""),
                "sourceOrganization": _organization(venue.name) if venue.field in SCHOOL_FIELDS else {},
            }
        case "PublicationIssue":
            return {"issueNumber": details.number}
        case "Report":
            return {"reportNumber": details.number}
        case "SoftwareSourceCode":
            return {"codeRepository": _first(links, "code")}
    return {}


def _identifier(name: str, value: str, url: str = "") -> Node:
    return _known({"@type": "PropertyValue", "propertyID": name, "value": value, "url": url})


def _identifiers(publication: Publication, links: _Links, arxiv: str) -> list[Node]:
    details = publication.details
    found = []
    if _DOI.fullmatch(details.doi):
        found.append(_identifier("DOI", details.doi, _first(links, "doi")))
    if arxiv:
        found.append(_identifier("arXiv", arxiv, _arxiv_url(arxiv)))
    if publication.type.name == "patent" and details.number:
        found.append(_identifier("patent number", details.number))
    return found


def _same_as(links: _Links, arxiv: str) -> list[str]:
    pages = [url for url in _of_kinds(links, _SAME_WORK) if not (_PDF.match(url) or ARXIV_URL.fullmatch(url))]
    return list(dict.fromkeys([*pages, *([_arxiv_url(arxiv)] if arxiv else [])]))


def _arxiv_url(identifier: str) -> str:
    return LINK_KINDS["arxiv"].template.format(identifier)


def _on_web(links: Iterable[Link]) -> _Links:
    return [(link.kind.name, link.url) for link in links if is_on_web(link.url)]


def _of_kinds(links: _Links, kinds: frozenset[str]) -> list[str]:
    return [url for kind, url in links if kind in kinds]


def _first(links: _Links, wanted: str) -> str:
    return next((url for kind, url in links if kind == wanted), "")


def _web(address: str) -> str:
    return address if is_on_web(address) else ""


def _known(node: Node) -> Node:
    """``node`` without empty values. A list of one becomes that item, and a node with nothing but its class is empty.

    Nodes within ``node`` must have been treated by this function already.
    """
    known: Node = {}
    for name, value in node.items():
        # Most properties are empty for any one work.
        if not value:
            continue
        if isinstance(value, list):
            parts = [part for part in value if part]
            value = parts[0] if len(parts) == 1 else parts
        if value:
            known[name] = value
    return {} if known.keys() <= {"@type"} else known
