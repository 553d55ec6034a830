"""Identifiers and kinds of documents inside other text. Their spelling belongs to `generator.identifiers`."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from generator.identifiers import REGISTRIES, normalise_doi, normalise_pmid, normalise_registry
from generator.model.source_record import RecordKind

_DOI = re.compile(r"(?:\bdoi\s*[:=]\s*|\bdoi\.org/)(10\.\d{4,9}(?:\.\d+)*(?:/|%2f)[^&\s\"<>]+)", re.IGNORECASE)
_PUBMED_ADDRESS = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/([1-9]\d{0,8})\b")
_PMID = re.compile(r"\bPMID:?\s*([1-9]\d{0,8})\b", re.IGNORECASE)
_REGISTRATION = re.compile(
    rf"(?<![A-Za-z0-9])(?:{'|'.join(registry.pattern.pattern for registry in REGISTRIES)})(?![A-Za-z0-9]|\.\d)",
    re.IGNORECASE,
)
_RETRACTED_TITLE = re.compile(r"\W*(?:retracted|withdrawn)(?: article| paper)?\s*[:\]\-–—]", re.IGNORECASE)

KINDS = (
    ("erratum", RecordKind.ERRATUM),
    ("corrigendum", RecordKind.ERRATUM),
    ("correction", RecordKind.ERRATUM),
    ("preprint", RecordKind.PREPRINT),
    ("retraction", RecordKind.ERRATUM),  # the notice, which is about another document
    ("trial registry", RecordKind.REGISTRATION),  # Cochrane: "Trial registry record"
    ("registration", RecordKind.REGISTRATION),
    ("abstract", RecordKind.CONFERENCE_ABSTRACT),
    ("conference paper", RecordKind.ARTICLE),
    ("conference review", RecordKind.OTHER),
    ("article", RecordKind.ARTICLE),
    ("journal", RecordKind.ARTICLE),
    ("review", RecordKind.ARTICLE),
    ("letter", RecordKind.ARTICLE),
    ("editorial", RecordKind.ARTICLE),
    ("note", RecordKind.ARTICLE),
    ("short survey", RecordKind.ARTICLE),
)
"""Words in a database's types of document -> kind of record. The first that is in any of them counts."""
KIND_CODES = {
    "ABST": RecordKind.CONFERENCE_ABSTRACT,
    "CONF": RecordKind.CONFERENCE_ABSTRACT,
    "CPAPER": RecordKind.CONFERENCE_ABSTRACT,
    "EJOUR": RecordKind.ARTICLE,
    "INPR": RecordKind.ARTICLE,
    "JFULL": RecordKind.ARTICLE,
    "JOUR": RecordKind.ARTICLE,
    "INPROCEEDINGS": RecordKind.CONFERENCE_ABSTRACT,
    "CONFERENCE": RecordKind.CONFERENCE_ABSTRACT,
}
"""Type codes of RIS and BibTeX that say more than their words."""


def doi_in(texts: Iterable[str]) -> str:
    """Return the first DOI: a whole text that is one, or one behind `doi:`, `doi=` or `doi.org/`; else empty."""
    for text in texts:
        bare = text.removesuffix(" [doi]")
        whole = normalise_doi(unquote(bare) if bare.lower().startswith("http") else bare)
        if whole:
            return whole
        for mention in _DOI.findall(text):
            found = normalise_doi(unquote(mention))
            if found:
                return found
    return ""


def pmid_in(stated: Iterable[str], mentioned: Iterable[str]) -> str:
    """Return the first PubMed id: of the fields that state one, else of an address of PubMed; else empty."""
    found = (normalise_pmid(text.removesuffix(".0")) for text in stated)
    addresses = (match[1] for text in mentioned for match in _PUBMED_ADDRESS.finditer(text))
    return next((pmid for pmid in (*found, *addresses) if pmid), "")


def registrations_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return every registration id of a known registry in the texts, in its normal spelling, each once."""
    found = (normalise_registry(match[0]) for text in texts for match in _REGISTRATION.finditer(text))
    return tuple(dict.fromkeys(registration for registration in found if registration))


def identifiers_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the identifiers of related documents in the texts: registrations, DOIs, PubMed ids (`PMID:123`)."""
    known = list(texts)
    dois = (doi_in([text]) for text in known)
    pmids = (f"PMID:{match[1]}" for text in known for match in _PMID.finditer(text))
    return tuple(dict.fromkeys([*registrations_in(known), *filter(None, dois), *pmids]))


def kind_in(types: Iterable[str]) -> RecordKind:
    """Return the kind that the types of a document say, by words first and by codes then; OTHER when they say none."""
    known = list(types)
    for words, kind in KINDS:
        if any(re.search(rf"\b{words}\b", text, re.IGNORECASE) for text in known):
            return kind
    return next((KIND_CODES[text.upper()] for text in known if text.upper() in KIND_CODES), RecordKind.OTHER)


def retracted_in(title: str, types: Iterable[str]) -> bool | None:
    """Return True when the title or a type of document says the document is retracted, None when nothing does.

    A notice that retracts another document ("Retraction of Publication") is not itself retracted.
    """
    flagged = any("retracted" in text.lower() for text in types)
    return True if flagged or _RETRACTED_TITLE.match(title) else None
