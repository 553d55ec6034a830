"""The review as it was known on an earlier day, from the dated facts in its records and from nothing else.

What is dated is cut to the day: histories of studies, looks at registries, records found, decisions, search runs,
published versions, amendments, our own sentences and their ratings, notices, questions. A correction that names its
field and the earlier value is undone, and data that say when they were added are left out
(`generator.review.study_before`). What was settled later is again what it was, as far as the records tell
(`generator.review.standing_as_of`): a study, a trial, an exclusion or a line of the screened ledger that had been found
by then is a candidate, or excluded where a decision that was replaced since had excluded it. What was entered later
than it is dated was not known before that day (`known_on`).

What carries no date stays as it is today: the protocol but for its amendments, instruments, tools, quotes,
discrepancies, and the facts of a study or trial that was known by then. What the records no longer hold cannot be told
(see `not_rebuilt`).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.model.report import Integrity, IntegrityStatus, OpenQuestion, Report
from generator.model.search_run import SearchDay
from generator.model.study import Exclusion, Study
from generator.model.trial import Trial
from generator.model.version import Versions
from generator.review.living import plural
from generator.review.standing_as_of import (
    decisions_as_of,
    excluded_on,
    found_as_of,
    n_lines_without_finds,
    standing_as_of,
)
from generator.review.study_before import is_data_unknown, n_corrections_kept, study_before
from generator.review.study_facts import entered_on, label_of
from generator.review.summaries import rating_not_kept, summary_as_of, was_written


def records_as_of(records: Records, day: dt.date) -> Records:
    """Return what the review knew at the end of `day`; a later day gives more, and a day to come gives `records`."""
    included = {key: _study(one, day) for key, one in records.included.items() if entered_on(one) <= day}
    trials = {key: _trial(one, day, included) for key, one in records.trials.items() if one.known_on <= day}
    then = standing_as_of(records, day)
    excluded = {key: one for key, one in records.excluded.items() if excluded_on(one) <= day} | then.excluded
    return replace(
        records,
        protocol=_protocol(records.protocol, day) if records.protocol else None,
        versions=_versions(records.versions, day) if records.versions else None,
        included=included,
        excluded={key: _exclusion(one, day) for key, one in excluded.items()},
        trials=trials,
        candidates=then.candidates,
        screened=then.screened,
        searches=dict(_searches(records, day)),
        summaries={key: summary_as_of(one, day) for key, one in records.summaries.items() if was_written(one, day)},
    )


def not_rebuilt(records: Records, day: dt.date) -> tuple[str, ...]:
    """Return what was known on `day` and can no longer be told from the records, each in a sentence."""
    said: list[str] = []
    n_screened = n_lines_without_finds(records, day)
    if n_screened:
        verb, name = ("was", "it") if n_screened == 1 else ("were", "they")
        said.append(
            f"{n_screened} {plural(n_screened, 'record')} {verb} excluded on title and abstract since;"
            f" the records do not say whether {name} had been found by then."
        )
    n_checked_later = sum(_is_check_unknown(study, day) for study in _assessed(records, day))
    if n_checked_later:
        verb = "reads" if n_checked_later == 1 else "read"
        said.append(
            f"{n_checked_later} {plural(n_checked_later, 'study')} {verb} “not checked” for retractions: the checks"
            " that the records keep came later; they do not say whether there had been one by then."
        )
    said += (
        f"The certainty on “{one.title}” read {rating.was.replace('-', ' ')} until {rating.on};"
        " that rating is no longer in the records."
        for _, one in sorted(records.summaries.items())
        if (rating := rating_not_kept(one, day)) and rating.was
    )
    for key, study in sorted(records.included.items()):
        if entered_on(study) > day:
            continue
        n_kept = n_corrections_kept(study, day)
        if n_kept:
            said.append(f"{label_of(key)}: {n_kept} later {plural(n_kept, 'correction')} could not be undone.")
        if is_data_unknown(study, day):
            said.append(f"{label_of(key)}: data that were added since cannot be told from those known then.")
    return tuple(said)


def _study(study: Study, day: dt.date) -> Study:
    known = tuple(event for event in study.history if event.on <= day)
    before = study_before(study, day)
    return before.having(
        history=known,
        reports=_reports(before.reports, day),
        **decisions_as_of(before, day),
        found=found_as_of(before.found, day),
        open_questions=_questions(before.open_questions, day),
        risk_of_bias=tuple(one for one in before.risk_of_bias if not _later(one.on, day)),
    )


def _exclusion(study: Exclusion, day: dt.date) -> Exclusion:
    return study.having(
        **decisions_as_of(study, day),
        history=tuple(event for event in study.history if event.on <= day),
        reports=_reports(study.reports, day),
        found=found_as_of(study.found, day),
        open_questions=_questions(study.open_questions, day),
    )


def _trial(trial: Trial, day: dt.date, included: dict[str, Study]) -> Trial:
    seen = tuple(look for look in trial.status_history if look.learned_on <= day)
    first = min(trial.status_history, key=lambda look: look.seen)
    dates, results = trial.dates, trial.results
    if dates:
        late = (name for name in ("results_posted", "last_update") if _later(getattr(dates, name), day))
        dates = dates.having(**dict.fromkeys(late))
    return trial.having(
        status_history=seen or (first,),  # a trial has at least one look; here it came after the trial
        dates=dates,
        results=results if results and results.checked <= day else None,
        **decisions_as_of(trial, day),
        study=trial.study if trial.study in included else None,
        found=found_as_of(trial.found, day),
        open_questions=_questions(trial.open_questions, day),
    )


def _searches(records: Records, day: dt.date) -> Iterator[tuple[str, SearchDay]]:
    for key, searched in records.searches.items():
        runs = tuple(run for run in searched.runs if run.learned_on <= day)
        if runs:
            yield key, SearchDay(runs=runs)


def _versions(versions: Versions, day: dt.date) -> Versions:
    return Versions(versions=tuple(version for version in versions.versions if version.on <= day))


def _protocol(protocol: Protocol, day: dt.date) -> Protocol:
    notices = tuple(
        one.having(until_reviewed=None) if _after(one.until_reviewed, day) else one
        for one in protocol.notices
        if one.on <= day
    )
    return protocol.having(
        amendments=tuple(one for one in protocol.amendments if one.on <= day),
        notices=notices,
        open_questions=_questions(protocol.open_questions, day),
    )


def _reports(reports: Iterable[Report], day: dt.date) -> tuple[Report, ...]:
    return tuple(one.having(integrity=_integrity(one.integrity, day)) for one in reports)


def _integrity(integrity: Integrity, day: dt.date) -> Integrity:
    """Return what was known of retractions then.

    `checked` moves with each check; from the first one that said the same, the status held. Before that it is the
    status of the newest notice known by then; without one nobody can tell what a check had said, and it reads not
    checked.
    """
    notices = tuple(one for one in integrity.notices if one.was_known(day))
    if not _after(integrity.checked, day):
        return integrity.having(notices=notices)
    first = integrity.first_checked
    if first and first <= day:
        return integrity.having(checked=first, first_checked=None, notices=notices)
    dated = [one for one in notices if one.known_on]
    if not dated:
        return Integrity(status=IntegrityStatus.NOT_CHECKED, notices=notices)
    newest = max(dated, key=lambda one: one.known_on or day)
    return Integrity(status=newest.kind, checked=newest.known_on, source=integrity.source, notices=notices)


def _assessed(records: Records, day: dt.date) -> Iterator[Study | Exclusion]:
    yield from (study for study in records.included.values() if entered_on(study) <= day)
    yield from (study for study in records.excluded.values() if excluded_on(study) <= day)


def _is_check_unknown(study: Study | Exclusion, day: dt.date) -> bool:
    """Return whether a report reads not checked only because all that is told of its checks came later."""
    return any(
        _after(report.integrity.checked, day)
        and _integrity(report.integrity, day).status is IntegrityStatus.NOT_CHECKED
        for report in study.reports
    )


def _questions(questions: Iterable[OpenQuestion], day: dt.date) -> tuple[OpenQuestion, ...]:
    return tuple(one for one in questions if one.raised <= day)


def _after(on: dt.date | None, day: dt.date) -> bool:
    return on is not None and on > day


def _later(written: str | None, day: dt.date) -> bool:
    """Return whether a date as written, which may be partial, cannot be `day` or earlier."""
    return written is not None and written[:4].isdigit() and written > day.isoformat()[: len(written)]
