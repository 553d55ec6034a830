"""What the searches since the base review received, and what was removed before screening (PRISMA 2020 item 16a).

Each record of a source counts once: what a source had returned in an earlier search is left out, because the windows of
nightly searches overlap. A count that no run states is None, never 0. A reason that a run leaves out counts as 0 only
where the other numbers of the run leave nothing over for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.protocol import Protocol, Source
from generator.model.search_run import SearchRun, SourceRun
from generator.model.values import Missing
from generator.review.tracing import REGISTERED

REASONS = ("duplicates", "automation", "other")
"""Why records are removed before screening: the fields of `Removed`."""

Known = int | None
"""A count, or None where it is not reported."""


@dataclass(frozen=True)
class SourceCount:
    """Records from one source; `source` is None for records whose source is not recorded."""

    source: Source | None
    n: Known


@dataclass(frozen=True)
class Removals:
    """Records removed before screening."""

    duplicates: Known
    automation: Known
    other: Known
    total: Known
    """All reasons together; known also where the division is not."""


def total(counts: Iterable[Known]) -> Known:
    """Return the sum of counts, or None when one of them is unknown."""
    found = 0
    for count in counts:
        if count is None:
            return None
        found += count
    return found


def received(runs: Iterable[SearchRun], protocol: Protocol) -> tuple[SourceCount, ...]:
    """Return the records received from each database and register that was asked, in the order of the protocol."""
    by_source: dict[str, list[Known]] = {}
    for part in _parts(runs, protocol):
        by_source.setdefault(part.source, []).append(_received(part))
    return tuple(
        SourceCount(source, total(by_source[source.id])) for source in protocol.sources if source.id in by_source
    )


def removed(runs: Iterable[SearchRun], protocol: Protocol) -> Removals:
    """Return the records removed before screening by reason."""
    parts = list(_parts(runs, protocol))
    duplicates, automation, other = (total(_removed(part, reason) for part in parts) for reason in REASONS)
    return Removals(duplicates, automation, other, total(_removed_in_all(part) for part in parts))


def _parts(runs: Iterable[SearchRun], protocol: Protocol) -> Iterable[SourceRun]:
    asked = {source.id for source in protocol.sources if source.kind in REGISTERED}
    return (part for run in runs for part in run.sources if part.source in asked)


def _received(part: SourceRun) -> Known:
    if isinstance(part.received, int):
        return part.received - (part.returned_before or 0)
    return 0 if part.failed or part.hits == 0 else None


def _stated(part: SourceRun) -> list[int]:
    values = (getattr(part.removed, reason, None) for reason in REASONS)
    return [value for value in values if isinstance(value, int)]


def _removed_in_all(part: SourceRun) -> Known:
    """Return what is missing between the records received and those written as candidates, whatever the reason."""
    stated = _stated(part)
    if len(stated) == len(REASONS):
        return sum(stated)
    kept = part.new if isinstance(part.new, int) else None
    came = _received(part)
    if came == 0:
        return 0
    return None if came is None or kept is None else came - kept


def _removed(part: SourceRun, reason: str) -> Known:
    value = getattr(part.removed, reason, None)
    if isinstance(value, int):
        return value
    if value is Missing.NOT_APPLICABLE:
        return 0
    nothing_left = _removed_in_all(part) == sum(_stated(part))
    return 0 if value is None and nothing_left else None
