"""What the searches brought: records found, one change a day.

What a run that was entered later had found is told on the day on which it was entered.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.model.decision import Candidate, Found
from generator.model.records import Records
from generator.model.search_run import RunKind, SearchRun
from generator.model.study import Exclusion, Study
from generator.model.trial import Trial
from generator.model.values import Missing
from generator.review import Review
from generator.review.changes.change import Change, ChangeKind, Weight, identify, sentences
from generator.review.living import plural
from generator.review.study_facts import learned_on

N_TITLES = 10
"""Titles that the news of one day names."""


def search_changes(review: Review) -> Iterator[Change]:
    """Yield the records found on each day."""
    yield from _found(review, [run for run in review.runs if run.kind is not RunKind.BASE_REVIEW])


def _found(review: Review, runs: Sequence[SearchRun]) -> Iterator[Change]:
    by_run: dict[dt.date, int] = {}
    for run in runs:
        for part in run.sources:
            if isinstance(part.new, int):
                by_run[run.learned_on] = by_run.get(run.learned_on, 0) + part.new
    records = _first_found(review.records)
    for on in sorted({day for day, n_new in by_run.items() if n_new} | records.keys()):
        listed = records.get(on, [])
        n_without_run = sum(first.run is None for _, first in listed)
        n_found = max(by_run.get(on, 0) + n_without_run, len(listed))
        yield _found_on(on, n_found, [title for title, _ in listed])


def _found_on(on: dt.date, n_found: int, titles: Sequence[str]) -> Change:
    named = "; ".join(titles[:N_TITLES])
    lead = "" if not titles else "Titles: " if n_found == min(len(titles), N_TITLES) else "Some of the titles: "
    verb = "was" if n_found == 1 else "were"
    return Change(
        id=identify(ChangeKind.CANDIDATES_FOUND, "", on),
        on=on,
        kind=ChangeKind.CANDIDATES_FOUND,
        weight=Weight.MINOR,
        title=f"{n_found} new {plural(n_found, 'record')} {verb} found",
        text=sentences(
            "A record has been found, not judged: whether it belongs to the review is for people to decide",
            f"{lead}{named}",
        ),
        place="candidates.md",
    )


def _first_found(records: Records) -> dict[dt.date, list[tuple[str, Found]]]:
    """Return by day the records that were first found then, wherever they stand today: title, how; by title.

    Titles stay when a candidate is settled; ids do not.
    """
    by_day: dict[dt.date, list[tuple[str, Found]]] = {}
    for kind in (records.candidates, records.included, records.excluded, records.trials):
        for key, record in kind.items():
            if record.found:
                first = _first(record.found)
                if isinstance(record, Candidate | Trial) or not _came_with(record, first):
                    by_day.setdefault(first.learned_on, []).append((_titled(record.title, key), first))
    for line in (line for year in records.screened.values() for line in year.records if line.found):
        first = _first(line.found)
        by_day.setdefault(first.learned_on, []).append((_titled(line.title, "a record"), first))
    return {on: sorted(found, key=lambda one: one[0]) for on, found in by_day.items()}


def _titled(title: str | Missing, name: str) -> str:
    return f"{name}, title not known yet" if isinstance(title, Missing) else title


def _first(found: Sequence[Found]) -> Found:
    return min(found, key=lambda one: (one.learned_on, one.run is None))


def _came_with(study: Study | Exclusion, first: Found) -> bool:
    """Return whether a find was entered together with a study whose history begins earlier: its digest tells of both.

    It never was a candidate here.
    """
    is_digested = any(learned_on(study, event.on) > event.on for event in study.history)
    return is_digested and first.known_on is not None and first.known_on == study.known_on
