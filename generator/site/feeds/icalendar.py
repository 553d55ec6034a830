"""The registered completion and results dates of trials as a calendar: `calendar.ics` (RFC 5545).

A date is the registry's, not a promise. A day is an event of that day, a month an event of the whole month that says
so; a year alone makes no event, and no day is ever made up. Trials that were withdrawn before they began, or taken out
of the review, have no events.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.trial import Trial
from generator.model.values import Missing
from generator.review import Review
from generator.review.places import site_address
from generator.review.trials import Category, newest, registry_says
from generator.site.messages import plain, stable_id

PATH = "calendar.ics"
_MAX_OCTETS = 75
"""Longest line (RFC 5545, section 3.1)."""
_DATES = (
    ("primary_completion", "last data for the primary outcome"),
    ("completion", "last data of the trial"),
    ("results_posted", "results posted in the registry"),
)
"""Field of the trial's dates, and what happens on it."""
_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)
"""Stands in a calendar without events, because a calendar must hold something (RFC 5545, section 3.6)."""


@dataclass(frozen=True)
class TrialDate:
    """A registered date of a trial."""

    trial: str
    """Name of the trial's file."""
    record: Trial
    field: str
    what: str
    partial: str
    """The date as registered: 2026, 2026-02 or 2026-02-15."""

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """The first day, and the day after the last one, that the date may stand for; None for a year alone."""
        year, *rest = (int(part) for part in self.partial.split("-"))
        if not rest:
            return None
        first = dt.date(year, rest[0], rest[1] if len(rest) == 2 else 1)
        return first, first + dt.timedelta(1) if len(rest) == 2 else (first + dt.timedelta(31)).replace(day=1)


def trial_dates(review: Review) -> tuple[TrialDate, ...]:
    """Return the completion and results dates of every trial that was not withdrawn or taken out, by trial."""
    found = (
        (key, trial, field, what, getattr(trial.dates, field))
        for category, trials in review.trials_by_category.items()
        if category not in (Category.LISTED, Category.EXCLUDED)
        for key, trial in trials.items()
        if trial.dates
        for field, what in _DATES
    )
    return tuple(sorted((TrialDate(*one) for one in found if one[4]), key=lambda one: (one.trial, one.field)))


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the calendar."""
    events = [line for date in trial_dates(review) if date.span for line in _event(review, date, *date.span)]
    name = _text(f"{review.protocol.short_title}: trial dates")
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//living-review//trial dates//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        *(events or _ZONE),
        "END:VCALENDAR",
    )
    yield PATH, "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(review: Review, date: TrialDate, first: dt.date, after: dt.date) -> Iterator[str]:
    """Yield the lines of one event.

    Its stamp and sequence number follow the looks at the registry, so that they only grow and are the same in every
    build of the same records.
    """
    seen = newest(date.record)
    state = "expected" if first > seen.seen else "as registered"
    url = site_address(review.protocol, f"trials/{date.trial}.md")
    yield "BEGIN:VEVENT"
    yield f"UID:{stable_id(review.protocol, 'calendar', date.trial, date.field).removeprefix('urn:uuid:')}"
    yield f"DTSTAMP:{seen.seen:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{len(date.record.status_history) - 1}"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    yield f"SUMMARY:{_text(f'{date.trial}: {date.what}, {state}')}"
    yield f"DESCRIPTION:{_text(_description(date))}"
    if url:
        yield f"URL:{url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(date: TrialDate) -> str:
    known = "" if len(date.partial) == 10 else " (the registry names the month only)"
    title = "" if isinstance(date.record.title, Missing) else f"{date.record.title} - "
    return f"{title}{date.what}: {date.partial}{known}; {registry_says(newest(date.record))}."


def _text(value: str) -> str:
    """Return a value as TEXT (RFC 5545, section 3.3.11)."""
    text = plain(value).replace("\\", "\\\\")
    return text.replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Return a line folded so that none is longer than 75 octets; no character is cut in two."""
    parts, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _MAX_OCTETS:
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += octets
    return "\r\n".join(parts)
