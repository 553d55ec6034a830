"""Documents about a study and what is taken from them: reports, quotes, discrepancies, and who extracted what."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from generator.model.days import Day, PartialDate, Year
from generator.model.values import (
    Code,
    Doi,
    Flag,
    Id,
    OpenAlexId,
    OrMissing,
    Part,
    Pmcid,
    Pmid,
    QuoteKey,
    RegistryId,
    Sources,
    Text,
    Url,
)


class ReportKind(StrEnum):
    """What sort of document a report is."""

    JOURNAL_ARTICLE = "journal-article"
    PREPRINT = "preprint"
    CONFERENCE_ABSTRACT = "conference-abstract"
    REGISTRATION = "registration"
    REGISTRY_RESULTS = "registry-results"
    THESIS = "thesis"
    STUDY_REPORT = "study-report"
    REVIEW = "review"
    LETTER = "letter"
    ERRATUM = "erratum"
    OTHER = "other"


class DoiStatus(StrEnum):
    """Whether somebody has followed the DOI and found the report there."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    SUSPECT = "suspect"


class Access(StrEnum):
    """How the report was read: `secondary` means only through another document."""

    OPEN = "open"
    RESTRICTED = "restricted"
    SECONDARY = "secondary"


class IntegrityStatus(StrEnum):
    """What a retraction source said when it was asked; `not-flagged` is never "not retracted"."""

    NOT_CHECKED = "not-checked"
    NOT_FLAGGED = "not-flagged"
    CORRECTED = "corrected"
    EXPRESSION_OF_CONCERN = "expression-of-concern"
    RETRACTED = "retracted"


class Notice(Part):
    """A published notice about a report: a correction, an expression of concern, a retraction."""

    kind: IntegrityStatus = Field(description="What the notice declares.")
    on: PartialDate = Field(description="When the notice was published.")
    known_on: Day | None = Field(None, description="When this review learned of it; it is news on that day.")
    url: Url | None = Field(None, description="Where it can be read.")
    doi: Doi | None = Field(None, description="The DOI of the notice.")
    text: Text | None = Field(None, description="The notice in a sentence, neutrally worded.")

    def was_known(self, day: dt.date) -> bool:
        """Return whether the review knew of it; nobody knew what cannot have been published by then."""
        return self.known_on <= day if self.known_on else self.on <= day.isoformat()[: len(self.on)]


class Integrity(Part):
    """What is known of corrections and retractions of a report, as of a date, from a named source."""

    status: IntegrityStatus = Field(description="What the source said.")
    checked: Day | None = Field(None, description="When it was asked. Needed unless the status is not-checked.")
    first_checked: Day | None = Field(
        None, description="The first check that said the same, where it was repeated since."
    )
    source: Text | None = Field(None, description="Who was asked, for example Crossref or Retraction Watch.")
    notices: tuple[Notice, ...] = Field((), description="The notices found.")


class Report(Part):
    """One document about the study. A study has one or more; exactly one is primary."""

    id: Id | None = Field(
        None, description="A name for quotes to refer to; needed when a quote comes from this report."
    )
    kind: ReportKind = Field(description="What sort of document it is.")
    primary: Flag = Field(False, description="true for the one report that the study is chiefly known by.")
    citation: Text = Field(
        description="Authors, journal, year, volume and pages, as they would stand in a reference list."
    )
    year: Year | None = Field(None, description="Year of publication.")
    doi: Doi | None = Field(
        None, description="The DOI, without https://doi.org/. Leave it out when it is only suspect."
    )
    doi_as_printed: Code | None = Field(None, description="The DOI as a document prints it, when it looks wrong.")
    doi_status: DoiStatus | None = Field(None, description="verified only when somebody has followed the DOI.")
    pmid: Pmid | None = Field(None, description="PubMed id.")
    pmcid: Pmcid | None = Field(None, description="PubMed Central id.")
    openalex: OpenAlexId | None = Field(None, description="OpenAlex work id.")
    aliases: tuple[Code, ...] = Field((), description="Former ids of the same record, such as a merged OpenAlex work.")
    registration: RegistryId | None = Field(None, description="Registration id, when the report is a registry entry.")
    url: Url | None = Field(None, description="Address of the report, when it has no identifier.")
    access: Access = Field(description="How it was read. secondary: only through another document, such as a review.")
    integrity: Integrity = Field(description="Retraction and correction status.")
    source: Sources | None = Field(None, description="The quotes that this rests on.")


class Document(Part):
    """A document that quotes come from and that is no report of a study: the base review, a guideline, a notice."""

    kind: ReportKind = Field(description="What sort of document it is.")
    citation: Text = Field(description="Full reference.")
    label: Text = Field(description="Short name for running text, for example Family 2024.")
    published: PartialDate = Field(description="Date of publication.")
    doi: Doi | None = Field(None, description="The DOI.")
    url: Url | None = Field(None, description="Address, when there is no DOI.")
    licence: Code | None = Field(
        None, description="Licence under which sentences may be quoted, for example CC-BY-4.0."
    )
    access: Access = Field(description="open: its text lies in studies/sources/ and quotes are verified against it.")


class Quote(Part):
    """Words taken verbatim from a report, and where they stand in it."""

    report: Id = Field(description="Id of the report or document that the words come from.")
    at: Text = Field(description='Where: "Results, p. 3, Table 2".')
    text: Text = Field(description="The words, verbatim. […] marks an omission.")


class Severity(StrEnum):
    """How much a discrepancy matters for what a reader would conclude."""

    MINOR = "minor"
    MAJOR = "major"


class DiscrepancyStatus(StrEnum):
    """Whether a discrepancy still waits for an answer."""

    OPEN = "open"
    RESOLVED = "resolved"


class Discrepancy(Part):
    """Two statements that do not agree, or one that cannot be right."""

    what: Text = Field(description="What disagrees with what.")
    severity: Severity = Field(description="major when a reader's conclusion could change.")
    status: DiscrepancyStatus = Field(description="open until somebody has found out.")
    resolution: Text | None = Field(None, description="What was found out, and where. Needed when resolved.")
    source: Sources | None = Field(None, description="The quotes that show it.")


class OpenQuestion(Part):
    """Something a person still has to find out. Never shown as a fact."""

    what: Text = Field(description="The question, and what made it arise.")
    raised: Day = Field(description="When it was raised.")
    answer: Text | None = Field(None, description="The answer, with its place, once somebody has it.")


class Basis(StrEnum):
    """What was in front of the person who extracted the data."""

    FULL_TEXT = "full-text"
    ABSTRACT = "abstract"
    REGISTRY = "registry"
    SECONDARY = "secondary"


class Agreement(StrEnum):
    """How many people extracted, and whether they agreed."""

    SINGLE = "single"
    DUAL_AGREED = "dual-agreed"
    DUAL_RESOLVED = "dual-resolved"
    CONFLICT = "conflict"


class Extraction(Part):
    """How the data of a record were taken from its reports."""

    basis: Basis = Field(description="secondary: copied from another review, so every value is badged as unchecked.")
    agreement: Agreement = Field(
        description="single: one person; dual-agreed or dual-resolved: two; conflict: unresolved."
    )
    by: tuple[Id, ...] = Field((), description="Who extracted: ids of people in protocol.yml.")
    on: Day | None = Field(None, description="When.")


class EventKind(StrEnum):
    """What happened to a record that a subscriber or a later reader must be able to see."""

    INCLUDED = "included"
    DATA_ADDED = "data-added"
    CORRECTED = "corrected"
    INTEGRITY = "integrity"
    REMOVED = "removed"


class Event(Part):
    """One dated change of the evidence. The list is append-only."""

    on: Day = Field(description="When the change became part of the review.")
    kind: EventKind = Field(description="What happened.")
    note: Text = Field(description="What changed and why, in a sentence a subscriber can read.")
    field: Code | None = Field(None, description="The corrected field, for example results[0].value.")
    was: Code | None = Field(None, description="The value before the correction.")


class Registration(Part):
    """A registration of the study in a trial registry, as stated by a report."""

    id: RegistryId = Field(description="Registration id, for example NCT04849429.")
    source: Sources | None = Field(None, description="The quote that states it.")


Quotes = dict[QuoteKey, Quote]
SourcesByField = dict[str, Sources]
Title = OrMissing[Text]
