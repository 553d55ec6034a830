"""What the review knows of an identifier: where its record stands, since when and why. Compares identifiers alone."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from generator.model.decision import Candidate, Decision, Outcome, RecordIdentifiers, ScreenedRecord
from generator.model.records import Records
from generator.model.report import Report
from generator.model.study import Exclusion, Study
from generator.review.changes.change import place_text
from generator.review.living import first_found_on
from generator.review.places import place_of, site_address
from generator.review.study_facts import included_on, label_of
from generator.review.trials import Category, category, registration_of
from generator.surveillance.suggesting.suggestion import Identifier

SCHEMES = ("doi", "pmid", "pmcid", "openalex", "registration", "url")
"""Fields of a record that hold what it can be found by."""
Identified = RecordIdentifiers | ScreenedRecord | Report


class Standing(StrEnum):
    """Where a record of the review stands."""

    INCLUDED = "included"
    REMOVED = "removed"
    EXCLUDED = "excluded"
    SCREENED = "screened"
    WAITING = "waiting"
    AWAITING = "awaiting"
    DECIDED = "decided"
    TRIAL = "trial"
    PROPOSED = "proposed"


@dataclass(frozen=True)
class Known:
    """One record of the review that an identifier leads to."""

    standing: Standing
    name: str
    """As printed."""
    on: dt.date | None = None
    """Since when, or when it was decided."""
    why: str = ""
    """Reason and remark of a decision, or the category of a trial."""
    address: str = ""
    """Its page on the published site; empty while the site's address is not recorded."""


class Index:
    """Every record of a review by the identifiers it can be found by."""

    def __init__(self, records: Records, also_known: Iterable[Records] = ()) -> None:
        """Index a review; `also_known` are the records of open pull requests, of which the candidates count."""
        self._records = records
        self._reasons = {one.id: one.label for one in records.protocol.exclusion_reasons} if records.protocol else {}
        self._found: dict[tuple[str, str], list[Known]] = {}
        self._by_name: dict[str, Known] = {}
        for name, known, found in chain(self._studies(), self._trials(), self._candidates(), self._ledger()):
            self._add(name, known, found)
        for other in also_known:
            for key, candidate in other.candidates.items():
                if key not in records.candidates:
                    self._add(key, Known(Standing.PROPOSED, key), _of(candidate.identifiers))

    def find(self, identifier: Identifier) -> tuple[Known, ...]:
        """Return the records that have an identifier, those decided first."""
        found = self._found.get((identifier.scheme, _normal(identifier.scheme, identifier.value)), ())
        return tuple(dict.fromkeys(found))

    def named(self, name: str) -> Known | None:
        """Return a record by its id, or a line of the ledger by an identifier or the title it has."""
        return self._by_name.get(name)

    def _add(self, name: str, known: Known, found: Iterable[tuple[str, str]]) -> None:
        self._by_name.setdefault(name, known)
        for scheme, value in found:
            self._found.setdefault((scheme, _normal(scheme, value)), []).append(known)

    def _studies(self) -> Iterator[tuple[str, Known, Iterator[tuple[str, str]]]]:
        for key, study in self._records.included.items():
            known = Known(Standing.INCLUDED, label_of(key), included_on(study), "", self._address(key))
            if study.removal:
                known = replace(known, standing=Standing.REMOVED, on=study.removal.on, why=study.removal.note)
            yield key, known, _of_study(study)
        for key, excluded in self._records.excluded.items():
            yield key, self._decided(Standing.EXCLUDED, key, excluded.decision), _of_study(excluded)

    def _trials(self) -> Iterator[tuple[str, Known, Iterator[tuple[str, str]]]]:
        for key, trial in self._records.trials.items():
            stands = category(trial, self._records.included)
            known = Known(Standing.TRIAL, key, trial.known_on, str(stands), self._address(key))
            if trial.decision and stands is Category.EXCLUDED:
                known = self._decided(Standing.REMOVED, key, trial.decision)
            registrations = (registration_of(key), *trial.secondary_ids)
            yield key, known, (("registration", one) for one in registrations)

    def _candidates(self) -> Iterator[tuple[str, Known, Iterator[tuple[str, str]]]]:
        for key, candidate in self._records.candidates.items():
            yield key, self._candidate(key, candidate), _of(candidate.identifiers)

    def _candidate(self, key: str, candidate: Candidate) -> Known:
        if candidate.decision is None:
            return Known(Standing.WAITING, key, first_found_on(candidate), "", self._address(key))
        is_awaiting = candidate.decision.outcome is Outcome.AWAITING
        return self._decided(Standing.AWAITING if is_awaiting else Standing.DECIDED, key, candidate.decision)

    def _ledger(self) -> Iterator[tuple[str, Known, Iterator[tuple[str, str]]]]:
        for line in chain.from_iterable(ledger.records for _, ledger in sorted(self._records.screened.items())):
            known = Known(Standing.SCREENED, str(line.title), line.on, self._reason(line.reason))
            for name in (str(line.title), *(value for _, value in _of(line))):
                yield name, known, _of(line)

    def _decided(self, standing: Standing, key: str, decision: Decision) -> Known:
        reason = self._reason(decision.reason) if decision.reason else ""
        told = str(decision.outcome) if standing is Standing.DECIDED else ""
        why = ": ".join(part for part in (told, reason, decision.note or "") if part)
        name = label_of(key) if standing is Standing.EXCLUDED else key
        return Known(standing, name, decision.on, why, self._address(key))

    def _reason(self, reason: str) -> str:
        return self._reasons.get(reason, reason)

    def _address(self, name: str) -> str:
        protocol, place = self._records.protocol, place_of(name, self._records)
        return site_address(protocol, place_text(place)) if protocol and place else ""


def _of(record: Identified) -> Iterator[tuple[str, str]]:
    for scheme in SCHEMES:
        value = getattr(record, scheme, None)
        if value:
            yield scheme, value
    for alias in getattr(record, "aliases", ()):
        yield "openalex", alias


def _of_study(study: Study | Exclusion) -> Iterator[tuple[str, str]]:
    for report in study.reports:
        yield from _of(report)
    for registration in study.registrations:
        yield "registration", registration.id


def _normal(scheme: str, value: str) -> str:
    """Return what all spellings of an identifier share; only addresses have several."""
    return value.partition("://")[2].removeprefix("www.").rstrip("/").lower() if scheme == "url" else value
