"""A registered trial that was taken out is, as of an earlier day, what it was; the flow counts it where it stands."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.decision import Candidate, Decision, Found, RecordIdentifiers, ScreenedRecord, decisions_on
from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.model.registry_status import StatusSeen
from generator.model.study import Exclusion, Study
from generator.model.trial import Trial
from generator.review import Review
from generator.review.as_of import not_rebuilt, records_as_of
from generator.review.changes import changes
from generator.review.flow import flow
from generator.review.trials import Category, is_excluded
from generator.review.version_numbers import numbers_of
from tests.review import test_decided_anew as anew

BASE, KEY = anew.BASE, "NCT88888888"
ONGOING = "NCT99999902"
STATUSES = ("RECRUITING", "COMPLETED", "WITHDRAWN")
REGISTRATION = RecordIdentifiers(registration=KEY)
FOUND = (Found(source="cup-register", on=anew.FOUND_ON),)
Record = Candidate | Trial | Exclusion | ScreenedRecord


def look(on: dt.date, status: str) -> StatusSeen:
    return StatusSeen.model_validate({"seen": on, "status": status, "by": "nightly"})


def decided(record: Record, what: str, on: dt.date) -> Record:
    """Return what a registration is after somebody decided anew and settled it; every decision before is kept."""
    if isinstance(record, Trial):
        update = {"decision": anew.decision(what, on), "earlier_decisions": decisions_on(record)}
        return record.model_copy(update=update)
    if what not in ("include", "read"):  # a registration is a trial once it is included, on whatever people have read
        settled = anew.decided(record, what, on)
        assert not isinstance(settled, Study)
        if isinstance(settled, Candidate):
            return settled.model_copy(update={"identifiers": REGISTRATION, "found": FOUND})
        if isinstance(settled, ScreenedRecord):
            return settled.model_copy(update={"found": FOUND, "registration": KEY, "url": None})
        return settled.model_copy(update={"found": FOUND})
    trial = BASE.trials[ONGOING].model_copy(update={"title": anew.SOLO.title, "found": FOUND, "known_on": on})
    update = {"decision": anew.decision(what, on), "earlier_decisions": decisions_on(record)}
    return trial.model_copy(update={**update, "status_history": (look(on, STATUSES[0]),), "dates": None})


def holding(record: Record) -> Records:
    """Return the made-up records with one more, in the folder where it belongs."""
    if isinstance(record, Trial):
        return replace(BASE, trials=BASE.trials | {KEY: record})
    if isinstance(record, Exclusion):
        return replace(BASE, excluded=BASE.excluded | {KEY: record})
    if isinstance(record, Candidate):
        return replace(BASE, candidates=BASE.candidates | {KEY: record})
    return anew.holding(record)


def counted(records: Records, day: dt.date) -> dict[str, object]:
    """Return the flow and the lists as of a day, and the registered trials by category."""
    assert records.protocol
    review = Review(records, records.protocol, day)
    return anew.counted(records, day) | {
        "trials": {one: list(held) for one, held in review.trials_by_category.items()},
        "in the review": list(review.trials),
        "told": [(one.id, one.on) for one in changes(review) if one.record_id == KEY],
    }


STEPS = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from([*anew.DECISIONS, "take out", "take in", "look"]), st.integers(0, 2)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=80)
@given(STEPS)
def test_as_of_each_day_a_trial_is_what_it_was(steps: list[tuple[int, str, int]]) -> None:
    on = anew.FOUND_ON
    days: dict[dt.date, Record] = {on: Candidate(title=anew.SOLO.title, identifiers=REGISTRATION, found=FOUND)}
    for later, what, which in steps:
        now = days[on]
        if isinstance(now, Trial) is not (what in ("take out", "take in", "look")):
            continue  # a registration that became a trial stays one, whatever becomes of it
        if isinstance(now, Trial) and what != "look" and is_excluded(now) is (what == "take out"):
            continue
        on += dt.timedelta(days=later)
        if isinstance(now, Trial) and what == "look":
            seen = (*now.status_history, look(on, STATUSES[which]))
            days[on] = now.model_copy(update={"status_history": seen})
        else:
            days[on] = decided(now, {"take out": "exclude", "take in": "include"}.get(what, what), on)
    today = holding(days[on])
    for day, then in days.items():
        assert counted(records_as_of(today, day), day) == counted(holding(then), day), day
        assert not_rebuilt(today, day) == not_rebuilt(BASE, day)


def trial_out(key: str, on: dt.date, base: Records = BASE) -> Records:
    trial = base.trials[key]
    update = {"decision": anew.decision("exclude", on), "earlier_decisions": decisions_on(trial)}
    return replace(base, trials=base.trials | {key: trial.model_copy(update=update)})


def protocol_of(records: Records) -> Protocol:
    assert records.protocol
    return records.protocol


def test_the_flow_counts_a_trial_found_since_as_excluded_with_its_reason() -> None:
    out = trial_out(ONGOING, dt.date(2025, 1, 20))
    then, now = flow(BASE, protocol_of(BASE)), flow(out, protocol_of(BASE))
    assert (now.registered.ongoing, now.registered.assessed) == (then.registered.ongoing - 1, then.registered.assessed)
    reasons, earlier = ({one.id: one.n for one in each.registered.excluded_full_text} for each in (now, then))
    assert reasons == earlier | {"no-tea": earlier["no-tea"] + 1}
    assert now.disagreements == then.disagreements


def test_the_flow_keeps_what_the_earlier_version_had() -> None:
    base = {"document": "made-up-guidance", "searched_to": "2024-03-01", "published": "2024-12-31"}
    protocol = Protocol.model_validate(protocol_of(BASE).model_dump(exclude_unset=True) | {"base_review": base})
    then, now = flow(BASE, protocol), flow(trial_out(ONGOING, dt.date(2025, 1, 20)), protocol)
    assert now.previous_trials == then.previous_trials == len(BASE.trials)
    assert (then.removed_trials, now.removed_trials) == (0, 1)
    assert replace(now, removed_trials=0) == then


@pytest.mark.parametrize("starts_from_a_base_review", [False, True])
def test_the_sums_agree_when_its_study_was_taken_out_too(starts_from_a_base_review: bool) -> None:
    on, key = dt.date(2025, 1, 20), "dunkwell-2022"
    ((registration, trial),) = ((name, one) for name, one in BASE.trials.items() if one.study == key)
    found_since = BASE.trials | {registration: trial.model_copy(update={"known_on": dt.date(2025, 1, 5)})}
    included = BASE.included | {key: anew.taken_out(BASE.included[key], on)}
    out = replace(BASE, included=included, trials=found_since)
    protocol = protocol_of(BASE)
    if starts_from_a_base_review:
        base = {"document": "made-up-guidance", "searched_to": "2024-03-01", "published": "2024-12-31"}
        protocol = Protocol.model_validate(protocol.model_dump(exclude_unset=True) | {"base_review": base})
    one, both = flow(out, protocol), flow(trial_out(registration, on, out), protocol)
    assert both.disagreements == one.disagreements
    counts = [(each.previous_reports, each.removed_reports, each.total_reports) for each in (one, both)]
    assert counts[0] == counts[1]
    assert both.registered.earlier_study_reports == starts_from_a_base_review, "its registration was a report of it"


def test_a_version_keeps_the_numbers_of_its_day() -> None:
    protocol, out = protocol_of(BASE), trial_out(ONGOING, dt.date(2025, 1, 20))
    for version in Review(BASE, protocol, anew.FOUND_ON).versions:
        there, here = (numbers_of(Review(one, protocol, anew.FOUND_ON), version) for one in (out, BASE))
        assert there == here


def test_it_is_counted_nowhere_and_its_file_is_still_known() -> None:
    protocol, out = protocol_of(BASE), trial_out(ONGOING, dt.date(2025, 1, 20))
    before, after = (Review(one, protocol, anew.FOUND_ON) for one in (BASE, out))
    assert list(after.trials) == [key for key in before.trials if key != ONGOING]
    assert after.records.trials.keys() == before.records.trials.keys()
    assert list(after.trials_by_category[Category.EXCLUDED]) == [ONGOING]
    assert after.placeholders["n_trials"] == str(len(before.trials) - 1)
    assert after.n_excluded == before.n_excluded + 1


def test_a_trial_without_the_decision_that_was_replaced_is_in_the_review_on_no_day() -> None:
    """Shows that the test of all days can fail."""
    first, later = dt.date(2025, 3, 1), dt.date(2025, 3, 10)
    trial = decided(Candidate(title=anew.SOLO.title, identifiers=REGISTRATION, found=FOUND), "include", first)
    out = decided(trial, "exclude", later)
    assert isinstance(out, Trial)
    altered = Decision.model_validate(
        out.earlier_decisions[0].model_dump() | {"outcome": "exclude", "reason": "no-tea"}
    )
    lost = out.model_copy(update={"earlier_decisions": (altered,)})
    for record, expected in ((out, False), (lost, True)):
        assert is_excluded(records_as_of(holding(record), first).trials[KEY]) is expected
