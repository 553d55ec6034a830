"""ClinicalTrials.gov, through its API version 2: a query in its own syntax -> registrations with their facts.

Described in the registry's OpenAPI document, version 2.0.5. Contact persons are never asked for.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from generator.identifiers import normalise_registry
from generator.model.registry_record import RegistryRecord
from generator.model.registry_status import RegistryStatus
from generator.model.source_record import RecordKind, SourceRecord
from generator.model.trial import Phase
from generator.surveillance.asking.answers import Page, Query
from generator.surveillance.asking.jsonreading import dig, objects, text, texts
from generator.surveillance.asking.web import Reply, Request, SourceError, UnreadableReplyError, Web
from generator.surveillance.formats.reading.dates import partial_date
from generator.surveillance.formats.reading.mentions import registrations_in

ADDRESS = "https://clinicaltrials.gov/api/v2"
OVERLAP_DAYS = 14
"""Registrations are posted on working days, and a day's data may come late; the registry's own feed spans 14 days."""
_AT_MOST_PER_SECOND = 0.8
"""About 50 requests a minute are served to one address, as users report; the registry states no number."""
_IDS_PER_REQUEST = 100
_MARKDOWN_ESCAPE = re.compile(r"\\([<>*_\[\]~`#\\])")
"""Long texts come as Markdown, in which `<` is escaped; titles come plain."""
_MODULES = (
    "IdentificationModule",
    "StatusModule",
    "SponsorCollaboratorsModule",
    "DescriptionModule",
    "ConditionsModule",
    "DesignModule",
    "ArmsInterventionsModule",
    "ReferencesModule",
    "LocationCountry",
    "HasResults",
)


def key_of(known: SourceRecord) -> str:
    """Return the NCT number of a known record."""
    return known.registration if known.registration.startswith("NCT") else ""


def search(query: Query, web: Web) -> Iterator[Page]:
    """Yield the registrations that a strategy finds, newest change first; the window is the day of the last update."""
    address = web.address("CLINICALTRIALS", ADDRESS)
    version = web.ask(Request(f"{address}/version", at_most_per_second=_AT_MOST_PER_SECOND), _object)
    note = f"data of {text(version, 'dataTimestamp')}" if text(version, "dataTimestamp") else ""
    ids = query.only
    for start in range(0, len(ids) or 1, _IDS_PER_REQUEST):
        params = _params(query, ids[start : start + _IDS_PER_REQUEST])
        part = str(start) if len(ids) > _IDS_PER_REQUEST else ""
        tokens = [""]
        while True:
            turned = params | ({"pageToken": tokens[-1]} if tokens[-1] else {})
            request = Request(f"{address}/studies", turned, at_most_per_second=_AT_MOST_PER_SECOND)
            found = web.ask(request, partial(_studies, query.source))
            yield Page(found.records, found.n_total, request.address, note, part=part)
            if not found.next_token:
                break
            if found.next_token in tokens:  # a page may be empty, so that its records do not show the repetition
                raise SourceError("the same page token came twice")
            tokens.append(found.next_token)


def _params(query: Query, ids: tuple[str, ...]) -> dict[str, str]:
    params = {"query.term": query.strategy} if query.strategy else {}
    if query.since:
        params["filter.advanced"] = f"AREA[LastUpdatePostDate]RANGE[{query.since},MAX]"
    if ids:
        params["filter.ids"] = "|".join(ids)
    return params | {
        "fields": "|".join(_MODULES),
        "sort": "LastUpdatePostDate:desc",  # without it the order changes from page to page
        "pageSize": "200",
        "countTotal": "true",
        "format": "json",
    }


def _object(reply: Reply) -> Mapping[str, object]:
    found = reply.json()
    if not isinstance(found, dict):
        raise UnreadableReplyError(f"expected a JSON object, got {reply.sketch}")
    return found


@dataclass(frozen=True)
class _Studies:
    """One page of the registry."""

    records: tuple[SourceRecord, ...]
    n_total: int | None
    """Stated on the first page only."""
    next_token: str


def _studies(source: str, reply: Reply) -> _Studies:
    found = _object(reply)
    listed, studies = found.get("studies"), objects(found, "studies")
    if not isinstance(listed, list) or len(listed) != len(studies):
        raise UnreadableReplyError(f"expected a list of studies, got {reply.sketch}")
    total = found.get("totalCount")
    return _Studies(
        records=tuple(_record(study, source) for study in studies),
        n_total=total if isinstance(total, int) else None,
        next_token=text(found, "nextPageToken"),
    )


def _record(study: Mapping[str, object], source: str) -> SourceRecord:
    """Return one registration as a record; a study without an NCT number is an answer of another layout."""
    protocol = dig(study, "protocolSection")
    names, status = dig(protocol, "identificationModule"), dig(protocol, "statusModule")
    nct = normalise_registry(text(names, "nctId"))
    if not nct:
        raise UnreadableReplyError("a study without its NCT number")
    trial = _trial(study, nct)
    cited = objects(protocol, "referencesModule", "references")
    pmids = (f"PMID:{text(one, 'pmid')}" for one in cited if text(one, "type") != "BACKGROUND" and text(one, "pmid"))
    return SourceRecord(
        source=source,
        title=trial.title,
        year=int(trial.registered[:4]) if trial.registered else None,
        published=_date(status, "studyFirstPostDateStruct", "date"),
        venue="ClinicalTrials.gov",
        registration=nct,
        url=f"https://clinicaltrials.gov/study/{nct}",
        abstract=_text_to_screen(protocol, trial),
        kind=RecordKind.REGISTRATION,
        linked=tuple(dict.fromkeys([*trial.secondary_ids, *pmids])),
        accession=nct,
        trial=trial,
    )


def _text_to_screen(protocol: Mapping[str, object], trial: RegistryRecord) -> str:
    conditions = "; ".join(texts(protocol, "conditionsModule", "conditions"))
    parts = (
        text(protocol, "identificationModule", "officialTitle"),
        _MARKDOWN_ESCAPE.sub(r"\1", text(protocol, "descriptionModule", "briefSummary")),
        f"Condition: {conditions}." if conditions else "",
        f"Intervention: {trial.intervention}." if trial.intervention else "",
    )
    return " ".join(part for part in parts if part)


def _trial(study: Mapping[str, object], nct: str) -> RegistryRecord:
    protocol = dig(study, "protocolSection")
    names, status = dig(protocol, "identificationModule"), dig(protocol, "statusModule")
    design = dig(protocol, "designModule")
    given = objects(protocol, "armsInterventionsModule", "interventions")
    printed = text(status, "overallStatus")
    places = objects(protocol, "contactsLocationsModule", "locations")
    secondary = [text(one, "id") for one in objects(names, "secondaryIdInfos")]
    secondary += [text(names, "orgStudyIdInfo", "id"), *texts(names, "nctIdAliases")]  # aliases: former NCT numbers
    people = dig(design, "enrollmentInfo").get("count")
    has_results = study.get("hasResults")
    return RegistryRecord(
        registration=nct,
        title=text(names, "briefTitle") or text(names, "officialTitle"),
        intervention="; ".join(text(one, "name") for one in given if text(one, "name")),
        status=RegistryStatus.__members__.get(printed),
        status_as_printed=printed,
        registry_updated=_date(status, "lastUpdatePostDateStruct", "date"),
        secondary_ids=tuple(found for found in registrations_in(secondary) if found != nct),
        study_type=text(design, "studyType"),
        phases=tuple(Phase[one] for one in texts(design, "phases") if one in Phase.__members__),
        allocation=text(design, "designInfo", "allocation"),
        model=text(design, "designInfo", "interventionModel"),
        masking=text(design, "designInfo", "maskingInfo", "masking"),
        n_enrolled=people if isinstance(people, int) and not isinstance(people, bool) else None,
        enrolment_kind=text(design, "enrollmentInfo", "type").lower(),
        sponsor=text(protocol, "sponsorCollaboratorsModule", "leadSponsor", "name"),
        countries=tuple(dict.fromkeys(text(place, "country") for place in places if text(place, "country"))),
        registered=_date(status, "studyFirstSubmitDate"),
        start=_date(status, "startDateStruct", "date"),
        primary_completion=_date(status, "primaryCompletionDateStruct", "date"),
        completion=_date(status, "completionDateStruct", "date"),
        results_posted=_date(status, "resultsFirstPostDateStruct", "date"),
        has_results=has_results if isinstance(has_results, bool) else None,
    )


def _date(held: Mapping[str, object], *path: str) -> str:
    return partial_date(text(held, *path))
