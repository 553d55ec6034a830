"""Rules about the day of entry: `known_on`, where something was entered later than the day it is dated."""

import datetime as dt
from collections.abc import Iterator

from generator.model import records as kinds
from generator.model.data_added import data_of, says_what_was_added
from generator.model.records import Records, path_of
from generator.model.report import EventKind
from generator.model.search_run import SearchRun
from generator.model.study import Exclusion, Study
from generator.problems import Level, Place, Problem
from generator.records.rules.files import assessed, found, included, runs, screened, trials


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


def data_added_later_say_so(records: Records) -> Iterator[Problem]:
    """Where a history says `data-added`, the data that were added have that day as `known_on`.

    Else the review as of an earlier day shows data that nobody had then. A line from before the study was in the
    records, and an assessment of risk of bias with that day, need none.
    """
    for path, study in included(records):
        entered = max(_included_on(study), study.known_on or dt.date.min)
        for index, event in enumerate(study.history):
            added_later = event.kind is EventKind.DATA_ADDED and event.on > entered
            if added_later and not says_what_was_added(study, event.on):
                yield Problem(
                    path,
                    ("history", index),
                    f"expected data with `known_on: {event.on}`, the day of this line, found none",
                    f"Write `known_on: {event.on}` in each measured outcome, result and adverse event that was added "
                    "with it.",
                    Level.WARNING,
                )


def added_data_are_told(records: Records) -> Iterator[Problem]:
    """Data with `known_on` were added after the study was included, and a line `data-added` of that day says so.

    Else subscribers are not told of them.
    """
    for path, study in included(records):
        told = {event.on for event in study.history if event.kind is EventKind.DATA_ADDED}
        for place, part in data_of(study):
            if part.known_on is None or part.known_on in told:
                continue
            if part.known_on < _included_on(study):
                message = f"expected a day not before {_included_on(study)}, when the study was included"
                hint = "Leave it out where the data came with the study."
            else:
                message = "expected a line `kind: data-added` of that day in `history`"
                hint = "End `history` with that line; leave `known_on` out where the data came with the study."
            yield Problem(path, (*place, "known_on"), f"{message}, found {part.known_on}", hint)


def _included_on(study: Study) -> dt.date:
    return min(event.on for event in study.history)


def _day(run: SearchRun) -> dt.date:
    return run.at.date() if isinstance(run.at, dt.datetime) else run.at


RULES = (
    nothing_is_known_before_its_day,
    studies_are_known_after_they_were_found,
    finds_are_as_late_as_their_run,
    versions_rest_on_studies_known_by_then,
    data_added_later_say_so,
    added_data_are_told,
)
