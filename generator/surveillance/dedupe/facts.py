"""The normalised keys of one record: identifiers, title, first author, year and place, each in one spelling.

Made once per record. Nothing here looks at two records at a time, and nothing of it is stored or shown.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from generator import identifiers
from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.dedupe.people import Person, first_author
from generator.surveillance.dedupe.places import Venue, read_numbers, read_pages, read_venue
from generator.surveillance.dedupe.titles import Title, read_title


class Form(StrEnum):
    """What may be merged with what: only records of one form, and abstracts with care."""

    REPORT = "report"
    ABSTRACT = "abstract"
    PREPRINT = "preprint"
    REGISTRATION = "registration"


@dataclass(frozen=True, slots=True)
class Facts:
    """One record as it is compared. Empty means that the record does not say."""

    record: SourceRecord
    identifiers: frozenset[str]
    """`doi:…`, `pmid:…`, `pmcid:…`, `openalex:…`, `own:source number`; for a registration also `registry:…`."""
    trials: frozenset[str]
    """`registry:…` of the trials that a report names."""
    linked: frozenset[str]
    form: Form
    title: Title
    author: Person
    """The first author who is a person; a group where no person is named."""
    venue: tuple[str, ...]
    meeting: tuple[str, ...]
    """The meeting that the venue names behind the journal."""
    has_versions: bool
    """Whether the venue prints a document again, under its title, when it is updated."""
    volume: frozenset[int]
    issue: frozenset[int]
    pages: tuple[str, ...]
    """First and last page as far as given, `1844-59` completed to 1844 and 1859."""

    def of(self, scheme: str) -> frozenset[str]:
        """Return the identifiers of one scheme."""
        return frozenset(key for key in self.identifiers if key.startswith(scheme + ":"))


_PREPRINT_DOI = re.compile(
    r"10\.1101/(?:\d{6}|(?:19|20)\d\d\.\d\d\.\d\d\.\d+)|10\.64898/|10\.21203/rs\.|10\.20944/preprints|10\.48550/arxiv|"
    r"10\.2139/ssrn|10\.31(?:219|234)/osf|10\.26434/chemrxiv|10\.22541/au|10\.36227/techrxiv|10\.31222/|10\.31730/"
)
"""DOI prefixes under which preprint servers register; 10.1101 is also that of journals, whose suffixes are letters."""


def read_facts(record: SourceRecord) -> Facts:
    """Return the keys of a record. Identifiers may be in any spelling; those not recognised are left out."""
    venue = read_venue(record.venue)
    doi = doi_key(record.doi)
    registrations = registration_keys(record.registration) | registration_keys(registration_in(doi))
    form = _form(record, venue, doi)
    found = {doi, _key("pmid", record.pmid), _key("pmcid", record.pmcid), _key("openalex", record.openalex)}
    if record.accession:
        found.add(f"own:{record.source} {record.accession}")
    if form is Form.REGISTRATION:
        found |= registrations
    return Facts(
        record=record,
        identifiers=frozenset(found - {""}),
        trials=frozenset() if form is Form.REGISTRATION else registrations,
        linked=frozenset(key for text in record.linked for key in any_keys(text)) if record.linked else frozenset(),
        form=form,
        title=read_title(record.title),
        author=first_author(record.authors),
        venue=venue.words,
        meeting=venue.meeting,
        has_versions=venue.has_versions,
        volume=read_numbers(record.volume),
        issue=read_numbers(record.issue),
        pages=read_pages(record.pages),
    )


def doi_key(text: str) -> str:
    """Return `doi:…` without prefix, escapes, loose closing bracket or the version of a preprint; empty when no DOI."""
    if not text:
        return ""
    bare = identifiers.normalise_doi(unquote(text) if "%" in text else text)
    if bare is None:
        return ""
    while bare.endswith((")", "]")) and bare.count("(") + bare.count("[") < bare.count(")") + bare.count("]"):
        bare = bare[:-1].rstrip(".,;")
    if _PREPRINT_DOI.match(bare):
        bare = re.sub(r"(?:/?v\d+)(?:\.(?:full|abstract|full-text|full\.pdf))?$", "", bare)
    return f"doi:{bare}"


def registration_in(key: str) -> str:
    """Return the registration that the key of a DOI stands for, or an empty text."""
    if not key.startswith("doi:10.1186/isrctn"):
        return ""
    return identifiers.registration_of_doi(key.removeprefix("doi:")) or ""


def registration_keys(text: str) -> frozenset[str]:
    """Return `registry:…` for every registration id in a text; country of EUCTR and resubmission of CTIS are cut."""
    if not text:
        return frozenset()
    found = set()
    for part in re.split(r"[;,|\s]+", text):
        bare = re.sub(r"^EUCTR-?(\d{4}-\d{6}-\d\d).*$", r"\1", part, flags=re.IGNORECASE)
        known = identifiers.normalise_registry(bare)
        if known:
            found.add("registry:" + re.sub(r"^(20\d\d-5\d{5}-\d\d)-\d\d$", r"\1", known))
        elif re.search(r"\d{4}", bare):
            found.add("registry:" + bare.upper())
    return frozenset(found)


def any_keys(text: str) -> frozenset[str]:
    """Return the keys that a text of unknown scheme can stand for; a bare number is a PubMed id."""
    doi = doi_key(text)
    known = {doi, _key("pmcid", text), _key("openalex", text), _key("pmid", text)}
    registration = identifiers.normalise_registry(re.sub(r"^EUCTR-?|(?<=\d{4}-\d{6}-\d\d)-[A-Z]{2}$", "", text))
    named = registration_keys(text) if registration else registration_keys(registration_in(doi))
    return frozenset(known - {""}) | named


def _key(scheme: str, text: str) -> str:
    if not text:
        return ""
    bare = re.sub(r"^https?://\S+/(?=(?:PMC)?\d+/?$)", "", text).rstrip("/") if "/" in text else text
    known = identifiers.normalise(scheme, bare)
    return f"{scheme}:{known}" if known else ""


def _form(record: SourceRecord, venue: Venue, doi: str) -> Form:
    if record.kind is RecordKind.REGISTRATION or registration_in(doi) or venue.is_registry:
        return Form.REGISTRATION
    if _PREPRINT_DOI.match(doi[4:]) or record.kind is RecordKind.PREPRINT or (venue.is_preprint_server and not doi):
        return Form.PREPRINT
    if record.kind is RecordKind.CONFERENCE_ABSTRACT or venue.is_meeting:
        return Form.ABSTRACT
    return Form.REPORT
