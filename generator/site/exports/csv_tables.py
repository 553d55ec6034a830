"""Every table as CSV: `data/<table>.csv`, UTF-8, safe in a spreadsheet, several values of a cell joined with "; "."""

from collections.abc import Iterator
from functools import partial

from generator.review import Review
from generator.site import table_values
from generator.site.csvtext import BYTE_ORDER_MARK, SEPARATOR, csv_text, safe
from generator.site.table_values import NOTES, SOURCES, PlainRows, PlainTable
from generator.wording.table import Value


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the CSV file of every table."""
    for plain in table_values.every(review):
        yield f"data/{plain.table.id}.csv", BYTE_ORDER_MARK + text(plain)


def text(plain: PlainTable) -> str:
    """Return a table as CSV; remarks and sources of all cells of a row stand in the last columns."""
    head = csv_text([[*plain.keys, NOTES, SOURCES]])
    return head + "".join(plain.texts("csv", partial(_lines, plain.keys)))


def _lines(keys: list[str], held: PlainRows) -> str:
    return csv_text(_rows(keys, held))


def _rows(keys: list[str], held: PlainRows) -> Iterator[list[Value]]:
    for row, notes, sources in zip(held.rows, held.notes, held.sources, strict=True):
        said = [_one(said) if isinstance(said := row[key], list) else said for key in keys]
        yield [*said, joined(notes, keys), joined(sources, keys)]


def joined(beside: dict[str, list[str]], keys: list[str]) -> str:
    """Return what stands beside the values of a row in one text, each with the key of its column."""
    if not beside:
        return ""
    return SEPARATOR.join([f"{key}: {text}" for key in keys if key in beside for text in beside[key]])


def _one(said: list[Value]) -> Value:
    if len(said) < 2:
        return said[0] if said else None
    return SEPARATOR.join(safe(value) for value in said)
