"""A record as a source returns it: one line of a search result or of an export, before anybody has judged it."""

from dataclasses import dataclass
from enum import StrEnum

from generator.model.registry_record import RegistryRecord


class RecordKind(StrEnum):
    """What sort of document a source says the record describes."""

    ARTICLE = "article"
    PREPRINT = "preprint"
    CONFERENCE_ABSTRACT = "conference-abstract"
    REGISTRATION = "registration"
    ERRATUM = "erratum"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One record. Text stays what the source gave; identifiers are in normal spelling; empty means not given."""

    source: str
    """Id of the source in the protocol."""
    title: str
    authors: tuple[str, ...] = ()
    """In the order of the source, family name first where the source tells it apart: `Wilson, Jane E`."""
    year: int | None = None
    published: str = ""
    """Date of publication as far as known: 2021, 2021-03 or 2021-03-15."""
    venue: str = ""
    """Journal, preprint server, conference or registry."""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    openalex: str = ""
    registration: str = ""
    url: str = ""
    abstract: str = ""
    licence: str = ""
    """Licence of the abstract where the source states one, such as `cc-by` or `public-domain`."""
    kind: RecordKind = RecordKind.OTHER
    language: str = ""
    retracted: bool | None = None
    """True when the source flags a retraction; None when it says nothing."""
    linked: tuple[str, ...] = ()
    """Identifiers of related documents that the source names: the preprint, the article, the registered trial."""
    accession: str = ""
    """The source's own number of the record."""
    place: str = ""
    """Where the record stands in a file, for messages: `export.ris:120`."""
    trial: RegistryRecord | None = None
    """What the registry says of the trial, when the record is a registration."""
