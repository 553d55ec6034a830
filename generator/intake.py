"""An export file -> new candidates and the search run that found them, as one change that happens whole or not at all.

Nothing is dropped: a record is a new candidate, or it is counted as a duplicate of something the review already has.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator import changeset, form, formats, yamlfile
from generator.candidates import Origin, candidate, identifier_for
from generator.dedupe import Group, find_known, group
from generator.known import known_records
from generator.model import records as kinds
from generator.model.records import FOLDER, Records, path_of
from generator.model.source_record import SourceRecord

_STAGE = ".studies.staged"


class IntakeError(Exception):
    """What was found cannot be written; nothing has changed."""


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
class Occasion:
    """When the source was searched, and with which version of this software the export is taken in."""

    at: dt.datetime | dt.date
    """A moment in UTC, or a day where the hour is not known."""
    version: str

    @property
    def on(self) -> dt.date:
        """The day."""
        return self.at.date() if isinstance(self.at, dt.datetime) else self.at

    @property
    def run(self) -> str:
        """The search log of the day, as candidates refer to it: 2026/2026-01-31."""
        return f"{self.on:%Y}/{self.on:%Y-%m-%d}"


@dataclass(frozen=True)
class Intake:
    """What an import would change: files by their path below `studies/`, and what was counted."""

    files: Mapping[str, bytes]
    layout: str
    n_received: int
    n_duplicates: int
    new: Mapping[str, str]
    """Title of every new candidate, by its id."""
    imported_before: bool = False


def take_in(export: Export, records: Records, root: Path, occasion: Occasion) -> Intake:
    """Read an export and return what it changes; the files are not written yet.

    A file that was exported earlier than it is taken in counts as a search of that earlier day, so that an old export
    never makes the review look fresh.

    Raises `formats.FormatError` when the file cannot be read in full, and `IntakeError` when the search log of the day
    has a form that cannot be added to.
    """
    parsed = formats.read(export.name, export.raw, export.source)
    n_received = len(parsed.records)
    if _is_imported(export, records):
        return Intake({}, parsed.format, n_received, n_received, {}, imported_before=True)
    if export.searched_on:
        occasion = replace(occasion, at=export.searched_on)
    elif parsed.exported_on:
        occasion = replace(occasion, at=dt.date.fromisoformat(parsed.exported_on))
    names = {record: name for name, record in known_records(records)}
    matches = {match.record: match for match in find_known(parsed.records, names)}
    groups = [one for one in group(parsed.records) if not any(matches[record].same for record in one.records)]
    keys = _named(groups, records)
    origin = Origin(export.source, occasion.on, occasion.run)
    files: dict[str, bytes] = {}
    new: dict[str, str] = {}
    for one in groups:
        key = keys[one.records[0]]
        seen = [matches[record] for record in one.records]
        linked = {names[match.second] for known in seen for match in known.linked}
        possible = {names[match.second] for known in seen for match in known.possible}
        linked |= {keys[match.second] for match in one.linked if match.second in keys}
        possible |= {keys[match.second] for match in one.possible if match.second in keys}
        content = candidate(one, origin, linked, possible)
        new[key] = str(content["title"])
        files[kinds.CANDIDATE.pattern.replace("{id}", key)] = _checked(kinds.CANDIDATE, key, content)
    log = kinds.SEARCH.pattern.replace("{id}", occasion.run)
    entry = _search_run(export, parsed.format, occasion, n_received, len(new))
    files[log] = _with_run(root / FOLDER / log, entry, occasion.run)
    return Intake(files, parsed.format, n_received, n_received - len(new), new)


def _named(groups: list[Group], records: Records) -> dict[SourceRecord, str]:
    """Return the id of the candidate that each new record becomes part of."""
    taken = set(records.included) | set(records.excluded) | set(records.trials) | set(records.candidates)
    keys: dict[SourceRecord, str] = {}
    for one in groups:
        key = identifier_for(one, taken)
        taken.add(key)
        keys |= dict.fromkeys(one.records, key)
    return keys


def write(root: Path, intake: Intake) -> None:
    """Write the candidates and the search run together."""
    changeset.apply(root / FOLDER, root / _STAGE, intake.files)


def recover(root: Path) -> None:
    """Carry out an intake that was decided and interrupted; drop one that was not."""
    changeset.finish(root / FOLDER, root / _STAGE)


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
        "at": f"{occasion.at:%Y-%m-%dT%H:%M:%SZ}" if isinstance(occasion.at, dt.datetime) else f"{occasion.on}",
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


def _with_run(path: Path, entry: dict[str, object], run: str) -> bytes:
    """Return the search log of a day with one run more; what stands in it already is kept byte for byte."""
    before = path.read_bytes() if path.is_file() else b"runs:\n"
    lines = yamlfile.dump({"runs": [entry]}).split("\n", 1)[1]
    indent = _indent_of_runs(before.decode("utf-8")) if path.is_file() else ""
    added = "".join(f"{indent}{line}\n" for line in lines.splitlines())
    after = before.rstrip() + b"\n" + added.encode()
    old, new = yamlfile.read(before).data, yamlfile.read(after).data
    kept = old["runs"] if isinstance(old, dict) and path.is_file() else []
    if (
        not isinstance(new, dict)
        or new.get("runs", [])[:-1] != kept
        or form.validate(kinds.SEARCH.model, yamlfile.read(after), "")[1]
    ):
        raise IntakeError(f"{path_of(kinds.SEARCH, run)} cannot be added to: write its runs as a list, one '- ' each")
    return after


def _indent_of_runs(text: str) -> str:
    line = next((line for line in text.splitlines() if line.lstrip().startswith("- ")), "")
    return line[: len(line) - len(line.lstrip())]


def _checked(kind: kinds.Kind, key: str, content: dict[str, object]) -> bytes:
    """Return a record as it is written, sure that it reads back without a problem."""
    text = f"# yaml-language-server: $schema=../schema/{kind.name}.schema.json\n{yamlfile.dump(content)}"
    _, problems = form.validate(kind.model, yamlfile.read(text.encode()), path_of(kind, key))
    if problems:
        raise IntakeError(f"{path_of(kind, key)}  {problems[0].field}: {problems[0].message}")
    return text.encode()
