"""Rows of separated values with the lines they start on: CSV by the csv module, and tab files without quotes."""

import csv
import io
import re
from dataclasses import dataclass

from generator.surveillance.formats.reading.export_text import MAX_BYTES, ExportText

DELIMITERS = (",", ";", "\t")
_HEAD_CHARACTERS = 50_000
csv.field_size_limit(MAX_BYTES)  # the references of one review article are longer than the default of 131,072


@dataclass(frozen=True)
class Row:
    """One row and the line it starts on."""

    line: int
    cells: list[str]


def first_row(text: str, delimiter: str) -> list[str]:
    """Return the cells of the first row, without regard to damage further down."""
    head = io.StringIO(text[:_HEAD_CHARACTERS].lstrip("\n"), newline="")
    try:
        return [cell.strip() for cell in next(csv.reader(head, delimiter=delimiter), [])]
    except csv.Error:
        return []


def read_rows(export: ExportText, delimiter: str, *, quoted: bool = True) -> list[Row]:
    """Return every row that is not blank; all have as many cells as the first, but for empty ones behind the last.

    Raises:
        FormatError: a quote is open or stray, or a row has fewer or more cells than the first.
    """
    text = io.StringIO(export.text, newline="")
    if quoted:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
    else:
        reader = csv.reader(text, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    rows: list[Row] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(start, _checked(export, start, cells, rows)))
            start = reader.line_num + 1
    except csv.Error as error:
        advice = "Look for a quotation mark too many or too few there, or export the file again."
        raise export.error(start, f"a row that starts here cannot be read ({error})", advice) from None
    return rows


def count_rows(export: ExportText, *, quoted: bool = True) -> list[int]:
    """Return the lines on which rows start: those before which the quotes are even in number, without blank ones."""
    starts, is_open = [], False
    for number, line in enumerate(export.lines, start=1):
        if not is_open and re.search(r"[^\s,;\"]", line):
            starts.append(number)
        if quoted and line.count('"') % 2:
            is_open = not is_open
    return starts


def _checked(export: ExportText, line: int, cells: list[str], rows: list[Row]) -> list[str]:
    width = len(rows[0].cells) if rows else len(cells)
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        advice = "Look for a missing or stray quotation mark or separator there or just before it, or export it again."
        raise export.error(line, f"the row has {len(cells)} cells, the first row has {width}", advice)
    return cells[:width]
