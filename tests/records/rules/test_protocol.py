"""Exclusion reasons that stand for unusable data, and those that only sound alike; placeholders of our sentences."""

import datetime as dt

import pytest

from generator.records.checking import check
from generator.records.rules.protocol import UNUSABLE_DATA
from generator.records.rules.summaries import PLACEHOLDERS
from generator.review import Review
from tests.conftest import ROOT

BASE = ROOT / "tests" / "studies" / "base"


@pytest.mark.parametrize(
    "label",
    [
        "no usable data",
        "no data",
        "no outcome data",
        "no usable outcome data",
        "outcome data not usable",
        "outcome data could not be used",
        "insufficient data",
        "insufficient outcome data",
        "results not reported",
        "outcomes of interest not reported",
        "missing data",
        "lacks numerical results",
        "without results",
        "data not extractable",
        "unreported outcomes",
    ],
)
def test_want_of_data_is_recognised(label: str) -> None:
    assert UNUSABLE_DATA.search(label)


@pytest.mark.parametrize(
    "label",
    [
        "no original data",
        "no human data",
        "not primary research (review, comment)",
        "not a study in people",
        "formulation does not state the presence of vesicles",
        "retracted",
        "wrong population",
        "duplicate of another record",
        "no participants with hiccups",
        "vesicles measured, but not given",
    ],
)
def test_other_reasons_are_left_alone(label: str) -> None:
    assert not UNUSABLE_DATA.search(label)


def test_every_placeholder_that_is_allowed_is_filled() -> None:
    records = check(BASE).records
    assert records.protocol
    review = Review(records, records.protocol, dt.date(2026, 2, 1))
    assert set(review.placeholders) == set(PLACEHOLDERS)
