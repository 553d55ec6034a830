"""What our sentences read before, with the days, and the numbers of those days in them.

A wording stood until the day of the next one. What stands in braces is filled as of the last day before that.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from generator.model.summary import Summary, Wording
from generator.review import Review
from generator.review.as_of import records_as_of


@dataclass(frozen=True)
class EarlierWording:
    """Words of ours that newer ones replaced."""

    since: dt.date
    """The day on which they were written."""
    until: dt.date
    """The day on which the next ones were."""
    title: str
    parts: tuple[tuple[str, str], ...]
    """Heading and text of each part; a text without parts has no heading."""


def earlier_wordings(review: Review, summary: Summary) -> tuple[EarlierWording, ...]:
    """Return what a summary read before its words of today, newest first."""
    return tuple(_earlier(review, one, newer) for one, newer in reversed(tuple(pairwise(summary.wordings))))


def _earlier(review: Review, one: Wording, newer: Wording) -> EarlierWording:
    parts, last_day = list(_parts(one)), newer.written - dt.timedelta(days=1)
    if any("{" in text for _, text in (*parts, ("", one.title))):
        review = Review(records_as_of(review.records, last_day), review.protocol, last_day)
    filled = tuple((review.fill(heading), review.fill(text)) for heading, text in parts)
    return EarlierWording(one.written, newer.written, review.fill(one.title), filled)


def _parts(wording: Wording) -> Iterator[tuple[str, str]]:
    if wording.text:
        yield "", wording.text
    yield from ((section.heading, section.text) for section in wording.sections)
