"""A study that was taken out after it had been included: counted nowhere, listed as excluded, and still readable."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from generator.model.decision import Decision, Outcome, Stage, decisions_on
from generator.model.protocol import Protocol
from generator.model.report import Event, EventKind
from generator.review import Review
from generator.review.flow import flow
from generator.review.references import references
from generator.review.trials import Category
from generator.site import exports
from generator.site.metadata.linked_data import review_article, version_article
from generator.site.pages import every
from generator.site.tables import every as every_table
from generator.wording.table import Cell, Row
from tests.conftest import MADE_UP
from tests.evidence import read, with_study
from tests.spaced import browse_spaced

KEY, OUT_ON = "dunkwell-2022", dt.date(2025, 1, 20)
NOTE = "Made-up: its numbers could not be trusted"


@pytest.fixture(scope="module")
def before() -> Review:
    return read(MADE_UP)


@pytest.fixture(scope="module")
def after(before: Review) -> Review:
    study = before.studies[KEY]
    decision = Decision(
        outcome=Outcome.EXCLUDE, stage=Stage.FULL_TEXT, reason="retracted", note=NOTE, by=("pat", "sam"), on=OUT_ON
    )
    removed = Event(on=OUT_ON, kind=EventKind.REMOVED, note="Made-up retraction.")
    return with_study(
        before,
        KEY,
        history=(*study.history, removed),
        decision=decision,
        earlier_decisions=decisions_on(study),
    )


def test_nothing_counts_it_any_more(before: Review, after: Review) -> None:
    assert list(after.studies) == [key for key in before.studies if key != KEY]
    assert list(after.all_studies) == list(before.studies)
    assert after.n_people == (before.n_people or 0) - int(str(before.studies[KEY].participants.n_enrolled))
    assert after.placeholders["n_studies"] == str(len(before.studies) - 1)
    assert after.n_excluded == before.n_excluded + 1


def test_a_version_that_included_it_still_cites_its_reports(before: Review, after: Review) -> None:
    first = before.versions[0]
    assert KEY in first.included
    then, now = (version_article(review, first)["citation"] for review in (before, after))
    assert isinstance(then, list)
    assert isinstance(now, list)
    assert sorted(now) == sorted(then)
    assert review_article(after)["citation"] != review_article(before)["citation"]


def test_its_registration_is_counted_no_more(before: Review, after: Review) -> None:
    registered = [key for key, trial in before.records.trials.items() if trial.study == KEY]
    assert registered
    assert list(after.trials_by_category[Category.REMOVED]) == registered
    assert list(after.trials) == [key for key in before.trials if key not in registered]
    n = len(before.trials)
    assert (before.fill("{n_trials}"), after.fill("{n_trials}")) == (str(n), str(n - 1))
    assert f"{n} registered trials are known." in overview(before)
    assert f"{n - 1} registered trials are known, not counting 1 that was taken out." in overview(after)
    assert after.flow.disagreements == before.flow.disagreements


def overview(review: Review) -> str:
    return browse_spaced(next(page.body for page in every(review) if page.path == "trials.md")).text


def test_the_flow_counts_a_new_study_as_excluded_with_its_reason(before: Review, after: Review) -> None:
    then, now = before.flow, after.flow
    assert (now.new_studies, now.total_studies) == (then.new_studies - 1, then.total_studies - 1)
    reasons, earlier = ({one.id: one.n for one in each.registered.excluded_full_text} for each in (now, then))
    n_registrations = sum(trial.study == KEY for trial in before.records.trials.values())
    assert reasons["retracted"] == earlier["retracted"] + 1 + n_registrations
    assert now.disagreements == then.disagreements


def test_the_flow_takes_a_study_of_the_earlier_version_from_the_total(before: Review, after: Review) -> None:
    protocol = starting_from_a_base_review(before.protocol)
    then, now = flow(before.records, protocol), flow(after.records, protocol)
    assert (now.previous_studies, now.previous_reports) == (then.previous_studies, then.previous_reports)
    assert (then.removed_studies, now.removed_studies) == (0, 1)
    assert (now.total_studies, now.total_reports) == (
        then.total_studies - 1,
        then.total_reports - now.removed_reports,
    )
    assert now.disagreements == then.disagreements
    assert "earlier and new studies less those taken out" in {one.left for _, one in now.sums}


def starting_from_a_base_review(protocol: Protocol) -> Protocol:
    base = {"document": "made-up-guidance", "searched_to": "2024-03-01", "published": "2024-12-31"}
    return Protocol.model_validate(protocol.model_dump(exclude_unset=True) | {"base_review": base})


def test_its_page_says_so_first_and_keeps_what_was_extracted(before: Review, after: Review) -> None:
    pages = {page.path: page.body for page in every(after)}
    text = browse_spaced(pages[f"studies/{KEY}.md"]).text
    warning = text.index(
        "This study was taken out of the review on 2025-01-20. Made-up retraction. Nothing on this page"
    )
    assert warning < text.index("Design and setting")
    earlier = {page.path: page.body for page in every(before)}
    assert "taken out" not in browse_spaced(earlier[f"studies/{KEY}.md"]).text


def test_that_it_is_out_stands_before_how_far_its_data_were_checked(before: Review) -> None:
    study = before.studies["solo-2020"]
    removed = Event(on=OUT_ON, kind=EventKind.REMOVED, note="Made-up.")
    review = with_study(before, "solo-2020", history=(*study.history, removed))
    (page,) = (page for page in every(review) if page.path == "studies/solo-2020.md")
    assert page.body.index("This study was taken out") < page.body.index("lr-badges")


def test_it_is_listed_as_excluded_with_who_decided_and_when_it_had_been_included(after: Review) -> None:
    (page,) = (page for page in every(after) if page.path == "excluded.md")
    found = browse_spaced(page.body)
    assert f"studies/{KEY}.html" in found.links
    assert NOTE in found.text
    assert f"included on {after.all_studies[KEY].history[0].on}, taken out on 2025-01-20" in found.text
    values = [
        {name: one.value for name, one in row.items() if isinstance(one, Cell)} for row in tables(after)["excluded"]
    ]
    assert [row["reason"] for row in values if row["study"] == KEY] == ["retracted"]


def test_no_table_of_evidence_holds_it(before: Review, after: Review) -> None:
    holding = {name for name, rows in tables(before).items() if any(KEY in repr(row) for row in rows)}
    still = {name for name, rows in tables(after).items() if any(KEY in repr(row) for row in rows)}
    assert {"studies", "results", "harms", "interventions"} <= holding
    assert still <= {"excluded", "quotes", "changes", "references", "trials", "versions"}


def test_its_discrepancies_are_counted_nowhere_and_stand_on_its_page(before: Review, after: Review) -> None:
    own = before.studies[KEY].discrepancies
    assert own
    assert after.discrepancy_counts.total == before.discrepancy_counts.total - len(own)
    (page,) = (page for page in every(after) if page.path == f"studies/{KEY}.md")
    assert "the report 48" in browse_spaced(page.body).text


def test_what_search_engines_are_told_of_its_page_says_it(before: Review, after: Review) -> None:
    about = {page.path: page.description for page in every(after)}[f"studies/{KEY}.md"]
    assert about.startswith("Dunkwell 2022: taken out of the review on 2025-01-20;")
    told = [page.description for page in every(before) if page.path.startswith("studies/")]
    assert "taken out" not in str(told)


def test_the_page_of_included_studies_leads_to_it(before: Review, after: Review) -> None:
    for review, said in ((before, False), (after, True)):
        (page,) = (page for page in every(review) if page.path == "evidence.md")
        assert ("1 study was taken out again" in browse_spaced(page.body).text) is said


def test_a_published_version_that_rests_on_it_says_so(before: Review, after: Review) -> None:
    resting = [f"versions/{one.version}.md" for one in after.versions if KEY in one.included]
    assert resting
    for review, said in ((before, False), (after, True)):
        bodies = {page.path: page.body for page in every(review)}
        for path in [*resting, "versions.md"]:
            assert ("taken out on 2025-01-20" in browse_spaced(bodies[path]).text) is said, path


def test_the_downloads_say_it(after: Review) -> None:
    files = dict(exports.every(after))
    listed = json.loads(files["api/v1/studies.json"])
    assert [one["id"] for one in listed["taken_out"]] == [KEY]
    assert [one["id"] for one in listed["studies"]] == list(after.studies)
    assert json.loads(files[f"api/v1/studies/{KEY}.json"])["removed"] is True
    assert json.loads(files["api/v1/studies/solo-2020.json"])["removed"] is False
    assert {one.key: one.group for one in references(after.records, after.protocol)}[KEY] == "excluded"


def tables(review: Review) -> dict[str, list[Row]]:
    return {table.id: list(table.rows) for table in every_table(review)}


def test_the_trial_that_reported_it_is_no_report_of_an_included_study(before: Review, after: Review) -> None:
    linked = [key for key, trial in before.records.trials.items() if trial.study == KEY]
    (page,) = (page for page in every(after) if page.path == "trials.md")
    assert linked
    assert "report of a study that was taken out" in browse_spaced(page.body).text.lower()
    (own,) = (page for page in every(after) if page.path == f"trials/{linked[0]}.md")
    said = browse_spaced(own.body).text
    assert "Its results had been included as Dunkwell 2022, which was taken out of the review on 2025-01-20" in said
    assert "Its results are included" not in said
    (own,) = (page for page in every(before) if page.path == f"trials/{linked[0]}.md")
    assert "Its results are included as Dunkwell 2022." in browse_spaced(own.body).text
    without = Review(replace(after.records, trials={}), after.protocol, after.today)
    (page,) = (page for page in every(without) if page.path == "trials.md")
    assert "taken out" not in browse_spaced(page.body).text
