"""The effect direction plot: one row per study, shapes with their words, and nothing that runs."""

import re
from pathlib import Path

import pytest

from generator.model.protocol import OutcomeDomain, Priority
from generator.model.result import Direction
from generator.review import Review
from generator.review.effect_directions import DirectionPlot, direction_plot
from generator.review.outcomes import StudyDirection, in_review
from generator.site.figures import effect_direction
from tests.evidence import HOSTILE, browse, read, with_studies

UP, OUTLINE = 'd="M0 -12 L10 0', 'fill="none"><path d="M0 -12 L10 0'


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def plot_of(review: Review) -> DirectionPlot:
    return direction_plot(review.outcomes, in_review(review.records), review.records.tools)


def drawn(plot: DirectionPlot) -> str:
    """Return the picture without its legend, with the lines of a text joined."""
    svg = re.sub(r">\s+<", "><", str(effect_direction.draw(plot)))
    svg = re.sub(r"</tspan><tspan[^>]*>", " ", svg)
    return svg[: svg.index('stroke-width="1.2"')]


def test_it_is_a_named_picture(review: Review) -> None:
    svg = str(effect_direction.draw(plot_of(review)))
    page = browse(f"<figure>\n{svg}\n</figure>")
    (picture,) = [attributes for tag, attributes in page.elements if tag == "svg"]
    assert picture["role"] == "img"
    assert set(picture["aria-labelledby"].split()) <= set(page.ids)
    assert "4 studies in rows and 2 outcomes in columns" in page.text
    assert page.count("a") == 0  # a picture has no parts to press; the table beside it has the links


def test_arrows_are_filled_only_for_comparisons(review: Review) -> None:
    svg = drawn(plot_of(review))
    assert svg.count(UP) == 4  # dunkwell twice, steeply, solo
    assert svg.count(OUTLINE) == 2  # dunkwell's calm, solo's hiccups
    assert svg.count(">improved<") == 4
    assert svg.count(">no result<") == 2
    assert "randomised trial, parallel groups; 48 people; risk of bias: High risk" in svg
    assert "before and after, no control group; 12 people; risk of bias: not assessed" in svg


def test_every_direction_has_its_own_shape_and_words(review: Review) -> None:
    plot = plot_of(review)
    row = plot.rows[0]
    shapes = set()
    for direction in Direction:
        one = DirectionPlot(
            plot.domains[:1],
            (
                type(row)(
                    row.study_id,
                    row.study,
                    400,
                    None,
                    {"hiccups": StudyDirection(row.study_id, direction, compared=True)},
                ),
            ),
        )
        svg = drawn(one)
        shapes.add(re.findall(r'<path d="(M[^"]+Z|M-9[^"]+)"', svg)[0])
        assert f">{direction.replace('-', ' ')}<" in svg
        assert "scale(1.1)" in svg  # more than 300 people
        assert "400 people" in svg
    assert len(shapes) == len(Direction)


def test_a_missing_number_of_people_is_said_and_drawn_small(review: Review) -> None:
    plot = plot_of(review)
    row = plot.rows[0]
    unknown = DirectionPlot(plot.domains, (type(row)(row.study_id, row.study, None, None, row.directions),))
    svg = drawn(unknown)
    assert "number of people not reported" in svg
    assert "scale(0.6)" in svg


def test_hostile_words_show_as_typed(review: Review) -> None:
    domain = OutcomeDomain(id="hostile", label=HOSTILE, priority=Priority.CRITICAL)
    rows = plot_of(review).rows
    page = browse(f"<figure>\n{effect_direction.draw(DirectionPlot((domain,), rows))}\n</figure>")
    assert "onerror=alert(1)>" in page.text
    assert "{{ 7*7 }}" in page.text


def test_it_grows_with_outcomes_and_studies(review: Review) -> None:
    plot = plot_of(review)
    many = tuple(
        OutcomeDomain(id=f"made-up-{number}", label=f"Made-up outcome {number}", priority=Priority.CRITICAL)
        for number in range(7)
    )
    wide = str(effect_direction.draw(DirectionPlot(many, plot.rows)))
    assert f'viewBox="0 0 {7 * effect_direction.COLUMN} ' in wide
    hundred = str(effect_direction.draw(DirectionPlot(plot.domains, plot.rows * 25)))
    assert hundred.count(">Dunkwell 2022<") == 25


def test_nothing_is_drawn_without_studies_or_with_too_many(review: Review) -> None:
    plot = plot_of(review)
    assert not effect_direction.draw(plot_of(with_studies(review, {})))
    assert not effect_direction.draw(DirectionPlot((), plot.rows))
    assert not effect_direction.draw(DirectionPlot(plot.domains, plot.rows * effect_direction.MOST_ROWS))
