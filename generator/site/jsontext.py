"""Records and plain values -> JSON text in which a number has the digits that were printed: 55.20 stays 55.20.

The outer levels stand on lines of their own and what lies deeper on one line, so that a row or a record is a line.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from generator.model.values import Part

_MARK = "\0"
"""Stands around a number until the text is made; no text of a record can hold it."""
_SIGN = json.dumps(_MARK)[1:-1]
_MARKED = re.compile(r'"\\u0000(-?\d+(?:\.\d+)?)\\u0000"')


class Written(str):
    """JSON text that stands for a value, written by `lines` once for several files."""

    __slots__ = ()


def plain(held: object) -> object:
    """Return a record, or records by id, as plain values; what a file leaves out is left out."""
    if isinstance(held, Part):
        return held.model_dump(exclude_unset=True)
    return {key: plain(record) for key, record in held.items()} if isinstance(held, dict) else held


def lines(value: object, levels: int) -> Written:
    """Return plain values as `json_text` writes them, without the last line end, to be part of other values."""
    return Written(json_text(value, levels)[:-1])


def json_text(value: object, levels: int = 2) -> str:
    """Return plain values (with days and decimal numbers) as JSON text whose first `levels` stand on own lines."""
    return _lines(value, levels) + "\n"


def members(value: Mapping[str, object], levels: int = 1) -> Written:
    """Return the lines of an object without its brackets, to be a part of `json_object`."""
    return Written(",\n".join(f"{_line(key)}: {_lines(held, levels)}" for key, held in value.items()))


def json_object(*parts: Written) -> str:
    """Return an object as JSON text, made of members that may serve several objects."""
    return _block("{}", parts) + "\n"


def line(value: object) -> Written:
    """Return plain values as text on one line, to be part of other values."""
    return Written(_line(value))


def _lines(value: object, levels: int) -> str:
    if isinstance(value, Written):
        return value
    if levels and isinstance(value, Mapping) and value:
        return _block("{}", [members(value, levels - 1)])
    if levels and isinstance(value, Sequence) and not isinstance(value, str) and value:
        return _block("[]", (_lines(held, levels - 1) for held in value))
    return _line(value)


def _block(brackets: str, lines: Iterable[str]) -> str:
    return f"{brackets[0]}\n" + ",\n".join(lines) + f"\n{brackets[1]}"


def _line(value: object) -> str:
    text = _ENCODER.encode(value)
    return _MARKED.sub(r"\1", text) if _SIGN in text else text


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{_MARK}{value:f}{_MARK}"
    if isinstance(value, dt.date):  # a moment is a day too
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(f"{value!r} has no place in JSON")


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_plain)  # made once: there are many short lines
