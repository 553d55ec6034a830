"""Every table as JSON: `data/<table>.json`, with typed values, what its columns mean, and what each value rests on."""

from collections.abc import Iterator

from generator.review import Review
from generator.site import table_values
from generator.site.jsontext import json_text
from generator.site.provenance import provenance
from generator.site.table_values import PlainTable
from generator.wording.table import Value


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the JSON file of every table."""
    head = provenance(review)
    for plain in table_values.every(review):
        yield f"data/{plain.table.id}.json", json_text(head | content(plain))


def content(plain: PlainTable) -> dict[str, object]:
    """Return a table as plain values. `notes` and `sources` run beside `rows`, with the keys that have any."""
    table = plain.table
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
                "list": column.key in plain.lists,
            }
            for column in table.columns
        ],
        "rows": [
            {column.key: _value(row[column.key], several=column.key in plain.lists) for column in table.columns}
            for row in plain.rows
        ],
        "notes": plain.notes,
        "sources": plain.sources,
    }


def _value(said: Value | list[Value], *, several: bool) -> Value | list[Value]:
    if not several or isinstance(said, list):
        return said
    return [] if said is None else [said]
