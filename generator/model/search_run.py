"""Search runs: when each source was asked what, and what it answered. One file per day, append-only."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from generator.model.days import Day, When
from generator.model.report import Quotes
from generator.model.values import Code, Count, Id, Missing, OrMissing, Part, Sources, Text, Url


class RunKind(StrEnum):
    """What started the run."""

    BASE_REVIEW = "base-review"
    NIGHTLY = "nightly"
    MANUAL = "manual"
    IMPORT = "import"


class Window(Part):
    """The span of dates that the search was limited to; an end left out is open."""

    start: Day | None = Field(None, description="First day.")
    end: Day | None = Field(None, description="Last day.")


class Removed(Part):
    """Records removed before screening, by reason (PRISMA 2020 item 16a)."""

    duplicates: OrMissing[Count] | None = Field(
        None, description="Same as another record of this run or of the review."
    )
    automation: OrMissing[Count] | None = Field(None, description="Marked ineligible by automation tools.")
    other: OrMissing[Count] | None = Field(None, description="Other reasons.")


class Canaries(Part):
    """What a strategy returned of the studies and trials that the review knows and the source holds.

    Every strategy must find them: one that is held and not returned shows that the strategy or the source has changed.
    """

    held: Count = Field(description="How many of them the source holds.")
    returned: Count = Field(description="How many of those the strategy returned.")
    missing: tuple[Code, ...] = Field((), description="Identifiers of those it did not return.")


class Validators(Part):
    """What a feed called its own version; sent back the next time, so that an unchanged feed is not sent again."""

    etag: Code | None = Field(None, description="The header ETag.")
    modified: Code | None = Field(None, description="The header Last-Modified.")
    sha256: Code | None = Field(None, description="Fingerprint of what was read.")


class SourceRun(Part):
    """One source asked once with one strategy."""

    source: Id = Field(description="Id of the source in protocol.yml.")
    strategy: Code | None = Field(None, description="The query exactly as sent. Leave out only when it is not known.")
    url: Url | None = Field(None, description="The address asked, without keys.")
    window: Window | None = Field(None, description="Dates the search was limited to.")
    hits: OrMissing[Count] | None = Field(
        description="Total the source reports; NR when not known; empty (null) when the source failed."
    )
    total: Count | None = Field(
        None, description="What the strategy returns without a window; a fall by half since the last time is an alarm."
    )
    received: OrMissing[Count] | None = Field(None, description="Records received.")
    returned_before: Count | None = Field(
        None,
        description="Of those received, records that an earlier search of this source had returned; windows overlap.",
    )
    removed: Removed | None = Field(None, description="Records removed before screening.")
    new: OrMissing[Count] | None = Field(None, description="Records written as candidates.")
    canaries: Canaries | None = Field(None, description="Whether the strategy still finds what is known.")
    validators: Validators | None = Field(None, description="What a feed called its own version.")
    error: Text | None = Field(None, description="Why the source failed. Needed when hits is empty.")
    note: Text | None = Field(None, description="Limits and anything a reader must know.")
    record_source: Sources | None = Field(None, description="The quote, when the run is taken from a document.")

    @property
    def failed(self) -> bool:
        """True when the source did not answer in full; its date of last search then stands still."""
        return self.hits is None


class Screening(Part):
    """Totals of the selection as a document prints them (PRISMA 2020, box by box).

    Used only for a run taken from a report. Totals of our own runs are counted from the records.
    """

    identified: OrMissing[Count] = Field(Missing.NOT_REPORTED, description="Records identified.")
    screened: OrMissing[Count] = Field(Missing.NOT_REPORTED, description="Records screened.")
    excluded: OrMissing[Count] = Field(Missing.NOT_REPORTED, description="Records excluded on title and abstract.")
    sought: OrMissing[Count] = Field(Missing.NOT_REPORTED, description="Reports sought for retrieval.")
    not_retrieved: OrMissing[Count] = Field(Missing.NOT_REPORTED, description="Reports not retrieved.")
    assessed: OrMissing[Count] = Field(Missing.NOT_REPORTED, description="Reports assessed at full text.")
    excluded_full_text: OrMissing[Count] = Field(Missing.NOT_REPORTED, description="Reports excluded at full text.")
    studies: OrMissing[Count] = Field(Missing.NOT_REPORTED, description="Studies included.")
    reports: OrMissing[Count] = Field(Missing.NOT_REPORTED, description="Reports of included studies.")
    source: Sources | None = Field(None, description="The quotes that state the totals.")


class SearchRun(Part):
    """All sources asked on one occasion. The file name is the date."""

    kind: RunKind = Field(description="base-review, nightly, manual or import.")
    at: When = Field(description="When, in UTC; a day alone where the hour is not known.")
    by: Code | None = Field(None, description="Who or what ran it.")
    tool_version: Code | None = Field(None, description="Version of the software that ran it.")
    known_on: Day | None = Field(
        None,
        description="When it was entered here, where that was later; what it found is news on that day, and it raises "
        "no alarm.",
    )
    sources: tuple[SourceRun, ...] = Field(min_length=1, description="One entry per source and strategy.")
    gated: Text | None = Field(None, description="Why a person should look before this run is merged.")
    selection: Screening | None = Field(None, description="Totals as a document prints them; never for our own runs.")
    note: Text | None = Field(None, description="Anything a reader must know.")
    quotes: Quotes = Field({}, description="Verbatim words, when the run is taken from a document.")

    @property
    def learned_on(self) -> dt.date:
        """The day on which the review's records learned of it, in UTC."""
        on = self.at.date() if isinstance(self.at, dt.datetime) else self.at
        return max(on, self.known_on or on)


class SearchDay(Part):
    """The search runs of one day; the file is `searches/<year>/<date>.yml`."""

    runs: tuple[SearchRun, ...] = Field(min_length=1, description="The runs, in the order of time.")
