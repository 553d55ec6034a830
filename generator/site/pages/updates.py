"""What changed: the latest months in full, a page for every month, and all changes as a table.

The page of the latest months is complete without a script; `docs/assets/since.js` narrows it to the days between two.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from generator.review import Review
from generator.review.changes import Change, Weight, changes
from generator.site.page import Page
from generator.site.pieces import made_of
from generator.site.tables.changes import N_SHOWN, kind_label, link_of, shown_table, told, weight_label
from generator.wording.table import Link
from generator.wording.templates import render

PATH, ALL_PATH = "updates.md", "updates/all.md"
N_MONTHS = 12
"""Months that stand in full on the page of the latest changes; months without a change do not count."""
N_LATEST = 3
"""Changes that the home page names."""


@dataclass(frozen=True)
class Group:
    """The changes of one month that matter alike, newest first."""

    weight: Weight
    meaning: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Month:
    """A month in which something changed."""

    first: dt.date
    changes: tuple[Change, ...]
    path: str

    @property
    def id(self) -> str:
        """The month as in addresses: 2024-04."""
        return f"{self.first:%Y-%m}"

    @property
    def name(self) -> str:
        """The month in words: April 2024."""
        return f"{self.first:%B %Y}"

    @property
    def groups(self) -> tuple[Group, ...]:
        """The changes by weight, those that matter most first."""
        by_weight = ((one, tuple(change for change in self.changes if change.weight is one)) for one in Weight)
        return tuple(Group(one, weight_label(one), found) for one, found in by_weight if found)


def months(review: Review) -> tuple[Month, ...]:
    """Return every month in which something changed, newest first."""
    by_month = groupby(changes(review), key=lambda change: change.on.replace(day=1))
    return tuple(Month(first, tuple(found), f"updates/{first:%Y-%m}.md") for first, found in by_month)


def latest(review: Review) -> tuple[tuple[Change, Link], ...]:
    """Return the newest changes that are major or notable, each with where it can be read up."""
    weighty = [change for change in changes(review) if change.weight is not Weight.MINOR]
    return tuple((change, link_of(change)) for change in weighty[:N_LATEST])


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of the latest changes, one page for every month, and the page of the table."""
    every = months(review)
    yield _latest_page(review, every)
    for position, month in enumerate(every):
        yield _month_page(review, month, every[position + 1 : position + 2], every[max(0, position - 1) : position])
    yield _table_page(review)


def _latest_page(review: Review, every: Sequence[Month]) -> Page:
    shown, older = every[:N_MONTHS], every[N_MONTHS:]
    write = partial(
        render,
        "site/pages/updates.md.j2",
        PATH,
        shows="latest",
        newest=changes(review)[0].on if every else None,
        n_changes=len(changes(review)),
        shown=shown,
        older=older,
        kind_label=kind_label,
        link_of=link_of,
    )
    body = made_of(review, (*_told(shown), *(f"{month.id} {len(month.changes)}" for month in older)), PATH, write)
    return Page(PATH, "What changed", body, "What changed in the review, month by month and since any day.")


def _month_page(review: Review, month: Month, earlier: Sequence[Month], later: Sequence[Month]) -> Page:
    write = partial(
        render,
        "site/pages/updates.md.j2",
        month.path,
        shows="month",
        month=month,
        earlier=earlier,
        later=later,
        kind_label=kind_label,
        link_of=link_of,
    )
    beside = (*(f"earlier {one.id}" for one in earlier), *(f"later {one.id}" for one in later))
    body = made_of(review, (*_told([month]), *beside), month.path, write)
    return Page(month.path, f"What changed in {month.name}", body, f"What changed in the review in {month.name}.")


def _told(months: Iterable[Month]) -> Iterator[str]:
    return (text for month in months for text in (month.id, *told(month.changes)))


def _table_page(review: Review) -> Page:
    body = render(
        "site/pages/updates.md.j2",
        ALL_PATH,
        shows="table",
        table=shown_table(review),
        n_changes=len(changes(review)),
        n_shown=min(N_SHOWN, len(changes(review))),
    )
    description = "Every change of the review in one table."
    return Page(ALL_PATH, "All changes", body, description, searchable=False)  # the months are found instead
