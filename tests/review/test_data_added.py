"""Data added to a study later are left out as of an earlier day; what does not say when it was added is said."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from generator.model.records import Records
from generator.model.report import Event
from generator.model.result import AdverseEvent
from generator.model.study import Study
from generator.review.as_of import not_rebuilt, records_as_of
from tests.conftest import MADE_UP
from tests.evidence import read

BASE = read(MADE_UP).records
SOLO = BASE.included["solo-2020"]
MENDED, ADDED, AGAIN = (dt.date(2025, 1, day) for day in (10, 15, 20))
UNKNOWN = "Solo 2020: data that were added since cannot be told from those known then."


def grown() -> Study:
    """Return a study whose second result was corrected, then data were put first, then both were corrected."""
    assert SOLO.harms
    new = SOLO.results[0].model_copy(update={"value": Decimal("7.1"), "known_on": ADDED})
    mended = SOLO.results[1].model_copy(update={"value": Decimal(5)})
    harm = AdverseEvent(what="Made-up", known_on=ADDED)
    lines = [
        {"on": MENDED, "kind": "corrected", "note": "Made-up.", "field": "results[1].value", "was": "3"},
        {"on": ADDED, "kind": "data-added", "note": "Made-up."},
        {"on": AGAIN, "kind": "corrected", "note": "Made-up.", "field": "results[0].value", "was": "7.2"},
        {"on": AGAIN, "kind": "corrected", "note": "Made-up.", "field": "results[2].value", "was": "4"},
    ]
    measured = SOLO.outcomes_measured[0].model_copy(update={"as_printed": "Made-up", "known_on": ADDED})
    return SOLO.model_copy(
        update={
            "results": (new, SOLO.results[0], mended),
            "outcomes_measured": (*SOLO.outcomes_measured, measured),
            "harms": SOLO.harms.model_copy(update={"events": (harm,)}),
            "history": (*SOLO.history, *(Event.model_validate(line) for line in lines)),
        }
    )


def holding(study: Study) -> Records:
    return replace(BASE, included={"solo-2020": study}, screened={})


@pytest.mark.parametrize(
    ("day", "values", "n_measured", "n_harms"),
    [
        (MENDED - dt.timedelta(days=1), ["41.50", "3"], 2, 0),
        (MENDED, ["41.50", "4"], 2, 0),
        (ADDED - dt.timedelta(days=1), ["41.50", "4"], 2, 0),
        (ADDED, ["7.2", "41.50", "4"], 3, 1),
        (AGAIN, ["7.1", "41.50", "5"], 3, 1),
    ],
)
def test_each_day_has_the_data_that_were_entered_by_then(
    day: dt.date, values: list[str], n_measured: int, n_harms: int
) -> None:
    records = holding(grown())
    then = records_as_of(records, day)
    study = then.included["solo-2020"]
    assert study.harms
    assert [str(result.value) for result in study.results] == values
    assert (len(study.outcomes_measured), len(study.harms.events)) == (n_measured, n_harms)
    assert not_rebuilt(records, day) == ()
    for later in (MENDED, ADDED, AGAIN):
        if later >= day:
            assert vars(records_as_of(records_as_of(records, later), day)) == vars(then), "in two steps"


def test_before_all_that_was_added_the_study_is_what_it_was() -> None:
    then = records_as_of(holding(grown()), MENDED - dt.timedelta(days=1)).included["solo-2020"]
    assert then == SOLO


def test_data_that_do_not_say_when_they_were_added_are_said_to_be_unknown() -> None:
    study, before = grown(), ADDED - dt.timedelta(days=1)
    more = Event.model_validate({"on": AGAIN, "kind": "data-added", "note": "Made-up."})
    twice = study.model_copy(update={"history": (*study.history, more)})
    assert not_rebuilt(holding(twice), before) == (UNKNOWN,), "only the first of two additions says so"
    assert not_rebuilt(holding(twice), AGAIN) == ()
    assessed = (SOLO.risk_of_bias[0].model_copy(update={"on": AGAIN.isoformat()}),)
    assert not_rebuilt(holding(twice.model_copy(update={"risk_of_bias": assessed})), before) == ()
    entered = twice.model_copy(update={"known_on": AGAIN})
    assert not_rebuilt(holding(entered), before) == (), "the study was not in the records then"
