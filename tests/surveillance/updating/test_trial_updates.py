"""Trials brought up to date by registries: what is added, what follows, what is only reported, what never changes."""

import datetime as dt
import difflib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.registry_record import RegistryRecord
from generator.model.registry_status import RegistryStatus
from generator.model.trial import Enrolment, Phase, Trial
from generator.model.values import Missing
from generator.records import checking, form, yamlfile
from generator.records.quotes import Verdict
from generator.surveillance.asking.answers import Query, ask
from generator.surveillance.asking.web import Web
from generator.surveillance.sources import clinicaltrials
from generator.surveillance.updating.trial_updates import Updated, update
from tests.surveillance.sources.server import Server, as_json, in_turn

PATH = "studies/trials/NCT99999902.yml"
DAY = dt.date(2026, 11, 24)
LATER = dt.date(2026, 12, 1)
FROM_A_REVIEW = """\
# A made-up trial, known from a made-up review only. Nothing in it is true.
registry: ClinicalTrials.gov
title: NR
intervention: >-
  Made-up oolong, by the cup;
  in the words of a person
design: {study_type: NR, phase: PHASE1, allocation: NR} # as printed
enrolment: {n: 30, kind: estimated}
results: {on_registry: false, publication: false, checked: 2024-03-18, source: row}   # nobody looked since
status_history:
  # Append-only.
  - {seen: 2024-03-18, status: RECRUITING, as_printed: Recruiting, by: base-review, source: row}
known_on: 2024-03-20
sources:
  intervention: row
  design: [row]
  enrolment: row
note: A person's own words.
quotes:
  row:
    report: made-up-scope-2020
    at: Table 2
    text: A made-up row
"""
BY_A_PERSON = """\
# A made-up trial whose registry a person has read. Nothing in it is true.
registry: ClinicalTrials.gov
title: Made-up oolong for made-up hiccups
intervention: Made-up oolong
enrolment: {n: 120, kind: estimated}
sponsor: NR
countries: [Norwhere]
dates: {start: 2024-02, completion: 2026-02-01}
status_history:
- {seen: 2024-03-01, status: RECRUITING, registry_updated: 2024-02-20, by: pat}
known_on: 2024-03-01
"""
RECORD = RegistryRecord(
    "NCT99999902",
    title="Made-up oolong: a trial",
    intervention="Oolong; Water",
    status=RegistryStatus.COMPLETED,
    status_as_printed="COMPLETED",
    registry_updated="2026-11-20",
    study_type="INTERVENTIONAL",
    phases=(Phase.PHASE1,),
    allocation="RANDOMIZED",
    n_enrolled=30,
    enrolment_kind="estimated",
    sponsor="Made-up Sponsor, Ltd",
    countries=("Norwhere", "Elsewhere"),
    registered="2024-01-05",
    start="2024-02",
    completion="2026-02",
    has_results=False,
)
ONLY_STATUS = RegistryRecord("NCT99999902", status=RegistryStatus.RECRUITING, registry_updated="2024-02-20")
COPY = replace(ONLY_STATUS, home=False)


def updated(text: str, record: RegistryRecord, on: dt.date = DAY, *, is_home: bool = True) -> Updated:
    return update(text, PATH, record, is_home=is_home, on=on)


def trial(text: str) -> Trial:
    found, problems = form.validate(Trial, yamlfile.read(text.encode()), PATH)
    assert problems == []
    assert found
    return found


def removed_lines(before: str, after: str) -> list[str]:
    return [line[2:] for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line.startswith("- ")]


def test_what_a_review_did_not_print_is_filled_in_with_the_words_of_the_registry() -> None:
    made = updated(FROM_A_REVIEW, RECORD)
    now = trial(made.text)
    assert now.title == "Made-up oolong: a trial"
    assert now.design
    assert (now.design.study_type, now.design.phase, now.design.allocation) == (
        "INTERVENTIONAL",
        (Phase.PHASE1,),
        "RANDOMIZED",
    )
    assert (now.sponsor, now.countries) == ("Made-up Sponsor, Ltd", ("Norwhere", "Elsewhere"))
    assert now.dates
    assert (now.dates.start, now.dates.last_update, now.dates.primary_completion) == ("2024-02", "2026-11-20", None)
    assert now.sources["title"] == ("registry-title",)
    assert now.sources["design"] == ("row", "registry-design")
    quote = now.quotes["registry-design"]
    assert quote.text == "study_type: INTERVENTIONAL; allocation: RANDOMIZED"
    assert (quote.report, quote.at) == ("nct99999902", "record of the registry as read by program on 2026-11-24")
    assert "title: Made-up oolong: a trial, which was missing" in made.changes
    assert made.differences == ()


def test_comments_order_and_layout_survive() -> None:
    made = updated(FROM_A_REVIEW, RECORD)
    assert removed_lines(FROM_A_REVIEW, made.text) == [
        "title: NR",
        "design: {study_type: NR, phase: PHASE1, allocation: NR} # as printed",
        "  design: [row]",
    ]
    assert "design: {study_type: INTERVENTIONAL, phase: PHASE1, allocation: RANDOMIZED} # as printed\n" in made.text
    assert "\n  # Append-only.\n  - {seen: 2024-03-18" in made.text
    windows = updated(FROM_A_REVIEW.replace("\n", "\r\n"), RECORD)
    assert windows.text.replace("\r\n", "\n") == made.text
    assert windows.text.count("\n") == windows.text.count("\r\n")


def test_the_same_record_on_a_later_day_changes_nothing() -> None:
    for text in (FROM_A_REVIEW, BY_A_PERSON):
        once = updated(text, RECORD)
        assert once.text != text
        assert updated(once.text, RECORD, LATER) == Updated(once.text)


def test_a_new_status_is_a_new_line_and_old_ones_stay() -> None:
    lines = trial(updated(FROM_A_REVIEW, RECORD).text).status_history
    assert lines[:-1] == trial(FROM_A_REVIEW).status_history
    new = lines[-1]
    assert (new.seen, new.status, new.as_printed, new.registry_updated, new.by, new.source) == (
        DAY,
        RegistryStatus.COMPLETED,
        "COMPLETED",
        "2026-11-20",
        "nightly",
        None,
    )


@pytest.mark.parametrize(
    ("status", "registry_updated", "n_new"),
    [
        (RegistryStatus.RECRUITING, "2024-02-20", 0),
        (RegistryStatus.RECRUITING, "2024-02-19", 0),
        (RegistryStatus.RECRUITING, "2024-02-21", 1),
        (RegistryStatus.SUSPENDED, "2024-02-20", 1),
        (RegistryStatus.SUSPENDED, "", 1),
        (RegistryStatus.RECRUITING, "", 0),
        (None, "2025-01-01", 0),
    ],
)
def test_a_line_needs_a_new_status_or_a_newer_change(
    status: RegistryStatus | None, registry_updated: str, n_new: int
) -> None:
    record = RegistryRecord("NCT99999902", status=status, registry_updated=registry_updated)
    assert len(trial(updated(BY_A_PERSON, record).text).status_history) == 1 + n_new


def test_a_date_that_is_only_more_exact_is_no_news() -> None:
    text = BY_A_PERSON.replace("registry_updated: 2024-02-20", "registry_updated: 2024-02")
    assert len(trial(updated(text, ONLY_STATUS).text).status_history) == 1


def test_a_status_without_a_place_in_the_vocabulary_is_reported_and_not_guessed() -> None:
    record = RegistryRecord("NCT99999902", status_as_printed="Paused  for tea", registry_updated="2026-11-20")
    made = updated(BY_A_PERSON, record)
    now = trial(made.text)
    assert len(now.status_history) == 1
    (difference,) = made.differences
    assert difference == (
        "The registry (read 2026-11-24) gives the status “Paused for tea”, which the common vocabulary does not hold; "
        "this file says RECRUITING."
    )
    assert [one.what for one in now.discrepancies] == [difference]
    assert updated(made.text, record, LATER) == Updated(made.text)


def test_a_look_before_the_last_one_on_record_only_fills_in() -> None:
    record = replace(RECORD, completion="2030-01", n_enrolled=7)
    made = updated(BY_A_PERSON, record, dt.date(2024, 2, 1))
    assert trial(made.text).status_history == trial(BY_A_PERSON).status_history
    assert made.differences == ()
    assert trial(made.text).design


def test_nothing_that_is_filled_is_ever_emptied() -> None:
    text = updated(BY_A_PERSON, RECORD).text
    assert updated(text, RegistryRecord("NCT99999902"), LATER) == Updated(text)


def test_what_the_program_wrote_follows_the_registry_with_its_quote() -> None:
    text = updated(BY_A_PERSON.replace("enrolment: {n: 120, kind: estimated}\n", ""), RECORD).text
    assert trial(text).enrolment == Enrolment.model_validate({"n": "30", "kind": "estimated"})
    made = updated(text, replace(RECORD, n_enrolled=28, enrolment_kind="actual"), LATER)
    now = trial(made.text)
    assert now.enrolment == Enrolment.model_validate({"n": "28", "kind": "actual"})
    assert now.sources["enrolment"] == ("registry-enrolment",)
    quote = now.quotes["registry-enrolment"]
    assert (quote.text, quote.at[-10:]) == ("n: 28; kind: actual", "2026-12-01")
    assert set(made.changes) == {"enrolment.n: 30 -> 28", "enrolment.kind: estimated -> actual"}
    assert made.differences == ()


def test_a_number_without_its_kind_is_written_with_nothing_reported() -> None:
    text = BY_A_PERSON.replace("enrolment: {n: 120, kind: estimated}\n", "")
    made = updated(text, RegistryRecord("NCT99999902", n_enrolled=28)).text
    assert trial(made).enrolment == Enrolment.model_validate({"n": "28", "kind": "NR"})
    assert trial(made).quotes["registry-enrolment"].text == "n: 28"
    later = trial(updated(made, RegistryRecord("NCT99999902", n_enrolled=28, enrolment_kind="actual"), LATER).text)
    assert later.enrolment == Enrolment.model_validate({"n": "28", "kind": "actual"})


def test_a_date_that_the_program_wrote_follows_and_the_others_stay_in_the_quote() -> None:
    text = updated(FROM_A_REVIEW, RECORD).text
    now = trial(updated(text, replace(RECORD, completion="2026-02-14"), LATER).text)
    assert now.dates
    assert now.dates.completion == "2026-02-14"
    assert "start: 2024-02;" in now.quotes["registry-dates"].text
    assert "completion: 2026-02-14" in now.quotes["registry-dates"].text
    assert "completion: 2026-02;" not in now.quotes["registry-dates"].text


@pytest.mark.parametrize(
    "touched",
    [
        ("\nsponsor: Made-up Sponsor, Ltd", "\nsponsor: Made-up Sponsor Limited"),
        ("  sponsor: registry-sponsor", "  sponsor: [registry-sponsor, row]"),
        ("  sponsor: registry-sponsor", "  sponsor: row"),
        ("  sponsor: registry-sponsor\n", ""),
    ],
)
def test_what_a_person_touched_afterwards_is_theirs(touched: tuple[str, str]) -> None:
    text = updated(FROM_A_REVIEW, RECORD).text
    assert text.count(touched[0]) == 1
    text = text.replace(*touched)
    made = updated(text, replace(RECORD, sponsor="Another made-up sponsor"), LATER)
    assert trial(made.text).sponsor == trial(text).sponsor
    assert len(made.differences) == 1


def test_what_a_person_wrote_stays_and_the_disagreement_is_recorded_once() -> None:
    record = replace(RECORD, n_enrolled=118, enrolment_kind="actual", title=trial(BY_A_PERSON).title)
    made = updated(BY_A_PERSON, record)
    now = trial(made.text)
    assert now.enrolment == Enrolment.model_validate({"n": "120", "kind": "estimated"})
    expected = "The registry (read 2026-11-24) gives “118” as enrolment n; this file says “120”."
    assert expected in made.differences
    (found,) = [one for one in now.discrepancies if one.what == expected]
    assert (found.severity, found.status, found.source) == ("minor", "open", ("registry-enrolment",))
    assert now.quotes["registry-enrolment"].text == "n: 118"
    assert not any("kind" in one for one in made.differences), "whether 118 is planned says nothing about 120"
    assert "completion" not in str(made.differences), "2026-02 and 2026-02-01 do not contradict each other"
    assert updated(made.text, record, LATER) == Updated(made.text)
    resolved = made.text.replace(f'what: "{expected}"', "what: Settled by a person in other words.")
    assert resolved != made.text
    assert updated(resolved, record, LATER) == Updated(resolved)
    changed = updated(made.text, replace(record, n_enrolled=117), LATER)
    assert changed.differences == ("The registry (read 2026-12-01) gives “117” as enrolment n; this file says “120”.",)
    assert trial(changed.text).quotes["registry-enrolment"].text == "n: 118"


def test_a_quote_keeps_what_it_stated_beside_what_changed_and_states_nothing_twice() -> None:
    text = updated(BY_A_PERSON.replace("enrolment: {n: 120, kind: estimated}\n", ""), RECORD).text
    changed = trial(updated(text, replace(RECORD, n_enrolled=31), LATER).text)
    assert changed.quotes["registry-enrolment"].text == "kind: estimated; n: 31"
    again = trial(updated(text.replace("\n  kind: estimated", "\n  kind: NR"), RECORD, LATER).text)
    assert again.quotes["registry-enrolment"].text == "n: 30; kind: estimated"


def test_the_words_of_a_report_are_not_the_program_s_whatever_their_key() -> None:
    text = FROM_A_REVIEW.replace("row", "registry-row").replace("A made-up registry-row", "'n: 30'")
    made = updated(text, replace(RECORD, n_enrolled=31))
    now = trial(made.text)
    assert now.enrolment
    assert now.enrolment.n == 30
    assert any("gives “31” as enrolment n; this file says “30”" in one for one in made.differences)


def test_a_phase_that_was_missing_is_filled_in() -> None:
    now = trial(updated(FROM_A_REVIEW.replace("phase: PHASE1, ", ""), replace(RECORD, phases=(Phase.PHASE2,))).text)
    assert now.design
    assert now.design.phase == (Phase.PHASE2,)


def test_nothing_reported_by_somebody_who_read_the_registry_is_a_finding() -> None:
    made = updated(BY_A_PERSON, RECORD)
    assert trial(made.text).sponsor is Missing.NOT_REPORTED
    assert any("as sponsor; this file says “NR”" in one for one in made.differences)


def test_case_order_and_blanks_are_no_disagreement() -> None:
    text = BY_A_PERSON.replace("sponsor: NR", "sponsor: made-up  sponsor, LTD.").replace(
        "[Norwhere]", "[norwhere, ELSEWHERE, teamark]"
    )
    countries = ("Teamark", "Norwhere", "Elsewhere")
    record = RegistryRecord("NCT99999902", sponsor="Made-up Sponsor, Ltd", countries=countries)
    assert updated(text, record) == Updated(text)


def test_the_intervention_is_filled_in_and_otherwise_never_touched() -> None:
    assert trial(updated(FROM_A_REVIEW, RECORD).text).intervention == trial(FROM_A_REVIEW).intervention
    text = FROM_A_REVIEW.replace(">-\n  Made-up oolong, by the cup;\n  in the words of a person", "NR")
    filled = updated(text, RECORD).text
    assert trial(filled).intervention == "Oolong; Water"
    assert trial(filled).sources["intervention"] == ("row", "registry-given")
    again = updated(filled, replace(RECORD, intervention="Other tea"), LATER)
    assert again == Updated(filled)


def test_what_belongs_to_people_is_never_touched() -> None:
    text = BY_A_PERSON + (
        "facets: {leaf: black}\noutcomes: [{rank: primary, measure: Hums}]\nstudy: dunkwell-2022\n"
        "open_questions: [{what: A made-up question?, raised: 2024-03-01}]\nnote: A note.\n"
    )
    before, after = trial(text), trial(updated(text, RECORD).text)
    for name in ("facets", "outcomes", "study", "known_on", "open_questions", "note", "registry", "found"):
        assert getattr(after, name) == getattr(before, name), name


def test_results_that_are_posted_are_noted_with_the_day() -> None:
    made = updated(FROM_A_REVIEW, replace(RECORD, has_results=True))
    found = trial(made.text).results
    assert found
    assert (found.on_registry, found.publication, found.checked) == (True, False, DAY)
    assert found.source == ("row", "registry-results")
    assert updated(made.text, replace(RECORD, has_results=True), LATER) == Updated(made.text)
    assert trial(updated(FROM_A_REVIEW, RECORD).text).results == trial(FROM_A_REVIEW).results
    gone = updated(made.text, replace(RECORD, has_results=False), LATER)
    assert trial(gone.text).results == found
    assert len(gone.differences) == 1


def test_results_are_noted_where_nobody_has_looked_yet() -> None:
    assert trial(updated(BY_A_PERSON, replace(RECORD, has_results=None)).text).results is None
    found = trial(updated(BY_A_PERSON, replace(RECORD, has_results=True)).text).results
    assert found
    assert (found.on_registry, found.publication, found.source) == (True, Missing.NOT_REPORTED, ("registry-results",))


def test_registrations_elsewhere_are_only_added() -> None:
    text = BY_A_PERSON.replace("intervention:", "secondary_ids: [CTRI/2099/01/099903]\nintervention:")
    record = RegistryRecord("NCT99999902", secondary_ids=("ISRCTN99999904", "NCT99999902", "CTRI/2099/01/099903"))
    made = updated(text, record)
    assert trial(made.text).secondary_ids == ("CTRI/2099/01/099903", "ISRCTN99999904")
    assert trial(made.text).quotes["registry-ids"].text == "secondary_ids: ISRCTN99999904"
    assert updated(made.text, RegistryRecord("NCT99999902"), LATER) == Updated(made.text)
    assert updated(made.text, record, LATER) == Updated(made.text)


def test_a_copy_newer_than_what_is_known_adds_a_status_that_says_so() -> None:
    record = replace(
        COPY, status=RegistryStatus.COMPLETED, status_as_printed="Completed", registry_updated="2024-05-01"
    )
    made = updated(FROM_A_REVIEW, record, is_home=False)
    line = trial(made.text).status_history[-1]
    assert (line.status, line.by, line.source) == (RegistryStatus.COMPLETED, "nightly", ("registry-status",))
    quote = trial(made.text).quotes["registry-status"]
    assert quote.at == "copy of the record on another platform as read by program on 2026-11-24"
    assert quote.text == "status: Completed"
    assert updated(made.text, record, LATER, is_home=False) == Updated(made.text)
    newer = updated(made.text, replace(record, registry_updated="2024-06-01"), LATER, is_home=False)
    assert len(trial(newer.text).status_history) == 3


@pytest.mark.parametrize("registry_updated", ["", "2020-01-01", "2024-03-17", "2024-03"])
def test_a_copy_that_may_be_older_than_what_is_known_adds_no_status(registry_updated: str) -> None:
    record = replace(COPY, status=RegistryStatus.COMPLETED, n_enrolled=99, registry_updated=registry_updated)
    made = updated(FROM_A_REVIEW, record, is_home=False)
    assert made == Updated(FROM_A_REVIEW), "neither a status nor a difference"


def test_once_the_registry_was_read_a_copy_only_fills_in() -> None:
    home = updated(FROM_A_REVIEW, replace(RECORD, registered="")).text
    copy = replace(
        RECORD,
        home=False,
        status=RegistryStatus.UNKNOWN,
        registry_updated="2027-01-01",
        title="Another title",
        n_enrolled=99,
        sponsor="Another sponsor",
        completion="2027-01",
        registered="2024-01-05",
        has_results=True,
    )
    made = updated(home, copy, LATER, is_home=False)
    assert made.differences == ()
    assert made.changes == ("dates.registered: 2024-01-05, which was missing",)
    now = trial(made.text)
    assert now.sources["dates"] == ("registry-dates", "registry-dates-2")
    assert now.quotes["registry-dates-2"].at.startswith("copy of")


def test_what_a_copy_filled_in_follows_the_registry_itself() -> None:
    copied = updated(FROM_A_REVIEW, replace(RECORD, home=False, sponsor="An old sponsor"), is_home=False)
    assert trial(copied.text).sponsor == "An old sponsor"
    made = updated(copied.text, RECORD, LATER)
    now = trial(made.text)
    assert now.sponsor == "Made-up Sponsor, Ltd"
    assert "sponsor: An old sponsor -> Made-up Sponsor, Ltd" in made.changes
    assert now.quotes["registry-sponsor-2"].at.startswith("record of the registry")
    late = dt.date(2027, 1, 1)
    again = updated(made.text, replace(RECORD, home=False, sponsor="An old sponsor"), late, is_home=False)
    assert again == Updated(made.text)
    assert updated(made.text, RECORD, late) == Updated(made.text)


def test_a_copy_follows_itself_until_the_registry_is_read() -> None:
    first = replace(RECORD, home=False, registry_updated="2026-10-01")
    text = updated(FROM_A_REVIEW, first, is_home=False).text
    now = trial(updated(text, replace(first, sponsor="A new sponsor"), LATER, is_home=False).text)
    assert now.sponsor == "A new sponsor"
    assert now.quotes["registry-sponsor"].text == "sponsor: A new sponsor"


def test_an_intervention_that_the_program_filled_in_stays_as_well() -> None:
    text = updated(
        BY_A_PERSON.replace("intervention: Made-up oolong", "intervention: NR").replace("pat", "nightly"), RECORD
    ).text
    assert trial(text).sources["intervention"] == ("registry-given",)
    assert updated(text, replace(RECORD, intervention="Other tea"), LATER) == Updated(text)


def test_the_day_of_the_last_change_is_compared_with_nothing() -> None:
    text = BY_A_PERSON.replace("dates: {", "dates: {last_update: 2024-02-20, ")
    made = updated(text, replace(ONLY_STATUS, registry_updated="2026-11-20"))
    assert made.differences == ()
    assert len(made.changes) == 1, "the new line of the status history says it"


def test_a_copy_does_not_contradict_somebody_who_read_the_registry() -> None:
    copy = replace(COPY, status=RegistryStatus.COMPLETED, registry_updated="2026-11-01", n_enrolled=99)
    made = updated(BY_A_PERSON, copy, is_home=False)
    assert made.differences == ()
    assert made.changes == ("status COMPLETED, changed in the registry on 2026-11-01",)
    from_a_review = updated(FROM_A_REVIEW, copy, is_home=False)
    assert from_a_review.differences == (
        "A copy of the registration NCT99999902 (read 2026-11-24) gives “99” as enrolment n; this file says “30”.",
    )


def test_a_copy_adds_no_status_below_one_that_the_program_read_in_the_registry() -> None:
    text = BY_A_PERSON.replace("by: pat", "by: nightly")
    copy = replace(COPY, status=RegistryStatus.COMPLETED, registry_updated="2026-11-01")
    assert updated(text, copy, is_home=False) == Updated(text)


def test_results_looked_for_later_than_this_look_stay() -> None:
    text = FROM_A_REVIEW.replace("checked: 2024-03-18", "checked: 2027-01-01")
    assert trial(updated(text, replace(RECORD, has_results=True)).text).results == trial(text).results


def test_what_a_copy_filled_in_and_the_registry_confirms_is_the_registry_s() -> None:
    copied = updated(FROM_A_REVIEW, replace(COPY, sponsor="Made-up Sponsor"), is_home=False).text
    home = RegistryRecord("NCT99999902", sponsor="Made-up Sponsor")
    made = updated(copied, home, LATER)
    now = trial(made.text)
    assert now.sources["sponsor"] == ("registry-sponsor", "registry-sponsor-2")
    assert now.quotes["registry-sponsor-2"].at.startswith("record of the registry")
    late = dt.date(2027, 1, 1)
    assert updated(made.text, home, late) == Updated(made.text)
    assert updated(made.text, replace(COPY, sponsor="Other"), late, is_home=False) == Updated(made.text)


def test_nothing_reported_by_a_document_is_filled_in_also_when_somebody_read_the_registry() -> None:
    line = "  - {seen: 2024-04-01, status: RECRUITING, by: pat}\nknown_on:"
    text = FROM_A_REVIEW.replace("known_on:", line)
    now = trial(updated(text, RECORD).text)
    assert now.design
    assert now.design.allocation == "RANDOMIZED"
    assert now.title is Missing.NOT_REPORTED, "no document is named for it"


def test_a_quote_that_a_discrepancy_rests_on_is_never_rewritten() -> None:
    text = updated(BY_A_PERSON, replace(RECORD, n_enrolled=118)).text
    text = text.replace("{n: 120, kind: estimated}", "{n: 118, kind: estimated}")
    text = text.replace("\nsources:", "\nsources:\n  enrolment: registry-enrolment")
    now = trial(updated(text, replace(RECORD, n_enrolled=117), LATER).text)
    assert now.enrolment
    assert now.enrolment.n == 117
    assert now.quotes["registry-enrolment"].text == "n: 118"
    assert now.quotes["registry-enrolment-2"].text == "n: 117"


def test_a_look_before_the_day_of_a_quote_changes_nothing() -> None:
    text = updated(FROM_A_REVIEW, RegistryRecord("NCT99999902", sponsor="Made-up Sponsor"), LATER).text
    assert updated(text, RegistryRecord("NCT99999902", sponsor="An old sponsor")) == Updated(text)


def test_a_file_that_cannot_be_changed_is_left_as_it_is_and_says_why() -> None:
    text = FROM_A_REVIEW.replace("title: NR", "title: &t NR").replace("note: A person's own words.", "sponsor: *t")
    made = updated(text, RECORD)
    assert made.text == text
    assert made.changes == ()
    assert "cannot be changed by program" in made.differences[0]
    assert updated("title: [", RECORD).text == "title: ["


def test_words_that_no_file_can_hold_are_cleaned() -> None:
    made = updated(FROM_A_REVIEW, replace(RECORD, title='Made-up\x07 title\u202e\n of <b>tea</b>: # "p"<0.05'))
    assert trial(made.text).title == 'Made-up title\u202e of <b>tea</b>: # "p"<0.05'


@pytest.mark.parametrize("name", ["NCT99999902", "NCT99999901", "CTRI-2099-01-099903", "ISRCTN99999904"])
def test_the_file_passes_the_check(made_up_copy: Path, name: str) -> None:
    before = set(checking.check(made_up_copy).problems)
    path = made_up_copy / f"studies/trials/{name}.yml"
    registration = name.replace("-", "/")
    text = path.read_text(encoding="utf-8")
    record = replace(RECORD, registration=registration, has_results=True, secondary_ids=("DRKS99999999",))
    made = update(text, f"studies/trials/{name}.yml", record, is_home=True, on=DAY)
    assert made.text != text
    path.write_text(made.text, encoding="utf-8")
    checked = checking.check(made_up_copy)
    assert {(one.path, one.message) for one in checked.problems} <= {(one.path, one.message) for one in before}
    new = {place: verdict for (file, place), verdict in checked.verdicts.items() if file.endswith(f"{name}.yml")}
    assert set(new.values()) == {Verdict.NOT_VERIFIABLE}


@pytest.mark.parametrize(
    ("report", "is_known"), [("nct99999902", True), ("drks99999999", True), ("nct99999901", False), ("registry", False)]
)
def test_a_quote_of_a_trial_may_name_its_own_registrations_only(
    made_up_copy: Path, report: str, is_known: bool
) -> None:
    path = made_up_copy / "studies/trials/NCT99999902.yml"
    made = update(
        path.read_text(encoding="utf-8"),
        PATH,
        RegistryRecord("NCT99999902", secondary_ids=("DRKS99999999",)),
        is_home=True,
        on=DAY,
    )
    path.write_text(made.text.replace("report: nct99999902", f"report: {report}"), encoding="utf-8")
    found = [one for one in checking.check(made_up_copy).problems if one.path == PATH and one.place[-1:] == ("report",)]
    assert (found == []) is is_known


def test_the_trial_of_this_review_passes_the_check(real_review: Path, tmp_path: Path) -> None:
    shutil.copytree(real_review / "studies", tmp_path / "studies")
    for path in sorted((tmp_path / "studies/trials").iterdir()):
        record = replace(RECORD, registration=path.stem)
        text = path.read_text(encoding="utf-8")
        made = update(text, f"studies/trials/{path.name}", record, is_home=True, on=DAY)
        assert made.text != text
        path.write_text(made.text, encoding="utf-8")
    assert checking.check(tmp_path).n_errors == 0


@pytest.mark.parametrize(
    "number", ["NCT00716976", "NCT00763412", "NCT03475563", "NCT04207047", "NCT05594173", "NCT06171568"]
)
def test_recorded_registrations_bring_a_made_up_file_up_to_date(recorded_responses: Path, number: str) -> None:
    real = json.loads((recorded_responses / f"ctgov-v2/study-{number}.json").read_text(encoding="utf-8"))
    answers = {"/version": in_turn(as_json({})), "/studies": in_turn(as_json({"studies": [real], "totalCount": 1}))}
    with Server(answers) as server:
        web = Web(agent="made-up test", environment={"LIVING_REVIEW_CLINICALTRIALS_URL": server.address})
        (found,) = ask(clinicaltrials, Query("ctgov", "made-up"), web).records
    assert found.trial
    path = f"studies/trials/{number}.yml"
    made = update(FROM_A_REVIEW, path, found.trial, is_home=True, on=DAY)
    now = trial(made.text)
    status = real["protocolSection"]["statusModule"]
    assert now.title == " ".join(real["protocolSection"]["identificationModule"]["briefTitle"].split())
    assert now.status_history[-1].status.value == status["overallStatus"]
    assert now.dates
    assert now.dates.completion == status["completionDateStruct"]["date"]
    assert now.results
    assert now.results.on_registry is real["hasResults"]
    assert update(made.text, path, found.trial, is_home=True, on=LATER) == Updated(made.text)
