"""Rules about assessments of risk of bias: complete, in the words of the tool, with a tool that fits the design."""

from collections.abc import Iterator

from generator.model import records as kinds
from generator.model.records import Records
from generator.model.risk_of_bias import RiskOfBiasTool
from generator.model.study import Design, RiskOfBias
from generator.problems import Place, Problem
from generator.records.rules.files import ids, included
from generator.records.rules.names import unknown


def _assessments(records: Records) -> Iterator[tuple[str, Place, Design, RiskOfBias]]:
    for path, study in included(records):
        for index, assessment in enumerate(study.risk_of_bias):
            yield path, ("risk_of_bias", index), study.design, assessment


def tools_exist_and_fit_the_design(records: Records) -> Iterator[Problem]:
    """A risk-of-bias tool has a file in tools/ and is meant for the design: no tool for trials on a case series."""
    known = ids(records, kinds.TOOL)
    for path, place, design, assessment in _assessments(records):
        yield from unknown(path, (*place, "tool"), "a tool of studies/tools/", assessment.tool, known)
        tool = records.tools.get(assessment.tool)
        if tool and design not in tool.designs:
            yield Problem(
                path,
                (*place, "tool"),
                f"expected a tool for {design}, found {assessment.tool!r}, which is for {', '.join(tool.designs)}",
            )


def assessments_are_complete(records: Records) -> Iterator[Problem]:
    """An assessment judges every domain of its tool and no other, each with a level of the tool.

    The overall judgement is there exactly when the tool has one, the outcome when it works per outcome.
    """
    for path, place, _, assessment in _assessments(records):
        tool = records.tools.get(assessment.tool)
        if tool:
            yield from _domains(path, place, assessment, tool)
            yield from _whole(path, place, assessment, tool)


def _domains(path: str, place: Place, assessment: RiskOfBias, tool: RiskOfBiasTool) -> Iterator[Problem]:
    for name, domain in assessment.domains.items():
        where = (*place, "domains", name)
        if name not in tool.domains:
            yield from unknown(path, where, f"a domain of {assessment.tool}", name, tool.domains)
        else:
            yield from unknown(
                path, (*where, "judgement"), f"a level of {assessment.tool}", domain.judgement, tool.levels
            )
    missing = [name for name in tool.domains if name not in assessment.domains]
    if missing:
        yield Problem(
            path,
            (*place, "domains"),
            f"expected a judgement of every domain of {assessment.tool}, found none of {', '.join(missing)}",
            "Judge every domain, or leave the assessment out until it is complete.",
        )


def _whole(path: str, place: Place, assessment: RiskOfBias, tool: RiskOfBiasTool) -> Iterator[Problem]:
    if tool.has_overall and assessment.overall is None:
        yield Problem(path, place, f"expected `overall`, which {assessment.tool} has, found none")
    elif assessment.overall is not None and not tool.has_overall:
        yield Problem(
            path, (*place, "overall"), f"expected no overall judgement, which {assessment.tool} lacks, found one"
        )
    elif assessment.overall is not None:
        yield from unknown(path, (*place, "overall"), f"a level of {assessment.tool}", assessment.overall, tool.levels)
    if tool.per_outcome and assessment.outcome is None:
        yield Problem(path, place, f"expected `outcome`, because {assessment.tool} works per outcome, found none")


RULES = (tools_exist_and_fit_the_design, assessments_are_complete)
