"""Several files that change together: what an earlier change left on its way is never part of the next one."""

from pathlib import Path

import pytest

from generator import changeset


@pytest.mark.parametrize(("is_decided", "kept"), [(True, ["left.yml", "new.yml"]), (False, ["new.yml"])])
def test_a_change_that_was_cut_off_is_carried_out_or_dropped_before_the_next(
    tmp_path: Path, is_decided: bool, kept: list[str]
) -> None:
    folder, stage = tmp_path / "studies", tmp_path / ".staged"
    (stage / "files").mkdir(parents=True)
    (stage / "files" / "left.yml").write_bytes(b"left")
    folder.mkdir()
    (folder / "gone.yml").write_bytes(b"gone")
    if is_decided:
        (stage / "plan.json").write_text('{"removed": ["gone.yml"]}', encoding="utf-8")
    changeset.apply(folder, stage, {"new.yml": b"new"}, ["gone.yml"])
    assert sorted(path.name for path in folder.iterdir()) == kept
    assert not stage.exists()


def test_a_folder_goes_with_the_last_of_its_files_and_no_other_does(tmp_path: Path) -> None:
    folder, stage = tmp_path / "studies", tmp_path / ".staged"
    deep, full = ("made/up/gone.yml", "kept/gone.yml"), "kept/stays.yml"
    for path in (*deep, full):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()
    changeset.apply(folder, stage, {}, deep)
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")) == ["kept", full]
    changeset.apply(folder, stage, {}, [full])
    assert list(folder.iterdir()) == []
