"""Every table in one SQLite database: `data/review.sqlite`, with a `dictionary` of columns and the `provenance`.

The same records and day give the same bytes with the same version of SQLite: the database is made in memory with a
fixed size of page, its rows stand in the order of the tables, and nothing in it is a moment of making.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.review import Review
from generator.site import table_values
from generator.site.csvtext import SEPARATOR
from generator.site.exports.csv_tables import joined
from generator.site.provenance import provenance
from generator.site.table_values import NOTES, NOTES_MEANING, SOURCES, SOURCES_MEANING, PlainRows, PlainTable, Type
from generator.wording.table import Value

PATH = "data/review.sqlite"
MISSING = "cell_missing"
"""Column that says which numbers and answers are NR or NA: in their own column they are NULL, so that no sum or mean
counts them as 0."""
MISSING_MEANING = "Which numbers and yes-or-no answers of the row are NR or NA; in their own columns they are NULL."
_PAGE_BYTES = 4096
_COLUMN_TYPES = {Type.NUMBER: "NUMERIC", Type.BOOLEAN: "INTEGER", Type.STRING: "TEXT"}
_DICTIONARY = ("table_name", "column_name", "position", "caption", "label", "description", "type", "list")
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_ALWAYS_TEXT = {MISSING: MISSING_MEANING, NOTES: NOTES_MEANING, SOURCES: SOURCES_MEANING}


def files(review: Review) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the database."""
    tables = table_values.every(review)
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        database.execute("BEGIN")
        for plain in tables:
            types = {key: _COLUMN_TYPES[type_] for key, type_ in plain.types.items()}
            _fill(database, name_of(plain), types | dict.fromkeys(_ALWAYS_TEXT, "TEXT"), _rows(plain))
        kinds = {key: "INTEGER" if key in ("position", "list") else "TEXT" for key in _DICTIONARY}
        _fill(database, "dictionary", kinds, (row for plain in tables for row in _described(plain)))
        said = ((name, None if value is None else str(value)) for name, value in provenance(review).items())
        _fill(database, "provenance", {"name": "TEXT", "value": "TEXT"}, said)
        database.execute("COMMIT")
        yield PATH, database.serialize()
    finally:
        database.close()


def name_of(plain: PlainTable) -> str:
    """Return the name of a table in the database: its id, with underscores so that it needs no quotation marks."""
    return plain.table.id.replace("-", "_")


def _fill(database: sqlite3.Connection, name: str, types: dict[str, str], rows: Iterator[Sequence[Value]]) -> None:
    """Make a table and write its rows. Raises sqlite3.OperationalError when two tables have one name."""
    columns = ", ".join(f"{_quoted(key)} {type_}" for key, type_ in types.items())
    database.execute(f"CREATE TABLE {_quoted(name)} ({columns})")
    places = ", ".join("?" * len(types))
    database.executemany(f"INSERT INTO {_quoted(name)} VALUES ({places})", rows)  # noqa: S608 - the name is quoted


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _rows(plain: PlainTable) -> Iterator[list[Value]]:
    name = " ".join(["sqlite", *(plain.types[key] for key in plain.keys)])
    texts = plain.texts(name, lambda held: ",".join(map(_ENCODER.encode, _values(held, plain.types))))
    yield from json.loads(f"[{','.join(filter(None, texts))}]")


def _values(held: PlainRows, types: dict[str, Type]) -> Iterator[list[Value]]:
    """Yield the rows as the database holds them: text, numbers and nothing."""
    keys = list(types)
    typed = [key for key in keys if types[key] is not Type.STRING]
    for row, notes, sources in zip(held.rows, held.notes, held.sources, strict=True):
        said = [f"{key}: {row[key]}" for key in typed if row[key] and isinstance(row[key], str)]
        beside = (SEPARATOR.join(said), joined(notes, keys), joined(sources, keys))
        yield [*(_one(row[key], types[key]) for key in keys), *(text or None for text in beside)]


def _one(said: Value | list[Value], type_: Type) -> Value:
    if isinstance(said, list):
        return SEPARATOR.join(map(_text, said)) or None
    if type_ is Type.STRING:
        return None if said is None else _text(said) or None
    if isinstance(said, Decimal):
        return float(said)
    return None if isinstance(said, str) else said


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _described(plain: PlainTable) -> Iterator[tuple[Value, ...]]:
    table, name = plain.table, name_of(plain)
    for position, column in enumerate(table.columns, 1):
        said = (table.caption, column.label, column.description, str(plain.types[column.key]))
        yield name, column.key, position, *said, column.key in plain.lists
    for position, (key, meaning) in enumerate(_ALWAYS_TEXT.items(), len(table.columns) + 1):
        yield name, key, position, table.caption, key, meaning, str(Type.STRING), False
