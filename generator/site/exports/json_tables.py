"""Every table as JSON: `data/<table>.json`, with typed values, what its columns mean, and what each value rests on."""

from collections.abc import Callable, Iterable, Iterator

from generator.review import Review
from generator.site import table_values
from generator.site.jsontext import Written, json_text, line
from generator.site.provenance import provenance
from generator.site.table_values import PlainRows, PlainTable
from generator.wording.table import Value


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the JSON file of every table."""
    head = provenance(review)
    for plain in table_values.every(review):
        yield f"data/{plain.table.id}.json", json_text(head | content(plain))


def content(plain: PlainTable) -> dict[str, object]:
    """Return a table as plain values. `notes` and `sources` run beside `rows`, with the keys that have any."""
    table = plain.table
    several = [key for key in plain.keys if key in plain.lists]

    def row(said: dict[str, Value | list[Value]]) -> dict[str, Value | list[Value]]:
        return {key: _value(said[key], several=key in plain.lists) for key in plain.keys}

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
        "rows": _listed(plain, " ".join(["rows", *several]), lambda held: map(row, held.rows)),
        "notes": _listed(plain, "notes", lambda held: held.notes),
        "sources": _listed(plain, "sources", lambda held: held.sources),
    }


def _listed(plain: PlainTable, name: str, values: Callable[[PlainRows], Iterable[object]]) -> Written:
    """Return values of all rows as a list, each on a line of its own."""
    blocks = plain.texts(f"json {name}", lambda held: ",\n".join(map(line, values(held))))
    return Written("[\n" + ",\n".join(filter(None, blocks)) + "\n]" if any(blocks) else "[]")


def _value(said: Value | list[Value], *, several: bool) -> Value | list[Value]:
    if not several or isinstance(said, list):
        return said
    return [] if said is None else [said]
