"""What was excluded and why: studies and trials at full text, and records on title and abstract, by reason."""

from collections import Counter
from dataclasses import dataclass

from generator.model.decision import Decision
from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.model.study import Exclusion, Study
from generator.model.trial import Trial
from generator.review.study_facts import is_removed
from generator.review.trials import is_excluded


@dataclass(frozen=True)
class Excluded:
    """A study or trial that was excluded at full text, and the decision."""

    record: Study | Exclusion | Trial
    """An included study or a registered trial where it was taken out again."""
    decision: Decision | None
    """None where a study was taken out and nobody wrote down who decided."""


@dataclass(frozen=True)
class ReasonGroup:
    """The studies and trials excluded at full text for one reason."""

    id: str
    label: str
    studies: dict[str, Excluded]


@dataclass(frozen=True)
class ReasonCounts:
    """How many records were excluded on title and abstract for one reason."""

    label: str
    per_year: tuple[int, ...]

    @property
    def total(self) -> int:
        """Records of all years."""
        return sum(self.per_year)


@dataclass(frozen=True)
class ScreenedCounts:
    """How many records were excluded on title and abstract, counted from the ledger."""

    years: tuple[str, ...]
    """The years of the ledger in which somebody decided, oldest first."""
    per_reason: tuple[ReasonCounts, ...]
    """The reasons that were given, in the order of the protocol, with their count in each of `years`."""
    all_reasons: ReasonCounts


def excluded_by_reason(records: Records, protocol: Protocol) -> tuple[ReasonGroup, ...]:
    """Group the studies excluded at full text by the protocol's reasons, in its order, also those nobody needed.

    Studies and registered trials that were taken out after they had been part of the review are among them (a retracted
    study is listed as excluded: Cochrane's policy on potentially problematic studies). A reason that the protocol does
    not name comes last under its id, so that no study is lost.
    """
    by_reason: dict[str, dict[str, Excluded]] = {reason.id: {} for reason in protocol.exclusion_reasons}
    listed: dict[str, Study | Exclusion | Trial] = {**records.excluded}
    listed |= {key: study for key, study in records.included.items() if is_removed(study)}
    listed |= {key: trial for key, trial in records.trials.items() if is_excluded(trial)}
    for key, record in sorted(listed.items()):
        reason = record.decision.reason if record.decision else None
        by_reason.setdefault(reason or "none", {})[key] = Excluded(record, record.decision)
    return tuple(ReasonGroup(key, reason_label(key, protocol), studies) for key, studies in by_reason.items())


def screened_counts(records: Records, protocol: Protocol) -> ScreenedCounts:
    """Count the records excluded on title and abstract by reason and year."""
    counts = Counter((record.reason, year) for year, ledger in records.screened.items() for record in ledger.records)
    years = tuple(sorted({year for _, year in counts}))
    in_order = dict.fromkeys(reason.id for reason in protocol.exclusion_reasons) | dict.fromkeys(
        sorted(reason for reason, _ in counts)
    )
    given = [reason for reason in in_order if any(counts[reason, year] for year in years)]
    return ScreenedCounts(
        years,
        tuple(ReasonCounts(reason_label(one, protocol), tuple(counts[one, year] for year in years)) for one in given),
        ReasonCounts("All reasons", tuple(sum(counts[one, year] for one in given) for year in years)),
    )


def reason_label(reason: str, protocol: Protocol) -> str:
    """Return an exclusion reason in the words of the protocol; one that it does not name is its id."""
    labels = {one.id: one.label for one in protocol.exclusion_reasons}
    return labels.get(reason, "No reason recorded" if reason == "none" else reason)
