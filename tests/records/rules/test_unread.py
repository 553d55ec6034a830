"""Rules when some files could not be read: no rule stumbles, and nobody who names such a file is blamed."""

import shutil
from pathlib import Path

import pytest

from generator.problems import Level
from generator.records.checking import check
from tests.conftest import ROOT

BASE = ROOT / "tests" / "studies" / "base"
FILES = sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*.yml"))


@pytest.mark.parametrize("broken", FILES)
def test_one_broken_file_is_the_only_error(broken: str, tmp_path: Path) -> None:
    root = shutil.copytree(BASE, tmp_path / "review")
    with (root / broken).open("a", encoding="utf-8") as file:
        file.write("made_up_field: 1\n")
    errors = [problem for problem in check(root).problems if problem.level is Level.ERROR]
    assert [(problem.path, problem.field) for problem in errors] == [(broken, "made_up_field")]
