"""Rules about search runs: what was asked, what was answered, and that the numbers can be true together."""

import datetime as dt
from collections.abc import Iterator

from generator.model import records as kinds
from generator.model.records import Records, path_of
from generator.model.search_run import Removed, RunKind, Screening, SourceRun
from generator.problems import Place, Problem
from generator.records.rules.files import runs
from generator.records.rules.names import unknown

_OWN = frozenset({RunKind.NIGHTLY, RunKind.MANUAL})
_AT_MOST = (
    ("screened", "identified"),
    ("excluded", "screened"),
    ("sought", "screened"),
    ("not_retrieved", "sought"),
    ("assessed", "sought"),
    ("excluded_full_text", "assessed"),
    ("studies", "assessed"),
    ("studies", "reports"),
)
"""Pairs of boxes of the flow diagram of PRISMA 2020 of which the first cannot hold more than the second."""


def _asked(records: Records) -> Iterator[tuple[str, Place, SourceRun]]:
    for path, place, run in runs(records):
        for index, asked in enumerate(run.sources):
            yield path, (*place, "sources", index), asked


def sources_searched_are_those_of_the_protocol(records: Records) -> Iterator[Problem]:
    """A source that was searched is listed in protocol.yml, where its platform and strategy stand (PRISMA-S)."""
    if not records.protocol:
        return
    known = {source.id for source in records.protocol.sources}
    for path, place, asked in _asked(records):
        yield from unknown(path, (*place, "source"), "a source of studies/protocol.yml", asked.source, known)


def failed_searches_say_why(records: Records) -> Iterator[Problem]:
    """A source that failed has empty `hits` and an `error`; one that answered has a number (0 too) and no error.

    A quiet night and a failed one must never look alike: only an answer moves the date of the last search.
    """
    for path, place, asked in _asked(records):
        if asked.failed and not asked.error:
            yield Problem(
                path,
                (*place, "hits"),
                "expected `error` beside empty `hits`, found none",
                "Say why the source failed; write 0 when it answered with nothing, NR when its total is not known.",
            )
        elif asked.error and not asked.failed:
            yield Problem(
                path,
                (*place, "hits"),
                f"expected nothing beside `error`, found {asked.hits}",
                "Leave `hits:` empty when the source failed or did not answer in full.",
            )


def numbers_of_searches_add_up(records: Records) -> Iterator[Problem]:
    """Of a source not more records were received than it has, and not more are new or removed than were received."""
    for path, place, asked in _asked(records):
        received, hits = asked.received, asked.hits
        if isinstance(received, int) and isinstance(hits, int) and received > hits:
            yield Problem(path, (*place, "received"), f"expected at most {hits}, the `hits`, found {received}")
        n_new, n_removed = asked.new, _n_removed(asked.removed)
        n_sorted = (n_new if isinstance(n_new, int) else 0) + n_removed + (asked.returned_before or 0)
        if isinstance(received, int) and n_sorted > received:
            yield Problem(
                path,
                place,
                f"expected at most {received} records, as many as were received, to be new, removed or returned "
                f"before, found {n_sorted}",
            )


def _n_removed(removed: Removed | None) -> int:
    values = (removed.duplicates, removed.automation, removed.other) if removed else ()
    return sum(value for value in values if isinstance(value, int))


def runs_lie_in_the_file_of_their_day(records: Records) -> Iterator[Problem]:
    """A search run stands in the file of its day, in the order of time, once."""
    for identifier, day in records.searches.items():
        path, date = path_of(kinds.SEARCH, identifier), identifier.partition("/")[2]
        moments: list[dt.datetime] = []
        first: dict[str, int] = {}
        for index, run in enumerate(day.runs):
            place = ("runs", index, "at")
            on = run.at.date() if isinstance(run.at, dt.datetime) else run.at
            if on.isoformat() != date:
                yield Problem(
                    path, place, f"expected a time on {date}, the name of the file, found {run.at.isoformat()}"
                )
            elif first.setdefault(repr(run), index) != index:
                yield Problem(path, ("runs", index), "expected each run once, found the same again")
            elif isinstance(run.at, dt.datetime):
                if moments and run.at < moments[-1]:
                    yield Problem(
                        path,
                        place,
                        f"expected a time not before {moments[-1].isoformat()}, found {run.at.isoformat()}",
                        "Runs stand in the order of time; add new ones at the end.",
                    )
                moments.append(run.at)


def totals_of_a_selection_agree(records: Records) -> Iterator[Problem]:
    """Totals copied from a document stand only in its own run, and no box holds more than the one it comes from."""
    for path, place, run in runs(records):
        if not run.selection:
            continue
        if run.kind in _OWN:
            yield Problem(
                path,
                (*place, "selection"),
                f"expected no totals for a {run.kind} run, found some",
                "Totals of our own searches are counted from the records, never typed.",
            )
        yield from _boxes(path, (*place, "selection"), run.selection)


def _boxes(path: str, place: Place, selection: Screening) -> Iterator[Problem]:
    for part, whole in _AT_MOST:
        n_part, n_whole = getattr(selection, part), getattr(selection, whole)
        if isinstance(n_part, int) and isinstance(n_whole, int) and n_part > n_whole:
            yield Problem(path, (*place, part), f"expected at most {n_whole}, the number of `{whole}`, found {n_part}")


RULES = (
    sources_searched_are_those_of_the_protocol,
    failed_searches_say_why,
    numbers_of_searches_add_up,
    runs_lie_in_the_file_of_their_day,
    totals_of_a_selection_agree,
)
