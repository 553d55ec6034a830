"""Groups of new records -> candidate files. Names each candidate, writes what is known of it, and forgets no record."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from generator.dedupe import Group
from generator.identifiers import file_name
from generator.model.source_record import RecordKind, SourceRecord

_IDENTIFIERS = ("doi", "pmid", "pmcid", "openalex", "registration", "url")


def identifier_for(group: Group, taken: Collection[str]) -> str:
    """Return an id that no other record has: the registration, or first author and year, numbered where needed."""
    records = group.records
    registration = next((record.registration for record in records if record.registration), "")
    if registration and not any(record.doi for record in records):
        stem = file_name(registration)
    else:
        author = next((record.authors[0] for record in records if record.authors), "")
        year = next((record.year for record in records if record.year), None)
        family = _slug(_family_name(author)) or "unnamed"
        stem = f"{family[:60].strip('-')}-{year or 'undated'}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _family_name(author: str) -> str:
    """Return the family name of `Wilson, Jane`, `Wilson JE`, `Wilson J.E.` or `JE Wilson`."""
    if "," in author:
        return author.partition(",")[0]
    full = [word for word in author.split() if not re.fullmatch(r"(?:[A-Z]\.?-?){1,3}", word)]
    return " ".join(full) or author


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


@dataclass(frozen=True)
class Origin:
    """The search run that found a record."""

    source: str
    on: dt.date
    run: str


def candidate(group: Group, origin: Origin, linked: Iterable[str], possible: Iterable[str]) -> dict[str, object]:
    """Return the fields of a candidate's file, in the order they are written.

    Abstracts are left out: those of an export belong to their publishers. Where two records of the group differ, the
    first one that says something counts, and `note` names every record that was merged.
    """
    fields: dict[str, object] = {"title": _first(group, "title") or "NR"}
    authors = next((record.authors for record in group.records if record.authors), ())
    fields |= {"authors": "; ".join(authors)} if authors else {}
    year = next((record.year for record in group.records if record.year), None)
    fields |= {"year": str(year)} if year else {}
    fields |= {name: value for name in ("published", "venue") if (value := _first(group, name))}
    identifiers = {name: value for name in _IDENTIFIERS if (value := _first(group, name))}
    if not set(identifiers) - {"url"}:
        identifiers["accession"] = _first(group, "accession") or _first(group, "place")
    fields["identifiers"] = identifiers
    fields["found"] = [{"source": origin.source, "on": origin.on.isoformat(), "run": origin.run}]
    fields |= {"linked": found} if (found := sorted(set(linked))) else {}
    fields |= {"possible_duplicates": found} if (found := sorted(set(possible))) else {}
    flagged = {record.kind for record in group.records if record.retracted}
    if flagged - {RecordKind.REGISTRATION}:
        fields["retracted"] = "true"
    notes = []
    if RecordKind.REGISTRATION in flagged:
        notes.append("The registry's title says that the registration was withdrawn.")
    if len(group.records) > 1:
        reasons = sorted({match.rule for match in group.merges})
        places = ", ".join(sorted(name_of(record) for record in group.records))
        notes.append(f"Merged from {len(group.records)} records by the rules {', '.join(reasons)}: {places}.")
    if notes:
        fields["note"] = " ".join(notes)
    return fields


def _first(group: Group, name: str) -> str:
    return next((value for record in group.records if (value := getattr(record, name))), "")


def name_of(record: SourceRecord) -> str:
    """Return what a record can be called in a note: its place in a file, or its first identifier."""
    return record.place or next((value for name in _IDENTIFIERS if (value := getattr(record, name))), record.title)
