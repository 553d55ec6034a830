"""The data dictionary: what every column of every download means, and what empty, NR and NA stand for."""

from collections.abc import Iterator

from generator.review import Review
from generator.site import tables
from generator.site.exports.sqlite import MISSING
from generator.site.page import Page
from generator.site.table_values import NOTES, SOURCES
from generator.wording import markdown
from generator.wording.table import Cell, Cells, Column, Table
from generator.wording.templates import render

PATH = "dictionary.md"
_COLUMNS = (
    Column("key", "Column", "Key in the files."),
    Column("label", "Heading", "Heading on the page."),
    Column("meaning", "Meaning", "What the column holds."),
    Column("kind", "Values", "number or text."),
)


def pages(review: Review) -> Iterator[Page]:
    """Yield the data dictionary."""
    body = render(
        "site/pages/dictionary.md.j2",
        PATH,
        tables=[(table, _meanings(table), markdown.html(f"dictionary-{table.id}")) for table in tables.every(review)],
        notes=NOTES,
        sources=SOURCES,
        missing=MISSING,
    )
    yield Page(PATH, "Data dictionary", body, "What every column of every download means.")


def _meanings(table: Table) -> Table:
    rows: tuple[dict[str, Cells], ...] = tuple(
        {
            "key": Cell(column.key),
            "label": Cell(column.label if column.shown else f"{column.label} (download only)"),
            "meaning": Cell(column.description),
            "kind": Cell("number" if column.number else "text"),
        }
        for column in table.columns
    )
    return Table(f"columns-{table.id}", f"Columns of {table.id}.csv and {table.id}.json", _COLUMNS, rows)
