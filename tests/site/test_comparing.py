"""What merging would change: rows, directions, certainty, flow, dates and sentences, in words that act on nothing."""

import datetime as dt
import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from generator import cli
from generator.records import checking
from generator.records.checking import Checked
from generator.review import Review
from generator.site import comparing, tables
from generator.site.comparing.comparison import Comparison
from generator.site.comparing.rows import Fate, table_change
from generator.wording.table import Cell, Column, Link, Table
from tests.conftest import MADE_UP, ROOT

TODAY = dt.date(2025, 2, 1)
SOLO, SPILLS, HICCUPS = (
    "included/solo-2020.yml",
    "summaries/bottom-line-spills.yml",
    "summaries/bottom-line-hiccups.yml",
)
HOSTILE = "made-up <script>alert(1)</script> @octocat fixes #1 `x` <!-- living-review: compare --> ::error::x | a"


@pytest.fixture(scope="module")
def base() -> Checked:
    return checking.check(MADE_UP)


def edit(root: Path, name: str, *changes: tuple[str, str]) -> None:
    path = root / "studies" / name
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{name} has no {old!r}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def compared(base: Checked, head: Path) -> Comparison:
    checked = checking.check(head)
    assert not checked.n_errors, checked.problems
    return comparing.compare(base, checked, TODAY)


def cells(comparison: Comparison, table: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Return before and after by row and heading."""
    found = [one for one in comparison.evidence if one.table.id == table]
    return {
        (row.name, cell.column.label): (cell.before, cell.after)
        for one in found
        for row in one.rows
        for cell in row.cells
    }


def fates(comparison: Comparison, tables: Iterable[str]) -> dict[str, list[Fate]]:
    return {one.table.id: [row.fate for row in one.rows] for one in comparison.evidence if one.table.id in tables}


@pytest.mark.parametrize("root", [MADE_UP, ROOT])
def test_a_review_does_not_differ_from_itself(root: Path) -> None:
    comparison = comparing.compare(checking.check(root), checking.check(root), TODAY)
    assert comparison.is_compared
    assert (comparison.records, comparison.facts, comparison.flow) == ((), (), None)
    assert (comparison.evidence, comparison.others, comparison.sentences, comparison.warnings) == ((), (), (), ())
    assert comparison.lost == ()
    assert "Merging this changes no record." in comparing.comment(comparison)


def test_a_changed_number_is_told_before_and_after(base: Checked, made_up_copy: Path) -> None:
    edit(made_up_copy, SOLO, ("n_enrolled: 12,", "n_enrolled: 13,"), ("41.50", "44"))
    comparison = compared(base, made_up_copy)
    assert [(one.fate, one.path) for one in comparison.records] == [(Fate.CHANGED, f"studies/{SOLO}")]
    assert cells(comparison, "studies") == {("Solo 2020", "People"): ("12", "13")}
    ((row, label), (before, after)) = next(iter(cells(comparison, "results").items()))
    assert (row.split(" · ")[0], label) == ("Solo 2020", "Number as printed")
    assert (before.split(" (")[0], after.split(" (")[0]) == ("41.50 %", "44 %")
    assert [(one.name, one.before, one.after) for one in comparison.facts] == [("People in them", "136", "137")]
    assert comparison.flow is None
    assert "41.50 %" in comparing.comment(comparison)


def test_direction_and_certainty_are_told(base: Checked, made_up_copy: Path) -> None:
    edit(made_up_copy, SOLO, ("direction: improved, source: a2", "direction: mixed, source: a2"))
    edit(made_up_copy, HICCUPS, ("level: low", "level: very-low"))
    comparison = compared(base, made_up_copy)
    directions = cells(comparison, "effect-direction")
    assert directions["Solo 2020", "Made-up hiccups"][0].startswith("improved")
    assert not directions["Solo 2020", "Made-up hiccups"][1].startswith("improved")
    before, after = cells(comparison, "findings")["Made-up hiccups", "Certainty"]
    assert "low" in before.lower()
    assert "very low" not in before.lower()
    assert "very low" in after.lower()


def test_the_numbers_of_the_flow_are_told(base: Checked, made_up_copy: Path) -> None:
    (made_up_copy / "studies/candidates/W9999999902.yml").unlink()
    comparison = compared(base, made_up_copy)
    assert comparison.flow
    told = {(row.name, *((one.before, one.after) for one in row.cells)) for row in comparison.flow.rows}
    assert ("Records waiting for a decision", ("3", "2")) in told
    assert [(one.table.id, one.count(Fate.REMOVED)) for one in comparison.others if one.table.id == "candidates"] == [
        ("candidates", 1)
    ]
    assert ("Candidates waiting", "3", "2") in {(one.name, one.before, one.after) for one in comparison.facts}


def test_sentences_rest_on_what_changed_until_somebody_reads_them_again(base: Checked, made_up_copy: Path) -> None:
    edit(made_up_copy, SOLO, ("41.50", "44"))
    stale = {one.path: one.reasons for one in compared(base, made_up_copy).sentences}
    assert set(stale) == {f"studies/{SPILLS}", "studies/summaries/plain-language.yml"}
    assert stale[f"studies/{SPILLS}"] == (
        "Solo 2020, which it rests on, changes in: Results as printed",
        "its certainty (very low) was rated before this change",
    )
    edit(made_up_copy, SPILLS, ("written: 2024-03-10", "written: 2024-03-10\nreviewed: 2025-02-01"))
    edit(made_up_copy, "summaries/plain-language.yml", ("written: 2024-09-15", "written: 2025-02-01"))
    assert compared(base, made_up_copy).sentences == ()


def test_sentences_lose_what_they_rest_on(base: Checked, made_up_copy: Path) -> None:
    edit(made_up_copy, SOLO, ("history:\n", "history:\n  - {on: 2025-01-30, kind: removed, note: Made-up reason.}\n"))
    edit(made_up_copy, SOLO, ("decision: {outcome: include,", "decision: {outcome: exclude, reason: no-tea,"))
    text = (made_up_copy / "studies" / SOLO).read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if "kind: removed" in line)
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    (made_up_copy / "studies" / SOLO).write_text("".join(lines), encoding="utf-8")
    comparison = compared(base, made_up_copy)
    assert fates(comparison, ["results", "harms"]) == {"results": [Fate.REMOVED] * 2, "harms": [Fate.REMOVED]}
    reasons = {one.path: one.reasons for one in comparison.sentences}
    assert reasons[f"studies/{SPILLS}"][0] == "Solo 2020, which it rests on, leaves the review"


def test_sentences_lose_a_trial_that_they_rest_on(base: Checked, made_up_copy: Path) -> None:
    trial, plain = "trials/NCT99999902.yml", "summaries/plain-language.yml"
    out = "decision: {outcome: exclude, stage: full-text, reason: no-tea, by: [pat, sam], on: 2025-01-30}\n"
    edit(made_up_copy, trial, ("known_on: 2024-03-01\n", f"known_on: 2024-03-01\n{out}"))
    comparison = compared(base, made_up_copy)
    reasons = {one.path: one.reasons for one in comparison.sentences}
    assert reasons[f"studies/{plain}"] == ("NCT99999902, which it rests on, leaves the review",)
    counts = {fact.name: (fact.before, fact.after) for fact in comparison.facts}
    assert counts["Registered trials, ongoing"] == ("1", "0")
    assert counts["Registered trials, excluded"] == ("0", "1")
    assert (comparison.lost, comparison.older) == ((), ())


def test_a_new_study_on_the_same_outcome_is_named(base: Checked, made_up_copy: Path) -> None:
    shutil.copy(made_up_copy / "studies" / SOLO, made_up_copy / "studies/included/newcomer-2025.yml")
    edit(
        made_up_copy,
        "included/newcomer-2025.yml",
        ("solo-2020", "newcomer-2025"),
        ("solo_2020", "newcomer_2025"),
        ("on: 2024-03-10", "on: 2025-01-20"),
    )
    comparison = compared(base, made_up_copy)
    said = ("Newcomer 2025 now has data on it and is not among what it rests on",)
    reasons = {one.path: one.reasons[:1] for one in comparison.sentences}
    assert reasons == dict.fromkeys(
        (f"studies/{SPILLS}", f"studies/{HICCUPS}", "studies/summaries/plain-language.yml"), said
    )
    added = {"studies": [Fate.ADDED], "effect-direction": [Fate.ADDED]}
    assert fates(comparison, added) == added
    assert "- **Newcomer 2025**: added\n  - Design: " in comparing.comment(comparison)


@pytest.mark.parametrize(("status", "n_stale"), [("RECRUITING", 0), ("COMPLETED", 1)])
def test_another_look_at_a_registry_makes_no_sentence_stale(
    base: Checked, made_up_copy: Path, status: str, n_stale: int
) -> None:
    trial = "trials/NCT99999902.yml"
    text = (made_up_copy / "studies" / trial).read_text(encoding="utf-8")
    seen = next(line for line in text.splitlines() if "2025-01-11" in line and "RECRUITING" in line)
    newer = seen.replace("2025-01-11", "2025-01-25").replace("RECRUITING", status)
    edit(made_up_copy, trial, (seen, f"{seen}\n{newer}"))
    comparison = compared(base, made_up_copy)
    assert ("NCT99999902", "Status") in cells(comparison, "trials")
    assert len([one for one in comparison.sentences if "plain-language" in one.path]) == n_stale


def test_errors_are_listed_and_nothing_is_compared(base: Checked, made_up_copy: Path) -> None:
    for number in range(30):
        (made_up_copy / f"studies/candidates/made-up-{number}.yml").write_text("title: made-up\n", encoding="utf-8")
    edit(made_up_copy, SOLO, ("n_enrolled: 12,", "n_enrolled: twelve,"))
    head = checking.check(made_up_copy)
    comparison = comparing.compare(base, head, TODAY)
    assert not comparison.is_compared
    assert (comparison.records, comparison.evidence) == ((), ())
    text = comparing.comment(comparison, "https://example.org/made-up")
    assert "example.org" not in text, "nothing was built"
    assert f"The records have {head.n_errors} errors." in text
    listed = re.findall(r"^- \*\*(studies/[a-z0-9/-]+\.yml:\d+)\*\*", text, re.MULTILINE)
    assert len(listed) == 20
    assert f"and {head.n_errors - 20} more" in text


def test_nothing_is_compared_with_records_that_have_errors(made_up_copy: Path) -> None:
    edit(made_up_copy, SOLO, ("n_enrolled: 12,", "n_enrolled: twelve,"))
    comparison = comparing.compare(checking.check(made_up_copy), checking.check(MADE_UP), TODAY)
    assert not comparison.is_compared
    assert comparison.records == ()
    assert "have errors themselves" in comparing.comment(comparison)


def test_new_warnings_are_told_apart_from_old_ones(base: Checked, made_up_copy: Path) -> None:
    edit(made_up_copy, "candidates/infusion-2024.yml", ("found:\n", "\n\nfound:\n"))
    edit(
        made_up_copy,
        "candidates/W9999999902.yml",
        (
            "retracted: false",
            "decision: {outcome: exclude, stage: title-abstract, reason: no-tea, by: [pat], on: 2025-01-20}",
        ),
    )
    comparison = compared(base, made_up_copy)
    assert comparison.n_old_warnings == base.n_warnings
    assert {one.path for one in comparison.warnings} == {"studies/candidates/W9999999902.yml"}


def test_nothing_from_a_record_acts_on_github(base: Checked, made_up_copy: Path) -> None:
    edit(made_up_copy, SOLO, ("what: The sip index may be either of two made-up scales.", f"what: '{HOSTILE}'"))
    shutil.copy(made_up_copy / "studies/candidates/infusion-2024.yml", made_up_copy / "studies/candidates/made-up.yml")
    edit(
        made_up_copy, "candidates/made-up.yml", ("10.5555/made-up.infusion", "10.5555/other"), ("W9999999901", "W77777")
    )
    text = comparing.comment(compared(base, made_up_copy))
    assert "octocat" in text
    assert text.count("<!--") == 1
    assert text.endswith(f"\n{comparing.MARKER}\n")
    assert not re.search(r"<script|@\w|(?<!&)#\d|`|^::", text.removesuffix(f"{comparing.MARKER}\n"), re.MULTILINE)


def test_a_long_comparison_fits_and_counts_the_rest(base: Checked, made_up_copy: Path) -> None:
    for number in range(400):
        name = f"excluded/made-up-{number}.yml"
        shutil.copy(made_up_copy / "studies/excluded/espresso-2021.yml", made_up_copy / "studies" / name)
        edit(
            made_up_copy, name, ("espresso-2021", f"made-up-{number}"), ("10.5555/made-up.2021", f"10.5555/x.{number}")
        )
        edit(made_up_copy, name, ("note: Coffee only.", f"note: '{'| ' * 400}'"))
    comparison = compared(base, made_up_copy)
    excluded = next(one for one in comparison.evidence if one.table.id == "excluded")
    assert excluded.count(Fate.ADDED) == 400
    text = comparing.comment(comparison)
    assert 10_000 < len(text) <= comparing.LONGEST
    part = text.partition(f"#### {excluded.table.caption} (400 added)")[2].partition("####")[0]
    left = re.search(r"- and (\d+) more", part)
    assert left
    assert len(re.findall(r"^- \*\*", part, re.MULTILINE)) + int(left[1]) == 400
    assert text.endswith(f"\n{comparing.MARKER}\n")
    assert comparing.plain_text(comparison).count(": added\n") == 800  # rows and files


def made_up_table(*rows: tuple[str, str]) -> Table:
    columns = (Column("name", "Name", "Made-up."), Column("n", "n", "Made-up."))
    return Table("made-up", "Made-up", columns, tuple({"name": Cell(name), "n": Cell(n)} for name, n in rows))


def test_a_row_that_goes_changes_no_other_row(base: Checked) -> None:
    """The table of news is not compared, and no row of a checklist ever goes."""
    assert base.records.protocol
    for table in tables.every(Review(base.records, base.records.protocol, TODAY)):
        for n in range(len(table.rows) * (table.id not in ("changes", "checklists"))):
            rows = (*table.rows[:n], *table.rows[n + 1 :])
            assert [row.fate for row in table_change(table, replace(table, rows=rows)).rows] == [Fate.REMOVED], table.id


def test_every_file_that_comes_or_goes_is_told(base: Checked) -> None:
    folders = ("included", "excluded", "trials", "candidates", "screened", "searches", "summaries", "tools")
    bare = replace(base.records, **{name: {} for name in folders}, source_texts={}, instruments=None, versions=None)  # type: ignore[arg-type]
    left = replace(base, records=bare)
    found = sorted((MADE_UP / "studies").rglob("*.*"))
    paths = [path.relative_to(MADE_UP).as_posix() for path in found if path.suffix in (".yml", ".txt")]
    paths.remove("studies/protocol.yml")
    for before, after, fate in ((left, base, Fate.ADDED), (base, left, Fate.REMOVED)):
        told = comparing.compare(before, after, TODAY)
        assert [(one.path, one.fate) for one in told.records] == [(path, fate) for path in sorted(paths)]
    assert {"Living status", "Last screened to the end", "Last change of evidence"} <= {one.name for one in told.facts}
    evidence = [one.table.id for one in told.evidence]
    assert {"harm-events", "interventions", "versions"} <= set(evidence)
    assert set(evidence).isdisjoint(one.table.id for one in told.others)


def test_rows_that_are_alike_are_kept_apart() -> None:
    change = table_change(made_up_table(("a", "1"), ("a", "1")), made_up_table(("a", "1"), ("a", "2"), ("a", "3")))
    assert [row.fate for row in change.rows] == [Fate.CHANGED, Fate.ADDED]
    assert [(one.before, one.after) for one in change.rows[0].cells] == [("1", "2")]
    assert table_change(made_up_table(("a", "1"), ("b", "2")), made_up_table(("b", "2"), ("a", "1"))).rows == ()


def test_other_words_under_one_value_are_a_change_of_a_remark() -> None:
    columns = (Column("n", "n", "Made-up."), Column("v", "v", "Made-up."))
    before, after = (
        Table("x", "Made-up", columns, ({"n": Cell("a"), "v": Cell("1", sources=(Link("p.md", f"quote-{key}"),))},))
        for key in ("q1", "q2")
    )
    ((cell,),) = (row.cells for row in table_change(before, after).rows)
    assert (cell.before, cell.after, cell.is_value) == ("1 [rests on q1]", "1 [rests on q2]", False)


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        code = cli.main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


def test_the_verb_compares_two_folders(made_up_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(made_up_copy, SOLO, ("n_enrolled: 12,", "n_enrolled: 13,"))
    named = ("compare", str(MADE_UP), str(made_up_copy), "--today", "2025-02-01")
    code, out, _ = run(*named, "--format", "markdown", "--preview", "https://example.org/a?b=1&c=2", capsys=capsys)
    assert code == cli.FINE
    assert out.endswith(f"{comparing.MARKER}\n")
    assert '<a href="https://example.org/a?b=1&amp;c=2">' in out
    assert run(*named, capsys=capsys)[1].startswith("Merging this changes records: 1 changed.")
    by_root = ("compare", str(MADE_UP), "--root", str(made_up_copy), "--today", "2025-02-01")
    assert run(*by_root, capsys=capsys)[1] == run(*named, capsys=capsys)[1]


def test_what_would_be_merged_is_here_unless_it_is_named(
    made_up_copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(made_up_copy, SOLO, ("n_enrolled: 12,", "n_enrolled: 13,"))
    base = str(MADE_UP.resolve())
    monkeypatch.chdir(made_up_copy)
    code, out, err = run("compare", base, "--today", "2025-02-01", capsys=capsys)
    assert (code, err) == (cli.FINE, "")
    assert out.startswith("Merging this changes records: 1 changed.")


def test_the_verb_exits_as_a_check_of_the_head_would(made_up_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(made_up_copy, SOLO, ("n_enrolled: 12,", "n_enrolled: twelve,"))
    assert run("compare", str(MADE_UP), str(made_up_copy), capsys=capsys)[0] == cli.PROBLEMS
    assert run("compare", str(made_up_copy), str(MADE_UP), capsys=capsys)[0] == cli.FINE


def test_the_verb_refuses_what_is_no_folder_of_records(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("compare", str(tmp_path), str(MADE_UP), capsys=capsys)
    assert code == cli.USAGE
    assert "found none" in err
    (tmp_path / "studies").symlink_to(MADE_UP / "studies")
    code, _, err = run("compare", str(MADE_UP), str(tmp_path), capsys=capsys)
    assert code == cli.USAGE
    assert "found a link" in err
    code, _, err = run("compare", str(MADE_UP), str(MADE_UP), "--preview", "javascript:x", capsys=capsys)
    assert code == cli.USAGE
    assert "--preview" in err
