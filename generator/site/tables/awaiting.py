"""What awaits classification: registered trials without included results, and records decided as awaiting."""

from generator.identifiers import address
from generator.model.decision import Candidate
from generator.model.trial import Trial
from generator.review import Review
from generator.review.candidates import Awaiting
from generator.review.places import place_of, quotes_at
from generator.review.trials import newest, registration_of
from generator.site.cells import identifier_cells, word_status
from generator.wording.table import Cell, Cells, Column, Link, Table, cell

_COLUMNS = (
    Column("record", "Record", "Registration id, or title; leads to its details."),
    Column("kind", "What it is", "A registered trial, or a record found by a search or a person.", shown=False),
    Column("id", "Id", "Id of the record's file.", shown=False),
    Column("why", "Why it cannot be judged yet", "What is missing."),
    Column("since", "Since", "Since when it awaits classification."),
    Column("days", "Days waiting", "Days since then.", number=True),
    Column("identifiers", "Identifiers", "What it can be found by."),
    Column("by", "Decided by", "Who decided that it awaits classification; nobody for a trial: computed.", shown=False),
)


def table(review: Review) -> Table:
    """Return everything that awaits classification."""
    return Table(
        "awaiting",
        "Awaiting classification",
        _COLUMNS,
        tuple(_row(review, one) for one in review.awaiting),
        empty="Nothing awaits classification.",
    )


def _row(review: Review, one: Awaiting) -> dict[str, Cells]:
    own = _trial(one.id, one.record) if isinstance(one.record, Trial) else _record(review, one.id, one.record)
    return own | {
        "id": Cell(one.id),
        "why": _why(one),
        "since": Cell(one.since.isoformat()),
        "days": cell(one.days),
    }


def _why(one: Awaiting) -> Cell:
    said = cell(one.why)
    if one.why and isinstance(one.record, Trial):
        return word_status(said, newest(one.record).status)
    return said


def _trial(key: str, trial: Trial) -> dict[str, Cells]:
    page, registration = f"trials/{key}.md", registration_of(key)
    url = address("registry", registration)
    said = quotes_at(page, trial.results.source if trial.results else None)
    return {
        "record": Cell(registration, registration, Link(page), sources=said, note="registered trial"),
        "kind": Cell("registered trial"),
        "identifiers": Cell(trial.registry, registration, Link(url=url) if url else None),
        "by": Cell("computed from the status", ""),
    }


def _record(review: Review, key: str, candidate: Candidate) -> dict[str, Cells]:
    deciders = candidate.decision.by if candidate.decision else ()
    title = cell(candidate.title)
    return {
        "record": Cell(title.text, title.value, place_of(key, review.records), note="record", missing=title.missing),
        "kind": Cell("record"),
        "identifiers": identifier_cells(candidate.identifiers),
        "by": tuple(Cell(review.name_of(one), one) for one in deciders),
    }
