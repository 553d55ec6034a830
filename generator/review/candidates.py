"""Records that were found and are not settled: those that wait for a decision, and those that await classification."""

import datetime as dt
from dataclasses import dataclass

from generator.model.decision import Candidate, Outcome
from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.model.trial import Trial
from generator.model.values import Missing
from generator.review.living import days_since, first_found_on, undecided
from generator.review.trials import Category, awaiting_since, category, newest, registry_says, results_looked_for

_Unsettled = tuple[str, Trial | Candidate, dt.date, str | None]
"""Id and record, since when it awaits classification, and why."""


@dataclass(frozen=True)
class Waiting:
    """A candidate on which nobody has decided."""

    id: str
    candidate: Candidate
    first_found_on: dt.date
    days: int
    """Days since it was first found."""
    late: bool
    """True when it has waited longer than the protocol allows."""


@dataclass(frozen=True)
class Awaiting:
    """A study that may belong to the review and cannot be judged until more is known (Cochrane Handbook 5.1, 7.2.1)."""

    id: str
    record: Trial | Candidate
    since: dt.date
    days: int
    why: str | None
    """Why it cannot be judged; None when nobody wrote it down."""


def waiting(records: Records, protocol: Protocol, today: dt.date) -> tuple[Waiting, ...]:
    """Return the candidates without a decision, those found first standing first."""
    found = []
    for key, candidate in undecided(records).items():
        since = first_found_on(candidate)
        days = days_since(since, today)
        found.append(Waiting(key, candidate, since, days, days > protocol.living.screen_within_days))
    return tuple(sorted(found, key=lambda one: (one.first_found_on, one.id)))


def awaiting(records: Records, today: dt.date) -> tuple[Awaiting, ...]:
    """Return what awaits classification, trials before other records, longest first."""
    trials: list[_Unsettled] = [
        (key, trial, awaiting_since(trial), _why_trial(trial))
        for key, trial in records.trials.items()
        if category(trial, records.included) is Category.AWAITING
    ]
    candidates: list[_Unsettled] = [
        (key, candidate, candidate.decision.on, candidate.decision.note)
        for key, candidate in records.candidates.items()
        if candidate.decision and candidate.decision.outcome is Outcome.AWAITING
    ]
    return tuple(
        Awaiting(key, record, since, days_since(since, today), why)
        for group in (trials, candidates)
        for key, record, since, why in sorted(group, key=lambda one: (one[2], one[0]))
    )


def citation_of(candidate: Candidate) -> str:
    """Return what a candidate says of its document in one line; where it says nothing, its identifiers."""
    dated = candidate.year if candidate.year is not None else candidate.published
    parts = (candidate.authors, candidate.title, candidate.venue, dated)
    told = [str(part).rstrip(". ") for part in parts if part is not None and not isinstance(part, Missing)]
    known = candidate.identifiers.model_dump(exclude_none=True)
    return ". ".join(told) or ", ".join(f"{name} {value}" for name, value in known.items())


def _why_trial(trial: Trial) -> str:
    """Return why a registered trial awaits classification, and what came of looking for its results."""
    return f"{registry_says(newest(trial))}; no results of it are included; {results_looked_for(trial)}"
