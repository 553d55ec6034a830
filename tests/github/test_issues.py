"""Issues of nights: a source that goes on failing, and alarms of nights without a pull request."""

import html
from dataclasses import replace

import pytest

from generator.github import attention
from generator.github.failing import NIGHTS
from tests.github.conftest import House
from tests.github.hub import Thread

FALLEN = 2
"""Faults that make the first source fail: each request is tried twice."""


def fail(house: House, *days: int) -> None:
    for day in days:
        house.night(day, failing=FALLEN)


def test_an_issue_is_opened_on_the_third_night_only_and_only_once(house: House) -> None:
    fail(house, *range(NIGHTS - 1))
    assert house.hub.issues() == []
    fail(house, NIGHTS - 1)
    (issue,) = house.hub.issues()
    assert issue.title == "Search of Made-up Tea Index has failed since 2026-11-01"
    assert issue.labels == ["search-failing"]
    assert issue.body.count("status 500") == NIGHTS
    assert "What to do" in issue.body
    fail(house, 3, 4)
    assert house.hub.issues() == [issue]
    assert issue.comments == []


def test_two_failures_of_one_day_are_one_night(house: House) -> None:
    house.night(0, 1, failing=FALLEN)
    house.night(0, 2, failing=FALLEN)
    house.night(0, 3, failing=FALLEN)
    assert house.hub.issues() == []


def test_it_is_closed_with_a_comment_and_a_new_failure_opens_a_new_one(house: House) -> None:
    fail(house, 0, 1, 2)
    house.night(3)
    (issue,) = house.hub.issues()
    assert not issue.open
    assert issue.comments == [("made-up-bot[bot]", "It answered in full on 2026-11-04.")]
    house.night(4)
    assert len(issue.comments) == 1
    fail(house, 5, 6, 7)
    assert [one.title[-10:] for one in house.hub.issues()] == ["2026-11-01", "2026-11-06"]


def test_there_is_never_a_second_open_issue_for_a_source(house: House) -> None:
    fail(house, 0, 1, 2)
    house.hub.fault_at["GET", "/issues"] = 502
    house.carry_out(*house.plan(3))
    house.hub.fault_at.clear()
    fail(house, 4, 5, 6)
    assert [one.open for one in house.hub.issues()] == [True]


def test_an_issue_that_a_person_closed_is_not_opened_again_for_the_same_failure(house: House) -> None:
    fail(house, 0, 1, 2)
    house.hub.issues()[0].open = False
    fail(house, 3, 4)
    assert len(house.hub.issues()) == 1


def test_a_source_that_is_searched_no_longer_has_its_issue_closed(house: House) -> None:
    fail(house, 0, 1, 2)
    protocol = house.hub.read("main", "studies/protocol.yml")
    house.hub.edit("main", {"studies/protocol.yml": protocol.replace(", module: openalex", "")})
    house.night(3)
    issue = house.hub.issues()[0]
    assert not issue.open
    assert "no longer searched" in issue.comments[0][1]


def test_a_closing_that_was_cut_off_is_finished_without_a_second_comment(house: House) -> None:
    fail(house, 0, 1, 2)
    house.hub.fault_at["PATCH", "/issues/1"] = 502
    done = house.carry_out(*house.plan(3, 1))
    assert [failure[:15] for failure in done.failures] == ["failing sources"]
    house.hub.fault_at.clear()
    house.night(4)
    (issue,) = house.hub.issues()
    assert not issue.open
    assert len(issue.comments) == 1


def test_pull_requests_and_other_issues_are_not_taken_for_ones_of_failing_sources(house: House) -> None:
    mark = "<!-- living-review: failing tea-index 2026-11-01 -->"
    house.hub.threads.append(Thread(1, "A made-up issue", mark, "made-up-stranger"))
    fail(house, 0, 1, 2)
    assert len(house.hub.issues()) == 2
    house.night(3)
    assert [one.open for one in house.hub.issues()] == [True, False]


def test_an_alarm_of_a_quiet_night_is_told_once(house: House) -> None:
    plan, _ = house.plan(0)
    alarms = ("Crossref says that a made-up report was retracted @octocat", "<b>Two</b>")
    night = replace(plan.night, alarms=alarms)
    assert attention.tell(night, house.api()) == ["issue 1 opened: 2 to look at"]
    (issue,) = house.hub.issues()
    assert "@octocat" not in issue.body
    assert "<b>" not in issue.body
    assert attention.tell(night, house.api()) == []
    more = replace(night, alarms=(*night.alarms, "Three, made up"))
    assert attention.tell(more, house.api()) == ["issue 1: 1 more to look at"]
    assert attention.tell(more, house.api()) == []
    issue.open = False
    assert attention.tell(more, house.api()) == [], "a person has seen it"


def test_alarms_that_do_not_fit_are_told_by_the_next_night(house: House) -> None:
    plan, _ = house.plan(0)
    alarms = tuple(f"Made-up alarm {number:03} <{'<' * 100}" for number in range(300))
    night = replace(plan.night, alarms=alarms)
    while attention.tell(night, house.api()):
        pass
    (issue,) = house.hub.issues()
    texts = [issue.body, *(text for _, text in issue.comments)]
    assert len(texts) > 1
    assert [sum(alarm[:17] in text for text in texts) for alarm in alarms] == [1] * 300
    assert "more, which a later night tells" in issue.body
    assert "more, which" not in texts[-1]


def test_one_alarm_that_is_too_long_is_told_as_far_as_it_fits(house: House) -> None:
    plan, _ = house.plan(0)
    night = replace(plan.night, alarms=("Made-up " + "<" * 70_000,))
    assert attention.tell(night, house.api()) == ["issue 1 opened: 1 to look at"]
    assert "[…]" in html.unescape(house.hub.issues()[0].body)
    assert attention.tell(night, house.api()) == []


@pytest.mark.parametrize(
    "alarm",
    [
        "Crossref did not answer about 3 reports",
        "Crossref was not asked about all included studies: x",
        "Made-up Tea Index did not answer in full: x",
        "Made-up Tea Index: candidates were not looked for under their numbers: x",
    ],
)
def test_a_service_that_did_not_answer_is_no_alarm_for_a_person(house: House, alarm: str) -> None:
    plan, _ = house.plan(0)
    assert attention.tell(replace(plan.night, alarms=(alarm,)), house.api()) == []
    assert house.hub.threads == []
