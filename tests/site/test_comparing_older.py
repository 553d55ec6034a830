"""Days of the past that a merge would bring as news are said, with what to write; what was told before is no matter."""

import datetime as dt
from dataclasses import replace

from generator.model.decision import Candidate, Decision, Found, Outcome, Stage
from generator.model.records import Records
from generator.model.registry_status import StatusSeen
from generator.model.report import Event, EventKind
from generator.model.study import Exclusion, Study
from generator.model.trial import Trial
from generator.records import checking
from generator.site import comparing
from tests.conftest import MADE_UP

TODAY = dt.date(2025, 2, 1)
BASE = checking.check(MADE_UP)
SOLO = BASE.records.included["solo-2020"]
OUT = BASE.records.excluded["espresso-2021"]
TRIAL = BASE.records.trials["NCT99999902"]
OLD, LATER, NEWEST, SINCE = dt.date(2024, 5, 1), dt.date(2024, 6, 1), dt.date(2025, 1, 11), dt.date(2025, 1, 20)
"""The newest news of the made-up review is that of its last night."""
FOUND = Found(source="tea-index", on=OLD)
WRITE = "write `known_on: 2025-02-01`"


def history(*days: dt.date) -> tuple[Event, ...]:
    kinds = (EventKind.INCLUDED, *(EventKind.CORRECTED for _ in days))
    return tuple(Event(on=on, kind=kind, note="Made-up.") for on, kind in zip(days, kinds, strict=False))


def study(*days: dt.date, found: tuple[Found, ...] = (), known_on: dt.date | None = None) -> Study:
    return SOLO.model_copy(update={"history": history(*days), "found": found, "known_on": known_on})


def exclusion(*days: dt.date, found: tuple[Found, ...] = (), known_on: dt.date | None = None) -> Exclusion:
    return OUT.model_copy(update={"history": history(*days), "found": found, "known_on": known_on})


def candidate(*found: Found) -> Candidate:
    return Candidate.model_validate({"title": "Made-up", "identifiers": {"doi": "10.5555/made-up"}, "found": found})


def with_study(one: Study, records: Records = BASE.records) -> Records:
    return replace(records, included=records.included | {"new-2025": one})


def with_exclusion(one: Exclusion) -> Records:
    return replace(BASE.records, excluded=BASE.records.excluded | {"new-2025": one})


def with_trial(one: Trial, key: str = "NCT99999902") -> Records:
    return replace(BASE.records, trials=BASE.records.trials | {key: one})


def with_candidate(one: Candidate, records: Records = BASE.records) -> Records:
    return replace(records, candidates=records.candidates | {"W1": one})


def look(seen: dt.date, known_on: dt.date | None = None) -> StatusSeen:
    return StatusSeen.model_validate({"seen": seen, "status": "COMPLETED", "by": "nightly", "known_on": known_on})


def older(head: Records, base: Records = BASE.records) -> list[tuple[str, tuple[str, ...]]]:
    """Return what is said by file; the comment says it too, or has no such part."""
    comparison = comparing.compare(replace(BASE, records=base), replace(BASE, records=head), TODAY)
    assert comparison.is_compared
    assert ("would reach subscribers as old news" in comparing.comment(comparison)) is bool(comparison.older)
    return [(one.path, one.reasons) for one in comparison.older]


def test_the_history_of_a_new_study_is_counted_line_by_line() -> None:
    path = "studies/included/new-2025.yml"
    assert older(with_study(study(OLD, NEWEST, SINCE))) == [(path, (f"`history` of 2024-05-01: {WRITE} in the file",))]
    both = (f"2 lines of `history`, the oldest of 2024-05-01: {WRITE} in the file",)
    assert older(with_study(study(OLD, LATER, SINCE))) == [(path, both)]
    assert older(with_study(study(OLD, LATER, known_on=TODAY))) == []
    assert older(with_study(study(NEWEST))) == [], "the day of the newest news is not past"
    assert older(with_study(study(OLD, known_on=LATER))) != [], "that day is past as well"


def test_the_history_of_a_new_exclusion_counts_too() -> None:
    path, said = "studies/excluded/new-2025.yml", f"`history` of 2024-05-01: {WRITE} in the file"
    assert older(with_exclusion(exclusion(OLD))) == [(path, (said,))]
    assert older(with_exclusion(exclusion(OLD, known_on=TODAY))) == []
    assert older(with_exclusion(exclusion())) == []


def test_a_line_that_a_known_study_gets_has_the_day_on_which_the_review_learned_of_it() -> None:
    before, changed = with_study(study(OLD)), study(OLD, LATER)
    assert older(before, before) == []
    said = "`history` of 2024-06-01: date it 2025-02-01, when the review learned of it"
    assert older(with_study(changed), before) == [("studies/included/new-2025.yml", (said,))]
    moved = with_exclusion(exclusion(OLD, LATER))
    assert older(moved, before) == [("studies/excluded/new-2025.yml", (said,))]
    assert older(with_exclusion(exclusion(OLD, TODAY)), before) == []


def test_finds_are_old_news_unless_their_day_of_entry_is_given() -> None:
    late = FOUND.model_copy(update={"known_on": TODAY})
    said = f"`found` of 2024-05-01: {WRITE} beside it"
    for head, path in (
        (with_study(study(TODAY, found=(FOUND,))), "studies/included/new-2025.yml"),
        (with_exclusion(exclusion(found=(FOUND,))), "studies/excluded/new-2025.yml"),
        (with_candidate(candidate(FOUND)), "studies/candidates/W1.yml"),
    ):
        assert older(head) == [(path, (said,))]
    assert older(with_study(study(TODAY, found=(late,)))) == []
    assert older(with_candidate(candidate(late))) == []
    assert older(with_candidate(candidate(Found(source="tea-index", on=NEWEST)))) == []


def test_what_a_candidate_of_the_base_was_found_by_has_been_told() -> None:
    base = with_candidate(candidate(FOUND))
    head = with_study(study(TODAY, found=(FOUND,)))
    assert older(head, base) == [], "it goes, under another name"
    assert older(with_candidate(candidate(FOUND), head), base) != [], "it stays, so this is another record"
    again = Found(source="cup-register", on=LATER)
    assert older(with_candidate(candidate(FOUND, again)), base) == [], "found again"
    before = Found(source="cup-register", on=OLD - dt.timedelta(days=1))
    said = f"`found` of 2024-04-30: {WRITE} beside it"
    assert older(with_candidate(candidate(before, FOUND)), base) == [("studies/candidates/W1.yml", (said,))]


def test_looks_at_a_registry_that_come_late() -> None:
    path = "studies/trials/NCT99999902.yml"

    def looked(*looks: StatusSeen) -> Records:
        return with_trial(TRIAL.model_copy(update={"status_history": (*TRIAL.status_history, *looks)}))

    said = f"`status_history` of 2024-06-01: {WRITE} beside it"
    assert older(looked(look(LATER))) == [(path, (said,))]
    assert older(looked(look(LATER, TODAY), look(SINCE))) == []


def test_a_new_trial_has_the_day_on_which_it_became_part_of_the_review() -> None:
    new = TRIAL.model_copy(update={"status_history": (look(OLD),), "found": (), "known_on": LATER})
    path, said = "studies/trials/NCT99999909.yml", f"`known_on` of 2024-06-01: {WRITE}"
    assert older(with_trial(new, "NCT99999909")) == [(path, (said,))]
    today = new.model_copy(update={"known_on": TODAY})
    assert older(with_trial(today, "NCT99999909")) == [], "earlier looks belong to the news that it was added"


def test_a_decision_by_which_a_trial_leaves_or_comes_back_has_the_day_on_which_it_was_taken() -> None:
    path, said = (
        "studies/trials/NCT99999902.yml",
        "`decision` of 2024-06-01: date it 2025-02-01, when it is settled here",
    )
    out, again = (
        Decision(outcome=outcome, stage=Stage.FULL_TEXT, reason=reason, by=("pat", "sam"), on=on)
        for outcome, reason, on in ((Outcome.EXCLUDE, "no-tea", LATER), (Outcome.INCLUDE, None, SINCE))
    )
    left = with_trial(TRIAL.model_copy(update={"decision": out}))
    back = with_trial(TRIAL.model_copy(update={"decision": again, "earlier_decisions": (out,)}))
    assert older(left) == older(back) == [(path, (said,))]
    assert older(back, left) == [], "it had been told that it left, and it comes back today or yesterday"
    included = again.model_copy(update={"on": LATER})
    assert older(with_trial(TRIAL.model_copy(update={"decision": included}))) == [], "it was in the review before"


def test_the_comment_counts_the_dates_and_names_the_files() -> None:
    head = with_candidate(candidate(FOUND), with_study(study(OLD, LATER)))
    text = comparing.plain_text(comparing.compare(BASE, replace(BASE, records=head), TODAY))
    assert "3 older dates would reach subscribers as old news\n  studies/candidates/W1.yml\n" in text
    assert f"  studies/included/new-2025.yml\n    2 lines of `history`, the oldest of 2024-05-01: {WRITE}" in text


def test_before_anything_has_been_told_nothing_is_old() -> None:
    empty = replace(Records(), protocol=BASE.records.protocol.model_copy(update={"amendments": ()}))  # type: ignore[union-attr]
    assert older(BASE.records, empty) == []
