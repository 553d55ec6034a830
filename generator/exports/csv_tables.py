"""Every table as CSV: `data/<table>.csv`, UTF-8, safe in a spreadsheet, several values of a cell joined with "; "."""

from collections.abc import Iterator

from generator import tables
from generator.csvtext import BYTE_ORDER_MARK, SEPARATOR, csv_text, safe
from generator.review import Review
from generator.table import Cell, Cells, Table, Value
from generator.table_values import NOTES, SOURCES, notes, sources, values


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the CSV file of every table."""
    for table in tables.every(review):
        yield f"data/{table.id}.csv", BYTE_ORDER_MARK + csv_text(rows(table))


def rows(table: Table) -> Iterator[list[Value]]:
    """Yield the head and the rows of a table's CSV file; remarks and sources of all cells stand in the last columns."""
    keys = [column.key for column in table.columns]
    yield [*keys, NOTES, SOURCES]
    for row in table.rows:
        said = [f"{key}: {text}" for key in keys for text in notes(row[key])]
        rests_on = [f"{key}: {address}" for key in keys for address in sources(row[key])]
        yield [*(_one(row[key]) for key in keys), SEPARATOR.join(said), SEPARATOR.join(rests_on)]


def _one(cells: Cells) -> Value:
    if isinstance(cells, Cell):
        return cells.download
    found = values(cells)
    if len(found) < 2:
        return found[0] if found else None
    return SEPARATOR.join(safe(value) for value in found)
