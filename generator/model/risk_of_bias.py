"""Risk-of-bias tools as data: domains and levels only, never the questions of licensed tools. One file per version."""

from enum import StrEnum

from pydantic import Field

from generator.model.study import Design
from generator.model.values import Code, Flag, Id, Part, Text, Url


class Scale(StrEnum):
    """How the levels are drawn: `risk` from low to high; `answers` neutrally, so that a Yes is not read as low risk."""

    RISK = "risk"
    ANSWERS = "answers"


class Level(Part):
    """One level of judgement."""

    label: Text = Field(description="Name to print.")
    symbol: Text = Field(description="Sign to print beside the colour: + - x ! ?")
    rank: Code = Field(description="Place on the scale: low, some, high, critical, none.")


class RiskOfBiasTool(Part):
    """A tool in one version. Domains are never hard-coded: an assessment keeps the version it was made with."""

    name: Text = Field(description="Name of the tool.")
    version: Code = Field(description="Version or date of publication.")
    licence: Text = Field(description="Licence of the tool's text.")
    url: Url | None = Field(None, description="Where the tool is published.")
    designs: tuple[Design, ...] = Field(min_length=1, description="Designs it is meant for.")
    scale: Scale = Field(description="risk or answers.")
    per_outcome: Flag = Field(False, description="true when the tool is applied to each result.")
    domains: dict[Id, Text] = Field(description="Domains in order: id and name.")
    levels: dict[Id, Level] = Field(description="Levels in order.")
    has_overall: Flag = Field(description="true when the tool has an overall judgement.")
