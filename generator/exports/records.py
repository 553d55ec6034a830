"""Every record as JSON: `data/records.json`, the content of the files in `studies/` with their own field names.

Its JSON Schema is `data/records.schema.json` (`generator.exports.json_schema`).

A field that a file leaves out is left out here as well; NR and NA stay NR and NA. Full texts of reports are not in it.
"""

from collections.abc import Iterator
from dataclasses import fields

from generator.jsontext import json_text
from generator.model.values import Part
from generator.provenance import provenance
from generator.review import Review

_NOT_RECORDS = frozenset({"source_texts", "unread"})
"""Parts of `Records` that are no records: full texts, and the names of files that could not be read."""


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the file that holds every record."""
    records = {
        part.name: plain(getattr(review.records, part.name))
        for part in fields(review.records)
        if part.name not in _NOT_RECORDS
    }
    head = provenance(review) | {"schema": "records.schema.json", "format": review.protocol.format}
    yield "data/records.json", json_text(head | {"records": records}, levels=4)


def plain(held: object) -> object:
    """Return a record, or records by id, as plain values; what a file leaves out is left out."""
    if isinstance(held, Part):
        return held.model_dump(exclude_unset=True)
    return {key: plain(record) for key, record in held.items()} if isinstance(held, dict) else held
