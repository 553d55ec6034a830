"""Dates as databases and registries spell them -> as much of year, month and day as they state."""

import calendar
import re

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})"
_SPELLINGS = tuple(
    re.compile(pattern)
    for pattern in (
        _YEAR + r"(?P<month>\d\d)(?P<day>\d\d)",  # 20200217
        _YEAR + r"[-/.](?P<month>\d{1,2})[-/.]" + _DAY + r"(?:\D.*)?",  # 2020-02-17, 2020/02/17/
        _YEAR + r"[-/.](?P<month>\d{1,2})/*",  # 2020-02, 2020/02//
        _DAY + r"[/.](?P<month>\d{1,2})[/.]" + _YEAR,  # 17/02/2020
        _DAY + r" " + _MONTH + r" " + _YEAR,  # 17 February 2020
        _MONTH + r" " + _DAY + r",? " + _YEAR,  # February 17, 2020
        _MONTH + r" " + _YEAR,  # February 2020
        _YEAR + r" " + _MONTH + r" " + _DAY,  # 2020 Feb 17
        _YEAR + r" " + _MONTH,  # 2020 Feb
    )
)


def partial_date(text: str) -> str:
    """Return 2021-03-15, 2021-03 or 2021 for a date in any known spelling, as much of it as is stated.

    Numbers around slashes are day, month, year, as the registries of the WHO portal write them. What cannot be a month
    or a day is left away; a text without a year between 1800 and 2099 gives an empty text.
    """
    bare = re.sub(r"\s+", " ", text).strip()
    for spelling in _SPELLINGS:
        match = spelling.fullmatch(bare)
        if match:
            parts = match.groupdict()
            month = parts["month"]
            number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
            return _checked(int(parts["year"]), number, int(parts.get("day") or 0))
    year = re.search(rf"(?<!\d){_YEAR}(?!\d)", bare)
    return year["year"] if year else ""


def american_date(text: str) -> str:
    """Return 2026-09-18 for `9/18/2026 10:42:00`, the way the WHO portal writes the day of an export; else empty."""
    match = re.match(rf"(?P<month>\d{{1,2}})/{_DAY}/{_YEAR}\b", text)
    date = _checked(int(match["year"]), int(match["month"]), int(match["day"])) if match else ""
    return date if len(date) == len("2026-09-18") else ""


def dated(texts: list[str]) -> tuple[int | None, str]:
    """Return the year that the first dated text states, and the fullest date of that year among all of them.

    A month or a day that stands alone (`SEP 15` beside a field with the year) is read with that year.
    """
    year = next((date[:4] for date in map(partial_date, texts) if date), "")
    if not year:
        return None, ""
    dates = [partial_date(text if re.search(r"\d{4}", text) else f"{text} {year}") for text in texts]
    return int(year), max((date for date in dates if date.startswith(year)), key=len)


def _checked(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return str(year)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}"
