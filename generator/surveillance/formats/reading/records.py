"""The fields of a record, in a file's own names -> a `SourceRecord`. A record is kept with whatever it has."""

import re

from generator.identifiers import normalise_doi, normalise_pmcid, normalise_registry
from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.formats.reading.dates import dated
from generator.surveillance.formats.reading.fields import FieldNames, Fields
from generator.surveillance.formats.reading.mentions import (
    doi_in,
    identifiers_in,
    kind_in,
    pmid_in,
    registrations_in,
    retracted_in,
)
from generator.surveillance.formats.reading.registrations import NAMES, copied

_NOBODY = re.compile(r"(?:and )?(?:others|et\.? al)", re.IGNORECASE)
"""What stands in a list of authors for those who are not named; `others` is BibTeX's own word for them."""

_NO_TITLE = re.compile(r"\[not available\]\.?", re.IGNORECASE)
"""What PubMed gives for a title that nobody has translated; the title as printed stands in a field of its own."""


def source_record(fields: Fields, names: FieldNames, source: str, place: str) -> SourceRecord:
    """Return the record that the fields make up; what is no identifier in any known spelling is left away.

    `names` may name: title, authors, dates, venue, volume, issue, first_page, last_page, pages, doi, notes (a DOI only
    when nothing else stands there: notes cite other documents), pmid, pmcid, registration, url, abstract, types,
    language, linked, accession, withdrawn.
    """

    def texts(part: str) -> list[str]:
        return fields.all(names.get(part, ()))

    def text(part: str) -> str:
        return next(iter(texts(part)), "")

    title = next((one for one in texts("title") if not _NO_TITLE.fullmatch(one)), "")
    addresses = texts("url")
    kind = kind_in(texts("types"))
    mentions = [*addresses, title, *texts("accession"), text("venue")] if kind is RecordKind.REGISTRATION else []
    registration = next(iter(registrations_in(texts("registration") or mentions)), "")
    year, published = dated(texts("dates"))
    return SourceRecord(
        source=source,
        title=title,
        authors=tuple(filter(_is_author, texts("authors"))),
        year=year,
        published=published,
        venue=text("venue"),
        volume=text("volume"),
        issue=text("issue"),
        pages=_pages(text("first_page"), text("last_page"), text("pages")),
        doi=doi_in([*texts("doi"), *addresses]) or next(filter(None, map(normalise_doi, texts("notes"))), ""),
        pmid=pmid_in(texts("pmid"), addresses),
        pmcid=next(filter(None, map(normalise_pmcid, texts("pmcid"))), ""),
        registration=registration,
        url=next(iter(addresses), ""),
        abstract=text("abstract"),
        kind=kind,
        language=text("language"),
        retracted=True if texts("withdrawn") else retracted_in(title, texts("types")),
        linked=tuple(found for found in identifiers_in(texts("linked")) if found != registration),
        accession=text("accession"),
        place=place,
        trial=copied(fields, registration) if names is NAMES and registration else None,
    )


def _is_author(name: str) -> bool:
    """Return whether a name is one: Cochrane gives registration ids as authors, others say that there are more."""
    return not normalise_registry(name.rstrip(",")) and not _NOBODY.fullmatch(name.strip(" .,"))


def _pages(first: str, last: str, both: str) -> str:
    if first and last and last != first:
        return f"{first}-{last}"
    return first or both.replace("--", "-")
