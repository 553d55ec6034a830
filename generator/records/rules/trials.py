"""Rules about registered trials: the file's name, the registry, and the study that reports the results."""

from collections.abc import Iterator

from generator import identifiers
from generator.model import records as kinds
from generator.model.decision import Outcome, Stage, decisions_on
from generator.model.records import Records, path_of
from generator.model.registry_status import OPEN_STATUSES, RegistryStatus
from generator.model.report import EventKind
from generator.model.study import Study
from generator.model.trial import Trial
from generator.problems import Level, Problem
from generator.records.rules.files import ids, included, trials
from generator.records.rules.names import unknown

_NOTHING_TO_FIND = OPEN_STATUSES | {RegistryStatus.WITHDRAWN, RegistryStatus.WITHHELD}
"""Statuses under which nobody needs to look for results yet, or ever."""


def trial_files_are_named_by_registration(records: Records) -> Iterator[Problem]:
    """The file of a trial is named by its registration id, with hyphens for slashes: so no trial can have two files."""
    for identifier in records.trials:
        registration = identifiers.from_file_name(identifier)
        if registration is None or identifiers.file_name(registration) != identifier:
            found = "" if registration is None else f"Rename it to {identifiers.file_name(registration)}.yml."
            yield Problem(
                path_of(kinds.TRIAL, identifier),
                (),
                f"expected a file name that is {identifiers.NAMES['registry']}, found {identifier!r}",
                found or f"Such as {identifiers.EXAMPLES['registry']}; slashes become hyphens.",
            )


def registries_fit_the_registration(records: Records) -> Iterator[Problem]:
    """`registry` names the registry that the registration id belongs to."""
    for identifier, trial in records.trials.items():
        registry = identifiers.registry_of(identifiers.from_file_name(identifier) or "")
        if registry and trial.registry != registry.name:
            yield Problem(
                path_of(kinds.TRIAL, identifier),
                ("registry",),
                f"expected {registry.name!r}, the registry of {identifier}, found {trial.registry!r}",
            )


def trials_and_studies_agree(records: Records) -> Iterator[Problem]:
    """A trial that names its study is named by it too, and the other way round: else results would be counted twice."""
    known = ids(records, kinds.STUDY)
    for identifier, trial in records.trials.items():
        if not trial.study:
            continue
        path = path_of(kinds.TRIAL, identifier)
        yield from unknown(path, ("study",), "the id of an included study", trial.study, known)
        study = records.included.get(trial.study)
        if study and not _registrations(study) & _ids_of(identifier, trial):
            yield Problem(
                path,
                ("study",),
                f"expected a study that names this registration, found {trial.study!r}, which does not",
                f"Add it under `registrations` of {path_of(kinds.STUDY, trial.study)}, or mend the link.",
            )


def registrations_of_studies_have_a_trial(records: Records) -> Iterator[Problem]:
    """A registration of an included study has its file in trials/, and that file names the study.

    Registered and reported outcomes can then be compared (PRISMA 2020, items 14 and 21).
    """
    files = {registration: key for key, trial in records.trials.items() for registration in _ids_of(key, trial)}
    unread = ids(records, kinds.TRIAL) - records.trials.keys()
    for path, study in included(records):
        own_id = path.rpartition("/")[2].removesuffix(".yml")
        for index, registration in enumerate(study.registrations):
            key = files.get(registration.id)
            place = ("registrations", index, "id")
            if key is None and identifiers.file_name(registration.id) not in unread:
                file = path_of(kinds.TRIAL, identifiers.file_name(registration.id))
                yield Problem(
                    path, place, f"expected the file {file}, found none", "Add the trial as its registry shows it."
                )
            elif key is not None and records.trials[key].study != own_id:
                yield Problem(
                    path,
                    place,
                    f"expected a trial that names this study, found {records.trials[key].study or 'none'} "
                    f"in {path_of(kinds.TRIAL, key)}",
                    f"Write `study: {own_id}` there.",
                )


def trials_are_taken_out_at_full_text(records: Records) -> Iterator[Problem]:
    """The decision by which a trial is taken out says so at full text, as it is counted (PRISMA 2020, item 16b)."""
    for path, trial in trials(records):
        decision = trial.decision
        if decision and decision.outcome is Outcome.EXCLUDE and decision.stage is not Stage.FULL_TEXT:
            yield Problem(
                path,
                ("decision", "stage"),
                f"expected full-text for a trial that is taken out, found {decision.stage.value!r}",
            )


def excluded_trials_had_been_in_the_review(records: Records) -> Iterator[Problem]:
    """A trial that is excluded had been part of the review; else it belongs in excluded/, or among the screened lines.

    Its file stays, so that as of an earlier day the trial is what it was.
    """
    for path, trial in trials(records):
        before = [one for one in decisions_on(trial) if one.on <= trial.known_on]
        if before and before[-1].outcome is Outcome.EXCLUDE and before[-1].on < trial.known_on:
            is_now = len(before) > len(trial.earlier_decisions)
            yield Problem(
                path,
                ("decision", "on") if is_now else ("earlier_decisions", len(before) - 1, "on"),
                f"expected a day from {trial.known_on} on, when the trial became part of the review, "
                f"found {before[-1].on}",
                "A registration that was excluded without ever being part of the review is a file in excluded/.",
            )


def excluded_trials_hold_no_included_results(records: Records) -> Iterator[Problem]:
    """A trial that is excluded is not linked to an included study: its results would count, and the trial would not."""
    for path, trial in trials(records):
        study = records.included.get(trial.study or "")
        if study is None or trial.decision is None or trial.decision.outcome is not Outcome.EXCLUDE:
            continue
        if study.history[-1].kind is not EventKind.REMOVED:
            yield Problem(
                path,
                ("study",),
                f"expected no included study for a trial that is excluded, found {trial.study!r}",
                f"Take out {path_of(kinds.STUDY, trial.study or '')} as well; or, if it does not report this trial, "
                "delete the link here and the registration there.",
            )


def _ids_of(key: str, trial: Trial) -> set[str]:
    registration = identifiers.from_file_name(key)
    return {*trial.secondary_ids, *([registration] if registration else [])}


def _registrations(study: Study) -> set[str]:
    stated = {registration.id for registration in study.registrations}
    return stated | {report.registration for report in study.reports if report.registration}


def results_of_ended_trials_were_looked_for(records: Records) -> Iterator[Problem]:
    """For a trial that has ended, somebody has looked for results and written down when.

    Of trials that a registry called ongoing or unknown, 37 % already had publications (PMC5652524).
    """
    for path, trial in trials(records):
        if trial.decision and trial.decision.outcome is Outcome.EXCLUDE:
            continue
        if trial.status_history[-1].status not in _NOTHING_TO_FIND and not (trial.results or trial.study):
            yield Problem(
                path,
                (),
                "expected `results` with the day they were looked for, because the trial has ended, found none",
                "Look in the registry and for publications; write on_registry, publication and checked.",
                Level.WARNING,
            )


RULES = (
    trial_files_are_named_by_registration,
    registries_fit_the_registration,
    trials_and_studies_agree,
    registrations_of_studies_have_a_trial,
    trials_are_taken_out_at_full_text,
    excluded_trials_had_been_in_the_review,
    excluded_trials_hold_no_included_results,
    results_of_ended_trials_were_looked_for,
)
