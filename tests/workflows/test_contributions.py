"""The workflow files that answer people: a fork's pull request and a suggestion, with attempts to inject commands.

What act leaves unproved is said in `test_ten_nights.py`.
"""

from generator.site.comparing.telling import MARKER as COMPARED
from generator.surveillance.suggesting import MARKER as ANSWERED
from tests.github.hub import BOT, git
from tests.surveillance.nights.world import FIRST_DAY, Document
from tests.workflows.conftest import Workshop

_HOSTILE = '$(touch "$MADE_UP_ARTIFACTS/run") `touch x` @octocat fixes #1 ::error::x <!-- living-review: compare -->'
_FORM = """### Trial registration id

{trial}

### Why does it belong in the review?

{why}

### Name for the credit

Made-up Reader
"""
_CANDIDATE = """title: "{title}"
identifiers: {{doi: 10.5555/made-up-fork.1}}
found: [{{source: reference-lists, on: 2024-03-02, note: Made up.}}]
"""


def test_a_pull_request_of_a_fork_is_checked_and_answered(workshop: Workshop) -> None:
    hub = workshop.hub
    title = _HOSTILE.replace("\\", "").replace('"', '\\"')
    candidate = _CANDIDATE.format(title=title) + "decision: {outcome: perhaps}\n"
    code = {"generator/made_up.py": "raise SystemExit('code of the fork')\n"}
    one = workshop.fork({"studies/candidates/made-up-fork.yml": candidate, **code})
    merged = {"number": one.number, "base": {"sha": hub.tips()["main"]}, "head": {"sha": one.commit, "ref": "main"}}
    event = {"action": "opened", "number": one.number, "pull_request": merged}
    log = workshop.run("check.yml", "pull_request", event, commit=one.commit, succeeds=False)
    assert "studies/candidates/made-up-fork.yml" in log
    assert one.comments == [], "the token of a fork cannot comment"

    run: dict[str, object] = {
        "event": "pull_request",
        "conclusion": "failure",
        "head_sha": one.commit,
        "head_branch": "main",
    }
    run |= {"html_url": "https://example.org/made-up/tea/actions/runs/1", "head_repository": {"full_name": "made-up/x"}}
    one.comments.append(("made-up-forker", f"A copied comment.\n{COMPARED}"))
    workshop.run("comment.yml", "workflow_run", {"action": "completed", "workflow_run": run})
    assert [who for who, _ in one.comments] == ["made-up-forker", BOT]
    told = one.comments[1][1]
    assert "studies/candidates/made-up-fork.yml" in told
    assert "@octocat" not in told
    assert told.count(COMPARED) == 1
    workshop.run("comment.yml", "workflow_run", {"action": "completed", "workflow_run": run})
    assert len(one.comments) == 2, "the comment is updated in place"
    assert not (workshop.artifacts / "run").exists()

    other = workshop.fork({"studies/candidates/made-up-fork.yml": _CANDIDATE.format(title="A made-up fork")})
    git(hub.origin, "update-ref", "refs/pull/1/head", other.commit)
    workshop.run("comment.yml", "workflow_run", {"action": "completed", "workflow_run": run})
    assert len(one.comments) == 2, "a commit that is no longer the last is not spoken of"


def test_a_good_pull_request_has_a_preview(workshop: Workshop) -> None:
    one = workshop.fork({"studies/candidates/made-up-fork.yml": _CANDIDATE.format(title="A made-up fork")})
    pull = {"number": 1, "base": {"sha": workshop.hub.tips()["main"]}, "head": {"sha": one.commit, "ref": "main"}}
    event = {"action": "opened", "number": 1, "pull_request": pull}
    workshop.run("check.yml", "pull_request", event, commit=one.commit)
    assert "A made-up fork" in (workshop.artifacts / "preview" / "candidates.html").read_text(encoding="utf-8")


def test_a_suggestion_is_answered_and_proposed_once_it_is_accepted(workshop: Workshop) -> None:
    hub, one = workshop.hub, Document(1, FIRST_DAY, trial=True)
    workshop.house.world.documents = [one]
    issue = workshop.issue(f"Suggestion: {_HOSTILE}", _FORM.format(trial=one.key, why=_HOSTILE), "suggestion")
    shown = {"number": issue.number, "state": "open", "title": issue.title, "body": issue.body}
    labelled = {**shown, "labels": [{"name": "suggestion"}]}
    workshop.run("suggest.yml", "issues", {"action": "opened", "issue": labelled})
    assert [who for who, _ in issue.comments] == [BOT]
    assert "nobody here has recorded it" in issue.comments[0][1]
    assert hub.pulls() == []

    accepted = {**shown, "labels": [{"name": "suggestion"}, {"name": "accepted"}]}
    workshop.run("suggest.yml", "issues", {"action": "labeled", "issue": accepted, "label": {"name": "accepted"}})
    (pull,) = hub.pulls()
    assert pull.branch.startswith("suggested-")
    assert pull.title == f"Suggested in #{issue.number}: 1 new candidate"
    (path,) = set(hub.files(pull.branch, "studies/candidates")) - set(hub.files("main", "studies/candidates"))
    assert "suggested_by: Made-up Reader" in hub.read(pull.branch, path)
    assert len(issue.comments) == 1
    assert f"It is proposed in #{pull.number}." in issue.comments[0][1]
    assert issue.comments[0][1].endswith(f"{ANSWERED}\n")

    workshop.run("suggest.yml", "issues", {"action": "edited", "issue": accepted})
    assert "proposed in a pull request that is open now" in issue.comments[0][1]
    assert len(hub.pulls()) == 1
    for told in (pull.body, issue.comments[0][1]):
        assert "@octocat" not in told
        assert "fixes #1" not in told
    assert not (workshop.artifacts / "run").exists()
