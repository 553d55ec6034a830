"""Outcomes as registered: one row per outcome of a registered trial, to be compared with what is reported."""

from generator.model.trial import RegisteredOutcome
from generator.review import Review
from generator.review.places import quotes_at
from generator.review.trials import registration_of
from generator.wording.table import Cell, Cells, Column, Link, Table, cell

_COLUMNS = (
    Column("trial", "Trial", "Registration id."),
    Column("measure", "Outcome", "Measure in the words of the registry."),
    Column("rank", "Rank", "primary, secondary or other.", facet=True),
    Column("instrument", "Instrument", "The instrument of the review that it is, where it is one.", facet=True),
    Column("times", "Times", "Time points as registered."),
    Column("metric", "Metric", "What is measured of it, such as the change from the start."),
)


def table(review: Review) -> Table:
    """Return the registered outcomes of every trial."""
    rows = tuple(
        _row(review, key, outcome, f"trials/{key}.md")
        for key, trial in sorted(review.records.trials.items())
        for outcome in trial.outcomes
    )
    return Table("registered-outcomes", "Registered outcomes", _COLUMNS, rows, empty="No outcome has been registered.")


def trial_table(review: Review, key: str) -> Table:
    """Return the registered outcomes of one trial, for its own page."""
    rows = tuple(_row(review, key, outcome, "") for outcome in review.records.trials[key].outcomes)
    return Table(
        "registered-outcomes", "Outcomes as registered", _COLUMNS[1:], rows, empty="No registered outcome is on record."
    )


def _row(review: Review, key: str, outcome: RegisteredOutcome, page: str) -> dict[str, Cells]:
    said = quotes_at(page, review.records.trials[key].sources.get("outcomes"))
    return {
        "trial": Cell(registration_of(key), registration_of(key), Link(f"trials/{key}.md")),
        "measure": Cell(outcome.measure, sources=said),
        "rank": Cell(str(outcome.rank)),
        "instrument": _instrument(review, outcome.instrument),
        "times": cell(", ".join(outcome.times) or None),
        "metric": cell(outcome.metric),
    }


def _instrument(review: Review, key: str | None) -> Cell:
    instrument = review.instruments.get(key or "")
    if instrument is None:
        return Cell("none of the review's", key or "", missing=True)
    return Cell(instrument.short, key, Link("instruments.md", f"instrument-{key}"))
