"""Where records stood on an earlier day that stand elsewhere today: candidates, studies excluded, screened lines.

A record that was settled later is a candidate again, from the day of its first find. Its file is gone, so it shows only
what the record that it became has kept. A line of the ledger keeps title, year, identifiers and finds: authors, venue,
abstract, priority, why it matched, related records and what a registry said are absent, and its id is made from an
identifier. A line that does not keep its finds is no candidate on any day; `generator.review.as_of` says how many.

A decision that was replaced since holds again: what it excluded is excluded from the day of that decision on, because
nothing tells when its file was moved.
"""

import datetime as dt
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.identifiers import from_file_name
from generator.model.decision import (
    Candidate,
    DecidedOn,
    Decision,
    Found,
    Outcome,
    RecordIdentifiers,
    ScreenedRecord,
    ScreenedYear,
    Stage,
    decisions_on,
)
from generator.model.records import Records
from generator.model.report import Access, Integrity, IntegrityStatus, Report, ReportKind
from generator.model.study import Exclusion, Study
from generator.model.values import Part
from generator.review.candidates import citation_of
from generator.review.study_facts import entered_on, learned_on, primary_report

_IDENTIFIERS = tuple(RecordIdentifiers.model_fields)
_LONGEST_ID = 80


@dataclass(frozen=True)
class Standing:
    """The records of a day that are something else today, and the screened ledgers of that day."""

    candidates: dict[str, Candidate] = field(default_factory=dict)
    excluded: dict[str, Exclusion] = field(default_factory=dict)
    lines: dict[str, list[ScreenedRecord]] = field(default_factory=dict)
    """By year."""

    @property
    def screened(self) -> dict[str, ScreenedYear]:
        """The ledgers with the lines that stood in them."""
        return {year: ScreenedYear(records=tuple(lines)) for year, lines in sorted(self.lines.items())}


def standing_as_of(records: Records, day: dt.date) -> Standing:
    """Return where the records stood that were not yet, or not by the same decision, where they stand today."""
    then = Standing(lines=_lines_kept(records, day))
    for key, candidate in records.candidates.items():
        if seen := found_as_of(candidate.found, day):
            _place(then, key, _candidate(candidate, seen, day), _replaced_exclusion(candidate, day))
    for key, study in records.included.items():
        if entered_on(study) > day:
            _place_study(then, key, study, day)
    for key, exclusion in records.excluded.items():
        if excluded_on(exclusion) > day:
            _place_study(then, key, exclusion, day)
    for key, trial in records.trials.items():
        if trial.known_on > day and (seen := found_as_of(trial.found, day)):
            named = RecordIdentifiers(registration=from_file_name(key))
            once = Candidate(title=trial.title, identifiers=named, found=seen)
            _place(then, key, _decided(once, trial, day), _replaced_exclusion(trial, day))
    for line in _later_lines(records, day):
        if seen := found_as_of(line.found, day):
            key, once = _key_for(line, then.candidates), _unscreened(line, seen, day)
            _place(then, key, once, _replaced_exclusion(line, day))
    return then


def n_lines_without_finds(records: Records, day: dt.date) -> int:
    """Return how many records were excluded on title and abstract after a day that may have been candidates on it."""
    return sum(not line.found for line in _later_lines(records, day))


def found_as_of(found: Iterable[Found], day: dt.date) -> tuple[Found, ...]:
    """Return the finds that the review knew of."""
    return tuple(one for one in found if one.learned_on <= day)


def decisions_as_of(record: DecidedOn, day: dt.date) -> dict[str, object]:
    """Return the fields of a record that hold the decisions which had been taken by then."""
    taken = [one for one in decisions_on(record) if one.on <= day]
    return {"decision": taken[-1] if taken else None, "earlier_decisions": tuple(taken[:-1])}


def excluded_on(study: Exclusion) -> dt.date:
    """Return the day from which the records told that a study is excluded, by the decision that holds today."""
    return learned_on(study, study.decision.on)


def _place(then: Standing, key: str, once: Candidate, excluded_by: Decision | None) -> None:
    """Put a record that was a candidate on that day, or had been excluded by a decision that was replaced since."""
    if excluded_by is None:
        then.candidates.setdefault(key, once)
    elif excluded_by.stage is Stage.FULL_TEXT:
        reports = (_report_of(once),)
        then.excluded[key] = Exclusion(title=once.title, reports=reports, decision=excluded_by, found=once.found)
    else:
        then.lines.setdefault(f"{excluded_by.on.year:04}", []).append(_line_of(once, excluded_by))


def _place_study(then: Standing, key: str, study: Study | Exclusion, day: dt.date) -> None:
    """Put a study where it stood before; one that was excluded at full text has its reports, and no data."""
    excluded_by, found = _replaced_exclusion(study, day), found_as_of(study.found, day)
    if excluded_by and excluded_by.stage is Stage.FULL_TEXT:
        then.excluded[key] = Exclusion(
            title=study.title,
            reports=study.reports,
            registrations=study.registrations,
            decision=excluded_by,
            found=found,
            known_on=min(study.known_on or excluded_by.on, excluded_by.on),
            open_questions=study.open_questions,
        )
    elif found:
        _place(then, key, _once_candidate(study, found, day), excluded_by)


def _replaced_exclusion(record: DecidedOn, day: dt.date) -> Decision | None:
    """Return the decision that excluded a record on that day when another one holds today."""
    taken = [one for one in record.earlier_decisions if one.on <= day]
    if not taken or (record.decision and record.decision.on <= day) or taken[-1].outcome is not Outcome.EXCLUDE:
        return None
    return taken[-1]


def _candidate(candidate: Candidate, seen: tuple[Found, ...], day: dt.date) -> Candidate:
    status = candidate.registry_status
    then = candidate.having(found=seen, registry_status=status if status and status.learned_on <= day else None)
    return _decided(then, candidate, day)


def _decided(once: Candidate, today: DecidedOn, day: dt.date) -> Candidate:
    return once.having(**decisions_as_of(today, day))


def _once_candidate(study: Study | Exclusion, found: tuple[Found, ...], day: dt.date) -> Candidate:
    """Return the candidate that a study was; what screeners read of it then is known only as far as its report says."""
    report = primary_report(study)
    named = RecordIdentifiers(**_named(report, RecordIdentifiers))
    once = Candidate(title=study.title, year=report.year, identifiers=named, found=found)
    return _decided(once, study, day)


def _later_lines(records: Records, day: dt.date) -> Iterator[ScreenedRecord]:
    return (line for _, year in sorted(records.screened.items()) for line in year.records if line.learned_on > day)


def _lines_kept(records: Records, day: dt.date) -> dict[str, list[ScreenedRecord]]:
    by_year = {key: [line for line in year.records if line.learned_on <= day] for key, year in records.screened.items()}
    return {key: lines for key, lines in by_year.items() if lines or not records.screened[key].records}


def _unscreened(line: ScreenedRecord, found: tuple[Found, ...], day: dt.date) -> Candidate:
    """Return the candidate that a line was; its remark is part of the decision, and as old as that."""
    named = RecordIdentifiers(**_named(line, RecordIdentifiers))
    once = Candidate(title=line.title, identifiers=named, found=found, year=line.year)
    return _decided(once, line, day)


def _line_of(once: Candidate, decision: Decision) -> ScreenedRecord:
    return ScreenedRecord(
        title=once.title,
        year=once.year if isinstance(once.year, int) else None,
        reason=decision.reason or "none",
        by=decision.by,
        on=decision.on,
        note=decision.note,
        found=once.found,
        **_named(once.identifiers, ScreenedRecord),
    )


def _report_of(once: Candidate) -> Report:
    """Return a report that says of a record what its candidate says; no more was written down."""
    return Report(
        kind=ReportKind.REGISTRATION if once.is_registration else ReportKind.OTHER,
        primary=True,
        citation=citation_of(once),
        year=once.year if isinstance(once.year, int) else None,
        access=Access.RESTRICTED,
        integrity=Integrity(status=IntegrityStatus.NOT_CHECKED),
        **_named(once.identifiers, Report),
    )


def _named(record: RecordIdentifiers | ScreenedRecord | Report, model: type[Part]) -> dict[str, Any]:
    """Return the identifiers of a record that `model` has fields for."""
    names = (name for name in _IDENTIFIERS if name in model.model_fields)
    return {name: value for name in names if (value := getattr(record, name, None))}


def _key_for(line: ScreenedRecord, taken: Container[str]) -> str:
    """Return an id for a record whose file is gone: its first identifier, spelled as a file name, numbered if taken."""
    name = next((str(value) for field_ in _IDENTIFIERS if (value := getattr(line, field_))), "")
    stem = re.sub(r"[^A-Za-z0-9]+", "-", name)[:_LONGEST_ID].strip("-") or "unnamed"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
