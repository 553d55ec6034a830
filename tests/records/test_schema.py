"""JSON Schema for editors and the list of fields: in step with the model, and true of every record there is."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator.model.records import KINDS, STUDY, Kind, kind_of
from generator.records import form, schema, yamlfile

SCHEMAS: dict[str, dict[str, Any]] = {name: json.loads(text) for name, text in schema.schemas().items()}


class EditorLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML as an editor's language server does: with the core schema of YAML 1.2 (section 10.3.2)."""


EditorLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first)
EditorLoader.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(str(node.value)))
EditorLoader.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(str(node.value)))


def as_in_an_editor(text: str) -> Any:  # noqa: ANN401 - any record
    return yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a subclass of the safe loader


def complaints(kind: Kind, text: str) -> list[str]:
    """Return what an editor says about the text of a record."""
    validator = jsonschema.Draft202012Validator(
        SCHEMAS[schema.file_of(kind)], format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(as_in_an_editor(text))]


def records_of(root: Path) -> Iterator[tuple[Kind, Path]]:
    folder = root / "studies"
    for path in sorted(folder.rglob("*.yml")):
        kind = kind_of(path.relative_to(folder).as_posix())
        assert kind is not None, path
        yield kind, path


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Yield every mapping of a schema."""
    if isinstance(value, dict):
        yield value
        for held in value.values():
            yield from nodes(held)
    elif isinstance(value, list):
        for held in value:
            yield from nodes(held)


def test_the_loader_reads_as_an_editor_does() -> None:
    text = "[NO, on, yes, 012, 10.10, 2024-03-18, 1_000, 12:30, true, ~, '', 1e3, NR, =, <<]"
    assert as_in_an_editor(text) == [
        "NO", "on", "yes", 12, 10.1, "2024-03-18", "1_000", "12:30", True, None, "", 1000.0, "NR", "=", "<<"
    ]  # fmt: skip


def hover(made: dict[str, Any], field: dict[str, Any]) -> str:
    """Return the description of a field; one that repeats the description of what it refers to is left out."""
    text: str = field.get("description") or made["$defs"][field["$ref"].rpartition("/")[2]]["description"]
    return text


def test_there_is_one_schema_for_each_kind() -> None:
    assert list(SCHEMAS) == [
        "protocol.schema.json",
        "instruments.schema.json",
        "versions.schema.json",
        "study.schema.json",
        "excluded-study.schema.json",
        "trial.schema.json",
        "candidate.schema.json",
        "screened-year.schema.json",
        "search-day.schema.json",
        "summary.schema.json",
        "risk-of-bias-tool.schema.json",
    ]


def test_the_files_are_in_step_with_the_model(real_review: Path) -> None:
    folder = real_review / "studies" / "schema"
    written = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}
    assert written == schema.schemas(), "the model has changed: run `make schema` and commit studies/schema/"


def test_the_texts_are_the_same_every_time() -> None:
    assert schema.schemas() == schema.schemas()
    assert all(text.endswith("}\n") and "\r" not in text for text in schema.schemas().values())


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_sound_and_says_what_it_is_for(name: str) -> None:
    made = SCHEMAS[name]
    jsonschema.Draft202012Validator.check_schema(made)
    assert list(made)[:3] == ["$schema", "title", "description"]
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["title"].replace(" ", "-").lower() + ".schema.json" == name
    assert "$id" not in made
    assert "·" not in json.dumps(made, ensure_ascii=False), "a mark of the model shows"


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_field_is_open_or_silent(name: str) -> None:
    for node in nodes(SCHEMAS[name]):
        if "properties" in node and isinstance(node["properties"], dict) and node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert node["description"]
            for key, field in node["properties"].items():
                assert hover(SCHEMAS[name], field), f"{key} has no hover text"
        elif node.get("type") == "object":
            assert isinstance(node["additionalProperties"], dict)
            assert "propertyNames" in node


def test_null_is_allowed_only_where_a_record_may_be_empty() -> None:
    """The one list of such fields is that of the checks."""
    nullable = {
        key
        for made in SCHEMAS.values()
        for node in nodes(made)
        if isinstance(node.get("properties"), dict)
        for key, field in node["properties"].items()
        if {"type": "null"} in field.get("anyOf", [])
    }
    assert nullable == form.NULLABLE
    assert sum(text.count('"null"') for text in schema.schemas().values()) == 1
    assert not any(node.get("default", ...) is None for made in SCHEMAS.values() for node in nodes(made))


@pytest.mark.parametrize("review", ["made_up_review", "real_review"])
def test_every_record_fits_its_schema(review: str, request: pytest.FixtureRequest) -> None:
    root: Path = request.getfixturevalue(review)
    records = list(records_of(root))
    assert len(records) > 5
    wrong = {
        path.relative_to(root).as_posix(): said
        for kind, path in records
        if (said := complaints(kind, path.read_text(encoding="utf-8")))
    }
    assert wrong == {}, "an editor would underline what the checks accept"


def study(made_up_review: Path) -> str:
    return (made_up_review / "studies" / "included" / "dunkwell-2022.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("design: rct-parallel", "design: magic"),
        ("design: rct-parallel", "design: [rct-parallel]"),
        ("design: rct-parallel", "design:"),
        ("design: rct-parallel", ""),
        ("n_enrolled: 48", "n_enrolled: many"),
        ("n_enrolled: 48", "n_enrolled: -1"),
        ("n_enrolled: 48", "n_enrolleds: 48"),
        ("harms:\n", "colour: green\nharms:\n"),
        ("year: 2022", "year: 22"),
        ("time: 1 d, contrast: within-arm, statistic: mean-change, value: 1.5", "time: 1 day, value: 1.5"),
        ("source: t9", "source: []"),
        ("source: t9", "source: T9"),
        ("prospective: true", "prospective: perhaps"),
        ("facets: {leaf: green,", "facets: {Leaf: green,"),
        ("  t0: {report", "  Q0: {report"),
        ("on: 2024-03-10, kind", "on: 2024-3-10, kind"),
        ("severity: mild", "severity: NONE"),
        ("url: https://example.org/made-up-abstract", "url: javascript:alert(1)"),
    ],
)
def test_what_the_checks_refuse_an_editor_underlines(made_up_review: Path, before: str, after: str) -> None:
    text = study(made_up_review)
    assert before in text
    changed = text.replace(before, after, 1)
    assert complaints(STUDY, changed)
    assert form.validate(STUDY.model, yamlfile.read(changed.encode()), "made-up.yml")[1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("n_enrolled: 48", "n_enrolled: NR"),
        ("prospective: true", "prospective: NA"),
        ("source: t9", "source: [t9, t1]"),
        ("severity: mild", "severity: NR"),
        ("doi: 10.5555/made-up.2022(1)1:a?b=1&c", "doi_as_printed: 10.10"),
        ("p: 0.0008", 'p: "<0.001"'),
    ],
)
def test_what_the_checks_accept_an_editor_does_not_underline(made_up_review: Path, before: str, after: str) -> None:
    text = study(made_up_review)
    assert before in text
    changed = text.replace(before, after, 1)
    assert complaints(STUDY, changed) == []
    assert form.validate(STUDY.model, yamlfile.read(changed.encode()), "made-up.yml")[1] == []


def test_the_field_reference_names_every_kind_in_order() -> None:
    reference = schema.field_reference()
    assert [(kind.name, kind.pattern, kind.schema_file) for kind in reference] == [
        (kind.name, kind.pattern, schema.file_of(kind)) for kind in KINDS
    ]
    assert all(kind.description and kind.fields for kind in reference)


def reference_of(kind: Kind) -> dict[str, schema.FieldDescription]:
    described = next(described for described in schema.field_reference() if described.name == kind.name)
    by_path = {field.path: field for field in described.fields}
    assert len(by_path) == len(described.fields), "a path is listed twice"
    return by_path


def test_fields_are_described_in_words() -> None:
    fields = reference_of(STUDY)
    assert fields["reports[].doi"] == schema.FieldDescription(
        path="reports[].doi",
        required=False,
        value="a DOI, such as 10.2217/rme-2023-0110",
        allowed=(),
        description="The DOI, without https://doi.org/. Leave it out when it is only suspect.",
    )
    assert fields["participants.n_enrolled"].value == "a whole number, NR or NA"
    assert fields["participants.n_enrolled"].required
    assert fields["facets"].value == "names, each with: one, or a list of: an id of small letters, digits and hyphens"
    assert fields["quotes.<key>.text"].value == "text"
    assert fields["risk_of_bias[].domains.<key>.source"].value == "one, or a list of: the key of a quote, such as q6"
    assert fields["setting.centres"].value == "one of these words, NR or NA"
    assert fields["setting.centres"].allowed == ("single", "multi")
    assert fields["arms"].value == "a list of: fields"


def test_the_reference_and_the_schemas_say_the_same() -> None:
    """Same fields, same duties, same vocabulary, read from the JSON Schema by another way."""
    for kind in KINDS:
        made = SCHEMAS[schema.file_of(kind)]
        described = reference_of(kind)
        assert {path: (field.required, field.description) for path, field in described.items()} == dict(
            listed(made, made, "")
        )


def listed(made: dict[str, Any], part: dict[str, Any], before: str) -> Iterator[tuple[str, tuple[bool, str]]]:
    for key, field in part["properties"].items():
        path = before + key
        yield path, (key in part.get("required", []), hover(made, field))
        for steps, below in held_by(made, field):
            yield from listed(made, below, f"{path}{steps}.")


def held_by(made: dict[str, Any], field: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if "$ref" in field:
        yield from held_by(made, made["$defs"][field["$ref"].rpartition("/")[2]])
    elif "properties" in field:
        yield "", field
    elif isinstance(field.get("additionalProperties"), dict):
        yield from ((f".<key>{steps}", below) for steps, below in held_by(made, field["additionalProperties"]))
    elif "items" in field:
        yield from ((f"[]{steps}", below) for steps, below in held_by(made, field["items"]))
    else:
        for branch in field.get("anyOf", []):
            yield from held_by(made, branch)
