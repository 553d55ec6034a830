"""OpenAlex, through its web API: a boolean query for titles and abstracts -> works, preprints among them.

Described in its documentation as of 2026. A preprint and its article are two works there, and numbers of works come and
go, so that the DOI, not the number, says what a record is. Works that OpenAlex hides by default stay hidden.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote_plus, urlsplit

from pyalex import Works  # type: ignore[import-untyped]

from generator.identifiers import normalise_doi, normalise_openalex, normalise_pmid
from generator.model.source_record import SourceRecord
from generator.surveillance.asking.answers import Page, Query
from generator.surveillance.asking.jsonreading import dig, text
from generator.surveillance.asking.web import BudgetSpentError, Reply, Request, SourceError, UnreadableReplyError, Web
from generator.surveillance.sources.reading.splitting import split
from generator.surveillance.sources.reading.works import FIELDS, record_of

ADDRESS = "https://api.openalex.org"
KEY = "OPENALEX_API_KEY"
"""Name of the secret that holds the key. Without one the service answers, for a tenth of a key's daily budget."""
OVERLAP_DAYS = 90
"""The window is one of publication dates: the date a work was added cannot be relied on, since many were set anew in
2025, and works are often added weeks after they were published. Later ones are found by asking without a window."""
_PER_PAGE = 100
_LONGEST_ADDRESS = 4_000
"""Characters; users report that longer ones fail."""
_ROOM_FOR_CURSOR = 250
_IDS_PER_REQUEST = 50
_ROOM_FOR_IDS = 1_500
_SEPARATORS = frozenset(",|")
_NO_KEY = "without a key: reduced budget"


def key_of(known: SourceRecord) -> str:
    """Return the DOI of a known record, else its OpenAlex number, else its PubMed id as `PMID:123`.

    A record found by a number or a PubMed id may also have a DOI: compare all identifiers, not this one alone.
    """
    doi = "" if _SEPARATORS & set(known.doi) else known.doi
    return doi or known.openalex or (f"PMID:{known.pmid}" if known.pmid else "")


def search(query: Query, web: Web) -> Iterator[Page]:
    """Yield the works that a strategy finds; the window is the date of publication, those of the future included.

    Raises:
        SourceError: the query is refused, or cannot be asked.
        BudgetSpentError: the day's budget is spent; it is renewed at midnight UTC.
    """
    questions = _questions(query, web.address("OPENALEX", ADDRESS))
    for number, question in enumerate(questions, start=1):
        part = f"{number} of {len(questions)}" if len(questions) > 1 else ""
        cursor, n_read = "*", 0
        while cursor:
            request = _request(question, {"per_page": str(_PER_PAGE), "cursor": cursor}, web)
            works = web.ask(request, partial(_works, source=query.source, n_before=n_read, web=web))
            n_read += len(works.records)
            cursor = works.cursor
            note = "" if web.secret(KEY) else _NO_KEY
            yield Page(works.records, works.n_total, request.address, note, part=part)


def find_again(doi: str, web: Web, source: str = "openalex") -> SourceRecord | None:
    """Return the work that now has a DOI, None when there is none; its number may differ from the one known before.

    Costs nothing, follows merged works to the one that was kept, and finds DOIs that a merged work no longer shows.
    """
    where = urlsplit(Works(f"doi:{doi}").url).path
    request = _request(f"{web.address('OPENALEX', ADDRESS)}{where}", {"select": ",".join(FIELDS)}, web, 404)

    def read(reply: Reply) -> SourceRecord | None:  # an unknown DOI is answered by a page of HTML
        return None if reply.status == 404 else record_of(_answer(reply, web), source)

    return web.ask(request, read)


def _questions(query: Query, address: str) -> list[str]:
    """Return the addresses that together ask the whole query, none of them too long."""
    strategy = " ".join(query.strategy.split())
    if not (strategy or query.only):
        raise SourceError("neither a strategy nor identifiers to ask for")
    if "|" in strategy:
        raise SourceError("the query has a |, which would cut it in two; write OR")
    batches = _batches(query.only)
    room = _LONGEST_ADDRESS - _ROOM_FOR_CURSOR - (_ROOM_FOR_IDS if query.only else 0)

    def fits(part: str) -> bool:
        return len(_question(address, part, query, {})) <= room

    return [_question(address, part, query, batch) for part in split(strategy, fits) for batch in batches]


def _question(address: str, strategy: str, query: Query, only: Mapping[str, str]) -> str:
    # pyalex writes the query and no more: it asks without a time limit, hides refusals, and shares its settings.
    # Its queries change in place, hence a new one each time.
    works = Works().search_filter(title_and_abstract=strategy) if strategy else Works()
    if query.since:
        works = works.filter(from_publication_date=query.since.isoformat())
    if only:
        works = works.filter(**only)
    asked = urlsplit(works.select(list(FIELDS)).url)
    return f"{address}{asked.path}?{asked.query}"


def _batches(only: Sequence[str]) -> list[dict[str, str]]:
    """Return filters that name all identifiers, each short enough for one request; one empty filter for none."""
    fields: dict[str, list[str]] = {}
    for named in dict.fromkeys(only):
        pmid = named.startswith("PMID:") and normalise_pmid(named)
        doi, work = normalise_doi(named), normalise_openalex(named)
        name, value = ("doi", doi) if doi else ("openalex_id", work) if work else ("pmid", pmid)
        if not value or _SEPARATORS & set(value):
            raise SourceError(f"{named!r} cannot be asked for: expected a DOI without commas, W… or PMID:…")
        fields.setdefault(name, []).append(value)
    batches: list[dict[str, str]] = []
    for name, values in fields.items():
        batch: list[str] = []
        for value in values:
            too_long = len(quote_plus("|".join([*batch, value]))) > _ROOM_FOR_IDS
            if batch and (too_long or len(batch) == _IDS_PER_REQUEST):
                batches.append({name: "|".join(batch)})
                batch = []
            batch.append(value)
        batches.append({name: "|".join(batch)})
    return batches or [{}]


def _request(url: str, params: Mapping[str, str], web: Web, *also: int) -> Request:
    key = web.secret(KEY)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return Request(url, params, headers, accept=frozenset({200, 400, 401, 403, 429, *also}))


def _answer(reply: Reply, web: Web) -> Mapping[str, object]:
    """Return the object of an answer; raise what a refusal says."""
    wait = reply.retry_after
    if reply.status == 429 and wait is not None and wait > web.longest_wait:
        raise BudgetSpentError(_told(429, f"{reply.sketch}; asks to wait {wait:.0f} seconds", web))
    try:
        found = reply.json()
    except UnreadableReplyError as error:
        raise UnreadableReplyError(str(error), wait) from None
    if not isinstance(found, dict):
        raise UnreadableReplyError(f"expected a JSON object, got {reply.sketch}")
    if reply.status == 200 and not found.get("error"):
        return found
    raise _refusal(reply.status, found, wait, web)


def _refusal(status: int, found: Mapping[str, object], wait: float | None, web: Web) -> SourceError:
    """Return what went wrong, with what is to be done about it."""
    said, has_key = text(found, "message") or text(found, "error"), bool(web.secret(KEY))
    told = _told(status, said, web)
    if status == 429:
        after = found.get("retryAfter")
        wait = after if isinstance(after, int | float) and wait is None else wait
        if "budget" in said.lower() or (wait is not None and wait > web.longest_wait):
            return BudgetSpentError(
                told if has_key else f"{told}. With a key in the secret {KEY} the budget is larger."
            )
        return UnreadableReplyError(told, wait)
    if status == 401:
        return SourceError(f"{told}. {'Mend' if has_key else 'Set'} the secret {KEY}.")
    if status == 400 and "wildcard" in said.lower():
        return SourceError(
            f"{told}. Take * and ? out of the strategy: words are stemmed, other forms are joined by OR."
        )
    return SourceError(told)


def _told(status: int, said: str, web: Web) -> str:
    """Return the words of a refusal; should the service repeat the key that it was sent, it is left out."""
    key = web.secret(KEY)
    return f"OpenAlex: status {status}, {(said.replace(key, '***') if key else said)[:300].rstrip('. ')}"


@dataclass(frozen=True)
class _Works:
    """One page of works."""

    records: tuple[SourceRecord, ...]
    n_total: int
    cursor: str
    """Where the next page starts; empty at the end."""


def _works(reply: Reply, source: str, n_before: int, web: Web) -> _Works:
    """Return a page; the last one has no works, or no cursor, and then all that was announced has come."""
    found = _answer(reply, web)
    meta, works = dig(found, "meta"), found.get("results")
    if not isinstance(works, list) or not all(isinstance(work, dict) for work in works):
        raise UnreadableReplyError(f"expected a list of works, got {reply.sketch}")
    n_total, n_read = meta.get("count"), n_before + len(works)
    if not isinstance(n_total, int):
        raise UnreadableReplyError("expected the number of works in all, got none")
    cursor = text(meta, "next_cursor") if works else ""
    lost = "next_cursor" not in meta and len(works) >= _PER_PAGE
    if not cursor and (lost or n_read < n_total):
        raise UnreadableReplyError(f"no way to the next page after {n_read} of {n_total} works")
    return _Works(tuple(record_of(work, source) for work in works), n_total, cursor)
