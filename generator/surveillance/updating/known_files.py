"""What a search says of records the review has already: candidates found again, trials whose registry moved on.

Decides which files change and leaves how to `found_again` and `trial_updates`. Writes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.identifiers import from_file_name
from generator.model import records as kinds
from generator.model.records import FOLDER, Records, path_of
from generator.model.registry_record import RegistryRecord
from generator.model.source_record import SourceRecord
from generator.records.yamledit import EditError
from generator.surveillance.arriving.known import known_records
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.updating.found_again import add_found, lacking
from generator.surveillance.updating.trial_updates import update


@dataclass(frozen=True)
class Updated:
    """Changed files of known records."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """By path below `studies/`."""
    changes: tuple[str, ...] = ()
    """What changed, in sentences."""
    differences: tuple[str, ...] = ()
    """Where a registry and what a person wrote disagree, in sentences; the file keeps what the person wrote."""


def update_known(
    root: Path,
    records: Records,
    seen: Iterable[SourceRecord],
    known: Mapping[SourceRecord, tuple[str, ...]],
    occasion: Occasion,
) -> Updated:
    """Return the files that change because a search returned what the review knows.

    `known` names what each record is the same as. A trial is brought up to date by its own registry first, then by
    platforms that copy registries.
    """
    texts = _Texts(root)
    changes: list[str] = []
    differences: list[str] = []
    all_seen = list(dict.fromkeys(seen))
    taken = set(_identifiers(one for _, one in known_records(records)))
    for record in all_seen:
        for key in known.get(record, ()):
            candidate = records.candidates.get(key)
            if candidate:
                path = path_of(kinds.CANDIDATE, key)
                try:
                    texts.put(path, add_found(texts.get(path), candidate, record, occasion, taken))
                    taken |= {identifier for _, identifier in lacking(candidate, record, taken)}
                except EditError as error:
                    differences.append(f"{key}: {record.source} returned it, which its file cannot be told: {error}")
    taken |= set(_identifiers(all_seen))
    trials = _trials_by_registration(records)
    for trial in sorted(_registered(all_seen, trials), key=lambda one: not _is_home(one, trials)):
        key = trials[trial.registration]
        path = path_of(kinds.TRIAL, key)
        new = replace(trial, secondary_ids=tuple(one for one in trial.secondary_ids if one not in taken))
        taken |= set(new.secondary_ids)
        updated = update(texts.get(path), path, new, is_home=_is_home(trial, trials), on=occasion.on)
        texts.put(path, updated.text)
        changes += [f"{key}: {change}" for change in updated.changes]
        differences += [f"{key}: {difference}" for difference in updated.differences]
    return Updated(texts.changed(), tuple(dict.fromkeys(changes)), tuple(dict.fromkeys(differences)))


def _identifiers(records: Iterable[SourceRecord]) -> Iterator[str]:
    """Yield the identifiers that lead to a record; each may stand in one file only."""
    for record in records:
        found = (record.doi, record.pmid, record.pmcid, record.openalex, record.registration)
        yield from (identifier for identifier in found if identifier)


def _registered(records: Iterable[SourceRecord], trials: Mapping[str, str]) -> Iterator[RegistryRecord]:
    """Yield what registries say of trials that have a file."""
    for record in records:
        if record.trial and record.trial.registration in trials:
            yield record.trial


def _trials_by_registration(records: Records) -> dict[str, str]:
    """Return the file of a trial by every registration it has."""
    found = {}
    for key, trial in records.trials.items():
        for registration in (*trial.secondary_ids, from_file_name(key) or ""):
            found[registration] = key
    return found


def _is_home(trial: RegistryRecord, trials: Mapping[str, str]) -> bool:
    """Return whether the record comes from the registry that the trial's file is named after."""
    return trial.home and from_file_name(trials[trial.registration]) == trial.registration


class _Texts:
    """The files as they are so far, so that two records may change one file."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._before: dict[str, str] = {}
        self._now: dict[str, str] = {}

    def get(self, path: str) -> str:
        if path not in self._now:
            self._before[path] = self._now[path] = (self._root / path).read_bytes().decode("utf-8")
        return self._now[path]

    def put(self, path: str, text: str) -> None:
        self._now[path] = text

    def changed(self) -> dict[str, bytes]:
        return {
            path.removeprefix(f"{FOLDER}/"): text.encode()
            for path, text in sorted(self._now.items())
            if text != self._before[path]
        }
