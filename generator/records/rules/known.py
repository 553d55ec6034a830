"""Rules about known_on: the day on which something was entered, where it is later than the day it is dated."""

import datetime as dt
from collections.abc import Iterator

from generator.model import records as kinds
from generator.model.records import Records, path_of
from generator.model.search_run import SearchRun
from generator.model.study import Exclusion, Study
from generator.problems import Place, Problem
from generator.records.rules.files import assessed, found, runs, screened, trials


def nothing_is_known_before_its_day(records: Records) -> Iterator[Problem]:
    """A find, a look at a registry, a search run or a line of screened/ was not entered before it took place."""
    for path, place, on, known_on in _entered(records):
        if known_on and known_on < on:
            yield Problem(
                path,
                (*place, "known_on"),
                f"expected a day not before {on}, which it is dated, found {known_on}",
                "Leave it out where it was entered on that day.",
            )


def _entered(records: Records) -> Iterator[tuple[str, Place, dt.date, dt.date | None]]:
    for path, place, find in found(records):
        yield path, place, find.on, find.known_on
    for path, place, line in screened(records):
        yield path, place, line.on, line.known_on
    for path, trial in trials(records):
        for index, look in enumerate(trial.status_history):
            yield path, ("status_history", index), look.seen, look.known_on
    for identifier, candidate in records.candidates.items():
        if seen := candidate.registry_status:
            yield path_of(kinds.CANDIDATE, identifier), ("registry_status",), seen.seen, seen.known_on
    for path, place, run in runs(records):
        yield path, place, _day(run), run.known_on


def studies_are_known_after_they_were_found(records: Records) -> Iterator[Problem]:
    """`known_on` of a study is not before the day on which its record was first found.

    An earlier day in its history is fine: that is what `known_on` is for.
    """
    for path, study in assessed(records):
        first = min((find.on for find in study.found), default=None)
        if first and study.known_on and study.known_on < first:
            yield Problem(
                path, ("known_on",), f"expected a day not before {first}, when it was found, found {study.known_on}"
            )


def finds_are_as_late_as_their_run(records: Records) -> Iterator[Problem]:
    """What a search run found has the same `known_on` as the run, where the run was entered later than it took place.

    Else the find would be told as news of a day that has long passed.
    """
    late = {key: min(run.learned_on for run in day.runs) for key, day in records.searches.items()}
    on_time = {key: min(_day(run) for run in day.runs) for key, day in records.searches.items()}
    for path, place, find in found(records):
        known_on = late.get(find.run or "")
        if known_on and known_on > on_time[find.run or ""] and find.learned_on < known_on:
            yield Problem(
                path,
                place,
                f"expected `known_on: {known_on}`, as its search run has it, found {find.known_on or 'none'}",
            )


def versions_rest_on_studies_known_by_then(records: Records) -> Iterator[Problem]:
    """A study that a published version rests on was in the records by the day of that version."""
    known: dict[str, Study | Exclusion] = {**records.excluded, **records.included}
    paths = {key: path_of(kinds.EXCLUSION, key) for key in records.excluded}
    paths |= {key: path_of(kinds.STUDY, key) for key in records.included}
    first: dict[str, tuple[dt.date, str]] = {}
    for version in records.versions.versions if records.versions else ():
        for key in version.included:
            first.setdefault(key, (version.on, version.version))
    for key, (on, number) in first.items():
        known_on = known[key].known_on if key in known else None
        if known_on and known_on > on:
            yield Problem(
                paths[key],
                ("known_on",),
                f"expected a day not after {on}, when version {number} was published with it, found {known_on}",
                "Leave `known_on` out: the study was part of the review by then.",
            )


def _day(run: SearchRun) -> dt.date:
    return run.at.date() if isinstance(run.at, dt.datetime) else run.at


RULES = (
    nothing_is_known_before_its_day,
    studies_are_known_after_they_were_found,
    finds_are_as_late_as_their_run,
    versions_rest_on_studies_known_by_then,
)
