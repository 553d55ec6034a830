"""Facts behind the evidence pages: harms, interventions, risk of bias, plot of directions, outcomes of the summary."""

from pathlib import Path

import pytest

from generator.model.protocol import OutcomeDomain, Priority
from generator.model.result import Ascertainment, Harms, NoneReported
from generator.model.study import Design
from generator.review import Review
from generator.review.effect_directions import direction_plot
from generator.review.findings import MOST, summary_outcomes
from generator.review.harms import event_share, harms_evidence
from generator.review.interventions import Statedness, stated
from generator.review.outcomes import in_review
from generator.review.risk_of_bias import by_tool, overall, rank, without_tool
from tests.evidence import read, with_protocol, with_study


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def test_harms_evidence_keeps_silence_apart_from_none(review: Review) -> None:
    told = harms_evidence(in_review(review.records))
    assert told.reporting == ("solo-2020", "dunkwell-2022", "icecap-2023")
    assert told.with_events == ("dunkwell-2022",)
    assert told.asked == ("dunkwell-2022",)
    assert told.none_reported == {
        NoneReported.ANY: ("solo-2020", "icecap-2023"),
        NoneReported.SERIOUS: ("dunkwell-2022",),
    }


def test_event_share_is_of_the_group(review: Review) -> None:
    study = review.records.included["dunkwell-2022"]
    assert study.harms is not None
    share = event_share(study, study.harms.events[0])
    assert share is not None
    assert (share.n_events, share.n, round(share.upper_percent, 1)) == (3, 24, 32.4)
    everybody = event_share(study, study.harms.events[0].model_copy(update={"arm": None}))
    assert everybody is not None
    assert everybody.n == 48


@pytest.mark.parametrize(("n_people", "percent"), [(0, 14.2), (24, 100.0)])
def test_nobody_and_everybody_are_shares_too(review: Review, n_people: int, percent: float) -> None:
    study = review.records.included["dunkwell-2022"]
    assert study.harms is not None
    share = event_share(study, study.harms.events[0].model_copy(update={"n_people": n_people}))
    assert share is not None
    assert (share.n_events, round(share.upper_percent, 1)) == (n_people, percent)


def test_people_who_were_asked_and_told_by_themselves_were_asked(review: Review) -> None:
    harms = review.records.included["dunkwell-2022"].harms
    assert harms is not None
    both = with_study(review, "dunkwell-2022", harms=harms.model_copy(update={"ascertainment": Ascertainment.BOTH}))
    assert harms_evidence(both.studies).asked == ("dunkwell-2022",)


def test_a_study_without_a_word_on_harms_is_no_evidence_on_them(review: Review) -> None:
    silent = with_study(review, "dunkwell-2022", harms=None)
    assert "dunkwell-2022" not in harms_evidence(silent.studies).reporting
    (spills,) = (one for one in silent.outcomes if one.domain.harms)
    assert spills.n_studies == 2


@pytest.mark.parametrize("changes", [{"n_people": "NR"}, {"n_people": None}, {"n_people": 25}, {"arm": "unknown"}])
def test_no_share_without_both_numbers(review: Review, changes: dict[str, object]) -> None:
    study = review.records.included["dunkwell-2022"]
    assert study.harms is not None
    assert event_share(study, study.harms.events[0].model_copy(update=changes)) is None


def test_stated_items_leave_out_what_cannot_apply(review: Review) -> None:
    tea, water = review.records.included["dunkwell-2022"].interventions
    found = stated(tea, review.protocol)
    assert (found.n_stated, found.n_items) == (3, 3)  # the maker is not counted
    assert [what for _, what in found.fields] == [Statedness.STATED] * 3 + [Statedness.NOT_REPORTED]
    assert (stated(water, review.protocol).n_stated, stated(water, review.protocol).n_items) == (0, 0)
    black = stated(review.records.included["steeply-2024"].interventions[0], review.protocol)
    assert [what for _, what in black.fields] == [Statedness.NOT_REPORTED] * 2 + [Statedness.NOT_LOOKED_FOR] * 2


def test_assessments_by_tool_hold_those_that_wait(review: Review) -> None:
    cups, spills = by_tool(in_review(review.records), review.records.tools, review.protocol)
    assert [(one.study_id, one.assessed is not None) for one in cups.assessments] == [
        ("dunkwell-2022", True),
        ("icecap-2023", True),
        ("steeply-2024", False),
    ]
    assert (cups.n_assessed, spills.n_assessed) == (2, 1)
    assert [one.study_id for one in spills.assessments] == ["solo-2020"]


def test_a_design_without_a_tool_is_named(review: Review) -> None:
    odd = with_study(review, "steeply-2024", design=Design.COHORT)
    assert without_tool(odd.studies, odd.protocol) == ("steeply-2024",)
    assert without_tool(review.studies, review.protocol) == ()


def test_overall_is_the_least_favourable_judgement(review: Review) -> None:
    study = review.records.included["dunkwell-2022"]
    low = study.risk_of_bias[0].model_copy(update={"overall": "low"})
    both = study.model_copy(update={"risk_of_bias": (low, study.risk_of_bias[0])})
    level = overall(both, review.records.tools)
    assert level is not None
    assert level.label == "High risk"
    assert overall(review.records.included["solo-2020"], review.records.tools) is None
    assert rank("low") < rank("some") < rank("high") < rank("critical") < rank("none") == rank("made-up")


def test_rows_of_the_plot_are_ordered_by_design_bias_and_size(review: Review) -> None:
    plot = direction_plot(review.outcomes, in_review(review.records), review.records.tools)
    assert [domain.id for domain in plot.domains] == ["hiccups", "calm"]
    # both parallel trials before the crossover; the assessed one before the larger one that nobody has assessed
    assert [row.study_id for row in plot.rows] == ["dunkwell-2022", "steeply-2024", "icecap-2023", "solo-2020"]
    unassessed = with_study(review, "dunkwell-2022", risk_of_bias=())
    again = direction_plot(unassessed.outcomes, in_review(unassessed.records), unassessed.records.tools)
    assert [row.study_id for row in again.rows][:2] == ["steeply-2024", "dunkwell-2022"]
    assert plot.rows[1].directions.keys() == {"hiccups"}


def test_the_summary_shows_seven_outcomes_with_harms(review: Review) -> None:
    def domain(number: int, priority: Priority, *, harms: bool = False) -> OutcomeDomain:
        return OutcomeDomain(id=f"made-up-{number}", label=f"Made-up {number}", priority=priority, harms=harms)

    domains = (
        domain(0, Priority.LIMITED),
        *(domain(number, Priority.IMPORTANT) for number in range(1, 7)),
        *(domain(number, Priority.CRITICAL) for number in range(7, 10)),
        domain(10, Priority.LIMITED, harms=True),
    )
    shown = [one.domain.id for one in summary_outcomes(with_protocol(review, outcomes=domains).outcomes)]
    assert len(shown) == MOST
    assert shown == [f"made-up-{number}" for number in (1, 2, 3, 7, 8, 9, 10)]


def test_a_study_that_only_has_an_empty_harms_part_reports_nothing(review: Review) -> None:
    silent = with_study(review, "dunkwell-2022", harms=Harms.model_validate({"ascertainment": "asked"}))
    assert "dunkwell-2022" not in harms_evidence(silent.studies).reporting
