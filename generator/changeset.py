"""Several files that change together or not at all: staged first, then carried out by a plan that can be repeated.

A failure while staging leaves everything as it was. From the moment the plan stands, the change is decided: whoever
comes next, `finish` carries it out to the end. Knows nothing of what the files hold.
"""

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

_PLAN = "plan.json"


def apply(folder: Path, stage: Path, written: Mapping[str, bytes], removed: Iterable[str] = ()) -> None:
    """Write and remove files below `folder`, given by paths with forward slashes; `stage` is a place of our own.

    `stage` must lie on the same file system; what an earlier change left there is finished first. Raises OSError when a
    file cannot be written; nothing has changed then.
    """
    finish(folder, stage)
    for path, content in written.items():
        target = stage / "files" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    stage.mkdir(parents=True, exist_ok=True)
    draft = stage / "plan.draft"
    draft.write_text(json.dumps({"removed": sorted(removed)}), encoding="utf-8")
    draft.rename(stage / _PLAN)  # from here on the change is decided and `finish` can repeat it
    finish(folder, stage)


def finish(folder: Path, stage: Path) -> None:
    """Carry out a decided change that an earlier run could not finish; drop an undecided one."""
    plan = stage / _PLAN
    if plan.is_file():
        removed = json.loads(plan.read_text(encoding="utf-8"))["removed"]
        for path in removed:
            if (folder / path).is_file():  # a repeated plan may find a new folder of that name
                (folder / path).unlink()
        _remove_empty_folders(folder, removed)
        staged = stage / "files"
        for file in sorted(staged.rglob("*")):
            if file.is_file():
                target = folder / file.relative_to(staged)
                target.parent.mkdir(parents=True, exist_ok=True)
                file.replace(target)
    if stage.exists():
        shutil.rmtree(stage)


def _remove_empty_folders(folder: Path, removed: Iterable[str]) -> None:
    """Remove the folders that held a removed file and hold nothing now."""
    parents = {parent for path in removed for parent in PurePosixPath(path).parents[:-1]}
    for parent in sorted(parents, reverse=True):  # what lies deeper comes first
        place = folder / parent
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
