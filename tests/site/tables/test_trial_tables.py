"""Tables of registered trials, their outcomes and what registries said when."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.trial import Enrolment
from generator.model.values import Missing
from generator.review import Review
from generator.review.trials import Category
from generator.site.tables import registered_outcomes, status_history, trials
from generator.wording.table import Cell, Cells, Link, Table
from tests.evidence import read


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def row(table: Table, column: str, text: str) -> dict[str, Cells]:
    (found,) = [one for one in table.rows if only(one[column]).text == text]
    return found


def only(cells: Cells) -> Cell:
    if isinstance(cells, Cell):
        return cells
    (found,) = cells
    return found


def test_every_trial_stands_in_one_table_category_after_category(review: Review) -> None:
    table = trials.table(review)
    assert [(only(one["trial"]).text, only(one["category"]).text) for one in table.rows] == [
        ("NCT99999902", "ongoing"),
        ("2099-599999-99-00", "awaiting classification"),
        ("CTRI/2099/01/099903", "awaiting classification"),
        ("NCT99999901", "report of an included study"),
        ("ISRCTN99999904", "withdrawn, listed only"),
    ]
    for one in table.rows:
        assert set(one) == {column.key for column in table.columns}


def test_a_trial_says_what_its_registry_said_and_when_it_was_seen(review: Review) -> None:
    one = row(trials.table(review), "trial", "NCT99999902")
    status = only(one["status"])
    assert (status.text, status.note) == ("registry says recruiting, seen 2025-01-11", "21 days ago")
    assert status.markup == 'registry says <abbr title="RECRUITING">recruiting</abbr>, seen 2025-01-11'
    assert status.download == "RECRUITING"
    assert only(one["days_since_seen"]).value == 21
    assert only(one["phase"]).text == "phase 1 / phase 2"
    people = only(one["enrolment"])
    assert (people.text, people.value, people.note) == ("120", 120, "estimated")
    outcome = only(one["primary_outcomes"])
    assert (outcome.text, outcome.note) == ("Made-up hiccups per hour", "at 1 h, 1 d, 1 wk")
    countries = one["countries"]
    assert isinstance(countries, tuple)
    assert [country.text for country in countries] == ["NO", "Norwhere"]


def test_what_is_not_registered_is_not_reported_and_never_0(review: Review) -> None:
    one = row(trials.table(review), "trial", "2099-599999-99-00")
    for column in ("intervention", "phase", "enrolment", "primary_outcomes", "countries", "results_in_registry"):
        assert only(one[column]).missing, column
        assert only(one[column]).text == "not reported", column
    nobody = only(row(trials.table(review), "trial", "ISRCTN99999904")["enrolment"])
    assert (nobody.text, nobody.value, nobody.missing) == ("0", 0, False)
    odd = only(row(trials.table(review), "trial", "CTRI/2099/01/099903")["primary_outcomes"])
    assert odd.note == "time frame not reported"


def test_a_number_of_people_says_whether_it_is_planned_or_counted() -> None:
    assert trials.enrolment_cell(Enrolment.model_validate({"n": 40, "kind": "NR"})).note == (
        "planned or counted: not reported"
    )
    assert trials.enrolment_cell(Enrolment.model_validate({"n": "NR", "kind": "actual"})).value == Missing.NOT_REPORTED
    assert trials.enrolment_cell(None).missing


@pytest.mark.parametrize(
    ("day", "words"),
    [(13, "2 days ago"), (12, "1 day ago"), (11, "today"), (10, "after the day that is shown")],
)
def test_how_long_ago_a_status_was_seen_is_told_in_words(review: Review, day: int, words: str) -> None:
    then = Review(review.records, review.protocol, dt.date(2025, 1, day))
    one = row(trials.table(then), "trial", "NCT99999902")
    assert (only(one["status"]).note, only(one["days_since_seen"]).value) == (words, max(0, day - 11))


@pytest.mark.parametrize(
    ("category", "sentence"),
    [
        (Category.ONGOING, "No trial is known to be ongoing."),
        (Category.AWAITING, "No trial awaits classification."),
        (Category.INCLUDED, "No registered trial is known to belong to an included study."),
        (Category.LISTED, "No withdrawn trial is known."),
    ],
)
def test_an_empty_category_says_so(review: Review, category: Category, sentence: str) -> None:
    empty = Review(replace(review.records, trials={}), review.protocol, review.today)
    table = trials.category_table(empty, category)
    assert (table.rows, table.empty) == ((), sentence)


def test_only_the_table_of_linked_trials_shows_the_study(review: Review) -> None:
    linked = trials.category_table(review, Category.INCLUDED)
    assert "study" in [column.key for column in linked.shown_columns]
    assert only(linked.rows[0]["study"]).link == Link("studies/dunkwell-2022.md")
    assert "study" not in [column.key for column in trials.category_table(review, Category.ONGOING).shown_columns]


def test_registered_outcomes_name_the_reviews_instrument_where_they_are_one(review: Review) -> None:
    table = registered_outcomes.table(review)
    assert len(table.rows) == 4
    first, second = (one for one in table.rows if only(one["trial"]).text == "NCT99999901")
    assert only(first["instrument"]).link == Link("instruments.md", "instrument-hiccups-per-hour")
    assert only(second["measure"]).text == "Made-up sips | per <cup>"
    assert only(second["instrument"]).missing
    assert only(second["metric"]).text == "change-from-baseline"
    own = registered_outcomes.trial_table(review, "NCT99999902")
    assert only(own.rows[0]["times"]).text == "1 h, 1 d, 1 wk"
    assert "trial" not in [column.key for column in own.columns]


def test_the_history_says_what_changed_and_who_looked(review: Review) -> None:
    own = status_history.trial_table(review, "NCT99999902")
    assert [(only(one["seen"]).text, only(one["status"]).text, only(one["changed"]).text) for one in own.rows] == [
        ("2024-03-01", "not yet recruiting", "first look"),
        ("2024-09-01", "recruiting", "changed from not yet recruiting"),
        ("2025-01-11", "recruiting", "same as before"),
    ]
    codes = ["NOT_YET_RECRUITING", "RECRUITING", "RECRUITING"]
    assert [only(one["status"]).note for one in own.rows] == codes, "the page keeps the code in small"
    assert [only(one["status"]).download for one in own.rows] == codes
    assert [only(one["by"]).text for one in own.rows] == ["Made-up Pat", "nightly", "nightly"]
    assert only(own.rows[1]["as_printed"]).text == "Recruiting"
    assert len(status_history.table(review).rows) == 8
