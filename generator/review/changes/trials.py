"""What changed in the registered trials: added to the review, taken out of it, and moves of the registry's status.

A status is always worded as the registry's word with the day it was seen (see `generator.review.trials`). While a trial
is out of the review its status is no news; where it is taken in again, that says what the registry says by then.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.model.decision import Decision, Outcome
from generator.model.registry_status import OPEN_STATUSES, RegistryStatus, StatusSeen
from generator.model.trial import Trial
from generator.model.values import Missing
from generator.review import Review
from generator.review.changes.change import Change, ChangeKind, Weight, identify, sentences
from generator.review.exclusions import reason_label
from generator.review.trials import looks, moves, registration_of, registry_says
from generator.wording.words import status_label


def trial_changes(review: Review) -> Iterator[Change]:
    """Yield when each trial became part of the review and left it, and every later day on which its status moved."""
    for key, trial in review.records.trials.items():
        first, later = _looks_by_day(trial)
        yield _added(key, trial, trial.known_on, first, "added")
        moved = tuple(moves(trial))
        for on, decision in moved:
            if decision.outcome is Outcome.EXCLUDE:
                yield _removed(review, key, trial, on, decision)
            else:
                told = [first, *(seen for seen in later if seen.learned_on <= on)]
                yield _added(key, trial, on, told[-1], "taken in again")
        before = first.status
        for seen in later:
            if seen.status is not before and not _is_out(moved, seen.learned_on):
                yield _moved(key, trial, before, seen)
            before = seen.status


def _is_out(moved: Sequence[tuple[dt.date, Decision]], day: dt.date) -> bool:
    """Return whether a trial was out of the review when a look of that day came.

    What was seen on the day on which it left had been told by then; what was seen on the day on which it came back is
    told with that.
    """
    before = [decision for on, decision in moved if on < day]
    return bool(before) and before[-1].outcome is Outcome.EXCLUDE


def _looks_by_day(trial: Trial) -> tuple[StatusSeen, list[StatusSeen]]:
    """Return what was known when the trial was added, and the last look of every later day that had one.

    Looks before that day belong to the news that the trial was added. Looks that were entered later count on the day
    of that, together; one that is older than what had been told by then is no news.
    """
    last_of_day: dict[dt.date, StatusSeen] = {look.seen.learned_on: look.seen for look in looks(trial)}
    ordered: list[StatusSeen] = []
    for _, seen in sorted(last_of_day.items(), key=lambda pair: pair[0]):
        if not ordered or seen.seen >= ordered[-1].seen:
            ordered.append(seen)
    n_before = max(1, sum(seen.learned_on <= trial.known_on for seen in ordered))
    return ordered[n_before - 1], ordered[n_before:]


def _added(key: str, trial: Trial, on: dt.date, seen: StatusSeen, happened: str) -> Change:
    return Change(
        id=identify(ChangeKind.TRIAL_ADDED, key, on),
        on=on,
        kind=ChangeKind.TRIAL_ADDED,
        weight=Weight.NOTABLE,
        title=f"Trial {registration_of(key)} was {happened}",
        text=sentences(
            "" if isinstance(trial.title, Missing) else trial.title,
            "" if isinstance(trial.intervention, Missing) else f"Intervention: {trial.intervention}",
            f"The {registry_says(seen)}",
        ),
        place=f"trials/{key}.md",
        record_id=key,
        facets=dict(trial.facets),
    )


def _removed(review: Review, key: str, trial: Trial, on: dt.date, decision: Decision) -> Change:
    return Change(
        id=identify(ChangeKind.TRIAL_REMOVED, key, on),
        on=on,
        kind=ChangeKind.TRIAL_REMOVED,
        weight=Weight.NOTABLE,
        title=f"Trial {registration_of(key)} was taken out: {reason_label(decision.reason or 'none', review.protocol)}",
        text=sentences(
            decision.note or "",
            "" if isinstance(trial.title, Missing) else f"Its title: {trial.title}",
            "It is counted nowhere any more, and moves of its status are no news",
        ),
        place=f"trials/{key}.md",
        record_id=key,
        facets=dict(trial.facets),
    )


def _moved(key: str, trial: Trial, before: RegistryStatus, seen: StatusSeen) -> Change:
    words = status_label(before)
    updated = f"The registry dates its own last update {seen.registry_updated}" if seen.registry_updated else ""
    return Change(
        id=identify(ChangeKind.TRIAL_STATUS, key, seen.learned_on),
        on=seen.learned_on,
        kind=ChangeKind.TRIAL_STATUS,
        weight=Weight.NOTABLE if (before in OPEN_STATUSES) != (seen.status in OPEN_STATUSES) else Weight.MINOR,
        title=f"Trial {registration_of(key)}: the registry's status moved from {words} to {status_label(seen.status)}",
        text=sentences(f"The {registry_says(seen)}; at the look before it said {words}", updated),
        place=f"trials/{key}.md#table-status-history",
        record_id=key,
        facets=dict(trial.facets),
    )
