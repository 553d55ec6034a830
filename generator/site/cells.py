"""Cells that many tables share: a related record, and identifiers as links. Asks no service."""

from dataclasses import replace

from generator import identifiers
from generator.model.decision import RecordIdentifiers, ScreenedRecord
from generator.model.records import Records
from generator.model.registry_status import RegistryStatus
from generator.model.report import Document, Report
from generator.review.places import place_of
from generator.review.study_facts import label_of
from generator.wording.markdown import escape, html
from generator.wording.table import Cell, Link
from generator.wording.words import status_label

_SCHEMES = (
    ("doi", "doi", "DOI"),
    ("pmid", "pmid", "PubMed"),
    ("pmcid", "pmcid", "PubMed Central"),
    ("openalex", "openalex", "OpenAlex"),
    ("registration", "registry", "Registration"),
)
"""Field of a record, scheme of `generator.identifiers`, and the name to print."""


def record_cell(name: str, records: Records) -> Cell:
    """Return the name of a related record as a link: to its page, else to what its identifier leads to, else plain."""
    link = place_of(name, records)
    if link is None:
        found = ((scheme, identifiers.normalise(scheme, name)) for scheme in ("registry", "doi", "openalex"))
        urls = (identifiers.address(scheme, normal) for scheme, normal in found if normal)
        link = next((Link(url=url) for url in urls if url), None)
    label = label_of(name) if name in records.included or name in records.excluded else name
    return Cell(label, name, link)


def identifier_cells(record: RecordIdentifiers | ScreenedRecord | Report | Document) -> tuple[Cell, ...]:
    """Return the identifiers of a record, each as a link where it has an address."""
    cells = []
    for field, scheme, label in _SCHEMES:
        identifier = getattr(record, field, None)
        if identifier:
            url = identifiers.address(scheme, identifier)
            cells.append(Cell(f"{label} {identifier}", identifier, Link(url=url) if url else None))
    if record.url:
        cells.append(Cell(record.url, record.url, Link(url=record.url)))
    return tuple(cells)


def word_status(said: Cell, status: RegistryStatus) -> Cell:
    """Return a cell that says in words what a registry said, on the page with its code as the title of the words."""
    words = escape(status_label(status))
    marked = html(f'<abbr title="{escape(status)}">{words}</abbr>')
    return replace(said, markup=escape(said.text).replace(words, marked, 1))
