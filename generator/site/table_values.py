"""A table as plain values for downloads: what each cell says, the remarks beside it and the addresses it rests on.

Formats are made in `generator.site.exports`. Addresses are those of the built site, as seen from its home page.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from generator.model.values import Missing
from generator.review import Review
from generator.site import tables
from generator.wording import markdown
from generator.wording.table import Cell, Cells, Column, Table, Value

HOME = "index.md"
NOTES, SOURCES = "cell_notes", "cell_sources"
"""Keys of the two columns that every CSV file has after those of its table."""
NOTES_MEANING = "Remarks and badges that stand beside values on the page, each with the key of its column."
SOURCES_MEANING = "Addresses of the quotes that values rest on, each with the key of its column."
NOTHINGS = frozenset({"", *map(str, Missing)})
"""What a download says in place of a value: empty, NR or NA."""


class Type(StrEnum):
    """What all present values of a column are, in the words of the Table Schema."""

    NUMBER = "number"
    BOOLEAN = "boolean"
    STRING = "string"


@dataclass(frozen=True, eq=False)
class PlainTable:
    """A table with what every format of download says of it, worked out once."""

    table: Table
    lists: frozenset[str]
    """Keys of the columns in which some row holds several values; in JSON all their rows are lists."""
    types: dict[str, Type]
    """Type of each column by key."""
    rows: tuple[dict[str, Value | list[Value]], ...]
    """For each row what a download says, by key of the column: one value, or those of a cell that may hold several."""
    notes: tuple[dict[str, list[str]], ...]
    """For each row, the remarks beside the values of a column, by its key; columns without any are left out."""
    sources: tuple[dict[str, list[str]], ...]
    """For each row, the addresses that the values of a column rest on, by its key."""


@functools.lru_cache(maxsize=1)  # three formats of download and their description ask for all of them
def every(review: Review) -> tuple[PlainTable, ...]:
    """Return every table of the review as plain values."""
    return tuple(plain(table) for table in tables.every(review))


def plain(table: Table) -> PlainTable:
    """Return a table as plain values."""
    lists = frozenset(key for row in table.rows for key, cells in row.items() if not isinstance(cells, Cell))
    rows = tuple(
        {key: cells.download if isinstance(cells, Cell) else values(cells) for key, cells in row.items()}
        for row in table.rows
    )
    return PlainTable(
        table,
        lists,
        {column.key: Type.STRING if column.key in lists else _type(rows, column) for column in table.columns},
        rows,
        tuple(
            {
                key: said
                for key, cells in row.items()
                if (isinstance(cells, tuple) or cells.note or cells.badges) and (said := _notes(cells))
            }
            for row in table.rows
        ),
        tuple(
            {
                key: said
                for key, cells in row.items()
                if (isinstance(cells, tuple) or cells.sources) and (said := _sources(cells))
            }
            for row in table.rows
        ),
    )


def values(cells: Cells) -> list[Value]:
    """Return every value in a cell; an absent fact has none."""
    parts = (cells,) if isinstance(cells, Cell) else cells
    return [one.download for one in parts if one.download is not None]


def _type(rows: Iterable[dict[str, Value | list[Value]]], column: Column) -> Type:
    """Return the type of a column without lists: a number where the column says so and every value is one."""
    said = (row[column.key] for row in rows)
    present = (one for one in said if one is not None and (one.__class__ is bool or one not in NOTHINGS))
    if column.number:
        return Type.NUMBER if all(isinstance(one, int | float | Decimal) for one in present) else Type.STRING
    first = next(present, None)
    return Type.BOOLEAN if isinstance(first, bool) and all(isinstance(one, bool) for one in present) else Type.STRING


def _notes(cells: Cells) -> list[str]:
    """Return the remarks beside the values of a cell: notes, and badges that are not the value itself."""
    parts = (cells,) if isinstance(cells, Cell) else cells
    found: dict[str, None] = {}
    for one in parts:
        if one.note or one.badges:
            said = (one.note, *map(str, one.badges))
            found |= dict.fromkeys(text for text in said if text and text != one.download)
    return list(found)


def _sources(cells: Cells) -> list[str]:
    """Return the addresses of the quotes that the values of a cell rest on."""
    parts = (cells,) if isinstance(cells, Cell) else cells
    found: dict[str, None] = {}
    for one in parts:
        if one.sources:
            found |= dict.fromkeys(markdown.address(HOME, link) for link in one.sources)
    return list(found)
