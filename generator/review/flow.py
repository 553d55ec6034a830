"""The flow of records, reports and studies, counted from the records: never typed.

Boxes and names follow the PRISMA 2020 diagram for updated reviews that include searches of databases, registers and
other sources (Page 2021, BMJ 372:n71). Unknown counts are None and read "not reported", never 0. What became of each
record is told by `generator.review.tracing`.
"""

from collections import Counter
from dataclasses import dataclass

from generator.model.protocol import Protocol, SourceKind
from generator.model.records import Records
from generator.model.search_run import RunKind, Screening, SearchRun
from generator.review.living import all_runs
from generator.review.received import Known, Removals, SourceCount, received, removed, total
from generator.review.study_facts import is_removed
from generator.review.tracing import Fate, Traced, earlier_studies, previous_to, reports_held, trace
from generator.review.trials import is_excluded


@dataclass(frozen=True)
class ReasonCount:
    """Reports excluded at full text for one reason of the protocol."""

    id: str
    label: str
    n: int


@dataclass(frozen=True)
class Sum:
    """Two numbers that must be equal, in words; one may be unknown."""

    left: str
    n_left: Known
    right: str
    n_right: Known

    @property
    def agrees(self) -> bool | None:
        """Whether the two are equal; None when one is unknown."""
        return None if self.n_left is None or self.n_right is None else self.n_left == self.n_right

    @property
    def sentence(self) -> str:
        """The sum in words."""
        if self.agrees is None:
            return f"{self.left} cannot be compared with {self.right}, because a count is not reported."
        verb = "equals" if self.agrees else "does not equal"
        return f"{self.left} ({self.n_left}) {verb} {self.right} ({self.n_right})."


@dataclass(frozen=True)
class Column:
    """One column of the diagram: records found one way, and what became of them."""

    name: str
    identified: Known
    """Records received from the sources of this column; from databases and registers, duplicates included."""
    per_source: tuple[SourceCount, ...]
    removed: Removals
    waiting: int
    """Records on which nobody has decided yet."""
    screened: int
    excluded: int
    """Records excluded on title and abstract."""
    sought: int
    not_retrieved: int
    assessed: int
    excluded_full_text: tuple[ReasonCount, ...]
    """Reports excluded at full text, by reason in the order of the protocol."""
    awaiting: int
    """Reports assessed that await classification, registrations of trials without included results among them."""
    ongoing: int
    """Registrations of ongoing trials."""
    withdrawn: int
    """Registrations of trials withdrawn before they began."""
    new_studies: int
    new_reports: int
    """Reports assessed that belong to new studies."""
    earlier_study_reports: int
    """Reports assessed that belong to studies of the earlier version."""

    @property
    def n_excluded_full_text(self) -> int:
        """Reports excluded at full text, all reasons together."""
        return sum(reason.n for reason in self.excluded_full_text)

    def from_kind(self, kind: SourceKind) -> Known:
        """Return the records from sources of one kind."""
        return total(count.n for count in self.per_source if count.source and count.source.kind is kind)

    @property
    def sums(self) -> tuple[Sum, ...]:
        """The sums that must hold from box to box."""
        taken = self.removed.total
        remaining = None if self.identified is None or taken is None else self.identified - taken
        ends = self.n_excluded_full_text + self.awaiting + self.ongoing + self.withdrawn
        included = self.new_reports + self.earlier_study_reports
        return (
            Sum("identified less removed", remaining, "waiting and screened", self.waiting + self.screened),
            Sum("screened less excluded", self.screened - self.excluded, "sought", self.sought),
            Sum("sought less not retrieved", self.sought - self.not_retrieved, "assessed", self.assessed),
            Sum("assessed less excluded and set aside", self.assessed - ends, "reports of included studies", included),
        )


@dataclass(frozen=True)
class Flow:
    """All numbers of the diagram."""

    previous_studies: int
    previous_reports: int
    previous: dict[str, Known]
    """Totals of the base review as it prints them, by field of `Screening`; None where it does not report one."""
    previous_trials: int
    """Registered trials that came with the base review."""
    removed_trials: int
    """Of these, taken out since."""
    registered: Column
    other: Column
    n_runs: int
    """Search runs since the base review."""
    n_failed: int
    """Searches of a source in these runs that failed; what they would have returned is counted nowhere."""
    new_reports: int
    """Reports of new studies, those among them that no search returned by themselves."""
    added_reports: int
    """Reports added to studies of the earlier version."""
    removed_studies: int
    """Studies of the earlier version that were taken out since, as after a retraction."""
    removed_reports: int
    total_studies: int
    total_reports: int

    @property
    def new_studies(self) -> int:
        """New studies from both columns."""
        return self.registered.new_studies + self.other.new_studies

    @property
    def companion_reports(self) -> int:
        """Reports of new studies that came with the study and not as a record of their own."""
        return self.new_reports - self.registered.new_reports - self.other.new_reports

    @property
    def sums(self) -> tuple[tuple[str, Sum], ...]:
        """Every sum with the part of the diagram that it belongs to."""
        studies = self.previous_studies + self.new_studies - self.removed_studies
        reports = self.previous_reports + self.new_reports + self.added_reports - self.removed_reports
        less = " less those taken out" if self.removed_studies else ""
        found = [(column.name, one) for column in (self.registered, self.other) for one in column.sums]
        found.append(("Included", Sum(f"earlier and new studies{less}", studies, "all studies", self.total_studies)))
        found.append(
            ("Included", Sum(f"earlier, new and added reports{less}", reports, "all reports", self.total_reports))
        )
        if self.previous["studies"] is not None:
            printed = Sum("studies as printed", self.previous["studies"], "studies held", self.previous_studies)
            found.append(("Earlier version", printed))
        return tuple(found)

    @property
    def disagreements(self) -> tuple[str, ...]:
        """The sums that do not agree, each in a sentence."""
        return tuple(f"{part}: {one.sentence}" for part, one in self.sums if one.agrees is False)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The sums that cannot be checked because a count is not reported, each in a sentence."""
        return tuple(f"{part}: {one.sentence}" for part, one in self.sums if one.agrees is None)


def flow(records: Records, protocol: Protocol) -> Flow:
    """Count the flow: the base review (or nothing) as the earlier version, all searches since then as the new one."""
    runs = [run for run in all_runs(records) if run.kind is not RunKind.BASE_REVIEW]
    traced = list(trace(records, protocol))
    earlier, held = earlier_studies(records, protocol), reports_held(records)
    previous = _previous(records)
    out = {key for key, study in records.included.items() if is_removed(study)}
    of_earlier = sum(held[key] for key in earlier)
    of_new = sum(n for key, n in held.items() if key not in earlier and key not in out)
    taken_out = sum(held[key] for key in earlier.keys() & out)
    linked = sum(one.fate is Fate.EARLIER_STUDY_REPORT for one in traced)
    printed = previous["reports"]
    previous_reports = of_earlier - linked if printed is None else printed
    since = previous_to(protocol)
    came = [trial for trial in records.trials.values() if trial.known_on <= since]
    return Flow(
        previous_studies=len(earlier),
        previous_reports=previous_reports,
        previous=previous,
        previous_trials=len(came),
        removed_trials=sum(is_excluded(trial) for trial in came),
        registered=_column("Databases and registers", [one for one in traced if one.registered], protocol, runs),
        other=_column("Other methods", [one for one in traced if not one.registered], protocol),
        n_runs=len(runs),
        n_failed=sum(part.failed for run in runs for part in run.sources),
        new_reports=of_new,
        added_reports=max(0, of_earlier - previous_reports),
        removed_studies=len(earlier.keys() & out),
        removed_reports=taken_out,
        total_studies=len(records.included) - len(out),
        total_reports=of_earlier - taken_out + of_new,
    )


def _previous(records: Records) -> dict[str, Known]:
    base = next((run for run in all_runs(records) if run.kind is RunKind.BASE_REVIEW), None)
    selection = base.selection if base else None
    values = {name: getattr(selection, name, None) for name in Screening.model_fields if name != "source"}
    return {name: value if isinstance(value, int) else None for name, value in values.items()}


def _column(name: str, traced: list[Traced], protocol: Protocol, runs: list[SearchRun] | None = None) -> Column:
    """Count one column; with `runs` the records identified are those the searches received, else those traced."""
    fates = Counter(one.fate for one in traced)
    per_source = _first_sources(traced, protocol) if runs is None else received(runs, protocol)
    before = Removals(0, 0, 0, 0) if runs is None else removed(runs, protocol)
    reasons = Counter(one.reason for one in traced if one.fate is Fate.EXCLUDED_FULL_TEXT)
    not_assessed = (Fate.WAITING, Fate.EXCLUDED, Fate.NOT_RETRIEVED)
    assessed = sum(n for fate, n in fates.items() if fate not in not_assessed)
    sought = assessed + fates[Fate.NOT_RETRIEVED]
    return Column(
        name=name,
        identified=total(count.n for count in per_source),
        per_source=per_source,
        removed=before,
        waiting=fates[Fate.WAITING],
        screened=sought + fates[Fate.EXCLUDED],
        excluded=fates[Fate.EXCLUDED],
        sought=sought,
        not_retrieved=fates[Fate.NOT_RETRIEVED],
        assessed=assessed,
        excluded_full_text=tuple(
            ReasonCount(reason.id, reason.label, reasons[reason.id])
            for reason in protocol.exclusion_reasons
            if reasons[reason.id]
        ),
        awaiting=fates[Fate.AWAITING],
        ongoing=fates[Fate.ONGOING],
        withdrawn=fates[Fate.WITHDRAWN],
        new_studies=fates[Fate.NEW_STUDY],
        new_reports=fates[Fate.NEW_STUDY] + fates[Fate.NEW_STUDY_REPORT],
        earlier_study_reports=fates[Fate.EARLIER_STUDY_REPORT],
    )


def _first_sources(traced: list[Traced], protocol: Protocol) -> tuple[SourceCount, ...]:
    """Return the records by the source that returned them first; those without a source come last."""
    by_source = Counter(one.source.id if one.source else "" for one in traced)
    counts = [SourceCount(one, by_source[one.id]) for one in protocol.sources if by_source[one.id]]
    if by_source[""]:
        counts.append(SourceCount(None, by_source[""]))
    return tuple(counts)
