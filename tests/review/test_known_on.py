"""What is entered long after its day: told once, on the day on which it was entered, and nothing told ever moves."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.decision import Candidate, Found
from generator.model.records import Records
from generator.model.registry_status import RegistryStatus, StatusSeen
from generator.model.report import Basis, Event, EventKind, Notice
from generator.model.search_run import SearchDay
from generator.model.study import Exclusion, Study
from generator.review import Review
from generator.review.as_of import records_as_of
from generator.review.changes import Change, ChangeKind, Weight, changes
from generator.review.version_due import demanded
from generator.site.subscriptions import feeds
from tests.conftest import MADE_UP
from tests.evidence import TODAY, read, with_studies

BASE = read(MADE_UP)
SOLO = BASE.records.included["solo-2020"]
ENTERED = dt.date(2025, 1, 25)
OLD = dt.date(2024, 5, 1)
ADDED = ("included", "data-added", "corrected", "data-added", "integrity")


def days_before(on: dt.date, *days: int) -> list[dt.date]:
    return sorted(on - dt.timedelta(days=n) for n in days)


def history(on: dt.date, *days: int, kinds: Iterable[str] = ADDED) -> tuple[Event, ...]:
    """Return a history with a line on each day before `on`, the oldest of which includes the study."""
    told = zip(days_before(on, *days), kinds, strict=False)
    return tuple(Event(on=day, kind=EventKind(kind), note=f"Made-up {kind}.") for day, kind in told)


def entered(lines: tuple[Event, ...], on: dt.date = ENTERED, **more: object) -> Study:
    return SOLO.model_copy(update={"history": lines, "known_on": on, "found": (), **more})


def of(records: Records, key: str, day: dt.date = TODAY) -> list[Change]:
    return [one for one in changes(Review(records, BASE.protocol, day)) if one.record_id == key]


def with_one(study: Study) -> Records:
    return replace(BASE.records, included=BASE.records.included | {"made-up-1": study})


def test_what_is_dated_before_a_study_was_known_is_one_digest_on_that_day() -> None:
    (found,) = of(with_one(entered(history(ENTERED, 300, 200, 100))), "made-up-1")
    assert (found.id, found.on, found.is_digest) == ("study-included:made-up-1:2025-01-25", ENTERED, True)
    assert (found.title, found.weight) == ("Made Up 1 entered the records", Weight.MAJOR)
    assert found.text.startswith("It was included on 2024-03-31. 3 earlier events are in its history. Its title: ")


def test_without_the_day_everything_is_told_on_its_own() -> None:
    lines = history(ENTERED, 300, 200, 100)
    told = of(with_one(entered(lines).model_copy(update={"known_on": None})), "made-up-1")
    assert sorted(one.on for one in told) == [event.on for event in lines]
    assert not any(one.is_digest for one in told)


def test_what_is_dated_on_the_day_or_later_is_told_as_ever() -> None:
    known = SOLO.history[0].on
    assert of(with_one(SOLO.model_copy(update={"known_on": known})), "made-up-1") == of(with_one(SOLO), "made-up-1")
    later = (*history(ENTERED, 300), *history(TODAY, 0, kinds=["corrected"]))
    assert [(one.kind, one.on) for one in of(with_one(entered(later)), "made-up-1")] == [
        (ChangeKind.CORRECTION, TODAY),
        (ChangeKind.STUDY_INCLUDED, ENTERED),
    ]


def test_a_line_of_the_day_itself_joins_the_digest_of_its_kind() -> None:
    lines = (*history(ENTERED, 300), *history(ENTERED, 0))
    (found,) = of(with_one(entered(lines)), "made-up-1")
    assert "1 earlier event is in its history. Made-up included." in found.text


def test_a_study_that_was_in_and_out_before_it_was_known_demands_no_version() -> None:
    lines = history(ENTERED, 300, 200, kinds=["included", "removed"])
    records = with_one(entered(lines))
    (found,) = of(records, "made-up-1")
    assert found.weight is Weight.MINOR
    assert "It was removed from the included studies on 2024-07-09." in found.text
    assert demanded(Review(records, BASE.protocol, TODAY), found) is None


def test_moving_the_file_and_adding_older_lines_leave_the_digest_what_it_was() -> None:
    study = entered(history(ENTERED, 300, 200))
    (before,) = of(with_one(study), "made-up-1")
    removed = history(TODAY, 0, kinds=["removed"])
    more = history(ENTERED, 50, kinds=["corrected"])
    for lines in ((*study.history, *more), (*study.history, *more, *removed)):
        moved = Exclusion.model_validate(
            dict(BASE.records.excluded["withdrawn-2019"])
            | {"history": lines, "known_on": ENTERED, "found": (), "reports": SOLO.reports}
        )
        told = of(replace(BASE.records, excluded={"made-up-1": moved}), "made-up-1")
        assert [(one.id, one.on) for one in told if one.is_digest] == [(before.id, before.on)]


@pytest.mark.parametrize("known_on", [None, "2024-06-01"])
def test_a_retraction_is_told_on_the_day_the_study_was_known_even_when_a_digest_tells_of_it(
    known_on: str | None,
) -> None:
    notice = Notice.model_validate({"kind": "retracted", "on": "2024-05", "known_on": known_on})
    integrity = SOLO.reports[0].integrity.model_copy(update={"notices": (notice,)})
    report = SOLO.reports[0].model_copy(update={"integrity": integrity})
    lines = history(ENTERED, 300, 200, kinds=["included", "integrity"])
    told = of(with_one(entered(lines, reports=(report,))), "made-up-1")
    assert {(one.kind, one.on, one.weight) for one in told} == {
        (ChangeKind.STUDY_INCLUDED, ENTERED, Weight.MAJOR),
        (ChangeKind.RETRACTION, ENTERED, Weight.MAJOR),
    }


def test_an_exclusion_with_older_news_is_told_once_and_matters_little() -> None:
    excluded = BASE.records.excluded["withdrawn-2019"]
    lines = history(ENTERED, 300, 200, kinds=["corrected", "data-added"])
    changed = excluded.model_copy(update={"history": lines, "known_on": ENTERED, "found": (), "reports": SOLO.reports})
    (found,) = of(replace(BASE.records, excluded={"withdrawn-2019": changed}), "withdrawn-2019")
    assert (found.kind, found.on, found.weight) == (ChangeKind.CORRECTION, ENTERED, Weight.MINOR)


def candidates_found(records: Records) -> dict[dt.date, str]:
    told = changes(Review(records, BASE.protocol, TODAY))
    return {one.on: one.title for one in told if one.kind is ChangeKind.CANDIDATES_FOUND}


def candidate(*found: Found) -> Candidate:
    return Candidate.model_validate({"title": "Made-up", "identifiers": {"doi": "10.5555/made-up"}, "found": found})


def test_a_find_that_was_entered_later_is_news_on_that_day() -> None:
    held = Records(candidates={"made-up": candidate(Found(source="pat", on=dt.date(2024, 5, 1), known_on=ENTERED))})
    assert candidates_found(held) == {ENTERED: "1 new record was found"}


def test_an_older_find_that_is_entered_later_does_not_move_the_news() -> None:
    first, late = Found(source="pat", on=dt.date(2024, 6, 1)), Found(source="pat", on=OLD, known_on=ENTERED)
    assert candidates_found(Records(candidates={"made-up": candidate(first, late)})) == {
        first.on: "1 new record was found"
    }


def test_a_find_that_was_entered_with_its_study_is_told_by_its_digest_and_that_of_a_candidate_stays_told() -> None:
    old, late = dt.date(2024, 5, 1), Found(source="pat", on=dt.date(2024, 5, 1), known_on=ENTERED)
    lines = history(ENTERED, 300)

    def told(study: Study) -> dict[dt.date, str]:
        return candidates_found(Records(included={"made-up-1": study}))

    assert told(entered(lines, found=(late,))) == {}
    assert list(told(entered(lines, found=(Found(source="pat", on=old),)))) == [old], "it was a candidate by then"
    settled = entered(history(ENTERED, 0), found=(late,))
    assert list(told(settled)) == [ENTERED], "a candidate entered and settled on one day"


def look(seen: str, status: str, known_on: dt.date | None = None) -> StatusSeen:
    return StatusSeen.model_validate({"seen": seen, "status": status, "by": "nightly", "known_on": known_on})


def statuses(*looks: StatusSeen) -> list[tuple[str, str]]:
    trial = BASE.records.trials["NCT99999902"].model_copy(update={"status_history": looks})
    records = replace(BASE.records, trials={"NCT99999902": trial})
    told = [one for one in of(records, "NCT99999902") if one.kind is ChangeKind.TRIAL_STATUS]
    return [(one.id.rpartition(":")[2], one.title.partition("moved ")[2]) for one in reversed(told)]


def test_looks_that_were_entered_together_are_one_move_on_that_day() -> None:
    first = look("2024-03-01", "RECRUITING")
    many = [
        look("2024-06-01", "SUSPENDED", ENTERED),
        look("2024-08-01", "RECRUITING", ENTERED),
        look("2024-10-01", "COMPLETED", ENTERED),
    ]
    assert statuses(first, *many) == [("2025-01-25", "from recruiting to completed")]
    assert statuses(first, many[0], look("2024-09-01", "COMPLETED"), many[1]) == [
        ("2024-09-01", "from recruiting to completed")
    ], "an older look that is entered late is no news"


def test_a_look_from_before_the_trial_was_known_that_is_entered_later_is_a_move_of_that_day() -> None:
    looks = (look("2024-03-01", "RECRUITING"), look("2024-05-01", "COMPLETED", ENTERED))
    update = {"status_history": looks, "known_on": dt.date(2024, 6, 1)}
    trial = BASE.records.trials["NCT99999902"].model_copy(update=update)
    moved, added = of(replace(BASE.records, trials={"NCT99999902": trial}), "NCT99999902")
    assert (moved.on, moved.title.partition("moved ")[2]) == (ENTERED, "from recruiting to completed")
    assert "registry says recruiting" in added.text


def night(on: dt.date, held: int = 0, returned: int = 0, **more: object) -> dict[str, Any]:
    part: dict[str, Any] = {"source": "tea-index", "hits": 3, "received": 3, "new": 1}
    part |= {"canaries": {"held": held, "returned": returned}} if held else {}
    return {"kind": "nightly", "at": on.isoformat(), "sources": [part], **more}


def searched(*nights: dict[str, Any]) -> dict[str, SearchDay]:
    days: dict[str, list[dict[str, Any]]] = {}
    for run in nights:
        days.setdefault(f"{run['at'][:4]}/{run['at'][:10]}", []).append(run)
    return {key: SearchDay.model_validate({"runs": runs}) for key, runs in days.items()}


def test_runs_that_were_entered_later_are_one_piece_of_news_and_no_alarm() -> None:
    nights = [night(dt.date(2024, 6, day), held=3, returned=day % 3, known_on=ENTERED) for day in range(1, 11)]
    told = changes(Review(Records(searches=searched(*nights)), BASE.protocol, TODAY))
    assert [(one.id, one.title) for one in told if one.record_id or one.kind is not ChangeKind.PROTOCOL] == [
        ("candidates-found:2025-01-25", "10 new records were found")
    ]


def test_before_the_day_the_review_did_not_know_the_study() -> None:
    study = entered(history(ENTERED, 300, 200))
    records = with_one(study)
    before, then = (records_as_of(records, ENTERED - dt.timedelta(days=n)) for n in (1, 0))
    assert "made-up-1" not in {**before.included, **before.candidates}
    assert then.included["made-up-1"] == study
    assert Review(before, BASE.protocol, ENTERED).flow.total_studies == len(before.included)
    assert of(before, "made-up-1", ENTERED) == []
    assert of(then, "made-up-1", ENTERED) == of(records, "made-up-1")


def test_before_its_day_a_settled_record_is_a_candidate_with_its_decision() -> None:
    excluded = BASE.records.excluded["withdrawn-2019"]
    settled_on = excluded.decision.on + dt.timedelta(days=9)
    records = replace(BASE.records, excluded={"withdrawn-2019": excluded.model_copy(update={"known_on": settled_on})})
    between = records_as_of(records, settled_on - dt.timedelta(days=1))
    assert between.excluded == {}
    assert between.candidates["withdrawn-2019"].decision == excluded.decision
    assert "withdrawn-2019" in records_as_of(records, settled_on).excluded


def test_what_was_entered_later_is_not_known_before() -> None:
    late = Found(source="pat", on=dt.date(2024, 5, 1), known_on=ENTERED)
    held = Records(
        protocol=BASE.protocol,
        candidates={"made-up": candidate(late)},
        searches=searched(night(dt.date(2024, 6, 1), known_on=ENTERED)),
    )
    before, then = (records_as_of(held, ENTERED - dt.timedelta(days=n)) for n in (1, 0))
    assert (before.candidates, before.searches) == ({}, {})
    assert (then.candidates, then.searches) == (held.candidates, held.searches)


def test_another_find_that_was_entered_later_is_not_named_before() -> None:
    first, late = Found(source="tea-index", on=OLD), Found(source="pat", on=OLD, known_on=ENTERED)
    held = Records(
        protocol=BASE.protocol,
        candidates={"made-up": candidate(first, late)},
        included={"made-up-1": entered(history(ENTERED, 300), known_on=None, found=(first, late))},
    )
    before, then = (records_as_of(held, ENTERED - dt.timedelta(days=n)) for n in (1, 0))
    assert before.candidates["made-up"].found == before.included["made-up-1"].found == (first,)
    assert (then.candidates, then.included) == (held.candidates, held.included)


def test_a_look_at_a_registry_that_was_entered_later_is_not_known_before() -> None:
    looks = (look("2024-03-01", "RECRUITING"), look("2024-06-01", "COMPLETED", ENTERED))
    trial = BASE.records.trials["NCT99999902"].model_copy(update={"status_history": looks})
    waiting = candidate(Found(source="pat", on=dt.date(2024, 5, 1))).model_copy(update={"registry_status": looks[1]})
    held = Records(protocol=BASE.protocol, trials={"NCT99999902": trial}, candidates={"made-up": waiting})
    before, then = (records_as_of(held, ENTERED - dt.timedelta(days=n)) for n in (1, 0))
    assert [one.status for one in before.trials["NCT99999902"].status_history] == [RegistryStatus.RECRUITING]
    assert before.candidates["made-up"].registry_status is None
    assert (then.trials, then.candidates) == (held.trials, held.candidates)


def test_the_last_change_of_evidence_is_the_day_on_which_it_entered() -> None:
    alone = Records(protocol=BASE.protocol, included={"made-up-1": entered(history(ENTERED, 300, 200))})
    assert Review(alone, BASE.protocol, TODAY).living.last_evidence_change_on == ENTERED


def test_a_study_that_entered_late_is_not_late_at_once() -> None:
    extraction = SOLO.extraction.model_copy(update={"basis": Basis.SECONDARY})
    study = entered(history(ENTERED, 900), extraction=extraction)

    def is_late(known_on: dt.date | None) -> bool:
        held = {"made-up-1": study.model_copy(update={"known_on": known_on})}
        living = Review(Records(protocol=BASE.protocol, included=held), BASE.protocol, TODAY).living
        return any("not yet extracted" in reason for reason in living.reasons)

    assert (is_late(ENTERED), is_late(None)) == (False, True)


BACK = st.lists(st.integers(1, 400), min_size=1, max_size=5, unique=True)


@settings(max_examples=40)
@given(st.lists(st.lists(BACK, min_size=1, max_size=4), max_size=3), st.booleans())
def test_merging_back_dated_studies_sends_one_message_to_each_feed_concerned(
    merges: list[list[list[int]]], with_finds: bool
) -> None:
    review, on = BASE, dt.date(2025, 1, 21)
    for number, many in enumerate(merges):
        before = {feed.stem: {message.id: message.on for message in feed.messages} for feed in feeds(review)}
        on += dt.timedelta(days=1)
        added = {}
        for which, days in enumerate(many):
            found = [Found(source="pat", on=day, known_on=on) for day in days_before(on, *days)] if with_finds else []
            added[f"made-up-{number}-{which}"] = entered(history(on, *days), on, found=tuple(found))
        review = with_studies(review, review.records.included | added)
        values = {f"feeds/{facet}/{value}" for facet, held in SOLO.facets.items() for value in held}
        for feed in feeds(review):
            now = {message.id: message.on for message in feed.messages}
            assert before.get(feed.stem, {}).items() <= now.items(), "what was told has moved"
            new = [now[key] for key in now.keys() - before.get(feed.stem, {}).keys()]
            assert new == ([on] if feed.stem in {"", "feeds/studies", *values} else []), feed.stem
    assert SOLO.facets


EDITS = st.lists(
    st.tuples(
        st.integers(0, 3),  # days since the edit before
        st.sampled_from(["study", "event", "exclusion", "trial", "looks", "candidate", "run", "night"]),
        st.integers(0, 2),  # which record
        st.lists(st.integers(1, 300), min_size=1, max_size=4, unique=True),  # how many days too late
    ),
    max_size=20,
)
STATUSES = tuple(RegistryStatus)[:6]


def edited(records: Records, on: dt.date, what: str, which: int, days: list[int]) -> Records:
    """Return the records after somebody has entered, on a day, what is dated long before."""
    key, find = f"made-up-{which}", Found(source="pat", on=min(days_before(on, *days)), known_on=on)
    if what == "study" and key not in records.included:
        new = entered(history(on, *days), on, found=(find,))
        return replace(records, included=records.included | {key: new})
    if what == "event" and key in records.included:
        line = Event(on=on, kind=EventKind.CORRECTED, note="Made-up.")
        more = records.included[key].model_copy(update={"history": (*records.included[key].history, line)})
        return replace(records, included=records.included | {key: more})
    if what == "exclusion" and f"out-{which}" not in records.excluded:
        out = {"history": history(on, *days, kinds=ADDED[1:]), "known_on": on, "found": (), "reports": SOLO.reports}
        made = BASE.records.excluded["withdrawn-2019"].model_copy(update=out)
        return replace(records, excluded=records.excluded | {f"out-{which}": made})
    if what == "candidate" and key not in records.candidates:
        return replace(records, candidates=records.candidates | {key: candidate(find)})
    return looked_at(records, on, what, which, days)


def looked_at(records: Records, on: dt.date, what: str, which: int, days: list[int]) -> Records:
    """Return the records after somebody has entered looks at a registry, or runs of a search."""
    key, trial = f"NCT8888888{which}", records.trials.get(f"NCT8888888{which}")
    known_on = None if what == "trial" else on
    seen = tuple(look(day.isoformat(), STATUSES[day.day % 6], known_on) for day in days_before(on, *days))
    if what == "trial" and trial is None:
        update = {"known_on": on, "status_history": seen, "found": ()}
        return replace(
            records,
            trials=records.trials | {key: BASE.records.trials["NCT99999902"].model_copy(update=update)},
        )
    if what == "looks" and trial is not None:
        more = trial.model_copy(update={"status_history": (*trial.status_history, *seen)})
        return replace(records, trials=records.trials | {key: more})
    runs = [run.model_dump(mode="json", exclude_none=True) for day in records.searches.values() for run in day.runs]
    runs += [night(on, 4, days[0] % 5)] if what == "night" else []
    runs += [night(day, 4, day.day % 5, known_on=on) for day in days_before(on, *days)] if what == "run" else []
    return replace(records, searches=searched(*runs))


@settings(max_examples=60)
@given(EDITS)
def test_whatever_is_entered_late_is_told_once_on_the_day_of_its_edit(
    edits: list[tuple[int, str, int, list[int]]],
) -> None:
    records, on = replace(BASE.records, searches={}), dt.date(2024, 12, 1)
    told = {one.id: one.on for one in changes(Review(records, BASE.protocol, TODAY))}
    for days, what, which, back in edits:
        on += dt.timedelta(days=days)
        records = edited(records, on, what, which, back)
        found = changes(Review(records, BASE.protocol, TODAY))
        now = {one.id: one.on for one in found}
        assert len(now) == len(found), "two changes for one fact"
        gone = {key for key in told if now.get(key) != told[key] and not (key.endswith(":found") and told[key] == on)}
        assert gone == set(), "what was told has moved"
        assert all(day == on for key, day in now.items() if key not in told), "old news was told"
        told = now
