"""The protocol: everything that makes this review this one and not another. The file is protocol.yml."""

from enum import StrEnum

from pydantic import Field

from generator.model.days import Day
from generator.model.report import Discrepancy, Document, OpenQuestion, Quotes
from generator.model.study import Design
from generator.model.values import (
    Code,
    Count,
    Doi,
    Flag,
    Id,
    Ids,
    Orcid,
    OrMissing,
    Part,
    RecordIds,
    Sources,
    Span,
    Text,
    Url,
)

FORMAT = "1"
"""Version of the record format that this code reads. A change of spelling needs a migration and a note in CHANGELOG."""


class Eligibility(Part):
    """One eligibility criterion."""

    id: Id = Field(description="Name.")
    label: Text = Field(description="The criterion in a sentence.")
    note: Text | None = Field(None, description="Why, or how it is judged.")
    source: Sources | None = Field(None, description="Quotes, when taken over from another document.")


class Question(Part):
    """The question in its parts."""

    text: Text = Field(description="The question in one sentence.")
    population: Text = Field(description="Which people.")
    intervention: Text = Field(description="Which intervention.")
    comparator: Text = Field(description="Compared with what.")
    outcomes: Text = Field(description="Which outcomes.")
    rationale: Text = Field(description="Why the question matters and why the review is living.")


class Facet(Part):
    """Something that studies are grouped, filtered and mapped by."""

    label: Text = Field(description="Name to print.")
    values: dict[Id, Text] = Field(description="Allowed values: id and label.")


class InterventionField(Part):
    """A fact about the intervention that the intervention table shows."""

    id: Id = Field(description="Key in the study file.")
    label: Text = Field(description="Name to print.")
    note: Text | None = Field(None, description="Why it is asked for.")
    counted: Flag = Field(True, description="true when it counts towards 'x of n facts stated'.")


class ExclusionReason(Part):
    """A reason to exclude; the first that applies counts."""

    id: Id = Field(description="Name.")
    label: Text = Field(description="The reason as printed in the flow diagram.")


class Priority(StrEnum):
    """Importance of an outcome for a decision (GRADE)."""

    CRITICAL = "critical"
    IMPORTANT = "important"
    LIMITED = "limited"


class OutcomeDomain(Part):
    """An outcome domain and the instruments that measure it."""

    id: Id = Field(description="Name.")
    label: Text = Field(description="Name to print.")
    priority: Priority = Field(description="critical, important or limited.")
    instruments: Ids = Field((), description="Instruments in order of preference.")
    harms: Flag = Field(False, description="true for the outcome that is about harms.")
    note: Text | None = Field(None, description="How results are chosen when a study reports several.")


class TimeWindow(Part):
    """A span of follow-up that results are grouped by."""

    id: Id = Field(description="Name.")
    label: Text = Field(description="Name to print.")
    after: Span = Field(description="Longer than this.")
    up_to: Span | None = Field(None, description="Up to and including this; open when left out.")


class SourceKind(StrEnum):
    """Kind of source, as the PRISMA 2020 flow diagram counts them."""

    DATABASE = "database"
    REGISTER = "register"
    WEBSITE = "website"
    ORGANISATION = "organisation"
    CITATION = "citation"


class Source(Part):
    """A place that is searched."""

    id: Id = Field(description="Name that search runs refer to.")
    name: Text = Field(description="Name to print.")
    kind: SourceKind = Field(description="database, register, website, organisation or citation.")
    platform: Text | None = Field(None, description="Platform or interface it is searched on.")
    module: Id | None = Field(
        None, description="The module of generator/surveillance/sources/ that asks it; none when by hand."
    )
    strategies: tuple[Code, ...] = Field((), description="Each query exactly as sent.")
    feeds: tuple[Url, ...] = Field((), description="Addresses of RSS or Atom feeds to read.")
    limits: Text | None = Field(None, description="Limits and filters, and why.")
    every_days: Count | None = Field(None, description="How often it is searched; none when only the base review did.")
    max_age_days: Count | None = Field(None, description="An alarm is raised when the newest search is older.")
    note: Text | None = Field(None, description="What a reader must know.")
    source: Sources | None = Field(None, description="Quotes, when taken over from another document.")


class LivingMode(StrEnum):
    """What the people of the review say about its mode; whether it keeps its word is computed."""

    LIVING = "living"
    PAUSED = "paused"
    RETIRED = "retired"


class Living(Part):
    """How the review is kept alive (PRISMA-LSR item L1)."""

    mode: LivingMode = Field(description="living, paused or retired.")
    since: Day = Field(description="Since when.")
    justification: Text = Field(description="Why a living mode.")
    search_every_days: Count = Field(description="A search is late after this many days.")
    screen_within_days: Count = Field(description="A candidate is late when it has waited longer.")
    extract_within_days: Count = Field(description="An included study is late when its data are still missing.")
    full_search_every_days: Count = Field(30, description="A search without a window is made after this many days.")
    candidates_per_night: Count = Field(
        100, description="A night with more new candidates than this waits for a person to look; none is dropped."
    )
    new_version_when: tuple[Text, ...] = Field(min_length=1, description="What makes a new version due.")
    retire_when: tuple[Text, ...] = Field(min_length=1, description="When the review will be retired.")
    note: Text | None = Field(None, description="Why it was paused or retired.")


class Person(Part):
    """Somebody who works on the review."""

    id: Id = Field(description="Name that decisions refer to.")
    name: Text = Field(description="Name to print.")
    orcid: Orcid | None = Field(None, description="ORCID.")
    affiliation: Text | None = Field(None, description="Affiliation.")
    interests: OrMissing[Text] = Field(description="Declared interests, or NR.")
    declared: Day | None = Field(None, description="Date of the declaration.")
    conflicted_with: RecordIds = Field((), description="Studies and records on which the person may not decide.")


class Methods(Part):
    """How the work is done (PRISMA 2020 items 8 to 15)."""

    selection: Text = Field(description="How many people screen, independently or not.")
    deciders: Count = Field(description="How many people a decision at full text needs.")
    extraction: Text = Field(description="How data are extracted.")
    automation: tuple[Text, ...] = Field(min_length=1, description="Automation tools, and what they may decide.")
    risk_of_bias: Text = Field(description="Which tool for which design.")
    tools: dict[Design, Id] = Field({}, description="Tool of studies/tools/ for each design.")
    effect_measures: Text = Field(description="Which effect measures.")
    synthesis: Text = Field(description="How results are brought together.")
    why_not_pooled: Text = Field(description="Why percent improvements and single-arm results are never pooled.")
    certainty: Text = Field(description="How certainty is rated.")
    reporting_bias: Text = Field(description="How missing results are looked for.")
    uncontrolled: Text = Field(description="Why studies without a control group are included at all.")


class Notice(Part):
    """A dated warning of an authority that readers should see."""

    on: Day = Field(description="Date of the notice.")
    by: Text = Field(description="Authority.")
    text: Text = Field(description="What it says, in a sentence.")
    url: Url | None = Field(None, description="Where it can be read.")
    verified: Flag = Field(description="true once somebody has read it at its source.")
    until_reviewed: Day | None = Field(None, description="When it was last checked that it still stands.")


class BaseReview(Part):
    """The review that this one starts from."""

    document: Id = Field(description="Its id under documents.")
    searched_to: Day = Field(description="Date of its search.")
    published: Day = Field(description="Date of publication.")
    source: Sources | None = Field(None, description="Quotes.")


class Registration(Part):
    """Where the protocol is registered."""

    where: OrMissing[Text] = Field(description="Registry and number, or NR when it is not registered.")
    url: Url | None = Field(None, description="Address.")


class Amendment(Part):
    """A dated change of the protocol; append-only."""

    on: Day = Field(description="When.")
    what: Text = Field(description="What changed.")
    why: Text = Field(description="Why, and whether data were known at the time.")


class Protocol(Part):
    """The protocol of the review."""

    format: Code = Field(description="Version of the record format.")
    title: Text = Field(description="Title of the review, with the word living in it.")
    short_title: Text = Field(description="Title for headings and small screens.")
    question: Question = Field(description="The question.")
    objectives: tuple[Text, ...] = Field(min_length=1, description="Objectives.")
    registration: Registration = Field(description="Where the protocol is registered.")
    base_review: BaseReview | None = Field(None, description="The review that this one starts from.")
    documents: dict[Id, Document] = Field({}, description="Documents that quotes come from.")
    include: tuple[Eligibility, ...] = Field(min_length=1, description="What a study must be, to be included.")
    exclude: tuple[Eligibility, ...] = Field((), description="What leads to exclusion.")
    exclusion_reasons: tuple[ExclusionReason, ...] = Field(
        min_length=1, description="In order; the first that applies counts."
    )
    facets: dict[Id, Facet] = Field(description="What studies are grouped by.")
    intervention_fields: tuple[InterventionField, ...] = Field((), description="What the intervention table shows.")
    outcomes: tuple[OutcomeDomain, ...] = Field(min_length=1, description="Outcome domains in order of importance.")
    time_windows: tuple[TimeWindow, ...] = Field(min_length=1, description="Spans of follow-up.")
    sources: tuple[Source, ...] = Field(min_length=1, description="Where is searched.")
    living: Living = Field(description="How the review is kept alive.")
    methods: Methods = Field(description="How the work is done.")
    people: tuple[Person, ...] = Field((), description="Who works on it.")
    support: OrMissing[Text] = Field(description="Financial and other support of the review.")
    notices: tuple[Notice, ...] = Field((), description="Warnings of authorities.")
    amendments: tuple[Amendment, ...] = Field((), description="Changes of the protocol; append-only.")
    discrepancies: tuple[Discrepancy, ...] = Field((), description="Disagreements in the base review itself.")
    open_questions: tuple[OpenQuestion, ...] = Field((), description="What a person still has to find out.")
    repository: Url | None = Field(None, description="Address of the repository, for links to edit a record.")
    site: Url | None = Field(None, description="Address of the published site, for links in feeds and citations.")
    feed_name: Id | None = Field(
        None, description="Name of the review in the ids of its feeds; a change shows subscribers everything once more."
    )
    doi: Doi | None = Field(None, description="DOI that always leads to the newest version.")
    quotes: Quotes = Field({}, description="Verbatim words that the protocol rests on.")
