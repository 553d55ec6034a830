"""What forbids pooling, and that the reason printed is the right one."""

from typing import Any

import pytest

from generator.model.result import Result
from generator.model.study import Design
from generator.review.synthesis.poolability import has_precision, verdict

RCT, COHORT, BEFORE_AFTER = Design.RCT_PARALLEL, Design.COHORT, Design.BEFORE_AFTER
CI = {"kind": "ci95", "low": "-3.6", "high": "-1.0"}


def result(**changes: Any) -> Result:  # noqa: ANN401 - any field of a result
    fields: dict[str, Any] = {
        "instrument": "hiccups",
        "arm": "tea",
        "comparator": "water",
        "time": "1 h",
        "contrast": "between-arm",
        "statistic": "mean-difference",
        "value": "-2.3",
        "unit": "points",
        "dispersion": CI,
        "direction": "improved",
    }
    return Result.model_validate({key: value for key, value in (fields | changes).items() if value is not None})


PERCENT = result(statistic="percent-improvement", contrast="within-arm", comparator=None, dispersion=None, unit="%")
CHANGE = result(
    statistic="mean-change", contrast="within-arm", comparator=None, dispersion={"kind": "sd", "value": "1"}
)


def test_comparisons_of_randomised_groups_may_be_pooled() -> None:
    found = verdict([(RCT, result()), (Design.RCT_CROSSOVER, result(dispersion={"kind": "se", "value": "0.3"}))])
    assert found.poolable
    assert not found.reason


@pytest.mark.parametrize("statistic", ["mean-difference", "risk-difference", "smd", "risk-ratio", "odds-ratio"])
def test_every_effect_measure_may_be_pooled(statistic: str) -> None:
    assert verdict([(RCT, result(statistic=statistic))] * 2).poolable


@pytest.mark.parametrize("statistic", ["smd", "risk-ratio", "odds-ratio"])
def test_a_measure_that_carries_no_unit_is_not_told_apart_by_one(statistic: str) -> None:
    assert verdict([(RCT, result(statistic=statistic)), (RCT, result(statistic=statistic, unit=None))]).poolable


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([], "No study reports a result"),
        ([(BEFORE_AFTER, PERCENT)], "Percent improvements are not pooled"),
        ([(RCT, PERCENT), (RCT, PERCENT)], "Percent improvements are not pooled"),
        ([(BEFORE_AFTER, PERCENT), (RCT, result())], "does not compare people"),
        ([(BEFORE_AFTER, CHANGE), (BEFORE_AFTER, CHANGE)], "does not compare people"),
        ([(RCT, CHANGE), (RCT, result())], "does not compare people"),
        ([(BEFORE_AFTER, result()), (RCT, result())], "does not compare people"),
        ([(RCT, result()), (COHORT, result())], "randomised and other studies are kept apart"),
        ([(RCT, result()), (RCT, result(statistic="smd", unit=None))], "different effect measures"),
        ([(RCT, result(statistic="median")), (RCT, result(statistic="median"))], "no effect measures"),
        ([(RCT, result()), (RCT, result(unit="mm"))], "different units"),
        ([(RCT, result(statistic="risk-difference")), (RCT, result(statistic="risk-difference", unit="%"))], "units"),
        ([(RCT, result()), (RCT, result(dispersion=None))], "no standard error or confidence interval"),
        ([(RCT, result()), (RCT, result(value="NR"))], "no standard error or confidence interval"),
        ([(RCT, result())], "only one study"),
    ],
)
def test_what_forbids_pooling(rows: list[tuple[Design, Result]], word: str) -> None:
    found = verdict(rows)
    assert not found.poolable
    assert word in found.reason


@pytest.mark.parametrize(
    ("dispersion", "enough"),
    [
        ({"kind": "se", "value": "0.3"}, True),
        (CI, True),
        ({"kind": "sd", "value": "0.3"}, False),
        ({"kind": "se"}, False),
        ({"kind": "ci95", "low": "-3.6"}, False),
        ({"kind": "iqr", "low": "1", "high": "2"}, False),
        (None, False),
    ],
)
def test_precision(dispersion: dict[str, str] | None, *, enough: bool) -> None:
    assert has_precision(result(dispersion=dispersion)) is enough
