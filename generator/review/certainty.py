"""The certainty of the evidence on an outcome: what people rated, within what the designs of the studies allow."""

from dataclasses import dataclass

from generator.model.study import CONTROLLED, Study
from generator.model.summary import Certainty, CertaintyRating, Summary


@dataclass(frozen=True)
class DomainCertainty:
    """Certainty of the evidence on one outcome."""

    level: Certainty
    rating: CertaintyRating | None
    """The rating by people; None while nobody has rated."""
    reason: str


def certainty_of(studies: list[Study], bottom_line: Summary | None) -> DomainCertainty:
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
