"""A record on which people decided anew stands, as of an earlier day, where the decision of that day had put it."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.keeping.settling.ledger import line_of, with_lines
from generator.model.decision import (
    Candidate,
    Decision,
    Found,
    Outcome,
    RecordIdentifiers,
    ScreenedRecord,
    ScreenedYear,
    Stage,
    decisions_on,
)
from generator.model.records import Records
from generator.model.report import Event, EventKind
from generator.model.study import Exclusion, Study
from generator.records import yamlfile
from generator.review import Review
from generator.review.as_of import not_rebuilt, records_as_of
from generator.site.tables import excluded, flow
from tests.conftest import MADE_UP
from tests.evidence import read

BASE = read(MADE_UP).records
SOLO, OUT = BASE.included["solo-2020"], BASE.excluded["espresso-2021"]
KEY, URL = "made-up-record", "https://example.org/made-up"
FOUND_ON = dt.date(2025, 2, 1)
FOUND = (Found(source="tea-index", on=FOUND_ON),)
DECISIONS = {
    "await": (Outcome.AWAITING, Stage.FULL_TEXT, None),
    "not retrieved": (Outcome.AWAITING, Stage.TITLE_ABSTRACT, None),
    "read": (Outcome.INCLUDE, Stage.TITLE_ABSTRACT, None),
    "screen": (Outcome.EXCLUDE, Stage.TITLE_ABSTRACT, "no-tea"),
    "exclude": (Outcome.EXCLUDE, Stage.FULL_TEXT, "no-tea"),
    "exclude for another reason": (Outcome.EXCLUDE, Stage.FULL_TEXT, "no-hiccups"),
    "include": (Outcome.INCLUDE, Stage.FULL_TEXT, None),
}
Record = Candidate | Study | Exclusion | ScreenedRecord


def decision(what: str, on: dt.date) -> Decision:
    outcome, stage, reason = DECISIONS[what]
    return Decision(outcome=outcome, stage=stage, reason=reason, by=("pat", "sam"), on=on)


def decided(record: Record | None, what: str, on: dt.date) -> Record:
    """Return what a record is after somebody decided anew and settled it; every decision before is kept."""
    new, earlier = decision(what, on), decisions_on(record) if record else ()
    candidate = Candidate(
        title=SOLO.title,
        identifiers=RecordIdentifiers(url=URL),
        found=FOUND,
        decision=new,
        earlier_decisions=earlier,
    )
    if what == "screen":
        written = with_lines(None, str(on.year), [line_of(candidate, on, ())])
        return ScreenedYear.model_validate(yamlfile.read(written).data).records[0]
    update = {"decision": new, "earlier_decisions": earlier, "found": FOUND, "known_on": on}
    if what.startswith("exclude"):
        return OUT.model_copy(update={**update, "title": SOLO.title, "quotes": {}, "reports": SOLO.reports})
    if what == "include":
        event = Event(on=on, kind=EventKind.INCLUDED, note="Made-up.")
        return SOLO.model_copy(update={**update, "history": (event,)})
    return candidate


def taken_out(study: Study, on: dt.date) -> Study:
    event = Event(on=on, kind=EventKind.REMOVED, note="Made-up.")
    update = {"history": (*study.history, event), "decision": decision("exclude", on)}
    return study.model_copy(update={**update, "earlier_decisions": decisions_on(study)})


def holding(record: Record) -> Records:
    """Return the made-up records with one more, in the folder where it belongs."""
    if isinstance(record, Study):
        return replace(BASE, included=BASE.included | {KEY: record})
    if isinstance(record, Exclusion):
        return replace(BASE, excluded=BASE.excluded | {KEY: record})
    if isinstance(record, Candidate):
        return replace(BASE, candidates=BASE.candidates | {KEY: record})
    lines = BASE.screened["2025"].records if "2025" in BASE.screened else ()
    return replace(BASE, screened=BASE.screened | {"2025": ScreenedYear(records=(*lines, record))})


def counted(records: Records, day: dt.date) -> dict[str, object]:
    """Return the flow, and what is excluded, waits, is read and is included on a day."""
    assert records.protocol
    review = Review(records, records.protocol, day)
    reasons = [[row[key] for key in ("title", "reason", "by", "on")] for row in excluded.table(review).rows]
    return {
        "flow": [(row["what"], row["n"]) for row in flow.table(review).rows],
        "sums": review.flow.disagreements,
        "excluded": reasons,
        "screened": review.screened_counts,
        "waiting": len(review.waiting),
        "awaiting": len(review.awaiting),
        "included": list(review.studies),
    }


@settings(max_examples=80)
@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from([*DECISIONS, "take out"])), min_size=1, max_size=6))
def test_as_of_each_day_it_stands_where_it_stood(steps: list[tuple[int, str]]) -> None:
    on, record = FOUND_ON, Candidate(title=SOLO.title, identifiers=RecordIdentifiers(url=URL), found=FOUND)
    days: dict[dt.date, Record] = {on: record}
    for later, what in steps:
        now = days[on]
        if isinstance(now, Study) and (what != "take out" or now.history[-1].kind is EventKind.REMOVED):
            continue  # a study that was included stays, whatever becomes of it
        if what == "take out" and not isinstance(now, Study):
            continue
        on += dt.timedelta(days=later)
        days[on] = taken_out(now, on) if isinstance(now, Study) else decided(now, what, on)
    today = holding(days[on])
    for day, then in days.items():
        assert counted(records_as_of(today, day), day) == counted(holding(then), day), day
        assert not_rebuilt(today, day) == not_rebuilt(BASE, day)


def test_without_the_decision_that_was_replaced_nobody_can_tell_it() -> None:
    """Shows that the test above can fail."""
    on = dt.date(2025, 3, 1)
    out = decided(None, "exclude", on)
    lost = decided(None, "include", on + dt.timedelta(days=9))
    kept = decided(out, "include", on + dt.timedelta(days=9))
    assert KEY in records_as_of(holding(kept), on).excluded
    assert KEY in records_as_of(holding(lost), on).candidates


@pytest.mark.parametrize("what", ["exclude", "screen"])
def test_a_record_excluded_once_more_waits_only_until_the_first_decision(what: str) -> None:
    first, second = dt.date(2025, 3, 1), dt.date(2025, 4, 1)
    then = records_as_of(holding(decided(decided(None, what, first), what, second)), first - dt.timedelta(days=1))
    (waiting,) = (one for one in then.candidates.values() if one.identifiers.url == URL or one.title == SOLO.title)
    assert (waiting.decision, waiting.earlier_decisions) == (None, ())
