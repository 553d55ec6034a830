"""Ratings over a year in the feeds: one message a kind and day, none of it ever moved; wording sends nothing."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from generator.review import Review
from generator.review.as_of import records_as_of
from generator.review.changes import ChangeKind
from generator.site.messages import Message, stable_id
from generator.site.subscriptions import feeds
from tests.evidence import read
from tests.reworded import AUTUMN, FIRST, RATED, RATED_AGAIN, SPRING, SUMMER, a_year


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    before = read(made_up_review)
    return replace(before, records=a_year(before.records))


def sent(review: Review) -> dict[str, Message]:
    found = feeds(review)[0].messages
    assert len({message.id for message in found}) == len({(one.kind, one.on) for one in found}) == len(found)
    return {message.id: message for message in found}


def test_each_rating_is_one_message_and_no_wording_is(review: Review, made_up_review: Path) -> None:
    before, after = sent(read(made_up_review)), sent(review)
    assert [message.on for message in after.values() if message.kind is ChangeKind.CERTAINTY] == [RATED_AGAIN, RATED]
    assert not [message for message in after.values() if message.kind is ChangeKind.SENTENCE]
    named = {stable_id(review.protocol, "", ChangeKind.CERTAINTY, on.isoformat()) for on in (RATED, RATED_AGAIN)}
    assert after.keys() - before.keys() == named
    assert {key: after[key] for key in before} == before, "what was sent before stands as it was"


@pytest.mark.parametrize("day", [FIRST, RATED, SPRING, SUMMER, RATED_AGAIN, AUTUMN, dt.date(2025, 2, 1)])
def test_what_was_sent_on_a_day_is_sent_unchanged_ever_after(review: Review, day: dt.date) -> None:
    then = Review(records_as_of(review.records, day), review.protocol, day)
    ratings = {key: one for key, one in sent(then).items() if one.kind is ChangeKind.CERTAINTY}
    assert len(ratings) == sum(on <= day for on in (RATED, RATED_AGAIN))
    assert ratings.items() <= sent(review).items()
