"""What follows from one study file alone: label, dates, badges, what is still missing, and the bound for no harm."""

import datetime as dt
from pathlib import Path

import pytest

from generator.model.report import Event, Extraction, IntegrityStatus
from generator.model.result import Harms
from generator.model.study import Study
from generator.model.values import Missing
from generator.review import Review
from generator.review.study_facts import (
    Badge,
    badges,
    extraction_badges,
    gaps,
    included_on,
    is_removed,
    label_of,
    n_participants,
    no_harm_bound,
    primary_report,
    year_of,
)
from tests.evidence import read


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.fixture(scope="module")
def solo(review: Review) -> Study:
    return review.records.included["solo-2020"]


@pytest.mark.parametrize(
    ("identifier", "label"), [("wilson-2024", "Wilson 2024"), ("wilson-2024-b", "Wilson 2024 B"), ("x", "X")]
)
def test_a_label_is_the_id_in_words(identifier: str, label: str) -> None:
    assert label_of(identifier) == label


def test_the_primary_report_gives_the_year_wherever_it_stands(solo: Study) -> None:
    other = solo.reports[0].model_copy(update={"primary": False, "year": 1999})
    both = solo.model_copy(update={"reports": (other, solo.reports[0])})
    assert primary_report(both) is solo.reports[0]
    assert year_of(both) == 2020
    nobody = solo.model_copy(update={"reports": (other,)})
    assert primary_report(nobody) is other


def test_people_not_reported_are_no_number(solo: Study) -> None:
    assert n_participants(solo) == 12
    people = solo.participants.model_copy(update={"n_enrolled": Missing.NOT_REPORTED})
    assert n_participants(solo.model_copy(update={"participants": people})) is None


def test_a_study_is_included_since_its_first_event_and_gone_after_its_last_says_so(solo: Study) -> None:
    removed = Event.model_validate({"on": "2025-01-20", "kind": "removed", "note": "Made-up retraction."})
    gone = solo.model_copy(update={"history": (*solo.history, removed)})
    assert included_on(gone) == dt.date(2024, 3, 10)
    assert is_removed(gone)
    assert not is_removed(solo)
    back = Event.model_validate({"on": "2025-01-21", "kind": "included", "note": "Made-up return."})
    assert not is_removed(gone.model_copy(update={"history": (*gone.history, back)}))


@pytest.mark.parametrize(
    ("basis", "agreement", "expected"),
    [
        ("secondary", "single", [Badge.SECONDARY, Badge.SINGLE]),
        ("secondary", "dual-agreed", [Badge.SECONDARY]),
        ("abstract", "conflict", [Badge.ABSTRACT, Badge.CONFLICT]),
        ("registry", "dual-resolved", [Badge.REGISTRY]),
        ("full-text", "dual-agreed", []),
    ],
)
def test_badges_say_how_far_values_were_checked(basis: str, agreement: str, expected: list[Badge]) -> None:
    extraction = Extraction.model_validate({"basis": basis, "agreement": agreement})
    assert list(extraction_badges(extraction)) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (IntegrityStatus.EXPRESSION_OF_CONCERN, Badge.CONCERN),
        (IntegrityStatus.RETRACTED, Badge.RETRACTED),
        (IntegrityStatus.CORRECTED, None),
        (IntegrityStatus.NOT_FLAGGED, None),
    ],
)
def test_a_flagged_report_is_a_badge_of_the_study(solo: Study, status: IntegrityStatus, expected: Badge | None) -> None:
    report = solo.reports[0]
    flagged = report.model_copy(update={"integrity": report.integrity.model_copy(update={"status": status})})
    found = set(badges(solo.model_copy(update={"reports": (flagged,)}))) - set(badges(solo))
    assert found == ({expected} if expected else set())


def test_gaps_keep_not_looked_for_apart_from_not_reported(review: Review, solo: Study) -> None:
    found = {gap.what: gap.not_reported for gap in gaps(solo, review.protocol, review.instruments)}
    assert found["number of people analysed"] is True, "NR in the record"
    assert found["age"] is False, "absent from the record"
    assert found["funding"] is False, "the whole part is absent"
    assert found["Made-up herb tea: Leaf per cup"] is True
    assert found["spread or precision of the results"] is False, "only the abstract was read"
    assert "number of people enrolled" not in found
    assert "risk of bias" not in found


def test_an_instrument_without_a_result_and_a_study_without_assessment_are_gaps(review: Review, solo: Study) -> None:
    bare = solo.model_copy(update={"results": solo.results[:1], "risk_of_bias": ()})
    found = [gap.what for gap in gaps(bare, review.protocol, review.instruments)]
    assert f"a result for {review.instruments['sip-index'].name}" in found
    assert "risk of bias" in found


def test_no_harm_seen_is_bound_by_how_many_were_looked_at(solo: Study) -> None:
    bound = no_harm_bound(solo)
    assert bound is not None
    assert bound.n == 12
    assert bound.upper_percent == pytest.approx(26.46, abs=0.01)


def test_the_number_enrolled_stands_in_for_the_number_observed(solo: Study) -> None:
    assert solo.harms
    unknown = solo.model_copy(update={"harms": solo.harms.model_copy(update={"n_assessed": None})})
    bound = no_harm_bound(unknown)
    assert bound is not None
    assert (bound.n, bound.n_is_enrolled) == (12, True)


def test_without_such_a_statement_or_number_there_is_no_bound(solo: Study) -> None:
    assert no_harm_bound(solo.model_copy(update={"harms": None})) is None
    assert no_harm_bound(solo.model_copy(update={"harms": Harms.model_validate({"ascertainment": "asked"})})) is None
    assert solo.harms
    people = solo.participants.model_copy(update={"n_enrolled": Missing.NOT_REPORTED})
    nobody = {"harms": solo.harms.model_copy(update={"n_assessed": None}), "participants": people}
    assert no_harm_bound(solo.model_copy(update=nobody)) is None
