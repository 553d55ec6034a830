"""Exact confidence bounds for how often a harm may occur, given that few or none were seen."""

import math
from functools import lru_cache

CONFIDENCE = 0.95
_NEGLIGIBLE = 2.0**-70
"""Part of a sum that is too small to change it, also many times over."""


@lru_cache(maxsize=4096)
def upper_bound(n_events: int, n_people: int, confidence: float = CONFIDENCE) -> float:
    """Return the upper limit of the exact two-sided interval for a proportion, between 0 and 1.

    Method: Clopper and Pearson (1934), Biometrika 26:404-413. For 0 of 20 it is 0.168; for 0 of 10 it is 0.308.
    Raises ValueError unless 0 <= n_events <= n_people and n_people > 0.
    """
    if not 0 <= n_events <= n_people or n_people == 0:
        raise ValueError(f"expected 0 <= events <= people and people > 0, got {n_events} of {n_people}")
    if n_events == n_people:
        return 1.0
    tail = (1 - confidence) / 2
    low, high = n_events / n_people, 1.0
    for _ in range(80):  # halving [0, 1] 80 times goes below the precision of a float
        middle = (low + high) / 2
        if _at_most(n_events, n_people, middle) > tail:
            low = middle
        else:
            high = middle
    return high


def _at_most(n_events: int, n_people: int, proportion: float) -> float:
    """Return the binomial probability of at most `n_events` among `n_people`, for a proportion between 0 and 1.

    Summed from the probability of exactly `n_events` downwards, each from the one before, as long as they add anything:
    from a proportion of at least n_events / n_people on they become smaller, and faster with each step.
    """
    log_p, log_q = math.log(proportion), math.log1p(-proportion)
    log_ways = math.lgamma(n_people + 1) - math.lgamma(n_events + 1) - math.lgamma(n_people - n_events + 1)
    exactly = math.exp(log_ways + n_events * log_p + (n_people - n_events) * log_q)
    odds = (1 - proportion) / proportion
    part = total = 1.0
    for k in range(n_events, 0, -1):
        part *= k / (n_people - k + 1) * odds
        total += part
        if part < total * _NEGLIGIBLE:
            break
    return exactly * total
