"""Related studies on the page of a study: on both sides, linked, with the reason."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.study import Related
from generator.review import Review
from generator.review.as_of import records_as_of
from generator.review.relations import relations
from generator.site.pages import study
from tests.evidence import HOSTILE, Read, browse, read, with_studies, with_study

HEADING = "Related studies"
DUNKWELL, STEEPLY, SOLO = "dunkwell-2022", "steeply-2024", "solo-2020"


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def page(review: Review, key: str) -> Read:
    return browse(next(one.body for one in study.pages(review) if one.path == f"studies/{key}.md"))


def section(review: Review, key: str) -> str:
    return page(review, key).text.partition(HEADING)[2].partition("Reports")[0]


def related(other: str, *shares: str, **more: object) -> Related:
    return Related.model_validate({"study": other, "shares": shares} | more)


def test_both_studies_name_each_other_with_the_reason(review: Review) -> None:
    for key, other in ((DUNKWELL, STEEPLY), (STEEPLY, DUNKWELL)):
        assert f"{other.replace('-', ' ').capitalize()}: authors in common. One made-up author" in section(review, key)
        assert f"{other}.html" in page(review, key).links
    assert HEADING not in page(review, SOLO).text


def test_one_file_that_says_it_is_enough_and_what_both_say_is_joined(review: Review) -> None:
    told = with_study(review, SOLO, related=(related("icecap-2023", "participants", "centre", source="t1"),))
    assert "Solo 2020: centre, participants in common." in section(told, "icecap-2023")
    assert "solo-2020.html#quote-t1" in page(told, "icecap-2023").links
    both = with_study(review, STEEPLY, related=(related(DUNKWELL, "product", note="Made-up guess."),))
    (one,) = relations(both.records.included)[DUNKWELL]
    assert [by for by, _ in one.said] == [DUNKWELL, STEEPLY]
    assert "authors, product in common. One made-up author" in section(both, DUNKWELL)
    assert section(both, DUNKWELL).strip().endswith("Made-up guess.")


def test_a_study_that_is_out_is_named_as_that(review: Review) -> None:
    (excluded,) = list(review.records.excluded)[:1]
    told = with_study(review, SOLO, related=(related(excluded, "authors", note=HOSTILE),))
    assert " excluded: authors in common." in section(told, SOLO)
    assert HOSTILE in section(told, SOLO)
    assert f"../excluded.html#excluded-{excluded}" in page(told, SOLO).links


def test_as_of_an_earlier_day_a_study_that_was_not_known_is_not_named(review: Review) -> None:
    without = {key: one for key, one in review.records.included.items() if key != STEEPLY}
    assert HEADING not in page(with_studies(review, without), DUNKWELL).text
    day = review.records.included[STEEPLY].history[0].on.replace(day=1)
    then = replace(review, records=records_as_of(review.records, day), today=day)
    assert STEEPLY not in then.records.included
    assert HEADING not in page(then, DUNKWELL).text
