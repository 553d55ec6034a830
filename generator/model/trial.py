"""A registered trial: what its registry says, what was seen when, and whether results are known. One file per trial."""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from generator.model.days import Day, PartialDate
from generator.model.decision import EARLIER, Decision, Found
from generator.model.registry_status import StatusSeen
from generator.model.report import Discrepancy, OpenQuestion, Quotes, SourcesByField, Title
from generator.model.values import (
    Code,
    Count,
    Flag,
    Id,
    Ids,
    OrMissing,
    Part,
    RegistryId,
    Sources,
    Span,
    Text,
    Url,
    one_or_many,
)


class Phase(StrEnum):
    """Trial phase in the words of ClinicalTrials.gov's data model; several are given as a list."""

    EARLY_PHASE1 = "EARLY_PHASE1"
    PHASE1 = "PHASE1"
    PHASE2 = "PHASE2"
    PHASE3 = "PHASE3"
    PHASE4 = "PHASE4"
    NA = "NA"


class TrialDesign(Part):
    """Design as registered."""

    study_type: OrMissing[Text] | None = Field(None, description="interventional, observational …")
    phase: Annotated[tuple[Phase, ...], BeforeValidator(one_or_many)] = Field(
        (), description="Phase, or a list of two."
    )
    allocation: OrMissing[Text] | None = Field(None, description="RANDOMIZED, NON_RANDOMIZED …")
    model: OrMissing[Text] | None = Field(None, description="PARALLEL, SINGLE_GROUP, CROSSOVER …")
    masking: OrMissing[Text] | None = Field(None, description="NONE, SINGLE, DOUBLE …")


class EnrolmentKind(StrEnum):
    """Whether the number is planned or counted."""

    ESTIMATED = "estimated"
    ACTUAL = "actual"


class Enrolment(Part):
    """How many people the registration names."""

    n: OrMissing[Count] = Field(description="How many people.")
    kind: OrMissing[EnrolmentKind] = Field(description="estimated or actual.")


class TrialDates(Part):
    """Dates as registered; partial dates are allowed."""

    registered: PartialDate | None = Field(None, description="First registered.")
    start: PartialDate | None = Field(None, description="First enrolment.")
    primary_completion: PartialDate | None = Field(None, description="Last data for the primary outcome.")
    completion: PartialDate | None = Field(None, description="Last data altogether.")
    results_posted: PartialDate | None = Field(None, description="Results first posted in the registry.")
    last_update: PartialDate | None = Field(None, description="Registry record last updated.")


class OutcomeRank(StrEnum):
    """Rank of a registered outcome."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    OTHER = "other"


class RegisteredOutcome(Part):
    """An outcome as registered."""

    rank: OutcomeRank = Field(description="primary, secondary or other.")
    measure: Text = Field(description="Measure in the words of the registry.")
    instrument: Id | None = Field(None, description="Id of the instrument in instruments.yml, when it is one.")
    times: tuple[Span, ...] = Field((), description="Time points.")
    metric: Text | None = Field(None, description="change-from-baseline …")


class TrialResults(Part):
    """Whether results could be found, and when somebody last looked."""

    on_registry: OrMissing[Flag] = Field(description="true when results are posted in the registry.")
    publication: OrMissing[Flag] = Field(description="true when a publication of results is known.")
    checked: Day = Field(description="When somebody, or the base review, last looked.")
    url: Url | None = Field(None, description="Where the results are.")
    source: Sources | None = Field(None, description="The quote that says so.")


class Trial(Part):
    """A registered trial of the review, or one that was and has been taken out since.

    The registration id is the file name (slashes become hyphens). One that was taken out stays here with the decision
    to exclude it, so that nothing that was said of it is lost.
    """

    registry: Text = Field(description="Name of the registry, for example ClinicalTrials.gov.")
    title: Title = Field(description="Public or scientific title.")
    secondary_ids: tuple[RegistryId, ...] = Field((), description="Registrations of the same trial elsewhere.")
    intervention: OrMissing[Text] = Field(description="What is given.")
    facets: dict[Id, Ids] = Field({}, description="What the trial is grouped by; keys and values: protocol.yml.")
    design: TrialDesign | None = Field(None, description="Design as registered.")
    enrolment: Enrolment | None = Field(None, description="How many people.")
    sponsor: OrMissing[Text] | None = Field(None, description="Lead sponsor.")
    countries: tuple[Text, ...] = Field((), description="Countries.")
    dates: TrialDates | None = Field(None, description="Dates as registered.")
    outcomes: tuple[RegisteredOutcome, ...] = Field((), description="Outcomes as registered.")
    results: TrialResults | None = Field(None, description="Whether results could be found.")
    study: Id | None = Field(None, description="Id of the included study, once its results are included.")
    status_history: tuple[StatusSeen, ...] = Field(
        min_length=1, description="What the registry said when; append-only."
    )
    found: tuple[Found, ...] = Field(
        (), description="Every source that returned it; none for the base review's trials."
    )
    decision: Decision | None = Field(
        None,
        description="Who decided that it belongs to the review, and when; for a trial that was taken out again, who "
        "decided that and for which reason.",
    )
    earlier_decisions: tuple[Decision, ...] = Field((), description=EARLIER)
    known_on: Day = Field(description="When the trial became part of the review.")
    sources: SourcesByField = Field({}, description="Quotes for top-level facts: intervention, design, enrolment …")
    discrepancies: tuple[Discrepancy, ...] = Field((), description="Statements that do not agree.")
    open_questions: tuple[OpenQuestion, ...] = Field((), description="What a person still has to find out.")
    note: Code | None = Field(None, description="Anything a reader must know.")
    quotes: Quotes = Field({}, description="The verbatim words, each with a key.")
