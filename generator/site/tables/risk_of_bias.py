"""Risk of bias: one row per judgement, with the reason for it; a study that nobody has assessed has a row saying so."""

from collections.abc import Iterator

from generator.model.risk_of_bias import RiskOfBiasTool
from generator.review import Review
from generator.review.risk_of_bias import Assessment, ToolAssessments, by_tool, without_tool
from generator.review.study_facts import label_of
from generator.site.pieces import STUDIES, blocks
from generator.site.tables.studies import quote_links
from generator.wording.table import Block, Cell, Cells, Column, Link, Row, Rows, Table, cell
from generator.wording.words import design_label

NOT_ASSESSED = "not assessed"
_COLUMNS = (
    Column("study", "Study", "The study; the id of its record."),
    Column("tool", "Tool", "Tool and version that the judgement was made with."),
    Column("outcome", "Outcome", "The outcome judged, where the tool is applied to each; else the whole study."),
    Column("domain", "Domain", "Domain of the tool, or overall."),
    Column("judgement", "Judgement", "Level of the tool, with its sign.", facet=True),
    Column("support", "Support for the judgement", "Why, in the words of those who assessed."),
    Column("by", "Assessed by", "Who assessed, and when."),
)


def table(review: Review) -> Table:
    """Return every judgement, and one row for each study that still waits for an assessment."""
    studies = review.studies
    sections = by_tool(studies, review.records.tools, review.protocol)
    rows = [block for section in sections for block in _blocks(review, section)]
    rows += blocks(review, STUDIES, without_tool(studies, review.protocol), "risk-of-bias", _without).blocks
    return Table(
        "risk-of-bias", "Risk of bias, by judgement", _COLUMNS, Rows(rows), empty="No study has been included yet."
    )


def tool_table(review: Review, section: ToolAssessments) -> Table:
    """Return the judgements made with one tool."""
    tool = section.tool
    return Table(
        f"risk-of-bias-{section.tool_id}",
        f"Judgements with {tool.name}, version {tool.version}",
        tuple(column for column in _COLUMNS if column.key != "tool" and (column.key != "outcome" or tool.per_outcome)),
        Rows(_blocks(review, section)),
    )


def judgement_label(tool: RiskOfBiasTool, judgement: str) -> str:
    """Return the name of a level; a judgement that the tool does not know is printed as typed."""
    return tool.levels[judgement].label if judgement in tool.levels else judgement


def _without(review: Review, key: str) -> tuple[Row, ...]:
    why = f"no tool is named in the protocol for: {design_label(review.studies[key].design)}"
    return (_waiting(key, Cell("none", "", missing=True), why),)


def _blocks(review: Review, section: ToolAssessments) -> tuple[Block, ...]:
    """Return the judgements of a tool by study."""

    def rows(one: Review, _: str) -> Iterator[Row]:
        own = by_tool(one.studies, one.records.tools, one.protocol)
        return (row for part in own if part.tool_id == section.tool_id for row in _rows(one, part))

    assessed = dict.fromkeys(one.study_id for one in section.assessments)
    return blocks(review, STUDIES, assessed, f"risk-of-bias {section.tool_id}", rows).blocks


def _rows(review: Review, section: ToolAssessments) -> Iterator[Row]:
    for one in section.assessments:
        if one.assessed is None:
            yield _waiting(one.study_id, _tool(section), "nobody has assessed this study yet")
        else:
            yield from _judgements(review, section, one)


def _tool(section: ToolAssessments) -> Cell:
    return Cell(f"{section.tool.name}, version {section.tool.version}", section.tool_id)


def _waiting(study_id: str, tool: Cell, why: str) -> dict[str, Cells]:
    return {
        "study": _study(study_id),
        "tool": tool,
        "outcome": Cell("", ""),
        "domain": Cell("all domains", ""),
        "judgement": Cell(NOT_ASSESSED, "", missing=True),
        "support": Cell(why, ""),
        "by": Cell("nobody", "", missing=True),
    }


def _study(study_id: str) -> Cell:
    return Cell(label_of(study_id), study_id, Link(f"studies/{study_id}.md"))


def _judgements(review: Review, section: ToolAssessments, one: Assessment) -> Iterator[dict[str, Cells]]:
    assessed, tool = one.assessed, section.tool
    if assessed is None:
        return
    outcomes = {domain.id: domain.label for domain in review.protocol.outcomes}
    when = f", {assessed.on}" if assessed.on else ""
    head: dict[str, Cells] = {
        "study": _study(one.study_id),
        "tool": _tool(section),
        "outcome": Cell(outcomes.get(assessed.outcome, assessed.outcome), assessed.outcome)
        if assessed.outcome
        else Cell("whole study", ""),
        "by": Cell(", ".join(map(review.name_of, assessed.by)) + when),
    }
    for domain_id, name in tool.domains.items():
        judged = assessed.domains.get(domain_id)
        yield head | {
            "domain": Cell(name, domain_id),
            "judgement": _level(tool, judged.judgement) if judged else Cell("not judged", "", missing=True),
            "support": cell(judged.support, quote_links(one.study_id, judged.source)) if judged else Cell("", ""),
        }
    if tool.has_overall:
        yield head | {
            "domain": Cell("Overall", "overall"),
            "judgement": _level(tool, assessed.overall) if assessed.overall else Cell("not judged", "", missing=True),
            "support": Cell("", ""),
        }


def _level(tool: RiskOfBiasTool, judgement: str) -> Cell:
    sign = f"{tool.levels[judgement].symbol} " if judgement in tool.levels else ""
    return Cell(f"{sign}{judgement_label(tool, judgement)}", judgement)
