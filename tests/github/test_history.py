"""`living-review check --history`: the dated facts against real commits of a real repository."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import cli
from tests.github.hub import git

SOLO = "studies/included/solo-2020.yml"
TRIAL = "studies/trials/NCT99999902.yml"
INCLUDED = "  - {on: 2024-03-10, kind: included, note: Made-up before-after study.}\n"
FIRST = dt.date(2025, 2, 5)
"""Day of the first commit; the newest fact of the made-up review is of 2025-01-31 or before."""
LATER = dt.date(2025, 3, 20)

Told = Callable[[], tuple[int, str]]


class Repository:
    """A repository that holds the made-up review, all of it in one first commit."""

    def __init__(self, root: Path) -> None:
        self.root = root
        git(root, "init", "--quiet", "--initial-branch=main")
        self.commit(FIRST)

    def commit(self, on: dt.date, clock: str = "12:00:00 +0000") -> None:
        git(self.root, "add", "--all")
        git(self.root, "commit", "--quiet", "--message", "Made up", GIT_AUTHOR_DATE=f"{on} {clock}")

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")

    def change(self, path: str, old: str, new: str, on: dt.date = LATER) -> None:
        self.edit(path, old, new)
        self.commit(on)


@pytest.fixture
def repository(made_up_copy: Path) -> Repository:
    return Repository(made_up_copy)


@pytest.fixture
def told(repository: Repository, capsys: pytest.CaptureFixture[str]) -> Told:
    """Return the exit code and what was said beside what a plain check says and the late days of the first commit."""

    def run() -> tuple[int, str]:
        assert cli.main(["check", "--root", str(repository.root)]) == cli.FINE
        plain = set(capsys.readouterr().out.splitlines())
        code = cli.main(["check", "--root", str(repository.root), "--history"])
        lines = [line for line in capsys.readouterr().out.splitlines() if line not in plain]
        said = [line for line in lines if " of 2025-02-05, found 20" not in line and not line.startswith("    While")]
        return code, "\n".join(line for line in said if " files checked: " not in line)

    return run


def event(on: dt.date) -> str:
    return f"{INCLUDED}  - {{on: {on}, kind: corrected, note: A made-up correction.}}\n"


def test_records_saved_when_they_are_dated_have_no_problem(repository: Repository, told: Told) -> None:
    repository.change(SOLO, INCLUDED, event(LATER))
    assert told() == (cli.FINE, "history: 2 commits compared")


def test_what_was_saved_long_after_its_day_is_listed(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "--root", str(repository.root), "--history"]) == cli.FINE
    lines = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{SOLO}:") and "back-dated" in line)
    assert "warning: found[0].on: expected a day near 2025-02-05, because it was saved by commit" in lines[at]
    assert lines[at].endswith("found 2024-03-01: back-dated, and 1 more of its days too")
    assert "While nobody has been told, write `known_on: 2025-02-05` in it" in lines[at + 1]


@pytest.mark.parametrize(
    ("days", "known", "is_late"), [(30, False, False), (31, False, True), (400, True, False), (400, False, True)]
)
def test_a_study_entered_long_after_its_history_began_is_listed_unless_it_says_so(
    repository: Repository, told: Told, days: int, known: bool, is_late: bool
) -> None:
    text = (repository.root / SOLO).read_text(encoding="utf-8")
    text = text.replace("found: [{source: tea-index, on: 2024-03-01, run: 2024/2024-03-01}]\n", "")
    text = text.replace("on: 2024-03-10, kind", f"on: {LATER - dt.timedelta(days=days)}, kind")
    text += f"known_on: {LATER}\n" if known else ""
    text = text.replace("made-up/solo", "made-up/other").replace("solo-2020-abstract", "late-2020-abstract")
    (repository.root / "studies/included/late-2020.yml").write_text(text, encoding="utf-8")
    repository.commit(LATER)
    code, said = told()
    assert (code, "late-2020.yml" in said and "history[0].on" in said) == (cli.FINE, is_late)


@pytest.mark.parametrize(("ahead", "is_wrong"), [(0, False), (1, False), (2, True)])
def test_nothing_is_dated_after_its_commit_but_for_the_day_of_another_time_zone(
    repository: Repository, told: Told, ahead: int, is_wrong: bool
) -> None:
    on = LATER + dt.timedelta(days=ahead)
    repository.change(SOLO, INCLUDED, event(on))
    code, said = told()
    assert code == (cli.PROBLEMS if is_wrong else cli.FINE)
    assert (f"history[1].on: expected a day up to {LATER}, because it was saved by commit" in said) is is_wrong


def test_the_day_of_a_commit_is_that_of_its_author_in_utc(repository: Repository, told: Told) -> None:
    repository.edit(SOLO, INCLUDED, event(LATER))
    repository.commit(LATER - dt.timedelta(days=1), "23:00:00 -0300")
    assert told()[0] == cli.FINE


def test_a_day_that_is_in_no_commit_yet_may_not_lie_ahead(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.edit(SOLO, INCLUDED, event(dt.date(2199, 1, 1)))
    assert cli.main(["check", "--root", str(repository.root), "--history"]) == cli.PROBLEMS
    (said,) = (line for line in capsys.readouterr().out.splitlines() if "found 2199-01-01" in line)
    assert "because it was saved by no commit yet" in said, "it is told once, with the reason"


def test_what_is_in_no_commit_yet_is_held_against_the_day_that_is_given(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.edit(SOLO, INCLUDED, event(dt.date(2199, 1, 1)))
    options = ["check", "--root", str(repository.root), "--history", "--today", "2199-01-01"]
    assert cli.main(options) == cli.FINE
    assert "found 2199-01-01" not in capsys.readouterr().out


ALTERED = {
    "the day of an event": (SOLO, "{on: 2024-03-10, kind", "{on: 2024-03-11, kind", "found none like it"),
    "an event taken out": (
        "studies/included/dunkwell-2022.yml",
        "on: 2024-09-15, kind: corrected",
        "on: 2024-09-15, kind: data-added",
        "found none like it",
    ),
    "a value before a correction": (
        "studies/included/dunkwell-2022.yml",
        "was: 4.2",
        "was: 4.3",
        "found another `was`",
    ),
    "a status": (TRIAL, "status: NOT_YET_RECRUITING", "status: WITHDRAWN", "found none like it"),
    "when a registry was looked at": (TRIAL, "seen: 2024-09-01", "seen: 2024-09-02", "found none like it"),
    "a version": ("studies/versions.yml", "searched_to: 2024-09-01", "searched_to: 2024-08-01", "`searched_to`"),
}


@pytest.mark.parametrize("what", ALTERED)
def test_a_line_of_a_history_that_was_altered_is_an_error(repository: Repository, told: Told, what: str) -> None:
    path, old, new, said = ALTERED[what]
    repository.change(path, old, new)
    code, lines = told()
    assert code == cli.PROBLEMS
    assert f"{path}:" in lines
    assert said in lines
    assert "Histories only grow. Bring the line back as it stood (git show" in lines
    repository.change(path, new, old, LATER + dt.timedelta(days=9))
    assert told()[0] == cli.FINE, "the line stands again"


def test_other_words_of_a_line_are_a_warning(repository: Repository, told: Told) -> None:
    repository.change(SOLO, "note: Made-up before-after study.", "note: A made-up before-after study.")
    code, said = told()
    assert code == cli.FINE
    assert f"{SOLO}:" in said
    assert "warning: history: expected the line of 2024-03-10 as commit" in said
    assert "found another `note` since commit" in said


def test_what_is_mended_within_a_day_or_only_says_more_is_fine(repository: Repository, told: Told) -> None:
    repository.change(SOLO, INCLUDED, event(LATER))
    repository.change(SOLO, "note: A made-up correction.", "note: Made up., field: title, was: Tea")
    repository.change(TRIAL, "RECRUITING, registry_updated: 2024-12-01", "RECRUITING, as_printed: Yes, by: nightly}")
    (repository.root / TRIAL).write_text(
        (repository.root / TRIAL).read_text(encoding="utf-8").replace("by: nightly}, by: nightly}", "by: nightly}"),
        encoding="utf-8",
    )
    repository.edit(TRIAL, "as_printed: Yes,", "as_printed: Yes, registry_updated: 2024-12-01,")
    repository.commit(LATER)
    assert told() == (cli.FINE, "history: 5 commits compared")


def test_a_record_that_moves_with_its_history_is_fine_and_one_that_is_gone_is_not(
    repository: Repository, told: Told
) -> None:
    old = repository.root / "studies/excluded/withdrawn-2019.yml"
    text = old.read_text(encoding="utf-8")
    old.unlink()
    repository.commit(LATER)
    code, said = told()
    assert code == cli.PROBLEMS
    assert "studies/excluded/withdrawn-2019.yml:1  expected this file with its 2 dated lines, found that commit" in said
    old.write_text(text, encoding="utf-8")
    assert told()[0] == cli.FINE, "the work tree has it again"


def test_a_decision_that_is_replaced_is_kept_beside_the_new_one(repository: Repository, told: Told) -> None:
    path = "studies/excluded/espresso-2021.yml"
    text = (repository.root / path).read_text(encoding="utf-8")
    (line,) = (line for line in text.splitlines() if line.startswith("decision: "))
    new = "decision: {outcome: exclude, stage: full-text, reason: no-hiccups, by: [pat, sam], on: 2025-03-01}"
    repository.change(path, line, new, dt.date(2025, 3, 1))
    code, said = told()
    assert (code, "decisions: expected the line of 2024-03-03" in said) == (cli.PROBLEMS, True)
    assert "to the end of `earlier_decisions`" in said
    kept = f"{new}\nearlier_decisions:\n  - {line.removeprefix('decision: ')}"
    repository.change(path, new, kept, dt.date(2025, 3, 3))
    assert told()[0] == cli.FINE


def test_a_line_that_leaves_a_ledger_is_an_error(repository: Repository, told: Told) -> None:
    ledger = repository.root / "studies/screened/2024.yml"
    lines = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    ledger.write_text("".join(lines[:-1]), encoding="utf-8")
    repository.commit(LATER)
    code, said = told()
    assert (code, "records: expected the line of 2024-" in said) == (cli.PROBLEMS, True)


def test_a_merge_is_one_step_with_what_it_brings(repository: Repository, told: Told) -> None:
    git(repository.root, "switch", "--quiet", "--create", "made-up-branch")
    repository.change(SOLO, INCLUDED, event(dt.date(2025, 3, 1)), dt.date(2025, 3, 1))
    repository.change(SOLO, "on: 2025-03-01, kind: corrected", "on: 2025-03-09, kind: corrected", dt.date(2025, 3, 9))
    git(repository.root, "switch", "--quiet", "main")
    date = {"GIT_AUTHOR_DATE": f"{LATER} 12:00:00 +0000"}
    git(repository.root, "merge", "--quiet", "--no-ff", "--message", "Made up", "made-up-branch", **date)
    assert told() == (cli.FINE, "history: 2 commits compared")


def test_a_commit_with_records_that_cannot_be_read_hides_nothing(repository: Repository, told: Told) -> None:
    whole = (repository.root / SOLO).read_bytes()
    (repository.root / SOLO).write_bytes(b"title: [made up\n")
    repository.commit(LATER)
    (repository.root / SOLO).write_bytes(whole.replace(b"on: 2024-03-10, kind", b"on: 2024-03-11, kind"))
    repository.commit(LATER + dt.timedelta(days=9))
    code, said = told()
    assert (code, "expected the line of 2024-03-10 as commit" in said) == (cli.PROBLEMS, True)


def test_a_shallow_clone_is_said_plainly(
    repository: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.change(SOLO, INCLUDED, event(LATER))
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository.root}", "shallow")
    assert cli.main(["check", "--root", str(tmp_path / "shallow"), "--history"]) == cli.USAGE
    said = capsys.readouterr()
    assert "The history was not checked: this clone has only the newest commits" in said.err
    assert said.out == ""


def test_a_folder_without_git_is_said_plainly(
    made_up_copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["check", "--root", str(made_up_copy), "--history"]
    assert cli.main(options) == cli.SOURCE_FAILED
    assert "not a git repository" in capsys.readouterr().err
    git(made_up_copy, "init", "--quiet")
    assert cli.main(options) == cli.SOURCE_FAILED
    assert "The history was not checked: git log:" in capsys.readouterr().err, "there is no commit yet"
    git(made_up_copy.parent, "init", "--quiet")
    (made_up_copy / ".git").rename(made_up_copy / "made-up")
    assert cli.main(options) == cli.USAGE
    assert "is not the top of a git repository" in capsys.readouterr().err
    monkeypatch.setenv("PATH", "")
    assert cli.main(options) == cli.SOURCE_FAILED
    assert "The history was not checked: git rev-parse: FileNotFoundError" in capsys.readouterr().err


def test_the_history_is_that_of_the_whole_folder(made_up_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--root", str(made_up_copy), "--history", SOLO]) == cli.USAGE
    assert "leave out PATH" in capsys.readouterr().err


def test_a_plain_check_refuses_what_is_known_in_advance(made_up_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (made_up_copy / SOLO).open("a", encoding="utf-8") as file:
        file.write("known_on: 2199-01-01\n")
    assert cli.main(["check", "--root", str(made_up_copy)]) == cli.PROBLEMS
    assert "known_on: expected a day up to 20" in capsys.readouterr().out
    cli.main(["check", "--root", str(made_up_copy), "--today", "2199-01-01"])
    assert "known_on: expected a day up to" not in capsys.readouterr().out
    cli.main(["check", "--root", str(made_up_copy), SOLO])
    assert "known_on: expected a day up to 20" in capsys.readouterr().out
