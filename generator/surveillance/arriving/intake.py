"""An export file -> new candidates, known records brought up to date, and the search run, as one change.

Nothing is dropped: a record is a new candidate, or it is counted as a duplicate of something the review already has.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.model.records import Records
from generator.surveillance import formats
from generator.surveillance.arriving.arrivals import arrive, held_by
from generator.surveillance.arriving.candidates import Why
from generator.surveillance.arriving.search_log import Occasion, with_run
from generator.surveillance.dedupe import Group
from generator.surveillance.updating.known_files import Updated, update_known


@dataclass(frozen=True)
class Export:
    """A file exported from a source."""

    name: str
    raw: bytes
    source: str
    searched_on: dt.date | None = None
    """Day the search was made in the source; None when only the file may know it."""

    @property
    def fingerprint(self) -> str:
        """The first 16 signs of the SHA-256 of its bytes, by which a second import of the same file is known."""
        return hashlib.sha256(self.raw).hexdigest()[:16]


@dataclass(frozen=True)
class Into:
    """The review that an export is taken into."""

    records: Records
    root: Path
    """The folder that holds `studies/`."""
    also_known: tuple[Records, ...] = ()
    """Records of open pull requests: known, and not offered again."""


@dataclass(frozen=True)
class Intake:
    """What an import would change: files by their path below `studies/`, and what was counted."""

    files: Mapping[str, bytes]
    layout: str
    n_received: int
    n_duplicates: int
    new: Mapping[str, str]
    """Title of every new candidate, by its id."""
    updated: Updated = field(default_factory=Updated)
    """What changes in files of records that the review has already; part of `files`."""
    imported_before: bool = False


def take_in(
    export: Export,
    into: Into,
    occasion: Occasion,
    why: Callable[[Sequence[Group]], Sequence[Why]],
) -> Intake:
    """Read an export and return what it changes; `generator.keeping.recording` writes the files.

    A file that was exported earlier than it is taken in counts as a search of that earlier day, so that an old export
    never makes the review look fresh. A day to come, as a clock that is wrong may state, counts for nothing.

    Raises `formats.FormatError` when the file cannot be read in full, and `LogError` when the search log of the day
    has a form that cannot be added to.
    """
    parsed = formats.read(export.name, export.raw, export.source)
    n_received = len(parsed.records)
    if _is_imported(export, into.records):
        return Intake({}, parsed.format, n_received, n_received, {}, imported_before=True)
    if export.searched_on:
        occasion = replace(occasion, at=export.searched_on)
    elif parsed.exported_on and parsed.exported_on <= occasion.on.isoformat():
        occasion = replace(occasion, at=dt.date.fromisoformat(parsed.exported_on))
    arrivals = arrive(parsed.records, held_by(into.records, into.also_known), occasion, why)
    run = _search_run(export, parsed.format, occasion, n_received, len(arrivals.new))
    new = {key: str(fields["title"]) for key, fields in arrivals.candidates.items()}
    updated = update_known(into.root, into.records, parsed.records, arrivals.known, occasion)
    files = {**arrivals.files, **updated.files, **with_run(into.root, occasion, run)}
    return Intake(files, parsed.format, n_received, n_received - len(new), new, updated)


def _is_imported(export: Export, records: Records) -> bool:
    mark = f"sha256 {export.fingerprint}"
    return any(
        part.source == export.source and part.note is not None and mark in part.note
        for day in records.searches.values()
        for run in day.runs
        for part in run.sources
    )


def _search_run(export: Export, layout: str, occasion: Occasion, n_received: int, n_new: int) -> dict[str, object]:
    return {
        "kind": "import",
        "at": occasion.text,
        "by": "living-review import",
        "tool_version": occasion.version,
        "sources": [
            {
                "source": export.source,
                "hits": n_received,
                "received": n_received,
                "removed": {"duplicates": n_received - n_new},
                "new": n_new,
                "note": f"{layout} file {export.name}, sha256 {export.fingerprint}",
            }
        ],
    }
