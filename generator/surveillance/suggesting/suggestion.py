"""The text of a suggestion -> the identifiers in it and what its sender says. Everything in it is untrusted.

The headings are the labels of `.github/ISSUE_TEMPLATE/suggest-a-study.yml`; a text without them is read as a whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from generator import identifiers
from generator.surveillance.formats.reading.mentions import registrations_in

DOI, PMID, TRIAL, LINK = "DOI", "PubMed id", "Trial registration id", "Link"
WHY, CREDIT, INTERESTS = "Why does it belong in the review?", "Name for the credit", "Conflict of interest"
FIELDS = (DOI, PMID, TRIAL, LINK, WHY, CREDIT, INTERESTS)
LONGEST = 200_000
"""Characters of a suggestion that are read; GitHub takes 65,536."""
MOST = 20
"""Identifiers of one suggestion that are looked at; the others are counted."""
_NO_RESPONSE = "_No response_"
_LONGEST_WORD, _LONGEST_NAME, _LONGEST_TEXT = 500, 100, 1_000
_HEADING = re.compile(r"^###[ \t]+(.{1,100}?)[ \t]*$", re.MULTILINE)
_WORD = re.compile(r"[^\s<>\"“”|]+")
_CUT_DOI = re.compile(r"<\d")
"""What follows the first half of an old DOI that holds such signs; half a DOI is worse than none."""
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/.+", re.ASCII | re.DOTALL)
_AFTER_DOI = re.compile(r"/(?:full|fulltext|abstract|pdf|epdf|meta|html?)$", re.IGNORECASE)
_FILE_OF_DOI = re.compile(r"(?:/(?:tables|figures)/\d+|\.pdf)$", re.IGNORECASE)
_PREPRINT_VERSION = re.compile(r"(10\.\d+/\d[\d.]*)v\d+(?:[./][a-z./-]+)?$", re.IGNORECASE)
"""Addresses of bioRxiv and medRxiv put the version behind the DOI: `10.1101/2099.01.01.123456v1.full`."""
_PUBMED = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/|europepmc\.org/(?:article|abstract)/med/)"
    r"(?:\?term=)?([1-9]\d{0,8})(?!\d)",
    re.ASCII | re.IGNORECASE,
)
_PMID = re.compile(r"\bPMID:?\s{0,3}([1-9]\d{0,8})\b", re.IGNORECASE | re.ASCII)
_PMCID = re.compile(r"(?<![A-Za-z0-9])PMC\d{1,9}(?!\d)", re.IGNORECASE | re.ASCII)
_OPENALEX = re.compile(r"openalex\.org/(?:works/)?(W\d{4,12})(?!\d)", re.IGNORECASE | re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+\Z")


@dataclass(frozen=True)
class Identifier:
    """What a document or a trial can be found by."""

    scheme: str
    """Field of a record: doi, pmid, pmcid, openalex, registration or url."""
    value: str
    """In normal spelling."""

    @property
    def address(self) -> str:
        """Where it leads, as this project spells it; empty for a link, which is never made clickable."""
        if self.scheme == "url":
            return ""
        scheme = "registry" if self.scheme == "registration" else self.scheme
        return identifiers.address(scheme, self.value) or ""


@dataclass(frozen=True)
class Suggestion:
    """What a suggestion says, on single lines without signs that cannot be printed."""

    identifiers: tuple[Identifier, ...]
    n_left: int = 0
    """Identifiers beyond the first `MOST`."""
    unreadable: tuple[tuple[str, str], ...] = ()
    """Name and content of each field that was filled in without an identifier that could be read."""
    title: str = ""
    why: str = ""
    credit: str = ""
    interests: str = ""


def read(body: str, title: str = "") -> Suggestion:
    """Return what a suggestion says. Identifiers come from their own fields; only without any, from all of the text."""
    fields = _fields(body[:LONGEST].replace("\r\n", "\n"))
    found: list[Identifier] = []
    unreadable = []
    for name in (DOI, PMID, TRIAL, LINK):
        given = fields.get(name, "")
        here = list(_identifiers_in(given, name))
        found += here
        if given and not here:
            unreadable.append((name, plain(given, _LONGEST_NAME)))
    known = list(dict.fromkeys(found)) or list(
        dict.fromkeys(_identifiers_in(f"{title[:_LONGEST_TEXT]}\n{body[:LONGEST]}", ""))
    )
    return Suggestion(
        tuple(known[:MOST]),
        max(0, len(known) - MOST),
        tuple(unreadable),
        plain(title, _LONGEST_TEXT),
        plain(fields.get(WHY, ""), _LONGEST_TEXT),
        name_of(fields.get(CREDIT, "")),
        plain(fields.get(INTERESTS, ""), _LONGEST_TEXT),
    )


def plain(text: str, longest: int) -> str:
    """Return text on one line, without signs that cannot be printed, cut where it is too long."""
    flat = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 4 * longest]).split())
    return flat if len(flat) <= longest else f"{flat[:longest]} […]"


def name_of(text: str) -> str:
    """Return the name of a person as it may stand in a record."""
    return plain(re.sub(r"[<>]", " ", text), _LONGEST_NAME)


def _fields(body: str) -> dict[str, str]:
    """Return what stands below each heading of the form; a heading that comes again is text."""
    found: dict[str, str] = {}
    places: list[tuple[str, int, int]] = []
    for match in _HEADING.finditer(body):
        if match[1] in FIELDS and match[1] not in {name for name, _, _ in places}:
            places.append((match[1], match.start(), match.end()))
    ends = [*(start for _, start, _ in places), len(body)][1:]
    for (name, _, start), end in zip(places, ends, strict=True):
        text = body[start:end].strip()
        found[name] = "" if text == _NO_RESPONSE else text
    return found


def _identifiers_in(text: str, field: str) -> Iterator[Identifier]:
    """Yield the identifiers in a text, field by field of their own kind; `field` is empty for any text."""
    if field == TRIAL:
        whole = (identifiers.normalise_registry(line[:_LONGEST_NAME]) for line in text.splitlines())
        yield from (Identifier("registration", one) for one in whole if one)
    for match in _PMID.finditer(text):
        yield Identifier("pmid", match[1])
    for match in _WORD.finditer(text):
        if not _CUT_DOI.match(text, match.end()):
            yield from _in_word(match[0][:_LONGEST_WORD], field)


def _in_word(word: str, field: str) -> Iterator[Identifier]:
    doi = _doi_in(word)
    if doi:
        yield Identifier("doi", doi)
        return
    found = [Identifier("registration", one) for one in registrations_in([word])]
    found += [Identifier("pmid", match[1]) for match in _PUBMED.finditer(word)]
    found += [Identifier("pmcid", match[0].upper()) for match in _PMCID.finditer(word)]
    found += [Identifier("openalex", match[1].upper()) for match in _OPENALEX.finditer(word)]
    bare = identifiers.normalise_pmid(word.strip(".,;:()[]")) if field == PMID and not found else None
    address = word[word.find("http") :].rstrip(".,;:!?)]") if "http" in word and not found else ""
    if bare:
        found.append(Identifier("pmid", bare))
    elif field in (LINK, "") and address.isprintable() and _ADDRESS.match(address):
        found.append(Identifier("url", address))
    yield from found


def _doi_in(word: str) -> str | None:
    """Return the DOI in a word: bare, behind `doi:`, or in the address of a page about it."""
    is_address = "://" in word
    match = _DOI.search(unquote(word) if is_address else word)
    if not match:
        return None
    doi = match[0].rstrip(".,;:!?'*_`")
    for opening, closing in ("()", "[]", "{}"):  # a bracket that was opened before the DOI ends outside it
        while doi.endswith(closing) and doi.count(closing) > doi.count(opening):
            doi = doi[:-1].rstrip(".,;:")
    if is_address:
        is_parameter = "?" in word[: word.find("10.")]
        doi = _AFTER_DOI.sub("", re.split(r"[?#&]" if is_parameter else r"[?#]", doi)[0].rstrip("/"))
    if is_address and "doi.org/" not in word.lower():  # a page about the document, with an address of its own making
        doi = _PREPRINT_VERSION.sub(r"\1", _FILE_OF_DOI.sub("", doi))
    return identifiers.normalise_doi(doi)
