"""The verbs `propose`, `comment` and `answer`: what is written to GitHub once, and what happens when it stumbles."""

from pathlib import Path

import pytest

from generator import cli
from generator.github.plan import Kind
from generator.site.comparing.telling import MARKER
from tests.github.conftest import House
from tests.github.hub import BOT, REPOSITORY, TOKEN, Thread, git
from tests.surveillance.nights.world import FIRST_DAY, Document

_TITLE = ["--title", "A made-up change"]


@pytest.fixture
def run(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    for name, value in house.nights.web().environment.items():
        monkeypatch.setenv(name, value)
    for name in ("LIVING_REVIEW_APP_TOKEN", "LIVING_REVIEW_CONTACT", "OPENALEX_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GITHUB_REPOSITORY", REPOSITORY)
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    monkeypatch.setenv("GITHUB_API_URL", house.address)
    return house


def changed(house: House) -> Path:
    """Return a checkout in which one record is changed, one is new and one is gone."""
    clone = house.hub.clone()
    summaries = clone / "studies" / "candidates"
    one, gone, *_ = sorted(summaries.glob("*.yml"))
    one.write_text(one.read_text(encoding="utf-8") + "# A made-up remark\n", encoding="utf-8")
    gone.unlink()
    (summaries / "made-up-new.yml").write_text("title: A made-up study\n", encoding="utf-8")
    (clone / "made-up-elsewhere.txt").write_text("left alone", encoding="utf-8")
    return clone


def propose(clone: Path) -> int:
    return cli.main(["propose", "settled", "--root", str(clone), *_TITLE])


def pull_of(house: House, files: dict[str, str], branch: str = "made-up-branch") -> Thread:
    """Return an open pull request with these files."""
    git(house.hub.origin, "branch", branch, "main")
    house.hub.edit(branch, dict(files))
    thread = Thread(len(house.hub.threads) + 1, "Made-up", "", author="made-up-pat", branch=branch)
    house.hub.threads.append(thread)
    house.hub.sync()
    return thread


@pytest.mark.parametrize("is_staged", [False, True])
def test_what_changed_in_the_records_is_proposed_and_nothing_else(run: House, is_staged: bool) -> None:
    clone = changed(run)
    if is_staged:
        git(clone, "add", "studies")
    status = git(clone, "status", "--porcelain")
    assert propose(clone) == cli.FINE
    told = git(run.hub.origin, "diff", "--name-status", "main", "settled").split()
    assert told[::2] == ["M", "D", "A"]
    assert all(path.startswith("studies/candidates/") for path in told[1::2])
    assert git(clone, "status", "--porcelain") == status, "the work tree stays as it is"
    assert [(one.branch, one.title) for one in run.hub.pulls()] == [("settled", "A made-up change")]
    assert "written `studies/candidates/made-up-new.yml`" in run.hub.thread(1).body


def test_what_is_open_stays_as_people_left_it(run: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert propose(changed(run)) == cli.FINE
    edited = run.hub.edit("settled", {"studies/candidates/made-up-new.yml": "title: Edited\n"})
    assert propose(changed(run)) == cli.FINE
    assert "pull request 1 is open already" in capsys.readouterr().out
    assert run.hub.tips()["settled"] == edited
    assert len(run.hub.pulls()) == 1


def test_after_a_closed_pull_request_comes_one_from_another_branch(run: House) -> None:
    assert propose(changed(run)) == cli.FINE
    tip = run.hub.tips()["settled"]
    run.hub.close(1)
    assert propose(changed(run)) == cli.FINE
    assert [one.branch for one in run.hub.pulls()] == ["settled", "settled.2"]
    assert run.hub.tips()["settled"] == tip


def test_a_proposal_that_was_cut_off_is_opened_by_the_next_run(run: House, capsys: pytest.CaptureFixture[str]) -> None:
    run.hub.fault_at = {("POST", "/pulls"): 403}
    assert propose(changed(run)) == cli.SOURCE_FAILED
    assert "the token may not do this" in capsys.readouterr().err
    tip = run.hub.tips()["settled"]
    run.hub.fault_at = {}
    later = changed(run)
    (later / "studies" / "candidates" / "made-up-later.yml").write_text("title: A later study\n", encoding="utf-8")
    assert propose(later) == cli.FINE
    assert "made-up-later" not in run.hub.thread(1).body, "it names what is on the branch"
    assert "made-up-new" in run.hub.thread(1).body
    assert [one.branch for one in run.hub.pulls()] == ["settled"]
    assert run.hub.tips() == {**run.hub.tips(), "settled": tip}
    assert run.hub.branches() == ["main", "settled"]


def test_nothing_changed_proposes_nothing(run: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert propose(run.hub.clone()) == cli.FINE
    assert "nothing to propose" in capsys.readouterr().out
    assert run.hub.writes == []


@pytest.mark.parametrize("arguments", [["propose", "Not A Branch", *_TITLE], ["comment", "main"], ["answer", "0"]])
def test_wrong_usage_writes_nothing(run: House, arguments: list[str]) -> None:
    assert cli.main([*arguments, "--root", str(run.hub.clone())]) == cli.USAGE
    assert run.hub.writes == []


def test_a_comment_says_what_merging_changes_and_is_kept_up_to_date(
    run: House, capsys: pytest.CaptureFixture[str]
) -> None:
    text = run.hub.read("main", "studies/included/solo-2020.yml").replace("year: 2020", "year: 2019")
    pull = pull_of(run, {"studies/included/solo-2020.yml": text})
    pull.comments.append(("made-up-pat", f"Copied\n{MARKER}"))
    run.hub.edit("main", {"studies/candidates/infusion-2024.yml": None})  # main moves on meanwhile
    asked = ["comment", pull.commit, "--root", str(run.hub.clone()), "--preview", "https://example.org/made-up"]
    assert cli.main(asked) == cli.FINE
    assert [who for who, _ in pull.comments] == ["made-up-pat", BOT]
    first = pull.comments[1][1]
    assert "2019" in first
    assert "infusion" not in first, "what others changed meanwhile is not told as a change of this one"
    assert "https://example.org/made-up" in first
    assert cli.main(asked) == cli.FINE
    assert run.hub.writes[1:] == [], "the same is not written again"
    pull.comments[1] = (BOT, f"older\n{MARKER}")
    assert cli.main(asked) == cli.FINE
    assert pull.comments[1:] == [(BOT, first)]
    assert "is up to date" in capsys.readouterr().out


def test_a_commit_that_no_pull_request_ends_with_gets_no_comment(
    run: House, capsys: pytest.CaptureFixture[str]
) -> None:
    pull_of(run, {"studies/candidates/made-up-new.yml": "title: A made-up study\n"})
    assert cli.main(["comment", "0" * 40, "--root", str(run.hub.clone())]) == cli.FINE
    assert "no open pull request ends with this commit" in capsys.readouterr().out
    assert run.hub.writes == []


def test_a_suggestion_needs_a_source_to_be_accepted(run: House, capsys: pytest.CaptureFixture[str]) -> None:
    run.hub.threads.append(Thread(1, "Made-up", "### DOI\n\n10.5555/made-up.1\n", author="made-up-reader"))
    assert cli.main(["answer", "1", "--accept", "--root", str(run.hub.clone())]) == cli.PROBLEMS
    assert "the protocol has no source for suggestions" in capsys.readouterr().err
    assert run.hub.writes == []
    assert cli.main(["answer", "1", "--root", str(run.hub.clone())]) == cli.FINE
    assert "nobody here has recorded it" in run.hub.thread(1).comments[0][1]


@pytest.mark.parametrize("branch", ["made-up-branch", "nightly/2026-10-30"])
def test_what_waits_on_any_open_pull_request_is_known_although_an_edit_made_it_unreadable(
    run: House, branch: str
) -> None:
    candidate = "title: Made-up\nidentifiers: {doi: 10.5555/made-up.1}\nfound: [{source: tea-index, on: 2024-03-02}]\n"
    pull = pull_of(run, {"studies/candidates/madeup-2026.yml": candidate}, branch)
    run.hub.edit(branch, {"studies/candidates/madeup-2026.yml": "title: ["})
    run.hub.threads.append(
        Thread(pull.number + 1, "Made-up", "### DOI\n\n10.5555/made-up.1\n", author="made-up-reader")
    )
    assert cli.main(["answer", str(pull.number + 1), "--root", str(run.hub.clone())]) == cli.FINE
    ((_, answer),) = run.hub.thread(pull.number + 1).comments
    assert "madeup-2026" in answer
    assert "nobody here has recorded it" not in answer


def test_what_waits_as_a_suggestion_is_not_offered_by_a_night(house: House) -> None:
    one = Document(1, FIRST_DAY)
    house.world.documents = [one]
    candidate = f"title: {one.title!r}\nidentifiers: {{doi: {one.key}}}\n"
    candidate += "found: [{source: reference-lists, on: 2024-03-02, note: Suggested by a made-up reader.}]\n"
    pull = pull_of(house, {"studies/candidates/madeup-2026.yml": candidate}, "suggested-madeup-2026")
    assert house.night(0).kind is Kind.QUIET
    house.hub.close(pull.number)
    assert house.night(1).kind is Kind.PROPOSED, "closed, it is as unknown as before"
