"""What all included studies together say about harms, and how often an event may occur that few people had.

Nothing is pooled: a study that reports no harm is never counted as one without harm.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.result import AdverseEvent, Ascertainment, NoneReported
from generator.model.study import Study
from generator.review.synthesis.harms import upper_bound

ASKED = frozenset({Ascertainment.ASKED, Ascertainment.BOTH})


@dataclass(frozen=True)
class HarmsEvidence:
    """How the included studies report harms; each part holds ids of studies."""

    reporting: tuple[str, ...]
    """Studies that describe a harm or say that none occurred."""
    with_events: tuple[str, ...]
    """Studies that describe at least one harm."""
    asked: tuple[str, ...]
    """Studies that asked people about harms."""
    none_reported: dict[NoneReported, tuple[str, ...]]
    """Studies that say no such harm occurred; kinds that nobody reports are left out."""


def reports_harms(study: Study) -> bool:
    """Return whether a study describes a harm or says that none of some kind occurred."""
    return study.harms is not None and (study.harms.none_reported is not None or bool(study.harms.events))


def harms_evidence(studies: Mapping[str, Study]) -> HarmsEvidence:
    """Return how the given studies report harms."""
    told = {key: study.harms for key, study in studies.items() if study.harms and reports_harms(study)}
    by_kind = {kind: tuple(key for key, harms in told.items() if harms.none_reported is kind) for kind in NoneReported}
    return HarmsEvidence(
        reporting=tuple(told),
        with_events=tuple(key for key, harms in told.items() if harms.events),
        asked=tuple(key for key, harms in told.items() if harms.ascertainment in ASKED),
        none_reported={kind: found for kind, found in by_kind.items() if found},
    )


@dataclass(frozen=True)
class EventShare:
    """How many people of a group had an event, and how often it may occur."""

    n_events: int
    n: int
    upper_percent: float
    """Upper limit of the exact (Clopper-Pearson) 95 % interval, in percent."""


def event_share(study: Study, event: AdverseEvent) -> EventShare | None:
    """Return the share of people with an event in its group, or in all observed people when no group is named.

    None when either number is not reported, or when they contradict each other.
    """
    arms = {arm.id: arm.n for arm in (*study.arms, *study.subgroups)}
    n = arms.get(event.arm) if event.arm else study.harms and study.harms.n_assessed
    if not isinstance(n, int) or not isinstance(event.n_people, int) or not 0 <= event.n_people <= n or not n:
        return None
    return EventShare(event.n_people, n, 100 * upper_bound(event.n_people, n))
