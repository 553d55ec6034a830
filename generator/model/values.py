"""The kinds of single values a record may hold, and how a wrong one is explained. Knows no field.

Every plain scalar of a record reaches this module as text, exactly as typed (see `generator.records.yamlfile`); the
type of the field decides what it becomes. So `NO` stays a country and `10.10` a version, while `n: 012` is refused.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator import identifiers


class Part(BaseModel):
    """A mapping of a record. Unknown keys are errors; what has been read is never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def having(self, **fields: object) -> Self:
        """Return the part with these values of its fields; itself where it has them already."""
        update = {name: value for name, value in fields.items() if value != getattr(self, name)}
        return self.model_copy(update=update) if update else self


def unexpected(expected: str, hint: str = "") -> PydanticCustomError:
    """Return the error that says what a value should have been; `hint` says how to mend it."""
    return PydanticCustomError("expected", "{expected}", {"expected": expected, "hint": hint})


def _matching(pattern: str, expected: str, hint: str = "", top: int = 2000) -> Callable[[Any], str]:
    """Return a validator for text of at most `top` characters that matches `pattern` as a whole."""
    compiled = re.compile(pattern, re.ASCII)

    def validate(value: object) -> str:
        if not isinstance(value, str) or len(value) > top or not value.isprintable() or not compiled.fullmatch(value):
            raise unexpected(expected, hint)
        return value

    return validate


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise unexpected("text", "Put the text on one line after the colon; quote it when it holds ': ' or ' #'.")
    stripped = value.strip()
    if not stripped:
        raise unexpected("text", "Leave the line out when there is nothing to say.")
    if not stripped.isprintable() and _CONTROL.search(stripped):
        raise unexpected("text without control characters", "Type the sentence again instead of pasting it.")
    if stripped[0] == "<" and _PLACEHOLDER.fullmatch(stripped):
        raise unexpected("words of your own", "Replace what stands in angle brackets, or delete the line.")
    return stripped


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        hint = "Write a decimal point, not a comma." if isinstance(value, str) and "," in value else ""
        raise unexpected("a number such as 12 or 65.04", hint or "Leave the unit and signs such as % or < out.")
    return Decimal(value)


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not _COUNT.fullmatch(value):
        raise unexpected("a whole number such as 20", "Write NR when the report does not say; never 0 for missing.")
    return int(value)


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise unexpected("true or false")
    return value == "true"


def one_or_many(value: object) -> object:
    """Let a single value stand for a list of one: `source: q1` and `source: [q1]` say the same."""
    return (value,) if isinstance(value, str) else value


def _identifier(scheme: str) -> Callable[[Any], str]:
    """Return a validator for an identifier in its normal spelling; another spelling is refused with the normal one."""

    def validate(value: object) -> str:
        normal = identifiers.normalise(scheme, value) if isinstance(value, str) else None
        if normal is None:
            raise unexpected(f"{identifiers.NAMES[scheme]} such as {identifiers.EXAMPLES[scheme]}")
        if normal != value:
            raise unexpected(f"{identifiers.NAMES[scheme]} in its normal spelling", f"Write {normal}")
        return normal

    return validate


_NUMBER = re.compile(r"-?(0|[1-9]\d{0,11})(\.\d{1,12})?", re.ASCII)
_COUNT = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PLACEHOLDER = re.compile(r"<\w[^<>]*>")  # as in the annotated templates
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_TEXT_OR_NUMBER: dict[str, Any] = {"type": ["string", "number"]}

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": "string", "minLength": 1})]
"""Words, numbers or signs as a person typed them, without leading or trailing blanks."""
Code = Annotated[str, BeforeValidator(_text), WithJsonSchema(_TEXT_OR_NUMBER)]
"""Text that may look like a number to an editor: a version, a p value, an unusual identifier."""
Id = Annotated[
    str,
    BeforeValidator(_matching(_ID, "an id of small letters, digits and hyphens such as wilson-2024", top=80)),
    WithJsonSchema({"type": "string", "pattern": f"^{_ID}$", "maxLength": 80}),
]
"""A name that other fields or files refer to."""
_RECORD_ID = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
RecordId = Annotated[
    str,
    BeforeValidator(_matching(_RECORD_ID, "the id of a record's file such as wilson-2024 or NCT04849429", top=80)),
    WithJsonSchema({"type": "string", "pattern": f"^{_RECORD_ID}$", "maxLength": 80}),
]
"""The file name, without its ending, of any record; those of trials and candidates may hold capital letters."""
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
"""A number as printed: 55 stays 55 and 55.20 stays 55.20."""
Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0})]
"""How many: 0 is a finding, never a stand-in for "not reported"."""
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
"""true or false, and no other spelling."""
Probability = Annotated[
    str,
    BeforeValidator(
        _matching(r"[<>=≤≥]? ?(0?\.\d+|0|1|1\.0+|NS)", "a p value as printed, such as 0.03 or <0.0001, or NS", top=20)
    ),
    WithJsonSchema(_TEXT_OR_NUMBER),
]
"""A p value as printed. It is shown, and drives nothing."""
Url = Annotated[
    str,
    BeforeValidator(_matching(r"https?://[^\s<>\"'`\\]+", "a web address such as https://example.org/page", top=8000)),
    WithJsonSchema({"type": "string", "pattern": "^https?://"}),
]
"""A web address; no other scheme than http and https is accepted."""
Span = Annotated[
    str,
    BeforeValidator(
        _matching(
            r"baseline|\d+(\.\d+)? (min|h|d|wk|mo|y)", "a time such as 24 h, 3 d, 1 wk, 3 mo, 1 y or baseline", top=20
        )
    ),
    WithJsonSchema({"type": "string", "pattern": r"^(baseline|\d+(\.\d+)? (min|h|d|wk|mo|y))$"}),
]
"""Time since the intervention."""

Doi = Annotated[str, BeforeValidator(_identifier("doi")), WithJsonSchema({"type": "string", "pattern": "^10\\."})]
Pmid = Annotated[str, BeforeValidator(_identifier("pmid")), WithJsonSchema(_TEXT_OR_NUMBER)]
Pmcid = Annotated[str, BeforeValidator(_identifier("pmcid")), WithJsonSchema({"type": "string"})]
OpenAlexId = Annotated[str, BeforeValidator(_identifier("openalex")), WithJsonSchema({"type": "string"})]
Orcid = Annotated[str, BeforeValidator(_identifier("orcid")), WithJsonSchema({"type": "string"})]
RegistryId = Annotated[str, BeforeValidator(_identifier("registry")), WithJsonSchema({"type": "string"})]

QuoteKey = Annotated[
    str,
    BeforeValidator(_matching(r"[a-z][a-z0-9-]{0,19}", "the key of a quote such as q6")),
    WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9-]{0,19}$"}),
]
Sources = Annotated[tuple[QuoteKey, ...], Field(min_length=1), BeforeValidator(one_or_many)]
"""The quotes that a fact rests on: one key, or a list of keys."""
Ids = Annotated[tuple[Id, ...], BeforeValidator(one_or_many)]
"""One id, or a list of ids."""
RecordIds = Annotated[tuple[RecordId, ...], BeforeValidator(one_or_many)]
"""One id of a record's file, or a list of them."""


class Missing(StrEnum):
    """The two nothings that a person writes; the third, "not looked for", is a field left out."""

    NOT_REPORTED = "NR"
    NOT_APPLICABLE = "NA"


_NOTHINGS = frozenset(Missing)
KNOWN, NOTHING = "·known", "·nothing"
"""Tags of the two branches of `OrMissing`; never shown: `generator.records.form` drops them from an error's place."""


def _branch(value: object) -> str:
    return NOTHING if isinstance(value, str) and value in _NOTHINGS else KNOWN


T = TypeVar("T")
OrMissing = Annotated[
    Annotated[T, Tag(KNOWN)] | Annotated[Missing, Tag(NOTHING)],
    Discriminator(_branch),
]
"""A value, or `NR` (looked for, not reported), or `NA` (cannot apply)."""
