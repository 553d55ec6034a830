"""Which strategies are due tonight, and from which day on each is asked. Asks nothing."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model.protocol import Protocol, Source
from generator.model.records import Records
from generator.model.search_run import RunKind, SearchRun, SourceRun
from generator.review.living import all_runs, asked_by_program, run_day
from generator.surveillance import sources
from generator.surveillance.asking.answers import Query, SourceModule

FEEDS = "feeds"
"""The module that reads a feed, whatever source the feed belongs to."""


@dataclass(frozen=True)
class Past:
    """A search of the log that was answered in full."""

    on: dt.date
    part: SourceRun

    @property
    def full(self) -> bool:
        """True when it was asked without a window."""
        return self.part.window is None or self.part.window.start is None


@dataclass(frozen=True)
class Due:
    """One strategy to be asked tonight."""

    source: Source
    module: SourceModule
    query: Query
    past: tuple[Past, ...]
    """Earlier searches with the same strategy that were answered in full, oldest first."""


def due(
    records: Records, protocol: Protocol, today: dt.date, only: Sequence[str] = (), again: bool = False
) -> list[Due]:
    """Return what is to be asked on the day `today`, in the order of the protocol.

    A strategy is due when its last full answer is `every_days` old or older; one that failed stays due. With `again`
    all are due. With `only` no other sources are asked. A run of a day to come, left by a clock that was wrong, counts
    for nothing: what is asked reaches back to the last one before it.
    """
    runs = [run for run in all_runs(records) if run.kind is not RunKind.BASE_REVIEW and run_day(run) <= today]
    wanted = [source for source in protocol.sources if asked_by_program(source) and (not only or source.id in only)]
    return [
        one
        for source in wanted
        for one in _queries(source, runs, protocol, today)
        if again or not one.past or (today - one.past[-1].on).days >= max(1, source.every_days or 1)
    ]


def _queries(source: Source, runs: Sequence[SearchRun], protocol: Protocol, today: dt.date) -> Iterator[Due]:
    asked = [(source.module or "", strategy) for strategy in source.strategies if source.module]
    asked += [(FEEDS, str(feed)) for feed in source.feeds]
    for name, strategy in asked:
        module = sources.module(name)
        past = tuple(
            Past(run_day(run), part)
            for run in runs
            for part in run.sources
            if part.source == source.id and part.strategy == strategy and not part.failed
        )
        since = _since(past, module.OVERLAP_DAYS, protocol.living.full_search_every_days, today)
        validators = past[-1].part.validators if since else None  # now and then a feed is read whatever it says
        yield Due(source, module, Query(source.id, strategy, since, validators=validators), past)


def _since(past: Sequence[Past], overlap_days: int, full_every_days: int, today: dt.date) -> dt.date | None:
    """Return the first day of the window; None asks for everything.

    Everything is asked for the first time, and again from time to time: sources add records that they should have had
    long before (a university's output of one year grew by 19 % in OpenAlex within six months).
    """
    last_full = max((one.on for one in past if one.full), default=None)
    if last_full is None or (today - last_full).days >= full_every_days:
        return None
    return past[-1].on - dt.timedelta(days=overlap_days)
