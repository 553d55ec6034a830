"""EndNote XML, which Zotero and others write too. The path of the library on its owner's disk is not read."""

import re

from generator.surveillance.formats.reading.export_text import ExportText
from generator.surveillance.formats.reading.fields import FieldNames, Fields, Format
from generator.surveillance.formats.reading.xml import count_elements, read_elements, root_name

NAMES: FieldNames = {
    "title": ("titles/title", "titles/alt-title", "titles/short-title"),
    "authors": ("contributors/authors/author",),
    "dates": ("dates/year", "dates/pub-dates/date"),
    "venue": ("periodical/full-title", "titles/secondary-title", "periodical/abbr-1"),
    "volume": ("volume",),
    "issue": ("number",),
    "pages": ("pages", "custom7"),
    "doi": ("electronic-resource-num",),
    "notes": ("notes",),
    "pmid": ("pmid",),
    "pmcid": ("custom2",),
    "url": ("urls/related-urls/url", "urls/web-urls/url"),
    "abstract": ("abstract",),
    "types": ("work-type", "ref-type/@name"),
    "language": ("language",),
    "accession": ("accession-num",),
}
ONCE = frozenset({"titles/title", "dates/year", "volume", "pages", "rec-number", "ref-type"})


def recognises(text: str) -> bool:
    """Return whether this is XML with EndNote's root `xml`, or with `records` alone, and holds records."""
    return root_name(text) in ("xml", "records") and bool(re.search(r"<records?[\s>/]", text))


def count(export: ExportText) -> list[int]:
    """Return the lines of the start tags `<record>`."""
    return count_elements(export, "record")


def parse(export: ExportText) -> list[Fields]:
    """Return the fields of every record; type faces (`<style>`) are left away, their text is kept."""
    return [_with_pubmed_id(record) for record in read_elements(export, "record", frozenset({"style"}))]


def _with_pubmed_id(record: Fields) -> Fields:
    database = record.first(("remote-database-name", "remote-database-provider")).lower()
    if "pubmed" in database or "medline" in database:
        record.values["pmid"] = record.all(("accession-num",))
    return record


FORMATS = (Format("EndNote XML", recognises, count, parse, NAMES, ONCE),)
