"""The review as of an earlier day: only what was known then, the same however it is asked, and said on every page."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import cli
from generator.identifiers import from_file_name
from generator.model.decision import Candidate, Decision, Found, Outcome, ScreenedRecord, ScreenedYear, Stage
from generator.model.records import Records
from generator.model.registry_status import RegistryStatus, StatusSeen
from generator.model.report import Event, IntegrityStatus, Notice
from generator.model.study import Study
from generator.model.trial import Trial
from generator.records import store
from generator.review import Review
from generator.review.as_of import not_rebuilt, records_as_of
from generator.review.living import run_day
from tests.conftest import MADE_UP, ROOT
from tests.reworded import AUTUMN, FIRST, KEY, RATED, RATED_AGAIN, SPRING, SUMMER, a_year

FAR = dt.date(2199, 1, 1)
BASE_REVIEW = dt.date(2024, 4, 3)
RECORDS = {"made-up": store.load(MADE_UP).records, "real": store.load(ROOT).records}
RECORDS["reworded"] = a_year(RECORDS["made-up"])
days = st.dates(min_value=dt.date(2019, 1, 1), max_value=dt.date(2027, 12, 31))
reviews = st.sampled_from(sorted(RECORDS))


@pytest.fixture(scope="module")
def records() -> Records:
    return RECORDS["made-up"]


def facts(records: Records) -> set[tuple[object, ...]]:
    """Return the dated facts that a review knows; a record that is settled is known all the same."""
    return set(_facts(records))


def _facts(records: Records) -> Iterator[tuple[object, ...]]:
    for key in (*records.included, *records.excluded, *records.trials, *records.candidates):
        yield "record", key
    for line in (line for year in records.screened.values() for line in year.records):
        if line.found:  # the record was a candidate, by an id made from its first identifier
            yield "record", re.sub(r"[^0-9A-Za-z]", "-", line.doi or line.pmid or "")
    histories = [(key, study.history) for key, study in records.included.items()]
    histories += [(key, study.history) for key, study in records.excluded.items()]
    for key, history in histories:
        yield from (("event", key, event.on, event.kind) for event in history)
    for key, trial in records.trials.items():
        yield from (("look", key, seen.seen) for seen in trial.status_history)
    for day in records.searches.values():
        yield from (("run", run.at, run.kind) for run in day.runs)
    for year in records.screened.values():
        yield from (("screened", line.title, line.on) for line in year.records)
    assert records.protocol
    yield from (("amendment", one.on) for one in records.protocol.amendments)
    yield from (("question", one.what) for one in records.protocol.open_questions)
    yield from (("version", one.version) for one in (records.versions.versions if records.versions else ()))
    yield from (("summary", key) for key in records.summaries)


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_as_of_a_day_to_come_nothing_is_missing(name: str) -> None:
    assert vars(records_as_of(RECORDS[name], FAR)) == vars(RECORDS[name])
    assert not_rebuilt(RECORDS[name], FAR) == ()


@settings(max_examples=60)
@given(reviews, days, days)
def test_more_is_known_on_a_later_day_and_asking_twice_gives_the_same(name: str, one: dt.date, other: dt.date) -> None:
    earlier, later = sorted((one, other))
    before, after = records_as_of(RECORDS[name], earlier), records_as_of(RECORDS[name], later)
    assert facts(before) <= facts(after) <= facts(RECORDS[name])
    assert vars(records_as_of(before, earlier)) == vars(before)
    assert vars(records_as_of(after, earlier)) == vars(before), "the way back may be taken in two steps"


@settings(max_examples=40)
@given(reviews, days)
def test_nothing_is_dated_after_the_day(name: str, day: dt.date) -> None:
    known = records_as_of(RECORDS[name], day)
    assert all(run_day(run) <= day for searched in known.searches.values() for run in searched.runs)
    assert all(found.on <= day for one in known.candidates.values() for found in one.found)
    assert all(one.decision.on <= day for one in known.candidates.values() if one.decision)
    assert all(one.decision.on <= day for one in known.excluded.values())
    for study in known.included.values():
        assert all(event.on <= day for event in study.history)
        assert study.history
        checked = (report.integrity.checked for report in study.reports)
        assert all(on is None or on <= day for on in checked)
    assert all(trial.study in known.included for trial in known.trials.values() if trial.study)


def test_on_the_day_of_the_base_review_the_flow_is_that_of_the_base_review() -> None:
    then = records_as_of(RECORDS["real"], BASE_REVIEW)
    assert then.protocol
    flow = Review(then, then.protocol, BASE_REVIEW).flow
    assert (flow.previous_studies, flow.previous_reports, flow.previous_trials) == (2, 2, 1)
    assert (flow.total_studies, flow.total_reports, flow.new_studies, flow.n_runs) == (2, 2, 0, 0)
    assert (flow.registered.identified, flow.registered.waiting, flow.other.waiting) == (0, 0, 0)
    assert flow.disagreements == ()
    assert (then.candidates, then.protocol.amendments) == ({}, ())
    (trial,) = then.trials.values()
    assert trial.status_history[-1].status is RegistryStatus.COMPLETED
    earlier = records_as_of(RECORDS["real"], BASE_REVIEW - dt.timedelta(days=1))
    assert (earlier.included, earlier.trials) == ({}, {})


def test_a_trial_has_the_status_that_was_seen_by_then(records: Records) -> None:
    def status(day: dt.date) -> RegistryStatus:
        return records_as_of(records, day).trials["NCT99999902"].status_history[-1].status

    assert status(dt.date(2024, 8, 31)) is RegistryStatus.NOT_YET_RECRUITING
    assert status(dt.date(2024, 9, 1)) is RegistryStatus.RECRUITING
    assert "2099-599999-99-00" not in records_as_of(records, dt.date(2024, 8, 31)).trials


def test_a_trial_known_before_anybody_looked_has_its_first_look(records: Records) -> None:
    trial = records.trials["NCT99999902"].model_copy(update={"known_on": dt.date(2024, 2, 1)})
    then = records_as_of(replace(records, trials={"NCT99999902": trial}), dt.date(2024, 2, 1))
    assert then.trials["NCT99999902"].status_history == trial.status_history[:1]


def test_results_of_a_trial_that_were_looked_for_later_are_not_known_yet(records: Records) -> None:
    on = dt.date(2025, 1, 11)
    assert records_as_of(records, on - dt.timedelta(days=1)).trials["NCT99999902"].results is None
    assert records_as_of(records, on).trials["NCT99999902"].results


def test_what_befell_an_excluded_report_later_is_not_known_yet(records: Records) -> None:
    known = [records_as_of(records, dt.date(2024, 9, day)).excluded["withdrawn-2019"].history for day in (14, 15)]
    assert [len(history) for history in known] == [0, 1]


def test_a_corrected_number_is_what_it_was_before(records: Records) -> None:
    def dispersion(day: dt.date) -> str:
        found = records_as_of(records, day).included["dunkwell-2022"].results[1].dispersion
        assert found
        return str(found.value)

    assert (dispersion(dt.date(2024, 9, 14)), dispersion(dt.date(2024, 9, 15))) == ("4.2", "2.4")


def test_what_cannot_be_undone_stays_and_is_said(records: Records) -> None:
    study = records.included["solo-2020"]
    lines = [
        {"on": "2025-01-02", "kind": "corrected", "note": "Made-up.", "field": "results[99].value", "was": "1"},
        {"on": "2025-01-03", "kind": "corrected", "note": "Made-up.", "field": "participants.n_enrolled", "was": "x"},
        {"on": "2025-01-04", "kind": "corrected", "note": "Made-up."},
        {"on": "2025-01-05", "kind": "data-added", "note": "Made-up."},
    ]
    history = (*study.history, *(Event.model_validate(line) for line in lines))
    changed = replace(records, included={"solo-2020": study.model_copy(update={"history": history})})
    day = dt.date(2025, 1, 1)
    assert records_as_of(changed, day).included["solo-2020"] == study
    said = not_rebuilt(changed, day)
    assert "Solo 2020: 3 later corrections could not be undone." in said
    assert "Solo 2020: data that were added since cannot be told from those known then." in said


def test_a_study_removed_since_is_included_again(records: Records) -> None:
    study = records.included["solo-2020"]
    removed = Event.model_validate({"on": "2025-01-20", "kind": "removed", "note": "Made-up retraction."})
    changed = replace(records, included={"solo-2020": study.model_copy(update={"history": (*study.history, removed)})})
    assert records_as_of(changed, dt.date(2025, 1, 19)).included["solo-2020"] == study
    assert records_as_of(changed, dt.date(2025, 1, 20)).included["solo-2020"].history[-1] == removed


def test_what_was_settled_later_is_a_candidate_again(records: Records) -> None:
    excluded = records.excluded["withdrawn-2019"]
    found = min(one.on for one in excluded.found)
    assert found < excluded.decision.on
    once = records_as_of(records, found).candidates["withdrawn-2019"]
    assert (once.title, once.decision) == (excluded.title, None)
    assert once.identifiers.doi == excluded.reports[0].doi
    assert "withdrawn-2019" not in records_as_of(records, excluded.decision.on).candidates
    assert "withdrawn-2019" not in records_as_of(records, found - dt.timedelta(days=1)).candidates


def test_a_study_that_is_a_candidate_again_has_every_identifier_that_its_report_kept(records: Records) -> None:
    excluded = records.excluded["withdrawn-2019"]
    known = {"doi": "10.5555/made-up.withdrawn", "openalex": "W9999999907", "aliases": ("W9999999908",)}
    report = excluded.reports[0].model_copy(update=known)
    changed = replace(records, excluded={"withdrawn-2019": excluded.model_copy(update={"reports": (report,)})})
    once = records_as_of(changed, min(one.on for one in excluded.found)).candidates["withdrawn-2019"]
    assert once.identifiers.model_dump(exclude_none=True) | known == once.identifiers.model_dump(exclude_none=True)


def test_a_trial_found_before_it_was_added_is_a_candidate_until_then(records: Records) -> None:
    seen = {"source": "cup-register", "on": "2024-02-01"}
    trial = Trial.model_validate({**dict(records.trials["NCT99999901"]), "found": [seen]})
    changed = replace(records, trials={"NCT99999901": trial})
    once = records_as_of(changed, trial.known_on - dt.timedelta(days=1))
    assert once.trials == {}
    assert once.candidates["NCT99999901"].decision is None
    assert once.candidates["NCT99999901"].identifiers.registration == from_file_name("NCT99999901")
    assert "NCT99999901" not in records_as_of(changed, trial.known_on).candidates


def test_a_trial_decided_on_before_it_was_added_is_a_decided_candidate(records: Records) -> None:
    on = dt.date(2024, 2, 3)
    decision = Decision(outcome=Outcome.INCLUDE, stage=Stage.TITLE_ABSTRACT, by=("pat",), on=on)
    found = (Found(source="cup-register", on=dt.date(2024, 2, 1)),)
    trial = records.trials["NCT99999901"].model_copy(update={"found": found, "decision": decision})
    changed = replace(records, trials={"NCT99999901": trial})
    before, after = (records_as_of(changed, day).candidates["NCT99999901"] for day in (on - dt.timedelta(days=1), on))
    assert (before.decision, after.decision) == (None, decision)


def test_a_decision_taken_later_is_not_known_yet(records: Records) -> None:
    candidate = records.candidates["samovar-2023"]
    assert candidate.decision
    assert candidate.decision.outcome is Outcome.AWAITING
    before = records_as_of(records, candidate.decision.on - dt.timedelta(days=1)).candidates["samovar-2023"]
    assert before.decision is None
    assert before.found == candidate.found


def test_a_source_that_found_a_candidate_later_is_not_named(records: Records) -> None:
    assert [one.source for one in records_as_of(records, dt.date(2024, 9, 1)).candidates["infusion-2024"].found] == [
        "tea-index"
    ]


def test_what_a_registry_said_of_a_candidate_later_is_not_known_yet(records: Records) -> None:
    seen = StatusSeen(status=RegistryStatus.RECRUITING, seen=dt.date(2024, 9, 2), by="made-up")
    candidate = records.candidates["infusion-2024"].model_copy(update={"registry_status": seen})
    told = replace(records, candidates={"infusion-2024": candidate})
    assert records_as_of(told, dt.date(2024, 9, 1)).candidates["infusion-2024"].registry_status is None
    assert records_as_of(told, dt.date(2024, 9, 2)).candidates["infusion-2024"].registry_status == seen


def test_our_words_and_what_was_screened_are_left_out_when_later(records: Records) -> None:
    day = dt.date(2024, 9, 14)
    then = records_as_of(records, day)
    assert sorted(then.summaries) == ["bottom-line-calm", "bottom-line-spills"]
    assert sorted(then.screened) == ["2024"]
    (said,) = not_rebuilt(records, day)
    assert said.startswith("1 record was excluded on title and abstract since"), "words not yet written are not lost"


@pytest.mark.parametrize(
    ("on", "words", "n_rests_on", "level"),
    [
        (FIRST, "The first made-up words.", 3, None),
        (RATED, "The first made-up words.", 3, "very-low"),
        (SPRING, "Made-up words of spring.", 3, "very-low"),
        (SUMMER, "Made-up words of summer.", 1, "very-low"),
        (RATED_AGAIN, "Made-up words of summer.", 1, "low"),
        (AUTUMN, "Made-up words of autumn.", 1, "low"),
    ],
)
def test_our_words_and_ratings_are_those_that_stood(
    records: Records, on: dt.date, words: str, n_rests_on: int, level: str | None
) -> None:
    for day in (on, on + dt.timedelta(days=10)):
        then = records_as_of(a_year(records), day).summaries[KEY]
        assert (then.text, len(then.rests_on), then.order) == (words, n_rests_on, 1)
        assert (then.title == "Made-up hiccups at first") is (on < SPRING)
        assert (then.rating.level.value if then.rating else None) == level
        assert max(one.written for one in then.wordings) == then.written <= day
        assert all(one.on and one.on <= day for one in then.ratings)
        assert records_as_of(records_as_of(a_year(records), AUTUMN), day).summaries[KEY] == then


def test_words_that_are_kept_are_not_said_to_be_lost(records: Records) -> None:
    for day in (FIRST - dt.timedelta(days=1), FIRST, SUMMER):
        known = records_as_of(a_year(records), day)
        assert (KEY in known.summaries) is (day >= FIRST)
        assert not [said for said in not_rebuilt(a_year(records), day) if "certainty" in said or "texts" in said]
    assert records_as_of(a_year(records), dt.date(2024, 2, 29)).summaries[KEY].reviewed is None
    assert records_as_of(a_year(records), dt.date(2024, 3, 1)).summaries[KEY].reviewed == dt.date(2024, 3, 1)


def test_records_screened_out_since_without_their_finds_are_said_to_be_lost(records: Records) -> None:
    lines = [line for year in records.screened.values() for line in year.records]
    days = sorted(line.on for line in lines if not line.found)
    assert 1 < len(days) < len(lines)
    one, all_of_them = (
        [said for said in not_rebuilt(records, day) if "title and abstract" in said]
        for day in (days[-1] - dt.timedelta(days=1), days[0] - dt.timedelta(days=1))
    )
    end = "excluded on title and abstract since; the records do not say whether"
    assert one == [f"1 record was {end} it had been found by then."]
    assert all_of_them == [f"{len(days)} records were {end} they had been found by then."]
    assert not [said for said in not_rebuilt(records, days[-1]) if "title and abstract" in said]


def test_a_record_screened_out_later_is_a_candidate_again(records: Records) -> None:
    def then(day: int) -> tuple[Candidate | None, list[str]]:
        known = records_as_of(records, dt.date(2024, 2, 28) + dt.timedelta(days=day))
        lines = [line for year in known.screened.values() for line in year.records]
        return known.candidates.get("10-5555-made-up-biscuits"), [str(line.doi) for line in lines if line.doi]

    assert then(1) == (None, [])
    candidate, lines = then(2)
    assert candidate
    line = records.screened["2024"].records[0]
    assert (candidate.title, candidate.year, candidate.found) == (line.title, line.year, line.found)
    assert candidate.identifiers.model_dump(exclude_unset=True) == {"doi": "10.5555/made-up.biscuits"}
    assert (candidate.decision, candidate.authors, candidate.note, lines) == (None, None, None, [])
    assert then(3) == (None, ["10.5555/made-up.biscuits"])


def test_until_its_line_was_written_a_decided_record_is_a_candidate(records: Records) -> None:
    def then(day: int) -> Candidate | None:
        return records_as_of(records, dt.date(2024, 3, day)).candidates.get("999999902")

    line = records.screened["2024"].records[1]
    assert (line.on, line.known_on) == (dt.date(2024, 3, 2), dt.date(2024, 3, 5))
    found, decided, again = then(1), then(2), then(4)
    assert found
    assert decided
    assert again
    assert found.decision is None
    assert decided.decision
    assert decided.is_settled
    assert (decided.decision.reason, decided.decision.by, decided.decision.on) == (line.reason, line.by, line.on)
    assert [[find.source for find in one.found] for one in (decided, again)] == [
        ["tea-index"],
        ["tea-index", "tea-society"],
    ]
    assert then(5) is None
    assert line in records_as_of(records, dt.date(2024, 3, 5)).screened["2024"].records
    assert line not in records_as_of(records, dt.date(2024, 3, 4)).screened["2024"].records


def test_records_whose_ids_are_spelled_alike_are_candidates_apart(records: Records) -> None:
    line = records.screened["2024"].records[0]
    other = line.model_copy(update={"doi": "10.5555/made/up/biscuits"})
    more = replace(records, screened={"2024": ScreenedYear(records=(line, other))})
    known = records_as_of(more, dt.date(2024, 3, 1)).candidates
    assert {known[key].identifiers.doi for key in ("10-5555-made-up-biscuits", "10-5555-made-up-biscuits-2")} == {
        line.doi,
        other.doi,
    }


def test_with_the_finds_of_all_lines_the_flow_of_every_day_adds_up(records: Records) -> None:
    def told(line: ScreenedRecord) -> ScreenedRecord:
        on = dt.date(2024, 3, 1) if line.on.year == 2024 else dt.date(2025, 1, 10)
        return line.model_copy(update={"found": (Found(source="tea-index", on=on),)})

    screened = {
        key: ScreenedYear(records=tuple(line if line.found else told(line) for line in year.records))
        for key, year in records.screened.items()
    }
    assert records.protocol
    for day in range(-5, 330):
        on = dt.date(2024, 3, 1) + dt.timedelta(days=day)
        known = records_as_of(replace(records, screened=screened), on)
        assert Review(known, records.protocol, on).flow.disagreements == (), on
        assert not [said for said in not_rebuilt(replace(records, screened=screened), on) if "abstract" in said]


def test_a_rating_of_which_only_the_level_is_kept_is_said_to_be_lost(records: Records) -> None:
    summary = a_year(records).summaries[KEY]
    oldest = summary.earlier_ratings[0].model_copy(update={"was": "moderate"})
    changed = replace(records, summaries={KEY: summary.model_copy(update={"earlier_ratings": (oldest,)})})
    before = RATED - dt.timedelta(days=1)
    assert records_as_of(changed, before).summaries[KEY].rating is None
    said = (
        f"The certainty on “{summary.title}” read moderate until 2024-02-01; that rating is no longer in the records."
    )
    assert said in not_rebuilt(changed, before)
    assert said not in not_rebuilt(changed, RATED)
    assert said not in not_rebuilt(changed, FIRST - dt.timedelta(days=1)), "no words stood then, so no rating either"


def test_a_later_check_for_retractions_does_not_reach_back(records: Records) -> None:
    study = records.included["solo-2020"]
    notice = {"kind": "retracted", "on": "2024-05", "known_on": "2024-06-01"}
    first = {"kind": "corrected", "on": "2024-04", "known_on": "2024-05-01"}
    integrity = study.reports[0].integrity.model_copy(
        update={
            "status": IntegrityStatus.RETRACTED,
            "checked": dt.date(2025, 1, 1),
            "notices": (Notice.model_validate(first), Notice.model_validate(notice)),
        }
    )
    report = study.reports[0].model_copy(update={"integrity": integrity})
    changed = replace(records, included={"solo-2020": study.model_copy(update={"reports": (report,)})})

    def status(day: dt.date) -> tuple[IntegrityStatus, dt.date | None]:
        then = records_as_of(changed, day).included["solo-2020"].reports[0].integrity
        return then.status, then.checked

    assert status(dt.date(2024, 4, 30)) == (IntegrityStatus.NOT_CHECKED, None)
    assert status(dt.date(2024, 5, 31)) == (IntegrityStatus.CORRECTED, dt.date(2024, 5, 1))
    assert status(dt.date(2024, 6, 1)) == (IntegrityStatus.RETRACTED, dt.date(2024, 6, 1))


def checked(study: Study, on: dt.date, *notices: Notice) -> Study:
    """Return a study whose only report was last looked up on a day."""
    (report,) = study.reports
    update: dict[str, object] = {"checked": on, "notices": notices}
    update |= {"status": notices[-1].kind} if notices else {}
    integrity = report.integrity.model_copy(update=update)
    return study.model_copy(update={"reports": (report.model_copy(update={"integrity": integrity}),)})


def test_a_check_for_retractions_that_was_repeated_since_is_said_to_be_lost(records: Records) -> None:
    def said(day: int, **included: Study) -> list[str]:
        known = replace(records, included=included)
        return [one for one in not_rebuilt(known, dt.date(2024, 12, day)) if "retractions" in one]

    end = (
        "“not checked” for retractions: the checks that the records keep came later;"
        " they do not say whether there had been one by then."
    )
    study = records.included["icecap-2023"]
    assert said(1, icecap=study) == []
    again = checked(study, dt.date(2024, 12, 2))
    assert said(1, icecap=again) == [f"1 study reads {end}"]
    assert said(1, icecap=again, other=again, unchanged=study) == [f"2 studies read {end}"]
    assert said(2, icecap=again) == []
    later = again.model_copy(update={"known_on": dt.date(2024, 12, 2)})
    assert said(1, icecap=later) == [], "it was not in the records then"
    assert len(said(1, icecap=again.model_copy(update={"known_on": dt.date(2024, 12, 1)}))) == 1
    notice = Notice.model_validate({"kind": "retracted", "on": "2024-05", "known_on": "2024-06-01"})
    assert said(1, icecap=checked(study, dt.date(2024, 12, 2), notice)) == [], "it reads retracted"


def test_build_as_of_says_so_on_every_page(made_up_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("build", "--root", str(made_up_copy))
    assert cli.main((*options, "--as-of", "2024-04-03", "--output", "then")) == cli.FINE
    assert cli.main((*options, "--today", "2025-02-01")) == cli.FINE
    capsys.readouterr()
    then, now = made_up_copy / "then", made_up_copy / "build" / "docs"
    pages = sorted(then.rglob("*.md"))
    assert len(pages) > 30
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.count("rebuilt from the dated facts in the records as of <time>2024-04-03</time>") == 1, page
        assert "/edit/main/" not in text, page
    for name in ("studies/solo-2020.md", "trials/NCT99999901.md", "protocol.md", "candidates.md"):
        assert (now / name).read_text(encoding="utf-8").count("/edit/main/") >= 1, "today it can be edited"
    assert not [page for page in now.rglob("*.md") if "lr-past" in page.read_text(encoding="utf-8")]
    assert not (then / "studies" / "steeply-2024.md").exists()
    assert (then / "versions" / "1.0.md").is_file()
    assert not (then / "versions" / "1.1.md").exists()


def test_a_build_never_clears_a_folder_that_it_has_not_written(
    made_up_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = made_up_copy / "mine" / "notes.txt"
    kept.parent.mkdir()
    kept.write_text("made-up notes", encoding="utf-8")
    options = ("build", "--root", str(made_up_copy), "--today", "2025-02-01", "--output")
    assert cli.main((*options, "mine")) == cli.USAGE
    assert "holds files that no build has written" in capsys.readouterr().err
    assert cli.main((*options, "studies")) == cli.USAGE
    assert kept.read_text(encoding="utf-8") == "made-up notes"
    assert cli.main((*options, "new")) == cli.FINE
    assert cli.main((*options, "new")) == cli.FINE, "its own folder may be written again"
