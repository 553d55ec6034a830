"""The record model as others read it: JSON Schema files for editors, and the list of fields for contributors.

Both are derived from the pydantic models alone, so they cannot say anything else than what is checked. Returns texts
and plain values; writing files and rendering pages is the task of others.
"""

import json
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from generator import identifiers
from generator.model import days, values
from generator.model.records import KINDS, Kind
from generator.model.values import Missing, one_or_many

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def file_of(kind: Kind) -> str:
    """Return the name of a kind's file in `studies/schema/`, such as `search-day.schema.json`."""
    return f"{kind.name.replace(' ', '-')}.schema.json"


def schemas() -> dict[str, str]:
    """Return the text of each JSON Schema file (draft 2020-12) by file name, one for each kind of record."""
    return {file_of(kind): _schema(kind) for kind in KINDS}


def _schema(kind: Kind) -> str:
    derived = kind.model.model_json_schema(schema_generator=_EditorSchema, mode="validation")
    head = {"$schema": DIALECT, "title": kind.name.capitalize(), "description": derived.pop("description")}
    del derived["title"]
    definitions = derived.pop("$defs", {})
    whole = head | derived | ({"$defs": definitions} if definitions else {})
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


class _EditorSchema(GenerateJsonSchema):
    """Describes what a person may type, where pydantic by itself describes what the model holds afterwards."""

    def field_title_should_be_set(self, schema: core_schema.CoreSchema | Any) -> bool:  # noqa: ANN401, ARG002
        """Give fields no title: an editor would show it beside the key, which says the same."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Refuse an empty value where a field may be left out, and show only defaults that say something."""
        inner = schema["schema"]
        if inner["type"] == "nullable" and schema.get("default", ...) is None:
            return self.generate_inner(inner["schema"])
        described = super().default_schema(schema)
        if described.get("default") in ([], {}):
            del described["default"]
        return described

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """Say that a list of one may be written as the value alone, where the model allows it."""
        described = super().function_before_schema(schema)
        if schema["function"]["function"] is one_or_many:
            return {"anyOf": [described["items"], described]}
        return described

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Hold every key to its pattern; pydantic would let a key pass that matches none."""
        keys, held = self.generate_inner(schema["keys_schema"]), self.generate_inner(schema["values_schema"])
        return {"type": "object", "propertyNames": keys, "additionalProperties": held}

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        """Let a value match both branches: `NR` is text as well as a nothing."""
        return {"anyOf": super().tagged_union_schema(schema)["oneOf"]}


@dataclass(frozen=True)
class FieldDescription:
    """One field of a kind of record, as a contributor needs to know it."""

    path: str
    """Where it stands: `reports[].doi`; `<key>` stands for a name that the record chooses."""
    required: bool
    """Whether the mapping that it stands in must have it."""
    value: str
    """What may stand there, in words."""
    allowed: tuple[str, ...]
    """The allowed words where the vocabulary is closed, else empty."""
    description: str


@dataclass(frozen=True)
class KindDescription:
    """One kind of record with all its fields, in the order of the model."""

    name: str
    pattern: str
    """Path below `studies/`, where `{id}` stands for the id of the record."""
    schema_file: str
    description: str
    fields: tuple[FieldDescription, ...]


def field_reference() -> list[KindDescription]:
    """Return every kind of record with every field it may have."""
    return [
        KindDescription(kind.name, kind.pattern, file_of(kind), _about(kind.model), tuple(_fields(kind.model, "")))
        for kind in KINDS
    ]


def _about(model: type[BaseModel]) -> str:
    return " ".join((model.__doc__ or "").split())


def _fields(model: type[BaseModel], before: str) -> Iterator[FieldDescription]:
    annotations = typing.get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        annotation = annotations[name]
        required = field.is_required()
        value = _words(annotation)
        if required and types.NoneType in typing.get_args(annotation):
            value += ", or empty (null)"
        allowed = tuple(_vocabulary(annotation))
        yield FieldDescription(before + name, required, value, allowed, field.description or "")
        for steps, part in _parts(annotation):
            yield from _fields(part, f"{before}{name}{steps}.")


def _parts(annotation: Any) -> Iterator[tuple[str, type[BaseModel]]]:  # noqa: ANN401 - annotations have no narrower type
    """Yield the models that a field holds, each with the steps from the field down to it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield "", annotation
        return
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is dict:
        yield from ((f".<key>{steps}", part) for steps, part in _parts(arguments[1]))
    elif origin is tuple:
        yield from ((f"[]{steps}", part) for steps, part in _parts(arguments[0]))
    else:
        for argument in arguments:
            yield from _parts(argument)


def _vocabulary(annotation: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the words of the closed vocabulary that a field draws from, without the two nothings."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum) and annotation is not Missing:
        yield from (word.value for word in annotation)
    elif not isinstance(annotation, type) or typing.get_origin(annotation):
        for argument in typing.get_args(annotation):
            yield from _vocabulary(argument)


def _example(scheme: str) -> str:
    return f"{identifiers.NAMES[scheme]}, such as {identifiers.EXAMPLES[scheme]}"


_WORDS = {
    typing.get_args(alias)[1]: words
    for alias, words in (
        (values.Text, "text"),
        (values.Id, "an id of small letters, digits and hyphens"),
        (values.RecordId, "the id of a record's file, such as wilson-2024 or NCT04849429"),
        (values.Number, "a number, such as 12 or 65.04"),
        (values.Count, "a whole number"),
        (values.Flag, "true or false"),
        (days.Day, "a day, such as 2024-03-18"),
        (days.PartialDate, "a date, or only its year or month: 2021, 2021-03, 2021-03-15"),
        (days.When, "a day, or a moment in UTC: 2024-03-18, 2026-01-31T03:15:00Z"),
        (days.Year, "a year, such as 2021"),
        (values.Probability, "a p value as printed, such as 0.03 or <0.0001, or NS"),
        (values.Url, "a web address that starts with https:// or http://"),
        (values.Span, "a time, such as 24 h, 3 d, 1 wk, 3 mo, 1 y or baseline"),
        (values.Doi, _example("doi")),
        (values.Pmid, _example("pmid")),
        (values.Pmcid, _example("pmcid")),
        (values.OpenAlexId, _example("openalex")),
        (values.Orcid, _example("orcid")),
        (values.RegistryId, _example("registry")),
        (values.QuoteKey, "the key of a quote, such as q6"),
    )
}
"""What each kind of single value looks like, by the validator that recognises it."""


def _words(annotation: Any) -> str:  # noqa: ANN401
    """Return in words what may stand in a field; the words of a closed vocabulary are listed apart."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        if any(getattr(mark, "func", None) is one_or_many for mark in arguments[1:]):
            return f"one, or a list of: {_words(typing.get_args(arguments[0])[0])}"
        return next((_WORDS[mark] for mark in arguments[1:] if mark in _WORDS), "") or _words(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return ", ".join(_words(argument) for argument in arguments if argument is not types.NoneType)
    if origin is tuple:
        return f"a list of: {_words(arguments[0])}"
    if origin is dict:
        return f"{'these words' if list(_vocabulary(arguments[0])) else 'names'}, each with: {_words(arguments[1])}"
    words = "one of these words" if issubclass(annotation, StrEnum) else "fields"
    return "NR or NA" if annotation is Missing else words
