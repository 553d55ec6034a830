"""A made-up review on a made-up GitHub, searched nightly in a made-up world."""

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.github.api import Api
from generator.github.carrying import Done, carry_out
from generator.github.git import Author, Git, with_token
from generator.github.plan import Plan, asking, decide
from generator.github.quiet import lay_over
from generator.github.standing import look
from generator.problems import Level
from generator.records import checking
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.asking.web import Web
from generator.surveillance.nightly import night
from tests.github.hub import REPOSITORY, TOKEN, Hub
from tests.surveillance.nights.conftest import Nights, begin
from tests.surveillance.nights.faults import Fault
from tests.surveillance.nights.world import FIRST_DAY, World


@dataclass
class House:
    """Everything a night meets. Each night runs in a fresh clone, as a workflow does."""

    hub: Hub
    address: str
    nights: Nights
    folder: Path
    n_runs: int = 0

    @property
    def world(self) -> World:
        return self.nights.world

    def api(self) -> Api:
        web = Web("made-up test", attempts=2, first_wait=0.001, longest_wait=0.01, read_timeout=2)
        return Api(REPOSITORY, TOKEN, web, self.address)

    def git(self, clone: Path | None = None) -> Git:
        self.n_runs += 1
        scratch = self.folder / f"run-{self.n_runs}"
        scratch.mkdir()
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
        return Git(clone or self.hub.clone(), scratch, with_token(environment, TOKEN, self.address), Author())

    def plan(self, day: int, hour: int = 2, *, failing: int = 0) -> tuple[Plan, Git]:
        """Search on a day, counted from the first; the first `failing` requests to sources fail."""
        on = FIRST_DAY + dt.timedelta(days=day)
        self.world.today = on
        git = self.git()
        standing = look(git, self.api(), self.folder / f"run-{self.n_runs}")
        assert [one for one in standing.problems if one.level is Level.ERROR] == []
        assert standing.records.protocol
        self.nights.server.faults = iter([Fault.BROKEN] * failing)
        at = dt.datetime(on.year, on.month, on.day, hour, tzinfo=dt.UTC)
        found = night.search(asking(standing, standing.records.protocol, Occasion(at, "1.2.3")), self.nights.web())
        return decide(standing, found), git

    def carry_out(self, plan: Plan, git: Git) -> Done:
        assert plan.standing.records.protocol
        done = carry_out(plan, plan.standing.records.protocol, git, self.api(), "nightly.yml")
        self.hub.sync()
        return done

    def night(self, day: int, hour: int = 2, *, failing: int = 0) -> Plan:
        plan, git = self.plan(day, hour, failing=failing)
        done = self.carry_out(plan, git)
        assert done.failures == []
        return plan

    def built(self) -> Path:
        """Return a checkout of the published branch with the search log laid over it, as a site is built from."""
        clone = self.hub.clone()
        git = self.git(clone)
        git.fetch()
        lay_over(git, clone)
        wrong = [one for one in checking.check(clone).problems if one.level is Level.ERROR]
        assert wrong == []
        return clone

    def candidates(self, commit: str) -> dict[str, str]:
        """Return the texts of the made-up world's documents that wait in a commit, by what each is known by."""
        found = {}
        for text in self.hub.texts(commit, "studies/candidates").values():
            for one in self.world.documents:
                if f": {one.key}\n" in text:
                    assert one.key not in found, "twice in one place"
                    found[one.key] = text
        return found

    def path_of(self, commit: str, key: str) -> str:
        """Return the candidate's file."""
        texts = self.hub.texts(commit, "studies/candidates")
        return next(path for path, text in texts.items() if f": {key}\n" in text)

    def shown_on(self, number: int) -> set[str]:
        """Return what a pull request brings that the published branch did not have where it parted."""
        return set(self.candidates(f"refs/pull/{number}/head")) - set(self.candidates("main"))

    def nowhere(self) -> set[str]:
        """Return what the world shows and is neither published nor on an open pull request."""
        shown = {one.key for one in self.world.documents if one.visible_on <= self.world.today}
        commits = ["main", *(f"refs/pull/{number}/head" for number in self.hub.open_pulls())]
        return shown - {key for commit in commits for key in self.candidates(commit)}


@pytest.fixture
def house(tmp_path: Path, made_up_copy: Path) -> Iterator[House]:
    with begin(made_up_copy, World()) as nights:
        hub = Hub(tmp_path, made_up_copy)
        with hub.serve() as server:
            yield House(hub, server.address, nights, tmp_path)
        assert server.failures == [], "the made-up GitHub itself failed"
        assert hub.pushed_to("main") == 0, "a night never pushes to the published branch"
