"""Exact confidence bounds for how often a harm may occur, given that few or none were seen."""

import math
from functools import lru_cache

CONFIDENCE = 0.95
_STIRLING = (1 / 12, 1 / 360, 1 / 1260, 1 / 1680, 1 / 1188)
_STEP = 1 / 16
_NODES = [
    (math.exp(x - math.exp(-x)), _STEP * (1 + math.exp(-x)) * math.exp(x - math.exp(-x)))
    for x in (number * _STEP for number in range(-60, 76))
]
"""Where an integral from nought to infinity is taken, and with which weight."""


@lru_cache(maxsize=4096)
def upper_bound(n_events: int, n_people: int, confidence: float = CONFIDENCE) -> float:
    """Return the upper limit of the exact two-sided interval for a proportion, between 0 and 1.

    Method: Clopper and Pearson (1934), Biometrika 26:404-413. For 0 of 20 it is 0.168; for 0 of 10 it is 0.308.
    It takes as long for a million people as for ten.
    Raises ValueError unless 0 <= n_events <= n_people and n_people > 0.
    """
    if not 0 <= n_events <= n_people or n_people == 0:
        raise ValueError(f"expected 0 <= events <= people and people > 0, got {n_events} of {n_people}")
    if n_events == n_people:
        return 1.0
    log_tail = math.log((1 - confidence) / 2)
    if n_events == 0:
        return -math.expm1(log_tail / n_people)
    # Newton's method in the log odds: the logarithm of the tail is concave there, so after the first step it never
    # passes the limit again.
    log_odds = math.log(n_events) - math.log(n_people - n_events)
    for _ in range(100):
        at_most, slope = _log_at_most(n_events, n_people, log_odds)
        step = (log_tail - at_most) / slope
        log_odds += step
        if abs(step) <= 1e-15 * max(1.0, abs(log_odds)):
            break
    return 1 / (1 + math.exp(-log_odds))


def _log_at_most(n_events: int, n_people: int, log_odds: float) -> tuple[float, float]:
    """Return the logarithm of the binomial probability of at most `n_events`, and how it changes with the log odds.

    Methods: the probability of exactly `n_events` after Loader (2000), Fast and accurate computation of binomial
    probabilities; what all smaller numbers add from the integral of the beta distribution (Abramowitz and Stegun 1964,
    26.5.24), taken with the double exponential formula of Takahasi and Mori (1974), Publ RIMS 9:721-741.
    """
    p, q = 1 / (1 + math.exp(-log_odds)), 1 / (1 + math.exp(log_odds))
    n_without = n_people - n_events
    exactly = (
        _stirling_error(n_people)
        - _stirling_error(n_events)
        - _stirling_error(n_without)
        - _deviance(n_events, n_people * p)
        - _deviance(n_without, n_people * q)
        - 0.5 * math.log(2 * math.pi * n_events * (n_without / n_people))
    )
    odds = q / p
    scale = 1 / max(n_without - n_events * odds, math.sqrt(n_events * odds / p))
    at_most_for_one = math.fsum(
        weight * math.exp(n_events * math.log1p(-odds * math.expm1(-scale * node)) - n_without * scale * node)
        for node, weight in _NODES
    )
    at_most_for_one *= n_without * scale
    return exactly + math.log(at_most_for_one), -n_without * p / at_most_for_one


def _stirling_error(n: int) -> float:
    """Return the logarithm of n! less that of Stirling's formula for it; n is at least 1."""
    if n < 16:
        return math.lgamma(n + 1) - (n + 0.5) * math.log(n) + n - 0.5 * math.log(2 * math.pi)
    first, second, third, fourth, fifth = _STIRLING
    square = 1 / n / n
    return (first - (second - (third - (fourth - fifth * square) * square) * square) * square) / n


def _deviance(n: int, expected: float) -> float:
    """Return n log(n / expected) + expected - n, without the loss of digits where they are close."""
    apart = (expected - n) / n
    return n * (apart - math.log1p(apart))
