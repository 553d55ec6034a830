"""What a study measured and found: outcomes, results one printed number at a time, and harms."""

from enum import StrEnum

from pydantic import Field

from generator.model.days import Day
from generator.model.values import Code, Count, Flag, Id, Number, OrMissing, Part, Probability, Sources, Span, Text

_ENTERED = "When it was entered, where that was later than the study; as of an earlier day it is left out."


class Direction(StrEnum):
    """Whether people got better, as judged by a person with the instrument's better end in mind."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    NO_CHANGE = "no-change"
    MIXED = "mixed"
    UNCLEAR = "unclear"


class Contrast(StrEnum):
    """What is compared with what."""

    SINGLE_TIME = "single-time"
    WITHIN_ARM = "within-arm"
    BETWEEN_ARM = "between-arm"


class Statistic(StrEnum):
    """What the printed number is."""

    MEAN = "mean"
    MEDIAN = "median"
    MEAN_CHANGE = "mean-change"
    MEDIAN_CHANGE = "median-change"
    PERCENT_IMPROVEMENT = "percent-improvement"
    MEAN_DIFFERENCE = "mean-difference"
    SMD = "smd"
    RISK_RATIO = "risk-ratio"
    RISK_DIFFERENCE = "risk-difference"
    ODDS_RATIO = "odds-ratio"
    EVENTS = "events"
    RESPONDERS = "responders"


class PercentOf(StrEnum):
    """What a percent is a percent of: the mean of each person's percent is not the percent change of the means."""

    INDIVIDUAL_MEAN = "individual-mean"
    ARM_MEANS = "arm-means"
    UNKNOWN = "unknown"


class DispersionKind(StrEnum):
    """Which measure of spread or precision was printed."""

    SD = "sd"
    SE = "se"
    CI95 = "ci95"
    IQR = "iqr"
    RANGE = "range"


class Dispersion(Part):
    """Spread or precision of a value: one number (SD, SE) or two (interval, quartiles, range)."""

    kind: DispersionKind = Field(description="Which measure.")
    value: Number | None = Field(None, description="The number, for sd and se.")
    low: Number | None = Field(None, description="Lower end, for ci95, iqr and range.")
    high: Number | None = Field(None, description="Upper end.")
    imputed: Flag = Field(False, description="true when it was calculated by the reviewers.")


class Result(Part):
    """One printed number."""

    instrument: Id = Field(description="Id of the instrument in instruments.yml.")
    arm: Id = Field(description="Id of the arm or subgroup.")
    comparator: Id | None = Field(None, description="Id of the other arm, for a between-arm contrast.")
    time: Span = Field(description="When: 1 mo, 3 mo, baseline.")
    contrast: Contrast = Field(description="single-time, within-arm (change from baseline) or between-arm.")
    statistic: Statistic = Field(description="What the number is.")
    value: OrMissing[Number] = Field(description="The number as printed.")
    unit: Code | None = Field(None, description='Unit: "%", points, mm.')
    n: OrMissing[Count] | None = Field(None, description="How many people the number describes.")
    events: Count | None = Field(None, description="How many of the n had the event or responded.")
    dispersion: Dispersion | None = Field(None, description="Spread or precision as printed.")
    p: OrMissing[Probability] | None = Field(None, description="p value as printed. It is shown and drives nothing.")
    percent_of: PercentOf | None = Field(None, description="For percents: of what.")
    threshold: Code | None = Field(None, description="For responders: what counts as a response, for example >=30 %.")
    direction: Direction = Field(
        description="Did people improve? Judge with the instrument's better end, never by sign."
    )
    note: Text | None = Field(None, description="Anything a reader must know beside the number.")
    known_on: Day | None = Field(None, description=_ENTERED)
    source: Sources | None = Field(None, description="The quotes that the number stands in.")


class MeasuredOutcome(Part):
    """An outcome that the study says it measured, whether or not it reports a result."""

    instrument: Id = Field(description="Id of the instrument in instruments.yml.")
    as_printed: Text | None = Field(None, description="The name as printed, when it is ambiguous.")
    known_on: Day | None = Field(None, description=_ENTERED)
    source: Sources | None = Field(None, description="The quote that names it.")


class Ascertainment(StrEnum):
    """How harms came to be known."""

    ASKED = "asked"
    VOLUNTEERED = "volunteered"
    BOTH = "both"


class NoneReported(StrEnum):
    """Which harms the report says did not occur."""

    ANY = "any"
    SERIOUS = "serious"
    SEVERE = "severe"


class EventSeverity(StrEnum):
    """Intensity of an adverse event, which is not its seriousness."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class AdverseEvent(Part):
    """One kind of harm that was reported."""

    what: Text = Field(description="The event in the words of the report.")
    arm: Id | None = Field(None, description="In which arm.")
    n_people: OrMissing[Count] | None = Field(None, description="How many people had it.")
    n_events: OrMissing[Count] | None = Field(None, description="How many times it occurred.")
    severity: OrMissing[EventSeverity] | None = Field(None, description="Intensity.")
    serious: OrMissing[Flag] | None = Field(None, description="Met the definition of a serious adverse event.")
    related: OrMissing[Text] | None = Field(None, description="Causality as judged in the report.")
    resolved: OrMissing[Text] | None = Field(None, description="Whether and when it resolved.")
    known_on: Day | None = Field(None, description=_ENTERED)
    source: Sources | None = Field(None, description="The quotes that report it.")


class Harms(Part):
    """What is said about harms, how they were ascertained and over what time."""

    ascertainment: OrMissing[Ascertainment] | None = Field(None, description="How harms came to be known.")
    over: Span | None = Field(None, description="Length of the observation for harms.")
    none_reported: NoneReported | None = Field(None, description="The report says that no such harm occurred.")
    n_assessed: OrMissing[Count] | None = Field(None, description="How many people were observed for harms.")
    events: tuple[AdverseEvent, ...] = Field((), description="The harms reported, one kind each.")
    source: Sources | None = Field(None, description="The quotes about harms.")
