"""A study: one investigation with one or more reports, and everything extracted from them. One file per study."""

from enum import StrEnum

from pydantic import Field

from generator.model.days import Day
from generator.model.decision import EARLIER, Decision, Found
from generator.model.report import (
    Discrepancy,
    Event,
    EventKind,
    Extraction,
    OpenQuestion,
    Quotes,
    Registration,
    Report,
    SourcesByField,
    Title,
)
from generator.model.result import Harms, MeasuredOutcome, Result
from generator.model.values import Code, Count, Flag, Id, Ids, OrMissing, Part, Sources, Span, Text


class Design(StrEnum):
    """Design of the study."""

    RCT_PARALLEL = "rct-parallel"
    RCT_CROSSOVER = "rct-crossover"
    RCT_CLUSTER = "rct-cluster"
    NONRANDOMISED_CONTROLLED = "nonrandomised-controlled"
    COHORT = "cohort"
    CASE_CONTROL = "case-control"
    BEFORE_AFTER = "before-after"
    CASE_SERIES = "case-series"
    CASE_REPORT = "case-report"
    OTHER = "other"


RANDOMISED = frozenset({Design.RCT_PARALLEL, Design.RCT_CROSSOVER, Design.RCT_CLUSTER})
CONTROLLED = RANDOMISED | {Design.NONRANDOMISED_CONTROLLED, Design.COHORT, Design.CASE_CONTROL}
"""Designs with a comparison between people; only these can show an effect of the intervention."""


class Centres(StrEnum):
    """How many centres took part."""

    SINGLE = "single"
    MULTI = "multi"


class ArmRole(StrEnum):
    """What the arm is for."""

    EXPERIMENTAL = "experimental"
    CONTROL = "control"
    SUBGROUP = "subgroup"


class Setting(Part):
    """Where and how the study was run."""

    centres: OrMissing[Centres] | None = Field(None, description="single or multi.")
    countries: tuple[Text, ...] = Field((), description="Countries.")
    open_label: OrMissing[Flag] | None = Field(None, description="true when nobody was blinded.")
    prospective: OrMissing[Flag] | None = Field(None, description="true when people were followed forward.")
    randomised: OrMissing[Flag] | None = Field(None, description="true when people were allocated by chance.")
    initiated_by: OrMissing[Text] | None = Field(None, description="investigator, industry or the words of the report.")
    recruited: OrMissing[Text] | None = Field(None, description="Dates of recruitment as printed.")
    source: Sources | None = Field(None, description="The quotes that state it.")


class Participants(Part):
    """Who took part."""

    n_enrolled: OrMissing[Count] = Field(description="How many people were enrolled.")
    n_analysed: OrMissing[Count] | None = Field(None, description="How many were analysed.")
    age: OrMissing[Text] | None = Field(
        None, description="Age as printed, for example 18 years or above; mean 54.2 (SD 9.1)."
    )
    sex: OrMissing[Text] | None = Field(None, description="Sex as printed, for example 12 women, 8 men.")
    included: OrMissing[Text] | None = Field(None, description="Who could take part.")
    confirmed_by: OrMissing[Text] | None = Field(None, description="How the condition was confirmed.")
    excluded: OrMissing[Text] | None = Field(None, description="Who could not.")
    source: Sources | None = Field(None, description="The quotes that state it.")


class Arm(Part):
    """A group of people treated alike, or a subgroup of such a group."""

    id: Id = Field(description="Name that results refer to.")
    label: Text = Field(description="Name to print.")
    role: ArmRole = Field(description="experimental, control or subgroup.")
    part_of: Id | None = Field(None, description="For a subgroup: the arm it belongs to.")
    n: OrMissing[Count] | None = Field(None, description="How many people.")
    intervention: Id | None = Field(None, description="Id of the intervention given.")
    route: Text | None = Field(None, description="How it was given.")
    sessions: OrMissing[Count] | None = Field(None, description="How many times it was given.")
    facets: dict[Id, Ids] = Field({}, description="Facet values that hold for this group only.")
    source: Sources | None = Field(None, description="The quotes that state it.")


class Intervention(Part):
    """What was given. `details` holds the fields that protocol.yml lists under intervention_fields."""

    id: Id = Field(description="Name that arms refer to.")
    label: Text = Field(description="Name to print.")
    details: dict[Id, OrMissing[Text]] = Field(
        {}, description="One line per field of protocol.yml's intervention_fields; NR when the report does not say."
    )
    source: Sources | None = Field(None, description="The quotes that state it.")


class FollowUp(Part):
    """When people were assessed."""

    times: tuple[Span, ...] = Field(min_length=1, description="Every assessment after the intervention.")
    source: Sources | None = Field(None, description="The quote that lists them.")


class Overlap(StrEnum):
    """What two studies share, so that people may be counted twice."""

    AUTHORS = "authors"
    PRODUCT = "product"
    CENTRE = "centre"
    PARTICIPANTS = "participants"


class Related(Part):
    """Another study that shares something with this one."""

    study: Id = Field(description="Id of the other study.")
    shares: tuple[Overlap, ...] = Field(min_length=1, description="What they share.")
    note: Text | None = Field(None, description="How it is known, or why it is suspected.")
    source: Sources | None = Field(None, description="The quote that shows it.")


class DomainJudgement(Part):
    """Judgement of one domain of a risk-of-bias tool."""

    judgement: Id = Field(description="Level, as the tool's file names it.")
    support: Text = Field(description="Why, in a sentence.")
    source: Sources | None = Field(None, description="The quotes it rests on.")


class RiskOfBias(Part):
    """One assessment of risk of bias with one versioned tool."""

    tool: Id = Field(description="Id of a file in studies/tools/.")
    outcome: Id | None = Field(None, description="Outcome the assessment is for, when the tool works per outcome.")
    by: tuple[Id, ...] = Field(min_length=1, description="Who assessed.")
    on: Code | None = Field(None, description="When.")
    domains: dict[Id, DomainJudgement] = Field(description="One judgement per domain of the tool.")
    overall: Id | None = Field(None, description="Overall judgement, when the tool has one.")


class Funding(Part):
    """Who paid, and what part the maker of the product had."""

    text: OrMissing[Text] = Field(description="Funding statement.")
    manufacturer_role: OrMissing[Text] | None = Field(
        None, description="none, product supplied, funded, employees as authors …"
    )
    source: Sources | None = Field(None, description="The quotes that state it.")


class Statement(Part):
    """Words of somebody, kept apart from ours."""

    text: OrMissing[Text] = Field(description="The statement.")
    by: Text | None = Field(None, description="Whose words: the study's authors, the base review, our reviewers.")
    source: Sources | None = Field(None, description="The quotes that state it.")


class Study(Part):
    """A study that is included, or was and has been taken out since. The id is the file name.

    One that was taken out stays here, with a line `removed` in its history, so that nothing said of it is lost.
    """

    title: Title = Field(description="Title of the primary report.")
    design: Design = Field(description="Design, judged from what was done rather than from what it is called.")
    facets: dict[Id, Ids] = Field(
        {}, description="What the study is grouped and filtered by; keys and values: protocol.yml."
    )
    reports: tuple[Report, ...] = Field(min_length=1, description="Documents about the study; exactly one is primary.")
    registrations: tuple[Registration, ...] = Field((), description="Registrations that a report states.")
    related: tuple[Related, ...] = Field((), description="Studies that share authors, product or participants.")
    setting: Setting | None = Field(None, description="Where and how the study was run.")
    participants: Participants = Field(description="Who took part.")
    arms: tuple[Arm, ...] = Field(min_length=1, description="Groups of people treated alike.")
    subgroups: tuple[Arm, ...] = Field((), description="Parts of an arm that the report describes.")
    interventions: tuple[Intervention, ...] = Field((), description="What was given.")
    follow_up: FollowUp | None = Field(None, description="When people were assessed.")
    outcomes_measured: tuple[MeasuredOutcome, ...] = Field((), description="Everything measured, also without results.")
    results: tuple[Result, ...] = Field((), description="One row per printed number.")
    harms: Harms | None = Field(None, description="What is said about harms.")
    risk_of_bias: tuple[RiskOfBias, ...] = Field((), description="Assessments of risk of bias.")
    funding: Funding | None = Field(None, description="Who paid.")
    conflicts: Statement | None = Field(None, description="The authors' statement of interests, verbatim.")
    limitations: tuple[Statement, ...] = Field((), description="Limitations, and who names them.")
    authors_conclusion: Statement | None = Field(None, description="Printed as a quotation, never as ours.")
    discrepancies: tuple[Discrepancy, ...] = Field((), description="Statements that do not agree.")
    open_questions: tuple[OpenQuestion, ...] = Field((), description="What a person still has to find out.")
    extraction: Extraction = Field(description="How the data were taken from the reports.")
    decision: Decision | None = Field(
        None,
        description="Who decided to include it, and when; for a study that was taken out again, who decided that and "
        "for which reason.",
    )
    earlier_decisions: tuple[Decision, ...] = Field((), description=EARLIER)
    found: tuple[Found, ...] = Field(
        (), description="Every source that returned it; none for the base review's studies."
    )
    known_on: Day | None = Field(
        None,
        description="When it became part of this review's records; what is dated earlier is told as one digest on that "
        "day.",
    )
    history: tuple[Event, ...] = Field(min_length=1, description="Dated changes of the evidence; append-only.")
    sources: SourcesByField = Field({}, description="Quotes for top-level facts: title, design, facets.")
    quotes: Quotes = Field({}, description="The verbatim words, each with a key.")

    @property
    def moves(self) -> tuple[Event, ...]:
        """The lines of the history by which it came into the review, was taken out, or came back; oldest first."""
        return tuple(event for event in self.history if event.kind in (EventKind.INCLUDED, EventKind.REMOVED))

    @property
    def removal(self) -> Event | None:
        """The line by which it was taken out; None while it is part of the review. Other lines may follow it."""
        for event in reversed(self.history):  # asked of every study for nearly every page
            if event.kind is EventKind.REMOVED:
                return event
            if event.kind is EventKind.INCLUDED:
                return None
        return None


class Exclusion(Part):
    """A study excluded at full text that was never included. The id is the file name."""

    title: Title = Field(description="Title of the primary report.")
    reports: tuple[Report, ...] = Field(min_length=1, description="Documents about the study; exactly one is primary.")
    registrations: tuple[Registration, ...] = Field((), description="Registrations that a report states.")
    decision: Decision = Field(description="The reason, who decided, and when.")
    earlier_decisions: tuple[Decision, ...] = Field((), description=EARLIER)
    found: tuple[Found, ...] = Field((), description="Every source that returned it.")
    known_on: Day | None = Field(
        None,
        description="When it became part of this review's records; what is dated earlier is told as one digest on that "
        "day.",
    )
    history: tuple[Event, ...] = Field((), description="Dated changes; append-only.")
    open_questions: tuple[OpenQuestion, ...] = Field((), description="What a person still has to find out.")
    quotes: Quotes = Field({}, description="The verbatim words that show why.")
