"""The SQLite database: opened, queried, and compared with the tables it was made from."""

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from generator.review import Review
from generator.site import tables
from generator.site.exports import sqlite
from generator.wording.table import Cell, Cells
from tests.evidence import read


@pytest.fixture(scope="module", params=["made_up_review", "real_review"])
def review(request: pytest.FixtureRequest) -> Review:
    folder: Path = request.getfixturevalue(request.param)
    return read(folder)


@pytest.fixture(scope="module")
def made_up(made_up_review: Path) -> Review:
    return read(made_up_review)


def opened(review: Review) -> sqlite3.Connection:
    ((path, content),) = sqlite.files(review)
    assert path == "data/review.sqlite"
    database = sqlite3.connect(":memory:")
    database.deserialize(content)
    database.row_factory = sqlite3.Row
    return database


@pytest.fixture
def database(review: Review) -> Iterator[sqlite3.Connection]:
    connection = opened(review)
    yield connection
    connection.close()


@pytest.fixture
def made_up_database(made_up: Review) -> Iterator[sqlite3.Connection]:
    connection = opened(made_up)
    yield connection
    connection.close()


def test_the_file_is_sound_and_has_every_table(review: Review, database: sqlite3.Connection) -> None:
    assert [tuple(row) for row in database.execute("PRAGMA integrity_check")] == [("ok",)]
    names = {row["name"] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names == {table.id.replace("-", "_") for table in tables.every(review)} | {"dictionary", "provenance"}


def said(cells: Cells) -> list[object]:
    parts = (cells,) if isinstance(cells, Cell) else cells
    return [float(one) if isinstance(one, Decimal) else one for one in (part.download for part in parts)]


def test_each_table_says_what_the_review_says(review: Review, database: sqlite3.Connection) -> None:
    types = {
        (row["table_name"], row["column_name"]): row["type"] for row in database.execute("SELECT * FROM dictionary")
    }
    n_typed = 0
    for table in tables.every(review):
        name = table.id.replace("-", "_")
        rows = list(database.execute(f'SELECT * FROM "{name}"'))  # noqa: S608 - our own name
        for found, row in zip(rows, table.rows, strict=True):
            for column in table.columns:
                expected, got = said(row[column.key]), found[column.key]
                where = f"{name} {column.key}"
                if types[name, column.key] == "string":
                    assert got == ("; ".join(str(one) for one in expected if one is not None) or None), where
                    continue
                n_typed += 1
                (one,) = expected
                assert got == (None if isinstance(one, str) else one), where
                if one in ("NR", "NA"):
                    assert f"{column.key}: {one}" in found["cell_missing"].split("; "), where
    assert n_typed > 50


def test_a_mean_counts_no_missing_number_as_nothing(made_up_database: sqlite3.Connection) -> None:
    rows = list(made_up_database.execute("SELECT n_events, cell_missing FROM harm_events ORDER BY rowid"))
    assert [tuple(row) for row in rows] == [(None, "n_events: NR"), (None, "n_events: NR")]
    (mean,) = made_up_database.execute("SELECT avg(n_events) FROM harm_events").fetchone()
    assert mean is None
    failed = "SELECT count(*), sum(hits) FROM search_runs WHERE hits IS NULL"
    assert tuple(made_up_database.execute(failed).fetchone())[1] is None


def test_numbers_can_be_calculated_with(made_up_database: sqlite3.Connection) -> None:
    query = "SELECT study, value, unit, cell_sources FROM results WHERE value > 41 AND value < 42"
    (row,) = made_up_database.execute(query).fetchall()
    assert tuple(row)[:3] == ("solo-2020", 41.5, "%")
    assert "value: studies/solo-2020.html#quote-a2" in row["cell_sources"]
    assert made_up_database.execute("SELECT sum(n_enrolled) FROM studies").fetchone()[0] == 136


def test_every_column_is_in_the_dictionary(review: Review, database: sqlite3.Connection) -> None:
    described: dict[str, list[str]] = {}
    for row in database.execute("SELECT * FROM dictionary ORDER BY table_name, position"):
        assert row["description"], tuple(row)
        assert row["caption"]
        described.setdefault(row["table_name"], []).append(row["column_name"])
    assert len(described) == len(tables.every(review))
    for name, columns in described.items():
        assert [row["name"] for row in database.execute(f'PRAGMA table_info("{name}")')] == columns


def test_the_file_says_what_it_is(made_up_database: sqlite3.Connection) -> None:
    found = {row["name"]: row["value"] for row in made_up_database.execute("SELECT * FROM provenance")}
    assert (found["version"], found["as_of"], found["licence"]) == ("1.1", "2025-02-01", "CC-BY-4.0")
    assert found["based_on"] is None


def test_the_same_records_and_day_give_the_same_bytes(made_up_review: Path) -> None:
    first, second = (dict(sqlite.files(read(made_up_review))) for _ in range(2))
    assert first == second
    assert int.from_bytes(first["data/review.sqlite"][16:18]) == 4096
