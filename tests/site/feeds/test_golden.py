"""Ids and dates for ever: two builds, half a year apart, against what they were when they were first looked at.

A line of `golden/` is never edited, only added: an id that changes shows every subscriber the same news twice.
"""

import datetime as dt
from pathlib import Path

import pytest

from generator.review import Review
from generator.site.messages import Feed
from generator.site.subscriptions import feeds
from tests.evidence import read
from tests.site.feeds.reading import known_by

GOLDEN = Path(__file__).parent / "golden"
EARLIER, LATER = dt.date(2024, 6, 30), dt.date(2025, 2, 1)


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def lines(found: tuple[Feed, ...]) -> list[str]:
    """Return one line per feed and message: what must never change."""
    return [
        line
        for feed in found
        for line in (
            f"{feed.rss} {feed.id}",
            *(f"{feed.rss} {message.on} {message.kind} {message.id}" for message in feed.messages),
        )
    ]


@pytest.mark.parametrize("day", [EARLIER, LATER])
def test_ids_and_dates_are_those_of_the_first_build(review: Review, day: dt.date) -> None:
    expected = (GOLDEN / f"made-up-tea-{day}.txt").read_text(encoding="utf-8").splitlines()
    assert lines(feeds(known_by(review, day))) == expected


def test_what_was_sent_earlier_is_sent_unchanged_later(review: Review) -> None:
    earlier, later = set(lines(feeds(known_by(review, EARLIER)))), set(lines(feeds(review)))
    assert earlier < later
    new = {line.split()[1] for line in later - earlier if len(line.split()) == 4}
    assert min(new) > EARLIER.isoformat()


def test_a_later_day_alone_changes_nothing(review: Review) -> None:
    afterwards = Review(review.records, review.protocol, dt.date(2031, 5, 5))
    assert feeds(afterwards) == feeds(review)


def test_the_records_of_a_day_say_the_same_whether_the_later_ones_are_there(review: Review) -> None:
    as_of = Review(review.records, review.protocol, EARLIER)
    assert set(lines(feeds(known_by(review, EARLIER)))) <= set(lines(feeds(as_of)))
