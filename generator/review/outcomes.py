"""Results gathered by outcome, instrument and time window, with the direction of each study and the certainty."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.instrument import Instrument
from generator.model.protocol import OutcomeDomain, Protocol, TimeWindow
from generator.model.records import Records
from generator.model.result import Direction, Result
from generator.model.study import CONTROLLED, Arm, Study
from generator.model.summary import Certainty, CertaintyRating, Summary, SummaryKind
from generator.review.study_facts import is_removed
from generator.synthesis.direction import domain_direction, usable_direction
from generator.synthesis.poolability import Verdict, verdict

_DAYS = {"min": 1 / 1440, "h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.44, "y": 365.25}


def days(span: str) -> float:
    """Return the length of a time such as `3 mo` in days (a month counts 30.44 days); baseline is 0."""
    if span == "baseline":
        return 0.0
    count, unit = span.split()
    return float(count) * _DAYS[unit]


def window_of(span: str, protocol: Protocol) -> TimeWindow | None:
    """Return the time window of the protocol that a follow-up time falls into."""
    length = days(span)
    for window in protocol.time_windows:
        if days(window.after) < length and (window.up_to is None or length <= days(window.up_to)):
            return window
    return None


@dataclass(frozen=True)
class StudyResult:
    """One printed number with everything needed to read it."""

    study_id: str
    study: Study
    result: Result
    index: int
    """Position among the study's results."""
    arm: Arm | None
    instrument_id: str
    instrument: Instrument
    window: TimeWindow | None
    direction: Direction


@dataclass(frozen=True)
class DomainCertainty:
    """Certainty of the evidence on one outcome."""

    level: Certainty
    rating: CertaintyRating | None
    """The rating by people; None while nobody has rated."""
    reason: str


@dataclass(frozen=True)
class OutcomeEvidence:
    """Everything the included studies report on one outcome domain."""

    domain: OutcomeDomain
    results: tuple[StudyResult, ...]
    directions: tuple[tuple[str, Direction], ...]
    """One direction per study that reports the domain."""
    n_studies: int
    n_people: int | None
    """People enrolled in these studies; None when a study does not report it."""
    verdicts: tuple[tuple[str, Verdict], ...]
    """By instrument: may its results be pooled, and why not."""
    certainty: DomainCertainty
    bottom_line: Summary | None


def study_results(study_id: str, study: Study, records: Records, protocol: Protocol) -> Iterator[StudyResult]:
    """Yield the results of one study; a result whose instrument is unknown is left out (a rule reports it)."""
    arms = {arm.id: arm for arm in (*study.arms, *study.subgroups)}
    instruments = records.instruments.instruments if records.instruments else {}
    for index, result in enumerate(study.results):
        instrument = instruments.get(result.instrument)
        if instrument is not None:
            yield StudyResult(
                study_id,
                study,
                result,
                index,
                arms.get(result.arm),
                result.instrument,
                instrument,
                window_of(result.time, protocol),
                usable_direction(result, instrument),
            )


def evidence(records: Records, protocol: Protocol) -> tuple[OutcomeEvidence, ...]:
    """Return the evidence on every outcome of the protocol, in its order, also where there is none."""
    by_instrument: dict[str, list[StudyResult]] = {}
    for study_id, study in records.included.items():
        if not is_removed(study):
            for result in study_results(study_id, study, records, protocol):
                by_instrument.setdefault(result.instrument_id, []).append(result)
    return tuple(_domain_evidence(domain, by_instrument, records) for domain in protocol.outcomes)


def _domain_evidence(
    domain: OutcomeDomain, by_instrument: dict[str, list[StudyResult]], records: Records
) -> OutcomeEvidence:
    results = [result for instrument in domain.instruments for result in by_instrument.get(instrument, [])]
    studies = {result.study_id: result.study for result in results}
    if domain.harms:
        studies = {key: study for key, study in records.included.items() if study.harms and not is_removed(study)}
    coded: dict[str, list[Direction]] = {}
    for result in results:
        coded.setdefault(result.study_id, []).append(result.direction)
    directions = [(key, direction) for key, found in coded.items() if (direction := domain_direction(found))]
    counts = [study.participants.n_enrolled for study in studies.values()]
    known = [count for count in counts if isinstance(count, int)]
    bottom_line = next(
        (s for s in records.summaries.values() if s.kind is SummaryKind.BOTTOM_LINE and s.outcome == domain.id), None
    )
    return OutcomeEvidence(
        domain=domain,
        results=tuple(results),
        directions=tuple(directions),
        n_studies=len(studies),
        n_people=sum(known) if len(known) == len(counts) else None,
        verdicts=tuple(
            (instrument, verdict([(r.study.design, r.result) for r in by_instrument[instrument]]))
            for instrument in domain.instruments
            if instrument in by_instrument
        ),
        certainty=_certainty(list(studies.values()), bottom_line),
        bottom_line=bottom_line,
    )


def _certainty(studies: list[Study], bottom_line: Summary | None) -> DomainCertainty:
    """Return the certainty: the rating by people, capped at very low when no study has a control group.

    GRADE places evidence from uncontrolled studies at very low; rating it higher needs a written justification.
    """
    rating = bottom_line.rating if bottom_line else None
    controlled = any(study.design in CONTROLLED for study in studies)
    if not studies:
        return DomainCertainty(Certainty.VERY_LOW, rating, "no included study reports this outcome")
    if rating and (controlled or rating.above_cap):
        return DomainCertainty(rating.level, rating, rating.above_cap or "rated by the reviewers")
    if not controlled:
        return DomainCertainty(Certainty.VERY_LOW, rating, "no study has a control group")
    return DomainCertainty(Certainty.VERY_LOW, None, "not rated yet; shown as very low until two people have rated it")
