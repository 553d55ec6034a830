"""Which outcomes the summary of findings shows: at most seven, harms always among them (GRADE; Cochrane Handbook)."""

from collections.abc import Sequence

from generator.model.protocol import Priority
from generator.review.outcomes import OutcomeEvidence

MOST = 7
"""A summary of findings shows no more outcomes than this."""


def summary_outcomes(outcomes: Sequence[OutcomeEvidence]) -> tuple[OutcomeEvidence, ...]:
    """Return the outcomes of the summary of findings in the order of the protocol, also those without evidence.

    Outcomes of limited importance are left out, except harms. Of more than seven, harms come first, then the critical
    ones, then those named first in the protocol.
    """
    wanted = [one for one in outcomes if one.domain.harms or one.domain.priority is not Priority.LIMITED]
    first = sorted(wanted, key=lambda one: (not one.domain.harms, one.domain.priority is not Priority.CRITICAL))[:MOST]
    shown = {one.domain.id for one in first}
    return tuple(one for one in outcomes if one.domain.id in shown)
