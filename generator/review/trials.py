"""What follows from one registered trial: its category, whether it was taken out, how old what is known of it is.

A status is always worded with the day it was seen, because registries are often late: of 405 trials, 31 % had a status
that was wrong or more than a year late (PMC5652524).
"""

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.identifiers import from_file_name
from generator.model.decision import Decision, Outcome, decisions_on
from generator.model.registry_status import OPEN_STATUSES, RegistryStatus, StatusSeen
from generator.model.study import Study
from generator.model.trial import Trial
from generator.model.values import Missing
from generator.review.living import days_since
from generator.review.study_facts import is_removed
from generator.wording.words import status_label


class Category(StrEnum):
    """Where a registered trial stands in the review (Cochrane Handbook 5.1, section 7.2.1)."""

    ONGOING = "ongoing"
    AWAITING = "awaiting classification"
    INCLUDED = "report of an included study"
    REMOVED = "report of a study that was taken out"
    LISTED = "withdrawn, listed only"
    EXCLUDED = "excluded"
    """Taken out by a decision on the trial itself, whatever its registry says."""


OUT_OF_THE_REVIEW = frozenset({Category.REMOVED, Category.EXCLUDED})
"""Categories of trials that were taken out, each by itself or with the study that it belongs to."""


def category(trial: Trial, studies: Mapping[str, Study]) -> Category:
    """Return the category of a trial; `studies` are those that were ever included, by id.

    A completed, terminated or unknown trial without included results awaits classification; it is not "ongoing".
    """
    if is_excluded(trial):
        return Category.EXCLUDED
    if trial.study is not None:
        study = studies.get(trial.study)
        return Category.REMOVED if study and is_removed(study) else Category.INCLUDED
    status = newest(trial).status
    if status is RegistryStatus.WITHDRAWN:
        return Category.LISTED
    return Category.ONGOING if status in OPEN_STATUSES else Category.AWAITING


def is_excluded(trial: Trial) -> bool:
    """Return whether the trial was taken out of the review again: the decision that holds excludes it."""
    return trial.decision is not None and trial.decision.outcome is Outcome.EXCLUDE


def moves(trial: Trial) -> Iterator[tuple[dt.date, Decision]]:
    """Yield the decisions by which a trial was taken out and taken in again, oldest first, each with its day.

    What was decided before the trial became part of the review moved nothing here; of one day the last decision counts.
    """
    last_of_day = {max(one.on, trial.known_on): one for one in decisions_on(trial)}
    is_out = False
    for on, decision in last_of_day.items():
        if (decision.outcome is Outcome.EXCLUDE) is not is_out:
            is_out = not is_out
            yield on, decision


def registration_of(key: str) -> str:
    """Return the registration id of a trial from the id of its record, in which hyphens stand for slashes."""
    return from_file_name(key) or key


def newest(trial: Trial) -> StatusSeen:
    """Return the latest look at the registry."""
    return max(enumerate(trial.status_history), key=lambda pair: (pair[1].seen, pair[0]))[1]


@dataclass(frozen=True)
class Look:
    """One look at the registry in the timeline of a trial."""

    seen: StatusSeen
    before: RegistryStatus | None
    """The status at the look before; None for the first look."""

    @property
    def changed(self) -> bool:
        """Whether the status differs from that of the look before; the first look changes nothing."""
        return self.before is not None and self.seen.status is not self.before


def looks(trial: Trial) -> tuple[Look, ...]:
    """Return every look at the registry in the order of time."""
    ordered = sorted(trial.status_history, key=lambda seen: seen.seen)
    before = (None, *(seen.status for seen in ordered))
    return tuple(Look(seen, previous) for seen, previous in zip(ordered, before, strict=False))


def registry_says(seen: StatusSeen) -> str:
    """Return a status as it is always worded: with the day it was seen, and as the registry's word, not as a fact.

    Its code stands in the status history of the trial and in the downloads.
    """
    return f"registry says {status_label(seen.status)}, seen {seen.seen.isoformat()}"


def days_since_seen(trial: Trial, today: dt.date) -> int:
    """Return how many days ago somebody last looked at the registry; 0 where that was after the day that is shown."""
    return days_since(newest(trial).seen, today)


def results_looked_for(trial: Trial) -> str:
    """Return what came of looking for results, and when somebody last looked."""
    results = trial.results
    if results is None:
        return "no search for results has been recorded"
    return (
        f"results in the registry: {_found(results.on_registry)}, published: {_found(results.publication)},"
        f" when last looked for on {results.checked.isoformat()}"
    )


def _found(answer: bool | Missing) -> str:
    if isinstance(answer, Missing):
        return "not reported"
    return "yes" if answer else "none found"


def awaiting_since(trial: Trial) -> dt.date:
    """Return the first day since which every look showed a status under which a trial awaits classification."""
    since = newest(trial).seen
    for look in reversed(looks(trial)):
        if look.seen.status in OPEN_STATUSES or look.seen.status is RegistryStatus.WITHDRAWN:
            break
        since = look.seen.seen
    return since


def registered_before_start(trial: Trial) -> bool | None:
    """Return whether the trial was registered at or before the first enrolment; None when the dates cannot tell.

    Registration at or before the first enrolment is what the ICMJE asks for. A trial that was not is never excluded for
    that alone.
    """
    registered = trial.dates.registered if trial.dates else None
    start = trial.dates.start if trial.dates else None
    if registered is None or start is None:
        return None
    if _span(registered)[1] <= _span(start)[0]:
        return True
    return False if _span(registered)[0] > _span(start)[1] else None


def _span(partial: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a date such as 2021, 2021-03 or 2021-03-15 may stand for."""
    year, *rest = (int(part) for part in partial.split("-"))
    if len(rest) == 2:
        day = dt.date(year, rest[0], rest[1])
        return day, day
    first, last = (rest[0], rest[0]) if rest else (1, 12)
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])
