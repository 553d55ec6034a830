"""What goes wrong between a night and GitHub: nothing is lost, nothing comes twice, and the next night repairs it."""

import pytest

from generator.github.api import GithubError
from generator.github.git import GitError, RacedError
from generator.github.plan import Kind
from tests.github.conftest import House
from tests.github.hub import Thread, git
from tests.surveillance.nights.world import FIRST_DAY, Document, documents


def runs_in(house: House, commit: str, day: int) -> int:
    on = FIRST_DAY.replace(day=FIRST_DAY.day + day)
    return house.hub.read(commit, f"studies/searches/2026/{on}.yml").count("- kind: nightly")


def test_two_quiet_nights_at_once_are_both_in_the_log(house: House) -> None:
    first, second = house.plan(0, 2), house.plan(0, 3)
    assert first[0].kind is second[0].kind is Kind.QUIET
    house.carry_out(*first)
    assert house.carry_out(*second).told == ["search-log brought up to date"]
    assert runs_in(house, "search-log", 0) == 2
    log = git(house.hub.origin, "log", "--format=%s", "search-log").splitlines()
    assert log == ["Search log of 2026-11-01"] * 2
    house.built()


def test_two_busy_nights_at_once_offer_everything_once(house: House) -> None:
    house.world.documents = documents([(2, 1)])
    first, second = house.plan(0, 2), house.plan(0, 3)
    house.carry_out(*first)
    with pytest.raises(RacedError, match=r"nightly/2026-11-01 could not be pushed"):
        house.carry_out(*second)
    assert house.night(1).kind is Kind.QUIET
    assert house.hub.open_pulls() == [1]
    assert house.nowhere() == set()


@pytest.mark.parametrize("status", [401, 403, 422, 502])
def test_a_pull_request_that_could_not_be_opened_is_opened_by_the_next_night(house: House, status: int) -> None:
    house.world.documents = documents([(2, 1)])
    house.hub.fault_at["POST", "/pulls"] = status
    with pytest.raises(GithubError, match=f"status {status}"):
        house.night(0)
    assert "nightly/2026-11-01" in house.hub.branches()
    assert house.hub.pulls() == []
    plan, repository = house.plan(1)
    assert plan.kind is Kind.QUIET, "what was pushed is known"
    (failure,) = house.carry_out(plan, repository).failures
    assert f"status {status}" in failure
    house.hub.fault_at.clear()
    assert house.night(2).kind is Kind.QUIET
    (pull,) = house.hub.pulls()
    assert (pull.title, pull.labels) == ("Search of 2026-11-01: 3 new candidates", ["nightly-search"])
    assert pull.body.count("- [ ] Made-up report") == 3
    assert "&#35;1" not in pull.body, "a number sign is followed by a sign without width"
    assert len(house.shown_on(1)) == 3
    assert house.nowhere() == set()


def nights_cut_off(house: House, *days: int) -> None:
    """Let nights push what they found, and fail to open a pull request for it."""
    house.hub.fault_at["POST", "/pulls"] = 502
    for day in days:
        house.world.documents += [Document(20 + day, FIRST_DAY)]
        with pytest.raises(GithubError, match="status 502"):
            house.night(day)
    house.hub.fault_at.clear()


@pytest.mark.parametrize("statuses", [[502, 0], [0, 502]])
def test_one_of_two_late_pull_requests_that_fails_takes_nothing_from_the_other(
    house: House, statuses: list[int]
) -> None:
    nights_cut_off(house, 0, 1)
    house.hub.faults_at["POST", "/pulls"] = iter(statuses)
    done = house.carry_out(*house.plan(2))
    assert [failure.partition(":")[0] for failure in done.failures] == ["earlier night"]
    assert [told for told in done.told if told.startswith("pull request")] == ["pull request 1 opened late"]
    assert [one.labels for one in house.hub.pulls()] == [["nightly-search"]]
    house.night(3)
    assert {(one.branch, *one.labels) for one in house.hub.pulls()} == {
        ("nightly/2026-11-01", "nightly-search"),
        ("nightly/2026-11-02", "nightly-search"),
    }
    assert house.nowhere() == set()


def test_a_night_is_told_in_no_pull_request_where_none_is_open(house: House) -> None:
    nights_cut_off(house, 0, 1, 2)
    house.world.documents.append(Document(40, FIRST_DAY))
    done = house.carry_out(*house.plan(3))
    assert [told for told in done.told if "pull request" in told] == [
        f"pull request {number} opened late" for number in (1, 2, 3)
    ]
    house.night(4)
    assert "would add 1 new candidate" in house.hub.thread(3).body


def test_a_label_that_could_not_be_put_on_is_put_on_by_the_next_night(house: House) -> None:
    house.world.documents = documents([(1, 0)])
    house.hub.faults_at["POST", "/labels"] = iter([502])
    assert [failure.partition(":")[0] for failure in house.carry_out(*house.plan(0)).failures] == ["label"]
    house.hub.thread(1).events += [("labeled", "made-up-label"), ("unlabeled", "nightly-search")]
    house.night(1)
    house.night(2)
    assert [one.labels for one in house.hub.pulls()] == [["nightly-search"]]


def test_the_labels_of_a_pull_request_that_cannot_be_known_are_left_as_they_are(house: House) -> None:
    house.world.documents = documents([(1, 1)])
    house.night(0)
    house.hub.thread(1).labels.clear()
    house.hub.fault_at["GET", "/events"] = 403
    done = house.carry_out(*house.plan(1))
    assert [failure.partition(":")[0] for failure in done.failures] == ["label"]
    assert [one.labels for one in house.hub.pulls()] == [[]]


@pytest.mark.parametrize(("method", "end"), [("GET", "/tea"), ("GET", "/pulls")])
@pytest.mark.parametrize("status", [401, 403, 502])
def test_a_night_that_cannot_know_what_waits_writes_nothing(house: House, method: str, end: str, status: int) -> None:
    house.world.documents = documents([(2, 0)])
    house.night(0)
    tips, writes = house.hub.tips(), list(house.hub.writes)
    house.world.documents.append(Document(50, FIRST_DAY))
    house.hub.fault_at[method, end] = status
    with pytest.raises(GithubError):
        house.night(1)
    assert house.hub.tips() == tips
    assert house.hub.writes == writes
    house.hub.fault_at.clear()
    house.night(2)
    assert house.shown_on(2) == {Document(50, FIRST_DAY).key}


def test_what_writes_is_asked_once_since_a_comment_must_not_come_twice(house: House) -> None:
    house.world.documents = documents([(1, 0)])
    house.hub.fault_at["POST", "/pulls"] = 502
    with pytest.raises(GithubError, match="status 502"):
        house.night(0)
    assert house.hub.asked.count(("POST", "/pulls")) == 1


def test_a_stumble_of_the_interface_while_reading_is_overcome(house: House) -> None:
    house.hub.faults = iter([502, 0, 503])
    assert house.night(0).kind is Kind.QUIET


@pytest.mark.parametrize("status", [403, 502])
def test_what_only_keeps_order_never_stands_in_the_way_of_finds(house: House, status: int) -> None:
    house.world.documents = documents([(1, 0)])
    for end in ("/labels", "/issues", "/enable"):
        for method in ("GET", "POST", "PUT"):
            house.hub.fault_at[method, end] = status
    done = house.carry_out(*house.plan(0))
    assert house.hub.open_pulls() == [1]
    assert [failure.partition(":")[0] for failure in done.failures] == ["label", "failing sources", "schedule"]
    assert all("@nobody" not in told for told in done.told)


def test_a_protected_search_log_loses_nothing(house: House) -> None:
    house.hub.protect("main", "search-log")
    with pytest.raises(GitError, match=r"search-log could not be pushed: .*protected"):
        house.night(0)
    house.world.documents = documents([(0, 0), (2, 0)])
    house.hub.protect("main")
    assert house.night(1).kind is Kind.PROPOSED
    assert house.nowhere() == set()


def test_protected_branches_of_nights_lose_nothing(house: House) -> None:
    house.world.documents = documents([(2, 0)])
    house.hub.protect("main", "nightly/2026-11-01")
    with pytest.raises(GitError, match="protected"):
        house.night(0)
    assert (house.hub.branches(), house.hub.threads) == (["main"], [])
    assert house.night(1).kind is Kind.PROPOSED
    assert house.nowhere() == set()


def test_a_pull_request_from_a_fork_is_none_of_the_night_s(house: House) -> None:
    house.world.documents = documents([(1, 0)])
    fork = Thread(1, "A made-up fork", "- [ ] nothing", "made-up-forker", "nightly/2026-10-31", fork=True)
    house.hub.threads.append(fork)
    assert house.night(0).kind is Kind.PROPOSED
    assert house.shown_on(2) == {Document(1, FIRST_DAY).key}
    assert fork.body == "- [ ] nothing"


def test_a_closed_pull_request_that_cannot_be_read_is_told(house: House) -> None:
    house.world.documents = documents([(1, 0)])
    house.night(0)
    house.hub.close(1, delete_branch=True)
    git(house.hub.origin, "update-ref", "-d", "refs/pull/1/head")
    plan, _ = house.plan(1)
    assert len(plan.standing.remarks) == 1
    assert "pull request 1 was closed and cannot be read" in plan.standing.remarks[0]
    assert plan.kind is Kind.PROPOSED, "its run was never published, so the search finds it again"


def test_files_on_a_pull_request_that_cannot_be_read_are_told_once_and_hide_nothing(house: House) -> None:
    house.world.documents = documents([(1, 0)])
    house.night(0)
    candidate = house.path_of("nightly/2026-11-01", Document(1, FIRST_DAY).key)
    moved = {candidate: None, "studies/included/made-up-2026.yml": "title: [", "studies/trials/ISRCTN1.yml": "no: kind"}
    house.hub.edit("nightly/2026-11-01", moved)
    plan = house.night(1)
    assert plan.kind is Kind.QUIET, "a candidate that somebody moves is not offered a second time"
    told = (
        "on pull request 1 cannot be read: studies/included/made-up-2026.yml, studies/trials/ISRCTN1.yml; "
        "what only they say is not known to a search"
    )
    assert plan.standing.remarks == (told,)
    house.night(2)
    (issue,) = house.hub.issues()
    assert (issue.title, issue.comments) == ("The nightly search asks for attention", [])
    assert issue.body.count("made-up-2026.yml") == 1


def test_many_pull_requests_are_all_looked_at(house: House) -> None:
    house.world.documents = documents([(1, 0)])
    house.night(0)
    house.hub.close(1)
    house.hub.threads += [
        Thread(number, "Made up", "", "pat", f"made-up-{number}", fork=True, open=False) for number in range(2, 251)
    ]
    plan, _ = house.plan(1)
    assert [one.number for one in plan.standing.again] == [1]


def test_the_work_tree_and_the_index_stay_as_they_are(house: House) -> None:
    house.world.documents = documents([(1, 0)])
    plan, repository = house.plan(0)
    clone = repository.top()
    before = git(clone, "status", "--porcelain=2", "--branch")
    (clone / "studies" / "made-up-note.txt").write_text("a made-up change of a person")
    house.carry_out(plan, repository)
    assert git(clone, "status", "--porcelain") == "?? studies/made-up-note.txt"
    assert git(clone, "status", "--porcelain=2", "--branch").startswith(before)
    assert git(clone, "branch", "--format=%(refname:short)") == "main"
