"""Records that a search returned and the decisions people take on them: candidates and the screened ledger."""

import datetime as dt
from enum import StrEnum
from typing import Protocol

from pydantic import Field

from generator.model.days import Day, PartialDate, Year
from generator.model.registry_status import StatusSeen
from generator.model.values import (
    Code,
    Count,
    Doi,
    Flag,
    Id,
    OpenAlexId,
    OrMissing,
    Part,
    Pmcid,
    Pmid,
    RegistryId,
    Text,
    Url,
)


class Outcome(StrEnum):
    """What was decided."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    AWAITING = "awaiting"


class Stage(StrEnum):
    """What the decision was taken on."""

    TITLE_ABSTRACT = "title-abstract"
    FULL_TEXT = "full-text"


class Decision(Part):
    """A recorded decision of people about a record or a study."""

    outcome: Outcome = Field(description="include, exclude, or awaiting (cannot be judged until more is known).")
    stage: Stage = Field(description="title-abstract or full-text.")
    reason: Id | None = Field(None, description="For exclude: the first exclusion reason of protocol.yml that applies.")
    note: Text | None = Field(None, description="Why, in a sentence.")
    by: tuple[Id, ...] = Field(min_length=1, description="Who decided: ids of people in protocol.yml.")
    on: Day = Field(description="When.")


class DecidedOn(Protocol):
    """A record on which people may decide, and decide anew."""

    @property
    def decision(self) -> Decision | None:
        """The decision that holds; None while there is none."""

    @property
    def earlier_decisions(self) -> tuple[Decision, ...]:
        """The decisions that later ones replaced, oldest first."""


def decisions_on(record: DecidedOn) -> tuple[Decision, ...]:
    """Return every decision on a record, oldest first; the last one holds."""
    return (*record.earlier_decisions, *((record.decision,) if record.decision else ()))


EARLIER = "Decisions that a later one replaced, oldest first; append-only."


class RecordIdentifiers(Part):
    """What a record can be found again by. At least one is needed."""

    doi: Doi | None = Field(None, description="DOI.")
    pmid: Pmid | None = Field(None, description="PubMed id.")
    pmcid: Pmcid | None = Field(None, description="PubMed Central id.")
    openalex: OpenAlexId | None = Field(None, description="OpenAlex work id.")
    registration: RegistryId | None = Field(None, description="Trial registration id.")
    aliases: tuple[Code, ...] = Field((), description="Former ids of the same record, such as a merged OpenAlex work.")
    accession: Code | None = Field(
        None,
        description="The source's own number, or the place in an imported file, when nothing else is given.",
    )
    url: Url | None = Field(None, description="Web address, when there is no identifier.")


class Found(Part):
    """One source that returned the record, or one person who named it."""

    source: Id = Field(description="Id of the source in protocol.yml.")
    on: Day = Field(description="When.")
    run: Code | None = Field(None, description="The search run, as year/date, when a run found it.")
    known_on: Day | None = Field(
        None, description="When it was entered here, where that was later; the find is news on that day."
    )
    note: Text | None = Field(None, description="How it came to be known, when no search found it.")

    @property
    def learned_on(self) -> dt.date:
        """The day on which the review's records learned of it."""
        return max(self.on, self.known_on or self.on)


class ScreeningPriority(Part):
    """How like the review's question and its decisions a record was when it was found. Orders; never hides."""

    score: Count = Field(le=100, description="0 to 100; higher is likelier to be eligible.")
    terms: tuple[Text, ...] = Field((), description="The words that counted most.")


class Candidate(Part):
    """A record that was found and is not settled: no decision yet, or decided as awaiting classification."""

    title: OrMissing[Text] = Field(description="Title exactly as the source gives it.")
    authors: OrMissing[Text] | None = Field(None, description="Authors.")
    year: OrMissing[Year] | None = Field(None, description="Year.")
    published: PartialDate | None = Field(None, description="Date of publication, as far as known.")
    venue: Text | None = Field(None, description="Journal, server or registry.")
    identifiers: RecordIdentifiers = Field(description="DOI, PubMed id, registration …; at least one.")
    abstract: Text | None = Field(None, description="Abstract, only where its licence allows it.")
    licence: Code | None = Field(None, description="The licence of the abstract, as the source states it.")
    found: tuple[Found, ...] = Field(min_length=1, description="Every source that returned it; none is ever dropped.")
    matched: tuple[Text, ...] = Field((), description="Why it matched: terms or rules.")
    priority: ScreeningPriority | None = Field(None, description="How soon it is worth reading, and why.")
    linked: tuple[Code, ...] = Field((), description="Related records: a preprint, a registered trial, a study's id.")
    possible_duplicates: tuple[Code, ...] = Field((), description="Records that may be the same; a person decides.")
    retracted: Flag | None = Field(None, description="true when a source flags a retraction.")
    suggested_by: Text | None = Field(None, description="Person who suggested it, when they wish to be named.")
    registry_status: StatusSeen | None = Field(None, description="What the registry said when it was found.")
    note: Text | None = Field(None, description="What a screener should know.")
    decision: Decision | None = Field(None, description="Absent until a person decides.")
    earlier_decisions: tuple[Decision, ...] = Field((), description=EARLIER)

    @property
    def is_registration(self) -> bool:
        """Whether it is a trial's registration, and no report that names one."""
        known = self.identifiers
        if known.registration is None or known.pmid or known.pmcid:
            return False
        return known.doi is None or known.doi.endswith(known.registration.lower())  # ISRCTN gives its own records DOIs

    @property
    def is_settled(self) -> bool:
        """Whether its decision says where it belongs.

        A report included on title and abstract has still to be read in full. A registration is all there is to read.
        """
        if self.decision is None or self.decision.outcome is Outcome.AWAITING:
            return False
        is_read = self.is_registration or self.decision.stage is Stage.FULL_TEXT
        return is_read or self.decision.outcome is Outcome.EXCLUDE


class ScreenedRecord(Part):
    """One record excluded on title and abstract: one line of the ledger."""

    title: OrMissing[Text] = Field(description="Title exactly as the source gives it.")
    year: Year | None = Field(None, description="Year.")
    doi: Doi | None = Field(None, description="DOI.")
    pmid: Pmid | None = Field(None, description="PubMed id.")
    pmcid: Pmcid | None = Field(None, description="PubMed Central id.")
    openalex: OpenAlexId | None = Field(None, description="OpenAlex work id.")
    registration: RegistryId | None = Field(None, description="Trial registration id.")
    accession: Code | None = Field(None, description="The source's own number, when nothing else is given.")
    url: Url | None = Field(None, description="Web address, when there is no identifier.")
    aliases: tuple[Code, ...] = Field((), description="Former ids of the same record, such as a merged OpenAlex work.")
    reason: Id = Field(description="Exclusion reason of protocol.yml.")
    by: tuple[Id, ...] = Field(min_length=1, description="Who decided.")
    on: Day = Field(description="When.")
    known_on: Day | None = Field(
        None, description="When the line was entered here, where that was later; until then it was a candidate."
    )
    found: tuple[Found, ...] = Field(
        (), description="Every source that returned it; as of a day before the decision it is a candidate again."
    )
    source: Id | None = Field(None, description="Source that returned it first, where `found` is not given.")
    note: Text | None = Field(None, description="Why, in a sentence.")
    earlier_decisions: tuple[Decision, ...] = Field((), description=EARLIER)

    @property
    def learned_on(self) -> dt.date:
        """The day from which the review's records told that it is excluded."""
        return max(self.on, self.known_on or self.on)

    @property
    def decision(self) -> Decision:
        """The decision that the line records; its remark is part of it."""
        return Decision(
            outcome=Outcome.EXCLUDE,
            stage=Stage.TITLE_ABSTRACT,
            reason=self.reason,
            note=self.note,
            by=self.by,
            on=self.on,
        )


class ScreenedYear(Part):
    """The ledger of one year: records excluded on title and abstract; append-only."""

    records: tuple[ScreenedRecord, ...] = Field((), description="One line per record.")
