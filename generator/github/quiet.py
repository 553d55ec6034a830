"""The branch `search-log`: runs of quiet nights that the published branch does not have yet. Only searches/."""

from collections.abc import Mapping
from pathlib import Path

from generator.github import logs
from generator.github.git import Git, RacedError
from generator.keeping import recording
from generator.model.records import FOLDER

_ATTEMPTS = 5
_MESSAGE = "Search log of {on}\n"


def record_quiet(git: Git, main_branch: str, files: Mapping[str, bytes], on: str) -> bool:
    """Add the log of a quiet night to the branch, and drop what is published by now; return whether it changed.

    When somebody else pushes meanwhile, their runs and these are both kept.
    """
    for _ in range(_ATTEMPTS):
        main, tip = git.tip(main_branch), git.tip(logs.BRANCH)
        kept = logs.beyond(git, main, tip)
        kept |= {path: logs.union(kept.get(path) or git.read(main, path), log) for path, log in files.items()}
        gone = git.files(tip, FOLDER) - kept.keys() if tip else set()
        if not tip and not kept:
            return False
        commit = git.commit(tip, kept, gone, _MESSAGE.format(on=on))
        if commit == tip:
            return False
        try:
            git.push(commit, logs.BRANCH)
        except RacedError:
            git.fetch()
        else:
            return True
    raise RacedError(f"{logs.BRANCH}: others pushed {_ATTEMPTS} times meanwhile; the next night tries again")


def lay_over(git: Git, root: Path, main: str = "HEAD") -> tuple[str, ...]:
    """Lay the runs of `search-log` over the records below `root`, so that a build shows the last; return paths."""
    log = git.tip(logs.BRANCH)
    found: dict[str, bytes] = {}
    for path in logs.beyond(git, main, log):
        here = root / path
        before = here.read_bytes() if here.is_file() else None
        both = logs.union(before, git.read(log, path))
        if both != before:
            found[path.removeprefix(f"{FOLDER}/")] = both
    recording.record(root, found)
    return tuple(f"{FOLDER}/{path}" for path in sorted(found))
