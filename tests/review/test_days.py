"""The review as of a day says what it said on that day, whatever has been entered, settled or reworded since."""

import datetime as dt
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model.decision import Candidate, Found
from generator.model.records import Records
from generator.model.registry_status import RegistryStatus, StatusSeen
from generator.model.report import Event, EventKind
from generator.model.search_run import SearchDay
from generator.model.summary import Certainty
from generator.review import Review
from generator.review.as_of import records_as_of
from generator.site.tables import findings, flow, status_history, trials
from tests.conftest import MADE_UP
from tests.evidence import read
from tests.reworded import KEY, rated, reworded

BASE = read(MADE_UP).records
SOLO, OUT, TRIAL = BASE.included["solo-2020"], BASE.excluded["espresso-2021"], "NCT99999902"
EDITS = st.lists(
    st.tuples(
        st.integers(0, 9),  # days since the edit before
        st.sampled_from(["find", "include", "exclude", "bulk", "correct", "remove", "look", "night", "words", "rate"]),
        st.integers(0, 2),  # which record
        st.integers(0, 300),  # how many days too late
    ),
    max_size=15,
)


def edited(records: Records, on: dt.date, what: str, which: int, late: int) -> Records:
    """Return the records after somebody has done on a day what the guides say; what does not apply changes nothing."""
    key, then = f"made-up-{which}", on - dt.timedelta(days=late)
    held = {**records.candidates, **records.included, **records.excluded}
    if what == "find" and key not in held:
        found = (Found(source="pat", on=then, known_on=on if late else None),)
        new = Candidate.model_validate(
            {"title": SOLO.title, "identifiers": {"url": "https://example.org"}, "found": found}
        )
        return replace(records, candidates=records.candidates | {key: new})
    if what == "bulk" and key not in held:
        included = Event(on=then, kind=EventKind.INCLUDED, note="Made-up.")
        study = SOLO.model_copy(update={"history": (included,), "found": (), "known_on": on, "decision": None})
        return replace(records, included=records.included | {key: study})
    if what in ("include", "exclude") and key in records.candidates:
        return settled(records, on, what, key)
    if what in ("correct", "remove") and key in records.included:
        return changed(records, on, what, key)
    if what in ("words", "rate"):
        before = records.summaries[KEY]
        after = reworded(before, f"Made-up words of {on}: {{n_studies}}, {{n_candidates}}, {{last_searched}}.", on)
        again = rated(before, tuple(Certainty)[which], on)
        return replace(records, summaries=records.summaries | {KEY: after if what == "words" else again})
    return searched(records, on, what, which, late)


def settled(records: Records, on: dt.date, what: str, key: str) -> Records:
    found = records.candidates[key].found
    left = {name: one for name, one in records.candidates.items() if name != key}
    if what == "include":
        event = Event(on=on, kind=EventKind.INCLUDED, note="Made-up.")
        study = SOLO.model_copy(update={"history": (event,), "found": found, "known_on": on, "decision": None})
        return replace(records, candidates=left, included=records.included | {key: study})
    decision = OUT.decision.model_copy(update={"on": on})
    excluded = OUT.model_copy(update={"decision": decision, "found": found, "known_on": on})
    return replace(records, candidates=left, excluded=records.excluded | {key: excluded})


def changed(records: Records, on: dt.date, what: str, key: str) -> Records:
    study = records.included[key]
    if study.history[-1].kind is EventKind.REMOVED:
        return records
    event = Event(on=on, kind=EventKind.REMOVED, note="Made-up.")
    update: dict[str, object] = {"history": (*study.history, event)}
    if what == "correct":
        n_before = study.participants.n_enrolled
        event = Event(
            on=on, kind=EventKind.CORRECTED, note="Made-up.", field="participants.n_enrolled", was=str(n_before)
        )
        people = study.participants.model_copy(update={"n_enrolled": int(str(n_before)) + 1})
        update = {"history": (*study.history, event), "participants": people}
    return replace(records, included=records.included | {key: study.model_copy(update=update)})


def searched(records: Records, on: dt.date, what: str, which: int, late: int) -> Records:
    known_on, then = (on if late else None), on - dt.timedelta(days=late)
    if what == "look":
        status = tuple(RegistryStatus)[which]
        seen = StatusSeen.model_validate({"seen": then, "status": status, "by": "nightly", "known_on": known_on})
        trial = records.trials[TRIAL]
        more = trial.model_copy(update={"status_history": (*trial.status_history, seen)})
        return replace(records, trials=records.trials | {TRIAL: more})
    if what == "night":
        part = {"source": "tea-index", "hits": which, "received": which, "new": which}
        run = {"kind": "nightly", "at": then.isoformat(), "sources": [part], "known_on": known_on}
        key = f"{then.year}/{then}"
        runs = records.searches[key].runs if key in records.searches else ()
        day = SearchDay(runs=(*runs, *SearchDay.model_validate({"runs": [run]}).runs))
        return replace(records, searches=records.searches | {key: day})
    return records


def said(records: Records, day: dt.date) -> dict[str, object]:
    """Return what the site says on a day of flow, trials and findings, without links."""
    assert records.protocol
    review = Review(records, records.protocol, day)
    shown = (flow.table(review), trials.table(review), status_history.table(review), findings.table(review))
    cells = {
        table.id: [
            [(key, [one.text for one in (cell if isinstance(cell, tuple) else (cell,))]) for key, cell in row.items()]
            for row in table.rows
        ]
        for table in shown
    }
    living = review.living
    dates = (living.state, living.last_searched_on, living.last_evidence_change_on, living.n_waiting)
    words = {key: review.fill(one.text) for key, one in records.summaries.items()}
    return {**cells, "dates": dates, "words": words, "people": review.n_people}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EDITS)
def test_the_review_as_of_a_day_is_the_one_of_that_day(edits: list[tuple[int, str, int, int]]) -> None:
    records, on = BASE, dt.date(2025, 1, 20)
    days = {on: BASE}
    for days_since, what, which, late in edits:
        on += dt.timedelta(days=days_since)
        records = edited(records, on, what, which, late)
        days[on] = records
    for day, then in days.items():
        assert said(records_as_of(records, day), day) == said(then, day), day
