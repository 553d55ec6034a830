"""Europe PMC, through its REST service: a query in its own syntax -> articles, preprints, theses and others.

Described on europepmc.org/RestfulWebService. The window is `FIRST_IDATE`, the day of first indexing as the service's
help describes it; that has not been checked against the service itself, hence the long overlap.
"""

import re
from collections.abc import Iterator, Mapping

from generator.identifiers import normalise_doi, normalise_pmcid, normalise_pmid
from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.asking.answers import Page, Query
from generator.surveillance.asking.jsonreading import dig, objects, text, texts
from generator.surveillance.asking.web import Reply, Request, SourceError, UnreadableReplyError, Web
from generator.surveillance.formats.reading.dates import dated
from generator.surveillance.formats.reading.mentions import identifiers_in, kind_in, registrations_in, retracted_in

ADDRESS = "https://www.ebi.ac.uk/europepmc/webservices/rest"
OVERLAP_DAYS = 30
"""What the day of first indexing means rests on the help pages alone, and records of PubMed come a few days later."""
_KEYS_PER_REQUEST = 50
"""So that the address, with a long strategy, stays below the 8,000 characters that web servers take."""
_AT_MOST_PER_SECOND = 5.0
_OWN_NUMBERS = frozenset({"MED", "PPR", "PMC"})
"""Collections whose numbers are unique among all; those of the others are given with the collection's name."""
_LINKS = ("preprint", "update", "republished", "corrected and republished", "retracted and republished")
_SUBJECTS = ("erratum for", "retraction of", "expression of concern for")
"""Beginnings of the relations to other versions of a document, and of those from a notice to its document."""
_HEADING = re.compile(r"\s*<h4>\s*([^<]*?)[\s:]*</h4>\s*")


def key_of(known: SourceRecord) -> str:
    """Return the PubMed id of a known record, else its DOI, else its PubMed Central id."""
    return known.pmid or known.doi or known.pmcid


def search(query: Query, web: Web) -> Iterator[Page]:
    """Yield the records that a strategy finds; the window is the day on which a record was first indexed."""
    if not query.strategy and not query.only:
        raise SourceError("Europe PMC was asked for nothing: neither a strategy nor identifiers")
    for start in range(0, len(query.only) or 1, _KEYS_PER_REQUEST):
        keys = query.only[start : start + _KEYS_PER_REQUEST]
        part = str(start) if len(query.only) > _KEYS_PER_REQUEST else ""
        mark = "*"
        while mark:
            request = Request(
                f"{web.address('EUROPEPMC', ADDRESS)}/search",
                {
                    "query": _asked(query, keys),
                    "format": "json",
                    "resultType": "core",
                    "pageSize": "500",
                    "cursorMark": mark,
                },
                at_most_per_second=_AT_MOST_PER_SECOND,
            )
            found = web.ask(request, _results)
            records = tuple(_record(one, query.source) for one in objects(found, "resultList", "result"))
            yield Page(records, int(text(found, "hitCount")), request.address, part=part)
            after = text(found, "nextCursorMark")
            mark = after if records and after != mark else ""  # the last page repeats the mark it was asked with


def _asked(query: Query, keys: tuple[str, ...]) -> str:
    named = " OR ".join(map(_named, keys))
    since = f"FIRST_IDATE:[{query.since} TO 3000-01-01]" if query.since else ""
    parts = [part for part in (query.strategy, named) if part]
    return " AND ".join([*(f"({part})" for part in parts), *([since] if since else [])])


def _named(key: str) -> str:
    if normalise_pmid(key):
        return f"(EXT_ID:{key} AND SRC:MED)"
    return f"PMCID:{key}" if normalise_pmcid(key) else f'DOI:"{key}"'


def _results(reply: Reply) -> Mapping[str, object]:
    """Read an answer; every record in it has its number and its collection.

    Raises:
        SourceError: the service says what is wrong with the query.
        UnreadableReplyError: the answer has another layout.
    """
    found = reply.json()
    if not isinstance(found, dict):
        raise UnreadableReplyError(f"expected a JSON object, got {reply.sketch}")
    failure = text(found, "errMsg") or text(found, "errCode")
    if failure:
        raise SourceError(f"Europe PMC says: {failure[:200]}")
    listed = dig(found, "resultList").get("result")
    if not isinstance(listed, list) or not text(found, "hitCount").isdigit():
        raise UnreadableReplyError(f"expected a count and a list of results, got {reply.sketch}")
    if not all(isinstance(one, dict) and text(one, "id") and text(one, "source") for one in listed):
        raise UnreadableReplyError("a result without its number or its collection")
    return found


def _record(found: Mapping[str, object], source: str) -> SourceRecord:
    number, collection = text(found, "id"), text(found, "source")
    journal, title, abstract = dig(found, "journalInfo"), text(found, "title"), _abstract(text(found, "abstractText"))
    types = texts(found, "pubTypeList", "pubType")
    dates = (text(found, name) for name in ("pubYear", "firstPublicationDate", "electronicPublicationDate"))
    year, published = dated([date for date in dates if date])
    relations = objects(found, "commentCorrectionList", "commentCorrection")
    is_retracted = any(text(one, "type").lower().startswith("retraction in") for one in relations)
    return SourceRecord(
        source=source,
        title=title,
        authors=_authors(found),
        year=year,
        published=published,
        venue=text(journal, "journal", "title") or text(found, "bookOrReportDetails", "publisher"),
        volume=text(journal, "volume"),
        issue=text(journal, "issue"),
        pages=text(found, "pageInfo"),
        doi=normalise_doi(text(found, "doi")) or "",
        pmid=normalise_pmid(text(found, "pmid")) or (number if collection == "MED" else ""),
        pmcid=normalise_pmcid(text(found, "pmcid")) or "",
        url=f"https://europepmc.org/article/{collection}/{number}",
        abstract=abstract,
        licence=text(found, "license").lower().replace(" ", "-"),
        kind=RecordKind.PREPRINT if collection == "PPR" else kind_in(types),
        language=text(found, "language"),
        retracted=True if is_retracted else retracted_in(title, types),
        linked=tuple(dict.fromkeys([*registrations_in([abstract]), *(to for one in relations for to in _linked(one))])),
        accession=number if collection in _OWN_NUMBERS else f"{collection}/{number}",
    )


def _authors(found: Mapping[str, object]) -> tuple[str, ...]:
    """Return `Family, Given` for each person and the name of each group; the short names where no list is given."""
    names = []
    for author in objects(found, "authorList", "author"):
        family, given = text(author, "lastName"), text(author, "firstName") or text(author, "initials")
        person = f"{family}, {given}" if family and given else family or text(author, "fullName")
        names.append(person or text(author, "collectiveName"))
    short = (name.strip() for name in text(found, "authorString").rstrip(".").split(","))
    return tuple(name for name in names or short if name)


def _abstract(marked: str) -> str:
    """Return an abstract with `Background: ` for `<h4>Background</h4>`; all else stays as it is."""
    return _HEADING.sub(lambda heading: f" {heading[1]}: " if heading[1] else " ", marked).strip()


def _linked(relation: Mapping[str, object]) -> Iterator[str]:
    """Yield the identifiers of a related version, and of the document that a notice is about."""
    if text(relation, "type").lower().startswith((*_LINKS, *_SUBJECTS)):
        number = text(relation, "id")
        if number:
            yield f"PMID:{number}" if text(relation, "source") == "MED" else number
        yield from identifiers_in([text(relation, "reference")])
