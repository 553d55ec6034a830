"""A strategy and a window -> every record a source has for them, or the reason why not. Knows no single source.

`ask` runs a search of a module of `generator.surveillance.sources` to its end and is sure of it: an answer that is cut
short, comes twice or cannot be read is in error, and never looks like a quiet night.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol, runtime_checkable

from generator.model.search_run import Validators
from generator.model.source_record import SourceRecord
from generator.surveillance.asking.web import BudgetSpentError, SourceError, Web

MAX_RECORDS = 50_000
"""A strategy that returns more is broken; nobody could screen its answer."""
MAX_PAGES = 2_000


@dataclass(frozen=True)
class Query:
    """What a source is asked."""

    source: str
    """Id of the source in the protocol."""
    strategy: str
    """A query of the protocol, or the address of a feed; empty asks for everything that `only` names."""
    since: dt.date | None = None
    """First day of the window; None asks without one."""
    only: tuple[str, ...] = ()
    """Identifiers, as the module's `key_of` gives them, that the answer is limited to; empty for no limit."""
    validators: Validators | None = None
    """What a feed called its version when it was last read."""


@dataclass(frozen=True)
class Page:
    """A part of an answer."""

    records: tuple[SourceRecord, ...] = ()
    n_total: int | None = None
    """How many records the source says the whole answer has; None when it does not say."""
    url: str = ""
    """The address asked, with the query as sent, without secrets."""
    note: str = ""
    """What a reader of the search log must know, such as the date of the source's data."""
    validators: Validators | None = None
    part: str = ""
    """Which of several queries this belongs to, where a long one had to be split; each part has its own total."""
    degraded: str = ""
    """Why the records are not all there although some could be read, such as a feed that was cut off."""
    n_announced: int | None = None
    """The total where only some of it can come, such as records that were deleted since; nothing is held against it."""


@dataclass(frozen=True)
class Answer:
    """What came of a query. With an `error` the records are those received before it, and some may be missing."""

    query: Query
    records: tuple[SourceRecord, ...] = ()
    n_total: int | None = None
    error: str = ""
    spent: bool = False
    """True when the source asked to come back later than tonight."""
    url: str = ""
    note: str = ""
    validators: Validators | None = None


class SourceModule(Protocol):
    """What a module of this folder offers."""

    OVERLAP_DAYS: int

    def search(self, query: Query, web: Web) -> Iterator[Page]:
        """Yield every record of a strategy, page by page."""
        ...

    def key_of(self, known: SourceRecord) -> str:
        """Return the identifier by which this source would hold a record that the review knows; else empty."""
        ...


@runtime_checkable
class FindsAgain(Protocol):
    """What a module offers whose source merges records, or gives them other numbers."""

    def find_again(self, doi: str, web: Web, source: str) -> SourceRecord | None:
        """Return the record that now has a DOI; None when there is none. Raises `SourceError` without an answer."""
        ...


def ask(source: SourceModule, query: Query, web: Web) -> Answer:
    """Run a search to its end. Whatever goes wrong becomes the answer's `error`, so one source never stops another.

    The answer is in error when a page comes twice, when fewer records came than the source says it has, and when
    it does not end. A record that comes twice, as happens when a source changes between two pages, counts once.
    """
    gathered = _Gathered(Answer(query))
    error, spent = "", False
    try:
        for page in _pages(source, query, web):
            gathered.add(page)
        gathered.check()
    except SourceError as failure:
        error, spent = str(failure), isinstance(failure, BudgetSpentError)
    return replace(gathered.answer(error), spent=spent)


def count(source: SourceModule, query: Query, web: Web) -> int | None:
    """Return how many records a source says a query has, from its first page; None when it does not say.

    Raises `SourceError` when it does not answer.
    """
    first = next(_pages(source, query, web), None)
    if first is None:
        return None
    return first.n_announced if first.n_total is None else first.n_total


def _pages(source: SourceModule, query: Query, web: Web) -> Iterator[Page]:
    try:
        yield from source.search(query, web)
    except SourceError:
        raise
    except Exception as failure:  # a source that changed its layout must not stop the others
        raise SourceError(f"the answer could not be read: {type(failure).__name__}: {failure}"[:300]) from failure


@dataclass
class _Gathered:
    """The pages so far."""

    said: Answer
    n_pages: int = 0
    parts: dict[str, dict[object, SourceRecord]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    """By part; the largest one counts, for a source may grow between two pages."""

    def add(self, page: Page) -> None:
        self.n_pages += 1
        found = self.parts.setdefault(page.part, {})
        fresh = {record.accession or record: record for record in page.records}
        if page.records and not fresh.keys() - found.keys():
            raise SourceError(f"page {self.n_pages} repeats records that were sent before")
        found |= {key: record for key, record in fresh.items() if key not in found}
        if page.n_total is not None:
            self.totals[page.part] = max(page.n_total, self.totals.get(page.part, 0))
        n_found = sum(map(len, self.parts.values()))
        if n_found > MAX_RECORDS or self.n_pages >= MAX_PAGES:
            raise SourceError(f"the answer does not end: {n_found} records on {self.n_pages} pages")
        self.said = replace(
            self.said,
            error=self.said.error or page.degraded,
            url=self.said.url or page.url,
            note=self.said.note or page.note,
            validators=page.validators or self.said.validators,
        )

    def check(self) -> None:
        for part, total in self.totals.items():
            if len(self.parts[part]) < total and not self.said.error:
                raise SourceError(f"{total} records announced, {len(self.parts[part])} received")

    def answer(self, error: str) -> Answer:
        """Return what was gathered. The total of a split query is that of its union, known once all parts are in."""
        found = {key: record for part in self.parts.values() for key, record in part.items()}
        total = next(iter(self.totals.values()), None) if len(self.parts) < 2 else len(found)
        return replace(
            self.said,
            records=tuple(found.values()),
            n_total=None if error or total is None else max(total, len(found)),
            error=error or self.said.error,
        )
