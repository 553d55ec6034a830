"""What is dated later than today, and so cannot have happened yet: a year mistyped. The one check that knows the day.

Asks every field of a record that holds a whole day. Days of the world outside that may well lie ahead, such as the
expected end of a trial, are written as dates that may be partial and are not asked. A file that is right on one day
stays right on every later one.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from generator.model import records as kinds
from generator.model.records import Records, path_of
from generator.model.values import Part
from generator.problems import Place, Problem

RULE = "nothing-is-dated-in-advance"
_MAY_LIE_AHEAD = frozenset({"since", "start", "end"})
"""Fields that may hold a day to come: from when on a review is paused, and the window that a search asked for."""
_BY_ID = (
    (kinds.STUDY, "included"),
    (kinds.EXCLUSION, "excluded"),
    (kinds.TRIAL, "trials"),
    (kinds.CANDIDATE, "candidates"),
    (kinds.SCREENED, "screened"),
    (kinds.SEARCH, "searches"),
    (kinds.SUMMARY, "summaries"),
)


def days_to_come(records: Records, today: dt.date) -> Iterator[Problem]:
    """Yield every day that lies after `today`, one day allowed for places that are ahead of UTC."""
    latest = today + dt.timedelta(days=1)
    for path, record in _files(records):
        for place, day in _days(record, ()):
            if day > latest:
                yield Problem(path, place, f"expected a day up to {today}, found {day}", rule=RULE)


def _files(records: Records) -> Iterator[tuple[str, Part]]:
    for kind, record in ((kinds.PROTOCOL, records.protocol), (kinds.VERSIONS, records.versions)):
        if record:
            yield path_of(kind), record
    for kind, name in _BY_ID:
        for identifier, held in getattr(records, name).items():
            yield path_of(kind, identifier), held


def _days(value: object, place: Place) -> Iterator[tuple[Place, dt.date]]:
    if isinstance(value, Part):
        for name in _dated_fields(type(value)):
            yield from _days(getattr(value, name), (*place, name))
    elif isinstance(value, dt.datetime):
        yield place, value.date()
    elif isinstance(value, dt.date):
        yield place, value
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _days(inner, (*place, index))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _days(inner, (*place, key))


@cache
def _dated_fields(kind: type[Part]) -> tuple[str, ...]:
    """Return the fields of a part in which a day can stand, itself or further down: few of many."""
    return tuple(
        name
        for name, field in kind.model_fields.items()
        if name not in _MAY_LIE_AHEAD and any(_can_hold_a_day(one) for one in _types(field.annotation))
    )


def _can_hold_a_day(kind: type) -> bool:
    return issubclass(kind, dt.date) or (issubclass(kind, Part) and bool(_dated_fields(kind)))


def _types(annotation: Any) -> Iterator[type]:  # noqa: ANN401 - what stands behind a colon has no type of its own
    """Yield every class that an annotation names."""
    inner = get_args(annotation)
    if not inner and isinstance(annotation, type):
        yield annotation
    for one in inner:
        yield from _types(one)
