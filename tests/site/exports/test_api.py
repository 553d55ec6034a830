"""The static API and the JSON Schemas: every file fits its schema, and says what the records say."""

import json
import posixpath
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator.model.values import Missing
from generator.review import Review
from generator.review.changes import changes
from generator.site import exports
from generator.site.exports import api, json_schema
from generator.site.pages import api as api_page
from tests.evidence import browse, read, with_protocol, with_study


@pytest.fixture(scope="module", params=["made_up_review", "real_review"])
def review(request: pytest.FixtureRequest) -> Review:
    folder: Path = request.getfixturevalue(request.param)
    return read(folder)


@pytest.fixture(scope="module")
def made_up(made_up_review: Path) -> Review:
    return read(made_up_review)


@cache
def contents(review: Review) -> dict[str, Any]:
    """Return every JSON file of the API, and of all records, with its schema."""
    return {
        path: json.loads(content)
        for path, content in exports.every(review)
        if path.startswith("api/") or path in ("data/records.json", json_schema.PATH)
    }


def schema_for(files: dict[str, Any], path: str) -> dict[str, Any]:
    """Return the schema that a file names, which must be among the files."""
    named: dict[str, Any] = files[posixpath.normpath(posixpath.join(posixpath.dirname(path), files[path]["schema"]))]
    return named


def complaints(schema: dict[str, Any], content: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(json.dumps(schema)).iter_errors(content)]


@cache
def validator(schema: str) -> jsonschema.Draft202012Validator:
    """Return what checks contents against a schema, which is checked itself, once."""
    jsonschema.Draft202012Validator.check_schema(json.loads(schema))
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(json.loads(schema), format_checker=checker)


def test_every_file_fits_the_schema_that_it_names(review: Review) -> None:
    files = contents(review)
    checked = [path for path in files if ".schema." not in path]
    assert len(checked) == 7 + len(review.studies) + len(review.records.trials)
    for path in checked:
        assert complaints(schema_for(files, path), files[path]) == [], path
    used = {files[path]["schema"].rpartition("/")[2] for path in checked}
    assert used == {path.rpartition("/")[2] for path in files if ".schema." in path}, "a schema that no file names"


def without(content: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != key}


def test_a_schema_finds_what_is_wrong(made_up: Review) -> None:
    files = contents(made_up)
    for path in (path for path in files if ".schema." not in path):
        for key in ("as_of", "licence", next(reversed(files[path]))):
            assert complaints(schema_for(files, path), without(files[path], key)), f"{path} without {key}"
    study = files["api/v1/studies/solo-2020.json"]
    schema = schema_for(files, "api/v1/studies/solo-2020.json")
    assert complaints(schema, study | {"study": study["study"] | {"design": "made-up"}})
    assert complaints(schema, study | {"study": without(study["study"], "reports")})
    assert complaints(schema, study | {"study": study["study"] | {"made_up": 1}})
    assert complaints(schema, study | {"as_of": "made up"})


def test_the_schema_of_all_records_finds_what_is_wrong(made_up: Review) -> None:
    files = contents(made_up)
    schema, content = files[json_schema.PATH], files["data/records.json"]
    held = content["records"]
    assert set(schema["properties"]["records"]["properties"]) == set(held)
    assert complaints(schema, content | {"records": without(held, "tools")})
    assert complaints(schema, content | {"records": held | {"made_up": {}}})
    for kind in ("included", "trials", "candidates", "screened", "searches", "summaries", "tools", "excluded"):
        assert complaints(schema, content | {"records": held | {kind: {"made-up": {"made_up": 1}}}}), kind
    assert complaints(schema, content | {"records": held | {"protocol": {}}})
    no_versions = content | {"version": None, "records": held | {"versions": None}}
    assert complaints(schema, no_versions) == []


def test_two_kinds_may_have_different_parts_of_one_name(made_up: Review) -> None:
    """A registration of a study is not that of the protocol, though both models are called so."""
    kinds = contents(made_up)[json_schema.PATH]["$defs"]
    both = [kinds[kind]["$defs"]["Registration"] for kind in ("study", "protocol")]
    assert both[0] != both[1]
    assert kinds["protocol"]["properties"]["registration"] == {"$ref": "#/$defs/protocol/$defs/Registration"}


def test_every_record_is_the_record_of_the_review(review: Review) -> None:
    files = contents(review)
    held = files["data/records.json"]["records"]
    for folder, kind, name in (("studies", "included", "study"), ("trials", "trials", "trial")):
        found = {path: content for path, content in files.items() if path.startswith(f"api/v1/{folder}/")}
        assert {f"api/v1/{folder}/{key}.json" for key in held[kind]} == set(found)
        for key, record in held[kind].items():
            one = found[f"api/v1/{folder}/{key}.json"]
            assert (one["id"], one[name]) == (key, record)
            assert one["page"] == f"../../../{folder}/{key}.html"
    assert files["api/v1/candidates.json"]["candidates"] == held["candidates"]
    runs = [run for day in held["searches"].values() for run in day["runs"]]
    assert sorted(files["api/v1/search-runs.json"]["runs"], key=repr) == sorted(runs, key=repr)


def test_lists_lead_to_every_record(review: Review) -> None:
    files = contents(review)
    for folder, ids in (("studies", review.studies), ("trials", sorted(review.records.trials))):
        listed = files[f"api/v1/{folder}.json"][folder]
        assert [one["id"] for one in listed] == list(ids)
        assert all(f"api/v1/{one['file']}" in files for one in listed)
        assert [one["page"] for one in listed] == [f"../../{folder}/{key}.html" for key in ids]


def test_lines_of_the_lists(made_up: Review) -> None:
    files = contents(made_up)
    solo = next(one for one in files["api/v1/studies.json"]["studies"] if one["id"] == "solo-2020")
    assert (solo["design"], solo["year"], solo["doi"], solo["n_enrolled"]) == ("before-after", 2020, None, 12)
    assert solo["facets"]["leaf"] == ["herb"]
    slashes = next(one for one in files["api/v1/trials.json"]["trials"] if one["id"] == "CTRI-2099-01-099903")
    assert slashes["registration"] == "CTRI/2099/01/099903"
    newest = max(made_up.records.trials["CTRI-2099-01-099903"].status_history, key=lambda look: look.seen)
    assert (slashes["status"], slashes["status_seen"]) == (str(newest.status), newest.seen.isoformat())


def test_changes_are_those_of_the_review(review: Review) -> None:
    listed = contents(review)["api/v1/changes.json"]["changes"]
    assert [(one["id"], one["on"], one["title"]) for one in listed] == [
        (change.id, change.on.isoformat(), change.title) for change in changes(review)
    ]
    assert len({one["id"] for one in listed}) == len(listed) >= 3
    for one, change in zip(listed, changes(review), strict=True):
        assert one["page"] == "../../" + change.place.replace(".md", ".html", 1)
        assert one["record"] == (change.record_id or None)
        assert one["facets"] == {key: list(values) for key, values in change.facets.items()}


def test_a_number_that_is_not_reported_is_said_so(made_up: Review) -> None:
    people = made_up.studies["solo-2020"].participants.model_copy(update={"n_enrolled": Missing.NOT_REPORTED})
    changed = contents(with_study(made_up, "solo-2020", participants=people))
    solo = next(one for one in changed["api/v1/studies.json"]["studies"] if one["id"] == "solo-2020")
    assert solo["n_enrolled"] == "NR"
    assert complaints(schema_for(changed, "api/v1/studies.json"), changed["api/v1/studies.json"]) == []


def test_every_file_says_what_it_is(review: Review) -> None:
    for path, content in contents(review).items():
        if path.startswith("api/") and ".schema." not in path:
            assert (content["api"], content["format"]) == ("1.0", "1"), path
            assert (content["as_of"], content["licence"]) == ("2025-02-01", "CC-BY-4.0")
            assert (content["based_on"] is None) is (review.base_document is None)


def test_the_index_and_the_page_name_every_file(review: Review) -> None:
    files = contents(review)
    index = files["api/v1/index.json"]
    named = {one["path"] for one in index["files"]}
    for path in (path for path in files if path.startswith("api/v1/") and ".schema." not in path):
        below = path.removeprefix("api/v1/")
        folder, _, name = below.rpartition("/")
        assert below == api.INDEX or (f"{folder}/{{id}}.json" if folder else name) in named, path
    assert {f"api/v1/{one['schema']}" for one in index["files"]} <= set(files)
    (page,) = api_page.pages(review)
    found = browse(page.body)
    assert all(one["path"] in found.text for one in index["files"])
    linked = {link for link in found.links if link.startswith("api/")}
    assert linked <= set(files)
    assert {path for path in files if ".schema." in path and path.startswith("api/")} <= linked


def test_the_examples_ask_for_files_that_exist(review: Review) -> None:
    (page,) = api_page.pages(review)
    asked = [line.split("$HOME_PAGE/")[1].rstrip('"') for line in page.body.splitlines() if line.startswith("curl ")]
    assert len(asked) == 4
    assert set(asked) <= set(contents(review))
    assert "Access-Control-Allow-Origin: *" in page.body
    assert "http" not in "".join(asked)


def test_schemas_do_not_depend_on_the_review(made_up: Review) -> None:
    other = contents(with_protocol(made_up, title="Another made-up review"))
    for path, content in contents(made_up).items():
        assert (other[path] == content) is (".schema." in path), path
