"""Whether the dated facts of the records agree with when they were saved: the past of `studies/` as a check of them.

Nothing is dated after the day on which it was saved; a line of a history, once saved, stays as it was; no candidate
vanishes; and what was saved long after its day is listed, because subscribers would be told of it as old news. Knows no
git: whoever does brings one commit after the other.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from generator.model import records as kinds
from generator.model.records import FOLDER, kind_of
from generator.problems import Level, Problem
from generator.records import yamlfile
from generator.records.dated import ZONES, DatedFact, DatedLine, dated_facts, dated_lines, owner_of
from generator.records.store import MAX_LEDGER_BYTES
from generator.records.vanished import Whereabouts

LATE = dt.timedelta(days=30)
"""How long a fact may wait to be saved before it is listed: a pull request stays open that long."""
RULE = "saved-as-it-is-dated"
_WORDS = frozenset(
    {
        "note",
        "what",
        "why",
        "text",
        "title",
        "sections",
        "rests_on",
        "trigger",
        "results_changes",
        "methods_changes",
        "as_printed",
        "source",
    }
)
"""Fields of a line that say the same in other words when they change; all others say something else."""
_HINT = (
    "Histories only grow. Bring the line back as it stood (git show {commit}:{path}); tell a correction as a new line."
)
_REPLACED = {
    "decisions": "A decision that is replaced is kept: copy the old one (git show {commit}:{path}) to the end of "
    "`earlier_decisions`."
}


@dataclass(frozen=True)
class Saving:
    """One commit; without a name, what is in no commit yet."""

    commit: str
    on: dt.date

    def __str__(self) -> str:
        """Name it in a sentence."""
        return f"commit {self.commit[:10]} of {self.on}" if self.commit else f"no commit yet, on {self.on}"


@dataclass
class _Kept:
    """A line that was saved."""

    line: DatedLine
    path: str
    first: Saving
    instead_of: frozenset[tuple[str, str]] = frozenset()
    """The lines that went in the step that brought this one: what it may be an alteration of."""
    gone: Saving | None = None
    back: Saving | None = None
    """The step that brought it back after it had gone."""


@dataclass
class Past:
    """The record files through time; `save` is told of every commit, oldest first, then `problems` are asked for."""

    files: dict[str, bytes] = field(default_factory=dict)
    """The files below `studies/` as they were saved last."""
    n_savings: int = 0
    """Commits that have been taken over."""
    _first: dict[tuple[str, str, dt.date], Saving] = field(default_factory=dict)
    _standing: dict[str, dict[str, set[tuple[str, str]]]] = field(default_factory=dict)
    """By owner and path: the lines there, each as its list and what it says."""
    _kept: dict[tuple[str, str, str], _Kept] = field(default_factory=dict)
    _left: dict[str, str] = field(default_factory=dict)
    """By owner: the path that it was removed from last."""
    _whereabouts: Whereabouts = field(default_factory=Whereabouts)

    def save(self, saving: Saving, changed: Mapping[str, bytes | None]) -> None:
        """Take over the files below `studies/` that a commit wrote; None for one that it removed."""
        self.n_savings += bool(saving.commit)
        before: dict[str, set[tuple[str, str]]] = {}
        for path, raw in changed.items():
            owner = owner_of(path)
            if owner:
                before.setdefault(owner, self._lines_of(owner))
                self._take(owner, path, raw, saving)
        self._whereabouts.end_step(str(saving), saving.on)
        for owner, lines in before.items():
            now = self._lines_of(owner)
            for one in lines - now:
                self._kept[owner, *one].gone = saving
            for one in now - lines:
                kept = self._kept[owner, *one]
                if kept.gone:
                    kept.gone, kept.back = None, saving
                elif kept.first is saving:
                    kept.instead_of = frozenset(lines - now)

    def problems(self, today: dt.date) -> list[Problem]:
        """Return what does not agree, for the files as they were saved last."""
        found = [problem for path, raw in sorted(self.files.items()) for problem in self._dates(path, raw, today)]
        return [*found, *self._altered(), *self._whereabouts.problems()]

    def _take(self, owner: str, path: str, raw: bytes | None, saving: Saving) -> None:
        lines = self._standing.setdefault(owner, {})
        if raw is None:
            self.files.pop(path, None)
            lines.pop(path, None)
            self._whereabouts.take(path, None, saving.on)
            self._left[owner] = path
            return
        self.files[path] = raw
        data = _data(path, raw)
        if data is None:  # saved while it could not be read: it said nothing then
            return
        self._whereabouts.take(path, data, saving.on)
        for fact in dated_facts(path, data):
            self._first.setdefault((owner, fact.name, fact.on), saving)
        lines[path] = set()
        for line in dated_lines(path, data):
            lines[path].add((line.name, line.fields))
            self._kept.setdefault((owner, line.name, line.fields), _Kept(line, path, saving))

    def _lines_of(self, owner: str) -> set[tuple[str, str]]:
        return set().union(*self._standing.get(owner, {}).values())

    def _dates(self, path: str, raw: bytes, today: dt.date) -> Iterator[Problem]:
        """Yield the facts of a file that are dated after they were saved, and the first of those saved late."""
        late: list[tuple[DatedFact, Saving]] = []
        for fact in dated_facts(path, _data(path, raw)):
            first = self._first.get((owner_of(path), fact.name, fact.on), Saving("", today))
            if fact.on > first.on + ZONES:
                message = f"expected a day up to {first.on}, because it was saved by {first}, found {fact.on}"
                hint = "A fact is dated with the day on which it became part of the records, never with one to come."
                yield Problem(f"{FOLDER}/{path}", fact.place, message, hint, rule=RULE)
            elif fact.is_news and first.on > fact.learned_on + LATE:
                late.append((fact, first))
        if late:
            fact, first = late[0]
            also = f", and {len(late) - 1} more of its days too" if len(late) > 1 else ""
            yield Problem(
                f"{FOLDER}/{path}",
                fact.place,
                f"expected a day near {first.on}, because it was saved by {first}, found {fact.on}: back-dated{also}",
                _hint_for(path, first),
                Level.WARNING,
                RULE,
            )

    def _altered(self) -> Iterator[Problem]:
        """Yield the lines that once stood and do not stand as they did; those mended within a day are excused."""
        gone_with_file: dict[str, tuple[int, Saving]] = {}
        same_lines = cache(self._by_key)
        for (owner, name, _), kept in self._kept.items():
            gone, first = kept.gone, kept.first
            if gone is None or gone.on <= first.on + ZONES or kept.line.on > first.on + ZONES:
                continue
            is_old = kept.line.on < first.on - ZONES  # a new fact is dated about the day on which it is saved
            if is_old and kept.instead_of and all(self._kept[owner, *one].back == gone for one in kept.instead_of):
                continue  # it was an alteration, and what it had altered was brought back
            standing = self._standing.get(owner, {})
            if not standing:
                path = self._left[owner]
                if kind_of(path) is not kinds.CANDIDATE:  # else a trial or the screened ledger has the decision
                    gone_with_file[path] = (gone_with_file.get(path, (0, gone))[0] + 1, gone)
            elif problem := _altered_line(kept, same_lines(owner, name, kept.line.key), gone):
                yield replace(problem, path=problem.path if kept.path in standing else f"{FOLDER}/{min(standing)}")
        for path, (n, gone) in gone_with_file.items():
            lines = "1 dated line" if n == 1 else f"{n} dated lines"
            message = f"expected this file with its {lines}, found that {gone} removed it"
            hint = "A record that leaves moves to another folder."
            if kind_of(path) is kinds.STUDY:
                hint = "Bring it back: a study that is taken out keeps its file, and ends its history with `removed`."
            yield Problem(f"{FOLDER}/{path}", (), message, hint, rule=RULE)

    def _by_key(self, owner: str, name: str, key: tuple[str, ...]) -> dict[str, list[dict[str, object]]]:
        """Return the lines of a list as they stand, by the fields that say which line is which."""
        found: dict[str, list[dict[str, object]]] = {}
        for lines in self._standing[owner].values():
            for said in (json.loads(fields) for list_, fields in lines if list_ == name):
                found.setdefault(_which(said, key), []).append(said)
        return found


def _which(said: Mapping[str, object], key: tuple[str, ...]) -> str:
    return json.dumps([said.get(field) for field in key], sort_keys=True)


def _altered_line(kept: _Kept, standing: Mapping[str, list[dict[str, object]]], gone: Saving) -> Problem | None:
    """Return what became of a line that does not stand as it did; None where it only says more."""
    said: dict[str, object] = json.loads(kept.line.fields)
    same = standing.get(_which(said, kept.line.key), [])
    differing = [[name for name in said if not _contains(other.get(name), said[name])] for other in same]
    if [] in differing:
        return None
    fields = min(differing, key=len, default=[])
    level = Level.WARNING if fields and _WORDS.issuperset(fields) else Level.ERROR
    became = f"found another `{'`, `'.join(fields)}`" if fields else "found none like it"
    return Problem(
        f"{FOLDER}/{kept.path}",
        (kept.line.name,),
        f"expected the line of {kept.line.on} as {kept.first} saved it, {became} since {gone}",
        _REPLACED.get(kept.line.name, _HINT).format(commit=kept.first.commit[:10], path=f"{FOLDER}/{kept.path}"),
        level,
        RULE,
    )


def _contains(now: object, before: object) -> bool:
    """Return whether a value says all that it said before; what was added is no alteration."""
    if isinstance(before, dict) and isinstance(now, dict):
        return all(_contains(now.get(name), value) for name, value in before.items())
    return now == before


def _hint_for(path: str, first: Saving) -> str:
    """Return what a person can do about days that were saved late."""
    kind = kind_of(path)
    if kind in (kinds.STUDY, kinds.EXCLUSION):
        mend = f"write `known_on: {first.on}` in it: what is dated earlier is then told as one digest on that day."
    elif kind is kinds.TRIAL:
        mend = (
            "`known_on` is the day on which the trial became part of this review; beside a later look, write its own;"
            " a decision to take it out has the day on which it was taken here."
        )
    elif kind in (kinds.CANDIDATE, kinds.SEARCH):
        mend = f"write `known_on: {first.on}` beside it: it is then news on that day."
    else:
        mend = "give the day on which it became part of this review."
    return f"While nobody has been told, {mend} Once it was published, leave it: what was told keeps its day."


def _data(path: str, raw: bytes) -> object:
    kind = kind_of(path)
    document = yamlfile.read(raw, MAX_LEDGER_BYTES if kind is kinds.SCREENED else yamlfile.MAX_BYTES)
    return None if document.faults else document.data
