"""Categories of registered trials, the wording of a status, and what the dates of a registration tell."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from generator.model.registry_status import OPEN_STATUSES, RegistryStatus
from generator.model.report import Event, EventKind
from generator.model.trial import Trial
from generator.review.trials import (
    Category,
    awaiting_since,
    category,
    days_since_seen,
    is_excluded,
    looks,
    moves,
    newest,
    registered_before_start,
    registry_says,
    results_looked_for,
)
from tests.conftest import MADE_UP
from tests.evidence import read

STUDIES = read(MADE_UP).records.included
CLOSED = sorted(set(RegistryStatus) - OPEN_STATUSES - {RegistryStatus.WITHDRAWN})


def trial(*statuses: tuple[str, str], **fields: Any) -> Trial:  # noqa: ANN401 - any field of a record
    return Trial.model_validate(
        {
            "registry": "Made-up registry",
            "title": "NR",
            "intervention": "Made-up tea",
            "known_on": "2024-01-01",
            "status_history": [
                {"seen": seen, "status": status, "by": "nightly"}
                for seen, status in statuses or [("2024-01-01", "COMPLETED")]
            ],
            **fields,
        }
    )


@pytest.mark.parametrize("status", sorted(OPEN_STATUSES))
def test_an_open_status_is_ongoing(status: str) -> None:
    assert category(trial(("2024-01-01", status)), {}) is Category.ONGOING


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_or_unknown_trial_without_included_results_awaits_classification(status: str) -> None:
    assert category(trial(("2024-01-01", status)), {}) is Category.AWAITING


def test_a_withdrawn_trial_is_listed_only_and_a_linked_one_is_a_report() -> None:
    assert category(trial(("2024-01-01", "WITHDRAWN")), {}) is Category.LISTED
    for status in ("WITHDRAWN", "RECRUITING"):
        assert category(trial(("2024-01-01", status), study="dunkwell-2022"), STUDIES) is Category.INCLUDED


def test_the_registration_of_a_study_that_was_taken_out_is_no_report_of_an_included_one() -> None:
    study = STUDIES["dunkwell-2022"]
    removed = Event(on=dt.date(2025, 1, 20), kind=EventKind.REMOVED, note="Made-up retraction.")
    without = {"dunkwell-2022": study.model_copy(update={"history": (*study.history, removed)})}
    assert category(trial(("2024-01-01", "COMPLETED"), study="dunkwell-2022"), without) is Category.REMOVED
    assert not is_excluded(trial(("2024-01-01", "COMPLETED"), study="dunkwell-2022"))


def decided(outcome: str, on: str) -> dict[str, Any]:
    reason = {"reason": "no-tea"} if outcome == "exclude" else {}
    return {"outcome": outcome, "stage": "full-text", "by": ["pat", "sam"], "on": on, **reason}


@pytest.mark.parametrize("status", sorted(RegistryStatus))
def test_a_trial_that_people_excluded_is_excluded_whatever_its_registry_says(status: str) -> None:
    out = trial(("2024-01-01", status), decision=decided("exclude", "2024-02-01"))
    assert is_excluded(out)
    assert category(out, {}) is Category.EXCLUDED
    kept = trial(("2024-01-01", status), decision=decided("include", "2024-02-01"))
    assert not is_excluded(kept)
    assert category(kept, {}) is category(trial(("2024-01-01", status)), {})


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([], []),
        ([("include", "2024-01-01")], []),
        ([("exclude", "2024-02-01")], ["exclude 2024-02-01"]),
        ([("exclude", "2023-12-01"), ("include", "2023-12-20")], []),
        ([("exclude", "2023-12-01"), ("include", "2024-01-01")], []),
        ([("exclude", "2024-01-01")], ["exclude 2024-01-01"]),
        ([("include", "2024-01-01"), ("exclude", "2024-02-01")], ["exclude 2024-02-01"]),
        ([("exclude", "2024-02-01"), ("exclude", "2024-03-01")], ["exclude 2024-02-01"]),
        ([("exclude", "2024-02-01"), ("include", "2024-02-01")], []),
        (
            [
                ("include", "2024-01-01"),
                ("exclude", "2024-02-01"),
                ("include", "2024-03-01"),
                ("exclude", "2024-04-01"),
            ],
            ["exclude 2024-02-01", "include 2024-03-01", "exclude 2024-04-01"],
        ),
    ],
)
def test_a_trial_moves_when_the_decision_of_a_day_says_otherwise(
    decisions: list[tuple[str, str]], expected: list[str]
) -> None:
    made = [decided(*one) for one in decisions]
    one = trial(**({"decision": made[-1], "earlier_decisions": made[:-1]} if made else {}))
    assert [f"{decision.outcome.value} {on}" for on, decision in moves(one)] == expected


def test_the_newest_look_decides_also_when_two_are_of_one_day() -> None:
    both = trial(("2024-02-01", "RECRUITING"), ("2024-02-01", "COMPLETED"))
    assert newest(both).status is RegistryStatus.COMPLETED
    unordered = trial(("2024-03-01", "COMPLETED"), ("2024-02-01", "RECRUITING"))
    assert newest(unordered).status is RegistryStatus.COMPLETED
    assert category(unordered, {}) is Category.AWAITING


def test_a_status_is_worded_with_the_day_it_was_seen() -> None:
    one = trial(("2024-03-18", "COMPLETED"))
    assert registry_says(newest(one)) == "registry says completed, seen 2024-03-18"
    assert days_since_seen(one, dt.date(2024, 3, 28)) == 10


def test_the_timeline_marks_every_change(made_up_review: Path) -> None:
    history = looks(read(made_up_review).records.trials["NCT99999902"])
    assert [look.seen.status for look in history] == ["NOT_YET_RECRUITING", "RECRUITING", "RECRUITING"]
    assert [look.changed for look in history] == [False, True, False]
    assert [look.before for look in history] == [None, "NOT_YET_RECRUITING", "RECRUITING"]


def test_a_trial_awaits_since_the_first_look_that_no_later_one_contradicts() -> None:
    reopened = trial(
        ("2024-01-01", "COMPLETED"),
        ("2024-02-01", "RECRUITING"),
        ("2024-03-01", "UNKNOWN"),
        ("2024-04-01", "COMPLETED"),
    )
    assert awaiting_since(reopened) == dt.date(2024, 3, 1)
    assert awaiting_since(trial(("2024-01-01", "COMPLETED"))) == dt.date(2024, 1, 1)


def test_what_came_of_looking_for_results_keeps_not_reported_apart_from_none() -> None:
    assert results_looked_for(trial()) == "no search for results has been recorded"
    looked = {"on_registry": "false", "publication": "NR", "checked": "2024-05-06"}
    assert results_looked_for(trial(results=looked)) == (
        "results in the registry: none found, published: not reported, when last looked for on 2024-05-06"
    )
    found = looked | {"publication": "true"}
    assert "published: yes" in results_looked_for(trial(results=found))


@pytest.mark.parametrize(
    ("registered", "start", "expected"),
    [
        ("2021-02-01", "2021-02-01", True),
        ("2021-02-01", "2021-02-02", True),
        ("2021-02-01", "2021-01", False),
        ("2021-02", "2021-03", True),
        ("2021-02-28", "2021-02", None),
        ("2021", "2021-06", None),
        ("2020", "2021", True),
        ("2022-01", "2021", False),
        (None, "2021", None),
        ("2021", None, None),
    ],
)
def test_registration_before_the_start_is_said_only_when_the_dates_tell(
    registered: str | None, start: str | None, expected: bool | None
) -> None:
    dates = {name: date for name, date in (("registered", registered), ("start", start)) if date}
    assert registered_before_start(trial(dates=dates)) is expected


def test_a_trial_without_dates_does_not_tell_whether_it_was_registered_first() -> None:
    assert registered_before_start(trial()) is None
