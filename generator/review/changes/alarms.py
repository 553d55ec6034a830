"""Alarms of the searches: a source begins to fail or misses what it had found, and the end of either.

A source also fails because its total fell (`generator.surveillance.nightly.gates`). A run that was entered later raises
no alarm and ends none: either would be stale.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.model.search_run import RunKind, SearchRun
from generator.review import Review
from generator.review.changes.change import Change, ChangeKind, Weight, identify, sentences
from generator.review.living import run_day


@dataclass(frozen=True)
class _Look:
    """How much a search of a source returned of what the source holds and the review knows."""

    on: dt.date
    held: int
    returned: int
    missing: tuple[str, ...]

    @property
    def share(self) -> Fraction:
        """The part of it that was returned."""
        return Fraction(self.returned, self.held)

    @property
    def found(self) -> str:
        """What was returned, in a sentence without its full stop."""
        return f"It found {self.returned} of {self.held} known studies and trials that the source holds"


@dataclass(frozen=True)
class _Losing:
    """A time during which a search missed some of what it had found before."""

    falls: tuple[_Look, ...]
    """The looks at which the share fell, one a day."""
    found_again: _Look | None = None
    """The look at which nothing was missing again."""


@dataclass(frozen=True)
class _Failing:
    """A time during which a source did not answer in full."""

    since: dt.date
    error: str
    answered_on: dt.date | None = None


def alarm_changes(review: Review) -> Iterator[Change]:
    """Yield the alarms of each source with their ends, and the runs that wait for a person."""
    own = (run for run in review.runs if run.kind is not RunKind.BASE_REVIEW)
    runs = [run for run in own if run.learned_on == run_day(run)]
    names = {source.id: source.name for source in review.protocol.sources}
    for source in sorted({part.source for run in runs for part in run.sources}):
        yield from _alarms(source, names.get(source), runs)
        yield from _lost(source, names.get(source), runs)
    yield from _gated(runs)


def _alarms(source: str, name: str | None, runs: Sequence[SearchRun]) -> Iterator[Change]:
    place = f"searches.md#source-{source}" if name else "searches.md"
    for failing in _failing(source, runs):
        began = identify(ChangeKind.SEARCH_ALARM, source, failing.since)
        yield Change(
            id=began,
            on=failing.since,
            kind=ChangeKind.SEARCH_ALARM,
            weight=Weight.NOTABLE,
            title=f"The search of {name or source} failed",
            text=sentences(
                f"The source did not answer in full: {failing.error}",
                "The day up to which it has been searched stands still until it does",
            ),
            place=place,
            record_id=source,
        )
        if failing.answered_on:
            yield Change(
                id=f"{began}:answered",
                on=failing.answered_on,
                kind=ChangeKind.SEARCH_ALARM,
                weight=Weight.MINOR,
                title=f"The search of {name or source} is answered again",
                text=f"It had failed since {failing.since.isoformat()}.",
                place=place,
                record_id=source,
            )


def _failing(source: str, runs: Sequence[SearchRun]) -> list[_Failing]:
    """Return the times during which a source failed; two that began on one day are one."""
    found: list[_Failing] = []
    for run in runs:
        parts = [part for part in run.sources if part.source == source]
        errors = [part.error or "no reason recorded" for part in parts if part.failed]
        is_failing = bool(found) and found[-1].answered_on is None
        if errors and not is_failing:
            on = run_day(run)
            if found and found[-1].since == on:
                found.pop()
            found.append(_Failing(on, errors[0]))
        elif parts and not errors and is_failing:
            found[-1] = _Failing(found[-1].since, found[-1].error, run_day(run))
    return found


def _lost(source: str, name: str | None, runs: Sequence[SearchRun]) -> Iterator[Change]:
    """Yield an alarm for each day on which a smaller share of what is known was found than at the look before.

    Then the look at which nothing is missing again.
    """
    place = f"searches.md#source-{source}" if name else "searches.md"
    for losing in _losing(_looks(source, runs)):
        for fall in losing.falls:
            missing = f"Missing: {', '.join(fall.missing)}" if fall.missing else ""
            yield Change(
                id=_lost_id(source, fall),
                on=fall.on,
                kind=ChangeKind.SEARCH_ALARM,
                weight=Weight.NOTABLE,
                title=f"The search of {name or source} no longer finds all that is known",
                text=sentences(fall.found, missing, "The strategy or the source has changed"),
                place=place,
                record_id=source,
            )
        if losing.found_again:
            since = f"It had missed some of them since {losing.falls[0].on.isoformat()}"
            yield Change(
                id=f"{_lost_id(source, losing.falls[0])}:found",
                on=losing.found_again.on,
                kind=ChangeKind.SEARCH_ALARM,
                weight=Weight.MINOR,
                title=f"The search of {name or source} finds again what it had missed",
                text=sentences(losing.found_again.found, since),
                place=place,
                record_id=source,
            )


def _lost_id(source: str, fall: _Look) -> str:
    return f"{identify(ChangeKind.SEARCH_ALARM, source, fall.on)}:lost"


def _looks(source: str, runs: Sequence[SearchRun]) -> Iterator[_Look]:
    for run in runs:
        parts = [part.canaries for part in run.sources if part.source == source and part.canaries]
        held = sum(part.held for part in parts)
        if held:
            missing = tuple(key for part in parts for key in part.missing)
            yield _Look(run_day(run), held, sum(part.returned for part in parts), missing)


def _losing(found: Iterable[_Look]) -> list[_Losing]:
    """Return the times during which a search missed something; two that began on one day are one.

    Before the first look everything counts as found, so a time ends when nothing is missing. Two falls on one day are
    one, the last of them.
    """
    times: list[_Losing] = []
    share = Fraction(1)
    for look in found:
        open_time = times[-1] if times and times[-1].found_again is None else None
        if look.share < share:
            if open_time is None:
                again = times.pop() if times and times[-1].falls[0].on == look.on else None
                times.append(_Losing(again.falls if again else ()))
            falls = times.pop().falls
            times.append(_Losing((*(fall for fall in falls if fall.on != look.on), look)))
        elif open_time and look.share == 1:
            times[-1] = _Losing(open_time.falls, look)
        share = look.share
    return times


def _gated(runs: Sequence[SearchRun]) -> Iterator[Change]:
    reasons: dict[dt.date, list[str]] = {}
    for run in runs:
        if run.gated:
            reasons.setdefault(run_day(run), []).append(run.gated)
    for on, why in reasons.items():
        yield Change(
            id=identify(ChangeKind.SEARCH_ALARM, "", on),
            on=on,
            kind=ChangeKind.SEARCH_ALARM,
            weight=Weight.NOTABLE,
            title="What a search brought had to be looked at by a person first",
            text=sentences(*why),
            place="searches.md",
        )
