"""Every table as JSON: `data/<table>.json`, with typed values, what its columns mean, and what each value rests on."""

from collections.abc import Callable, Iterator

from generator import tables
from generator.jsontext import json_text
from generator.provenance import provenance
from generator.review import Review
from generator.table import Cell, Cells, Table, Value
from generator.table_values import lists, notes, sources, values


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the JSON file of every table."""
    head = provenance(review)
    for table in tables.every(review):
        yield f"data/{table.id}.json", json_text(head | content(table))


def content(table: Table) -> dict[str, object]:
    """Return a table as plain values. `notes` and `sources` run beside `rows`, with the keys that have any."""
    many = lists(table)
    return {
        "table": table.id,
        "caption": table.caption,
        "note": table.note,
        "columns": [
            {
                "key": column.key,
                "label": column.label,
                "description": column.description,
                "number": column.number,
                "list": column.key in many,
            }
            for column in table.columns
        ],
        "rows": [
            {column.key: _value(row[column.key], several=column.key in many) for column in table.columns}
            for row in table.rows
        ],
        "notes": [_beside(row, notes) for row in table.rows],
        "sources": [_beside(row, sources) for row in table.rows],
    }


def _value(cells: Cells, *, several: bool) -> Value | list[Value]:
    return values(cells) if several or not isinstance(cells, Cell) else cells.download


def _beside(row: dict[str, Cells], what: Callable[[Cells], list[str]]) -> dict[str, list[str]]:
    return {key: found for key, cells in row.items() if (found := what(cells))}
