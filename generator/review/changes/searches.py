"""What the searches brought: records found, one change a day, and alarms.

A source raises one when it begins to fail, also because its total fell (`generator.surveillance.nightly.gates`), and
one when its search no longer finds what the review knows.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.model.decision import Found
from generator.model.records import Records
from generator.model.search_run import RunKind, SearchRun
from generator.model.values import Missing
from generator.review import Review
from generator.review.changes.change import Change, ChangeKind, Weight, identify, sentences
from generator.review.living import plural, run_day

N_TITLES = 10
"""Titles that the news of one day names."""


@dataclass(frozen=True)
class _Failing:
    """A time during which a source did not answer in full."""

    since: dt.date
    error: str
    answered_on: dt.date | None = None


def search_changes(review: Review) -> Iterator[Change]:
    """Yield the records found on each day, the alarms of each source, and the runs that wait for a person."""
    runs = [run for run in review.runs if run.kind is not RunKind.BASE_REVIEW]  # those are taken from a document
    yield from _found(review, runs)
    names = {source.id: source.name for source in review.protocol.sources}
    for source in sorted({part.source for run in runs for part in run.sources}):
        yield from _alarms(source, names.get(source), runs)
        yield from _lost(source, names.get(source), runs)
    yield from _gated(runs)


def _found(review: Review, runs: Sequence[SearchRun]) -> Iterator[Change]:
    by_run: dict[dt.date, int] = {}
    for run in runs:
        for part in run.sources:
            if isinstance(part.new, int):
                by_run[run_day(run)] = by_run.get(run_day(run), 0) + part.new
    records = _first_found(review.records)
    for on in sorted({day for day, n_new in by_run.items() if n_new} | records.keys()):
        listed = records.get(on, [])
        n_without_run = sum(first.run is None for _, _, first in listed)
        n_found = max(by_run.get(on, 0) + n_without_run, len(listed))
        yield _found_on(on, n_found, [title for _, title, _ in listed])


def _found_on(on: dt.date, n_found: int, titles: Sequence[str]) -> Change:
    named = "; ".join(titles[:N_TITLES])
    lead = "" if not titles else "Titles: " if n_found == min(len(titles), N_TITLES) else "Some of the titles: "
    verb = "was" if n_found == 1 else "were"
    return Change(
        id=identify(ChangeKind.CANDIDATES_FOUND, "", on),
        on=on,
        kind=ChangeKind.CANDIDATES_FOUND,
        weight=Weight.MINOR,
        title=f"{n_found} new {plural(n_found, 'record')} {verb} found",
        text=sentences(
            "A record has been found, not judged: whether it belongs to the review is for people to decide",
            f"{lead}{named}",
        ),
        place="candidates.md",
    )


def _first_found(records: Records) -> dict[dt.date, list[tuple[str, str, Found]]]:
    """Return by day the records that were first found then, wherever their files lie today: id, title, how."""
    by_day: dict[dt.date, list[tuple[str, str, Found]]] = {}
    for kind in (records.candidates, records.included, records.excluded, records.trials):
        for key, record in kind.items():
            if record.found:
                first = min(record.found, key=lambda one: (one.on, one.run is None))
                title = f"{key}, title not known yet" if isinstance(record.title, Missing) else record.title
                by_day.setdefault(first.on, []).append((key, title, first))
    return {on: sorted(found, key=lambda one: one[0]) for on, found in by_day.items()}


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

    Before the first look everything counts as found. Two such falls on one day are one alarm, the last of them.
    """
    alarms: dict[dt.date, Change] = {}
    share = Fraction(1)
    for run in runs:
        looks = [part.canaries for part in run.sources if part.source == source and part.canaries]
        held, returned = sum(look.held for look in looks), sum(look.returned for look in looks)
        if not held:
            continue
        before, share = share, Fraction(returned, held)
        if share < before:
            missing = [key for look in looks for key in look.missing]
            alarms[run_day(run)] = _lost_on(run_day(run), source, name, f"{returned} of {held}", missing)
    yield from alarms.values()


def _lost_on(on: dt.date, source: str, name: str | None, found: str, missing: Sequence[str]) -> Change:
    return Change(
        id=f"{identify(ChangeKind.SEARCH_ALARM, source, on)}:lost",
        on=on,
        kind=ChangeKind.SEARCH_ALARM,
        weight=Weight.NOTABLE,
        title=f"The search of {name or source} no longer finds all that is known",
        text=sentences(
            f"It found {found} known studies and trials that the source holds",
            f"Missing: {', '.join(missing)}" if missing else "",
            "The strategy or the source has changed",
        ),
        place=f"searches.md#source-{source}" if name else "searches.md",
        record_id=source,
    )


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
