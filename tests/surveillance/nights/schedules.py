"""Nights with faults and kills, one after the other, and how many candidates they lost or offered twice."""

import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import MADE_UP
from tests.kills import KilledError, killed_at
from tests.surveillance.nights.conftest import SHORT, Nights, begin
from tests.surveillance.nights.faults import Fault
from tests.surveillance.nights.world import FIRST_DAY, World, documents

DAY = timedelta(days=1)
MOST_WRITES = 15
"""Beyond the last write of most nights of a schedule."""


@dataclass(frozen=True)
class Schedule:
    """What happens in the nights; on the last of them, one day later, nothing goes wrong."""

    days: Sequence[tuple[int, int]]
    """How many articles and how many trials appear on each day; each day has its night."""
    faults: Sequence[Fault] = ()
    """One for each request, in the order they come over all nights."""
    kills: Sequence[int | None] = ()
    """For each night the number of the write at which the process is killed; None lets it be."""


@dataclass(frozen=True)
class Outcome:
    """What came of schedules."""

    n_nights: int = 0
    n_faults: int = 0
    n_kills: int = 0
    n_documents: int = 0
    n_lost: int = 0
    n_repeated: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(*(one + more for one, more in zip(astuple(self), astuple(other), strict=True)))


def play(schedule: Schedule) -> Outcome:
    """Play the nights in a review of their own, and return what became of every document of the made-up world."""
    left = iter(schedule.faults)
    kills = [*schedule.kills[: len(schedule.days)], *[None] * len(schedule.days)]
    with tempfile.TemporaryDirectory() as folder:
        root = shutil.copytree(MADE_UP, Path(folder) / "review")
        with begin(root, World(documents(schedule.days))) as nights:
            nights.server.faults, nights.read_timeout = left, SHORT
            n_kills = sum(
                _is_killed(nights, number, kill) for number, kill in zip(range(len(schedule.days)), kills, strict=False)
            )
            n_left = len(list(left))
            nights.server.faults, nights.read_timeout = iter(()), 5
            nights.search(FIRST_DAY + len(schedule.days) * DAY)
            offered, visible = nights.offered(), nights.visible()
    n_faults = sum(fault is not Fault.NONE for fault in schedule.faults[: len(schedule.faults) - n_left])
    return Outcome(
        n_nights=len(schedule.days) + 1,
        n_faults=n_faults,
        n_kills=n_kills,
        n_documents=len(visible),
        n_lost=len(set(visible) - set(offered)),
        n_repeated=len(offered) - len(set(offered)),
    )


def _is_killed(nights: Nights, number: int, kill: int | None) -> bool:
    """Search in a night, and return whether it was killed; a night of fewer writes ends as any other."""
    try:
        if kill is None:
            nights.search(FIRST_DAY + number * DAY)
        else:
            with pytest.MonkeyPatch.context() as patch, killed_at(patch, kill):
                nights.search(FIRST_DAY + number * DAY)
    except KilledError:
        return True
    return False


def drawn(n_schedules: int) -> Iterator[Schedule]:
    """Yield schedules, the same ones every time; about every third request fails and every third night is killed."""
    dice = random.Random(1)  # noqa: S311 - the same schedules in every run
    for _ in range(n_schedules):
        days = [(dice.randint(0, 5), dice.randint(0, 3)) for _ in range(dice.randint(1, 4))]
        faults = [dice.choice([*Fault]) if dice.random() < 0.4 else Fault.NONE for _ in range(40)]
        yield Schedule(days, faults, [dice.choice([None, None, dice.randint(0, MOST_WRITES)]) for _ in days])
