"""A table as plain values for downloads: what each cell says, the remarks beside it and the addresses it rests on.

Formats are made in `generator.site.exports`. Addresses are those of the built site, as seen from its home page.
"""

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from generator.model.values import Missing
from generator.review import Review
from generator.site import tables
from generator.wording import markdown
from generator.wording.table import Block, Cell, Cells, Column, Row, Table, Value

HOME = "index.md"
NOTES, SOURCES = "cell_notes", "cell_sources"
"""Keys of the two columns that every CSV file has after those of its table."""
NOTES_MEANING = "Remarks and badges that stand beside values on the page, each with the key of its column."
SOURCES_MEANING = "Addresses of the quotes that values rest on, each with the key of its column."
NOTHINGS = frozenset({"", *map(str, Missing)})
"""What a download says in place of a value: empty, NR or NA."""
_LIST = "list"


class Type(StrEnum):
    """What all present values of a column are, in the words of the Table Schema."""

    NUMBER = "number"
    BOOLEAN = "boolean"
    STRING = "string"


@dataclass(frozen=True, eq=False)
class PlainRows:
    """Rows as plain values, by key of the column."""

    rows: tuple[dict[str, Value | list[Value]], ...]
    """What a download says: one value, or those of a cell that may hold several."""
    notes: tuple[dict[str, list[str]], ...]
    """The remarks beside the values of a column; columns without any are left out."""
    sources: tuple[dict[str, list[str]], ...]
    """The addresses that the values of a column rest on."""


class PlainBlock:
    """A block of a table as plain values, worked out once and only when a text of it is not kept."""

    def __init__(self, block: Block, columns: tuple[Column, ...]) -> None:
        self._block, self._columns = block, columns

    @cached_property
    def plain(self) -> PlainRows:
        """The rows of the block."""
        return plain_rows(self._block.rows)

    @property
    def kinds(self) -> str:
        """For each column `list` where a cell may hold several values, else the type of what it says, or nothing.

        With a blank between them.
        """
        return self.text("kinds", lambda _: " ".join(self._kinds()))

    def text(self, name: str, write: Callable[[PlainRows], str]) -> str:
        """Return what `write` makes of the rows; `name` says what that is and holds all else that it depends on."""
        return self._block.text(name, lambda: write(self.plain))

    def _kinds(self) -> Iterator[str]:
        several = {key for row in self._block.rows for key, cells in row.items() if not isinstance(cells, Cell)}
        for column in self._columns:
            yield _LIST if column.key in several else _kind([row[column.key] for row in self.plain.rows])


@dataclass(frozen=True, eq=False)
class PlainTable:
    """A table with what every format of download says of it."""

    table: Table
    blocks: tuple[PlainBlock, ...]
    lists: frozenset[str]
    """Keys of the columns in which some row holds several values; in JSON all their rows are lists."""
    types: dict[str, Type]
    """Type of each column by key."""

    @property
    def keys(self) -> list[str]:
        """The keys of the columns in their order."""
        return [column.key for column in self.table.columns]

    def texts(self, name: str, write: Callable[[PlainRows], str]) -> list[str]:
        """Return what `write` makes of each block; `name` says what that is and holds all else that it depends on."""
        return [block.text(name, write) for block in self.blocks]


@functools.lru_cache(maxsize=1)  # three formats of download and their description ask for all of them
def every(review: Review) -> tuple[PlainTable, ...]:
    """Return every table of the review as plain values."""
    return tuple(plain(table) for table in tables.every(review))


def plain(table: Table) -> PlainTable:
    """Return a table as plain values."""
    blocks = tuple(PlainBlock(block, table.columns) for block in table.blocks)
    by_block = [kinds.split(" ") for kinds in {block.kinds for block in blocks}]
    kinds = {column.key: {found[index] for found in by_block} - {""} for index, column in enumerate(table.columns)}
    return PlainTable(
        table,
        blocks,
        frozenset(key for key, found in kinds.items() if _LIST in found),
        {column.key: _type(column, kinds[column.key]) for column in table.columns},
    )


def plain_rows(rows: Iterable[Row]) -> PlainRows:
    """Return rows as plain values."""
    held = tuple(rows)
    return PlainRows(
        tuple(
            {key: cells.download if isinstance(cells, Cell) else values(cells) for key, cells in row.items()}
            for row in held
        ),
        tuple(
            {
                key: said
                for key, cells in row.items()
                if (isinstance(cells, tuple) or cells.note or cells.badges) and (said := _notes(cells))
            }
            for row in held
        ),
        tuple(
            {
                key: said
                for key, cells in row.items()
                if (isinstance(cells, tuple) or cells.sources) and (said := _sources(cells))
            }
            for row in held
        ),
    )


def values(cells: Cells) -> list[Value]:
    """Return every value in a cell; an absent fact has none."""
    parts = (cells,) if isinstance(cells, Cell) else cells
    return [one.download for one in parts if one.download is not None]


def _kind(said: Iterable[Value | list[Value]]) -> str:
    """Return the type of all present values of a column that holds no lists; nothing where none is present."""
    present = [one for one in said if one is not None and (one.__class__ is bool or one not in NOTHINGS)]
    if not present:
        return ""
    if all(isinstance(one, bool) for one in present):
        return Type.BOOLEAN
    return Type.NUMBER if all(isinstance(one, int | float | Decimal) for one in present) else Type.STRING


def _type(column: Column, kinds: set[str]) -> Type:
    """Return the type of a column from those of its blocks: a number where it says so and every value is one."""
    if column.number:
        return Type.NUMBER if kinds <= {Type.NUMBER, Type.BOOLEAN} else Type.STRING
    return Type.BOOLEAN if kinds == {Type.BOOLEAN} else Type.STRING


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
