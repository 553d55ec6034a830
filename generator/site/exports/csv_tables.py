"""Every table as CSV: `data/<table>.csv`, UTF-8, safe in a spreadsheet, several values of a cell joined with "; "."""

from collections.abc import Iterator

from generator.review import Review
from generator.site import table_values
from generator.site.csvtext import BYTE_ORDER_MARK, SEPARATOR, csv_text, safe
from generator.site.table_values import NOTES, SOURCES, PlainTable
from generator.wording.table import Value


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the CSV file of every table."""
    for plain in table_values.every(review):
        yield f"data/{plain.table.id}.csv", BYTE_ORDER_MARK + csv_text(rows(plain))


def rows(plain: PlainTable) -> Iterator[list[Value]]:
    """Yield the head and the rows of a table's CSV file; remarks and sources of all cells stand in the last columns."""
    keys = [column.key for column in plain.table.columns]
    yield [*keys, NOTES, SOURCES]
    for row, notes, sources in zip(plain.rows, plain.notes, plain.sources, strict=True):
        said = [_one(held) if isinstance(held := row[key], list) else held for key in keys]
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
