"""The command line as people use it: verbs, exit codes, formats and what is said when something is wrong."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import cli
from tests.benchmarks import made_up_records

ROOT = Path(__file__).parent.parent
TODAY = "2026-01-31"


@pytest.fixture
def review(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "studies", tmp_path / "studies")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    return tmp_path


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        code = cli.main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


def break_study(root: Path) -> Path:
    study = root / "studies" / "included" / "wilson-2024.yml"
    text = study.read_text(encoding="utf-8")
    assert "n_enrolled: 20" in text
    study.write_text(text.replace("n_enrolled: 20", "n_enrolled: twenty"), encoding="utf-8")
    return study


def test_check_of_the_real_review_is_fine(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("check", "--root", str(review), capsys=capsys)
    assert code == cli.FINE, out
    assert " 0 errors" in out
    assert "0 failed" in out


def test_check_names_the_line_and_exits_with_1(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = break_study(review)
    line = next(n for n, text in enumerate(study.read_text().splitlines(), 1) if "twenty" in text)
    code, out, _ = run("check", "--root", str(review), capsys=capsys)
    assert code == cli.PROBLEMS
    assert (
        f"studies/included/wilson-2024.yml:{line}  participants.n_enrolled: "
        "expected a whole number such as 20, found 'twenty'" in out
    )


def test_check_can_report_on_one_file_only(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_study(review)
    other = "studies/included/phillips-2021.yml"
    assert run("check", "--root", str(review), other, capsys=capsys)[0] == cli.FINE
    assert run("check", "--root", str(review), "studies/included", capsys=capsys)[0] == cli.PROBLEMS


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_reader_that_has_seen_enough_ends_the_output_quietly(review: Path, style: str) -> None:
    """As `living-review check | head` does: no word of Python's."""
    broken = break_study(review).read_bytes()
    for number in range(400):
        (review / "studies" / "included" / f"made-up-{number}.yml").write_bytes(broken)
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "check", "--root", str(review), "--format", style],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(1)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == cli.PROBLEMS


@pytest.mark.parametrize("style", ["text", "github", "markdown", "json"])
def test_check_renders_in_each_format(review: Path, style: str, capsys: pytest.CaptureFixture[str]) -> None:
    break_study(review)
    code, out, _ = run("check", "--root", str(review), "--format", style, capsys=capsys)
    assert code == cli.PROBLEMS
    assert "twenty" in out
    if style == "json":
        found = json.loads(out)
        assert {"studies/included/wilson-2024.yml"} <= {problem["path"] for problem in found}
    if style == "github":
        assert out.startswith("::")
        assert all(line.startswith("::") for line in out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "start with:\n  living-review check"),
        (("chek",), "There is no verb 'chek'. Did you mean: living-review check\n"),
        (("Biuld", "--root", "."), "There is no verb 'Biuld'. Did you mean: living-review build\n"),
        (("tea",), "There is no verb 'tea'.\nAll verbs: living-review --help"),
        (("--root", "."), "VERB"),
        (("check", "--format", "xml"), "invalid choice"),
        (("check", "--formatt", "xml"), "usage: living-review check [-h]"),
        (("import", "--sources", "made-up", "file.ris"), "usage: living-review import [-h]"),
        (("check", "--root", "/nowhere/at/all"), "no folder studies/"),
        (("build", "--today", "31.1.2026"), "expected a day such as 2026-01-31"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_why(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(*arguments, capsys=capsys)
    assert code == cli.USAGE
    assert said in err


def test_help_lists_every_verb_and_a_verb_is_run_without_the_others() -> None:
    code = "import sys; from generator import cli; sys.argv[1:] = {}; cli.run()"
    listing, helping = (
        subprocess.run([sys.executable, "-c", code.format(words)], capture_output=True, text=True, check=False)
        for words in (["--help"], ["check", "--help"])
    )
    assert all(f"    {verb} " in listing.stdout for verb in ("check", "build", "search", "import", "nightly", "settle"))
    assert "usage: living-review check" in helping.stdout
    running = code.replace("cli.run()", "\ntry: cli.run()\nfinally: print(*sys.modules)").format(["check", "--help"])
    loaded = subprocess.run([sys.executable, "-c", running], capture_output=True, text=True, check=False).stdout.split()
    assert "generator.records.checking" in loaded
    assert not {"requests", "generator.site.website", "generator.surveillance.nightly"} & set(loaded)


def test_an_unknown_path_is_wrong_usage(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("check", "--root", str(review), "studies/included/nobody-1999.yml", capsys=capsys)
    assert code == cli.USAGE
    assert "nobody-1999" in err


@pytest.mark.parametrize("verb", ["", "search", "release", "settle", "nightly"])
def test_help_fits_the_terminal_and_keeps_commands_whole(
    verb: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = run(*([verb] if verb else []), "--help", capsys=capsys)[1]
    assert max(map(len, out.splitlines())) <= 80
    told = out.split("\n\n")[1]
    going_on = [line for line in told.splitlines() if not line.startswith(" ") and not line.endswith((".", ":"))]
    assert all(len(line) > 60 for line in going_on)  # filled, not cut where the source file ends its lines
    if verb == "release":
        assert "    --conclusions unchanged \\\n    --author family-name" in out


@pytest.mark.parametrize("verb", ["check", "build", "import", "schema"])
def test_help_teaches_with_an_example_and_the_exit_codes(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(verb, "--help", capsys=capsys)
    assert code == cli.FINE
    assert f"living-review {verb}" in out
    assert "exit codes: 0 fine" in out
    assert "--root" in out


def test_build_refuses_records_with_errors_and_leaves_the_pages(
    review: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", "--root", str(review), "--today", TODAY, capsys=capsys)[0] == cli.FINE
    before = {path: path.read_bytes() for path in (review / "build").rglob("*") if path.is_file()}
    break_study(review)
    code, out, err = run("build", "--root", str(review), "--today", TODAY, capsys=capsys)
    assert code == cli.PROBLEMS
    assert "twenty" in out
    assert "Nothing was written" in err
    assert {path: path.read_bytes() for path in (review / "build").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("made-up.md", "# Caf\xe9\n".encode("latin-1"), "docs/made-up.md: expected text in UTF-8"),
        ("results.md", b"# Made up\n", "docs/results.md: two files of the site claim this path"),
    ],
)
def test_build_names_a_hand_written_page_that_it_cannot_use(
    review: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, told: str
) -> None:
    (review / "docs").mkdir(exist_ok=True)
    (review / "docs" / name).write_bytes(content)
    code, _, err = run("build", "--root", str(review), "--today", TODAY, capsys=capsys)
    assert code == cli.PROBLEMS
    assert told in err
    assert not (review / "build").exists()


def test_a_second_build_writes_nothing_and_an_edit_only_what_it_changes(
    review: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("build", "--root", str(review), "--today", TODAY, capsys=capsys)
    assert " 0 written, 0 removed" in run("build", "--root", str(review), "--today", TODAY, capsys=capsys)[1]
    shutil.move(review / "studies/candidates/ogeus-2024.yml", review / "ogeus-2024.yml")
    out = run("build", "--root", str(review), "--today", TODAY, capsys=capsys)[1]
    assert " 0 written" not in out
    n_written = int(out.split(" written")[0].split()[-1])
    n_files = int(out.split(" files,")[0].split()[-1])
    assert 0 < n_written < n_files


def test_the_same_records_and_day_give_the_same_bytes(review: Path) -> None:
    outputs = []
    for seed in ("0", "4711"):
        subprocess.run(
            [sys.executable, "-m", "generator", "build", "--root", str(review), "--today", TODAY],
            check=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
        )
        output = review / "build"
        outputs.append({path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()})
        shutil.rmtree(output)
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 30


def test_schema_writes_what_is_missing_and_then_nothing(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (review / "studies/schema/study.schema.json").unlink()
    (review / "studies/schema/trial.schema.json").write_text("{}", encoding="utf-8")
    assert "2 of 11 files changed" in run("schema", "--root", str(review), capsys=capsys)[1]
    assert "0 of 11 files changed" in run("schema", "--root", str(review), capsys=capsys)[1]


def test_long_work_shows_its_progress_on_a_terminal_only(tmp_path: Path) -> None:
    made_up_records.write(tmp_path, 400)
    command = [sys.executable, "-m", "generator", "check", "--root", str(tmp_path)]
    silent = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert silent.stderr == ""
    ours, theirs = os.openpty()
    shown = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, text=True, check=True)
    os.close(theirs)
    said = os.read(ours, 4000).decode()
    os.close(ours)
    assert "\r400 files, now studies/included/made-up-" in said
    assert said.endswith("\r")
    assert shown.stdout == silent.stdout
