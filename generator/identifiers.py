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


REGISTRIES = (
    Registry("ClinicalTrials.gov", re.compile(r"NCT\d{8}"), "https://clinicaltrials.gov/study/{}"),
    Registry("ISRCTN", re.compile(r"ISRCTN\d{8}"), "https://www.isrctn.com/{}"),
    Registry("CTRI", re.compile(r"CTRI/\d{4}/\d{2,3}/\d{6}")),
    Registry("ChiCTR", re.compile(r"ChiCTR(?:-[A-Z]{2,5}-\d{8}|\d{10})")),
    Registry("EU CTIS", re.compile(r"20\d{2}-5\d{5}-\d{2}-\d{2}"), "https://euclinicaltrials.eu/ctis-public/view/{}"),
    Registry("EudraCT", re.compile(r"20\d{2}-\d{6}-\d{2}")),
    Registry("DRKS", re.compile(r"DRKS\d{8}"), "https://drks.de/search/en/trial/{}"),
    Registry("ANZCTR", re.compile(r"ACTRN126\d{11}"), "https://www.anzctr.org.au/{}.aspx"),
    Registry("jRCT", re.compile(r"jRCTs?\d{9,10}"), "https://jrct.mhlw.go.jp/en-latest-detail/{}"),
    Registry("UMIN-CTR", re.compile(r"UMIN\d{9}")),
    Registry("IRCT", re.compile(r"IRCT\d{11,14}N\d+")),
    Registry("CRIS", re.compile(r"KCT\d{7}")),
    Registry("PACTR", re.compile(r"PACTR\d{12,16}")),
    Registry("TCTR", re.compile(r"TCTR\d{11}")),
    Registry("ReBec", re.compile(r"RBR-[0-9a-z]{6,8}")),
    Registry("SLCTR", re.compile(r"SLCTR/\d{4}/\d{3}")),
    Registry("RPCEC", re.compile(r"RPCEC\d{8}")),
    Registry("LBCTR", re.compile(r"LBCTR\d{10}")),
    Registry("NTR", re.compile(r"N(?:TR|L)\d{3,5}")),
    Registry("PER", re.compile(r"PER-\d{3}-\d{2}")),
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
    return bare if re.fullmatch(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+", bare) else None


def normalise_pmid(text: str) -> str | None:
    """Return the digits of a PubMed id, or None."""
    match = re.fullmatch(r"(?:PMID:?\s*)?([1-9]\d{0,8})", text.strip(), flags=re.IGNORECASE)
    return match[1] if match else None


def normalise_pmcid(text: str) -> str | None:
    """Return a PubMed Central id as `PMC…`, or None."""
    match = re.fullmatch(r"PMC(\d{1,9})", text.strip(), flags=re.IGNORECASE)
    return f"PMC{match[1]}" if match else None


def normalise_openalex(text: str) -> str | None:
    """Return an OpenAlex work id as `W…`, or None."""
    match = re.fullmatch(
        r"(?:https?://(?:api\.)?openalex\.org/(?:works/)?)?(W\d{4,12})", text.strip(), flags=re.IGNORECASE
    )
    return match[1].upper() if match else None


def normalise_orcid(text: str) -> str | None:
    """Return an ORCID whose check digit (ISO 7064 11,2) is right, or None."""
    match = re.fullmatch(r"(?:https?://orcid\.org/)?((?:\d{4}-){3}\d{3}[\dXx])", text.strip())
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
    bare = re.sub(r"^JPRN-", "", text.strip(), flags=re.IGNORECASE)
    for spelling in (bare, bare.upper(), bare.replace(" ", "")):
        if any(registry.pattern.fullmatch(spelling) for registry in REGISTRIES):
            return spelling
    folded = re.sub(r"^chictr", "ChiCTR", bare, flags=re.IGNORECASE)
    return folded if any(registry.pattern.fullmatch(folded) for registry in REGISTRIES) else None


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
    direct = normalise_registry(stem)
    return direct if direct == stem else normalise_registry(stem.replace("-", "/"))


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
