"""Candidates that wait, and what awaits classification with why and since when."""

import datetime as dt
from pathlib import Path

import pytest

from generator.model.records import Records
from generator.review import Review
from tests.evidence import TODAY, read


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def test_those_found_first_stand_first_and_late_is_beyond_the_protocols_days(review: Review) -> None:
    assert [(one.id, one.first_found_on.isoformat(), one.days, one.late) for one in review.waiting] == [
        ("infusion-2024", "2024-09-01", 153, True),
        ("W9999999902", "2025-01-10", 22, False),
        ("W9999999903", "2025-01-10", 22, False),
    ]
    on_the_last_day = Review(review.records, review.protocol, dt.date(2025, 2, 9))
    assert [one.late for one in on_the_last_day.waiting] == [True, False, False], "30 days are allowed"
    a_day_later = Review(review.records, review.protocol, dt.date(2025, 2, 10))
    assert [one.late for one in a_day_later.waiting] == [True, True, True]


def test_no_wait_is_shorter_than_no_day_when_an_earlier_day_is_shown(made_up_review: Path) -> None:
    records = read(made_up_review).records
    assert records.protocol
    shown = Review(records, records.protocol, dt.date(2000, 1, 1))
    assert shown.waiting
    assert shown.awaiting
    assert {one.days for one in shown.waiting} | {one.days for one in shown.awaiting} == {0}
    assert shown.living.oldest_waiting_days == 0


def test_trials_come_before_records_and_each_says_why_and_since_when(review: Review) -> None:
    assert [(one.id, one.since.isoformat(), one.days) for one in review.awaiting] == [
        ("CTRI-2099-01-099903", "2024-03-01", 337),
        ("2099-599999-99-00", "2024-09-01", 153),
        ("samovar-2023", "2024-03-20", 318),
    ]
    why = {one.id: one.why for one in review.awaiting}
    assert why["CTRI-2099-01-099903"] == (
        "registry says completed, seen 2024-03-01; no results of it are included; results in the registry: none found,"
        " published: not reported, when last looked for on 2024-03-01"
    )
    assert why["2099-599999-99-00"] is not None
    assert why["2099-599999-99-00"].endswith("no search for results has been recorded")
    assert why["samovar-2023"] == "The made-up library is closed."


def test_nothing_waits_where_there_is_nothing(review: Review) -> None:
    empty = Review(Records(protocol=review.protocol), review.protocol, TODAY)
    assert (empty.waiting, empty.awaiting) == ((), ())
