"""Whose turn it is tonight, where one night is too short for all. Knows nothing of what the turns are for."""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def in_turn(all_of_them: Sequence[T], most: int, today: dt.date) -> Sequence[T]:
    """Return those of today, at most `most`; all have had their turn after as many days as that takes."""
    n_turns = -(-len(all_of_them) // most) or 1
    return all_of_them[today.toordinal() % n_turns :: n_turns]
