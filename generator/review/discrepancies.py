"""Statements that do not agree, from every record that keeps them: which matter most, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.report import Discrepancy, DiscrepancyStatus, Severity

Located = tuple[str, str, Discrepancy]
"""Kind (`study`, `trial` or `review`) and id of the record, and the discrepancy."""


@dataclass(frozen=True)
class DiscrepancyCounts:
    """How many discrepancies were found, and how many of them are major and open."""

    total: int
    major: int
    open: int


def ranked(found: Sequence[Located]) -> list[Located]:
    """Return discrepancies with the major before the minor, and among equals the open before the resolved."""
    return sorted(
        found, key=lambda one: (one[2].severity is not Severity.MAJOR, one[2].status is not DiscrepancyStatus.OPEN)
    )


def count_discrepancies(found: Sequence[Located]) -> DiscrepancyCounts:
    """Count discrepancies."""
    return DiscrepancyCounts(
        len(found),
        sum(one.severity is Severity.MAJOR for _, _, one in found),
        sum(one.status is DiscrepancyStatus.OPEN for _, _, one in found),
    )
