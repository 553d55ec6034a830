"""A description of every CSV file for programs: `data/datapackage.json`, a Data Package (datapackage.org, version 2.0).

Readers of version 1 understand it too. In numbers and yes-or-no answers NR and NA are declared as missing values; in
text they stay text.
"""

import re
from collections.abc import Iterator
from typing import Any

from generator.review import Review
from generator.site import table_values
from generator.site.exports import prisma_flow, robvis
from generator.site.jsontext import json_text
from generator.site.provenance import LICENCE, LICENCE_ADDRESS, provenance
from generator.site.table_values import NOTES, NOTES_MEANING, NOTHINGS, SOURCES, SOURCES_MEANING, PlainTable, Type

PATH = "data/datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
PRIMARY_KEYS = {
    "candidates": "id",
    "changes": "id",
    "instruments": "instrument",
    "sources": "source",
    "studies": "study",
    "trials": "trial",
    "versions": "version",
}
"""Tables with one row for each id, and the column that holds the id."""
_MISSING = sorted(NOTHINGS)
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")

Described = dict[str, Any]
"""A part of the description as plain values."""


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the description."""
    head = provenance(review)
    described: Described = {
        "$schema": PROFILE,
        "name": _NOT_IN_NAMES.sub("-", review.protocol.short_title.lower()).strip("-") or "living-review",
        "title": review.protocol.title,
        "description": " ".join(review.protocol.objectives),
        **({"version": head["version"]} if head["version"] else {}),
        "licenses": [{"name": LICENCE, "path": LICENCE_ADDRESS}],
        **_credits(review),
        **{key: head[key] for key in ("as_of", "last_searched", "last_screened", "last_evidence_change")},
        "resources": [*map(_table, table_values.every(review)), _flow(), *map(_robvis, robvis.sheets(review))],
    }
    yield PATH, json_text(described, levels=3)


def _credits(review: Review) -> Described:
    """Return the base review as the source, and the people of the review."""
    base, people = review.base_document, [{"title": person.name} for person in review.protocol.people]
    found: Described = {"contributors": people} if people else {}
    if base:
        address = f"https://doi.org/{base.doi}" if base.doi else base.url
        found["sources"] = [{"title": base.citation} | ({"path": address} if address else {})]
    return found


def _table(plain: PlainTable) -> Described:
    table = plain.table
    fields = [_field(column.key, plain.types[column.key], column.label, column.description) for column in table.columns]
    fields += [_field(NOTES, Type.STRING, NOTES, NOTES_MEANING), _field(SOURCES, Type.STRING, SOURCES, SOURCES_MEANING)]
    for field in fields:
        if field["name"] in plain.lists:
            field["description"] += ' Several values are joined with "; ".'
    key = {"primaryKey": [PRIMARY_KEYS[table.id]]} if table.id in PRIMARY_KEYS else {}
    schema = {"fields": fields, "missingValues": _MISSING} | key
    return _resource(table.id, f"{table.id}.csv", table.caption, table.note, schema)


def _field(name: str, type_: Type, label: str, description: str) -> Described:
    text = {"missingValues": [""]} if type_ is Type.STRING else {}
    return {"name": name, "type": str(type_), "title": label, "description": description} | text


def _flow() -> Described:
    """Return the description of the flow counts, all text: a count that is not reported is NA there."""
    fields = [{"name": name, "type": "string"} for name in prisma_flow.HEAD]
    schema = {"fields": fields, "missingValues": [prisma_flow.UNKNOWN]}
    about = "Field names are those of the R package PRISMA2020."
    return _resource("prisma", "PRISMA.csv", "Numbers of the flow diagram", about, schema)


def _robvis(sheet: robvis.Sheet) -> Described:
    fields = [
        {"name": name, "type": "integer" if name == robvis.WEIGHT else "string", "description": about}
        for name, about in sheet.heads.items()
    ]
    file = sheet.path.rpartition("/")[2]
    title = f"Risk of bias: {sheet.tool.name}, version {sheet.tool.version}"
    about = "Columns and words are those of the R package robvis."
    return _resource(file.removesuffix(".csv"), file, title, about, {"fields": fields, "missingValues": [""]})


def _resource(name: str, file: str, title: str, about: str, schema: Described) -> Described:
    return {
        "name": name,
        "path": file,
        "title": title,
        **({"description": about} if about else {}),
        "type": "table",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
