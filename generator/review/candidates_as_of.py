"""The candidates of an earlier day and the screened ledgers of that day: what was found, and what became of it since.

A candidate that was settled later is one again, from the day of its first find. Its file is gone, so it shows only what
the record that it became has kept. A line of the ledger keeps title, year, identifiers and finds: authors, venue,
abstract, priority, why it matched, related records and what a registry said are absent, and its id is made from an
identifier. A line that does not keep its finds is no candidate on any day; `generator.review.as_of` says how many.
"""

import datetime as dt
import re
from collections.abc import Container, Iterable, Iterator

from generator.identifiers import from_file_name
from generator.model.decision import (
    Candidate,
    Decision,
    Found,
    Outcome,
    RecordIdentifiers,
    ScreenedRecord,
    ScreenedYear,
    Stage,
)
from generator.model.records import Records
from generator.model.report import EventKind
from generator.model.study import Exclusion, Study
from generator.review.study_facts import entered_on, learned_on

_IDENTIFIERS = tuple(RecordIdentifiers.model_fields)
_LONGEST_ID = 80


def candidates_as_of(records: Records, day: dt.date) -> dict[str, Candidate]:
    """Return the candidates of that day: those still there, and those that became something else since."""
    found = {
        key: _candidate(one, day)
        for key, one in records.candidates.items()
        if any(found.learned_on <= day for found in one.found)
    }
    settled: list[tuple[str, Candidate | None]] = []
    for key, study in records.included.items():
        if entered_on(study) > day:
            settled.append((key, _once_candidate(study, day)))
    for key, exclusion in records.excluded.items():
        if excluded_on(exclusion) > day and not was_included(exclusion, day):
            settled.append((key, _once_candidate(exclusion, day)))
    for key, trial in records.trials.items():
        if trial.known_on > day and (seen := found_as_of(trial.found, day)):
            named = RecordIdentifiers(registration=from_file_name(key))
            decided = decision_as_of(trial.decision, day)
            settled.append((key, Candidate(title=trial.title, identifiers=named, found=seen, decision=decided)))
    found |= {key: one for key, one in settled if one and key not in found}
    for line in _later_lines(records, day):
        if seen := found_as_of(line.found, day):
            found[_key_for(line, found)] = _unscreened(line, seen, day)
    return found


def ledgers_as_of(records: Records, day: dt.date) -> dict[str, ScreenedYear]:
    """Return the screened ledgers with the lines that stood in them by then."""
    by_year = {
        key: tuple(line for line in year.records if line.learned_on <= day) for key, year in records.screened.items()
    }
    return {
        key: ScreenedYear(records=lines) for key, lines in by_year.items() if lines or not records.screened[key].records
    }


def n_lines_without_finds(records: Records, day: dt.date) -> int:
    """Return how many records were excluded on title and abstract after a day that may have been candidates on it."""
    return sum(not line.found for line in _later_lines(records, day))


def found_as_of(found: Iterable[Found], day: dt.date) -> tuple[Found, ...]:
    """Return the finds that the review knew of."""
    return tuple(one for one in found if one.learned_on <= day)


def decision_as_of(decision: Decision | None, day: dt.date) -> Decision | None:
    """Return a decision that had been taken by then."""
    return decision if decision and decision.on <= day else None


def excluded_on(study: Exclusion) -> dt.date:
    """Return the day from which the records told that a study is excluded."""
    return learned_on(study, study.decision.on)


def was_included(study: Exclusion, day: dt.date) -> bool:
    """Return whether a study that is excluded now was included on a day."""
    since = [event.on for event in study.history if event.kind is EventKind.INCLUDED]
    until = [event.on for event in study.history if event.kind is EventKind.REMOVED]
    return bool(since) and learned_on(study, min(since)) <= day < min([*until, study.decision.on])


def _candidate(candidate: Candidate, day: dt.date) -> Candidate:
    seen = candidate.registry_status
    update: dict[str, object] = {
        "found": found_as_of(candidate.found, day),
        "decision": decision_as_of(candidate.decision, day),
        "registry_status": seen if seen and seen.learned_on <= day else None,
    }
    return candidate.model_copy(update=update)


def _once_candidate(study: Study | Exclusion, day: dt.date) -> Candidate | None:
    """Return the candidate that a study was; what screeners read of it then is known only as far as its report says."""
    found = found_as_of(study.found, day)
    report = next((report for report in study.reports if report.primary), study.reports[0])
    named = {name: getattr(report, name) for name in ("doi", "pmid", "pmcid", "registration", "url")}
    if not found:
        return None
    decided = decision_as_of(study.decision, day)
    return Candidate(
        title=study.title, year=report.year, identifiers=RecordIdentifiers(**named), found=found, decision=decided
    )


def _later_lines(records: Records, day: dt.date) -> Iterator[ScreenedRecord]:
    return (line for _, year in sorted(records.screened.items()) for line in year.records if line.learned_on > day)


def _unscreened(line: ScreenedRecord, found: tuple[Found, ...], day: dt.date) -> Candidate:
    """Return the candidate that a line was; its remark is part of the decision, and as old as that."""
    named = {name: value for name in _IDENTIFIERS if (value := getattr(line, name))}
    fields: dict[str, object] = {"title": line.title, "identifiers": RecordIdentifiers(**named), "found": found}
    fields |= {"year": line.year} if line.year else {}
    if line.on <= day:  # decided, and not yet moved to the ledger
        fields["decision"] = Decision(
            outcome=Outcome.EXCLUDE,
            stage=Stage.TITLE_ABSTRACT,
            reason=line.reason,
            note=line.note,
            by=line.by,
            on=line.on,
        )
    return Candidate.model_validate(fields)


def _key_for(line: ScreenedRecord, taken: Container[str]) -> str:
    """Return an id for a record whose file is gone: its first identifier, spelled as a file name, numbered if taken."""
    name = next((str(value) for field in _IDENTIFIERS if (value := getattr(line, field))), "")
    stem = re.sub(r"[^A-Za-z0-9]+", "-", name)[:_LONGEST_ID].strip("-") or "unnamed"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
