"""Files for robvis: its columns and words, and nothing where there is no judgement of risk."""

import csv
import io
from pathlib import Path

import pytest

from generator.model.risk_of_bias import RiskOfBiasTool
from generator.model.study import RiskOfBias
from generator.records import store
from generator.review import Review
from generator.site.exports import robvis
from tests.evidence import read, with_studies, with_study


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_assessments_of_the_made_up_review(review: Review) -> None:
    ((path, text),) = robvis.files(review)
    assert path == "data/robvis-made-up-cup-check-1.csv"
    assert rows_of(text) == [
        ["Study", "D1", "D2", "D3", "D4", "Overall", "Weight"],
        ["Dunkwell 2022, Made-up hiccups", "Low", "Low", "High", "Some concerns", "High", "1"],
        [
            "Icecap 2023, Made-up hiccups",
            "No information",
            "Low",
            "Some concerns",
            "Some concerns",
            "Some concerns",
            "1",
        ],
    ]


def test_there_is_no_file_without_an_assessment(review: Review, real_review: Path) -> None:
    assert list(robvis.files(read(real_review))) == []
    bare = {key: study.model_copy(update={"risk_of_bias": ()}) for key, study in review.records.included.items()}
    assert list(robvis.files(with_studies(review, bare))) == []


def test_answers_with_yes_and_no_have_no_file(review: Review) -> None:
    assert review.records.included["solo-2020"].risk_of_bias[0].tool == "made-up-spill-list-1"
    assert "data/robvis-made-up-spill-list-1.csv" not in dict(robvis.files(review))


def tools(real_review: Path) -> dict[str, RiskOfBiasTool]:
    return store.load(real_review).records.tools


def test_levels_of_the_known_tools_keep_their_names(real_review: Path) -> None:
    words = {
        name: [robvis.judgement_word(tool, level) for level in tool.levels]
        for name, tool in tools(real_review).items()
        if tool.scale == "risk"
    }
    assert words == {
        "rob2": ["Low", "Some concerns", "High"],
        "robins-i-2016": ["Low", "Moderate", "Serious", "Critical", "No information"],
    }


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({"a": ("Made-up fine", "low"), "b": ("Made-up doubt", "some")}, ["Low", "Some concerns"]),
        ({"a": ("Made-up doubt", "some"), "b": ("Made-up worst", "critical")}, ["Moderate", "Critical"]),
        ({"a": ("High risk", "high"), "b": ("Very high risk", "critical")}, ["High", "Very high"]),
        ({"a": ("Not applicable", "none"), "b": ("Made-up blank", "no-rank")}, ["Not applicable", "No information"]),
    ],
)
def test_other_levels_get_the_word_of_their_place(
    real_review: Path, levels: dict[str, tuple[str, str]], expected: list[str]
) -> None:
    typed = {key: {"label": label, "symbol": "?", "rank": rank} for key, (label, rank) in levels.items()}
    tool = RiskOfBiasTool.model_validate(tools(real_review)["rob2"].model_dump() | {"levels": typed})
    assert [robvis.judgement_word(tool, level) for level in levels] == expected
    assert robvis.judgement_word(tool, "made-up") == ""


def test_two_outcomes_of_one_study_are_two_rows(review: Review) -> None:
    (assessed,) = review.records.included["dunkwell-2022"].risk_of_bias
    other: RiskOfBias = assessed.model_copy(update={"outcome": "calm", "overall": "low"})
    changed = with_study(review, "dunkwell-2022", risk_of_bias=(assessed, other))
    ((_, text),) = robvis.files(changed)
    studies = [row[0] for row in rows_of(text)[1:]]
    assert len(studies) == len(set(studies)) == 3
