"""A new review: it checks and builds at once, and knows nothing of the review that it was copied from."""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import cli
from generator.build import build
from generator.keeping import starting
from generator.keeping.starting import IncompleteProjectError
from generator.records import checking, schema
from generator.surveillance.suggesting import source_for_suggestions
from tests.conftest import ROOT

TODAY = dt.date(2026, 1, 31)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a new review. Tests only read it."""
    folder = tmp_path_factory.mktemp("new") / "my-review"
    assert cli.main(["init", str(folder)]) == cli.FINE
    return folder


def run(*arguments: str, folder: Path) -> str:
    """Run a module of Python in a new review, with its own copy of the program, and return what was said."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0"}
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_review_has_neither_errors_nor_warnings(fresh: Path) -> None:
    assert checking.check(fresh).problems == ()


def test_a_new_review_builds_at_once_with_its_own_copy_of_the_program(fresh: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(fresh, tmp_path / "copy")
    assert "0 errors, 0 warnings" in run("generator", "check", folder=copy)
    run("generator", "build", folder=copy)
    run("mkdocs", "build", "--strict", "--quiet", folder=copy)
    home = (copy / "site" / "index.html").read_text(encoding="utf-8")
    assert "To be written: a living systematic review" in home


def test_it_asks_what_only_people_can_answer(fresh: Path) -> None:
    protocol = (fresh / "studies/protocol.yml").read_text(encoding="utf-8")
    questions = [line for line in protocol.splitlines() if line.startswith("#") and "?" in line]
    assert len(questions) > 15
    assert f"since: {dt.datetime.now(dt.UTC).date()}" in protocol
    assert "{{" not in protocol


def test_a_suggestion_can_be_accepted_at_once(fresh: Path) -> None:
    protocol = checking.check(fresh).records.protocol
    assert protocol
    assert source_for_suggestions(protocol) == "by-hand"


def test_it_holds_nothing_of_the_review_it_was_copied_from(fresh: Path) -> None:
    words = re.compile(rb"exosom|vesicle|lumbar|back pain|gupta|10\.7759", re.IGNORECASE)
    files = [path for path in fresh.rglob("*") if path.is_file()]
    found = [path.relative_to(fresh).as_posix() for path in files if words.search(path.read_bytes())]
    assert found == []


def test_its_folders_for_records_are_there_and_empty(fresh: Path) -> None:
    records = checking.check(fresh).records
    held = (records.included, records.excluded, records.trials, records.candidates, records.screened, records.searches)
    assert not any(held)
    for name in ("included", "excluded", "trials", "candidates", "screened", "searches", "sources", "summaries"):
        assert [path.name for path in (fresh / "studies" / name).iterdir()] == [".gitkeep"]
    assert {path.name for path in (fresh / "studies/schema").iterdir()} == set(schema.schemas())


def test_everything_that_is_built_locally_stays_behind(fresh: Path) -> None:
    paths = {path.relative_to(fresh).as_posix() for path in fresh.rglob("*") if path.is_file()}
    assert "generator/mkdocs_hook.py" in paths
    assert "docs/.theme/main.html" in paths
    assert not [path for path in paths if re.match(r"(build|site|tests|\.venv)/", path) or "__pycache__" in path]


def test_every_file_that_its_makefile_and_readme_name_is_there(fresh: Path) -> None:
    names = ("Makefile", "README.md", "SECURITY.md", ".github/pull_request_template.md")
    text = "".join((fresh / name).read_text(encoding="utf-8") for name in names)
    pattern = r"(?:studies|docs|requirements)/[\w./-]+\w|mkdocs\.yml|pyproject\.toml|LICENSE[-A-Z]*|CONTRIBUTING\.md"
    named = set(re.findall(pattern, text))
    assert len(named) > 6
    assert [name for name in sorted(named) if not (fresh / name).exists()] == []


@pytest.mark.parametrize(
    ("page", "said", "not_said"),
    [
        ("index.md", "The review is being set up.", "in time"),
        ("index.md", "included studies", "0 people"),
        ("evidence.md", "0 studies are included.", "0 people"),
        ("living.md", "No source has been searched yet.", "is of not yet"),
        ("interventions.md", "does not say yet which facts", "0 facts"),
    ],
)
def test_pages_read_sensibly_before_anything_is_included(
    fresh: Path, tmp_path: Path, page: str, said: str, not_said: str
) -> None:
    copy = shutil.copytree(fresh, tmp_path / "copy")
    assert build(copy, TODAY).written
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", (copy / "build/docs" / page).read_text(encoding="utf-8")))
    assert said in text
    assert not_said not in text


def test_a_folder_with_files_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("made up", encoding="utf-8")
    assert cli.main(["init", str(tmp_path)]) == cli.USAGE
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert cli.main(["init", str(tmp_path / "notes.txt")]) == cli.USAGE


def test_a_repository_without_files_can_be_filled(tmp_path: Path) -> None:
    (tmp_path / ".git" / "refs").mkdir(parents=True)
    assert cli.main(["init", str(tmp_path)]) == cli.FINE
    assert (tmp_path / ".git" / "refs").is_dir()
    assert (tmp_path / "studies/protocol.yml").is_file()


def test_the_package_alone_is_not_enough(tmp_path: Path) -> None:
    (tmp_path / "generator").mkdir()
    with pytest.raises(IncompleteProjectError, match=r"lacks \.gitignore, LICENSE"):
        starting.files(tmp_path, TODAY)


def test_a_workflow_that_runs_the_tests_stays_behind_with_them(tmp_path: Path) -> None:
    project = tmp_path / "project"
    for name, content in starting.files(ROOT, TODAY).items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    workflows = project / ".github" / "workflows"
    workflows.mkdir(parents=True, exist_ok=True)
    (workflows / "made-up-code.yml").write_text("run: make test\n", encoding="utf-8")
    (workflows / "made-up-site.yml").write_text("run: make site\n", encoding="utf-8")
    copied = starting.files(project, TODAY)
    assert ".github/workflows/made-up-site.yml" in copied
    assert ".github/workflows/made-up-code.yml" not in copied
