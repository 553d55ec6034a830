"""CSV of the WHO trial search portal (ICTRP), and its weekly full file, which has no header."""

import re

from generator.surveillance.formats.reading.export_text import ExportText
from generator.surveillance.formats.reading.fields import Fields, Format
from generator.surveillance.formats.reading.registrations import NAMES, field_name, registered
from generator.surveillance.formats.reading.separated import DELIMITERS, count_rows, first_row, read_rows

NEEDED = frozenset({"trialid", "public title"})
FULL_FILE = (
    *("trialid", "last refreshed on", "secondary ids", "public title", "scientific title", "url"),
    *("",) * 12,
    *("study type", "study design", "phase", "date registration", "date enrollement", "target size"),
    *("recruitment status", "primary sponsor", "secondary sponsors", "source support", "countries", "conditions"),
    *("interventions", "agemin", "agemax", "gender", "inclusion criteria", "exclusion criteria"),
    *("primary outcome", "secondary outcomes", "bridging flag", "bridged type", "childs"),
)
"""The first 41 columns of the weekly full file, in their order. The twelve without a name hold people to contact, and
what follows concerns posted results and ethics; neither is read."""

MAX_COLUMNS = 75
"""The full file has had up to 63 columns; a row with many more is two rows whose line end was lost."""
_ADDRESS_COLUMN = FULL_FILE.index("url")
_TRIAL_ID = re.compile(r"[A-Za-z]{2,10}[-/ ]?[\w/.-]*\d{2,}[\w/.-]*")


def recognises(text: str) -> bool:
    """Return whether the first row is the portal's header, or a row of the full file."""
    return _delimiter(text) != ""


def count(export: ExportText) -> list[int]:
    """Return the lines on which rows start, without the header's."""
    starts = count_rows(export)
    return starts[1:] if _header(export.text, _delimiter(export.text)) else starts


def parse(export: ExportText) -> list[Fields]:
    """Return the fields of every registration.

    Raises:
        FormatError: a row is damaged, or a row of a file without header does not begin with an id and have an address
            in its sixth column, so that the order of its columns is not the known one.
    """
    delimiter = _delimiter(export.text)
    rows = read_rows(export, delimiter)
    names = _header(export.text, delimiter)
    found = []
    for row in rows[1:] if names else rows:
        if not names and not _of_full_file(row.cells):
            advice = "Put the header of the export as the first row of the file."
            raise export.error(row.line, "the row has no header and not the columns of the weekly full file", advice)
        fields = Fields(row.line)
        for name, cell in zip(names or FULL_FILE, row.cells, strict=False):
            fields.add(name, cell)
        fields.values.pop("", None)
        found.append(registered(fields))
    return found


def _delimiter(text: str) -> str:
    for delimiter in DELIMITERS:
        cells = first_row(text, delimiter)
        if _header(text, delimiter) or _of_full_file(cells):
            return delimiter
    return ""


def _header(text: str, delimiter: str) -> list[str]:
    """Return the names of the columns, or an empty list when the first row is no header of the portal."""
    names = [field_name(cell) for cell in first_row(text, delimiter)]
    return names if set(names) >= NEEDED else []


def _of_full_file(cells: list[str]) -> bool:
    if not len(FULL_FILE) <= len(cells) <= MAX_COLUMNS:
        return False
    address = cells[_ADDRESS_COLUMN].strip()
    return bool(_TRIAL_ID.fullmatch(cells[0].strip())) and (not address or address.startswith("http"))


FORMATS = (Format("WHO ICTRP CSV", recognises, count, parse, NAMES),)
