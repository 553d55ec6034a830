"""What a trial registry says of the status of a trial, as somebody saw it on a day."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from generator.model.days import Day, PartialDate
from generator.model.values import Id, Part, Sources, Text


class RegistryStatus(StrEnum):
    """Recruitment status in the words of ClinicalTrials.gov's data model; other registries are mapped to it."""

    NOT_YET_RECRUITING = "NOT_YET_RECRUITING"
    RECRUITING = "RECRUITING"
    ENROLLING_BY_INVITATION = "ENROLLING_BY_INVITATION"
    ACTIVE_NOT_RECRUITING = "ACTIVE_NOT_RECRUITING"
    SUSPENDED = "SUSPENDED"
    TERMINATED = "TERMINATED"
    COMPLETED = "COMPLETED"
    WITHDRAWN = "WITHDRAWN"
    UNKNOWN = "UNKNOWN"
    WITHHELD = "WITHHELD"
    AVAILABLE = "AVAILABLE"
    NO_LONGER_AVAILABLE = "NO_LONGER_AVAILABLE"
    TEMPORARILY_NOT_AVAILABLE = "TEMPORARILY_NOT_AVAILABLE"
    APPROVED_FOR_MARKETING = "APPROVED_FOR_MARKETING"


OPEN_STATUSES = frozenset(
    {
        RegistryStatus.NOT_YET_RECRUITING,
        RegistryStatus.RECRUITING,
        RegistryStatus.ENROLLING_BY_INVITATION,
        RegistryStatus.ACTIVE_NOT_RECRUITING,
        RegistryStatus.SUSPENDED,
        RegistryStatus.AVAILABLE,
        RegistryStatus.TEMPORARILY_NOT_AVAILABLE,
    }
)
"""Statuses under which results are still to be expected in the course of the trial."""


class StatusSeen(Part):
    """One look at the registry. The list is append-only."""

    seen: Day = Field(description="When the registry was looked at.")
    status: RegistryStatus = Field(description="What it said, in the common vocabulary.")
    as_printed: Text | None = Field(None, description="The words of the registry or of the report.")
    registry_updated: PartialDate | None = Field(None, description="Date of the registry's own last update.")
    by: Id = Field(description="Who looked: a person of protocol.yml, base-review, or nightly.")
    known_on: Day | None = Field(
        None, description="When it was entered here, where that was later; the status is news on that day."
    )
    source: Sources | None = Field(None, description="The quote, when a document says it.")

    @property
    def learned_on(self) -> dt.date:
        """The day on which the review's records learned of it."""
        return max(self.seen, self.known_on or self.seen)
