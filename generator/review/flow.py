"""The flow of records, reports and studies, counted from the records: never typed.

Boxes and names follow the PRISMA 2020 diagram for updated reviews that include searches of databases, registers and
other sources (Page 2021, BMJ 372:n71). Unknown counts are None and read "not reported".
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model.decision import Candidate, Found, Outcome, Stage
from generator.model.protocol import Protocol, SourceKind
from generator.model.records import Records
from generator.model.search_run import RunKind, SearchRun
from generator.review.living import all_runs
from generator.review.study_facts import included_on

REGISTERED = frozenset({SourceKind.DATABASE, SourceKind.REGISTER})
"""Kinds of source that the left column of the diagram counts; all others are "other methods"."""


@dataclass(frozen=True)
class Column:
    """One column of the diagram: records found one way, and what became of them."""

    identified: int
    """Records received from the sources of this column, duplicates included."""
    per_source: tuple[tuple[str, int], ...]
    duplicates: int
    automation: int
    other_removed: int
    waiting: int
    """Records on which nobody has decided yet."""
    screened: int
    excluded: int
    """Records excluded on title and abstract."""
    sought: int
    not_retrieved: int
    assessed: int
    excluded_full_text: tuple[tuple[str, int], ...]
    """Reports excluded at full text, by reason in the order of the protocol."""
    awaiting: int
    """Reports assessed that await classification, registrations of trials without included results among them."""
    new_studies: int
    new_reports: int

    @property
    def n_excluded_full_text(self) -> int:
        """Reports excluded at full text, all reasons together."""
        return sum(count for _, count in self.excluded_full_text)

    def disagreements(self, name: str) -> list[str]:
        """Return the sums that do not agree, each in a sentence; none when the column is consistent."""
        removed = self.duplicates + self.automation + self.other_removed
        sums = (
            (
                "identified less removed",
                self.identified - removed,
                "waiting and screened",
                self.waiting + self.screened,
            ),
            ("screened less excluded", self.screened - self.excluded, "sought", self.sought),
            ("sought less not retrieved", self.sought - self.not_retrieved, "assessed", self.assessed),
            (
                "assessed less excluded and awaiting",
                self.assessed - self.n_excluded_full_text - self.awaiting,
                "new studies' reports",
                self.new_reports,
            ),
        )
        return [
            f"{name}: {left} is {left_count}, {right} is {right_count}."
            for left, left_count, right, right_count in sums
            if left_count != right_count
        ]


@dataclass(frozen=True)
class Flow:
    """All numbers of the diagram."""

    previous_studies: int
    previous_reports: int
    previous: dict[str, int | None]
    """Totals of the base review as it prints them, by field of `Screening`; None where it does not report one."""
    registered: Column
    other: Column
    n_runs: int
    """Search runs since the base review."""
    total_studies: int
    total_reports: int

    @property
    def disagreements(self) -> tuple[str, ...]:
        """The sums that do not agree."""
        found = self.registered.disagreements("Databases and registers") + self.other.disagreements("Other methods")
        new_studies = self.registered.new_studies + self.other.new_studies
        if self.previous_studies + new_studies != self.total_studies:
            found.append(
                f"Studies: {self.previous_studies} earlier and {new_studies} new are not {self.total_studies}."
            )
        return tuple(found)


@dataclass(frozen=True)
class _Traced:
    """What became of one record that was found after the base review."""

    left: bool
    stage: str
    source: str
    """Name of the source that returned it first."""
    reason: str = ""
    n_reports: int = 1


def flow(records: Records, protocol: Protocol) -> Flow:
    """Count the flow: the base review (or nothing) as the previous version, all searches since then as the new one."""
    since = protocol.base_review.published if protocol.base_review else dt.date.min
    earlier = [study for study in records.included.values() if included_on(study) <= since]
    runs = [run for run in all_runs(records) if run.kind is not RunKind.BASE_REVIEW]
    traced = list(_trace(records, protocol, since))
    reasons = {reason.id: reason.label for reason in protocol.exclusion_reasons}
    return Flow(
        previous_studies=len(earlier),
        previous_reports=sum(len(study.reports) for study in earlier),
        previous=_previous(records),
        registered=_column([record for record in traced if record.left], runs, protocol, reasons, left=True),
        other=_column([record for record in traced if not record.left], runs, protocol, reasons, left=False),
        n_runs=len(runs),
        total_studies=len(records.included),
        total_reports=sum(len(study.reports) for study in records.included.values()),
    )


def _previous(records: Records) -> dict[str, int | None]:
    names = ("identified", "screened", "excluded", "sought", "not_retrieved", "assessed", "excluded_full_text")
    base = next((run for run in all_runs(records) if run.kind is RunKind.BASE_REVIEW), None)
    selection = base.selection if base else None
    values = {name: getattr(selection, name, None) for name in names}
    return {name: value if isinstance(value, int) else None for name, value in values.items()}


def _trace(records: Records, protocol: Protocol, since: dt.date) -> Iterable[_Traced]:
    """Yield every record found after the base review, with the way it was found and the stage it has reached."""
    kinds = {source.id: source.kind for source in protocol.sources}
    names = {source.id: source.name for source in protocol.sources}

    def traced(found: Sequence[Found], stage: str, reason: str = "", n_reports: int = 1) -> _Traced:
        registered = [one for one in found if kinds.get(one.source) in REGISTERED]
        first = next(iter(registered or found), None)
        return _Traced(bool(registered), stage, names.get(first.source, "") if first else "", reason, n_reports)

    for candidate in records.candidates.values():
        yield traced(candidate.found, _candidate_stage(candidate))
    for record in (record for year in records.screened.values() for record in year.records):
        source = record.source or ""
        yield _Traced(not source or kinds.get(source) in REGISTERED, "excluded", names.get(source, ""))
    for exclusion in records.excluded.values():
        at_full_text = exclusion.decision.stage is Stage.FULL_TEXT
        yield traced(
            exclusion.found, "excluded-full-text" if at_full_text else "excluded", exclusion.decision.reason or ""
        )
    for trial in records.trials.values():
        if trial.found:
            yield traced(trial.found, "awaiting")
    for study in records.included.values():
        if included_on(study) > since:
            yield traced(study.found, "included", n_reports=len(study.reports))


def _candidate_stage(candidate: Candidate) -> str:
    """Return where a candidate stands: waiting, awaiting classification, or not retrieved.

    A candidate decided as awaiting on title and abstract is one whose report could not be had.
    """
    decision = candidate.decision
    if decision is None or decision.outcome is not Outcome.AWAITING:
        return "waiting"
    return "awaiting" if decision.stage is Stage.FULL_TEXT else "not-retrieved"


def _column(
    traced: list[_Traced], runs: list[SearchRun], protocol: Protocol, reasons: dict[str, str], *, left: bool
) -> Column:
    stages = Counter[str]()
    for record in traced:
        stages[record.stage] += record.n_reports
    received, removed = (
        _searched(runs, protocol) if left else (Counter(record.source for record in traced), Counter[str]())
    )
    by_reason = Counter(record.reason for record in traced if record.stage == "excluded-full-text")
    assessed = stages["excluded-full-text"] + stages["awaiting"] + stages["included"]
    sought = assessed + stages["not-retrieved"]
    return Column(
        identified=sum(received.values()),
        per_source=tuple(sorted(received.items())),
        duplicates=removed["duplicates"],
        automation=removed["automation"],
        other_removed=removed["other"],
        waiting=stages["waiting"],
        screened=sought + stages["excluded"],
        excluded=stages["excluded"],
        sought=sought,
        not_retrieved=stages["not-retrieved"],
        assessed=assessed,
        excluded_full_text=tuple((label, by_reason[key]) for key, label in reasons.items() if by_reason[key]),
        awaiting=stages["awaiting"],
        new_studies=sum(record.stage == "included" for record in traced),
        new_reports=stages["included"],
    )


def _searched(runs: list[SearchRun], protocol: Protocol) -> tuple[Counter[str], Counter[str]]:
    """Return records received by name of the source, and records removed before screening by reason."""
    names = {source.id: source.name for source in protocol.sources if source.kind in REGISTERED}
    received, removed = Counter[str](), Counter[str]()
    for run in runs:
        for part in run.sources:
            if part.source in names:
                received[names[part.source]] += _known(part.received)
                for reason in ("duplicates", "automation", "other"):
                    removed[reason] += _known(getattr(part.removed, reason, None))
    return received, removed


def _known(value: object) -> int:
    return value if isinstance(value, int) else 0
