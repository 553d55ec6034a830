"""The normalised keys of one record: identifiers, title, first author, year and place, each in one spelling.

Made once per record. Nothing here looks at two records at a time, and nothing of it is stored or shown.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import unquote

from generator import identifiers
from generator.dedupe.titles import Title, fold, read_title
from generator.model.source_record import RecordKind, SourceRecord


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
    family: frozenset[str]
    """The words of the first author's family name; all words of the name where the source does not tell it apart."""
    names: frozenset[str]
    """All words of the first author's name but initials."""
    tells_family: bool
    """Whether the source tells family and given names apart: `Wilson, Jane E`."""
    venue: tuple[str, ...]
    volume: frozenset[int]
    issue: frozenset[int]
    pages: tuple[str, ...]
    """First and last page as far as given, `1844-59` completed to 1844 and 1859."""

    def of(self, scheme: str) -> frozenset[str]:
        """Return the identifiers of one scheme."""
        return frozenset(key for key in self.identifiers if key.startswith(scheme + ":"))


_PAGE = re.compile(r"[a-z]*\d+")
_DATE_FOR_PAGES = re.compile(
    r"\d-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d"
)
"""What a spreadsheet makes of pages 5-13."""
_PAGE_WORD = re.compile(r"\s+|^pp?\.?|^art\w*\.?|^no\.")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_PREPRINT_DOI = re.compile(
    r"10\.1101/(?:\d{6}|(?:19|20)\d\d\.\d\d\.\d\d\.\d+)|10\.64898/|10\.21203/rs\.|10\.20944/preprints|10\.48550/arxiv|"
    r"10\.2139/ssrn|10\.31(?:219|234)/osf|10\.26434/chemrxiv|10\.22541/au|10\.36227/techrxiv|10\.31222/|10\.31730/"
)
"""DOI prefixes under which preprint servers register; 10.1101 is also that of journals, whose suffixes are letters."""
_PREPRINT_VENUE = re.compile(
    r"\b(?:bio|med|ar|chem|psy|tech)rxiv\b|\bresearch square\b|\bpreprints?(?:\.org)?\b|\bssrn\b"
)
_REGISTRY_VENUE = re.compile(
    r"\bclinicaltrials\.gov\b|\btrial regist(?:ry|er)\b|\bclinical trials regist(?:ry|er)\b|^isrctn|\bictrp\b"
)
_BESIDE_THE_NAME = re.compile(
    r"\.?\s*\bconference\s*(?:publication)?:.*$|[:;.=]?\s*(?:the )?official (?:journal|publication|organ)\b.*$"
    r"|\([^()]*\)|\[[^\[\]]*\]"
)
_ELISION = re.compile(r"\b[dl]['’]", re.IGNORECASE)
_MEETING = re.compile(r"\b(?:conference|congress|annual meeting|symposium|scientific sessions?|annual scientific)\b")
_ARTICLE_WORDS = "the of and for in on de la le les des der die das del du di a an et und"
_ARTICLES = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "in",
        "on",
        "de",
        "la",
        "le",
        "les",
        "des",
        "der",
        "die",
        "das",
        "del",
        "du",
        "di",
        "a",
        "an",
        "et",
        "und",
    ]
)


@dataclass(frozen=True, slots=True)
class Venue:
    """A venue as it is compared, and what its name tells about the records in it."""

    words: tuple[str, ...]
    is_registry: bool
    is_preprint_server: bool
    is_meeting: bool


def read_facts(record: SourceRecord) -> Facts:
    """Return the keys of a record. Identifiers may be in any spelling; those not recognised are left out."""
    venue = read_venue(record.venue)
    doi = doi_key(record.doi)
    registrations = registration_keys(record.registration)
    form = _form(record, venue, doi)
    found = {doi, _key("pmid", record.pmid), _key("pmcid", record.pmcid), _key("openalex", record.openalex)}
    if record.accession:
        found.add(f"own:{record.source} {record.accession}")
    if form is Form.REGISTRATION:
        found |= registrations
    family, names = _names(record.authors[0]) if record.authors else (frozenset(), frozenset())
    return Facts(
        record=record,
        identifiers=frozenset(found - {""}),
        trials=frozenset() if form is Form.REGISTRATION else registrations,
        linked=frozenset(key for text in record.linked for key in any_keys(text)) if record.linked else frozenset(),
        form=form,
        title=read_title(record.title),
        family=family,
        names=names,
        tells_family=bool(record.authors) and "," in record.authors[0],
        venue=venue.words,
        volume=_numbers(record.volume),
        issue=_numbers(record.issue),
        pages=_pages(record.pages),
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
    known = {doi_key(text), _key("pmcid", text), _key("openalex", text), _key("pmid", text)}
    registration = identifiers.normalise_registry(re.sub(r"^EUCTR-?|(?<=\d{4}-\d{6}-\d\d)-[A-Z]{2}$", "", text))
    return frozenset(known - {""}) | (registration_keys(text) if registration else frozenset())


def _key(scheme: str, text: str) -> str:
    known = (
        identifiers.normalise(scheme, re.sub(r"^https?://\S+/(?=(?:PMC)?\d+/?$)", "", text).rstrip("/"))
        if text
        else None
    )
    return f"{scheme}:{known}" if known else ""


def _form(record: SourceRecord, venue: Venue, doi: str) -> Form:
    if record.kind is RecordKind.REGISTRATION or doi.startswith("doi:10.1186/isrctn") or venue.is_registry:
        return Form.REGISTRATION
    if _PREPRINT_DOI.match(doi[4:]) or record.kind is RecordKind.PREPRINT or (venue.is_preprint_server and not doi):
        return Form.PREPRINT
    if record.kind is RecordKind.CONFERENCE_ABSTRACT or venue.is_meeting:
        return Form.ABSTRACT
    return Form.REPORT


def _names(author: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of the family name and of the whole name of an author."""
    if author.strip("[] .").lower() in ("", "unknown", "anonymous", "anon"):
        return frozenset(), frozenset()
    before, comma, after = author.partition(",")
    family = _name_words(before)
    names = family + [word for word in _name_words(after) if len(word) > 2]
    if not comma and len(family) > 1:
        family = [word for word in family if len(word) > 2] or family[:1]
        names = family
    return frozenset(family), frozenset(names)


def _name_words(text: str) -> list[str]:
    return [
        word
        for word in _WORD.findall(fold(text).replace("oe", "o").replace("ae", "a").replace("ue", "u"))
        if len(word) > 1
    ]


@lru_cache(maxsize=20_000)
def read_venue(text: str) -> Venue:
    """Return a venue as it is compared: without articles, brackets, and the meeting behind the name of a journal."""
    venue = fold(_ELISION.sub(" ", text[:500]))
    named = _BESIDE_THE_NAME.sub(" ", venue)
    words = _WORD.findall(named if named.strip() else venue)
    return Venue(
        words=tuple(word.replace("ae", "e").replace("oe", "e") for word in words if word not in _ARTICLES),
        is_registry=bool(_REGISTRY_VENUE.search(venue)),
        is_preprint_server=bool(_PREPRINT_VENUE.search(venue)),
        is_meeting=bool(_MEETING.search(venue)),
    )


def _numbers(text: str) -> frozenset[int]:
    return frozenset(int(number) for number in _NUMBER.findall(text[:40])) if text else frozenset()


def _pages(text: str) -> tuple[str, ...]:
    """Return first and last page; articles with a number instead of pages have that number."""
    if not text or "no pag" in text.lower() or _DATE_FOR_PAGES.search(text.lower()):
        return ()
    bare = _PAGE_WORD.sub("", text[:60].lower())
    found = [page.lstrip("0") for page in _PAGE.findall(bare)]
    if not found or not found[0]:
        return ()
    first, last = found[0], found[1] if len(found) > 1 else found[0]
    digits, short = first.lstrip("abcdefghijklmnopqrstuvwxyz"), last.lstrip("abcdefghijklmnopqrstuvwxyz")
    last = digits[: len(digits) - len(short)] + short if len(short) < len(digits) else short
    return (first, last)
