"""The exact upper limit, against published values and against exact sums of binomial probabilities."""

from fractions import Fraction
from math import comb

import pytest

from generator.review.synthesis.harms import upper_bound


@pytest.mark.parametrize(
    ("n_events", "n_people", "percent"),
    [
        # Published tables of the Clopper-Pearson 95 % interval
        (0, 10, 30.8),
        (0, 20, 16.8),
        (0, 100, 3.6),
        (1, 10, 44.5),
        (2, 10, 55.6),
        (5, 10, 81.3),
        (10, 100, 17.6),
        (10, 10, 100.0),
    ],
)
def test_published_values(n_events: int, n_people: int, percent: float) -> None:
    assert round(100 * upper_bound(n_events, n_people), 1) == percent


@pytest.mark.parametrize("n_people", [1, 7, 10, 20, 30, 250, 5000])
def test_none_seen_has_a_closed_form(n_people: int) -> None:
    assert upper_bound(0, n_people) == pytest.approx(1 - 0.025 ** (1 / n_people), rel=1e-12)


@pytest.mark.parametrize(("n_events", "n_people"), [(1, 24), (3, 24), (8, 24), (1, 2), (19, 20), (37, 120)])
def test_the_limit_leaves_two_and_a_half_percent(n_events: int, n_people: int) -> None:
    bound = upper_bound(n_events, n_people)

    def at_most(proportion: Fraction) -> Fraction:
        return sum(
            (comb(n_people, k) * proportion**k * (1 - proportion) ** (n_people - k) for k in range(n_events + 1)),
            Fraction(0),
        )

    tail, step = Fraction(1, 40), Fraction(1, 10**9)
    assert at_most(Fraction(bound) - step) > tail > at_most(Fraction(bound) + step)


def test_another_confidence() -> None:
    assert upper_bound(0, 10, confidence=0.9) == pytest.approx(1 - 0.05 ** (1 / 10))


@pytest.mark.parametrize(("n_events", "n_people"), [(-1, 10), (11, 10), (0, 0)])
def test_impossible_counts_are_refused(n_events: int, n_people: int) -> None:
    with pytest.raises(ValueError, match="expected 0 <= events <= people"):
        upper_bound(n_events, n_people)
