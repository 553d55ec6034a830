"""RIS, as exported by Scopus, Embase, Ovid, Web of Science, Cochrane, Zotero and many others."""

# Own reader. rispy 0.10.0 reads no record, without an error, where tags have one blank (`TY - JOUR`), and drops a
# record whose neighbour has lost its `ER` line; on the other real exports it reads as many records as this one.

import re

from generator.surveillance.formats.reading.export_text import ExportText
from generator.surveillance.formats.reading.fields import HEAD, FieldNames, Fields, Format, lines_of

NAMES: FieldNames = {
    "title": ("TI", "T1", "CT", "BT", "ST"),
    "authors": ("AU", "A1"),
    "dates": ("PY", "Y1", "YR", "DA"),
    "venue": ("JF", "T2", "SO", "JO", "J2", "JA"),
    "volume": ("VL",),
    "issue": ("IS",),
    "first_page": ("SP",),
    "last_page": ("EP",),
    "pages": ("C7",),
    "doi": ("DO",),
    "notes": ("N1", "M1", "M3", "L3"),
    "pmid": ("PMID",),
    "pmcid": ("C2", "PMCID"),
    "url": ("UR", "L2", "LK"),
    "abstract": ("AB", "N2"),
    "types": ("M3", "TY"),
    "language": ("LA",),
    "accession": ("AN", "U2", "UT"),
}
ONCE = frozenset({"TI", "T1", "PY", "Y1", "VL", "IS", "SP", "EP", "DO", "AB", "N2", "JF", "T2"})

_START = re.compile(r"[ \t]*TY(?:(?P<usual>  )-|[ \t]{1,3}-(?=[ \t]*[A-Z]{2,8}[ \t]*$))(?P<value>.*)")
_STARTS = re.compile(r"^[ \t]*TY(?:  -|[ \t]{1,3}-(?=[ \t]|$))", re.MULTILINE)
_USUAL_TAG = re.compile(r"[ \t]*(?P<tag>[A-Z][A-Z0-9])  -[ \t]?(?P<value>.*)")
_ANY_TAG = re.compile(r"[ \t]*(?P<tag>[A-Z][A-Z0-9])[ \t]{1,3}-(?:[ \t](?P<value>.*)|$)")
"""Where TY has the usual two blanks, `T1 - weighted` on a line of its own is part of an abstract and no field."""
_BETWEEN = re.compile(r"(?:<?\d+[.>]?|EF)?")
"""What may stand between two records: nothing, the number that Ovid prints, the end mark of Web of Science."""


def recognises(text: str) -> bool:
    """Return whether the file begins with a record of RIS, after at most some lines that are no fields."""
    start = _STARTS.search(text, 0, HEAD)
    if not start:
        return False
    before = text[: start.start()].strip().split("\n")
    return len(before) <= 20 and not any(line.startswith(("PMID-", "FN ", "PT ", "@", "<", "[")) for line in before)


def count(export: ExportText) -> list[int]:
    """Return the lines that start with the tag TY."""
    return lines_of(_STARTS, export)


def parse(export: ExportText) -> list[Fields]:
    """Return the fields of every record. A record ends with its ER, with the next TY, or with the file.

    Raises:
        FormatError: a field or another text stands outside a record, as when a TY line was lost.
    """
    records: list[Fields] = []
    tag, pattern = "", _ANY_TAG
    for number, line in enumerate(export.lines, start=1):
        start = _START.fullmatch(line)
        match = pattern.fullmatch(line)
        if start:
            tag, pattern = "TY", _USUAL_TAG if start["usual"] else _ANY_TAG
            records.append(Fields(number, {"TY": [start["value"]]}))
        elif tag and match:
            tag = "" if match["tag"] == "ER" else match["tag"]
            if tag:
                records[-1].add(tag, match["value"] or "")
        elif tag:
            if line.strip():
                records[-1].lengthen(tag, line.strip())
        elif match or (records and not _BETWEEN.fullmatch(line.strip())):
            raise export.error(number, "this line stands outside a record", "Put back the line `TY  - …` before it.")
    return [_with_pubmed_id(record) for record in records]


def _with_pubmed_id(record: Fields) -> Fields:
    """Name the PubMed id, which each database keeps in a field that others use for something else."""
    database = " ".join(record.all(("DB", "DP"))).lower()
    if "scopus" in database:
        record.values["PMID"] = record.all(("C2",))
    elif "pubmed" in database or "medline" in database:
        record.values["PMID"] = record.all(("AN",))
    return record


FORMATS = (Format("RIS", recognises, count, parse, NAMES, ONCE),)
