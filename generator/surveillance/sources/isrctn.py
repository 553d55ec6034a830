"""ISRCTN registry, through its XML query API: a query in the registry's syntax -> registrations with their facts.

The layout is `format/default`. Contact persons are not read, and not the paragraph of the summary that names them. The
registry states no recruitment status unless a person has set one; nothing is derived from its dates here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from generator.identifiers import normalise_registry
from generator.model.registry_record import RegistryRecord
from generator.model.registry_status import RegistryStatus
from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.asking.answers import Page, Query
from generator.surveillance.asking.web import Reply, Request, SourceError, UnreadableReplyError, Web
from generator.surveillance.formats.reading.dates import partial_date
from generator.surveillance.formats.reading.fields import one_line
from generator.surveillance.formats.reading.mentions import doi_in, pmid_in, registrations_in
from generator.surveillance.formats.reading.phases import phases_in

ADDRESS = "https://www.isrctn.com/api"
OVERLAP_DAYS = 14
"""A record is edited on one day and published after the registry has looked at it, which may take days."""
LICENCE = "cc-by"
"""The registry's terms: what registrants write may be used under CC BY 4.0, the plain facts under CC0."""
_AT_MOST_PER_SECOND = 1.0
_PER_PAGE = 100
_IDS_PER_REQUEST = 50
_CONTACT = "Who is the main contact?"


def key_of(known: SourceRecord) -> str:
    """Return the ISRCTN of a known record."""
    return known.registration if known.registration.startswith("ISRCTN") else ""


def search(query: Query, web: Web) -> Iterator[Page]:
    """Yield the registrations that a strategy finds; the window is the day of the last edit."""
    ids = query.only
    for start in range(0, len(ids) or 1, _IDS_PER_REQUEST):
        some = ids[start : start + _IDS_PER_REQUEST]
        yield from _pages(query, some, web, str(start) if len(ids) > _IDS_PER_REQUEST else "")


def _pages(query: Query, ids: tuple[str, ...], web: Web, part: str) -> Iterator[Page]:
    """Yield every page of one request. Other trials mention an ISRCTN in their text too; these are left away again."""
    offset = 0
    while True:
        params = {"q": _terms(query, ids), "limit": str(_PER_PAGE), "offset": str(offset)}
        address = f"{web.address('ISRCTN', ADDRESS)}/query/format/default"
        request = Request(address, params, at_most_per_second=_AT_MOST_PER_SECOND)
        found = web.ask(request, partial(_trials, query.source))
        wanted = tuple(record for record in found.records if not ids or record.accession in ids)
        yield Page(wanted, None if ids else found.n_total, request.address, part=part)
        offset += len(found.records)
        if offset >= found.n_total:
            return
        if not found.records:
            raise SourceError(f"{found.n_total} records announced, {offset} received")


def _terms(query: Query, ids: tuple[str, ...]) -> str:
    parts = [f"({query.strategy})"] if query.strategy else []
    parts += [f"({' OR '.join(ids)})"] if ids else []
    parts += [f"lastEdited GE {query.since}T00:00:00.000Z"] if query.since else []
    return " AND ".join(parts)


@dataclass(frozen=True)
class _Trials:
    """One page of the registry."""

    records: tuple[SourceRecord, ...]
    n_total: int


def _trials(source: str, reply: Reply) -> _Trials:
    root = _tree(reply)
    total = root.get("totalCount", "")
    if root.tag != "allTrials" or not (total.isascii() and total.isdigit()):
        raise UnreadableReplyError(f"expected a list of trials with their total, got {reply.sketch}")
    return _Trials(tuple(_record(trial, source) for trial in root.findall("fullTrial")), int(total))


def _tree(reply: Reply) -> Element:
    """Return the root of an XML reply; names are without their namespace.

    A DOCTYPE, which alone can bring entities and thereby bombs, is refused before it acts.
    """

    def refuse(*_: object) -> None:
        raise UnreadableReplyError(f"the XML has a DOCTYPE: {reply.sketch}")

    def start(name: str, attributes: dict[str, str]) -> None:
        builder.start(_local(name), {_local(key): value for key, value in attributes.items()})

    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: builder.end(_local(name))
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(reply.body, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        raise UnreadableReplyError(f"expected XML, got {reply.sketch} ({reason})") from None
    return builder.close()


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _record(whole: Element, source: str) -> SourceRecord:
    """Return one registration as a record; a trial without its number is an answer of another layout."""
    number = normalise_registry(f"ISRCTN{_text(whole, 'trial/isrctn').removeprefix('ISRCTN')}")
    if not number:
        raise UnreadableReplyError("a trial without its ISRCTN")
    trial = _registered(whole, number)
    return SourceRecord(
        source=source,
        title=trial.title,
        year=int(trial.registered[:4]) if trial.registered else None,
        published=trial.registered,
        venue="ISRCTN registry",
        doi=doi_in([_text(whole, "trial/externalRefs/doi")]),
        registration=number,
        url=f"https://www.isrctn.com/{number}",
        abstract=_text_to_screen(whole),
        licence=LICENCE,
        kind=RecordKind.REGISTRATION,
        linked=tuple(dict.fromkeys([*trial.secondary_ids, *_publications(whole)])),
        accession=number,
        trial=trial,
    )


def _text_to_screen(whole: Element) -> str:
    summary = _text(whole, "trial/trialDescription/plainEnglishSummary").partition(_CONTACT)[0]
    given = _texts(whole, "trial/interventions/intervention/description")
    conditions = _texts(whole, "trial/conditions/condition/description")
    parts = (
        _text(whole, "trial/trialDescription/scientificTitle"),
        _text(whole, "trial/trialDescription/studyHypothesis"),
        summary,
        f"Design: {_text(whole, 'trial/trialDesign/studyDesign')}.",
        f"Condition: {'; '.join(conditions)}.",
        f"Intervention: {'; '.join([*_names_of_drugs(whole), *given])}.",
    )
    return " ".join(one_line(part) for part in parts if part and not part.endswith(": ."))


def _registered(whole: Element, number: str) -> RegistryRecord:
    printed, status = _status(whole)
    final = _count(whole, "trial/participants/totalFinalEnrolment")
    n_enrolled = _count(whole, "trial/participants/targetEnrolment") if final is None else final
    edited = whole.find("trial")
    assigned = whole.find("trial/isrctn")
    title = _text(whole, "trial/trialDescription/title") or _text(whole, "trial/trialDescription/scientificTitle")
    references = [element.text or "" for element in whole.findall("trial/externalRefs//*") if element.tag != "doi"]
    return RegistryRecord(
        registration=number,
        title=one_line(title),
        intervention="; ".join(_names_of_drugs(whole)),
        status=status,
        status_as_printed=printed,
        registry_updated=_day(edited.get("lastUpdated", "")) if edited is not None else "",
        secondary_ids=tuple(found for found in registrations_in(references) if found != number),
        study_type=_text(whole, "trial/trialDesign/primaryStudyDesign"),
        phases=phases_in("; ".join(_texts(whole, "trial/interventions/intervention/phase"))),
        n_enrolled=n_enrolled,
        enrolment_kind="" if n_enrolled is None else "estimated" if final is None else "actual",
        sponsor=next(iter(_texts(whole, "sponsor/organisation")), ""),
        countries=tuple(dict.fromkeys(_texts(whole, "trial/participants/recruitmentCountries/country"))),
        registered=_day(assigned.get("dateAssigned", "")) if assigned is not None else "",
        start=_day(_text(whole, "trial/participants/recruitmentStart")),
        completion=_day(_text(whole, "trial/trialDesign/overallEndDate")),
    )


def _status(whole: Element) -> tuple[str, RegistryStatus | None]:
    """Return the words of a status that was set by a person, and what they mean; nothing where none was set.

    Only two words are known, `Stopped` and `Suspended`. A recruitment that stopped says nothing about the trial.
    """
    overall = _text(whole, "trial/trialDesign/overallStatusOverride")
    recruitment = _text(whole, "trial/participants/recruitmentStatusOverride")
    if overall == "Stopped":
        return overall, RegistryStatus.TERMINATED
    if "Suspended" in (overall, recruitment):
        return "Suspended", RegistryStatus.SUSPENDED
    return overall or (f"Recruitment: {recruitment}" if recruitment else ""), None


def _publications(whole: Element) -> list[str]:
    """Return DOIs and PubMed ids of publications that the registration names, one address or passage each."""
    passages = [value for element in whole.findall("trial/outputs//*") for value in element.attrib.values()]
    passages += [element.text or "" for element in whole.findall("trial/outputs//*")]
    passages += re.split(r"\s", _text(whole, "trial/results/publicationDetails"))
    dois = (doi_in([passage]) for passage in passages)
    pmids = (pmid_in([], [passage]) for passage in passages)
    return [*filter(None, dois), *(f"PMID:{pmid}" for pmid in pmids if pmid)]


def _names_of_drugs(whole: Element) -> list[str]:
    return _texts(whole, "trial/interventions/intervention/drugNames")


def _texts(whole: Element, path: str) -> list[str]:
    found = ("".join(element.itertext()).strip() for element in whole.findall(path))
    return [text for text in found if text]


def _text(whole: Element, path: str) -> str:
    return next(iter(_texts(whole, path)), "")


def _count(whole: Element, path: str) -> int | None:
    text = _text(whole, path)
    return int(text) if text.isascii() and text.isdigit() else None


def _day(moment: str) -> str:
    """Return the day of a moment such as `2026-06-18T12:30:12.405392221Z`."""
    return partial_date(moment.partition("T")[0])
