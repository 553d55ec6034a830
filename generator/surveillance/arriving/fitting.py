"""What a source says -> fields that a record can hold. One odd value never costs a record, nor the night its answers.

Signs that no file may hold become the replacement character, so that a reader sees that something stood there. A value
that does not fit its field is left out and named. Judges nothing else about a record.
"""

import copy
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from generator.model.values import Part
from generator.problems import Place, field_name
from generator.records import form
from generator.records.yamlfile import Document

_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|\x85")
_NOT_IN_ADDRESSES = re.compile(r"[\s<>\"'`\\]")
_LONGEST_TOLD = 200
"""Characters of a value that is named."""


def fitting(model: type[Part], fields: Mapping[str, object]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the fields without what `model` cannot hold, and what was left out, such as `year 3000`.

    What is missing is not made up: the rest may still not be a whole record.
    """
    fitted: dict[str, Any] = copy.deepcopy({name: _clean(value) for name, value in fields.items()})
    left_out: list[str] = []
    while wrong := _misfits(model, fitted):
        places = sorted(wrong, key=_order, reverse=True)
        left_out += [f"{field_name(place)} {_told(_taken(fitted, place))}" for place in places]
    return fitted, tuple(left_out)


def web_address(url: str) -> str:
    """Return an address with the signs percent-encoded that may not stand in one; an empty text when it is none."""
    found = _NOT_IN_ADDRESSES.sub(lambda sign: quote(sign[0]), url.strip())
    return found if found.startswith(("https://", "http://")) else ""


def _clean(value: object) -> Any:  # noqa: ANN401 - fields hold texts, numbers, lists and mappings
    if isinstance(value, str):
        return _UNFIT.sub("\ufffd", _LINE_ENDS.sub("\n", value))
    if isinstance(value, Mapping):
        return {name: _clean(one) for name, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list | tuple) else value


def _misfits(model: type[Part], fields: Mapping[str, object]) -> set[Place]:
    """Return the places of values that do not fit; those of fields that are missing are left aside."""
    problems = form.validate(model, Document(_as_written(fields)), "")[1]
    places = {problem.place for problem in problems if _holds(fields, problem.place)}
    return {place for place in places if not any(other != place and other[: len(place)] == place for other in places)}


def _as_written(value: object) -> Any:  # noqa: ANN401
    """Return what reading a file gives: texts, lists and mappings."""
    if isinstance(value, Mapping):
        return {name: _as_written(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_as_written(one) for one in value]
    return None if value is None else str(value)


def _holds(fields: Any, place: Place) -> bool:  # noqa: ANN401
    for step in place:
        try:
            fields = fields[step]
        except (KeyError, IndexError, TypeError):
            return False
    return bool(place)


def _taken(fields: Any, place: Place) -> object:  # noqa: ANN401
    """Take a value out of its mapping or list."""
    for step in place[:-1]:
        fields = fields[step]
    return fields.pop(place[-1])


def _order(place: Place) -> tuple[object, ...]:
    """Return by what places are sorted, so that those late in a list come last."""
    return tuple(f"{step:09}" if isinstance(step, int) else step for step in place)


def _told(value: object) -> str:
    words = " ".join(str(value).split())
    return words if len(words) <= _LONGEST_TOLD else f"{words[:_LONGEST_TOLD]}…"
