"""A record as it was before a correction, from the lines of its history that name a field and its earlier value.

Puts back what is written there and nothing else: a correction without `field` and `was` cannot be undone.
"""

import re
from collections.abc import Sequence
from typing import Any, TypeVar

from generator.model.report import Event
from generator.model.values import Part

P = TypeVar("P", bound=Part)
_STEP = re.compile(r"(?:^|\.)([A-Za-z_][\w-]*)|\[(\d+)\]")


def undo(record: P, later: Sequence[Event]) -> P:
    """Return the record without the corrections `later`, which stand in the order of time."""
    for event in reversed(later):
        steps = _steps(event.field or "")
        if steps and event.was is not None:
            record = _with(record, steps, event.was)
    return record


def can_undo(record: Part, event: Event) -> bool:
    """Return whether the earlier value of a correction is written down and fits its field today."""
    steps = _steps(event.field or "")
    if not steps or event.was is None:
        return False
    try:
        _put(record, steps, event.was)
    except (ValueError, LookupError, AttributeError):
        return False
    return True


def _with(record: P, steps: Sequence[str | int], was: str) -> P:
    try:
        changed: P = _put(record, steps, was)
    except (ValueError, LookupError, AttributeError):  # the field has moved or is of another form since
        return record
    return changed


def _steps(field: str) -> list[str | int]:
    """Return `results[1].dispersion.value` as its steps; an empty list when it is no path."""
    found = list(_STEP.finditer(field))
    if "".join(match[0] for match in found) != field:
        return []
    return [match[1] or int(match[2]) for match in found]


def _put(holder: Any, steps: Sequence[str | int], was: str) -> Any:  # noqa: ANN401 - a part, a list or a mapping
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        inside = _put(holder[step], rest, was) if rest else was
        return (*holder[:step], inside, *holder[step + 1 :])
    if isinstance(holder, Part):
        inside = _put(getattr(holder, step), rest, was) if rest else was
        return type(holder).model_validate({**dict(holder), step: inside})
    return {**holder, step: _put(holder[step], rest, was) if rest else was}
