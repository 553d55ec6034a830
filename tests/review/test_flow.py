"""The flow of records: every box counted, unknown counts kept apart from 0, and sums that do not agree found."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.model.decision import Candidate, Decision, ScreenedYear, Stage
from generator.model.protocol import Protocol, SourceKind
from generator.model.records import Records
from generator.model.report import Event
from generator.model.search_run import SearchDay
from generator.model.study import Study
from generator.model.trial import Trial
from generator.records import store
from generator.review.flow import Column, Flow, Sum, flow
from generator.review.received import Removals

FOUND = [{"source": "tea-index", "on": "2025-02-01"}]


@pytest.fixture(scope="module")
def records(made_up_review: Path) -> Records:
    return store.load(made_up_review).records


@pytest.fixture(scope="module")
def protocol(records: Records) -> Protocol:
    assert records.protocol
    return records.protocol


@pytest.fixture(scope="module")
def counted(records: Records, protocol: Protocol) -> Flow:
    return flow(records, protocol)


def with_run(records: Records, **part: object) -> Records:
    run = {"kind": "manual", "at": "2025-02-01", "sources": [{"source": "tea-index", **part}]}
    return replace(records, searches={"2025/2025-02-01": SearchDay.model_validate({"runs": [run]})})


def made_up_trial(**fields: object) -> Trial:
    content = {
        "registry": "made-up",
        "title": "made-up trial",
        "intervention": "made-up tea",
        "status_history": [{"seen": "2025-02-01", "status": "COMPLETED", "by": "pat"}],
        "found": FOUND,
        "known_on": "2025-02-01",
    }
    return Trial.model_validate(content | fields)


def starting_from_a_base_review(protocol: Protocol, published: dt.date) -> Protocol:
    base = {"document": "made-up-guidance", "searched_to": "2024-03-01", "published": published.isoformat()}
    return Protocol.model_validate(protocol.model_dump(exclude_unset=True) | {"base_review": base})


def test_every_box_of_databases_and_registers(counted: Flow) -> None:
    column = counted.registered
    assert column.identified == 29
    assert [(one.source and one.source.id, one.n) for one in column.per_source] == [
        ("tea-index", 15),
        ("cup-register", 14),
    ]
    assert column.from_kind(SourceKind.DATABASE) == 15
    assert column.from_kind(SourceKind.REGISTER) == 14
    assert (column.removed.duplicates, column.removed.total) == (11, 11)
    assert (column.waiting, column.screened, column.excluded) == (3, 15, 4)
    assert (column.sought, column.not_retrieved, column.assessed) == (11, 0, 11)
    assert [(reason.id, reason.n) for reason in column.excluded_full_text] == [("no-tea", 1), ("retracted", 1)]
    assert (column.awaiting, column.ongoing, column.withdrawn) == (2, 1, 1)
    assert (column.new_studies, column.new_reports) == (4, 5)


def test_every_box_of_other_methods(counted: Flow) -> None:
    column = counted.other
    assert [(one.source and one.source.id, one.n) for one in column.per_source] == [("reference-lists", 1)]
    assert (column.identified, column.screened, column.assessed, column.awaiting) == (1, 1, 1, 1)
    assert (column.new_studies, column.new_reports) == (0, 0)


def test_a_count_that_one_run_does_not_report_is_unknown_and_not_zero(counted: Flow) -> None:
    assert counted.registered.removed.other is None


def test_a_reason_that_every_run_leaves_out_is_zero_where_nothing_is_left_over_for_it(counted: Flow) -> None:
    assert counted.registered.removed.automation == 0


def test_studies_and_reports_add_up(counted: Flow) -> None:
    assert (counted.previous_studies, counted.new_studies, counted.total_studies) == (0, 4, 4)
    assert (counted.new_reports, counted.companion_reports, counted.total_reports) == (6, 1, 6)
    assert (counted.n_runs, counted.n_failed) == (5, 1)
    assert counted.disagreements == ()
    assert counted.unchecked == ()


def test_a_screened_record_stands_in_the_column_of_what_found_it(protocol: Protocol) -> None:
    def column_of(**said: object) -> str:
        line = {"title": "made-up", "url": "https://example.org", "reason": "no-tea", "by": ["pat"], "on": "2025-02-01"}
        ledger = ScreenedYear.model_validate({"records": [line | said]})
        counted = flow(replace(Records(protocol=protocol), screened={"2025": ledger}), protocol)
        (column,) = (one for one in (counted.registered, counted.other) if one.excluded)
        return column.name

    person, site = {"source": "pat", "on": "2025-01-01"}, {"source": "tea-society", "on": "2025-01-02"}
    register = {"source": "cup-register", "on": "2025-01-03"}
    assert column_of() == column_of(source="tea-index") == column_of(found=FOUND) == "Databases and registers"
    assert column_of(found=[person, site, register]) == "Databases and registers"
    assert column_of(source="pat") == column_of(found=[person]) == column_of(found=[site, person]) == "Other methods"


def test_without_a_base_review_its_numbers_are_unknown(counted: Flow) -> None:
    assert set(counted.previous) >= {"identified", "screened", "assessed", "studies"}
    assert set(counted.previous.values()) == {None}


def test_records_not_received_are_unknown_and_the_sum_cannot_be_checked(records: Records, protocol: Protocol) -> None:
    counted = flow(with_run(records, hits=7, new=2), protocol)
    assert counted.registered.identified is None
    assert counted.registered.removed.total is None
    assert counted.disagreements == ()
    (sentence,) = counted.unchecked
    assert sentence.startswith("Databases and registers: identified less removed cannot be compared with waiting")
    assert sentence.endswith("because a count is not reported.")


def test_a_quiet_night_is_zero(records: Records, protocol: Protocol) -> None:
    column = flow(with_run(records, hits=0), protocol).registered
    assert (column.identified, column.removed.total, column.removed.duplicates) == (0, 0, 0)


def test_a_failed_search_adds_nothing_and_is_counted_as_failed(records: Records, protocol: Protocol) -> None:
    counted = flow(with_run(records, hits=None, error="made-up failure"), protocol)
    assert (counted.registered.identified, counted.n_failed) == (0, 1)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"duplicates": 4}, Removals(4, 0, 0, 4)),
        ({"duplicates": 3}, Removals(3, None, None, 4)),
        ({"duplicates": "NR"}, Removals(None, None, None, 4)),
        ({"duplicates": 4, "automation": "NA"}, Removals(4, 0, 0, 4)),
        ({"duplicates": 1, "automation": 2, "other": 1}, Removals(1, 2, 1, 4)),
        ({}, Removals(None, None, None, 4)),
    ],
)
def test_removals(records: Records, protocol: Protocol, stated: dict[str, Any], expected: Removals) -> None:
    searched = with_run(records, hits=10, received=10, new=6, removed=stated)
    assert flow(searched, protocol).registered.removed == expected


def test_records_that_went_missing_are_named(records: Records, protocol: Protocol) -> None:
    lost = {key: one for key, one in records.candidates.items() if key != "infusion-2024"}
    counted = flow(replace(records, candidates=lost), protocol)
    assert counted.disagreements == (
        "Databases and registers: identified less removed (18) does not equal waiting and screened (17).",
    )


def test_a_base_review_is_the_earlier_version(records: Records, protocol: Protocol) -> None:
    counted = flow(records, starting_from_a_base_review(protocol, dt.date(2024, 3, 10)))
    assert (counted.previous_studies, counted.previous_reports, counted.new_studies) == (3, 5, 1)
    assert counted.total_studies == 4
    assert counted.previous_trials == 4
    assert counted.registered.awaiting == 1


def test_what_was_known_on_the_day_of_the_base_review_came_with_it(records: Records, protocol: Protocol) -> None:
    trial = made_up_trial(known_on="2024-03-10")
    counted = flow(
        replace(records, trials={"NCT99999999": trial}), starting_from_a_base_review(protocol, dt.date(2024, 3, 10))
    )
    assert (counted.previous_trials, counted.registered.awaiting) == (1, 0)


def test_a_registration_of_an_earlier_study_found_later_is_a_report_added_to_it(
    records: Records, protocol: Protocol
) -> None:
    trial = made_up_trial(study="solo-2020")
    grown = replace(records, trials={**records.trials, "NCT99999999": trial})
    counted = flow(grown, starting_from_a_base_review(protocol, dt.date(2024, 3, 10)))
    assert (counted.previous_reports, counted.added_reports) == (5, 1)
    assert counted.registered.earlier_study_reports == 1
    assert counted.total_reports == 7
    assert not [sentence for sentence in counted.disagreements if sentence.startswith("Included")]


def test_a_registration_listed_among_the_reports_is_not_counted_twice(records: Records, protocol: Protocol) -> None:
    linked = records.trials["NCT99999901"]
    assert linked.study == "dunkwell-2022"
    without = replace(records, trials={key: one for key, one in records.trials.items() if one is not linked})
    assert flow(without, protocol).new_reports == flow(records, protocol).new_reports


def test_the_base_reviews_own_numbers(real_review: Path) -> None:
    records = store.load(real_review).records
    assert records.protocol
    counted = flow(records, records.protocol)
    assert (counted.previous["studies"], counted.previous["reports"]) == (2, 2)
    assert {counted.previous[name] for name in ("identified", "screened", "excluded", "sought", "assessed")} == {None}
    assert counted.previous_studies == 2
    assert counted.disagreements == ()


def test_a_new_study_that_was_taken_out_is_a_report_excluded(records: Records, protocol: Protocol) -> None:
    study = records.included["solo-2020"]
    removed = Event.model_validate({"on": "2025-01-20", "kind": "removed", "note": "Made-up retraction."})
    said = {"outcome": "exclude", "stage": "full-text", "reason": "retracted", "by": ["pat"], "on": "2025-01-20"}
    out = study.model_copy(update={"history": (*study.history, removed), "decision": Decision.model_validate(said)})
    counted = flow(replace(records, included=records.included | {"solo-2020": out}), protocol)
    assert (counted.new_studies, counted.total_studies) == (3, 3)
    assert counted.disagreements == ()


def test_a_reason_given_on_an_abstract_is_none_of_those_at_full_text(records: Records, protocol: Protocol) -> None:
    excluded = records.excluded["espresso-2021"]
    early = excluded.decision.model_copy(update={"stage": Stage.TITLE_ABSTRACT})
    changed = {"espresso-2021": excluded.model_copy(update={"decision": early})}
    column = flow(Records(excluded=changed), protocol).registered
    assert (column.excluded, column.n_excluded_full_text) == (1, 0)


def test_a_printed_number_of_studies_that_is_not_held_is_a_disagreement(real_review: Path) -> None:
    records = store.load(real_review).records
    assert records.protocol
    fewer = replace(records, included=dict(list(records.included.items())[:1]))
    sentences = flow(fewer, records.protocol).disagreements
    assert "Earlier version: studies as printed (2) does not equal studies held (1)." in sentences
    assert any(sentence.startswith("Included: earlier, new and added reports") for sentence in sentences)


@pytest.mark.parametrize(
    ("decision", "box"),
    [
        (None, "waiting"),
        ({"outcome": "awaiting", "stage": "full-text"}, "awaiting"),
        ({"outcome": "awaiting", "stage": "title-abstract"}, "not_retrieved"),
        ({"outcome": "include", "stage": "full-text"}, "waiting"),
    ],
)
def test_where_a_candidate_stands(protocol: Protocol, decision: dict[str, Any] | None, box: str) -> None:
    content: dict[str, Any] = {"title": "made-up", "identifiers": {"pmid": "999999903"}, "found": FOUND}
    if decision:
        content["decision"] = decision | {"by": ["pat"], "on": "2025-02-02"}
    column = flow(Records(candidates={"made-up": Candidate.model_validate(content)}), protocol).registered
    assert {name: getattr(column, name) for name in ("waiting", "awaiting", "not_retrieved")} == {
        name: int(name == box) for name in ("waiting", "awaiting", "not_retrieved")
    }
    assert all(one.agrees for one in column.sums[1:])


def test_a_record_without_a_source_counts_under_other_methods(records: Records, protocol: Protocol) -> None:
    content = records.included["solo-2020"].model_dump(exclude_unset=True)
    del content["found"]
    column = flow(Records(included={"solo-2020": Study.model_validate(content)}), protocol).other
    assert (column.identified, column.new_studies) == (1, 1)
    assert [(one.source, one.n) for one in column.per_source] == [(None, 1)]


def test_an_empty_review_counts_nothing(protocol: Protocol) -> None:
    counted = flow(Records(), protocol)
    assert (counted.registered.identified, counted.other.identified, counted.total_studies) == (0, 0, 0)
    assert counted.disagreements == ()


def test_every_sum_of_a_column_can_fail(counted: Flow) -> None:
    column = counted.registered

    def failing(**change: int) -> list[str]:
        changed: Column = replace(column, **change)  # type: ignore[arg-type]
        return [one.left for one in changed.sums if one.agrees is False]

    assert failing(waiting=4) == ["identified less removed"]
    assert failing(excluded=5) == ["screened less excluded"]
    assert failing(not_retrieved=1) == ["sought less not retrieved"]
    assert failing(withdrawn=0) == ["assessed less excluded and set aside"]
    assert failing() == []


def test_a_sum_says_what_it_compares() -> None:
    assert Sum("a", 1, "b", 1).sentence == "a (1) equals b (1)."
    assert Sum("a", 1, "b", 2).sentence == "a (1) does not equal b (2)."
    assert Sum("a", None, "b", 2).agrees is None
