"""Counts how the rules deal with made-up copies and made-up companions of real works."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from generator.model.source_record import SourceRecord
from generator.surveillance.dedupe import Group, Match, group
from tests.surveillance.dedupe.differences import Difference
from tests.surveillance.dedupe.other_works import Companions

SEED = 20


@dataclass(frozen=True)
class Copies:
    """What became of the copies of works, one of each at most."""

    n_copies: int
    n_found: int
    """Merged with the work that they are a copy of."""
    n_told: int
    """Merged with it, linked with it or shown as perhaps the same."""
    n_swallowed: int
    """Distinct works that disappear in the group of another work."""


@dataclass(frozen=True)
class Apart:
    """What became of works that are as near to each other as two works can be."""

    n_works: int
    n_swallowed: int


def measure_copies(works: Sequence[SourceRecord], change: Difference) -> Copies:
    """Group all works with a copy of each that the difference changes; `place` of a record names its work."""
    chance = Random(SEED)  # noqa: S311 - made-up records, not secrets
    changed = [(work, change(work, chance)) for work in works]
    copies = [replace(copy, source="copy") for work, copy in changed if copy != work]
    groups = group([*works, *copies])
    of = {(record.source == "copy", record.place): n for n, each in enumerate(groups) for record in each.records}
    told = {(n, of[match.second.source == "copy", match.second.place]) for n, match in _connections(groups)}
    homes = [(of[True, copy.place], of[False, copy.place]) for copy in copies]
    return Copies(
        n_copies=len(copies),
        n_found=sum(mine == theirs for mine, theirs in homes),
        n_told=sum(mine == theirs or (mine, theirs) in told for mine, theirs in homes),
        n_swallowed=_n_swallowed(groups),
    )


def fit_for_companions(works: Sequence[SourceRecord]) -> list[SourceRecord]:
    """Return the works that are no abstracts of meetings, which have companions of their own."""
    return [work for work in works if "onference" not in work.venue]


def measure_companions(works: Sequence[SourceRecord], sort: Companions, change: Difference | None = None) -> Apart:
    """Group the companions of each work, and where a difference is given a changed copy of every companion as well."""
    chance = Random(SEED)  # noqa: S311 - made-up records, not secrets
    n_works = n_swallowed = 0
    for work in works:
        made = [replace(one, place=str(n)) for n, one in enumerate(sort(work, chance))]
        copies = [replace(change(one, chance), source="copy") for one in made] if change else []
        n_works += len(made)
        n_swallowed += _n_swallowed(group([*made, *copies]))
    return Apart(n_works, n_swallowed)


def _n_swallowed(groups: Sequence[Group]) -> int:
    return sum(len({record.place for record in each.records}) - 1 for each in groups)


def _connections(groups: Sequence[Group]) -> Iterator[tuple[int, Match]]:
    for n, each in enumerate(groups):
        yield from ((n, match) for match in (*each.linked, *each.possible))
