"""Every table as JSON: `data/<table>.json`, with typed values, what its columns mean, and what each value rests on."""

from collections.abc import Iterable, Iterator

from generator.review import Review
from generator.site import table_values
from generator.site.jsontext import Written, json_text, line
from generator.site.pieces import BETWEEN
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
    rows, notes, sources = _lists(plain)
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
        "rows": rows,
        "notes": notes,
        "sources": sources,
    }


def _lists(plain: PlainTable) -> Iterator[Written]:
    """Yield the rows, their notes and their sources, each as a list with a line for every row."""

    def row(said: dict[str, Value | list[Value]]) -> dict[str, Value | list[Value]]:
        return {key: _value(said[key], several=key in plain.lists) for key in plain.keys}

    def write(held: PlainRows) -> str:
        parts: tuple[Iterable[object], ...] = (map(row, held.rows), held.notes, held.sources)
        return BETWEEN.join(",\n".join(map(line, part)) for part in parts)

    name = " ".join(["json", *(key for key in plain.keys if key in plain.lists)])
    texts = [text.split(BETWEEN) for text in plain.texts(name, write)]
    for part in range(3):
        held = [text[part] for text in texts if text[part]]
        yield Written("[\n" + ",\n".join(held) + "\n]" if held else "[]")


def _value(said: Value | list[Value], *, several: bool) -> Value | list[Value]:
    if not several or isinstance(said, list):
        return said
    return [] if said is None else [said]
