"""Writing the site: only what changed, nothing stale, and whole after a failure at any point."""

from pathlib import Path

import pytest

from generator.site import website
from tests.evidence import read
from tests.kills import KilledError, killed_at


def tree(root: Path) -> dict[str, bytes]:
    output = root / website.OUTPUT
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


OLD = {"index.md": b"old", "studies/a.md": b"a", "studies/gone.md": b"gone", "same.md": b"same"}
NEW = {"index.md": b"new", "studies/a.md": b"b", "trials/t.md": b"t", "same.md": b"same"}


@pytest.mark.parametrize(
    ("written", "front"),
    [
        (b"# Made up\n", ["---", "{name}", "---", "", "# Made up"]),
        (b"# Made up\r\n", ["---", "{name}", "---", "", "# Made up"]),
        (b"---\nhide: [toc]\n---\n# Made up\n", ["---", "{name}", "hide: [toc]", "---", "# Made up"]),
        (
            b"\xef\xbb\xbf--- \r\nhide: [toc]\r\n---\r\n# Made up\r\n",
            ["---", "{name}", "hide: [toc]", "---", "# Made up"],
        ),
    ],
)
def test_a_hand_written_page_has_one_front_matter(
    made_up_review: Path, tmp_path: Path, written: bytes, front: list[str]
) -> None:
    (tmp_path / "made-up.md").write_bytes(written)
    review = read(made_up_review)
    lines = website.gather(review, tmp_path)["made-up.md"].decode().split("\n")
    name = f'review: "{review.protocol.short_title}"'
    assert lines[: len(front)] == [line.format(name=name) for line in front]


def test_the_folder_holds_exactly_the_files(tmp_path: Path) -> None:
    website.write(tmp_path, OLD)
    assert tree(tmp_path) == OLD
    website.write(tmp_path, NEW)
    assert tree(tmp_path) == NEW
    assert not (tmp_path / website.OUTPUT / "studies" / "gone.md").exists()
    assert {path.name for path in (tmp_path / "build").iterdir()} == {"docs"}


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    website.write(tmp_path, OLD)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / website.OUTPUT).rglob("*")}
    written = website.write(tmp_path, OLD)
    assert (written.changed, written.removed, written.n_files) == ((), (), 4)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / website.OUTPUT).rglob("*")} == before


def test_only_changed_files_are_touched(tmp_path: Path) -> None:
    website.write(tmp_path, OLD)
    before = (tmp_path / website.OUTPUT / "same.md").stat().st_ino
    written = website.write(tmp_path, NEW)
    assert set(written.changed) == {"index.md", "studies/a.md", "trials/t.md"}
    assert written.removed == ("studies/gone.md",)
    assert (tmp_path / website.OUTPUT / "same.md").stat().st_ino == before


def test_a_page_may_become_a_folder_and_back(tmp_path: Path) -> None:
    website.write(tmp_path, {"a": b"file"})
    website.write(tmp_path, {"a/b": b"inside"})
    assert tree(tmp_path) == {"a/b": b"inside"}
    website.write(tmp_path, {"a": b"file"})
    assert tree(tmp_path) == {"a": b"file"}


@pytest.mark.parametrize("step", range(14))
def test_a_failure_at_any_step_leaves_the_old_or_the_new_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    website.write(tmp_path, OLD)
    with killed_at(monkeypatch, step):
        try:
            website.write(tmp_path, NEW)
        except KilledError:
            decided = (tmp_path / "build/docs.staged/plan.json").exists()
            if not decided:
                assert tree(tmp_path) == OLD
    website.write(tmp_path, NEW)
    assert tree(tmp_path) == NEW


def test_a_decided_change_is_finished_before_anything_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    website.write(tmp_path, OLD)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KilledError))
        with pytest.raises(KilledError):
            website.write(tmp_path, NEW)
    assert (tmp_path / "build/docs.staged/plan.json").is_file()
    website.write(tmp_path, NEW | {"index.md": b"newest"})
    assert tree(tmp_path) == NEW | {"index.md": b"newest"}
