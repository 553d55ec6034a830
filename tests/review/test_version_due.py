"""Which version is due: the least kind that the dated facts demand, and never because of a search."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.decision import Candidate, Decision
from generator.model.protocol import Amendment
from generator.model.records import Records
from generator.model.registry_status import StatusSeen
from generator.model.report import Event, Notice
from generator.model.search_run import SearchDay
from generator.model.summary import CertaintyRating
from generator.model.version import Version, VersionKind, Versions
from generator.review import Review
from generator.review.version_due import due, next_number, why_not
from generator.review.version_numbers import changes_between, numbers_of
from tests.evidence import TODAY, read, with_protocol, with_study, with_summaries

LATER = "2024-12-01"


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    """Return the made-up review, whose newest version is 1.1 of 2024-09-15."""
    return read(made_up_review)


def with_event(review: Review, key: str, kind: str, on: str = LATER, **fields: str) -> Review:
    study = review.records.included[key]
    event = Event.model_validate({"on": on, "kind": kind, "note": "A made-up event.", **fields})
    return with_study(review, key, history=(*study.history, event))


def with_versions(review: Review, *versions: Version) -> Review:
    return Review(replace(review.records, versions=Versions(versions=versions)), review.protocol, review.today)


def rated(**fields: object) -> CertaintyRating:
    none = {"levels": "0", "reason": "made up"}
    downs = ("risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias")
    return CertaintyRating.model_validate({"level": "low", **dict.fromkeys(downs, none), "by": ["pat"], **fields})


def test_a_nightly_search_alone_makes_no_version_due(review: Review) -> None:
    found = due(review)
    assert (found.kind, found.number, found.reasons) == (None, "", ())
    assert {str(one.kind) for one in found.others} >= {"candidates-found", "search-alarm"}


def test_a_trial_that_is_taken_out_makes_no_version(review: Review) -> None:
    said = {"outcome": "exclude", "stage": "full-text", "reason": "no-tea", "by": ["pat", "sam"], "on": "2025-01-20"}
    out = review.records.trials["NCT99999902"].model_copy(update={"decision": Decision.model_validate(said)})
    found = due(
        Review(replace(review.records, trials=review.records.trials | {"NCT99999902": out}), review.protocol, TODAY)
    )
    assert "trial-removed:NCT99999902:2025-01-20" in {one.id for one in found.others}
    assert found.kind is due(review).kind


def test_searches_candidates_and_trial_statuses_never_make_one(review: Review) -> None:
    run = {
        "kind": "nightly",
        "at": "2025-01-20T03:00:00Z",
        "sources": [{"source": "tea-index", "hits": "9", "new": "9"}],
    }
    candidate = Candidate.model_validate(
        {
            "title": "Made-up",
            "identifiers": {"doi": "10.5555/x"},
            "found": [{"source": "tea-index", "on": "2025-01-20"}],
        }
    )
    trial = review.records.trials["NCT99999902"]
    seen = StatusSeen.model_validate({"seen": "2025-01-20", "status": "COMPLETED", "by": "nightly"})
    records = replace(
        review.records,
        searches=review.records.searches | {"2025/2025-01-20": SearchDay.model_validate({"runs": [run]})},
        candidates=review.records.candidates | {"made-up-2025": candidate},
        trials=review.records.trials
        | {"NCT99999902": trial.model_copy(update={"status_history": (*trial.status_history, seen)})},
    )
    found = due(Review(records, review.protocol, TODAY))
    assert (found.kind, found.reasons) == (None, ())
    assert "trial-status" in {str(one.kind) for one in found.others}


@pytest.mark.parametrize(
    ("kind", "fields", "expected", "number"),
    [
        ("data-added", {}, VersionKind.EVIDENCE, "1.2"),
        ("removed", {}, VersionKind.EVIDENCE, "1.2"),
        ("integrity", {}, VersionKind.EVIDENCE, "1.2"),
        ("corrected", {}, VersionKind.CORRECTION, "1.1.1"),
        ("corrected", {"field": "funding.text", "was": "x"}, VersionKind.CORRECTION, "1.1.1"),
        ("corrected", {"field": "results[0].value", "was": "1"}, VersionKind.EVIDENCE, "1.2"),
        ("corrected", {"field": "harms.over", "was": "1 h"}, VersionKind.EVIDENCE, "1.2"),
    ],
)
def test_what_happened_to_a_study_decides_the_kind(
    review: Review, kind: str, fields: dict[str, str], expected: VersionKind, number: str
) -> None:
    found = due(with_event(review, "solo-2020", kind, **fields))
    assert (found.kind, found.number) == (expected, number)
    assert "Solo 2020" in found.reasons[0].text


def test_a_fact_of_the_day_of_the_version_belongs_to_it(review: Review) -> None:
    assert due(with_event(review, "solo-2020", "data-added", on="2024-09-15")).kind is None
    assert due(with_event(review, "solo-2020", "data-added", on="2024-09-16")).kind is VersionKind.EVIDENCE
    assert due(with_event(review, "solo-2020", "data-added", on="2025-02-02")).kind is None, "after today"


def test_a_new_study_is_new_evidence_also_when_its_history_is_older(review: Review) -> None:
    study = review.records.included["solo-2020"]
    included = review.records.included | {"fresh-2025": study}
    found = due(Review(replace(review.records, included=included), review.protocol, TODAY))
    assert [(one.kind, one.text, one.change) for one in found.reasons] == [
        (VersionKind.EVIDENCE, "Fresh 2025 is included now", None)
    ]
    gone = {key: one for key, one in review.records.included.items() if key != "solo-2020"}
    found = due(Review(replace(review.records, included=gone), review.protocol, TODAY))
    assert [one.text for one in found.reasons] == ["Solo 2020 is out now"]


def test_certainty_makes_a_version_of_conclusions_and_stands_first(review: Review) -> None:
    summary = review.records.summaries["bottom-line-calm"]
    rating = rated(on=LATER, was="moderate")
    changed = with_summaries(review, {"bottom-line-calm": summary.model_copy(update={"rating": rating})})
    found = due(with_event(changed, "solo-2020", "data-added"))
    assert (found.kind, found.number) == (VersionKind.CONCLUSIONS, "2.0")
    assert [one.kind for one in found.reasons] == [VersionKind.CONCLUSIONS, VersionKind.EVIDENCE]


def test_an_amendment_and_a_reworded_sentence_have_their_least_kind(review: Review) -> None:
    amendment = Amendment.model_validate({"on": LATER, "what": "Made-up.", "why": "Made-up."})
    amended = with_protocol(review, amendments=(*review.protocol.amendments, amendment))
    assert due(amended).kind is VersionKind.EVIDENCE
    summary = review.records.summaries["bottom-line-calm"].model_copy(update={"written": dt.date(2024, 12, 1)})
    assert due(with_summaries(review, {"bottom-line-calm": summary})).kind is VersionKind.CORRECTION


def test_what_befalls_an_excluded_study_makes_no_version(review: Review) -> None:
    excluded = review.records.excluded["withdrawn-2019"]
    notice = Notice.model_validate({"kind": "retracted", "on": LATER, "known_on": LATER})
    integrity = excluded.reports[0].integrity.model_copy(update={"notices": (notice,)})
    report = excluded.reports[0].model_copy(update={"integrity": integrity})
    changed = replace(review.records, excluded={"withdrawn-2019": excluded.model_copy(update={"reports": (report,)})})
    assert due(Review(changed, review.protocol, TODAY)).kind is None


def test_the_first_version_is_due_as_soon_as_there_is_something(review: Review) -> None:
    first = due(with_versions(review))
    assert (first.kind, first.number, first.others) == (VersionKind.CONCLUSIONS, "1.0", ())
    assert [one.text for one in first.reasons] == ["No version has been published yet"]
    empty = Review(Records(protocol=review.protocol), review.protocol, TODAY)
    assert due(empty).kind is None
    assert "an empty review" in why_not(empty, VersionKind.CONCLUSIONS)


def test_numbers_follow_the_newest_version(review: Review) -> None:
    one, two = review.versions
    patched = two.model_copy(update={"version": "1.1.4"})
    assert [next_number((one, two), kind) for kind in VersionKind] == ["2.0", "1.2", "1.1.1"]
    assert [next_number((one, patched), kind) for kind in VersionKind] == ["2.0", "1.2", "1.1.5"]
    assert [next_number((), kind) for kind in VersionKind] == ["1.0", "1.0", "1.0"]


def test_a_version_lower_than_what_is_due_or_of_the_same_evidence_is_refused(review: Review) -> None:
    assert "a search alone never makes one" in why_not(review, VersionKind.CORRECTION)
    data = with_event(review, "solo-2020", "data-added")
    assert why_not(data, VersionKind.CORRECTION).startswith(
        "At least 1.2 (evidence) is due, because: Data of Solo 2020"
    )
    assert (why_not(data, VersionKind.EVIDENCE), why_not(data, VersionKind.CONCLUSIONS)) == ("", "")
    wording = with_event(review, "solo-2020", "corrected")
    assert "The evidence is that of version 1.1" in why_not(wording, VersionKind.EVIDENCE)
    assert (why_not(wording, VersionKind.CORRECTION), why_not(wording, VersionKind.CONCLUSIONS)) == ("", "")


def test_each_version_has_the_numbers_of_its_day(review: Review) -> None:
    first, second = (numbers_of(review, version) for version in review.versions)
    assert (first.n_studies, first.n_people, first.n_trials, first.n_ongoing) == (3, 76, 4, 2)
    assert (second.n_studies, second.n_people, second.n_trials, second.n_ongoing) == (4, 136, 5, 1)
    assert (first.n_waiting, second.n_waiting) == (2, 1)


def test_numbers_of_a_study_that_has_left_cannot_be_told(review: Review) -> None:
    gone = {key: one for key, one in review.records.included.items() if key != "solo-2020"}
    first = numbers_of(Review(replace(review.records, included=gone), review.protocol, TODAY), review.versions[0])
    assert (first.n_studies, first.n_people, first.n_results, first.n_reports) == (3, None, None, None)


def test_changes_between_versions_leave_out_searches(review: Review) -> None:
    first, second = review.versions
    between = changes_between(review, second, first)
    assert {one.on for one in between} <= {dt.date(2024, 3, 11) + dt.timedelta(days=n) for n in range(189)}
    kinds = {str(one.kind) for one in between}
    assert kinds >= {"study-included", "correction", "trial-status", "protocol"}
    assert not kinds & {"candidates-found", "search-alarm", "version"}
    assert max(one.on for one in changes_between(review, first, None)) == first.on
