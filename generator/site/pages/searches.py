"""Search strategies and the search log: where is searched, with what words exactly, and what came of it (PRISMA-S)."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.protocol import SourceKind
from generator.model.records import SEARCH
from generator.review import Review
from generator.review.living import SourceDates
from generator.review.places import quotes_at
from generator.review.searches import SentStrategy, recent, search_quotes
from generator.site.page import Page
from generator.site.tables import search_runs, sources
from generator.site.tables.sources import asked_by, failed_cell, schedule_words, state_cell
from generator.wording.markdown import verbatim
from generator.wording.table import Cell, Cells, Link, cell
from generator.wording.templates import render

Fact = tuple[str, Cells]
"""A label and what stands beside it."""


@dataclass(frozen=True)
class Section:
    """What is shown of one source."""

    id: str
    name: str
    facts: list[Fact]
    strategies: tuple[str, ...]
    """What the protocol names now."""
    earlier: tuple[SentStrategy, ...]
    """What the source was sent besides, with the days."""


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of searches."""
    log = review.search_log
    body = render(
        "site/pages/searches.md.j2",
        "searches.md",
        review=review,
        protocol=review.protocol,
        base=review.base_document,
        base_quotes=quotes_at("protocol.md", review.protocol.base_review.source) if review.protocol.base_review else (),
        overview=sources.table(review),
        sections=[_section(review, dates) for dates in review.living.sources],
        log=search_runs.recent_table(review),
        n_lines=len(log),
        n_shown=len(recent(log)),
        n_duplicates=review.flow.registered.removed.duplicates,
        alarms=[dates for dates in review.living.sources if dates.late or dates.last_failed_on],
        quotes=[
            (one.anchor, one.anchor, one.quote, review.verdict(SEARCH, one.day_id, one.key, ("runs", one.index)))
            for one in search_quotes(review.records)
        ],
        cell=cell,
        verbatim=verbatim,
        state_cell=state_cell,
        failed_cell=failed_cell,
    )
    yield Page(
        "searches.md", "Search strategies and log", body, "Where is searched, with what strategy, and what came of it."
    )


def _section(review: Review, dates: SourceDates) -> Section:
    source = dates.source
    sent = review.strategies_sent.get(source.id, ())
    return Section(
        source.id,
        source.name,
        _facts(review, dates),
        source.strategies,
        tuple(one for one in sent if not one.current),
    )


def _facts(review: Review, dates: SourceDates) -> list[Fact]:
    source = dates.source
    kinds = {SourceKind.DATABASE: "database", SourceKind.REGISTER: "trial register"}
    facts: list[Fact] = [
        ("Kind", Cell(kinds.get(source.kind, str(source.kind)))),
        ("Platform", cell(source.platform)),
        ("Searched by", Cell(asked_by(review, dates))),
        ("Schedule", Cell(schedule_words(dates), note=_alarm(dates))),
        ("Last searched", cell(dates.last_searched_on) if dates.last_searched_on else Cell("never", missing=True)),
    ]
    if dates.last_failed_on:
        facts.append(("Failed since then", failed_cell(dates)))
    facts.append(("State", state_cell(dates)))
    facts.append(("Limits and why", cell(source.limits, quotes_at("protocol.md", source.source))))
    if source.feeds:
        facts.append(("Feeds read", tuple(Cell(feed, feed, Link(url=feed)) for feed in source.feeds)))
    if source.note:
        facts.append(("Note", Cell(source.note)))
    return facts


def _alarm(dates: SourceDates) -> str:
    days = dates.source.max_age_days
    return f"an alarm is raised when the newest search is more than {days} days old" if days is not None else ""
