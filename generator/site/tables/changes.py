"""What changed: one row per change, the newest first. Everything stands in the downloads, the newest rows on a page."""

from collections.abc import Iterable, Iterator, Sequence

from generator.review import Review
from generator.review.changes import Change, ChangeKind, Weight, changes
from generator.site.pieces import block_of
from generator.wording.table import Cell, Cells, Column, Link, Rows, Table

N_SHOWN = 500
"""Rows that a page shows; the downloads hold them all."""

_COLUMNS = (
    Column("on", "Date", "Day on which the review learned of it."),
    Column("title", "What changed", "The change in a sentence; leads to where it can be read up."),
    Column("kind", "Kind", "What kind of change it is.", facet=True),
    Column("weight", "Weight", "How much it matters: major, notable or minor.", facet=True),
    Column("text", "What it means", "What it means, in one to three sentences."),
    Column("record", "Record", "Id of the record concerned; empty where it is none.", shown=False),
    Column("id", "Id", "Id of the change; it stays the same for ever.", shown=False),
)
_KINDS = {
    ChangeKind.STUDY_INCLUDED: "study included",
    ChangeKind.STUDY_REMOVED: "study removed",
    ChangeKind.DATA_ADDED: "data added",
    ChangeKind.CORRECTION: "correction",
    ChangeKind.RETRACTION: "retraction or notice",
    ChangeKind.TRIAL_ADDED: "trial added",
    ChangeKind.TRIAL_REMOVED: "trial taken out",
    ChangeKind.TRIAL_STATUS: "trial status",
    ChangeKind.CANDIDATES_FOUND: "candidates found",
    ChangeKind.SEARCH_ALARM: "search alarm",
    ChangeKind.VERSION: "version",
    ChangeKind.CERTAINTY: "certainty",
    ChangeKind.SENTENCE: "wording",
    ChangeKind.PROTOCOL: "protocol",
}
_WEIGHTS = {
    Weight.MAJOR: "What is known, or how sure it is, may be different now",
    Weight.NOTABLE: "Something that readers may rely on has changed",
    Weight.MINOR: "Good to know; nothing that is known changed",
}


def table(review: Review) -> Table:
    """Return every change."""
    return _table(review, changes(review))


def shown_table(review: Review) -> Table:
    """Return what a page shows of the changes: the newest ones."""
    return _table(review, changes(review)[:N_SHOWN])


def _table(review: Review, listed: Sequence[Change]) -> Table:
    rows = Rows([block_of(review, tuple(told(listed)), "changes", lambda: map(_row, listed))] if listed else [])
    return Table("changes", "What changed", _COLUMNS, rows, empty="Nothing has changed yet.")


def told(listed: Iterable[Change]) -> Iterator[str]:
    """Yield everything that is told of changes where they are listed."""
    for one in listed:
        yield from (one.id, one.on.isoformat(), one.kind, one.weight, one.title, one.text, one.place, one.record_id)


def kind_label(kind: ChangeKind) -> str:
    """Return what kind of change it is, in words."""
    return _KINDS[kind]


def weight_label(weight: Weight) -> str:
    """Return what a weight means, in a sentence without its full stop."""
    return _WEIGHTS[weight]


def link_of(change: Change) -> Link:
    """Return where a change can be read up."""
    page, _, anchor = change.place.partition("#")
    return Link(page, anchor)


def _row(change: Change) -> dict[str, Cells]:
    return {
        "on": Cell(change.on.isoformat()),
        "title": Cell(change.title, link=link_of(change)),
        "kind": Cell(kind_label(change.kind), str(change.kind)),
        "weight": Cell(str(change.weight)),
        "text": Cell(change.text),
        "record": Cell(change.record_id, missing=not change.record_id),
        "id": Cell(change.id),
    }
