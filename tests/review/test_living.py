"""The living status: the three dates, what makes the review late, and that a failure moves no date."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.decision import Decision
from generator.model.protocol import LivingMode, Protocol
from generator.model.records import Records
from generator.model.report import Basis, Event
from generator.model.search_run import SearchDay
from generator.review.living import LivingStatus, State, all_runs, living_status, plural, undecided
from tests.evidence import TODAY, read


@pytest.fixture(scope="module")
def records(made_up_review: Path) -> Records:
    return read(made_up_review).records


@pytest.fixture(scope="module")
def protocol(records: Records) -> Protocol:
    assert records.protocol
    return records.protocol


def with_searches(records: Records, *runs: Mapping[str, object]) -> Records:
    days = {
        f"{str(run['at'])[:4]}/{str(run['at'])[:10]}": SearchDay.model_validate({"runs": [{"kind": "manual", **run}]})
        for run in runs
    }
    return replace(records, searches=days)


def part(source: str, hits: str | None = "0") -> Mapping[str, object]:
    return {"source": source, "hits": hits} | ({} if hits else {"error": "made-up failure"})


def replace_source(protocol: Protocol, name: str, **changes: int | None) -> Protocol:
    sources = tuple(one.model_copy(update=changes) if one.id == name else one for one in protocol.sources)
    return protocol.model_copy(update={"sources": sources})


def of(status: LivingStatus, source: str) -> tuple[dt.date | None, dt.date | None, bool]:
    (found,) = [one for one in status.sources if one.source.id == source]
    return found.last_searched_on, found.last_failed_on, found.late


def test_the_made_up_review_is_late_for_two_reasons(records: Records, protocol: Protocol) -> None:
    status = living_status(records, protocol, TODAY)
    assert status.state is State.LATE
    assert status.reasons == (
        "the search of 2 sources is overdue",
        "1 candidate waiting for longer than 30 days (the longest for 153)",
    )
    assert status.last_searched_on == status.newest_search_on == dt.date(2025, 1, 11)
    assert status.last_screened_on == dt.date(2024, 3, 1)
    assert status.last_evidence_change_on == dt.date(2024, 9, 15)
    assert (status.n_waiting, status.oldest_waiting_days) == (3, 153)
    assert (status.n_never_searched, status.searched_by_base) == (0, False)
    later = living_status(records, protocol, dt.date(2025, 3, 1))
    assert later.reasons[1] == "3 candidates waiting for longer than 30 days (the longest for 181)"


def test_a_search_is_late_only_after_its_own_allowance(records: Records, protocol: Protocol) -> None:
    status = living_status(records, protocol, TODAY)
    assert of(status, "tea-index") == (dt.date(2025, 1, 11), None, True)
    assert of(status, "tea-society") == (dt.date(2025, 1, 11), None, False), "its allowance is 30 days"
    assert of(status, "reference-lists") == (dt.date(2024, 3, 1), None, False), "without a schedule nothing is late"
    assert not of(living_status(records, protocol, dt.date(2025, 1, 14)), "tea-index")[2]
    assert of(living_status(records, protocol, dt.date(2025, 1, 15)), "tea-index")[2]


def test_the_age_that_the_protocol_names_is_the_one_that_counts(records: Records, protocol: Protocol) -> None:
    searched = with_searches(records, {"at": "2025-01-01", "sources": [part("tea-index")]})
    for every, allowed, days, late in (
        (30, 20, 20, False),
        (30, 20, 21, True),
        (None, 20, 21, True),
        (None, None, 999, False),
        (1, None, 3, False),
        (30, None, 30, False),
        (30, None, 31, True),
    ):
        source = replace_source(protocol, "tea-index", every_days=every, max_age_days=allowed)
        status = living_status(searched, source, dt.date(2025, 1, 1) + dt.timedelta(days=days))
        assert of(status, "tea-index")[2] is late, (every, allowed, days)


def test_a_search_of_a_later_day_says_nothing_about_the_day_shown(records: Records, protocol: Protocol) -> None:
    runs = ({"at": on, "sources": [part("tea-index")]} for on in ("2025-01-01", "2099-01-01"))
    status = living_status(with_searches(records, *runs), protocol, dt.date(2025, 6, 1))
    assert of(status, "tea-index")[0] == status.newest_search_on == dt.date(2025, 1, 1)
    assert of(status, "tea-index")[2], "a clock that was wrong once never hides that a search is late"


def test_a_failed_search_moves_no_date_and_is_named_until_one_succeeds(records: Records, protocol: Protocol) -> None:
    good = {"at": "2025-01-01", "sources": [part("cup-register")]}
    bad = {"at": "2025-01-02", "sources": [part("cup-register", None)]}
    again = {"at": "2025-01-03", "sources": [part("cup-register")]}
    failed = living_status(with_searches(records, good, bad), protocol, TODAY)
    assert of(failed, "cup-register") == (dt.date(2025, 1, 1), dt.date(2025, 1, 2), True)
    mended = living_status(with_searches(records, good, bad, again), protocol, TODAY)
    assert of(mended, "cup-register")[:2] == (dt.date(2025, 1, 3), None)


def test_one_failed_strategy_of_two_leaves_the_search_incomplete(records: Records, protocol: Protocol) -> None:
    half = {"at": "2025-01-02", "sources": [part("tea-index", None), part("tea-index")]}
    status = living_status(with_searches(records, half), protocol, TODAY)
    assert of(status, "tea-index")[:2] == (None, dt.date(2025, 1, 2))


def test_a_second_look_on_the_same_day_mends_a_failure(records: Records, protocol: Protocol) -> None:
    day = SearchDay.model_validate(
        {
            "runs": [
                {"kind": "nightly", "at": "2025-01-02T03:15:00Z", "sources": [part("tea-index", None)]},
                {"kind": "manual", "at": "2025-01-02T10:00:00Z", "sources": [part("tea-index")]},
            ]
        }
    )
    status = living_status(replace(records, searches={"2025/2025-01-02": day}), protocol, TODAY)
    assert of(status, "tea-index")[:2] == (dt.date(2025, 1, 2), None)


def test_a_source_never_searched_counts_as_searched_by_the_base_review(records: Records, protocol: Protocol) -> None:
    base = {"kind": "base-review", "at": "2024-01-05", "sources": [part("tea-index", "NR")]}
    later = {"at": "2025-01-01", "sources": [part("tea-index"), part("cup-register")]}
    status = living_status(with_searches(records, base, later), protocol, TODAY)
    assert status.n_never_searched == 1
    assert status.last_searched_on == dt.date(2024, 1, 5)
    assert status.newest_search_on == dt.date(2025, 1, 1)
    assert status.searched_by_base
    assert status.reasons[:2] == ("1 scheduled source not searched yet", "the search of 2 sources is overdue")
    without = living_status(with_searches(records, later), protocol, TODAY)
    assert without.last_searched_on is None, "without a base review the search is not complete at all"


def test_without_a_schedule_the_newest_answer_is_the_last_search(records: Records, protocol: Protocol) -> None:
    unscheduled = tuple(one.model_copy(update={"every_days": None}) for one in protocol.sources)
    runs = ({"at": on, "sources": [part("tea-index")]} for on in ("2025-01-01", "2025-01-05"))
    status = living_status(
        with_searches(records, *runs), protocol.model_copy(update={"sources": unscheduled}), dt.date(2025, 2, 1)
    )
    assert status.last_searched_on == dt.date(2025, 1, 5)


def test_without_any_record_there_are_no_dates(protocol: Protocol) -> None:
    status = living_status(Records(protocol=protocol), protocol, TODAY)
    assert status.last_searched_on is status.last_screened_on is status.last_evidence_change_on is None
    assert (status.n_waiting, status.oldest_waiting_days) == (0, None)


def test_a_decided_candidate_waits_no_longer(records: Records, protocol: Protocol) -> None:
    decision = Decision.model_validate({"outcome": "awaiting", "stage": "full-text", "by": ["pat"], "on": "2025-01-01"})
    decided = {key: one.model_copy(update={"decision": decision}) for key, one in records.candidates.items()}
    settled = replace(records, candidates=decided)
    assert undecided(settled) == {}
    assert living_status(settled, protocol, TODAY).last_screened_on == dt.date(2025, 1, 11)


def test_a_report_included_on_its_abstract_waits_to_be_read(records: Records) -> None:
    said = {"outcome": "include", "stage": "title-abstract", "by": ["pat"], "on": "2025-01-01"}
    candidate = records.candidates["infusion-2024"].model_copy(update={"decision": Decision.model_validate(said)})
    assert list(undecided(replace(records, candidates={"infusion-2024": candidate}))) == ["infusion-2024"]


@pytest.mark.parametrize(("mode", "state"), [("paused", State.PAUSED), ("retired", State.RETIRED)])
def test_a_paused_or_retired_review_says_so_before_it_is_late(
    records: Records, protocol: Protocol, mode: str, state: State
) -> None:
    living = protocol.living.model_copy(update={"mode": LivingMode(mode)})
    status = living_status(records, protocol.model_copy(update={"living": living}), TODAY)
    assert status.state is state
    assert status.reasons


def test_a_review_that_keeps_its_word_is_on_schedule(records: Records, protocol: Protocol) -> None:
    kept = with_searches(
        records, {"at": "2025-01-31", "sources": [part(one) for one in ("tea-index", "cup-register", "tea-society")]}
    )
    read_in_full = {
        key: study.model_copy(update={"extraction": study.extraction.model_copy(update={"basis": Basis.FULL_TEXT})})
        for key, study in records.included.items()
    }
    status = living_status(replace(kept, candidates={}, included=read_in_full), protocol, TODAY)
    assert (status.state, status.reasons) == (State.ON_SCHEDULE, ())


def test_studies_wait_for_their_own_reports_after_the_protocols_days(records: Records, protocol: Protocol) -> None:
    study = records.included["steeply-2024"]
    copied = study.model_copy(update={"extraction": study.extraction.model_copy(update={"basis": Basis.SECONDARY})})
    one = replace(records, included={"steeply-2024": copied})
    sentence = "data of 1 included study not yet extracted from its own reports"
    assert sentence in living_status(one, protocol, TODAY).reasons
    assert sentence not in living_status(one, protocol, dt.date(2024, 11, 14)).reasons, "60 days are allowed"
    removed = Event.model_validate({"on": "2025-01-20", "kind": "removed", "note": "Made-up retraction."})
    gone = replace(one, included={"x": copied.model_copy(update={"history": (*copied.history, removed)})})
    assert sentence not in living_status(gone, protocol, TODAY).reasons
    secondary = {
        key: study.model_copy(update={"extraction": study.extraction.model_copy(update={"basis": Basis.SECONDARY})})
        for key, study in records.included.items()
    }
    reasons = living_status(replace(records, included=secondary), protocol, TODAY).reasons
    assert f"data of {len(secondary)} included studies not yet extracted from their own reports" in reasons


def test_removing_a_study_changes_the_evidence(records: Records, protocol: Protocol) -> None:
    removed = Event.model_validate({"on": "2025-01-20", "kind": "removed", "note": "Made-up retraction."})
    study = records.included["solo-2020"]
    without = study.model_copy(update={"history": (*study.history, removed)})
    changed = replace(records, included=records.included | {"solo-2020": without})
    assert living_status(changed, protocol, TODAY).last_evidence_change_on == dt.date(2025, 1, 20)


def test_runs_stand_in_the_order_of_time(records: Records) -> None:
    moments = [run.at.isoformat() for run in all_runs(records)]
    assert moments == sorted(moments)
    assert len(moments) == 5


@pytest.mark.parametrize(("count", "expected"), [(1, "study"), (0, "studies"), (2, "studies")])
def test_nouns_follow_their_number(count: int, expected: str) -> None:
    assert plural(count, "study") == expected
    assert plural(2, "source") == "sources"
