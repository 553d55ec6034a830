"""The JSON Schema of the file that holds every record: `data/records.schema.json`, made from the record model.

The schemas of the static API are made of the same parts; they stand in `generator.site.exports.api_schemas`.
"""

import functools
import json
from collections.abc import Iterable, Iterator
from typing import Any

from generator.model import records as kinds
from generator.model.records import Kind
from generator.records import schema
from generator.review import Review
from generator.site.jsontext import json_text
from generator.site.pieces import made_of

Schema = dict[str, Any]
"""A JSON Schema as plain values."""

PATH = "data/records.schema.json"
_SINGLE = {"protocol": kinds.PROTOCOL, "instruments": kinds.INSTRUMENTS, "versions": kinds.VERSIONS}
_MANY = {
    "included": kinds.STUDY,
    "excluded": kinds.EXCLUSION,
    "trials": kinds.TRIAL,
    "candidates": kinds.CANDIDATE,
    "screened": kinds.SCREENED,
    "searches": kinds.SEARCH,
    "summaries": kinds.SUMMARY,
    "tools": kinds.TOOL,
}
"""Where the records of each kind stand in `data/records.json`: one, or several by id."""

TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "format": "date"}
HEAD = {
    "review": TEXT | {"description": "Title of the review."},
    "version": {"type": ["string", "null"], "description": "Published version; null before the first."},
    "as_of": DAY | {"description": "Day as of which the file was made."},
    "last_searched": {"type": ["string", "null"], "format": "date", "description": "Day of the last search."},
    "last_screened": {"type": ["string", "null"], "format": "date", "description": "Day of the last decision."},
    "last_evidence_change": {"type": ["string", "null"], "format": "date", "description": "Day the evidence changed."},
    "licence": TEXT | {"description": "Licence (SPDX id)."},
    "licence_address": TEXT | {"description": "Address of the licence."},
    "based_on": {"type": ["string", "null"], "description": "Work to name as well when the file is used."},
}
"""What every download says of itself (`generator.site.provenance`)."""


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the schema; it is that of every review."""
    yield PATH, made_of(review, (), PATH, _text)


def _text() -> str:
    many = {part: {"type": "object", "additionalProperties": ref(kind)} for part, kind in _MANY.items()}
    single = {part: {"anyOf": [ref(kind), {"type": "null"}]} for part, kind in _SINGLE.items()}
    parts = single | many
    properties = HEAD | {
        "schema": TEXT | {"description": "Address of this schema, as seen from the file."},
        "format": TEXT | {"description": "Version of the record format."},
        "records": closed(parts) | {"description": "Every record, by kind and id."},
    }
    described = document("All records", "Every record of the review.", properties, [*_SINGLE.values(), *_MANY.values()])
    return json_text(described, levels=3)


def document(title: str, description: str, properties: Schema, used: Iterable[Kind]) -> Schema:
    """Return the schema of a file whose head has all of `properties`; it holds the schemas of the kinds `used`.

    A file may get a further property without a new version of its format, so others are allowed at this level.
    """
    return {
        "$schema": schema.DIALECT,
        "title": title,
        "description": description,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "$defs": {name(kind): _embedded(kind) for kind in used},
    }


def closed(properties: Schema) -> Schema:
    """Return the schema of an object that has exactly these properties."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def name(kind: Kind) -> str:
    """Return the name of a kind's schema among the definitions, such as `search-day`."""
    return kind.name.replace(" ", "-")


def ref(kind: Kind, part: str = "") -> Schema:
    """Return a reference to the schema of a kind of record, or of a part of it by the name of its model."""
    return {"$ref": f"#/$defs/{name(kind)}" + (f"/$defs/{part}" if part else "")}


def _embedded(kind: Kind) -> Schema:
    """Return the schema of a kind as a definition of a larger one: two kinds may have different parts of one name."""
    text = _texts()[schema.file_of(kind)].replace('"#/$defs/', f'"#/$defs/{name(kind)}/$defs/')
    embedded: Schema = json.loads(text)
    del embedded["$schema"]
    return embedded


@functools.cache  # the model does not change while the program runs
def _texts() -> dict[str, str]:
    return schema.schemas()
