"""The traffic-light plot of one risk-of-bias tool: studies by domain, a sign for each judgement, never a sum.

Tools whose levels are answers are drawn as squares in one neutral colour, so that a "yes" is not taken for a low risk.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.protocol import Protocol
from generator.model.risk_of_bias import RiskOfBiasTool, Scale
from generator.model.study import RiskOfBias
from generator.review.risk_of_bias import RANKS, ToolAssessments
from generator.review.study_facts import label_of
from generator.wording.templates import draw as fill

MOST_ROWS = 300
"""With more studies the picture is too long to be read; the table beside it holds them all."""
WIDTH, COLUMN = 340, 26
CHARACTER = 6.8
LINE, BAND = 15, 30
FEW_COLUMNS = 9
"""Up to here the codes above the columns have room for the usual size of text."""
COLOURS = {
    Scale.RISK: {
        "low": ("#fed98e", "#000"),
        "some": ("#fe9929", "#000"),
        "high": ("#d95f0e", "#000"),
        "critical": ("#993404", "#fff"),
        "none": ("#fff", "#000"),
    },
    Scale.ANSWERS: {
        "low": ("#cfdde6", "#000"),
        "some": ("#9fb6c4", "#000"),
        "high": ("#476475", "#fff"),
        "critical": ("#2b4250", "#fff"),
        "none": ("#fff", "#000"),
    },
}
"""Ground and text of each rank. For risk: the colour-blind palette of robvis (McGuinness and Higgins 2020)."""


@dataclass(frozen=True)
class Sign:
    """One judgement in its column."""

    x: float
    symbol: str
    rank: str
    ground: str
    ink: str


@dataclass(frozen=True)
class Row:
    """One assessment, or a study that waits for one (without signs)."""

    y: float
    label: list[str]
    signs: list[Sign]
    signs_y: float


def domain_codes(tool: RiskOfBiasTool) -> list[tuple[str, str]]:
    """Return the code above each column of the plot with what it stands for."""
    codes = [(f"D{number}", name) for number, name in enumerate(tool.domains.values(), start=1)]
    return [*codes, ("All", "Overall judgement")] if tool.has_overall else codes


def draw(section: ToolAssessments, protocol: Protocol) -> Markup:
    """Return the plot of one tool as SVG; nothing where there are no studies or more than can be drawn."""
    if not section.assessments or len(section.assessments) > MOST_ROWS:
        return Markup("")
    tool = section.tool
    codes = domain_codes(tool)
    width = max(WIDTH, COLUMN * len(codes))
    column = min(width / len(codes), 48)
    rows = list(_rows(section, protocol, width, column))
    end = rows[-1].signs_y + BAND + 4
    legend = [_sign(tool, key, 12) for key in tool.levels]
    return fill(
        "site/figures/risk_of_bias.svg.j2",
        tool=tool,
        tool_id=section.tool_id,
        answers=tool.scale is Scale.ANSWERS,
        width=width,
        height=end + 10 + 26 * len(legend),
        heads=[(column * (number + 0.5), code) for number, (code, _) in enumerate(codes)],
        rows=rows,
        line=LINE,
        code_size=12 if len(codes) <= FEW_COLUMNS else 10,
        legend_y=end + 20,
        legend=list(zip(legend, (level.label for level in tool.levels.values()), strict=True)),
        legend_end=end,
        n_studies=len(section.assessments),
    )


def _rows(section: ToolAssessments, protocol: Protocol, width: float, column: float) -> Iterator[Row]:
    outcomes = {domain.id: domain.label for domain in protocol.outcomes}
    y = 24.0
    for one in section.assessments:
        assessed = one.assessed
        outcome = f" ({outcomes.get(assessed.outcome, assessed.outcome)})" if assessed and assessed.outcome else ""
        label = textwrap.wrap(label_of(one.study_id) + outcome, int(width / (CHARACTER * 1.25)))
        signs_y = y + 8 + LINE * len(label)
        yield Row(y, label, _signs(section.tool, assessed, column) if assessed else [], signs_y)
        y = signs_y + BAND


def _signs(tool: RiskOfBiasTool, assessed: RiskOfBias, column: float) -> list[Sign]:
    judged = [assessed.domains[key].judgement if key in assessed.domains else None for key in tool.domains]
    if tool.has_overall:
        judged.append(assessed.overall)
    return [_sign(tool, judgement, column * (number + 0.5)) for number, judgement in enumerate(judged)]


def _sign(tool: RiskOfBiasTool, judgement: str | None, x: float) -> Sign:
    level = tool.levels.get(judgement) if judgement else None
    if level is None:
        return Sign(x, "", "unjudged", "none", "#000")
    rank = level.rank if level.rank in RANKS else "none"
    ground, ink = COLOURS[tool.scale][rank]
    return Sign(x, level.symbol, rank, ground, ink)
