"""One direction per study and outcome, from coded directions alone."""

import pytest

from generator.model.instrument import Better, Instrument
from generator.model.result import Contrast, Direction, Result, Statistic
from generator.review.synthesis.direction import Size, domain_direction, size_of, usable_direction

UP, DOWN, SAME, MIXED, UNCLEAR = (
    Direction.IMPROVED,
    Direction.WORSENED,
    Direction.NO_CHANGE,
    Direction.MIXED,
    Direction.UNCLEAR,
)


@pytest.mark.parametrize(
    ("coded", "expected"),
    [
        ([], None),
        ([UP], UP),
        ([DOWN, DOWN, DOWN], DOWN),
        ([UP] * 7 + [DOWN] * 3, UP),  # 70 % is enough
        ([UP] * 69 + [DOWN] * 31, MIXED),
        ([UP, DOWN], MIXED),
        ([UP, UP, SAME], MIXED),
        ([UNCLEAR, UNCLEAR], UNCLEAR),
        ([UP, UNCLEAR, UNCLEAR, UNCLEAR], UP),  # unclear results take no part
        ([SAME, SAME, SAME, UP], SAME),
        ([MIXED], MIXED),
    ],
)
def test_domain_direction(coded: list[Direction], expected: Direction | None) -> None:
    assert domain_direction(coded) is expected
    assert domain_direction(reversed(coded)) is expected


@pytest.mark.parametrize(
    ("better", "expected"),
    [(Better.LOWER, UP), (Better.HIGHER, UP), (Better.AMBIGUOUS, UNCLEAR), (Better.NOT_APPLICABLE, UP)],
)
def test_an_ambiguous_instrument_has_no_direction(better: Better, expected: Direction) -> None:
    instrument = Instrument(name="Made-up scale", short="MUS", measures="made-up things", better=better)
    result = Result.model_validate(
        {
            "instrument": "mus",
            "arm": "tea",
            "time": "1 h",
            "contrast": Contrast.WITHIN_ARM,
            "statistic": Statistic.MEAN_CHANGE,
            "value": "-5",
            "direction": "improved",
        }
    )
    assert usable_direction(result, instrument) is expected


@pytest.mark.parametrize(
    ("n_people", "size"),
    [
        (None, Size.SMALL),
        (0, Size.SMALL),
        (49, Size.SMALL),
        (50, Size.MEDIUM),
        (300, Size.MEDIUM),
        (301, Size.LARGE),
    ],
)
def test_size_of_an_arrow(n_people: int | None, size: Size) -> None:
    assert size_of(n_people) is size
