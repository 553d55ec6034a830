"""The kinds of dates a record may hold, and how a wrong one is explained."""

import datetime as dt
import re
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.model.values import unexpected

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PARTIAL = re.compile(r"(1[89]|20|21)\d\d(-\d{2}(-\d{2})?)?", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z", re.ASCII)
_YEAR = re.compile(r"(1[89]|20|21)\d\d", re.ASCII)


def _day(value: object) -> dt.date:
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise unexpected("a day such as 2024-03-18", "Year, month and day, with hyphens; the day must exist.")


def _partial_date(value: object) -> str:
    if isinstance(value, str) and _PARTIAL.fullmatch(value):
        try:
            dt.date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
        except ValueError:
            pass
        else:
            return value
    raise unexpected("a date such as 2021, 2021-03 or 2021-03-15")


def _moment(value: object) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            return dt.datetime.fromisoformat(value)
        except ValueError:
            pass
    raise unexpected("a moment in UTC such as 2026-01-31T03:15:00Z")


def _when(value: object) -> dt.datetime | dt.date:
    if isinstance(value, dt.date):
        return value
    try:
        return _moment(value) if isinstance(value, str) and "T" in value else _day(value)
    except PydanticCustomError:
        raise unexpected("a day such as 2024-03-18 or a moment in UTC such as 2026-01-31T03:15:00Z") from None


def _year(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not _YEAR.fullmatch(value):
        raise unexpected("a year such as 2021")
    return int(value)


Day = Annotated[dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A full calendar date."""
PartialDate = Annotated[
    str,
    BeforeValidator(_partial_date),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
]
"""A date of which only the year or the month may be known."""
When = Annotated[
    dt.datetime | dt.date,
    BeforeValidator(_when),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(T.*Z)?$"}),
]
"""A moment in Coordinated Universal Time, or a day alone where the hour is not known."""
Year = Annotated[int, BeforeValidator(_year), WithJsonSchema({"type": "integer", "minimum": 1800, "maximum": 2199})]
"""The year of publication."""
