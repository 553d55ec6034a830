"""The form of a record: data -> the model of its kind, and every deviation in words a clinician understands.

The only module that knows how pydantic reports errors. Checks one file by itself; rules across fields and files are in
`generator.records.rules`.
"""

import difflib
import typing
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.model.values import KNOWN, NOTHING, Part
from generator.problems import Place, Problem, field_name
from generator.records.slips import advice, advice_on_words
from generator.records.yamlfile import Document

NULLABLE = frozenset({"hits"})
"""Fields whose value may be left empty: a failed source has no hits. Everywhere else an empty value is a mistake."""

P = TypeVar("P", bound=Part)


def validate(model: type[P], document: Document, path: str) -> tuple[P | None, list[Problem]]:
    """Return the record and no problems, or None and every deviation of `document` from the form of `model`."""
    problems = [
        Problem(path, fault.place, fault.message, fault.hint, line=fault.line, column=fault.column)
        for fault in document.faults
    ]
    if problems:
        return None, problems
    empty = tuple(place for place in document.empty if place and place[-1] not in NULLABLE)
    problems = [_empty_value(model, path, place) for place in empty]
    try:
        record = model.model_validate(document.data)
    except ValidationError as error:
        told = [(_place(details), details) for details in error.errors(include_url=False) if not _follows(details)]
        meant = {_meant(model, place) for place, details in told if details["type"] == "extra_forbidden"}
        for place, details in told:
            misspelt = details["type"] == "missing" and place in meant
            if not misspelt and not any(place[: len(other)] == other for other in empty):
                problems.append(_deviation(model, path, place, details))
        return None, problems
    return (None if problems else record), problems


def _follows(details: ErrorDetails) -> bool:
    """Return whether a list is called too short only because its entries are wrong, which is said of them already."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _empty_value(model: type[BaseModel], path: str, place: Place) -> Problem:
    parent = _model_at(model, place[:-1])
    if parent and place[-1] not in parent.model_fields:
        hint = "Between { and } a comma starts a new field: quote text that holds one, and write decimals with a point."
        return Problem(
            path, place, f"expected a known field {_where(place)}, found {place[-1]!r} without a value", hint
        )
    hint = (
        "Leave the line out when you have not looked; write NR when the report does not say, NA when it cannot apply."
    )
    return Problem(path, place, "expected a value, found nothing after the colon", hint)


def _place(details: ErrorDetails) -> Place:
    """Return pydantic's location without the marks of union branches and of keys."""
    return tuple(step for step in details["loc"] if step not in (KNOWN, NOTHING, "[key]"))


def _deviation(model: type[BaseModel], path: str, place: Place, details: ErrorDetails) -> Problem:
    kind, context, value = details["type"], details.get("ctx", {}), details["input"]
    if kind == "missing":
        field = _field(model, place)
        about = field.description if field and field.description else ""
        return Problem(path, place, f"expected the field {place[-1]!r}, found none", about)
    if kind == "extra_forbidden":
        return _unknown_field(model, path, place)
    if kind == "expected":
        hint = advice(context["expected"], value, context.get("hint", ""), may_be_missing=KNOWN in details["loc"])
        hint = f"{hint}{_LISTED_IN[place[-1]]}" if hint and place[-1] in _LISTED_IN else hint
        return Problem(path, place, f"expected {context['expected']}, found {shown(value)}", hint)
    if kind == "enum":
        allowed = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        hint = advice_on_words(allowed, value) or _suggest(value, allowed)
        return Problem(path, place, f"expected one of {', '.join(allowed)}, found {shown(value)}", hint)
    expected = _EXPECTED.get(kind, "")
    if kind == "too_short":
        expected = f"at least {context['min_length']} of them"
    if not expected:
        return Problem(path, place, f"{details['msg']}, found {shown(value)}")
    return Problem(path, place, f"expected {expected}, found {shown(value)}", _hint(model, place, kind, value))


def _hint(model: type[BaseModel], place: Place, kind: str, value: object) -> str:
    """Return how to mend a value that is text, a list or a mapping and should be another of the three."""
    if not place:
        return "Start from one of the templates in docs/templates/."
    part = _model_at(model, place) if kind in ("model_type", "tuple_type") else None
    if kind == "tuple_type" and not part and isinstance(value, str) and not set(value) & set(",[]{}:#"):
        return f"Put it in brackets: {place[-1]}: [{value}]"
    start = "Start each entry with `- `; its" if kind == "tuple_type" else "Its"
    return f"{start} fields: {', '.join(part.model_fields)}." if part else _HINTS.get(kind, "")


_LISTED_IN = {"instrument": "; the ids of instruments stand in studies/instruments.yml"}
_EXPECTED = {
    "model_type": "fields with names (lines such as `name: value`)",
    "dict_type": "names with values (lines such as `name: value`)",
    "tuple_type": "a list (lines that start with `- `)",
}
_HINTS = {"tuple_type": "Write one entry per line after `- `, or the whole list in brackets: [one, two]."}


def _unknown_field(model: type[BaseModel], path: str, place: Place) -> Problem:
    parent = _model_at(model, place[:-1])
    known = list(parent.model_fields) if parent else []
    meant = _meant(model, place)
    hint = f"Did you mean {meant[-1]!r}?" if meant else f"Known here: {', '.join(known)}."
    return Problem(path, place, f"expected a known field {_where(place)}, found {place[-1]!r}", hint)


def _meant(model: type[BaseModel], place: Place) -> Place:
    """Return the place of the field that a misspelt one was probably meant to be; empty when none is like it."""
    parent = _model_at(model, place[:-1])
    close = difflib.get_close_matches(str(place[-1]).lower(), list(parent.model_fields) if parent else (), n=1)
    return (*place[:-1], close[0]) if close else ()


def _where(place: Place) -> str:
    return f"in {field_name(place[:-1])}" if place[:-1] else "at the top of this file"


def _suggest(value: object, allowed: list[str]) -> str:
    if isinstance(value, list | tuple) and len(value) == 1:
        return "Write the word without brackets and without a hyphen before it."
    if not isinstance(value, str):
        return ""
    folded = _folded(value)
    spelled = {_folded(word): word for word in allowed}
    near = [word for plain, word in spelled.items() if len(folded) > 2 and plain.startswith(folded)]
    close = difflib.get_close_matches(folded, spelled, n=1, cutoff=0.6)
    near = near if near and folded not in spelled else [spelled[one] for one in close]
    return f"Did you mean {' or '.join(map(repr, near))}?" if near else ""


def _folded(word: str) -> str:
    return word.lower().replace(" ", "-").replace("_", "-")


def shown(value: object) -> str:
    """Return a wrong value as it can stand in a message: short text in quotes, or what sort of thing it is."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "fields with names"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}" if value else "an empty list"
    text = str(value)
    return repr(text if len(text) <= 60 else text[:57] + "…")


def _models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - annotations have no narrower type
    """Yield the models that an annotation mentions, through lists, mappings, unions and metadata."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models(argument)


def _model_at(model: type[BaseModel], place: Place) -> type[BaseModel] | None:
    """Return the model that describes the value at `place`, or None where the value is no mapping of a model."""
    current: type[BaseModel] | None = model
    in_mapping = False
    for step in place:
        if isinstance(step, int):
            continue
        if in_mapping:
            in_mapping = False
            continue
        field = current.model_fields.get(step) if current else None
        if field is None:
            return None
        current = next(_models(field.annotation), None)
        in_mapping = current is not None and typing.get_origin(field.annotation) is dict
    return current


def _field(model: type[BaseModel], place: Place) -> FieldInfo | None:
    parent = _model_at(model, place[:-1])
    return parent.model_fields.get(str(place[-1])) if parent else None
