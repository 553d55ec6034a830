"""One open issue for each source that fails night after night; closed when it answers again.

What has failed is read from the search logs, published or waiting, and from tonight: there is no other memory.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.github.api import Api, Issue
from generator.github.standing import Standing
from generator.model.protocol import Protocol, Source
from generator.review.living import all_runs, asked_by_program, run_day
from generator.surveillance.nightly.night import Night
from generator.wording.templates import write_for_github

LABEL = "search-failing"
NIGHTS = 3
"""Days in a row without a full answer after which an issue is opened."""
_BEGINNING = 20
"""Characters by which a comment is known again, whatever day it names: a night may be cut off before it closes."""
_MARK = re.compile(r"<!-- living-review: failing ([a-z0-9-]+) (\d{4}-\d{2}-\d{2}) -->")


@dataclass(frozen=True)
class Streak:
    """The days in a row, up to the last one it was asked on, on which a source failed."""

    days: tuple[tuple[dt.date, str], ...]
    """Each with the reason, oldest first; none when it answered the last time."""

    @property
    def since(self) -> dt.date:
        """The first of them."""
        return self.days[0][0]


def tend(standing: Standing, night: Night, protocol: Protocol, api: Api) -> list[str]:
    """Open and close issues; return what was done in sentences."""
    issues = api.issues(LABEL)
    sources = {source.id: source for source in protocol.sources if asked_by_program(source)}
    done: list[str] = []
    for issue in issues:
        mark = _MARK.search(issue.text)
        if issue.open and mark and mark[1] not in sources:
            done.append(_close(issue, mark[1], "It is no longer searched by a program.", api))
    for source in sources.values():
        streak = streak_of(source.id, standing, night)
        own = [(issue, mark[2]) for issue in issues if (mark := _MARK.search(issue.text)) and mark[1] == source.id]
        opened = [issue for issue, _ in own if issue.open]
        if not streak.days:
            told = f"It answered in full on {last_asked_on(source.id, standing, night)}."
            done += [_close(issue, source.id, told, api) for issue in opened]
        elif len(streak.days) >= NIGHTS and not opened and f"{streak.since}" not in [since for _, since in own]:
            done.append(_open(source, streak, api))
    return done


def streak_of(source: str, standing: Standing, night: Night) -> Streak:
    """Return on which days in a row, up to the last, a source failed. The last run of a day counts."""
    days: list[tuple[dt.date, str]] = []
    for on, reason in sorted(_by_day(source, standing, night).items(), reverse=True):
        if not reason:
            break
        days.append((on, reason))
    return Streak(tuple(reversed(days)))


def last_asked_on(source: str, standing: Standing, night: Night) -> dt.date:
    """Return the last day on which a source was asked; today when it never was."""
    return max(_by_day(source, standing, night), default=night.on)


def _by_day(source: str, standing: Standing, night: Night) -> dict[dt.date, str]:
    """Return for each day on which a source was asked why it failed; an empty text where it answered."""
    return {on: reason for on, _, reason in sorted(_runs(source, standing, night))}


def _runs(source: str, standing: Standing, night: Night) -> Iterator[tuple[dt.date, str, str]]:
    for records in (standing.records, *(one.records for one in standing.waiting)):
        for run in all_runs(records):
            reasons = [part.error or "" for part in run.sources if part.source == source]
            if reasons:
                yield run_day(run), run.at.isoformat(), _reason(reasons)
    tonight = [one.asked.answer.error for one in night.counted if one.asked.due.source.id == source]
    if tonight:
        yield night.on, "tonight, after every run of the day", _reason(tonight)


def _reason(reasons: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(reason for reason in reasons if reason))


def _open(source: Source, streak: Streak, api: Api) -> str:
    told = write_for_github(
        "github/failing.md.j2", name=source.name, id=source.id, since=streak.since, reasons=streak.days[-10:]
    )
    mark = f"<!-- living-review: failing {source.id} {streak.since} -->"
    number = api.open_issue(f"Search of {source.name} has failed since {streak.since}", f"{told}\n{mark}\n", LABEL)
    return f"issue {number} opened: {source.id} has failed since {streak.since}"


def _close(issue: Issue, source: str, told: str, api: Api) -> str:
    if not any(one.text[:_BEGINNING] == told[:_BEGINNING] for one in api.said(issue.number)[-1:]):
        api.comment(issue.number, told)
    api.close_issue(issue.number)
    return f"issue {issue.number} closed: {source}"
