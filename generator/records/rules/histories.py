"""Rules about histories, which only grow: new lines come last and old ones stay as they are."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.model import records as kinds
from generator.model.decision import DecidedOn, decisions_on
from generator.model.records import Records, path_of
from generator.model.report import Event, EventKind
from generator.model.summary import Summary
from generator.model.values import Part
from generator.problems import Place, Problem
from generator.records.rules.files import PROTOCOL, VERSIONS, assessed, included, screened, trials

_HINT = "Histories only grow: the newest line stands last, and an old line is never changed or repeated."
History = tuple[str, Place, Sequence[Part], str]
"""Path, place, lines and the name of the field that holds the date of a line."""
_KEPT = "What was replaced is kept oldest first, each with its own day; of several on one day only the last is kept."


def _histories(records: Records) -> Iterator[History]:
    for path, study in assessed(records):
        yield path, ("history",), study.history, "on"
    for path, trial in trials(records):
        yield path, ("status_history",), trial.status_history, "seen"
    if records.protocol:
        yield PROTOCOL, ("amendments",), records.protocol.amendments, "on"
    if records.versions:
        yield VERSIONS, ("versions",), records.versions.versions, "on"


def dates_of_histories_do_not_fall(records: Records) -> Iterator[Problem]:
    """In every history (of a study, a trial's status, amendments, versions) each date is the same or later."""
    for path, place, lines, field in _histories(records):
        for index in range(1, len(lines)):
            before, on = getattr(lines[index - 1], field), getattr(lines[index], field)
            if on < before:
                yield Problem(
                    path,
                    (*place, index, field),
                    f"expected a day not before {before}, which stands in the line above, found {on}",
                    _HINT,
                )


def lines_of_histories_differ(records: Records) -> Iterator[Problem]:
    """No line of a history is there twice: a night that was run again adds nothing."""
    for path, place, lines, _ in _histories(records):
        seen: dict[str, int] = {}
        for index, line in enumerate(lines):
            first = seen.setdefault(repr(line), index)
            if first != index:
                yield Problem(
                    path, (*place, index), f"expected a new line, found the same as {place[0]}[{first}] again", _HINT
                )


def studies_come_and_go_by_turns(records: Records) -> Iterator[Problem]:
    """A study is removed only while it is part of the review, and included again only after it was removed."""
    for path, study in included(records):
        for before, after in pairwise(study.moves):
            if before.kind is after.kind and before != after:  # the same line again is another slip
                other = "included" if after.kind is EventKind.REMOVED else "removed"
                yield Problem(
                    path,
                    ("history", _last(study.history, after), "kind"),
                    f"expected {after.kind.value!r} once until the study is {other} again, "
                    f"found it on {before.on} and on {after.on}",
                    "Keep the line that was published; say what else happened with kind: integrity or corrected.",
                )


def _last(history: Sequence[Event], event: Event) -> int:
    return len(history) - 1 - history[::-1].index(event)


def what_was_replaced_is_older(records: Records) -> Iterator[Problem]:
    """The wordings of a summary, and its ratings, rise from day to day, and the one of today is the newest.

    A day has one wording and one rating: those at its end. Only the oldest rating may be undated.
    """
    for identifier, summary in records.summaries.items():
        path = path_of(kinds.SUMMARY, identifier)
        for line in (_days_of_wordings(summary), _days_of_ratings(summary)):
            for (_, before), (place, on) in pairwise(line):
                if on is None:
                    yield Problem(
                        path, place[:-1], f"expected `{place[-1]}`, because an earlier one is kept, found none"
                    )
                elif before is not None and on <= before:
                    yield Problem(path, place, f"expected a day after {before}, found {on}", _KEPT)


def replaced_decisions_are_older(records: Records) -> Iterator[Problem]:
    """The decisions on a record rise from day to day, and the one that holds is the newest."""
    for path, place, record in _decided(records):
        if not record.earlier_decisions:
            continue
        if record.decision is None:
            message = "expected `decision` beside earlier ones, found none"
            hint = "The newest decision holds. To take the question up again, decide `outcome: awaiting`."
            yield Problem(path, (*place, "earlier_decisions"), message, hint)
        for index, (before, after) in enumerate(pairwise(decisions_on(record))):
            if before == after:
                yield Problem(
                    path,
                    (*place, "earlier_decisions", index),
                    "expected another decision than the one that replaced it, found the same",
                    "Put the decision there that stood before, as it stood; the new one stands under `decision` alone.",
                )
            if before.on > after.on:
                yield Problem(
                    path,
                    (*place, "earlier_decisions", index, "on"),
                    f"expected a day up to {after.on}, that of the decision after it, found {before.on}",
                    "Decisions that were replaced stand oldest first.",
                )


def _decided(records: Records) -> Iterator[tuple[str, Place, DecidedOn]]:
    for path, study in assessed(records):
        yield path, (), study
    for path, trial in trials(records):
        yield path, (), trial
    for identifier, candidate in records.candidates.items():
        yield path_of(kinds.CANDIDATE, identifier), (), candidate
    yield from screened(records)


def _days_of_wordings(summary: Summary) -> list[tuple[Place, dt.date | None]]:
    earlier = enumerate(summary.earlier_wordings)
    return [
        *((("earlier_wordings", index, "written"), one.written) for index, one in earlier),
        (("written",), summary.written),
    ]


def _days_of_ratings(summary: Summary) -> list[tuple[Place, dt.date | None]]:
    days: list[tuple[Place, dt.date | None]] = [
        (("earlier_ratings", index, "on"), one.on) for index, one in enumerate(summary.earlier_ratings)
    ]
    return [*days, (("rating", "on"), summary.rating.on)] if summary.rating else days


RULES = (
    dates_of_histories_do_not_fall,
    lines_of_histories_differ,
    studies_come_and_go_by_turns,
    what_was_replaced_is_older,
    replaced_decisions_are_older,
)
