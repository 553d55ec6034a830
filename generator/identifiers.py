"""Identifiers of documents, people and registered trials: recognise, bring to one spelling, link. Asks no service."""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote


class Registry(NamedTuple):
    """A trial registry: its name, the pattern of its ids in normal spelling, and the address of one registration."""

    name: str
    pattern: re.Pattern[str]
    address: str | None = None


def _ids(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


REGISTRIES = (
    Registry("ClinicalTrials.gov", _ids(r"NCT\d{8}"), "https://clinicaltrials.gov/study/{}"),
    Registry("ISRCTN", _ids(r"ISRCTN\d{8}"), "https://www.isrctn.com/{}"),
    Registry("CTRI", _ids(r"CTRI/\d{4}/\d{2,3}/\d{6}")),
    Registry("ChiCTR", _ids(r"ChiCTR(?:-[A-Z]{2,5}-\d{8}|\d{10})")),
    Registry(
        "EU CTIS",
        _ids(r"20\d{2}-5\d{5}-\d{2}-\d{2}"),
        "https://euclinicaltrials.eu/ctis-public/view/{}",
    ),
    Registry("EudraCT", _ids(r"20\d{2}-\d{6}-\d{2}")),
    Registry("DRKS", _ids(r"DRKS\d{8}"), "https://drks.de/search/en/trial/{}"),
    Registry("ANZCTR", _ids(r"ACTRN126\d{11}"), "https://www.anzctr.org.au/{}.aspx"),
    Registry("jRCT", _ids(r"jRCTs?\d{9,10}"), "https://jrct.mhlw.go.jp/en-latest-detail/{}"),
    Registry("UMIN-CTR", _ids(r"UMIN\d{9}")),
    Registry("IRCT", _ids(r"IRCT\d{11,14}N\d+")),
    Registry("CRIS", _ids(r"KCT\d{7}")),
    Registry("PACTR", _ids(r"PACTR\d{12,16}")),
    Registry("TCTR", _ids(r"TCTR\d{11}")),
    Registry("ReBec", _ids(r"RBR-[0-9a-z]{6,8}")),
    Registry("SLCTR", _ids(r"SLCTR/\d{4}/\d{3}")),
    Registry("RPCEC", _ids(r"RPCEC\d{8}")),
    Registry("LBCTR", _ids(r"LBCTR\d{10}")),
    Registry("NTR", _ids(r"N(?:TR|L)\d{3,5}")),
    Registry("PER", _ids(r"PER-\d{3}-\d{2}")),
)
"""Registries whose ids the project understands; the more specific pattern stands first (CTIS before EudraCT)."""

NAMES = {
    "doi": "a DOI",
    "pmid": "a PubMed id",
    "pmcid": "a PubMed Central id",
    "openalex": "an OpenAlex work id",
    "orcid": "an ORCID",
    "registry": "a trial registration id",
}
EXAMPLES = {
    "doi": "10.2217/rme-2023-0110",
    "pmid": "38291234",
    "pmcid": "PMC7827976",
    "openalex": "W2741809807",
    "orcid": "0000-0002-1825-0097",
    "registry": "NCT04849429, ISRCTN12345678 or CTRI/2020/01/022955",
}


def normalise_doi(text: str) -> str | None:
    """Return the DOI in small letters without prefix or trailing punctuation, or None when `text` is no DOI.

    DOIs are compared without regard to case (DOI Handbook, section 2.4), hence the small letters.
    """
    bare = re.sub(r"^(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)", "", text.strip(), flags=re.IGNORECASE).lower()
    bare = bare.rstrip(".,;")
    known = re.fullmatch(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+", bare, re.ASCII)
    return bare if known and bare.isprintable() else None


def normalise_pmid(text: str) -> str | None:
    """Return the digits of a PubMed id, or None."""
    match = re.fullmatch(r"(?:PMID:?\s*)?([1-9]\d{0,8})", text.strip(), re.IGNORECASE | re.ASCII)
    return match[1] if match else None


def normalise_pmcid(text: str) -> str | None:
    """Return a PubMed Central id as `PMC…`, or None."""
    match = re.fullmatch(r"PMC(\d{1,9})", text.strip(), re.IGNORECASE | re.ASCII)
    return f"PMC{match[1]}" if match else None


def normalise_openalex(text: str) -> str | None:
    """Return an OpenAlex work id as `W…`, or None."""
    match = re.fullmatch(
        r"(?:https?://(?:api\.)?openalex\.org/(?:works/)?)?(W\d{4,12})", text.strip(), re.IGNORECASE | re.ASCII
    )
    return match[1].upper() if match else None


def normalise_orcid(text: str) -> str | None:
    """Return an ORCID whose check digit (ISO 7064 11,2) is right, or None."""
    match = re.fullmatch(r"(?:https?://orcid\.org/)?((?:\d{4}-){3}\d{3}[\dXx])", text.strip(), re.ASCII)
    if not match:
        return None
    bare = match[1].upper()
    total = 0
    for digit in bare.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return bare if bare[-1] == ("X" if check == 10 else str(check)) else None


def normalise_registry(text: str) -> str | None:
    """Return a trial registration id in the spelling of its registry, or None when no registry is recognised."""
    bare = re.sub(r"^JPRN-|\s", "", text.strip(), flags=re.IGNORECASE)
    spellings = [bare, bare.upper()]
    for prefix, rest in _MIXED_CASE.items():
        if bare.lower().startswith(prefix.lower()):
            spellings.append(prefix + rest(bare[len(prefix) :]))
    return next((spelling for spelling in spellings if registry_of(spelling)), None)


def registration_of_doi(doi: str) -> str | None:
    """Return the trial registration that a DOI stands for, or None: ISRCTN registers a DOI for each of its records."""
    match = re.fullmatch(r"10\.1186/(isrctn\d{8})", normalise_doi(doi) or "", re.ASCII)
    return match[1].upper() if match else None


_MIXED_CASE: dict[str, Callable[[str], str]] = {"ChiCTR": str.upper, "jRCT": str.lower, "RBR-": str.lower}
"""Registries whose ids hold small letters: the beginning, and the case of the rest."""


_NORMALISERS: dict[str, Callable[[str], str | None]] = {
    "doi": normalise_doi,
    "pmid": normalise_pmid,
    "pmcid": normalise_pmcid,
    "openalex": normalise_openalex,
    "orcid": normalise_orcid,
    "registry": normalise_registry,
}


def normalise(scheme: str, text: str) -> str | None:
    """Return `text` in the normal spelling of `scheme` (a key of `NAMES`), or None when it is no such identifier."""
    return _NORMALISERS[scheme](text)


def registry_of(registration: str) -> Registry | None:
    """Return the registry that a registration id in normal spelling belongs to."""
    return next((registry for registry in REGISTRIES if registry.pattern.fullmatch(registration)), None)


def file_name(registration: str) -> str:
    """Return the file name, without `.yml`, for a registered trial; slashes become hyphens."""
    return registration.replace("/", "-")


def from_file_name(stem: str) -> str | None:
    """Return the registration id that `file_name` wrote as `stem`, or None."""
    readings = (normalise_registry(stem), normalise_registry(stem.replace("-", "/")))
    return next((reading for reading in readings if reading and file_name(reading) == stem), None)


def address(scheme: str, identifier: str) -> str | None:
    """Return the web address that shows `identifier`, or None where the scheme or the registry has no stable one."""
    if scheme == "registry":
        registry = registry_of(identifier)
        return registry.address.format(quote(identifier, safe="")) if registry and registry.address else None
    prefix = {
        "doi": "https://doi.org/",
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
        "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/",
        "openalex": "https://openalex.org/",
        "orcid": "https://orcid.org/",
    }[scheme]
    return prefix + quote(identifier, safe="/:;()._-")
