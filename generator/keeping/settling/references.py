"""Names of records in other files, changed where a record gets another name. All else stays byte for byte."""

import copy
import json
import re
from collections.abc import Mapping
from typing import Any

from generator.problems import Place
from generator.records import yamlfile


class RenamingError(Exception):
    """A name stands in a file in a way that it cannot be changed in."""


def renamed(raw: bytes, names: Mapping[Place, tuple[str, str]]) -> bytes:
    """Return a file in which each place that holds the first of two names holds the second.

    Raises `RenamingError` when that cannot be done without changing anything else.
    """
    text = raw.decode("utf-8")
    expected = copy.deepcopy(yamlfile.read(raw).data)
    places = list(names)
    spots = sorted(zip(yamlfile.locate(raw, places), places, strict=True), reverse=True)
    for (line, column), place in spots:
        old, new = names[place]
        _put(expected, place, new)
        start = _offset(text, line, column)
        # A name that stands alone, without a list around it, is found behind its key.
        found = re.compile(rf"(?:[\w]+\s*:\s*)?(['\"]?)({re.escape(old)})\1(?![\w./-])").match(text, start)
        if not found:
            raise RenamingError(f"{old} on line {line}")
        written = new if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", new) else json.dumps(new, ensure_ascii=False)
        text = text[: found.start(1)] + written + text[found.end() :]
    after = text.encode()
    if yamlfile.read(after).data != expected:
        raise RenamingError(", ".join(old for old, _ in names.values()))
    return after


def value_at(raw: bytes, place: Place) -> Any:  # noqa: ANN401 - whatever a file says
    """Return what stands at a place of a file."""
    found: Any = yamlfile.read(raw).data
    for step in place:
        found = found[step]
    return found


def _offset(text: str, line: int, column: int) -> int:
    return sum(len(before) for before in text.splitlines(keepends=True)[: line - 1]) + column - 1


def _put(found: Any, place: Place, value: str) -> None:  # noqa: ANN401
    for step in place[:-1]:
        found = found[step]
    found[place[-1]] = value
