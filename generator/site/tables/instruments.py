"""Instruments: their range, which end is better, and minimal important changes with where they were published.

Names and numbers only. The questions of the instruments belong to their owners and are not kept.
"""

from generator.model.instrument import Better, Instrument, MinimalImportantChange
from generator.review import Review
from generator.wording.table import Cell, Cells, Column, Link, Table, cell, texts
from generator.wording.words import better_label

_COLUMNS = (
    Column("instrument", "Instrument", "Abbreviation; leads to what is known of the instrument."),
    Column("name", "Full name", "Full name."),
    Column("measures", "Measures", "What it measures."),
    Column("better", "Better end", "Which end of the scale is better for people.", facet=True),
    Column("range", "Range", "Lowest and highest possible score."),
    Column("outcomes", "Outcomes", "Outcomes of the protocol that it measures.", facet=True),
    Column(
        "minimal_important_change",
        "Minimal important change",
        "Smallest changes that matter to an individual person, each with people, place and how far it was checked.",
        shown=False,
    ),
    Column("also_called", "Also called", "Other names in reports.", shown=False),
    Column("note", "Note", "What a reader must know.", shown=False),
)
UNREAD = "not yet checked at its source"


def table(review: Review) -> Table:
    """Return every instrument of the review, in the order of its file."""
    rows = tuple(_row(review, key, instrument) for key, instrument in review.instruments.items())
    return Table("instruments", "Instruments", _COLUMNS, rows, empty="No instrument is on file.")


def range_cell(instrument: Instrument) -> Cell:
    """Return the lowest and highest score, such as 0 to 100; a count of events has none."""
    if instrument.range:
        return Cell(f"{instrument.range.low} to {instrument.range.high}")
    return Cell(
        "none: it is counted" if instrument.better is Better.NOT_APPLICABLE else "not on file", "", missing=True
    )


def change_cell(change: MinimalImportantChange) -> Cell:
    """Return one minimal important change with its people, its publication and how far it was checked."""
    people = cell(change.population)
    note = f"{change.citation}; people: {people.text}" + (f"; {change.note}" if change.note else "")
    checked = "" if change.verified else f" ({UNREAD})"
    return Cell(
        f"{change.value} {change.unit}",
        f"{change.value} {change.unit}: {note}{checked}",
        badges=() if change.verified else (UNREAD,),
        note=note,
    )


def _row(review: Review, key: str, instrument: Instrument) -> dict[str, Cells]:
    return {
        "instrument": Cell(instrument.short, key, Link("instruments.md", f"instrument-{key}")),
        "name": Cell(instrument.name),
        "measures": Cell(instrument.measures),
        "better": Cell(better_label(instrument.better), str(instrument.better)),
        "range": range_cell(instrument),
        "outcomes": outcome_cells(review, key),
        "minimal_important_change": tuple(change_cell(one) for one in instrument.minimal_important_change)
        or cell(None),
        "also_called": texts(instrument.also_called) or Cell("no other name", ""),
        "note": cell(instrument.note),
    }


def outcome_cells(review: Review, key: str) -> Cells:
    """Return the outcomes of the protocol that an instrument measures."""
    outcomes = [outcome for outcome in review.protocol.outcomes if key in outcome.instruments]
    return tuple(
        Cell(one.label, one.id, Link("harms.md") if one.harms else Link("results.md", f"outcome-{one.id}"))
        for one in outcomes
    ) or Cell("none of the protocol's", "", missing=True)
