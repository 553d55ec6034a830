"""EU CTIS, through the search of its public portal: search criteria as JSON -> registrations with their facts.

The service is not documented by its owner; what is relied on was observed by several users of it: `POST /search` with
`searchCriteria`, `pagination` (the first page is 1; page 0 answers "no records" to everything) and `sort`. No criterion
for dates is known, so that every night asks for everything a strategy finds.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count

from generator.identifiers import address as address_of
from generator.identifiers import normalise_registry, registry_of
from generator.model.registry_record import RegistryRecord
from generator.model.registry_status import RegistryStatus
from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.asking.answers import Page, Query
from generator.surveillance.asking.jsonreading import objects, text, texts
from generator.surveillance.asking.web import Reply, Request, SourceError, UnreadableReplyError, Web
from generator.surveillance.formats.reading.dates import partial_date
from generator.surveillance.formats.reading.fields import one_line
from generator.surveillance.formats.reading.phases import phases_in

ADDRESS = "https://euclinicaltrials.eu/ctis-public-api"
OVERLAP_DAYS = 0
"""The portal has no sure window of dates: `Query.since` is not sent, and everything is asked each time."""
WITHOUT_WINDOW = "asked without a window of dates, which the portal does not offer"
_AT_MOST_PER_SECOND = 2.0
"""Users ask every 0.3 to 0.5 seconds; the portal states no number."""
_PER_PAGE = 100
_ORDERS = ("DESC", "ASC")
_STATUSES = {
    "1": ("Under evaluation", RegistryStatus.NOT_YET_RECRUITING),
    "2": ("Authorised, recruitment pending", RegistryStatus.NOT_YET_RECRUITING),
    "3": ("Authorised, recruiting", RegistryStatus.RECRUITING),
    "4": ("Ongoing, recruiting", RegistryStatus.RECRUITING),
    "5": ("Ongoing, recruitment ended", RegistryStatus.ACTIVE_NOT_RECRUITING),
    "6": ("Temporarily halted", RegistryStatus.SUSPENDED),
    "7": ("Suspended", RegistryStatus.SUSPENDED),
    "8": ("Ended", RegistryStatus.COMPLETED),  # also when ended early: the portal's status does not tell the two apart
    "9": ("Expired", RegistryStatus.WITHDRAWN),  # no participant within two years: Regulation (EU) 536/2014, art. 8(9)
    "10": ("Revoked", RegistryStatus.TERMINATED),
    "11": ("Not authorised", RegistryStatus.WITHDRAWN),
    "12": ("Cancelled", RegistryStatus.WITHDRAWN),
}
"""Code of the public status -> the portal's own words, and the nearest status of the common vocabulary."""
_STATUS_OF_WORDS = dict(_STATUSES.values())


def key_of(known: SourceRecord) -> str:
    """Return the EU CT number of a known record."""
    registry = registry_of(known.registration)
    return known.registration if registry and registry.name == "EU CTIS" else ""


def search(query: Query, web: Web) -> Iterator[Page]:
    """Yield the trials that match the criteria of a strategy, a JSON object, or the numbers of `only` among them.

    A number is asked for as it is, and, when the portal does not hold it, as that of its next submission: a trial that
    is submitted again gets the same number with a last part that is one higher.
    """
    asking = _Asking(query, web)
    if not query.only:
        yield from asking.pages(asking.criteria())
    for number in query.only:
        pages = asking.numbered(number)
        yield from pages if any(page.n_total for page in pages) else asking.numbered(_submission(number, 1))


def _submission(number: str, later: int) -> str:
    """Return the number that a trial has in a later (or, below zero, earlier) submission."""
    return f"{number[:-2]}{int(number[-2:]) + later:02}"


@dataclass(frozen=True)
class _Asking:
    query: Query
    web: Web

    def criteria(self, number: str = "") -> dict[str, object]:
        """Return the search criteria of the strategy, limited to a number where one is given."""
        try:
            found = json.loads(self.query.strategy or "{}")
        except ValueError as error:
            raise SourceError(f"the strategy is no JSON: {error}") from None
        if not isinstance(found, dict) or not (found or number):
            raise SourceError('the strategy is no JSON object with search criteria, such as {"containAny": "…"}')
        return found | ({"number": number} if number else {})

    def numbered(self, number: str) -> list[Page]:
        """Return the pages with the trial that has a number, in whichever submission the portal gives it."""
        pages = []
        for page in self.pages(self.criteria(number), number):
            if any(record.accession[:-3] != number[:-3] for record in page.records):
                raise SourceError(f"asked for {number}, the portal returned other trials: it no longer knows the limit")
            pages.append(page)
        return pages

    def pages(self, criteria: Mapping[str, object], part: str = "") -> Iterator[Page]:
        """Yield every page; when some trials slipped between pages, once more from the other end.

        The order of the portal is not strict, so that a trial can stand on two pages and another one on none.
        """
        seen: set[str] = set()
        for order in _ORDERS:
            total = n_received = 0
            for number in count(1):
                found = self._ask(criteria, number, order)
                fresh = tuple(record for record in found.records if record.accession not in seen)
                seen |= {record.accession for record in fresh}
                note = WITHOUT_WINDOW if self.query.since else ""
                if order == _ORDERS[0] or fresh:  # the second time, a page of known trials is what is expected
                    yield Page(found.records, found.n_total, found.url, note, part=part)
                total = max(total, found.n_total)
                n_received += len(found.records)
                if not found.next_page:
                    break
                if n_received > 2 * total + _PER_PAGE:
                    raise SourceError(f"the answer does not end: {n_received} records of {total}")
            if len(seen) >= total:
                return

    def _ask(self, criteria: Mapping[str, object], page: int, order: str) -> "_Trials":
        body = {
            "searchCriteria": criteria,
            "pagination": {"page": page, "size": _PER_PAGE},
            "sort": {"property": "decisionDate", "direction": order},
        }
        address = self.web.address("CTIS", ADDRESS)
        request = Request(f"{address}/search", body=body, at_most_per_second=_AT_MOST_PER_SECOND)
        return self.web.ask(request, partial(_trials, self.query.source))


@dataclass(frozen=True)
class _Trials:
    """One page of the portal."""

    records: tuple[SourceRecord, ...]
    n_total: int
    next_page: bool
    url: str


def _trials(source: str, reply: Reply) -> _Trials:
    found = reply.json()
    listed = found.get("data") if isinstance(found, dict) else None
    pagination = found.get("pagination") if isinstance(found, dict) else None
    if not isinstance(listed, list) or not isinstance(pagination, dict) or not isinstance(found, dict):
        raise UnreadableReplyError(f"expected a list of trials, got {reply.sketch}")
    total, trials = pagination.get("totalRecords"), objects(found, "data")
    if not isinstance(total, int) or not isinstance(pagination.get("nextPage"), bool) or len(trials) != len(listed):
        raise UnreadableReplyError(f"expected a list of trials with their total, got {reply.sketch}")
    records = tuple(_record(trial, source) for trial in trials)
    return _Trials(records, total, bool(pagination["nextPage"]) and bool(records), reply.url)


def _record(trial: Mapping[str, object], source: str) -> SourceRecord:
    """Return one trial as a record; one without an EU CT number is an answer of another layout."""
    number = normalise_registry(text(trial, "ctNumber"))
    if not number:
        raise UnreadableReplyError("a trial without its EU CT number")
    registered = _registered(trial, number)
    published = partial_date(text(trial, "decisionDateOverall"))
    return SourceRecord(
        source=source,
        title=registered.title,
        year=int(published[:4] or number[:4]),
        published=published,
        venue="EU CTIS",
        registration=number,
        url=address_of("registry", number) or "",
        abstract=_text_to_screen(trial),
        kind=RecordKind.REGISTRATION,
        linked=registered.secondary_ids,
        accession=number,
        trial=registered,
    )


def _text_to_screen(trial: Mapping[str, object]) -> str:
    stated = {
        "Condition": text(trial, "conditions"),
        "Intervention": text(trial, "product"),
        "Primary end point": text(trial, "primaryEndPoint"),
        "Secondary end points": text(trial, "endPoint"),
        "Age of participants": text(trial, "ageGroup"),
        "Therapeutic areas": "; ".join(texts(trial, "therapeuticAreas")),
    }
    return " ".join(f"{label}: {one_line(words)}." for label, words in stated.items() if words)


def _registered(trial: Mapping[str, object], number: str) -> RegistryRecord:
    code = text(trial, "ctStatus")
    printed, status = _STATUSES.get(code) or (code, _STATUS_OF_WORDS.get(code))
    planned = text(trial, "totalNumberEnrolled")
    n_planned = int(planned) if planned.isascii() and planned.isdigit() else None
    countries = (country.rpartition(":")[0] or country for country in texts(trial, "trialCountries"))
    return RegistryRecord(
        registration=number,
        title=one_line(text(trial, "ctTitle")),
        intervention=one_line(text(trial, "product")),
        status=status,
        status_as_printed=printed,
        registry_updated=partial_date(text(trial, "lastUpdated")),
        secondary_ids=tuple(_submission(number, -back) for back in range(1, int(number[-2:]) + 1)),
        phases=phases_in(text(trial, "trialPhase")),
        n_enrolled=n_planned,
        enrolment_kind="estimated" if n_planned is not None else "",  # the portal's words: planned number
        sponsor=one_line(text(trial, "sponsor")),
        countries=tuple(dict.fromkeys(country.strip() for country in countries if country.strip())),
        start=partial_date(text(trial, "startDateEU")),
        completion=partial_date(text(trial, "endDate")) or partial_date(text(trial, "endDateEU")),
        has_results={"Yes": True, "No": False}.get(text(trial, "resultsFirstReceived")),
    )
