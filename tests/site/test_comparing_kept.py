"""Words, ratings and decisions that a merge would lose are said plainly; what is kept as it stood is no matter."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.records import Records
from generator.model.summary import Certainty, CertaintyRating, Summary
from generator.records import checking
from generator.records.checking import Checked
from generator.site import comparing
from tests.conftest import MADE_UP

TODAY = dt.date(2025, 2, 1)
HICCUPS = "bottom-line-hiccups"
EARLY, LATE = dt.date(2024, 11, 1), dt.date(2025, 1, 20)
BASE = checking.check(MADE_UP)
FIRST = BASE.records.summaries[HICCUPS]


def rated(summary: Summary, level: str, on: dt.date | None) -> CertaintyRating:
    assert summary.rating
    return summary.rating.model_copy(update={"level": Certainty(level), "on": on})


def reworded(summary: Summary, text: str, on: dt.date) -> Summary:
    """Return a summary that somebody reworded as they should."""
    return summary.model_copy(update={"text": text, "written": on, "earlier_wordings": summary.wordings})


def rerated(summary: Summary, level: str, on: dt.date) -> Summary:
    """Return a summary that somebody rated again as they should."""
    return summary.model_copy(update={"rating": rated(summary, level, on), "earlier_ratings": summary.ratings})


TWICE = rerated(reworded(reworded(FIRST, "Made-up words.", EARLY), "Other made-up words.", LATE), "moderate", EARLY)


def with_summaries(summaries: Mapping[str, Summary]) -> Checked:
    return replace(BASE, records=replace(BASE.records, summaries=dict(summaries)))


def lost(before: Summary, after: Summary | None) -> tuple[str, ...]:
    """Return what is said of one summary, of which nothing is said elsewhere."""
    others = {key: one for key, one in BASE.records.summaries.items() if key != HICCUPS}
    heads = others | ({HICCUPS: after} if after else {})
    comparison = comparing.compare(with_summaries(others | {HICCUPS: before}), with_summaries(heads), TODAY)
    assert comparison.is_compared
    assert [(one.path, one.title) for one in comparison.lost] in (
        [],
        [(f"studies/summaries/{HICCUPS}.yml", before.title)],
    )
    said = tuple(reason for one in comparison.lost for reason in one.reasons)
    assert ("Words, ratings, decisions and candidates that would be lost" in comparing.comment(comparison)) is bool(
        said
    )
    return said


def test_what_is_kept_as_it_stood_is_no_loss() -> None:
    assert lost(FIRST, TWICE) == ()
    assert lost(TWICE, rerated(reworded(TWICE, "New.", TODAY), "low", TODAY)) == ()
    assert lost(FIRST, FIRST.model_copy(update={"reviewed": TODAY, "rests_on": ("solo-2020",)})) == ()


def test_an_older_wording_may_be_added_and_a_day_given_to_a_rating_without() -> None:
    older = FIRST.wordings[0].model_copy(update={"text": "Made-up first words.", "written": dt.date(2024, 1, 2)})
    assert lost(FIRST, FIRST.model_copy(update={"earlier_wordings": (older,)})) == ()
    assert lost(FIRST, FIRST.model_copy(update={"rating": rated(FIRST, "low", EARLY)})) == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": "New."}, "the words change, but `written` still says 2024-09-15"),
        ({"title": "New"}, "the words change, but `written` still says 2024-09-15"),
        (
            {"text": "New.", "written": LATE},
            "the words of 2024-09-15 are replaced, but not kept under `earlier_wordings`",
        ),
        (
            {"written": LATE},
            "`written` moves from 2024-09-15 to 2025-01-20, but no word changes: leave it, and renew `reviewed`",
        ),
        (
            {"rating": rated(FIRST, "moderate", None)},
            "the rating changes, but has no day (`on`), and the one before is not kept under `earlier_ratings`",
        ),
        (
            {"rating": rated(FIRST, "moderate", LATE)},
            "the rating (low, without a day) is replaced, but not kept under `earlier_ratings`",
        ),
        ({"rating": None}, "the rating (low, without a day) is replaced, but not kept under `earlier_ratings`"),
    ],
)
def test_words_or_a_rating_that_nothing_keeps(changed: dict[str, object], said: str) -> None:
    assert lost(FIRST, FIRST.model_copy(update=changed)) == (said,)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"earlier_wordings": TWICE.earlier_wordings[1:]},
            "the words of 2024-09-15 under `earlier_wordings` are changed or taken out",
        ),
        (
            {"earlier_ratings": ()},
            "the rating (low, without a day) under `earlier_ratings` is changed or taken out",
        ),
        (
            {"rating": rated(TWICE, "high", EARLY)},
            "the rating changes, but its day (`on`) is still 2024-11-01",
        ),
    ],
)
def test_a_history_that_shrinks(changed: dict[str, object], said: str) -> None:
    assert lost(TWICE, TWICE.model_copy(update=changed)) == (said,)


def test_a_summary_that_goes_takes_its_history_along() -> None:
    assert lost(TWICE, None) == ("its file goes, with every wording and rating",)


def test_words_and_ratings_of_the_day_itself_may_be_mended() -> None:
    fresh = rerated(reworded(FIRST, "Made-up words with a slip.", TODAY), "moderate", TODAY)
    mended = fresh.model_copy(update={"text": "Made-up words.", "rating": rated(fresh, "high", TODAY)})
    assert lost(fresh, mended) == ()


def test_it_is_said_of_files_that_somebody_edited(made_up_copy: Path) -> None:
    path = made_up_copy / "studies" / "summaries" / "bottom-line-spills.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("but the evidence", "and the evidence"), encoding="utf-8")
    head = checking.check(made_up_copy)
    assert not head.n_errors
    (one,) = comparing.compare(BASE, head, TODAY).lost
    assert one.reasons == ("the words change, but `written` still says 2024-03-10",)


SOLO, ESPRESSO = BASE.records.included["solo-2020"], BASE.records.excluded["espresso-2021"]
AGAIN = ESPRESSO.decision.model_copy(update={"reason": "no-hiccups", "on": LATE})
PATH = "studies/excluded/espresso-2021.yml"


def losses(head: Records, base: Records = BASE.records) -> dict[str, tuple[str, ...]]:
    comparison = comparing.compare(replace(BASE, records=base), replace(BASE, records=head), TODAY)
    assert comparison.is_compared
    return {one.path: one.reasons for one in comparison.lost}


def excluding(**fields: object) -> Records:
    changed = ESPRESSO.model_copy(update=fields)
    return replace(BASE.records, excluded=BASE.records.excluded | {"espresso-2021": changed})


def test_a_decision_that_nothing_keeps() -> None:
    said = ("the decision (exclude at full-text, 2024-03-03) is replaced, but not kept under `earlier_decisions`",)
    assert losses(excluding(decision=AGAIN)) == {PATH: said}
    assert losses(excluding(decision=AGAIN, earlier_decisions=(ESPRESSO.decision,))) == {}


def test_a_decision_of_today_may_still_be_mended() -> None:
    now, later = (AGAIN.model_copy(update={"on": TODAY, "reason": one}) for one in ("no-hiccups", "no-investigation"))
    kept = (ESPRESSO.decision,)
    before = excluding(decision=now, earlier_decisions=kept)
    assert losses(excluding(decision=later, earlier_decisions=kept), before) == {}


def test_a_study_whose_file_leaves_loses_what_was_extracted() -> None:
    left = {key: one for key, one in BASE.records.included.items() if key != "solo-2020"}
    moved = ESPRESSO.model_copy(update={"title": SOLO.title, "earlier_decisions": (SOLO.decision,), "decision": AGAIN})
    head = replace(BASE.records, included=left, excluded=BASE.records.excluded | {"solo-2020": moved})
    said = losses(head)["studies/included/solo-2020.yml"]
    assert said == ("its file leaves included/, with all that was extracted from it",)


def test_a_candidate_that_is_settled_loses_nothing() -> None:
    candidate = BASE.records.candidates["infusion-2024"].model_copy(update={"decision": ESPRESSO.decision})
    before = replace(BASE.records, candidates=BASE.records.candidates | {"infusion-2024": candidate})
    settled = ESPRESSO.model_copy(update={"title": candidate.title})
    without = {key: one for key, one in BASE.records.candidates.items() if key != "infusion-2024"}
    head = replace(BASE.records, candidates=without, excluded=BASE.records.excluded | {"infusion-2024": settled})
    assert "studies/candidates/infusion-2024.yml" not in losses(head, before)


def test_a_candidate_that_is_nowhere_any_more_is_lost() -> None:
    key = "W9999999902"
    without = {name: one for name, one in BASE.records.candidates.items() if name != key}
    gone = replace(BASE.records, candidates=without)
    (said,) = losses(gone)[f"studies/candidates/{key}.yml"]
    assert said.startswith("its file goes, and its record is nowhere else")
    renamed = replace(BASE.records, candidates=without | {"made-up-name": BASE.records.candidates[key]})
    merged = ESPRESSO.model_copy(update={"reports": (ESPRESSO.reports[0].model_copy(update={"aliases": (key,)}),)})
    in_another = replace(gone, excluded=BASE.records.excluded | {"espresso-2021": merged})
    for head in (renamed, in_another):
        assert f"studies/candidates/{key}.yml" not in losses(head)
