"""Which ratings and claims a trial with a control group allows once it was taken out of the made-up review."""

import datetime as dt
from dataclasses import replace

import pytest

from generator.model.records import Records
from generator.model.report import Event, EventKind
from generator.problems import Place
from generator.records.rules.summaries import ratings_stay_under_the_cap, sentences_claim_no_more_than_their_certainty
from tests.conftest import ROOT
from tests.evidence import read

BASE = read(ROOT / "tests" / "reviews" / "made-up-tea").records
TRIAL, KEY, OUT_ON = "dunkwell-2022", "bottom-line-hiccups", dt.date(2025, 1, 20)
BEFORE, AFTER = OUT_ON - dt.timedelta(days=1), OUT_ON + dt.timedelta(days=1)


def rests_on_one_trial(*, out: bool, rated: dt.date | None, **days: dt.date | None) -> Records:
    """Return the records with a bottom line that claims something at low certainty and rests on one trial."""
    line = BASE.summaries[KEY]
    assert line.rating
    rating = line.rating.model_copy(update={"on": rated})
    days = {"written": BEFORE, "reviewed": None} | days
    changed = line.model_copy(update={"title": "Tea is effective", "rests_on": (TRIAL,), "rating": rating, **days})
    study = BASE.included[TRIAL]
    removed = Event(on=OUT_ON, kind=EventKind.REMOVED, note="A made-up retraction.")
    moved = study.model_copy(update={"history": (*study.history, removed)}) if out else study
    return replace(BASE, summaries={KEY: changed}, included={**BASE.included, TRIAL: moved})


def places(records: Records) -> list[Place]:
    rules = (ratings_stay_under_the_cap, sentences_claim_no_more_than_their_certainty)
    return [problem.place for rule in rules for problem in rule(records)]


def test_a_trial_of_the_review_allows_both_on_every_day() -> None:
    for day in (BEFORE, OUT_ON, AFTER):
        assert places(rests_on_one_trial(out=False, rated=day, written=day)) == []


@pytest.mark.parametrize("day", [BEFORE, OUT_ON])
def test_what_was_said_before_stands_in_the_way_of_nobody_who_takes_the_trial_out(day: dt.date) -> None:
    assert places(rests_on_one_trial(out=True, rated=day, written=day)) == []


@pytest.mark.parametrize("rated", [AFTER, None])
def test_a_trial_that_was_taken_out_allows_no_new_rating(rated: dt.date | None) -> None:
    found = places(rests_on_one_trial(out=True, rated=rated, written=AFTER))
    assert found == [("rating", "level"), ("title",)]


@pytest.mark.parametrize("days", [{"written": AFTER}, {"written": BEFORE, "reviewed": AFTER}])
def test_a_trial_that_was_taken_out_supports_no_claim_that_was_made_or_found_true_later(
    days: dict[str, dt.date],
) -> None:
    assert places(rests_on_one_trial(out=True, rated=BEFORE, **days)) == [("title",)]


def test_another_trial_that_stayed_supports_the_claim() -> None:
    records = rests_on_one_trial(out=True, rated=AFTER, written=AFTER)
    both = records.summaries[KEY].model_copy(update={"rests_on": (TRIAL, "icecap-2023")})
    assert places(replace(records, summaries={KEY: both})) == []
