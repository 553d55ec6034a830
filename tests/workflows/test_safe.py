"""What the workflow files say, read without running them: their schemas, and what could be abused in them. Offline."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator import cli
from generator.records import yamlfile
from generator.surveillance.suggesting import ACCEPTING_LABEL
from tests.conftest import ROOT
from tests.workflows.conftest import WORKFLOWS

_PROGRAMS = Path(sys.executable).parent
_FILES = sorted(WORKFLOWS.glob("*.yml"))
_SCHEMAS = {
    "github-workflows": _FILES,
    "dependabot": [ROOT / ".github" / "dependabot.yml"],
    "github-issue-forms": [ROOT / ".github" / "ISSUE_TEMPLATE" / "suggest-a-study.yml"],
    "github-issue-config": [ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml"],
}
_UNTRUSTED_EVENTS = ("pull_request_target", "issue_comment", "discussion", "fork")


def run(program: str, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    found = _PROGRAMS / program
    if not found.is_file():
        pytest.skip(f"{program} is not installed")
    return subprocess.run([found, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def jobs(path: Path) -> dict[str, Any]:
    return yamlfile.read(path.read_bytes()).data["jobs"]  # type: ignore[no-any-return, index]


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path).values() for step in job.get("steps", [])]


@pytest.mark.parametrize("schema", _SCHEMAS)
def test_files_follow_the_schemas_of_github(schema: str) -> None:
    ran = run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *_SCHEMAS[schema])
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_zizmor_finds_nothing_at_its_strictest() -> None:
    ran = run("zizmor", "--pedantic", "--offline", "--no-progress", ".github")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "No findings to report" in ran.stdout + ran.stderr


def test_zizmor_would_find_something(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text(
        'on: issues\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: "echo ${{ github.event.issue.title }}"}]}}\n'
    )
    assert "template-injection" in run("zizmor", "--pedantic", "--offline", "--no-progress", bad).stdout


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_every_job_has_a_time_limit_and_rights_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^permissions: \{\}$", text, re.MULTILINE), "no right is given to all jobs"
    assert re.search(r"^concurrency:", text, re.MULTILINE)
    assert not any(re.search(rf"^  {event}:", text, re.MULTILINE) for event in _UNTRUSTED_EVENTS)
    for name, job in jobs(path).items():
        assert "permissions" in job, name
        assert "timeout-minutes" in job or "uses" in job, name


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_steps_are_thin_and_take_nothing_from_outside(path: Path) -> None:
    for step in steps(path):
        if "run" in step:
            assert "${{" not in step["run"], "values come through env"
            assert re.match(r"(?:\.venv/bin/living-review|make|if \[ -f) ?", step["run"]), step["run"]
        else:
            assert re.fullmatch(r"(?:actions|github)/[\w/-]+@[0-9a-f]{40}", step["uses"]), step["uses"]
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"
    for action, version in re.findall(r"uses: ([\w-]+/\S+@[0-9a-f]{40})(.*)", path.read_text(encoding="utf-8")):
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", version), action


def test_an_action_has_one_pin_everywhere() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in _FILES)
    pins = dict[str, set[str]]()
    for name, pin in re.findall(r"uses: ([\w-]+/[\w-]+)\S*@(\S+ # \S+)", text):
        pins.setdefault(name, set()).add(pin)
    assert {name: pin for name, pin in pins.items() if len(pin) > 1} == {}


def test_what_a_fork_starts_can_write_nothing_and_knows_no_secret() -> None:
    for path in _FILES:
        text = path.read_text(encoding="utf-8")
        if re.search(r"^  pull_request:", text, re.MULTILINE):
            assert "secrets." not in text, path.name
            written = {
                right for job in jobs(path).values() for right, how in job["permissions"].items() if how == "write"
            }
            assert written <= {"security-events"}, "GitHub lowers this one for forks"


def test_only_jobs_that_push_may_write_contents() -> None:
    may = {
        (path.name, name)
        for path in _FILES
        for name, job in jobs(path).items()
        if job["permissions"].get("contents") == "write"
    }
    assert may == {
        ("nightly.yml", "search"),
        ("nightly.yml", "settle"),
        ("settle.yml", "settle"),
        ("suggest.yml", "accept"),
    }


def test_verbs_and_labels_that_the_workflows_name_exist(capsys: pytest.CaptureFixture[str]) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in _FILES)
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    helped = capsys.readouterr().out
    named = set(re.findall(r"living-review ([a-z]+)", text))
    assert {"nightly", "settle", "propose", "answer", "comment", "overlay", "check", "compare"} <= named
    assert [verb for verb in named if not re.search(rf"^    {verb}\b", helped, re.MULTILINE)] == []
    assert f"github.event.label.name == '{ACCEPTING_LABEL}'" in text
    checks = re.search(r"^name: (.+)$", (WORKFLOWS / "check.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert checks
    assert f"workflows: [{checks[1]}]" in (WORKFLOWS / "comment.yml").read_text(encoding="utf-8")


def test_the_nightly_workflow_names_its_own_file() -> None:
    assert "--workflow nightly.yml" in (WORKFLOWS / "nightly.yml").read_text(encoding="utf-8")
