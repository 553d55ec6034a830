"""What versions changed, and citations that say nothing the records do not."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.records import Records
from generator.model.report import Event
from generator.review import Review
from generator.review.versions import citation, working_copy_citation
from tests.evidence import TODAY, read, with_protocol


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def test_each_version_is_compared_with_the_one_before_newest_first(review: Review) -> None:
    assert [(one.version.version, one.added, one.removed) for one in review.version_changes] == [
        ("1.1", ("steeply-2024",), ()),
        ("1.0", ("dunkwell-2022", "icecap-2023", "solo-2020"), ()),
    ]


def test_a_study_that_left_between_two_versions_is_named(review: Review) -> None:
    versions = review.records.versions
    assert versions
    last = versions.versions[1].model_copy(update={"included": ("steeply-2024",)})
    changed = versions.model_copy(update={"versions": (versions.versions[0], last)})
    newest = Review(replace(review.records, versions=changed), review.protocol, TODAY).version_changes[0]
    assert newest.removed == ("dunkwell-2022", "icecap-2023", "solo-2020")


def test_what_no_version_has_published_yet_is_known(review: Review) -> None:
    assert (review.unpublished.added, review.unpublished.removed) == ((), ())
    study = review.records.included["solo-2020"]
    removed = Event.model_validate({"on": "2025-01-20", "kind": "removed", "note": "Made-up retraction."})
    taken_out = study.model_copy(update={"history": (*study.history, removed)})
    included = review.records.included | {"solo-2020": taken_out, "fresh-2025": study}
    changed = Review(replace(review.records, included=included), review.protocol, TODAY)
    assert changed.unpublished.added == ("fresh-2025",)
    assert changed.unpublished.removed == ("solo-2020",)


def test_a_version_is_cited_with_its_authors_dates_and_doi(review: Review) -> None:
    assert citation(review.protocol, review.versions[0], "https://example.org/made-up-page") == (
        "Made-up Pat, Made-up Sam O'Nobody <sam>, Made-up Kim. Made-up tea for made-up hiccups: a made-up living"
        " systematic review. Version 1.0, 2024-03-10; searched to 2024-03-01. https://doi.org/10.5555/made-up.tea.v1"
    )
    without_doi = review.versions[1]
    page = "https://example.org/made-up/versions/1.1.html"
    assert citation(review.protocol, without_doi, page).endswith(page), "the version, not the review that moves on"
    assert citation(review.protocol, without_doi, "").endswith("https://doi.org/10.5555/made-up.tea")
    bare = with_protocol(review, doi=None)
    assert citation(bare.protocol, without_doi, "").endswith("https://example.org/made-up/tea")


def test_the_working_copy_is_cited_with_its_dates_and_without_authors(review: Review) -> None:
    assert working_copy_citation(review.protocol, review.living, TODAY) == (
        "Made-up tea for made-up hiccups: a made-up living systematic review. Working copy of 2025-02-01; last searched"
        " 2025-01-11; last change of evidence 2024-09-15. https://doi.org/10.5555/made-up.tea"
    )


def test_a_review_without_searches_or_address_is_cited_without_inventing_them(review: Review) -> None:
    bare = with_protocol(review, doi=None, repository=None)
    empty = Review(Records(protocol=bare.protocol), bare.protocol, dt.date(2025, 2, 1))
    assert working_copy_citation(empty.protocol, empty.living, empty.today).endswith(
        "Working copy of 2025-02-01; last searched not yet; last change of evidence none yet."
    )
    assert (empty.version_changes, empty.unpublished.added) == ((), ())
