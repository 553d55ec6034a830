"""The review as it was known on an earlier day, from the dated facts in its records and from nothing else.

What is dated is cut to the day: histories of studies, looks at registries, records found, decisions, search runs,
published versions, amendments, our own sentences and their ratings, notices, questions. A correction that names its
field and the earlier value is undone. What was settled later is again what it was, as far as its file tells: a study, a
trial or an exclusion that had been found by then is a candidate. What was entered later than it is dated was not known
before that day (`known_on`).

What carries no date stays as it is today: the protocol but for its amendments, instruments, tools, quotes,
discrepancies, and the facts of a study or trial that was known by then. What the records no longer hold cannot be told
(see `not_rebuilt`).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.identifiers import from_file_name
from generator.model.decision import Candidate, Decision, Found, RecordIdentifiers, ScreenedYear
from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.model.report import EventKind, Integrity, IntegrityStatus, Notice, OpenQuestion, Report
from generator.model.search_run import SearchDay
from generator.model.study import Exclusion, Study
from generator.model.trial import Trial
from generator.model.version import Versions
from generator.review.living import plural
from generator.review.study_facts import entered_on, label_of, learned_on
from generator.review.summaries import rating_not_kept, summary_as_of, was_written
from generator.review.undoing import can_undo, undo


def records_as_of(records: Records, day: dt.date) -> Records:
    """Return what the review knew at the end of `day`; a later day gives more, and a day to come gives `records`."""
    included = {key: _study(one, day) for key, one in records.included.items() if entered_on(one) <= day}
    trials = {key: _trial(one, day, included) for key, one in records.trials.items() if one.known_on <= day}
    return replace(
        records,
        protocol=_protocol(records.protocol, day) if records.protocol else None,
        versions=_versions(records.versions, day) if records.versions else None,
        included=included,
        excluded={key: _exclusion(one, day) for key, one in records.excluded.items() if _excluded_on(one) <= day},
        trials=trials,
        candidates=_candidates(records, day),
        screened=dict(_screened(records, day)),
        searches=dict(_searches(records, day)),
        summaries={key: summary_as_of(one, day) for key, one in records.summaries.items() if was_written(one, day)},
    )


def not_rebuilt(records: Records, day: dt.date) -> tuple[str, ...]:
    """Return what was known on `day` and can no longer be told from the records, each in a sentence."""
    said = [
        f"{label_of(key)} was included then; it was taken out since, and its data are no longer in the records."
        for key in sorted(records.excluded)
        if _included_then(records.excluded[key], day)
    ]
    n_screened = sum(line.on > day for year in records.screened.values() for line in year.records)
    if n_screened:
        verb, name = ("was", "it") if n_screened == 1 else ("were", "they")
        said.append(
            f"{n_screened} {plural(n_screened, 'record')} {verb} excluded on title and abstract since;"
            f" the records do not say whether {name} had been found by then."
        )
    said += (
        f"The certainty on “{one.title}” read {rating.was.replace('-', ' ')} until {rating.on};"
        " that rating is no longer in the records."
        for _, one in sorted(records.summaries.items())
        if (rating := rating_not_kept(one, day)) and rating.was
    )
    for key, study in sorted(records.included.items()):
        later = [event for event in study.history if event.on > day and entered_on(study) <= day]
        n_kept = sum(event.kind is EventKind.CORRECTED and not can_undo(study, event) for event in later)
        if n_kept:
            said.append(f"{label_of(key)}: {n_kept} later {plural(n_kept, 'correction')} could not be undone.")
        if any(event.kind is EventKind.DATA_ADDED for event in later):
            said.append(f"{label_of(key)}: data that were added since cannot be told from those known then.")
    return tuple(said)


def _included_then(study: Exclusion, day: dt.date) -> bool:
    since = [event.on for event in study.history if event.kind is EventKind.INCLUDED]
    until = [event.on for event in study.history if event.kind is EventKind.REMOVED]
    return bool(since) and learned_on(study, min(since)) <= day < min([*until, study.decision.on])


def _excluded_on(study: Exclusion) -> dt.date:
    return learned_on(study, study.decision.on)


def _study(study: Study, day: dt.date) -> Study:
    known = tuple(event for event in study.history if event.on <= day)
    before = undo(study, [event for event in study.history if event.on > day])
    return before.model_copy(
        update={
            "history": known,
            "reports": _reports(before.reports, day),
            "decision": _decision(before.decision, day),
            "found": _found(before.found, day),
            "open_questions": _questions(before.open_questions, day),
            "risk_of_bias": tuple(one for one in before.risk_of_bias if not _later(one.on, day)),
        }
    )


def _exclusion(study: Exclusion, day: dt.date) -> Exclusion:
    return study.model_copy(
        update={
            "history": tuple(event for event in study.history if event.on <= day),
            "reports": _reports(study.reports, day),
            "found": _found(study.found, day),
            "open_questions": _questions(study.open_questions, day),
        }
    )


def _trial(trial: Trial, day: dt.date, included: dict[str, Study]) -> Trial:
    seen = tuple(look for look in trial.status_history if look.learned_on <= day)
    first = min(trial.status_history, key=lambda look: look.seen)
    dates, results = trial.dates, trial.results
    if dates:
        late = {name: None for name in ("results_posted", "last_update") if _later(getattr(dates, name), day)}
        dates = dates.model_copy(update=late)
    return trial.model_copy(
        update={
            "status_history": seen or (first,),  # a trial has at least one look; here it came after the trial
            "dates": dates,
            "results": results if results and results.checked <= day else None,
            "study": trial.study if trial.study in included else None,
            "found": _found(trial.found, day),
            "open_questions": _questions(trial.open_questions, day),
        }
    )


def _candidates(records: Records, day: dt.date) -> dict[str, Candidate]:
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
        if _excluded_on(exclusion) > day and not _included_then(exclusion, day):
            settled.append((key, _once_candidate(exclusion, day)))
    for key, trial in records.trials.items():
        if trial.known_on > day and (seen := _found(trial.found, day)):
            named = RecordIdentifiers(registration=from_file_name(key))
            settled.append((key, Candidate(title=trial.title, identifiers=named, found=seen)))
    return found | {key: one for key, one in settled if one and key not in found}


def _candidate(candidate: Candidate, day: dt.date) -> Candidate:
    seen = candidate.registry_status
    update: dict[str, object] = {
        "found": _found(candidate.found, day),
        "decision": _decision(candidate.decision, day),
        "registry_status": seen if seen and seen.learned_on <= day else None,
    }
    return candidate.model_copy(update=update)


def _once_candidate(study: Study | Exclusion, day: dt.date) -> Candidate | None:
    """Return the candidate that a study was; what screeners read of it then is known only as far as its report says."""
    found = _found(study.found, day)
    report = next((report for report in study.reports if report.primary), study.reports[0])
    named = {name: getattr(report, name) for name in ("doi", "pmid", "pmcid", "registration", "url")}
    if not found:
        return None
    decided = _decision(study.decision, day)
    return Candidate(
        title=study.title, year=report.year, identifiers=RecordIdentifiers(**named), found=found, decision=decided
    )


def _screened(records: Records, day: dt.date) -> Iterator[tuple[str, ScreenedYear]]:
    for key, year in records.screened.items():
        lines = tuple(line for line in year.records if line.on <= day)
        if lines or not year.records:
            yield key, ScreenedYear(records=lines)


def _searches(records: Records, day: dt.date) -> Iterator[tuple[str, SearchDay]]:
    for key, searched in records.searches.items():
        runs = tuple(run for run in searched.runs if run.learned_on <= day)
        if runs:
            yield key, SearchDay(runs=runs)


def _versions(versions: Versions, day: dt.date) -> Versions:
    return Versions(versions=tuple(version for version in versions.versions if version.on <= day))


def _protocol(protocol: Protocol, day: dt.date) -> Protocol:
    notices = tuple(
        one.model_copy(update={"until_reviewed": None}) if _after(one.until_reviewed, day) else one
        for one in protocol.notices
        if one.on <= day
    )
    return protocol.model_copy(
        update={
            "amendments": tuple(one for one in protocol.amendments if one.on <= day),
            "notices": notices,
            "open_questions": _questions(protocol.open_questions, day),
        }
    )


def _reports(reports: Iterable[Report], day: dt.date) -> tuple[Report, ...]:
    return tuple(one.model_copy(update={"integrity": _integrity(one.integrity, day)}) for one in reports)


def _integrity(integrity: Integrity, day: dt.date) -> Integrity:
    """Return what was known of retractions then.

    The day of the last check moves with each check. When it lies later, the status is that of the newest notice known
    by then; without one nobody can tell what a check had said, and it reads not checked.
    """
    notices = tuple(one for one in integrity.notices if not _unknown_then(one, day))
    if not _after(integrity.checked, day):
        return integrity.model_copy(update={"notices": notices})
    dated = [one for one in notices if one.known_on]
    if not dated:
        return Integrity(status=IntegrityStatus.NOT_CHECKED, notices=notices)
    newest = max(dated, key=lambda one: one.known_on or day)
    return Integrity(status=newest.kind, checked=newest.known_on, source=integrity.source, notices=notices)


def _unknown_then(notice: Notice, day: dt.date) -> bool:
    return notice.known_on > day if notice.known_on else _later(notice.on, day)


def _found(found: Iterable[Found], day: dt.date) -> tuple[Found, ...]:
    return tuple(one for one in found if one.learned_on <= day)


def _decision(decision: Decision | None, day: dt.date) -> Decision | None:
    return decision if decision and decision.on <= day else None


def _questions(questions: Iterable[OpenQuestion], day: dt.date) -> tuple[OpenQuestion, ...]:
    return tuple(one for one in questions if one.raised <= day)


def _after(on: dt.date | None, day: dt.date) -> bool:
    return on is not None and on > day


def _later(written: str | None, day: dt.date) -> bool:
    """Return whether a date as written, which may be partial, cannot be `day` or earlier."""
    return written is not None and written[:4].isdigit() and written > day.isoformat()[: len(written)]
