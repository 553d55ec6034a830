"""Logs of two places laid over each other, and git as a night uses it."""

import base64
from pathlib import Path

import pytest

from generator.github import logs
from generator.github.git import Git, GitError, RacedError, with_token
from generator.records import yamlfile
from tests.github.conftest import House
from tests.github.hub import git


def log(*hours: int) -> bytes:
    runs = [{"kind": "nightly", "at": f"2026-11-01T{hour:02}:00:00Z", "sources": [{"source": "x"}]} for hour in hours]
    return yamlfile.dump({"runs": runs}).encode()


def hours(content: bytes) -> list[str]:
    return [str(run["at"])[11:13] for run in logs.runs(content)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (log(1), None, ["01"]),
        (None, log(1), ["01"]),
        (log(1), log(1), ["01"]),
        (log(1, 2), log(1), ["01", "02"]),
        (log(1), log(1, 2), ["01", "02"]),
        (log(3), log(1, 2), ["01", "02", "03"]),
        (log(1), b"runs: [", ["01"]),
        (log(1), b"- no log", ["01"]),
    ],
)
def test_every_run_stands_once_in_the_order_of_time(
    first: bytes | None, second: bytes | None, expected: list[str]
) -> None:
    assert hours(logs.union(first, second)) == expected
    if first and second and logs.runs(second):
        assert hours(logs.union(second, first)) == expected


def test_a_log_that_holds_all_is_kept_byte_for_byte() -> None:
    written = b"# by a person\n" + log(1, 2)
    assert logs.union(written, log(1)) == written
    assert logs.union(log(2), written) == written


def test_only_logs_of_days_are_taken_from_the_branch(house: House) -> None:
    git = house.git()
    git.fetch()
    main = git.tip("main")
    files = {
        "studies/searches/2026/2026-11-01.yml": log(1),
        "studies/searches/notes.txt": b"made up",
        "studies/protocol.yml": b"title: made up\n",
    }
    commit = git.commit("", files, (), "made up\n")
    assert logs.beyond(git, main, commit) == {"studies/searches/2026/2026-11-01.yml": log(1)}
    assert logs.beyond(git, main, "") == {}


def test_a_push_never_overwrites(house: House) -> None:
    git = house.git()
    git.fetch()
    main = git.tip("main")
    git.push(git.commit(main, {"one.txt": b"1"}, (), "one\n"), "made-up")
    other = git.commit(main, {"two.txt": b"2"}, (), "two\n")
    with pytest.raises(RacedError, match="made-up could not be pushed"):
        git.push(other, "made-up")
    house.hub.protect("main", "made-up-too")
    with pytest.raises(GitError, match="made-up-too is protected"):
        git.push(other, "made-up-too")
    assert house.hub.all_files("made-up") == sorted([*house.hub.all_files("main"), "one.txt"])


def test_a_commit_that_would_change_nothing_is_none(house: House) -> None:
    git = house.git()
    git.fetch()
    main = git.tip("main")
    path = "studies/protocol.yml"
    assert git.commit(main, {path: git.read(main, path) or b""}, ("no-such-file",), "made up\n") == main
    assert git.read(git.commit(main, {}, (path,), "made up\n"), path) is None


def test_the_token_is_shown_to_its_server_only_and_replaces_one_that_is_set() -> None:
    found = with_token({"PATH": "/made-up"}, "made-up-token", "https://github.example/")
    key = "http.https://github.example/.extraheader"
    assert (found["GIT_CONFIG_COUNT"], found["GIT_CONFIG_KEY_0"], found["GIT_CONFIG_VALUE_0"]) == ("2", key, "")
    assert found["GIT_CONFIG_KEY_1"] == key
    kind, _, basic = found["GIT_CONFIG_VALUE_1"].rpartition(" ")
    assert (kind, base64.b64decode(basic)) == ("AUTHORIZATION: basic", b"x-access-token:made-up-token")
    assert with_token({}, "", "https://github.example")["GIT_CONFIG_COUNT"] == "0"


def test_what_git_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(GitError, match=r"git rev-parse: .*not a git repository"):
        Git(tmp_path, tmp_path, with_token({"PATH": "/usr/bin:/bin"}, "", "")).top()


def test_a_file_that_git_cannot_read_is_not_taken_for_one_that_is_not_there(
    tmp_path: Path,
) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "a blob").write_bytes(b"made-up\n\nwords")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Made up")
    reader = Git(tmp_path, tmp_path, with_token({"PATH": "/usr/bin:/bin"}, "", ""))
    assert reader.read("HEAD", "a blob") == b"made-up\n\nwords"
    assert [reader.read("HEAD", path) for path in ("a", "a blob missing", "no/such")] == [None, None, None]
    with pytest.raises(GitError, match="git cat-file"):
        Git(tmp_path, tmp_path, {"PATH": "/made-up-empty-folder"}).read("HEAD", "a blob")
