"""Pull requests of nights: added to on the same day, held when three are open, superseded, offered again."""

from dataclasses import dataclass

import pytest

from generator.github.api import GithubError
from generator.github.git import RacedError
from generator.github.plan import LONGEST, Kind, offered_again
from tests.github.conftest import House
from tests.github.hub import git
from tests.surveillance.nights.world import FIRST_DAY, Document, documents

DAY = [FIRST_DAY.replace(day=FIRST_DAY.day + number) for number in range(9)]


def test_a_second_search_of_a_day_adds_to_its_pull_request(house: House) -> None:
    house.world.documents = documents([(1, 0)])
    house.night(0)
    path = house.path_of("nightly/2026-11-01", Document(1, DAY[0]).key)
    edit = house.hub.edit(
        "nightly/2026-11-01", {path: house.hub.read("nightly/2026-11-01", path) + "suggested_by: Made-up Sam\n"}
    )
    house.world.documents.append(Document(2, DAY[0]))
    plan, repository = house.plan(0, 9)
    house.hub.edit("nightly/2026-11-01", {"studies/README.md": "A made-up edit meanwhile.\n"})
    house.carry_out(plan, repository)
    assert house.hub.open_pulls() == [1]
    assert house.shown_on(1) == {one.key for one in house.world.documents}
    assert edit in git(house.hub.origin, "log", "--format=%H", "nightly/2026-11-01").splitlines()
    assert "suggested_by: Made-up Sam" in house.hub.read("nightly/2026-11-01", path)
    log = house.hub.read("nightly/2026-11-01", "studies/searches/2026/2026-11-01.yml")
    assert log.count("- kind: nightly") == 2
    assert "Searched again on the same day" in house.hub.thread(1).body
    assert "Made-up report 1 " in house.hub.thread(1).body
    house.hub.merge(1)
    house.built()


def test_a_label_that_a_person_took_off_stays_off(house: House) -> None:
    house.world.documents = documents([(1, 0)])
    house.night(0)
    house.hub.thread(1).labels.clear()
    house.world.documents.append(Document(2, DAY[0]))
    house.night(0, 9)
    house.night(1)
    assert house.hub.open_pulls() == [1]
    assert house.hub.thread(1).labels == []


def test_a_second_search_never_writes_over_what_a_reviewer_wrote_meanwhile(house: House) -> None:
    house.world.documents = documents([(1, 0)])
    house.night(0)
    house.world.documents.append(Document(2, DAY[0]))
    plan, repository = house.plan(0, 9)
    branch = house.hub.thread(1).branch
    (path,) = (name for name in plan.files if name.startswith("studies/candidates/"))
    edit = house.hub.edit(branch, {path: "title: Written by a made-up reviewer\n"})
    with pytest.raises(RacedError, match=f"others wrote {path} meanwhile"):
        house.carry_out(plan, repository)
    assert house.hub.tips()[branch] == edit
    house.hub.edit(branch, {path: None})
    house.night(1)
    assert house.nowhere() == set(), "nothing of the refused search counts as searched"


def test_what_waits_is_counted_once_and_comes_when_there_is_room(house: House) -> None:
    house.world.documents = documents([(1, 0)] * 5)
    kinds = [house.night(day).kind for day in range(5)]
    assert kinds == [Kind.PROPOSED] * 3 + [Kind.HELD] * 2
    body = house.hub.thread(3).body
    assert body.count("More is waiting") == 1
    assert "The search of 2026-11-05 would add 2 new candidates." in body
    assert house.night(5, failing=2).kind is Kind.HELD
    assert house.hub.thread(3).body.count("More is waiting") == 1
    assert "Not answered in full that night: Made-up Tea Index" in house.hub.thread(3).body
    house.hub.merge(2)
    assert house.night(6).kind is Kind.PROPOSED
    assert house.shown_on(4) == {Document(4, DAY[3]).key, Document(5, DAY[4]).key}
    assert "More is waiting" not in house.hub.thread(3).body
    assert house.nowhere() == set()


def test_pull_requests_can_be_merged_in_any_order(house: House) -> None:
    house.world.documents = documents([(0, 0), (1, 0), (0, 0), (0, 1), (0, 0), (1, 1)])
    for day in range(6):
        house.night(day)
    for number in (3, 1, 2):
        house.hub.merge(number)
    assert house.nowhere() == set()
    assert house.night(6).kind is Kind.QUIET
    house.built()
    assert house.hub.all_files("search-log") == [f"studies/searches/2026/{DAY[6]}.yml"], "published days are dropped"


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_a_day_whose_log_grew_between_two_pull_requests_does_not_make_them_conflict(
    house: House, order: tuple[int, int]
) -> None:
    assert house.night(0, 2, failing=2).kind is Kind.QUIET
    house.world.documents = [Document(1, DAY[0]), Document(2, DAY[1])]
    assert house.night(0, 5).kind is Kind.PROPOSED
    assert house.night(1).kind is Kind.PROPOSED
    for number in order:
        house.hub.merge(number)
    assert house.nowhere() == set()
    house.built()


def test_a_candidate_settled_meanwhile_is_not_offered_again(house: House) -> None:
    house.world.documents = documents([(2, 0)])
    house.night(0)
    house.hub.close(1)
    key = Document(1, DAY[0]).key
    line = f"  - {{title: Made-up report 1, doi: {key}, reason: no-tea, by: [pat], on: 2026-11-02}}\n"
    title = Document(1, DAY[0]).title
    line = line.replace("Made-up report 1", f'"{title}"')
    house.hub.edit("main", {"studies/screened/2026.yml": f"records:\n{line}"})
    house.night(1)
    assert house.shown_on(2) == {Document(2, DAY[0]).key}
    assert "2026-11-02: 0 new candidates, 1 offered again" in house.hub.thread(2).title


def test_a_decision_on_a_closed_pull_request_is_kept_in_what_is_offered_again(house: House) -> None:
    house.world.documents = documents([(1, 0)])
    house.night(0)
    path = house.path_of("nightly/2026-11-01", Document(1, DAY[0]).key)
    text = house.hub.read("nightly/2026-11-01", path)
    decided = text + "decision: {outcome: awaiting, stage: title-abstract, by: [pat], on: 2026-11-02}\n"
    house.hub.edit("nightly/2026-11-01", {path: decided})
    house.hub.close(1, delete_branch=True)
    house.night(1)
    assert house.hub.read("nightly/2026-11-02", path) == decided
    assert "was in #1, which was closed with a decision that was never merged" in house.hub.thread(2).body
    assert "studies/searches/2026/2026-11-01.yml" in house.hub.all_files("nightly/2026-11-02")
    house.hub.merge(2)
    house.built()


def test_what_a_reviewer_deleted_on_a_closed_pull_request_is_offered_again(house: House) -> None:
    house.world.documents = documents([(2, 0)])
    house.night(0)
    house.hub.edit("nightly/2026-11-01", {house.path_of("nightly/2026-11-01", Document(1, DAY[0]).key): None})
    house.hub.close(1)
    house.night(1)
    assert house.hub.thread(2).body.count("was in #1") == 2
    house.hub.close(2)
    house.night(2)
    assert house.hub.thread(3).body.count("was in #2") == 2
    assert "was in #1" not in house.hub.thread(3).body, "where it was last"


def test_a_changed_record_is_proposed_once_while_its_pull_request_is_open(house: House) -> None:
    house.world.documents = [Document(9_999_901, DAY[0], trial=True)]
    path = "studies/trials/NCT99999901.yml"
    assert house.night(0).kind is Kind.PROPOSED
    assert path in house.hub.all_files("nightly/2026-11-01")
    assert house.hub.read("main", path) != house.hub.read("nightly/2026-11-01", path)
    assert "NCT99999901" in house.hub.thread(1).body
    assert house.night(1).kind is Kind.QUIET
    house.hub.merge(1)
    assert house.night(2).kind is Kind.QUIET


def test_what_waits_on_a_pull_request_of_a_person_is_not_offered(house: House) -> None:
    house.world.documents = documents([(1, 0), (0, 0), (1, 0)])
    house.night(0)
    path = house.path_of("nightly/2026-11-01", Document(1, DAY[0]).key)
    clone = house.hub.clone()
    git(clone, "push", "--quiet", "origin", "HEAD:refs/heads/suggested-made-up")
    house.hub.edit("suggested-made-up", {path: house.hub.read("nightly/2026-11-01", path).replace("run: ", "note: ")})
    house.api().open_pull("suggested-made-up", "main", "A made-up suggestion", "")
    house.hub.close(1, delete_branch=True)
    assert house.night(1).kind is Kind.QUIET
    assert house.night(2).kind is Kind.PROPOSED
    assert house.shown_on(3) == {Document(2, DAY[2]).key}


def twice(house: House, *more: Document) -> None:
    """Let two open pull requests hold the same candidates, as two nights at once could leave them."""
    house.world.documents = [*documents([(2, 0)]), *more]
    house.night(0)
    commit = git(house.hub.origin, "rev-parse", "nightly/2026-11-01")
    git(house.hub.origin, "update-ref", "refs/heads/nightly/2026-11-02", commit)
    house.api().open_pull("nightly/2026-11-02", "main", "The same, made up", "")


def test_a_pull_request_whose_candidates_are_all_on_another_is_closed_with_a_link(house: House) -> None:
    twice(house)
    house.night(2)
    assert house.hub.open_pulls() == [2]
    assert "on #2, and nobody has worked on it here" in house.hub.thread(1).comments[0][1]
    house.night(3)
    assert house.hub.open_pulls() == [2]
    assert len(house.hub.thread(1).comments) == 1
    assert house.nowhere() == set()


def test_a_pull_request_whose_candidates_are_all_published_is_closed(house: House) -> None:
    house.world.documents = documents([(1, 0)])
    house.night(0)
    files = [path for path in house.hub.all_files("nightly/2026-11-01") if "2026-11-01" in path or "candidates" in path]
    house.hub.edit("main", {path: house.hub.read("nightly/2026-11-01", path) for path in files})
    house.night(1)
    assert house.hub.open_pulls() == []
    assert "in the published records, and nobody" in house.hub.thread(1).comments[0][1]


@pytest.mark.parametrize("touch", ["commit", "comment", "review", "tick"])
def test_a_pull_request_that_somebody_touched_is_never_closed(house: House, touch: str) -> None:
    twice(house)
    thread = house.hub.thread(1)
    if touch == "commit":
        house.hub.edit(thread.branch, {"studies/README.md": "A made-up edit.\n"})
    elif touch == "comment":
        thread.comments.append(("pat", "Made up."))
    elif touch == "review":
        thread.reviews.append(("pat", ""))
    else:
        thread.body = thread.body.replace("- [ ]", "- [x]", 1)
    house.night(2)
    assert 1 in house.hub.open_pulls()


def test_a_pull_request_that_also_changes_a_known_record_is_never_closed(house: House) -> None:
    twice(house, Document(9_999_901, DAY[0], trial=True))
    assert "NCT99999901" in house.hub.thread(1).body
    house.night(2)
    assert house.hub.open_pulls() == [1, 2]


def test_comments_of_programs_are_no_touch(house: House) -> None:
    twice(house)
    house.hub.thread(1).comments.append(("another-app[bot]", "What merging would change: nothing, made up."))
    house.night(2)
    assert house.hub.open_pulls() == [2]


def test_what_is_offered_again_and_not_listed_is_counted(house: House) -> None:
    house.world.documents = documents([(5, 0)])
    house.night(0)
    house.hub.close(1)
    plan, _ = house.plan(1)
    text = offered_again(plan.standing.again, 2)
    assert text.count("was in #1") == 2
    assert "- and 3 more in studies/candidates/" in text
    assert "5 candidates were on a pull request" in text


@dataclass(frozen=True)
class Long(Document):
    @property
    def title(self) -> str:
        return f"{super().title} {'# long ' * 100}"


def test_a_night_that_was_cut_off_fits_however_long_its_titles_are(house: House) -> None:
    house.world.documents = [Long(number, DAY[0]) for number in range(1, 61)]
    house.hub.fault_at["POST", "/pulls"] = 502
    with pytest.raises(GithubError):
        house.night(0)
    house.hub.fault_at.clear()
    house.night(1)
    assert len(house.hub.thread(1).body) <= LONGEST
    assert "and 50 more in studies/candidates/" in house.hub.thread(1).body
    assert len(house.shown_on(1)) == 60


def test_a_night_of_very_many_fits_into_the_text_of_a_pull_request(house: House) -> None:
    house.world.documents = documents([(240, 0)])
    house.night(0)
    house.hub.close(1)
    house.world.documents += [Document(number, DAY[1]) for number in range(1000, 1240)]
    house.night(1)
    assert len(house.hub.thread(2).body) <= 64_000
    assert "more in studies/candidates/" in house.hub.thread(2).body
    assert house.nowhere() == set()
