"""Which files change when decided candidates move, and why one stays. Writes nothing."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.identifiers import file_name
from generator.keeping.settling.comments import comments_of_people
from generator.keeping.settling.drafts import draft, text_of
from generator.keeping.settling.ledger import Line, line_of, with_lines
from generator.keeping.settling.references import renamed, value_at
from generator.model import records as kinds
from generator.model.decision import Candidate, Outcome, Stage
from generator.model.protocol import Protocol
from generator.model.records import FOLDER, Kind, Records, kind_of, path_of, record_id
from generator.problems import Level, Place, Problem
from generator.records import form, rules, yamlfile
from generator.records.store import FIELDS, MAX_LEDGER_BYTES


class SettlingError(Exception):
    """The records would have errors afterwards, or a file cannot be changed; nothing has changed."""


@dataclass(frozen=True)
class Move:
    """A candidate and where its decision puts it."""

    key: str
    title: str
    kind: Kind
    identifier: str
    """Its id there: a trial's is its registration, a study's has small letters, a screened line's is its year."""

    @property
    def path(self) -> str:
        """The file it moves to."""
        return path_of(self.kind, self.identifier)


@dataclass(frozen=True)
class Settled:
    """What settling would change, and what it leaves alone."""

    moves: tuple[Move, ...]
    files: Mapping[str, bytes]
    """New and changed files by their path below `studies/`."""
    removed: tuple[str, ...]
    refused: tuple[Problem, ...]
    """Why a candidate that is decided stays."""
    to_read: tuple[str, ...]
    """Candidates included on title and abstract, which stay until they have been read in full."""


def settle(records: Records, protocol: Protocol, root: Path, today: dt.date, written: Collection[str]) -> Settled:
    """Return what changes when every decided candidate moves to where its decision says.

    `records` have no errors. `written` are comments that the project itself writes into candidates. A candidate whose
    new record would break a rule stays, and is named with the reason.
    Raises `SettlingError` or `LedgerError` when nothing can be settled.
    """
    planning = _Planning(records, protocol, root, today, written)
    moves = {key: _move(key, one) for key, one in sorted(records.candidates.items()) if one.is_settled}
    refused = [problem for key, move in moves.items() for problem in _not_told(move, records.candidates[key])]
    stay = {problem.path for problem in refused}
    while True:
        going = [move for key, move in moves.items() if path_of(kinds.CANDIDATE, key) not in stay]
        files, removed = planning.files(going)
        wrong = _errors(records, files, removed)
        guilty = {problem.path for problem in wrong} & {move.path for move in going}
        if not wrong:
            break
        if not guilty:
            raise SettlingError(f"{wrong[0].path}  {wrong[0].field}: {wrong[0].message}")
        refused += [_blamed(move, wrong) for move in going if move.path in guilty]
        stay |= {path_of(kinds.CANDIDATE, move.key) for move in going if move.path in guilty}
    to_read = tuple(
        key
        for key, one in sorted(records.candidates.items())
        if one.decision and one.decision.outcome is Outcome.INCLUDE and not one.is_settled
    )
    return Settled(tuple(going), files, removed, tuple(refused), to_read)


def _move(key: str, candidate: Candidate) -> Move:
    decision = candidate.decision
    if decision and decision.outcome is Outcome.EXCLUDE and decision.stage is Stage.TITLE_ABSTRACT:
        return Move(key, candidate.title, kinds.SCREENED, f"{decision.on.year:04}")
    if decision and decision.outcome is Outcome.EXCLUDE:
        return Move(key, candidate.title, kinds.EXCLUSION, key.lower())
    if candidate.is_registration:
        return Move(key, candidate.title, kinds.TRIAL, file_name(candidate.identifiers.registration or ""))
    return Move(key, candidate.title, kinds.STUDY, key.lower())


def _not_told(move: Move, candidate: Candidate) -> Iterable[Problem]:
    """Yield what a trial's file needs and the candidate's does not say."""
    if move.kind is kinds.TRIAL and candidate.registry_status is None:
        yield Problem(
            path_of(kinds.CANDIDATE, move.key),
            ("decision", "outcome"),
            "expected `registry_status` beside a decision to include a trial, found none",
            "Write `registry_status: {seen: <day>, status: <status>, by: <your-id>}` as its registry shows it.",
        )


def _blamed(move: Move, wrong: Iterable[Problem]) -> Problem:
    """Return why a candidate stays, at its own file."""
    one = next(problem for problem in wrong if problem.path == move.path)
    message = f"expected a record that can become {move.path}; there, {one.field or 'the file'}: {one.message}"
    return Problem(path_of(kinds.CANDIDATE, move.key), ("decision",), message, one.hint)


@dataclass(frozen=True)
class _Planning:
    """What the files of a settlement are made from."""

    records: Records
    protocol: Protocol
    root: Path
    today: dt.date
    written: Collection[str]

    def files(self, moves: Collection[Move]) -> tuple[dict[str, bytes], tuple[str, ...]]:
        """Return the files that change and those that go, by their paths below `studies/`."""
        names: dict[str, str] = {}
        lines: dict[str, list[Line]] = {}
        for move in moves:
            if move.kind is kinds.SCREENED:
                line = line_of(self.records.candidates[move.key], self.today, self._comments(move.key))
                lines.setdefault(move.identifier, []).append(line)
                names[move.key] = line.name
            else:
                names[move.key] = move.identifier
        files = {
            _below(path_of(kinds.SCREENED, year)): with_lines(self._raw(path_of(kinds.SCREENED, year)), year, added)
            for year, added in lines.items()
        }
        files |= {_below(move.path): self._draft(move, names) for move in moves if move.kind is not kinds.SCREENED}
        gone = {move.key for move in moves}
        changed = {old: new for old, new in names.items() if old != new}
        files |= self._pointing(changed, gone)
        files |= self._conflicts({move.key: move.identifier for move in moves if move.kind is not kinds.SCREENED})
        return files, tuple(_below(path_of(kinds.CANDIDATE, key)) for key in sorted(gone))

    def _draft(self, move: Move, names: Mapping[str, str]) -> bytes:
        before = self.records.candidates[move.key]
        pointing = {
            field: tuple(names.get(one, one) for one in getattr(before, field))
            for field in ("linked", "possible_duplicates")
            if getattr(before, field)
        }
        candidate = before.having(**pointing)
        decision = candidate.decision
        on = max(self.today, decision.on) if decision else self.today
        people = {person.id: person.name for person in self.protocol.people}
        fields = draft(move.kind, move.identifier, candidate, on, people)
        return text_of(move.kind, fields, candidate, self._comments(move.key)).encode()

    def _pointing(self, changed: Mapping[str, str], gone: Collection[str]) -> dict[str, bytes]:
        """Return the candidates that name a record by what it is no longer called."""
        files = {}
        for key, candidate in self.records.candidates.items():
            spots: dict[Place, tuple[str, str]] = {
                (field, index): (one, changed[one])
                for field in ("linked", "possible_duplicates")
                for index, one in enumerate(getattr(candidate, field))
                if one in changed
            }
            if spots and key not in gone:
                path = path_of(kinds.CANDIDATE, key)
                files[_below(path)] = renamed((self.root / path).read_bytes(), spots)
        return files

    def _conflicts(self, identifiers: Mapping[str, str]) -> dict[str, bytes]:
        """Return the protocol, when somebody may not decide on a record that has another id now."""
        raw = self._raw(path_of(kinds.PROTOCOL)) or b""
        spots: dict[Place, tuple[str, str]] = {}
        for person, one in enumerate(self.protocol.people):
            place: Place = ("people", person, "conflicted_with")
            for index, name in enumerate(one.conflicted_with):
                if identifiers.get(name, name) != name:
                    alone = isinstance(value_at(raw, place), str)
                    spots[place if alone else (*place, index)] = (name, identifiers[name])
        return {_below(path_of(kinds.PROTOCOL)): renamed(raw, spots)} if spots else {}

    def _comments(self, key: str) -> list[str]:
        return comments_of_people(self._raw(path_of(kinds.CANDIDATE, key)) or b"", self.written)

    def _raw(self, path: str) -> bytes | None:
        file = self.root / path
        return file.read_bytes() if file.is_file() else None


def _below(path: str) -> str:
    return path.removeprefix(f"{FOLDER}/")


def _errors(records: Records, files: Mapping[str, bytes], removed: Iterable[str]) -> list[Problem]:
    """Return the errors that the records would have afterwards."""
    after: dict[str, Any] = {
        name: dict(value) for name in FIELDS.values() if isinstance(value := getattr(records, name), dict)
    }
    wrong: list[Problem] = []
    for path in removed:
        kind = kind_of(path)
        if kind:
            del after[FIELDS[kind]][record_id(kind, path)]
    for path, raw in files.items():
        kind = kind_of(path)
        if kind is None:
            wrong.append(Problem(f"{FOLDER}/{path}", (), "expected a file name that is an id, found another"))
            continue
        record, problems = form.validate(kind.model, yamlfile.read(raw, MAX_LEDGER_BYTES), f"{FOLDER}/{path}")
        wrong += problems
        if kind is kinds.PROTOCOL:
            after[FIELDS[kind]] = record
        else:
            after[FIELDS[kind]][record_id(kind, path)] = record
    if wrong:
        return wrong
    found = rules.find_problems(replace(records, **after))
    return [problem for problem in found if problem.level is Level.ERROR]
