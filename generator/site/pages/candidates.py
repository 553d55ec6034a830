"""Candidates: what was found and waits for a decision, and how to take one. Nothing on this page is a fact."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.decision import Candidate
from generator.model.records import CANDIDATE, path_of
from generator.review import Review
from generator.review.places import edit_address
from generator.review.trials import Category
from generator.site.cells import identifier_cells, record_cell
from generator.site.page import Page
from generator.site.tables import candidates
from generator.site.tables.candidates import days_cell, found_cells, retraction_cell, title_cell
from generator.wording.table import Cell, Cells, cell, texts
from generator.wording.templates import render

Fact = tuple[str, Cells]
"""A label and what stands beside it."""


@dataclass(frozen=True)
class Card:
    """What is shown of one candidate."""

    id: str
    title: Cell
    facts: list[Fact]
    abstract: str | None
    path: str | None
    """None where an earlier day is shown: the record may have become something else, and its file be gone."""
    edit: str | None


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of candidates."""
    cards = []
    for one in review.waiting:
        first: list[Fact] = [("Days waiting", days_cell(one)), ("First found", cell(one.first_found_on))]
        cards.append(card(review, one.id, one.candidate, first))
    body = render(
        "site/pages/candidates.md.j2",
        "candidates.md",
        review=review,
        protocol=review.protocol,
        living=review.living,
        waiting=review.waiting,
        table=candidates.table(review),
        cards=cards,
        awaiting=[
            (one.id, title_cell(one.record, one.id)) for one in review.awaiting if isinstance(one.record, Candidate)
        ],
        n_trials_awaiting=len(review.trials_by_category[Category.AWAITING]),
        reason=review.protocol.exclusion_reasons[0],
    )
    yield Page("candidates.md", "Candidates", body, "Records that were found and wait for a decision.")


def card(review: Review, key: str, candidate: Candidate, first: list[Fact]) -> Card:
    """Return what is shown of one candidate; `first` stands before what its file says."""
    facts = [*first, ("Identifiers", identifier_cells(candidate.identifiers))]
    facts += [(label, cell(value)) for label, value in _bibliography(candidate) if value is not None]
    facts.append(("Found", found_cells(review, candidate.found)))
    if candidate.matched:
        facts.append(("Why it matched", texts(candidate.matched)))
    if candidate.priority:
        because = f"because of {', '.join(candidate.priority.terms)}" if candidate.priority.terms else ""
        facts.append(("Priority for reading", cell(f"{candidate.priority.score} of 100", note=because)))
    if candidate.possible_duplicates:
        found = tuple(record_cell(name, review.records) for name in candidate.possible_duplicates)
        facts.append(("Possibly the same as", found))
    if candidate.linked:
        facts.append(("Related to", tuple(record_cell(name, review.records) for name in candidate.linked)))
    facts.append(("Retraction", retraction_cell(candidate)))
    if candidate.suggested_by:
        facts.append(("Suggested by", Cell(candidate.suggested_by)))
    if candidate.note:
        facts.append(("For the screener", Cell(candidate.note)))
    return Card(
        key,
        title_cell(candidate, key),
        facts,
        candidate.abstract,
        None if review.is_past else path_of(CANDIDATE, key),
        edit_address(review, CANDIDATE, key),
    )


def _bibliography(candidate: Candidate) -> tuple[tuple[str, object], ...]:
    return (
        ("Authors", candidate.authors),
        ("Published", candidate.published or candidate.year),
        ("Published in", candidate.venue),
    )
