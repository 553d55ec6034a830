"""What of a study may have been added after it, and says so by its day: measured outcomes, results, adverse events."""

import datetime as dt
from collections.abc import Iterator

from generator.model.result import AdverseEvent, MeasuredOutcome, Result
from generator.model.study import Study


def data_of(study: Study) -> Iterator[tuple[tuple[str | int, ...], MeasuredOutcome | Result | AdverseEvent]]:
    """Yield every part of a study that has `known_on`, with its place."""
    for index, outcome in enumerate(study.outcomes_measured):
        yield ("outcomes_measured", index), outcome
    for index, result in enumerate(study.results):
        yield ("results", index), result
    for index, event in enumerate(study.harms.events if study.harms else ()):
        yield ("harms", "events", index), event


def says_what_was_added(study: Study, on: dt.date) -> bool:
    """Return whether data of a study carry this day; an assessment of risk of bias has a day anyway."""
    assessed = any(one.on == on.isoformat() for one in study.risk_of_bias)
    return assessed or any(part.known_on == on for _, part in data_of(study))
