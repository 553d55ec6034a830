"""What stands on one line or on none: days and months such as 2026-11-23 and 2026-11, a number with its per cent sign.

Browsers end lines at hyphens and blanks, in narrow cells and on phones in the midst of a date. Works on the text of a
whole page, wherever its words come from; attributes, code, pictures, headings and addresses stay as they are, and so do
tables, which pass here while their rows are made, because rows are kept. Downloads and feeds never pass here.
"""

import re

TABLE = '<table class="lr-data"'
"""How a table begins that passes here row by row."""
_MONTH_STARTS = '<span class="lr-month">'
_ELEMENTS = rf"<(pre|code|svg|time|script|style)\b.*?</\1>|{_MONTH_STARTS}[^<]*</span>|</?[a-z][^>]*>"
_LEFT_ALONE = rf"{_ELEMENTS}|^```.*?^```|^#[^\n]*|`[^`\n]*`|\]\([^)\n]*\)"
_DAY = r"(?<![\w/.=-])\d{4}-\d{2}-\d{2}(?![\w/-])"
_MONTH = r"(?<![\w/.=:#-])(?<!pp\. )(?<!p\. )[12]\d{3}-(?:0[1-9]|1[0-2])(?![\w/-]|[.,:]\w)"
"""Looks like a month, and may be two years or pages: so it is kept together, and not said to be a time."""
_PERCENT = r"(?<=\d) %"
_KEPT = f"(?P<day>{_DAY})|(?P<month>{_MONTH})|(?P<percent>{_PERCENT})"
_FOUND = re.compile(f"{_LEFT_ALONE}|{_KEPT}", re.DOTALL | re.MULTILINE)

_TABLE_END = "</table>"
_SOUGHT = (re.compile(r"-\d\d(?<=\d{4}-\d\d)(?!\d)"), re.compile(r"%(?<=\d %)"))
"""Signs of a line that may hold one of them; the other lines need no closer look, and they are by far the most. Each
begins with one character, which a search finds several times as fast as a figure."""
_OVER_LINES = ("<pre", "<svg", "<script", "<style", "```")
"""Signs of what is left alone and goes over several lines."""


def unbroken(body: str) -> str:
    """Return the Markdown of a page with days as `<time>`, and months and "95 %", each on one line."""
    parts, done = [], 0
    while (start := body.find(TABLE, done)) >= 0 and (end := body.find(_TABLE_END, start)) >= 0:
        parts += [_between_tables(body[done:start]), body[start:end]]
        done = end
    return "".join([*parts, _between_tables(body[done:])])


def _between_tables(body: str) -> str:
    if any(sign in body for sign in _OVER_LINES):
        return _FOUND.sub(_kept, body)
    parts, done = [], 0
    for sign in sorted(found.start() for sought in _SOUGHT for found in sought.finditer(body)):
        if sign < done:
            continue
        start, end = body.rfind("\n", 0, sign) + 1, body.find("\n", sign) + 1 or len(body)
        if _is_open(body, 0, start) or _is_open(body, start, end):  # a tag goes over several lines
            return _FOUND.sub(_kept, body)
        parts += [body[done:start], _FOUND.sub(_kept, body[start:end])]
        done = end
    return "".join([*parts, body[done:]])


def _is_open(body: str, start: int, end: int) -> bool:
    return body.rfind("<", start, end) > body.rfind(">", start, end)


def _kept(found: re.Match[str]) -> str:
    if found["day"]:
        return f"<time>{found['day']}</time>"
    if found["month"]:
        return f"{_MONTH_STARTS}{found['month']}</span>"
    return "\N{NO-BREAK SPACE}%" if found["percent"] else found[0]
