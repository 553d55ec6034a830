"""Results by outcome: which way each study points, every printed number, and why nothing is pooled."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.instrument import Better, Instrument
from generator.review import Review
from generator.review.outcomes import InstrumentEvidence, WindowEvidence, unplaced
from generator.site.figures import effect_direction
from generator.site.page import Page
from generator.site.tables.effect_direction import table as direction_table
from generator.site.tables.results import shown_table
from generator.wording.table import Table
from generator.wording.templates import render
from generator.wording.words import better_label, priority_label, time_within_a_sentence

MOST_ROWS = 300
"""A longer table of results shows its beginning; all of them are in the download and on the pages of the studies."""


@dataclass(frozen=True)
class WindowPart:
    """One time window of one instrument, ready to be printed."""

    label: str
    table: Table
    verdict: str
    n_left_out: int


@dataclass(frozen=True)
class InstrumentPart:
    """One instrument of one outcome, ready to be printed."""

    instrument_id: str
    instrument: Instrument
    better: str
    ambiguous: bool
    windows: list[WindowPart]


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of results by outcome."""
    plot = review.direction_plot
    body = render(
        "site/pages/results.md.j2",
        "results.md",
        review=review,
        methods=review.protocol.methods,
        picture=effect_direction.draw(plot),
        plot=plot,
        plot_table=direction_table(review),
        most_rows=effect_direction.MOST_ROWS,
        outcomes=[
            (outcome, [_instrument(review, part, outcome.domain.id) for part in outcome.instruments])
            for outcome in review.outcomes
        ],
        importance=priority_label,
        others=[_instrument(review, part, "other") for part in _others(review)],
    )
    yield Page(
        "results.md",
        "Results by outcome",
        body,
        "Every printed number by outcome, instrument and time, with the direction of each and why nothing is pooled.",
    )


def _others(review: Review) -> tuple[InstrumentEvidence, ...]:
    """Return the results of instruments that stand under no outcome; they are gathered only where there are any."""
    placed = {instrument for domain in review.protocol.outcomes for instrument in domain.instruments}
    used = {result.instrument for study in review.studies.values() for result in study.results}
    return () if used <= placed else unplaced(review.records, review.protocol)


def _instrument(review: Review, part: InstrumentEvidence, place: str) -> InstrumentPart:
    return InstrumentPart(
        part.instrument_id,
        part.instrument,
        better_label(part.instrument.better),
        part.instrument.better is Better.AMBIGUOUS,
        [_window(review, part, window, place) for window in part.windows],
    )


def _window(review: Review, part: InstrumentEvidence, window: WindowEvidence, place: str) -> WindowPart:
    label = window.window.label if window.window else "At the start, or outside the time windows"
    span = window.window.id if window.window else "outside"
    return WindowPart(
        label,
        shown_table(
            review,
            window.results[:MOST_ROWS],
            f"{part.instrument.short} ({better_label(part.instrument.better)}), {time_within_a_sentence(label)}",
            f"results-{place}-{part.instrument_id}-{span}",
        ),
        window.verdict.reason or "May be pooled; no meta-analysis has been made, so each number stands alone.",
        max(0, len(window.results) - MOST_ROWS),
    )
