"""Statements that do not agree: every one found, major before minor and open before resolved, with the words."""

from collections.abc import Mapping
from itertools import groupby

from generator.model.report import Discrepancy, Quote, Severity
from generator.model.study import Study
from generator.review import Review
from generator.review.places import quotes_at
from generator.review.study_facts import label_of
from generator.review.trials import registration_of
from generator.site.pieces import STUDIES, chosen
from generator.wording.markdown import badge
from generator.wording.table import Block, Cell, Cells, Column, Link, Row, Rows, Table, cell

_COLUMNS = (
    Column("where", "Where", "The record that it stands in.", facet=True),
    Column("what", "What does not agree", "What disagrees with what, or what cannot be right."),
    Column("severity", "Weight", "major when a reader's conclusion could change.", facet=True),
    Column("status", "State", "open until somebody has found out.", facet=True),
    Column("words", "The words that show it", "Quotes, each with its place.", folded="quote"),
    Column("resolution", "What was found out", "What was found out, and where.", shown=False),
)


def table(review: Review) -> Table:
    """Return every discrepancy of the review."""
    by_kind = groupby(review.ranked_discrepancies, key=lambda found: found[0] == "study")
    rows = Rows(block for of_studies, found in by_kind for block in _blocks(review, list(found), of_studies=of_studies))
    return Table("discrepancies", "Discrepancies", _COLUMNS, rows, empty="No discrepancy has been found in any record.")


def _blocks(review: Review, found: list[tuple[str, str, Discrepancy]], *, of_studies: bool) -> tuple[Block, ...]:
    if not of_studies:
        return (Block(lambda: [_row(review, *one) for one in found]),)

    def rows(alone: Review, key: str, at: int) -> list[Row]:
        return [_row(alone, "study", key, alone.records.included[key].discrepancies[at])]

    wanted = ((key, _position(review.records.included[key], one)) for _, key, one in found)
    return chosen(review, STUDIES, wanted, "discrepancy", rows).blocks


def _position(study: Study, discrepancy: Discrepancy) -> int:
    return next(at for at, other in enumerate(study.discrepancies) if other is discrepancy)


def _row(review: Review, kind: str, key: str, one: Discrepancy) -> dict[str, Cells]:
    where, quotes = _record(review, kind, key)
    page = where.link.page if where.link else ""
    weight = badge(one.severity, "warning" if one.severity is Severity.MAJOR else "note")
    return {
        "what": Cell(one.what),
        "severity": Cell(str(one.severity), markup=weight),
        "status": Cell(str(one.status), str(one.status), note=one.resolution or ""),
        "where": where,
        "words": tuple(_words(page, name, quotes[name]) for name in one.source or () if name in quotes)
        or Cell("no quote recorded", "", missing=True),
        "resolution": cell(one.resolution),
    }


def _record(review: Review, kind: str, key: str) -> tuple[Cell, Mapping[str, Quote]]:
    """Return where a discrepancy stands, and the quotes kept there."""
    if kind == "study":
        return Cell(label_of(key), key, Link(f"studies/{key}.md")), review.records.included[key].quotes
    if kind == "trial":
        return Cell(registration_of(key), key, Link(f"trials/{key}.md")), review.records.trials[key].quotes
    base = review.base_document
    label = f"the base review, {base.label}" if base else "the protocol"
    return Cell(label, "protocol", Link("protocol.md")), review.protocol.quotes


def _words(page: str, key: str, quote: Quote) -> Cell:
    return Cell(f"“{quote.text}”", quote.text, note=quote.at, sources=quotes_at(page, [key]))
