"""Writing records: several files of `studies/` that change together or not at all."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator import changeset
from generator.model.records import FOLDER

_STAGE = ".studies.staged"


def record(root: Path, files: Mapping[str, bytes], removed: Iterable[str] = ()) -> None:
    """Write and remove files, given by their paths below `studies/`; after a crash `recover` carries it out.

    Raises OSError when a file cannot be written; nothing has changed then.
    """
    changeset.apply(root / FOLDER, root / _STAGE, files, removed)


def recover(root: Path) -> None:
    """Carry out a change that was decided and interrupted; drop one that was not."""
    changeset.finish(root / FOLDER, root / _STAGE)
