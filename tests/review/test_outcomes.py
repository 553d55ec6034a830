"""Results gathered by outcome, instrument and time; the direction of each study; certainty and its cap."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.model.report import Event, EventKind
from generator.model.result import Direction, Result
from generator.model.study import Design
from generator.model.summary import Certainty
from generator.review import Review
from generator.review.outcomes import SEVERAL, OutcomeEvidence, in_review, unplaced
from generator.review.study_results import study_results, telling_results
from generator.review.times import days, window_of
from tests.evidence import TODAY, read, with_protocol, with_studies, with_study, with_summaries


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def outcome(review: Review, key: str) -> OutcomeEvidence:
    return next(one for one in review.outcomes if one.domain.id == key)


def directions(review: Review, key: str) -> dict[str, tuple[Direction, bool]]:
    return {one.study_id: (one.direction, one.compared) for one in outcome(review, key).directions}


def changed_results(review: Review, key: str, *results: Mapping[str, object]) -> Review:
    """Return the review with the results of one study replaced; each takes the rest from its first result."""
    study = review.records.included[key]
    first = study.results[0].model_dump(exclude_none=True)
    return with_study(review, key, results=tuple(Result.model_validate({**first, **changes}) for changes in results))


@pytest.mark.parametrize(
    ("span", "length"),
    [("baseline", 0), ("30 min", 0.5 / 24), ("1 d", 1), ("2 wk", 14), ("3 mo", 91.32), ("1 y", 365.25)],
)
def test_days(span: str, length: float) -> None:
    assert days(span) == pytest.approx(length)


@pytest.mark.parametrize(
    ("span", "window"),
    [
        ("1 h", "at-once"),
        ("61 min", "same-day"),
        ("24 h", "same-day"),
        ("1 wk", "later"),
        ("9 y", "later"),
        ("baseline", None),
    ],
)
def test_a_time_on_the_limit_belongs_to_the_earlier_window(review: Review, span: str, window: str | None) -> None:
    found = window_of(span, review.protocol)
    assert (found.id if found else None) == window


def test_outcomes_are_in_the_order_of_the_protocol_and_count_studies_and_people(review: Review) -> None:
    found = [(one.domain.id, one.n_studies, one.n_controlled, one.n_people) for one in review.outcomes]
    assert found == [("hiccups", 4, 3, 136), ("calm", 2, 2, 64), ("spills", 3, 2, 76)]


def test_a_missing_number_of_people_is_not_guessed(review: Review) -> None:
    people = review.records.included["icecap-2023"].participants.model_copy(update={"n_enrolled": "NR"})
    unknown = with_study(review, "icecap-2023", participants=people)
    assert outcome(unknown, "calm").n_people is None


def test_directions_rest_on_comparisons_where_there_are_any(review: Review) -> None:
    assert directions(review, "hiccups") == {
        "solo-2020": (Direction.IMPROVED, False),
        "dunkwell-2022": (Direction.IMPROVED, True),
        "icecap-2023": (Direction.NO_CHANGE, True),
        "steeply-2024": (Direction.IMPROVED, True),
    }
    assert outcome(review, "hiccups").n_compared == 3
    assert {way: len(found) for way, found in outcome(review, "hiccups").by_direction.items()} == {
        Direction.IMPROVED: 3,
        Direction.NO_CHANGE: 1,
    }
    assert directions(review, "calm") == {
        "dunkwell-2022": (Direction.IMPROVED, False),
        "icecap-2023": (Direction.UNCLEAR, False),
    }


def test_a_control_group_alone_says_nothing(review: Review) -> None:
    calm = {"instrument": "calm-scale", "contrast": "within-arm", "statistic": "mean-change"}
    worse_with_tea = changed_results(
        review,
        "dunkwell-2022",
        calm | {"arm": "tea", "direction": "worsened"},
        calm | {"arm": "water", "direction": "improved"},
    )
    assert directions(worse_with_tea, "calm")["dunkwell-2022"] == (Direction.WORSENED, False)
    only_water = changed_results(review, "dunkwell-2022", calm | {"arm": "water", "direction": "improved"})
    assert "dunkwell-2022" not in directions(only_water, "calm")


def test_a_subgroup_counts_only_without_the_whole_group(review: Review) -> None:
    older = {"arm": "tea-over-60", "contrast": "within-arm", "direction": "worsened"}
    whole = {"arm": "tea", "contrast": "within-arm", "direction": "improved"}
    both = changed_results(review, "dunkwell-2022", older, whole)
    assert directions(both, "hiccups")["dunkwell-2022"] == (Direction.IMPROVED, False)
    alone = changed_results(review, "dunkwell-2022", older)
    assert directions(alone, "hiccups")["dunkwell-2022"] == (Direction.WORSENED, False)


def test_a_comparison_within_a_subgroup_counts_only_without_the_whole_group(review: Review) -> None:
    compared = {"contrast": "between-arm", "comparator": "water", "statistic": "mean-difference"}
    older = compared | {"arm": "tea-over-60", "direction": "worsened"}
    both = changed_results(review, "dunkwell-2022", older, compared | {"arm": "tea", "direction": "improved"})
    assert directions(both, "hiccups")["dunkwell-2022"] == (Direction.IMPROVED, True)
    alone = changed_results(review, "dunkwell-2022", older)
    assert directions(alone, "hiccups")["dunkwell-2022"] == (Direction.WORSENED, True)


def test_a_comparison_told_from_the_side_of_the_control_group_counts(review: Review) -> None:
    turned = {"contrast": "between-arm", "arm": "water", "comparator": "tea", "direction": "improved"}
    told = changed_results(review, "dunkwell-2022", turned)
    assert directions(told, "hiccups")["dunkwell-2022"] == (Direction.IMPROVED, True)


def test_the_start_of_a_study_has_no_direction(review: Review) -> None:
    start = changed_results(review, "dunkwell-2022", {"time": "baseline", "direction": "improved"})
    assert "dunkwell-2022" not in directions(start, "hiccups")
    study = start.records.included["dunkwell-2022"]
    results = list(study_results("dunkwell-2022", study, start.records, start.protocol))
    assert telling_results(results) == ([], False)


def test_an_uncontrolled_study_never_compares(review: Review) -> None:
    claimed = with_study(review, "dunkwell-2022", design=Design.BEFORE_AFTER)
    # what is left is the share of people with tea who had no hiccups, which compares nobody
    assert directions(claimed, "hiccups")["dunkwell-2022"] == (Direction.IMPROVED, False)


def test_an_ambiguous_instrument_gives_no_direction(review: Review) -> None:
    only_sips = changed_results(review, "solo-2020", {"instrument": "sip-index", "direction": "improved"})
    assert directions(only_sips, "hiccups")["solo-2020"] == (Direction.UNCLEAR, False)


def test_windows_follow_the_protocol_and_carry_their_verdict(review: Review) -> None:
    first, second = outcome(review, "hiccups").instruments[:2]
    assert [part.instrument_id for part in outcome(review, "hiccups").instruments][-1] == "sip-index"
    assert [window.window.id for window in first.windows if window.window] == ["at-once", "later"]
    assert {one.study_id for one in first.windows[0].results} == {"dunkwell-2022", "icecap-2023", "steeply-2024"}
    assert first.windows[0].verdict.poolable
    assert "Percent improvements are not pooled" in first.windows[1].verdict.reason
    assert not second.windows[0].verdict.poolable


def test_only_the_latest_comparison_of_a_window_counts(review: Review) -> None:
    compared = review.records.included["dunkwell-2022"].results[2].model_dump(exclude_none=True)
    twice = changed_results(review, "dunkwell-2022", compared | {"time": "30 min"}, compared | {"time": "1 h"})
    assert outcome(twice, "hiccups").instruments[0].windows[0].verdict.poolable
    imprecise = {"dispersion": None, "time": "30 min"}
    earlier = changed_results(review, "dunkwell-2022", compared | imprecise, compared)
    assert outcome(earlier, "hiccups").instruments[0].windows[0].verdict.poolable
    later = changed_results(review, "dunkwell-2022", compared | {"time": "30 min"}, compared | {"dispersion": None})
    assert "no standard error" in outcome(later, "hiccups").instruments[0].windows[0].verdict.reason
    at_once = changed_results(review, "dunkwell-2022", compared, compared | {"arm": "tea-over-60"}, compared)
    assert outcome(at_once, "hiccups").instruments[0].windows[0].verdict.reason == SEVERAL


def test_results_outside_every_window_are_kept(review: Review) -> None:
    start = changed_results(review, "solo-2020", {"time": "baseline"})
    windows = outcome(start, "hiccups").instruments[0].windows
    assert windows[0].window is None
    assert [one.study_id for one in windows[0].results] == ["solo-2020"]


def test_an_instrument_of_no_outcome_is_not_lost(review: Review) -> None:
    domains = tuple(
        domain.model_copy(update={"instruments": ("hiccups-per-hour", "hiccup-free")})
        if domain.id == "hiccups"
        else domain
        for domain in review.protocol.outcomes
    )
    narrower = with_protocol(review, outcomes=domains)
    found = unplaced(narrower.records, narrower.protocol)
    assert [part.instrument_id for part in found] == ["sip-index"]
    assert [one.study_id for one in found[0].windows[0].results] == ["solo-2020"]


def test_instruments_of_no_outcome_stand_in_the_order_of_their_ids(review: Review) -> None:
    nowhere = with_protocol(review, outcomes=())
    found = [part.instrument_id for part in unplaced(nowhere.records, nowhere.protocol)]
    assert found == ["calm-scale", "hiccup-free", "hiccups-per-hour", "sip-index"]


def test_a_removed_study_takes_no_part(review: Review) -> None:
    removed = Event(on=TODAY, kind=EventKind.REMOVED, note="Made-up retraction.")
    study = review.records.included["dunkwell-2022"]
    without = with_study(review, "dunkwell-2022", history=(*study.history, removed))
    assert list(in_review(without.records)) == ["solo-2020", "icecap-2023", "steeply-2024"]
    assert outcome(without, "hiccups").n_studies == 3
    assert outcome(without, "hiccups").n_people == 88


def test_certainty_is_the_rating_of_people(review: Review) -> None:
    assert [one.certainty.level for one in review.outcomes] == [Certainty.LOW, Certainty.VERY_LOW, Certainty.VERY_LOW]
    assert outcome(review, "calm").certainty.rating is None
    assert "not rated yet" in outcome(review, "calm").certainty.reason


def test_uncontrolled_evidence_is_capped_unless_justified(review: Review) -> None:
    only_solo = with_studies(review, {"solo-2020": review.records.included["solo-2020"]})
    capped = outcome(only_solo, "hiccups").certainty
    assert (capped.level, capped.reason) == (Certainty.VERY_LOW, "no study has a control group")
    line = review.records.summaries["bottom-line-hiccups"]
    assert line.rating is not None
    justified = line.model_copy(update={"rating": line.rating.model_copy(update={"above_cap": "A made-up reason."})})
    raised = outcome(with_summaries(only_solo, {"bottom-line-hiccups": justified}), "hiccups").certainty
    assert (raised.level, raised.reason) == (Certainty.LOW, "A made-up reason.")


def test_of_two_bottom_lines_the_first_is_shown_whatever_their_order(review: Review) -> None:
    line = review.records.summaries["bottom-line-hiccups"]
    other = line.model_copy(update={"text": "Made-up."})
    for summaries in ({"a": line, "b": other}, {"b": other, "a": line}):
        assert outcome(with_summaries(review, summaries), "hiccups").bottom_line == line


def test_no_study_no_evidence(review: Review) -> None:
    empty = with_studies(review, {})
    assert [(one.n_studies, one.n_people, one.directions, one.instruments) for one in empty.outcomes] == [
        (0, 0, (), ())
    ] * 3
    assert outcome(empty, "calm").certainty.reason == "no included study reports this outcome"
