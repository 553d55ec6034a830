"""One RSS or Atom feed -> records: a strategy is the address of a feed, and the newest of a source is what it shows.

The bytes come through `Web`; feedparser 6 only reads them, because its own way of asking has no time limit and takes an
error page for a feed without records. A feed tells that a registration is new, and little of what it says: those of
ClinicalTrials.gov and EU CTIS are read again from the registry. `since` and `only` cannot be asked of a feed.
"""

import datetime as dt
import hashlib
import html
import io
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import feedparser  # type: ignore[import-untyped]

from generator.identifiers import address as address_of
from generator.model.search_run import Validators
from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.asking.answers import Page, Query, SourceModule, ask
from generator.surveillance.asking.jsonreading import objects, text
from generator.surveillance.asking.web import BudgetSpentError, Reply, Request, SourceError, UnreadableReplyError, Web
from generator.surveillance.formats.reading.dates import partial_date
from generator.surveillance.formats.reading.fields import one_line
from generator.surveillance.formats.reading.mentions import doi_in, pmid_in, registrations_in
from generator.surveillance.sources import clinicaltrials, ctis

OVERLAP_DAYS = 0
"""A feed has no window: it shows what it shows."""
UNCHANGED = "unchanged since the last time"
REGISTRIES: Mapping[str, SourceModule] = {"clinicaltrials.gov": clinicaltrials, "euclinicaltrials.eu": ctis}
"""Hosts that the links of a feed name, and the module that asks the registry itself."""
PREPRINT_SERVERS = ("biorxiv.org", "medrxiv.org")
_AT_MOST_PER_SECOND = 1.0
_SHOWN_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>")
_FEED_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|RDF)\s*>")
_SURE_DATE = re.compile(r"(?:[A-Z][a-z]{2}, *)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d.*|\d{4}-\d\d-\d\dT\d\d:\d\d.*")
"""RFC 822 and ISO 8601 with a time. feedparser reads other spellings wrongly: `2025/01/15` as 1 November."""
_PREPRINT_AUTHOR = re.compile(r"\s*([^,]+, [^,]+?\.)\s*(?:,|$)")

Shown = Mapping[str, object]
"""One record of a feed in the names of feedparser."""


def key_of(known: SourceRecord) -> str:
    """Return nothing: a feed shows what is new and cannot be asked for what is known."""
    del known
    return ""


def search(query: Query, web: Web) -> Iterator[Page]:
    """Yield the records that a feed shows; nothing when it is asked for given identifiers.

    Raises `SourceError` for an error page and for an empty body. Of a feed that was cut off, the whole records come on
    a page that is `degraded`; it keeps no validators, so that the feed is read again. A quiet feed is a page without
    records.
    """
    if query.only:
        return
    try:
        feed, degraded = web.ask(_request(query), lambda reply: _read(reply, query)), ""
    except _CutOffError as error:
        feed, degraded = error.feed, str(error)
    records = tuple(_record(one, feed, query.source) for one in feed.shown)
    notes = [feed.note, _may_be_longer(records, query.since)]
    for host, registry in REGISTRIES.items():
        records, note = _read_again(records, host, registry, query, web)
        notes.append(note)
    note = "; ".join(filter(None, notes))
    yield Page(records, url=feed.url, note=note, validators=None if degraded else feed.validators, degraded=degraded)


@dataclass(frozen=True)
class _Feed:
    """What was read of a feed."""

    shown: tuple[Shown, ...]
    venue: str
    validators: Validators | None
    url: str
    note: str = ""


class _CutOffError(UnreadableReplyError):
    """A feed without its end, with the records that came whole. Worth asking again; else they are better than none."""

    def __init__(self, feed: _Feed) -> None:
        super().__init__(f"the feed is cut off after {len(feed.shown)} records")
        self.feed = feed


def _request(query: Query) -> Request:
    known = query.validators or Validators(etag=None, modified=None, sha256=None)
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    headers = {name: value for name, value in asked.items() if value}
    return Request(
        query.strategy,
        headers=headers,
        accept=frozenset({200, 304}) if headers else frozenset({200}),
        at_most_per_second=_AT_MOST_PER_SECOND,
    )


def _read(reply: Reply, query: Query) -> _Feed:
    fingerprint = hashlib.sha256(reply.body).hexdigest()
    if reply.status == 304 or (query.validators and query.validators.sha256 == fingerprint):
        return _Feed((), "", query.validators, reply.url, UNCHANGED)
    if not reply.body.strip():
        raise UnreadableReplyError("expected a feed, got an empty reply")
    parsed = feedparser.parse(io.BytesIO(reply.body))  # bytes alone could be taken for an address or a path
    if not parsed.get("version"):
        raise UnreadableReplyError(f"expected a feed, got {reply.sketch}")
    shown = tuple(dict(one) for one in parsed.entries)  # plain: feedparser's own mapping invents missing dates
    validators = Validators(
        etag=reply.headers.get("etag"), modified=reply.headers.get("last-modified"), sha256=fingerprint
    )
    feed = _Feed(shown, text(dict(parsed.feed), "prism_publicationname"), validators, reply.url)
    n_whole = len(_SHOWN_END.findall(reply.body))
    if parsed.bozo and (not _FEED_END.search(reply.body) or len(shown) < n_whole):
        raise _CutOffError(replace(feed, shown=shown[:n_whole]))
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    if parsed.bozo and not isinstance(parsed.bozo_exception, harmless):
        return replace(feed, note="the feed is no well-formed XML and was read all the same")
    return feed


def _record(shown: Shown, feed: _Feed, source: str) -> SourceRecord:
    """Return what a feed says of one record; only identifiers of the document itself are taken, not those it cites."""
    link, guid = text(shown, "link"), text(shown, "id")
    host = _host(link)
    stated = [text(shown, name) for name in ("dc_identifier", "prism_doi")]
    registration = _registration(host, link, guid, text(shown, "summary"))
    pmid = pmid_in([guid.removeprefix("pubmed:")] if _is_at(host, "pubmed.ncbi.nlm.nih.gov") else [], [link])
    doi = doi_in([*stated, link])
    is_preprint = any(_is_at(host, server) for server in PREPRINT_SERVERS)
    published = _date(shown)
    return SourceRecord(
        source=source,
        title=one_line(_plain(shown, "title")),
        authors=_authors(shown, is_preprint=is_preprint),
        year=int(published[:4]) if published else None,
        published=published,
        venue=text(shown, "dc_source") or feed.venue,
        doi=doi,
        pmid=pmid,
        registration=registration,
        url=(address_of("registry", registration) if registration else "")
        or (address_of("pmid", pmid) if pmid else "")  # PubMed's own links name the campaign and the time of asking
        or link,
        abstract=_plain(shown, "summary"),
        kind=_kind(registration, is_preprint=is_preprint),
        accession=registration or pmid or doi or guid or link,
    )


def _host(link: str) -> str:
    found = re.match(r"https?://([^/:?#]+)", link)
    return found[1].lower() if found else ""


def _is_at(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")


def _registration(host: str, link: str, guid: str, summary: str) -> str:
    """Return the registration that a registry's feed shows. Its own summary may name others, but itself first."""
    registry = next((module for site, module in REGISTRIES.items() if _is_at(host, site)), None)
    named = registrations_in([guid, link, summary]) if registry else ()
    return next((one for one in named if registry and registry.key_of(SourceRecord("", "", registration=one))), "")


def _kind(registration: str, *, is_preprint: bool) -> RecordKind:
    if registration:
        return RecordKind.REGISTRATION
    return RecordKind.PREPRINT if is_preprint else RecordKind.OTHER


def _plain(shown: Shown, name: str) -> str:
    """Return a text without what the feed escaped: feedparser leaves one layer when it takes a text for HTML."""
    value = text(shown, name)
    return value if text(shown, f"{name}_detail", "type") == "text/plain" else html.unescape(value)


def _authors(shown: Shown, *, is_preprint: bool) -> tuple[str, ...]:
    """Return the names; the preprint servers write all of them in one: `Made-Up, A., Invented, B. C.`."""
    names = tuple(one_line(text(one, "name")) for one in objects(shown, "authors"))
    if is_preprint and len(names) == 1 and _PREPRINT_AUTHOR.sub("", names[0]) == "":
        return tuple(_PREPRINT_AUTHOR.findall(names[0]))
    return tuple(name for name in names if name)


def _date(shown: Shown) -> str:
    for name in ("published", "updated"):
        printed, read = text(shown, name), shown.get(f"{name}_parsed")
        if _SURE_DATE.fullmatch(printed) and isinstance(read, time.struct_time):
            return f"{read.tm_year:04}-{read.tm_mon:02}-{read.tm_mday:02}"
        if partial_date(printed):
            return partial_date(printed)
    return ""


def _may_be_longer(records: tuple[SourceRecord, ...], since: dt.date | None) -> str:
    """Return a warning when even the oldest record came after the last search: a feed shows its newest ones only."""
    dated = [record.published for record in records if len(record.published) == len("2026-01-31")]
    oldest = min(dated, default="")
    if since is None or oldest <= str(since):
        return ""
    return f"the oldest record shown is of {oldest}, after {since}: the feed may have been longer than what it shows"


def _read_again(
    records: tuple[SourceRecord, ...], host: str, registry: SourceModule, query: Query, web: Web
) -> tuple[tuple[SourceRecord, ...], str]:
    """Return the records with those of a registry as the registry itself gives them, and a note.

    What the registry does not return stays as the feed shows it.
    """
    ids = tuple(dict.fromkeys(key for record in records if (key := registry.key_of(record))))
    if not ids:
        return records, ""
    answer = ask(registry, Query(query.source, "", only=ids), web)
    if answer.error:
        kind = BudgetSpentError if answer.spent else SourceError
        raise kind(f"{host}, asked about {len(ids)} registrations of the feed: {answer.error}")
    found = {record.accession: record for record in answer.records}
    n_missing = len([key for key in ids if key not in found])
    note = f"{len(ids) - n_missing} registrations read again at {host}"
    return tuple(found.get(registry.key_of(record), record) for record in records), "; ".join(
        filter(None, [note, f"{n_missing} not found there" if n_missing else "", answer.note])
    )
