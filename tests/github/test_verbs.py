"""The verbs `nightly` and `overlay` as a workflow runs them."""

import datetime as dt

import pytest

from generator import cli
from tests.github.conftest import House
from tests.github.hub import REPOSITORY, TOKEN, git
from tests.surveillance.nights.world import Document


@pytest.fixture
def run(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Give the house with the environment of a workflow in it; today is the day of its documents."""
    house.world.today = dt.datetime.now(dt.UTC).date()
    for name, value in house.nights.web().environment.items():
        monkeypatch.setenv(name, value)
    for name in ("LIVING_REVIEW_APP_TOKEN", "LIVING_REVIEW_CONTACT", "OPENALEX_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GITHUB_REPOSITORY", REPOSITORY)
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    monkeypatch.setenv("GITHUB_API_URL", house.address)
    return house


def test_nightly_opens_a_pull_request(run: House, capsys: pytest.CaptureFixture[str]) -> None:
    run.world.documents = [Document(1, run.world.today)]
    clone = run.hub.clone()
    text = clone.parent / "night.md"
    arguments = ["nightly", "--root", str(clone), "--workflow", "nightly.yml", "--text", str(text)]
    named = ["--author-name", "Made-up Bot", "--author-email", "bot@example.org"]
    assert cli.main([*arguments, *named]) == cli.FINE
    assert run.hub.open_pulls() == [1]
    assert run.hub.thread(1).body == text.read_text(encoding="utf-8")
    author = git(run.hub.origin, "log", "-1", "--format=%an %ae %cn", run.hub.thread(1).branch)
    assert author == "Made-up Bot bot@example.org Made-up Bot"
    assert run.hub.enabled == ["nightly.yml"]
    assert "pull request 1: Search of" in capsys.readouterr().out


def test_a_dry_run_changes_nothing(run: House, capsys: pytest.CaptureFixture[str]) -> None:
    run.world.documents = [Document(1, run.world.today)]
    assert cli.main(["nightly", "--root", str(run.hub.clone()), "--dry-run"]) == cli.FINE
    out = capsys.readouterr().out
    assert f"nightly/{run.world.today}: studies/candidates/" in out
    assert (run.hub.branches(), run.hub.threads, run.hub.writes) == (["main"], [], [])


def test_a_dry_run_tells_which_late_pull_requests_would_be_opened(
    run: House, capsys: pytest.CaptureFixture[str]
) -> None:
    branches = [f"nightly/2026-01-0{number}" for number in range(1, 5)]
    for branch in branches:
        git(run.hub.origin, "branch", branch, "main")
        run.hub.edit(branch, {f"studies/{branch[-1]}.md": "What a made-up night wrote.\n"})
    opened = [run.api().open_pull(branch, "main", branch, "") for branch in branches[:2]]
    arguments = ["nightly", "--root", str(run.hub.clone())]
    assert cli.main([*arguments, "--dry-run"]) == cli.FINE
    assert [line.strip() for line in capsys.readouterr().out.splitlines() if "its pull request" in line] == [
        "nightly/2026-01-03: its pull request would be opened",
        "nightly/2026-01-04: its pull request waits until another is merged or closed",
    ]
    assert run.hub.open_pulls() == opened
    assert cli.main(arguments) == cli.FINE
    assert [run.hub.thread(number).branch for number in run.hub.open_pulls()] == branches[:3]


def test_a_refused_token_is_told_in_plain_words(
    run: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "made-up-other-token")
    assert cli.main(["nightly", "--root", str(run.hub.clone())]) == cli.SOURCE_FAILED
    err = capsys.readouterr().err
    assert "the token is wrong or has expired (status 401" in err
    assert "made-up-other-token" not in err


def test_the_token_of_an_app_comes_first(run: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "made-up-other-token")
    monkeypatch.setenv("LIVING_REVIEW_APP_TOKEN", TOKEN)
    assert cli.main(["nightly", "--root", str(run.hub.clone()), "--dry-run"]) == cli.FINE


def test_nothing_is_searched_while_the_published_records_have_errors(
    run: House, capsys: pytest.CaptureFixture[str]
) -> None:
    protocol = run.hub.read("main", "studies/protocol.yml")
    run.hub.edit("main", {"studies/protocol.yml": protocol.replace("deciders: 2", "deciders: two")})
    assert cli.main(["nightly", "--root", str(run.hub.clone())]) == cli.PROBLEMS
    captured = capsys.readouterr()
    assert "methods.deciders" in captured.out
    assert "Nothing was searched: mend the errors on main first." in captured.err
    assert run.nights.server.requests == []


@pytest.mark.parametrize("repository", ["", "made-up", "made-up/", "made-up/tea/pot"])
@pytest.mark.parametrize(
    "verb", [["nightly"], ["answer", "1"], ["comment", "0" * 40], ["propose", "x", "--title", "x"]]
)
def test_the_repository_must_be_named(
    run: House, verb: list[str], repository: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", repository)
    assert cli.main([*verb, "--root", str(run.hub.clone())]) == cli.USAGE
    assert capsys.readouterr().err == "GITHUB_REPOSITORY must name the repository: owner/name\n"


def test_nightly_and_overlay_need_the_top_of_a_repository(run: House, capsys: pytest.CaptureFixture[str]) -> None:
    clone = run.hub.clone()
    below = clone / "made-up-folder"
    (below / "studies").mkdir(parents=True)
    for name in ("nightly", "overlay"):
        assert cli.main([name, "--root", str(below)]) == cli.USAGE
        assert "is not the top of a git repository" in capsys.readouterr().err


def test_overlay_adds_the_runs_of_quiet_nights_to_the_work_tree(run: House, capsys: pytest.CaptureFixture[str]) -> None:
    clone = run.hub.clone()
    assert cli.main(["nightly", "--root", str(clone)]) == cli.FINE
    assert git(clone, "status", "--porcelain") == ""
    log = f"studies/searches/{run.world.today:%Y}/{run.world.today}.yml"
    assert cli.main(["overlay", "--root", str(clone)]) == cli.FINE
    assert (clone / log).read_text(encoding="utf-8") == run.hub.read("search-log", log)
    assert cli.main(["check", "--root", str(clone)]) == cli.FINE
    capsys.readouterr()
    assert cli.main(["overlay", "--root", str(clone)]) == cli.FINE
    assert capsys.readouterr().out == "0 days of search-log laid over the work tree\n"


def test_overlay_without_the_branch_lays_nothing(run: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["overlay", "--root", str(run.hub.clone())]) == cli.FINE
    assert capsys.readouterr().out.startswith("0 days")
