"""PubMed, through the E-utilities of the NCBI: a query in its own syntax -> articles and book chapters.

Described in "Entrez Programming Utilities Help" (NCBI Bookshelf NBK25501). First ESearch names the PubMed ids, then
EFetch gives the records. PubMed states no licence of its abstracts.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from generator.identifiers import normalise_pmid
from generator.model.source_record import SourceRecord
from generator.surveillance.asking.answers import Page, Query
from generator.surveillance.asking.jsonreading import dig, text, texts
from generator.surveillance.asking.web import Reply, Request, SourceError, UnreadableReplyError, Web
from generator.surveillance.formats.reading.pubmed_xml import PubmedXmlError, deleted_in, read_set, records_in

ADDRESS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
OVERLAP_DAYS = 90
"""A record is added first and gets its abstract and its subject headings later, some after weeks; it may match a
strategy only then, while the window asks when it was added."""
MAX_IDS = 9_999
"""ESearch gives no more PubMed ids of one query, and says nothing when it cuts them off."""
_RECORDS_PER_REQUEST = 200
_KEYS_PER_REQUEST = 100
"""So that the address, with a long strategy, stays below the 8,000 characters that web servers take."""
_DATES = ("edat", "crdt")
"""Both days of addition. The Entrez date is that of publication when a record comes more than a year after it; the
create date never is (NLM Technical Bulletin, November-December 2008, "Create Date")."""
_FIRST, _LAST = dt.date(1800, 1, 1), dt.date(3000, 1, 1)
_WARNINGS = {
    "phrasesnotfound": "not found and left out",
    "fieldsnotfound": "fields not known",
    "phrasesignored": "ignored",
    "quotedphrasesnotfound": "not found as a phrase",
    "outputmessages": "PubMed says",
}


@dataclass(frozen=True)
class _Days:
    """A span of days, both included, of one of PubMed's dates."""

    date: str
    first: dt.date = _FIRST
    last: dt.date = _LAST

    @property
    def params(self) -> dict[str, str]:
        last = "3000" if self.last == _LAST else f"{self.last:%Y/%m/%d}"
        return {"datetype": self.date, "mindate": f"{self.first:%Y/%m/%d}", "maxdate": last}

    @property
    def halves(self) -> tuple["_Days", "_Days"]:
        middle = self.first + (self.last - self.first) // 2
        return _Days(self.date, self.first, middle), _Days(self.date, middle + dt.timedelta(days=1), self.last)


@dataclass(frozen=True)
class _Found:
    """What ESearch answers."""

    ids: tuple[str, ...]
    n_total: int
    note: str
    url: str


def key_of(known: SourceRecord) -> str:
    """Return the PubMed id of a known record, else its DOI."""
    return known.pmid or known.doi


def search(query: Query, web: Web) -> Iterator[Page]:
    """Yield the records that a strategy finds. The window is the days on which they were added.

    Raises:
        SourceError: PubMed says that something is wrong, or more than 9,999 records were added on one day.
    """
    if not query.strategy and not query.only:
        raise SourceError("PubMed was asked for nothing: neither a strategy nor identifiers")
    for start in range(0, len(query.only) or 1, _KEYS_PER_REQUEST):
        keys = query.only[start : start + _KEYS_PER_REQUEST]
        yield from _part(query, keys, str(start) if len(query.only) > _KEYS_PER_REQUEST else "", web)


def _part(query: Query, keys: tuple[str, ...], part: str, web: Web) -> Iterator[Page]:
    """Yield the records of one query; the total stands on its last page, when it is known which were deleted."""
    term = _term(query.strategy, keys)
    spans = [_Days(date, query.since) for date in _DATES] if query.since else [None]
    found = [_found(term, span, web) for span in spans]
    ids = tuple(dict.fromkeys(pmid for one in found for pmid in one.ids))
    note = next((one.note for one in found if one.note), "")
    n_kept = 0
    for start in range(0, len(ids) or 1, _RECORDS_PER_REQUEST):
        asked = ids[start : start + _RECORDS_PER_REQUEST]
        records = _fetched(asked, query.source, web) if asked else ()
        if keys:  # PubMed looks for the words of an identifier that it does not know
            records = tuple(one for one in records if one.pmid in keys or one.doi in keys)
        n_kept += len(records)
        is_last = start + len(asked) == len(ids)
        n_total = n_kept if is_last else None
        yield Page(records, n_total, found[0].url, note, part=part, n_announced=len(ids))


def _term(strategy: str, keys: tuple[str, ...]) -> str:
    named = " OR ".join(f"{key}[uid]" if normalise_pmid(key) else f'"{key}"[aid]' for key in keys)
    return f"({strategy}) AND ({named})" if strategy and named else strategy or named


def _found(term: str, days: _Days | None, web: Web) -> _Found:
    """Return every PubMed id; an answer of more than ESearch gives is asked for in two halves of its days."""
    params = {"db": "pubmed", "term": term, "retmax": str(MAX_IDS), "retmode": "json"}
    request = _request("esearch", params | (days.params if days else {}), web)
    whole = web.ask(request, _ids)
    if whole.n_total <= MAX_IDS:
        return whole
    days = days or _Days(_DATES[0])
    if days.first >= days.last:
        raise SourceError(f"PubMed has {whole.n_total} records of one day; narrow the strategy")
    parts = [_found(term, half, web) for half in days.halves]
    ids = tuple(dict.fromkeys(pmid for one in parts for pmid in one.ids))
    if len(ids) < whole.n_total:
        raise SourceError(f"{whole.n_total} records announced, {len(ids)} found when asked by their days")
    return _Found(ids, len(ids), parts[0].note, whole.url)


def _fetched(asked: tuple[str, ...], source: str, web: Web) -> tuple[SourceRecord, ...]:
    request = _request("efetch", {"db": "pubmed", "id": ",".join(asked), "retmode": "xml"}, web)
    return web.ask(request, partial(_records, asked=asked, source=source))


def _request(tool: str, params: dict[str, str], web: Web) -> Request:
    """Return a request. NCBI allows 3 a second, or 10 with a key; a little less leaves room for delays on the way."""
    key = web.secret("NCBI_API_KEY")
    named = params | {"tool": "living-review"} | ({"api_key": key} if key else {})
    return Request(f"{web.address('PUBMED', ADDRESS)}/{tool}.fcgi", named, at_most_per_second=8.0 if key else 2.5)


def _ids(reply: Reply) -> _Found:
    """Read an answer of ESearch. What it calls an error is asked for again: so does an overloaded search answer."""
    found = reply.json()
    result = dig(found, "esearchresult") if isinstance(found, dict) else {}
    failure = text(result, "ERROR") or (text(found, "error") if isinstance(found, dict) else "")
    if failure:
        raise UnreadableReplyError(f"PubMed says: {' '.join(failure.split())[:200]}")
    count, listed = text(result, "count"), result.get("idlist")
    if not count.isdigit() or not isinstance(listed, list):
        raise UnreadableReplyError(f"expected a count and a list of PubMed ids, got {reply.sketch}")
    ids = tuple(pmid for pmid in (normalise_pmid(str(one)) for one in listed) if pmid)
    if len(ids) != len(listed) or len(ids) < min(int(count), MAX_IDS):
        raise UnreadableReplyError(f"{count} PubMed ids announced, {len(ids)} of {len(listed)} received")
    return _Found(ids, int(count), _warnings(result), reply.url)


def _warnings(result: Mapping[str, object]) -> str:
    """Return what PubMed did to a query without being asked; a phrase that it does not know fails nothing."""
    said = []
    for name, label in _WARNINGS.items():
        words = [*texts(result, "errorlist", name), *texts(result, "warninglist", name)]
        said += [f"{label}: {', '.join(words)}"] if words and words != ["No items found."] else []
    return "; ".join(said)


def _records(reply: Reply, asked: tuple[str, ...], source: str) -> tuple[SourceRecord, ...]:
    """Read an answer of EFetch; every record that was asked for is in it, or said to be deleted."""
    try:
        found = read_set(reply.body)
        records = tuple(records_in(found, source))
    except PubmedXmlError as error:
        raise UnreadableReplyError(f"{error}; got {reply.sketch}") from None
    missing = set(asked) - {record.pmid for record in records} - deleted_in(found)
    if missing:
        raise UnreadableReplyError(f"{len(asked)} records asked for, {len(missing)} missing, such as {min(missing)}")
    return records
