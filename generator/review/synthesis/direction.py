"""Direction of effect of a study in an outcome domain, from coded directions alone: never from signs or p values."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from generator.model.instrument import Better, Instrument
from generator.model.result import Direction, Result

AGREEMENT = 0.7
"""Share of a study's outcomes in a domain that must agree before the domain has a direction.

Effect direction plot: Thomson and Thomas 2013, Res Synth Methods 4:95; revised by Boon and Thomson 2021.
"""


def usable_direction(result: Result, instrument: Instrument) -> Direction:
    """Return the coded direction, or unclear where the instrument's name stands for scales with opposite ends."""
    return Direction.UNCLEAR if instrument.better is Better.AMBIGUOUS else result.direction


def domain_direction(directions: Iterable[Direction]) -> Direction | None:
    """Return one direction for a domain: the one on which at least 70 % agree, else mixed; None without results.

    Results whose direction is unclear take no part; when nothing else is there the domain is unclear.
    """
    coded = list(directions)
    if not coded:
        return None
    clear = Counter(direction for direction in coded if direction is not Direction.UNCLEAR)
    if not clear:
        return Direction.UNCLEAR
    direction, n_agreeing = clear.most_common(1)[0]
    return direction if n_agreeing / clear.total() >= AGREEMENT else Direction.MIXED


class Size(StrEnum):
    """Size of an arrow in the effect direction plot."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


MEDIUM_FROM, MEDIUM_TO = 50, 300
"""People in a study drawn with a medium arrow, both ends included (Thomson and Thomas 2013)."""


def size_of(n_people: int | None) -> Size:
    """Return the size of the arrow for a study of `n_people`; one that does not report the number is drawn small."""
    if n_people is None or n_people < MEDIUM_FROM:
        return Size.SMALL
    return Size.MEDIUM if n_people <= MEDIUM_TO else Size.LARGE
