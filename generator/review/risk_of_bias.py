"""Assessments of risk of bias gathered by tool, with the studies that still wait for theirs. No scores are summed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.protocol import Protocol
from generator.model.risk_of_bias import Level, RiskOfBiasTool
from generator.model.study import RiskOfBias, Study

RANKS = ("low", "some", "high", "critical", "none")
"""Places on the scale of a tool's levels, most favourable first; `none` is no information."""


@dataclass(frozen=True)
class Assessment:
    """One study in one tool; without an assessment it waits for one."""

    study_id: str
    study: Study
    assessed: RiskOfBias | None


@dataclass(frozen=True)
class ToolAssessments:
    """All assessments with one versioned tool."""

    tool_id: str
    tool: RiskOfBiasTool
    assessments: tuple[Assessment, ...]
    """By study, in the order of the review."""

    @property
    def n_assessed(self) -> int:
        """How many studies have an assessment with this tool."""
        return len({one.study_id for one in self.assessments if one.assessed})


def by_tool(
    studies: Mapping[str, Study], tools: Mapping[str, RiskOfBiasTool], protocol: Protocol
) -> tuple[ToolAssessments, ...]:
    """Return the assessments of every tool that has one or for which a study waits, in the order of tool ids.

    A study without any assessment waits for the tool that the protocol names for its design.
    """
    gathered: dict[str, list[Assessment]] = {}
    for study_id, study in studies.items():
        for assessed in study.risk_of_bias:
            gathered.setdefault(assessed.tool, []).append(Assessment(study_id, study, assessed))
        if not study.risk_of_bias and study.design in protocol.methods.tools:
            gathered.setdefault(protocol.methods.tools[study.design], []).append(Assessment(study_id, study, None))
    return tuple(ToolAssessments(key, tools[key], tuple(gathered[key])) for key in sorted(gathered) if key in tools)


def without_tool(studies: Mapping[str, Study], protocol: Protocol) -> tuple[str, ...]:
    """Return the unassessed studies for whose design the protocol names no tool."""
    return tuple(
        key for key, study in studies.items() if not study.risk_of_bias and study.design not in protocol.methods.tools
    )


def overall(study: Study, tools: Mapping[str, RiskOfBiasTool]) -> Level | None:
    """Return the least favourable overall judgement of a study; None when it has none."""
    levels = list(_overall_levels(study, tools))
    return max(levels, key=lambda level: rank(level.rank), default=None)


def rank(name: str) -> int:
    """Return the place of a level on its scale; a name that is no rank comes with `none`."""
    return RANKS.index(name) if name in RANKS else RANKS.index("none")


def _overall_levels(study: Study, tools: Mapping[str, RiskOfBiasTool]) -> Iterator[Level]:
    for assessed in study.risk_of_bias:
        tool = tools.get(assessed.tool)
        if tool and assessed.overall and assessed.overall in tool.levels:
            yield tool.levels[assessed.overall]
