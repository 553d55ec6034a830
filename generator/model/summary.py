"""Our own sentences: bottom lines, plain language, certainty. Each names the records it rests on."""

from enum import StrEnum

from pydantic import Field

from generator.model.days import Day
from generator.model.values import Code, Count, Id, Part, RecordIds, Text


class Certainty(StrEnum):
    """Certainty of evidence (GRADE)."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"


class Downgrade(Part):
    """One of the five GRADE reasons to lower certainty, by 1 or 2 levels."""

    levels: Count = Field(description="0, 1 or 2.")
    reason: Text = Field(description="Why.")


class CertaintyRating(Part):
    """A certainty rating by people."""

    level: Certainty = Field(description="high, moderate, low or very-low.")
    risk_of_bias: Downgrade = Field(description="Risk of bias.")
    inconsistency: Downgrade = Field(description="Inconsistency.")
    indirectness: Downgrade = Field(description="Indirectness.")
    imprecision: Downgrade = Field(description="Imprecision.")
    publication_bias: Downgrade = Field(description="Publication bias.")
    by: tuple[Id, ...] = Field(min_length=1, description="Who rated: ids of people in protocol.yml.")
    on: Day | None = Field(None, description="When they rated; a new rating is news on that day.")
    was: Certainty | None = Field(
        None, description="The level before, only when the rating before is not kept under earlier_ratings."
    )
    above_cap: Text | None = Field(
        None, description="Justification, needed to rate evidence from uncontrolled studies alone above very-low."
    )


class SummaryKind(StrEnum):
    """Where the sentences are printed."""

    BOTTOM_LINE = "bottom-line"
    PLAIN_LANGUAGE = "plain-language"
    NOTICE = "notice"


class Section(Part):
    """A headed part of a longer text."""

    heading: Text = Field(description="Heading.")
    text: Text = Field(description="Sentences. {last_searched}, {n_studies} and alike are filled from the records.")


class Wording(Part):
    """Sentences of ours as they read from one day until they were reworded."""

    title: Text = Field(description="Heading as it then read.")
    text: Text | None = Field(None, description="Sentences as they then read.")
    sections: tuple[Section, ...] = Field((), description="For longer texts: headed parts as they then read.")
    rests_on: RecordIds = Field(description="Ids of the studies and trials that the sentences rested on.")
    written: Day = Field(description="When these words were written.")
    by: tuple[Code, ...] = Field(min_length=1, description="Who wrote them.")
    reviewed: Day | None = Field(None, description="When somebody last checked that they were still true.")


class Summary(Part):
    """Sentences of ours. The file name is their id. What they read before, and earlier ratings, are kept with them."""

    kind: SummaryKind = Field(description="bottom-line (one per outcome), plain-language or notice.")
    outcome: Id | None = Field(None, description="For a bottom line: id of the outcome in protocol.yml.")
    order: Count = Field(0, description="Place among its kind.")
    title: Text = Field(description="Heading.")
    text: Text | None = Field(None, description="Sentences. {last_searched}, {n_studies} and alike are filled in.")
    sections: tuple[Section, ...] = Field((), description="For longer texts: headed parts.")
    rests_on: RecordIds = Field(description="Ids of the studies and trials that the sentences rest on.")
    rating: CertaintyRating | None = Field(None, description="Certainty rating by people, when there is one.")
    written: Day = Field(description="When the words were last changed.")
    by: tuple[Code, ...] = Field(min_length=1, description="Who wrote them.")
    reviewed: Day | None = Field(None, description="When somebody last checked that they are still true.")
    earlier_wordings: tuple[Wording, ...] = Field(
        (), description="Words that newer ones replaced, oldest first: the lines of the file as they stood, copied."
    )
    earlier_ratings: tuple[CertaintyRating, ...] = Field(
        (), description="Ratings that a newer one replaced, oldest first: the rating as it stood, copied."
    )

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """Every wording that is kept, oldest first; the last one is that of today."""
        return (*self.earlier_wordings, Wording(**{name: getattr(self, name) for name in Wording.model_fields}))

    @property
    def ratings(self) -> tuple[CertaintyRating, ...]:
        """Every rating that is kept, oldest first; the last one is that of today."""
        return (*self.earlier_ratings, self.rating) if self.rating else self.earlier_ratings
