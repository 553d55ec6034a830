"""The calendar of trial dates: read by another program, with no day made up and nothing that moves by itself."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import icalendar
import pytest

from generator.model.registry_status import StatusSeen
from generator.model.trial import TrialDates
from generator.review import Review
from generator.site.feeds.icalendar import files, trial_dates
from tests.evidence import HOSTILE, read, with_protocol
from tests.site.feeds.reading import SITE

ONGOING = "NCT99999902"


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def text_of(review: Review) -> str:
    ((path, text),) = files(review)
    assert path == "calendar.ics"
    return text


@dataclass(frozen=True)
class Read:
    """An event as another program reads it."""

    uid: str
    first: dt.date
    after: dt.date
    stamp: dt.date
    sequence: int
    summary: str
    description: str
    url: str


def events(review: Review) -> dict[str, Read]:
    calendar = icalendar.Calendar.from_ical(text_of(review))
    assert not calendar.errors
    found = [_read(event) for event in calendar.walk("VEVENT")]
    assert len({one.uid for one in found}) == len(found)
    return {one.uid: one for one in found}


def _read(event: Any) -> Read:  # noqa: ANN401 - the library returns one of thirty types
    assert not event.errors
    return Read(
        str(event["UID"]),
        event["DTSTART"].dt,
        event["DTEND"].dt,
        event["DTSTAMP"].dt.date(),
        int(event["SEQUENCE"]),
        event.summary,
        event.description,
        str(event.get("URL", "")),
    )


def with_trial(review: Review, key: str, **changes: object) -> Review:
    trials = review.records.trials | {key: review.records.trials[key].model_copy(update=changes)}
    records = type(review.records)(**{**vars(review.records), "trials": trials})
    return Review(records, review.protocol, review.today)


def of_trial(review: Review, key: str) -> list[Read]:
    return [event for event in events(review).values() if event.summary.startswith(f"{key}: ")]


def test_a_month_is_the_whole_month_and_says_so(review: Review) -> None:
    (event,) = of_trial(review, ONGOING)
    assert (event.first, event.after) == (dt.date(2026, 2, 1), dt.date(2026, 3, 1))
    assert event.summary == f"{ONGOING}: last data for the primary outcome, expected"
    assert "2026-02 (the registry names the month only)" in event.description
    assert "registry says recruiting, seen 2025-01-11" in event.description


def test_a_day_is_that_day(review: Review) -> None:
    dates = TrialDates(completion="2024-12-31", results_posted="2028-02-29", primary_completion="2024-12")
    found = of_trial(with_trial(review, ONGOING, dates=dates), ONGOING)
    spans = {event.summary.partition(": ")[2]: (event.first, event.after) for event in found}
    assert spans == {
        "last data of the trial, as registered": (dt.date(2024, 12, 31), dt.date(2025, 1, 1)),
        "last data for the primary outcome, as registered": (dt.date(2024, 12, 1), dt.date(2025, 1, 1)),
        "results posted in the registry, expected": (dt.date(2028, 2, 29), dt.date(2028, 3, 1)),
    }
    assert all(("month only" in one.description) is ("last data for" in one.summary) for one in found)


def test_a_year_alone_is_no_event(review: Review) -> None:
    left_out = [(date.trial, date.partial) for date in trial_dates(review) if date.span is None]
    assert left_out == [("NCT99999901", "2021")]
    assert [event.summary for event in of_trial(review, "NCT99999901")] == [
        "NCT99999901: last data for the primary outcome, as registered"
    ]


def test_a_withdrawn_trial_has_no_dates(review: Review) -> None:
    dates = TrialDates(completion="2027-05-05")
    assert of_trial(with_trial(review, "ISRCTN99999904", dates=dates), "ISRCTN99999904") == []
    assert of_trial(with_trial(review, "CTRI-2099-01-099903", dates=dates), "CTRI-2099-01-099903")


def test_ids_stay_and_the_number_grows_when_a_date_moves(review: Review) -> None:
    trial = review.records.trials[ONGOING]
    look = StatusSeen.model_validate({"seen": "2025-01-20", "status": "RECRUITING", "by": "nightly"})
    moved = with_trial(
        review, ONGOING, dates=TrialDates(primary_completion="2027-06"), status_history=(*trial.status_history, look)
    )
    (before,), (after,) = of_trial(review, ONGOING), of_trial(moved, ONGOING)
    assert before.uid == after.uid
    assert before.sequence + 1 == after.sequence
    assert (before.stamp, after.stamp) == (dt.date(2025, 1, 11), dt.date(2025, 1, 20))
    assert after.first == dt.date(2027, 6, 1)


def test_nothing_depends_on_the_day_or_the_address(review: Review) -> None:
    later = Review(review.records, review.protocol, dt.date(2031, 1, 1))
    assert text_of(later) == text_of(review)
    at_address = with_protocol(review, site=SITE)
    assert events(at_address).keys() == events(review).keys()
    (event,) = of_trial(at_address, ONGOING)
    assert event.url == f"{SITE}/trials/{ONGOING}.html"
    assert of_trial(review, ONGOING)[0].url == ""


def test_lines_are_folded_and_words_escaped(review: Review) -> None:
    title = f"{HOSTILE}; with, signs \\n and \\ 🫖é" * 3
    found = with_trial(review, ONGOING, title=title)
    lines = text_of(found).split("\r\n")
    assert lines[-1] == ""
    assert max(len(line.encode()) for line in lines) <= 75
    assert not any("\n" in line for line in lines)
    (event,) = of_trial(found, ONGOING)
    assert event.description.startswith(f"{title} - last data")


def test_a_calendar_without_events_is_one_all_the_same(real_review: Path) -> None:
    found = read(real_review)
    if any(date.span for date in trial_dates(found)):
        found = Review(type(found.records)(protocol=found.protocol), found.protocol, found.today)
    calendar = icalendar.Calendar.from_ical(text_of(found))
    assert not calendar.errors
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]
    (zone,) = calendar.subcomponents
    assert zone["TZID"] == "UTC"
    assert {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"} <= set(zone.subcomponents[0]), "RFC 5545 asks for all three"
    assert "REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n" in text_of(found)
    assert str(calendar["VERSION"]) == "2.0"
    assert calendar["PRODID"]
