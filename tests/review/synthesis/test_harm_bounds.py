"""The exact upper limit, against published values and against exact sums of binomial probabilities."""

from fractions import Fraction
from math import comb, sqrt

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


@pytest.mark.parametrize("n_people", [1, 7, 10, 20, 30, 250, 5000, 999_999_999])
def test_none_seen_has_a_closed_form(n_people: int) -> None:
    assert upper_bound(0, n_people) == pytest.approx(1 - 0.025 ** (1 / n_people), rel=1e-12)


@pytest.mark.parametrize("n_people", [2, 20, 999_999_999])
def test_all_but_one_have_a_closed_form(n_people: int) -> None:
    assert 1 - upper_bound(n_people - 1, n_people) == pytest.approx(1 - 0.975 ** (1 / n_people), rel=1e-6)


def at_most(n_events: int, n_people: int, proportion: Fraction) -> Fraction:
    """Return the binomial probability of at most so many events, without rounding."""
    yes, all_ = proportion.numerator, proportion.denominator
    ways = sum(comb(n_people, k) * yes**k * (all_ - yes) ** (n_people - k) for k in range(n_events + 1))
    return Fraction(ways, all_**n_people)


@pytest.mark.parametrize("n_people", range(2, 31))
def test_the_limit_leaves_two_and_a_half_percent(n_people: int) -> None:
    tail, step = Fraction(1, 40), Fraction(1, 10**12)
    for n_events in range(1, n_people):
        bound = Fraction(upper_bound(n_events, n_people))
        assert at_most(n_events, n_people, bound - step) > tail > at_most(n_events, n_people, bound + step)


@pytest.mark.parametrize(("n_events", "n_people"), [(37, 120), (119, 120), (15, 600), (300, 600), (585, 600)])
def test_the_limit_among_hundreds_leaves_two_and_a_half_percent(n_events: int, n_people: int) -> None:
    digits = 10**10
    below = Fraction(int(upper_bound(n_events, n_people) * digits), digits)
    above = below + Fraction(1, digits)
    assert at_most(n_events, n_people, below) >= Fraction(1, 40) >= at_most(n_events, n_people, above)


@pytest.mark.parametrize("n_people", [10_000, 1_000_000])
def test_the_limit_of_half_of_very_many_comes_close_to_the_normal_one(n_people: int) -> None:
    normal = 0.5 + 1.959963984540054 * 0.5 / sqrt(n_people)
    assert upper_bound(n_people // 2, n_people) == pytest.approx(normal, abs=1 / n_people)


@pytest.mark.parametrize(("n_events", "chi_square"), [(1, 11.14328678), (3, 17.53454614), (10, 36.78071206)])
def test_the_limit_of_few_of_very_many_is_that_of_a_poisson_count(n_events: int, chi_square: float) -> None:
    """Half the 97.5 % point of chi-square with twice as many degrees of freedom as events and one more."""
    n_people = 999_999_999
    assert n_people * upper_bound(n_events, n_people) == pytest.approx(chi_square / 2, rel=1e-5)


def test_another_confidence() -> None:
    assert upper_bound(0, 10, confidence=0.9) == pytest.approx(1 - 0.05 ** (1 / 10))


@pytest.mark.parametrize(("n_events", "n_people"), [(-1, 10), (11, 10), (0, 0)])
def test_impossible_counts_are_refused(n_events: int, n_people: int) -> None:
    with pytest.raises(ValueError, match="expected 0 <= events <= people"):
        upper_bound(n_events, n_people)
