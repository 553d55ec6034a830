"""Every record as JSON: `data/records.json`, the content of the files in `studies/` with their own field names.

A field that a file leaves out is left out here as well; NR and NA stay NR and NA. Full texts of reports are not in it.
"""

from collections.abc import Iterator
from dataclasses import fields
from enum import Enum

from generator.jsontext import json_text
from generator.model.values import Part
from generator.provenance import provenance
from generator.review import Review

_NOT_RECORDS = frozenset({"source_texts", "unread"})
"""Parts of `Records` that are no records: full texts, and the names of files that could not be read."""


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the file that holds every record."""
    records = {
        part.name: _plain(getattr(review.records, part.name))
        for part in fields(review.records)
        if part.name not in _NOT_RECORDS
    }
    head = provenance(review) | {"format": review.protocol.format}
    yield "data/records.json", json_text(head | {"records": records}, levels=4)


def _plain(value: object) -> object:
    if isinstance(value, Part):
        return {
            name: _plain(getattr(value, name)) for name in type(value).model_fields if name in value.model_fields_set
        }
    if isinstance(value, dict):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    return value.value if isinstance(value, Enum) else value
