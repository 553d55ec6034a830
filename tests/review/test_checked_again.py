"""A check for retractions that was repeated and said the same: as of the days between, its status holds."""

import datetime as dt
from dataclasses import replace

import pytest

from generator.model.records import Records
from generator.model.report import Integrity, IntegrityStatus
from generator.review.as_of import not_rebuilt, records_as_of
from tests.conftest import MADE_UP
from tests.evidence import read

BASE = read(MADE_UP).records
STUDY = BASE.included["icecap-2023"]
FIRST, AGAIN, LAST = (dt.date(2024, month, 1) for month in (6, 8, 10))
BEFORE = FIRST - dt.timedelta(days=1)
FLAGGED = IntegrityStatus.EXPRESSION_OF_CONCERN


def said(status: IntegrityStatus, checked: dt.date, first: dt.date | None = None, *known_on: dt.date) -> Integrity:
    notices = [{"kind": status, "on": f"{day:%Y-%m}", "known_on": day} for day in known_on]
    what = {"status": status, "checked": checked, "first_checked": first, "source": "Made-up", "notices": notices}
    return Integrity.model_validate(what)


def holding(integrity: Integrity) -> Records:
    (report,) = STUDY.reports
    study = STUDY.model_copy(update={"reports": (report.model_copy(update={"integrity": integrity}),)})
    return replace(BASE, included={"icecap-2023": study}, excluded={}, screened={})


def then(records: Records, day: dt.date) -> tuple[IntegrityStatus, dt.date | None, int]:
    integrity = records_as_of(records, day).included["icecap-2023"].reports[0].integrity
    return integrity.status, integrity.checked, len(integrity.notices)


def is_said_to_be_lost(records: Records, day: dt.date) -> bool:
    return any("retractions" in sentence for sentence in not_rebuilt(records, day))


@pytest.mark.parametrize("status", [IntegrityStatus.NOT_FLAGGED, FLAGGED])
def test_a_check_that_was_repeated_twice_holds_from_the_first_on(status: IntegrityStatus) -> None:
    """As people write it: the first check alone, then the second beside it, then the third in place of the second."""
    notices = (FIRST,) if status is FLAGGED else ()
    once = said(status, FIRST, None, *notices)
    twice, thrice = (said(status, last, FIRST, *notices) for last in (AGAIN, LAST))
    for day in (FIRST, AGAIN - dt.timedelta(days=1)):
        told = [then(holding(integrity), day) for integrity in (once, twice, thrice)]
        assert told == [(status, FIRST, len(notices))] * 3
    for day in (AGAIN, LAST - dt.timedelta(days=1)):
        assert then(holding(thrice), day) == (status, FIRST, len(notices)), "a check that is known to lie before"
        assert not is_said_to_be_lost(holding(thrice), day)
    assert then(holding(thrice), LAST) == (status, LAST, len(notices))
    assert then(holding(thrice), BEFORE) == then(holding(once), BEFORE) == (IntegrityStatus.NOT_CHECKED, None, 0)
    assert is_said_to_be_lost(holding(thrice), BEFORE)


def test_without_the_first_check_nobody_can_tell_it() -> None:
    lost = holding(said(IntegrityStatus.NOT_FLAGGED, LAST))
    assert then(lost, AGAIN) == (IntegrityStatus.NOT_CHECKED, None, 0)
    assert is_said_to_be_lost(lost, AGAIN)


def test_a_notice_that_came_between_two_checks_is_not_known_before() -> None:
    again = holding(said(FLAGGED, LAST, FIRST, FIRST, AGAIN))
    assert then(again, FIRST) == (FLAGGED, FIRST, 1)
    assert then(again, AGAIN) == (FLAGGED, FIRST, 2)


def test_the_day_before_the_first_check_has_the_status_of_a_notice_known_by_then() -> None:
    again = holding(said(FLAGGED, LAST, AGAIN, FIRST))
    assert then(again, FIRST) == (FLAGGED, FIRST, 1)
    assert then(again, AGAIN) == (FLAGGED, AGAIN, 1)
    assert not is_said_to_be_lost(again, FIRST)


def test_the_way_back_may_be_taken_in_two_steps() -> None:
    again = holding(said(FLAGGED, LAST, FIRST, FIRST, AGAIN))
    for later in (FIRST, AGAIN, LAST):
        for day in (BEFORE, FIRST, AGAIN):
            if day <= later:
                assert vars(records_as_of(records_as_of(again, later), day)) == vars(records_as_of(again, day))
