"""Days of the past that a change of the records would bring as news: subscribers would be told of them too late.

A line counts when the base does not have it and it is dated before the newest news of the base. What a candidate of the
base was found by has been told, wherever its file goes. Lines that send nothing (a find of what was found before, a
look from before the trial was part of the review) do not count. Other dates are not looked at.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model import records as kinds
from generator.model.decision import Candidate, Found
from generator.model.records import Kind, Records, path_of
from generator.model.study import Exclusion, Study
from generator.model.trial import Trial
from generator.review import Review
from generator.review.changes import changes
from generator.review.study_facts import learned_on
from generator.review.trials import moves

_Record = Study | Exclusion | Trial | Candidate
_Find = tuple[str, dt.date, str | None]
"""Source, day and run."""


@dataclass(frozen=True)
class OlderDates:
    """A file with lines that would be told under days that are past."""

    path: str
    n: int
    """How many such lines."""
    reasons: tuple[str, ...]
    """Which lines, and what to write."""


@dataclass(frozen=True)
class _Told:
    """What the base has told subscribers of."""

    records: Records
    newest: dt.date
    """The day of its newest news."""
    finds: Mapping[str, frozenset[_Find]]
    """By the id of a record."""
    gone: frozenset[_Find]
    """Those of candidates that the head no longer has: a settled one may have another name."""


def older_dates(base: Review, head: Review) -> tuple[OlderDates, ...]:
    """Return the files of the head that would send old news; none while the base has told nothing."""
    told = _told(base, head.records)
    found = []
    for kind, key, record in _every(head.records):
        lists = list(_lists(told, head, key, record))
        n = sum(len(days) for _, days, _ in lists)
        if n:
            said = tuple(_say(name, days, advice) for name, days, advice in lists if days)
            found.append(OlderDates(path_of(kind, key), n, said))
    return tuple(found)


def _told(base: Review, head: Records) -> _Told:
    news, finds = changes(base), dict[str, frozenset[_Find]]()
    for _, name, record in _every(base.records):
        finds[name] = finds.get(name, frozenset()) | {_find(one) for one in record.found}
    gone = [finds[name] for name in base.records.candidates.keys() - head.candidates.keys()]
    return _Told(base.records, news[0].on if news else dt.date.min, finds, frozenset().union(*gone))


def _lists(told: _Told, head: Review, key: str, record: _Record) -> Iterator[tuple[str, list[dt.date], str]]:
    """Yield each list of a record with the older days of its new lines, and what to write instead."""
    base, newest, here = told.records, told.newest, f"write `known_on: {head.today}`"
    yield "found", _finds(told, key, record), f"{here} beside it"
    if isinstance(record, Trial):
        yield "status_history", _looks(record, base.trials.get(key), newest), f"{here} beside it"
        yield "decision", _moves(record, base.trials.get(key), newest), f"date it {head.today}, when it is settled here"
        yield "known_on", [record.known_on] if key not in base.trials and record.known_on < newest else [], here
    elif not isinstance(record, Candidate):
        before = base.included.get(key) or base.excluded.get(key)
        advice = f"date it {head.today}, when the review learned of it" if before else f"{here} in the file"
        yield "history", _events(record, before, newest), advice


def _finds(told: _Told, key: str, record: _Record) -> list[dt.date]:
    """Return the days of new finds, unless the first of all has been told: what is found again is no news."""
    known = told.finds.get(key, frozenset()) | told.gone
    first = min(record.found, key=lambda one: one.learned_on, default=None)
    if first is None or _find(first) in known:
        return []
    return [one.on for one in record.found if _find(one) not in known and one.learned_on < told.newest]


def _find(find: Found) -> _Find:
    return find.source, find.on, find.run


def _looks(trial: Trial, before: Trial | None, newest: dt.date) -> list[dt.date]:
    known = {(look.seen, look.status) for look in before.status_history} if before else set()
    new = [look for look in trial.status_history if (look.seen, look.status) not in known]
    return [look.seen for look in new if trial.known_on < look.learned_on < newest]


def _moves(trial: Trial, before: Trial | None, newest: dt.date) -> list[dt.date]:
    known = {on for on, _ in moves(before)} if before else set()
    return [on for on, _ in moves(trial) if on not in known and on < newest]


def _events(study: Study | Exclusion, before: Study | Exclusion | None, newest: dt.date) -> list[dt.date]:
    known = {(event.on, event.kind, event.field) for event in before.history} if before else set()
    new = [event for event in study.history if (event.on, event.kind, event.field) not in known]
    return [event.on for event in new if learned_on(study, event.on) < newest]


def _every(records: Records) -> Iterator[tuple[Kind, str, _Record]]:
    held: tuple[tuple[Kind, Mapping[str, _Record]], ...] = (
        (kinds.CANDIDATE, records.candidates),
        (kinds.EXCLUSION, records.excluded),
        (kinds.STUDY, records.included),
        (kinds.TRIAL, records.trials),
    )
    for kind, by_id in held:
        yield from ((kind, key, record) for key, record in sorted(by_id.items()))


def _say(name: str, days: list[dt.date], advice: str) -> str:
    which = f"`{name}` of {days[0]}" if len(days) == 1 else f"{len(days)} lines of `{name}`, the oldest of {min(days)}"
    return f"{which}: {advice}"
