"""Results that contradict themselves, up to the limits at which they no longer do."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.model.result import Result
from generator.records.rules import Rule
from generator.records.rules.results import (
    comparisons_have_a_comparator,
    directions_agree_with_means,
    directions_agree_with_percents,
    dispersions_have_their_parts,
    events_do_not_exceed_people,
)
from tests.evidence import read, with_study

BEFORE = {"time": "baseline", "value": "6"}
CHANGE = {"contrast": "within-arm", "statistic": "mean-change", "value": "1"}


def told(root: Path, rule: Rule, *results: Mapping[str, object]) -> list[str]:
    """Return where a rule finds fault with the results of a study; each takes the rest from the study's first."""
    review = read(root)
    first = review.records.included["dunkwell-2022"].results[0].model_dump(exclude_none=True)
    changed = tuple(Result.model_validate({**first, **one}) for one in results)
    return [problem.field for problem in rule(with_study(review, "dunkwell-2022", results=changed).records)]


@pytest.mark.parametrize("statistic", ["mean-difference", "smd", "risk-ratio", "risk-difference", "odds-ratio"])
def test_every_statistic_of_two_arms_compares(made_up_review: Path, statistic: str) -> None:
    one_arm = {"contrast": "within-arm", "statistic": statistic}
    assert told(made_up_review, comparisons_have_a_comparator, one_arm) == ["results[0].statistic"]


@pytest.mark.parametrize(
    ("dispersion", "fault"),
    [
        ({"kind": "sd", "value": "0"}, []),
        ({"kind": "se", "value": "-0.1"}, ["results[0].dispersion.value"]),
        ({"kind": "se", "value": "1", "high": "2"}, ["results[0].dispersion"]),
        ({"kind": "iqr", "low": "2", "high": "2"}, []),
        ({"kind": "iqr", "value": "1", "low": "2", "high": "3"}, ["results[0].dispersion"]),
        ({"kind": "range", "high": "3"}, ["results[0].dispersion"]),
    ],
)
def test_parts_of_a_dispersion(made_up_review: Path, dispersion: dict[str, str], fault: list[str]) -> None:
    assert told(made_up_review, dispersions_have_their_parts, {"dispersion": dispersion}) == fault


def test_everybody_may_have_an_event(made_up_review: Path) -> None:
    assert told(made_up_review, events_do_not_exceed_people, {"events": 24}, {"events": 25}) == ["results[1].events"]


@pytest.mark.parametrize(
    ("value", "direction", "fault"),
    [("0", "improved", True), ("0", "worsened", True), ("0", "no-change", False), ("1", "improved", False)],
)
def test_a_percent_improvement_of_nothing_is_no_direction(
    made_up_review: Path, value: str, direction: str, *, fault: bool
) -> None:
    percent = CHANGE | {"statistic": "percent-improvement", "value": value, "direction": direction}
    assert bool(told(made_up_review, directions_agree_with_percents, percent)) is fault


@pytest.mark.parametrize(
    ("instrument", "after", "direction", "fault"),
    [
        ("calm-scale", "7", "worsened", True),
        ("calm-scale", "7", "improved", False),
        ("calm-scale", "5", "improved", True),
        ("calm-scale", "6", "improved", False),
        ("calm-scale", "7", "unclear", False),
        ("hiccups-per-hour", "7", "improved", True),
        ("hiccups-per-hour", "5", "improved", False),
        ("sip-index", "7", "worsened", False),
    ],
)
def test_a_direction_is_judged_by_the_better_end_of_the_instrument(
    made_up_review: Path, instrument: str, after: str, direction: str, *, fault: bool
) -> None:
    results = [
        one | {"instrument": instrument} for one in (BEFORE, {"value": after}, CHANGE | {"direction": direction})
    ]
    assert told(made_up_review, directions_agree_with_means, *results) == ["results[2].direction"] * fault


def test_a_comparison_is_not_judged_by_the_means_of_one_arm(made_up_review: Path) -> None:
    compared = {"contrast": "between-arm", "comparator": "water", "statistic": "mean-difference", "value": "-2"}
    results = (BEFORE, {"value": "9"}, compared | {"direction": "improved"})
    assert not told(made_up_review, directions_agree_with_means, *results)


def test_means_of_another_group_say_nothing(made_up_review: Path) -> None:
    change = CHANGE | {"direction": "improved"}
    assert told(made_up_review, directions_agree_with_means, BEFORE, {"value": "9"}, change)
    for other in ({"arm": "water"}, {"instrument": "calm-scale"}, {"statistic": "median"}):
        assert not told(made_up_review, directions_agree_with_means, BEFORE | other, {"value": "9"}, change)
