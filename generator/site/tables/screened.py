"""Records excluded on title and abstract: the ledger line by line for the download, and its counts for the page."""

from collections.abc import Iterator
from functools import lru_cache

from generator.model.decision import ScreenedRecord
from generator.model.protocol import Source
from generator.review import Review
from generator.review.exclusions import ReasonCounts
from generator.review.tracing import first_source
from generator.site.pieces import LEDGERS, blocks
from generator.wording.table import Cell, Cells, Column, Row, Table, cell

_COLUMNS = (
    Column("title", "Title", "Title exactly as the source gives it."),
    Column("year", "Year", "Year of publication.", number=True),
    Column("doi", "DOI", "DOI."),
    Column("pmid", "PubMed id", "PubMed id."),
    Column("openalex", "OpenAlex id", "OpenAlex work id."),
    Column("registration", "Registration", "Trial registration id."),
    Column("url", "Address", "Web address, when there is no identifier."),
    Column("reason", "Reason", "The first reason of the protocol that applies.", facet=True),
    Column("by", "Decided by", "Ids of the people who decided."),
    Column("on", "On", "When."),
    Column("found_on", "Found on", "Day it was first found; empty where the ledger does not say."),
    Column("source", "Source", "Id of the source that returned it first, databases and registers first.", facet=True),
)
_shared = lru_cache(maxsize=4096, typed=True)(cell)
"""Cells of values that return in line after line, such as reasons and sources, made once."""


def table(review: Review) -> Table:
    """Return every record excluded on title and abstract, in the order of the ledger."""
    return Table(
        "screened",
        "Excluded on title and abstract",
        _COLUMNS,
        blocks(review, LEDGERS, sorted(review.records.screened), "screened", _rows),
        empty="No record has been excluded on title and abstract.",
    )


def count_table(review: Review) -> Table:
    """Return how many records were excluded on title and abstract, by reason and by the year of the decision."""
    counts = review.screened_counts
    columns = (
        Column("reason", "Reason", "The first reason of the protocol that applies."),
        *(Column(f"in_{year}", year, f"Records excluded in {year}.", number=True) for year in counts.years),
        Column("total", "All years", "Records excluded in all years.", number=True),
    )
    rows = tuple(_count_row(counts.years, reason) for reason in (*counts.per_reason, counts.all_reasons))
    return Table(
        "screened-counts",
        "Records excluded on title and abstract, by reason and year of the decision",
        columns,
        rows if counts.all_reasons.total else (),
        empty="No record has been excluded on title and abstract.",
    )


def _count_row(years: tuple[str, ...], reason: ReasonCounts) -> dict[str, Cells]:
    row: dict[str, Cells] = {f"in_{year}": cell(count) for year, count in zip(years, reason.per_year, strict=True)}
    return row | {"reason": Cell(reason.label), "total": cell(reason.total)}


def _rows(review: Review, year: str) -> Iterator[Row]:
    reasons = {reason.id: Cell(reason.label, reason.id) for reason in review.protocol.exclusion_reasons}
    sources = {source.id: source for source in review.protocol.sources}
    return (_row(record, reasons, sources) for record in review.records.screened[year].records)


def _row(record: ScreenedRecord, reasons: dict[str, Cell], sources: dict[str, Source]) -> dict[str, Cells]:
    first, source = None, record.source
    if record.found:
        first = min(find.on for find in record.found).isoformat()
        returned = first_source(record.found, sources)
        source = returned.id if returned else record.found[0].source  # a person who named it
    return {
        "title": cell(record.title),
        "year": _shared(record.year),
        "doi": _shared(None) if record.doi is None else cell(record.doi),
        "pmid": _shared(None) if record.pmid is None else cell(record.pmid),
        "openalex": _shared(None) if record.openalex is None else cell(record.openalex),
        "registration": _shared(None) if record.registration is None else cell(record.registration),
        "url": _shared(None) if record.url is None else cell(record.url),
        "reason": reasons.get(record.reason) or _shared(record.reason),
        "by": _shared(", ".join(record.by)),
        "on": _shared(record.on.isoformat()),
        "found_on": _shared(first),
        "source": _shared(source),
    }
