"""The page of feeds: what each sends, its addresses, the calendar of trial dates, and how to use them."""

from collections.abc import Iterator

from generator.review import Review
from generator.review.places import site_address
from generator.site.feeds import icalendar, opml
from generator.site.messages import MAX_LISTED, MAX_MESSAGES, Feed
from generator.site.page import Page
from generator.site.subscriptions import BY_KIND, BY_TRIAL, feeds
from generator.wording.table import Cell, Cells, Column, Link, Table
from generator.wording.templates import render

PATH = "subscribe.md"
_COLUMNS = (
    Column("feed", "Feed", "What the feed is about."),
    Column("sends", "Sends", "What it sends."),
    Column("rss", "RSS", "Its address as RSS 2.0."),
    Column("atom", "Atom", "Its address as Atom."),
    Column("json", "JSON Feed", "Its address as JSON Feed 1.1."),
)


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of feeds."""
    everything, *narrower = feeds(review)
    formats = (("RSS 2.0", everything.rss), ("Atom", everything.atom), ("JSON Feed", everything.json))
    by_facet = [one for one in narrower if one.group not in (BY_KIND, BY_TRIAL)]
    dates = icalendar.trial_dates(review)
    body = render(
        "site/pages/subscribe.md.j2",
        PATH,
        protocol=review.protocol,
        everything=[(name, path, site_address(review.protocol, path)) for name, path in formats],
        by_kind=_table("kinds", "Feeds by kind of change", [one for one in narrower if one.group == BY_KIND]),
        by_facet=_table("groups", "Feeds by group of studies and trials", by_facet),
        by_trial=_table("trials", "Feeds by registered trial", [one for one in narrower if one.group == BY_TRIAL]),
        list_of_feeds=opml.PATH,
        calendar=icalendar.PATH,
        calendar_address=site_address(review.protocol, icalendar.PATH),
        n_events=sum(1 for date in dates if date.span),
        years_only=[date for date in dates if not date.span],
        max_messages=MAX_MESSAGES,
        max_listed=MAX_LISTED,
    )
    yield Page(
        PATH, "Subscribe", body, "Feeds of everything that changes in the review, and a calendar of trial dates."
    )


def _table(name: str, caption: str, listed: list[Feed]) -> Table:
    """Return a list of feeds; what each sends is told only where it is not the same for all."""
    columns = _COLUMNS if name == "kinds" else tuple(column for column in _COLUMNS if column.key != "sends")
    return Table(f"feeds-{name}", caption, columns, tuple(_row(feed) for feed in listed))


def _row(feed: Feed) -> dict[str, Cells]:
    is_of_facet = feed.group not in (BY_KIND, BY_TRIAL)
    return {
        "feed": Cell(f"{feed.group}: {feed.label}" if is_of_facet else feed.label[:1].upper() + feed.label[1:]),
        "sends": Cell(feed.sends),
        "rss": Cell("RSS", link=Link(feed.rss)),
        "atom": Cell("Atom", link=Link(feed.atom)),
        "json": Cell("JSON", link=Link(feed.json)),
    }
