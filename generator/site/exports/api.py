"""The static API, version 1: `api/v1/*.json`, plain files at addresses that stay, for programs.

A file may get a further field within version 1; a field that goes, or changes its meaning, makes a version 2 beside it.
Their schemas are made in `generator.site.exports.api_schemas`, their description in `generator.site.pages.api`.
"""

from collections.abc import Iterator, Mapping

from generator.model.study import Study
from generator.model.trial import Trial
from generator.review import Review
from generator.review.changes import Change, changes
from generator.review.study_facts import is_removed, primary_report, year_of
from generator.review.trials import category, newest, registration_of
from generator.site.exports.records import written
from generator.site.jsontext import json_object, json_text, members, plain
from generator.site.provenance import provenance
from generator.wording import markdown
from generator.wording.table import Link

FOLDER = "api/v1"
API_VERSION = "1.0"
INDEX = "index.json"
FILES = {
    "studies.json": "the included studies, and apart from them those taken out since: id, title, design, year, address",
    "studies/{id}.json": "one such study: whether it was taken out, and its record with every number, source and quote",
    "trials.json": "the registered trials: id, registry, status, the day it was seen, and the address of each record",
    "trials/{id}.json": "one registered trial: its record with every status seen",
    "candidates.json": "the records that were found and do not belong to the review yet, by id; none is a fact of it",
    "changes.json": "what changed and when, newest first, each with an id that stays",
    "search-runs.json": "every search run in the order of time: what each source was asked, and what it answered",
}
"""Every kind of file beside the index, with what it holds. `{id}` stands for the id of a record."""


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of every file of the API."""
    records = review.records
    studies, trials = review.all_studies, dict(sorted(records.trials.items()))
    listed: dict[str, dict[str, object]] = {
        "studies.json": {
            "studies": [_study_line(key, study) for key, study in review.studies.items()],
            "taken_out": [_study_line(key, study) for key, study in studies.items() if study.removal],
        },
        "trials.json": {"trials": [_trial_line(key, trial, studies) for key, trial in trials.items()]},
        "candidates.json": {"candidates": plain(dict(sorted(records.candidates.items())))},
        "changes.json": {"changes": [_change_line(change) for change in changes(review)]},
        "search-runs.json": {"runs": [plain(run) for run in review.runs]},
    }
    yield f"{FOLDER}/{INDEX}", json_text(_index(review))
    for file, content in listed.items():
        yield f"{FOLDER}/{file}", json_text(head(review, file) | content)
    texts = written(review)
    study_head, trial_head = (members(head(review, file)) for file in ("studies/{id}.json", "trials/{id}.json"))
    for key, study in studies.items():
        said = {"id": key, "removed": is_removed(study), "page": _page("studies", f"studies/{key}.md")}
        own = members(said | {"study": texts["included"][key]})
        yield f"{FOLDER}/studies/{key}.json", json_object(study_head, own)
    for key in trials:
        own = members({"id": key, "page": _page("trials", f"trials/{key}.md"), "trial": texts["trials"][key]})
        yield f"{FOLDER}/trials/{key}.json", json_object(trial_head, own)


def head(review: Review, file: str) -> dict[str, object]:
    """Return what a file of the API says of itself; addresses are as seen from the file."""
    up = "../" * file.count("/")
    said = provenance(review)
    kept = {key: said[key] for key in ("review", "version", "as_of", "licence", "licence_address", "based_on")}
    return {"api": API_VERSION, "format": review.protocol.format, "schema": f"{up}{schema_of(file)}"} | kept


def schema_of(file: str) -> str:
    """Return the address of the schema of a kind of file, as seen from the index: `schema/study.schema.json`."""
    name = {"studies/{id}.json": "study", "trials/{id}.json": "trial"}.get(file, file.removesuffix(".json"))
    return f"schema/{name}.schema.json"


def _index(review: Review) -> dict[str, object]:
    return (
        head(review, INDEX)
        | provenance(review)
        | {
            "documentation": _page("", "api.md"),
            "data_package": "../../data/datapackage.json",
            "files": [{"path": file, "holds": holds, "schema": schema_of(file)} for file, holds in FILES.items()],
        }
    )


def _page(folder: str, page: str, anchor: str = "") -> str:
    """Return the address of a page as seen from a file in a folder of the API."""
    seen_from = f"{FOLDER}/{folder}/file.md" if folder else f"{FOLDER}/file.md"
    return markdown.address(seen_from, Link(page, anchor))


def _study_line(key: str, study: Study) -> dict[str, object]:
    return {
        "id": key,
        "title": study.title,
        "design": study.design,
        "year": year_of(study),
        "doi": primary_report(study).doi,
        "n_enrolled": study.participants.n_enrolled,
        "facets": study.facets,
        "file": f"studies/{key}.json",
        "page": _page("", f"studies/{key}.md"),
    }


def _trial_line(key: str, trial: Trial, studies: Mapping[str, Study]) -> dict[str, object]:
    seen = newest(trial)
    return {
        "id": key,
        "registration": registration_of(key),
        "registry": trial.registry,
        "title": trial.title,
        "category": category(trial, studies),
        "status": seen.status,
        "status_seen": seen.seen,
        "study": trial.study,
        "facets": trial.facets,
        "file": f"trials/{key}.json",
        "page": _page("", f"trials/{key}.md"),
    }


def _change_line(change: Change) -> dict[str, object]:
    page, _, anchor = change.place.partition("#")
    return {
        "id": change.id,
        "on": change.on,
        "kind": change.kind,
        "weight": change.weight,
        "title": change.title,
        "text": change.text,
        "record": change.record_id or None,
        "facets": dict(change.facets),
        "page": _page("", page, anchor),
    }
