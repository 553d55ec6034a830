"""The instruments: range, better end, and minimal important changes with their caveat. Never a question of theirs."""

from collections.abc import Iterator

from generator.model.instrument import Better, Instrument
from generator.review import Review
from generator.site.page import Page
from generator.site.tables import instruments
from generator.site.tables.instruments import change_cell, outcome_cells, range_cell
from generator.wording.table import Cell, Cells, texts
from generator.wording.templates import render
from generator.wording.words import better_label

Fact = tuple[str, Cells]
"""A label and what stands beside it."""

_BETTER_ENDS = {
    Better.LOWER: "A lower score is better: a score that falls is an improvement.",
    Better.HIGHER: "A higher score is better: a score that rises is an improvement.",
    Better.AMBIGUOUS: (
        "The name stands for scales with opposite ends. Unless a report says which was used, a change cannot be read as"
        " better or worse, and no direction is derived from it."
    ),
    Better.NOT_APPLICABLE: "It has no better end: it is counted, not scored.",
}


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of instruments."""
    body = render(
        "site/pages/instruments.md.j2",
        "instruments.md",
        table=instruments.table(review),
        instruments=[(key, one, _facts(review, key, one)) for key, one in review.instruments.items()],
    )
    yield Page("instruments.md", "Instruments", body, "Outcome scales: range, better end, minimal important changes.")


def _facts(review: Review, key: str, instrument: Instrument) -> list[Fact]:
    changes = tuple(change_cell(one) for one in instrument.minimal_important_change)
    facts: list[Fact] = [
        ("Measures", Cell(instrument.measures)),
        ("Range", range_cell(instrument)),
        ("Better end", Cell(better_label(instrument.better), note=_BETTER_ENDS[instrument.better])),
        ("Minimal important change for one person", changes or Cell("none on file", missing=True)),
        ("Outcomes", outcome_cells(review, key)),
    ]
    if instrument.also_called:
        facts.append(("Also called", texts(instrument.also_called)))
    if instrument.note:
        facts.append(("Note", Cell(instrument.note)))
    return facts
