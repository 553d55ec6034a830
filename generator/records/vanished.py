"""Candidates whose file went and whose record was nowhere then: neither settled, nor renamed, nor merged into another.

A record is still there where a file has its id, or an identifier or the title that it had. `linked` and
`possible_duplicates` do not count: they name another document, or one that nobody has judged. Knows no git.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.model import records as kinds
from generator.model.records import FOLDER, Kind, kind_of, record_id
from generator.model.values import Missing
from generator.problems import Problem
from generator.records.dated import ZONES

RULE = "found-stays-on-record"
_HINT = (
    "What was found stays on record. Bring the file back and decide on it. Of two records of one document keep one, "
    "with each `found` and every identifier of both."
)
_IDENTIFIERS = frozenset(
    {"doi", "pmid", "pmcid", "openalex", "registration", "aliases", "accession", "url", "secondary_ids"}
)
HOLDING = frozenset({kinds.STUDY, kinds.EXCLUSION, kinds.TRIAL, kinds.CANDIDATE, kinds.SCREENED})
"""Kinds of file that a record may be in."""
_BETWEEN = re.compile(r"[\W_]+")


@dataclass
class Whereabouts:
    """The records through time: `take` is told of every file of a step, then `end_step` of the step."""

    _names: dict[str, frozenset[str]] = field(default_factory=dict)
    """By path: what the records there may be known by."""
    _came: dict[str, dt.date] = field(default_factory=dict)
    """By path of a candidate: the day of the first step that had it."""
    _going: dict[str, frozenset[str]] = field(default_factory=dict)
    """Candidates that the step removes, with what they may be known by."""
    _gone: dict[str, tuple[frozenset[str], str]] = field(default_factory=dict)
    """Candidates that went and were nowhere then, each with the step that removed it."""

    def take(self, path: str, data: object, on: dt.date) -> None:
        """Take over a file below `studies/` as plain data, as a step of this day saved it; None when it removed it."""
        kind = kind_of(path)
        if data is None:
            before = self._names.pop(path, None)
            if kind is kinds.CANDIDATE and before is not None:
                self._going[path] = before
        elif kind and kind in HOLDING:
            self._names[path] = frozenset(names_of(kind, record_id(kind, path), data))
            self._gone.pop(path, None)
            if kind is kinds.CANDIDATE:
                self._came.setdefault(path, on)

    def end_step(self, step: str, on: dt.date) -> None:
        """Note which candidates went in a step that are nowhere after it; one of the day before may be taken back."""
        for path, names in self._going.items():
            if on > self._came[path] + ZONES and self._are_nowhere(names):
                self._gone[path] = names, step
        self._going.clear()

    def problems(self) -> Iterator[Problem]:
        """Yield the candidates that went and have not come back anywhere."""
        for path, (names, step) in sorted(self._gone.items()):
            if self._are_nowhere(names):
                message = f"expected this candidate, or its record elsewhere, found that {step} removed it"
                yield Problem(f"{FOLDER}/{path}", (), message, _HINT, rule=RULE)

    def _are_nowhere(self, names: frozenset[str]) -> bool:
        return all(names.isdisjoint(others) for others in self._names.values())


def names_of(kind: Kind, identifier: str, data: object) -> Iterator[str]:
    """Yield what the records of a file may be known by, in one spelling for file names and identifiers.

    `data` is what the file says, as plain data. A year of the ledger itself is no record.
    """
    if kind is not kinds.SCREENED:
        yield _spelled(identifier)
    for name, value in _texts(data):
        is_name = name in _IDENTIFIERS or name in ("title", "registrations.id")
        if is_name and value != Missing.NOT_REPORTED.value and (spelled := _spelled(value)):
            yield spelled


def _texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text below a value with the field that it stands in."""
    if isinstance(value, Mapping):
        for one, inner in value.items():
            yield from _texts(inner, f"{name}.{one}" if name == "registrations" else str(one))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name)
    elif isinstance(value, str):
        yield name, value


def _spelled(name: str) -> str:
    return _BETWEEN.sub("-", name.casefold()).strip("-")
