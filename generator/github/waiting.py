"""A branch that is not merged, as a night reads it: its records, what it adds, and what on it cannot be known."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.github.api import PullRequest
from generator.github.git import Git
from generator.keeping import recording
from generator.model import records as kinds
from generator.model.records import FOLDER, Records, path_of
from generator.problems import Level
from generator.records import store
from generator.records.store import Loaded

CANDIDATES = f"{FOLDER}/candidates"
_NAMED = 5
"""Files named in a sentence."""


@dataclass(frozen=True)
class Waiting:
    """A branch of a night that is not merged."""

    branch: str
    commit: str
    base: str
    """Where it parted from the published branch."""
    pull: PullRequest | None
    """None where the night was cut off before it opened one."""
    records: Records
    changed: frozenset[str]
    """The paths in which it differs from where it parted."""
    unread: tuple[str, ...] = ()
    """Those of them that are no records as they stand, and of which no earlier version is known instead."""

    @property
    def added(self) -> Records:
        """The candidates that only this branch has."""
        here = {
            key: one for key, one in self.records.candidates.items() if path_of(kinds.CANDIDATE, key) in self.changed
        }
        return Records(candidates=here)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What could not be read, in a sentence."""
        if not self.unread:
            return ()
        where = f"pull request {self.pull.number}" if self.pull else f"the branch {self.branch}"
        named, n_more = ", ".join(self.unread[:_NAMED]), len(self.unread) - _NAMED
        more = f" and {n_more} more" if n_more > 0 else ""
        return (f"on {where} cannot be read: {named}{more}; what only they say is not known to a search",)


class Pushed(NamedTuple):
    """What is to be read."""

    branch: str
    commit: str
    pull: PullRequest | None


def read_branch(git: Git, main: str, pushed: Pushed, folder: Path) -> Waiting:
    """Read a branch, in a new `folder`.

    A candidate that an edit made unreadable is known by the version first pushed. So are those that are gone while
    another file cannot be read: people may have moved them into that one.
    """
    commit = pushed.commit
    base = git.merge_base(main, commit)
    changed = frozenset(git.changed(base, commit))
    git.export(commit, FOLDER, folder)
    asked = changed & git.files(commit, FOLDER)
    loaded = store.load(folder)
    if unread := asked & _unread(loaded):
        here = git.files(commit, CANDIDATES) - unread
        first = git.first_versions(base, commit, CANDIDATES)
        kept = {path.removeprefix(f"{FOLDER}/"): content for path, content in first.items() if path not in here}
        recording.record(folder, kept)
        loaded = store.load(folder)
    unknown = tuple(sorted(asked & _unread(loaded)))
    return Waiting(pushed.branch, commit, base, pushed.pull, loaded.records, changed, unknown)


def _unread(loaded: Loaded) -> set[str]:
    return {one.path for one in loaded.problems if one.level is Level.ERROR}
