"""Outcome scales: their range, which end is better, and minimal important changes with their sources."""

from enum import StrEnum

from pydantic import Field

from generator.model.values import Code, Flag, Id, Number, OrMissing, Part, Text


class Better(StrEnum):
    """Which end of the scale is better. ambiguous: one name stands for scales with opposite ends."""

    LOWER = "lower"
    HIGHER = "higher"
    AMBIGUOUS = "ambiguous"
    NOT_APPLICABLE = "none"


class ScaleRange(Part):
    """Lowest and highest possible score."""

    low: Number = Field(description="Lowest score.")
    high: Number = Field(description="Highest score.")


class MinimalImportantChange(Part):
    """Smallest change that matters to an individual person; not a yardstick for the mean of a group."""

    value: Code = Field(description="The change: 10, or a range such as 10.8-13.6, in `unit`.")
    unit: Text = Field(description="points, or % from baseline.")
    population: OrMissing[Text] = Field(description="In whom it was estimated.")
    citation: Text = Field(description="Where it was published.")
    verified: Flag = Field(description="true once somebody has read it in the publication itself.")
    note: Text | None = Field(None, description="Caveats.")


class Instrument(Part):
    """An outcome scale."""

    name: Text = Field(description="Full name.")
    short: Text = Field(description="Abbreviation to print in tables.")
    measures: Text = Field(description="What it measures.")
    better: Better = Field(description="lower, higher, ambiguous, or none for a count of events.")
    range: ScaleRange | None = Field(None, description="Lowest and highest score.")
    minimal_important_change: tuple[MinimalImportantChange, ...] = Field((), description="A list; none is the default.")
    also_called: tuple[Text, ...] = Field((), description="Other names in reports.")
    note: Text | None = Field(None, description="What a reader must know, for example why the direction is ambiguous.")


class Instruments(Part):
    """The file instruments.yml."""

    instruments: dict[Id, Instrument] = Field(description="Instruments by id.")
