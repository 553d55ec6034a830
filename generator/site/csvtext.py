"""Rows -> CSV text that is safe to open in a spreadsheet. Knows nothing of tables or reviews."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it the most used spreadsheet reads UTF-8 as another encoding."""
SEPARATOR = "; "
"""Between several values in one cell."""

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_NEGATIVE_NUMBER = re.compile(r"-\d+(\.\d+)?")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV (RFC 4180: comma, double quotes, CRLF); every cell has passed `safe`."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(value) for value in row])
    return stream.getvalue()


def safe(value: object) -> str:
    """Return a value as the text of a cell that no spreadsheet takes for a formula.

    A spreadsheet runs a cell that starts with = + - @, a tab or a line break (OWASP, CSV injection). Such text gets an
    apostrophe in front; numbers, also negative ones, stay as they are.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        text = str(value)  # a word of a vocabulary is written as itself
        formula = text[:1] in _FORMULA_STARTS and not _NEGATIVE_NUMBER.fullmatch(text)
        return f"'{text}" if formula else text
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
