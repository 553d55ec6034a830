"""The rows of the effect direction plot: studies by outcome, ordered by design, then risk of bias, then size.

The plot is that of Thomson and Thomas 2013 (Res Synth Methods 4:95) as revised by Boon and Thomson 2021. Directions
come from coded judgements alone; no p value takes part and no sign test is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model.protocol import OutcomeDomain
from generator.model.risk_of_bias import Level, RiskOfBiasTool
from generator.model.study import Design, Study
from generator.review.outcomes import OutcomeEvidence, StudyDirection
from generator.review.risk_of_bias import RANKS, overall, rank
from generator.review.study_facts import n_participants

_DESIGNS = list(Design)
"""Designs in the order of the vocabulary: randomised first, case reports last."""


@dataclass(frozen=True)
class DirectionRow:
    """One study of the plot."""

    study_id: str
    study: Study
    n_people: int | None
    risk_of_bias: Level | None
    """Least favourable overall judgement; None while there is none."""
    directions: dict[str, StudyDirection]
    """By outcome; an outcome on which the study reports nothing is left out."""


@dataclass(frozen=True)
class DirectionPlot:
    """Studies by outcome, with the direction of each."""

    domains: tuple[OutcomeDomain, ...]
    """Outcomes of the protocol, without those about harms that have no coded direction."""
    rows: tuple[DirectionRow, ...]


def direction_plot(
    outcomes: Sequence[OutcomeEvidence], studies: Mapping[str, Study], tools: Mapping[str, RiskOfBiasTool]
) -> DirectionPlot:
    """Return the plot of all given studies, also of those that report no direction."""
    found: dict[str, dict[str, StudyDirection]] = {key: {} for key in studies}
    for outcome in outcomes:
        for one in outcome.directions:
            if one.study_id in found:
                found[one.study_id][outcome.domain.id] = one
    rows = [
        DirectionRow(key, study, n_participants(study), overall(study, tools), found[key])
        for key, study in studies.items()
    ]
    domains = tuple(outcome.domain for outcome in outcomes if outcome.directions or not outcome.domain.harms)
    return DirectionPlot(domains, tuple(sorted(rows, key=_place)))


def _place(row: DirectionRow) -> tuple[int, int, int, str]:
    bias = rank(row.risk_of_bias.rank) if row.risk_of_bias else len(RANKS)
    return _DESIGNS.index(row.study.design), bias, -(row.n_people or 0), row.study_id
