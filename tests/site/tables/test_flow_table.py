"""The boxes of the flow diagram and their table: every number of the flow, each with its list."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.search_run import SearchDay
from generator.review import Review
from generator.site.tables import flow
from generator.site.tables.flow import Box
from generator.wording.table import Cell
from tests.evidence import read


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def by_id(review: Review) -> dict[str, Box]:
    return {box.id: box for box in flow.boxes(review)}


def numbers(review: Review) -> dict[tuple[str, str], object]:
    """Return the table's numbers by part and by what is counted; None stands for what is not reported."""
    found: dict[tuple[str, str], object] = {}
    for row in flow.table(review).rows:
        part, what, n = row["part"], row["what"], row["n"]
        assert isinstance(part, Cell)
        assert isinstance(what, Cell)
        assert isinstance(n, Cell)
        assert what.link is not None
        found[part.text, what.text] = n.download
    return found


def test_numbers_of_both_columns(review: Review) -> None:
    found = numbers(review)
    left = "Databases and registers"
    assert found[left, "Records identified"] == 29
    assert found[left, "Records identified: Made-up Cup Register"] == 14
    assert found[left, "Records removed before screening: duplicates"] == 11
    assert found[left, "Records waiting for a decision"] == 3
    assert found[left, "Reports excluded: No made-up tea"] == 1
    assert found[left, "Set aside, neither included nor excluded: ongoing trials"] == 1
    assert found["Other methods", "Records identified: Reference lists of included studies"] == 1
    assert found["Included", "New studies included: of these, not found as records of their own"] == 1
    assert found["Included", "Studies in the review"] == 4


def test_an_unknown_number_is_not_reported_and_not_zero(review: Review) -> None:
    rows = [row for row in flow.table(review).rows if getattr(row["what"], "text", "").endswith(": other reasons")]
    assert [getattr(row["n"], "text", "") for row in rows] == ["not reported"]
    assert numbers(review)["Databases and registers", "Records removed before screening: other reasons"] is None


def test_every_box_leads_to_its_list(review: Review) -> None:
    boxes = by_id(review)
    pages = {key: box.link.page for key, box in boxes.items()}
    assert pages["registered-identified"] == "searches.md"
    assert pages["registered-waiting"] == pages["other-waiting"] == "candidates.md"
    assert pages["registered-screened"] == pages["registered-excluded"] == "excluded.md"
    assert pages["registered-set-aside"] == "awaiting.md"
    assert pages["new"] == pages["total"] == "evidence.md"
    assert [line.link and line.link.anchor for line in boxes["registered-excluded-full-text"].lines] == [
        "reason-no-tea",
        "reason-retracted",
    ]
    assert boxes["registered-identified"].lines[1].link
    assert boxes["registered-identified"].lines[1].link.anchor == "source-tea-index"


def test_other_methods_have_no_screening_box(review: Review) -> None:
    assert "registered-screened" in by_id(review)
    assert "other-screened" not in by_id(review)


def test_without_a_base_review_there_is_no_earlier_version(review: Review) -> None:
    assert "previous" not in by_id(review)
    assert flow.printed_table(review) is None


def test_the_earlier_version_and_its_own_numbers(real_review: Path) -> None:
    review = read(real_review)
    previous = by_id(review)["previous"]
    assert (previous.n, previous.lines[0].n) == (2, 2)
    assert "Gupta 2024" in previous.label
    labels = [line.label for line in by_id(review)["registered-identified"].lines]
    assert labels == ["no search since the earlier version"]
    printed = flow.printed_table(review)
    assert printed
    said = {getattr(row["what"], "text", ""): getattr(row["n"], "text", "") for row in printed.rows}
    assert said["Records identified"] == said["Records screened"] == said["Reports assessed"] == "not reported"
    assert said["Studies included"] == "2"


def test_without_any_search_the_box_says_so(review: Review) -> None:
    quiet = Review(replace(review.records, searches={}), review.protocol, review.today)
    assert [line.label for line in by_id(quiet)["registered-identified"].lines] == ["no search yet"]
    run = {"kind": "manual", "at": "2025-01-20", "sources": [{"source": "tea-index", "hits": "0"}]}
    searches = {"2025/2025-01-20": SearchDay.model_validate({"runs": [run]})}
    searched = Review(replace(review.records, searches=searches), review.protocol, review.today)
    assert [line.label for line in by_id(searched)["registered-identified"].lines] == ["Databases", "Made-up Tea Index"]
