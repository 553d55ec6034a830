"""Risk of bias as the R package robvis reads it: `data/robvis-<tool>.csv`, one file for each tool with assessments.

Columns and words are those of robvis (McGuinness 2021, Research Synthesis Methods 12:55-61). It knows levels of risk
only, so a tool that is answered with yes or no has no file: a "yes" would be drawn as a low risk.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.risk_of_bias import Level, RiskOfBiasTool, Scale
from generator.model.study import RiskOfBias
from generator.review import Review
from generator.review.risk_of_bias import RANKS, ToolAssessments, by_tool, rank
from generator.review.study_facts import label_of
from generator.site.csvtext import csv_text

STUDY, OVERALL, WEIGHT = "Study", "Overall", "Weight"
EQUAL_WEIGHT = 1
"""Weight of every study: the review pools nothing, so no study counts more than another."""
_WORDS = {
    "low": ("Low",),
    "some": ("Some concerns", "Moderate"),
    "high": ("High", "Serious"),
    "critical": ("Critical", "Very high"),
    "none": ("No information", "Not applicable", "Unclear"),
}
"""Words of robvis for each place on the scale; the first is that of RoB 2, except where a tool has a critical level."""


@dataclass(frozen=True)
class Sheet:
    """The file of one tool."""

    tool: RiskOfBiasTool
    path: str
    heads: dict[str, str]
    """Columns in order, each with what it holds."""
    rows: tuple[tuple[str | int, ...], ...]


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the file of each tool."""
    for sheet in sheets(review):
        yield sheet.path, csv_text([tuple(sheet.heads), *sheet.rows])


def sheets(review: Review) -> tuple[Sheet, ...]:
    """Return the file of each tool that judges levels of risk and has an assessment, in the order of tool ids."""
    sections = by_tool(review.studies, review.records.tools, review.protocol)
    labels = {outcome.id: outcome.label for outcome in review.protocol.outcomes}
    return tuple(
        _sheet(section, labels) for section in sections if section.n_assessed and section.tool.scale is Scale.RISK
    )


def _sheet(section: ToolAssessments, outcomes: dict[str, str]) -> Sheet:
    tool = section.tool
    domains = {f"D{number}": name for number, name in enumerate(tool.domains.values(), 1)}
    overall = {OVERALL: "Overall judgement."} if tool.has_overall else {}
    what = "The study, and the outcome that was judged." if tool.per_outcome else "The study."
    heads = {STUDY: what, **domains, **overall, WEIGHT: "1 for each: the review pools nothing."}
    rows = tuple(_row(tool, one.study_id, one.assessed, outcomes) for one in section.assessments if one.assessed)
    return Sheet(tool, f"data/robvis-{section.tool_id}.csv", heads, rows)


def _row(tool: RiskOfBiasTool, study_id: str, assessed: RiskOfBias, outcomes: dict[str, str]) -> tuple[str | int, ...]:
    name = label_of(study_id)
    if assessed.outcome:
        name += f", {outcomes.get(assessed.outcome, assessed.outcome)}"
    judged = [assessed.domains[key].judgement if key in assessed.domains else "" for key in tool.domains]
    if tool.has_overall:
        judged.append(assessed.overall or "")
    return (name, *(judgement_word(tool, judgement) for judgement in judged), EQUAL_WEIGHT)


def judgement_word(tool: RiskOfBiasTool, judgement: str) -> str:
    """Return the word of robvis for a level of a tool; empty for what is no level of it.

    The level's own name decides where robvis knows it, else its place on the scale, in the words of ROBINS-I where the
    tool has a critical level and in those of RoB 2 where it has none.
    """
    level = tool.levels.get(judgement)
    if level is None:
        return ""
    words = _WORDS[_place(level)]
    own = next((word for word in words if level.label.casefold().startswith(word.casefold())), "")
    has_critical = any(_place(other) == "critical" for other in tool.levels.values())
    return own or words[1 if has_critical and _place(level) in ("some", "high") else 0]


def _place(level: Level) -> str:
    return RANKS[rank(level.rank)]
