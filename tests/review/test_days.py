"""The review as of a day says what it said on that day, whatever has been entered, settled or reworded since."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.keeping.settling.ledger import line_of, with_lines
from generator.model.decision import Candidate, Decision, Found, Outcome, ScreenedYear, Stage, decisions_on
from generator.model.records import Records
from generator.model.registry_status import RegistryStatus, StatusSeen
from generator.model.report import Event, EventKind
from generator.model.result import AdverseEvent, Harms
from generator.model.search_run import SearchDay
from generator.model.study import Study
from generator.model.summary import Certainty
from generator.records import yamlfile
from generator.review import Review
from generator.review.as_of import not_rebuilt, records_as_of
from generator.site.tables import findings, flow, harm_events, results, status_history, trials
from tests.conftest import MADE_UP
from tests.evidence import read
from tests.reworded import KEY, rated, reworded

BASE = read(MADE_UP).records
FINDERS = ("pat", "tea-index", "tea-society")
SCREENED_OUT = Decision(
    outcome=Outcome.EXCLUDE, stage=Stage.TITLE_ABSTRACT, reason="no-tea", by=("pat",), on=dt.date(2025, 1, 20)
)
SOLO, OUT, TRIAL = BASE.included["solo-2020"], BASE.excluded["espresso-2021"], "NCT99999902"
ANYTHING = ("find", "include", "exclude", "screen", "bulk", "correct", "remove", "look", "night", "words", "rate")
DATA = ("bulk", "add", "mend", "correct", "remove")
SCREENING = ("find", "again", "decide", "screen")
Edit = tuple[int, str, int, int]


def edits(*what: str, n_records: int, n_edits: int) -> st.SearchStrategy[list[Edit]]:
    edit = st.tuples(
        st.integers(0, 9),  # days since the edit before
        st.sampled_from(what),
        st.integers(0, n_records - 1),  # which record
        st.integers(0, 300),  # how many days too late
    )
    return st.lists(edit, min_size=n_edits, max_size=15)


def edited(records: Records, on: dt.date, what: str, which: int, late: int) -> Records:
    """Return the records after somebody has done on a day what the guides say; what does not apply changes nothing."""
    key, then = f"made-up-{which}", on - dt.timedelta(days=late)
    held = {**records.candidates, **records.included, **records.excluded}
    found = (Found(source=FINDERS[which], on=then, known_on=on if late else None),)
    if what == "find" and key not in held:
        new = Candidate.model_validate(
            {"title": SOLO.title, "identifiers": {"url": "https://example.org"}, "found": found}
        )
        return replace(records, candidates=records.candidates | {key: new})
    if what == "bulk" and key not in held:
        included = Event(on=then, kind=EventKind.INCLUDED, note="Made-up.")
        study = SOLO.model_copy(update={"history": (included,), "found": (), "known_on": on, "decision": None})
        return replace(records, included=records.included | {key: study})
    if key in records.candidates and what in ("again", "include", "exclude", "decide", "screen"):
        return judged(records, on, what, key)
    if what in ("correct", "remove", "add", "mend") and key in records.included:
        return changed(records, on, what, key, late)
    if what in ("words", "rate"):
        before = records.summaries[KEY]
        after = reworded(before, f"Made-up words of {on}: {{n_studies}}, {{n_candidates}}, {{last_searched}}.", on)
        again = rated(before, tuple(Certainty)[which], on)
        return replace(records, summaries=records.summaries | {KEY: after if what == "words" else again})
    return searched(records, on, what, which, late)


def judged(records: Records, on: dt.date, what: str, key: str) -> Records:
    """Return the records after a candidate was found again or decided on; what has been decided stays."""
    candidate = records.candidates[key]
    if what == "again":
        finds = (*candidate.found, *(Found(source=one, on=on) for one in FINDERS))
        return replace(records, candidates=records.candidates | {key: candidate.model_copy(update={"found": finds})})
    if what in ("decide", "screen"):
        return screened(records, on, what, key)
    return records if candidate.decision else settled(records, on, what, key)


def screened(records: Records, on: dt.date, what: str, key: str) -> Records:
    """Decide that a candidate is excluded on title and abstract; `screen` settles it as well."""
    candidate = records.candidates[key]
    decision = candidate.decision or SCREENED_OUT.model_copy(update={"on": on})
    decided = candidate.model_copy(update={"decision": decision})
    if what == "decide":
        return replace(records, candidates=records.candidates | {key: decided})
    written = with_lines(None, str(decision.on.year), [line_of(decided, on, ())])
    year = str(decision.on.year)
    (line,) = ScreenedYear.model_validate(yamlfile.read(written).data).records
    before = records.screened[year].records if year in records.screened else ()
    left = {name: one for name, one in records.candidates.items() if name != key}
    return replace(records, candidates=left, screened=records.screened | {year: ScreenedYear(records=(*before, line))})


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


def changed(records: Records, on: dt.date, what: str, key: str, late: int) -> Records:
    study = records.included[key]
    if study.history[-1].kind is EventKind.REMOVED:
        return records
    if what in ("add", "mend"):
        return replace(records, included=records.included | {key: with_data(study, on, what, late)})
    event = Event(on=on, kind=EventKind.REMOVED, note="Made-up.")
    update: dict[str, object] = {
        "history": (*study.history, event),
        "decision": OUT.decision.model_copy(update={"on": on}),
        "earlier_decisions": decisions_on(study),
    }
    if what == "correct":
        n_before = study.participants.n_enrolled
        event = Event(
            on=on, kind=EventKind.CORRECTED, note="Made-up.", field="participants.n_enrolled", was=str(n_before)
        )
        people = study.participants.model_copy(update={"n_enrolled": int(str(n_before)) + 1})
        update = {"history": (*study.history, event), "participants": people}
    return replace(records, included=records.included | {key: study.model_copy(update=update)})


def with_data(study: Study, on: dt.date, what: str, late: int) -> Study:
    """Return a study after a result, a measured outcome and a harm were added, or a result was corrected.

    Data are added where they fit best; beside others of the same day they come last, as lines of a history do.
    """
    at, printed = late % len(study.results), list(study.results)
    if what == "mend":
        path, was = f"results[{at}].value", str(printed[at].value)
        event = Event(on=on, kind=EventKind.CORRECTED, note=f"Made-up {was}.", field=path, was=was)
        printed[at] = printed[at].model_copy(update={"value": Decimal(late) / 10})
        update: dict[str, object] = {"history": (*study.history, event), "results": tuple(printed)}
    else:
        event = Event(on=on, kind=EventKind.DATA_ADDED, note=f"Made-up {len(printed)}.")
        place = len(printed) if study.history[-1].on == on else at
        printed.insert(place, SOLO.results[0].model_copy(update={"value": Decimal(late), "known_on": on}))
        measured = SOLO.outcomes_measured[0].model_copy(update={"as_printed": f"Made-up {late}", "known_on": on})
        harms = study.harms or Harms()
        harm = AdverseEvent(what=f"Made-up {late}", known_on=on)
        update = {
            "history": (*study.history, event),
            "results": tuple(printed),
            "outcomes_measured": (measured, *study.outcomes_measured),
            "harms": harms.model_copy(update={"events": (harm, *harms.events)}),
        }
    return study.model_copy(update=update)


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
    tables = (flow, trials, status_history, findings, results, harm_events)
    shown = [one.table(review) for one in tables]
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
    waiting = sorted(f"{one.first_found_on} {one.days} {one.late} {one.candidate.found}" for one in review.waiting)
    sums = review.flow.disagreements
    measured = {key: study.outcomes_measured for key, study in review.studies.items()}
    return {
        **cells,
        "measured": measured,
        "dates": dates,
        "words": words,
        "people": review.n_people,
        "waiting": waiting,
        "sums": sums,
    }


def judge(edits: list[Edit]) -> None:
    """Compare the review of every day with the review as of that day, when all has been done."""
    records, on = BASE, dt.date(2025, 1, 20)
    days = {on: BASE}
    for days_since, what, which, late in edits:
        on += dt.timedelta(days=days_since)
        records = edited(records, on, what, which, late)
        days[on] = records
    for day, then in days.items():
        assert said(records_as_of(records, day), day) == said(then, day), day
        assert not [lost for lost in not_rebuilt(records, day) if "data" in lost or "correction" in lost]


@settings(max_examples=60)
@given(edits(*ANYTHING, n_records=3, n_edits=0))
def test_the_review_as_of_a_day_is_the_one_of_that_day(edits: list[Edit]) -> None:
    judge(edits)


@settings(max_examples=40)
@given(edits(*SCREENING, n_records=2, n_edits=8))
def test_what_was_screened_out_since_waits_again_as_of_the_days_on_which_it_waited(edits: list[Edit]) -> None:
    judge(edits)


@settings(max_examples=40)
@given(edits(*DATA, n_records=2, n_edits=8))
def test_data_that_were_added_since_are_not_shown_and_corrections_among_them_are_undone(edits: list[Edit]) -> None:
    judge(edits)
