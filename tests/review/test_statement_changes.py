"""Each wording and each rating that is kept is told under its own day, once and for ever."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.records import Records
from generator.model.summary import Certainty
from generator.records.rules.histories import what_was_replaced_is_older
from generator.records.rules.summaries import a_new_wording_has_other_words, the_rating_before_is_kept_once
from generator.review import Review
from generator.review.changes import Change, ChangeKind, changes
from tests.conftest import MADE_UP
from tests.evidence import read
from tests.reworded import AUTUMN, FIRST, KEY, RATED, RATED_AGAIN, SPRING, SUMMER, a_year, rated, reworded

STATEMENTS = (ChangeKind.SENTENCE, ChangeKind.CERTAINTY)
BASE = read(MADE_UP)
FAR = dt.date(2199, 1, 1)


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    before = read(made_up_review)
    return replace(before, records=a_year(before.records))


def told(records: Records) -> list[Change]:
    """Return what is told of our sentences and ratings, oldest first."""
    found = [one for one in changes(Review(records, BASE.protocol, FAR)) if one.kind in STATEMENTS]
    assert len({one.id for one in found}) == len(found), "two changes for one fact"
    return found[::-1]


def of_the_summary(review: Review) -> list[Change]:
    return [one for one in told(review.records) if one.record_id == KEY]


def test_a_year_of_rewording_and_rating_is_told_day_by_day(review: Review) -> None:
    assert [(one.id, one.on) for one in of_the_summary(review)] == [
        (f"sentence:{KEY}:2024-01-15", FIRST),
        (f"certainty:{KEY}:2024-02-01", RATED),
        (f"sentence:{KEY}:2024-04-15", SPRING),
        (f"sentence:{KEY}:2024-07-15", SUMMER),
        (f"certainty:{KEY}:2024-08-01", RATED_AGAIN),
        (f"sentence:{KEY}:2024-10-15", AUTUMN),
    ]


def test_the_first_words_were_written_and_later_ones_were_reworded(review: Review) -> None:
    sentences = [one for one in of_the_summary(review) if one.kind is ChangeKind.SENTENCE]
    assert [one.title for one in sentences[:2]] == [
        "Our words on “Made-up hiccups at first” were written",
        "Our words on “Made-up hiccups <within> the first hour” were reworded",
    ]
    assert sentences[0].text == "They rest on: Dunkwell 2022, Steeply 2024, Icecap 2023."
    assert sentences[3].text == "They rest on: Icecap 2023. The words before were those of 2024-07-15."


def test_each_rating_says_what_it_read_and_what_the_one_before_read(review: Review) -> None:
    ratings = [one for one in of_the_summary(review) if one.kind is ChangeKind.CERTAINTY]
    assert [one.text for one in ratings] == [
        "The rating of the reviewers reads very low.",
        "The rating of the reviewers now reads low; it read very low before.",
    ]


def test_the_level_before_the_oldest_rating_that_is_kept_still_counts(review: Review) -> None:
    summary = review.records.summaries[KEY]
    for was, texts in (
        (Certainty.HIGH, ["now reads very low; it read high before", "now reads low; it read very low before"]),
        (Certainty.VERY_LOW, ["now reads low; it read very low before"]),
    ):
        oldest = summary.earlier_ratings[0].model_copy(update={"was": was})
        one = summary.model_copy(update={"earlier_ratings": (oldest,)})
        found = [
            change.text
            for change in told(replace(review.records, summaries={KEY: one}))
            if change.kind is ChangeKind.CERTAINTY
        ]
        assert found == [f"The rating of the reviewers {text}." for text in texts]


def test_a_rating_that_was_repeated_is_no_news_and_the_next_one_is(review: Review) -> None:
    summary = review.records.summaries[KEY]
    repeated = rated(summary, Certainty.LOW, dt.date(2024, 11, 1))
    moved = rated(repeated, Certainty.MODERATE, dt.date(2024, 12, 1))
    before = of_the_summary(review)
    assert told(replace(review.records, summaries={KEY: repeated})) == before
    after = told(replace(review.records, summaries={KEY: moved}))
    assert after[:-1] == before
    assert after[-1].id == f"certainty:{KEY}:2024-12-01"
    assert after[-1].text.endswith("now reads moderate; it read low before.")


EDITS = st.lists(
    st.tuples(
        st.integers(0, 40),  # days since the edit before
        st.sampled_from(sorted(key for key, one in BASE.records.summaries.items() if one.rating)),
        st.sampled_from(["words", *Certainty]),
    ),
    max_size=20,
)


@settings(max_examples=80)
@given(edits=EDITS)
def test_no_order_of_edits_loses_doubles_or_moves_what_was_told(edits: list[tuple[int, str, str]]) -> None:
    records, on = BASE.records, dt.date(2024, 9, 16)
    known = told(records)
    for number, (days, key, what) in enumerate(edits):
        on += dt.timedelta(days=days)
        before = records.summaries[key]
        words = f"Made-up words, number {number}."
        after = reworded(before, words, on) if what == "words" else rated(before, Certainty(what), on)
        records = replace(records, summaries=records.summaries | {key: after})
        now = told(records)
        assert [one for one in now if one.on < on] == [one for one in known if one.on < on], "one was lost or moved"
        assert all(one.on == on for one in now if one not in known), "a new change has the day of its edit"
        known = now
    kept = (what_was_replaced_is_older, a_new_wording_has_other_words, the_rating_before_is_kept_once)
    assert [problem for rule in kept for problem in rule(records)] == []
