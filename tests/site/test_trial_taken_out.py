"""A registered trial that was taken out: counted nowhere, listed as excluded, told once, and still readable."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from generator.model.decision import Decision, decisions_on
from generator.model.records import Records
from generator.review import Review
from generator.review.changes import ChangeKind
from generator.review.places import place_of
from generator.site import exports
from generator.site.feeds.icalendar import trial_dates
from generator.site.figures import flow as flow_figure
from generator.site.metadata.page_head import head
from generator.site.pages import every
from generator.site.subscriptions import feeds
from generator.site.tables import every as every_table
from generator.site.tables import flow as flow_table
from generator.wording.table import Cell
from tests.conftest import MADE_UP
from tests.evidence import Read, read
from tests.site.test_taken_out import starting_from_a_base_review, tables
from tests.spaced import browse_spaced

KEY, OUT_ON = "NCT99999902", dt.date(2025, 1, 20)
NOTE = "Made-up: nobody in it has made-up hiccups"
PAGE = f"trials/{KEY}.md"


@pytest.fixture(scope="module")
def before() -> Review:
    return read(MADE_UP)


@pytest.fixture(scope="module")
def after(before: Review) -> Review:
    trial = before.records.trials[KEY]
    said = {"outcome": "exclude", "stage": "full-text", "reason": "no-hiccups", "note": NOTE, "by": ["pat", "sam"]}
    decision = Decision.model_validate(said | {"on": OUT_ON})
    out = trial.model_copy(update={"decision": decision, "earlier_decisions": decisions_on(trial)})
    return with_records(before, replace(before.records, trials=before.records.trials | {KEY: out}))


def with_records(review: Review, records: Records) -> Review:
    return Review(records, review.protocol, review.today)


def page(review: Review, path: str) -> Read:
    (found,) = (one.body for one in every(review) if one.path == path)
    return browse_spaced(found)


def test_its_page_says_so_first_and_keeps_what_the_registry_said(before: Review, after: Review) -> None:
    text = page(after, PAGE).text
    warning = text.index(f"This trial was taken out of the review on 2025-01-20: Not about made-up hiccups. {NOTE}.")
    assert warning < text.index("excluded: registry says") < text.index("As registered")
    assert {one for one in page(after, PAGE).links if "excluded" in one} == {f"../excluded.html#excluded-{KEY}"}
    assert "taken out" not in page(before, PAGE).text
    assert place_of(KEY, after.records) == place_of(KEY, before.records)


def test_it_is_listed_as_excluded_with_who_decided_and_a_link_to_its_page(before: Review, after: Review) -> None:
    found = page(after, "excluded.md")
    assert "3 studies were excluded at full text; 1 of them is a registered trial that had been" in found.text
    assert "registered trial that had been" not in page(before, "excluded.md").text
    assert f"trials/{KEY}.html" in found.links
    assert f"excluded-{KEY}" in found.ids
    assert NOTE in found.text
    assert "part of the review from 2024-03-01 on, taken out on 2025-01-20" in found.text
    (row,) = (one for one in tables(after)["excluded"] if isinstance(one["study"], Cell) and one["study"].value == KEY)
    values = {name: one.value or one.text for name, one in row.items() if isinstance(one, Cell)}
    assert (values["reason"], values["on"], values["included"]) == ("no-hiccups", "2025-01-20", "2024-03-01")
    assert "clinicaltrials.gov/study/NCT99999902" in repr(row["identifiers"])


def test_the_trials_stand_in_a_category_of_their_own(before: Review, after: Review) -> None:
    found = page(after, "trials.md")
    assert "4 registered trials are known, not counting 1 that was taken out." in found.text
    assert "excluded" in found.ids
    assert "excluded" not in page(before, "trials.md").ids
    categories = {
        row["trial"].value: row["category"].text
        for row in tables(after)["trials"]
        if isinstance(row["trial"], Cell) and isinstance(row["category"], Cell)
    }
    assert [key for key, name in categories.items() if name == "excluded"] == [KEY]


def test_no_page_counts_it(before: Review, after: Review) -> None:
    for review, n in ((before, 5), (after, 4)):
        assert review.fill("{n_trials}") == str(n)
    assert "1 ongoing trial" in page(before, "index.md").text
    assert "0 ongoing trials" in page(after, "index.md").text
    assert KEY in {one.trial for one in trial_dates(before)}
    assert KEY not in {one.trial for one in trial_dates(after)}
    assert '"MedicalTrial"' in head(before, PAGE)
    assert head(after, PAGE) == ""


def test_the_downloads_hold_it_and_say_what_it_is(after: Review) -> None:
    files = dict(exports.every(after))
    listed = {one["id"]: one["category"] for one in json.loads(files["api/v1/trials.json"])["trials"]}
    assert listed[KEY] == "excluded"
    held = json.loads(files[f"api/v1/trials/{KEY}.json"])["trial"]
    assert held["decision"]["outcome"] == "exclude"
    holding = {table.id for table in every_table(after) if any(KEY in repr(row) for row in table.rows)}
    assert {"trials", "excluded", "status-history", "registered-outcomes", "changes"} <= holding
    assert not holding & {"awaiting", "results", "findings", "interventions"}


def test_the_flow_of_a_review_that_starts_from_another_says_so(before: Review, after: Review) -> None:
    protocol = starting_from_a_base_review(before.protocol)
    then, now = (Review(one.records, protocol, one.today) for one in (before, after))
    for review, expected in ((then, []), (now, ["1"])):
        rows = (
            row for row in tables(review)["flow"] if isinstance(row["n"], Cell) and "taken out" in repr(row["what"])
        )
        assert [row["n"].text for row in rows if isinstance(row["n"], Cell)] == expected
        assert ("registered trials taken out since" in flow_figure.draw("flow.md", flow_table.boxes(review))) is bool(
            expected
        )


def test_subscribers_are_told_once_wherever_they_follow_it(before: Review, after: Review) -> None:
    earlier = {one.stem: {message.id for message in one.messages} for one in feeds(before)}
    told = {}
    for feed in feeds(after):
        new = [message for message in feed.messages if message.id not in earlier[feed.stem]]
        assert earlier[feed.stem] <= {message.id for message in feed.messages}, "nothing that was sent is taken back"
        assert all((one.kind, one.on) == (ChangeKind.TRIAL_REMOVED, OUT_ON) for one in new)
        told[feed.stem] = [one.title for one in new]
    title = f"Trial {KEY} was taken out: Not about made-up hiccups"
    assert {stem for stem, titles in told.items() if titles == [title]} == {
        "",
        "feeds/trials",
        "feeds/leaf/black",
        f"feeds/trials/{KEY}",
    }
    assert [titles for titles in told.values() if titles not in ([], [title])] == []


def test_a_look_at_its_registry_after_that_day_changes_nothing_that_is_told(after: Review) -> None:
    trial = after.records.trials[KEY]
    look = trial.status_history[-1].model_copy(update={"seen": dt.date(2025, 1, 25), "status": "COMPLETED"})
    seen = trial.model_copy(update={"status_history": (*trial.status_history, look)})
    later = with_records(after, replace(after.records, trials=after.records.trials | {KEY: seen}))
    assert [one.messages for one in feeds(later)] == [one.messages for one in feeds(after)]
