"""Everything that follows from the records on one day. No other room computes a count, a category, a status or a date.

A `Review` is a pure function of (records, today). Nothing here reads files, renders or asks the clock.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from generator.model.instrument import Instrument
from generator.model.protocol import Protocol
from generator.model.records import Kind, Records, path_of
from generator.model.report import Discrepancy, Document
from generator.model.search_run import RunKind, SearchRun
from generator.model.study import Study
from generator.model.summary import Summary
from generator.model.trial import Trial
from generator.model.version import Version
from generator.problems import Place
from generator.records.quotes import Verdict, verify_quotes
from generator.review.candidates import Awaiting, Waiting, awaiting, waiting
from generator.review.discrepancies import DiscrepancyCounts, count_discrepancies, ranked
from generator.review.effect_directions import DirectionPlot, direction_plot
from generator.review.exclusions import ReasonGroup, ScreenedCounts, excluded_by_reason, screened_counts
from generator.review.flow import Flow, flow
from generator.review.harms import HarmsEvidence, harms_evidence
from generator.review.living import LivingStatus, all_runs, living_status
from generator.review.outcomes import OutcomeEvidence, evidence, in_review
from generator.review.relations import Relation, relations
from generator.review.searches import LogLine, SentStrategy, run_kinds, search_log, strategies_sent
from generator.review.study_facts import n_participants, year_of
from generator.review.summaries import TakenOut, rests_on_taken_out
from generator.review.trials import OUT_OF_THE_REVIEW, Category, category
from generator.review.versions import Unpublished, VersionChange, unpublished, version_changes


@dataclass(frozen=True, eq=False)
class Review:
    """All derived facts of a review on the day `today`."""

    records: Records
    protocol: Protocol
    today: dt.date
    is_past: bool = field(default=False, kw_only=True)
    """Whether an earlier day is shown: nobody decides or corrects anything there, and files may have moved since."""

    @property
    def instruments(self) -> dict[str, Instrument]:
        """The instruments by id."""
        return self.records.instruments.instruments if self.records.instruments else {}

    @cached_property
    def studies(self) -> dict[str, Study]:
        """The included studies by id, in the order of year and name; without those that were taken out again."""
        return in_review(self.records)

    @cached_property
    def all_studies(self) -> dict[str, Study]:
        """The included studies and those that were taken out again, in the same order."""
        return dict(sorted(self.records.included.items(), key=lambda pair: (year_of(pair[1]) or 9999, pair[0])))

    @cached_property
    def relations(self) -> dict[str, tuple[Relation, ...]]:
        """What studies share with others, by id; studies that share nothing are absent."""
        return relations(self.records.included)

    @cached_property
    def n_people(self) -> int | None:
        """People enrolled in all included studies together; None when a study does not report it."""
        counts = [n_participants(study) for study in self.studies.values()]
        return None if None in counts else sum(count for count in counts if count)

    @property
    def base_document(self) -> Document | None:
        """The document of the base review, or None when this review starts from none."""
        base = self.protocol.base_review
        return self.protocol.documents.get(base.document) if base else None

    @cached_property
    def trials(self) -> dict[str, Trial]:
        """The registered trials of the review by id, in this order.

        Without those that were taken out again, and without the registrations of studies that were.
        """
        held = (group for one, group in self.trials_by_category.items() if one not in OUT_OF_THE_REVIEW)
        return dict(sorted(pair for group in held for pair in group.items()))

    @cached_property
    def trials_by_category(self) -> dict[Category, dict[str, Trial]]:
        """All registered trials by category, each category present, in the order of ids."""
        grouped: dict[Category, dict[str, Trial]] = {one: {} for one in Category}
        for key, trial in sorted(self.records.trials.items()):
            grouped[category(trial, self.records.included)][key] = trial
        return grouped

    @cached_property
    def runs(self) -> list[SearchRun]:
        """Every search run in the order of time."""
        return all_runs(self.records)

    @cached_property
    def waiting(self) -> tuple[Waiting, ...]:
        """The candidates without a decision, those found first standing first."""
        return waiting(self.records, self.protocol, self.today)

    @cached_property
    def awaiting(self) -> tuple[Awaiting, ...]:
        """What awaits classification: registered trials, then records decided as awaiting."""
        return awaiting(self.records, self.today)

    @cached_property
    def excluded_by_reason(self) -> tuple[ReasonGroup, ...]:
        """What was excluded at full text by reason, in the order of the protocol, empty reasons included."""
        return excluded_by_reason(self.records, self.protocol)

    @property
    def n_excluded(self) -> int:
        """How many studies and trials were excluded at full text, those among them that had been in the review."""
        return sum(len(group.studies) for group in self.excluded_by_reason)

    @cached_property
    def screened_counts(self) -> ScreenedCounts:
        """How many records were excluded on title and abstract, by reason and year."""
        return screened_counts(self.records, self.protocol)

    @cached_property
    def search_log(self) -> tuple[LogLine, ...]:
        """One line per search run and source, the newest first."""
        return search_log(self.records, self.protocol)

    @cached_property
    def run_kinds(self) -> dict[str, set[RunKind]]:
        """What kinds of search run have asked each source, by source."""
        return run_kinds(self.records)

    @cached_property
    def strategies_sent(self) -> dict[str, tuple[SentStrategy, ...]]:
        """Every strategy each source was ever sent, by source."""
        return strategies_sent(self.records, self.protocol)

    @cached_property
    def living(self) -> LivingStatus:
        """The living status and the three dates."""
        return living_status(self.records, self.protocol, self.today)

    @cached_property
    def flow(self) -> Flow:
        """The numbers of the flow diagram."""
        return flow(self.records, self.protocol)

    @cached_property
    def outcomes(self) -> tuple[OutcomeEvidence, ...]:
        """The evidence on every outcome of the protocol."""
        return evidence(self.records, self.protocol)

    @cached_property
    def harms(self) -> HarmsEvidence:
        """What the studies in the review tell of harms."""
        return harms_evidence(self.studies)

    @cached_property
    def direction_plot(self) -> DirectionPlot:
        """The directions of effect, study by study and outcome by outcome."""
        return direction_plot(self.outcomes, self.studies, self.records.tools)

    @cached_property
    def discrepancies(self) -> list[tuple[str, str, Discrepancy]]:
        """Every discrepancy with the kind (`study`, `trial` or `review`) and id of the record it stands in.

        Those of a study that was taken out stand on its page alone: nothing rests on the study any more.
        """
        found = [("review", "", discrepancy) for discrepancy in self.protocol.discrepancies]
        found += [("study", key, one) for key, study in self.studies.items() for one in study.discrepancies]
        found += [
            ("trial", key, one) for key, trial in sorted(self.records.trials.items()) for one in trial.discrepancies
        ]
        return found

    @cached_property
    def _verdicts(self) -> dict[tuple[str, Place], Verdict]:
        return verify_quotes(self.records)

    def verdict(self, kind: Kind, identifier: str, key: str, place: Place = ()) -> Verdict:
        """Return whether a quote of a record stands in its source; `place` is where its quotes are kept."""
        return self._verdicts[path_of(kind, identifier), (*place, "quotes", key)]

    @cached_property
    def ranked_discrepancies(self) -> list[tuple[str, str, Discrepancy]]:
        """The discrepancies, major before minor and open before resolved."""
        return ranked(self.discrepancies)

    @cached_property
    def discrepancy_counts(self) -> DiscrepancyCounts:
        """How many discrepancies were found, are major, and are open."""
        return count_discrepancies(self.discrepancies)

    @property
    def versions(self) -> tuple[Version, ...]:
        """The published versions, oldest first."""
        return self.records.versions.versions if self.records.versions else ()

    @cached_property
    def version_changes(self) -> tuple[VersionChange, ...]:
        """The published versions, newest first, each with the studies it added and removed."""
        return version_changes(self.versions)

    @cached_property
    def unpublished(self) -> Unpublished:
        """The studies added and removed since the newest published version."""
        return unpublished(self.records)

    def taken_out_under(self, summary: Summary) -> tuple[TakenOut, ...]:
        """Return the studies and trials that were taken out and that sentences of ours still rest on."""
        return rests_on_taken_out(summary, self.records)

    def name_of(self, person: str) -> str:
        """Return the name of a person by id; what is no person, such as `nightly`, in plain words."""
        names = {one.id: one.name for one in self.protocol.people}
        return names.get(person, person.replace("-", " "))

    @staticmethod
    def day(date: dt.date | None) -> str:
        """Return a date as it is printed (ISO 8601), or that there is none yet."""
        return date.isoformat() if date else "not yet"

    @cached_property
    def placeholders(self) -> dict[str, str]:
        """What stands for `{name}` in our own sentences."""
        living = self.living
        return {
            "n_studies": str(len(self.studies)),
            "n_participants": "not reported" if self.n_people is None else str(self.n_people),
            "n_trials": str(len(self.trials)),
            "n_candidates": str(living.n_waiting),
            "last_searched": self.day(living.last_searched_on),
            "last_evidence_change": self.day(living.last_evidence_change_on),
        }

    def fill(self, text: str | None) -> str:
        """Return our own sentences with the numbers and dates of the records in place of `{name}`."""
        for name, value in self.placeholders.items():
            text = (text or "").replace(f"{{{name}}}", value)
        return text or ""
