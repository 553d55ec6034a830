"""A trial's file while it is brought up to date: what stands in it, which words of a registry it rests on, how to add.

A quote that the program wrote has a key that begins with `registry-` and names a registration of the trial as its
report; `at` says whether the registry itself was read or a copy, and on which day. Decides nothing, writes no file.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.identifiers import file_name, from_file_name
from generator.model.registry_status import StatusSeen
from generator.model.report import Quote
from generator.model.trial import Enrolment, Trial, TrialDates, TrialDesign, TrialResults
from generator.model.values import Missing, Part
from generator.problems import Place
from generator.records import form, yamlfile
from generator.records.yamledit import EditError, append, put
from generator.records.yamlspelling import Data
from generator.surveillance.updating.registry_facts import STATEMENT_ENDS, Fact, Value, stating

NOT_REPORTED = Missing.NOT_REPORTED.value
_PARTS: dict[str, type[Part]] = {
    "design": TrialDesign,
    "enrolment": Enrolment,
    "dates": TrialDates,
    "results": TrialResults,
}
_ORDERS: dict[Place, tuple[str, ...]] = {(field,): tuple(part.model_fields) for field, part in _PARTS.items()} | {
    (): tuple(Trial.model_fields),
    ("sources",): tuple(Trial.model_fields),
}
_OURS = "registry-"
_SHORT = {"intervention": "given", "secondary_ids": "ids"}
"""Names of fields that would make the key of a quote too long."""
_LONGEST_KEY = 20
_READ = "record of the registry as read by program on"
_COPIED = "copy of the record on another platform as read by program on"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True)
class Origin:
    """Where and when a registration was read."""

    registration: str
    is_copy: bool
    on: dt.date

    @property
    def report(self) -> str:
        """The registration as a quote names it."""
        return file_name(self.registration).lower()

    @property
    def at(self) -> str:
        """Where a quote says that its words stand."""
        return f"{_COPIED if self.is_copy else _READ} {self.on}"

    def wrote(self, quote: Quote) -> bool:
        """Return whether a quote of the program's own was read in the same place, whenever that was."""
        return quote.report == self.report and _is_copy(quote) == self.is_copy


def _is_copy(quote: Quote) -> bool:
    return quote.at.startswith(_COPIED)


class TrialFile:
    """The text of a trial's file, and what it says at the moment."""

    def __init__(self, text: str, path: str) -> None:
        """Read a file. Raises `EditError` when it is not the file of a trial."""
        self.path = path
        self.key = path.rpartition("/")[2].removesuffix(".yml")
        self.registration = from_file_name(self.key) or self.key
        self._take(text)

    def _take(self, text: str) -> None:
        document = yamlfile.read(text.encode())
        trial, problems = form.validate(Trial, document, self.path)
        if trial is None:
            raise EditError(f"{problems[0].field}: {problems[0].message}")
        self.text, self.trial = text, trial
        self._data: Any = document.data

    def put(self, place: Place, value: Data) -> None:
        """Set a field; see `yamledit.put`."""
        self._take(put(self.text, place, value, _ORDERS))

    def append(self, place: Place, value: Data) -> None:
        """Add to a list; see `yamledit.append`."""
        self._take(append(self.text, place, value, _ORDERS))

    def held(self, place: Place) -> Value | None:
        """Return what stands at a place, as it is spelled; None when nothing does."""
        value = self._data
        for step in place:
            value = value.get(step) if isinstance(value, dict) else None
        if isinstance(value, list):
            return tuple(str(one) for one in value)
        return None if value is None or isinstance(value, dict) else str(value).strip()

    def sources(self, field: str) -> tuple[str, ...]:
        """Return the keys of the quotes that a field at the top rests on."""
        return self.trial.sources.get(field, ())

    def own_quotes(self) -> Iterator[tuple[str, Quote]]:
        """Yield the quotes that the program wrote, with their keys."""
        known = {file_name(one).lower() for one in (self.registration, *self.trial.secondary_ids)}
        yield from (
            (key, quote) for key, quote in self.trial.quotes.items() if key.startswith(_OURS) and quote.report in known
        )

    def quotes_of(self, field: str) -> dict[str, Quote]:
        """Return the quotes that the program wrote for a field at the top."""
        return {key: quote for key, quote in self.own_quotes() if key in self.sources(field)}

    def is_stated(self, place: Place, quotes: dict[str, Quote], held: Value | None) -> bool:
        """Return whether one of the quotes states what stands at a place: then the program wrote it."""
        return held is not None and any(_states(quote, stating(str(place[-1]), held)) for quote in quotes.values())

    def last_look(self) -> dt.date:
        """Return the last day on which anybody, or the program, is known to have looked."""
        days = [_DAY.search(quote.at) for _, quote in self.own_quotes()]
        seen = [dt.date.fromisoformat(day[0]) for day in days if day]
        return max([*seen, self.trial.status_history[-1].seen])

    def is_read_at_home(self) -> bool:
        """Return whether the program has ever read the trial's own registry."""
        home = Origin(self.registration, is_copy=False, on=dt.date.min)
        return any(home.wrote(quote) for _, quote in self.own_quotes())

    def quote(self, field: str, stated: list[Fact], origin: Origin) -> None:
        """Let a field rest on a quote that states facts, beside what the same quote stated before and is still so."""
        key = next((key for key, quote in self.quotes_of(field).items() if self._may_grow(key, quote, origin)), "")
        fresh = {fact.name for fact in stated}
        kept = list(self._kept(field, self.trial.quotes[key], fresh)) if key else []
        words = STATEMENT_ENDS.join([*kept, *(fact.statement for fact in stated)])
        if key:
            self.put(("quotes", key, "at"), origin.at)
            self.put(("quotes", key, "text"), words)
            return
        key = self.new_quote(field, words, origin)
        if self.sources(field):
            self.cite(("sources", field), key)
        else:
            self.put(("sources", field), key)

    def cite(self, place: Place, key: str) -> None:
        """Add a key to the sources at a place, which may be none, one, or a list."""
        held = self.held(place)
        if isinstance(held, str):
            self.put(place, [held, key])
        elif held:
            self.append(place, key)
        else:
            self.put(place, key)

    def _may_grow(self, key: str, quote: Quote, origin: Origin) -> bool:
        cited = {one for discrepancy in self.trial.discrepancies for one in discrepancy.source or ()}
        return origin.wrote(quote) and key not in cited

    def _kept(self, field: str, quote: Quote, fresh: set[str]) -> Iterator[str]:
        part = _PARTS.get(field)
        places: list[Place] = [(field, name) for name in part.model_fields] if part else [(field,)]
        for place in places:
            held = self.held(place)
            if held is not None and place[-1] not in fresh and _states(quote, stating(str(place[-1]), held)):
                yield stating(str(place[-1]), held)

    def new_quote(self, field: str, words: str, origin: Origin) -> str:
        """Add a quote and return its key."""
        stem = f"{_OURS}{_SHORT.get(field, field)}"
        ends = ["", *(f"-{number}" for number in range(2, len(self.trial.quotes) + 3))]
        keys = (f"{stem[: _LONGEST_KEY - len(end)].rstrip('-')}{end}" for end in ends)
        key = next(key for key in keys if key not in self.trial.quotes)
        self.put(("quotes", key), {"report": origin.report, "at": origin.at, "text": words})
        return key

    def raise_discrepancy(self, field: str, statement: str, what: str, origin: Origin) -> bool:
        """Add a discrepancy about what a registry states, and return True; one about the same words is not repeated."""
        own = dict(self.own_quotes())
        for discrepancy in self.trial.discrepancies:
            cited = [own[key] for key in discrepancy.source or () if key in own]
            if any(quote.text == statement for quote in cited):
                return False
        key = self.new_quote(field, statement, origin)
        fields = {"what": what, "severity": "minor", "status": "open", "source": [key]}
        self.append(("discrepancies",), fields)
        return True

    def may_replace_nothing(self, field: str, people: list[StatusSeen]) -> bool:
        """Return whether an `NR` says only that a document does not print it: nobody has read the registry for it.

        A document other than the registry is named as its source, or no person has read the registry at all.
        """
        return bool(self.sources(field)) or not people


def _states(quote: Quote, statement: str) -> bool:
    return f"{STATEMENT_ENDS}{statement}{STATEMENT_ENDS}" in f"{STATEMENT_ENDS}{quote.text}{STATEMENT_ENDS}"
