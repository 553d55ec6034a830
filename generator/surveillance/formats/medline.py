"""MEDLINE text, the layout of PubMed's `.nbib` files."""

# Own reader. nbib 0.3.2 (unmaintained since 2021) reads no record of one real PubMed file and gives no error.

import re

from generator.surveillance.formats.reading.export_text import ExportText
from generator.surveillance.formats.reading.fields import FieldNames, Fields, Format, lines_of

NAMES: FieldNames = {
    "title": ("TI", "BTI", "TT"),
    "authors": ("authors",),
    "dates": ("DP", "DEP"),
    "venue": ("JT", "TA", "CTI"),
    "volume": ("VI",),
    "issue": ("IP",),
    "pages": ("PG",),
    "doi": ("doi",),
    "pmid": ("PMID",),
    "pmcid": ("PMC",),
    "abstract": ("AB",),
    "types": ("PT", "in"),
    "language": ("LA",),
    "linked": ("SI", "UIN", "UOF", "RPF", "RPI"),
    "accession": ("PMID",),
    "withdrawn": ("RIN",),
}
"""SI holds registrations, UIN and UOF the article of a preprint and the reverse, RIN the notice of a retraction."""
ONCE = frozenset({"TI", "DP", "TA", "JT", "VI", "PG", "SO", "STAT", "OWN"})

_STARTS = re.compile(r"^PMID[ ]?- ?(?=\d)", re.MULTILINE)
_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?(?P<value>.*)")


def recognises(text: str) -> bool:
    """Return whether the first line of the file is the PubMed id of a record."""
    return bool(_STARTS.match(text.lstrip()))


def count(export: ExportText) -> list[int]:
    """Return the lines that start with the tag PMID."""
    return lines_of(_STARTS, export)


def parse(export: ExportText) -> list[Fields]:
    """Return the fields of every record; each starts with PMID, and an empty line ends it.

    Raises:
        FormatError: a field stands after an empty line and before the next PMID, as when that line was lost.
    """
    records: list[Fields] = []
    tag, is_person = "", False
    for number, line in enumerate(export.lines, start=1):
        match = _TAG.fullmatch(line) if line[4:5] == "-" else None
        if not line.strip():
            tag = ""
        elif match and match["tag"] == "PMID":
            tag = "PMID"
            records.append(Fields(number, {tag: [match["value"]]}))
        elif not tag:
            raise export.error(number, "this line stands outside a record", "Put back the line `PMID- …` before it.")
        elif match:
            tag = match["tag"]
            records[-1].add(tag, match["value"])
            is_person = _add_person(records[-1], tag, match["value"])
        else:
            records[-1].lengthen(tag, line.strip())
            if is_person:
                records[-1].lengthen("authors", line.strip())
    return [_with_doi_and_type(record) for record in records]


def _add_person(record: Fields, tag: str, value: str) -> bool:
    """Collect authors in their order; return whether the field was taken. The short name after a full one is not."""
    after_full_name = bool(record.values.get("full name before"))
    record.values["full name before"] = ["yes"] if tag == "FAU" or (after_full_name and tag not in ("AU", "CN")) else []
    if tag in ("FAU", "CN") or (tag == "AU" and not after_full_name):
        record.add("authors", value)
        return True
    return False


def _with_doi_and_type(record: Fields) -> Fields:
    stated = [value for value in record.all(("LID", "AID")) if value.endswith("[doi]")]
    record.values["in"] = ["journal"] if record.first(("JT", "TA")) else []
    record.values["doi"] = [*stated, *record.all(("SO",))]
    return record


FORMATS = (Format("MEDLINE (nbib)", recognises, count, parse, NAMES, ONCE),)
