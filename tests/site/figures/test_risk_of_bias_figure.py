"""The traffic-light plot: signs with their symbols, neutral squares for answers, a grey row for the unassessed."""

from pathlib import Path

import pytest

from generator.review import Review
from generator.review.outcomes import in_review
from generator.review.risk_of_bias import ToolAssessments, by_tool
from generator.site.figures import risk_of_bias
from tests.evidence import HOSTILE, Read, browse, read


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.fixture(scope="module")
def sections(review: Review) -> tuple[ToolAssessments, ...]:
    return by_tool(in_review(review.records), review.records.tools, review.protocol)


def drawn(section: ToolAssessments, review: Review) -> Read:
    return browse(f"<figure>\n{risk_of_bias.draw(section, review.protocol)}\n</figure>")


def test_each_judgement_has_sign_and_colour(sections: tuple[ToolAssessments, ...], review: Review) -> None:
    page = drawn(sections[0], review)
    # two studies with four domains and an overall judgement each, and four levels in the legend
    assert page.count("circle") == 14
    found = [attributes["class"].split("--")[1] for tag, attributes in page.elements if tag == "circle"]
    assert found[:10] == ["low", "low", "high", "some", "high", "none", "low", "some", "some", "some"]
    fills = {attributes["class"]: attributes["fill"] for tag, attributes in page.elements if tag == "circle"}
    assert fills["lr-rob lr-rob--low"] == "#fed98e"
    assert fills["lr-rob lr-rob--some"] == "#fe9929"
    assert fills["lr-rob lr-rob--high"] == "#d95f0e"
    assert fills["lr-rob lr-rob--none"] == "#fff"
    assert "D1 D2 D3 D4 All" in page.text
    assert "+ + x - x" in page.text
    assert "Dunkwell 2022 (Made-up hiccups)" in page.text


def test_an_unassessed_study_has_a_grey_row(sections: tuple[ToolAssessments, ...], review: Review) -> None:
    page = drawn(sections[0], review)
    assert page.count("rect", "class", "lr-rob--unassessed") == 1
    assert "Steeply 2024 not assessed" in page.text


def test_answers_are_drawn_neutrally(sections: tuple[ToolAssessments, ...], review: Review) -> None:
    page = drawn(sections[1], review)
    assert page.count("circle") == 0
    assert page.count("rect", "class", "lr-answer") == 5
    risk = {ground for ground, _ in risk_of_bias.COLOURS[sections[0].tool.scale].values()} - {"#fff"}
    assert risk.isdisjoint(attributes.get("fill", "") for tag, attributes in page.elements if tag == "rect")
    assert risk_of_bias.domain_codes(sections[1].tool)[-1] == ("D2", "Were hiccups counted before and after?")


def test_a_judgement_that_the_tool_does_not_know_is_left_blank(
    sections: tuple[ToolAssessments, ...], review: Review
) -> None:
    section = sections[0]
    levels = {key: level for key, level in section.tool.levels.items() if key != "high"}
    narrower = ToolAssessments(
        section.tool_id, section.tool.model_copy(update={"levels": levels}), section.assessments[:1]
    )
    assert drawn(narrower, review).count("circle", "class", "lr-rob--unjudged") == 2


def test_hostile_words_show_as_typed(sections: tuple[ToolAssessments, ...], review: Review) -> None:
    section = sections[0]
    level = section.tool.levels["low"].model_copy(update={"label": HOSTILE, "symbol": "<"})
    tool = section.tool.model_copy(update={"name": HOSTILE, "levels": section.tool.levels | {"low": level}})
    page = drawn(ToolAssessments(section.tool_id, tool, section.assessments), review)
    assert page.text.count(HOSTILE) == 2


def test_many_domains_fit(sections: tuple[ToolAssessments, ...], review: Review) -> None:
    section = sections[0]
    domains = {f"made-up-{number}": f"Made-up {number}" for number in range(20)}
    wide = ToolAssessments(section.tool_id, section.tool.model_copy(update={"domains": domains}), section.assessments)
    svg = str(risk_of_bias.draw(wide, review.protocol))
    assert f'viewBox="0 0 {21 * risk_of_bias.COLUMN} ' in svg


def test_nothing_is_drawn_without_assessments_or_with_too_many(
    sections: tuple[ToolAssessments, ...], review: Review
) -> None:
    section = sections[0]
    assert not risk_of_bias.draw(ToolAssessments(section.tool_id, section.tool, ()), review.protocol)
    crowd = ToolAssessments(section.tool_id, section.tool, section.assessments * risk_of_bias.MOST_ROWS)
    assert not risk_of_bias.draw(crowd, review.protocol)
