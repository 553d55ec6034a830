"""What stands on one line or on none: days such as 2026-11-23, and a number with its per cent sign.

Browsers end lines at hyphens and blanks, in narrow cells and on phones in the midst of a date. Works on the text of a
whole page, wherever its words come from; attributes, code, pictures, headings and addresses stay as they are, and so do
tables, which pass here while their rows are made, because rows are kept. Downloads and feeds never pass here.
"""

import re

TABLE = '<table class="lr-data"'
"""How a table begins that passes here row by row."""
_ELEMENTS = r"<(pre|code|svg|time|script|style)\b.*?</\1>|</?[a-z][^>]*>"
_LEFT_ALONE = rf"{TABLE}.*?</table>|{_ELEMENTS}|^```.*?^```|^#[^\n]*|`[^`\n]*`|\]\([^)\n]*\)"
_DAY = r"(?<![\w/.=-])\d{4}-\d{2}-\d{2}(?![\w/-])"
_PERCENT = r"(?<=\d) %"
_FOUND = re.compile(f"{_LEFT_ALONE}|(?P<day>{_DAY})|(?P<percent>{_PERCENT})", re.DOTALL | re.MULTILINE)


def unbroken(body: str) -> str:
    """Return the Markdown of a page with days as `<time>`, kept whole by the style sheet, and "95 %" held together."""
    return _FOUND.sub(_kept, body)


def _kept(found: re.Match[str]) -> str:
    if found["day"]:
        return f"<time>{found['day']}</time>"
    return "\N{NO-BREAK SPACE}%" if found["percent"] else found[0]
