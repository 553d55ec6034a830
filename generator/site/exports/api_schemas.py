"""The JSON Schemas of the static API: `api/v1/schema/*.schema.json`, one for each kind of file."""

import functools
from collections.abc import Iterator
from functools import partial

from generator.model import records as kinds
from generator.model.records import Kind
from generator.review import Review
from generator.review.changes import ChangeKind, Weight
from generator.site.exports.api import API_VERSION, FILES, FOLDER, INDEX, schema_of
from generator.site.exports.json_schema import DAY, HEAD, TEXT, Schema, document, ref
from generator.site.jsontext import json_text
from generator.site.pieces import made_of

_ID = TEXT | {"description": "Id of the record."}
_FILE = TEXT | {"description": "Address of the whole record, as seen from this file."}
_PAGE = TEXT | {"description": "Address of its page on the site, as seen from this file."}
_ADDRESS = TEXT | {"description": "Address, as seen from this file."}
_FACETS = {
    "type": "object",
    "additionalProperties": {"type": "array", "items": TEXT},
    "description": "What it is grouped by.",
}
_REMOVED = {
    "type": "boolean",
    "description": "Whether it was taken out, for example as retracted; then do not count it.",
}
_STUDY: Schema = {
    "id": _ID,
    "title": TEXT | {"description": "Title of the primary report, or NR."},
    "design": TEXT | {"description": "Design as judged by the reviewers."},
    "year": {"type": ["integer", "null"], "description": "Year of the primary report."},
    "doi": {"type": ["string", "null"], "description": "DOI of the primary report."},
    "n_enrolled": {"type": ["integer", "string"], "description": "People enrolled, or NR or NA."},
    "facets": _FACETS,
    "file": _FILE,
    "page": _PAGE,
}
_TRIAL: Schema = {
    "id": _ID,
    "registration": TEXT | {"description": "Registration id; in the id of a record hyphens stand for slashes."},
    "registry": TEXT | {"description": "Name of the registry."},
    "title": TEXT | {"description": "Public or scientific title, or NR."},
    "category": TEXT | {"description": "Category in the review, from its status; excluded once taken out."},
    "status": TEXT | {"description": "What the registry said when it was last looked at."},
    "status_seen": DAY | {"description": "Day of the last look."},
    "study": {"type": ["string", "null"], "description": "Id of the study that holds its results."},
    "facets": _FACETS,
    "file": _FILE,
    "page": _PAGE,
}
_CHANGE: Schema = {
    "id": TEXT | {"description": "Id of the change; it stays the same for ever."},
    "on": DAY | {"description": "Day on which the review learned of it."},
    "kind": {"enum": [str(kind) for kind in ChangeKind], "description": "What kind of change it is."},
    "weight": {"enum": [str(weight) for weight in Weight], "description": "How much it matters."},
    "title": TEXT | {"description": "The change in a sentence, as plain text."},
    "text": TEXT | {"description": "What it means, as plain text."},
    "record": {"type": ["string", "null"], "description": "Id of the record concerned; null where it is none."},
    "facets": _FACETS,
    "page": TEXT | {"description": "Address of where it can be read up, as seen from this file."},
}
_LISTED: Schema = {
    "path": TEXT | {"description": "Address as seen from the index; {id} stands for the id of a record."},
    "holds": TEXT | {"description": "What it holds."},
    "schema": _ADDRESS,
}


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of every schema; they are those of every review."""
    for path in (schema_of(INDEX), *map(schema_of, _contents())):
        yield f"{FOLDER}/{path}", made_of(review, (), path, partial(_text, path))


def _text(path: str) -> str:
    return _texts()[path]


@functools.cache  # the model does not change while the program runs
def _texts() -> dict[str, str]:
    return dict(_written())


def _written() -> Iterator[tuple[str, str]]:
    index = {"documentation": _ADDRESS, "data_package": _ADDRESS, "files": _rows(_LISTED)}
    described = document("index.json", "What the API holds.", HEAD | _own_head(INDEX) | index, ())
    yield schema_of(INDEX), json_text(described, levels=3)
    for file, (properties, used) in _contents().items():
        described = document(file, f"{FILES[file].capitalize()}.", _own_head(file) | properties, used)
        yield schema_of(file), json_text(described, levels=3)


def _own_head(file: str) -> Schema:
    """Return the schema of what every file of the API says of itself (`generator.site.exports.api.head`)."""
    kept = ("review", "version", "as_of", "licence", "licence_address", "based_on")
    return {
        "api": {"const": API_VERSION, "description": "Version of the API."},
        "format": TEXT | {"description": "Version of the record format."},
        "schema": TEXT | {"description": f"Address of the schema of {file}, as seen from the file."},
    } | {key: HEAD[key] for key in kept}


def _contents() -> dict[str, tuple[Schema, tuple[Kind, ...]]]:
    """Return what each kind of file holds beside its head, with the kinds of record that its schema needs."""
    candidates = {"type": "object", "additionalProperties": ref(kinds.CANDIDATE), "description": "Records by id."}
    runs = {"type": "array", "items": ref(kinds.SEARCH, "SearchRun"), "description": "In the order of time."}
    return {
        "studies.json": ({"studies": _rows(_STUDY), "taken_out": _rows(_STUDY)}, ()),
        "studies/{id}.json": (
            {"id": _ID, "removed": _REMOVED, "page": _PAGE, "study": ref(kinds.STUDY)},
            (kinds.STUDY,),
        ),
        "trials.json": ({"trials": _rows(_TRIAL)}, ()),
        "trials/{id}.json": ({"id": _ID, "page": _PAGE, "trial": ref(kinds.TRIAL)}, (kinds.TRIAL,)),
        "candidates.json": ({"candidates": candidates}, (kinds.CANDIDATE,)),
        "changes.json": ({"changes": _rows(_CHANGE)}, ()),
        "search-runs.json": ({"runs": runs}, (kinds.SEARCH,)),
    }


def _rows(properties: Schema) -> Schema:
    return {"type": "array", "items": {"type": "object", "properties": properties, "required": list(properties)}}
