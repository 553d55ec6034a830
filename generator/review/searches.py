"""What was asked where and when: the search log line by line, and every strategy a source was ever sent (PRISMA-S)."""

import datetime as dt
from dataclasses import dataclass

from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.model.report import Quote
from generator.model.search_run import RunKind, SearchRun, SourceRun
from generator.review.living import run_day

N_RECENT = 200
"""Lines of the search log that a page shows; a source asked every night adds 365 lines a year."""


@dataclass(frozen=True)
class LogLine:
    """One source asked once."""

    run_id: str
    """Day of the run, with its number on that day from the second run on."""
    run: SearchRun
    part: SourceRun
    source_name: str

    @property
    def day(self) -> dt.date:
        """The day of the run in UTC."""
        return run_day(self.run)


@dataclass(frozen=True)
class SentStrategy:
    """A strategy that a source was sent, with the first and the last day it was."""

    strategy: str
    first_on: dt.date
    last_on: dt.date
    n_times: int
    current: bool
    """True when the protocol still names it."""


@dataclass(frozen=True)
class RunQuote:
    """A quote that a run taken from a document rests on."""

    run_id: str
    day_id: str
    """Id of the file that holds the run."""
    index: int
    """Position of the run in the file, from 0."""
    key: str
    quote: Quote

    @property
    def anchor(self) -> str:
        """What the quote is called on the page of the searches, where the quotes of all runs stand together."""
        return f"{self.run_id}-{self.key}"


def runs_by_id(records: Records) -> dict[str, SearchRun]:
    """Return every search run by its id, oldest first."""
    return {
        _run_id(day_id, index): run
        for day_id, day in sorted(records.searches.items())
        for index, run in enumerate(day.runs)
    }


def search_log(records: Records, protocol: Protocol) -> tuple[LogLine, ...]:
    """Return one line per run and source, the newest run first."""
    names = {source.id: source.name for source in protocol.sources}
    return tuple(
        LogLine(run_id, run, part, names.get(part.source, part.source))
        for run_id, run in reversed(runs_by_id(records).items())
        for part in run.sources
    )


def recent(log: tuple[LogLine, ...]) -> tuple[LogLine, ...]:
    """Return the lines a page shows: the newest ones, and those of the base review however old."""
    return log[:N_RECENT] + tuple(line for line in log[N_RECENT:] if line.run.kind is RunKind.BASE_REVIEW)


def strategies_sent(records: Records, protocol: Protocol) -> dict[str, tuple[SentStrategy, ...]]:
    """Return, by source, every strategy it was sent in the order of first use; sources never asked have none.

    Failed searches count: the strategy was sent.
    """
    current = {source.id: set(source.strategies) for source in protocol.sources}
    days: dict[tuple[str, str], list[dt.date]] = {}
    for line in reversed(search_log(records, protocol)):
        if line.part.strategy is not None:
            days.setdefault((line.part.source, line.part.strategy), []).append(line.day)
    sent: dict[str, list[SentStrategy]] = {}
    for (source, strategy), on in days.items():
        one = SentStrategy(strategy, min(on), max(on), len(on), strategy in current.get(source, ()))
        sent.setdefault(source, []).append(one)
    return {source: tuple(strategies) for source, strategies in sent.items()}


def run_kinds(records: Records) -> dict[str, set[RunKind]]:
    """Return, by source, what kinds of run have asked it."""
    kinds: dict[str, set[RunKind]] = {}
    for run in runs_by_id(records).values():
        for part in run.sources:
            kinds.setdefault(part.source, set()).add(run.kind)
    return kinds


def search_quotes(records: Records) -> tuple[RunQuote, ...]:
    """Return the quotes that runs taken from a document rest on, oldest run first."""
    return tuple(
        RunQuote(_run_id(day_id, index), day_id, index, key, quote)
        for day_id, day in sorted(records.searches.items())
        for index, run in enumerate(day.runs)
        for key, quote in run.quotes.items()
    )


def _run_id(day_id: str, index: int) -> str:
    return day_id.rpartition("/")[2] + (f"-{index + 1}" if index else "")
