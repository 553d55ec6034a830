"""What was excluded, by reason: every reason of the protocol in its order, and the counts of the ledger."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.review import Review
from tests.evidence import read


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def test_every_reason_stands_in_the_order_of_the_protocol_also_without_a_study(review: Review) -> None:
    assert [(one.id, one.label, list(one.studies)) for one in review.excluded_by_reason] == [
        ("no-hiccups", "Not about made-up hiccups", []),
        ("no-tea", "No made-up tea", ["espresso-2021"]),
        ("no-investigation", "Not an investigation <i>at all</i> | a poem", []),
        ("retracted", "Retracted", ["withdrawn-2019"]),
    ]


def test_a_reason_that_the_protocol_does_not_name_loses_no_study(review: Review) -> None:
    study = review.records.excluded["espresso-2021"]
    unnamed = study.model_copy(update={"decision": study.decision.model_copy(update={"reason": "made-up-reason"})})
    without = study.model_copy(update={"decision": study.decision.model_copy(update={"reason": None})})
    records = replace(review.records, excluded={"a": unnamed, "b": without})
    last = Review(records, review.protocol, review.today).excluded_by_reason[-2:]
    assert [(one.id, one.label, list(one.studies)) for one in last] == [
        ("made-up-reason", "made-up-reason", ["a"]),
        ("none", "No reason recorded", ["b"]),
    ]


def test_the_ledger_is_counted_by_reason_and_year(review: Review) -> None:
    counts = review.screened_counts
    assert counts.years == ("2024", "2025")
    assert [(one.label, one.per_year, one.total) for one in counts.per_reason] == [
        ("Not about made-up hiccups", (1, 1), 2),
        ("No made-up tea", (1, 0), 1),
        ("Not an investigation <i>at all</i> | a poem", (1, 0), 1),
    ]
    assert (counts.all_reasons.per_year, counts.all_reasons.total) == ((3, 1), 4)


def test_an_empty_ledger_has_no_years_and_no_reasons(review: Review) -> None:
    counts = Review(replace(review.records, screened={}), review.protocol, review.today).screened_counts
    assert (counts.years, counts.per_reason, counts.all_reasons.total) == ((), (), 0)
