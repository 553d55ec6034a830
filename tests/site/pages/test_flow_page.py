"""The flow page: diagram, sums, tables, and the words that go with them."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.review import Review
from generator.site.pages import flow
from tests.evidence import read


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def body(review: Review) -> str:
    (page,) = flow.pages(review)
    assert page.path == "flow.md"
    return page.body


def test_sums_that_agree_are_said_to(review: Review) -> None:
    text = body(review)
    assert "All sums agree." in text
    assert "cannot be checked" not in text
    assert "1 search of a source failed." in text


def test_sums_that_do_not_agree_are_named(review: Review) -> None:
    fewer = {key: one for key, one in review.records.candidates.items() if key != "infusion-2024"}
    text = body(Review(replace(review.records, candidates=fewer), review.protocol, review.today))
    assert "All sums agree" not in text
    assert "identified less removed (18)" in text
    assert "does not equal waiting and screened (17)." in text


def test_sums_that_cannot_be_checked_are_named(review: Review) -> None:
    day = review.records.searches["2024/2024-03-01"]
    run = day.runs[0]
    unknown = run.sources[0].model_copy(update={"received": None, "new": None})
    changed = day.model_copy(update={"runs": (run.model_copy(update={"sources": (unknown, *run.sources[1:])}),)})
    searches = {**review.records.searches, "2024/2024-03-01": changed}
    text = body(Review(replace(review.records, searches=searches), review.protocol, review.today))
    assert "All sums that can be checked agree." in text
    assert "because a count is not reported." in text


def test_the_page_of_the_real_review(real_review: Path) -> None:
    text = body(read(real_review))
    assert "Gupta 2024 is the earlier version" in text
    assert "All sums agree." in text
    assert "Selection in Gupta 2024, as printed there" in text
    assert '<span class="lr-missing">not reported</span>' in text
    assert "No search has been run since the earlier version" in text


def test_the_table_stands_beside_the_diagram(review: Review) -> None:
    text = body(review)
    assert text.index("<svg") < text.index('id="table-flow"')
    assert 'href="searches.html"' in text
    assert "reason-no-tea" in text
