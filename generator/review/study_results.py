"""The printed numbers of one study with everything needed to read them, and which of them tell its direction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model.instrument import Instrument
from generator.model.protocol import Protocol, TimeWindow
from generator.model.records import Records
from generator.model.result import Contrast, Direction, Result
from generator.model.study import CONTROLLED, Arm, ArmRole, Study
from generator.review.synthesis.direction import usable_direction
from generator.review.times import days, window_of

_RANKS = {
    (True, ArmRole.EXPERIMENTAL): 0,
    (True, ArmRole.CONTROL): 0,
    (True, ArmRole.SUBGROUP): 1,
    (False, ArmRole.EXPERIMENTAL): 2,
    (False, ArmRole.SUBGROUP): 3,
}
"""Which results of a study count for its direction, the lowest first: by whether groups are compared, and the group."""


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


def by_study(results: Iterable[StudyResult]) -> dict[str, list[StudyResult]]:
    """Return results by the id of their study."""
    grouped: dict[str, list[StudyResult]] = {}
    for result in results:
        grouped.setdefault(result.study_id, []).append(result)
    return grouped


def telling_results(results: list[StudyResult]) -> tuple[list[StudyResult], bool]:
    """Return the results of one study that say in which direction it points, and whether they compare groups.

    These are the comparisons between groups; without any, what is reported of groups that had the intervention. A
    control group alone and the start of the study say nothing about it, and a subgroup counts only where the whole
    group has no result.
    """
    by_rank: dict[int, list[StudyResult]] = {}
    for one in results:
        rank = _RANKS.get((_compares(one), one.arm.role if one.arm else ArmRole.EXPERIMENTAL))
        if rank is not None and days(one.result.time) > 0:
            by_rank.setdefault(rank, []).append(one)
    if not by_rank:
        return [], False
    chosen = by_rank[min(by_rank)]
    return chosen, _compares(chosen[0])


def _compares(one: StudyResult) -> bool:
    return one.result.contrast is Contrast.BETWEEN_ARM and one.study.design in CONTROLLED
