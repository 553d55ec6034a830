"""Discrepancies: major before minor, open before resolved, and counted."""

from pathlib import Path

from generator.model.report import Discrepancy
from generator.review.discrepancies import count_discrepancies, ranked
from tests.evidence import read


def located(name: str, severity: str, status: str) -> tuple[str, str, Discrepancy]:
    return "study", name, Discrepancy.model_validate({"what": "Made-up.", "severity": severity, "status": status})


def test_the_major_open_ones_stand_first_and_equals_keep_their_order() -> None:
    found = [
        located("a", "minor", "resolved"),
        located("b", "minor", "open"),
        located("c", "major", "resolved"),
        located("d", "major", "open"),
        located("e", "major", "open"),
    ]
    assert [name for _, name, _ in ranked(found)] == ["d", "e", "c", "b", "a"]
    counts = count_discrepancies(found)
    assert (counts.total, counts.major, counts.open) == (5, 3, 3)


def test_a_review_gathers_those_of_every_record(made_up_review: Path) -> None:
    review = read(made_up_review)
    assert ("trial", "CTRI-2099-01-099903") in {(kind, key) for kind, key, _ in review.ranked_discrepancies}
    assert review.discrepancy_counts.total == len(review.discrepancies) == len(review.ranked_discrepancies)
