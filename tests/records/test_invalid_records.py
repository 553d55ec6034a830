"""Records laid over a made-up review, one file a case: each says in its first lines which problems it must show.

A case starts with comments. `# file:` says where it is laid, `# expect:` gives a problem as `line field: message` where
lines are counted in the case itself, and `# hint:` the hint of the problem above it. A problem in another file starts
with its path, and `warning:` stands before the field of a warning. Valid cases expect nothing, or only warnings.
`# today:` gives the day of a check that knows it.
"""

import datetime as dt
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from generator.problems import Level, Problem
from generator.records import rules
from generator.records.checking import Checked, UnknownPathError, check, summary_line
from generator.records.days_to_come import days_to_come
from generator.records.quotes import Verdict, count_verdicts
from tests.conftest import ROOT

CASES = ROOT / "tests" / "studies"
INVALID = sorted((CASES / "invalid").glob("*.yml"))
VALID = sorted((CASES / "valid").glob("*.yml"))

OURS = {"at", "checked", "known_on", "on", "published", "searched_to", "seen", "written"}
"""Fields of the made-up review that hold a day which cannot lie ahead."""


@dataclass
class Case:
    """What the first lines of a case say."""

    file: str = ""
    today: dt.date | None = None
    expected: list[str] = field(default_factory=list)
    hints: dict[int, str] = field(default_factory=dict)
    """Hint by the position of its problem."""


def read_case(path: Path) -> Case:
    """Read the comments at the beginning of a case."""
    case = Case()
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if not line.startswith("# "):
            break
        word, _, rest = line[2:].partition(": ")
        if word == "file":
            case.file = rest
        elif word == "today":
            case.today = dt.date.fromisoformat(rest)
        elif word == "expect":
            case.expected.append(rest)
        elif word == "hint":
            case.hints[len(case.expected) - 1] = rest
    return case


@cache
def lay_over(case: Path) -> Checked:
    """Lay a case over a copy of the made-up review and check everything."""
    with tempfile.TemporaryDirectory() as folder:
        root = shutil.copytree(CASES / "base", Path(folder) / "review")
        target = root / read_case(case).file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(case, target)
        return check(root, today=read_case(case).today)


def described(problem: Problem, file: str) -> str:
    """Return a problem as a case describes it."""
    where = "" if problem.path == file else f"{problem.path}:"
    mark = "warning: " if problem.level is Level.WARNING else ""
    subject = f"{problem.field}: " if problem.place else ""
    return f"{where}{problem.line} {mark}{subject}{problem.message}"


def test_the_made_up_review_has_no_problem() -> None:
    checked = check(CASES / "base")
    assert checked.problems == ()
    assert checked.n_files == 14
    assert count_verdicts(checked.verdicts) == {Verdict.VERIFIED: 10, Verdict.NOT_VERIFIABLE: 0, Verdict.FAILED: 0}


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_record_shows_exactly_its_problems(path: Path) -> None:
    case = read_case(path)
    checked = lay_over(path)
    found = [described(problem, case.file) for problem in checked.problems]
    assert case.expected, "a case in invalid/ expects at least one problem"
    assert len(found) == len(case.expected), found
    for position, (one, expected) in enumerate(zip(found, case.expected, strict=True)):
        assert one.startswith(expected)
        if position in case.hints:
            assert checked.problems[position].hint.startswith(case.hints[position])


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_record_shows_no_error(path: Path) -> None:
    case = read_case(path)
    checked = lay_over(path)
    assert [described(problem, case.file) for problem in checked.problems] == case.expected
    assert checked.n_errors == 0


def test_there_are_enough_cases_and_every_rule_has_one() -> None:
    """A rule that no case shows could be broken unseen."""
    assert len(INVALID) >= 60
    shown = {problem.rule for path in INVALID for problem in lay_over(path).problems}
    assert {rules.name_of(rule) for rule in rules.RULES} - shown == set()


@pytest.mark.parametrize("root", [CASES / "base", ROOT], ids=["made-up", "real"])
def test_what_is_right_today_does_not_become_wrong(root: Path) -> None:
    records = check(root).records
    for today in (dt.date(2026, 11, 23), dt.date(2199, 1, 1)):
        assert list(days_to_come(records, today)) == []


def test_every_day_of_ours_is_asked_and_a_day_ahead_of_utc_is_none() -> None:
    records = check(CASES / "base").records
    found = list(days_to_come(records, dt.date(1999, 1, 1)))
    assert {one.place[-1] for one in found} == OURS
    newest = max(dt.date.fromisoformat(one.message[-10:]) for one in found)
    assert list(days_to_come(records, newest - dt.timedelta(days=1))) == []
    assert list(days_to_come(records, newest - dt.timedelta(days=2)))


def test_text_stays_as_it_was_typed() -> None:
    trial = lay_over(CASES / "valid" / "text-stays-as-typed.yml").records.trials["NCT00000001"]
    words = ("NO", "on", "Yes", "012", "10.10", "1e3", "0x1F", "12:30:45", "2026-01-31", "~x")
    assert trial.countries == words


def test_a_version_stays_as_it_was_typed() -> None:
    tools = lay_over(CASES / "valid" / "version-stays-as-typed.yml").records.tools
    assert tools["made-up-trials-tool"].version == "10.10"


def test_a_quote_without_text_on_file_is_counted_apart() -> None:
    checked = lay_over(CASES / "valid" / "quote-not-verifiable.yml")
    assert count_verdicts(checked.verdicts) == {Verdict.VERIFIED: 10, Verdict.NOT_VERIFIABLE: 1, Verdict.FAILED: 0}
    assert summary_line(checked) == (
        "15 files checked: 0 errors, 0 warnings; quotes: 10 verified, 1 not verifiable, 0 failed"
    )


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Return the folder of a copy of the made-up review."""
    return shutil.copytree(CASES / "base", tmp_path / "review")


RECORD = (CASES / "base/studies/excluded/drum-2020.yml").read_bytes()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (RECORD.replace(b"drumming", "café".encode("latin-1")), "1 expected UTF-8 text, found the byte 0xe9"),
        (RECORD.decode().encode("utf-16"), "1 expected UTF-8 text, found UTF-16"),
        (RECORD.replace(b"drumming", b"\x07"), "1 expected text, found the control character U+0007"),
        (RECORD.replace(b"restricted", b"\x00"), "8 expected text, found the control character U+0000"),
        (RECORD + b"#" * 1_000_000, "1 expected at most 1,000,000 bytes, found 1,000,"),
        (b"", "1 expected a record, found an empty file"),
    ],
    ids=["latin-1", "utf-16", "bell", "null", "too large", "empty"],
)
def test_bytes_that_are_no_text_are_explained(review: Path, raw: bytes, expected: str) -> None:
    (review / "studies/excluded/drum-2020.yml").write_bytes(raw)
    (problem,) = check(review).problems
    assert described(problem, "studies/excluded/drum-2020.yml").startswith(expected)


def test_problems_of_all_files_are_reported_at_once(review: Path) -> None:
    """A file that cannot be parsed hides nothing, and nobody who names it is blamed for it."""
    studies = review / "studies"
    for name, old, new in (
        ("included/hum-2020.yml", "title: ", "title: '"),
        ("included/hum-2021.yml", "design: before-after", "design: beforeafter"),
        ("trials/NCT00000001.yml", "registry: ClinicalTrials.gov", "registry: ISRCTN"),
        ("candidates/hum-2026.yml", "year: 2026", "year: soon"),
        ("summaries/hiccups.yml", "{n_studies}", "{n_study}"),
    ):
        file = studies / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    checked = check(review)
    assert [(problem.path, problem.line, problem.field) for problem in checked.problems] == [
        ("studies/candidates/hum-2026.yml", 2, "year"),
        ("studies/included/hum-2020.yml", 2, ""),
        ("studies/included/hum-2021.yml", 3, "design"),
        ("studies/summaries/hiccups.yml", 4, "text"),
        ("studies/trials/NCT00000001.yml", 1, "registry"),
    ]
    assert summary_line(checked).startswith("14 files checked: 5 errors, 0 warnings; ")


def test_only_problems_in_the_paths_are_shown(review: Path) -> None:
    for name in ("included/hum-2021.yml", "trials/NCT00000001.yml"):
        with (review / "studies" / name).open("a", encoding="utf-8") as file:
            file.write("made_up: true\n")
    shown = {
        paths: [problem.path for problem in check(review, paths).problems]
        for paths in (("studies/included",), (str(review / "studies/trials/NCT00000001.yml"),), ("studies",), (".",))
    }
    study, trial = "studies/included/hum-2021.yml", "studies/trials/NCT00000001.yml"
    assert list(shown.values()) == [[study], [trial], [study, trial], [study, trial]]


def test_a_path_through_a_linked_folder_or_to_a_link_is_a_path_of_the_review(review: Path, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "studies").symlink_to(review / "studies", target_is_directory=True)
    link = review / "studies/included/hum-2022.yml"
    link.symlink_to(tmp_path / "nothing.yml")
    for root in (review, linked):
        for path in ("studies", "studies/included", "studies/included/hum-2022.yml"):
            assert [problem.path for problem in check(root, [path]).problems] == ["studies/included/hum-2022.yml"]
        assert check(root, ["studies/trials"]).problems == ()


def test_what_is_no_file_is_told_and_not_read(review: Path) -> None:
    """Reading a pipe would wait for ever."""
    os.mkfifo(review / "studies/included/hum-2022.yml")
    (problem,) = check(review).problems
    assert (problem.path, problem.message) == (
        "studies/included/hum-2022.yml",
        "expected a file, found a pipe or device",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read every file")
def test_a_file_that_may_not_be_read_is_one_problem(review: Path) -> None:
    (review / "studies/included/hum-2021.yml").chmod(0)
    (review / "studies/sources/hum-review.txt").chmod(0)
    assert [(problem.path, problem.message) for problem in check(review).problems if "read" in problem.message] == [
        ("studies/included/hum-2021.yml", "expected a file that can be read, found 'Permission denied'"),
        ("studies/sources/hum-review.txt", "expected a file that can be read, found 'Permission denied'"),
    ]


@pytest.mark.parametrize("path", ["studies/included/hum-1999.yml", "docs", "../elsewhere"])
def test_a_path_without_records_is_no_pass(review: Path, path: str) -> None:
    (review / "docs").mkdir()
    (review.parent / "elsewhere").mkdir()
    with pytest.raises(UnknownPathError, match="expected a file or folder below studies/"):
        check(review, [path])


@pytest.mark.parametrize("name", ["protocol.yml", "instruments.yml"])
def test_a_review_without_its_protocol_or_instruments_has_that_one_problem(review: Path, name: str) -> None:
    (review / "studies" / name).unlink()
    assert [(problem.path, problem.message) for problem in check(review).problems] == [
        (f"studies/{name}", "expected this file, found none")
    ]


def test_a_text_that_belongs_to_no_report_is_a_problem(review: Path) -> None:
    (review / "studies/sources/hum-2019.txt").write_text("Made up.", encoding="utf-8")
    (problem,) = check(review).problems
    assert problem.path == "studies/sources/hum-2019.txt"
    assert problem.message == "expected a file name that is the id of a report or document, found 'hum-2019'"
    assert problem.hint == "Did you mean 'hum-2020'?"


def test_a_link_is_not_followed(review: Path) -> None:
    (review / "studies/included/hum-2022.yml").symlink_to(review / "studies/included/hum-2020.yml")
    (problem,) = check(review).problems
    assert problem.message == "expected a file, found a link"


def test_the_summary_counts_one_as_one(review: Path) -> None:
    with (review / "studies/included/hum-2021.yml").open("a", encoding="utf-8") as file:
        file.write("made_up: true\n")
    assert summary_line(check(review)) == (
        "14 files checked: 1 error, 0 warnings; quotes: 7 verified, 0 not verifiable, 0 failed"
    )
