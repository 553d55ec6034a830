"""What a table is: columns with a meaning, rows of cells, and links from a cell to a page or to the words it rests on.

The tables themselves are in `generator.site.tables`, their HTML in `generator.wording.markdown`, their downloads in
`generator.site.exports`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

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


@dataclass(frozen=True)
class Table:
    """Columns and rows; every row has a cell for every column."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[dict[str, Cells], ...]
    note: str = ""
    empty: str = "None."
    """The sentence that stands in place of a table without rows."""

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
