"""A work as OpenAlex gives it -> a record. Asks nothing.

Any part but the number may be null or missing; titles and abstracts stay what they are, with tags and entities in them.
"""

from collections.abc import Mapping

from pyalex import Work  # type: ignore[import-untyped]

from generator.identifiers import normalise_doi, normalise_openalex, normalise_pmcid, registration_of_doi
from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.asking.jsonreading import dig, objects, text
from generator.surveillance.asking.web import UnreadableReplyError
from generator.surveillance.formats.reading.dates import partial_date
from generator.surveillance.formats.reading.mentions import doi_in, pmid_in, registrations_in

FIELDS = (
    "id",
    "doi",
    "ids",
    "title",
    "display_name",
    "publication_year",
    "publication_date",
    "language",
    "type",
    "primary_location",
    "best_oa_location",
    "locations",
    "authorships",
    "biblio",
    "is_retracted",
    "abstract_inverted_index",
)
"""The parts of a work that are read, so that no others need be asked for."""
_KINDS = {
    "article": RecordKind.ARTICLE,
    "review": RecordKind.ARTICLE,
    "letter": RecordKind.ARTICLE,
    "editorial": RecordKind.ARTICLE,
    "preprint": RecordKind.PREPRINT,
    "erratum": RecordKind.ERRATUM,
    "retraction": RecordKind.ERRATUM,  # the notice, which is about another document
    "conference-abstract": RecordKind.CONFERENCE_ABSTRACT,
}
"""Types of works; a `review` is any work of a journal of reviews. All others are OTHER."""


def record_of(work: Mapping[str, object], source: str) -> SourceRecord:
    """Return one work as a record; a work without its number is an answer of another layout."""
    number = normalise_openalex(text(work, "id"))
    if not number:
        raise UnreadableReplyError("a work without its number")
    title, abstract = text(work, "title") or text(work, "display_name"), _abstract(work)
    doi = normalise_doi(text(work, "doi")) or ""
    place, year = dig(work, "primary_location"), work.get("publication_year")
    published = partial_date(text(work, "publication_date"))
    first, last = text(work, "biblio", "first_page"), text(work, "biblio", "last_page")
    pmcid = text(work, "ids", "pmcid").rpartition("/")[2].upper().removeprefix("PMC")
    people = (
        text(one, "author", "display_name") or text(one, "raw_author_name") for one in objects(work, "authorships")
    )
    return SourceRecord(
        source=source,
        title=title,
        authors=tuple(name for name in people if name),
        year=year if isinstance(year, int) else int(published[:4]) if published else None,
        published=published,
        venue=text(place, "source", "display_name") or text(place, "raw_source_name"),
        volume=text(work, "biblio", "volume"),
        issue=text(work, "biblio", "issue"),
        pages=f"{first}-{last}" if first and last and first != last else first or last,
        doi=doi,
        pmid=pmid_in([text(work, "ids", "pmid")], [text(work, "ids", "pmid")]),
        pmcid=normalise_pmcid(f"PMC{pmcid}") or "",
        openalex=number,
        registration=registration_of_doi(doi) or "",
        url=text(place, "landing_page_url") or f"https://openalex.org/{number}",
        abstract=abstract,
        licence=text(work, "best_oa_location", "license").lower(),
        kind=_kind(work),
        language=text(work, "language"),
        retracted=True if work.get("is_retracted") is True else None,
        linked=_linked(work, doi, f"{title} {abstract}"),
        accession=number,
    )


def _kind(work: Mapping[str, object]) -> RecordKind:
    """Return the kind; what was posted, in the words of Crossref, is a preprint also where it is called an article."""
    if registration_of_doi(text(work, "doi")):
        return RecordKind.REGISTRATION
    posted = text(work, "primary_location", "raw_type") == "posted-content"
    kind = _KINDS.get(text(work, "type"), RecordKind.OTHER)
    return RecordKind.PREPRINT if posted and kind is RecordKind.ARTICLE else kind


def _linked(work: Mapping[str, object], doi: str, words: str) -> tuple[str, ...]:
    """Return the registrations that title and abstract name, and the DOIs of other versions merged into the work."""
    versions = (doi_in([text(one, "id"), text(one, "landing_page_url")]) for one in objects(work, "locations"))
    return tuple(dict.fromkeys([*registrations_in([words]), *(found for found in versions if found not in ("", doi))]))


def _abstract(work: Mapping[str, object]) -> str:
    """Return the abstract in the order of its words; empty where a publisher forbids it or the list is damaged."""
    index = dig(work, "abstract_inverted_index")
    whole = all(isinstance(places, list) and all(type(one) is int for one in places) for places in index.values())
    return str(Work(work)["abstract"]) if index and whole else ""
