"""What befalls a study after it was taken out changes nothing that the review rests on, until it is included again."""

import datetime as dt

from generator.model.report import Event, EventKind
from generator.review import Review
from generator.review.changes import ChangeKind, Weight, changes
from generator.review.study_facts import is_removed
from generator.review.version_due import demanded, due
from tests.conftest import MADE_UP
from tests.evidence import read, with_study

KEY = "dunkwell-2022"
OUT_ON, LATER, BACK_ON = dt.date(2025, 1, 20), dt.date(2025, 1, 25), dt.date(2025, 1, 28)
REMOVED = Event(on=OUT_ON, kind=EventKind.REMOVED, note="Made-up retraction.")
LATE = (
    Event(on=LATER, kind=EventKind.INTEGRITY, note="Made-up reasons of the journal."),
    Event(on=LATER, kind=EventKind.DATA_ADDED, note="Made-up data."),
    Event(on=LATER, kind=EventKind.CORRECTED, note="Made-up correction.", field="results[0].value", was="1"),
)
BACK = Event(on=BACK_ON, kind=EventKind.INCLUDED, note="Made-up second thoughts.")


def after(*events: Event) -> Review:
    review = read(MADE_UP)
    return with_study(review, KEY, history=(*review.studies[KEY].history, *events))


def test_lines_that_follow_do_not_bring_it_back() -> None:
    review = after(REMOVED, *LATE)
    assert is_removed(review.all_studies[KEY])
    assert KEY not in review.studies
    assert (review.all_studies[KEY].removal, review.n_excluded) == (REMOVED, read(MADE_UP).n_excluded + 1)


def test_it_comes_back_only_by_being_included_again() -> None:
    review = after(REMOVED, *LATE, BACK)
    assert KEY in review.studies
    assert review.living.last_evidence_change_on == BACK_ON
    told = [change for change in changes(review) if change.record_id == KEY and change.on == BACK_ON]
    assert [(change.kind, change.weight) for change in told] == [(ChangeKind.STUDY_INCLUDED, Weight.MAJOR)]


def test_what_befalls_it_later_is_minor_and_demands_no_version() -> None:
    review = after(REMOVED, *LATE)
    late = [change for change in changes(review) if change.record_id == KEY and change.on == LATER]
    assert {change.kind for change in late} == {ChangeKind.RETRACTION, ChangeKind.DATA_ADDED, ChangeKind.CORRECTION}
    assert {change.weight for change in late} == {Weight.MINOR}
    assert [demanded(review, change) for change in late] == [None] * 3
    assert [reason.change.kind for reason in due(review).reasons if reason.change] == [ChangeKind.STUDY_REMOVED]
    assert review.living.last_evidence_change_on == OUT_ON


def test_the_same_in_a_study_of_the_review_is_news() -> None:
    late = [change for change in changes(after(*LATE)) if change.record_id == KEY and change.on == LATER]
    assert Weight.MINOR not in {change.weight for change in late}


def test_a_notice_of_the_day_on_which_it_is_taken_out_stays_major() -> None:
    notice = Event(on=OUT_ON, kind=EventKind.INTEGRITY, note="Made-up notice.")
    told = [change for change in changes(after(notice, REMOVED)) if change.record_id == KEY and change.on == OUT_ON]
    assert {change.weight for change in told} == {Weight.MAJOR}
