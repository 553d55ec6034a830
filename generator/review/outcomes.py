"""Results gathered by outcome, instrument and time window, with the direction of each study and the certainty."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.instrument import Instrument
from generator.model.protocol import OutcomeDomain, Protocol, TimeWindow
from generator.model.records import Records
from generator.model.result import Direction
from generator.model.study import CONTROLLED, Study
from generator.model.summary import Summary, SummaryKind
from generator.review.certainty import DomainCertainty, certainty_of
from generator.review.harms import reports_harms
from generator.review.study_facts import is_removed, year_of
from generator.review.study_results import StudyResult, by_study, study_results, telling_results
from generator.review.synthesis.direction import domain_direction
from generator.review.synthesis.poolability import Verdict, verdict
from generator.review.times import days

SEVERAL = "Not pooled: one study reports several comparisons here, and nobody has decided which of them counts."


@dataclass(frozen=True)
class StudyDirection:
    """The direction of one study in one outcome domain."""

    study_id: str
    direction: Direction
    compared: bool
    """True when it rests on comparisons between groups; a change within one group says nothing about its cause."""


@dataclass(frozen=True)
class WindowEvidence:
    """The results of one instrument within one time window."""

    window: TimeWindow | None
    """None for results at baseline and for times that no window covers."""
    results: tuple[StudyResult, ...]
    verdict: Verdict
    """May these results be pooled, and why not."""


@dataclass(frozen=True)
class InstrumentEvidence:
    """The results of one instrument, by time window in the order of the protocol."""

    instrument_id: str
    instrument: Instrument
    windows: tuple[WindowEvidence, ...]


@dataclass(frozen=True)
class OutcomeEvidence:
    """Everything the included studies report on one outcome domain."""

    domain: OutcomeDomain
    instruments: tuple[InstrumentEvidence, ...]
    """In the order of preference of the protocol; an instrument without results is left out."""
    directions: tuple[StudyDirection, ...]
    """One direction per study that reports the domain."""
    n_studies: int
    n_controlled: int
    """How many of these studies have a control group."""
    n_people: int | None
    """People enrolled in these studies; None when a study does not report it."""
    certainty: DomainCertainty
    bottom_line: Summary | None

    @property
    def results(self) -> tuple[StudyResult, ...]:
        """Every result of the domain."""
        return tuple(one for part in self.instruments for window in part.windows for one in window.results)

    @property
    def by_direction(self) -> dict[Direction, tuple[StudyDirection, ...]]:
        """The studies of each direction that occurs."""
        grouped = {way: tuple(one for one in self.directions if one.direction is way) for way in Direction}
        return {way: found for way, found in grouped.items() if found}

    @property
    def n_compared(self) -> int:
        """How many of the directions rest on comparisons between groups."""
        return sum(one.compared for one in self.directions)


def in_review(records: Records) -> dict[str, Study]:
    """Return the included studies that were not taken out again, in the order of year and name."""
    studies = {key: study for key, study in records.included.items() if not is_removed(study)}
    return dict(sorted(studies.items(), key=lambda pair: (year_of(pair[1]) or 9999, pair[0])))


def evidence(records: Records, protocol: Protocol) -> tuple[OutcomeEvidence, ...]:
    """Return the evidence on every outcome of the protocol, in its order, also where there is none."""
    studies = in_review(records)
    found = _results_by_instrument(studies, records, protocol)
    bottom_lines = {
        summary.outcome: summary
        for _, summary in sorted(records.summaries.items(), reverse=True)
        if summary.kind is SummaryKind.BOTTOM_LINE
    }
    return tuple(
        _domain_evidence(domain, studies, found, protocol, bottom_lines.get(domain.id)) for domain in protocol.outcomes
    )


def unplaced(records: Records, protocol: Protocol) -> tuple[InstrumentEvidence, ...]:
    """Return the results of instruments that the protocol places under no outcome, so that none is lost."""
    placed = {instrument for domain in protocol.outcomes for instrument in domain.instruments}
    found = _results_by_instrument(in_review(records), records, protocol)
    return tuple(
        _instrument_evidence(results, protocol)
        for instrument, results in sorted(found.items())
        if instrument not in placed
    )


def _results_by_instrument(
    studies: dict[str, Study], records: Records, protocol: Protocol
) -> dict[str, list[StudyResult]]:
    found: dict[str, list[StudyResult]] = {}
    for study_id, study in studies.items():
        for result in study_results(study_id, study, records, protocol):
            found.setdefault(result.instrument_id, []).append(result)
    return found


def _domain_evidence(
    domain: OutcomeDomain,
    included: dict[str, Study],
    found: dict[str, list[StudyResult]],
    protocol: Protocol,
    bottom_line: Summary | None,
) -> OutcomeEvidence:
    results = [result for instrument in domain.instruments for result in found.get(instrument, [])]
    studies = {result.study_id: result.study for result in results}
    if domain.harms:
        studies |= {key: study for key, study in included.items() if reports_harms(study)}
    counts = [study.participants.n_enrolled for study in studies.values()]
    known = [count for count in counts if isinstance(count, int)]
    return OutcomeEvidence(
        domain=domain,
        instruments=tuple(
            _instrument_evidence(found[instrument], protocol)
            for instrument in domain.instruments
            if instrument in found
        ),
        directions=tuple(_directions(results, list(included))),
        n_studies=len(studies),
        n_controlled=sum(study.design in CONTROLLED for study in studies.values()),
        n_people=sum(known) if len(known) == len(counts) else None,
        certainty=certainty_of(list(studies.values()), bottom_line),
        bottom_line=bottom_line,
    )


def _directions(results: list[StudyResult], order: list[str]) -> Iterator[StudyDirection]:
    own = by_study(results)
    for study_id in (key for key in order if key in own):
        telling, compared = telling_results(own[study_id])
        direction = domain_direction(one.direction for one in telling)
        if direction:
            yield StudyDirection(study_id, direction, compared)


def _instrument_evidence(results: list[StudyResult], protocol: Protocol) -> InstrumentEvidence:
    by_window: dict[str, list[StudyResult]] = {}
    for one in results:
        by_window.setdefault(one.window.id if one.window else "", []).append(one)
    windows = tuple(
        WindowEvidence(window, tuple(own), _verdict(own))
        for window in (None, *protocol.time_windows)
        if (own := by_window.get(window.id if window else ""))
    )
    return InstrumentEvidence(results[0].instrument_id, results[0].instrument, windows)


def _verdict(results: list[StudyResult]) -> Verdict:
    """Return whether the comparisons of a window may be pooled; without any, why its other results may not.

    Of a study that compares at several times within the window the latest comparison counts.
    """
    compared: list[StudyResult] = []
    for own in by_study(results).values():
        telling, is_comparison = telling_results(own)
        latest = max((days(one.result.time) for one in telling), default=0)
        chosen = [one for one in telling if is_comparison and days(one.result.time) == latest]
        if len(chosen) > 1:
            return Verdict(False, SEVERAL)
        compared += chosen
    return verdict([(one.study.design, one.result) for one in compared or results])
