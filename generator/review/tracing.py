"""What became of every record that was found after the base review: each is followed to the stage it has reached.

One file of a record (or one line of the screened ledger) is one record found. Counting is the task of
`generator.review.flow`.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from generator.identifiers import file_name
from generator.model.decision import Candidate, Found, Outcome, Stage
from generator.model.protocol import Protocol, Source, SourceKind
from generator.model.records import Records
from generator.model.study import Study
from generator.model.trial import Trial
from generator.review.study_facts import included_on, is_removed
from generator.review.trials import Category, category, is_excluded

REGISTERED = frozenset({SourceKind.DATABASE, SourceKind.REGISTER})
"""Kinds of source that the left column of the PRISMA 2020 diagram counts; all others are "other methods"."""


class Fate(Enum):
    """The stage a record has reached."""

    WAITING = auto()
    EXCLUDED = auto()
    """On title and abstract."""
    NOT_RETRIEVED = auto()
    EXCLUDED_FULL_TEXT = auto()
    AWAITING = auto()
    ONGOING = auto()
    WITHDRAWN = auto()
    """A registered trial withdrawn before it began: listed, and counted nowhere else."""
    NEW_STUDY = auto()
    """The record by which a new study was found."""
    NEW_STUDY_REPORT = auto()
    """The registration of a new study."""
    EARLIER_STUDY_REPORT = auto()
    """The registration of a study that the base review had included, also of one that was taken out since."""


_FATES = {
    Category.AWAITING: Fate.AWAITING,
    Category.ONGOING: Fate.ONGOING,
    Category.LISTED: Fate.WITHDRAWN,
    Category.INCLUDED: Fate.NEW_STUDY_REPORT,
    Category.REMOVED: Fate.EXCLUDED_FULL_TEXT,
    Category.EXCLUDED: Fate.EXCLUDED_FULL_TEXT,
}


@dataclass(frozen=True)
class Traced:
    """One record found after the base review."""

    fate: Fate
    source: Source | None
    """The source that returned it first, databases and registers before all others; None when it is not recorded."""
    registered: bool
    """Whether a database or a register returned it."""
    reason: str = ""
    """Id of the exclusion reason."""


def previous_to(protocol: Protocol) -> dt.date:
    """Return the last day of the earlier version: the base review's publication, or the beginning of time."""
    return protocol.base_review.published if protocol.base_review else dt.date.min


def earlier_studies(records: Records, protocol: Protocol) -> dict[str, Study]:
    """Return the studies that the base review had included, also those that were taken out since."""
    since = previous_to(protocol)
    return {key: study for key, study in records.included.items() if included_on(study) <= since}


def reports_held(records: Records) -> dict[str, int]:
    """Return how many reports each study in included/ has; a linked registration that its file does not list is one."""
    listed = {
        key: {file_name(report.registration) for report in study.reports if report.registration}
        for key, study in records.included.items()
    }
    held = {key: len(study.reports) for key, study in records.included.items()}
    for key, trial in records.trials.items():
        names = {key, *map(file_name, trial.secondary_ids)}
        if trial.study in held and not names & listed[trial.study]:
            held[trial.study] += 1
    return held


def first_source(found: Sequence[Found], sources: Mapping[str, Source]) -> Source | None:
    """Return the source, of all by their ids, that returned a record first; databases and registers come before all."""
    known = [sources[one.source] for one in found if one.source in sources]
    return next((source for source in known if source.kind in REGISTERED), next(iter(known), None))


def trace(records: Records, protocol: Protocol) -> Iterator[Traced]:
    """Yield every record found after the base review, with the way it was found and the stage it has reached."""
    sources = {source.id: source for source in protocol.sources}
    since, earlier = previous_to(protocol), earlier_studies(records, protocol)

    def traced(fate: Fate, found: Sequence[Found], reason: str = "") -> Traced:
        first = first_source(found, sources)
        return Traced(fate, first, bool(first and first.kind in REGISTERED), reason)

    for candidate in records.candidates.values():
        yield traced(_fate_of_candidate(candidate), candidate.found)
    for line in (line for year in records.screened.values() for line in year.records):
        if line.found:
            yield traced(Fate.EXCLUDED, line.found)
            continue
        source = sources.get(
            line.source or ""
        )  # a person may have named it; a line without a source came from a search
        yield Traced(Fate.EXCLUDED, source, source.kind in REGISTERED if source else not line.source)
    for exclusion in records.excluded.values():
        at_full_text = exclusion.decision.stage is Stage.FULL_TEXT
        fate = Fate.EXCLUDED_FULL_TEXT if at_full_text else Fate.EXCLUDED
        yield traced(fate, exclusion.found, exclusion.decision.reason or "")
    for trial in records.trials.values():
        if trial.known_on > since:
            fate = _fate_of_trial(trial, records, earlier)
            decided_on = trial if is_excluded(trial) else records.included.get(trial.study or "")
            yield traced(fate, trial.found, _reason(decided_on) if fate is Fate.EXCLUDED_FULL_TEXT else "")
    for key, study in records.included.items():
        if key not in earlier:
            out = is_removed(study)
            yield traced(Fate.EXCLUDED_FULL_TEXT if out else Fate.NEW_STUDY, study.found, _reason(study) if out else "")


def _fate_of_candidate(candidate: Candidate) -> Fate:
    """Return where a candidate stands.

    A candidate decided as awaiting on title and abstract is one whose report could not be had.
    """
    decision = candidate.decision
    if decision is None or decision.outcome is not Outcome.AWAITING:
        return Fate.WAITING
    return Fate.AWAITING if decision.stage is Stage.FULL_TEXT else Fate.NOT_RETRIEVED


def _fate_of_trial(trial: Trial, records: Records, earlier: dict[str, Study]) -> Fate:
    if trial.study in earlier:
        return Fate.EARLIER_STUDY_REPORT
    return _FATES[category(trial, records.included)]


def _reason(record: Study | Trial | None) -> str:
    return (record.decision.reason or "") if record and record.decision else ""
