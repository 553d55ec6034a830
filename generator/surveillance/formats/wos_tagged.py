"""Web of Science plain text: `FN`, `VR`, then records from `PT` to `ER`, then `EF`."""

# Own reader: no library that is kept reads this layout (rispy 0.10.0 finds no record in it, without an error).

import re

from generator.surveillance.formats.reading.export_text import ExportText
from generator.surveillance.formats.reading.fields import FieldNames, Fields, Format, lines_of

NAMES: FieldNames = {
    "title": ("TI",),
    "authors": ("authors",),
    "dates": ("PY", "PD", "EA"),
    "venue": ("SO", "J9"),
    "volume": ("VL",),
    "issue": ("IS",),
    "first_page": ("BP",),
    "last_page": ("EP",),
    "pages": ("AR",),
    "doi": ("DI",),
    "pmid": ("PM",),
    "abstract": ("AB",),
    "types": ("DT", "type"),
    "language": ("LA",),
    "accession": ("UT",),
}
ONCE = frozenset({"TI", "SO", "PY", "VL", "BP", "UT", "DT"})
PUBLICATION_TYPES = {"J": "journal", "C": "conference"}
"""What PT says when DT says nothing."""

_STARTS = re.compile(r"^PT (?=\S)", re.MULTILINE)
_HEAD = re.compile(r"\s*(?:FN (?:Clarivate|Thomson|ISI)\b|PT [A-Z]\n(?:AU|BE|CA|GP|TI|AF) )")
_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?: (?P<value>.*)|\s*)")
_LISTS = frozenset({"AU", "AF"})
"""Fields with one person on each line."""


def recognises(text: str) -> bool:
    """Return whether the file begins as Web of Science begins its plain text."""
    return bool(_HEAD.match(text))


def count(export: ExportText) -> list[int]:
    """Return the lines that start with the tag PT."""
    return lines_of(_STARTS, export)


def parse(export: ExportText) -> list[Fields]:
    """Return the fields of every record. A record ends with its ER or with the next PT.

    Raises:
        FormatError: the file begins with FN but its end mark EF is missing, so the end of it was cut off; or a field
            stands outside a record.
    """
    records: list[Fields] = []
    tag = ""
    ended = not export.text.lstrip().startswith("FN ")
    for number, line in enumerate(export.lines, start=1):
        match = _TAG.fullmatch(line)
        if match and match["tag"] == "PT":
            tag = "PT"
            records.append(Fields(number, {tag: [match["value"] or ""]}))
        elif match and match["tag"] in ("ER", "EF"):
            tag, ended = "", ended or match["tag"] == "EF"
        elif match and tag:
            tag = match["tag"]
            records[-1].add(tag, match["value"] or "")
        elif tag and line.strip():
            _continue(records[-1], tag, line.strip())
        elif line.strip() and not (match and match["tag"] in ("FN", "VR")):
            raise export.error(number, "this line stands outside a record", "Put back the line `PT …` before it.")
    if not ended:
        raise export.error(len(export.lines), "the end mark EF is missing: the end of the file was cut off")
    return [_with_people_and_type(record) for record in records]


def _continue(record: Fields, tag: str, text: str) -> None:
    if tag in _LISTS:
        record.add(tag, text)
    else:
        record.lengthen(tag, text)


def _with_people_and_type(record: Fields) -> Fields:
    record.values["authors"] = record.all(("AF",)) or record.all(("AU",))
    kind = PUBLICATION_TYPES.get(record.first(("PT",)))
    record.values["type"] = [kind] if kind else []
    return record


FORMATS = (Format("Web of Science plain text", recognises, count, parse, NAMES, ONCE),)
