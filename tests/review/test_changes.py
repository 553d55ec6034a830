"""What changed: each dated fact of the records is told once, under an id and a day that nothing else moves."""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.decision import Candidate, Decision, ScreenedRecord, ScreenedYear, decisions_on
from generator.model.protocol import Amendment
from generator.model.records import Records
from generator.model.registry_status import RegistryStatus, StatusSeen
from generator.model.report import Event, Notice
from generator.model.search_run import SearchDay
from generator.model.study import Study
from generator.model.trial import Trial
from generator.review import Review
from generator.review.changes import Change, ChangeKind, Weight, changes
from generator.review.changes.change import place_text, sentences
from tests.conftest import MADE_UP
from tests.evidence import TODAY, read, with_protocol, with_study, with_summaries

START = dt.date(2024, 3, 1)


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def with_records(review: Review, **changed: Any) -> Review:  # noqa: ANN401 - any folder of records
    return Review(replace(review.records, **changed), review.protocol, review.today)


def of(review: Review, kind: ChangeKind, record_id: str = "") -> list[Change]:
    return [one for one in changes(review) if one.kind is kind and (not record_id or one.record_id == record_id)]


def dated(found: Iterable[Change]) -> dict[str, dt.date]:
    """Return the days by id; an id that is given twice fails."""
    listed = [(one.id, one.on) for one in found]
    assert len(dict(listed)) == len(listed), "two changes for one fact"
    return dict(listed)


def event(on: str, kind: str, **more: str) -> Event:
    return Event.model_validate({"on": on, "kind": kind, "note": "A made-up note.", **more})


def test_the_made_up_review_tells_its_facts_newest_first(review: Review) -> None:
    found = changes(review)
    assert [one.on for one in found] == sorted((one.on for one in found), reverse=True)
    assert [(one.weight.value, one.id) for one in found if one.on == dt.date(2024, 9, 15)] == [
        ("major", "study-included:steeply-2024:2024-09-15"),
        ("major", "version:1.1:2024-09-15"),
        ("notable", "correction:dunkwell-2022:2024-09-15"),
        ("minor", "retraction:withdrawn-2019:2024-09-15"),
        ("minor", "sentence:bottom-line-hiccups:2024-09-15"),
        ("minor", "sentence:plain-language:2024-09-15"),
    ]
    assert {one.kind for one in found} == set(ChangeKind) - {
        ChangeKind.STUDY_REMOVED,
        ChangeKind.TRIAL_REMOVED,
        ChangeKind.DATA_ADDED,
        ChangeKind.CERTAINTY,
    }


def test_the_real_review_tells_what_it_took_over_on_the_day_it_did(real_review: Path) -> None:
    real = read(real_review)
    taken_over = [one.id for one in changes(real) if one.on == dt.date(2024, 4, 3)]
    assert taken_over[:3] == [
        "study-included:phillips-2021:2024-04-03",
        "study-included:wilson-2024:2024-04-03",
        "trial-added:NCT04849429:2024-04-03",
    ]
    (added,) = of(real, ChangeKind.TRIAL_ADDED, "NCT04849429")
    assert "registry says completed, seen 2024-03-18" in added.text
    assert of(real, ChangeKind.TRIAL_STATUS, "NCT04849429") == [], "seen before the trial was known here"


def test_an_empty_review_has_only_the_changes_of_its_protocol(review: Review) -> None:
    empty = Review(Records(protocol=review.protocol), review.protocol, TODAY)
    assert [one.id for one in changes(empty)] == ["protocol:2024-06-01"]


def test_nothing_is_told_before_its_day(review: Review) -> None:
    early = Review(review.records, review.protocol, dt.date(2024, 9, 14))
    known = dated(changes(early))
    assert max(known.values()) == dt.date(2024, 9, 1)
    assert known.items() <= dated(changes(review)).items()


def test_corrections_of_one_study_on_one_day_are_one_change_with_every_field(review: Review) -> None:
    history = review.records.included["dunkwell-2022"].history
    more = event("2024-09-15", "corrected", field="arms[0].n", was="20")
    for lines in ((*history, more), (history[0], more, history[1])):
        (found,) = of(with_study(review, "dunkwell-2022", history=lines), ChangeKind.CORRECTION)
        assert (found.id, found.weight) == ("correction:dunkwell-2022:2024-09-15", Weight.NOTABLE)
        assert "results[1].dispersion.value; it said 4.2 before." in found.text
        assert "Corrected field: arms[0].n; it said 20 before." in found.text


def test_a_note_that_is_reworded_is_no_other_change(review: Review) -> None:
    history = [
        line.model_copy(update={"note": "Other made-up words."})
        for line in review.records.included["solo-2020"].history
    ]
    reworded = with_study(review, "solo-2020", history=tuple(history), title="Another made-up title")
    assert dated(changes(reworded)) == dated(changes(review))
    assert of(reworded, ChangeKind.STUDY_INCLUDED, "solo-2020")[0].text == (
        "Other made-up words. Its title: Another made-up title."
    )


def test_a_study_that_leaves_is_told_to_its_groups(review: Review) -> None:
    study = review.records.included["solo-2020"]
    history = (*study.history, event("2025-01-20", "data-added"), event("2025-01-20", "removed"))
    marked = with_study(review, "solo-2020", history=history)
    assert [(one.kind.value, one.weight.value) for one in changes(marked) if one.record_id == "solo-2020"] == [
        ("study-removed", "major"),
        ("data-added", "notable"),
        ("study-included", "major"),
    ]
    assert of(marked, ChangeKind.STUDY_REMOVED)[0].place == "studies/solo-2020.md"
    assert study.facets
    assert set(of(marked, ChangeKind.STUDY_REMOVED)[0].facets) == set(study.facets)


def with_notice(review: Review, key: str, notice: dict[str, str], *history: Event) -> Review:
    study = review.records.included[key]
    report = study.reports[0]
    integrity = report.integrity.model_copy(
        update={"notices": (Notice.model_validate({"kind": "retracted"} | notice),)}
    )
    changed = (report.model_copy(update={"integrity": integrity}), *study.reports[1:])
    return with_study(review, key, reports=changed, history=(*study.history, *history))


@pytest.mark.parametrize(
    ("notice", "on"),
    [
        ({"on": "2019"}, "2024-03-10"),
        ({"on": "2024-11"}, "2024-11-01"),
        ({"on": "2019", "known_on": "2025-01-15"}, "2025-01-15"),
    ],
)
def test_a_notice_counts_on_the_day_the_review_learned_of_it(review: Review, notice: dict[str, str], on: str) -> None:
    told = with_notice(review, "solo-2020", notice)
    (found,) = of(told, ChangeKind.RETRACTION, "solo-2020")
    assert (found.id, found.on.isoformat()) == (f"retraction:solo-2020:{on}", on)
    assert (found.weight, found.title) == (Weight.MAJOR, "A retraction of a report of Solo 2020 became known")
    study = told.records.included["solo-2020"]
    integrity = study.reports[0].integrity.model_copy(update={"checked": dt.date(2025, 1, 31)})
    checked = (study.reports[0].model_copy(update={"integrity": integrity}), *study.reports[1:])
    assert of(with_study(told, "solo-2020", reports=checked), ChangeKind.RETRACTION, "solo-2020") == [found], (
        "a later check that finds the same is no news"
    )


def test_a_notice_that_the_history_tells_of_is_told_once(review: Review) -> None:
    line = event("2025-01-15", "integrity")
    known_days: tuple[dict[str, str], ...] = ({}, {"known_on": "2025-01-15"})
    for known in known_days:
        both = with_notice(review, "solo-2020", {"on": "2024-12"} | known, line)
        assert [one.id for one in of(both, ChangeKind.RETRACTION, "solo-2020")] == ["retraction:solo-2020:2025-01-15"]


def test_a_published_correction_weighs_less_than_a_retraction(review: Review) -> None:
    (found,) = of(review, ChangeKind.RETRACTION, "dunkwell-2022")
    assert (found.id, found.weight) == ("retraction:dunkwell-2022:2024-03-10", Weight.NOTABLE)
    assert "dated 2023-02. A made-up number was corrected." in found.text


def test_an_expression_of_concern_is_called_one(review: Review) -> None:
    told = with_notice(review, "solo-2020", {"kind": "expression-of-concern", "on": "2024-11-01"})
    (found,) = of(told, ChangeKind.RETRACTION, "solo-2020")
    assert (found.title, found.text) == (
        "An expression of concern of a report of Solo 2020 became known",
        "An expression of concern, dated 2024-11-01.",
    )


def test_a_version_says_what_it_did_to_the_conclusions_and_whether_it_is_the_last(review: Review) -> None:
    assert review.records.versions
    version = review.records.versions.versions[-1]
    for is_changed, is_last in ((False, False), (True, True)):
        one = version.model_copy(update={"conclusions_changed": is_changed, "retires": is_last})
        versions = review.records.versions.model_copy(update={"versions": (one,)})
        (found,) = of(with_records(review, versions=versions), ChangeKind.VERSION)
        assert ("The conclusions did not change." in found.text) is not is_changed
        assert ("Conclusions or certainty changed." in found.text) is is_changed
        assert found.text.endswith("the review ends with it.") is is_last


def test_our_words_are_found_where_they_stand(review: Review) -> None:
    summaries = review.records.summaries
    general = summaries["bottom-line-calm"].model_copy(update={"outcome": None})
    told = with_summaries(review, {**summaries, "bottom-line-calm": general})
    assert {one.record_id: one.place for one in of(told, ChangeKind.SENTENCE)} == {
        "bottom-line-calm": "index.md",
        "bottom-line-hiccups": "index.md#outcome-hiccups",
        "bottom-line-spills": "index.md#outcome-spills",
        "plain-language": "plain-language.md",
    }


def test_a_sentence_gets_a_full_stop_where_nothing_ends_it() -> None:
    assert sentences("Made up!", "Made up?", "", "Made up…", "Made up.", "Made up") == (
        "Made up! Made up? Made up… Made up. Made up."
    )


def test_what_has_no_page_of_its_own_is_on_the_first() -> None:
    assert (place_text(None), place_text(None, "excluded.md")) == ("index.md", "excluded.md")


def look(seen: str, status: str) -> StatusSeen:
    return StatusSeen.model_validate({"seen": seen, "status": status, "by": "nightly"})


def with_looks(review: Review, *looks: StatusSeen) -> Review:
    trial = review.records.trials["NCT99999902"].model_copy(update={"status_history": looks})
    return with_records(review, trials=review.records.trials | {"NCT99999902": trial})


def test_a_status_is_news_when_it_moves_after_the_trial_became_known(review: Review) -> None:
    looks = (
        look("2023-01-01", "NOT_YET_RECRUITING"),
        look("2024-03-01", "RECRUITING"),
        look("2024-05-01", "RECRUITING"),
        look("2024-06-01", "SUSPENDED"),
        look("2024-06-01", "ACTIVE_NOT_RECRUITING"),
        look("2025-01-01", "COMPLETED"),
    )
    told = with_looks(review, *looks)
    assert [(one.id, one.weight.value) for one in of(told, ChangeKind.TRIAL_STATUS, "NCT99999902")] == [
        ("trial-status:NCT99999902:2025-01-01", "notable"),
        ("trial-status:NCT99999902:2024-06-01", "minor"),
    ]
    moved = of(told, ChangeKind.TRIAL_STATUS, "NCT99999902")[1]
    assert moved.title.endswith("status moved from recruiting to active, not recruiting")
    assert moved.text == (
        "The registry says active, not recruiting, seen 2024-06-01; at the look before it said recruiting."
    )
    (added,) = of(told, ChangeKind.TRIAL_ADDED, "NCT99999902")
    assert added.text == (
        "Made-up oolong <script>alert('made-up')</script> for `made-up` hiccups. "
        "Intervention: Made-up oolong | 2 cups. The registry says recruiting, seen 2024-03-01."
    )


def test_a_trial_whose_registry_was_first_read_later_is_told_once(review: Review) -> None:
    told = with_looks(review, look("2024-05-01", "RECRUITING"))
    assert [one.kind for one in changes(told) if one.record_id == "NCT99999902"] == [ChangeKind.TRIAL_ADDED]


def decision(outcome: str, on: str) -> Decision:
    reason = {"reason": "no-tea"} if outcome == "exclude" else {}
    said = {"outcome": outcome, "stage": "full-text", "by": ["pat", "sam"], "on": on, "note": "Made-up words."}
    return Decision.model_validate(said | reason)


def decided(review: Review, *decisions: Decision) -> Review:
    update = {"decision": decisions[-1], "earlier_decisions": decisions[:-1]}
    trial = review.records.trials["NCT99999902"].model_copy(update=update)
    return with_records(review, trials=review.records.trials | {"NCT99999902": trial})


def test_a_trial_that_is_taken_out_is_one_change_and_moves_nothing_else(review: Review) -> None:
    before = dated(changes(review))
    out = decided(review, decision("exclude", "2025-01-20"))
    new = "trial-removed:NCT99999902:2025-01-20"
    assert dated(changes(out)) == before | {new: dt.date(2025, 1, 20)}
    (removed,) = of(out, ChangeKind.TRIAL_REMOVED)
    assert removed.title == "Trial NCT99999902 was taken out: No made-up tea"
    assert removed.text.startswith("Made-up words. Its title: Made-up oolong")
    assert (removed.place, removed.weight) == ("trials/NCT99999902.md", Weight.NOTABLE)
    assert dict(removed.facets) == {"leaf": ("black",)}
    as_of_the_day_before = Review(out.records, out.protocol, dt.date(2025, 1, 19))
    assert new not in dated(changes(as_of_the_day_before))


def test_the_status_of_a_trial_is_no_news_while_it_is_out(review: Review) -> None:
    looks = (
        look("2024-03-01", "RECRUITING"),
        look("2024-06-01", "SUSPENDED"),
        look("2024-07-01", "COMPLETED"),
        look("2024-09-01", "UNKNOWN"),
        look("2024-10-01", "TERMINATED"),
    )
    made = [decision("include", "2024-03-01"), decision("exclude", "2024-06-01"), decision("include", "2024-09-01")]
    moved = [one.id for one in of(with_looks(review, *looks), ChangeKind.TRIAL_STATUS, "NCT99999902")]
    assert [one[-10:] for one in moved] == ["2024-10-01", "2024-09-01", "2024-07-01", "2024-06-01"]
    out = decided(with_looks(review, *looks), *made[:2])
    told = [one.id for one in of(out, ChangeKind.TRIAL_STATUS, "NCT99999902")]
    assert told == moved[-1:], "what was seen on the day on which it left had been told"
    again = decided(with_looks(review, *looks), *made)
    assert [one.id for one in of(again, ChangeKind.TRIAL_STATUS, "NCT99999902")] == [moved[0], moved[-1]]
    taken_in, added = of(again, ChangeKind.TRIAL_ADDED, "NCT99999902")
    assert (taken_in.id, added.id) == ("trial-added:NCT99999902:2024-09-01", "trial-added:NCT99999902:2024-03-01")
    assert taken_in.title == "Trial NCT99999902 was taken in again"
    assert taken_in.text.endswith("registry says unknown, seen 2024-09-01.")
    assert of(again, ChangeKind.TRIAL_REMOVED) == of(out, ChangeKind.TRIAL_REMOVED)
    seen_once = decided(with_looks(review, looks[0]), *made)
    assert of(seen_once, ChangeKind.TRIAL_ADDED, "NCT99999902")[0].text.endswith("recruiting, seen 2024-03-01.")


def candidate(on: str, title: str = "A made-up candidate", **found: str) -> Candidate:
    return Candidate.model_validate(
        {
            "title": title,
            "identifiers": {"doi": "10.5555/made-up"},
            "found": [{"source": "tea-index", "on": on, **found}],
        }
    )


def test_the_candidates_of_a_day_are_one_change_with_ten_titles_at_most(review: Review) -> None:
    many = {f"made-up-{n:02}": candidate("2025-01-20", f"Made-up title {n:02}") for n in range(12)}
    (found,) = [
        one for one in of(with_records(review, candidates=many), ChangeKind.CANDIDATES_FOUND) if one.on.day == 20
    ]
    assert (found.id, found.title, found.weight) == (
        "candidates-found:2025-01-20",
        "12 new records were found",
        Weight.MINOR,
    )
    assert found.text.count("Made-up title") == 10
    assert "Some of the titles: Made-up title 00;" in found.text


def test_records_found_by_a_run_and_by_a_person_on_one_day_are_counted_together(review: Review) -> None:
    named = review.records.candidates | {"made-up-one": candidate("2025-01-10", note="Named by a made-up reader.")}
    found = {
        one.on.isoformat(): one.title for one in of(with_records(review, candidates=named), ChangeKind.CANDIDATES_FOUND)
    }
    assert found["2025-01-10"] == "4 new records were found", "the run wrote 3, of which 2 are still candidates"
    assert found["2024-03-01"] == "13 new records were found", "most of them have been screened since"
    assert "2025-01-11" not in found, "a night that found nothing"


def test_what_was_found_reads_the_same_after_its_records_were_screened_out(review: Review) -> None:
    """Also a find of a person alone, of which no search run tells."""
    many = {f"made-up-{n}": candidate("2025-01-20", f"Made-up title {n}") for n in range(3)}
    before = with_records(review, candidates=review.records.candidates | many)
    lines = tuple(
        ScreenedRecord(
            title=one.title,
            doi=one.identifiers.doi,
            reason="not-hiccups",
            by=("made-up-anna",),
            on=dt.date(2025, 1, 30),
            found=one.found,
        )
        for one in reversed(many.values())
    )
    after = with_records(review, screened=review.records.screened | {"2025": ScreenedYear(records=lines)})
    (told,) = [one for one in of(before, ChangeKind.CANDIDATES_FOUND) if one.on.day == 20]
    assert [one for one in of(after, ChangeKind.CANDIDATES_FOUND) if one.on.day == 20] == [told]
    assert told.text.endswith("Titles: Made-up title 0; Made-up title 1; Made-up title 2.")


def test_a_candidate_that_is_found_again_or_moves_to_another_folder_stays_one_fact(review: Review) -> None:
    first = candidate("2025-01-20")
    again = first.model_copy(update={"found": (*first.found, *candidate("2025-01-25").found)})
    study = review.records.included["solo-2020"].model_copy(
        update={"found": again.found, "history": (event("2025-01-30", "included"),)}
    )
    before = with_records(review, candidates=review.records.candidates | {"made-up-one": first})
    later = with_records(review, candidates=review.records.candidates | {"made-up-one": again})
    moved = with_records(review, included=review.records.included | {"made-up-one": study})
    assert dated(changes(later)) == dated(changes(before))
    assert dated(changes(moved)) == dated(changes(before)) | {
        "study-included:made-up-one:2025-01-30": dt.date(2025, 1, 30)
    }


def night(at: str, *failed: str, **more: str) -> dict[str, Any]:
    sources = [
        {"source": name, "hits": None, "error": "made-up failure"} if name in failed else {"source": name, "hits": "0"}
        for name in ("tea-index", "cup-register")
    ]
    return {"kind": "nightly", "at": at, "sources": sources, **more}


def with_nights(review: Review, *nights: dict[str, Any]) -> Review:
    days: dict[str, list[dict[str, Any]]] = {}
    for run in nights:
        days.setdefault(f"{run['at'][:4]}/{run['at'][:10]}", []).append(run)
    return with_records(review, searches={key: SearchDay.model_validate({"runs": runs}) for key, runs in days.items()})


def test_a_failing_source_is_one_alarm_when_it_begins_and_one_when_it_is_answered(review: Review) -> None:
    told = with_nights(
        review,
        night("2025-01-01"),
        night("2025-01-02", "tea-index"),
        night("2025-01-03", "tea-index", "cup-register"),
        night("2025-01-04", "cup-register"),
        night("2025-01-05", "tea-index", "cup-register"),
    )
    assert [(one.id, one.on.day, one.weight.value) for one in of(told, ChangeKind.SEARCH_ALARM)] == [
        ("search-alarm:tea-index:2025-01-05", 5, "notable"),
        ("search-alarm:tea-index:2025-01-02:answered", 4, "minor"),
        ("search-alarm:cup-register:2025-01-03", 3, "notable"),
        ("search-alarm:tea-index:2025-01-02", 2, "notable"),
    ]
    answered, alarm = of(told, ChangeKind.SEARCH_ALARM)[1], of(told, ChangeKind.SEARCH_ALARM)[-1]
    assert (alarm.title, answered.title) == (
        "The search of Made-up Tea Index failed",
        "The search of Made-up Tea Index is answered again",
    )
    assert alarm.text.startswith("The source did not answer in full: made-up failure.")


def test_a_source_that_fails_twice_on_one_day_raises_one_alarm(review: Review) -> None:
    hours = ("T01:00Z", "T02:00Z", "T03:00Z", "T04:00Z")
    runs = [
        night(f"2025-01-02{hour}", *failed)
        for hour, failed in zip(hours, (["tea-index"], [], ["tea-index"], []), strict=True)
    ]
    assert list(dated(of(with_nights(review, *runs[:3]), ChangeKind.SEARCH_ALARM))) == [
        "search-alarm:tea-index:2025-01-02"
    ]
    assert set(dated(of(with_nights(review, *runs), ChangeKind.SEARCH_ALARM))) == {
        "search-alarm:tea-index:2025-01-02",
        "search-alarm:tea-index:2025-01-02:answered",
    }


def looked(at: str, *shares: tuple[int, int], missing: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a night that looked for what is known, with how many the source held and how many were returned."""
    looks = [{"held": held, "returned": returned, "missing": missing} for held, returned in shares]
    sources = [{"source": "tea-index", "hits": 0, "canaries": look} for look in looks]
    return {"kind": "nightly", "at": at, "sources": sources}


def test_a_search_that_no_longer_finds_what_is_known_is_an_alarm(review: Review) -> None:
    told = with_nights(
        review,
        looked("2025-01-01", (3, 3)),
        looked("2025-01-02", (2, 1), (1, 1), missing=("10.5555/made-up.lost",)),
        looked("2025-01-03", (3, 2)),
        night("2025-01-04"),
        looked("2025-01-05T01:00Z", (4, 2)),
        looked("2025-01-05T02:00Z", (4, 3)),
        looked("2025-01-05T03:00Z", (4, 1)),
    )
    found = of(told, ChangeKind.SEARCH_ALARM)
    assert [(one.id, one.weight.value) for one in found] == [
        ("search-alarm:tea-index:2025-01-05:lost", "notable"),
        ("search-alarm:tea-index:2025-01-02:lost", "notable"),
    ]
    assert "1 of 4 known studies" in found[0].text
    assert "2 of 3 known studies" in found[1].text
    assert "Missing: 10.5555/made-up.lost" in found[1].text


def test_the_end_of_a_lost_alarm_is_told_once_as_much_is_found_as_before_it(review: Review) -> None:
    nights = (
        looked("2025-01-01", (4, 4)),
        looked("2025-01-02", (4, 3), missing=("10.5555/made-up.lost",)),
        looked("2025-01-03", (4, 2)),
        looked("2025-01-04", (4, 3)),
        night("2025-01-05"),
        looked("2025-01-06", (5, 5)),
        looked("2025-01-07", (5, 5)),
        looked("2025-01-08", (5, 4)),
    )
    found = of(with_nights(review, *nights), ChangeKind.SEARCH_ALARM)
    assert [(one.id, one.on.day, one.weight.value) for one in found] == [
        ("search-alarm:tea-index:2025-01-08:lost", 8, "notable"),
        ("search-alarm:tea-index:2025-01-02:lost:found", 6, "minor"),
        ("search-alarm:tea-index:2025-01-03:lost", 3, "notable"),
        ("search-alarm:tea-index:2025-01-02:lost", 2, "notable"),
    ]
    assert found[1].title == "The search of Made-up Tea Index finds again what it had missed"
    assert found[1].text == (
        "It found 5 of 5 known studies and trials that the source holds. It had missed some of them since 2025-01-02."
    )
    part_of_them = of(with_nights(review, *nights[:5]), ChangeKind.SEARCH_ALARM)
    assert all(one.id.endswith(":lost") for one in part_of_them), "part of what was lost is not all of it"


def test_a_search_that_misses_twice_on_one_day_raises_one_alarm(review: Review) -> None:
    hours = [("T01:00Z", 2), ("T02:00Z", 4), ("T03:00Z", 1), ("T04:00Z", 4)]
    runs = [looked(f"2025-01-02{hour}", (4, returned)) for hour, returned in hours]
    alarm = "search-alarm:tea-index:2025-01-02:lost"
    for n, ids in ((1, {alarm}), (2, {alarm, f"{alarm}:found"}), (3, {alarm}), (4, {alarm, f"{alarm}:found"})):
        assert set(dated(of(with_nights(review, *runs[:n]), ChangeKind.SEARCH_ALARM))) == ids


def test_what_the_first_look_misses_is_an_alarm_too(review: Review) -> None:
    (found,) = of(with_nights(review, looked("2025-01-02", (2, 1))), ChangeKind.SEARCH_ALARM)
    assert found.place == "searches.md#source-tea-index"


def test_a_run_that_waits_for_a_person_is_told_with_its_reason(review: Review) -> None:
    (found,) = of(with_nights(review, night("2025-01-02", gated="Made-up flood")), ChangeKind.SEARCH_ALARM)
    assert (found.id, found.text, found.record_id) == ("search-alarm:2025-01-02", "Made-up flood.", "")


def test_a_search_taken_from_a_document_found_nothing_here(review: Review) -> None:
    run = night("2025-01-02", "tea-index") | {"kind": "base-review"}
    assert of(with_nights(review, run), ChangeKind.SEARCH_ALARM) == []


def test_a_rating_is_news_only_on_the_day_that_it_gives(review: Review) -> None:
    summary = review.records.summaries["bottom-line-hiccups"]
    assert summary.rating is not None

    def rated(**changed: object) -> list[Change]:
        assert summary.rating is not None
        rating = summary.rating.model_copy(update=changed)
        one = {"bottom-line-hiccups": summary.model_copy(update={"rating": rating})}
        return of(with_summaries(review, one), ChangeKind.CERTAINTY)

    assert of(review, ChangeKind.CERTAINTY) == []
    assert rated(on=TODAY, was=summary.rating.level) == [], "rated again, and not otherwise"
    (first,) = rated(on=dt.date(2025, 1, 5))
    assert (first.id, first.weight) == ("certainty:bottom-line-hiccups:2025-01-05", Weight.MAJOR)
    assert first.text == "The rating of the reviewers reads low."
    (moved,) = rated(on=dt.date(2025, 1, 5), was="very-low")
    assert (moved.id, moved.text) == (first.id, "The rating of the reviewers now reads low; it read very low before.")


def test_amendments_of_one_day_are_one_change(review: Review) -> None:
    more = Amendment.model_validate({"on": "2024-06-01", "what": "More made-up words.", "why": "A made-up reason."})
    amended = with_protocol(review, amendments=(*review.protocol.amendments, more))
    (found,) = of(amended, ChangeKind.PROTOCOL)
    assert (found.id, found.place) == ("protocol:2024-06-01", "protocol.md#amendments")
    assert "The window later than 1 day was added. Why: " in found.text
    assert found.text.endswith("More made-up words. Why: A made-up reason.")


def test_a_change_carries_the_groups_of_its_record(review: Review) -> None:
    assert dict(of(review, ChangeKind.TRIAL_STATUS, "NCT99999902")[0].facets) == {"leaf": ("black",)}
    study = review.records.included["icecap-2023"]
    groups = (study.facets, *(arm.facets for arm in study.arms))
    values = {value for grouped in groups for value in grouped.get("cup", ())}
    assert values
    assert set(of(review, ChangeKind.STUDY_INCLUDED, "icecap-2023")[0].facets["cup"]) == values
    assert all(not one.facets for one in changes(review) if one.kind is ChangeKind.VERSION)


BASE = read(MADE_UP)
EDITS = st.lists(
    st.tuples(
        st.integers(0, 2),  # days since the edit before
        st.sampled_from(["study", "event", "notice", "trial", "look", "decision", "candidate", "night"]),
        st.integers(0, 2),  # which record
        st.integers(0, 5),  # what happens to it
    ),
    max_size=25,
)
EVENTS = ("data-added", "corrected", "integrity", "removed", "corrected", "data-added")
STATUSES = tuple(RegistryStatus)[:6]


def edited(records: Records, on: dt.date, what: str, which: int, how: int) -> Records:
    """Return the records after somebody has added one dated fact."""
    day, study_id, trial_id = on.isoformat(), f"made-up-{which}", f"NCT8888888{which}"
    study, trial = records.included.get(study_id), records.trials.get(trial_id)
    if what == "study" and study is None:
        added = BASE.records.included["solo-2020"].model_copy(
            update={"history": (event(day, "included"),), "found": ()}
        )
        return replace(records, included=records.included | {study_id: added})
    if what == "trial" and trial is None:
        new = BASE.records.trials["NCT99999902"].model_copy(
            update={"known_on": on, "status_history": (look(day, STATUSES[how]),), "found": ()}
        )
        return replace(records, trials=records.trials | {trial_id: new})
    if what == "candidate":
        key = f"made-up-candidate-{which}"
        old = records.candidates.get(key)
        seen = candidate(day) if old is None else old.model_copy(update={"found": (*old.found, *candidate(day).found)})
        return replace(records, candidates=records.candidates | {key: seen})
    if what == "night":
        return replace(records, searches=_with_night(records.searches, day, how))
    if study is not None and what in ("event", "notice"):
        records = replace(records, included=records.included | {study_id: _with_fact(study, day, what, how)})
    if trial is not None and what in ("look", "decision"):
        changed = _with_look(trial, day, how) if what == "look" else _with_decision(trial, day, how)
        records = replace(records, trials=records.trials | {trial_id: changed})
    return records


def _with_night(searches: dict[str, SearchDay], day: str, how: int) -> dict[str, SearchDay]:
    run = night(day, *(["tea-index"], [], ["cup-register"], ["tea-index", "cup-register"], [], [])[how])
    before = searches[f"2024/{day}"].runs if f"2024/{day}" in searches else ()
    return searches | {f"2024/{day}": SearchDay(runs=(*before, *SearchDay.model_validate({"runs": [run]}).runs))}


def _with_fact(study: Study, day: str, what: str, how: int) -> Study:
    if what == "event":
        return study.model_copy(update={"history": (*study.history, event(day, EVENTS[how]))})
    report = study.reports[0]
    notice = Notice.model_validate({"kind": "retracted", "on": "2019", "known_on": day})
    integrity = report.integrity.model_copy(update={"notices": (*report.integrity.notices, notice)})
    return study.model_copy(
        update={"reports": (report.model_copy(update={"integrity": integrity}), *study.reports[1:])}
    )


def _with_look(trial: Trial, day: str, how: int) -> Trial:
    """Return the trial after one more look; a second look of a day finds what the first one did."""
    if trial.status_history[-1].seen.isoformat() == day:
        return trial
    return trial.model_copy(update={"status_history": (*trial.status_history, look(day, STATUSES[how]))})


def _with_decision(trial: Trial, day: str, how: int) -> Trial:
    """Return the trial after people have decided anew, once a day: out, in again, or the same once more."""
    before = decisions_on(trial)
    if before and before[-1].on.isoformat() == day:
        return trial
    new = decision("exclude" if how % 2 else "include", day)
    return trial.model_copy(update={"decision": new, "earlier_decisions": before})


def shuffled(records: Records, seed: int) -> Records:
    """Return the same records, read from their folders in another order."""

    def other(kind: dict[str, Any]) -> dict[str, Any]:
        return dict(random.Random(seed).sample(sorted(kind.items()), len(kind)))  # noqa: S311 - no secret

    return replace(
        records,
        included=other(records.included),
        excluded=other(records.excluded),
        trials=other(records.trials),
        candidates=other(records.candidates),
        searches=other(records.searches),
        summaries=other(records.summaries),
    )


@settings(max_examples=60)
@given(edits=EDITS, seed=st.integers(0, 99))
def test_no_order_of_edits_tells_a_fact_twice_or_moves_what_was_told(
    edits: list[tuple[int, str, int, int]], seed: int
) -> None:
    records, on = replace(BASE.records, searches={}), START
    told = dated(changes(Review(records, BASE.protocol, TODAY)))
    for days, what, which, how in edits:
        on += dt.timedelta(days=days)
        records = edited(records, on, what, which, how)
        now = dated(changes(Review(records, BASE.protocol, TODAY)))
        gone = {key for key in told if now.get(key) != told[key] and not key.endswith(":answered")}
        assert gone == set(), "an edit moved or removed what had been told"
        assert all(day == on or key in told for key, day in now.items()), "a new change has the day of its edit"
        told = now
    other_way = Review(shuffled(records, seed), BASE.protocol, TODAY)
    assert changes(other_way) == changes(Review(records, BASE.protocol, TODAY))
