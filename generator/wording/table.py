"""What a table is: columns with a meaning, rows of cells, and links from a cell to a page or to the words it rests on.

The tables themselves are in `generator.site.tables`, their HTML in `generator.wording.markdown`, their downloads in
`generator.site.exports`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import overload

from markupsafe import Markup

from generator.model.values import Missing

Value = str | int | float | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads: a page of the site (a Markdown path, with an anchor), or an address outside."""

    page: str = ""
    anchor: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table: how it reads on a page and what a download says."""

    text: str
    value: Value = None
    """What the download says; the text itself where this is None."""
    link: Link | None = None
    sources: tuple[Link, ...] = ()
    """The quotes that the value rests on."""
    badges: tuple[str, ...] = ()
    note: str = ""
    missing: bool = False
    sort_key: Value = None
    markup: Markup | None = None
    """Drawn content that replaces the text on the page, such as an arrow with its label."""

    @property
    def download(self) -> Value:
        """The value as a download says it; an absent fact is empty there, and NR stays NR."""
        return self.value if self.value is not None or self.missing else self.text


Cells = Cell | tuple[Cell, ...]
"""One value, or several in one cell."""


Row = dict[str, Cells]
"""A cell for every column, by its key."""
Keep = Callable[[str, Callable[[], str]], str]
"""Returns the text of a name: one it has kept, or what the function beside it writes now."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in downloads, its heading on the page and its meaning in the dictionary."""

    key: str
    label: str
    description: str
    facet: bool = False
    """Offer its values as a filter."""
    number: bool = False
    shown: bool = True
    """False for a column that stands in the download only."""
    folded: str = ""
    """What one of its values is, such as a quote, where a screen shows only how many there are until a reader asks."""


def unkept(_: str, write: Callable[[], str]) -> str:
    """Keep nothing: write the text."""
    return write()


class Block:
    """Rows that stand together, and texts that are made of them alone; a kept text needs no rows.

    `prefix` tells what is kept of this block from what is kept of others.
    """

    def __init__(self, make: Callable[[], Iterable[Row]], keep: Keep = unkept, prefix: str = "") -> None:
        self._make, self._keep, self._prefix = make, keep, prefix

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows, made when somebody asks for them."""
        return tuple(self._make())

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return int(self.text("n", lambda: str(len(self.rows))))

    def text(self, name: str, write: Callable[[], str]) -> str:
        """Return what `write` makes of the rows; `name` says what that is and holds all else that it depends on."""
        return self._keep(f"{self._prefix} {name}", write)


class Rows(Sequence[Row]):
    """The rows of several blocks, one after another."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.blocks = tuple(blocks)

    @cached_property
    def _n_rows(self) -> int:
        return sum(block.n_rows for block in self.blocks)

    def __len__(self) -> int:
        return self._n_rows

    def __iter__(self) -> Iterator[Row]:
        return (row for block in self.blocks for row in block.rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows | tuple) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # rows are dictionaries


@dataclass(frozen=True)
class Table:
    """Columns and rows; every row has a cell for every column."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    note: str = ""
    empty: str = "None."
    """The sentence that stands in place of a table without rows."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The rows in the blocks that they were made in, else in one."""
        return self.rows.blocks if isinstance(self.rows, Rows) else (Block(lambda: self.rows),)

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        """The columns that stand on the page."""
        return tuple(column for column in self.columns if column.shown)


NOT_REPORTED = "not reported"
NOT_APPLICABLE = "not applicable"
_ABSENT = Cell(NOT_REPORTED, missing=True)


def cell(value: object, sources: tuple[Link, ...] = (), note: str = "", badges: tuple[str, ...] = ()) -> Cell:
    """Return the cell of a value that may be absent, NR or NA. Absent and NR both read "not reported".

    In downloads an absent value is empty and NR stays NR, so that "not looked for" and "not reported" remain apart.
    What is missing rests on no words, so it carries no sources.
    """
    if value is None:
        return Cell(NOT_REPORTED, missing=True, note=note) if note else _ABSENT
    if isinstance(value, Missing):
        text = NOT_REPORTED if value is Missing.NOT_REPORTED else NOT_APPLICABLE
        return Cell(text, str(value), missing=True, note=note)
    if isinstance(value, bool):
        return Cell("yes" if value else "no", value, sources=sources, note=note, badges=badges)
    if isinstance(value, int | Decimal):
        return Cell(str(value), value, sources=sources, note=note, badges=badges, sort_key=value)
    return Cell(str(value), sources=sources, note=note, badges=badges)


def texts(values: Iterable[str], sources: tuple[Link, ...] = ()) -> tuple[Cell, ...]:
    """Return one cell per text; the last one carries the sources."""
    listed = list(values)
    return tuple(
        Cell(text, sources=sources if position == len(listed) - 1 else ()) for position, text in enumerate(listed)
    )
