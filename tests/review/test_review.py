"""The review as a whole: what pages ask it for, the same each time, and what it says where there is nothing."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.protocol import BaseReview
from generator.model.records import PROTOCOL, SEARCH, STUDY, Records
from generator.model.search_run import SearchDay
from generator.model.values import Missing
from generator.records.quotes import Verdict
from generator.review import Review
from generator.review.trials import Category
from tests.evidence import TODAY, read, with_protocol, with_studies


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def test_studies_stand_in_the_order_of_year_and_name(review: Review) -> None:
    assert list(review.studies) == ["solo-2020", "dunkwell-2022", "icecap-2023", "steeply-2024"]


def test_people_are_added_only_when_every_study_reports_them(review: Review) -> None:
    numbers = [study.participants.n_enrolled for study in review.studies.values()]
    assert review.n_people == sum(number for number in numbers if isinstance(number, int))
    solo = review.records.included["solo-2020"]
    people = solo.participants.model_copy(update={"n_enrolled": Missing.NOT_REPORTED})
    unknown = {**review.records.included, "solo-2020": solo.model_copy(update={"participants": people})}
    changed = with_studies(review, unknown)
    assert changed.n_people is None
    assert changed.placeholders["n_participants"] == "not reported"


def test_every_category_of_trial_is_there_also_when_empty(review: Review) -> None:
    assert {category: list(trials) for category, trials in review.trials_by_category.items()} == {
        Category.ONGOING: ["NCT99999902"],
        Category.AWAITING: ["2099-599999-99-00", "CTRI-2099-01-099903"],
        Category.INCLUDED: ["NCT99999901"],
        Category.REMOVED: [],
        Category.LISTED: ["ISRCTN99999904"],
        Category.EXCLUDED: [],
    }
    empty = Review(Records(protocol=review.protocol), review.protocol, TODAY)
    assert set(empty.trials_by_category) == set(Category)
    assert not any(empty.trials_by_category.values())


def test_sentences_of_ours_are_filled_from_the_records(review: Review) -> None:
    assert review.fill("{n_studies} studies, {n_trials} trials, {n_candidates} candidates, to {last_searched}.") == (
        "4 studies, 5 trials, 3 candidates, to 2025-01-11."
    )
    assert review.fill(None) == ""
    assert review.fill("{unknown} stays") == "{unknown} stays"


def test_a_date_that_is_not_there_reads_not_yet() -> None:
    assert Review.day(None) == "not yet"
    assert Review.day(dt.date(2025, 2, 1)) == "2025-02-01"


def test_deciders_are_named_and_what_is_no_person_stays_in_words(review: Review) -> None:
    assert review.name_of("pat") == "Made-up Pat"
    assert review.name_of("base-review") == "base review"


def test_a_review_without_a_base_has_no_base_document(review: Review) -> None:
    assert review.base_document is None
    base = BaseReview(document="made-up-guidance", searched_to=dt.date(2020, 1, 1), published=dt.date(2021, 3, 1))
    found = with_protocol(review, base_review=base).base_document
    assert found is not None
    assert found.label == "Made-up guidance 2021"


def test_quotes_carry_their_verdict_wherever_they_are_kept(review: Review) -> None:
    assert review.verdict(STUDY, "steeply-2024", next(iter(review.studies["steeply-2024"].quotes))) is Verdict.VERIFIED
    assert review.verdict(PROTOCOL, "", "g1") is Verdict.NOT_VERIFIABLE
    quote = {"q": {"report": "steeply-2024-report", "at": "p. 1", "text": "Words that stand nowhere."}}
    run = {"kind": "manual", "at": "2020-01-01", "sources": [{"source": "tea-index", "hits": "1"}], "quotes": quote}
    searches = {"2020/2020-01-01": SearchDay.model_validate({"runs": [run]})}
    changed = Review(replace(review.records, searches=searches), review.protocol, TODAY)
    assert changed.verdict(SEARCH, "2020/2020-01-01", "q", ("runs", 0)) is Verdict.FAILED


def test_discrepancies_name_the_record_they_stand_in(review: Review) -> None:
    assert {(kind, key) for kind, key, _ in review.discrepancies} == {
        ("study", "solo-2020"),
        ("study", "dunkwell-2022"),
        ("trial", "CTRI-2099-01-099903"),
    }
    assert review.ranked_discrepancies[0][1] == "solo-2020", "the only major one"


def test_an_empty_review_derives_nothing_and_fails_nowhere(review: Review) -> None:
    empty = Review(Records(protocol=review.protocol), review.protocol, TODAY)
    assert (empty.studies, empty.n_people, empty.versions, empty.instruments) == ({}, 0, (), {})
    assert (empty.search_log, empty.strategies_sent, empty.run_kinds) == ((), {}, {})
    assert empty.discrepancy_counts.total == 0
