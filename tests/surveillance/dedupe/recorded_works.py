"""Reads real works from the recorded responses: distinct ones, and pairs that an identifier says are the same.

The identifiers serve as labels only: they are taken away before anything is compared. Overlap between the recordings is
small, so that the pairs give counts rather than rates.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.model.source_record import SourceRecord
from generator.surveillance import formats
from generator.surveillance.dedupe.facts import doi_key
from generator.surveillance.formats.reading.pubmed_xml import read_set, records_in
from generator.surveillance.sources.reading.works import record_of
from tests.surveillance.dedupe.labelled import LabelledSet, read_haematology

DISTINCT = (
    "citesource-pubmed_46.ris",
    "asreview-embase.ris",
    "asreview-scopus.ris",
    "asreview-web_of_science.txt",
    "scopus-bibx.bib",
    "wos-tagged-savedrecs-bom.txt",
)
"""Exports in which every record is another document."""
_IDENTIFIERS = {"doi": "", "pmid": "", "pmcid": "", "openalex": "", "registration": "", "url": "", "accession": ""}


def bare(record: SourceRecord, name: str = "") -> SourceRecord:
    """Return a record without anything that identifies it but title, authors, year and place; `name` labels it."""
    return replace(record, **_IDENTIFIERS | {"linked": (), "abstract": "", "place": name})  # type: ignore[arg-type]


def distinct_works(folder: Path) -> list[SourceRecord]:
    """Return one record of every work of the labelled set, labels corrected, and the records of distinct exports."""
    labelled = read_haematology(folder).corrected()
    first = {labelled.work_of[record.accession]: record for record in reversed(labelled.records)}
    exported = [record for name in DISTINCT for record in _export(folder, name)]
    return [bare(record, str(n)) for n, record in enumerate([*first.values(), *exported]) if record.title]


def pairs_by_identifier(folder: Path) -> LabelledSet:
    """Return all recorded documents without identifiers, and as labels the DOI or PubMed id that each had."""
    work_of: dict[str, str] = {}
    records = []
    by_pmid: dict[str, str] = {}
    for n, record in enumerate(_documents(folder)):
        work = doi_key(record.doi) or by_pmid.get(record.pmid, record.pmid) or str(n)
        if record.pmid:
            work = by_pmid.setdefault(record.pmid, work)
        work_of[str(n)] = work
        records.append(replace(bare(record), source=f"recording {n}", accession=str(n)))
    return LabelledSet(tuple(records), work_of)


def _documents(folder: Path) -> Iterator[SourceRecord]:
    for path in sorted((folder / "exports").iterdir()):
        yield from _export(folder, path.name)
    for path in sorted((folder / "pubmed").glob("efetch*.xml")):
        yield from records_in(read_set(path.read_bytes()), path.stem)
    for path in sorted((folder / "pubmed").glob("*.nbib")):
        yield from formats.read(path.name, path.read_bytes(), path.stem).records
    for path in sorted((folder / "openalex").glob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        yield from (record_of(work, path.stem) for work in said.get("results", [said]) if "title" in work)
    for path in sorted((folder / "crossref").glob("work-*.json")):
        work = json.loads(path.read_text(encoding="utf-8"))["message"]
        yield _deposited(work)
        yield from (_cited(said) for said in work["reference"] if "article-title" in said)


def _export(folder: Path, name: str) -> Iterable[SourceRecord]:
    return formats.read(name, (folder / "exports" / name).read_bytes(), name).records


def _deposited(work: Mapping[str, Any]) -> SourceRecord:
    """Return a work as Crossref holds it."""
    return SourceRecord(
        "crossref",
        work["title"][0],
        tuple(f"{one['family']}, {one.get('given', '')}" for one in work["author"]),
        work["issued"]["date-parts"][0][0],
        venue=next(iter(work["container-title"]), work.get("institution", [{}])[0].get("name", "")),
        volume=work.get("volume", ""),
        issue=work.get("issue", ""),
        pages=work.get("page", ""),
        doi=work["DOI"],
    )


def _cited(said: Mapping[str, str]) -> SourceRecord:
    """Return a document as the reference list of another work describes it in Crossref."""
    return SourceRecord(
        "crossref",
        said["article-title"],
        (said["author"],) if "author" in said else (),
        int(said["year"][:4]),
        venue=said.get("journal-title", ""),
        volume=said.get("volume", ""),
        pages=said.get("first-page", ""),
        doi=said.get("DOI", ""),
    )
