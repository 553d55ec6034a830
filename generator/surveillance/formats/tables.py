"""CSV and tab-separated exports with a header: Scopus, Web of Science, Embase, Cochrane, PubMed and others."""

import re
from dataclasses import dataclass
from functools import partial

from generator.surveillance.formats.reading.export_text import ExportText
from generator.surveillance.formats.reading.fields import FieldNames, Fields, Format
from generator.surveillance.formats.reading.separated import DELIMITERS, Row, count_rows, first_row, read_rows


@dataclass(frozen=True)
class Layout:
    """The header of one database. Names of columns are compared in small letters."""

    name: str
    known_by: frozenset[str]
    """Columns that are all there in this layout and not in another."""
    names: FieldNames
    between_people: str = r";"
    """Pattern between two people in one cell."""
    quoted: bool = True
    """False where quotation marks are signs like any other."""
    nothing: str = ""
    """What a cell holds that is not known."""


SCOPUS = Layout(
    "CSV of Scopus",
    frozenset({"title", "source title", "eid"}),
    {
        "title": ("title",),
        "authors": ("people",),
        "dates": ("year",),
        "venue": ("source title", "abbreviated source title"),
        "volume": ("volume",),
        "issue": ("issue",),
        "first_page": ("page start",),
        "last_page": ("page end",),
        "pages": ("art. no.",),
        "doi": ("doi",),
        "pmid": ("pubmed id",),
        "url": ("link",),
        "abstract": ("abstract",),
        "types": ("document type", "publication stage"),
        "language": ("language of original document",),
        "accession": ("eid",),
    },
    between_people=r";|(?<=\.),(?= )",  # until 2023: "Smith J., Doe A."
)
WEB_OF_SCIENCE = Layout(
    "table of Web of Science",
    frozenset({"publication type", "article title", "source title"}),
    {
        "title": ("article title",),
        "authors": ("people",),
        "dates": ("publication year", "publication date"),
        "venue": ("source title", "journal abbreviation"),
        "volume": ("volume",),
        "issue": ("issue",),
        "first_page": ("start page",),
        "last_page": ("end page",),
        "pages": ("article number",),
        "doi": ("doi", "doi link"),
        "pmid": ("pubmed id",),
        "abstract": ("abstract",),
        "types": ("document type",),
        "language": ("language",),
        "accession": ("ut (unique wos id)", "ut (unique id)", "accession number"),
    },
)
WEB_OF_SCIENCE_TAGS = Layout(
    "tab-separated Web of Science",
    frozenset({"pt", "au", "ti", "so", "ut"}),
    {
        "title": ("ti",),
        "authors": ("people",),
        "dates": ("py", "pd", "ea"),
        "venue": ("so", "j9"),
        "volume": ("vl",),
        "issue": ("is",),
        "first_page": ("bp",),
        "last_page": ("ep",),
        "pages": ("ar",),
        "doi": ("di",),
        "pmid": ("pm",),
        "abstract": ("ab",),
        "types": ("dt",),
        "language": ("la",),
        "accession": ("ut",),
    },
    quoted=False,
)
EMBASE = Layout(
    "CSV of Embase",
    frozenset({"title", "author names"}),
    {
        "title": ("title", "original title"),
        "authors": ("people",),
        "dates": ("publication year", "publication date", "cited year", "cited date"),
        "venue": ("source title", "cited venue", "source"),
        "volume": ("volume", "cited volume"),
        "issue": ("issue", "cited issue"),
        "first_page": ("first page",),
        "last_page": ("last page",),
        "pages": ("cited pages",),
        "doi": ("doi", "full text link", "open url link"),
        "pmid": ("medline pmid",),
        "url": ("embase link", "full text link"),
        "abstract": ("abstract", "original abstract"),
        "types": ("publication type",),
        "language": ("language of article", "article language"),
        "linked": ("clinical trial numbers", "clinical trial number"),
        "accession": ("embase accession id", "accession number", "pui"),
    },
    between_people=r";|(?<=\.), ?",
)
COCHRANE = Layout(
    "CSV of the Cochrane Library",
    frozenset({"title", "author(s)"}),
    {
        "title": ("title",),
        "authors": ("people",),
        "dates": ("publication year", "year", "publication date", "date"),
        "venue": ("source", "journal", "publication title"),
        "volume": ("volume",),
        "issue": ("issue",),
        "pages": ("pages",),
        "doi": ("doi", "url"),
        "pmid": ("pubmed id", "pmid", "pubmed"),
        "url": ("url", "us url"),
        "abstract": ("abstract",),
        "types": ("publication type", "type", "record type"),
        "language": ("language",),
        "accession": ("central id", "cochrane review id", "id", "accession number"),
    },
    between_people=r";|(?<=[a-z.] [A-Z]),|(?<=[a-z.] [A-Z]{2}),",
)
PUBLISH_OR_PERISH = Layout(
    "CSV of Publish or Perish",
    frozenset({"cites", "authors", "title", "articleurl", "gsrank"}),
    {
        "title": ("title",),
        "authors": ("people",),
        "dates": ("year",),
        "venue": ("source",),
        "volume": ("volume",),
        "issue": ("issue",),
        "first_page": ("startpage",),
        "last_page": ("endpage",),
        "doi": ("doi",),
        "url": ("articleurl", "fulltexturl"),
        "abstract": ("abstract",),
        "types": ("type",),
    },
    between_people=r",",
    nothing="0",
)
PUBMED = Layout(
    "CSV of PubMed",
    frozenset({"pmid", "title", "authors", "citation"}),
    {
        "title": ("title",),
        "authors": ("people",),
        "dates": ("publication year",),
        "venue": ("journal/book",),
        "doi": ("doi",),
        "pmid": ("pmid",),
        "pmcid": ("pmcid",),
        "accession": ("pmid",),
    },
    between_people=r",",
)
LAYOUTS = (SCOPUS, WEB_OF_SCIENCE, WEB_OF_SCIENCE_TAGS, EMBASE, COCHRANE, PUBLISH_OR_PERISH, PUBMED)
PEOPLE = ("author full names", "af", "authors", "au", "author names", "author(s)")
"""Columns of authors; full names come before short ones."""

_AUTHOR_ID = re.compile(r"\s*\(\d+\)$")
_LONGEST_SOURCE = 2_000
_EMBASE_SOURCE = re.compile(
    r"(?P<venue>.+?) \((?P<year>\d{4})\)(?: (?P<volume>[^\s:(]+)(?::(?P<issue>\S+))?)?(?: \((?P<pages>[^)]*)\))?"
    r"(?:\.|, Article Number.*?\.)?(?: .*?Date of Publication: (?P<date>.*))?"
)


def _columns(text: str, delimiter: str) -> list[str]:
    return [" ".join(name.lower().split()) for name in first_row(text, delimiter)]


def _delimiter(layout: Layout, text: str) -> str:
    """Return the sign between the cells, or an empty text when the first row is not the header of the layout."""
    return next((sign for sign in DELIMITERS if layout.known_by <= set(_columns(text, sign))), "")


def _recognises(layout: Layout, text: str) -> bool:
    return _delimiter(layout, text) != ""


def _is_quoted(layout: Layout, text: str) -> bool:
    return layout.quoted or _delimiter(layout, text) != "\t"


def _count(layout: Layout, export: ExportText) -> list[int]:
    return count_rows(export, quoted=_is_quoted(layout, export.text))[1:]


def _parse(layout: Layout, export: ExportText) -> list[Fields]:
    delimiter = _delimiter(layout, export.text)
    rows = read_rows(export, delimiter, quoted=_is_quoted(layout, export.text))
    columns = _columns(export.text, delimiter)
    return [_fields(layout, columns, row) for row in rows[1:]]


def _fields(layout: Layout, columns: list[str], row: Row) -> Fields:
    fields = Fields(row.line)
    for column, cell in zip(columns, row.cells, strict=False):
        fields.add(column, "" if cell == layout.nothing else cell)
    people = fields.first(PEOPLE)
    if people != "[No author name available]":
        names = (_AUTHOR_ID.sub("", name).strip() for name in re.split(layout.between_people, people))
        fields.values["people"] = [name for name in names if name]
    if layout is EMBASE:
        _read_source(fields)
    return fields


def _read_source(fields: Fields) -> None:
    """Split Embase's one cell, such as `Made-up Journal (2014) 3:3 (152-160). Date of Publication: 2014`."""
    cited = _EMBASE_SOURCE.fullmatch(fields.first(("source",))[:_LONGEST_SOURCE])
    if cited:
        for name, value in cited.groupdict().items():
            fields.add(f"cited {name}", value or "")


FORMATS = tuple(
    Format(
        layout.name,
        partial(_recognises, layout),
        partial(_count, layout),
        partial(_parse, layout),
        layout.names,
    )
    for layout in LAYOUTS
)
