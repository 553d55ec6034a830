"""What a registry says today -> the file of its trial, brought up to date without touching what a person wrote.

A new status is a new line; what is missing is filled in with a quote of the registry; what the program wrote itself
follows the registry. A value that a person wrote stays: where the registry disagrees, that becomes a discrepancy, once.
Nothing is ever emptied. Groups, outcomes, the study, notes and open questions are left to people. Writes no file.
"""

import datetime as dt
import unicodedata
from dataclasses import dataclass

from generator.model.registry_record import RegistryRecord
from generator.model.report import Quote
from generator.records.rules.facts import BASE_REVIEW
from generator.records.rules.people import NIGHTLY
from generator.records.yamledit import EditError
from generator.records.yamlspelling import Data
from generator.surveillance.updating.registry_facts import Fact, Value, facts, one_line, shown, stating
from generator.surveillance.updating.trial_file import NOT_REPORTED, Origin, TrialFile

_ONLY_FILLED = frozenset({"intervention"})
"""People describe it in their own words; what is there is neither changed nor compared."""
_NEVER_COMPARED = frozenset({("dates", "last_update")})
"""It changes with every look, and the status history says it."""


@dataclass(frozen=True)
class Updated:
    """A file brought up to date."""

    text: str
    changes: tuple[str, ...] = ()
    """What changed, each in a few words."""
    differences: tuple[str, ...] = ()
    """What the registry says otherwise than the file, where that was not on record yet."""


def update(text: str, path: str, record: RegistryRecord, *, is_home: bool, on: dt.date) -> Updated:
    """Return the text of a trial's file with what a registry says of it on a day.

    Args:
        text: the file.
        path: its path; its name is the trial's registration.
        record: what was read.
        is_home: whether it was read in the registry that the file is named after. That registry beats every other
            source: once the program has read it, a copy only fills in what is missing.
        on: the day of the look. A look earlier than one on record only fills in what is missing.

    A file written so that it cannot be changed in one place alone is returned as it was, and `differences` says so.
    """
    try:
        updating = _Updating(TrialFile(text, path), record, is_home=is_home, on=on)
        updating.update()
    except EditError as error:
        return Updated(text, (), (f"the file was left as it is, because it cannot be changed by program: {error}",))
    return Updated(updating.file.text, tuple(updating.changes), tuple(updating.differences))


class _Updating:
    """One look at one registration."""

    def __init__(self, file: TrialFile, record: RegistryRecord, *, is_home: bool, on: dt.date) -> None:
        self.file = file
        self.changes: list[str] = []
        self.differences: list[str] = []
        self._record = record
        self._is_home = is_home
        self._on = on
        self._origin = Origin(record.registration, not record.home, on)
        lines = file.trial.status_history
        self._people = [line for line in lines if line.by not in (BASE_REVIEW, NIGHTLY) and not line.source]
        home_looks = [line for line in lines if line.by == NIGHTLY and not line.source]
        self._outranked = not is_home and bool(home_looks or file.is_read_at_home())
        self._is_late = on < file.last_look()

    def update(self) -> None:
        """Bring the file up to date."""
        self._status()
        for field, found in facts(self._record, is_home=self._is_home).items():
            self._field(field, found)
        self._secondary_ids()
        self._results()

    def _status(self) -> None:
        record, lines = self._record, self.file.trial.status_history
        if self._outranked or self._is_late:
            return
        known = max((line.registry_updated or "" for line in lines), default="")
        news = record.status is not lines[-1].status or _is_later(record.registry_updated, known)
        if not self._is_home:
            news = _is_later(record.registry_updated, self._known_until())
        if news and record.status:
            line = {"seen": self._on.isoformat(), "status": record.status.value}
            words = one_line(record.status_as_printed)
            line |= {"as_printed": words} if words else {}
            line |= {"registry_updated": record.registry_updated} if record.registry_updated else {}
            line["by"] = NIGHTLY
            if not self._is_home:
                line["source"] = self.file.new_quote("status", stating("status", words or record.status), self._origin)
            self.file.append(("status_history",), line)
            updated = f", changed in the registry on {record.registry_updated}" if record.registry_updated else ""
            self.changes.append(f"status {record.status}{updated}")
        elif news and record.status_as_printed:
            words = one_line(record.status_as_printed)
            newest = lines[-1].status
            what = f"gives the status “{words}”, which the common vocabulary does not hold; this file says {newest}."
            self._differ("status", stating("status", words), what)

    def _known_until(self) -> str:
        """Return the day up to which the state of the registration is known."""
        return max(
            line.registry_updated or "" if line.by == NIGHTLY else max(line.registry_updated or "", str(line.seen))
            for line in self.file.trial.status_history
        )

    def _field(self, field: str, found: tuple[Fact, ...]) -> None:
        """Fill in, follow or compare the facts of one field."""
        ours = self.file.quotes_of(field)
        is_ours = bool(ours) and set(ours) == set(self.file.sources(field))
        new, confirmed = [], []
        for fact in found:
            held = _alike(self.file.held(fact.place), fact.value)
            stated = is_ours and self.file.is_stated(fact.place, ours, held)
            if not held or (held == NOT_REPORTED and self.file.may_replace_nothing(field, self._people)):
                new.append(fact)
                self.changes.append(f"{'.'.join(map(str, fact.place))}: {shown(fact.value)}, which was missing")
            elif held == fact.value:
                if stated and self._is_home and not self._is_stated_at_home(fact, ours):
                    confirmed.append(fact)
            elif stated:
                if not (self._outranked or self._is_late or field in _ONLY_FILLED):
                    new.append(fact)
                    self.changes.append(f"{'.'.join(map(str, fact.place))}: {shown(held)} -> {shown(fact.value)}")
            elif not _agree(fact, held):
                self._disagree(field, fact, held)
            if field == "enrolment" and fact.name == "n" and fact not in new and held != fact.value:
                break  # planned or counted is said of the registry's number, not of the one on file
        self._write(field, new)
        if new or confirmed:
            self.file.quote(field, [*new, *confirmed], self._origin)

    def _write(self, field: str, new: list[Fact]) -> None:
        if new and len(new[0].place) > 1 and getattr(self.file.trial, field) is None:
            has_all = field != "enrolment" or any(fact.name == "kind" for fact in new)
            needed: dict[str, Data] = {} if has_all else {"kind": NOT_REPORTED}
            self.file.put((field,), {fact.name: _data(fact) for fact in new} | needed)
            return
        for fact in new:
            self.file.put(fact.place, _data(fact))

    def _is_stated_at_home(self, fact: Fact, ours: dict[str, Quote]) -> bool:
        at_home = {key: quote for key, quote in ours.items() if self._origin.wrote(quote)}
        return self.file.is_stated(fact.place, at_home, fact.value)

    def _disagree(self, field: str, fact: Fact, held: Value) -> None:
        if fact.place in _NEVER_COMPARED or field in _ONLY_FILLED:
            return
        words = " ".join(map(str, fact.place)).replace("_", " ")
        self._differ(field, fact.statement, f"gives “{shown(fact.value)}” as {words}; this file says “{shown(held)}”.")

    def _differ(self, field: str, statement: str, what: str) -> None:
        """Record that the registry says otherwise, unless the file may know better than this look."""
        if self._is_late or self._outranked:
            return
        if not self._is_home and (self._people or self._record.registry_updated < self._known_until()):
            return
        who = "The registry" if self._is_home else f"The registration {self._record.registration}"
        who = f"A copy of the registration {self._record.registration}" if self._origin.is_copy else who
        sentence = f"{who} (read {self._on}) {what}"
        if self.file.raise_discrepancy(field, statement, sentence, self._origin):
            self.differences.append(sentence)

    def _secondary_ids(self) -> None:
        record, held = self._record, {self.file.registration, *self.file.trial.secondary_ids}
        new = [one for one in dict.fromkeys([record.registration, *record.secondary_ids]) if one not in held]
        for one in new:
            self.file.append(("secondary_ids",), one)
            self.changes.append(f"secondary_ids: {one}, which was missing")
        if new:
            words = stating("secondary_ids", tuple(new))
            self.file.cite(("sources", "secondary_ids"), self.file.new_quote("secondary_ids", words, self._origin))

    def _results(self) -> None:
        held = self.file.trial.results
        if self._record.has_results is None or self._is_late or self._outranked or (held and held.checked > self._on):
            return
        if not self._record.has_results:
            if held and held.on_registry is True:
                statement = stating("results posted", "false")
                self._differ("results", statement, "shows no results; this file says that results are posted in it.")
            return
        if held and held.on_registry is True:
            return
        key = self.file.new_quote("results", stating("results posted", "true"), self._origin)
        if held is None:
            self.file.put(
                ("results",),
                {"on_registry": "true", "publication": NOT_REPORTED, "checked": str(self._on), "source": key},
            )
        else:
            self.file.put(("results", "on_registry"), "true")
            self.file.put(("results", "checked"), str(self._on))
            by_field = self.file.sources("results") and not held.source
            self.file.cite(("sources", "results") if by_field else ("results", "source"), key)
        self.changes.append("results: posted in the registry")


def _data(fact: Fact) -> Data:
    """Return a value as people write it: a single phase is no list."""
    if isinstance(fact.value, tuple) and len(fact.value) == 1 and fact.place == ("design", "phase"):
        return fact.value[0]
    return fact.value if isinstance(fact.value, str) else list(fact.value)


def _alike(held: Value | None, value: Value) -> Value:
    """Return what is held in the kind of the other value, where one text may stand for a list of one."""
    if held is None:
        return ""
    return (held,) if isinstance(held, str) and isinstance(value, tuple) else held


def _agree(fact: Fact, held: Value) -> bool:
    """Return whether two values say the same: case and order aside, a date as far as both know it."""
    if isinstance(held, str) and isinstance(fact.value, str):
        if fact.place[0] == "dates":
            return held.startswith(fact.value) or fact.value.startswith(held)
        return _folded(held) == _folded(fact.value)
    return sorted(map(_folded, held)) == sorted(map(_folded, fact.value))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(".")


def _is_later(date: str, known: str) -> bool:
    """Return whether a partial date is surely later than another, and not only more exact."""
    return date > known and not (known and date.startswith(known))
