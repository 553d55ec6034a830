"""Published versions of the review. New evidence or changed conclusions make a version; a search never does."""

from enum import StrEnum

from pydantic import Field

from generator.model.days import Day
from generator.model.values import Code, Doi, Flag, Id, Ids, Part, Text


class VersionKind(StrEnum):
    """What the new version means for somebody who cites the review (Cochrane's update and amendment, PRISMA-LSR)."""

    CONCLUSIONS = "conclusions"
    EVIDENCE = "evidence"
    CORRECTION = "correction"


class Contributor(Part):
    """An author of one version."""

    person: Id = Field(description="Id of a person in protocol.yml.")
    roles: tuple[Text, ...] = Field(min_length=1, description="What they did (CRediT terms).")


class Version(Part):
    """One published version."""

    version: Code = Field(description="1.0, 1.1 or 1.1.2.")
    on: Day = Field(description="Date of publication.")
    kind: VersionKind = Field(description="conclusions (X.0), evidence (x.Y) or correction (x.y.Z).")
    trigger: Text = Field(description="What made this version due.")
    searched_to: Day = Field(description="Date of the last search it rests on.")
    methods_changes: Text = Field(description="What changed in the methods; none when nothing did.")
    results_changes: Text = Field(description="What changed in the results.")
    conclusions_changed: Flag = Field(description="true when conclusions or certainty changed.")
    authors: tuple[Contributor, ...] = Field(min_length=1, description="Authors and roles of this version.")
    included: Ids = Field(description="Ids of the studies included in it.")
    doi: Doi | None = Field(None, description="DOI of the version, once it has one.")
    retires: Flag = Field(False, description="true when it is the last one.")
    bundled: Flag = Field(
        False, description="true when the site keeps its frozen bundle: docs/versions/<version>.zip, never changed."
    )


class Versions(Part):
    """The file versions.yml; append-only, newest last."""

    versions: tuple[Version, ...] = Field((), description="Published versions.")
