"""`living-review search` as a maintainer uses it: what it prints, writes and returns."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from generator import cli
from generator.cli.verbs import today
from generator.records import store
from tests.surveillance.nights.conftest import Nights
from tests.surveillance.nights.faults import Fault
from tests.surveillance.nights.world import documents


@pytest.fixture
def at_world(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> Nights:
    """Let the verb ask the made-up world, as it is today by the real clock."""
    nights.world.today = today()
    for name, address in nights.web().environment.items():
        monkeypatch.setenv(name, address)
    return nights


def search(nights: Nights, *options: str) -> int:
    return cli.main(["search", "--root", str(nights.root), *options])


def test_a_night_from_the_command_line(at_world: Nights, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    at_world.world.documents = documents([(2, 1)])
    summary = tmp_path / "night.md"
    assert search(at_world, "--summary", str(summary)) == cli.FINE
    printed = capsys.readouterr()
    assert f"Search of {today()}: 3 new candidates" in printed.out
    assert "tea-index: in full; without a key: reduced budget, 2 received, 2 new" in printed.out
    assert "studies/candidates/NCT90000003.yml  Made-up report 3" in printed.out
    assert summary.read_text(encoding="utf-8").startswith(f"Search of {today()}: 3 new candidates.")
    assert len(at_world.offered()) == 3
    assert search(at_world) == cli.FINE
    assert capsys.readouterr().out == "No source was due.\n"


@pytest.mark.parametrize("contact", ["made-up@example.org", ""])
def test_every_source_is_told_who_asks_and_whom_to_write_to(
    at_world: Nights, monkeypatch: pytest.MonkeyPatch, contact: str
) -> None:
    monkeypatch.setenv("LIVING_REVIEW_CONTACT", contact)
    protocol = store.load(at_world.root).records.protocol
    assert protocol
    assert search(at_world) == cli.FINE
    told = {one.headers["user-agent"] for one in at_world.server.requests}
    assert told == {f"living-review/{version('living-review')} ({contact or protocol.site or protocol.repository})"}


def test_a_failed_source_is_told_apart_and_only_it_is_asked_again(
    at_world: Nights, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cli.search.web_client", lambda _: at_world.web())
    at_world.world.documents = documents([(1, 1)])
    at_world.server.faults = iter([Fault.BROKEN] * 2)
    assert search(at_world) == cli.SOURCE_FAILED
    assert "needs attention: Made-up Tea Index did not answer in full" in capsys.readouterr().err
    assert search(at_world) == cli.FINE
    printed = capsys.readouterr().out
    assert printed.count("received") == 1
    assert printed.startswith("tea-index: in full")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--source", "nowhere"), "There is no source 'nowhere' that a program can ask. Known: tea-index"),
        (("--source", "reference-lists"), "There is no source 'reference-lists' that a program can ask."),
        (("--accept", "nowhere"), "There is no source 'nowhere'"),
        (("--also-known", "/made-up/branch"), "There is no folder studies/ in /made-up/branch."),
        (("--summary", "/made-up/folder/night.md"), "There is no folder /made-up/folder for night.md."),
        (("--summary", "/"), "/ is a folder; name a file."),
    ],
)
def test_wrong_usage_is_explained(
    at_world: Nights, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], told: str
) -> None:
    assert search(at_world, *options) == cli.USAGE
    assert told in capsys.readouterr().err
    assert at_world.server.requests == []


def test_a_file_of_another_branch_that_cannot_be_read_is_named_and_stops_nothing(
    at_world: Nights, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = shutil.copytree(at_world.root, tmp_path / "other")
    (other / "studies" / "candidates" / "broken-2026.yml").write_text("title: [", encoding="utf-8")
    assert search(at_world, "--also-known", str(other)) == cli.FINE
    told = f"needs attention: {other}/studies/candidates/broken-2026.yml cannot be read"
    assert capsys.readouterr().err.count(told) == 1


def test_every_folder_that_is_known_elsewhere_counts_however_it_is_named(
    at_world: Nights, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    others = [shutil.copytree(at_world.root, tmp_path / name) for name in ("one", "two", "three")]
    for other in others:
        (other / "studies" / "candidates" / "broken-2026.yml").write_text("title: [", encoding="utf-8")
    one, two, three = map(str, others)
    assert search(at_world, "--also-known", one, two, "--also-known", three) == cli.FINE
    told = capsys.readouterr().err
    assert all(told.count(f"{other}/studies/candidates/broken-2026.yml cannot be read") == 1 for other in others)


def test_without_a_network_each_source_is_a_failed_search_and_nothing_else_changes(
    at_world: Nights, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nowhere = replace(at_world.web(), attempts=1)
    nowhere.environment = dict.fromkeys(nowhere.environment, "http://127.0.0.1:9")
    monkeypatch.setattr("generator.cli.search.web_client", lambda _: nowhere)
    before = {path: path.read_bytes() for path in at_world.root.rglob("*") if path.is_file()}
    summary = tmp_path / "night.md"
    assert search(at_world, "--source", "tea-index", "--source", "cup-register", "--summary", str(summary)) == (
        cli.SOURCE_FAILED
    )
    run = store.load(at_world.root).records.searches[f"{today():%Y}/{today()}"].runs[-1]
    assert [(one.source, one.hits, one.error) for one in run.sources] == [
        (name, None, "127.0.0.1:9: no connection") for name in ("tea-index", "cup-register")
    ]
    after = {path: path.read_bytes() for path in at_world.root.rglob("*") if path.is_file()}
    assert [path.name for path in after.keys() - before.keys()] == [f"{today()}.yml"]
    assert before.items() <= after.items()
    assert "2 searches failed" in capsys.readouterr().out
    assert "did not answer in full: 127.0.0.1:9: no connection" in summary.read_text(encoding="utf-8")


def test_nothing_is_asked_while_the_records_have_errors(at_world: Nights, capsys: pytest.CaptureFixture[str]) -> None:
    (at_world.root / "studies" / "candidates" / "broken-2026.yml").write_text("title: [", encoding="utf-8")
    assert search(at_world) == cli.PROBLEMS
    assert "Nothing was searched: mend the errors first." in capsys.readouterr().err
    assert at_world.server.requests == []


def test_the_installed_command_does_the_same(at_world: Nights) -> None:
    at_world.world.documents = documents([(1, 0)])
    command = [sys.executable, "-m", "generator", "search", "--root", str(at_world.root), "--source", "tea-index"]
    done = subprocess.run(command, env=dict(os.environ), capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (cli.FINE, "")
    assert "1 new candidate" in done.stdout
