"""The history of `studies/` as git tells it, brought before the check of the past. Judges nothing itself."""

import datetime as dt
from collections.abc import Sequence

from generator.github.git import Git
from generator.model.records import FOLDER
from generator.records.past import Past, Saving

_AT_ONCE = 500
"""Commits whose files are held in memory together."""


def past_of(git: Git) -> Past:
    """Return the record files through the commits of the branch that is checked out.

    The day of a commit is that of its author, in UTC. A merge is one step with all that it brought. Raises `GitError`
    where git cannot tell, as in a repository without a commit.
    """
    past = Past()
    savings = git.savings(FOLDER)
    for start in range(0, len(savings), _AT_ONCE):
        _save(past, git, savings[start : start + _AT_ONCE])
    return past


def _save(past: Past, git: Git, savings: Sequence[tuple[str, int, dict[str, str]]]) -> None:
    held = git.read_objects(name for _, _, files in savings for name in files.values() if name)
    for commit, seconds, files in savings:
        on = dt.datetime.fromtimestamp(seconds, dt.UTC).date()
        changed = {path.removeprefix(f"{FOLDER}/"): held[name] if name else None for path, name in files.items()}
        past.save(Saving(commit, on), changed)
