"""A table as plain values for downloads: what each cell says, the remarks beside it and the addresses it rests on.

Formats are made in `generator.exports`. Addresses are those of the built site, as seen from its home page.
"""

from generator import markdown
from generator.table import Cell, Cells, Table, Value

HOME = "index.md"
NOTES, SOURCES = "cell_notes", "cell_sources"
"""Keys of the two columns that every CSV file has after those of its table."""


def lists(table: Table) -> frozenset[str]:
    """Return the keys of the columns in which some row holds several values; in JSON all their rows are lists."""
    return frozenset(key for row in table.rows for key, cells in row.items() if not isinstance(cells, Cell))


def values(cells: Cells) -> list[Value]:
    """Return every value in a cell; an absent fact has none."""
    parts = (cells,) if isinstance(cells, Cell) else cells
    return [one.download for one in parts if one.download is not None]


def notes(cells: Cells) -> list[str]:
    """Return the remarks beside the values of a cell: notes, and badges that are not the value itself."""
    parts = (cells,) if isinstance(cells, Cell) else cells
    found: dict[str, None] = {}
    for one in parts:
        if one.note or one.badges:
            said = (one.note, *map(str, one.badges))
            found |= dict.fromkeys(text for text in said if text and text != one.download)
    return list(found)


def sources(cells: Cells) -> list[str]:
    """Return the addresses of the quotes that the values of a cell rest on."""
    parts = (cells,) if isinstance(cells, Cell) else cells
    found: dict[str, None] = {}
    for one in parts:
        if one.sources:
            found |= dict.fromkeys(markdown.address(HOME, link) for link in one.sources)
    return list(found)
