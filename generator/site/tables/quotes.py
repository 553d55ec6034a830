"""Every quote of the review with its place and whether it stands word for word in the text on file."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.records import EXCLUSION, PROTOCOL, SEARCH, STUDY, TRIAL, Kind
from generator.model.report import Quote
from generator.problems import Place
from generator.review import Review
from generator.review.searches import search_quotes
from generator.review.study_facts import label_of
from generator.review.trials import registration_of
from generator.site.pieces import STUDIES, blocks
from generator.wording.table import Block, Cell, Cells, Column, Link, Row, Rows, Table
from generator.wording.words import verdict_label

_COLUMNS = (
    Column("record", "Record", "The record that the quote is kept in; leads to the quote."),
    Column("kind", "Kind", "Kind of record.", facet=True),
    Column("key", "Key", "Key of the quote within its record."),
    Column("text", "Words", "The words, verbatim; […] marks an omission."),
    Column("report", "Document", "Id of the report or document that the words come from.", facet=True),
    Column("at", "Where", "Where they stand in it."),
    Column("verdict", "Checked", "verified, not verifiable (no text on file) or failed.", facet=True),
)


@dataclass(frozen=True)
class _Kept:
    """A quote and where it is kept and shown."""

    kind: Kind
    record: str
    key: str
    quote: Quote
    shown: Cell
    place: Place = ()


def table(review: Review) -> Table:
    """Return every quote of the review."""
    rows = Rows(
        [
            Block(lambda: _rows(review, _of_protocol(review))),
            *blocks(
                review, STUDIES, review.all_studies, "quotes", lambda one, key: _rows(one, _of_study(one, key))
            ).blocks,
            Block(lambda: _rows(review, _of_others(review))),
        ]
    )
    return Table(
        "quotes",
        "Quotes",
        _COLUMNS,
        rows,
        note="Quotes are compared with the full text where its licence allows it to be kept.",
        empty="No quote has been recorded.",
    )


def _of_protocol(review: Review) -> Iterator[_Kept]:
    for key, quote in review.protocol.quotes.items():
        yield _Kept(PROTOCOL, "", key, quote, Cell("protocol", "protocol", Link("protocol.md", f"quote-{key}")))


def _of_study(review: Review, study_id: str) -> Iterator[_Kept]:
    for key, quote in review.all_studies[study_id].quotes.items():
        shown = Cell(label_of(study_id), study_id, Link(f"studies/{study_id}.md", f"quote-{key}"))
        yield _Kept(STUDY, study_id, key, quote, shown)


def _of_others(review: Review) -> Iterator[_Kept]:
    records = review.records
    for trial_id, trial in sorted(records.trials.items()):
        for key, quote in trial.quotes.items():
            shown = Cell(registration_of(trial_id), trial_id, Link(f"trials/{trial_id}.md", f"quote-{key}"))
            yield _Kept(TRIAL, trial_id, key, quote, shown)
    for excluded_id, excluded in sorted(records.excluded.items()):
        for key, quote in excluded.quotes.items():
            shown = Cell(label_of(excluded_id), excluded_id, Link("excluded.md", f"excluded-{excluded_id}"))
            yield _Kept(EXCLUSION, excluded_id, key, quote, shown)
    for one in search_quotes(records):
        shown = Cell(f"search of {one.run_id}", one.day_id, Link("searches.md", f"quote-{one.anchor}"))
        yield _Kept(SEARCH, one.day_id, one.key, one.quote, shown, ("runs", one.index))


def _rows(review: Review, quotes: Iterator[_Kept]) -> Iterator[Row]:
    return (_row(review, kept) for kept in quotes)


def _row(review: Review, kept: _Kept) -> dict[str, Cells]:
    verdict = review.verdict(kept.kind, kept.record, kept.key, kept.place)
    return {
        "record": kept.shown,
        "kind": Cell(kept.kind.name),
        "key": Cell(kept.key),
        "text": Cell(kept.quote.text),
        "report": Cell(kept.quote.report),
        "at": Cell(kept.quote.at),
        "verdict": Cell(verdict_label(verdict), str(verdict)),
    }
