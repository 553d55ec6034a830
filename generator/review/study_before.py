"""A study as it was before later lines of its history: corrections undone, data that were entered since left out.

Only measured outcomes, results and adverse events say when they were entered. Arms, times of follow-up, quotes and all
other facts stay as they are.
"""

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from generator.model.data_added import says_what_was_added
from generator.model.report import EventKind
from generator.model.result import AdverseEvent, MeasuredOutcome, Result
from generator.model.study import Study
from generator.review.undoing import can_undo, undo

P = TypeVar("P", MeasuredOutcome, Result, AdverseEvent)


def study_before(study: Study, day: dt.date) -> Study:
    """Return what a study said at the end of `day`.

    Back in time line by line, because a correction names its field by its place among the data of its own day.
    """
    for event in reversed([event for event in study.history if event.on > day]):
        study = undo(_with_data_of(study, event.on), [event])
    return _with_data_of(study, day)


def n_corrections_kept(study: Study, day: dt.date) -> int:
    """Return how many corrections after `day` cannot be undone."""
    later = [event for event in study.history if event.on > day and event.kind is EventKind.CORRECTED]
    return sum(not can_undo(_with_data_of(study, event.on), event) for event in later)


def is_data_unknown(study: Study, day: dt.date) -> bool:
    """Return whether data were added after `day` that do not say so themselves."""
    added = [event.on for event in study.history if event.on > day and event.kind is EventKind.DATA_ADDED]
    return any(not says_what_was_added(study, on) for on in added)


def _with_data_of(study: Study, day: dt.date) -> Study:
    return study.having(
        outcomes_measured=_entered(study.outcomes_measured, day),
        results=_entered(study.results, day),
        harms=study.harms and study.harms.having(events=_entered(study.harms.events, day)),
    )


def _entered(parts: Iterable[P], day: dt.date) -> tuple[P, ...]:
    return tuple(part for part in parts if part.known_on is None or part.known_on <= day)
