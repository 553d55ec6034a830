"""What a fork may put into its records: the comment is written all the same, and nothing of the fork is run."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import cli
from tests.github.conftest import House
from tests.github.hub import BOT, Thread, git
from tests.github.test_offering import run

__all__ = ["run"]


def comment_on(house: House, change: Callable[[Path], object]) -> str:
    """Let a fork change the folder of the review, and return the comment on its pull request."""
    hub, clone = house.hub, house.hub.clone()
    change(clone)
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "-m", "made up")
    git(clone, "push", "--quiet", "origin", "HEAD:refs/pull/1/head", AS_GITHUB="1")
    commit = git(clone, "rev-parse", "HEAD")
    pull = Thread(1, "Made-up", "", author="made-up-forker", branch="main", fork=True, commit=commit)
    hub.threads.append(pull)
    asked = ["comment", commit, "--root", str(hub.clone()), "--preview", "https://example.org/made-up"]
    assert cli.main(asked) == cli.FINE
    ((who, told),) = pull.comments
    assert who == BOT
    return told


def links_out(clone: Path) -> None:
    shutil.rmtree(clone / "studies")
    (clone / "studies").symlink_to("/etc")


@pytest.mark.parametrize("change", [links_out, lambda clone: shutil.rmtree(clone / "studies")])
def test_a_folder_of_records_that_is_a_link_or_gone_is_told(run: House, change: Callable[[Path], object]) -> None:
    told = comment_on(run, change)
    assert "**studies/protocol.yml:1**: expected this file, found none" in told
    assert "0 files checked" in told
    assert "example.org" not in told, "nothing was built that could be looked at"


def test_a_file_that_links_out_is_not_read(run: House, tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text("title: A made-up secret\n", encoding="utf-8")
    told = comment_on(run, lambda clone: (clone / "studies/candidates/made-up.yml").symlink_to(tmp_path / "secret.yml"))
    assert "**studies/candidates/made-up.yml:1**: expected a file, found a link" in told
    assert "secret" not in told


def test_attributes_of_a_fork_start_no_program(
    run: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started, settings = tmp_path / "started", tmp_path / "gitconfig"
    settings.write_text(f'[filter "made-up"]\n\tsmudge = "touch {started} && cat"\n', encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    told = comment_on(
        run, lambda clone: (clone / "studies/.gitattributes").write_text("* filter=made-up\n", encoding="utf-8")
    )
    assert "30 files checked" in told
    assert not started.exists()
    assert "comment written" in capsys.readouterr().out


def test_names_of_files_that_no_text_can_hold_are_told(run: House) -> None:
    def change(clone: Path) -> None:
        for name in (b"\xff.yml", "@octocat\n::add-mask::z \u202e#1.yml".encode()):
            os.close(os.open(bytes(clone / "studies/candidates") + b"/" + name, os.O_CREAT))

    told = comment_on(run, change)
    assert "**studies/candidates/&#92;udcff.yml:1**: expected a file name in UTF-8, found another" in told
    assert "octocat" in told
    assert "@octocat" not in told
    assert "\u202e" not in told
    assert "\n::" not in told


def test_a_record_of_five_million_bytes_is_refused(run: House) -> None:
    told = comment_on(
        run, lambda clone: (clone / "studies/candidates/made-up.yml").write_bytes(b"title: made up\n" * 340_000)
    )
    assert "expected at most 1,000,000 bytes, found 5,100,000" in told


def test_the_program_of_a_fork_is_not_run(run: House, tmp_path: Path) -> None:
    def change(clone: Path) -> None:
        (clone / "Makefile").write_text(f".venv/site.ready:\n\ttouch {tmp_path}/run\n", encoding="utf-8")
        (clone / "generator").mkdir()
        (clone / "generator" / "__init__.py").write_text(f"open('{tmp_path}/run', 'w')\n", encoding="utf-8")

    assert "Merging this changes no record." in comment_on(run, change)
    assert not (tmp_path / "run").exists()
