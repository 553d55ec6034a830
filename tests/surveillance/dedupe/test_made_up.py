"""Real works with made-up copies and made-up companions, where the recorded responses are present.

The works are real and stay where they are recorded; each kind of difference, and what sets companions apart, is made
up. The floors are a little below what was measured; the benchmark prints the whole table.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from generator.model.source_record import SourceRecord
from generator.surveillance.dedupe import group
from tests.surveillance.dedupe.differences import KINDS, LOSING_NOTHING, several
from tests.surveillance.dedupe.labelled import compare
from tests.surveillance.dedupe.measuring import fit_for_companions, measure_companions, measure_copies
from tests.surveillance.dedupe.other_works import SORTS
from tests.surveillance.dedupe.recorded_works import distinct_works, pairs_by_identifier

FLOORS = {
    **dict.fromkeys(["Greek letters lost", "Greek letters as question marks"], 0.1),
    **dict.fromkeys(["title cut at 150", "title cut at 100", "title cut at 80 with dots", "subtitle lost"], 0.65),
    "original title in brackets": 0.65,
    **dict.fromkeys(["article number for pages", "venue and place missing", "three kinds"], 0.8),
    **dict.fromkeys(["copy online: year earlier, no place", "volume, issue and pages missing"], 0.86),
    "diacritics read in a wrong encoding": 0.75,
    "five kinds": 0.7,
}
"""Recall below 0.93; the words or the place that would decide are gone."""


@pytest.fixture(scope="module")
def works(recorded_responses: Path) -> Sequence[SourceRecord]:
    """Every third of the distinct works: the benchmark takes all of them."""
    return distinct_works(recorded_responses)[::3]


@pytest.mark.parametrize("kind", [*KINDS, "three kinds", "five kinds"])
def test_copies_are_found_and_no_work_is_swallowed(works: Sequence[SourceRecord], kind: str) -> None:
    made = {"three kinds": several(3), "five kinds": several(5)}
    found = measure_copies(works, made.get(kind) or KINDS[kind])
    assert found.n_swallowed == 0
    if found.n_copies:
        assert found.n_found >= FLOORS.get(kind, 0.93) * found.n_copies
        assert found.n_told >= 0.9 * found.n_copies - 2


@pytest.mark.parametrize("sort", SORTS)
def test_companions_and_their_copies_stay_apart(works: Sequence[SourceRecord], sort: str) -> None:
    some = fit_for_companions(works)[::3]
    assert len(some) > 100
    found = measure_companions(some, SORTS[sort], several(2, LOSING_NOTHING))
    assert found.n_works > 2 * len(some) - 10
    assert found.n_swallowed == 0


def test_copies_that_lost_what_tells_companions_apart_are_shown(works: Sequence[SourceRecord]) -> None:
    """Abstracts of one group under one DOI whose subtitles are gone may be copies of any of them; so may parts."""
    some = [work for work in fit_for_companions(works)[::3] if ":" not in work.title]
    assert len(some) > 70
    abstracts = SORTS["abstracts of one group under one DOI"]
    assert measure_companions(some, abstracts, KINDS["subtitle lost"]).n_swallowed == 0
    parts = SORTS["Part I and Part II, no pages"]
    assert measure_companions(some, parts, KINDS["title cut at 80 with dots"]).n_swallowed == 0


def test_each_kind_changes_a_record_that_has_what_it_needs() -> None:
    record = SourceRecord(
        "made-up",
        "Made-up TNF-alpha & 'tea' in tumor patients: the first randomized trial of CO2 inhalations, flavoured with "
        'milk and "sugar", in pediatric wards - a thirst quenching, but not at all a leukocyte stimulating, affair '
        "of twelve kettles in hospitals on the coast and, as far as is known, of nobody anywhere else in the world",
        ("Müller-Lüdenscheidt, Ada", "O'Fig, Bo", "Plum, Cy", "Quince, Di"),
        2010,
        venue="Journal of Made-up Medicine",
        volume="3",
        issue="2",
        pages="123-129",
    )
    for kind, change in KINDS.items():
        if kind not in ("pages shortened: 123-9", "authors in alphabetical order"):
            assert change(record, Random(1)) != record, kind  # noqa: S311 - made-up records, not secrets


def test_works_that_an_identifier_says_are_one_are_found_without_it(recorded_responses: Path) -> None:
    """The pairs missed are two references of which one names no author and the other no page."""
    labelled = pairs_by_identifier(recorded_responses)
    found = compare(labelled, group(labelled.records))
    assert (found.n_swallowed, found.n_wrong) == (0, 0)
    assert (found.n_right, found.n_missed, found.n_told) == (17, 2, 19)
