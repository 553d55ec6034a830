"""The effect direction plot: studies by outcome, an arrow for each direction; see `generator.review.effect_directions`.

Each study has a line of its own above its arrows, so that the picture fits a phone without shrinking its text.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from markupsafe import Markup

from generator.model.result import Direction
from generator.review.effect_directions import DirectionPlot, DirectionRow
from generator.review.study_facts import label_of
from generator.review.synthesis.direction import Size, size_of
from generator.wording.templates import draw as fill
from generator.wording.words import design_label, direction_label

MOST_ROWS = 300
"""With more studies the picture is too long to be read; the table beside it holds them all."""
WIDTH, COLUMN = 340, 68
"""Least width of the picture and of a column, in units of about one CSS pixel on a phone."""
CHARACTER = 6.8
"""Mean width of a character of the small text."""
LINE, ARROW_BAND = 14, 52
SCALES = {Size.SMALL: 0.6, Size.MEDIUM: 0.85, Size.LARGE: 1.1}


@dataclass(frozen=True)
class Arrow:
    """One arrow, or the sign that a study has no result, in its column."""

    x: float
    direction: Direction | None
    label: str
    scale: float
    compared: bool


@dataclass(frozen=True)
class Row:
    """One study: the lines of its label and its arrows below them."""

    y: float
    name: list[str]
    details: list[str]
    arrows: list[Arrow]
    arrows_y: float


def draw(plot: DirectionPlot) -> Markup:
    """Return the plot as SVG; nothing where there is no study, no outcome, or more studies than can be drawn."""
    if not plot.rows or not plot.domains or len(plot.rows) > MOST_ROWS:
        return Markup("")
    width = max(WIDTH, COLUMN * len(plot.domains))
    column = width / len(plot.domains)
    heads = [textwrap.wrap(domain.label, int(column / (CHARACTER * 1.1))) for domain in plot.domains]
    head_height = LINE * max(len(lines) for lines in heads) + 8
    rows = list(_rows(plot, width, head_height))
    end = rows[-1].arrows_y + ARROW_BAND
    return fill(
        "site/figures/effect_direction.svg.j2",
        width=width,
        height=end + 160,
        heads=[(column * (position + 0.5), lines) for position, lines in enumerate(heads)],
        head_height=head_height,
        rows=rows,
        legend_y=end + 24,
        signs=[(direction, direction_label(direction)) for direction in Direction],
        sizes=[
            (SCALES[Size.SMALL], "fewer than 50 people"),
            (SCALES[Size.MEDIUM], "50 to 300 people"),
            (SCALES[Size.LARGE], "more than 300 people"),
        ],
        line=LINE,
        n_studies=len(plot.rows),
        n_outcomes=len(plot.domains),
    )


def _rows(plot: DirectionPlot, width: float, top: float) -> Iterator[Row]:
    column = width / len(plot.domains)
    y = top
    for row in plot.rows:
        name = textwrap.wrap(label_of(row.study_id), int(width / (CHARACTER * 1.25)))
        details = textwrap.wrap(_details(row), int(width / CHARACTER))
        arrows_y = y + 8 + LINE * (len(name) + len(details))
        places = (column * (number + 0.5) for number in count())
        yield Row(
            y=y,
            name=name,
            details=details,
            arrows=[_arrow(row, domain.id, x) for domain, x in zip(plot.domains, places, strict=False)],
            arrows_y=arrows_y,
        )
        y = arrows_y + ARROW_BAND


def _details(row: DirectionRow) -> str:
    people = "number of people not reported" if row.n_people is None else f"{row.n_people} people"
    bias = row.risk_of_bias.label if row.risk_of_bias else "not assessed"
    return f"{design_label(row.study.design)}; {people}; risk of bias: {bias}"


def _arrow(row: DirectionRow, domain_id: str, x: float) -> Arrow:
    one = row.directions.get(domain_id)
    if one is None:
        return Arrow(x, None, "no result", 1, compared=False)
    return Arrow(x, one.direction, direction_label(one.direction), SCALES[size_of(row.n_people)], one.compared)
