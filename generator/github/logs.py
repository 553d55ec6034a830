"""Search logs of two places laid over each other: every run once, in the order of time. Reads and writes no file.

The branch `search-log` holds the runs of quiet nights that the published branch does not have yet.
"""

from collections.abc import Iterable, Mapping

from generator.github.git import Git
from generator.model import records as kinds
from generator.model.records import FOLDER, kind_of
from generator.records import yamlfile

BRANCH = "search-log"
LOGS = f"{FOLDER}/searches"
Run = Mapping[str, object]


def union(first: bytes | None, second: bytes | None) -> bytes:
    """Return a day's log with the runs of both; where one holds all runs, it is returned as it is."""
    ours, theirs = runs(first), runs(second)
    added = [run for run in theirs if run not in ours]
    if first is not None and not added:
        return first
    if second is not None and not [run for run in ours if run not in theirs]:
        return second
    return yamlfile.dump({"runs": sorted([*ours, *added], key=lambda run: str(run.get("at")))}).encode()


def runs(log: bytes | None) -> list[Run]:
    """Return the runs of a day's log as they are written; none where it cannot be read."""
    read = yamlfile.read(log) if log is not None else None
    found = read.data.get("runs") if read and not read.faults and isinstance(read.data, dict) else None
    return [run for run in found if isinstance(run, dict)] if isinstance(found, list) else []


def beyond(git: Git, main: str, log: str) -> dict[str, bytes]:
    """Return the days of `search-log` that say more than the published branch, whole, by their paths."""
    return {path: both for path, both in _both(git, main, log) if both != git.read(main, path)}


def _both(git: Git, main: str, log: str) -> Iterable[tuple[str, bytes]]:
    for path in sorted(git.files(log, LOGS)) if log else ():
        if kind_of(path.removeprefix(f"{FOLDER}/")) is kinds.SEARCH:
            yield path, union(git.read(main, path), git.read(log, path))
