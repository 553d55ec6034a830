"""Where on the site a record, a quote or an identifier is shown. Makes links, no HTML, and asks no service."""

import re
from collections.abc import Iterable

from generator import identifiers
from generator.model.decision import Outcome, RecordIdentifiers, ScreenedRecord
from generator.model.protocol import Protocol
from generator.model.records import Kind, Records, path_of
from generator.model.report import Document, Report
from generator.review.study_facts import label_of
from generator.table import Cell, Link

_SCHEMES = (
    ("doi", "doi", "DOI"),
    ("pmid", "pmid", "PubMed"),
    ("pmcid", "pmcid", "PubMed Central"),
    ("openalex", "openalex", "OpenAlex"),
    ("registration", "registry", "Registration"),
)
"""Field of a record, scheme of `generator.identifiers`, and the name to print."""


def place_of(name: str, records: Records) -> Link | None:
    """Return where the record called `name` (its id, or a registration id) is shown; None when there is none."""
    if name in records.included:
        return Link(f"studies/{name}.md")
    if name in records.excluded:
        return Link("excluded.md", f"excluded-{name}")
    if identifiers.file_name(name) in records.trials:
        return Link(f"trials/{identifiers.file_name(name)}.md")
    candidate = records.candidates.get(name)
    if candidate is None:
        return None
    is_awaiting = candidate.decision is not None and candidate.decision.outcome is Outcome.AWAITING
    return Link("awaiting.md" if is_awaiting else "candidates.md", f"candidate-{name}")


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


def quotes_at(page: str, keys: Iterable[str] | None) -> tuple[Link, ...]:
    """Return links to quotes on `page`; on the page itself where `page` is empty."""
    return tuple(Link(page, f"quote-{key}") for key in keys or ())


def site_address(protocol: Protocol, path: str) -> str:
    """Return the full address of a file or page of the site; empty while the site's address is not recorded."""
    if protocol.site is None:
        return ""
    page, mark, anchor = path.partition("#")
    return f"{protocol.site.rstrip('/')}/{re.sub(r'[.]md$', '.html', page)}{mark}{anchor}"


def edit_address(protocol: Protocol, kind: Kind, identifier: str = "") -> str | None:
    """Return the address at which the file of a record can be changed in a browser; None without a repository."""
    if protocol.repository is None:
        return None
    return f"{protocol.repository.rstrip('/')}/edit/main/{path_of(kind, identifier)}"
