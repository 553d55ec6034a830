"""The living status and the three dates of the review, computed so that an abandoned site says so by itself.

The states and dates follow PRISMA-LSR (Akl 2024, BMJ 387:e079183) and Cochrane's guidance for living reviews (2019).
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from generator.model.decision import Candidate, Outcome
from generator.model.protocol import LivingMode, Protocol, Source
from generator.model.records import Records
from generator.model.report import Basis
from generator.model.search_run import RunKind, SearchRun
from generator.review.study_facts import entered_on, is_removed, learned_on, was_out


class State(StrEnum):
    """Whether the review keeps its word."""

    ON_SCHEDULE = "on schedule"
    LATE = "late"
    PAUSED = "paused"
    RETIRED = "retired"


@dataclass(frozen=True)
class SourceDates:
    """When one source was asked."""

    source: Source
    last_searched_on: dt.date | None
    """Day of the newest search that was answered in full; a failed search does not move it."""
    last_failed_on: dt.date | None
    """Day of a failed search that was not followed by a successful one."""
    late: bool


@dataclass(frozen=True)
class LivingStatus:
    """State, reasons and dates of the review on one day."""

    state: State
    reasons: tuple[str, ...]
    last_searched_on: dt.date | None
    """Every scheduled source had been searched by this day."""
    searched_by_base: bool
    """That day is one on which the base review searched, not this one."""
    newest_search_on: dt.date | None
    """Some source was searched on this day."""
    last_screened_on: dt.date | None
    """Everything found up to this day has been decided on."""
    last_evidence_change_on: dt.date | None
    sources: tuple[SourceDates, ...]
    n_waiting: int
    oldest_waiting_days: int | None

    @property
    def n_never_searched(self) -> int:
        """Scheduled sources that were never searched; the search is then only as complete as the base review's."""
        return sum(one.source.every_days is not None and one.last_searched_on is None for one in self.sources)


def asked_by_program(source: Source) -> bool:
    """Return whether a program can ask this source; others are imported by a person or were searched once."""
    return bool(source.module or source.feeds)


def run_day(run: SearchRun) -> dt.date:
    """Return the day of a run in UTC."""
    return run.at.date() if isinstance(run.at, dt.datetime) else run.at


def all_runs(records: Records) -> list[SearchRun]:
    """Return every search run in the order of time."""
    runs = [run for day in records.searches.values() for run in day.runs]
    return sorted(runs, key=lambda run: (run_day(run), run.at.isoformat()))


def first_found_on(candidate: Candidate) -> dt.date:
    """Return the day a candidate was first found."""
    return min(found.on for found in candidate.found)


def days_since(day: dt.date, today: dt.date) -> int:
    """Return the days from `day` to `today`; 0 for a day that is still to come, as when an earlier day is shown."""
    return max(0, (today - day).days)


def undecided(records: Records) -> dict[str, Candidate]:
    """Return the candidates on which nobody has decided, or only that they are to be read in full."""
    return {
        key: candidate
        for key, candidate in records.candidates.items()
        if candidate.decision is None or (candidate.decision.outcome is Outcome.INCLUDE and not candidate.is_settled)
    }


def living_status(records: Records, protocol: Protocol, today: dt.date) -> LivingStatus:
    """Compute the status of the review on the day `today`. A search of a later day says nothing about it."""
    runs = [run for run in all_runs(records) if run_day(run) <= today]
    dates = tuple(_source_dates(source, runs, protocol, today) for source in protocol.sources)
    answered = [run_day(run) for run in runs if any(not part.failed for part in run.sources)]
    base = [run_day(run) for run in runs if run.kind is RunKind.BASE_REVIEW]
    last_searched_on = _complete_to(dates, base, answered)
    waiting = [first_found_on(candidate) for candidate in undecided(records).values()]
    before_waiting = [day for day in answered if not waiting or day < min(waiting)]
    reasons = tuple(_reasons(records, protocol, dates, today))
    changes = [
        learned_on(study, event.on)
        for study in records.included.values()
        for event in study.history
        if event in study.moves or not was_out(study, event.on)
    ]
    return LivingStatus(
        state=_state(protocol.living.mode, reasons),
        reasons=reasons,
        last_searched_on=last_searched_on,
        searched_by_base=last_searched_on in base,
        newest_search_on=max(answered, default=None),
        last_screened_on=max(before_waiting, default=None),
        last_evidence_change_on=max(changes, default=None),
        sources=dates,
        n_waiting=len(waiting),
        oldest_waiting_days=days_since(min(waiting), today) if waiting else None,
    )


def _source_dates(source: Source, runs: list[SearchRun], protocol: Protocol, today: dt.date) -> SourceDates:
    last, failed = None, None
    for run in runs:
        parts = [part for part in run.sources if part.source == source.id]
        if any(part.failed for part in parts):  # one failed strategy of several leaves the search incomplete
            failed = run_day(run)
        elif parts:
            last, failed = run_day(run), None
    allowed = _days_allowed(source, protocol)
    late = allowed is not None and (last is None or (today - last).days > allowed)
    return SourceDates(source, last, failed, late)


def _days_allowed(source: Source, protocol: Protocol) -> int | None:
    """Return how old the newest search of a source may be; None where the protocol wants no further one."""
    if source.max_age_days is not None or source.every_days is None:
        return source.max_age_days
    return max(protocol.living.search_every_days, source.every_days)


def _complete_to(dates: tuple[SourceDates, ...], base: list[dt.date], answered: list[dt.date]) -> dt.date | None:
    """Return the day up to which every scheduled source had been searched.

    A scheduled source that was never searched counts as searched on the day of the base review's search: until then the
    search was as complete as the base review's, and no further.
    """
    scheduled = [source for source in dates if source.source.every_days is not None]
    if not scheduled:
        return max(answered, default=None)
    fallback = max(base, default=None)
    days = [source.last_searched_on or fallback for source in scheduled]
    return None if None in days else min(day for day in days if day)


def _reasons(records: Records, protocol: Protocol, dates: tuple[SourceDates, ...], today: dt.date) -> list[str]:
    """Return why the review is late, in plain sentences."""
    living = protocol.living
    reasons = []
    late = [source for source in dates if source.late]
    never = [source for source in late if source.last_searched_on is None]
    if never:
        reasons.append(f"{len(never)} scheduled {plural(len(never), 'source')} not searched yet")
    if len(late) > len(never):
        n_late = len(late) - len(never)
        reasons.append(f"the search of {n_late} {plural(n_late, 'source')} is overdue")
    waited = [days_since(first_found_on(candidate), today) for candidate in undecided(records).values()]
    overdue = [days for days in waited if days > living.screen_within_days]
    if overdue:
        reasons.append(
            f"{len(overdue)} {plural(len(overdue), 'candidate')} waiting for longer than"
            f" {living.screen_within_days} days (the longest for {max(overdue)})"
        )
    unread = [
        study
        for study in records.included.values()
        if study.extraction.basis is Basis.SECONDARY
        and not is_removed(study)
        and (today - entered_on(study)).days > living.extract_within_days
    ]
    if unread:
        whose = "its" if len(unread) == 1 else "their"
        reasons.append(
            f"data of {len(unread)} included {plural(len(unread), 'study')} not yet extracted from {whose} own reports"
        )
    return reasons


def plural(count: int, noun: str) -> str:
    """Return a noun in the number that fits `count`."""
    if count == 1:
        return noun
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"


def _state(mode: LivingMode, reasons: tuple[str, ...]) -> State:
    if mode is LivingMode.PAUSED:
        return State.PAUSED
    if mode is LivingMode.RETIRED:
        return State.RETIRED
    return State.LATE if reasons else State.ON_SCHEDULE
