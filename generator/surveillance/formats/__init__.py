"""Export files of databases and reference managers -> records: one module per layout, recognised by content.

A new layout is one new module in this folder with a tuple `FORMATS`. What the modules share is in `reading`. Every
layout counts the records a second, cheap way: a file of which a parser would lose a record is refused, never imported
in part. Nothing here opens a file.
"""

import functools
import importlib
import pkgutil
from dataclasses import dataclass
from itertools import zip_longest

from generator.model.source_record import SourceRecord
from generator.surveillance.formats.reading.export_text import ExportText, FormatError, decode
from generator.surveillance.formats.reading.fields import MERGED_FROM, Fields, Format
from generator.surveillance.formats.reading.records import source_record

__all__ = ["FormatError", "Parsed", "every", "read"]


@dataclass(frozen=True)
class Parsed:
    """What a file held."""

    format: str
    """Name of the layout that was recognised, such as `RIS`."""
    encoding: str
    """utf-8, utf-16, or windows-1252, which is only assumed."""
    records: tuple[SourceRecord, ...]
    exported_on: str
    """Day of the export (the oldest, if several) where the file states it, as the WHO portal does; else empty."""


@functools.cache
def every() -> tuple[Format, ...]:
    """Return every layout, in the order of their modules' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.ispkg)
    return tuple(form for name in names for form in importlib.import_module(f"{__name__}.{name}").FORMATS)


def read(name: str, raw: bytes, source: str) -> Parsed:
    """Return the records of an export file; `name` is for messages and places only, the suffix means nothing.

    Args:
        name: the file's name as people know it.
        raw: its bytes.
        source: id, in the protocol, of the source the file was exported from.

    Raises:
        FormatError: the layout is not known or damaged, or the two counts of records differ. It names the line of the
            place and says what to do; no record has been given out.
    """
    export = decode(name, raw)
    layout = _recognised(export)
    found = layout.parse(export)
    _compare(export, found, layout.count(export))
    _refuse_merged(export, layout, found)
    records = (source_record(fields, layout.names, source, f"{name}:{fields.line}") for fields in found)
    days = filter(None, (fields.first(("exported on",)) for fields in found))
    return Parsed(layout.name, export.encoding, tuple(records), min(days, default=""))


def _recognised(export: ExportText) -> Format:
    found = [layout for layout in every() if layout.recognises(export.text)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(layout.name for layout in found or every())
    if found:
        raise export.error(1, f"the file could be {names}", "Take the other text out of it, or export it again.")
    raise export.error(1, "the layout of the file is not known", f"Export it in one of these: {names}.")


def _compare(export: ExportText, found: list[Fields], counted: list[int]) -> None:
    if not counted and not found:
        raise export.error(1, "the file holds no record", "Check that the search found something, and export again.")
    for fields, line in zip_longest(found, counted):
        if fields is None or line is None or fields.line != line:
            places = [place for place in (line, fields.line if fields else None) if place is not None]
            message = f"{len(found)} records could be read, but {len(counted)} are there; they part at this line"
            advice = "Look for a damaged record at this line or just before it, mend it, or export the file again."
            raise export.error(min(places), message, advice)


def _refuse_merged(export: ExportText, layout: Format, found: list[Fields]) -> None:
    """Refuse two records between which the end of one and the start of the other were lost: no count can see that."""
    for fields in found:
        twice = sorted(name for name in layout.once if len(fields.values.get(name, ())) > 1)
        if len(twice) >= MERGED_FROM:
            message = f"the record that starts here is two in one: it has {', '.join(twice)} twice"
            raise export.error(fields.line, message, "Part them as the others are parted, or export the file again.")
